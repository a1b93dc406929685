/* SPDX-License-Identifier: MIT */
#include "weave/migrate.h"

#include "model/fields.h"
#include "parse/node.h"
#include "query/query.h"
#include "weave/yaml_text.h"

enum fate { CARRIED, AGREED, MERGED, SPLIT, NEW_IN_2022, FATES };

/* A control of 2022 and those it comes from. */
struct target {
    str                   id, title, theme, purpose;
    const struct record **from;
    size_t                nfrom;
    enum fate             fate;
    bool                  decided;
};

struct migrator {
    struct arena           *arena;
    struct buf             *out;
    const struct migration *in;
    LIST_OF(struct target *) targets;
};

static str text_of(struct value value) { return value.tag == V_TEXT ? value.text : (str){ 0 }; }
static size_t length(struct value value) { return value.tag == V_LIST ? value.list->len : 0; }

/* ---- what somebody wrote about an old control ---- */

/* Whether the value stands in the project, not only in the catalogue. */
static bool is_written(const struct migrator *m, struct value value)
{
    const struct source *source = value.written ? source_of(m->in->sources, value.span) : NULL;
    return source && !source->builtin;
}

static bool is_carried(const struct field *field) { return !field->computed; }

static bool is_decided(const struct record *old) { return old->fields[F_control_applicable].tag == V_BOOL; }

/* "A.6.1.1 Information security roles (controls.yaml:6)". */
static str name_of(const struct migrator *m, const struct record *old)
{
    str title = record_title(old);
    const struct source *source = old->builtin ? NULL : source_of(m->in->sources, old->span);
    if (!source)
        return str_print(m->arena, "%.*s %.*s (no entry)", STR_ARG(old->id), STR_ARG(title));
    struct place place = source_place(m->in->sources, source_of(m->in->sources, old->span), old->span.begin);
    return str_print(m->arena, "%.*s %.*s (%.*s:%u)", STR_ARG(old->id), STR_ARG(title), STR_ARG(source->path), place.line);
}

/* ---- what becomes of whom ---- */

static void find_sources(struct migrator *m, struct target *t, const struct node *supersedes)
{
    t->from = NEWS(m->arena, const struct record *, supersedes ? supersedes->count : 0);
    for (const struct node *n = supersedes ? supersedes->first : NULL; n; n = n->next) {
        const struct record *old = model_find(m->in->model, n->text);
        if (old && old->kind->number == KIND_control)
            t->from[t->nfrom++] = old;
    }
}

/* Whether all of them say the same about whether the control is needed. */
static bool agree(const struct target *t)
{
    for (size_t i = 0; i < t->nfrom; i++)
        if (!is_decided(t->from[i]) || t->from[i]->fields[F_control_applicable].b != t->from[0]->fields[F_control_applicable].b)
            return false;
    return true;
}

static enum fate fate_of(const struct target *t)
{
    if (t->nfrom == 0)
        return NEW_IN_2022;
    for (size_t i = 0; i < t->nfrom; i++)
        if (length(t->from[i]->fields[F_control_becomes]) > 1)
            return SPLIT;
    return t->nfrom == 1 ? CARRIED : agree(t) ? AGREED : MERGED;
}

static void find_targets(struct migrator *m)
{
    const struct node *tree = m->in->catalogue->tree(m->in->catalogue->state, m->arena, "schema/catalogue/controls-2022.yaml", NULL);
    const struct node *controls = node_get(tree, STR("controls"));
    for (const struct node *n = controls && controls->type == NODE_MAPPING ? controls->first : NULL; n; n = n->next) {
        struct target *t = NEW(m->arena, struct target);
        *t = (struct target){ .id = n->key, .title = node_text(n, STR("title")), .theme = node_text(n, STR("theme")),
                              .purpose = node_text(n, STR("purpose")) };
        find_sources(m, t, node_get(n, STR("supersedes")));
        t->fate = fate_of(t);
        t->decided = t->fate == AGREED || (t->fate == CARRIED && is_decided(t->from[0]));
        LIST_PUSH(m->arena, &m->targets, t);
    }
}

/* ---- comments ---- */

/* Words behind "# ", broken at spaces; further lines stand [hang] further in. */
static void comment(const struct migrator *m, const char *before, str words, unsigned hang)
{
    enum { LINE = 110 };
    str    word;
    size_t column = strlen(before);
    bool   first = true;
    buf_text(m->out, before);
    while (str_split(&words, ' ', &word)) {
        if (!first && column + 1 + word.len > LINE) {
            buf_print(m->out, "\n%.*s%*s", (int)str_find(str_of(before), '#', 0) + 2, before, (int)hang, ""); /* "  # " */
            column = strlen(before) + hang;
        } else if (!first) {
            buf_char(m->out, ' ');
            column++;
        }
        buf_put(m->out, word);
        column += word.len;
        first = false;
    }
    buf_char(m->out, '\n');
}

/* A value in a comment, on one line. */
static str words_of(const struct migrator *m, struct value value)
{
    if (value.tag == V_BROKEN)
        return STR("not understood, see ismsc check");
    str text = value.tag == V_TEXT ? value.text : yaml_inline(m->arena, value);
    char *out = arena_alloc(m->arena, text.len + 1, 1);
    for (size_t i = 0; i < text.len; i++)
        out[i] = text.at[i] == '\n' ? ' ' : text.at[i];
    return str_trim((str){ out, text.len });
}

static str of_whom(const struct migrator *m, str key, const struct record *old, struct value value)
{
    str words = words_of(m, value);
    return str_print(m->arena, "%.*s of %.*s: %.*s", STR_ARG(key), STR_ARG(old->id), STR_ARG(words));
}

/* "applicable: A.6.2.1 yes | A.11.2.8 no": what each of them says about a field; long ones get a line each. */
static void compare(const struct migrator *m, const struct target *t, const struct field *field)
{
    enum { SHORT = 90 };
    str line = { 0 };
    for (size_t i = 0; i < t->nfrom; i++) {
        struct value value = t->from[i]->fields[field->index];
        str says = is_written(m, value) ? words_of(m, value) : STR("-");
        line = str_print(m->arena, "%.*s%s%.*s %.*s", STR_ARG(line), i ? " | " : "", STR_ARG(t->from[i]->id), STR_ARG(says));
    }
    if (line.len <= SHORT) {
        comment(m, "  #   ", str_print(m->arena, "%.*s: %.*s", STR_ARG(field->name), STR_ARG(line)), 4);
        return;
    }
    for (size_t i = 0; i < t->nfrom; i++) {
        struct value value = t->from[i]->fields[field->index];
        if (is_written(m, value))
            comment(m, "  #   ", of_whom(m, field->name, t->from[i], value), 4);
    }
}

static bool anybody_wrote(const struct migrator *m, const struct target *t, const struct field *field)
{
    for (size_t i = 0; i < t->nfrom; i++)
        if (is_written(m, t->from[i]->fields[field->index]))
            return true;
    return false;
}

static void list_sources(const struct migrator *m, const struct target *t)
{
    for (size_t i = 0; i < t->nfrom; i++) {
        const struct value *f = t->from[i]->fields;
        str other = { 0 };
        for (size_t k = 0; length(f[F_control_becomes]) > 1 && k < length(f[F_control_becomes]); k++)
            if (!str_eq(text_of(f[F_control_becomes].list->at[k]), t->id))
                other = str_print(m->arena, "; another part became %.*s", STR_ARG(text_of(f[F_control_becomes].list->at[k])));
        comment(m, t->nfrom > 1 ? "  # - " : "  # from ", str_join2(m->arena, name_of(m, t->from[i]), other), 2);
    }
}

/* Everything that they say, side by side, where it can not be carried over. */
static void compare_all(const struct migrator *m, const struct target *t)
{
    const struct kind *kind = t->from[0]->kind;
    for (size_t i = 1; i < kind->nfields; i++)
        if (is_carried(&kind->fields[i]) && anybody_wrote(m, t, &kind->fields[i]))
            compare(m, t, &kind->fields[i]);
}

/* ---- one control ---- */

static void put_key(const struct migrator *m, str key, struct value value)
{
    if (value.tag == V_BROKEN) {
        buf_print(m->out, "    # %.*s: not understood where it stood, see ismsc check\n", STR_ARG(key));
        return;
    }
    buf_print(m->out, "    %.*s: ", STR_ARG(key));
    yaml_value(m->arena, m->out, value, 4);
}

static void put_extras(const struct migrator *m, const struct valuemap *extras)
{
    for (size_t i = 0; extras && i < extras->len; i++)
        put_key(m, extras->at[i].key, extras->at[i].value);
}

static void put_carried(const struct migrator *m, const struct target *t)
{
    const struct record *old = t->from[0];
    for (size_t i = 1; i < old->kind->nfields; i++)
        if (is_carried(&old->kind->fields[i]) && is_written(m, old->fields[i]))
            put_key(m, old->kind->fields[i].name, old->fields[i]);
    put_extras(m, old->extras);
    if (!is_written(m, old->fields[F_control_applicable]))
        buf_text(m->out, "    applicable: undecided\n");
}

/* Whether all wrote the same. */
static bool is_common(const struct migrator *m, const struct target *t, const struct field *field)
{
    struct value first = t->from[0]->fields[field->index];
    for (size_t i = 0; i < t->nfrom; i++)
        if (!is_written(m, t->from[i]->fields[field->index]) || !value_equal(first, t->from[i]->fields[field->index]))
            return false;
    return true;
}

/* The entries of all lists, each once. */
static struct value united(const struct migrator *m, const struct target *t, const struct field *field)
{
    struct list *list = NEW(m->arena, struct list);
    for (size_t i = 0; i < t->nfrom; i++) {
        struct value value = t->from[i]->fields[field->index];
        for (size_t k = 0; is_written(m, value) && k < length(value); k++) {
            bool there = false;
            for (size_t n = 0; n < list->len; n++)
                there |= value_equal(list->at[n], value.list->at[k]);
            if (!there && value.list->at[k].tag != V_BROKEN)
                list_push(m->arena, list, value.list->at[k]);
        }
    }
    return value_list(list);
}

/* What all say, or all their lists together; the rest side by side in comments. */
static void put_agreed(const struct migrator *m, const struct target *t)
{
    const struct kind *kind = t->from[0]->kind;
    for (size_t i = 1; i < kind->nfields; i++) {
        const struct field *field = &kind->fields[i];
        if (is_carried(field) && field->type->tag == TYPE_LIST && anybody_wrote(m, t, field))
            put_key(m, field->name, united(m, t, field));
        else if (is_carried(field) && is_common(m, t, field))
            put_key(m, field->name, t->from[0]->fields[i]);
    }
}

static void compare_rest(const struct migrator *m, const struct target *t)
{
    const struct kind *kind = t->from[0]->kind;
    bool begun = false;
    for (size_t i = 1; i < kind->nfields; i++) {
        const struct field *field = &kind->fields[i];
        if (!is_carried(field) || field->type->tag == TYPE_LIST || is_common(m, t, field) || !anybody_wrote(m, t, field))
            continue;
        if (!begun)
            comment(m, "  # ", STR("Still to be decided, because they do not say the same:"), 0);
        begun = true;
        compare(m, t, field);
    }
    for (size_t i = 0; i < t->nfrom; i++)
        for (size_t k = 0; t->from[i]->extras && k < t->from[i]->extras->len; k++)
            comment(m, "  #   ", of_whom(m, t->from[i]->extras->at[k].key, t->from[i], t->from[i]->extras->at[k].value), 4);
}

static str merged_words(const struct migrator *m, const struct target *t)
{
    size_t decided = 0;
    for (size_t i = 0; i < t->nfrom; i++)
        decided += is_decided(t->from[i]);
    if (decided == 0)
        return str_print(m->arena, "%zu became one, and none of them was decided:", t->nfrom);
    if (decided < t->nfrom)
        return str_print(m->arena, "%zu became one, and not all of them were decided. Decide:", t->nfrom);
    return str_print(m->arena, "%zu became one, and they contradict each other. Decide:", t->nfrom);
}

static str fate_words(const struct migrator *m, const struct target *t)
{
    switch (t->fate) {
    case CARRIED:
        return t->decided ? STR("Carried over") : STR("Not decided before either,");
    case AGREED:
        return str_print(m->arena, "%zu became one, and all are %s:", t->nfrom,
                         t->from[0]->fields[F_control_applicable].b ? "applied" : "excluded");
    case MERGED:
        return merged_words(m, t);
    case SPLIT:
        return STR("One was split, so it is open which part each decision was about. Decide:");
    default:
        return str_print(m->arena, "New in 2022, so nobody has decided yet. %.*s", STR_ARG(t->purpose));
    }
}

static void put_target(const struct migrator *m, const struct target *t)
{
    buf_char(m->out, '\n');
    comment(m, "  # ", str_print(m->arena, "%.*s. %.*s", STR_ARG(t->title), STR_ARG(fate_words(m, t))), 0);
    list_sources(m, t);
    if (t->fate == AGREED)
        compare_rest(m, t);
    else if (t->fate == MERGED || t->fate == SPLIT)
        compare_all(m, t);
    buf_print(m->out, "  %.*s:\n", STR_ARG(t->id));
    if (t->fate == CARRIED)
        put_carried(m, t);
    else if (t->fate == AGREED)
        put_agreed(m, t);
    else
        buf_text(m->out, "    applicable: undecided\n");
}

/* ---- references to old controls ---- */

/* A walk over everything that is written. */
struct walk {
    const struct migrator *m;
    str                    id; /* of the record, or section, in hand */
    bool                   begun;
};

static void walk_record(struct walk *w, const struct record *record, str path, int depth);

static void put_reference(struct walk *w, const struct record *control, struct span span, str path)
{
    const struct migrator *m = w->m;
    struct source *source = source_of(m->in->sources, span);
    struct value becomes = control->fields[F_control_becomes];
    str now = { 0 };
    for (size_t i = 0; i < length(becomes); i++)
        now = str_print(m->arena, "%.*s%s%.*s", STR_ARG(now), i ? " or " : "", STR_ARG(text_of(becomes.list->at[i])));
    if (!source || now.len == 0)
        return;
    if (!w->begun)
        buf_text(m->out, "\n# References that need the new numbers as well:\n");
    w->begun = true;
    struct place place = source_place(m->in->sources, source, span.begin);
    buf_print(m->out, "#   %.*s:%u: %.*s %.*s: %.*s is now %.*s\n", STR_ARG(source->path), place.line, STR_ARG(w->id), STR_ARG(path),
              STR_ARG(control->id), STR_ARG(now));
}

static void walk_value(struct walk *w, const struct type *type, struct value value, str path, int depth)
{
    /* Where words may stand instead, an old number stays what it was: a word of the past. */
    if (type->tag == TYPE_REF && !type->or_text && value.tag == V_RECORD && value.record->kind->number == KIND_control)
        put_reference(w, value.record, value.span, path);
    else if (type->tag == TYPE_RECORD && value.tag == V_RECORD && value.record->written)
        walk_record(w, value.record, path, depth + 1);
    else if (type->tag == TYPE_LIST && type->item && value.tag == V_LIST)
        for (size_t i = 0; i < value.list->len; i++)
            walk_value(w, type->item, value.list->at[i], path, depth);
}

static void walk_record(struct walk *w, const struct record *record, str path, int depth)
{
    enum { DEEPEST = 6 };
    for (size_t i = 1; depth < DEEPEST && i < record->kind->nfields; i++) {
        const struct field *field = &record->kind->fields[i];
        str here = path.len ? str_print(w->m->arena, "%.*s.%.*s", STR_ARG(path), STR_ARG(field->name)) : field->name;
        if (!field->computed)
            walk_value(w, field->type, record->fields[i], here, depth);
    }
}

static void put_references(const struct migrator *m)
{
    const struct record *root = m->in->model->root;
    struct walk w = { .m = m };
    for (size_t i = 1; i < root->kind->nfields; i++) {
        const struct field *section = &root->kind->fields[i];
        struct value value = root->fields[i];
        if (section->computed)
            continue;
        w.id = section->name;
        if (section->type->tag != TYPE_COLLECTION) {
            walk_value(&w, section->type, value, (str){ 0 }, 0);
            continue;
        }
        for (size_t k = 0; k < length(value); k++)
            if (!value.list->at[k].record->builtin) {
                w.id = value.list->at[k].record->id;
                walk_record(&w, value.list->at[k].record, (str){ 0 }, 0);
            }
    }
}

/* ---- the whole ---- */

static size_t count(const struct migrator *m, enum fate fate, bool decided)
{
    size_t n = 0;
    for (size_t i = 0; i < m->targets.len; i++)
        n += m->targets.at[i]->fate == fate && m->targets.at[i]->decided == decided;
    return n;
}

/* The controls that are not of Annex A stay as they are. */
static str own_controls(const struct migrator *m)
{
    struct value controls = m->in->model->root->fields[F_isms_controls];
    str out = { 0 };
    for (size_t i = 0; i < length(controls); i++) {
        const struct record *control = controls.list->at[i].record;
        struct value annex = control->fields[F_control_builtin];
        if (annex.tag == V_BOOL && !annex.b)
            out = str_print(m->arena, "%.*s%s%.*s", STR_ARG(out), out.len ? ", " : "", STR_ARG(control->id));
    }
    return out;
}

static void put_head(const struct migrator *m)
{
    struct value organisation = m->in->model->root->fields[F_isms_organisation];
    str name = organisation.tag == V_RECORD ? record_title(organisation.record) : (str){ 0 }, own = own_controls(m);
    buf_print(m->out, "# Statement of Applicability%s%.*s: the %zu controls of ISO/IEC 27001:2022, proposed by ismsc migrate.\n#\n",
              name.len ? " of " : "", STR_ARG(name), m->targets.len);
    buf_print(m->out, "# %3zu  carried over from one control of 2013\n", count(m, CARRIED, true));
    buf_print(m->out, "# %3zu  come from several that agree: carried over as far as they do\n", count(m, AGREED, true));
    buf_print(m->out, "# %3zu  come from several that contradict each other or were not all decided\n", count(m, MERGED, false));
    buf_print(m->out, "# %3zu  come from one that was split\n", count(m, SPLIT, false));
    buf_print(m->out, "# %3zu  were not decided before either\n", count(m, CARRIED, false));
    buf_print(m->out, "# %3zu  are new\n#\n", count(m, NEW_IN_2022, false));
    buf_text(m->out, "# Nothing is decided here that nobody had decided: look for `undecided`. Then put this in the place of the old\n"
                     "# entries, and write `standard: \"ISO/IEC 27001:2022\"` in isms.yaml.\n");
    if (own.len)
        comment(m, "# ", str_print(m->arena, "Controls of other sources stay as they are: %.*s.", STR_ARG(own)), 0);
    put_references(m);
    buf_text(m->out, "\ncontrols:\n");
}

size_t migrate(struct arena *arena, struct buf *out, const struct migration *migration)
{
    struct migrator m = { .arena = arena, .out = out, .in = migration };
    str theme = { 0 };
    find_targets(&m);
    put_head(&m);
    for (size_t i = 0; i < m.targets.len; i++) {
        const struct target *t = m.targets.at[i];
        if (!str_eq(t->theme, theme))
            buf_print(out, "\n  # ---- %.*s controls ----\n", STR_ARG(t->theme));
        theme = t->theme;
        put_target(&m, t);
    }
    return m.targets.len - count(&m, CARRIED, true) - count(&m, AGREED, true);
}
