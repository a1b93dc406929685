/* SPDX-License-Identifier: MIT */
/*
 * Patterns -> a program of a few instructions, by recursive descent. Repetition copies the instructions of
 * what is repeated, so the program's size, which is limited, bounds everything. regex_run.c follows it.
 */
#include "query/regex.h"

#include "base/limits.h"
#include "query/regex_program.h"

struct parser {
    struct arena         *arena;
    str                   pattern;
    size_t                at;
    unsigned              depth;
    struct regex         *regex;
    size_t                room;      /* of regex->code */
    struct regex_problem *problem;
    bool                  failed;
};

static void parse_choice(struct parser *p);

static void fail(struct parser *p, size_t at, const char *message)
{
    if (!p->failed)
        *p->problem = (struct regex_problem){ message, at };
    p->failed = true;
    p->at = p->pattern.len;
}

static bool more(const struct parser *p) { return p->at < p->pattern.len; }
static char peek(const struct parser *p) { return more(p) ? p->pattern.at[p->at] : '\0'; }

static bool take(struct parser *p, char c)
{
    bool there = more(p) && peek(p) == c;
    p->at += there;
    return there;
}

/* Appends an instruction and returns its place. */
static uint16_t emit(struct parser *p, enum regex_op op, uint32_t a, uint32_t b)
{
    struct regex *regex = p->regex;
    if (regex->len == REGEX_PROGRAM) {
        fail(p, p->at, "the pattern is too large");
        return 0;
    }
    if (regex->len == p->room)
        regex->code = arena_grow(p->arena, regex->code, regex->len, &p->room, sizeof *regex->code);
    regex->code[regex->len] = (struct regex_step){ .op = (uint8_t)op, .a = a, .b = b };
    return (uint16_t)regex->len++;
}

/* Makes room for one instruction before [at], which only what was emitted since may refer to. */
static void insert(struct parser *p, size_t at, enum regex_op op)
{
    struct regex *regex = p->regex;
    emit(p, op, 0, 0);
    if (p->failed)
        return;
    memmove(regex->code + at + 1, regex->code + at, (regex->len - 1 - at) * sizeof *regex->code);
    for (size_t i = at + 1; i < regex->len; i++) {
        if (regex->code[i].op == RX_SPLIT || regex->code[i].op == RX_JUMP)
            regex->code[i].a++;
        if (regex->code[i].op == RX_SPLIT)
            regex->code[i].b++;
    }
    regex->code[at] = (struct regex_step){ .op = (uint8_t)op };
}

static void add_range(struct parser *p, struct regex_class *class, uint32_t first, uint32_t last)
{
    if (class->len == class->room)
        class->ranges = arena_grow(p->arena, class->ranges, class->len, &class->room, sizeof *class->ranges);
    class->ranges[class->len++] = (struct regex_range){ first, last };
}

static const struct { char letter; struct regex_range ranges[4]; uint8_t len; } shorthands[] = {
    { 'd', { { '0', '9' } }, 1 },
    { 'w', { { '0', '9' }, { 'A', 'Z' }, { '_', '_' }, { 'a', 'z' } }, 4 },
    { 's', { { '\t', '\n' }, { '\f', '\r' }, { ' ', ' ' } }, 3 },
};

/* \d \w \s into [class]; in capitals all but these. False for another letter. */
static bool add_shorthand(struct parser *p, struct regex_class *class, char letter)
{
    for (size_t i = 0; i < sizeof shorthands / sizeof *shorthands; i++) {
        if (shorthands[i].letter != (letter | 0x20))
            continue;
        uint32_t from = 0;
        bool all_but = letter != shorthands[i].letter;
        for (size_t r = 0; r < shorthands[i].len; r++) {
            struct regex_range range = shorthands[i].ranges[r];
            if (!all_but)
                add_range(p, class, range.first, range.last);
            else if (range.first > from)
                add_range(p, class, from, range.first - 1);
            from = range.last + 1;
        }
        if (all_but)
            add_range(p, class, from, 0x10FFFF);
        return true;
    }
    return false;
}

static uint32_t hex_digits(struct parser *p, size_t from, size_t most)
{
    uint32_t code = 0;
    size_t begin = p->at;
    for (; more(p) && p->at - begin < most; p->at++) {
        char c = peek(p), lower = (char)(c | 0x20);
        bool digit = c >= '0' && c <= '9';
        if (!digit && (lower < 'a' || lower > 'f'))
            break;
        code = code * 16 + (uint32_t)(digit ? c - '0' : lower - 'a' + 10);
    }
    if (p->at == begin || code > 0x10FFFF)
        fail(p, from, "the pattern has a wrong \\x");
    return code;
}

static uint32_t parse_hex(struct parser *p, size_t from)
{
    bool braces = take(p, '{');
    uint32_t code = hex_digits(p, from, braces ? 6 : 2);
    if (braces && !take(p, '}'))
        fail(p, from, "the pattern has a wrong \\x");
    return code;
}

/* The character an escape stands for; the backslash, at [from], is read. */
static uint32_t escaped_char(struct parser *p, size_t from)
{
    static const char letters[] = "tnrfva", means[] = "\t\n\r\f\v\a";
    if (!more(p)) {
        fail(p, from, "the pattern ends in a backslash");
        return 0;
    }
    char c = p->pattern.at[p->at];
    const char *letter = c ? strchr(letters, c) : NULL;
    if (c == 'x') {
        p->at++;
        return parse_hex(p, from);
    }
    bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (word && !letter) {
        fail(p, from, "the pattern has an escape that is not supported");
        return 0;
    }
    uint32_t code = utf8_next(p->pattern, &p->at);
    return letter ? (uint32_t)means[letter - letters] : code;
}

/* One member of a class: a character, of which *single is then true, or a shorthand. */
static uint32_t class_member(struct parser *p, struct regex_class *class, bool *single)
{
    size_t from = p->at;
    *single = true;
    if (!take(p, '\\'))
        return utf8_next(p->pattern, &p->at);
    if (more(p) && add_shorthand(p, class, peek(p))) {
        p->at++;
        *single = false;
        return 0;
    }
    return escaped_char(p, from);
}

static void parse_class(struct parser *p, size_t from)
{
    struct regex_class *class = NEW(p->arena, struct regex_class);
    bool single, last_single;
    class->negated = take(p, '^');
    for (bool first = true; more(p) && (first || peek(p) != ']'); first = false) {
        size_t begin = p->at;
        if (str_starts(str_cut(p->pattern, p->at, p->pattern.len), STR("[:")))
            fail(p, begin, "named classes such as [:alpha:] are not supported");
        uint32_t code = class_member(p, class, &single), last = code;
        bool range = single && more(p) && peek(p) == '-' && p->at + 1 < p->pattern.len && p->pattern.at[p->at + 1] != ']';
        if (range) {
            p->at++;
            last = class_member(p, class, &last_single);
            if (!last_single || last < code)
                fail(p, begin, "the pattern has a range that is the wrong way round");
        }
        if (single)
            add_range(p, class, code, last);
    }
    if (!take(p, ']'))
        fail(p, from, "the pattern has a [ that is never closed");
    emit(p, RX_CLASS, 0, 0);
    if (!p->failed)
        p->regex->code[p->regex->len - 1].class = class;
}

static void parse_escape(struct parser *p, size_t from)
{
    char c = peek(p);
    if (c == 'b' || c == 'B') {
        p->at++;
        emit(p, c == 'b' ? RX_BOUNDARY : RX_NO_BOUNDARY, 0, 0);
        return;
    }
    struct regex_class *class = NEW(p->arena, struct regex_class);
    if (more(p) && add_shorthand(p, class, c)) {
        p->at++;
        emit(p, RX_CLASS, 0, 0);
        if (!p->failed)
            p->regex->code[p->regex->len - 1].class = class;
        return;
    }
    uint32_t code = escaped_char(p, from);
    emit(p, RX_CHAR, code, 0);
}

static void parse_group(struct parser *p, size_t from)
{
    if (take(p, '?') && !take(p, ':'))
        fail(p, from, "groups of the form (?...) are not supported, except (?:...)");
    if (++p->depth > LIMIT_EXPR_DEPTH)
        fail(p, from, "the pattern is nested too deeply");
    if (!p->failed)
        parse_choice(p);
    p->depth--;
    if (!take(p, ')'))
        fail(p, from, "the pattern has a ( that is never closed");
}

static void parse_atom(struct parser *p)
{
    size_t from = p->at;
    uint32_t code = utf8_next(p->pattern, &p->at);
    switch (code) {
    case '.':  emit(p, RX_ANY, 0, 0); break;
    case '^':  emit(p, RX_BEGIN, 0, 0); break;
    case '$':  emit(p, RX_END, 0, 0); break;
    case '(':  parse_group(p, from); break;
    case '[':  parse_class(p, from); break;
    case '\\': parse_escape(p, from); break;
    case '*': case '+': case '?':
        fail(p, from, "the pattern repeats nothing here");
        break;
    default:   emit(p, RX_CHAR, code, 0); break;
    }
}

/* Copies of the instructions [begin, end) at the end of the program. */
static void copy(struct parser *p, size_t begin, size_t end)
{
    struct regex *regex = p->regex;
    size_t shift = regex->len - begin;
    for (size_t i = begin; i < end && !p->failed; i++) {
        struct regex_step step = regex->code[i];
        bool split = step.op == RX_SPLIT, jump = split || step.op == RX_JUMP;
        uint16_t at = emit(p, step.op, step.a + (jump ? (uint32_t)shift : 0), step.b + (split ? (uint32_t)shift : 0));
        if (!p->failed && step.op == RX_CLASS)
            p->regex->code[at] = step;
    }
}

/* x? : split past x. [begin] is where x stands; it ends the program. */
static void make_optional(struct parser *p, size_t begin)
{
    insert(p, begin, RX_SPLIT);
    if (p->failed)
        return;
    p->regex->code[begin].a = (uint32_t)begin + 1;
    p->regex->code[begin].b = (uint32_t)p->regex->len;
}

static void make_star(struct parser *p, size_t begin)
{
    insert(p, begin, RX_SPLIT);
    emit(p, RX_JUMP, (uint32_t)begin, 0);
    if (p->failed)
        return;
    p->regex->code[begin].a = (uint32_t)begin + 1;
    p->regex->code[begin].b = (uint32_t)p->regex->len;
}

static void make_plus(struct parser *p, size_t begin)
{
    emit(p, RX_SPLIT, (uint32_t)begin, (uint32_t)p->regex->len + 1);
}

enum { NO_MOST = -1 };

/* x{least,most}: x least times, then optional ones nested into each other by following one another. */
static void repeat(struct parser *p, size_t begin, int least, int most)
{
    size_t end = p->regex->len;
    if (least == 0 && most == 0) {
        p->regex->len = (uint32_t)begin;
        return;
    }
    if (least == 0 && most == NO_MOST) {
        make_star(p, begin);
        return;
    }
    for (int i = 1; i < (least ? least : 1) && !p->failed; i++)
        copy(p, begin, end);
    if (most == NO_MOST && !p->failed)
        make_plus(p, p->regex->len - (end - begin));
    /* Optional copies are made from the first one, which becomes optional last when none is obligatory. */
    for (int i = least ? least : 1; i < most && !p->failed; i++) {
        size_t at = p->regex->len;
        copy(p, begin, end);
        if (!p->failed)
            make_optional(p, at);
    }
    if (least == 0 && !p->failed)
        make_optional(p, begin);
}

static int parse_count(struct parser *p)
{
    int n = 0;
    size_t begin = p->at;
    while (peek(p) >= '0' && peek(p) <= '9' && p->at - begin < 4)
        n = n * 10 + (p->pattern.at[p->at++] - '0');
    return p->at == begin ? NO_MOST : n;
}

/* {m} {m,} {m,n}; anything else in braces is refused rather than taken literally, because it is a slip. */
static void parse_braces(struct parser *p, size_t begin, size_t from)
{
    int least = parse_count(p), most = least;
    if (take(p, ','))
        most = parse_count(p);
    if (!take(p, '}') || least == NO_MOST || (most != NO_MOST && most < least))
        fail(p, from, "the pattern has a wrong {}; write {2}, {2,} or {2,5}, or \\{ for a brace");
    else if (least > REGEX_REPEAT || most > REGEX_REPEAT)
        fail(p, from, "the pattern repeats too often");
    else
        repeat(p, begin, least, most);
}

static void parse_repeated(struct parser *p)
{
    size_t begin = p->regex->len;
    parse_atom(p);
    size_t from = p->at;
    if (take(p, '*'))
        make_star(p, begin);
    else if (take(p, '+'))
        make_plus(p, begin);
    else if (take(p, '?'))
        make_optional(p, begin);
    else if (take(p, '{'))
        parse_braces(p, begin, from);
    else
        return;
    /* Whether the repetition is lazy makes no difference to whether there is a match. */
    take(p, '?');
    if (more(p) && strchr("*+?{", peek(p)))
        fail(p, p->at, "the pattern repeats a repetition; put it into parentheses");
}

static void parse_sequence(struct parser *p)
{
    while (more(p) && peek(p) != '|' && peek(p) != ')')
        parse_repeated(p);
}

enum { NO_JUMP = REGEX_PROGRAM };

/* a|b|c: before each but the last a split to it and to the next, behind it a jump to the end. The jumps are chained until the end is known. */
static void parse_choice(struct parser *p)
{
    uint32_t jump = NO_JUMP;
    for (;;) {
        size_t begin = p->regex->len;
        parse_sequence(p);
        if (!take(p, '|'))
            break;
        insert(p, begin, RX_SPLIT);
        jump = emit(p, RX_JUMP, jump, 0);
        if (p->failed)
            return;
        p->regex->code[begin].a = (uint32_t)begin + 1;
        p->regex->code[begin].b = (uint32_t)p->regex->len;
    }
    while (jump != NO_JUMP && !p->failed) {
        uint32_t before = p->regex->code[jump].a;
        p->regex->code[jump].a = (uint32_t)p->regex->len;
        jump = before;
    }
}

static void add_first_bytes(struct regex *regex, uint32_t low, uint32_t high)
{
    for (uint32_t c = low; c <= high && c < 0x80; c++) {
        uint32_t other = regex->any_case && ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ? c ^ 0x20 : c;
        regex->first[c] = regex->first[other] = true;
    }
    for (uint32_t byte = 0xC0; high >= 0x80 && byte <= 0xFF; byte++)
        regex->first[byte] = true; /* any character beyond ASCII: exact enough */
}

/* What a step that reads a character may read first; false where that could be almost anything. */
static bool add_first_of(struct regex *regex, const struct regex_step *step)
{
    if (step->op == RX_CHAR) {
        add_first_bytes(regex, step->a, step->a);
        return true;
    }
    if (step->op != RX_CLASS || step->class->negated)
        return false;
    for (size_t i = 0; i < step->class->len; i++)
        add_first_bytes(regex, step->class->ranges[i].first, step->class->ranges[i].last);
    return true;
}

/* The bytes with which a match can begin, so that a search passes over all others. A pattern that can match nothing has none. */
static void find_first_bytes(struct arena *arena, struct regex *regex)
{
    uint32_t *waiting = NEWS(arena, uint32_t, 2 * regex->len + 1);
    bool     *seen = NEWS(arena, bool, regex->len);
    size_t    len = 0;
    waiting[len++] = 0;
    while (len) {
        uint32_t at = waiting[--len];
        const struct regex_step *step = &regex->code[at];
        if (seen[at])
            continue;
        seen[at] = true;
        if (step->op == RX_MATCH)
            return;
        if (step->op == RX_SPLIT || step->op == RX_JUMP)
            waiting[len++] = step->a;
        if (step->op == RX_SPLIT)
            waiting[len++] = step->b;
        else if (step->op >= RX_BEGIN && step->op <= RX_NO_BOUNDARY)
            waiting[len++] = at + 1;
        else if (step->op != RX_JUMP && !add_first_of(regex, step))
            return;
    }
    regex->filtered = true;
}

const struct regex *regex_compile(struct arena *arena, str pattern, struct regex_problem *problem)
{
    struct parser p = { .arena = arena, .pattern = pattern, .problem = problem, .regex = NEW(arena, struct regex) };
    if (str_starts(pattern, STR("(?i)"))) {
        p.regex->any_case = true;
        p.at = 4;
    }
    parse_choice(&p);
    if (more(&p))
        fail(&p, p.at, "the pattern has a ) that was never opened");
    emit(&p, RX_MATCH, 0, 0);
    if (p.failed)
        return NULL;
    find_first_bytes(arena, p.regex);
    p.regex->dfa = regex_dfa_new(arena);
    return p.regex;
}
