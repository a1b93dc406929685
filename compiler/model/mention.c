/* SPDX-License-Identifier: MIT */
#include "model/mention.h"

static bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }
static bool is_joint(char c) { return c == '.' || c == '-' || c == ':'; }

bool mention_is_distinct(str id)
{
    bool letter = false, sign = false;
    for (size_t i = 0; i < id.len; i++) {
        letter |= is_word(id.at[i]) && id.at[i] != '_' && !(id.at[i] >= '0' && id.at[i] <= '9');
        sign |= is_joint(id.at[i]) || id.at[i] == '_' || (id.at[i] >= '0' && id.at[i] <= '9');
    }
    return letter && sign;
}

/* The longest run of letters, digits and joints from *at on, without joints at its ends; empty at the end of the text. */
static str next_word(str text, size_t *at)
{
    while (*at < text.len && !is_word(text.at[*at]))
        ++*at;
    size_t begin = *at, end;
    while (*at < text.len && (is_word(text.at[*at]) || is_joint(text.at[*at])))
        ++*at;
    for (end = *at; end > begin && is_joint(text.at[end - 1]);)
        end--;
    return str_cut(text, begin, end);
}

bool mention_next(const struct model *whole, const struct model *part, str text, size_t *at, str *id)
{
    for (str word; (word = next_word(text, at)).len;) {
        bool link = word.at - text.at >= 2 && word.at[-1] == '[' && word.at[-2] == '[';
        const struct record *record = mention_is_distinct(word) || link ? model_find(whole, word) : NULL;
        if (record && !model_find(part, word)) {
            *id = record->id;
            return true;
        }
    }
    return false;
}
