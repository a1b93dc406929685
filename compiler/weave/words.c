/* SPDX-License-Identifier: MIT */
/* The fixed words of a document's furniture in English, and what they are in the language of a table. */
#include "base/arena.h"
#include "weave/document.h"
#include "weave/messages.h"

#define WORD(name, literal) .name = { literal, sizeof(literal) - 1 },
static const struct doc_words english = {
    .language = { "en", 2 },
    .colon = { ": ", 2 },
#include "weave/words.def"
};
#undef WORD

const struct doc_words *doc_words_english(void) { return &english; }

const struct doc_words *doc_words_in(struct arena *arena, const struct messages *messages)
{
    struct doc_words *words = NEW(arena, struct doc_words);
    *words = english;
    words->language = messages->tag;
    words->messages = messages;
    words->how = messages->how;
    words->colon = messages->how ? messages->how->colon : english.colon;
#define WORD(name, literal) words->name = messages_say(messages, STR("program"), english.name);
#include "weave/words.def"
#undef WORD
    return words;
}

struct message_list doc_words_list(struct arena *arena)
{
    struct message_list list = { 0 };
#define WORD(name, literal) LIST_PUSH(arena, &list, ((struct message){ .text = english.name }));
#include "weave/words.def"
#undef WORD
    return list;
}
