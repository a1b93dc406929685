/* SPDX-License-Identifier: MIT */
/* Controls, clauses and types of documents explained, with their state in the ISMS. */
#include "model/edition.h"
#include "model/fields.h"
#include "parse/node.h"
#include "weave/explain_part.h"

static bool is_about(const struct finding *finding, str id) { return str_eq(finding->record, id) || is_part_of_clause(finding->clause, id); }

static str text_of(struct value value) { return value.tag == V_TEXT ? value.text : (str){ 0 }; }
static size_t length(struct value value) { return value.tag == V_LIST ? value.list->len : 0; }

/* ---- controls ---- */

static bool has_2013(const struct explain_input *in) { return str_eq(in->model->edition, STR("2013")); }

/* The controls of the other edition, as they stand in the catalogue. */
static const struct node *other_controls(struct arena *arena, const struct explain_input *in)
{
    const char *path = has_2013(in) ? "schema/catalogue/controls-2022.yaml" : "schema/catalogue/controls-2013.yaml";
    return node_get(in->catalogue->tree(in->catalogue->state, arena, path, NULL), STR("controls"));
}

/* Ids of the other edition with their titles there. */
static void add_relatives(struct page *page, const char *key, const char *label, struct value ids)
{
    const struct node *controls = length(ids) ? other_controls(page->arena, page->in) : NULL;
    str *words = NEWS(page->arena, str, length(ids));
    for (size_t i = 0; i < length(ids); i++) {
        str id = text_of(ids.list->at[i]), title = node_text(node_get(controls, id), STR("title"));
        words[i] = str_print(page->arena, "%.*s%s%.*s", STR_ARG(id), title.len ? " " : "", STR_ARG(title));
    }
    page_facts(page, str_of(key), str_of(label), words, length(ids));
}

/* When leaving the control out is credible. */
static void add_exclusion(struct page *page, const struct record *control)
{
    static const struct { const char *word, *words; } often[] = {
        { "rare", "rarely defensible" }, { "conditional", "defensible under conditions" }, { "often", "often defensible" },
    };
    str likelihood = text_of(control->fields[F_control_exclusion_likelihood]), words = { 0 };
    str contradiction = text_of(control->fields[F_control_contradicted_by]);
    for (size_t i = 0; i < sizeof often / sizeof *often; i++)
        if (str_eq(likelihood, str_of(often[i].word)))
            words = str_of(often[i].words);
    page_fact(page, STR("exclusion_likelihood"), STR("leaving it out"), likelihood, words);
    page_fact(page, STR("exclusion_note"), STR(""), text_of(control->fields[F_control_exclusion_note]), (str){ 0 });
    if (str_eq(contradiction, STR("always")))
        words = STR("no organisation can credibly do without it");
    else
        words = str_print(page->arena, "doubtful where `%.*s` is so", STR_ARG(contradiction));
    page_fact(page, STR("contradicted_by"), STR(""), contradiction, words);
}

static void add_list(struct page *page, const char *key, const char *title, struct value list)
{
    if (length(list) == 0)
        return;
    page_section(page, key, title);
    for (size_t i = 0; i < list.list->len; i++)
        page_item(page, text_of(list.list->at[i]));
}

static void add_control_state(struct page *page, const struct record *control)
{
    page_section(page, "state", "In this ISMS");
    if (control->builtin)
        page_text(page, STR("There is no entry for it under `controls`, so nothing is decided."));
    else
        page_fields(page, control, true);
    page_fact(page, STR("written_at"), STR("written at"), control->builtin ? (str){ 0 } : words_of_place(page, control->span), (str){ 0 });
}

struct document *explain_control(struct arena *arena, const struct explain_input *in, const struct record *control)
{
    struct value annex = control->fields[F_control_builtin];
    bool own = annex.tag == V_BOOL && !annex.b;
    str subtitle = own ? STR("control that is not in Annex A") : str_print(arena, "control of Annex A, ISO/IEC 27001:%.*s", STR_ARG(in->model->edition));
    struct page page = page_begin(arena, in, "control", control->id, words_of_record(arena, control), subtitle);
    struct value is_new = control->fields[F_control_new_in_2022];
    page_fact(&page, STR("theme"), STR("theme"), text_of(control->fields[F_control_theme]), (str){ 0 });
    if (is_new.tag == V_BOOL && is_new.b)
        page_fact(&page, STR("new_in_2022"), STR("in 2013"), STR("yes"), STR("none: it is new in 2022"));
    add_relatives(&page, "supersedes", "in 2013", control->fields[F_control_supersedes]);
    add_relatives(&page, "becomes", "in 2022", control->fields[F_control_becomes]);
    add_exclusion(&page, control);
    if (text_of(control->fields[F_control_purpose]).len) {
        page_section(&page, "purpose", "Purpose");
        page_text(&page, text_of(control->fields[F_control_purpose]));
    }
    add_list(&page, "typical_evidence", "What auditors usually ask to see", control->fields[F_control_typical_evidence]);
    if (in->findings)
        add_control_state(&page, control);
    page_referrers(&page, control);
    page_findings(&page, is_about, control->id);
    return page.document;
}

/* What has become of a control, with the decision about each successor where there is a project. */
static void add_successors(struct page *page, const struct node *control)
{
    static const char *const keys[] = { "id", "title", "applicable", "status" }, *const titles[] = { "control", "title", "applicable", "status" };
    const struct node *becomes = node_get(control, has_2013(page->in) ? STR("supersedes") : STR("becomes"));
    if (!becomes || becomes->type != NODE_SEQUENCE || !becomes->first)
        return;
    page_section(page, "successors", has_2013(page->in) ? "What it was in 2013" : "What became of it in 2022");
    page_table(page, page->in->findings ? 4 : 2, keys, titles);
    for (const struct node *n = becomes->first; n; n = n->next) {
        const struct record *now = record_in(page->in->model, F_isms_controls, n->text);
        struct value applicable = now ? now->fields[F_control_applicable] : value_null();
        str decision = applicable.tag == V_BOOL ? words_of_value(page->arena, applicable) : STR("undecided");
        page_row(page, (const str[]){ n->text, now ? record_title(now) : (str){ 0 }, decision, now ? text_of(now->fields[F_control_status]) : (str){ 0 } });
    }
}

struct document *explain_other_control(struct arena *arena, const struct explain_input *in, const struct node *control)
{
    str title = str_print(arena, "%.*s %.*s", STR_ARG(control->key), STR_ARG(node_text(control, STR("title"))));
    struct page page = page_begin(arena, in, "control", control->key, title,
                                  has_2013(in) ? STR("control of Annex A, ISO/IEC 27001:2022; this ISMS declares 2013")
                                               : STR("control of Annex A, ISO/IEC 27001:2013, which is withdrawn"));
    page_fact(&page, STR("theme"), STR("theme"), node_text(control, STR("theme")), (str){ 0 });
    if (node_text(control, STR("purpose")).len) {
        page_section(&page, "purpose", "Purpose");
        page_text(&page, node_text(control, STR("purpose")));
    }
    add_successors(&page, control);
    return page.document;
}

/* ---- types of documents ---- */

static bool covers(const struct record *document, str type)
{
    struct value types = document->fields[F_document_types];
    for (size_t i = 0; i < length(types); i++)
        if (str_eq(text_of(types.list->at[i]), type))
            return true;
    return false;
}

/* "POL-01 approved, version 1.0": the documents that are of a type, or "none". */
static str documents_of(const struct page *page, str type)
{
    struct value documents = page->in->model->root->fields[F_isms_documents];
    str out = { 0 };
    for (size_t i = 0; i < length(documents); i++) {
        const struct record *d = documents.list->at[i].record;
        if (!covers(d, type))
            continue;
        str status = text_of(d->fields[F_document_status]), version = text_of(d->fields[F_document_version]);
        out = str_print(page->arena, "%.*s%s%.*s%s%.*s%s%.*s", STR_ARG(out), out.len ? "; " : "", STR_ARG(d->id), status.len ? " " : "",
                        STR_ARG(status), version.len ? ", version " : "", STR_ARG(version));
    }
    return out.len ? out : STR("none");
}

static str obligation_words(str obligation)
{
    if (str_eq(obligation, STR("mandatory")))
        return STR("mandatory: clauses 4 to 10 call for it");
    if (str_eq(obligation, STR("conditional")))
        return STR("conditional: expected when one of its controls is applicable");
    return STR("customary: usual and useful; its absence alone is no nonconformity");
}

static void add_sections(struct page *page, struct value sections)
{
    static const char *const keys[] = { "title", "expects" }, *const titles[] = { "section", "what it should hold" };
    if (length(sections) == 0)
        return;
    page_section(page, "sections", "What it should hold");
    page_table(page, 2, keys, titles);
    for (size_t i = 0; i < sections.list->len; i++) {
        const struct record *s = sections.list->at[i].record;
        page_row(page, (const str[]){ text_of(s->fields[F_document_section_title]), text_of(s->fields[F_document_section_expects]) });
    }
}

static void add_documents(struct page *page, str type)
{
    static const char *const keys[] = { "id", "title", "status", "version", "review_due", "place" },
                      *const titles[] = { "document", "title", "status", "version", "review due", "where" };
    struct value documents = page->in->model->root->fields[F_isms_documents];
    bool begun = false;
    page_section(page, "documents", "In this ISMS");
    for (size_t i = 0; i < length(documents); i++) {
        const struct record *d = documents.list->at[i].record;
        if (!covers(d, type))
            continue;
        if (!begun)
            page_table(page, 6, keys, titles);
        begun = true;
        page_row(page, (const str[]){ d->id, record_title(d), text_of(d->fields[F_document_status]), text_of(d->fields[F_document_version]),
                                      words_of_value(page->arena, d->fields[F_document_review_due]), words_of_place(page, d->span) });
    }
    if (!begun)
        page_text(page, str_print(page->arena, "No document is of this type. A Markdown file with `type: %.*s` in its head, or an entry under "
                                               "`documents`, makes one.", STR_ARG(type)));
}

static void add_texts(struct page *page, const char *key, const char *label, struct value list)
{
    str *texts = NEWS(page->arena, str, length(list));
    for (size_t i = 0; i < length(list); i++)
        texts[i] = text_of(list.list->at[i]);
    page_facts(page, str_of(key), str_of(label), texts, length(list));
}

struct document *explain_document_type(struct arena *arena, const struct explain_input *in, const struct record *type)
{
    const struct value *f = type->fields;
    str kind = text_of(f[F_document_type_kind]), obligation = text_of(f[F_document_type_obligation]), section = text_of(f[F_document_type_filled_by]);
    struct page page = page_begin(arena, in, "document_type", type->id, words_of_record(arena, type), str_print(arena, "type of %.*s", STR_ARG(kind)));
    page_fact(&page, STR("obligation"), STR("obligation"), obligation, obligation_words(obligation));
    add_texts(&page, "clauses", "clauses", f[F_document_type_clauses]);
    add_texts(&page, "controls", "controls", f[F_document_type_controls]);
    add_texts(&page, "aliases", "also called", f[F_document_type_aliases]);
    page_fact(&page, STR("owner_role"), STR("usually owned by"), text_of(f[F_document_type_owner_role]), words_of_key(arena, text_of(f[F_document_type_owner_role])));
    page_fact(&page, STR("approver_role"), STR("approved by"), text_of(f[F_document_type_approver_role]), words_of_key(arena, text_of(f[F_document_type_approver_role])));
    page_fact(&page, STR("review_every"), STR("reviewed every"), words_of_value(arena, f[F_document_type_review_every]), (str){ 0 });
    page_fact(&page, STR("classification"), STR("classification"), text_of(f[F_document_type_classification]), (str){ 0 });
    page_fact(&page, STR("filled_by"), STR("made from"), section, str_print(arena, "the section `%.*s` of the sources", STR_ARG(section)));
    page_fact(&page, STR("note"), STR("note"), text_of(f[F_document_type_note]), (str){ 0 });
    add_sections(&page, f[F_document_type_sections]);
    if (in->findings)
        add_documents(&page, type->id);
    return page.document;
}

/* ---- clauses ---- */

static void add_subclauses(struct page *page, str id, bool in_2013)
{
    static const char *const keys[] = { "id", "title" }, *const titles[] = { "clause", "title" };
    struct value clauses = page->in->model->root->fields[F_isms_clauses];
    str below = str_print(page->arena, "%.*s.", STR_ARG(id));
    bool begun = false;
    for (size_t i = 0; i < length(clauses); i++) {
        const struct record *clause = clauses.list->at[i].record;
        if (!str_starts(clause->id, below))
            continue;
        if (!begun) {
            page_section(page, "subclauses", in_2013 ? "Its parts since 2022" : "Parts");
            page_table(page, 2, keys, titles);
        }
        begun = true;
        page_row(page, (const str[]){ clause->id, record_title(clause) });
    }
}

static void add_clause_documents(struct page *page, struct value types)
{
    static const char *const keys[] = { "id", "title", "obligation", "in_this_isms" }, *const titles[] = { "document", "title", "obligation", "in this ISMS" };
    if (length(types) == 0)
        return;
    page_section(page, "documents", "Documents it calls for");
    page_table(page, page->in->findings ? 4 : 3, keys, titles);
    for (size_t i = 0; i < types.list->len; i++) {
        const struct record *type = types.list->at[i].tag == V_RECORD ? types.list->at[i].record : NULL;
        if (type)
            page_row(page, (const str[]){ type->id, record_title(type), text_of(type->fields[F_document_type_obligation]), documents_of(page, type->id) });
    }
}

static void add_clause_rules(struct page *page, str id)
{
    static const char *const keys[] = { "id", "severity", "from_stage", "title" }, *const titles[] = { "rule", "severity", "from stage", "what is wrong" };
    bool begun = false;
    for (size_t i = 0; i < page->in->rules->list.len; i++) {
        const struct rule *rule = page->in->rules->list.at[i];
        /* Of what the edition of 2013 does not ask nothing is checked. */
        if (!is_part_of_clause(rule->clause, id) || (!rule->project && edition_clause(page->arena, page->in->model, rule->clause).len == 0))
            continue;
        if (!begun) {
            page_section(page, "rules", "Rules");
            page_table(page, 4, keys, titles);
        }
        begun = true;
        page_row(page, (const str[]){ rule->id, str_of(severity_name(rule->severity)), rule->from_stage, rule->title.len ? rule->title : rule->name });
    }
}

/* "5 entries" of the sections from which the clause's documents are made. */
static void add_clause_state(struct page *page, struct value types)
{
    bool begun = false;
    str  before = { 0 };
    for (size_t i = 0; i < length(types); i++) {
        const struct record *type = types.list->at[i].tag == V_RECORD ? types.list->at[i].record : NULL;
        const struct field *section = type ? kind_field(page->in->schema->root, text_of(type->fields[F_document_type_filled_by])) : NULL;
        if (!section || str_eq(section->name, before))
            continue;
        before = section->name;
        struct value value = page->in->model->root->fields[section->index];
        str words = value.tag == V_LIST ? str_print(page->arena, "%zu entr%s", length(value), length(value) == 1 ? "y" : "ies")
                  : value.written ? STR("written") : STR("nothing");
        if (!begun)
            page_section(page, "state", "In this ISMS");
        begun = true;
        page_fact(page, section->name, section->name, words, (str){ 0 });
    }
}

/* "d) are communicated": with the letters of the project's edition, without what it does not have. */
static void add_items(struct page *page, const struct record *clause)
{
    struct value items = clause->fields[F_clause_items], others = clause->fields[F_clause_parts_in_2013];
    bool old = has_2013(page->in) && length(others) > 0;
    if (length(old ? others : items) == 0)
        return;
    page_section(page, "items", "Its parts");
    for (size_t i = 0; old && i < others.list->len; i++)
        page_item(page, text_of(others.list->at[i]));
    if (old)
        return;
    for (size_t i = 0; i < items.list->len; i++) {
        str text = text_of(items.list->at[i]), letter = str_cut(text, 0, str_find(text, ' ', 0));
        str now = str_print(page->arena, "%.*s %.*s", STR_ARG(clause->id), STR_ARG(letter));
        str here = edition_clause(page->arena, page->in->model, now);
        str item = str_cut(here, str_find(here, ' ', 0), here.len), words = str_cut(text, letter.len, text.len);
        if (here.len)
            page_item(page, str_trim(str_print(page->arena, "%.*s%.*s", STR_ARG(item), STR_ARG(words))));
    }
}

/* What minors against the clause, or a part of it, come to. */
static str likely_major(const struct page *page, str id)
{
    const struct findings *findings = page->in->findings;
    for (size_t i = 0; findings && i < findings->majors.len; i++)
        if (is_part_of_clause(findings->majors.at[i]->clause, id))
            return likely_major_words(page->arena, findings->majors.at[i]);
    return (str){ 0 };
}

struct document *explain_clause(struct arena *arena, const struct explain_input *in, const struct record *clause)
{
    const struct value *f = clause->fields;
    str id = clause_id(in, clause), before = text_of(f[F_clause_number_in_2013]);
    str title = str_print(arena, "%.*s %.*s", STR_ARG(id), STR_ARG(record_title(clause)));
    str requirement = text_of(f[has_2013(in) && text_of(f[F_clause_requirement_in_2013]).len ? F_clause_requirement_in_2013 : F_clause_requirement]);
    struct page page = page_begin(arena, in, "clause", clause->id, title,
                                  str_print(arena, "clause of ISO/IEC 27001:%.*s", STR_ARG(before.len ? in->model->edition : STR("2022"))));
    if (has_2013(in))
        page_fact(&page, STR("number_in_2022"), STR("in 2022"), str_eq(id, clause->id) ? (str){ 0 } : clause->id, (str){ 0 });
    else
        page_fact(&page, STR("number_in_2013"), STR("in 2013"), str_eq(before, clause->id) ? (str){ 0 } : before, (str){ 0 });
    page_fact(&page, STR("changed_from_2013"), has_2013(in) ? STR("what 2022 changed") : STR("changed since 2013"), text_of(f[F_clause_changed_from_2013]), (str){ 0 });
    page_fact(&page, STR("likely_major"), STR("in this ISMS"), likely_major(&page, id), (str){ 0 });
    page_fact(&page, STR("added_in_2024"), has_2013(in) ? STR("added to it in 2024") : STR("added in 2024"), text_of(f[F_clause_added_in_2024]), (str){ 0 });
    if (requirement.len) {
        page_section(&page, "requirement", "What it asks for, in our words");
        page_text(&page, requirement);
    }
    add_items(&page, clause);
    add_subclauses(&page, clause->id, has_2013(in) && text_of(f[F_clause_requirement_in_2013]).len > 0);
    add_clause_documents(&page, f[F_clause_documents]);
    if (in->findings)
        add_clause_state(&page, f[F_clause_documents]);
    add_clause_rules(&page, clause->id);
    page_findings(&page, is_about, id);
    if (record_in(in->model, F_isms_controls, str_print(arena, "A.%.*s", STR_ARG(id)))) {
        page_section(&page, "", "See also");
        page_text(&page, str_print(arena, "Control A.%.*s has the same number: `ismsc explain A.%.*s`", STR_ARG(id), STR_ARG(id)));
    }
    return page.document;
}
