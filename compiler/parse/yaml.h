/* SPDX-License-Identifier: MIT */
/*
 * Strict YAML to a tree of nodes with byte spans: the small subset of the source language. Everything outside
 * it (anchors, aliases, merge keys, tags, several documents, duplicate or complex keys, tabs, characters that
 * have no place in text) is a finding at its byte. The only user of libyaml.
 */
#ifndef PARSE_YAML_H
#define PARSE_YAML_H

#include "diag/finding.h"
#include "load/source.h"
#include "parse/node.h"

/*
 * Parses bytes [begin, end) of [source]: a whole YAML file, or the front matter of a Markdown file. Nodes go
 * to [arena]; scalar texts are slices of the source where nothing was escaped, else copies in [arena]. Returns
 * NULL when there is nothing (an empty text) or nothing usable; *readable is false when a syntax error stopped
 * the parse, and then what stood before the error is in the tree where it is a whole top-level entry.
 */
struct node *yaml_parse(struct arena *arena, struct findings *findings, struct source *source, uint32_t begin,
                        uint32_t end, bool *readable);

/* Like yaml_parse; a section whose entries were handed over is a mapping without entries in the tree. */
struct node *yaml_parse_entries(struct arena *arena, struct findings *findings, struct source *source, uint32_t begin,
                                uint32_t end, bool *readable, const struct node_entries *entries);

#endif
