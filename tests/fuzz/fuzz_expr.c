/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as an expression and as a text with expressions: they compile or have a problem inside the text,
 * and what compiles evaluates, prints and becomes JSON within its limit.
 */
#include <assert.h>
#include <stdlib.h>

#include "../unit/query_fixture.h"
#include "base/buf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { COST = 100 * 1000 };

static struct query_run run_in(struct fixture *f)
{
    return (struct query_run){ .arena = f->arena, .model = &f->model, .slots = f->slots, .limit = COST };
}

static void check_problem(const struct query_problem *problem, str text)
{
    assert(problem->message.len > 0);
    assert(problem->begin <= problem->end && problem->end <= text.len);
}

static void as_expression(struct fixture *f, str text)
{
    struct query_problem problem;
    struct query_run run = run_in(f);
    struct record *record;
    const struct field *field;
    struct expr *expr = expr_compile(f->arena, &f->schema, &f->scope, text, &problem);
    if (!expr) {
        check_problem(&problem, text);
        return;
    }
    struct value value = expr_eval(expr, &run);
    /* A value is equal to itself unless something in it is broken, and stands beside itself in order. */
    assert(value_compare(value, value) == 0);
    value_print(f->arena, value);
    struct buf *out = buf_new(f->arena);
    value_json(out, value);
    expr_place(expr, &run, &record, &field);
}

static void as_text(struct fixture *f, str text)
{
    struct query_problem problem;
    struct query_run run = run_in(f);
    struct expr_text *compiled = text_compile(f->arena, &f->schema, &f->scope, text, &problem);
    if (compiled)
        text_eval(compiled, &run);
    else
        check_problem(&problem, text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct memory memory;
    static struct arena arena;
    static struct fixture fixture;
    memory = (struct memory){ .limit = (size_t)256 << 20 };
    if (setjmp(memory.escape) == 0) {
        arena_init(&arena, &memory);
        fixture_init(&fixture, &arena);
        str text = str_copy(&arena, (str){ (const char *)data, size });
        as_expression(&fixture, text);
        as_text(&fixture, text);
    }
    arena_close(&arena);
    return 0;
}
