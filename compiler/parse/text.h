/* SPDX-License-Identifier: MIT */
/* What every source must be before anything else looks at it: UTF-8 text without characters that have no place in text. */
#ifndef PARSE_TEXT_H
#define PARSE_TEXT_H

#include "diag/finding.h"
#include "load/source.h"

/*
 * Checks all bytes of [source] once and makes a finding for each trouble at its byte (at most five of a kind).
 * Bad bytes are replaced in source->bytes by harmless ones, one for one, so that the rest can still be read and
 * all positions hold. With [tabs_refused] tabs are trouble, too, and blanks of other widths where YAML wants a plain
 * one. False when the source is no text at all (UTF-16, the file of another program).
 */
bool text_check(struct arena *arena, struct findings *findings, struct source *source, bool tabs_refused);
/* Whether a character has no place in a text. Controls have none, tabs and line breaks included: those are told apart before. */
bool text_refuses(uint32_t cp);

#endif
