/* SPDX-License-Identifier: MIT */
/* `ismsc new KIND`: a new entry in a register, under the next free id, with comments that say what may be written. */
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/limits.h"
#include "model/fields.h"
#include "query/suggest.h"
#include "session.h"

enum { COMMENT_COLUMN = 46, SLUG_MOST = 24 };

/* A new entry on its way into a file. */
struct addition {
    struct ismsc      *s;
    const struct kind *kind;
    const struct list *records; /* of its section */
    str                title;   /* empty: nobody said */
    str                id;
    str                path;    /* below the root */
    str                before, after; /* what the file holds around it */
    str                head;    /* the line of its section, where that is new */
};

/* ---- which kind ---- */

/* "management-review", "management reviews" -> "management_review", "management_reviews" */
static str with_underscores(struct arena *arena, str text)
{
    char *out = arena_alloc(arena, text.len + 1, 1);
    for (size_t i = 0; i < text.len; i++)
        out[i] = (char)(text.at[i] == '-' || text.at[i] == ' ' ? '_' : text.at[i] >= 'A' && text.at[i] <= 'Z' ? text.at[i] + 32 : text.at[i]);
    return (str){ out, text.len };
}

/* What an entry is called by; without such a field, the day it is about. */
static const struct field *naming_field(const struct kind *kind)
{
    const struct field *text = kind->title ? kind->title : kind_field(kind, STR("text"));
    for (size_t i = 1; i < kind->nfields && !text; i++)
        if (kind->fields[i].type->tag == TYPE_DATE && !kind->fields[i].computed)
            text = &kind->fields[i];
    return text ? text : &kind->fields[1];
}

/* A title is enough to begin with; what can't do without more, such as an entry of the baseline, another command writes. */
static bool needs_more_than_title(const struct kind *kind)
{
    for (size_t i = 1; i < kind->nfields; i++)
        if (kind->fields[i].required && &kind->fields[i] != naming_field(kind))
            return true;
    return false;
}

bool entry_can_be_added(const struct field *field)
{
    return field->type->tag == TYPE_COLLECTION && !field->computed && !field->type->kind->catalogue_only && !needs_more_than_title(field->type->kind)
        && (field->type->kind->prefix.len || str_eq(field->type->kind->name, STR("person")));
}

static const struct field *section_for(struct ismsc *s, str asked)
{
    const struct kind *root = s->schema->root;
    str    wanted = with_underscores(&s->arena, asked), near = { 0 };
    size_t best = wanted.len / 3 + 2;
    for (size_t i = 1; i < root->nfields; i++) {
        const struct field *field = &root->fields[i];
        if (!entry_can_be_added(field))
            continue;
        if (str_eq(wanted, field->type->kind->name) || str_eq(wanted, field->name))
            return field;
        size_t distance = str_distance(wanted, field->type->kind->name, best);
        if (distance < best) {
            best = distance;
            near = field->type->kind->name;
        }
    }
    if (near.len)
        session_fail(s, "there is no kind of entry %.*s; did you mean %.*s?", STR_ARG(asked), STR_ARG(near));
    else
        session_fail(s, "there is no kind of entry %.*s; ismsc new lists them", STR_ARG(asked));
    return NULL;
}

/* ---- the next id ---- */

static bool is_number(str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
    return text.len > 0 && text.len < 10;
}

/* "A new Cloud-Hoster" -> "a-new-cloud-hoster", cut after a word; people: "ana.lind" */
static str slug(struct arena *arena, str title, char between)
{
    char  *out = arena_alloc(arena, title.len + 1, 1);
    size_t len = 0, word = 0;
    for (size_t i = 0; i < title.len; i++) {
        char c = title.at[i];
        c = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out[len++] = c;
        else if (len > 0 && out[len - 1] != between) {
            word = len;
            out[len++] = between;
        }
        if (len > SLUG_MOST && word)
            return (str){ out, word };
    }
    while (len > 0 && out[len - 1] == between)
        len--;
    return (str){ out, len };
}

static str free_id(struct addition *a, str id)
{
    str found = id;
    for (int n = 2; model_find(a->s->project.model, found); n++)
        found = str_print(&a->s->arena, "%.*s-%d", STR_ARG(id), n);
    return found;
}

/* What the ids of a section look like. */
struct habit {
    int64_t most, most_of_year; /* R-028; AUD-2026-1 */
    size_t  width, numbers, years, names;
};

static struct habit habit_of(const struct addition *a, int year)
{
    struct habit habit = { .width = str_eq(a->kind->prefix, STR("R-")) || str_eq(a->kind->prefix, STR("ACT-")) ? 3 : 2 };
    for (size_t i = 0; i < a->records->len; i++) {
        const struct record *record = a->records->at[i].record;
        str rest = str_starts(record->id, a->kind->prefix) ? str_cut(record->id, a->kind->prefix.len, record->id.len) : record->id;
        size_t dash = str_find(rest, '-', 0);
        int64_t n, y;
        if (is_number(rest) && str_to_int(rest, &n)) {
            habit.numbers += !record->builtin;
            habit.width = rest.len;
            habit.most = n > habit.most ? n : habit.most;
        } else if (dash == 4 && is_number(str_cut(rest, 0, 4)) && str_to_int(str_cut(rest, 0, 4), &y)
                   && str_to_int(str_cut(rest, 5, rest.len), &n)) {
            habit.years++;
            habit.most_of_year = y == year && n > habit.most_of_year ? n : habit.most_of_year;
        } else {
            habit.names += !record->builtin;
        }
    }
    return habit;
}

/* `ismsc new document DOC-MANUAL`: control data of a document of the set have its id, and the name of its type. */
static const struct record *type_named(const struct addition *a)
{
    struct value types = a->s->project.model->root->fields[F_isms_document_types];
    bool wanted = str_eq(a->kind->name, STR("document")) && a->title.len;
    for (size_t i = 0; wanted && types.tag == V_LIST && i < types.list->len; i++)
        if (str_eq_nocase(types.list->at[i].record->id, a->title))
            return types.list->at[i].record;
    return NULL;
}

static str next_id(struct addition *a)
{
    struct arena *arena = &a->s->arena;
    int year, month, day;
    date_split(a->s->today, &year, &month, &day);
    struct habit habit = habit_of(a, year);
    str  prefix = a->kind->prefix;
    str  name = slug(arena, a->title, prefix.len ? '-' : '.');
    bool by_name = habit.names > habit.numbers + habit.years
                || (habit.names + habit.numbers + habit.years == 0 && a->kind->title && str_eq(a->kind->title->name, STR("name")));
    if ((by_name || !prefix.len) && name.len)
        return free_id(a, str_print(arena, "%.*s%.*s", STR_ARG(prefix), STR_ARG(name)));
    if (habit.years > habit.numbers)
        return free_id(a, str_print(arena, "%.*s%d-%d", STR_ARG(prefix), year, (int)habit.most_of_year + 1));
    return free_id(a, str_print(arena, "%.*s%0*d", STR_ARG(prefix), (int)habit.width, (int)habit.most + 1));
}

/* ---- the text ---- */

/* A scalar as YAML: in double quotes where it could mean something else. */
static str scalar(struct arena *arena, str text)
{
    bool plain = text.len > 0;
    for (size_t i = 0; i < text.len && plain; i++) {
        char c = text.at[i];
        bool ends = i + 1 == text.len || text.at[i + 1] == ' ';
        plain = !((c == ':' && ends) || (c == '#' && i > 0 && text.at[i - 1] == ' ') || c == '"' || c == '\\' || (unsigned char)c < 0x20
                  || strchr("[]{},", c) || (i == 0 && strchr("&*!|>'%@`-?# ", c)));
    }
    if (plain)
        return text;
    struct buf *out = buf_new(arena);
    buf_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"' || text.at[i] == '\\')
            buf_char(out, '\\');
        buf_char(out, (unsigned char)text.at[i] < 0x20 ? ' ' : text.at[i]);
    }
    buf_char(out, '"');
    return buf_str(out);
}

/* "The risk owner. More on it. Example: ROLE-cto" -> "The risk owner." and "ROLE-cto" */
static void split_description(str description, str *meaning, str *example)
{
    size_t at = str_search(description, STR("Example: "), 0);
    *meaning = str_trim(str_cut(description, 0, at == SIZE_MAX ? description.len : at));
    size_t sentence = str_search(*meaning, STR(". "), 0);
    if (sentence != SIZE_MAX)
        meaning->len = sentence + 1;
    *example = at == SIZE_MAX ? (str){ 0 } : str_trim(str_cut(description, at + strlen("Example: "), description.len));
}

static bool is_nested(const struct type *type) { return type->tag == TYPE_RECORD || (type->tag == TYPE_LIST && type->item->tag == TYPE_RECORD); }

/* "    # owner: ROLE-cto                # The risk owner." */
static void put_hint(struct addition *a, struct buf *out, const char *indent, const char *lead, const struct field *field)
{
    str meaning, example;
    split_description(field->description, &meaning, &example);
    str value = scalar(&a->s->arena, example);
    if (example.len == 0)
        value = example;
    else if (field->type->tag == TYPE_LIST)
        value = str_print(&a->s->arena, "[%.*s]", STR_ARG(value));
    str line = str_print(&a->s->arena, "%s# %s%.*s:%s%.*s", indent, lead, STR_ARG(field->name), value.len ? " " : "", STR_ARG(value));
    int gap = line.len < COMMENT_COLUMN ? (int)(COMMENT_COLUMN - line.len) : 1;
    buf_print(out, "%.*s%*s # %.*s\n", STR_ARG(line), gap, "", STR_ARG(meaning));
}

static void put_nested(struct addition *a, struct buf *out, const char *indent, const struct field *field)
{
    const struct kind *kind = field->type->tag == TYPE_RECORD ? field->type->kind : field->type->item->kind;
    bool list = field->type->tag == TYPE_LIST, first = true;
    put_hint(a, out, indent, "", field);
    for (size_t i = 1; i < kind->nfields; i++) {
        if (kind->fields[i].computed || is_nested(kind->fields[i].type))
            continue;
        put_hint(a, out, indent, !list ? "  " : first ? "  - " : "    ", &kind->fields[i]);
        first = false;
    }
}

static str entry_text(struct addition *a, const char *indent, const char *deeper)
{
    struct buf *out = buf_new(&a->s->arena);
    str title = a->title.len ? a->title : STR("TODO");
    buf_print(out, "%s%.*s:\n", indent, STR_ARG(a->id));
    const struct field *named = naming_field(a->kind);
    char today[11];
    date_format(a->s->today, today);
    buf_print(out, "%s%.*s: %.*s\n", deeper, STR_ARG(named->name), STR_ARG(named->type->tag == TYPE_DATE ? str_of(today) : scalar(&a->s->arena, title)));
    for (size_t i = 1; i < a->kind->nfields; i++) {
        const struct field *field = &a->kind->fields[i];
        if (field == named || field->computed || field->front_only)
            continue;
        if (is_nested(field->type))
            put_nested(a, out, deeper, field);
        else
            put_hint(a, out, deeper, "", field);
    }
    return buf_str(out);
}

/* ---- the place ---- */

static size_t indent_of(str line)
{
    size_t n = 0;
    while (n < line.len && line.at[n] == ' ')
        n++;
    return n;
}

/* The last entry of the section that stands in a YAML file in block style, and how deep its id is. */
static const struct record *last_entry(struct addition *a, struct source **source, size_t *depth)
{
    for (size_t i = a->records->len; i-- > 0;) {
        const struct record *record = a->records->at[i].record;
        *source = source_of(&a->s->sources, record->span);
        if (record->builtin || !*source || (*source)->builtin || !str_ends((*source)->path, STR(".yaml")))
            continue;
        str bytes = (*source)->shown;
        size_t begin = record->span.begin;
        while (begin > 0 && bytes.at[begin - 1] != '\n')
            begin--;
        str line = str_cut(bytes, begin, str_find(bytes, '\n', begin));
        *depth = record->span.begin - begin;
        if (indent_of(line) == *depth && *depth > 0 && str_ends(str_trim(line), STR(":")))
            return record;
    }
    return NULL;
}

/* Where the block that begins on the line of [at] ends: behind its last line that is deeper and no comment of what follows. */
static size_t end_of_block(str bytes, size_t at, size_t depth)
{
    size_t end = str_find(bytes, '\n', at);
    for (size_t from = end + 1; from < bytes.len;) {
        size_t stop = str_find(bytes, '\n', from);
        str    line = str_cut(bytes, from, stop);
        if (str_trim(line).len && indent_of(line) <= depth)
            break;
        if (str_trim(line).len)
            end = stop;
        from = stop + 1;
    }
    return end < bytes.len ? end + 1 : bytes.len;
}

static bool has_section(str bytes, str section)
{
    str key = section;
    for (size_t at = 0; at < bytes.len; at = str_find(bytes, '\n', at) + 1)
        if (str_starts(str_cut(bytes, at, bytes.len), key) && at + key.len < bytes.len && bytes.at[at + key.len] == ':')
            return true;
    return false;
}

/* A file of the section's name: the one of the project where it does not hold the section yet, else a new one. */
static void place_in_file_of_its_own(struct addition *a)
{
    struct arena *arena = &a->s->arena;
    str name = str_print(arena, "%.*s.yaml", STR_ARG(a->kind->collection));
    struct stat st;
    for (size_t i = 0; i < a->s->sources.list.len; i++) {
        struct source *source = a->s->sources.list.at[i];
        bool named = str_eq(source->path, name) || str_ends(source->path, str_print(arena, "/%.*s", STR_ARG(name)));
        if (source->builtin || !named || has_section(source->shown, a->kind->collection))
            continue;
        a->path = source->path;
        a->before = source->shown;
        return;
    }
    a->path = str_print(arena, "registers/%.*s", STR_ARG(name));
    for (int n = 2; lstat(str_c(arena, str_print(arena, "%s/%.*s", a->s->options.root, STR_ARG(a->path))), &st) == 0; n++)
        a->path = str_print(arena, "registers/%.*s-%d.yaml", STR_ARG(a->kind->collection), n);
}

/* Where the last entry has a file of its own, risks/R-001.yaml, so does the next: risks/R-002.yaml. */
static bool place_beside(struct addition *a, str path, str last_id)
{
    str name = str_print(&a->s->arena, "%.*s.yaml", STR_ARG(last_id));
    size_t folder = path.len - name.len;
    if (!str_ends(path, name) || (folder > 0 && path.at[folder - 1] != '/'))
        return false;
    struct stat st;
    a->path = str_print(&a->s->arena, "%.*s%.*s.yaml", (int)folder, path.at, STR_ARG(a->id));
    return lstat(str_c(&a->s->arena, str_print(&a->s->arena, "%s/%.*s", a->s->options.root, STR_ARG(a->path))), &st) != 0;
}

static str text_of_file(struct addition *a)
{
    struct arena  *arena = &a->s->arena;
    struct source *source;
    size_t depth;
    const struct record *last = last_entry(a, &source, &depth);
    if (last && place_beside(a, source->path, last->id)) {
        last = NULL;
    } else if (last) {
        size_t end = end_of_block(source->shown, last->span.begin, depth);
        a->path = source->path;
        a->before = str_cut(source->shown, 0, end);
        a->after = str_cut(source->shown, end, source->shown.len);
    } else {
        depth = 2;
        place_in_file_of_its_own(a);
    }
    const char *indent = str_c(arena, str_print(arena, "%*s", (int)depth, "")), *deeper = str_c(arena, str_print(arena, "%*s", (int)depth + 2, ""));
    bool ends = a->before.len == 0 || a->before.at[a->before.len - 1] == '\n';
    a->head = last ? STR("") : str_print(arena, "%s%.*s:\n", a->before.len ? "\n" : "", STR_ARG(a->kind->collection));
    return str_print(arena, "%.*s%s%.*s%.*s%.*s", STR_ARG(a->before), ends ? "" : "\n", STR_ARG(a->head), STR_ARG(entry_text(a, indent, deeper)), STR_ARG(a->after));
}

/* ---- the call ---- */

static unsigned lines(str text)
{
    unsigned n = 0;
    for (size_t i = 0; i < text.len; i++)
        n += text.at[i] == '\n';
    return n;
}

static enum ismsc_status add(struct addition *a, struct buf *out)
{
    struct ismsc *s = a->s;
    const char *why = "";
    str text = text_of_file(a);
    const char *path = str_c(&s->arena, str_print(&s->arena, "%s/%.*s", s->options.root, STR_ARG(a->path)));
    const char *folder = str_c(&s->arena, str_print(&s->arena, "%s/registers", s->options.root));
    if (text.len > LIMIT_YAML_BYTES)
        return session_fail(s, "%s would become too large", path);
    if ((str_starts(a->path, STR("registers/")) && !folder_make(&s->arena, folder, &why)) || !file_put(&s->arena, path, text, &why))
        return session_fail(s, "can't write %s: %s", path, why);
    unsigned line = 1 + lines(a->before) + lines(a->head);
    buf_print(out, "%.*s is in %.*s:%u. Take the # off the lines you fill, and delete the others.\n", STR_ARG(a->id), STR_ARG(a->path), line);
    return ISMSC_OK;
}

static void list_kinds(struct ismsc *s, struct buf *out)
{
    buf_print(out, "%-20s %-10s %s\n", "policy", "POL-", "A policy or procedure, from a starter.");
    for (size_t i = 1; i < s->schema->root->nfields; i++) {
        const struct field *field = &s->schema->root->fields[i];
        str meaning, example;
        if (!entry_can_be_added(field))
            continue;
        split_description(field->description, &meaning, &example);
        buf_print(out, "%-20.*s %-10.*s %.*s\n", STR_ARG(field->type->kind->name), STR_ARG(field->type->kind->prefix), STR_ARG(meaning));
    }
}

static bool has_control_data(const struct ismsc *s, str id)
{
    const struct record *record = model_find(s->project.model, id);
    return record && record->kind->number == KIND_document;
}

struct entry_call {
    const char        *kind, *title;
    struct ismsc_text *out;
};

static enum ismsc_status do_entry(struct ismsc *s, void *argument)
{
    struct entry_call *call = argument;
    struct buf *out = buf_new(&s->arena);
    enum ismsc_status status = ISMSC_OK;
    session_prepare(s);
    if (call->kind && !session_read(s))
        return ISMSC_FAILED;
    if (call->kind && s->findings.skipped_files)
        return session_fail(s, "not all sources can be read, so the next free id is not known; see ismsc check");
    if (!call->kind) {
        list_kinds(s, out);
    } else {
        const struct field *section = section_for(s, str_of(call->kind));
        if (!section)
            return ISMSC_FAILED;
        static const struct list none;
        struct value records = s->project.model->root->fields[section->index];
        struct addition a = { .s = s, .kind = section->type->kind, .records = records.tag == V_LIST ? records.list : &none,
                              .title = call->title ? str_trim(str_of(call->title)) : (str){ 0 } };
        if (utf8_invalid_at(a.title) != a.title.len || a.title.len > 500)
            return session_fail(s, "the title is no text, or too long");
        if (!a.kind->prefix.len && !a.title.len)
            return session_fail(s, "say who it is: ismsc new %s \"Ana Lind\"", call->kind);
        const struct record *type = type_named(&a);
        if (type && has_control_data(s, type->id))
            return session_fail(s, "there are control data of %.*s already", STR_ARG(type->id));
        a.id = type ? type->id : next_id(&a);
        a.title = type ? record_title(type) : a.title;
        status = add(&a, out);
    }
    *call->out = (struct ismsc_text){ out->at, out->len };
    return status;
}

enum ismsc_status ismsc_entry(struct ismsc *s, const char *kind, const char *title, struct ismsc_text *out)
{
    struct entry_call call = { kind, title, out };
    return session_run(s, do_entry, &call);
}
