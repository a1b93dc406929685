/* SPDX-License-Identifier: MIT */
/* What a build could not say in its language, so that nobody finds out by reading a document that is half in English. */
#include "languages.h"

enum { NAMES_MOST = 5 };

struct untranslated {
    struct map       texts;     /* each once, however many documents say it */
    struct path_list documents; /* that say any; pages of one template count as one */
    bool             any;       /* in the document that is being made */
};

void untranslated_begin(struct ismsc *s) { s->untranslated = NEW(&s->arena, struct untranslated); }

void untranslated_text(void *state, str text)
{
    struct ismsc *s = state;
    struct untranslated *u = s->untranslated;
    if (!u)
        return;
    u->any = true;
    if (!map_get(&u->texts, text))
        map_add(&u->texts, &s->arena, str_copy(&s->arena, text), u);
}

void untranslated_document(struct ismsc *s, str name)
{
    struct untranslated *u = s->untranslated;
    bool again = u->documents.len && str_eq(u->documents.at[u->documents.len - 1], name);
    if (u->any && !again)
        LIST_PUSH(&s->arena, &u->documents, name);
    u->any = false;
}

/* "roles, context and 12 more" */
static str names_of(struct ismsc *s, const struct path_list *documents)
{
    str names = { 0 };
    for (size_t i = 0; i < documents->len && i < NAMES_MOST; i++)
        names = i ? str_print(&s->arena, "%.*s, %.*s", STR_ARG(names), STR_ARG(documents->at[i])) : documents->at[i];
    return documents->len > NAMES_MOST ? str_print(&s->arena, "%.*s and %zu more", STR_ARG(names), documents->len - NAMES_MOST) : names;
}

const char *untranslated_remark(struct ismsc *s)
{
    const struct untranslated *u = s->untranslated;
    s->untranslated = NULL;
    if (!u || u->documents.len == 0)
        return NULL;
    bool one = u->texts.len == 1, alone = u->documents.len == 1;
    str tag = session_language(s), names = names_of(s, &u->documents);
    return str_c(&s->arena, str_print(&s->arena, "%zu %s of %zu %s %s no translation into %.*s and %s in English: %.*s; `ismsc template messages --language %.*s --missing` lists %s",
                                      u->texts.len, one ? "text" : "texts", u->documents.len, alone ? "document" : "documents", one ? "has" : "have", STR_ARG(tag),
                                      one ? "is" : "are", STR_ARG(names), STR_ARG(tag), one ? "it" : "them"));
}
