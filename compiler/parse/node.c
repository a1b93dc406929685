/* SPDX-License-Identifier: MIT */
#include "parse/node.h"

const struct node *node_get(const struct node *mapping, str key)
{
    if (!mapping || mapping->type != NODE_MAPPING)
        return NULL;
    for (const struct node *n = mapping->first; n; n = n->next)
        if (str_eq(n->key, key))
            return n;
    return NULL;
}

str node_text(const struct node *mapping, str key)
{
    const struct node *n = node_get(mapping, key);
    return n && n->type == NODE_SCALAR ? n->text : (str){ 0 };
}
