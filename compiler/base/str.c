/* SPDX-License-Identifier: MIT */
#include "base/str.h"

#include <math.h>

int str_cmp(str a, str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int    c = n ? memcmp(a.at, b.at, n) : 0;
    if (c != 0)
        return c;
    return a.len < b.len ? -1 : a.len > b.len;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

/* Compares the digit runs at a[*i] and b[*j] as numbers of any length and moves behind them. */
static int cmp_digits(str a, size_t *i, str b, size_t *j)
{
    while (*i < a.len && a.at[*i] == '0')
        ++*i;
    while (*j < b.len && b.at[*j] == '0')
        ++*j;
    size_t x = *i, y = *j;
    while (*i < a.len && is_digit(a.at[*i]))
        ++*i;
    while (*j < b.len && is_digit(b.at[*j]))
        ++*j;
    return str_cmp((str){ a.at + x, *i - x }, (str){ b.at + y, *j - y }) * (*i - x == *j - y)
         + (*i - x < *j - y ? -1 : *i - x > *j - y);
}

int str_cmp_natural(str a, str b)
{
    size_t i = 0, j = 0;
    while (i < a.len && j < b.len) {
        if (is_digit(a.at[i]) && is_digit(b.at[j])) {
            int c = cmp_digits(a, &i, b, &j);
            if (c != 0)
                return c;
        } else if (a.at[i] != b.at[j]) {
            return (unsigned char)a.at[i] < (unsigned char)b.at[j] ? -1 : 1;
        } else {
            i++, j++;
        }
    }
    if (i < a.len || j < b.len)
        return i < a.len ? 1 : -1;
    return str_cmp(a, b); /* 01 and 1: different texts keep an order */
}

bool str_ends(str s, str suffix)
{
    return s.len >= suffix.len && (suffix.len == 0 || memcmp(s.at + s.len - suffix.len, suffix.at, suffix.len) == 0);
}

bool str_is_one_of(str s, const char *const *words)
{
    char first = s.len ? s.at[0] : '\0'; /* decides nearly always */
    for (; *words; words++)
        if (**words == first && str_eq(s, str_of(*words)))
            return true;
    return false;
}

str str_trim(str s)
{
    while (s.len > 0 && is_space(s.at[0]))
        s.at++, s.len--;
    while (s.len > 0 && is_space(s.at[s.len - 1]))
        s.len--;
    return s;
}

size_t str_find(str s, char c, size_t from)
{
    if (from >= s.len)
        return s.len;
    const char *hit = memchr(s.at + from, c, s.len - from);
    return hit ? (size_t)(hit - s.at) : s.len;
}

size_t str_search(str s, str needle, size_t from)
{
    if (needle.len == 0)
        return from <= s.len ? from : SIZE_MAX;
    while (from + needle.len <= s.len) {
        size_t at = str_find(s, needle.at[0], from);
        if (at + needle.len > s.len)
            return SIZE_MAX;
        if (memcmp(s.at + at, needle.at, needle.len) == 0)
            return at;
        from = at + 1;
    }
    return SIZE_MAX;
}

bool str_split(str *rest, char sep, str *piece)
{
    if (!rest->at)
        return false;
    size_t at = str_find(*rest, sep, 0);
    *piece = (str){ rest->at, at };
    if (at < rest->len)
        *rest = (str){ rest->at + at + 1, rest->len - at - 1 };
    else
        *rest = (str){ NULL, 0 };
    return true;
}

str str_digits(char room[STR_DIGITS], int64_t n)
{
    size_t   i = STR_DIGITS;
    uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    do
        room[--i] = (char)('0' + u % 10);
    while ((u /= 10) != 0);
    if (n < 0)
        room[--i] = '-';
    return (str){ room + i, STR_DIGITS - i };
}

bool str_to_int(str s, int64_t *out)
{
    size_t   i = 0;
    bool     minus = s.len > 0 && s.at[0] == '-';
    uint64_t n = 0, most = minus ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;

    if (s.len > 0 && (s.at[0] == '-' || s.at[0] == '+'))
        i = 1;
    if (i == s.len)
        return false;
    for (; i < s.len; i++) {
        if (!is_digit(s.at[i]))
            return false;
        uint64_t digit = (uint64_t)(s.at[i] - '0');
        if (n > (most - digit) / 10)
            return false;
        n = n * 10 + digit;
    }
    *out = minus ? (int64_t)(0 - n) : (int64_t)n;
    return true;
}

/* Reads digits into *value; returns how many there were. */
static size_t read_digits(str s, size_t *i, double *value)
{
    size_t from = *i;
    for (; *i < s.len && is_digit(s.at[*i]); ++*i)
        *value = *value * 10 + (s.at[*i] - '0');
    return *i - from;
}

static bool read_exponent(str s, size_t *i, int *exponent)
{
    double value = 0;
    int    sign = 1;

    if (*i == s.len || (s.at[*i] != 'e' && s.at[*i] != 'E'))
        return true;
    ++*i;
    if (*i < s.len && (s.at[*i] == '-' || s.at[*i] == '+'))
        sign = s.at[(*i)++] == '-' ? -1 : 1;
    if (read_digits(s, i, &value) == 0 || value > 9999)
        return false;
    *exponent = sign * (int)value;
    return true;
}

/* Exact up to 10^22, as far as a double can be. Not pow(): loading libm for it costs every start more than this. */
static double power_of_ten(int exponent)
{
    double power = 1, square = 10;
    for (; exponent > 0; exponent /= 2, square *= square)
        if (exponent % 2)
            power *= square;
    return power;
}

bool str_to_double(str s, double *out)
{
    size_t i = 0, whole, fraction = 0;
    double value = 0;
    int    exponent = 0;
    bool   minus = s.len > 0 && s.at[0] == '-';

    if (s.len > 0 && (s.at[0] == '-' || s.at[0] == '+'))
        i = 1;
    whole = read_digits(s, &i, &value);
    if (i < s.len && s.at[i] == '.') {
        i++;
        fraction = read_digits(s, &i, &value);
    }
    if (whole + fraction == 0 || !read_exponent(s, &i, &exponent) || i != s.len)
        return false;
    exponent -= (int)(fraction > 9999 ? 9999 : fraction);
    /* Dividing by an exact power of ten rounds once, so 0.1 is the double nearest to 0.1. */
    value = exponent < 0 ? value / power_of_ten(-exponent) : value * power_of_ten(exponent);
    if (!isfinite(value))
        return false;
    *out = minus ? -value : value;
    return true;
}

static bool is_between(char c) { return c == ' ' || c == '.' || c == '-' || c == '_' || c == ':'; }

bool str_eq_nocase(str a, str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.at[i]) != lower(b.at[i]))
            return false;
    return true;
}

/* The next run of digits without the zeros before it, or of letters; empty at the end. */
static str next_run(str s, size_t *at)
{
    while (*at < s.len && is_between(s.at[*at]))
        ++*at;
    size_t from = *at;
    bool digits = from < s.len && is_digit(s.at[from]);
    while (*at < s.len && !is_between(s.at[*at]) && is_digit(s.at[*at]) == digits)
        ++*at;
    while (digits && from + 1 < *at && s.at[from] == '0')
        from++;
    return str_cut(s, from, *at);
}

bool str_eq_form(str a, str b)
{
    size_t i = 0, k = 0;
    str left, right;
    do {
        left = next_run(a, &i);
        right = next_run(b, &k);
    } while (left.len && str_eq_nocase(left, right));
    return left.len == 0 && right.len == 0;
}

uint64_t str_hash(str s)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < s.len; i++)
        h = (h ^ (unsigned char)s.at[i]) * 1099511628211u;
    h ^= h >> 32;
    return h * 0x9E3779B97F4A7C15u;
}

/* Damerau-Levenshtein over three rows; texts are ids, keys and words, so 64 bytes are plenty. */
size_t str_distance(str a, str b, size_t limit)
{
    enum { MOST = 64 };
    size_t rows[3][MOST + 1], *before = rows[0], *last = rows[1], *now = rows[2];

    if (a.len > MOST || b.len > MOST)
        return limit + 1;
    for (size_t j = 0; j <= b.len; j++)
        last[j] = j, before[j] = 0;
    for (size_t i = 1; i <= a.len; i++) {
        now[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t change = last[j - 1] + (lower(a.at[i - 1]) != lower(b.at[j - 1]));
            size_t best = last[j] + 1 < now[j - 1] + 1 ? last[j] + 1 : now[j - 1] + 1;
            if (change < best)
                best = change;
            if (i > 1 && j > 1 && lower(a.at[i - 1]) == lower(b.at[j - 2]) && lower(a.at[i - 2]) == lower(b.at[j - 1])
                && before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            now[j] = best;
        }
        size_t *free_row = before;
        before = last, last = now, now = free_row;
    }
    return last[b.len] > limit ? limit + 1 : last[b.len];
}

str str_nearest(const str *words, size_t count, str text)
{
    size_t best = text.len / 3 + 1, distance;
    str    found = { 0 };
    for (size_t i = 0; i < count; i++)
        if ((distance = str_distance(words[i], text, best)) < best || (distance == best && !found.len && best == 1)) {
            best = distance;
            found = words[i];
        }
    return found;
}
