/* SPDX-License-Identifier: MIT */
/*
 * The table of one language: each fixed text of a document, in English as the template has it, with its translation. It is read from
 * templates/<language>/, one file for each template ("risk-methodology.yaml") and some for what many say; the files are one table, in
 * which a text may be said otherwise in the file of the template that it stands in.
 *
 * The unit of a template is a message: a heading, a paragraph, an item of a list, a cell of a table, a caption or description, on one
 * line and with its {{tags}}. A translation has the same tags, in whatever order its language wants.
 */
#ifndef WEAVE_MESSAGES_H
#define WEAVE_MESSAGES_H

#include "base/map.h"
#include "diag/finding.h"
#include "load/source.h"
#include "parse/markdown.h"
#include "parse/node.h"
#include "weave/language.h"

struct messages {
    str            tag;      /* "de" */
    const struct sources *sources;
    const struct language *how; /* dates and numbers; NULL: as in English */
    struct map     own;      /* said by the project or its brand: wins over all */
    struct map     all;      /* built in, of whatever file has it first */
    struct map     files;    /* built in, "risk-methodology" -> struct map of that file */
};

/*
 * Enters the tree of a file called [stem]; whatever was there before stays. [own]: the project's or brand's. Translations whose tags are
 * not those of the English text are findings and left out. Keys and texts are those of the tree.
 */
void messages_add(struct arena *arena, struct findings *findings, struct messages *messages, str stem, bool own, const struct node *tree);
/* The translation of [text] in the file [stem]; empty when there is none. [messages] NULL: English. */
str messages_find(const struct messages *messages, str stem, str text);
/* The same, or [text] itself. */
str messages_say(const struct messages *messages, str stem, str text);

/* Bytes [begin, end) of a body that are a message; [text] is what they say on one line. */
struct message {
    size_t begin, end;
    str    text;
    size_t line;    /* of a heading: where its line begins */
    bool   heading;
};
struct message_list { LIST_OF(struct message); };

/* Whether there is anything to translate in a text, besides tags, code and numbers. */
bool messages_has_words(str text);
/* All messages of a template's body, in order. */
struct message_list messages_of(struct arena *arena, str body);
/* The texts in an expression that a document may show: strings which are not compared with anything. In order. */
void messages_of_expression(struct arena *arena, str expression, struct message_list *out);

/* The words of documents' furniture; words.c. */
struct message_list doc_words_list(struct arena *arena);

/* The entries of a template's head that are messages; NULL ends. */
extern const char *const message_entries[];

/* The messages of a template's head, NULL: it has none: title and the like, clauses in words, the texts of `let`. Bytes are those of the source. */
struct message_list messages_of_head(struct arena *arena, const struct node *head);

/*
 * Bytes [begin, end) of [source] in the language: a text that knows where each of its parts stands. What has no translation is added to
 * [missing], with its bytes in the source.
 */
struct md_text messages_translate(struct arena *arena, const struct messages *messages, str stem, const struct source *source, size_t begin, size_t end,
                                  struct message_list *missing);

struct weave;
/* All texts of the template at [path], "templates/x.md", in the order they stand in; false when there is none. messages_list.c. */
bool weave_messages(struct weave *weave, str path, struct message_list *out);

#endif
