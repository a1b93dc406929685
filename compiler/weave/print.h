/* SPDX-License-Identifier: MIT */
/* Values as a reader of the document's language reads them: "31 March 2026", "12 months", "yes", "4.5". */
#ifndef WEAVE_PRINT_H
#define WEAVE_PRINT_H

#include "model/value.h"
#include "weave/document.h"
#include "weave/language.h"

str print_date(struct arena *arena, const struct language *language, int32_t date);
/* How dates look in [language], as a date picture (ECMA-376 part 1, 17.16.4.1): "d MMMM yyyy". In [arena]. */
str print_date_picture(struct arena *arena, const struct language *language);
str print_period(struct arena *arena, const struct language *language, struct period period);
str print_number(struct arena *arena, const struct language *language, double number);
/* Any value as plain text; empty when there is nothing. Records by their title, lists with commas. */
str print_value(struct arena *arena, const struct language *language, const struct doc_words *words, struct value value);
/* The title of a record, or its id; that of a catalogue's record in the language of [words]. */
str print_record(struct arena *arena, const struct doc_words *words, const struct record *record);
/* [text], which is what [value] says, in the language of [words] where it is the program's own. */
str print_fixed(const struct doc_words *words, struct value value, str text);
/* "in_progress" -> "In progress": how a word of the vocabulary stands in a document. */
str print_word(struct arena *arena, str word);
/* Text without characters that no document may hold; white space at the ends goes, line breaks stay. */
str print_text(struct arena *arena, str text);

#endif
