/* SPDX-License-Identifier: MIT */
/*
 * A pattern, a line break, a text: whether there is a match, and which one, is the same by the states that are kept
 * (regex_dfa.c), by following all places (regex_run.c), and by trying every way through the program one by one, here.
 */
#include <assert.h>
#include <stdlib.h>

#include "base/arena.h"
#include "query/regex.h"
#include "query/regex_program.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PATTERN = 300, TEXT = 120, PROGRAM = 400 };

/* ---- the slow way ---- */

struct attempt {
    const struct regex *regex;
    str                 text;
    bool                tried[PROGRAM][TEXT + 1]; /* place in the program, place in the text */
    struct { uint32_t place; size_t at; } waiting[PROGRAM * (TEXT + 1)];
    size_t              len;
};

static void try_later(struct attempt *a, uint32_t place, size_t at)
{
    if (a->tried[place][at])
        return;
    a->tried[place][at] = true;
    a->waiting[a->len].place = place;
    a->waiting[a->len++].at = at;
}

static bool holds_at(const struct attempt *a, uint8_t op, size_t at)
{
    size_t   end = at;
    uint32_t before = regex_char_before(a->text, at), after = at < a->text.len ? utf8_next(a->text, &end) : REGEX_NOTHING;
    bool     edge = regex_is_word(before) != regex_is_word(after);
    return op == RX_BEGIN ? at == 0 : op == RX_END ? at == a->text.len : op == RX_BOUNDARY ? edge : !edge;
}

static void step(struct attempt *a, uint32_t place, size_t at)
{
    const struct regex_step *step = &a->regex->code[place];
    size_t end = at;
    if (step->op == RX_SPLIT || step->op == RX_JUMP)
        try_later(a, step->a, at);
    if (step->op == RX_SPLIT)
        try_later(a, step->b, at);
    else if (step->op >= RX_BEGIN && step->op <= RX_NO_BOUNDARY && holds_at(a, step->op, at))
        try_later(a, place + 1, at);
    else if (step->op <= RX_CLASS && at < a->text.len && regex_reads(a->regex, step, utf8_next(a->text, &end)))
        try_later(a, place + 1, end);
}

/* The longest match that begins at [from]. */
static bool match_at(struct attempt *a, size_t from, struct regex_match *found)
{
    bool any = false;
    memset(a->tried, 0, sizeof a->tried);
    a->len = 0;
    try_later(a, 0, from);
    while (a->len) {
        a->len--;
        uint32_t place = a->waiting[a->len].place;
        size_t   at = a->waiting[a->len].at;
        if (a->regex->code[place].op == RX_MATCH && (!any || at > found->end)) {
            *found = (struct regex_match){ from, at };
            any = true;
        }
        step(a, place, at);
    }
    return any;
}

static bool find_slowly(const struct regex *regex, str text, size_t from, struct regex_match *found)
{
    static struct attempt attempt;
    attempt.regex = regex;
    attempt.text = text;
    for (size_t at = from; at <= text.len;) {
        if (match_at(&attempt, at, found))
            return true;
        if (at == text.len)
            return false;
        utf8_next(text, &at);
    }
    return false;
}

/* ---- all ways ---- */

static bool is_same(bool found, struct regex_match a, bool as_well, struct regex_match b)
{
    return found == as_well && (!found || (a.begin == b.begin && a.end == b.end));
}

static void compare(const struct regex *regex, str text)
{
    for (size_t from = 0; from <= text.len;) {
        struct regex_match kept = { 0, 0 }, followed = { 0, 0 }, tried = { 0, 0 };
        uint64_t steps = 0;
        bool found = regex_find(regex, text, from, true, &kept, &steps);
        assert(is_same(found, kept, regex_run_through(regex, text, from, true, &followed, &steps), followed));
        if (regex->len <= PROGRAM)
            assert(is_same(found, kept, find_slowly(regex, text, from, &tried), tried));
        if (from == 0)
            assert(regex_search(regex, text, &steps) == found);
        if (from == text.len)
            break;
        utf8_next(text, &from);
    }
}

/* Texts are UTF-8 when they come here. */
static str clean(struct arena *arena, str text, size_t most)
{
    str   copy = str_copy(arena, str_cut(text, 0, text.len < most ? text.len : most));
    char *at = (char *)(uintptr_t)copy.at;
    for (size_t bad; (bad = utf8_invalid_at(copy)) < copy.len;)
        at[bad] = '?';
    return copy;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct memory memory;
    static struct arena arena;
    memory = (struct memory){ .limit = (size_t)64 << 20 };
    if (setjmp(memory.escape) == 0) {
        arena_init(&arena, &memory);
        struct regex_problem problem = { NULL, 0 };
        str    input = { (const char *)data, size };
        size_t line = str_find(input, '\n', 0);
        str    pattern = clean(&arena, str_cut(input, 0, line), PATTERN);
        const struct regex *regex = regex_compile(&arena, pattern, &problem);
        if (regex)
            for (str rest = str_cut(input, line < size ? line + 1 : size, size), text; str_split(&rest, '\n', &text);)
                compare(regex, clean(&arena, text, TEXT));
        else
            assert(problem.message && problem.at <= pattern.len);
    }
    arena_close(&arena);
    return 0;
}
