/* SPDX-License-Identifier: MIT */
#include "model/model.h"

const struct field *kind_field(const struct kind *kind, str name)
{
    return kind ? map_get(&kind->by_name, name) : NULL;
}

bool field_is_inverse(const struct field *field)
{
    const struct type *item = field->type->tag == TYPE_LIST ? field->type->item : NULL;
    return field->computed && field->value.len == 0 && item && item->tag == TYPE_REF;
}

const struct kind *schema_kind(const struct schema *schema, str name) { return map_get(&schema->by_name, name); }

static str targets_name(struct arena *arena, const struct type *type)
{
    str out = type->targets[0]->name;
    for (size_t i = 1; i < type->ntargets; i++)
        out = str_print(arena, "%.*s or %.*s", STR_ARG(out), STR_ARG(type->targets[i]->name));
    return type->or_text ? str_print(arena, "%.*s or text", STR_ARG(out)) : out;
}

str type_name(struct arena *arena, const struct type *type)
{
    static const char *const plain[] = { "any value", "nothing", "yes or no", "whole number", "number", "text", "Markdown text",
                                         "one of a list of words", "date", "period", "", "", "", "", "" };
    str item;
    switch (type->tag) {
    case TYPE_RECORD: return type->kind->name;
    case TYPE_REF: return targets_name(arena, type);
    case TYPE_COLLECTION: return str_print(arena, "list of %.*s", STR_ARG(type->kind->name));
    case TYPE_LIST:
        item = type->item ? type_name(arena, type->item) : STR("any value");
        return str_print(arena, "list of %.*s", STR_ARG(item));
    case TYPE_MAP: return STR("names with values");
    default: return str_of(plain[type->tag]);
    }
}

void list_push(struct arena *arena, struct list *list, struct value value) { LIST_PUSH(arena, list, value); }

struct list *list_with_room(struct arena *arena, size_t room)
{
    struct list *list = NEW(arena, struct list);
    *list = (struct list){ NEWS(arena, struct value, room), 0, room };
    return list;
}

void list_finish(struct arena *arena, struct list *list)
{
    list->at = arena_shrink(arena, list->at, list->room * sizeof *list->at, list->len * sizeof *list->at);
    list->room = list->len;
}

struct record *model_find(const struct model *model, str id) { return map_get(&model->by_id, id); }

struct value record_get(const struct record *record, str name)
{
    const struct field *field = record ? kind_field(record->kind, name) : NULL;
    return field ? record->fields[field->index] : value_null();
}

struct value model_section(const struct model *model, str name) { return record_get(model->root, name); }

str record_title(const struct record *record)
{
    if (record->kind->title) {
        struct value title = record->fields[record->kind->title->index];
        if (title.tag == V_TEXT && title.text.len > 0)
            return title.text;
    }
    return record->id;
}

/* Shared by all absent values of their kind, in read-only memory: whoever fills a list makes one of their own. */
static const struct list     empty_list;
static const struct valuemap empty_map;

struct value value_absent(const struct type *type)
{
    switch (type->tag) {
    case TYPE_TEXT:
    case TYPE_MARKDOWN:
    case TYPE_ENUM:
        return value_text((str){ "", 0 });
    case TYPE_LIST:
    case TYPE_COLLECTION:
        return value_list((struct list *)(uintptr_t)&empty_list);
    case TYPE_MAP:
        return (struct value){ .tag = V_MAP, .map = (struct valuemap *)(uintptr_t)&empty_map };
    case TYPE_RECORD:
        return value_record(type->kind->absent);
    default:
        return value_null();
    }
}

struct record *record_new(struct arena *arena, const struct kind *kind)
{
    size_t size = sizeof(struct record) + kind->nfields * sizeof(struct value);
    struct record *record = arena_take(arena, size, _Alignof(struct record));
    return memcpy(record, kind->absent, size);
}
