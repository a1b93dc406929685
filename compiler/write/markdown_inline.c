/* SPDX-License-Identifier: MIT */
/* Inlines of a document -> text of Markdown in which every other character means itself. */
#include "write/markdown_part.h"

/* ---- text ---- */

static bool is_word(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80; }

/* Whether the character at [i] would mean something (CommonMark 0.31, 2.4 and 6; an underscore within a word does not). */
static bool is_markup(const struct markdown *m, str s, size_t i)
{
    char c = s.at[i], before = i ? s.at[i - 1] : ' ', after = i + 1 < s.len ? s.at[i + 1] : ' ';
    if (c == '_')
        return !is_word(before) || !is_word(after);
    if (c == '<')
        return is_word(after) || after == '/' || after == '!' || after == '?';
    if (c == '&')
        return is_word(after) || after == '#';
    if (c == '~')
        return before == '~' || after == '~';
    if (c == '[')
        return true;
    return c == '\\' || c == '`' || c == '*' || c == ']' || (c == '|' && m->in_cell);
}

void markdown_text(struct markdown *m, str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (is_markup(m, s, i))
            buf_char(m->out, '\\');
        buf_char(m->out, s.at[i] == '\n' ? ' ' : s.at[i]);
    }
}

/* What would make another block at the begin of a line gets a backslash: "# x", "- x", "1. x", "> x", "=", "|". */
static size_t block_mark(str line)
{
    size_t digits = 0;
    while (digits < line.len && line.at[digits] >= '0' && line.at[digits] <= '9')
        digits++;
    if (digits > 0)
        return digits < 10 && digits < line.len && (line.at[digits] == '.' || line.at[digits] == ')') ? digits : SIZE_MAX;
    return line.len && memchr("#+->=|~:", line.at[0], 8) ? 0 : SIZE_MAX;
}

/* Puts a backslash into what was written from [begin] on, where it would begin another block. */
void markdown_guard(struct markdown *m, size_t begin)
{
    str line = str_cut(buf_str(m->out), begin, m->out->len);
    size_t at = block_mark(line);
    if (at == SIZE_MAX)
        return;
    buf_char(m->out, '\\');
    memmove(m->out->at + begin + at + 1, m->out->at + begin + at, m->out->len - 1 - begin - at);
    m->out->at[begin + at] = '\\';
}

/* ---- inlines ---- */


/* Marks must touch the words they mark (CommonMark 0.31, 6.2): spaces at the ends go outside. */
static void marked(struct markdown *m, const char *mark, const struct doc_node *node)
{
    struct buf *out = m->out, *inner = buf_new(m->arena);
    m->out = inner;
    markdown_text(m, node->text);
    markdown_inlines(m, node->first);
    m->out = out;
    str all = buf_str(inner), words = str_trim(all);
    size_t before = words.len ? (size_t)(words.at - all.at) : 0;
    if (words.len) {
        buf_put(out, str_cut(all, 0, before));
        buf_text(out, mark);
        buf_put(out, words);
        buf_text(out, mark);
        buf_put(out, str_cut(all, before + words.len, all.len));
    }
    buf_free(inner);
}

/* A fence that the code does not hold (CommonMark 0.31, 6.1). */
static void code_span(struct markdown *m, str code)
{
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < code.len; i++) {
        run = code.at[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    bool room = code.len && (code.at[0] == '`' || code.at[code.len - 1] == '`' || (code.at[0] == ' ' && code.at[code.len - 1] == ' '));
    for (size_t i = 0; i <= longest; i++)
        buf_char(m->out, '`');
    buf_text(m->out, room ? " " : "");
    for (size_t i = 0; i < code.len; i++) {
        if (code.at[i] == '|' && m->in_cell)
            buf_char(m->out, '\\');
        buf_char(m->out, code.at[i] == '\n' ? ' ' : code.at[i]);
    }
    buf_text(m->out, room ? " " : "");
    for (size_t i = 0; i <= longest; i++)
        buf_char(m->out, '`');
}

static void address(struct markdown *m, str s)
{
    static const char digits[] = "0123456789ABCDEF";
    PUT(m, "(");
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c <= ' ' || c == 0x7F || strchr("()<>\\|", c)) {
            buf_char(m->out, '%');
            buf_char(m->out, digits[c >> 4]);
            buf_char(m->out, digits[c & 15]);
        } else {
            buf_char(m->out, s.at[i]);
        }
    }
    PUT(m, ")");
}

static void link_to(struct markdown *m, const struct doc_node *node)
{
    str target = node->ref;
    bool inside = target.len && target.at[0] == '#';
    PUT(m, "[");
    if (node->first)
        markdown_inlines(m, node->first);
    else if (inside)
        markdown_text(m, reference_text(m->arena, reference_to(m->arena, &m->references, m->doc, &m->outline, str_cut(target, 1, target.len))));
    else
        markdown_text(m, target);
    PUT(m, "]");
    address(m, target);
}

void markdown_picture(struct markdown *m, const struct doc_node *node)
{
    PUT(m, "![");
    markdown_text(m, node->text);
    PUT(m, "]");
    address(m, node->ref);
}

void markdown_anchor(struct markdown *m, str id)
{
    if (id.len == 0 || !map_get(&m->wanted, id))
        return;
    PUT(m, "<a id=\"");
    for (size_t i = 0; i < id.len; i++)
        buf_put(m->out, id.at[i] == '"' ? STR("&quot;") : id.at[i] == '&' ? STR("&amp;") : str_cut(id, i, i + 1));
    PUT(m, "\"></a>");
}

static void note(struct markdown *m, const struct doc_node *node)
{
    LIST_PUSH(m->arena, &m->notes, doc_copy(m->arena, node));
    buf_print(m->out, "[^%zu]", m->notes.len);
}

static void tagged(struct markdown *m, const char *tag, const struct doc_node *node)
{
    buf_print(m->out, "<%s>", tag);
    markdown_text(m, node->text);
    markdown_inlines(m, node->first);
    buf_print(m->out, "</%s>", tag);
}

void markdown_inline_node(struct markdown *m, const struct doc_node *node)
{
    switch ((enum doc_type)node->type) {
    case DOC_EMPHASIS:   marked(m, "*", node); break;
    case DOC_STRONG:     marked(m, "**", node); break;
    case DOC_STRIKE:     marked(m, "~~", node); break;
    case DOC_SUP:        tagged(m, "sup", node); break;
    case DOC_SUB:        tagged(m, "sub", node); break;
    case DOC_KBD:        tagged(m, "kbd", node); break;
    case DOC_CODE_SPAN:  code_span(m, node->text); break;
    case DOC_LINK:       link_to(m, node); break;
    case DOC_IMAGE:      markdown_picture(m, node); break;
    case DOC_BREAK:      PUT(m, "<br>"); break;
    case DOC_SOFT_BREAK: PUT(m, " "); break;
    case DOC_NOTE:       note(m, node); break;
    case DOC_ANCHOR:     markdown_anchor(m, node->ref); break;
    default:
        markdown_text(m, node->text);
        markdown_inlines(m, node->first);
        break;
    }
}

void markdown_inlines(struct markdown *m, const struct doc_node *first)
{
    for (const struct doc_node *node = first; node; node = node->next)
        markdown_inline_node(m, node);
}
