/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "base/date.h"
#include "base/map.h"
#include "write/report.h"

enum {
    SHOWN_PER_RULE = 5,   /* findings of one rule before "and N more" */
    LINE_CELLS     = 110, /* a longer line is cut around the span */
    BEFORE_SPAN    = 40,
    MEASURED       = 4096,  /* bytes of a line that are looked at around a span; no line of text is longer */
    TAB_CELLS      = 4,
};

struct printer {
    struct buf           *out;
    struct sources       *sources;
    struct report_options options;
    struct arena         *arena;
    int                   margin; /* width of line numbers of the finding in hand */
};

/* ---- colours: never the only carrier of a meaning ---- */

static const char *colour_of(enum severity severity)
{
    static const char *const colours[] = { "\033[36m", "\033[33m", "\033[31m", "\033[1;31m" };
    return colours[severity];
}

static void paint(struct printer *p, const char *code)
{
    if (p->options.colour)
        buf_text(p->out, code);
}

/* ---- lines of sources ---- */

/* How a character shows: itself, or for what could drive a terminal a visible stand-in. Returns its cells. */
static int put_visible(struct buf *out, uint32_t cp)
{
    char utf8[4];
    if (cp == '\t') {
        if (out)
            buf_text(out, "    ");
        return TAB_CELLS;
    }
    bool hidden = cp < 0x20 || (cp >= 0x7F && cp <= 0x9F) || (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x2028 && cp <= 0x202E)
               || (cp >= 0x2060 && cp <= 0x206F) || cp == 0xFEFF;
    if (hidden) {
        char code[16];
        int  n = snprintf(code, sizeof code, "<U+%04X>", (unsigned)cp);
        if (out)
            buf_put(out, (str){ code, (size_t)n });
        return n;
    }
    if (out)
        buf_put(out, (str){ utf8, utf8_put(cp, utf8) });
    return utf8_cells(cp);
}

static void put_text(struct buf *out, str s)
{
    for (size_t i = 0; i < s.len;)
        put_visible(out, utf8_next(s, &i));
}

/* Cells that s[from, to) takes. */
static int cells_of(str s, size_t from, size_t to)
{
    int cells = 0;
    for (size_t i = from; i < to;)
        cells += put_visible(NULL, utf8_next(s, &i));
    return cells;
}

/* Where the character before [at] begins. */
static size_t before(str line, size_t at)
{
    do
        at--;
    while (at > 0 && ((unsigned char)line.at[at] & 0xC0) == 0x80);
    return at;
}

/* Where to begin showing a long line so that the span is in view. */
static size_t cut_before(str line, size_t begin)
{
    if (line.len <= MEASURED && cells_of(line, 0, line.len) <= LINE_CELLS)
        return 0;
    size_t from = begin;
    for (int cells = 0; from > 0 && begin - from < MEASURED;) {
        size_t at = before(line, from);
        cells += cells_of(line, at, from);
        if (cells > BEFORE_SPAN)
            break;
        from = at;
    }
    return from;
}

static size_t cut_after(str line, size_t from)
{
    size_t i = from, last = from;
    for (int cells = 0; i < line.len && cells <= LINE_CELLS;) {
        last = i;
        cells += put_visible(NULL, utf8_next(line, &i));
    }
    return i < line.len ? last : line.len;
}

static void put_margin(struct printer *p, uint32_t line)
{
    paint(p, "\033[34m");
    if (line)
        buf_print(p->out, "%*u |", p->margin, line);
    else
        buf_print(p->out, "%*s |", p->margin, "");
    paint(p, "\033[0m");
}

/* The line a span begins on with a mark under the part of the span that is on it. */
static void put_snippet(struct printer *p, struct source *source, struct span span, char mark, const char *colour, str label)
{
    uint32_t     begin_of_line = 0;
    struct place place = source_place(p->sources, source, span.begin);
    str          line = source_line(p->sources, source, place.line, &begin_of_line);
    size_t begin = span.begin - begin_of_line, end = span.end - begin_of_line;
    if (begin > line.len)
        begin = line.len;
    if (end > line.len)
        end = line.len;
    size_t from = cut_before(line, begin), to = cut_after(line, from);
    put_margin(p, place.line);
    buf_text(p->out, from ? " ..." : " ");
    put_text(p->out, str_cut(line, from, to));
    buf_text(p->out, to < line.len ? "...\n" : "\n");
    put_margin(p, 0);
    int shift = (from ? 4 : 1) + cells_of(line, from, begin), width = begin < to ? cells_of(line, begin, end > to ? to : end) : 1;
    buf_print(p->out, "%*s", shift, "");
    paint(p, colour);
    for (int i = 0; i < (width > 0 ? width : 1); i++)
        buf_char(p->out, mark);
    if (label.len) {
        buf_char(p->out, ' ');
        put_text(p->out, label);
    }
    paint(p, "\033[0m");
    buf_char(p->out, '\n');
}

static void put_place(struct printer *p, const char *arrow, struct source *source, struct span span)
{
    struct place place = source_place(p->sources, source, span.begin);
    buf_print(p->out, "%*s", p->margin, "");
    paint(p, "\033[34m");
    buf_text(p->out, arrow);
    paint(p, "\033[0m");
    buf_char(p->out, ' ');
    put_text(p->out, source->path);
    buf_print(p->out, ":%u:%u\n", place.line, place.column);
}

/* ---- one finding ---- */

static int digits(uint32_t n)
{
    int count = 1;
    while (n >= 10)
        n /= 10, count++;
    return count;
}

static int margin_of(struct printer *p, const struct finding *f)
{
    struct source *source = source_of(p->sources, f->at);
    uint32_t most = source ? source_place(p->sources, source, f->at.begin).line : 1;
    for (const struct label *l = f->related; l; l = l->next)
        if ((source = source_of(p->sources, l->at)) != NULL) {
            uint32_t line = source_place(p->sources, source, l->at.begin).line;
            most = line > most ? line : most;
        }
    return digits(most);
}

static void put_equals(struct printer *p)
{
    buf_print(p->out, "%*s ", p->margin, "");
    paint(p, "\033[34m");
    buf_char(p->out, '=');
    paint(p, "\033[0m");
    buf_char(p->out, ' ');
}

static void put_note(struct printer *p, const char *what, str text)
{
    put_equals(p);
    buf_print(p->out, "%s: ", what);
    put_text(p->out, text);
    buf_char(p->out, '\n');
}

static str basis_words(str basis)
{
    if (str_eq(basis, STR("requirement")))
        return STR("required by the standard");
    if (str_eq(basis, STR("own_rule")))
        return STR("your own rule");
    return str_eq(basis, STR("practice")) ? STR("audit practice, not wording of the standard") : (str){ 0 };
}

static void put_clause(struct printer *p, const struct finding *f)
{
    if (f->clause.len == 0)
        return;
    str basis = basis_words(f->basis);
    bool control = str_starts(f->clause, STR("A."));
    put_equals(p);
    buf_print(p->out, "%s %.*s", control ? "control" : "clause", STR_ARG(f->clause));
    if (basis.len)
        buf_print(p->out, ", %.*s", STR_ARG(basis));
    buf_print(p->out, "; more: ismsc explain %.*s\n", STR_ARG(f->rule));
}

static void put_headline(struct printer *p, const struct finding *f)
{
    paint(p, f->accepted ? "\033[34m" : colour_of(f->severity));
    buf_text(p->out, f->accepted ? (f->accepted->known ? "baseline" : "accepted") : severity_name(f->severity));
    buf_print(p->out, "[%.*s", STR_ARG(f->rule));
    if (f->name.len)
        buf_print(p->out, " %.*s", STR_ARG(f->name));
    buf_char(p->out, ']');
    paint(p, "\033[0m\033[1m");
    buf_text(p->out, ": ");
    put_text(p->out, f->message);
    paint(p, "\033[0m");
    buf_char(p->out, '\n');
}

/* "minor, accepted by Sam Okoro until 2026-07-31: The new storage arrives in June (ACC-01)". */
static void put_accepted(struct printer *p, const struct finding *f)
{
    char until[11];
    date_format(f->accepted->until, until);
    put_equals(p);
    if (f->accepted->known) {
        buf_print(p->out, "%s, to be mended by ", severity_name(f->severity));
        put_text(p->out, f->accepted->by_name);
        buf_print(p->out, " until %s (%.*s)\n\n", until, STR_ARG(f->accepted->id));
        return;
    }
    buf_print(p->out, "%s, accepted by ", severity_name(f->severity));
    put_text(p->out, f->accepted->by_name);
    buf_print(p->out, " until %s: ", until);
    put_text(p->out, f->accepted->reason);
    buf_print(p->out, " (%.*s)\n\n", STR_ARG(f->accepted->id));
}

static void put_finding(struct printer *p, const struct finding *f)
{
    struct source *source = source_of(p->sources, f->at);
    p->margin = margin_of(p, f);
    put_headline(p, f);
    if (source)
        put_place(p, "-->", source, f->at);
    if (f->accepted) {
        put_accepted(p, f);
        return;
    }
    if (source) {
        put_margin(p, 0);
        buf_char(p->out, '\n');
        put_snippet(p, source, f->at, '^', colour_of(f->severity), f->label);
    }
    struct source *shown = source;
    for (const struct label *l = f->related; l; l = l->next) {
        struct source *other = source_of(p->sources, l->at);
        if (!other)
            continue;
        if (other != shown) {
            put_margin(p, 0);
            buf_char(p->out, '\n');
            put_place(p, ":::", other, l->at);
            put_margin(p, 0);
            buf_char(p->out, '\n');
        }
        put_snippet(p, other, l->at, '-', "\033[34m", l->text);
        shown = other;
    }
    if (f->help.len)
        put_note(p, "help", f->help);
    if (f->note.len)
        put_note(p, "note", f->note);
    if (f->fix)
        put_note(p, "fix", f->fix->text.len ? str_print(p->arena, "ismsc check --fix writes `%.*s`", STR_ARG(f->fix->text)) : STR("ismsc check --fix removes it"));
    put_clause(p, f);
    buf_char(p->out, '\n');
}

/* ---- the whole report ---- */

bool report_failed(const struct findings *findings, const struct report_facts *facts)
{
    for (int s = SEV_ERROR; s >= 0; s--)
        if (findings->count[s] && (s >= facts->threshold || s == SEV_ERROR))
            return true;
    return false;
}

static size_t plural(struct buf *out, size_t count, const char *one, const char *many, bool first)
{
    if (count)
        buf_print(out, "%s%zu %s", first ? "" : ", ", count, count == 1 ? one : many);
    return count;
}

/* "2 errors, 1 major, 3 accepted." */
static void put_counts(struct printer *p, const struct findings *findings)
{
    const size_t *n = findings->count;
    size_t before = plural(p->out, n[SEV_ERROR], "error", "errors", true);
    before += plural(p->out, n[SEV_MAJOR], "major", "major", before == 0);
    before += plural(p->out, n[SEV_MINOR], "minor", "minor", before == 0);
    before += plural(p->out, n[SEV_OBSERVATION], "observation", "observations", before == 0);
    if (before == 0)
        buf_text(p->out, "No findings");
    if (findings->accepted > findings->in_baseline)
        buf_print(p->out, ", %zu accepted", findings->accepted - findings->in_baseline);
    if (findings->in_baseline)
        buf_print(p->out, ", %zu in the baseline", findings->in_baseline);
    if (findings->known)
        buf_print(p->out, ", %zu that %s there before left out", findings->known, findings->known == 1 ? "was" : "were");
    buf_char(p->out, '.');
}

/* "51 rules checked, 328 more wait for a stage after draft.": those that were not asked, by the reason. */
static void put_rules(struct printer *p, const struct report_facts *facts, enum severity least)
{
    buf_print(p->out, " %zu rules checked", facts->rules_run);
    if (facts->rules_waiting)
        buf_print(p->out, ", %zu more wait for a stage after %.*s", facts->rules_waiting, STR_ARG(facts->stage));
    if (facts->rules_held)
        buf_print(p->out, ", %zu about the ISMS as a whole wait until every file can be read", facts->rules_held);
    if (facts->rules_foreign)
        buf_print(p->out, ", %zu about what the edition of %.*s does not have", facts->rules_foreign, STR_ARG(facts->edition));
    if (facts->rules_less)
        buf_print(p->out, ", %zu below %s left out", facts->rules_less, severity_name(least));
    if (facts->rules_disabled)
        buf_print(p->out, ", %zu switched off", facts->rules_disabled);
    buf_text(p->out, ".\n");
}

static void put_summary(struct printer *p, const struct findings *findings, const struct report_facts *facts)
{
    static const char *const thresholds[] = { "any finding", "minor or worse", "major or worse", "errors only" };
    bool   failed = report_failed(findings, facts);
    size_t fixable = 0;
    for (size_t i = 0; i < findings->list.len; i++)
        fixable += findings->list.at[i]->fix != NULL;
    paint(p, failed ? "\033[1;31m" : "\033[1;32m");
    put_counts(p, findings);
    if (fixable)
        buf_print(p->out, " %zu can be fixed with --fix.", fixable);
    if (failed)
        buf_print(p->out, " Failed: %s.", thresholds[facts->threshold > SEV_ERROR ? SEV_ERROR : facts->threshold]);
    paint(p, "\033[0m");
    put_rules(p, facts, findings->least);
    for (size_t i = 0; i < findings->majors.len; i++) {
        paint(p, colour_of(SEV_MAJOR));
        buf_put(p->out, likely_major_words(findings->arena, findings->majors.at[i]));
        paint(p, "\033[0m");
        buf_text(p->out, ".\n");
    }
}

/* How many findings of one rule there are, and how many of them have come. */
struct tally {
    size_t total, seen;
};

static struct map tallies_of(const struct findings *findings)
{
    struct map tallies = { 0 };
    for (size_t i = 0; i < findings->list.len; i++) {
        const struct finding *f = findings->list.at[i];
        struct tally *tally = map_get(&tallies, f->rule);
        if (!tally)
            map_add(&tallies, findings->arena, f->rule, tally = NEW(findings->arena, struct tally));
        tally->total += !f->accepted;
    }
    return tallies;
}

void report_text(struct buf *out, struct findings *findings, struct sources *sources, const struct report_facts *facts,
                 struct report_options options)
{
    struct printer p = { out, sources, options, findings->arena, 1 };
    struct map tallies = tallies_of(findings);
    for (size_t i = 0; i < findings->list.len; i++) {
        const struct finding *f = findings->list.at[i];
        struct tally *tally = map_get(&tallies, f->rule);
        size_t before = options.all || f->accepted ? 0 : tally->seen++; /* what is accepted is never left out */
        if (before < SHOWN_PER_RULE)
            put_finding(&p, f);
        else if (before == SHOWN_PER_RULE)
            buf_print(out, "and %zu more of %.*s (--all shows them)\n\n", tally->total - before, STR_ARG(f->rule));
    }
    put_summary(&p, findings, facts);
}

void report_concise(struct buf *out, struct findings *findings, struct sources *sources)
{
    for (size_t i = 0; i < findings->list.len; i++) {
        const struct finding *f = findings->list.at[i];
        struct source *source = source_of(sources, f->at);
        struct place place = source ? source_place(sources, source, f->at.begin) : (struct place){ 1, 1 };
        put_text(out, source ? source->path : STR("isms.yaml"));
        buf_print(out, ":%u:%u: %s: ", place.line, place.column, f->accepted ? "accepted" : severity_name(f->severity));
        put_text(out, f->message);
        buf_print(out, " [%.*s]\n", STR_ARG(f->rule));
    }
}
