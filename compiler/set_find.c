/* SPDX-License-Identifier: MIT */
/* What people call a document -> the entry of the set that is meant, or those that may be. */
#include "set.h"

/* Documents about one record each answer to the name and id of their template, too; the page of a record to the id of the record. */
bool set_is_called(const struct entry *entry, str name)
{
    return str_eq_nocase(name, entry->name) || str_eq_nocase(name, entry->id) || str_eq_nocase(name, entry->template) || str_eq_nocase(name, entry->head.id)
        || (set_is_record_page(entry) && str_eq_nocase(name, entry->each->id));
}

/* "roles.docx" -> "roles" */
static str without_ending(str name)
{
    size_t dot = name.len;
    while (dot > 0 && name.at[dot - 1] != '.')
        dot--;
    return dot > 1 ? str_cut(name, 0, dot - 1) : name;
}

/* "06-backup" -> "backup" */
static str without_number(str name)
{
    size_t at = 0;
    while (at < name.len && ((name.at[at] >= '0' && name.at[at] <= '9') || name.at[at] == '-'))
        at++;
    return str_cut(name, at, name.len);
}

/* "policies" and "policy" -> "polic", "risks" -> "risk" */
static str stem(str word)
{
    if (word.len > 4 && str_ends(word, STR("ies")))
        return str_cut(word, 0, word.len - 3);
    return word.len > 3 && (str_ends(word, STR("s")) || str_ends(word, STR("y"))) ? str_cut(word, 0, word.len - 1) : word;
}

static bool holds(str text, str word)
{
    for (size_t at = 0; at + word.len <= text.len; at++)
        if (str_eq_nocase(str_cut(text, at, at + word.len), word))
            return true;
    return false;
}

/* Whether each word of [asked] stands in the name, the id or the title. */
static bool has_words(const struct entry *entry, str asked)
{
    size_t found = 0;
    for (size_t from = 0, to; from < asked.len; from = to + 1) {
        for (to = from; to < asked.len && !strchr(" -_./", asked.at[to]);)
            to++;
        str word = stem(str_cut(asked, from, to));
        if (!word.len)
            continue;
        if (!holds(entry->name, word) && !holds(entry->id, word) && !holds(entry->title, word))
            return false;
        found++;
    }
    return found > 0;
}

static str nearest_name(const struct set *set, str asked)
{
    str    near = { 0 };
    size_t best = asked.len / 3 + 2;
    for (size_t i = 0; i < set->list.len; i++) {
        const struct entry *entry = &set->list.at[i];
        str names[] = { entry->name, without_number(entry->name) };
        for (size_t k = 0; k < 2 && !entry->replaced; k++) {
            size_t distance = str_distance(asked, names[k], best);
            if (distance < best) {
                best = distance;
                near = entry->name;
            }
        }
    }
    return near;
}

str set_suggest(struct arena *arena, const struct set *set, str asked)
{
    enum { SHOWN = 4 };
    str    near[SHOWN], text;
    size_t n = 0;
    asked = without_ending(asked);
    for (size_t i = 0; i < set->list.len && n < SHOWN; i++)
        if (!set->list.at[i].replaced && !set_is_page(&set->list.at[i]) && has_words(&set->list.at[i], asked))
            near[n++] = set->list.at[i].name;
    if (n == 0)
        return nearest_name(set, asked);
    text = near[0];
    for (size_t i = 1; i < n; i++)
        text = str_print(arena, "%.*s%s%.*s", STR_ARG(text), i + 1 < n ? ", " : " or ", STR_ARG(near[i]));
    return text;
}
