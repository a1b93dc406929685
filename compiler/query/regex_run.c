/* SPDX-License-Identifier: MIT */
/*
 * Thompson's simulation: all places in the program the text so far can lead to are followed together, each at
 * most once per character, so the time is at most the length of the text times that of the program.
 */
#include "query/regex.h"

#include "query/regex_program.h"

/* A set of places with an order: sparse[i] says where in dense i stands, if dense there says i. */
struct places {
    uint32_t len;
    uint16_t dense[REGEX_PROGRAM], sparse[REGEX_PROGRAM];
};

struct run {
    const struct regex *regex;
    uint32_t            before, after; /* the characters around the position; NONE at both ends */
    bool                matched;
    struct places      *next;
    uint64_t            steps;
};

enum { NONE = 0x110000 };

static bool add(struct places *set, uint32_t place)
{
    uint16_t at = set->sparse[place];
    if (at < set->len && set->dense[at] == place)
        return false;
    set->sparse[place] = (uint16_t)set->len;
    set->dense[set->len++] = (uint16_t)place;
    return true;
}

static bool is_word(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= 'a' && c <= 'z');
}

static bool holds(const struct run *run, uint8_t op)
{
    switch (op) {
    case RX_BEGIN:    return run->before == NONE;
    case RX_END:      return run->after == NONE;
    case RX_BOUNDARY: return is_word(run->before) != is_word(run->after);
    default:          return is_word(run->before) == is_word(run->after);
    }
}

/* Enters [place] and all it leads to without reading a character. A place is pushed once at most, so the stack is large enough. */
static void follow(struct run *run, uint32_t place)
{
    uint16_t stack[REGEX_PROGRAM + 1];
    size_t len = 0;
    stack[len++] = (uint16_t)place;
    if (!add(run->next, place))
        return;
    while (len) {
        uint32_t at = stack[--len];
        const struct regex_step *step = &run->regex->code[at];
        run->steps++;
        if (step->op == RX_MATCH)
            run->matched = true;
        if (step->op >= RX_BEGIN && step->op <= RX_NO_BOUNDARY && holds(run, step->op) && add(run->next, at + 1))
            stack[len++] = (uint16_t)(at + 1);
        if ((step->op == RX_SPLIT || step->op == RX_JUMP) && add(run->next, step->a))
            stack[len++] = (uint16_t)step->a;
        if (step->op == RX_SPLIT && add(run->next, step->b))
            stack[len++] = (uint16_t)step->b;
    }
}

static bool in_class(const struct regex_class *class, uint32_t c)
{
    for (size_t i = 0; i < class->len; i++)
        if (c >= class->ranges[i].first && c <= class->ranges[i].last)
            return true;
    return false;
}

static uint32_t other_case(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? c ^ 0x20 : c;
}

static bool reads(const struct regex *regex, const struct regex_step *step, uint32_t c)
{
    uint32_t other = regex->any_case ? other_case(c) : c;
    switch (step->op) {
    case RX_CHAR:  return step->a == c || step->a == other;
    case RX_ANY:   return c != '\n';
    case RX_CLASS: return (in_class(step->class, c) || in_class(step->class, other)) != step->class->negated;
    default:       return false;
    }
}

static uint32_t char_at(str text, size_t *at) { return *at < text.len ? utf8_next(text, at) : NONE; }

/* The places behind those of [now] that read [c], and the start, because a match may begin anywhere. */
static void advance(struct run *run, const struct places *now, uint32_t c)
{
    for (uint32_t i = 0; i < now->len; i++) {
        const struct regex_step *step = &run->regex->code[now->dense[i]];
        if (reads(run->regex, step, c))
            follow(run, now->dense[i] + 1u);
    }
    run->steps += now->len;
    follow(run, 0);
}

bool regex_search(const struct regex *regex, str text, uint64_t *steps)
{
    struct places sets[2];
    size_t at = 0, which = 0;
    /* Unset memory would do for sparse sets, but not for the tools that look for its use. */
    memset(sets[0].sparse, 0, regex->len * sizeof *sets[0].sparse);
    memset(sets[1].sparse, 0, regex->len * sizeof *sets[1].sparse);
    sets[0].len = sets[1].len = 0;
    struct run run = { .regex = regex, .before = NONE, .next = &sets[0] };
    run.after = char_at(text, &at);
    follow(&run, 0);
    while (!run.matched && run.after != NONE) {
        run.before = run.after;
        run.after = char_at(text, &at);
        which ^= 1;
        run.next = &sets[which];
        run.next->len = 0;
        advance(&run, &sets[which ^ 1], run.before);
    }
    *steps += run.steps;
    return run.matched;
}
