/* SPDX-License-Identifier: MIT */
#include "parse/yaml_explain.h"

static struct finding *tell(const struct yaml_fault *fault, struct span at, const char *says, const char *help)
{
    struct finding *f = finding_add(fault->findings, LANG_YAML_SYNTAX, at, "%s", says);
    finding_help(fault->findings, f, "%s", help);
    return f;
}

/* Where the line that [at] is in begins; the text begins at [from]. */
static size_t line_begin(str s, size_t from, size_t at)
{
    while (at > from && s.at[at - 1] != '\n')
        at--;
    return at;
}

static size_t skip_blanks(str s, size_t at)
{
    while (at < s.len && s.at[at] == ' ')
        at++;
    return at;
}

/* The last character before [at] on its line that is no blank; a blank where there is none. */
static char char_before(str s, size_t from, size_t at)
{
    while (at > from && s.at[at - 1] == ' ')
        at--;
    return at > from && s.at[at - 1] != '\n' ? s.at[at - 1] : ' ';
}

/* Quotes as word processors set them: “, „, ‘, ‚ and «. */
static bool is_smart_quote(str s) { return str_starts(s, STR("\xE2\x80\x9C")) || str_starts(s, STR("\xE2\x80\x9E")) || str_starts(s, STR("\xE2\x80\x98")) || str_starts(s, STR("\xE2\x80\x9A")) || str_starts(s, STR("\xC2\xAB")); }

static bool is_foreign_remark(str line) { return str_starts(line, STR("//")) || str_starts(line, STR("<!--")); }
static void tell_remark(const struct yaml_fault *fault, struct span at) { tell(fault, at, "this is no remark here", "a remark begins with # and a blank"); }

/* A colon where none can be: the fault lies in what stands before it on its line, or in the line above. */
static void explain_colon(const struct yaml_fault *fault)
{
    str    s = fault->text;
    size_t line = line_begin(s, fault->base, fault->at.begin), key = skip_blanks(s, line), above = line, text = line;
    size_t colon = str_search(str_cut(s, key, fault->at.begin), STR(": "), 0);
    if (colon != SIZE_MAX && is_smart_quote(str_cut(s, skip_blanks(s, key + colon + 1), s.len))) {
        tell(fault, fault->at, "the curly quotes on this line do not hold the text together", "write straight quotes, \", at both ends of a text that holds `: `");
        return;
    }
    if (colon != SIZE_MAX || line == fault->base) {
        tell(fault, fault->at, "a second `: ` stands on this line", "put quotes around a text that holds `: `");
        return;
    }
    do {
        above = line_begin(s, fault->base, above - 1);
        text = skip_blanks(s, above);
    } while (above > fault->base && (s.at[text] == '\n' || s.at[text] == '\r' || s.at[text] == '#'));
    if (key - line > text - above) {
        struct span here = { fault->at.file, (uint32_t)key, fault->at.begin };
        tell(fault, here, "this line is indented like a key of the line above, which has a value already",
             "the two lines begin in the same column: move the one that is out of line with its neighbours");
        return;
    }
    str words = str_trim(str_cut(s, text, str_find(s, '\n', text)));
    struct span there = { fault->at.file, (uint32_t)text, (uint32_t)(text + words.len) };
    if (is_foreign_remark(words))
        tell_remark(fault, there);
    else if (str_find(words, ':', 0) < words.len)
        tell(fault, there, "the colon of this line has no blank behind it", "write `key: value`, with a blank behind the colon");
    else
        tell(fault, there, "this line has no colon", "write `key: value`, with a blank behind the colon");
}

/* What a quote or a bracket began is over, and the line goes on; false where it is something else. */
static bool explain_rest(const struct yaml_fault *fault)
{
    char before = char_before(fault->text, fault->base, fault->at.begin);
    char next = fault->at.begin < fault->text.len ? fault->text.at[fault->at.begin] : '\n';
    if (next == ' ' || next == '\n' || next == '\r' || !strchr("\"']}", before))
        return false;
    if (before == '"' || before == '\'')
        tell(fault, fault->at, "a quoted text ends before this place, and the line goes on",
             "put the whole text in quotes; inside it write '' for an apostrophe between single quotes, \\\" for a quote between double quotes");
    else
        tell(fault, fault->at, "a list or group in brackets ends before this place, and the line goes on",
             "put quotes around a text that begins with a bracket");
    return true;
}

/* Whether the text begins in a later column than the first: somebody took the # off and left the blank behind it. */
static bool begins_indented(const struct yaml_fault *fault)
{
    str    s = fault->text;
    size_t at = fault->base;
    while (at < s.len && (s.at[at] == '#' || s.at[at] == '\n' || s.at[at] == '\r'))
        at = str_find(s, '\n', at) + 1;
    return at < s.len && s.at[at] == ' ' && fault->at.begin > at;
}

/* Whether a tab on the same line was said to be the fault. */
static bool is_said(const struct yaml_fault *fault, str line, size_t begin)
{
    for (size_t i = fault->findings->list.len; i-- > 0;) {
        const struct finding *f = fault->findings->list.at[i];
        if (f->at.file == fault->at.file && f->at.begin >= begin && f->at.begin < begin + line.len && str_eq(f->rule, str_of(language_row(LANG_TEXT_TAB)->id)))
            return true;
    }
    return false;
}

/* A line as other programs have them; false where it is none. */
static bool explain_line(const struct yaml_fault *fault)
{
    str    s = fault->text;
    size_t begin = line_begin(s, fault->base, fault->at.begin);
    str    line = str_cut(s, begin, str_find(s, '\n', begin)), words = str_trim(line);
    struct span at = { fault->at.file, (uint32_t)(words.at - s.at), (uint32_t)(words.at - s.at + (ptrdiff_t)words.len) };
    if (words.len > 1 && words.at[0] == '|' && str_find(words, '|', 1) < words.len)
        tell(fault, at, "this is a row of a table, and these files have none", "write each value behind its key, on a line of its own: `owner: ROLE-cto`");
    else if (is_foreign_remark(words))
        tell_remark(fault, at);
    else
        return is_said(fault, line, begin);
    return true;
}

void yaml_explain(const struct yaml_fault *fault)
{
    static const struct { const char *has, *says, *help; } known[] = {
        { "did not find expected key", "this line does not fit the lines above it", "check its indentation; a text that begins with a quote must end with it" },
        { "could not find expected ':'", "a key without its colon", "write `key: value`, with a space behind the colon" },
        { "did not find expected '-'", "this line does not continue the list above it", "begin it with `- ` at the same column, or indent it" },
        { "cannot start any token", "a text can not begin with this character", "put quotes around the text" },
        { "expected alphabetic or numeric", "a text can not begin with `*` or `&`", "put quotes around the text" },
        { "unexpected end of stream", "a quoted text that begins here is never closed", "close the quote" },
        { "document indicator", "a quoted text that begins here is never closed", "close the quote" },
        { "expected ',' or ']'", "a list in brackets is not closed or lacks a comma", "write `[one, two]`" },
        { "expected ',' or '}'", "a group in braces is not closed or lacks a comma", "write `{key: value, other: value}`" },
        { "block sequence entries are not allowed", "a list entry can not stand here", "put `- ` on a line of its own below the key" },
        { "block mapping", "a key can not stand here", "check the indentation" },
        { "unknown escape", "an unknown \\ escape in a quoted text", "use single quotes, in which \\ means itself" },
        { "did not find expected node content", "a value is missing here", "write the value, or quotes around a text that begins with a special character" },
        { "expected whitespace or line break", "a text can not begin with `!`", "put quotes around the text" },
        { "expected <document start>", "this line does not fit the lines above it", "check its indentation" },
        { "expected comment or line break", "a text can not begin with `|` or `>` and go on behind it", "put quotes around the text, or begin it on the line below, further to the right" },
        { "mapping keys are not allowed", "a text can not begin with `? `", "put quotes around the text" },
    };
    const char *problem = fault->problem ? fault->problem : "unknown problem";
    if (explain_line(fault))
        return;
    if (strstr(problem, "mapping values are not allowed")) {
        explain_colon(fault);
        return;
    }
    if (explain_rest(fault))
        return;
    if (strstr(problem, "expected <document start>") && begins_indented(fault)) {
        tell(fault, fault->at, "the lines above begin further to the right than this one", "sections begin in the first column: take the blanks away in front of all lines above");
        return;
    }
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strstr(problem, known[i].has)) {
            struct finding *f = tell(fault, fault->at, known[i].says, known[i].help);
            if (fault->open < fault->at.begin)
                finding_also(fault->findings, f, (struct span){ fault->at.file, fault->open, fault->open + 1 }, "opened here");
            return;
        }
    finding_add(fault->findings, LANG_YAML_SYNTAX, fault->at, "this can not be read: %s", problem);
}
