/* SPDX-License-Identifier: MIT */
/*
 * Whether there is a match at all, at a look-up for each character. The sets of places that regex_run.c follows come
 * back again and again, so each one is kept as a state, and what a character makes of it is found out once: a
 * deterministic automaton, of which only the states exist that texts have led to. Characters that no part of the
 * pattern tells apart are one symbol.
 */
#include "base/arena.h"
#include "query/regex.h"
#include "query/regex_program.h"

enum { SYMBOLS = 100 };
/* What one pattern may take for its states, in bytes and in steps. So the work is no matter of a text's length and is not charged. */
enum { ROOM = 32 * 1024, WORK = 100 * 1000 };

/* What stands before a state's position, as far as it matters to ^ and \b. */
enum before { AT_BEGIN, AFTER_WORD, AFTER_OTHER, BEFORES };

/* GOING_ON must be nought: it is all that the loop over the text looks at. */
enum state_kind { GOING_ON, IDLE /* no match is under way */, MATCHED, DEAD };

struct regex_state {
    uint8_t             kind;    /* enum state_kind */
    uint8_t             before;  /* enum before */
    uint16_t            len;
    uint16_t           *places;  /* not yet followed through ^, $, \b and \B, which hang on the next character */
    struct regex_state *next[];  /* for each symbol; NULL: not asked yet */
};

struct regex_dfa {
    struct arena       *arena;
    bool                ready, unfit;
    bool                anchored;        /* a match can only begin at the beginning */
    bool                words;           /* it matters where words begin and end */
    uint8_t             symbol[128];     /* of ASCII */
    uint32_t            least[SYMBOLS];  /* the least character of each symbol, in order; the last one is REGEX_NOTHING */
    uint32_t            symbols, beyond; /* how many; the first one beyond ASCII */
    struct regex_state *start[BEFORES], *matched, *dead;
    LIST_OF(struct regex_state *) states;
    size_t              room, work;      /* what is left for more states */
};

struct regex_dfa *regex_dfa_new(struct arena *arena)
{
    struct regex_dfa *dfa = NEW(arena, struct regex_dfa);
    dfa->arena = arena;
    dfa->room = ROOM;
    dfa->work = WORK;
    return dfa;
}

/* ---- symbols ---- */

/* Where in the alphabet something changes for the pattern. */
struct cuts {
    bool     ascii[129];
    uint32_t beyond[SYMBOLS]; /* in order */
    size_t   len;
    bool     any_case, too_many;
};

static void cut_at(struct cuts *cuts, uint32_t c)
{
    size_t at = cuts->len;
    if (c <= 128)
        cuts->ascii[c] = true;
    if (c <= 128 || c > 0x10FFFF)
        return;
    while (at > 0 && cuts->beyond[at - 1] >= c)
        at--;
    if (at < cuts->len && cuts->beyond[at] == c)
        return;
    if (cuts->len == SYMBOLS) {
        cuts->too_many = true;
        return;
    }
    memmove(cuts->beyond + at + 1, cuts->beyond + at, (cuts->len - at) * sizeof *cuts->beyond);
    cuts->beyond[at] = c;
    cuts->len++;
}

/* Capitals count as small letters where case does not matter. */
static void cut_range(struct cuts *cuts, uint32_t first, uint32_t last)
{
    cut_at(cuts, first);
    cut_at(cuts, last + 1);
    if (cuts->any_case && first <= 'Z' && last >= 'A') {
        cut_at(cuts, (first < 'A' ? 'A' : first) | 0x20);
        cut_at(cuts, ((last > 'Z' ? 'Z' : last) | 0x20) + 1);
    }
}

static void cut_for(struct cuts *cuts, const struct regex_step *step)
{
    if (step->op == RX_CHAR)
        cut_range(cuts, step->a, step->a);
    if (step->op == RX_ANY)
        cut_range(cuts, '\n', '\n');
    for (size_t i = 0; step->op == RX_CLASS && i < step->class->len; i++)
        cut_range(cuts, step->class->ranges[i].first, step->class->ranges[i].last);
}

static void add_symbol(struct regex_dfa *dfa, uint32_t least)
{
    if (dfa->symbols < SYMBOLS)
        dfa->least[dfa->symbols++] = least;
    else
        dfa->unfit = true;
}

static void make_symbols(struct regex_dfa *dfa, const struct regex *regex)
{
    struct cuts cuts = { .any_case = regex->any_case };
    cut_range(&cuts, '0', '9'); /* \b asks whether a character is one of these */
    cut_range(&cuts, 'A', 'Z');
    cut_range(&cuts, '_', '_');
    cut_range(&cuts, 'a', 'z');
    for (size_t i = 0; i < regex->len; i++)
        cut_for(&cuts, &regex->code[i]);
    dfa->unfit = cuts.too_many;
    for (uint32_t c = 0; c < 128; c++) {
        if (regex->any_case && c >= 'A' && c <= 'Z')
            continue;
        if (c == 0 || cuts.ascii[c])
            add_symbol(dfa, c);
        dfa->symbol[c] = (uint8_t)(dfa->symbols - 1);
    }
    for (uint32_t c = 'A'; c <= 'Z' && regex->any_case; c++)
        dfa->symbol[c] = dfa->symbol[c | 0x20];
    dfa->beyond = dfa->symbols;
    add_symbol(dfa, 128);
    for (size_t i = 0; i < cuts.len; i++)
        add_symbol(dfa, cuts.beyond[i]);
    add_symbol(dfa, REGEX_NOTHING);
}

static uint32_t symbol_beyond(const struct regex_dfa *dfa, uint32_t c)
{
    uint32_t symbol = dfa->beyond;
    while (dfa->least[symbol + 1] <= c)
        symbol++;
    return symbol;
}

/* ---- states ---- */

/* Whether every way into the program passes ^. */
static bool is_anchored(const struct regex *regex)
{
    struct regex_places seen;
    regex_clear(&seen, regex);
    regex_enter(&seen, 0, 0);
    for (uint32_t i = 0; i < seen.len; i++) {
        const struct regex_step *step = &regex->code[seen.dense[i]];
        if (step->op == RX_BEGIN)
            continue;
        if (step->op != RX_SPLIT && step->op != RX_JUMP)
            return false;
        regex_enter(&seen, step->a, 0);
        if (step->op == RX_SPLIT)
            regex_enter(&seen, step->b, 0);
    }
    return true;
}

/* A new state; NULL when there are too many. */
static struct regex_state *add_state(struct regex_dfa *dfa, const struct regex_places *places, enum before before, enum state_kind kind)
{
    uint16_t len = (uint16_t)(places ? places->len : 0);
    size_t   size = sizeof(struct regex_state) + dfa->symbols * sizeof(struct regex_state *), used = size + len * sizeof(uint16_t);
    if (used > dfa->room)
        return NULL;
    struct regex_state *state = arena_alloc(dfa->arena, used, _Alignof(struct regex_state));
    state->kind = (uint8_t)kind;
    state->before = (uint8_t)before;
    state->len = len;
    state->places = (uint16_t *)(void *)((char *)state + size);
    if (len)
        memcpy(state->places, places->dense, len * sizeof *state->places);
    LIST_PUSH(dfa->arena, &dfa->states, state);
    dfa->room -= used;
    return state;
}

static struct regex_state *state_of(const struct regex *regex, const struct regex_places *places, enum before before)
{
    struct regex_dfa *dfa = regex->dfa;
    if (places->len == 0)
        return dfa->dead;
    for (size_t i = 0; i < dfa->states.len; i++) {
        struct regex_state *state = dfa->states.at[i];
        if (state->len == places->len && state->before == before && memcmp(state->places, places->dense, places->len * sizeof *state->places) == 0)
            return state;
    }
    return add_state(dfa, places, before, GOING_ON);
}

static enum before before_of(const struct regex_dfa *dfa, uint32_t c)
{
    return c == REGEX_NOTHING ? AT_BEGIN : dfa->words && regex_is_word(c) ? AFTER_WORD : AFTER_OTHER;
}

static void make_ready(const struct regex *regex)
{
    struct regex_dfa *dfa = regex->dfa;
    struct regex_places first;
    regex_clear(&first, regex);
    regex_enter(&first, 0, 0);
    make_symbols(dfa, regex);
    dfa->ready = true;
    dfa->anchored = is_anchored(regex);
    for (size_t i = 0; i < regex->len; i++)
        dfa->words |= regex->code[i].op == RX_BOUNDARY || regex->code[i].op == RX_NO_BOUNDARY;
    dfa->matched = add_state(dfa, NULL, AT_BEGIN, MATCHED);
    dfa->dead = add_state(dfa, NULL, AT_BEGIN, DEAD);
    for (int before = 0; before < BEFORES; before++)
        dfa->start[before] = add_state(dfa, &first, (enum before)before, regex->filtered && !dfa->anchored ? IDLE : GOING_ON);
}

/* What [symbol] makes of [state]; NULL when that would be too much. */
static struct regex_state *find_next(const struct regex *regex, struct regex_state *state, uint32_t symbol)
{
    static const uint32_t examples[BEFORES] = { REGEX_NOTHING, 'a', ' ' };
    struct regex_dfa   *dfa = regex->dfa;
    struct regex_places around, next;
    struct regex_run    run = { .regex = regex, .before = examples[state->before], .after = dfa->least[symbol], .next = &around };
    regex_clear(&around, regex);
    regex_clear(&next, regex);
    for (uint16_t i = 0; i < state->len; i++)
        regex_follow(&run, state->places[i], 0);
    bool end = run.after == REGEX_NOTHING;
    for (uint32_t i = 0; i < around.len && !end; i++)
        if (regex_reads(regex, &regex->code[around.dense[i]], run.after))
            regex_enter(&next, around.dense[i] + 1u, 0);
    if (!dfa->anchored && !end)
        regex_enter(&next, 0, 0);
    size_t work = (size_t)run.steps + around.len + dfa->states.len;
    if (work > dfa->work)
        return NULL;
    dfa->work -= work;
    return state->next[symbol] = run.matched ? dfa->matched : state_of(regex, &next, before_of(dfa, run.after));
}

/* Reads on from [*at] to where the answer is known. */
static enum regex_answer walk(const struct regex *regex, str text, size_t *at)
{
    struct regex_dfa *dfa = regex->dfa;
    struct regex_state *state = dfa->start[before_of(dfa, regex_char_before(text, *at))];
    for (;;) {
        if (state->kind == IDLE) {
            *at = regex_next_start(regex, text, *at);
            state = dfa->start[before_of(dfa, regex_char_before(text, *at))];
        } else if (state->kind != GOING_ON) {
            return state->kind == MATCHED ? REGEX_YES : REGEX_NO;
        }
        unsigned char byte = *at < text.len ? (unsigned char)text.at[*at] : 0x80;
        uint32_t symbol = byte < 0x80 ? dfa->symbol[byte] : *at == text.len ? dfa->symbols - 1 : symbol_beyond(dfa, utf8_next(text, at));
        *at += byte < 0x80;
        struct regex_state *next = state->next[symbol];
        if (!next && !(next = find_next(regex, state, symbol)))
            return REGEX_UNSURE;
        state = next;
    }
}

/* What is read is paid for, not what lies behind: who looks for all matches of a long text asks once for each. */
enum regex_answer regex_ask(const struct regex *regex, str text, size_t from, uint64_t *steps)
{
    size_t at = from;
    if (!regex->dfa->ready)
        make_ready(regex);
    if (regex->dfa->unfit)
        return REGEX_UNSURE;
    enum regex_answer answer = walk(regex, text, &at);
    *steps += (at - from) / 8;
    return answer;
}
