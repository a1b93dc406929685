/* SPDX-License-Identifier: MIT */
#include "resolve/schema_packed.h"

#include "base/packing.h"
#include "resolve/schema.h"

enum type_flags { OR_TEXT = 1, LEVEL = 2, IS_ID = 4, UNDECIDED = 8 };
enum field_flags { REQUIRED = 1, COMPUTED = 2, FRONT_ONLY = 4, FRONT_REQUIRED = 8, AUDIENCE_FIXED = 16 };
enum kind_flags { CATALOGUE_ONLY = 1, CATALOGUE_COMPLETE = 2 };

/* ---- writing ---- */

struct writer {
    struct arena *arena;
    struct packer types;
    struct map    numbers; /* the bytes of a type -> its number */
};

static uint64_t kind_number(const struct kind *kind) { return kind ? kind->number + (uint64_t)1 : 0; }

static void pack_pairs(const struct packer *out, const struct tone *pairs, size_t count)
{
    pack_number(out, count);
    for (size_t i = 0; i < count; i++) {
        pack_text(out, pairs[i].word);
        pack_text(out, pairs[i].tone);
    }
}

/* The number of [type], which is written when it is met first; 0 for none. Types that say the same are one. */
static uint64_t type_number(struct writer *w, const struct type *type)
{
    if (!type)
        return 0;
    struct packer packer = packer_new(w->arena), *out = &packer;
    uint64_t item = type_number(w, type->item);
    pack_number(out, type->tag);
    pack_number(out, (type->or_text ? OR_TEXT : 0u) | (type->level ? LEVEL : 0u) | (type->is_id ? IS_ID : 0u) | (type->undecided ? UNDECIDED : 0u));
    pack_number(out, item);
    pack_number(out, kind_number(type->kind));
    pack_number(out, type->ntargets);
    for (size_t i = 0; i < type->ntargets; i++)
        pack_number(out, type->targets[i]->number);
    pack_number(out, type->nwords);
    for (size_t i = 0; i < type->nwords; i++)
        pack_text(out, type->words[i]);
    pack_pairs(out, type->tones, type->ntones);
    pack_pairs(out, type->synonyms, type->nsynonyms);
    str   bytes = str_join2(w->arena, buf_str(packer.numbers), buf_str(packer.texts));
    void *number = (void *)(uintptr_t)(w->numbers.len + 1), *known = map_add(&w->numbers, w->arena, bytes, number);
    if (!known)
        pack_all(&w->types, &packer);
    return (uintptr_t)(known ? known : number);
}

static void pack_field(struct writer *w, const struct packer *out, const struct field *field)
{
    pack_text(out, field->name);
    pack_number(out, type_number(w, field->type));
    pack_number(out, (field->required ? REQUIRED : 0u) | (field->computed ? COMPUTED : 0u) | (field->front_only ? FRONT_ONLY : 0u)
                     | (field->front_required ? FRONT_REQUIRED : 0u) | (field->audience_fixed ? AUDIENCE_FIXED : 0u));
    pack_number(out, field->audience);
    pack_text(out, field->inverse);
    pack_text(out, field->description);
    pack_text(out, field->value);
    pack_text(out, field->default_from);
}

static void pack_kind(struct writer *w, const struct packer *out, const struct kind *kind)
{
    pack_text(out, kind->name);
    pack_text(out, kind->collection);
    pack_text(out, kind->description);
    pack_text(out, kind->prefix);
    pack_text(out, kind->title_of_section);
    pack_number(out, kind->title ? kind->title->index + 1u : 0);
    pack_number(out, (kind->catalogue_only ? CATALOGUE_ONLY : 0u) | (kind->catalogue_complete ? CATALOGUE_COMPLETE : 0u));
    pack_number(out, kind->audience);
    pack_number(out, kind_number(kind->defaults_from));
    pack_number(out, kind->ndeadlines);
    for (size_t i = 0; i < kind->ndeadlines; i++) {
        pack_text(out, kind->deadlines[i].on);
        pack_text(out, kind->deadlines[i].what);
        pack_text(out, kind->deadlines[i].owner);
    }
    pack_number(out, kind->nfields);
    for (size_t i = 0; i < kind->nfields; i++)
        pack_field(w, out, &kind->fields[i]);
}

void schema_pack(struct arena *arena, struct buf *out, const struct schema *schema)
{
    struct writer w = { arena, packer_new(arena), { 0 } };
    struct packer kinds = packer_new(arena), all = packer_new(arena);
    for (size_t i = 0; i < schema->nkinds; i++)
        pack_kind(&w, &kinds, schema->kinds[i]);
    pack_number(&all, schema->nkinds);
    pack_number(&all, schema->root->number);
    pack_number(&all, w.numbers.len);
    pack_all(&all, &w.types);
    pack_all(&all, &kinds);
    packer_end(&all, out);
}

/* ---- reading ---- */

struct reader {
    struct arena   *arena;
    struct unpacker bytes;
    struct schema  *schema;
    struct type    *types; /* types[n - 1] is number n */
};

static size_t count(struct reader *r) { return (size_t)unpack_number(&r->bytes); }

static struct kind *kind_called(struct reader *r)
{
    size_t number = count(r);
    return number ? r->schema->kinds[number - 1] : NULL;
}

static const struct type *type_called(struct reader *r)
{
    size_t number = count(r);
    return number ? &r->types[number - 1] : NULL;
}

static const struct tone *read_pairs(struct reader *r, size_t *n)
{
    *n = count(r);
    struct tone *pairs = *n ? NEWS(r->arena, struct tone, *n) : NULL;
    for (size_t i = 0; i < *n; i++) {
        pairs[i].word = unpack_text(&r->bytes);
        pairs[i].tone = unpack_text(&r->bytes);
    }
    return pairs;
}

static void read_targets(struct reader *r, struct type *type)
{
    type->ntargets = count(r);
    type->targets = type->ntargets ? NEWS(r->arena, const struct kind *, type->ntargets) : NULL;
    for (size_t i = 0; i < type->ntargets; i++)
        type->targets[i] = r->schema->kinds[count(r)];
}

static void read_words(struct reader *r, struct type *type)
{
    type->nwords = count(r);
    str *words = type->nwords ? NEWS(r->arena, str, type->nwords) : NULL;
    for (size_t i = 0; i < type->nwords; i++)
        words[i] = unpack_text(&r->bytes);
    type->words = words;
}

static void read_type(struct reader *r, struct type *type)
{
    type->tag = (enum type_tag)count(r);
    size_t flags = count(r);
    type->or_text = flags & OR_TEXT;
    type->level = flags & LEVEL;
    type->is_id = flags & IS_ID;
    type->undecided = flags & UNDECIDED;
    type->item = type_called(r);
    type->kind = kind_called(r);
    read_targets(r, type);
    read_words(r, type);
    type->tones = read_pairs(r, &type->ntones);
    type->synonyms = read_pairs(r, &type->nsynonyms);
}

static void read_field(struct reader *r, struct field *field)
{
    field->name = unpack_text(&r->bytes);
    field->type = type_called(r);
    size_t flags = count(r);
    field->required = flags & REQUIRED;
    field->computed = flags & COMPUTED;
    field->front_only = flags & FRONT_ONLY;
    field->front_required = flags & FRONT_REQUIRED;
    field->audience_fixed = flags & AUDIENCE_FIXED;
    field->audience = (uint8_t)count(r);
    field->inverse = unpack_text(&r->bytes);
    field->description = unpack_text(&r->bytes);
    field->value = unpack_text(&r->bytes);
    field->default_from = unpack_text(&r->bytes);
}

static void read_fields(struct reader *r, struct kind *kind)
{
    kind->nfields = count(r);
    kind->fields = NEWS(r->arena, struct field, kind->nfields);
    map_reserve(&kind->by_name, r->arena, kind->nfields);
    for (size_t i = 0; i < kind->nfields; i++) {
        struct field *field = &kind->fields[i];
        read_field(r, field);
        field->index = (uint32_t)i;
        map_set(&kind->by_name, r->arena, field->name, field);
    }
}

static void read_kind(struct reader *r, struct kind *kind)
{
    kind->name = unpack_text(&r->bytes);
    kind->collection = unpack_text(&r->bytes);
    kind->description = unpack_text(&r->bytes);
    kind->prefix = unpack_text(&r->bytes);
    kind->title_of_section = unpack_text(&r->bytes);
    size_t title = count(r), flags = count(r);
    kind->catalogue_only = flags & CATALOGUE_ONLY;
    kind->catalogue_complete = flags & CATALOGUE_COMPLETE;
    kind->audience = (uint8_t)count(r);
    kind->defaults_from = kind_called(r);
    kind->ndeadlines = count(r);
    kind->deadlines = kind->ndeadlines ? NEWS(r->arena, struct deadline, kind->ndeadlines) : NULL;
    for (size_t i = 0; i < kind->ndeadlines; i++) {
        kind->deadlines[i].on = unpack_text(&r->bytes);
        kind->deadlines[i].what = unpack_text(&r->bytes);
        kind->deadlines[i].owner = unpack_text(&r->bytes);
    }
    read_fields(r, kind);
    kind->title = title ? &kind->fields[title - 1] : NULL;
}

struct schema *schema_unpack(struct arena *arena, str bytes)
{
    struct reader r = { .arena = arena, .bytes = unpacker_of(bytes), .schema = NEW(arena, struct schema) };
    struct schema *schema = r.schema;
    schema->nkinds = count(&r);
    schema->kinds = NEWS(arena, struct kind *, schema->nkinds);
    struct kind *kinds = NEWS(arena, struct kind, schema->nkinds);
    map_reserve(&schema->by_name, arena, schema->nkinds);
    for (size_t i = 0; i < schema->nkinds; i++) {
        schema->kinds[i] = &kinds[i];
        kinds[i].number = (uint32_t)i;
    }
    schema->root = schema->kinds[count(&r)];
    size_t ntypes = count(&r);
    r.types = NEWS(arena, struct type, ntypes);
    for (size_t i = 0; i < ntypes; i++)
        read_type(&r, &r.types[i]);
    for (size_t i = 0; i < schema->nkinds; i++) {
        read_kind(&r, &kinds[i]);
        map_set(&schema->by_name, arena, kinds[i].name, &kinds[i]);
    }
    schema_finish(arena, schema);
    return schema;
}
