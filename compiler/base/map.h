/* SPDX-License-Identifier: MIT */
/* A hash map from text to pointer that iterates in the order of insertion, so that no output depends on hashing. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"
#include "base/str.h"

struct map_entry {
    str      key;
    uint64_t hash;
    void    *value;
};
struct map {
    struct map_entry *entries; /* in order of insertion, [len] of them */
    uint32_t         *slots;   /* index + 1 into entries; 0 is free */
    size_t            len, room, nslots;
};

/* What [key] was given, or NULL. A zeroed struct map is an empty map. */
void *map_get(const struct map *map, str key);
/* Enters [value] (not NULL) under [key], whose bytes must outlive the map; returns what stood there before, which is kept. */
void *map_add(struct map *map, struct arena *arena, str key, void *value);
/* Like map_add but replaces. */
void map_set(struct map *map, struct arena *arena, str key, void *value);
/* Makes room for [count] keys in an empty map, so that it need not grow. */
void map_reserve(struct map *map, struct arena *arena, size_t count);

#endif
