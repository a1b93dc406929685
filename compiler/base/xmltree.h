/* SPDX-License-Identifier: MIT */
/*
 * XML that somebody else made to a tree whose names have the prefixes that we use, whatever the file calls its
 * namespaces (Namespaces in XML 1.0). What belongs to no namespace we name is not there. Nothing is fetched, and a
 * document type, with which a few lines can become gigabytes, makes the file refused. Expat is loaded when the first file is read.
 */
#ifndef BASE_XMLTREE_H
#define BASE_XMLTREE_H

#include "base/arena.h"

struct xml_prefix { const char *prefix, *uri; };

struct xml_attribute {
    str name, value; /* "w:val"; one without a prefix in the file has none here */
    struct xml_attribute *next;
};

struct xml_node {
    str name; /* "w:pPr"; empty: a text */
    str text;
    struct xml_attribute *attributes;
    struct xml_node *first, *next;
};

struct xml_reading {
    const struct xml_prefix *prefixes; /* ends with NULL */
    /* NULL: everything; else only elements of this name, with what is in them, as children of one root without a name. */
    const char *keep;
};

/*
 * The tree of [bytes], in [arena]; texts of white space alone are kept inside elements called `t` only. In the values
 * of mc:Choice's Requires, prefixes are ours, too, and "?" for what we do not know. NULL, or why not: words that complete "the part ...".
 */
const char *xml_read(struct arena *arena, str bytes, const struct xml_reading *reading, struct xml_node **root);

/* Navigation: NULL or empty where there is none; a NULL node has nothing. */
struct xml_node *xml_child(const struct xml_node *node, const char *name);
str xml_value(const struct xml_node *node, const char *attribute);
/* The w:val-like attribute of the child [name]. */
str xml_child_value(const struct xml_node *node, const char *name, const char *attribute);
static inline bool xml_is(const struct xml_node *node, const char *name) { return str_eq(node->name, str_of(name)); }

#endif
