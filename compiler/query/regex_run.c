/* SPDX-License-Identifier: MIT */
/*
 * Thompson's simulation: all places in the program the text so far can lead to are followed together, each at
 * most once per character, so the time is at most the length of the text times that of the program.
 */
#include "query/regex.h"

#include "query/regex_program.h"

bool regex_enter(struct regex_places *set, uint32_t place, size_t start)
{
    uint16_t at = set->sparse[place];
    if (at < set->len && set->dense[at] == place)
        return false;
    set->sparse[place] = (uint16_t)set->len;
    set->start[set->len] = start;
    set->dense[set->len++] = (uint16_t)place;
    return true;
}

bool regex_is_word(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= 'a' && c <= 'z');
}

static bool holds(const struct regex_run *run, uint8_t op)
{
    switch (op) {
    case RX_BEGIN:    return run->before == REGEX_NOTHING;
    case RX_END:      return run->after == REGEX_NOTHING;
    case RX_BOUNDARY: return regex_is_word(run->before) != regex_is_word(run->after);
    default:          return regex_is_word(run->before) == regex_is_word(run->after);
    }
}

static void match(struct regex_run *run, size_t start)
{
    if (!run->matched || start < run->start)
        run->start = start;
    run->matched = true;
}

/* A place is pushed once at most, so the stack is large enough. */
void regex_follow(struct regex_run *run, uint32_t place, size_t start)
{
    uint16_t stack[REGEX_PROGRAM + 1];
    size_t len = 0;
    stack[len++] = (uint16_t)place;
    if (!regex_enter(run->next, place, start))
        return;
    while (len) {
        uint32_t at = stack[--len];
        const struct regex_step *step = &run->regex->code[at];
        run->steps++;
        if (step->op == RX_MATCH)
            match(run, start);
        if (step->op >= RX_BEGIN && step->op <= RX_NO_BOUNDARY && holds(run, step->op) && regex_enter(run->next, at + 1, start))
            stack[len++] = (uint16_t)(at + 1);
        if ((step->op == RX_SPLIT || step->op == RX_JUMP) && regex_enter(run->next, step->a, start))
            stack[len++] = (uint16_t)step->a;
        if (step->op == RX_SPLIT && regex_enter(run->next, step->b, start))
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

bool regex_reads(const struct regex *regex, const struct regex_step *step, uint32_t c)
{
    uint32_t other = regex->any_case ? other_case(c) : c;
    switch (step->op) {
    case RX_CHAR:  return step->a == c || step->a == other;
    case RX_ANY:   return c != '\n';
    case RX_CLASS: return (in_class(step->class, c) || in_class(step->class, other)) != step->class->negated;
    default:       return false;
    }
}

/* Unset memory would do for sparse sets, but not for the tools that look for its use. */
void regex_clear(struct regex_places *set, const struct regex *regex)
{
    memset(set->sparse, 0, regex->len * sizeof *set->sparse);
    set->len = 0;
}

static uint32_t char_at(str text, size_t at) { return at < text.len ? utf8_next(text, &at) : REGEX_NOTHING; }

/* The places behind those of [now] that read [c]; after a match only those that may still begin no later. */
static void advance(struct regex_run *run, const struct regex_places *now, uint32_t c, size_t latest)
{
    for (uint32_t i = 0; i < now->len && now->start[i] <= latest; i++) {
        const struct regex_step *step = &run->regex->code[now->dense[i]];
        if (regex_reads(run->regex, step, c))
            regex_follow(run, now->dense[i] + 1u, now->start[i]);
    }
    run->steps += now->len;
}

size_t regex_next_start(const struct regex *regex, str text, size_t at)
{
    while (at < text.len && !regex->first[(unsigned char)text.at[at]])
        at++;
    return at;
}

uint32_t regex_char_before(str text, size_t at)
{
    if (at == 0)
        return REGEX_NOTHING;
    for (at--; at > 0 && ((unsigned char)text.at[at] & 0xC0) == 0x80;)
        at--;
    return char_at(text, at);
}

static bool may_start(const struct regex *regex, str text, size_t at)
{
    return !regex->filtered || (at < text.len && regex->first[(unsigned char)text.at[at]]);
}

bool regex_run_through(const struct regex *regex, str text, size_t from, bool whole, struct regex_match *found, uint64_t *steps)
{
    struct regex_places sets[2], *now = &sets[0];
    struct regex_run run = { .regex = regex, .next = &sets[1] };
    size_t at = from, latest = SIZE_MAX;
    bool   any = false;
    regex_clear(&sets[0], regex);
    regex_clear(&sets[1], regex);
    for (;;) {
        /* [now] is where the text led to that ends before the last character. */
        if (now->len == 0 && regex->filtered)
            at = regex_next_start(regex, text, at);
        run.before = regex_char_before(text, at);
        run.after = char_at(text, at);
        run.matched = false;
        run.next->len = 0;
        advance(&run, now, run.before, latest);
        if (!any && may_start(regex, text, at))
            regex_follow(&run, 0, at);
        if (run.matched && run.start <= latest) {
            *found = (struct regex_match){ latest = run.start, at };
            any = true;
        }
        if (run.after == REGEX_NOTHING || (any && (!whole || run.next->len == 0)))
            break;
        utf8_next(text, &at);
        struct regex_places *before = now;
        now = run.next;
        run.next = before;
    }
    *steps += run.steps + (at - from) / 8;
    return any;
}

/* Most texts hold no match, and that is known sooner than where one is. */
bool regex_find(const struct regex *regex, str text, size_t from, bool whole, struct regex_match *found, uint64_t *steps)
{
    return regex_ask(regex, text, from, steps) != REGEX_NO && regex_run_through(regex, text, from, whole, found, steps);
}

bool regex_search(const struct regex *regex, str text, uint64_t *steps)
{
    struct regex_match match;
    enum regex_answer answer = regex_ask(regex, text, 0, steps);
    return answer == REGEX_UNSURE ? regex_run_through(regex, text, 0, false, &match, steps) : answer == REGEX_YES;
}
