/* SPDX-License-Identifier: MIT */
/* What nobody writes: defaults of the catalogue, levels of risks, and fields whose expression stands in the schema. */
#include <assert.h>

#include "base/buf.h"
#include "base/limits.h"
#include "model/fields.h"
#include "query/query.h"
#include "resolve/audience.h"
#include "resolve/resolve.h"

static struct list *list_of(struct value value)
{
    static const struct list none;
    return value.tag == V_LIST ? value.list : (struct list *)(uintptr_t)&none;
}

static struct list *records_of(struct resolver *r, size_t section) { return list_of(r->model->root->fields[section]); }

/* A record of the catalogue that says more about [record]: the one its `type` names, else the one with its id. */
static struct record *default_record(struct resolver *r, struct record *record)
{
    struct record *type = link_find(r, record->kind->defaults_from, record->id);
    struct value named = record_get(record, STR("type"));
    if (named.tag == V_RECORD && named.record->kind == record->kind->defaults_from)
        return named.record;
    const struct field *field = kind_field(record->kind, STR("type"));
    if (type && field && !record->fields[field->index].written)
        record->fields[field->index] = value_record(type);
    return type;
}

static void fill_defaults(struct resolver *r, struct record *record)
{
    struct record *from = default_record(r, record);
    for (size_t i = 1; from && i < record->kind->nfields; i++) {
        const struct field *field = &record->kind->fields[i];
        if (field->default_from.len && !record->fields[i].written) {
            record->fields[i] = record_get(from, field->default_from);
            record->fields[i].written = 0;
            record->fields[i].span = SPAN_NONE;
        }
    }
}

static void mark_controls(struct resolver *r)
{
    struct list *controls = records_of(r, F_isms_controls);
    for (size_t i = 0; i < controls->len; i++) {
        struct record *control = controls->at[i].record;
        bool annex = control->fields[F_control_purpose].tag == V_TEXT && control->fields[F_control_purpose].text.len > 0;
        annex |= control->builtin || control->fields[F_control_becomes].written || control->fields[F_control_supersedes].written;
        control->fields[F_control_builtin] = value_bool(annex);
        control->fields[F_control_written] = value_bool(!control->builtin);
    }
}

/* The words of a document that is a Markdown file. */
static void take_bodies(struct resolver *r)
{
    for (size_t i = 0; i < r->policies.len; i++) {
        const struct policy *policy = &r->policies.at[i];
        str bytes = policy->source->bytes;
        policy->document->fields[F_document_body] = value_text(str_cut(bytes, policy->body_begin, bytes.len));
    }
}

/* The declared method, read once. */
struct method {
    struct list  *levels;
    const struct list *likelihood, *impact; /* their steps */
    struct value  matrix;
    int64_t       likelihoods, impacts;
    enum { PRODUCT, SUM, MATRIX } score;
    bool          decimals, usable;
};

static struct method read_method(struct resolver *r)
{
    struct value section = r->model->root->fields[F_isms_risk_method];
    struct method m = { .likelihood = list_of(value_null()), .impact = list_of(value_null()) };
    if (section.tag != V_RECORD || !section.record->written)
        return m;
    const struct value *f = section.record->fields;
    m.likelihood = list_of(f[F_risk_method_likelihood]);
    m.impact = list_of(f[F_risk_method_impact]);
    m.likelihoods = (int64_t)m.likelihood->len;
    m.impacts = (int64_t)m.impact->len;
    m.levels = f[F_risk_method_levels].tag == V_LIST ? f[F_risk_method_levels].list : NULL;
    m.matrix = f[F_risk_method_matrix];
    m.decimals = f[F_risk_method_decimals].tag == V_BOOL && f[F_risk_method_decimals].b;
    str how = f[F_risk_method_score].tag == V_TEXT ? f[F_risk_method_score].text : (str){ 0 };
    m.score = str_eq(how, STR("matrix")) ? MATRIX : str_eq(how, STR("sum")) ? SUM : PRODUCT;
    m.usable = m.levels && m.levels->len > 0 && m.likelihoods > 0 && m.impacts > 0;
    return m;
}

/* A value on a scale of [steps]; false for what the scale does not have. */
static bool on_scale(const struct method *m, struct value value, int64_t steps, double *out)
{
    if (value.tag != V_DOUBLE && value.tag != V_INT)
        return false;
    *out = value.tag == V_INT ? (double)value.i : value.d;
    return *out >= 1 && *out <= (double)steps && (m->decimals || *out == (double)(int64_t)*out);
}

/* The first level whose bound holds the score; a level without a bound holds everything. */
static size_t level_of_score(const struct method *m, double score)
{
    for (size_t i = 0; i < m->levels->len; i++) {
        struct value up_to = m->levels->at[i].tag == V_RECORD ? m->levels->at[i].record->fields[F_risk_level_up_to] : value_null();
        if (up_to.tag != V_INT || score <= (double)up_to.i)
            return i;
    }
    return SIZE_MAX;
}

static size_t level_called(const struct method *m, struct value name)
{
    for (size_t i = 0; name.tag == V_TEXT && i < m->levels->len; i++)
        if (m->levels->at[i].tag == V_RECORD && str_eq(record_title(m->levels->at[i].record), name.text))
            return i;
    return SIZE_MAX;
}

/* The level the matrix names for a cell; rows are likelihoods, from the lowest. */
static size_t level_of_cell(const struct method *m, int64_t likelihood, int64_t impact)
{
    if (m->matrix.tag != V_LIST || (int64_t)m->matrix.list->len < likelihood)
        return SIZE_MAX;
    struct value row = m->matrix.list->at[likelihood - 1];
    return row.tag == V_LIST && (int64_t)row.list->len >= impact ? level_called(m, row.list->at[impact - 1]) : SIZE_MAX;
}

static str step_name(const struct list *steps, size_t i) { return steps->at[i].tag == V_RECORD ? record_title(steps->at[i].record) : (str){ 0 }; }

/* "1 Rare, 2 Unlikely, 3 Possible" */
static str scale_words(struct arena *arena, const struct list *steps)
{
    struct buf *out = buf_new(arena);
    for (size_t i = 0; i < steps->len; i++)
        buf_print(out, "%s%zu %.*s", i ? ", " : "", i + 1, STR_ARG(step_name(steps, i)));
    return buf_str(out);
}

/* A word where the number of a step belongs: the finding that was made when it was read says which one is meant. */
static void name_step(struct resolver *r, const char *scale, const struct list *steps, struct value value)
{
    const struct source *source = value.tag == V_BROKEN ? source_of(r->sources, value.span) : NULL;
    struct finding *f = NULL;
    for (size_t i = r->findings->list.len; source && !f && i-- > 0;)
        if (r->findings->list.at[i]->at.file == value.span.file && r->findings->list.at[i]->at.begin == value.span.begin)
            f = r->findings->list.at[i];
    if (!f || steps->len == 0 || !str_eq(f->rule, str_of(language_row(LANG_SHAPE_WRONG_TYPE)->id)))
        return;
    finding_help(r->findings, f, "write the number of a step of the %s scale: %.*s", scale, STR_ARG(scale_words(r->arena, steps)));
    str written = str_cut(source->bytes, value.span.begin, value.span.end);
    if (written.len > 1 && (written.at[0] == '"' || written.at[0] == '\''))
        written = str_cut(written, 1, written.len - 1);
    for (size_t i = 0; i < steps->len; i++)
        if (str_eq_nocase(step_name(steps, i), written))
            finding_help(r->findings, f, "write %zu, which is the step `%.*s` of the %s scale", i + 1, STR_ARG(step_name(steps, i)), scale);
}

static struct value number(double d) { return d == (double)(int64_t)d ? value_int((int64_t)d) : value_double(d); }

/* ISO/IEC 27001 6.1.2 d) 3) and e): the level follows from the scores and the declared method, never from what was typed. */
static void compute_score(struct resolver *r, const struct method *m, struct record *score)
{
    struct value *f = score->fields;
    double likelihood, impact;
    name_step(r, "likelihood", m->likelihood, f[F_score_likelihood]);
    name_step(r, "impact", m->impact, f[F_score_impact]);
    f[F_score_level_written] = f[F_score_level];
    f[F_score_level] = value_text((str){ "", 0 });
    if (!m->usable || !on_scale(m, f[F_score_likelihood], m->likelihoods, &likelihood) || !on_scale(m, f[F_score_impact], m->impacts, &impact))
        return;
    size_t level = m->score == MATRIX ? level_of_cell(m, (int64_t)likelihood, (int64_t)impact)
                                      : level_of_score(m, m->score == SUM ? likelihood + impact : likelihood * impact);
    f[F_score_score] = m->score == MATRIX ? value_int((int64_t)level + 1) : number(m->score == SUM ? likelihood + impact : likelihood * impact);
    if (level == SIZE_MAX || m->levels->at[level].tag != V_RECORD) {
        f[F_score_score] = m->score == MATRIX ? value_null() : f[F_score_score];
        return;
    }
    struct record *band = m->levels->at[level].record;
    f[F_score_band] = value_record(band);
    f[F_score_level] = value_text(record_title(band));
    f[F_score_level].look = LOOK_LEVEL;
    f[F_score_level].tone = (uint8_t)level;
    f[F_score_level].span = f[F_score_level_written].written ? f[F_score_level_written].span : score->span;
}

static void mark_cell(const struct method *m, struct value *cell)
{
    size_t level = level_called(m, *cell);
    if (level == SIZE_MAX)
        return;
    cell->look = LOOK_LEVEL;
    cell->tone = (uint8_t)level;
}

/* A level's name looks like a level wherever it stands, not only in a score. */
static void mark_levels(const struct method *m)
{
    for (size_t i = 0; m->levels && m->matrix.tag == V_LIST && i < m->matrix.list->len; i++) {
        struct value row = m->matrix.list->at[i];
        for (size_t j = 0; row.tag == V_LIST && j < row.list->len; j++)
            mark_cell(m, &row.list->at[j]);
    }
    for (size_t i = 0; m->levels && i < m->levels->len; i++) {
        struct value *name = m->levels->at[i].tag == V_RECORD ? &m->levels->at[i].record->fields[F_risk_level_name] : NULL;
        if (!name || name->tag != V_TEXT || name->text.len == 0)
            continue;
        name->look = LOOK_LEVEL;
        name->tone = (uint8_t)i;
    }
}

/* The edition was found out before anything was bound; who wrote none means it. */
static void name_standard(struct resolver *r)
{
    struct value *standard = &r->model->root->fields[F_isms_standard];
    if (standard->tag == V_TEXT && standard->text.len == 0)
        standard->text = str_print(r->arena, "ISO/IEC 27001:%.*s", STR_ARG(r->model->edition));
}

/* Scores anywhere inside a record. */
static void compute_scores(struct resolver *r, const struct method *m, struct record *record)
{
    if (record->kind->number == KIND_score) {
        compute_score(r, m, record);
        return;
    }
    for (size_t i = 1; i < record->kind->nfields; i++) {
        const struct field *field = &record->kind->fields[i];
        struct value value = record->fields[i];
        if (field->type->tag == TYPE_RECORD && !field->computed && value.tag == V_RECORD && value.record->written)
            compute_scores(r, m, value.record);
    }
}

/* A field's expression over `this`, for each record of its kind. */
static void compute_field(struct resolver *r, const struct field *field, const struct list *records)
{
    const struct kind *kind = records->at[0].record->kind;
    struct type type = { .tag = TYPE_RECORD, .kind = kind };
    struct query_name name = { .name = STR("this"), .type = &type };
    struct query_scope scope = { .names = &name, .len = 1 };
    struct query_problem problem;
    struct expr *expr = expr_compile(r->scratch, r->schema, &scope, field->value, &problem);
    assert(expr); /* the schema is ours: a test compiles them all */
    for (size_t i = 0; expr && i < records->len; i++) {
        struct value slot = value_record(records->at[i].record);
        struct query_run run = { .arena = r->arena, .model = r->model, .slots = &slot, .limit = LIMIT_EXPR_COST };
        records->at[i].record->fields[field->index] = expr_eval(expr, &run);
    }
}

static void compute_kind(struct resolver *r, const struct list *records)
{
    const struct kind *kind = records->at[0].record->kind;
    for (size_t i = 1; i < kind->nfields; i++)
        if (kind->fields[i].value.len && cut_shows_field(r->cut, kind, &kind->fields[i]))
            compute_field(r, &kind->fields[i], records);
}

/*
 * Titles that a kind requires were asked for when the record was read, and those of the catalogue are there by now. Kinds that are called by a sentence,
 * such as objectives, and those that a catalogue completes have rules of their own.
 */
static void report_no_title(struct resolver *r, const struct record *record)
{
    const struct field *title = record->kind->title;
    const struct value *value = title ? &record->fields[title->index] : NULL;
    if (!value || !str_eq(title->name, STR("title")) || title->required || record->kind->catalogue_complete || value->written || value->tag == V_BROKEN || (value->tag == V_TEXT && value->text.len))
        return;
    struct finding *f = finding_add(r->findings, LANG_SHAPE_NO_TITLE, record->span, "%.*s has no `%.*s`", STR_ARG(record->id), STR_ARG(title->name));
    finding_help(r->findings, f, "write `%.*s:` among its keys, and a few words that tell what it is", STR_ARG(title->name));
    f->record = record->id;
    f->field = title->name;
}

void compute_values(struct resolver *r)
{
    const struct kind *root = r->schema->root;
    struct method method = read_method(r);
    mark_levels(&method);
    name_standard(r);
    mark_controls(r);
    if (!r->cut)
        take_bodies(r); /* with the passages that are for some only */
    for (size_t s = 1; s < root->nfields; s++) {
        struct value section = r->model->root->fields[s];
        if (root->fields[s].type->tag != TYPE_COLLECTION || root->fields[s].computed || section.tag != V_LIST || section.list->len == 0)
            continue;
        for (size_t i = 0; i < section.list->len; i++) {
            struct record *record = section.list->at[i].record;
            if (record->kind->defaults_from)
                fill_defaults(r, record);
            if (!record->builtin) {
                report_no_title(r, record);
                compute_scores(r, &method, record);
            }
        }
        compute_kind(r, section.list);
    }
}
