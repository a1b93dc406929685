/* SPDX-License-Identifier: MIT */
/* The built-in rules are what their YAML says, as a project with --data reads it: nothing is lost when they are packed, or made anew. */
#include "resolve/rules_packed.h"

#include "load/resource.h"
#include "model/model.h"
#include "parse/yaml.h"
#include "resolve/rulefile.h"
#include "support.h"

static str packed(const struct rules *rules)
{
    struct buf *out = buf_new(&arena);
    rules_pack(&arena, out, rules);
    return buf_str(out);
}

/* The rules of all files that are built in, and of [more] as the project's. */
static struct rules read_rules(const char *more)
{
    struct rules rules = { 0 };
    bool readable;
    for (size_t i = 0; i <= embedded_count; i++) {
        const struct resource *file = i < embedded_count ? &embedded[i] : &(struct resource){ "schema/rules/", more, strlen(more), NULL, 0 };
        if (!str_starts(str_of(file->path), STR("schema/rules/")))
            continue;
        struct source *source = add_source(file->path, (str){ file->bytes, file->len });
        rulefile_read(&arena, &findings, yaml_parse(&arena, &findings, source, 0, (uint32_t)file->len, &readable), i == embedded_count, true, &rules);
    }
    rulefile_link(&arena, &findings, &rules);
    return rules;
}

static void packed_and_read_are_the_same(void **state)
{
    (void)state;
    struct rules read = read_rules(""), unpacked = rules_unpack(&arena, embedded_rules);
    assert_true(read.list.len > 300);
    assert_true(str_eq(packed(&read), embedded_rules));
    assert_true(str_eq(packed(&unpacked), embedded_rules));
    assert_int_equal(unpacked.linked, read.list.len);
    assert_int_equal(unpacked.by_id.len, read.by_id.len);
    assert_int_equal(unpacked.by_code.len, read.by_code.len);
    assert_int_equal(findings.list.len, 0);
}

/* Every kind of parameter, and all that a rule may have. */
static void every_part_survives(void **state)
{
    (void)state;
    struct rules read = read_rules("- id: T-1\n  name: first\n  severity: minor\n  yields: [5.1-01]\n  for: risk in risks\n  each: a in risk.actions\n  given: 'true'\n"
                                   "  let: {a: '1', b: '2'}\n  when: a < b\n  assert: b > a\n  at: risk.id\n  message: Is {a}.\n  why: So.\n  fix: Do.\n"
                                   "  params: {whole: -3, part: 0.5, word: w, list: [1, b, [2.5]]}\n  also: [{at: risk.owner, label: here}]\n");
    assert_int_equal(findings.list.len, 0);
    str bytes = packed(&read);
    struct rules again = rules_unpack(&arena, bytes);
    assert_true(str_eq(packed(&again), bytes));
    const struct rule *rule = map_get(&again.by_id, STR("first"));
    assert_str(rule->id, "T-1");
    assert_str(rule->lets[1].value.text, "2");
    assert_str(rule->also[0].label.text, "here");
    assert_str(rule->yields[0].text, "5.1-01");
    assert_int_equal(rule->params->at[0].value.i, -3);
    assert_true(rule->params->at[1].value.d > 0.4 && rule->params->at[1].value.d < 0.6);
    assert_int_equal(rule->params->at[3].value.list->len, 3);
}

static void words_are_found_in_expressions(void **state)
{
    (void)state;
    struct rules read = read_rules("- {id: T-1, severity: minor, assert: a, message: Nothing., why: passages}\n- {id: T-2, severity: minor, assert: passages, message: It.}\n"
                                   "- {id: T-3, severity: minor, assert: a, let: {a: size(passages)}, message: It.}\n- {id: T-4, severity: minor, assert: a, message: 'It {passages}.'}\n");
    assert_false(rule_names(map_get(&read.by_id, STR("T-1")), STR("passages")));
    assert_true(rule_names(map_get(&read.by_id, STR("T-2")), STR("passages")));
    assert_true(rule_names(map_get(&read.by_id, STR("T-3")), STR("passages")));
    assert_true(rule_names(map_get(&read.by_id, STR("T-4")), STR("passages")));
}

int main(void)
{
    const struct CMUnitTest tests[] = { TEST(packed_and_read_are_the_same), TEST(every_part_survives), TEST(words_are_found_in_expressions) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
