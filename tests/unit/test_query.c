/* SPDX-License-Identifier: MIT */
/* What expressions evaluate to: a table of expression and value as JSON, or "! reason" where it can not be computed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "query_fixture.h"

static struct memory memory;
static struct arena arena;
static struct fixture fixture;

struct row { const char *expr, *value; };

static struct expr *compile(const char *text)
{
    struct query_problem problem = { .message = STR("") };
    struct expr *expr = expr_compile(&arena, &fixture.schema, &fixture.scope, str_of(text), &problem);
    if (!expr)
        fail_msg("%s does not compile: %.*s", text, STR_ARG(problem.message));
    return expr;
}

static struct query_run fresh_run(void)
{
    return (struct query_run){ .arena = &arena, .model = &fixture.model, .slots = fixture.slots, .limit = LIMIT_EXPR_COST };
}

static struct value eval(const char *text)
{
    struct query_run run = fresh_run();
    return expr_eval(compile(text), &run);
}

static char *shown(struct value value)
{
    if (value.tag == V_BROKEN)
        return str_c(&arena, str_print(&arena, "! %.*s", STR_ARG(value.text)));
    struct buf *out = buf_new(&arena);
    value_json(out, value);
    return str_c(&arena, buf_str(out));
}

static void check_rows(const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char *value = shown(eval(rows[i].expr));
        if (strcmp(value, rows[i].value) != 0)
            fail_msg("%s\n  gives    %s\n  expected %s", rows[i].expr, value, rows[i].value);
    }
}

#define CHECK(rows) check_rows(rows, sizeof(rows) / sizeof *(rows))

static void literals(void **state)
{
    static const struct row rows[] = {
        { "1", "1" }, { "0x1F", "31" }, { "-0x10", "-16" }, { "007", "7" },
        { "9223372036854775807", "9223372036854775807" }, { "-9223372036854775808", "-9223372036854775808" },
        { "1.5", "1.5" }, { ".5", "0.5" }, { "1e3", "1000" }, { "-2.5E-1", "-0.25" }, { "0.1", "0.1" },
        { "true", "true" }, { "false", "false" }, { "null", "null" },
        { "\"a\"", "\"a\"" }, { "'a'", "\"a\"" }, { "''", "\"\"" }, { "'it\\'s'", "\"it's\"" },
        { "\"\"\"a \"quoted\" word\nand a line\"\"\"", "\"a \\\"quoted\\\" word\\nand a line\"" },
        { "'''it's'''", "\"it's\"" }, { "''''''", "\"\"" }, { "r'\\d+'", "\"\\\\d+\"" }, { "R\"\"\"\\n\"\"\"", "\"\\\\n\"" },
        { "'\\a\\b\\f\\n\\r\\t\\v\\\\\\?\\\"\\'\\`'", "\"\\u0007\\u0008\\u000c\\n\\u000d\\u0009\\u000b\\\\?\\\"'`\"" },
        { "'\\x41\\X42\\u00e9\\U0001F600\\101'", "\"AB\xC3\xA9\xF0\x9F\x98\x80" "A\"" },
        { "[]", "[]" }, { "[1, 'a', null,]", "[1,\"a\",null]" }, { "{}", "{}" },
        { "{'a': 1, 'b': [2],}", "{\"a\":1,\"b\":[2]}" }, { "{'a': 1, 'a': 2}", "! a key stands twice in the map" },
        { "1 // a comment", "1" }, { "// first\n 2", "2" }, { " \t\n1\r\n", "1" },
    };
    (void)state;
    CHECK(rows);
}

static void arithmetic(void **state)
{
    static const struct row rows[] = {
        { "1 + 2 * 3", "7" }, { "(1 + 2) * 3", "9" }, { "7 - 2 - 1", "4" }, { "7 / 2", "3" }, { "-7 / 2", "-3" }, { "-7 % 3", "-1" },
        { "7 % -3", "1" }, { "2.0 * 3", "6" }, { "7 / 2.0", "3.5" }, { "1 + 0.5", "1.5" }, { "-(3)", "-3" }, { "- 3 + 4", "1" },
        { "--3", "3" }, { "1 / 0", "! division by zero" }, { "1 % 0", "! division by zero" }, { "1.0 / 0", "! division by zero" },
        { "9223372036854775807 + 1", "! the number is too large" }, { "-9223372036854775808 - 1", "! the number is too large" },
        { "9223372036854775807 * 2", "! the number is too large" }, { "-(-9223372036854775808)", "! the number is too large" },
        { "-9223372036854775808 / -1", "! the number is too large" }, { "-9223372036854775808 % -1", "! the number is too large" },
        { "1e308 * 10", "! the number is too large" }, { "abs(-3)", "3" }, { "abs(-2.5)", "2.5" },
        { "abs(-9223372036854775808)", "! the number is too large" },
        { "'a' + 'b'", "\"ab\"" }, { "[1] + [2, 3]", "[1,2,3]" }, { "[] + []", "[]" },
    };
    (void)state;
    CHECK(rows);
}

static void comparison(void **state)
{
    static const struct row rows[] = {
        { "1 == 1.0", "true" }, { "1 != 1.5", "true" }, { "1 < 1.5", "true" }, { "2 > 1.5", "true" }, { "1 <= 1", "true" },
        { "9007199254740993 == 9007199254740992.0", "false" }, { "9007199254740993 > 9007199254740992.0", "true" },
        { "9223372036854775807 < 9223372036854775808.0", "true" }, { "-9223372036854775808 > -1e300", "true" },
        { "'a' < 'b'", "true" }, { "'A' < 'a'", "true" }, { "'A.5.10' < 'A.5.2'", "true" }, { "false < true", "true" },
        { "[1, 2] == [1.0, 2.0]", "true" }, { "[1] == [1, 2]", "false" }, { "[[1]] == [[1]]", "true" },
        { "{'a': 1, 'b': 2} == {'b': 2.0, 'a': 1}", "true" }, { "{'a': 1} != {'a': 2}", "true" },
        { "null == null", "true" }, { "1 == null", "false" }, { "null != 'a'", "true" },
        { "dyn(1) == 'a'", "false" }, { "dyn(1) < 'a'", "! wrong type" },
        { "1 in [1, 2]", "true" }, { "1.0 in [1, 2]", "true" }, { "3 in [1, 2]", "false" }, { "'a' in {'a': 1}", "true" },
        { "'b' in {'a': 1}", "false" }, { "1 in []", "false" }, { "1 < 2 == true", "true" },
        { "true ? 1 : 2", "1" }, { "false ? 1 : true ? 2 : 3", "2" }, { "true ? 1 : 1 / 0", "1" }, { "1 / 0 > 0 ? 1 : 2", "! division by zero" },
    };
    (void)state;
    CHECK(rows);
}

/* CEL: an operand that decides makes errors in the others unimportant, on either side. */
static void absorption(void **state)
{
    static const struct row rows[] = {
        { "false && 1 / 0 > 0", "false" }, { "1 / 0 > 0 && false", "false" }, { "true || 1 / 0 > 0", "true" }, { "1 / 0 > 0 || true", "true" },
        { "true && 1 / 0 > 0", "! division by zero" }, { "1 / 0 > 0 || false", "! division by zero" }, { "!(1 / 0 > 0)", "! division by zero" },
        { "1 / 0 > 0 && true && false", "false" }, { "true && true && true", "true" }, { "false || false || true", "true" },
        { "[0, 1].exists(x, 1 / x > 0)", "true" }, { "[0, 1].all(x, 1 / x > 1)", "false" }, { "[0, 1].all(x, 1 / x > 0)", "! division by zero" },
        { "[0].exists(x, 1 / x > 0)", "! division by zero" }, { "[0, 1].exists_one(x, 1 / x > 0)", "! division by zero" },
        { "[0, 1].filter(x, 1 / x > 0)", "[1]" }, { "[0, 1].map(x, 1 / x)", "! division by zero" },
        { "[0, 1].map(x, 1 / x > 0, x)", "[1]" }, { "[1 / 0]", "! division by zero" }, { "{'a': 1 / 0}", "! division by zero" },
        { "[1 / 0] == []", "! division by zero" },
        { "dyn(1) && false", "false" }, { "dyn(1) && true", "! wrong type" }, { "dyn(null) || false", "! no value" },
    };
    (void)state;
    CHECK(rows);
}

/* What the check beforehand can not see is seen at run time. */
static void unknown_types(void **state)
{
    static const struct row rows[] = {
        { "dyn(risks)['R-002'].title", "\"Flood\"" }, { "dyn(risks)['R-009']", "! no such record" }, { "dyn(risk).title", "\"Ransomware\"" },
        { "dyn(risk).nothing", "null" }, { "dyn(1).x", "! wrong type" }, { "dyn(null).x", "! no value" }, { "dyn(risk)['x-cost']", "900" },
        { "dyn([1])[dyn('a')]", "! no such record" }, { "dyn([1])[dyn(true)]", "! wrong type" }, { "dyn(null)[0]", "! no value" }, { "dyn(1)[0]", "! wrong type" },
        { "risks[dyn(1)].id", "\"R-002\"" }, { "risks[dyn('R-002')].id", "\"R-002\"" }, { "risks['R-' + '002'].id", "\"R-002\"" }, { "[1, 2][1 / 0]", "! division by zero" },
        { "dyn('a') - 1", "! wrong type" }, { "dyn(1) - dyn(null)", "! no value" }, { "dyn('a') / 2", "! wrong type" }, { "dyn('a') % 2", "! wrong type" }, { "dyn('a') * 2", "! wrong type" },
        { "-dyn('a')", "! wrong type" }, { "-dyn(1.5)", "-1.5" }, { "dyn(1) in dyn(1)", "! wrong type" }, { "dyn(1) in dyn({'a': 1})", "! wrong type" }, { "1 / 0 in [1]", "! division by zero" },
        { "dyn(1).startsWith('a')", "! wrong type" }, { "dyn(null).startsWith('a')", "! no value" }, { "dyn(1).matches('a')", "! wrong type" },
        { "dyn(1).all(x, true)", "! wrong type" }, { "dyn(1).map(x, x)", "! wrong type" }, { "dyn(1).filter(x, true)", "! wrong type" },
        { "dyn(1).exists_one(x, true)", "! wrong type" }, { "sort_by(dyn(1), x, x)", "! wrong type" }, { "[1].exists(x, dyn(x))", "! wrong type" },
        { "1 == 1 / 0", "! division by zero" }, { "dyn(1) ? 1 : 2", "! wrong type" }, { "!dyn(1)", "! wrong type" }, { "{dyn(1): 1}", "! wrong type" },
        { "has(dyn(risk).title)", "true" }, { "has(dyn(risk).nothing)", "false" }, { "has(dyn(1).x)", "! wrong type" }, { "has(dyn(null).x)", "false" },
        { "min([dyn(1), 'a'])", "! wrong type" }, { "flatten([dyn(1), [2]])", "[1,2]" }, { "timestamp(dyn(1))", "! wrong type" }, { "abs(5)", "5" },
        { "(true ? risks[0] : controls[0]).title", "\"Ransomware\"" }, { "(true ? audits[0] : risks[0]).title", "null" }, { "[risk, controls[1]].map(x, x.title)", "[\"Ransomware\",\"Roles\"]" },
    };
    (void)state;
    CHECK(rows);
}

/* One order over all values, for sorting. */
static void order(void **state)
{
    static const struct row rows[] = {
        { "[today, 'b', 2, null, true, [1], 'a', 1.5, {'a': 1}, type(1)].sort_by(x, x)", "[null,true,1.5,2,\"a\",\"b\",\"2026-03-31\",[1],{\"a\":1},\"int\"]" },
        { "[[2], [1, 5], [1], []].sort_by(x, x)", "[[],[1],[1,5],[2]]" }, { "[{'b': 1}, {'a': 2}, {'a': 1}, {}].sort_by(x, x)", "[{},{\"a\":1},{\"a\":2},{\"b\":1}]" },
        { "[2.5, 1.5, 2].sort_by(x, x)", "[1.5,2,2.5]" }, { "[false, true, false].sort_by(x, !x)", "[true,false,false]" },
        { "reverse(risks).sort_by(r, r).map(r, r.id)", "[\"R-001\",\"R-002\",\"R-003\"]" },
        { "[duration('1 year'), duration('30 days'), duration('1 month')].sort_by(x, x)", "[\"30 days\",\"1 month\",\"1 year\"]" },
        { "risks.sort_by(r, r.owner).map(r, r.id)", "[\"R-002\",\"R-001\",\"R-003\"]" }, { "[null, 1 == 1].sort_by(x, x)", "[null,true]" },
        { "unique([today, today, null, null, true, true, {'a': 1}, {'a': 1.0}, risk, risk, duration('12 months'), duration('1 year'), 0.5, 0.5])",
          "[\"2026-03-31\",null,true,{\"a\":1},{\"id\":\"R-001\",\"title\":\"Ransomware\",\"owner\":\"ceo\",\"controls\":[\"A.5.1\",\"A.5.2\"],\"inherent\":{\"likelihood\":3,\"impact\":5,"
          "\"level\":\"High\",\"score\":15},\"residual\":{\"likelihood\":1,\"impact\":5,\"level\":\"Low\",\"score\":5},\"tags\":[\"cloud\",\"crime\"],\"identified_on\":\"2026-01-31\","
          "\"interval\":\"1 year\",\"x-cost\":900},\"1 year\",0.5]" },
        { "{'a': [risks[2].owner == null]} == {'b': 1}", "! unresolved" },
    };
    (void)state;
    CHECK(rows);
}

static void macros(void **state)
{
    static const struct row rows[] = {
        { "[1, 2, 3].all(x, x > 0)", "true" }, { "[].all(x, false)", "true" }, { "[].exists(x, true)", "false" },
        { "[1, 2, 3].exists_one(x, x > 2)", "true" }, { "[1, 2, 3].exists_one(x, x > 1)", "false" },
        { "[1, 2, 3].filter(x, x != 2)", "[1,3]" }, { "[1, 2, 3].map(x, x * x)", "[1,4,9]" }, { "[1, 2, 3].map(x, x > 1, x * 10)", "[20,30]" },
        { "{'a': 1, 'b': 2}.exists(k, k == 'b')", "true" }, { "{'a': 1, 'b': 2}.map(k, k + '!')", "[\"a!\",\"b!\"]" },
        { "[1, 2].map(x, [10, 20].map(y, x + y))", "[[11,21],[12,22]]" }, { "[1, 2].exists(x, [2, 3].exists(x, x == 3))", "true" },
        { "[[1], [2, 3]].map(x, x.map(y, y + size(x)))", "[[2],[4,5]]" },
        { "sort_by([3, 1, 2], x, x)", "[1,2,3]" }, { "[3, 1, 2].sort_by(x, -x)", "[3,2,1]" },
        { "['A.5.10', 'A.5.2', 'A.5.1'].sort_by(x, x)", "[\"A.5.1\",\"A.5.2\",\"A.5.10\"]" },
        { "[['b', 1], ['a', 1], ['c', 0]].sort_by(x, x[1]).map(x, x[0])", "[\"c\",\"b\",\"a\"]" },
        { "[2, 0, 1].sort_by(x, 1 / x)", "[2,1,0]" }, { "[].sort_by(x, x)", "[]" },
        { "controls.sort_by(c, c.due).map(c, c.id)", "[\"A.5.1\",\"A.5.10\",\"A.5.2\"]" },
    };
    (void)state;
    CHECK(rows);
}

static void functions_of_texts(void **state)
{
    static const struct row rows[] = {
        { "size('a\xC3\xA9\xF0\x9F\x98\x80')", "3" }, { "'abc'.size()", "3" }, { "'abc'.contains('bc')", "true" }, { "'abc'.contains('')", "true" },
        { "'MET-1'.mentions('MET-1')", "true" }, { "'MET-10 and MET-1.'.mentions('MET-1')", "true" }, { "'MET-10, XMET-1'.mentions('MET-1')", "false" },
        { "'A.5.1.2 and B-A.5.1'.mentions('A.5.1')", "false" }, { "'(A.5.1)'.mentions('A.5.1')", "true" }, { "'A.5.1...'.mentions('A.5.1')", "true" },
        { "'-R-1- .R-1.'.mentions('R-1')", "true" }, { "'R-1'.mentions('')", "false" }, { "''.mentions('R-1')", "false" },
        { "'abc'.startsWith('ab')", "true" }, { "'abc'.endsWith('bc')", "true" }, { "'abc'.endsWith('xabc')", "false" },
        { "'ABC d'.lowerAscii()", "\"abc d\"" }, { "'abc \xC3\xA9'.upperAscii()", "\"ABC \xC3\xA9\"" }, { "'  a b '.trim()", "\"a b\"" },
        { "'a,b,,c'.split(',')", "[\"a\",\"b\",\"\",\"c\"]" }, { "'a'.split(',')", "[\"a\"]" }, { "''.split(',')", "[\"\"]" },
        { "'a,'.split(',')", "[\"a\",\"\"]" }, { "'a\xC3\xA9" "b'.split('')", "[\"a\",\"\xC3\xA9\",\"b\"]" }, { "''.split('')", "[]" },
        { "'banana'.replace('an', 'o')", "\"booa\"" }, { "'abc'.replace('', 'x')", "\"abc\"" }, { "'aaa'.replace('a', '')", "\"\"" },
        { "'abc'.matches('b')", "true" }, { "matches('abc', '^b')", "false" }, { "'abc'.matches('a' + '.c')", "true" },
        { "'a'.matches('(' + 'a')", "! the pattern has a ( that is never closed" },
        { "'a' in 'a,b'.split(',')", "true" },
    };
    (void)state;
    CHECK(rows);
}

static void functions_of_lists(void **state)
{
    static const struct row rows[] = {
        { "size([1, 2])", "2" }, { "[].size()", "0" }, { "size({'a': 1})", "1" },
        { "join(['a', 'b'], ', ')", "\"a, b\"" }, { "['a', 'b'].join()", "\"ab\"" }, { "join([1, true, timestamp('2026-01-31')], '/')", "\"1/yes/2026-01-31\"" },
        { "join([], ', ')", "\"\"" }, { "unique([1, 2, 1.0, 'a', 'a', [1], [1.0]])", "[1,2,\"a\",[1]]" }, { "reverse([1, 2, 3])", "[3,2,1]" },
        { "flatten([[1], [2, 3], []])", "[1,2,3]" }, { "sum([1, 2, 3])", "6" }, { "sum([1, 0.5])", "1.5" }, { "sum([])", "0" },
        { "sum([9223372036854775807, 1])", "! the number is too large" }, { "sum(dyn([1, null]))", "! no value" }, { "sum(dyn(['a']))", "! wrong type" },
        { "texts(risks[0])", "[\"Ransomware\",\"cloud\",\"crime\"]" }, { "texts(audits[0])", "[\"Outside Ltd\",\"Outside Ltd\"]" }, { "texts(controls['A.5.10'])", "[]" },
        { "range(3)", "[0,1,2]" }, { "range(0)", "[]" }, { "range(-1)", "[]" }, { "range(1000000000000)", "! too much work" },
        { "string(sum([duration('1 day'), duration('2 days')]))", "\"3 days\"" },
        { "min([3, 1, 2])", "1" }, { "max([3, 1.5, 2])", "3" }, { "max(['A.5.2', 'A.5.10'])", "\"A.5.10\"" }, { "min([])", "! the list is empty" },
        { "max([timestamp('2026-01-01'), timestamp('2026-02-01')])", "\"2026-02-01\"" }, { "max(controls.map(c, c.due))", "! no value" },
        { "max(controls.filter(c, has(c.due)).map(c, c.due))", "\"2026-06-30\"" },
        { "[1, 2][0]", "1" }, { "[1, 2][2]", "! the index is out of range" }, { "[1, 2][-1]", "! the index is out of range" },
        { "{'a': 1}['a']", "1" }, { "{'a': 1}.a", "1" }, { "{'a': 1}.b", "! no such key" }, { "{'a': 1}['b']", "! no such key" },
        { "{'a': 1}['a' + '']", "1" }, { "has({'a': null}.a)", "true" }, { "has({'a': 1}.b)", "false" },
    };
    (void)state;
    CHECK(rows);
}

static void dates(void **state)
{
    static const struct row rows[] = {
        { "timestamp('2026-01-31')", "\"2026-01-31\"" }, { "timestamp('2026-' + '01-31')", "\"2026-01-31\"" },
        { "timestamp('2026-02-' + '30')", "! the text is no date" },
        { "timestamp('2026-01-31') + duration('1 month')", "\"2026-02-28\"" }, { "duration('1 year') + timestamp('2024-02-29')", "\"2025-02-28\"" },
        { "timestamp('2026-03-31') - duration('1 month')", "\"2026-02-28\"" }, { "timestamp('2026-03-31') - timestamp('2026-03-01')", "\"30 days\"" },
        { "(today - risk.identified_on).getDays()", "59" }, { "duration('48h')", "\"2 days\"" }, { "duration('-24h')", "\"-1 day\"" },
        { "duration('23h60m')", "\"1 day\"" }, { "duration('2 days').getHours()", "48" }, { "duration('1 month').getDays()", "! months have no fixed number of days" },
        { "duration('12 months') == duration('1 year')", "true" }, { "duration('12 months') < duration('366 days')", "true" },
        { "duration('12 months') > duration('365 days')", "true" }, { "duration('1 month') + duration('3 days')", "\"1 month 3 days\"" },
        { "-duration('2 years')", "\"-2 years\"" }, { "timestamp('9999-12-31') + duration('1 day')", "! the date is out of range" },
        { "timestamp('0001-01-01') - duration('1 month')", "! the date is out of range" },
        { "today < timestamp('2026-04-01')", "true" }, { "today == timestamp('2026-03-31')", "true" }, { "today > risk.identified_on + risk.interval", "false" },
        { "today.getFullYear()", "2026" }, { "today.getMonth()", "2" }, { "today.getDate()", "31" }, { "today.getDayOfMonth()", "30" },
        { "today.getDayOfWeek()", "2" }, { "today.getDayOfYear()", "89" }, { "timestamp('1969-12-31').getDayOfWeek()", "3" },
        { "string(today)", "\"2026-03-31\"" }, { "timestamp(today)", "\"2026-03-31\"" },
    };
    (void)state;
    CHECK(rows);
}

static void conversions(void **state)
{
    static const struct row rows[] = {
        { "int('42')", "42" }, { "int(2.9)", "2" }, { "int(-2.9)", "-2" }, { "int(1e19)", "! the number is too large" }, { "int('4x')", "! the text is no whole number" },
        { "double('1.5')", "1.5" }, { "double(2)", "2" }, { "double('x')", "! the text is no number" }, { "string(1.0)", "\"1\"" }, { "string(true)", "\"true\"" },
        { "string(-5)", "\"-5\"" }, { "string('a')", "\"a\"" }, { "type(1)", "\"int\"" }, { "type(1) == int", "true" }, { "type(1.0) == double", "true" },
        { "type('') == string", "true" }, { "type(null) == null_type", "true" }, { "type([]) == list", "true" }, { "type({}) == map", "true" },
        { "type(today) == timestamp", "true" }, { "type(duration('1 day')) == duration", "true" }, { "type(type(1)) == type", "true" },
        { "type(true) == bool", "true" }, { "type(risk.owner) == 'role'", "true" }, { "controls.map(c, has(c.owner), type(c.owner))", "[\"role\",\"person\"]" },
    };
    (void)state;
    CHECK(rows);
}

static void records(void **state)
{
    static const struct row rows[] = {
        { "risk.id", "\"R-001\"" }, { "risk.owner.holder.name", "\"Ana Lind\"" }, { "risk.owner", "{\"id\":\"ceo\",\"title\":\"Chief executive\",\"holder\":\"ana\",\"deputy\":\"bo\",\"top_management\":true}" },
        { "risk.inherent.score", "15" }, { "risk['title']", "\"Ransomware\"" }, { "risk['ti' + 'tle']", "\"Ransomware\"" },
        { "risk['x-cost']", "900" }, { "risk.`x-cost` + 1", "901" }, { "risk['x-other']", "null" }, { "has(risk.`x-cost`)", "true" }, { "has(risk['x-other'])", "false" },
        { "'x-cost' in risk", "true" }, { "'x-other' in risk", "false" },
        { "risks.map(r, r.id)", "[\"R-001\",\"R-002\",\"R-003\"]" }, { "risks['R-002'].title", "\"Flood\"" }, { "risks['R-009'].title", "! no such record" },
        { "risks['A.5.1'].title", "! no such record" }, { "risks[1].id", "\"R-002\"" }, { "'R-002' in risks", "true" }, { "'R-009' in risks", "false" },
        { "'A.5.1' in risks", "false" }, { "risk in risks", "true" }, { "risks['R-002'] == risks[1]", "true" }, { "risk == risks['R-002']", "false" },
        { "controls['A.5.1'] in risk.controls", "true" }, { "controls['A.5.10'] in risk.controls", "false" }, { "size(risks)", "3" },
        { "organisation.name", "\"Northwind\"" }, { "edition", "\"2022\"" }, { "stage", "\"planned\"" }, { "params.limit", "3" }, { "params['limit']", "3" },
        { "has(params.limit)", "true" }, { "has(params.other)", "false" }, { ".organisation.headcount", "34" },
        { "[1].exists(risks, size(.risks) == 3 && risks == 1)", "true" }, { "organisation.headcount / 10", "3" },
        { "risks.map(r, {'id': r.id, 'risk': r})[1]", "{\"id\":\"R-002\",\"risk\":\"R-002\"}" },
        { "persons(risk.owner).map(p, p.id)", "[\"ana\",\"bo\"]" }, { "persons(controls['A.5.2'].owner).map(p, p.id)", "[\"ana\"]" },
        { "persons(roles['vacant'])", "[]" }, { "persons(risks['R-002'].owner)", "[]" }, { "persons(roles).map(p, p.id)", "[\"ana\",\"bo\"]" },
        { "referrers(controls['A.5.2'])", "[]" },
        { "persons(audits[0].auditors).map(p, p.id)", "[\"ana\"]" }, { "persons(audits[0].lead)", "[]" },
        { "controls['A.5.1'].owner.title", "\"Chief executive\"" }, { "controls['A.5.2'].owner.title", "null" }, { "controls['A.5.2'].owner.name", "\"Ana Lind\"" },
        { "audits[0].lead == 'Outside Ltd'", "true" }, { "audits[0].lead.startsWith('Out')", "true" }, { "audits[0].lead.name", "! wrong type" },
        { "'Outside Ltd' in audits[0].auditors", "true" }, { "people['ana'] in audits[0].auditors", "true" },
    };
    (void)state;
    CHECK(rows);
}

/* R-002 has no owner, R-003's owner and third control were not found; A.5.10 has nothing written. */
static void absent_and_broken(void **state)
{
    static const struct row rows[] = {
        { "risks[1].owner == null", "true" }, { "risks[1].owner.title", "! no value" }, { "risks[1].owner.title == ''", "! no value" },
        { "risks[1].owner != null && risks[1].owner.title == ''", "false" },
        { "risks[2].owner", "! unresolved" }, { "risks[2].owner == null", "! unresolved" }, { "risks[2].owner.title != ''", "! unresolved" },
        { "risks.filter(r, r.owner.title != '').map(r, r.id)", "[\"R-001\"]" }, { "risks.exists(r, r.owner.title == 'Chief executive')", "true" },
        { "risks.all(r, r.owner.title == 'Chief executive')", "! unresolved" },
        { "controls['A.5.10'].due < today", "! no value" }, { "controls['A.5.10'].due == null", "true" }, { "controls['A.5.10'].title == ''", "true" },
        { "!controls['A.5.10'].applicable", "! no value" }, { "controls['A.5.10'].due + duration('1 day')", "! no value" }, { "dyn(null) + 1", "! no value" },
        { "size(risks[2].controls)", "3" }, { "controls['A.5.1'] in risks[2].controls", "true" }, { "controls['A.5.10'] in risks[2].controls", "! no value" },
        { "risks[2].controls.exists(c, c.id == 'A.5.2')", "true" }, { "risks[2].controls.all(c, c.id != 'A.5.9')", "! unresolved" },
        { "risks[2].controls == risks[0].controls", "false" }, { "risks[2].controls == risks[2].controls", "! no value" },
        { "risks[2].controls != [controls[1], controls[1], controls[1]]", "true" },
        { "join(risks[2].controls.map(c, c.id), ',')", "! unresolved" }, { "persons(risks[2].owner)", "! unresolved" },
        { "has(risk.owner)", "true" }, { "has(risks[1].owner)", "false" }, { "has(risks[2].owner)", "true" }, { "has(risks[1].owner.title)", "false" },
        { "has(risks[1].owner.holder.name)", "false" }, { "has(risks[2].owner.title)", "! unresolved" }, { "has(risk.inherent)", "true" },
        { "has(risks[1].residual)", "false" }, { "has(risks[1].residual.score)", "false" }, { "has(risk.inherent.score)", "true" },
        { "has(organisation)", "true" }, { "has(certification)", "false" }, { "has(certification.stage)", "false" }, { "has(risks)", "true" }, { "has(audits[0].lead.name)", "! wrong type" }, { "has(disabled.x)", "false" },
        { "has(controls['A.5.2'].owner.title)", "false" }, { "has(controls['A.5.2'].owner.name)", "true" }, { "has(risks[2].tags)", "false" },
        { "has(controls[0].risks)", "false" }, { "disabled", "{}" }, { "disabled.all(k, false)", "true" },
    };
    (void)state;
    CHECK(rows);
}

static void levels(void **state)
{
    static const struct row rows[] = {
        { "risk.inherent.level > risk.residual.level", "true" }, { "risk.inherent.level == 'High'", "true" },
        { "risks[1].inherent.level < risk.inherent.level", "true" }, { "risks[1].residual.level < risk.inherent.level", "! no value" },
        { "risks.filter(r, has(r.inherent)).sort_by(r, r.inherent.level).map(r, r.inherent.level)", "[\"Medium\",\"High\"]" },
    };
    (void)state;
    CHECK(rows);
}

static void prints(void **state)
{
    static const struct row rows[] = {
        { "risk", "Ransomware" }, { "risks", "Ransomware, Flood, Typo" }, { "true", "yes" }, { "false", "no" }, { "null", "" }, { "1.5", "1.5" },
        { "1e100", "1e+100" }, { "[1, [2, 3]]", "1, 2, 3" }, { "{'a': 1, 'b': true}", "a: 1, b: yes" }, { "today", "2026-03-31" },
        { "risk.interval", "1 year" }, { "duration('18 months')", "18 months" }, { "duration('1 day')", "1 day" }, { "[1.0 / 3, 2]", "0.3333333333333333, 2" },
        { "type(1)", "int" }, { "risks[2].owner", "?" }, { "risks[2].controls", "Policies, Roles, ?" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(str_c(&arena, value_print(&arena, eval(rows[i].expr))), rows[i].value);
}

static void texts(void **state)
{
    static const struct row rows[] = {
        { "", "" }, { "plain", "plain" }, { "{risk.id} is {risk.title}", "R-001 is Ransomware" }, { "{{}}", "{}" }, { "a {{b}} {1 + 1}", "a {b} 2" },
        { "{ {'a': '}'}.a }!", "}!" }, { "}", "}" }, { "{risks[1].owner.title}", "?" }, { "{'{'}", "{" }, { "{risk.owner /* */ == null}", NULL },
        { "due {today + duration('1 month')}.", "due 2026-04-30." }, { "{{{risk.id}}}", "{R-001}" },
    };
    struct query_problem problem;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct query_run run = fresh_run();
        struct expr_text *compiled = text_compile(&arena, &fixture.schema, &fixture.scope, str_of(rows[i].expr), &problem);
        if (!rows[i].value)
            assert_null(compiled);
        else
            assert_string_equal(str_c(&arena, text_eval(compiled, &run)), rows[i].value);
    }
}

static void places(void **state)
{
    struct record *record = NULL;
    const struct field *field = NULL;
    struct query_run run = fresh_run();
    (void)state;
    assert_true(expr_place(compile("risk.residual.level"), &run, &record, &field));
    assert_string_equal(str_c(&arena, field->name), "level");
    assert_ptr_equal(record, fixture.slots[0].record->fields[5].record);
    assert_true(expr_place(compile("controls['A.5.2'].owner.title"), &run, &record, &field) == false);
    assert_true(expr_place(compile("controls['A.5.2'].owner.name"), &run, &record, &field));
    assert_string_equal(str_c(&arena, record->id), "ana");
    assert_false(expr_place(compile("risk"), &run, &record, &field));
    assert_false(expr_place(compile("risks[1].owner.title"), &run, &record, &field));
}

/* However an expression multiplies its work, it ends; and what absorbs errors does not absorb this one. */
static void limits(void **state)
{
    static const char *const hostile[] = {
        "L.all(a, L.all(b, L.all(c, L.all(d, L.all(e, L.all(f, L.all(g, a + b + c + d + e + f + g > 0)))))))",
        "L.exists(a, L.exists(b, L.exists(c, L.exists(d, L.exists(e, L.exists(f, L.exists(g, 1 / (a - a) > 0))))))) || true",
        "size(L.map(a, L.map(b, L.map(c, L.map(d, L.map(e, L.map(f, L.map(g, g)))))))) > 0",
        "['aaaaaaaaaa'].map(s, s + s + s + s + s + s + s + s).map(s, s + s + s + s + s + s + s + s).map(s, s + s + s + s + s + s + s + s)"
        ".map(s, s + s + s + s + s + s + s + s).map(s, s + s + s + s + s + s + s + s).map(s, s + s + s + s + s + s + s + s).map(s, s.size())",
        "[[1]].map(s, [s, s, s, s, s, s, s, s]).map(s, [s, s, s, s, s, s, s, s]).map(s, [s, s, s, s, s, s, s, s]).map(s, [s, s, s, s, s, s, s, s])"
        ".map(s, [s, s, s, s, s, s, s, s]).map(s, [s, s, s, s, s, s, s, s]).map(s, [s, s, s, s, s, s, s, s]).map(s, [s, s, s, s, s, s, s, s])",
        "L.exists(a, L.exists(b, L.exists(c, L.exists(d, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'.matches('(a*)*b')))))",
        "['x'].map(s, s.replace('x', 'xxxxxxxxxxxxxxxx')).map(s, s.replace('x', 'xxxxxxxxxxxxxxxx')).map(s, s.replace('x', 'xxxxxxxxxxxxxxxx'))"
        ".map(s, s.replace('x', 'xxxxxxxxxxxxxxxx')).map(s, s.replace('x', 'xxxxxxxxxxxxxxxx')).map(s, s.replace('x', 'xxxxxxxxxxxxxxxx'))",
    };
    str list = STR("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]");
    (void)state;
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        struct buf *text = buf_new(&arena);
        for (const char *at = hostile[i]; *at; at++)
            if (*at == 'L')
                buf_put(text, list);
            else
                buf_char(text, *at);
        struct query_run run = fresh_run();
        run.limit = 1000 * 1000;
        struct value value = expr_eval(compile(str_c(&arena, buf_str(text))), &run);
        assert_string_equal(shown(value), "! too much work");
        assert_true(run.cost < 3 * run.limit);
    }
}

/* With every smaller limit the same expression ends early and says so; with its own cost it succeeds. */
static void every_limit(void **state)
{
    static const char *const exprs[] = {
        "risks.filter(r, r.id.matches('^R-[0-9]+$') && r.id.matches('0' + '1')).map(r, {'id': r.id.lowerAscii(), 'tags': unique(r.tags).join('-')})",
        "size(flatten([[1, 2], [3]])) + sum([1, 2]) + max(reverse([1, 2])) + size('abcdefghij') + size('a,b'.split(',')) > 0 || 'abcdefghij'.contains('j')",
        "'banana'.replace('an', 'o') + 'x' == 'y' || size([1] + [2]) == 2 && [3, 1].sort_by(x, x)[0] in [1] || persons(roles).exists(p, p.id == 'bo')",
        "range(3).map(i, i + 1) == [1, 2, 3] && size(texts(risks[0])) > 0",
        "{'a': 1, 'b': 2}.map(k, k) == ['a', 'b'] && dyn(risks)['R-002'].title == 'Flood' && [1, 2].exists_one(x, x == 2) && [1].all(x, x > 0)",
    };
    (void)state;
    for (size_t i = 0; i < sizeof exprs / sizeof *exprs; i++) {
        struct query_run full = fresh_run();
        struct expr *expr = compile(exprs[i]);
        assert_true(expr_eval(expr, &full).tag != V_BROKEN);
        for (uint64_t limit = 0; limit <= full.cost; limit++) {
            struct query_run run = fresh_run();
            run.limit = limit;
            struct value value = expr_eval(expr, &run);
            assert_true((value.tag == V_BROKEN) == (limit < full.cost));
        }
    }
}

/* What is the same for all records is computed once: [parts] of an expression, and nothing comes out differently for it. */
static void kept_parts(void **state)
{
    static const struct { const char *expr; size_t parts; } rows[] = {
        { "risk.id == 'R-001'", 0 }, { "size(risks) > 1", 1 }, { "risk.title.size() > risks.size()", 1 }, { "risks.filter(r, r == risk).size()", 0 },
        { "risk.title.size() > risks.filter(r, r.id != '').size() + params.limit", 1 }, { "risks.all(r, r.tags.exists(t, t == risk.id)) || size(roles) > 0", 1 },
        { "risks.map(r, risks.filter(q, q.id == r.id).size())", 2 }, { "risks.filter(r, roles.exists(p, p.id == risk.id) || size(roles) > 5)", 1 },
        { "risk.tags.map(t, t + string(size(risks)))", 1 }, { "has(risk.residual.level) && size(risk.id) > params.limit", 1 }, { "today", 0 },
        { "risks.map(r, roles.map(p, r.id + p.id + 'a'.upperAscii()))", 2 }, { "risk.tags.map(t, roles.map(p, risks.map(r, p.id + r.id)))", 1 },
        /* elements by a text they have, in the order of the list; and what only going through it can tell */
        { "risks.filter(r, r.id == risk.id)", 1 }, { "risks.filter(r, r.title in ['none', 'Flood', risk.title, 'Flood'])", 1 },
        { "risks.filter(r, r.title in [dyn(risk.title), 3, null])", 1 }, { "risks.filter(r, r.title in {'Flood': risk.id})", 1 },
        { "risks.filter(r, r.title == risk.tags[0])", 1 }, { "risks.filter(r, r.title == dyn(risk))", 1 }, { "risks.filter(r, r.title == r.id + risk.id)", 0 },
        { "risks.filter(r, r.residual.level == risk.id)", 0 }, { "risks.filter(r, r.id == 'R-001')", 1 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct query_problem problem;
        struct query_once    once = { .arena = &arena };
        struct query_scope   scope = { .names = fixture.names, .len = 2, .once = &once };
        struct expr *plain = compile(rows[i].expr), *keeping = expr_compile(&arena, &fixture.schema, &scope, str_of(rows[i].expr), &problem);
        if (once.len != rows[i].parts)
            fail_msg("%s: %zu parts are the same for all records, not %zu", rows[i].expr, once.len, rows[i].parts);
        for (size_t r = 0; r < 6; r++) {
            struct value slots[2] = { value_record(model_find(&fixture.model, str_print(&arena, "R-00%zu", r % 3 + 1))), fixture.slots[1] };
            struct query_run run = fresh_run(), other = fresh_run();
            other.once = &once;
            run.slots = other.slots = slots;
            assert_string_equal(shown(expr_eval(keeping, &other)), shown(expr_eval(plain, &run)));
        }
    }
}

/* Memory that runs out leaves through the jump, whichever allocation it is. */
static void every_allocation(void **state)
{
    static const char expr[] = "risks.filter(r, r.title.matches('a|b')).map(r, r.id + '-').join(', ') + string(1.5)";
    struct memory small = { .limit = (size_t)16 << 20 };
    struct arena own = { 0 };
    volatile uint64_t fail_at = 1;
    volatile bool done = false;
    (void)state;
    while (!done) {
        small.count = 0;
        small.fail_at = fail_at++;
        if (setjmp(small.escape) == 0) {
            struct query_problem problem;
            struct query_run run = { .arena = &own, .model = &fixture.model, .slots = fixture.slots, .limit = LIMIT_EXPR_COST };
            arena_init(&own, &small);
            struct expr *compiled = expr_compile(&own, &fixture.schema, &fixture.scope, str_of(expr), &problem);
            assert_non_null(compiled);
            value_print(&own, expr_eval(compiled, &run));
            done = true;
        }
        arena_close(&own);
    }
    assert_true(fail_at > 20);
    assert_int_equal(small.used, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(literals),           cmocka_unit_test(arithmetic),         cmocka_unit_test(comparison),
        cmocka_unit_test(absorption),         cmocka_unit_test(macros),             cmocka_unit_test(functions_of_texts),
        cmocka_unit_test(functions_of_lists), cmocka_unit_test(dates),              cmocka_unit_test(conversions),
        cmocka_unit_test(records),            cmocka_unit_test(absent_and_broken),  cmocka_unit_test(levels),
        cmocka_unit_test(prints),             cmocka_unit_test(texts),              cmocka_unit_test(places),
        cmocka_unit_test(limits),             cmocka_unit_test(unknown_types),      cmocka_unit_test(order),
        cmocka_unit_test(every_limit),  cmocka_unit_test(kept_parts),      cmocka_unit_test(every_allocation),
    };
    memory.limit = (size_t)512 << 20;
    if (setjmp(memory.escape))
        return 1;
    arena_init(&arena, &memory);
    fixture_init(&fixture, &arena);
    int failed = cmocka_run_group_tests_name("query", tests, NULL, NULL);
    arena_close(&arena);
    return failed;
}
