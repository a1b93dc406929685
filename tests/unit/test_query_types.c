/* SPDX-License-Identifier: MIT */
/* What is said about expressions that are wrong: the words, the help and the bytes underlined, one row each. */
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

struct row {
    const char *expr;
    size_t      begin, end;
    const char *message, *help;
};

static struct query_problem problem_of(str text)
{
    struct query_problem problem = { .message = STR("none") };
    if (expr_compile(&arena, &fixture.schema, &fixture.scope, text, &problem))
        fail_msg("%.*s compiles", STR_ARG(text));
    return problem;
}

static void problems(void **state)
{
    static const struct row rows[] = {
        { "", 0, 0, "the expression is empty",
          "" },
        { "   ", 0, 0, "the expression is empty",
          "" },
        { "rsks", 0, 4, "unknown name `rsks`",
          "did you mean `risks`?" },
        { "risk.onwer", 5, 10, "risk has no field `onwer`",
          "did you mean `owner`?" },
        { "risk.owner.hodler", 11, 17, "role has no field `hodler`",
          "did you mean `holder`?" },
        { "risk.foo", 5, 8, "risk has no field `foo`",
          "risk has id, title, owner, controls, inherent, residual, tags, identified_on, interval" },
        { "controls[0].owner.nme", 18, 21, "role or person has no field `nme`",
          "did you mean `name`?" },
        { "controls[0].owner.zzz", 18, 21, "role or person has no field `zzz`",
          "role has id, title, holder, deputy, top_management" },
        { "risks.title", 6, 11, "`risks` is a list of risk, which has no fields",
          "ask its elements: risks.exists(x, x.title ...) or .map(x, x.title)" },
        { "risk.title.x", 11, 12, "`risk.title` is text, which has no fields",
          "" },
        { "risk.x-cost", 5, 6, "risk has no field `x`",
          "own keys are read as in [\"x-name\"]" },
        { "today.year", 6, 10, "`today` is a date, which has no fields",
          "ask a date for getFullYear(), getMonth() or getDate()" },
        { "foo", 0, 3, "unknown name `foo`",
          "text needs quotes, as in \"open\"" },
        { "open", 0, 4, "unknown name `open`",
          "text needs quotes, as in \"open\"" },
        { "size", 0, 4, "unknown name `size`",
          "functions need parentheses, as in size(x)" },
        { "True", 0, 4, "unknown name `True`",
          "did you mean `true`?" },
        { "None", 0, 4, "unknown name `None`",
          "did you mean `null`?" },
        { "risk.owner == \"ceo\"", 0, 19, "`==` can not compare a role with text",
          "write `risk.owner.id` to compare its id" },
        { "\"ceo\" == risk.owner", 0, 19, "`==` can not compare text with a role",
          "write `risk.owner.id` to compare its id" },
        { "risk == controls[0]", 0, 19, "`==` can not compare a risk with a control",
          "" },
        { "risk.identified_on < \"2026-01-01\"", 0, 33, "`<` can not compare a date with text",
          "dates are written timestamp(\"2026-01-01\")" },
        { "risk.identified_on < 2026-01-01", 0, 31, "`<` can not compare a date with a whole number",
          "dates are written timestamp(\"2026-03-31\"), periods duration(\"90 days\")" },
        { "risk.identified_on > 3", 0, 22, "`>` can not compare a date with a whole number",
          "dates are written timestamp(\"2026-03-31\"), periods duration(\"90 days\")" },
        { "risk.interval == \"12 months\"", 0, 28, "`==` can not compare a period with text",
          "periods are written duration(\"12 months\")" },
        { "risk.interval > 3", 0, 17, "`>` can not compare a period with a whole number",
          "periods are written duration(\"90 days\")" },
        { "controls[0].applicable == \"yes\"", 0, 31, "`==` can not compare yes or no with text",
          "write true or false, without quotes" },
        { "controls[0].status == \"finished\"", 22, 32, "`controls[0].status` is never \"finished\"",
          "it is one of \"planned\", \"partial\", \"implemented\"" },
        { "controls[0].status == \"done\"", 22, 28, "`controls[0].status` is never \"done\"",
          "it is understood as \"implemented\"" },
        { "controls[0].status == \"implementd\"", 22, 34, "`controls[0].status` is never \"implementd\"",
          "did you mean `implemented`?" },
        { "controls[0].status in [\"planned\", \"doing\"]", 34, 41, "`controls[0].status` is never \"doing\"",
          "it is one of \"planned\", \"partial\", \"implemented\"" },
        { "\"clod\" == risk.tags", 0, 19, "`==` can not compare text with a list of text",
          "write `\"clod\" in risk.tags`" },
        { "risk.tags == \"cloud\"", 0, 20, "`==` can not compare a list of text with text",
          "write `\"cloud\" in risk.tags`" },
        { "\"A.5.1\" in risk.controls", 0, 24, "text is never in a list of control",
          "write `risk.controls.exists(x, x.id == \"A.5.1\")`" },
        { "1 in risk.tags", 0, 14, "a whole number is never in a list of text",
          "" },
        { "\"x\" in risk.title", 7, 17, "`in` looks into a list, but `risk.title` is text",
          "write `risk.title.contains(...)`" },
        { "1 in 2", 5, 6, "`in` looks into a list, but `2` is a whole number",
          "" },
        { "risk in controls", 0, 16, "a risk is never in a list of control",
          "" },
        { "risk.title && true", 0, 10, "`&&` needs true or false, but `risk.title` is text",
          "write `risk.title != \"\"`" },
        { "!risk.owner", 1, 11, "`!` needs true or false, but `risk.owner` is a role",
          "write `risk.owner != null`" },
        { "risk.tags || false", 0, 9, "`||` needs true or false, but `risk.tags` is a list of text",
          "write `size(risk.tags) > 0`" },
        { "risk.title ? 1 : 2", 0, 10, "`?` needs true or false, but `risk.title` is text",
          "write `risk.title != \"\"`" },
        { "1 + \"a\"", 0, 7, "`+` does not work on a whole number and text",
          "write string(1)" },
        { "\"a\" + 1", 0, 7, "`+` does not work on text and a whole number",
          "write string(1)" },
        { "\"a\" + risk.owner", 0, 16, "`+` does not work on text and a role",
          "write `risk.owner.id`" },
        { "today + 3", 0, 9, "`+` does not work on a date and a whole number",
          "periods are written duration(\"90 days\")" },
        { "today + \"3 days\"", 0, 16, "`+` does not work on a date and text",
          "periods are written duration(\"3 days\")" },
        { "today * 2", 0, 9, "`*` does not work on a date and a whole number",
          "" },
        { "-risk.title", 0, 11, "`-` needs a number or a period, but `risk.title` is text",
          "" },
        { "1 < null", 0, 8, "`<` can not compare a whole number with null",
          "" },
        { "null < 1", 0, 8, "`<` can not compare null with a whole number",
          "" },
        { "risk.title < 1", 0, 14, "`<` can not compare text with a whole number",
          "" },
        { "risk.inherent.level > \"Medium\"", 0, 30, "`>` can not tell how high a level is by its name",
          "compare it with another level, or compare the scores" },
        { "risk.title.len()", 11, 14, "unknown function `len`",
          "did you mean `size`?" },
        { "len(risk.title)", 0, 3, "unknown function `len`",
          "did you mean `size`?" },
        { "contains(risk.title, \"x\")", 0, 8, "`contains` is called on a value",
          "write x.contains(...)" },
        { "risk.title.int()", 11, 14, "`int` is no method",
          "write int(x)" },
        { "risk.title.contains()", 0, 21, "`contains` takes 1 argument, not 0",
          "" },
        { "risk.title.contains(\"a\", \"b\")", 0, 29, "`contains` takes 1 argument, not 2",
          "" },
        { "risk.title.contains(1)", 20, 21, "`contains` needs text, but `1` is a whole number",
          "" },
        { "risk.owner.contains(\"x\")", 0, 10, "`contains` needs text, but `risk.owner` is a role",
          "write `risk.owner.id`" },
        { "today.startsWith(\"2\")", 0, 5, "`startsWith` needs text, but `today` is a date",
          "" },
        { "foo(1)", 0, 3, "unknown function `foo`",
          "" },
        { "all(risks, r, true)", 0, 3, "`all` belongs behind a list",
          "write list.all(x, ...)" },
        { "risks.any(r, true)", 6, 9, "unknown function `any`",
          "did you mean `exists`?" },
        { "risks.all(true)", 0, 15, "`all` takes a name and a condition",
          "as in risks.exists(r, r.status == \"open\")" },
        { "risks.all(1, true)", 10, 11, "the first thing in `all(...)` is a name for the element",
          "as in risks.exists(r, r.status == \"open\")" },
        { "risks.all(r.x, true)", 10, 13, "the first thing in `all(...)` is a name for the element",
          "as in risks.exists(r, r.status == \"open\")" },
        { "risks.filter(r, r.titel == \"\")", 18, 23, "risk has no field `titel`",
          "did you mean `title`?" },
        { "risks.filter(r, r.title)", 16, 23, "`filter` needs true or false, but `r.title` is text",
          "write `r.title != \"\"`" },
        { "risks.map(r)", 0, 12, "`map` takes a name and an expression",
          "as in risks.map(r, r.title)" },
        { "sort_by(risks)", 0, 14, "`sort_by` takes a name and an expression",
          "as in risks.sort_by(r, r.title)" },
        { "risk.title.all(x, true)", 0, 10, "`all` walks over a list, but `risk.title` is text",
          "" },
        { "has(risk)", 0, 9, "`has` asks for a field, and `risk` is none",
          "as in has(risk.owner)" },
        { "has(1)", 0, 6, "`has` asks for a field, and `1` is none",
          "as in has(risk.owner)" },
        { "has(risk.foo)", 9, 12, "risk has no field `foo`",
          "risk has id, title, owner, controls, inherent, residual, tags, identified_on, interval" },
        { "has(risk.title, risk.owner)", 0, 27, "`has` takes one field",
          "as in has(risk.owner)" },
        { "timestamp(\"31.12.2026\")", 10, 22, "the text is no date",
          "dates are written \"2026-03-31\"" },
        { "timestamp(\"2026-02-30\")", 10, 22, "the text is no date",
          "dates are written \"2026-03-31\"" },
        { "duration(\"13 moons\")", 9, 19, "the text is no period",
          "periods are written \"90 days\", \"12 months\", \"2 years\"" },
        { "duration(\"5h\")", 9, 13, "the text is no period",
          "periods are written \"90 days\", \"12 months\", \"2 years\"" },
        { "\"a\".matches(\"(a\")", 13, 16, "the pattern has a ( that is never closed",
          "" },
        { "\"a\".matches(\"a**\")", 15, 17, "the pattern repeats a repetition; put it into parentheses",
          "" },
        { "\"a\".matches(\"[z-a]\")", 14, 19, "the pattern has a range that is the wrong way round",
          "" },
        { "\"a\".matches(\"\\\\p{L}\")", 12, 20, "the pattern has an escape that is not supported",
          "" },
        { "\"a\".matches(r\"x\\1\")", 15, 18, "the pattern has an escape that is not supported",
          "" },
        { "\"a\".matches(\"(?=a)\")", 13, 19, "groups of the form (?...) are not supported, except (?:...)",
          "" },
        { "\"a\".matches(\"a{2,1}\")", 14, 20, "the pattern has a wrong {}; write {2}, {2,} or {2,5}, or \\{ for a brace",
          "" },
        { "\"a\".matches(\"a{5000}\")", 14, 21, "the pattern repeats too often",
          "" },
        { "\"a\".matches(\"((a{100}){100}){100}\")", 27, 34, "the pattern is too large",
          "" },
        { "\"a\".matches(\"*a\")", 13, 16, "the pattern repeats nothing here",
          "" },
        { "\"a\".matches(\"a)\")", 14, 16, "the pattern has a ) that was never opened",
          "" },
        { "\"a\".matches(\"[[:alpha:]]\")", 14, 25, "named classes such as [:alpha:] are not supported",
          "" },
        { "\"a\".matches(\"x{\")", 14, 16, "the pattern has a wrong {}; write {2}, {2,} or {2,5}, or \\{ for a brace",
          "" },
        { "1 +", 3, 3, "the expression ends too early",
          "" },
        { "1 + )", 4, 5, "`)` does not belong here",
          "" },
        { "(1", 2, 2, "the expression ends too early",
          "a `)` is missing" },
        { "[1", 2, 2, "the expression ends too early",
          "a `]` is missing" },
        { "{1: 2}", 1, 2, "the keys of a map are text",
          "" },
        { "{\"a\" 1}", 5, 6, "`1` does not belong here",
          "a `:` is missing" },
        { "a b", 2, 3, "`b` does not belong here",
          "" },
        { "risk.title = \"x\"", 11, 12, "`=` does not belong here",
          "write `==` to compare" },
        { "risk.title and true", 11, 14, "`and` does not belong here",
          "write `&&` for and" },
        { "true & false", 5, 6, "`&` does not belong here",
          "write `&&` for and" },
        { "true | false", 5, 6, "`|` does not belong here",
          "write `||` for or" },
        { "\"abc", 0, 1, "the string has no closing quote",
          "" },
        { "'abc", 0, 1, "the string has no closing quote",
          "" },
        { "\342\200\234abc\342\200\235", 0, 3, "`\342\200\234` does not belong here",
          "write straight quotes: \"" },
        { "b\"abc\"", 0, 6, "there are no byte strings here",
          "leave out the b" },
        { "r\"abc", 0, 2, "the string has no closing quote",
          "" },
        { "\"\\q\"", 1, 3, "unknown escape in a string",
          "write \\\\ for a backslash, or a raw string r\"...\"" },
        { "\"\\x4\"", 1, 4, "an escape in a string is cut short",
          "\\x41, \\u0041, \\U00000041 or \\101" },
        { "\"\\ud800\"", 1, 7, "an escape in a string names no character",
          "" },
        { "1u", 1, 2, "`u` does not belong here",
          "there are no unsigned numbers here; leave out the u" },
        { "12 months", 3, 9, "`months` does not belong here",
          "a period is written duration(\"12 months\")" },
        { "99999999999999999999", 0, 20, "this is no whole number of 64 bits",
          "" },
        { "0x", 0, 2, "this is no whole number of 64 bits",
          "" },
        { "1e999", 0, 5, "this is no number",
          "" },
        { "for", 0, 3, "`for` is a reserved word",
          "" },
        { "risk.for", 5, 8, "risk has no field `for`",
          "risk has id, title, owner, controls, inherent, residual, tags, identified_on, interval" },
        { "risk..title", 5, 6, "`.` does not belong here",
          "a name is missing after the dot" },
        { "risk.", 5, 5, "the expression ends too early",
          "a name is missing after the dot" },
        { "risk[\"titel\"]", 6, 11, "risk has no field `titel`",
          "did you mean `title`?" },
        { "risk[1]", 0, 7, "`risk` is a risk, which has no [1]",
          "" },
        { "risks[\"R-001\"][\"x\"]", 16, 17, "risk has no field `x`",
          "own keys are read as in [\"x-name\"]" },
        { "risks[true]", 0, 11, "`risks` is a list of risk, which has no [true]",
          "elements are counted from 0, as in list[0]" },
        { "1[0]", 0, 4, "`1` is a whole number, which has no [0]",
          "" },
        { "risks.map(r, r.owner).holder", 22, 28, "`risks.map(r, r.owner)` is a list of role, which has no fields",
          "ask its elements: risks.map(r, r.owner).exists(x, x.holder ...) or .map(x, x.holder)" },
        { "$x", 0, 1, "`$` does not belong here",
          "" },
        { "a ? b", 5, 5, "the expression ends too early",
          "a `:` is missing" },
        { "true ? 1", 8, 8, "the expression ends too early",
          "a `:` is missing" },
        { "{\"a\": 1", 7, 7, "the expression ends too early",
          "a `}` is missing" },
        { "risk.owner.holder.name.upper()", 23, 28, "unknown function `upper`",
          "did you mean `upperAscii`?" },
        { "now", 0, 3, "unknown name `now`",
          "did you mean `today`?" },
        { "risks.where(r, true)", 6, 11, "unknown function `where`",
          "did you mean `filter`?" },
        { "today.contains(\"x\")", 0, 5, "`contains` needs text, but `today` is a date",
          "" },
        { "today == risk.interval", 0, 22, "`==` can not compare a date with a period",
          "" },
        { "controls[0].applicable == 1", 0, 27, "`==` can not compare yes or no with a whole number",
          "" },
        { "{\"a\": 1}.x.y", 11, 12, "`{\"a\": 1}.x` is a whole number, which has no fields",
          "" },
        { "(risk).`onwer`", 8, 13, "risk has no field `onwer`",
          "did you mean `owner`?" },
        { "risk.title.matches(3)", 19, 20, "`matches` needs text, but `3` is a whole number",
          "" },
        { "abs(\"a\")", 4, 7, "`abs` needs a number, but `\"a\"` is text",
          "" },
        { "sum(1)", 4, 5, "`sum` needs a list, but `1` is a whole number",
          "" },
        { "join(risk.title, \",\")", 5, 15, "`join` needs a list, but `risk.title` is text",
          "" },
        { "string(risk)", 7, 11, "`string` needs true or false, a number, text, a date, a period or a type, but `risk` is a risk",
          "" },
        { "persons(1)", 8, 9, "`persons` needs a role or a person, but `1` is a whole number",
          "" },
        { "type()", 0, 6, "`type` takes 1 argument, not 0",
          "" },
        { "!1", 1, 2, "`!` needs true or false, but `1` is a whole number",
          "" },
        { "1 ? 2 : 3", 0, 1, "`?` needs true or false, but `1` is a whole number",
          "" },
        { "risk.owner.x", 11, 12, "role has no field `x`",
          "own keys are read as in [\"x-name\"]" },
        { ".risk", 1, 5, "unknown name `risk`",
          "did you mean `risks`?" },
        { "persons(risk.controls)", 8, 21, "`persons` needs a role or a person, but `risk.controls` is a list of control",
          "" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct query_problem problem = problem_of(str_of(rows[i].expr));
        char *got = str_c(&arena, str_print(&arena, "%zu-%zu %.*s (%.*s)", problem.begin, problem.end, STR_ARG(problem.message), STR_ARG(problem.help)));
        char *wanted = str_c(&arena, str_print(&arena, "%zu-%zu %s (%s)", rows[i].begin, rows[i].end, rows[i].message, rows[i].help));
        if (strcmp(got, wanted) != 0)
            fail_msg("%s\n  says     %s\n  expected %s", rows[i].expr, got, wanted);
    }
}

static str repeated(const char *before, size_t times, const char *middle, const char *after)
{
    struct buf *text = buf_new(&arena);
    for (size_t i = 0; i < times; i++)
        buf_text(text, before);
    buf_text(text, middle);
    for (size_t i = 0; i < times; i++)
        buf_text(text, after);
    return str_copy(&arena, buf_str(text));
}

static void check_message(str text, const char *message)
{
    assert_string_equal(str_c(&arena, problem_of(text).message), message);
}

static bool compiles(str text)
{
    struct query_problem problem;
    return expr_compile(&arena, &fixture.schema, &fixture.scope, text, &problem) != NULL;
}

static void limits(void **state)
{
    static const char deep[] = "the expression is nested deeper than 64 levels";
    (void)state;
    assert_true(compiles(repeated("(", 60, "1", ")")));
    check_message(repeated("(", 5000, "1", ")"), deep);
    check_message(repeated("[", 100, "1", "]"), deep);
    check_message(repeated("!", 100, "true", ""), deep);
    check_message(repeated("-(", 100, "1", ")"), deep);
    check_message(repeated("risk.", 100, "id", ""), deep);
    check_message(repeated("1 + ", 100, "1", ""), deep);
    check_message(repeated("true ? 1 : ", 100, "1", ""), deep);
    check_message(repeated("size(", 100, "[]", ")"), deep);
    check_message(repeated("[1].map(x, ", 100, "x", ")"), deep);
    check_message(repeated("1", LIMIT_EXPR_BYTES, "1", ""), "the expression is longer than 16384 bytes");
    check_message(repeated("{\"a\": ", 100, "1", "}"), deep);
    assert_true(compiles(repeated("true && ", 1000, "true", "")));
    assert_true(compiles(repeated("false || ", 1000, "true", "")));
    assert_true(compiles(repeated("1, ", 0, "[1]", "")));
}

/* Problems inside a text count from the start of the text, not of the hole. */
static void texts(void **state)
{
    static const struct row rows[] = {
        { "a {risk.onwer}", 8, 13, "risk has no field `onwer`", "did you mean `owner`?" },
        { "{1}{", 3, 4, "a brace is never closed", "write {{ for a brace" },
        { "{}", 1, 1, "the expression is empty", "" },
        { "{{}} {1 +}", 9, 9, "the expression ends too early", "" },
        { "{'}}", 1, 2, "the string has no closing quote", "" },
        { "{ {'a': 1}", 0, 1, "a brace is never closed", "write {{ for a brace" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct query_problem problem = { .message = STR("none") };
        assert_null(text_compile(&arena, &fixture.schema, &fixture.scope, str_of(rows[i].expr), &problem));
        assert_string_equal(str_c(&arena, problem.message), rows[i].message);
        assert_string_equal(str_c(&arena, problem.help), rows[i].help);
        assert_int_equal(problem.begin, rows[i].begin);
        assert_int_equal(problem.end, rows[i].end);
    }
}

/* Static types, as the reference manual and `for` see them. */
static void types(void **state)
{
    static const struct { const char *expr, *type; } rows[] = {
        { "risk.title", "text" }, { "risk.controls", "list of control" }, { "risks", "list of risk" }, { "risks.map(r, r.owner)", "list of role" },
        { "risks.filter(r, true)", "list of risk" }, { "controls[0].owner", "role or person" }, { "1 + 1", "whole number" }, { "1 + 1.5", "number" },
        { "today - today", "period" }, { "today + duration('1 day')", "date" }, { "true ? 1 : 2.0", "number" }, { "true ? risk : null", "risk" },
        { "true ? risk.owner : people[0]", "role or person" }, { "[risk.title, 'a']", "list of text" }, { "[1, 'a']", "list of any value" },
        { "[risks, [risk]]", "list of list of risk" }, { "flatten(risks.map(r, r.controls))", "list of control" }, { "persons(risk.owner)", "list of person" },
        { "max(risks.map(r, r.inherent.score))", "whole number" }, { "params.limit", "any value" }, { "params.limit + 1", "number" }, { "risk['x-a']", "any value" },
        { "risks['R-001']", "risk" }, { "'a'.split(',')", "list of text" }, { "audits[0].lead", "person or text" }, { "has(risk.owner)", "yes or no" },
        { "dyn(1)", "any value" }, { "dyn(1) + dyn(2)", "any value" }, { "disabled.map(k, k)", "list of text" }, { "disabled['a']", "text" },
    };
    struct query_problem problem = { .message = STR("") };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct expr *expr = expr_compile(&arena, &fixture.schema, &fixture.scope, str_of(rows[i].expr), &problem);
        if (!expr)
            fail_msg("%s: %.*s", rows[i].expr, STR_ARG(problem.message));
        char *type = str_c(&arena, type_name(&arena, expr_type(expr)));
        if (strcmp(type, rows[i].type) != 0)
            fail_msg("%s is %s, expected %s", rows[i].expr, type, rows[i].type);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(problems), cmocka_unit_test(limits), cmocka_unit_test(texts), cmocka_unit_test(types),
    };
    memory.limit = (size_t)256 << 20;
    if (setjmp(memory.escape))
        return 1;
    arena_init(&arena, &memory);
    fixture_init(&fixture, &arena);
    int failed = cmocka_run_group_tests_name("query_types", tests, NULL, NULL);
    arena_close(&arena);
    return failed;
}
