/* SPDX-License-Identifier: MIT */
/* `ismsc diff`: what has changed in meaning, for people, for a comment in Markdown, for programs. */
#include "base/date.h"
#include "compare.h"
#include "load/git.h"
#include "model/fields.h"
#include "weave/explain_part.h"

struct diff_call {
    struct ismsc            *before;
    const struct ismsc_diff *diff;
    struct ismsc_text       *out;
};

/* ---- what is compared ---- */

/* The day of a revision; the one of judgement where there is none, nothing where git does not know. */
static struct value day_of(struct ismsc *s, const char *revision)
{
    int32_t day;
    struct buf *out = buf_new(&s->arena);
    if (!revision || strcmp(revision, ":") == 0)
        return value_date(s->today);
    const char *const words[] = { "log", "-1", "--format=%cs", revision, "--", NULL };
    bool known = revision[0] != '-' && s->options.root && git_output(&s->arena, s->options.root, words, out) && date_parse(str_trim(buf_str(out)), &day);
    return known ? value_date(day) : value_null();
}

static str name_of(const char *revision) { return !revision ? (str){ 0 } : strcmp(revision, ":") == 0 ? STR("what is staged") : str_of(revision); }

static void tell_comparison(struct ismsc *s, const struct ismsc *before)
{
    struct record *r = record_new(&s->arena, s->schema->kinds[KIND_comparison]);
    struct list *one = NEW(&s->arena, struct list);
    r->written = true;
    r->fields[F_comparison_before] = value_text(name_of(before->options.revision));
    r->fields[F_comparison_before_on] = day_of(s, before->options.revision);
    r->fields[F_comparison_after] = value_text(name_of(s->options.revision));
    r->fields[F_comparison_after_on] = day_of(s, s->options.revision);
    list_push(&s->arena, one, value_record(r));
    s->project.model->root->fields[F_isms_comparisons] = value_list(one);
}

/* ---- Markdown, for a comment ---- */

/* Text in which no character means anything to Markdown. */
static void put_words(struct buf *out, str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (strchr("\\`*_[]<>|~&", text.at[i]) && text.at[i])
            buf_char(out, '\\');
        buf_char(out, text.at[i] == '\n' ? ' ' : text.at[i]);
    }
}

static str text_at(const struct record *record, size_t field)
{
    struct value value = record->fields[field];
    return value.tag == V_TEXT ? value.text : (str){ 0 };
}

static void put_detail(struct buf *out, struct arena *arena, const struct record *detail)
{
    str before = words_of_value(arena, detail->fields[F_difference_detail_before]), after = words_of_value(arena, detail->fields[F_difference_detail_after]);
    buf_text(out, "\n  - ");
    put_words(out, text_at(detail, F_difference_detail_words));
    buf_text(out, ": ");
    if (before.len)
        put_words(out, before);
    buf_text(out, before.len ? " → " : "");
    if (after.len)
        put_words(out, after);
    else
        buf_text(out, "nothing");
}

static void put_difference(struct buf *out, struct arena *arena, const struct record *d)
{
    str record = text_at(d, F_difference_record), title = text_at(d, F_difference_title);
    bool finding = text_at(d, F_difference_rule).len > 0;
    buf_text(out, "- ");
    if (record.len && !finding) {
        buf_text(out, "**");
        put_words(out, record);
        buf_text(out, str_eq(record, title) ? "**" : "** ");
    }
    if (!str_eq(record, title) || finding)
        put_words(out, title);
    if (finding)
        buf_print(out, " (%.*s, `%.*s`)", STR_ARG(text_at(d, F_difference_severity)), STR_ARG(text_at(d, F_difference_rule)));
    buf_print(out, ": %.*s", STR_ARG(text_at(d, F_difference_change)));
    struct value details = d->fields[F_difference_details];
    for (size_t i = 0; details.tag == V_LIST && i < details.list->len; i++)
        put_detail(out, arena, details.list->at[i].record);
    buf_char(out, '\n');
}

static void put_markdown(struct ismsc *s, struct buf *out, const struct list *all)
{
    const struct record *comparison = s->project.model->root->fields[F_isms_comparisons].list->at[0].record;
    str section = { 0 }, after = text_at(comparison, F_comparison_after);
    buf_text(out, "## What has changed in the ISMS\n\nFrom ");
    put_words(out, text_at(comparison, F_comparison_before));
    buf_text(out, " to ");
    put_words(out, after.len ? after : STR("the files as they are"));
    buf_text(out, all->len ? ".\n" : ": nothing.\n");
    for (size_t i = 0; i < all->len; i++) {
        str next = text_at(all->at[i].record, F_difference_section);
        if (!str_eq(next, section)) {
            str words = words_of_key(&s->arena, next);
            buf_print(out, "\n### %c%.*s\n\n", words.at[0] - ('a' - 'A'), STR_ARG(str_cut(words, 1, words.len)));
        }
        section = next;
        put_difference(out, &s->arena, all->at[i].record);
    }
}

/* ---- the call ---- */

static enum ismsc_status do_diff(struct ismsc *s, void *argument)
{
    struct diff_call *call = argument;
    struct buf *out = buf_new(&s->arena);
    enum ismsc_status status = ISMSC_OK;
    if (!session_outlook(s))
        return ISMSC_FAILED;
    compare_sessions(s, call->before);
    tell_comparison(s, call->before);
    const struct list *all = s->project.model->root->fields[F_isms_differences].list;
    if (call->diff->format == ISMSC_JSON)
        status = session_json(s, "templates/screens/diff.cel", out);
    else if (call->diff->format == ISMSC_MARKDOWN)
        put_markdown(s, out, all);
    else
        status = session_screen(s, "screens/diff", call->diff->page, out);
    arena_close(&s->scratch);
    *call->out = (struct ismsc_text){ out->at, out->len };
    return status != ISMSC_OK ? status : all->len ? ISMSC_FINDINGS : ISMSC_OK;
}

enum ismsc_status ismsc_diff(struct ismsc *s, struct ismsc *before, const struct ismsc_diff *diff, struct ismsc_text *out)
{
    struct diff_call call = { before, diff, out };
    if (ismsc_check(before) == ISMSC_FAILED)
        return session_fail(s, "%s", ismsc_error(before));
    return session_run(s, do_diff, &call);
}
