/* SPDX-License-Identifier: MIT */
/* The messages of a whole template, for those who translate them: of its head, its expressions and its body. */
#include "parse/front.h"
#include "weave/messages.h"
#include "weave/template.h"

static void add_text(struct weaving *w, str text, struct message_list *out)
{
    struct message message = { .text = text };
    if (text.len)
        LIST_PUSH(w->arena, out, message);
}

static void add_expressions(struct weaving *w, const struct node *let, struct message_list *out)
{
    for (const struct node *entry = let && let->type == NODE_MAPPING ? let->first : NULL; entry; entry = entry->next)
        if (entry->type == NODE_SCALAR)
            messages_of_expression(w->arena, entry->text, out);
}

/* "Annex A", which documents print; the numbers of clauses and controls are the same in every language. */
static void add_clauses(struct weaving *w, const struct node *clauses, struct message_list *out)
{
    for (const struct node *item = clauses && clauses->type == NODE_SEQUENCE ? clauses->first : NULL; item; item = item->next)
        if (messages_has_words(str_cut(item->text, 0, str_find(item->text, ' ', 0))))
            add_text(w, item->text, out);
}

bool weave_messages(struct weave *weave, str path, struct message_list *out)
{
    struct weaving  *w = weaving_begin(weave, STR("en"));
    w->heads_only = true;
    struct template *template = template_load(w, path);
    if (!template)
        return false;
    struct front front = front_split(w->findings, template->source);
    for (size_t i = 0; template->head && message_entries[i]; i++)
        add_text(w, node_text(template->head, str_of(message_entries[i])), out);
    add_clauses(w, template->head ? node_get(template->head, STR("clause")) : NULL, out);
    add_expressions(w, template->head ? node_get(template->head, STR("let")) : NULL, out);
    struct message_list body = messages_of(w->arena, str_cut(template->source->bytes, front.body_begin, template->source->bytes.len));
    for (size_t i = 0; i < body.len; i++)
        add_text(w, body.at[i].text, out);
    return true;
}
