/* SPDX-License-Identifier: MIT */
/* Functions of texts. Lengths are in code points, as CEL has it; new texts cost their length. */
#include "query/functions.h"

#include "base/buf.h"
#include "query/regex.h"

#define UNUSED (void)run, (void)nargs

struct value fn_contains(struct query_run *run, const struct value *args, size_t nargs)
{
    (void)nargs;
    if (!spend(run, args[0].text.len / 8))
        return BROKEN_TOO_MUCH;
    return value_bool(str_search(args[0].text, args[1].text, 0) != SIZE_MAX);
}

static bool is_letter_or_digit(char c) { return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'); }
static bool is_inside_ids(char c) { return c == '.' || c == '-' || c == '_'; }

/* Whether an id that begins or ends at [at] goes on there, with [step] to the other side: a full stop after MET-1 ends it, .2 does not. */
static bool goes_on(str text, size_t at, int step)
{
    if (at < text.len && is_inside_ids(text.at[at]))
        at += (size_t)step;
    return at < text.len && is_letter_or_digit(text.at[at]);
}

struct value fn_mentions(struct query_run *run, const struct value *args, size_t nargs)
{
    str text = args[0].text, id = args[1].text;
    (void)nargs;
    if (!spend(run, text.len / 8))
        return BROKEN_TOO_MUCH;
    for (size_t at = 0; id.len && (at = str_search(text, id, at)) != SIZE_MAX; at++)
        if (!goes_on(text, at - 1, -1) && !goes_on(text, at + id.len, 1))
            return value_bool(true);
    return value_bool(false);
}

struct value fn_starts_with(struct query_run *run, const struct value *args, size_t nargs)
{
    UNUSED;
    return value_bool(str_starts(args[0].text, args[1].text));
}

struct value fn_ends_with(struct query_run *run, const struct value *args, size_t nargs)
{
    UNUSED;
    return value_bool(str_ends(args[0].text, args[1].text));
}

/* A part of [text] that knows where it was written, if the whole stands in its file as it is. */
static struct value part_of(struct value text, struct regex_match match)
{
    struct value part = value_text(str_cut(text.text, match.begin, match.end));
    part.written = text.written;
    part.span = span_part(text.span, text.text.len, match.begin, match.end);
    return part;
}

struct value pattern_matches(struct query_run *run, const struct regex *regex, struct value text)
{
    bool found = regex_search(regex, text.text, &run->cost);
    return run->cost <= run->limit ? value_bool(found) : BROKEN_TOO_MUCH;
}

struct value pattern_find(struct query_run *run, const struct regex *regex, struct value text)
{
    struct regex_match match;
    bool found = regex_find(regex, text.text, 0, true, &match, &run->cost);
    if (run->cost > run->limit)
        return BROKEN_TOO_MUCH;
    return found ? part_of(text, match) : value_text((str){ 0 });
}

struct value pattern_find_all(struct query_run *run, const struct regex *regex, struct value text)
{
    struct list *found = NEW(run->arena, struct list);
    struct regex_match match;
    size_t from = 0;
    while (from <= text.text.len && regex_find(regex, text.text, from, true, &match, &run->cost)) {
        if (!spend(run, 1))
            return BROKEN_TOO_MUCH;
        if (match.end > match.begin)
            list_push(run->arena, found, part_of(text, match));
        from = match.end;
        if (match.end == match.begin && from++ < text.text.len)
            while (from < text.text.len && ((unsigned char)text.text.at[from] & 0xC0) == 0x80)
                from++;
    }
    return run->cost <= run->limit ? value_list(found) : BROKEN_TOO_MUCH;
}

typedef struct value pattern_function(struct query_run *run, const struct regex *regex, struct value text);

/* The pattern is not known before run time; names.c compiles it once in the usual case. */
static const struct regex *compile_shared(struct query_patterns *patterns, str text, struct regex_problem *problem)
{
    enum { KEPT = 64 }; /* patterns made of data could be any number */
    const struct regex *regex = map_get(&patterns->compiled, text);
    if (regex || patterns->compiled.len >= KEPT)
        return regex;
    regex = regex_compile(patterns->arena, text, problem);
    if (regex)
        map_add(&patterns->compiled, patterns->arena, str_copy(patterns->arena, text), (void *)(uintptr_t)regex);
    return regex;
}

static struct value with_pattern(struct query_run *run, const struct value *args, pattern_function *use)
{
    struct regex_problem problem = { "", 0 };
    if (!spend(run, args[1].text.len))
        return BROKEN_TOO_MUCH;
    const struct regex *regex = run->patterns ? compile_shared(run->patterns, args[1].text, &problem) : NULL;
    if (!regex && !problem.message[0])
        regex = regex_compile(run->arena, args[1].text, &problem);
    return regex ? use(run, regex, args[0]) : value_broken(str_of(problem.message));
}

struct value fn_matches(struct query_run *run, const struct value *args, size_t nargs)
{
    (void)nargs;
    return with_pattern(run, args, pattern_matches);
}

struct value fn_find(struct query_run *run, const struct value *args, size_t nargs)
{
    (void)nargs;
    return with_pattern(run, args, pattern_find);
}

struct value fn_find_all(struct query_run *run, const struct value *args, size_t nargs)
{
    (void)nargs;
    return with_pattern(run, args, pattern_find_all);
}

static struct value change_case(struct query_run *run, str text, char first, char last)
{
    if (!spend(run, text.len))
        return BROKEN_TOO_MUCH;
    char *out = NEWS(run->arena, char, text.len + 1);
    for (size_t i = 0; i < text.len; i++)
        out[i] = text.at[i] >= first && text.at[i] <= last ? (char)(text.at[i] ^ 0x20) : text.at[i];
    return value_text((str){ out, text.len });
}

struct value fn_lower_ascii(struct query_run *run, const struct value *args, size_t nargs)
{
    (void)nargs;
    return change_case(run, args->text, 'A', 'Z');
}

struct value fn_upper_ascii(struct query_run *run, const struct value *args, size_t nargs)
{
    (void)nargs;
    return change_case(run, args->text, 'a', 'z');
}

struct value fn_trim(struct query_run *run, const struct value *args, size_t nargs)
{
    UNUSED;
    return value_text(str_trim(args->text));
}

static void push_text(struct query_run *run, struct list *list, str text)
{
    list_push(run->arena, list, value_text(text));
}

static void split_characters(struct query_run *run, str text, struct list *pieces)
{
    for (size_t from = 0, end = 0; from < text.len; from = end) {
        utf8_next(text, &end);
        push_text(run, pieces, str_cut(text, from, end));
    }
}

/* Between separators; an empty separator gives the characters. */
struct value fn_split(struct query_run *run, const struct value *args, size_t nargs)
{
    str text = args[0].text, sep = args[1].text;
    struct list *pieces = NEW(run->arena, struct list);
    size_t from = 0, at;
    (void)nargs;
    if (!spend(run, text.len))
        return BROKEN_TOO_MUCH;
    if (sep.len == 0) {
        split_characters(run, text, pieces);
        return value_list(pieces);
    }
    for (; (at = str_search(text, sep, from)) != SIZE_MAX; from = at + sep.len)
        push_text(run, pieces, str_cut(text, from, at));
    push_text(run, pieces, str_cut(text, from, text.len));
    return value_list(pieces);
}

struct value fn_replace(struct query_run *run, const struct value *args, size_t nargs)
{
    str text = args[0].text, old = args[1].text, new = args[2].text;
    size_t from = 0, at;
    (void)nargs;
    if (old.len == 0)
        return args[0];
    if (str_search(text, old, 0) == SIZE_MAX)
        return value_text(text);
    struct buf *out = buf_new(run->arena);
    while ((at = str_search(text, old, from)) != SIZE_MAX) {
        if (!spend(run, at - from + new.len + 1)) {
            buf_free(out);
            return BROKEN_TOO_MUCH;
        }
        buf_put(out, str_cut(text, from, at));
        buf_put(out, new);
        from = at + old.len;
    }
    buf_put(out, str_cut(text, from, text.len));
    str result = str_copy(run->arena, buf_str(out));
    buf_free(out);
    return value_text(result);
}

/* A word that prints on the colour of its meaning, as states do. */
struct value fn_tone(struct query_run *run, const struct value *args, size_t nargs)
{
    static const struct { const char *name; enum tone_code code; } tones[] = {
        { "good", TONE_GOOD }, { "neutral", TONE_NEUTRAL }, { "warning", TONE_WARNING }, { "bad", TONE_BAD },
    };
    UNUSED;
    for (size_t i = 0; i < sizeof tones / sizeof tones[0]; i++)
        if (str_eq(args[1].text, str_of(tones[i].name))) {
            struct value word = value_text(args[0].text);
            word.look = LOOK_STATUS;
            word.tone = (uint8_t)tones[i].code;
            return word;
        }
    return BROKEN("there are the tones good, neutral, warning and bad");
}
