/* SPDX-License-Identifier: MIT */
#include "weave/control.h"

#include "model/fields.h"

#define DASH STR("\xE2\x80\x93")

static str print(struct weaving *w, struct value value)
{
    str text = print_value(w->arena, w->language, w->words, value);
    return text.len ? text : DASH;
}

static str text_of(struct weaving *w, struct value value) { return value.tag == V_TEXT ? print_text(w->arena, value.text) : (str){ 0 }; }

static uint8_t tone_of(struct value status)
{
    static const uint8_t tones[] = { [TONE_NONE] = FILL_NEUTRAL, [TONE_GOOD] = FILL_GOOD, [TONE_NEUTRAL] = FILL_NEUTRAL,
                                     [TONE_WARNING] = FILL_WARNING, [TONE_BAD] = FILL_BAD };
    return status.tag == V_TEXT && status.look == LOOK_STATUS && status.tone < sizeof tones ? tones[status.tone] : FILL_NEUTRAL;
}

/* The role in which [person] approves: one of top management if they hold one, else the first, else what they do. */
static str role_of(struct weaving *w, const struct record *person)
{
    struct value roles = w->model->root->fields[F_isms_roles];
    const struct record *best = NULL;
    for (size_t i = 0; roles.tag == V_LIST && i < roles.list->len; i++) {
        const struct record *role = roles.list->at[i].record;
        struct value holder = role->fields[F_role_holder], top = role->fields[F_role_top_management];
        if (holder.tag != V_RECORD || holder.record != person)
            continue;
        if (!best || (top.tag == V_BOOL && top.b))
            best = role;
        if (top.tag == V_BOOL && top.b)
            break;
    }
    return best ? print_text(w->arena, record_title(best)) : print(w, person->fields[F_person_function]);
}

static void approvals(struct weaving *w, const struct record *record)
{
    struct document *doc = w->doc;
    struct value by = record->fields[F_document_approved_by];
    if (w->weave->whole && by.tag == V_NULL)
        return; /* who approved it is not for them, or nobody has; the day stands on the cover */
    doc->approvals = NEW(w->arena, struct doc_approval);
    doc->napprovals = 1;
    doc->approvals[0] = (struct doc_approval){ .role = DASH, .name = print(w, by), .date = doc->date };
    if (by.tag == V_RECORD)
        doc->approvals[0].role = role_of(w, by.record);
}

static void revisions(struct weaving *w, const struct record *record)
{
    struct document *doc = w->doc;
    struct value history = record->fields[F_document_history];
    if (history.tag != V_LIST || history.list->len == 0)
        return;
    doc->revisions = NEWS(w->arena, struct doc_revision, history.list->len);
    for (size_t i = 0; i < history.list->len; i++) {
        const struct record *entry = history.list->at[i].tag == V_RECORD ? history.list->at[i].record : NULL;
        if (!entry)
            continue;
        struct value on = entry->fields[F_revision_on];
        doc->revisions[doc->nrevisions++] = (struct doc_revision){
            .version = print(w, entry->fields[F_revision_version]), .date = print(w, on),
            .author = print(w, entry->fields[F_revision_by]), .change = print(w, entry->fields[F_revision_change]) };
        if (on.tag == V_DATE && on.date > doc->modified)
            doc->modified = on.date;
    }
}

static void organisation(struct weaving *w)
{
    struct document *doc = w->doc;
    struct value value = w->model->root->fields[F_isms_organisation];
    if (value.tag == V_RECORD) {
        doc->organisation = text_of(w, value.record->fields[F_organisation_name]);
        doc->short_name = text_of(w, value.record->fields[F_organisation_short_name]);
    }
    doc->standard = text_of(w, w->model->root->fields[F_isms_standard]);
}

/* For whom the document is made stands on its cover and in its properties, and behind the classification in running heads. */
static void audience(struct weaving *w)
{
    struct document *doc = w->doc;
    bool customers = w->weave->audience == AUDIENCE_CUSTOMER;
    str made_for = customers ? w->words->made_for_customers : w->words->made_for_auditors;
    str only_for = customers ? w->words->for_customers : w->words->for_auditors;
    if (w->weave->audience == AUDIENCE_INTERNAL)
        return;
    doc->subtitle = doc->subtitle.len ? str_print(w->arena, "%.*s \xE2\x80\x93 %.*s", STR_ARG(doc->subtitle), STR_ARG(made_for)) : made_for;
    doc->classification = doc_is_given(doc->classification) ? str_print(w->arena, "%.*s, %.*s", STR_ARG(doc->classification), STR_ARG(only_for)) : only_for;
}

/* Who the document's properties name: the owner where there is one, else the organisation. */
static void properties(struct weaving *w)
{
    struct document *doc = w->doc;
    audience(w);
    doc->author = str_eq(doc->owner, DASH) ? doc->organisation : doc->owner;
    if (doc->description.len == 0)
        doc->description = doc->subtitle;
    if (doc->modified == 0)
        doc->modified = w->model->today;
}

void control_facts(struct weaving *w, const struct record *record)
{
    struct document *doc = w->doc;

    organisation(w);
    doc->date_picture = print_date_picture(w->arena, w->language);
    doc->version = doc->owner = doc->approver = doc->date = doc->next_review = doc->classification = DASH;
    doc->status = w->words->draft;
    doc->status_tone = FILL_NEUTRAL;
    doc->draft = true;
    if (!record) {
        properties(w);
        return;
    }
    struct value status = record->fields[F_document_status], title = record->fields[F_document_title];
    struct value approved = record->fields[F_document_approved_on];
    if (title.tag == V_TEXT && title.text.len)
        doc->title = print_text(w->arena, title.text);
    if (status.tag == V_TEXT && status.text.len) {
        doc->status = print_value(w->arena, w->language, w->words, status);
        doc->status_tone = tone_of(status);
        doc->draft = !str_eq(status.text, STR("approved")) && !str_eq(status.text, STR("retired"));
    }
    doc->version = print(w, record->fields[F_document_version]);
    doc->owner = print(w, record->fields[F_document_owner]);
    doc->approver = print(w, record->fields[F_document_approved_by]);
    doc->date = print(w, approved);
    doc->next_review = print(w, record->fields[F_document_review_due]);
    doc->classification = print(w, record->fields[F_document_classification]);
    revisions(w, record);
    if (approved.tag == V_DATE)
        doc->modified = approved.date;
    approvals(w, record);
    properties(w);
}
