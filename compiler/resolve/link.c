/* SPDX-License-Identifier: MIT */
/* References as text -> records, and the inverse lists that nobody writes. */
#include "model/fields.h"
#include "resolve/audience.h"
#include "resolve/bind.h"

static bool is_target(const struct type *type, const struct kind *kind)
{
    for (size_t i = 0; i < type->ntargets; i++)
        if (type->targets[i] == kind)
            return true;
    return false;
}

str suggest_id(struct resolver *r, const struct kind *const *kinds, size_t nkinds, str id)
{
    struct type expected = { .targets = (const struct kind **)(uintptr_t)kinds, .ntargets = nkinds };
    const struct map *ids = nkinds == 1 && kinds[0]->catalogue_only ? &r->catalogue_ids[kinds[0]->number] : &r->model->by_id;
    size_t best = id.len / 3 + 1;
    str    found = { 0 };
    for (size_t i = 0; i < ids->len; i++) {
        const struct record *record = ids->entries[i].value;
        if (!is_target(&expected, record->kind))
            continue;
        if (str_eq_nocase(record_title(record), id))
            return record->id; /* the name was written where the id belongs */
        size_t distance = str_distance(record->id, id, best);
        if (distance < best) {
            best = distance;
            found = record->id;
        }
    }
    return found;
}

str respelt_id(const struct resolver *r, const struct kind *const *kinds, size_t nkinds, str id)
{
    struct type expected = { .targets = (const struct kind **)(uintptr_t)kinds, .ntargets = nkinds };
    const struct map *ids = nkinds == 1 && kinds[0]->catalogue_only ? &r->catalogue_ids[kinds[0]->number] : &r->model->by_id;
    str found = { 0 };
    for (size_t i = 0; i < ids->len; i++) {
        const struct record *record = ids->entries[i].value;
        if (!is_target(&expected, record->kind) || !str_eq_form(record->id, id))
            continue;
        if (found.len)
            return (str){ 0 };
        found = record->id;
    }
    return found;
}

/* "a 5.01" -> "A.5.1"; empty when [id] is not a letter A and numbers. */
static str normal_control(struct arena *arena, str id, size_t *numbers)
{
    str    out = STR("A");
    size_t i = 0;
    *numbers = 0;
    if (i < id.len && (id.at[i] == 'A' || id.at[i] == 'a'))
        i++;
    while (i < id.len) {
        int64_t n = 0;
        while (i < id.len && (id.at[i] == '.' || id.at[i] == ' ' || id.at[i] == '-' || id.at[i] == '_'))
            i++;
        size_t from = i;
        for (; i < id.len && id.at[i] >= '0' && id.at[i] <= '9' && n < 1000; i++)
            n = n * 10 + (id.at[i] - '0');
        if (i == from) /* "A.6.1 Screening": its title may follow */
            return *numbers >= 2 && id.at[from - 1] == ' ' ? out : (str){ 0 };
        out = str_print(arena, "%.*s.%d", STR_ARG(out), (int)n);
        ++*numbers;
    }
    return *numbers >= 2 ? out : (str){ 0 };
}

/* The controls of this edition whose `supersedes` (2022) or `becomes` (2013, the other way) name [id]; *only is the one that does. */
static str successors(struct resolver *r, str id, const struct record **only)
{
    struct value controls = r->model->root->fields[F_isms_controls];
    str out = { 0 };
    for (size_t i = 0; controls.tag == V_LIST && i < controls.list->len; i++) {
        const struct record *control = controls.list->at[i].record;
        struct value old = control->fields[F_control_supersedes];
        for (size_t k = 0; old.tag == V_LIST && k < old.list->len; k++)
            if (str_eq(old.list->at[k].text, id)) {
                *only = out.len ? NULL : control;
                out = out.len ? str_print(r->arena, "%.*s and %.*s", STR_ARG(out), STR_ARG(control->id)) : control->id;
            }
    }
    return out;
}

/* A control whose decision stands under a wrong id: that it seems undecided is the same mistake, already reported. */
static void hold_decision(struct record *control)
{
    struct value *decision = &control->fields[F_control_applicable];
    if (control->kind->number == KIND_control && control->builtin && !decision->written)
        *decision = value_broken(STR("the decision stands under a wrong id"));
}

void hold_decisions(struct resolver *r, str id)
{
    size_t numbers;
    str    normal = normal_control(r->arena, id, &numbers);
    struct record *named = normal.len ? map_get(&r->model->by_id, normal) : NULL;
    struct value controls = r->model->root->fields[F_isms_controls];
    if (named)
        hold_decision(named);
    for (size_t i = 0; normal.len && controls.tag == V_LIST && i < controls.list->len; i++) {
        struct value old = controls.list->at[i].record->fields[F_control_supersedes];
        for (size_t k = 0; old.tag == V_LIST && k < old.list->len; k++)
            if (str_eq(old.list->at[k].text, normal))
                hold_decision(controls.list->at[i].record);
    }
}

str suggest_control(struct resolver *r, str id, bool one_to_one, str *certain)
{
    size_t numbers;
    const struct record *only = NULL;
    *certain = (str){ 0 };
    str    normal = normal_control(r->arena, id, &numbers), next;
    if (normal.len == 0)
        return (str){ 0 };
    const struct record *control = map_get(&r->model->by_id, normal);
    if (control && control->kind->number == KIND_control && !str_eq(normal, id)) {
        *certain = control->id;
        return str_print(r->arena, "write it as %.*s (%.*s)", STR_ARG(normal), STR_ARG(record_title(control)));
    }
    bool is_2022 = str_eq(r->model->edition, STR("2022"));
    if (is_2022 && numbers == 3 && (next = successors(r, normal, &only)).len) {
        if (only && (!one_to_one || only->fields[F_control_supersedes].list->len == 1))
            *certain = only->id;
        return str_print(r->arena, "%.*s is the number of the 2013 edition; in 2022 it is %.*s", STR_ARG(normal), STR_ARG(next));
    }
    if (!is_2022 && numbers == 2)
        return str_print(r->arena, "%.*s looks like a number of the 2022 edition; this project declares 2013, where controls have three numbers", STR_ARG(normal));
    return (str){ 0 };
}

/* "role or person"; of many kinds, "record". */
static str names_of(struct resolver *r, const struct type *type)
{
    enum { FEW_KINDS = 4 };
    str out = { 0 };
    if (type->ntargets > FEW_KINDS)
        return STR("record");
    for (size_t i = 0; i < type->ntargets; i++) {
        str name = kind_words(r->arena, type->targets[i]);
        out = out.len ? str_print(r->arena, "%.*s or %.*s", STR_ARG(out), STR_ARG(name)) : name;
    }
    return out;
}

static struct finding *reference_finding(struct resolver *r, const struct pending *p, enum language_rule rule, str message)
{
    struct finding *f = finding_add(r->findings, rule, p->slot->span, "%.*s", STR_ARG(message));
    f->record = p->record ? p->record->id : (str){ 0 };
    f->field = p->field ? p->field->name : (str){ 0 };
    return f;
}

/* The id that is meant for certain, else the nearest one. */
static str nearest_id(struct resolver *r, const struct pending *p, str id)
{
    str respelt = respelt_id(r, p->type->targets, p->type->ntargets, id);
    return respelt.len ? respelt : suggest_id(r, p->type->targets, p->type->ntargets, id);
}

/* What the reference means for certain, if it does: a control under another spelling or its old number, another record under another spelling. */
static str mend(struct resolver *r, const struct pending *p, struct finding *f, str control)
{
    str id = control.len ? control : respelt_id(r, p->type->targets, p->type->ntargets, p->slot->text);
    if (id.len)
        finding_fix(r->findings, f, p->slot->span, id);
    return id;
}

/* The inverse list of [target] that a reference would be in. NULL: there is none. */
static struct value *inverse_slot(const struct pending *p, struct record *target)
{
    const struct field *field = p->field && p->field->inverse.len && p->record ? kind_field(target->kind, p->field->inverse) : NULL;
    return field && field->computed ? &target->fields[field->index] : NULL;
}

/* A record that is probably meant by a reference that leads nowhere: that nothing seems to refer to it would be the same mistake once more. */
static void suspect(struct resolver *r, const struct pending *p, str id)
{
    struct record *near = id.len ? link_find(r, p->type->targets[0], id) : NULL;
    struct value  *slot = near ? inverse_slot(p, near) : NULL;
    if (slot)
        LIST_PUSH(r->arena, &r->suspects, slot);
}

/* Where nothing else refers to them. */
static void hold_suspects(struct resolver *r)
{
    for (size_t i = 0; i < r->suspects.len; i++)
        if (r->suspects.at[i]->tag == V_LIST && r->suspects.at[i]->list->len == 0)
            *r->suspects.at[i] = value_broken(STR("a reference that leads nowhere may be meant for it"));
}

/* Words where an id is expected: often the name of what is meant. Returns the id that is meant for certain. */
static str no_id(struct resolver *r, const struct pending *p, str text)
{
    str name = p->field ? p->field->name : STR("this");
    struct finding *f = reference_finding(r, p, LANG_SHAPE_BAD_ID, str_print(r->arena, "`%.*s` is \"%s\", which is no id", STR_ARG(name), str_c(r->arena, text)));
    str certain = { 0 }, control = is_target(p->type, r->schema->kinds[KIND_control]) ? suggest_control(r, text, false, &certain) : (str){ 0 };
    str near = ++r->suggested <= SUGGESTIONS ? nearest_id(r, p, text) : (str){ 0 };
    str meant = near.len || certain.len ? mend(r, p, f, certain) : (str){ 0 };
    suspect(r, p, near);
    if (control.len)
        finding_help(r->findings, f, "%.*s", STR_ARG(control));
    else if (near.len)
        finding_help(r->findings, f, "did you mean %.*s?", STR_ARG(near));
    else
        finding_help(r->findings, f, "write the id of the %.*s that is meant", STR_ARG(names_of(r, p->type)));
    return meant;
}

/* For an id that resembles none: those there are, where they are few and all the project's own. */
static void list_known(struct resolver *r, const struct pending *p, struct finding *f)
{
    enum { FEW_IDS = 6 };
    str    ids = { 0 };
    size_t count = 0;
    for (size_t i = 0; i < r->model->by_id.len && count <= FEW_IDS; i++) {
        const struct record *record = r->model->by_id.entries[i].value;
        if (!is_target(p->type, record->kind))
            continue;
        if (record->builtin)
            return;
        ids = count++ ? str_print(r->arena, "%.*s, %.*s", STR_ARG(ids), STR_ARG(record->id)) : record->id;
    }
    if (count > 0 && count <= FEW_IDS)
        finding_help(r->findings, f, "correct the id, or add what it should name; there %s so far: %.*s", count == 1 ? "is" : "are", STR_ARG(ids));
    else if (count == 0 && p->type->ntargets == 1 && p->type->targets[0]->prefix.len)
        finding_help(r->findings, f, "there is none yet; `ismsc new %.*s` adds the first", STR_ARG(p->type->targets[0]->name));
}

/* Returns the id that is meant for certain, or an empty one. */
static str unknown_id(struct resolver *r, const struct pending *p, str id)
{
    bool control = is_target(p->type, r->schema->kinds[KIND_control]);
    str  certain = { 0 }, near = control ? suggest_control(r, id, false, &certain) : (str){ 0 };
    str  message = control && near.len ? str_print(r->arena, "%.*s is no control of the edition %.*s", STR_ARG(id), STR_ARG(r->model->edition))
                                       : str_print(r->arena, "there is no %.*s called %.*s", STR_ARG(names_of(r, p->type)), STR_ARG(id));
    struct finding *f = reference_finding(r, p, control && near.len ? LANG_UNKNOWN_CONTROL : LANG_UNKNOWN_REFERENCE, message);
    if (near.len) {
        finding_help(r->findings, f, "%.*s", STR_ARG(near));
        return certain.len ? mend(r, p, f, certain) : certain;
    }
    if (++r->suggested <= SUGGESTIONS && (near = nearest_id(r, p, id)).len) {
        const struct record *record = link_find(r, p->type->targets[0], near);
        str title = record ? record_title(record) : (str){ 0 };
        suspect(r, p, near);
        if (title.len && !str_eq(title, near))
            finding_help(r->findings, f, "did you mean %.*s (%.*s)?", STR_ARG(near), STR_ARG(title));
        else
            finding_help(r->findings, f, "did you mean %.*s?", STR_ARG(near));
        return mend(r, p, f, (str){ 0 });
    }
    list_known(r, p, f);
    return (str){ 0 };
}

static void wrong_kind(struct resolver *r, const struct pending *p, const struct record *found)
{
    str  is = with_article(r->arena, kind_words(r->arena, found->kind)), wanted = with_article(r->arena, names_of(r, p->type));
    str  message = str_print(r->arena, "%.*s is %.*s; here the id of %.*s is expected", STR_ARG(found->id), STR_ARG(is), STR_ARG(wanted));
    struct finding *f = reference_finding(r, p, LANG_WRONG_KIND, message);
    if (found->span.file && !found->builtin)
        finding_also(r->findings, f, found->span, "%.*s is defined here", STR_ARG(found->id));
}

/* Counts a reference for the list on [target] that collects those who refer to it; the list is made when all are counted. */
static void count_inverse(struct resolver *r, struct pending *p, struct record *target)
{
    struct value *slot = inverse_slot(p, target);
    if (!slot)
        return;
    if (slot->tag != V_LIST || slot->list->room == 0)
        *slot = value_list(NEW(r->arena, struct list));
    p->inverse = slot->list;
    p->inverse->room++;
}

/* Enters the owner of a reference in the list it was counted for. */
static void add_inverse(struct resolver *r, const struct pending *p)
{
    struct list *list = p->inverse;
    if (!list->at)
        list->at = NEWS(r->arena, struct value, list->room);
    if (list->len == 0 || list->at[list->len - 1].record != p->record) /* all references of one record come in a row */
        list->at[list->len++] = value_record(p->record);
}

/* After a finding about a reference that leads nowhere; where its id can mean only one record, that one. */
static struct record *misled(struct resolver *r, struct pending *p, const struct record *found)
{
    str id = p->slot->text, meant = { 0 };
    if (!is_id(id))
        meant = no_id(r, p, id);
    else if (found)
        wrong_kind(r, p, found);
    else if (!r->unreadable) /* what is missing may stand in the part that could not be read */
        meant = unknown_id(r, p, id);
    return meant.len ? link_find(r, p->type->targets[0], meant) : NULL;
}

static void follow(struct resolver *r, struct pending *p)
{
    str id = p->slot->text;
    struct record *found = link_find(r, p->type->targets[0], id);
    if (!found || !is_target(p->type, found->kind)) {
        if (cut_hides(r->cut, p->type, id)) {
            *p->slot = value_null();
            return;
        }
        if (p->type->or_text)
            return; /* words, as allowed */
        found = misled(r, p, found);
    }
    struct value value = found ? value_record(found) : value_broken(STR("the id names nothing"));
    value.written = 1;
    value.span = p->slot->span;
    *p->slot = value;
    if (found)
        count_inverse(r, p, found);
}

void link_references(struct resolver *r)
{
    for (struct pending_piece *piece = r->pending; piece; piece = piece->next)
        for (size_t i = 0; i < piece->len; i++)
            follow(r, &piece->at[i]);
    for (const struct pending_piece *piece = r->pending; piece; piece = piece->next)
        for (size_t i = 0; i < piece->len; i++)
            if (piece->at[i].inverse)
                add_inverse(r, &piece->at[i]);
    hold_suspects(r);
}
