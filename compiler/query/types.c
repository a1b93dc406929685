/* SPDX-License-Identifier: MIT */
/* Static types as sets of value tags, their unions, and the table of arithmetic. */
#include "query/types.h"

static const struct type basics[] = {
    [TYPE_ANY]  = { .tag = TYPE_ANY },   [TYPE_NULL] = { .tag = TYPE_NULL },     [TYPE_BOOL]   = { .tag = TYPE_BOOL },
    [TYPE_INT]  = { .tag = TYPE_INT },   [TYPE_DOUBLE] = { .tag = TYPE_DOUBLE }, [TYPE_TEXT]   = { .tag = TYPE_TEXT },
    [TYPE_DATE] = { .tag = TYPE_DATE },  [TYPE_PERIOD] = { .tag = TYPE_PERIOD },
};
static const struct type any_list = { .tag = TYPE_LIST, .item = &basics[TYPE_ANY] };
static const struct type any_map = { .tag = TYPE_MAP, .item = &basics[TYPE_ANY] };

const struct type *type_basic(enum type_tag tag)
{
    return tag == TYPE_LIST ? &any_list : tag == TYPE_MAP ? &any_map : tag <= TYPE_PERIOD ? &basics[tag] : basics;
}

uint32_t type_tags(const struct type *type)
{
    static const uint32_t tags[] = {
        [TYPE_ANY]    = TAGS_ANY,       [TYPE_NULL]     = BIT(V_NULL),  [TYPE_BOOL] = BIT(V_BOOL),   [TYPE_INT]  = BIT(V_INT),
        [TYPE_DOUBLE] = TAGS_NUMBER,    [TYPE_TEXT]     = BIT(V_TEXT),  [TYPE_MARKDOWN] = BIT(V_TEXT), [TYPE_ENUM] = BIT(V_TEXT),
        [TYPE_DATE]   = BIT(V_DATE),    [TYPE_PERIOD]   = BIT(V_PERIOD), [TYPE_RECORD] = BIT(V_RECORD), [TYPE_REF] = BIT(V_RECORD),
        [TYPE_LIST]   = BIT(V_LIST),    [TYPE_COLLECTION] = BIT(V_LIST), [TYPE_MAP] = BIT(V_MAP),
    };
    return tags[type->tag] | (type->tag == TYPE_REF && type->or_text ? BIT(V_TEXT) : 0);
}

static const char *article(str noun) { return noun.len && strchr("aeiou", noun.at[0]) ? "an" : "a"; }

str type_phrase(struct arena *arena, const struct type *type)
{
    static const char *const plain[] = {
        [TYPE_ANY] = "any value", [TYPE_NULL] = "null",     [TYPE_BOOL] = "yes or no", [TYPE_TEXT] = "text",
        [TYPE_MARKDOWN] = "text",       [TYPE_ENUM] = "text",     [TYPE_MAP] = "a map",
    };
    if (type->tag < sizeof plain / sizeof *plain && plain[type->tag])
        return str_of(plain[type->tag]);
    str name = type_name(arena, type);
    return str_print(arena, "%s %.*s", article(name), STR_ARG(name));
}

str tags_name(struct arena *arena, uint32_t tags)
{
    static const struct { uint32_t tags; const char *name; } names[] = {
        { BIT(V_BOOL), "true or false" }, { TAGS_NUMBER, "a number" }, { BIT(V_INT), "a whole number" },
        { BIT(V_DOUBLE), "a number" },    { BIT(V_TEXT), "text" },     { BIT(V_DATE), "a date" },
        { BIT(V_PERIOD), "a period" },    { BIT(V_LIST), "a list" },   { BIT(V_RECORD), "a record" },
        { BIT(V_MAP), "a map" },          { BIT(V_TYPE), "a type" },
    };
    str all = STR("");
    tags &= ~(uint32_t)BIT(V_NULL);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!tags || (tags & names[i].tags) != names[i].tags)
            continue;
        tags &= ~names[i].tags;
        all = str_print(arena, "%.*s%s%s", STR_ARG(all), all.len == 0 ? "" : tags ? ", " : " or ", names[i].name);
    }
    return all;
}

const struct type *type_list_of(struct arena *arena, const struct type *item)
{
    struct type *type = NEW(arena, struct type);
    *type = (struct type){ .tag = TYPE_LIST, .item = item };
    return type;
}

const struct type *type_record_of(struct arena *arena, const struct kind *kind)
{
    struct type *type = NEW(arena, struct type);
    *type = (struct type){ .tag = TYPE_RECORD, .kind = kind };
    return type;
}

const struct type *type_element(struct arena *arena, const struct type *type)
{
    switch (type->tag) {
    case TYPE_ANY:        return type;
    case TYPE_LIST:       return type->item ? type->item : basics;
    case TYPE_COLLECTION: return type_record_of(arena, type->kind);
    case TYPE_MAP:        return type_basic(TYPE_TEXT); /* CEL walks over the keys */
    default:              return NULL;
    }
}

size_t type_kinds(const struct type *type, const struct kind *const **kinds)
{
    if (type->tag == TYPE_RECORD) {
        *kinds = (const struct kind *const *)&type->kind;
        return 1;
    }
    *kinds = type->tag == TYPE_REF ? (const struct kind *const *)type->targets : NULL;
    return type->tag == TYPE_REF ? type->ntargets : 0;
}

static bool has_kind(const struct kind *const *kinds, size_t n, const struct kind *kind)
{
    for (size_t i = 0; i < n; i++)
        if (kinds[i] == kind)
            return true;
    return false;
}

static const struct type *join_records(struct arena *arena, const struct type *a, const struct type *b)
{
    const struct kind *const *left, *const *right;
    size_t nleft = type_kinds(a, &left), nright = type_kinds(b, &right);
    struct type *type = NEW(arena, struct type);
    *type = (struct type){ .tag = TYPE_REF, .or_text = a->or_text || b->or_text };
    type->targets = NEWS(arena, const struct kind *, nleft + nright);
    for (size_t i = 0; i < nleft; i++)
        type->targets[type->ntargets++] = left[i];
    for (size_t i = 0; i < nright; i++)
        if (!has_kind(left, nleft, right[i]))
            type->targets[type->ntargets++] = right[i];
    return type;
}

const struct type *type_join(struct arena *arena, const struct type *a, const struct type *b)
{
    uint32_t left = type_tags(a), right = type_tags(b);
    if (a == b || b->tag == TYPE_NULL)
        return a;
    if (a->tag == TYPE_NULL)
        return b;
    if (a->tag == TYPE_ANY || b->tag == TYPE_ANY)
        return basics;
    if (left == right && left == BIT(V_LIST))
        return type_list_of(arena, type_join(arena, type_element(arena, a), type_element(arena, b)));
    if ((left & right & BIT(V_RECORD)) != 0)
        return join_records(arena, a, b);
    if (left == right && left != BIT(V_MAP))
        return left == BIT(V_TEXT) ? type_basic(TYPE_TEXT) : a;
    return ((left | right) & ~(uint32_t)TAGS_NUMBER) == 0 ? type_basic(TYPE_DOUBLE) : left == right ? &any_map : basics;
}

static uint32_t with_numbers(uint32_t tags) { return tags & TAGS_NUMBER ? tags | TAGS_NUMBER : tags; }

bool type_comparable(const struct type *a, const struct type *b)
{
    const struct kind *const *left, *const *right;
    if (a->tag == TYPE_NULL || b->tag == TYPE_NULL)
        return true;
    uint32_t common = with_numbers(type_tags(a)) & with_numbers(type_tags(b));
    if (common != BIT(V_RECORD))
        return common != 0;
    size_t nleft = type_kinds(a, &left), nright = type_kinds(b, &right);
    for (size_t i = 0; i < nleft; i++)
        if (has_kind(right, nright, left[i]))
            return true;
    return nleft == 0 || nright == 0;
}

/* Which operand types go together, and what comes out. TYPE_LIST stands for the join of both lists. */
static const struct { char symbols[6]; uint8_t left, right; enum type_tag gives; } arithmetic[] = {
    { "+-*/%", V_INT, V_INT, TYPE_INT },     { "+-*/", V_INT, V_DOUBLE, TYPE_DOUBLE },
    { "+-*/", V_DOUBLE, V_INT, TYPE_DOUBLE }, { "+-*/", V_DOUBLE, V_DOUBLE, TYPE_DOUBLE },
    { "+", V_TEXT, V_TEXT, TYPE_TEXT },      { "+", V_LIST, V_LIST, TYPE_LIST },
    { "+-", V_DATE, V_PERIOD, TYPE_DATE },   { "+", V_PERIOD, V_DATE, TYPE_DATE },
    { "-", V_DATE, V_DATE, TYPE_PERIOD },    { "+-", V_PERIOD, V_PERIOD, TYPE_PERIOD },
};

const struct type *type_arithmetic(struct arena *arena, char symbol, const struct type *a, const struct type *b)
{
    const struct type *type = NULL;
    uint32_t left = type_tags(a), right = type_tags(b);
    if (left == right && left == BIT(V_LIST))
        return symbol == '+' ? type_join(arena, a, b) : NULL;
    for (size_t i = 0; i < sizeof arithmetic / sizeof *arithmetic; i++) {
        if (!strchr(arithmetic[i].symbols, symbol) || !(left & BIT(arithmetic[i].left)) || !(right & BIT(arithmetic[i].right)))
            continue;
        const struct type *one = type_basic(arithmetic[i].gives);
        type = type ? type_join(arena, type, one) : one;
    }
    return type;
}
