/* SPDX-License-Identifier: MIT */
#include "resolve/schema.h"

#include "load/resource.h"
#include "model/fields.h"
#include "model/model.h"
#include "parse/yaml.h"
#include "resolve/schema_packed.h"
#include "support.h"

static struct schema *schema;

static int build(void **state)
{
    set_up(state);
    schema = schema_unpack(&arena, embedded_schema);
    return 0;
}

static str packed(const struct schema *some)
{
    struct buf *out = buf_new(&arena);
    schema_pack(&arena, out, some);
    return buf_str(out);
}

/* What is built in is what the JSON says, as a project with --data reads it, and nothing is lost on the way. */
static void packed_and_built_are_the_same(void **state)
{
    (void)state;
    const struct resource *file = resource_find(STR("schema/isms.schema.json"));
    struct source *source = add_source("isms.schema.json", (str){ file->bytes, file->len });
    bool readable;
    const struct schema *built = schema_build(&arena, yaml_parse(&arena, &findings, source, 0, (uint32_t)file->len, &readable));
    assert_true(str_eq(packed(built), embedded_schema));
    assert_true(str_eq(packed(schema), embedded_schema));
    assert_int_equal(schema->root->number, KIND_isms);
    for (size_t i = 0; i < built->nkinds; i++)
        for (size_t k = 0; k < built->kinds[i]->nfields; k++) {
            struct value a = built->kinds[i]->absent->fields[k], b = schema->kinds[i]->absent->fields[k];
            assert_int_equal(a.tag, b.tag);
            if (a.tag == V_RECORD)
                assert_str(a.record->kind->name, str_c(&arena, b.record->kind->name));
        }
}

/* The numbers C was compiled with are those of the schema that is built in. */
static void names_have_the_numbers_of_fields_h(void **state)
{
    (void)state;
    static const struct { size_t kind, field; const char *kind_name, *field_name; } some[] = {
        { KIND_isms, F_isms_risks, "isms", "risks" },
        { KIND_isms, F_isms_document_types, "isms", "document_types" },
        { KIND_control, F_control_source, "control", "source" },
        { KIND_control, F_control_supersedes, "control", "supersedes" },
        { KIND_checks, F_checks_disabled, "checks", "disabled" },
        { KIND_certification, F_certification_stage, "certification", "stage" },
    };
    for (size_t i = 0; i < COUNT(some); i++) {
        assert_str(schema->kinds[some[i].kind]->name, some[i].kind_name);
        assert_str(schema->kinds[some[i].kind]->fields[some[i].field].name, some[i].field_name);
    }
}

static void every_kind_is_whole(void **state)
{
    (void)state;
    assert_true(schema->nkinds > 40);
    for (size_t i = 0; i < schema->nkinds; i++) {
        const struct kind *kind = schema->kinds[i];
        assert_int_equal(kind->number, i);
        assert_str(kind->fields[0].name, "id");
        assert_non_null(kind->absent);
        for (size_t k = 0; k < kind->nfields; k++) {
            assert_int_equal(kind->fields[k].index, k);
            assert_ptr_equal(kind_field(kind, kind->fields[k].name), &kind->fields[k]);
        }
    }
    assert_null(kind_field(schema->kinds[KIND_risk], STR("titel")));
    assert_ptr_equal(schema->front_matter, schema->kinds[KIND_document]);
}

static void check_type(const struct kind *kind, const struct field *field, const struct type *type)
{
    switch (type->tag) {
    case TYPE_REF:
        if (type->ntargets == 0)
            fail_msg("%.*s.%.*s refers to nothing", STR_ARG(kind->name), STR_ARG(field->name));
        for (size_t i = 0; i < type->ntargets && field->inverse.len; i++)
            if (!kind_field(type->targets[i], field->inverse))
                fail_msg("%.*s has no list %.*s", STR_ARG(type->targets[i]->name), STR_ARG(field->inverse));
        break;
    case TYPE_ENUM:
        assert_true(type->nwords > 0);
        break;
    case TYPE_LIST:
    case TYPE_MAP:
        assert_non_null(type->item);
        check_type(kind, field, type->item);
        break;
    case TYPE_RECORD:
    case TYPE_COLLECTION:
        assert_non_null(type->kind);
        break;
    default:
        break;
    }
}

static void every_type_is_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < schema->nkinds; i++)
        for (size_t k = 1; k < schema->kinds[i]->nfields; k++)
            check_type(schema->kinds[i], &schema->kinds[i]->fields[k], schema->kinds[i]->fields[k].type);
}

/* The manual and editors show these texts. */
static void every_field_is_described(void **state)
{
    (void)state;
    for (size_t i = 0; i < schema->nkinds; i++)
        for (size_t k = 0; k < schema->kinds[i]->nfields; k++)
            if (schema->kinds[i]->fields[k].description.len < 4)
                fail_msg("%.*s.%.*s has no description", STR_ARG(schema->kinds[i]->name), STR_ARG(schema->kinds[i]->fields[k].name));
}

static void details(void **state)
{
    (void)state;
    const struct kind *risk = schema->kinds[KIND_risk], *control = schema->kinds[KIND_control];
    assert_str(risk->collection, "risks");
    assert_str(risk->title->name, "title");
    assert_int_equal(kind_field(risk, STR("owner"))->type->ntargets, 2);
    assert_true(kind_field(control, STR("risks"))->computed);
    assert_true(kind_field(control, STR("applicable"))->type->undecided);
    assert_true(kind_field(schema->kinds[KIND_audit], STR("auditors"))->type->item->or_text);
    assert_true(kind_field(schema->kinds[KIND_person], STR("name"))->required);
    assert_true(schema->kinds[KIND_document_type]->catalogue_only);
}

#define ON_SCHEMA(f) cmocka_unit_test_setup_teardown(f, build, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = { ON_SCHEMA(names_have_the_numbers_of_fields_h), ON_SCHEMA(every_kind_is_whole), ON_SCHEMA(every_type_is_whole),
                                        ON_SCHEMA(packed_and_built_are_the_same), ON_SCHEMA(every_field_is_described), ON_SCHEMA(details) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
