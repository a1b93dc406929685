/* SPDX-License-Identifier: MIT */
/*
 * Text as a slice: a pointer and a length, passed by value, never assumed to end in NUL. A slice points
 * into a source, into an arena or at a literal, and lives as long as that. Bytes are UTF-8 once a file has
 * passed load/; embedded NUL bytes are content until a reader refuses them.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct {
    const char *at;
    size_t      len;
} str;

#define STR(literal) ((str){ "" literal, sizeof(literal) - 1 })
#define STR_ARG(s) (int)((s).len > 1 << 20 ? 1 << 20 : (s).len), ((s).at ? (s).at : "") /* for "%.*s" */

static inline str str_of(const char *text) { return (str){ text, text ? strlen(text) : 0 }; }
static inline bool str_eq(str a, str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}
static inline bool str_starts(str s, str prefix)
{
    return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.at, prefix.at, prefix.len) == 0);
}
/* Bytes [from, to). An empty slice may have no bytes to point at. */
static inline str str_cut(str s, size_t from, size_t to) { return (str){ s.at ? s.at + from : s.at, to - from }; }

/* Orders by bytes, which for UTF-8 is the order of code points: <0, 0 or >0. */
int str_cmp(str a, str b);
/* Orders the way people number things: runs of digits compare as numbers (A.5.2 before A.5.10). */
int str_cmp_natural(str a, str b);
bool str_ends(str s, str suffix);
bool str_is_one_of(str s, const char *const *words); /* [words] ends with NULL */
/* Without ASCII white space at both ends. */
str str_trim(str s);
/* Offset of the first [c] at or after [from], or s.len. */
size_t str_find(str s, char c, size_t from);
/* Offset of the first [needle] at or after [from], or SIZE_MAX. */
size_t str_search(str s, str needle, size_t from);
/* Takes the text up to the next [sep] off the front of [rest]; false when nothing is left. */
bool str_split(str *rest, char sep, str *piece);
/* A whole decimal number with optional sign; false when [s] is anything else or does not fit. */
bool str_to_int(str s, int64_t *out);
/* A decimal number "-12.5" or "3e2" without locale; false when [s] is anything else. */
bool str_to_double(str s, double *out);
/* [n] in digits, which stand at the end of [room]. */
enum { STR_DIGITS = 20 };
str str_digits(char room[STR_DIGITS], int64_t n);
/* Case-insensitive for ASCII. */
bool str_eq_nocase(str a, str b);
/*
 * Whether two names have the same words and numbers: capitals, what stands between them and zeros before a number do not count, so that
 * "a 5.01" is "A.5.1" and "r1" is "R-001", but "R-11" is not "R-1-1".
 */
bool str_eq_form(str a, str b);
/* FNV-1a with an avalanche step; the same on every machine, so it may reach outputs. */
uint64_t str_hash(str s);

/* Decodes one code point at s.at[*pos] and advances; 0xFFFD and one byte for what is not UTF-8. */
uint32_t utf8_next(str s, size_t *pos);
/* Offset of the first byte that does not begin or continue valid UTF-8 (no overlongs, no surrogates), or s.len. */
size_t utf8_invalid_at(str s);
/* Code points in [s]. */
size_t utf8_count(str s);
/* Writes [cp] as UTF-8 into [out] (4 bytes of room) and returns how many bytes it took. */
size_t utf8_put(uint32_t cp, char *out);
/* Terminal cells [cp] takes: 2 for East Asian wide, 0 for combining and invisible, else 1. */
int utf8_cells(uint32_t cp);
/* Damerau-Levenshtein distance of two short texts, at most [limit] + 1. */
size_t str_distance(str a, str b, size_t limit);
/* The word nearest to [text], or empty when none is near. */
str str_nearest(const str *words, size_t count, str text);

#endif
