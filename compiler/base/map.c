/* SPDX-License-Identifier: MIT */
#include "base/map.h"

/* What is left of a key, less than eight bytes, each of which counts. */
static uint64_t last_word(str rest)
{
    uint32_t first, last;
    if (rest.len < sizeof first)
        return rest.len ? (uint64_t)(uint8_t)rest.at[0] | (uint64_t)(uint8_t)rest.at[rest.len / 2] << 8 | (uint64_t)(uint8_t)rest.at[rest.len - 1] << 16 : 0;
    memcpy(&first, rest.at, sizeof first);
    memcpy(&last, rest.at + rest.len - sizeof last, sizeof last);
    return (uint64_t)first << 32 | last;
}

/* Eight bytes at a time: keys may be whole files. Nothing that is written depends on it, unlike on str_hash. */
static uint64_t hash_of(str key)
{
    const uint64_t odd = 0x9E3779B97F4A7C15u;
    uint64_t h = key.len * odd, word;
    for (; key.len >= sizeof word; key = str_cut(key, sizeof word, key.len)) {
        memcpy(&word, key.at, sizeof word);
        h = (h ^ word) * odd;
        h ^= h >> 29;
    }
    h = (h ^ last_word(key)) * odd;
    return h ^ h >> 32;
}

enum { FIRST_SLOTS = 16 };

/* The slot where [key] is, or the free one where it would go. */
static uint32_t *slot_of(const struct map *map, str key, uint64_t hash)
{
    size_t mask = map->nslots - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        uint32_t n = map->slots[i];
        if (n == 0 || (map->entries[n - 1].hash == hash && str_eq(map->entries[n - 1].key, key)))
            return &map->slots[i];
    }
}

static void rehash(struct map *map, struct arena *arena, size_t more)
{
    size_t room = more / 2; /* which doubles: none yet, or all there are */
    map->slots = arena_grow(arena, map->slots, map->nslots, &room, sizeof *map->slots); /* this may jump and must leave the map whole */
    memset(map->slots, 0, more * sizeof *map->slots);
    map->nslots = more;
    for (size_t i = 0; i < map->len; i++)
        *slot_of(map, map->entries[i].key, map->entries[i].hash) = (uint32_t)i + 1;
}

void *map_get(const struct map *map, str key)
{
    if (map->len == 0)
        return NULL;
    uint32_t n = *slot_of(map, key, hash_of(key));
    return n ? map->entries[n - 1].value : NULL;
}

static struct map_entry *enter(struct map *map, struct arena *arena, str key, bool *fresh)
{
    uint64_t hash = hash_of(key);
    if ((map->len + 1) * 2 > map->nslots)
        rehash(map, arena, map->nslots ? map->nslots * 2 : FIRST_SLOTS);
    uint32_t *slot = slot_of(map, key, hash);
    *fresh = *slot == 0;
    if (*fresh) {
        if (map->len == map->room)
            map->entries = arena_grow(arena, map->entries, map->len, &map->room, sizeof *map->entries);
        map->entries[map->len] = (struct map_entry){ key, hash, NULL };
        *slot = (uint32_t)++map->len;
    }
    return &map->entries[*slot - 1];
}

void *map_add(struct map *map, struct arena *arena, str key, void *value)
{
    bool fresh;
    struct map_entry *entry = enter(map, arena, key, &fresh);
    if (!fresh)
        return entry->value;
    entry->value = value;
    return NULL;
}

void map_set(struct map *map, struct arena *arena, str key, void *value)
{
    bool fresh;
    enter(map, arena, key, &fresh)->value = value;
}

void map_reserve(struct map *map, struct arena *arena, size_t count)
{
    size_t slots = FIRST_SLOTS;
    while (slots < count * 2)
        slots *= 2;
    map->entries = NEWS(arena, struct map_entry, count);
    map->room = count;
    rehash(map, arena, slots);
}
