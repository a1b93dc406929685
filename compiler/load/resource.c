/* SPDX-License-Identifier: MIT */
#include "load/resource.h"

const struct resource *resource_find(str path)
{
    size_t low = 0, high = embedded_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int c = str_cmp(path, str_of(embedded[middle].path));
        if (c == 0)
            return &embedded[middle];
        if (c < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}
