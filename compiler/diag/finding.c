/* SPDX-License-Identifier: MIT */
#include "diag/finding.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"

static const char *const severity_names[] = { "observation", "minor", "major", "error" };

const char *severity_name(enum severity severity) { return severity_names[severity]; }

bool severity_parse(str name, enum severity *out)
{
    for (int i = 0; i < 4; i++)
        if (str_eq(name, str_of(severity_names[i]))) {
            *out = (enum severity)i;
            return true;
        }
    return false;
}

void findings_init(struct findings *findings, struct arena *arena)
{
    *findings = (struct findings){ .arena = arena };
}

/* printf into the arena, for callers that hold a va_list. */
static str print_args(struct arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    size_t n = len < 0 ? 0 : (size_t)len;
    char *at = arena_alloc(arena, n + 1, 1);
    vsnprintf(at, n + 1, format, again);
    va_end(again);
    return (str){ at, n };
}

/* A finding beyond the limit is made, so that callers can fill it in, but only counted. */
static struct finding *append(struct findings *findings)
{
    struct finding *f = NEW(findings->arena, struct finding);
    f->order = (uint32_t)findings->list.len;
    if (findings->list.len < LIMIT_FINDINGS)
        LIST_PUSH(findings->arena, &findings->list, f);
    else
        findings->dropped++;
    return f;
}

struct finding *finding_add(struct findings *findings, enum language_rule rule, struct span at, const char *format, ...)
{
    const struct language_row *row = language_row(rule);
    struct finding *f = append(findings);
    va_list args;
    va_start(args, format);
    f->message = print_args(findings->arena, format, args);
    va_end(args);
    f->rule = str_of(row->id);
    f->name = str_of(row->name);
    f->severity = (enum severity)row->severity;
    f->help = str_of(row->fix);
    f->at = at;
    return f;
}

struct finding *finding_add_rule(struct findings *findings, str rule, enum severity severity, struct span at, str message)
{
    struct finding *f = append(findings);
    f->rule = rule;
    f->severity = severity;
    f->at = at;
    f->message = message;
    return f;
}

void finding_also(struct findings *findings, struct finding *finding, struct span at, const char *format, ...)
{
    struct label *label = NEW(findings->arena, struct label), **end = &finding->related;
    va_list args;
    va_start(args, format);
    label->text = print_args(findings->arena, format, args);
    va_end(args);
    label->at = at;
    while (*end)
        end = &(*end)->next;
    *end = label;
}

void finding_help(struct findings *findings, struct finding *finding, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    finding->help = print_args(findings->arena, format, args);
    va_end(args);
}

struct fix *finding_fix(struct findings *findings, struct finding *finding, struct span at, str text)
{
    struct fix *fix = NEW(findings->arena, struct fix);
    *fix = (struct fix){ .at = at, .text = text };
    finding->fix = fix;
    return fix;
}

static int by_place(const void *left, const void *right)
{
    const struct finding *a = *(struct finding *const *)left, *b = *(struct finding *const *)right;
    if (a->at.file != b->at.file)
        return a->at.file < b->at.file ? -1 : 1;
    if (a->at.begin != b->at.begin)
        return a->at.begin < b->at.begin ? -1 : 1;
    int c = str_cmp_natural(a->rule, b->rule);
    if (c == 0)
        c = str_cmp(a->message, b->message);
    return c ? c : a->order < b->order ? -1 : 1;
}

static bool same(const struct finding *a, const struct finding *b)
{
    return a->at.file == b->at.file && a->at.begin == b->at.begin && str_eq(a->rule, b->rule) && str_eq(a->message, b->message);
}

/* Of the words: "12 of 93 controls" is the same finding as "11 of 93 controls" a week later. */
static uint64_t hash_without_numbers(str s)
{
    uint64_t h = 0;
    for (size_t i = 0, from = 0; i <= s.len; i++)
        if (i == s.len || (s.at[i] >= '0' && s.at[i] <= '9')) {
            h = h * 31 + (i > from ? str_hash(str_cut(s, from, i)) : 0);
            for (from = i; from < s.len && s.at[from] >= '0' && s.at[from] <= '9'; from++)
                ;
            i = from > i ? from - 1 : i;
        }
    return h;
}

uint64_t finding_identity(str rule, str record, str field, str message)
{
    uint64_t h = str_hash(rule) * 3 + str_hash(record) * 5 + str_hash(field) * 7;
    return record.len ? h : h + hash_without_numbers(message) * 11;
}

static void count(struct findings *findings)
{
    memset(findings->count, 0, sizeof findings->count);
    findings->accepted = findings->in_baseline = 0;
    for (size_t i = 0; i < findings->list.len; i++) {
        const struct finding *f = findings->list.at[i];
        findings->in_baseline += f->accepted && f->accepted->known;
        if (f->accepted)
            findings->accepted++;
        else
            findings->count[f->severity]++;
    }
}

void findings_finish(struct findings *findings)
{
    size_t kept = 0;
    if (findings->list.len > 1)
        qsort(findings->list.at, findings->list.len, sizeof *findings->list.at, by_place);
    for (size_t i = 0; i < findings->list.len; i++) {
        struct finding *f = findings->list.at[i];
        if (kept > 0 && same(findings->list.at[kept - 1], f))
            continue;
        f->fingerprint = finding_identity(f->rule, f->record, f->field, f->message);
        findings->list.at[kept++] = f;
    }
    findings->list.len = kept;
    count(findings);
}

void findings_leave_lesser(struct findings *findings, enum severity least)
{
    size_t kept = 0;
    for (size_t i = 0; i < findings->list.len; i++)
        if (findings->list.at[i]->severity >= least)
            findings->list.at[kept++] = findings->list.at[i];
    findings->list.len = kept;
    findings->majors.len = 0;
    count(findings);
}

static int by_value(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

/* Takes one of the sorted values that is [wanted]; taken ones are marked in [taken]. */
static bool take(const uint64_t *sorted, bool *taken, size_t n, uint64_t wanted)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sorted[middle] < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    while (low < n && sorted[low] == wanted && taken[low])
        low++;
    bool found = low < n && sorted[low] == wanted;
    if (found)
        taken[low] = true;
    return found;
}

void findings_leave_known(struct findings *findings, const struct findings *before)
{
    size_t    n = before->list.len, kept = 0;
    uint64_t *known = NEWS(findings->arena, uint64_t, n);
    bool     *taken = NEWS(findings->arena, bool, n);
    for (size_t i = 0; i < n; i++)
        known[i] = before->list.at[i]->fingerprint;
    if (n > 1)
        qsort(known, n, sizeof *known, by_value);
    for (size_t i = 0; i < findings->list.len; i++)
        if (!take(known, taken, n, findings->list.at[i]->fingerprint))
            findings->list.at[kept++] = findings->list.at[i];
    for (size_t i = 0; i < kept; i++) /* what was not there before can not have been there when checking began */
        if (findings->list.at[i]->accepted && findings->list.at[i]->accepted->known)
            findings->list.at[i]->accepted = NULL;
    findings->known += findings->list.len - kept;
    findings->list.len = kept;
    findings->majors.len = 0;
    count(findings);
}

str likely_major_words(struct arena *arena, const struct likely_major *major)
{
    str why = major->most.len ? str_print(arena, "%zu of %zu records break %.*s", major->broken, major->asked, STR_ARG(major->most))
                              : str_print(arena, "%zu different rules", major->nrules);
    return str_print(arena, "%zu minors against %.*s (%.*s): together likely a major", major->minors, STR_ARG(major->clause), STR_ARG(why));
}
