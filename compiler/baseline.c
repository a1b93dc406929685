/* SPDX-License-Identifier: MIT */
/* `ismsc baseline`: the findings an old project begins with, each with an owner and a day, in a file that may only shrink. */
#include "rules/baseline.h"

#include <sys/stat.h>

#include "base/file.h"
#include "model/fields.h"
#include "rewrite.h"
#include "weave/yaml_text.h"

#define FILE_NAME "isms-baseline.yaml"

struct baseline_call {
    const struct ismsc_baseline *options;
    struct ismsc_text           *out;
};

static const struct list *entries_of(const struct ismsc *s)
{
    static const struct list none;
    struct value value = s->project.model->root->fields[F_isms_baseline];
    return value.tag == V_LIST ? value.list : &none;
}

/* ---- create ---- */

/* Whether it fails the check and may wait. */
static bool belongs(struct ismsc *s, const struct finding *f)
{
    return !f->accepted && (int)f->severity >= rules_threshold(s->project.model) && f->rule.at[0] != 'C'
        && baseline_refusal(&s->scratch, s->project.model, &s->rules, f->rule).len == 0;
}

/* Who owns the record that a finding is about, where that is a person or role; else the one the caller named. */
static const struct record *owner_of(const struct ismsc *s, const struct finding *f, const struct record *otherwise)
{
    const struct record *about = model_find(s->project.model, f->record);
    const struct field  *owner = about ? kind_field(about->kind, STR("owner")) : NULL;
    struct value value = owner ? about->fields[owner->index] : value_null();
    bool fits = value.tag == V_RECORD && (value.record->kind->number == KIND_role || value.record->kind->number == KIND_person);
    return fits ? value.record : otherwise;
}

static void put_line(struct ismsc *s, struct buf *out, const char *key, str text)
{
    if (text.len)
        buf_print(out, "    %s: %.*s\n", key, STR_ARG(yaml_inline(&s->scratch, value_text(text))));
}

static void put_entry(struct ismsc *s, struct buf *out, int number, const struct finding *f, size_t times, const struct record *owner, const char *until)
{
    buf_print(out, "  BL-%03d:\n", number);
    put_line(s, out, "rule", f->rule);
    put_line(s, out, "record", f->record);
    put_line(s, out, "field", f->field);
    put_line(s, out, "message", f->message);
    if (times > 1)
        buf_print(out, "    times: %zu\n", times);
    put_line(s, out, "owner", owner->id);
    put_line(s, out, "until", str_of(until));
}

/* The highest number in use: ids are not given twice. */
static int last_number(const struct ismsc *s)
{
    int64_t most = 0, n;
    for (size_t i = 0; i < entries_of(s)->len; i++) {
        str id = entries_of(s)->at[i].record->id;
        if (str_starts(id, STR("BL-")) && str_to_int(str_cut(id, 3, id.len), &n) && n > most && n < 100000)
            most = n;
    }
    return (int)most;
}

/* How many findings from [i] on are the same to a baseline; 0 where one before it is. */
static size_t times_of(struct ismsc *s, size_t i)
{
    const struct finding *f = s->findings.list.at[i];
    size_t n = 0;
    for (size_t k = 0; k < s->findings.list.len; k++) {
        const struct finding *other = s->findings.list.at[k];
        if (other->fingerprint != f->fingerprint || !belongs(s, other))
            continue;
        if (k < i)
            return 0;
        n++;
    }
    return n;
}

static size_t put_entries(struct ismsc *s, struct buf *out, const struct record *owner, const char *until)
{
    int number = last_number(s);
    size_t entries = 0;
    for (size_t i = 0; i < s->findings.list.len; i++) {
        const struct finding *f = s->findings.list.at[i];
        size_t times = belongs(s, f) ? times_of(s, i) : 0;
        if (times == 0)
            continue;
        put_entry(s, out, ++number, f, times, owner_of(s, f, owner), until);
        entries++;
    }
    return entries;
}

static enum ismsc_status check_options(struct ismsc *s, const struct ismsc_baseline *o, const struct record **owner)
{
    int32_t day;
    *owner = model_find(s->project.model, str_of(o->owner));
    if (!*owner || ((*owner)->kind->number != KIND_role && (*owner)->kind->number != KIND_person))
        return session_fail(s, "%s is no role or person of the ISMS: say who sees to it, as in --owner ROLE-ism", o->owner);
    if (!date_parse(str_of(o->until), &day) || day < s->today || day > date_add(s->today, (struct period){ 12, 0 }, 1))
        return session_fail(s, "%s is no day from today on and within a year: say until when, as in --until 2027-05-31", o->until);
    if (entries_of(s)->len && !o->add)
        return session_fail(s, "there is a baseline already, and it only shrinks: ismsc baseline prune takes out what is solved; --add is for rules that are new");
    return ISMSC_OK;
}

/* Behind what the file holds; it is ours, so its one section is the last thing in it. */
static enum ismsc_status append(struct ismsc *s, const struct buf *entries)
{
    const char *why = "", *path = str_c(&s->scratch, str_print(&s->scratch, "%s/" FILE_NAME, s->options.root));
    str before = STR("# Findings that were there when checking began, each with who sees to it and until when. Written by `ismsc baseline create`;\n"
                     "# `ismsc baseline prune` takes out what is solved. It only shrinks: what is new is mended, or accepted under `acceptances`.\n\n");
    bool found = false;
    for (size_t i = 0; i < s->sources.list.len; i++)
        if (str_eq(s->sources.list.at[i]->path, STR(FILE_NAME)) && !s->sources.list.at[i]->builtin) {
            before = s->sources.list.at[i]->shown;
            found = true;
        }
    bool section = str_starts(before, STR("baseline:")) || str_search(before, STR("\nbaseline:"), 0) != SIZE_MAX;
    bool open = before.len && before.at[before.len - 1] != '\n';
    str text = str_print(&s->scratch, "%.*s%s%s%.*s", STR_ARG(before), open ? "\n" : "", section ? "" : found && before.len ? "\nbaseline:\n" : "baseline:\n", STR_ARG(buf_str(entries)));
    return file_put(&s->scratch, path, text, &why) ? ISMSC_OK : session_fail(s, "can't write %s: %s", path, why);
}

static enum ismsc_status create(struct ismsc *s, const struct baseline_call *call, struct buf *out)
{
    const struct record *owner;
    struct buf *entries = buf_new(&s->arena);
    if (s->findings.skipped_files)
        return session_fail(s, "not all sources can be read, so not all findings are known; see ismsc check");
    if (check_options(s, call->options, &owner) != ISMSC_OK)
        return ISMSC_FAILED;
    size_t n = put_entries(s, entries, owner, call->options->until);
    if (n == 0) {
        buf_text(out, "There is nothing that a baseline could hold.\n");
        return ISMSC_OK;
    }
    if (append(s, entries) != ISMSC_OK)
        return ISMSC_FAILED;
    buf_print(out, "%zu %s in " FILE_NAME ", to be mended until %s. Commit it; ismsc check counts what is new from now on.\n", n, n == 1 ? "entry is" : "entries are",
              call->options->until);
    return ISMSC_OK;
}

/* ---- prune ---- */

static size_t line_begin(str bytes, size_t at)
{
    while (at > 0 && bytes.at[at - 1] != '\n')
        at--;
    return at;
}

static bool is_key_line(str bytes, size_t from, size_t end, size_t depth)
{
    size_t n = 0;
    while (from + n < end && bytes.at[from + n] == ' ')
        n++;
    return from + n < end && bytes.at[from + n] != '\r' && (n <= depth);
}

/* Behind the last line that belongs to the entry whose key is at [at]; comments above the next one are its own. */
static size_t entry_end(str bytes, size_t at)
{
    size_t depth = at - line_begin(bytes, at), end = str_find(bytes, '\n', at), last;
    for (last = end = end < bytes.len ? end + 1 : bytes.len; end < bytes.len;) {
        size_t stop = str_find(bytes, '\n', end), next = stop < bytes.len ? stop + 1 : bytes.len;
        if (is_key_line(bytes, end, stop, depth))
            break;
        if (str_trim(str_cut(bytes, end, stop)).len)
            last = next;
        end = next;
    }
    return last;
}

/* Whether the entry stands on lines of its own. */
static bool is_block(str bytes, size_t at)
{
    size_t begin = line_begin(bytes, at);
    while (begin < at && bytes.at[begin] == ' ')
        begin++;
    return begin == at && at > line_begin(bytes, at);
}

/* The key of the section goes with its last entry. */
static void drop_section(struct rewrites *rewrites, struct source *source)
{
    str bytes = source->shown, key = STR("baseline:");
    for (size_t at = 0; at < bytes.len; at = str_find(bytes, '\n', at) + 1) {
        size_t end = str_find(bytes, '\n', at);
        if (str_starts(str_cut(bytes, at, bytes.len), key))
            rewrites_add(rewrites, source, at, end < bytes.len ? end + 1 : end, (str){ 0 });
    }
}

static enum ismsc_status prune_entry(struct ismsc *s, struct rewrites *rewrites, const struct record *entry, size_t covered, struct buf *out)
{
    struct source *source = source_of(&s->sources, entry->span);
    struct value times = entry->fields[F_baseline_entry_times];
    if (!source || !is_block(source->shown, entry->span.begin))
        return session_fail(s, "%.*s does not stand on lines of its own: take it out by hand", STR_ARG(entry->id));
    if (covered == 0) {
        rewrites_add(rewrites, source, line_begin(source->shown, entry->span.begin), entry_end(source->shown, entry->span.begin), (str){ 0 });
        buf_print(out, "%.*s is solved: %.*s\n", STR_ARG(entry->id), STR_ARG(record_title(entry)));
    } else if (times.tag == V_INT && (size_t)times.i > covered) {
        rewrites_add(rewrites, source, times.span.begin, times.span.end, str_print(&s->arena, "%zu", covered));
        buf_print(out, "%.*s: %zu of %d are left\n", STR_ARG(entry->id), covered, (int)times.i);
    }
    return ISMSC_OK;
}

/* Whether no entry of [source] covers anything. */
static bool is_emptied(const struct ismsc *s, const struct source *source)
{
    for (size_t i = 0; i < entries_of(s)->len; i++) {
        const struct record *entry = entries_of(s)->at[i].record;
        if (entry->span.file == source->number && baseline_covered(&s->findings, entry) > 0)
            return false;
    }
    return true;
}

/* Of an entry that is overdue, refused or incomplete it is not known whether it would cover anything. */
static bool is_in_force(struct ismsc *s, const struct record *entry)
{
    struct value until = entry->fields[F_baseline_entry_until], rule = entry->fields[F_baseline_entry_rule];
    return until.tag == V_DATE && until.date >= s->today && entry->fields[F_baseline_entry_owner].tag == V_RECORD && rule.tag == V_TEXT
        && baseline_refusal(&s->scratch, s->project.model, &s->rules, rule.text).len == 0;
}

static enum ismsc_status prune(struct ismsc *s, struct buf *out)
{
    struct rewrites rewrites = { .session = s };
    const struct list *entries = entries_of(s);
    size_t solved = 0;
    if (s->findings.skipped_files)
        return session_fail(s, "not all sources can be read, so it is not known what is solved; see ismsc check");
    for (size_t i = 0; i < entries->len; i++) {
        size_t covered = baseline_covered(&s->findings, entries->at[i].record);
        if (!is_in_force(s, entries->at[i].record))
            continue;
        solved += covered == 0;
        if (prune_entry(s, &rewrites, entries->at[i].record, covered, out) != ISMSC_OK)
            return ISMSC_FAILED;
    }
    rewrites_settle(&rewrites);
    for (size_t i = rewrites.list.len; i-- > 0;)
        if (is_emptied(s, rewrites.list.at[i]->source) && solved == entries->len)
            drop_section(&rewrites, rewrites.list.at[i]->source);
    rewrites_settle(&rewrites);
    if (rewrites_write(&rewrites) != ISMSC_OK)
        return ISMSC_FAILED;
    buf_print(out, "%zu %s taken out, %zu left.\n", solved, solved == 1 ? "entry" : "entries", entries->len - solved);
    return ISMSC_OK;
}

static enum ismsc_status do_baseline(struct ismsc *s, void *argument)
{
    struct baseline_call *call = argument;
    struct buf *out = buf_new(&s->arena);
    if (!s->options.root || s->options.revision)
        return session_fail(s, "only the files themselves can be changed: leave out --rev and --staged");
    if (!session_check(s))
        return ISMSC_FAILED;
    enum ismsc_status status = call->options->prune ? prune(s, out) : create(s, call, out);
    arena_close(&s->scratch);
    *call->out = (struct ismsc_text){ out->at, out->len };
    return status;
}

enum ismsc_status ismsc_baseline(struct ismsc *s, const struct ismsc_baseline *options, struct ismsc_text *out)
{
    struct baseline_call call = { options, out };
    return session_run(s, do_baseline, &call);
}
