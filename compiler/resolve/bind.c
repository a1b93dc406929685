/* SPDX-License-Identifier: MIT */
/* Tree nodes -> typed values, by the schema. One mistake gives one finding: what was refused becomes V_BROKEN, on which everything later is silent. */
#include "resolve/audience.h"
#include "resolve/bind.h"

#include "base/limits.h"

static struct value broken(const struct node *node)
{
    struct value value = value_broken(STR("a finding was made here"));
    value.written = 1;
    value.span = node->span;
    return value;
}

/* "treatment.controls" for a place inside objects. */
str place_path(struct arena *arena, const struct place_in *place)
{
    if (!place)
        return (str){ 0 };
    if (!place->outer || place->outer->name.len == 0)
        return place->name;
    str outer = place_path(arena, place->outer);
    return str_print(arena, "%.*s.%.*s", STR_ARG(outer), STR_ARG(place->name));
}

struct finding *bind_finding(struct resolver *r, const struct place_in *place, enum language_rule rule, struct span at, str message)
{
    struct finding *f = finding_add(r->findings, rule, at, "%.*s", STR_ARG(message));
    f->record = place && place->record ? place->record->id : (str){ 0 };
    f->field = str_copy(r->arena, place_path(r->arena, place)); /* a key may belong to the tree, which goes first */
    return f;
}

/* Text that outlives the tree: a slice of the source stays, a copy in the scratch arena is copied again. */
static str keep_text(struct resolver *r, const struct node *node)
{
    const struct source *source = source_of(r->sources, node->span);
    if (source && node->text.at >= source->bytes.at && node->text.at <= source->bytes.at + source->bytes.len)
        return node->text;
    return source ? str_copy(r->arena, node->text) : node->text; /* packed catalogue data is there for good */
}

static const char *form_name(const struct node *node)
{
    switch (node->type) {
    case NODE_SEQUENCE: return "a list";
    case NODE_MAPPING: return "keys of its own";
    default: return node->text.len == 0 && node->style == STYLE_PLAIN ? "no value" : "a single value";
    }
}

static struct finding *type_finding(struct resolver *r, const struct place_in *place, const struct node *node, const char *wanted)
{
    str message = str_print(r->arena, "`%.*s` has %s where %s is expected", STR_ARG(place->name), form_name(node), wanted);
    return bind_finding(r, place, LANG_SHAPE_WRONG_TYPE, node->span.end > node->span.begin ? node->span : node->key_span, message);
}

static struct value wrong_type(struct resolver *r, const struct place_in *place, const struct node *node, const char *wanted, const char *help)
{
    struct finding *f = type_finding(r, place, node, wanted);
    if (help)
        finding_help(r->findings, f, "%s", help);
    return broken(node);
}

static struct finding *form_finding(struct resolver *r, const struct place_in *place, const struct node *node, enum language_rule rule,
                                    const char *what, const char *help)
{
    bool empty = node->text.len == 0;
    str message = empty ? str_print(r->arena, "`%.*s` has no value", STR_ARG(place->name))
                        : str_print(r->arena, "`%.*s` is \"%s\", which is %s", STR_ARG(place->name), str_c(r->arena, node->text), what);
    struct finding *f = bind_finding(r, place, rule, empty ? node->key_span : node->span, message);
    finding_help(r->findings, f, "%s%s", empty ? "remove the key, or " : "", help);
    return f;
}

static struct value bad_form(struct resolver *r, const struct place_in *place, const struct node *node, enum language_rule rule,
                             const char *what, const char *help)
{
    form_finding(r, place, node, rule, what, help);
    return broken(node);
}

static struct value written(struct value value, const struct node *node)
{
    value.written = 1;
    value.span = node->span;
    return value;
}

static bool is_number(str s)
{
    size_t i = s.len > 0 && s.at[0] == '-', digits = 0;
    for (; i < s.len && s.at[i] >= '0' && s.at[i] <= '9'; i++)
        digits++;
    if (digits == 0 || i == s.len)
        return digits > 0;
    if (s.at[i++] != '.' || i == s.len)
        return false;
    for (; i < s.len; i++)
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
    return true;
}

/* Four, two and two digits: a day that date_parse did not find. */
static bool has_date_form(str s)
{
    static const char form[] = "dddd-dd-dd";
    bool fits = s.len == sizeof form - 1;
    for (size_t i = 0; fits && i < s.len; i++)
        fits = form[i] == 'd' ? s.at[i] >= '0' && s.at[i] <= '9' : s.at[i] == form[i];
    return fits;
}

bool is_id(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!word && (i == 0 || (c != '.' && c != '_' && c != ':' && c != '-')))
            return false;
    }
    return s.len > 0;
}

static uint8_t tone_code(str tone)
{
    static const char *const names[] = { "", "good", "neutral", "warning", "bad" };
    for (uint8_t i = 1; i < 5; i++)
        if (str_eq(tone, str_of(names[i])))
            return i;
    return TONE_NONE;
}

static bool is_word_of(const struct type *type, str text)
{
    for (size_t i = 0; i < type->nwords; i++)
        if (str_eq(type->words[i], text))
            return true;
    return false;
}

/* The choices without synonyms, "implemented, partial, planned". */
static str list_words(struct arena *arena, const struct type *type)
{
    str out = { 0 };
    for (size_t i = 0; i < type->nwords; i++) {
        bool synonym = false;
        for (size_t k = 0; k < type->nsynonyms; k++)
            synonym |= str_eq(type->words[i], type->synonyms[k].word);
        if (!synonym && (i == 0 || !str_eq(type->words[i], type->words[i - 1]))) /* 1 as a number and as a text */
            out = out.len ? str_print(arena, "%.*s, %.*s", STR_ARG(out), STR_ARG(type->words[i])) : type->words[i];
    }
    return out;
}

static struct value bind_enum(struct resolver *r, const struct place_in *place, const struct type *type, const struct node *node)
{
    str text = node->text;
    if (!is_word_of(type, text)) {
        str words = list_words(r->arena, type), near = str_nearest(type->words, type->nwords, text);
        str message = str_print(r->arena, "`%.*s` can not be \"%s\"", STR_ARG(place->name), str_c(r->arena, text));
        struct finding *f = bind_finding(r, place, LANG_SHAPE_NOT_A_CHOICE, text.len ? node->span : node->key_span, message);
        bool certain = near.len && str_eq_form(near, text);
        if (certain)
            finding_fix(r->findings, f, node->span, near);
        if (near.len)
            finding_help(r->findings, f, "did you mean `%.*s`? The choices are: %.*s", STR_ARG(near), STR_ARG(words));
        else
            finding_help(r->findings, f, "the choices are: %.*s", STR_ARG(words));
        if (!certain)
            return broken(node);
        text = near;
    }
    for (size_t i = 0; i < type->nsynonyms; i++)
        if (str_eq(text, type->synonyms[i].word))
            text = type->synonyms[i].tone;
    struct value value = value_text(text.at == node->text.at ? keep_text(r, node) : text);
    value.look = LOOK_CHOICE;
    for (size_t i = 0; i < type->ntones; i++)
        if (str_eq(text, type->tones[i].word)) {
            value.look = LOOK_STATUS;
            value.tone = tone_code(type->tones[i].tone);
        }
    return value;
}

static struct value bind_bool(struct resolver *r, const struct place_in *place, const struct type *type, const struct node *node)
{
    if (str_eq(node->text, STR("yes")) || str_eq(node->text, STR("true")))
        return value_bool(true);
    if (str_eq(node->text, STR("no")) || str_eq(node->text, STR("false")))
        return value_bool(false);
    if (type->undecided && str_eq(node->text, STR("undecided")))
        return value_null();
    struct finding *f = form_finding(r, place, node, LANG_SHAPE_NOT_A_CHOICE, type->undecided ? "not yes, no or undecided" : "neither yes nor no",
                                     type->undecided ? "write yes, no or undecided" : "write yes or no");
    const str words[] = { STR("yes"), STR("no"), STR("true"), STR("false"), STR("undecided") };
    for (size_t i = 0; i < (type->undecided ? 5 : 4); i++)
        if (str_eq_nocase(node->text, words[i])) {
            finding_fix(r->findings, f, node->span, words[i]);
            return i < 4 ? value_bool(i % 2 == 0) : value_null();
        }
    return broken(node);
}

/* Read as the day that is meant, where it can be only one. */
static struct value bad_date(struct resolver *r, const struct place_in *place, const struct node *node)
{
    int32_t days;
    char    plain[11];
    if (!date_guess(node->text, &days))
        return bad_form(r, place, node, LANG_SHAPE_BAD_DATE, has_date_form(node->text) ? "not in the calendar" : "no date",
                        "write year, month and day, such as 2026-03-31");
    date_format(days, plain);
    str help = str_print(r->arena, "write it as %s", plain);
    struct finding *f = form_finding(r, place, node, LANG_SHAPE_BAD_DATE, "a day in another form", str_c(r->arena, help));
    finding_fix(r->findings, f, node->span, str_copy(r->arena, str_of(plain)));
    return value_date(days);
}

static struct value bind_scalar(struct resolver *r, const struct place_in *place, const struct type *type, const struct node *node)
{
    int32_t       days;
    int64_t       whole;
    double        number;
    struct period period;

    switch (type->tag) {
    case TYPE_BOOL:
        return bind_bool(r, place, type, node);
    case TYPE_ENUM:
        return bind_enum(r, place, type, node);
    case TYPE_INT:
        if (str_to_int(node->text, &whole) && node->text.at[0] != '+')
            return value_int(whole);
        return bad_form(r, place, node, LANG_SHAPE_WRONG_TYPE, "no whole number", "write a whole number such as 12");
    case TYPE_DOUBLE:
        if (is_number(node->text) && str_to_double(node->text, &number))
            return value_double(number);
        return bad_form(r, place, node, LANG_SHAPE_WRONG_TYPE, "no number", "write a number such as 3 or 2.5");
    case TYPE_DATE:
        if (date_parse(node->text, &days))
            return value_date(days);
        return bad_date(r, place, node);
    case TYPE_PERIOD:
        if (period_parse(node->text, &period))
            return value_period(period);
        return bad_form(r, place, node, LANG_SHAPE_BAD_DATE, "no period", "write a number and a unit: 90 days, 12 months, 3 years");
    case TYPE_TEXT:
        if (type->is_id && !is_id(node->text))
            return bad_form(r, place, node, LANG_SHAPE_BAD_ID, "no id", "use letters, digits, dot, underscore and hyphen");
        return value_text(keep_text(r, node));
    default: {
        struct value value = value_text(keep_text(r, node));
        value.look = type->tag == TYPE_MARKDOWN ? LOOK_MARKDOWN : LOOK_PLAIN;
        return value;
    }
    }
}

/* The text of a reference, to be followed when all ids are known; the slot is registered by whoever stores it. */
static struct value bind_ref(struct resolver *r, const struct place_in *place, const struct type *type, const struct node *node)
{
    if (!type->or_text && node->text.len == 0)
        return bad_form(r, place, node, LANG_SHAPE_BAD_ID, "no id", "write the id of what is meant, such as R-001");
    return value_text(keep_text(r, node));
}

void bind_pending(struct resolver *r, const struct place_in *place, const struct type *type, struct value *slot)
{
    struct pending_piece *piece = r->pending_last;
    if (type->tag != TYPE_REF || slot->tag != V_TEXT)
        return;
    if (!piece || piece->len == PENDING_PIECE) {
        piece = NEW(r->waiting, struct pending_piece);
        if (r->pending_last)
            r->pending_last->next = piece;
        else
            r->pending = piece;
        r->pending_last = piece;
    }
    piece->at[piece->len++] = (struct pending){ slot, type, place->record, place->field, NULL };
}

/* "A.8.5, A.6.3" -> "[A.8.5, A.6.3]"; empty where the value is no line of ids, so that nobody can be certain. */
static str ids_in_brackets(struct resolver *r, const struct type *type, const struct node *node)
{
    str rest = node->text, one;
    if (!rest.len || node->type != NODE_SCALAR || type->item->tag != TYPE_REF || node->style != STYLE_PLAIN || str_find(rest, '\n', 0) < rest.len)
        return (str){ 0 };
    while (str_split(&rest, ',', &one))
        if (!is_id(str_trim(one)))
            return (str){ 0 };
    return str_print(r->arena, "[%.*s]", STR_ARG(node->text));
}

/* The ids of such a line, read as the list that is meant: records are not missed where they are named. */
static struct value list_of_line(struct resolver *r, const struct place_in *place, const struct type *type, const struct node *node)
{
    struct list *list = NEW(r->arena, struct list);
    str rest = node->text, one;
    list->at = NEWS(r->arena, struct value, node->text.len / 2 + 1);
    while (str_split(&rest, ',', &one)) {
        struct value *slot = &list->at[list->len++];
        *slot = written(value_text(str_copy(r->arena, str_trim(one))), node);
        bind_pending(r, place, type->item, slot);
    }
    list->room = list->len;
    return value_list(list);
}

/* One value, or several in a form that is no list. */
static struct value wrong_list(struct resolver *r, const struct place_in *place, const struct type *type, const struct node *node)
{
    struct finding *f = type_finding(r, place, node, "a list");
    str text = node->type == NODE_SCALAR ? node->text : (str){ 0 }, ids = ids_in_brackets(r, type, node);
    bool mark = str_starts(text, STR("\xE2\x80\x93")) || str_starts(text, STR("\xE2\x80\xA2")); /* en dash, bullet */
    if (ids.len) {
        finding_fix(r->findings, f, node->span, ids);
        finding_help(r->findings, f, "write %.*s", STR_ARG(ids));
        return list_of_line(r, place, type, node);
    }
    if (mark)
        finding_help(r->findings, f, "each line of a list begins with the hyphen `-` and a blank; word processors put another character there");
    else if (text.len)
        finding_help(r->findings, f, "write the values in brackets, [one, two], or each on a line that begins with `- `");
    return broken(node);
}

static struct value bind_list(struct resolver *r, const struct place_in *place, const struct type *type, const struct node *node)
{
    struct list *list = NEW(r->arena, struct list);
    if (node->type != NODE_SEQUENCE)
        return wrong_list(r, place, type, node);
    list->room = node->count;
    list->at = NEWS(r->arena, struct value, node->count);
    for (const struct node *n = node->first; n; n = n->next) {
        if (!cut_shows_object(r->cut, type->item, n))
            continue;
        struct value *slot = &list->at[list->len++];
        *slot = bind_value(r, place, type->item, n);
        bind_pending(r, place, type->item, slot);
    }
    return value_list(list);
}

static struct value bind_map(struct resolver *r, const struct place_in *place, const struct type *type, const struct node *node)
{
    struct valuemap *map = NEW(r->arena, struct valuemap);
    if (node->type != NODE_MAPPING)
        return wrong_type(r, place, node, "names with values below it", NULL);
    for (const struct node *n = node->first; n; n = n->next) {
        struct place_in inner = { place, n->key, place->record, place->field };
        struct valuemap_entry entry = { str_copy(r->arena, n->key), n->key_span, bind_value(r, &inner, type->item, n) };
        LIST_PUSH(r->arena, map, entry);
    }
    return (struct value){ .tag = V_MAP, .map = map };
}

/* References inside a section that is an object (the scope) count for that object, others for the collection's record. */
struct place_in object_place(const struct resolver *r, const struct place_in *place, struct record *object)
{
    struct place_in inside = *place;
    if (place->record == r->model->root)
        inside.record = object;
    return inside;
}

struct value bind_wrong_keys(struct resolver *r, const struct place_in *place, const struct kind *kind, const struct node *node)
{
    str first = kind->title ? kind->title->name : kind->nfields > 1 ? kind->fields[1].name : STR("name");
    return wrong_type(r, place, node, "a group of keys", str_c(r->arena, str_print(r->arena, "write its keys below it and indent them: `%.*s: ...`", STR_ARG(first))));
}

struct value bind_wrong_section(struct resolver *r, const struct place_in *place, const struct kind *kind, const struct node *node)
{
    r->unreadable = true; /* whatever is defined there */
    str example = kind->prefix.len ? str_print(r->arena, "%.*s1", STR_ARG(kind->prefix)) : STR("some-id");
    str id = node->type == NODE_SEQUENCE && node->first && node->first->type == NODE_MAPPING ? node_text(node->first, STR("id")) : (str){ 0 };
    if (is_id(id)) {
        str said = str_copy(r->arena, id);
        return wrong_type(r, place, node, "a group of ids", str_c(r->arena, str_print(r->arena, "the id is the key: write `%.*s:` for `- id: %.*s`, and so for the others", STR_ARG(said), STR_ARG(said))));
    }
    return wrong_type(r, place, node, "a group of ids", str_c(r->arena, str_print(r->arena, "begin each entry below it with an id of your choice, `%.*s:`, and indent its keys", STR_ARG(example))));
}

static struct value bind_object(struct resolver *r, const struct place_in *place, const struct type *type, const struct node *node)
{
    if (node->type != NODE_MAPPING)
        return bind_wrong_keys(r, place, type->kind, node);
    struct record *record = record_new(r->arena, type->kind);
    record->owner = place->record;
    record->written = true;
    record->span = node->key_span.file ? node->key_span : (struct span){ node->span.file, node->span.begin, node->span.begin + 1 };
    struct place_in inside = object_place(r, place, record);
    bind_fields(r, &inside, record, node, FIELDS_OF_SOURCE);
    return value_record(record);
}

/* x- keys: kept as they are. */
static struct value bind_any(struct resolver *r, const struct place_in *place, const struct node *node)
{
    static const struct type any = { .tag = TYPE_ANY };
    static const struct type list = { .tag = TYPE_LIST, .item = &any }, map = { .tag = TYPE_MAP, .item = &any };
    if (node->type == NODE_SEQUENCE)
        return bind_list(r, place, &list, node);
    if (node->type == NODE_MAPPING)
        return bind_map(r, place, &map, node);
    return value_text(keep_text(r, node));
}

struct value bind_value(struct resolver *r, const struct place_in *place, const struct type *type, const struct node *node)
{
    struct value value;
    if (node->broken)
        return broken(node);
    switch (type->tag) {
    case TYPE_ANY: value = bind_any(r, place, node); break;
    case TYPE_LIST: value = bind_list(r, place, type, node); break;
    case TYPE_MAP: value = bind_map(r, place, type, node); break;
    case TYPE_RECORD: value = bind_object(r, place, type, node); break;
    case TYPE_COLLECTION: value = bind_collection(r, place, type->kind, node, false); break;
    default:
        if (node->type != NODE_SCALAR)
            return wrong_type(r, place, node, type->tag == TYPE_REF ? "an id" : "a single value",
                              node->type == NODE_SEQUENCE ? "write one value, without brackets and without `- `" : NULL);
        value = type->tag == TYPE_REF ? bind_ref(r, place, type, node) : bind_scalar(r, place, type, node);
    }
    return value.tag == V_BROKEN ? value : written(value, node);
}
