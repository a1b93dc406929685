/* SPDX-License-Identifier: MIT */
#include "resolve/brandfile.h"

#include "model/fields.h"
#include "parse/text.h"
#include "parse/yaml.h"
#include "resolve/bind.h"

struct record *brandfile_read(struct arena *arena, struct findings *findings, struct sources *sources, const struct model *model, struct source *source)
{
    struct model own = *model; /* nothing in a brand refers to records, and no record to it */
    struct resolver r = { .arena = arena, .waiting = arena, .scratch = arena, .findings = findings, .sources = sources, .model = &own, .schema = model->schema };
    bool readable = true;
    text_check(arena, findings, source, true);
    const struct node *tree = yaml_parse(arena, findings, source, 0, (uint32_t)source->bytes.len, &readable);
    if (!tree)
        return NULL;
    struct record *record = record_new(arena, model->schema->kinds[KIND_brand]);
    record->written = true;
    record->span = (struct span){ source->number, 0, 0 };
    struct place_in place = { NULL, STR("brand"), NULL, NULL };
    if (tree->type == NODE_MAPPING)
        bind_fields(&r, &place, record, tree, FIELDS_OF_SOURCE);
    else
        bind_wrong_keys(&r, &place, record->kind, tree);
    return record;
}
