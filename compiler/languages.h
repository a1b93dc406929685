/* SPDX-License-Identifier: MIT */
/* The languages of documents: which there are, and the table of one. */
#ifndef LANGUAGES_H
#define LANGUAGES_H

#include "session.h"
#include "weave/messages.h"

/* The words of a language with its table, read once; the English ones where it has none. */
const struct doc_words *session_words(struct ismsc *s, str tag);
/* The language that documents are made in: the one asked for, else the organisation's; empty where neither is there. */
str session_language(const struct ismsc *s);
/* Whether there are texts in a language. */
bool session_speaks(struct ismsc *s, str tag);
/* The tags of all languages there are, English first. */
struct path_list session_languages(struct ismsc *s);
/* The same for a message: "en, de, fr". */
str session_language_names(struct ismsc *s);
/* A finding where the project asks for a language that there is not, and those of its own tables. */
void languages_check(struct ismsc *s);

/* untranslated.c: a build begins; a text of its templates stays English ([state] is the session); the document made since is called [name]. */
void untranslated_begin(struct ismsc *s);
void untranslated_text(void *state, str text);
void untranslated_document(struct ismsc *s, str name);
/* How many texts of which documents stayed English, and how to list them, in the session's memory; NULL: none did. The build is over. */
const char *untranslated_remark(struct ismsc *s);

/* The file of a table that the texts of a built-in rule stand in: "rules-6", "rules-a-5", "rules-across"; empty for others. */
str rule_table(struct arena *arena, const struct rule *rule);
/* Whether a message names nothing but fields of records, so that it can be said in another language. */
bool rule_message_is_plain(str message);
/* Gives the rules the words of the language that documents are made in, so that findings in them are in it, too. Before they run. A
   message that is put together by an expression becomes the rule's title and the record. */
void languages_rules(struct ismsc *s);

#endif
