/* SPDX-License-Identifier: MIT */
/* Rule files, built-in (schema/rules/) or the project's (rules/), as trees -> struct rule. */
#ifndef RESOLVE_RULEFILE_H
#define RESOLVE_RULEFILE_H

#include "diag/rule.h"
#include "parse/node.h"

/* Enters [rule], which stays where it is; the one that has its id already, and then it is not entered. */
struct rule *rules_add(struct arena *arena, struct rules *rules, struct rule *rule);

/*
 * Appends the rules of one file. Unknown keys, missing ones and ids used twice are findings; such a rule is left
 * out. Texts are copied into [arena] unless [lasting] says that the tree's texts live as long as the arena.
 */
void rulefile_read(struct arena *arena, struct findings *findings, const struct node *tree, bool project, bool lasting, struct rules *rules);

/*
 * When all rules are there: gives each `yields` the ids that findings carry. One that names no rule and no finding of the
 * language is a finding, and so are rules that give way to each other. Rules that it has seen before are left as they are.
 */
void rulefile_link(struct arena *arena, struct findings *findings, struct rules *rules);

#endif
