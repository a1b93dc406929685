/* SPDX-License-Identifier: MIT */
#include "resolve/schema.h"

#include <assert.h>

#include "model/model.h"

struct builder {
    struct arena      *arena;
    const struct node *definitions;
    struct schema     *schema;
    LIST_OF(struct kind *) kinds;
    LIST_OF(struct field) fields; /* of the kind in hand */
};

static const struct type *type_of(struct builder *b, const struct node *spec);

static struct type *new_type(struct builder *b, enum type_tag tag)
{
    struct type *type = NEW(b->arena, struct type);
    type->tag = tag;
    return type;
}

/* The kind called [name], made empty when it is first mentioned so that kinds can refer to each other. */
static struct kind *kind_named(struct builder *b, str name)
{
    struct kind *kind = map_get(&b->schema->by_name, name);
    if (kind)
        return kind;
    kind = NEW(b->arena, struct kind);
    kind->name = name;
    kind->number = (uint32_t)b->kinds.len;
    map_add(&b->schema->by_name, b->arena, name, kind);
    LIST_PUSH(b->arena, &b->kinds, kind);
    return kind;
}

/* "#/definitions/risk" -> its specification; NULL when [spec] refers to nothing. */
static const struct node *definition_of(struct builder *b, const struct node *spec, str *name)
{
    static const char prefix[] = "#/definitions/";
    str ref = node_text(spec, STR("$ref"));
    if (!str_starts(ref, STR("#/definitions/")))
        return NULL;
    *name = str_cut(ref, sizeof prefix - 1, ref.len);
    return node_get(b->definitions, *name);
}

static const str *words_of(struct builder *b, const struct node *list, size_t *count)
{
    str *words = NEWS(b->arena, str, list ? list->count : 0);
    *count = 0;
    for (const struct node *n = list ? list->first : NULL; n; n = n->next)
        words[(*count)++] = n->text;
    return words;
}

static const struct tone *pairs_of(struct builder *b, const struct node *map, size_t *count)
{
    struct tone *pairs = NEWS(b->arena, struct tone, map ? map->count : 0);
    *count = 0;
    for (const struct node *n = map ? map->first : NULL; n; n = n->next)
        pairs[(*count)++] = (struct tone){ n->key, n->text };
    return pairs;
}

static const struct type *enum_type(struct builder *b, const struct node *spec)
{
    struct type *type = new_type(b, TYPE_ENUM);
    type->words = words_of(b, node_get(spec, STR("enum")), &type->nwords);
    type->tones = pairs_of(b, node_get(spec, STR("x-tone")), &type->ntones);
    type->synonyms = pairs_of(b, node_get(spec, STR("x-synonyms")), &type->nsynonyms);
    return type;
}

static const struct type *ref_type(struct builder *b, const struct node *spec, const struct node *targets)
{
    struct type *type = new_type(b, TYPE_REF);
    type->targets = NEWS(b->arena, const struct kind *, targets->count);
    for (const struct node *n = targets->first; n; n = n->next)
        type->targets[type->ntargets++] = kind_named(b, n->text);
    type->or_text = str_eq(node_text(spec, STR("x-or-text")), STR("true"));
    return type;
}

static const struct type *list_type(struct builder *b, const struct type *item)
{
    struct type *type = new_type(b, TYPE_LIST);
    type->item = item;
    return type;
}

static const struct type *object_type(struct builder *b, const struct node *spec)
{
    struct type *type;
    str collection = node_text(spec, STR("x-collection")), kind = node_text(spec, STR("x-kind"));
    if (collection.len) {
        type = new_type(b, TYPE_COLLECTION);
        type->kind = kind_named(b, collection);
        return type;
    }
    if (kind.len) {
        type = new_type(b, TYPE_RECORD);
        type->kind = kind_named(b, kind);
        return type;
    }
    type = new_type(b, TYPE_MAP);
    type->item = type_of(b, node_get(spec, STR("additionalProperties")));
    return type;
}

static const struct type *scalar_type(struct builder *b, const struct node *spec, str name)
{
    static const struct { const char *name; enum type_tag tag; } names[] = {
        { "text", TYPE_TEXT }, { "id", TYPE_TEXT }, { "markdown", TYPE_MARKDOWN }, { "date", TYPE_DATE }, { "period", TYPE_PERIOD },
        { "boolean", TYPE_BOOL }, { "integer", TYPE_INT }, { "number", TYPE_DOUBLE },
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_eq(name, str_of(names[i].name))) {
            struct type *type = new_type(b, names[i].tag);
            type->undecided = node_get(spec, STR("x-null")) != NULL;
            type->is_id = str_eq(name, STR("id"));
            return type;
        }
    return new_type(b, TYPE_ANY);
}

/* A specification, possibly a reference to a definition with further keywords beside it. */
static const struct type *type_of(struct builder *b, const struct node *spec)
{
    str name = { 0 };
    const struct node *targets = node_get(spec, STR("x-ref"));
    if (!spec)
        return new_type(b, TYPE_ANY);
    if (targets)
        return ref_type(b, spec, targets);
    if (node_get(spec, STR("x-level"))) {
        struct type *type = new_type(b, TYPE_TEXT);
        type->level = true;
        return type;
    }
    const struct node *definition = definition_of(b, spec, &name);
    if (definition)
        return type_of(b, definition);
    if (str_eq(node_text(spec, STR("type")), STR("array")))
        return list_type(b, type_of(b, node_get(spec, STR("items"))));
    str x_type = node_text(spec, STR("x-type"));
    if (str_eq(x_type, STR("enum")) || (node_get(spec, STR("enum")) && x_type.len == 0))
        return enum_type(b, spec);
    if (str_eq(node_text(spec, STR("type")), STR("object")))
        return object_type(b, spec);
    return scalar_type(b, spec, x_type);
}

static struct field *field_in_hand(struct builder *b, str name)
{
    for (size_t i = 0; i < b->fields.len; i++)
        if (str_eq(b->fields.at[i].name, name))
            return &b->fields.at[i];
    return NULL;
}

static bool is_named_in(const struct node *list, str name)
{
    for (const struct node *n = list ? list->first : NULL; n; n = n->next)
        if (str_eq(n->text, name))
            return true;
    return false;
}

static str inverse_of(const struct node *spec)
{
    const struct node *items = node_get(spec, STR("items"));
    return node_text(items ? items : spec, STR("x-inverse"));
}

/* Who may see what [spec] describes, as its `x-audience` says. */
static uint8_t audience_of(const struct node *spec)
{
    enum audience audience = AUDIENCE_UNMARKED;
    audience_parse(node_text(spec, STR("x-audience")), &audience);
    return (uint8_t)audience;
}

static void add_field(struct builder *b, const struct node *spec, bool computed)
{
    struct field field = {
        .audience = audience_of(spec),
        .audience_fixed = node_get(spec, STR("x-audience-fixed")) != NULL,
        .name = spec->key,
        .type = type_of(b, spec),
        .computed = computed,
        .inverse = inverse_of(spec),
        .description = node_text(spec, STR("description")),
        .value = node_text(spec, STR("x-value")),
        .default_from = node_text(spec, STR("x-default-from")),
    };
    LIST_PUSH(b->arena, &b->fields, field);
}

static void add_id(struct builder *b)
{
    struct type *type = new_type(b, TYPE_TEXT);
    type->is_id = true;
    struct field id = { .name = STR("id"), .type = type, .computed = true, .audience = AUDIENCE_CUSTOMER, .description = STR("The id it is cited by.") };
    LIST_PUSH(b->arena, &b->fields, id);
}

/* Adds the fields of one object definition; a second definition of the same kind (front matter) adds what the first lacks. */
static void add_fields(struct builder *b, const struct node *spec, bool second)
{
    const struct node *required = node_get(spec, STR("required"));
    for (int pass = 0; pass < 2; pass++) {
        const struct node *group = node_get(spec, pass == 0 ? STR("properties") : STR("x-computed"));
        for (const struct node *n = group ? group->first : NULL; n; n = n->next) {
            struct field *field = field_in_hand(b, n->key);
            if (!field) {
                add_field(b, n, pass == 1);
                field = &b->fields.at[b->fields.len - 1];
                field->front_only = second;
            }
            if (pass == 0 && is_named_in(required, n->key))
                *(second ? &field->front_required : &field->required) = true;
        }
    }
}

static void keep_fields(struct builder *b, struct kind *kind)
{
    kind->nfields = b->fields.len;
    kind->fields = NEWS(b->arena, struct field, b->fields.len);
    for (size_t i = 0; i < b->fields.len; i++) {
        kind->fields[i] = b->fields.at[i];
        kind->fields[i].index = (uint32_t)i;
        map_set(&kind->by_name, b->arena, kind->fields[i].name, &kind->fields[i]);
    }
}

static void read_deadlines(struct builder *b, struct kind *kind, const struct node *list)
{
    kind->deadlines = NEWS(b->arena, struct deadline, list ? list->count : 0);
    for (const struct node *n = list ? list->first : NULL; n; n = n->next)
        kind->deadlines[kind->ndeadlines++] = (struct deadline){ node_text(n, STR("on")), node_text(n, STR("what")), node_text(n, STR("owner")) };
}

static void build_kind(struct builder *b, str name)
{
    struct kind *kind = kind_named(b, name);
    bool second = false;
    b->fields.len = 0;
    add_id(b);
    for (const struct node *n = b->definitions->first; n; n = n->next)
        if (str_eq(node_text(n, STR("x-kind")), name)) {
            if (!second) {
                kind->description = node_text(n, STR("description"));
                kind->audience = audience_of(n);
                read_deadlines(b, kind, node_get(n, STR("x-deadlines")));
            }
            add_fields(b, n, second);
            second = true;
        }
    keep_fields(b, kind);
}

static const struct node *first_definition(struct builder *b, str kind)
{
    for (const struct node *n = b->definitions->first; n; n = n->next)
        if (str_eq(node_text(n, STR("x-kind")), kind))
            return n;
    return NULL;
}

/* What the section of a collection says about its kind. */
static void describe_collection(struct builder *b, const struct node *section)
{
    str name = node_text(section, STR("x-collection")), mode = node_text(section, STR("x-catalogue"));
    if (name.len == 0)
        return;
    struct kind *kind = kind_named(b, name);
    kind->collection = section->key;
    kind->prefix = node_text(section, STR("x-prefix"));
    kind->title_of_section = node_text(section, STR("description"));
    kind->catalogue_only = str_eq(mode, STR("only"));
    kind->catalogue_complete = str_eq(mode, STR("complete"));
}

/* A section that holds records says nothing itself: each record decides. */
static void show_section(struct field *section)
{
    if (section->type->tag == TYPE_COLLECTION || section->type->tag == TYPE_RECORD)
        section->audience = AUDIENCE_CUSTOMER;
}

static void build_root(struct builder *b, const struct node *json)
{
    static const char *const groups[] = { "properties", "x-catalogue-collections" };
    struct kind *root = kind_named(b, STR("isms"));
    b->schema->root = root;
    root->audience = AUDIENCE_CUSTOMER;
    b->fields.len = 0;
    add_id(b);
    for (size_t g = 0; g < 2; g++) {
        const struct node *sections = node_get(json, str_of(groups[g]));
        for (const struct node *n = sections ? sections->first : NULL; n; n = n->next) {
            add_field(b, n, g == 1);
            show_section(&b->fields.at[b->fields.len - 1]);
            describe_collection(b, n);
            if (is_named_in(node_get(json, STR("x-required")), n->key))
                b->fields.at[b->fields.len - 1].required = true;
        }
    }
    keep_fields(b, root);
    read_deadlines(b, root, node_get(json, STR("x-deadlines")));
}

static const struct type *record_list(struct builder *b, const struct kind *kind)
{
    struct type *ref = new_type(b, TYPE_REF);
    ref->targets = NEWS(b->arena, const struct kind *, 1);
    ref->targets[0] = kind;
    ref->ntargets = 1;
    return list_type(b, ref);
}

/* Enters the list [name] of [owner] records on [target], if no other reference has done so; of mixed owners the kind is left open. */
static void add_inverse(struct builder *b, struct kind *target, str name, const struct kind *owner)
{
    const struct field *old = map_get(&target->by_name, name);
    if (old && old->type->tag == TYPE_LIST && old->type->item->tag == TYPE_REF && old->type->item->targets[0] == owner)
        return;
    if (old) {
        struct type *ref = new_type(b, TYPE_REF);
        const struct type *was = old->type->item;
        assert(old->computed && was && was->tag == TYPE_REF);
        ref->targets = NEWS(b->arena, const struct kind *, was->ntargets + 1);
        for (; ref->ntargets < was->ntargets; ref->ntargets++)
            ref->targets[ref->ntargets] = was->targets[ref->ntargets];
        ref->targets[ref->ntargets++] = owner;
        target->fields[old->index].type = list_type(b, ref);
        return;
    }
    b->fields.len = 0;
    for (size_t i = 0; i < target->nfields; i++)
        LIST_PUSH(b->arena, &b->fields, target->fields[i]);
    struct field field = { .name = name, .type = record_list(b, owner), .computed = true, .audience = AUDIENCE_CUSTOMER,
                           .description = str_print(b->arena, "The %.*s that refer to it.", STR_ARG(owner->collection)) };
    LIST_PUSH(b->arena, &b->fields, field);
    keep_fields(b, target);
}

static struct kind *writable(struct builder *b, const struct kind *kind) { return b->kinds.at[kind->number]; }

/* References below [kind], nested objects included, count for the enclosing collection [owner]. */
static void add_inverses(struct builder *b, const struct kind *kind, const struct kind *owner, int depth)
{
    for (size_t i = 0; depth < 4 && i < kind->nfields; i++) {
        struct field field = kind->fields[i];
        const struct type *type = field.type->tag == TYPE_LIST && field.type->item ? field.type->item : field.type;
        if (field.computed)
            continue;
        if (type->tag == TYPE_REF && field.inverse.len)
            for (size_t t = 0; t < type->ntargets; t++)
                add_inverse(b, writable(b, type->targets[t]), field.inverse, owner);
        if (type->tag == TYPE_RECORD && type->kind != kind)
            add_inverses(b, type->kind, owner, depth + 1);
        if (type->tag == TYPE_COLLECTION && type->kind->collection.len == 0) {
            writable(b, type->kind)->collection = field.name;
            add_inverses(b, type->kind, type->kind, depth + 1);
        }
    }
}

/* The shared record in which nothing is written; objects inside it first. */
static void make_absent(struct arena *arena, const struct schema *schema, struct kind *kind)
{
    if (kind->absent)
        return;
    kind->absent = arena_alloc(arena, sizeof(struct record) + kind->nfields * sizeof(struct value), _Alignof(struct record));
    kind->absent->kind = kind;
    for (size_t i = 0; i < kind->nfields; i++) {
        const struct type *type = kind->fields[i].type;
        if (type->tag == TYPE_RECORD)
            make_absent(arena, schema, schema->kinds[type->kind->number]);
        kind->absent->fields[i] = value_absent(type);
    }
}

void schema_finish(struct arena *arena, struct schema *schema)
{
    for (size_t i = 0; i < schema->nkinds; i++)
        make_absent(arena, schema, schema->kinds[i]);
    schema->front_matter = map_get(&schema->by_name, STR("document"));
}

static void link_defaults(struct builder *b, const struct node *json)
{
    const struct node *sections = node_get(json, STR("properties"));
    for (const struct node *n = sections->first; n; n = n->next) {
        const struct field *from = map_get(&b->schema->root->by_name, node_text(n, STR("x-defaults-from")));
        if (from)
            kind_named(b, node_text(n, STR("x-collection")))->defaults_from = from->type->kind;
    }
}

struct schema *schema_build(struct arena *arena, const struct node *json)
{
    struct builder b = { .arena = arena, .definitions = node_get(json, STR("definitions")) };
    b.schema = NEW(arena, struct schema);
    assert(b.definitions);
    build_root(&b, json);
    for (const struct node *n = b.definitions->first; n; n = n->next) {
        str name = node_text(n, STR("x-kind"));
        if (name.len && !kind_named(&b, name)->fields)
            build_kind(&b, name);
    }
    for (size_t i = 0; i < b.kinds.len; i++) {
        struct kind *kind = b.kinds.at[i];
        const struct node *definition = first_definition(&b, kind->name);
        kind->title = kind_field(kind, node_text(definition, STR("x-title")));
    }
    for (size_t i = 0; i < b.kinds.len; i++)
        if (b.kinds.at[i]->collection.len)
            add_inverses(&b, b.kinds.at[i], b.kinds.at[i], 0);
    for (size_t i = 0; i < b.schema->root->nfields; i++) { /* objects of the root: the scope's references count for the scope */
        const struct type *type = b.schema->root->fields[i].type;
        if (type->tag == TYPE_RECORD)
            add_inverses(&b, type->kind, type->kind, 0);
    }
    for (size_t i = 0; i < b.kinds.len; i++) {
        const struct kind *kind = b.kinds.at[i];
        if (kind->title)
            b.kinds.at[i]->title = kind_field(kind, kind->title->name); /* inverses may have moved the fields */
    }
    link_defaults(&b, json);
    b.schema->kinds = b.kinds.at;
    b.schema->nkinds = b.kinds.len;
    schema_finish(arena, b.schema);
    return b.schema;
}
