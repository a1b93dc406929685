/* SPDX-License-Identifier: MIT */
/*
 * Ids and dates in narrow cells. Word breaks lines after any hyphen, and "DOC-" at the end of one line with "CONTACTS" on the
 * next is no id any more. The non-breaking hyphen of the format would help, but who searches the document for an id
 * types an ordinary one and finds nothing. So the pen follows the text along the known width of the cell, and puts a
 * line break before an id that would not fit. In another font the break is a little early or late, which does no harm.
 */
#include "write/docx_part.h"
#include "write/xml.h"

static bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

bool pen_is_id(str word)
{
    for (size_t at = str_find(word, '-', 0); at < word.len; at = str_find(word, '-', at + 1))
        if (at > 0 && at + 1 < word.len && !(is_lower(word.at[at - 1]) && is_lower(word.at[at + 1])))
            return true;
    return false;
}

void pen_start(struct docx *docx, int width)
{
    docx->pen_width = width;
    docx->pen_x = 0;
}

void pen_line(struct docx *docx)
{
    docx->pen_x = 0;
}

static bool is_visible(char c) { return c > ' ' && c < 0x7F; }

/* Of two blanks one is at an odd place. */
static bool has_two_blanks(str text)
{
    for (size_t i = 1; i < text.len; i += 2)
        if (text.at[i] == ' ' && (text.at[i - 1] == ' ' || (i + 1 < text.len && text.at[i + 1] == ' ')))
            return true;
    return false;
}

void pen_open(struct buf *out, str text)
{
    bool plain = text.len && is_visible(text.at[0]) && is_visible(text.at[text.len - 1]) && !has_two_blanks(text);
    buf_put(out, plain ? STR("<w:t>") : STR("<w:t xml:space=\"preserve\">"));
}

void pen_put(struct buf *out, str text)
{
    if (!text.len)
        return;
    pen_open(out, text);
    xml_text(out, text);
    buf_put(out, STR("</w:t>"));
}

static bool is_figure(char c) { return c >= '0' && c <= '9'; }

/* Where a day and month that begin at [at] end; 0: there are none. */
static size_t day_and_month(str text, size_t at)
{
    size_t day = at;
    while (day < text.len && day - at < 2 && is_figure(text.at[day]))
        day++;
    bool month = day > at && day + 1 < text.len && text.at[day] == ' ' && text.at[day + 1] >= 'A' && text.at[day + 1] <= 'Z';
    return month ? str_find(text, ' ', day + 1) : 0;
}

size_t pen_date(str text, size_t at)
{
    enum { SHORT = 2 }; /* "by", "on" */
    size_t end = at;
    if (is_figure(text.at[at]))
        return day_and_month(text, at);
    while (end < text.len && end - at <= SHORT && is_lower(text.at[end]))
        end++;
    return end > at && end + 1 < text.len && text.at[end] == ' ' ? day_and_month(text, end + 1) : 0;
}

/* The comma after a link stands in the next run: leave room for it. */
enum { COMMA = 48 };

void pen_text(struct docx *docx, str text, bool bold)
{
    struct buf *out = docx->out;
    int space = column_measure(docx->body_width, STR(" "), docx->cell_size, bold);
    size_t from = 0;
    for (size_t at = 0; at < text.len;) {
        if (text.at[at] == ' ') {
            docx->pen_x += docx->pen_x ? space : 0;
            at++;
            continue;
        }
        size_t date = pen_date(text, at), end = date ? date : str_find(text, ' ', at);
        str word = str_cut(text, at, end);
        int width = column_measure(docx->body_width, word, docx->cell_size, bold);
        bool over = docx->pen_x > 0 && docx->pen_x + width + COMMA > docx->pen_width;
        if (over && (date || pen_is_id(word))) {
            pen_put(out, str_cut(text, from, at));
            buf_put(out, STR("<w:br/>"));
            from = at;
        }
        docx->pen_x = over ? width : docx->pen_x + width;
        at = end;
    }
    pen_put(out, str_cut(text, from, text.len));
}
