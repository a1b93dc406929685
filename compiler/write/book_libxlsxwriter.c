/* SPDX-License-Identifier: MIT */
/* The workbook by libxlsxwriter, loaded when the first one is made. */
#include <xlsxwriter.h>

#include "base/library.h"
#include "base/temporary.h"
#include "write/book.h"

/* The name the build found: its structures are those of the header, so that no other release will do. */
#ifndef XLSX_SONAME
#define XLSX_SONAME "libxlsxwriter.so.4"
#endif

enum { A4_SHEET = 9, LETTER_SHEET = 1 }; /* ST_PageSetup paperSize */
enum { DAYS_TO_1970 = 25569 };           /* serial day 0 is 1899-12-30 for every day from 1 March 1900 on */
enum { HAIRLINE = LXW_BORDER_THIN };

/* The functions that are used: name, result, parameters. */
#define FUNCTIONS(F)                                                                                                       \
    F(workbook_new_opt, lxw_workbook *, (const char *, lxw_workbook_options *))                                            \
    F(workbook_close, lxw_error, (lxw_workbook *))                                                                         \
    F(workbook_add_worksheet, lxw_worksheet *, (lxw_workbook *, const char *))                                             \
    F(workbook_add_format, lxw_format *, (lxw_workbook *))                                                                 \
    F(workbook_set_properties, lxw_error, (lxw_workbook *, lxw_doc_properties *))                                          \
    F(workbook_set_custom_property_string, lxw_error, (lxw_workbook *, const char *, const char *))                        \
    F(lxw_workbook_free, void, (lxw_workbook *))                                                                           \
    F(lxw_strerror, char *, (lxw_error))                                                                                   \
    F(lxw_version, const char *, (void))                                                                                   \
    F(format_set_font_name, void, (lxw_format *, const char *))                                                            \
    F(format_set_font_size, void, (lxw_format *, double))                                                                  \
    F(format_set_font_color, void, (lxw_format *, lxw_color_t))                                                            \
    F(format_set_bg_color, void, (lxw_format *, lxw_color_t))                                                              \
    F(format_set_bold, void, (lxw_format *))                                                                               \
    F(format_set_underline, void, (lxw_format *, uint8_t))                                                                 \
    F(format_set_text_wrap, void, (lxw_format *))                                                                          \
    F(format_set_align, void, (lxw_format *, uint8_t))                                                                     \
    F(format_set_bottom, void, (lxw_format *, uint8_t))                                                                    \
    F(format_set_bottom_color, void, (lxw_format *, lxw_color_t))                                                          \
    F(format_set_num_format, void, (lxw_format *, const char *))                                                           \
    F(worksheet_write_string, lxw_error, (lxw_worksheet *, lxw_row_t, lxw_col_t, const char *, lxw_format *))              \
    F(worksheet_write_number, lxw_error, (lxw_worksheet *, lxw_row_t, lxw_col_t, double, lxw_format *))                    \
    F(worksheet_write_blank, lxw_error, (lxw_worksheet *, lxw_row_t, lxw_col_t, lxw_format *))                             \
    F(worksheet_write_url_opt, lxw_error, (lxw_worksheet *, lxw_row_t, lxw_col_t, const char *, lxw_format *, const char *, const char *)) \
    F(worksheet_merge_range, lxw_error, (lxw_worksheet *, lxw_row_t, lxw_col_t, lxw_row_t, lxw_col_t, const char *, lxw_format *)) \
    F(worksheet_set_column, lxw_error, (lxw_worksheet *, lxw_col_t, lxw_col_t, double, lxw_format *))                      \
    F(worksheet_set_row, lxw_error, (lxw_worksheet *, lxw_row_t, double, lxw_format *))                                    \
    F(worksheet_add_table, lxw_error, (lxw_worksheet *, lxw_row_t, lxw_col_t, lxw_row_t, lxw_col_t, lxw_table_options *))  \
    F(worksheet_freeze_panes, void, (lxw_worksheet *, lxw_row_t, lxw_col_t))                                               \
    F(worksheet_gridlines, void, (lxw_worksheet *, uint8_t))                                                               \
    F(worksheet_right_to_left, void, (lxw_worksheet *))                                                                    \
    F(worksheet_set_landscape, void, (lxw_worksheet *))                                                                    \
    F(worksheet_set_paper, void, (lxw_worksheet *, uint8_t))                                                               \
    F(worksheet_set_margins, void, (lxw_worksheet *, double, double, double, double))                                      \
    F(worksheet_fit_to_pages, void, (lxw_worksheet *, uint16_t, uint16_t))                                                 \
    F(worksheet_repeat_rows, lxw_error, (lxw_worksheet *, lxw_row_t, lxw_row_t))                                           \
    F(worksheet_set_header, lxw_error, (lxw_worksheet *, const char *))                                                    \
    F(worksheet_set_footer, lxw_error, (lxw_worksheet *, const char *))                                                    \
    F(worksheet_ignore_errors, lxw_error, (lxw_worksheet *, uint8_t, const char *))

#define MEMBER(name, result, parameters) result(*name) parameters;
struct libxlsxwriter {
    FUNCTIONS(MEMBER)
};

struct book_style {
    struct book_look look;
    lxw_format      *format;
};

struct book {
    struct arena        *arena;
    struct libxlsxwriter lib;
    lxw_workbook        *workbook; /* NULL once it is closed */
    lxw_error            error;    /* the first */
    const char          *folder, *path;
    struct buf          *text;     /* the text that is being handed over */
    LIST_OF(struct book_style *) styles;
};

struct book_sheet {
    struct book   *book;
    lxw_worksheet *worksheet;
    uint32_t       links;
};

/* ---- open ---- */

static const char *load(struct libxlsxwriter *lib)
{
    static const char *const names[] = { XLSX_SONAME, NULL };
#define FIND(name, result, parameters) LIBRARY_FUNCTION(struct libxlsxwriter, name),
    static const struct library_function functions[] = { FUNCTIONS(FIND) LIBRARY_END };
    return library_load(names, functions, lib,
                        "libxlsxwriter is needed to write workbooks and can not be loaded (tried " XLSX_SONAME "); Debian has it as libxlsxwriter4, Fedora as libxlsxwriter",
                        "libxlsxwriter is not the one this program was built for");
}

static void release(void *handle)
{
    struct book *book = handle;
    if (book->workbook)
        book->lib.lxw_workbook_free(book->workbook);
    book->workbook = NULL;
}

static void note(struct book *book, lxw_error error)
{
    if (!book->error)
        book->error = error;
}

/*
 * The text with a NUL behind it, until the next one is asked for. "_x000D_" means a character to readers (ST_Xstring), so one that an
 * author wrote has its first sign written that way. No more than [most] units of UTF-16.
 */
static char *text_of(struct book *book, str text, size_t most)
{
    struct buf *out = book->text;
    size_t units = 0, from = 0;
    buf_clear(out);
    for (size_t at = 0, next; at < text.len; at = next) {
        next = at;
        uint32_t cp = utf8_next(text, &next);
        if ((units += cp > 0xFFFF ? 2 : 1) > most) {
            text.len = at;
            break;
        }
        if (cp == '_' && text.len - at > 6 && text.at[at + 1] == 'x' && text.at[at + 6] == '_') {
            buf_put(out, str_cut(text, from, at));
            buf_text(out, "_x005F");
            from = at;
        }
    }
    buf_put(out, str_cut(text, from, text.len));
    buf_char(out, '\0');
    return out->at;
}

/* The same for as long as the workbook lives. */
static char *kept(struct book *book, str text, size_t most) { return str_c(book->arena, str_of(text_of(book, text, most))); }

static void set_facts(struct book *book, const struct book_facts *facts)
{
    enum { LONGEST = 255 };
    lxw_doc_properties properties = {
        .title = kept(book, facts->title, LONGEST), .subject = kept(book, facts->subject, LONGEST), .author = kept(book, facts->author, LONGEST),
        .company = kept(book, facts->organisation, LONGEST), .keywords = kept(book, facts->keywords, LONGEST), .comments = kept(book, facts->comments, LONGEST),
        .created = facts->day > 0 ? (time_t)facts->day * 86400 : 1, /* 0 would be the time of the clock */
    };
    note(book, book->lib.workbook_set_properties(book->workbook, &properties));
    if (facts->classification.len)
        note(book, book->lib.workbook_set_custom_property_string(book->workbook, "Classification", kept(book, facts->classification, LONGEST)));
}

const char *book_open(struct arena *arena, const struct book_facts *facts, struct book **made)
{
    struct book *book = NEW(arena, struct book);
    const char *why = load(&book->lib), *system = "";
    if (why)
        return why;
    book->arena = arena;
    book->text = buf_new(arena);
    book->folder = temporary_folder(arena, &system);
    if (!book->folder)
        return str_print(arena, "the workbook needs a temporary folder: %s%c", system, '\0').at;
    book->path = str_c(arena, str_print(arena, "%s/book.xlsx", book->folder));
    lxw_workbook_options options = { .tmpdir = str_c(arena, str_of(book->folder)), .use_zip64 = LXW_FALSE };
    arena_defer(arena, release, book);
    book->workbook = book->lib.workbook_new_opt(book->path, &options);
    if (!book->workbook)
        return "memory is exhausted";
    set_facts(book, facts);
    *made = book;
    return NULL;
}

const char *book_about(struct arena *arena, const char **about)
{
    struct libxlsxwriter *lib = NEW(arena, struct libxlsxwriter);
    const char *problem = load(lib);
    if (!problem)
        *about = str_print(arena, "libxlsxwriter %s is loaded%c", lib->lxw_version(), '\0').at;
    return problem;
}

struct book_sheet *book_sheet(struct book *book, str name, bool right_to_left)
{
    struct book_sheet *sheet = NEW(book->arena, struct book_sheet);
    sheet->book = book;
    sheet->worksheet = book->lib.workbook_add_worksheet(book->workbook, kept(book, name, SIZE_MAX));
    if (!sheet->worksheet)
        memory_exhausted(book->arena->memory);
    book->lib.worksheet_gridlines(sheet->worksheet, LXW_HIDE_ALL_GRIDLINES);
    if (right_to_left)
        book->lib.worksheet_right_to_left(sheet->worksheet);
    return sheet;
}

/* ---- styles ---- */

static lxw_color_t colour_of(str hex)
{
    lxw_color_t colour = 0;
    for (size_t i = 0; i < hex.len; i++)
        colour = colour * 16 + (lxw_color_t)(hex.at[i] <= '9' ? hex.at[i] - '0' : (hex.at[i] | 32) - 'a' + 10);
    return colour;
}

static bool same_look(const struct book_look *a, const struct book_look *b)
{
    return str_eq(a->font, b->font) && str_eq(a->ink, b->ink) && str_eq(a->fill, b->fill) && str_eq(a->line, b->line) && a->size == b->size
        && a->align == b->align && a->bold == b->bold && a->wrap == b->wrap && a->underline == b->underline && a->date == b->date;
}

static void set_colours(const struct libxlsxwriter *lib, lxw_format *format, const struct book_look *look)
{
    if (look->ink.len)
        lib->format_set_font_color(format, colour_of(look->ink));
    if (look->fill.len)
        lib->format_set_bg_color(format, colour_of(look->fill));
    if (look->line.len) {
        lib->format_set_bottom(format, HAIRLINE);
        lib->format_set_bottom_color(format, colour_of(look->line));
    }
}

static lxw_format *new_format(struct book *book, const struct book_look *look)
{
    static const uint8_t aligns[] = { [BOOK_LEFT] = LXW_ALIGN_LEFT, [BOOK_CENTRE] = LXW_ALIGN_CENTER, [BOOK_RIGHT] = LXW_ALIGN_RIGHT };
    const struct libxlsxwriter *lib = &book->lib;
    lxw_format *format = lib->workbook_add_format(book->workbook);
    if (!format)
        memory_exhausted(book->arena->memory);
    lib->format_set_font_name(format, kept(book, look->font, LXW_FORMAT_FIELD_LEN - 1));
    lib->format_set_font_size(format, look->size);
    lib->format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    lib->format_set_align(format, aligns[look->align]);
    if (look->bold)
        lib->format_set_bold(format);
    if (look->wrap)
        lib->format_set_text_wrap(format);
    if (look->underline)
        lib->format_set_underline(format, LXW_UNDERLINE_SINGLE);
    if (look->date)
        lib->format_set_num_format(format, "yyyy-mm-dd");
    set_colours(lib, format, look);
    return format;
}

const struct book_style *book_style(struct book *book, const struct book_look *look)
{
    for (size_t i = 0; i < book->styles.len; i++)
        if (same_look(&book->styles.at[i]->look, look))
            return book->styles.at[i];
    struct book_style *style = NEW(book->arena, struct book_style);
    style->look = *look;
    style->format = new_format(book, look);
    LIST_PUSH(book->arena, &book->styles, style);
    return style;
}

/* ---- cells ---- */

void book_text(struct book_sheet *sheet, uint32_t row, uint16_t column, str text, const struct book_style *style)
{
    struct book *book = sheet->book;
    note(book, text.len ? book->lib.worksheet_write_string(sheet->worksheet, row, column, text_of(book, text, BOOK_TEXT), style->format)
                        : book->lib.worksheet_write_blank(sheet->worksheet, row, column, style->format));
}

void book_number(struct book_sheet *sheet, uint32_t row, uint16_t column, double number, const struct book_style *style)
{
    note(sheet->book, sheet->book->lib.worksheet_write_number(sheet->worksheet, row, column, number, style->format));
}

void book_date(struct book_sheet *sheet, uint32_t row, uint16_t column, int32_t day, const struct book_style *style)
{
    book_number(sheet, row, column, day + DAYS_TO_1970, style);
}

void book_link(struct book_sheet *sheet, uint32_t row, uint16_t column, str text, str target_sheet, uint32_t target_row, const struct book_style *style)
{
    struct book *book = sheet->book;
    if (sheet->links == BOOK_LINKS) {
        book_text(sheet, row, column, text, style);
        return;
    }
    struct arena_mark mark = arena_mark(book->arena);
    str quoted = { 0 }, rest = target_sheet, part;
    for (bool first = true; str_split(&rest, '\'', &part); first = false)
        quoted = str_print(book->arena, "%.*s%s%.*s", STR_ARG(quoted), first ? "" : "''", STR_ARG(part));
    char *url = str_c(book->arena, str_print(book->arena, "internal:'%.*s'!A%u", STR_ARG(quoted), (unsigned)target_row + 1));
    sheet->links++;
    note(book, book->lib.worksheet_write_url_opt(sheet->worksheet, row, column, url, style->format, text_of(book, text, BOOK_TEXT), NULL));
    arena_release(book->arena, mark);
}

void book_across(struct book_sheet *sheet, uint32_t row, uint16_t from, uint16_t to, str text, const struct book_style *style)
{
    struct book *book = sheet->book;
    note(book, book->lib.worksheet_merge_range(sheet->worksheet, row, from, row, to, text_of(book, text, BOOK_TEXT), style->format));
}

/* ---- sheets ---- */

void book_width(struct book_sheet *sheet, uint16_t column, double width)
{
    note(sheet->book, sheet->book->lib.worksheet_set_column(sheet->worksheet, column, column, width, NULL));
}

void book_height(struct book_sheet *sheet, uint32_t row, double height)
{
    note(sheet->book, sheet->book->lib.worksheet_set_row(sheet->worksheet, row, height, NULL));
}

/* Ids and versions are texts that look like numbers: Excel need not point at each of them. */
static void no_green_corners(struct book_sheet *sheet, uint32_t rows, uint16_t columns)
{
    struct book *book = sheet->book;
    char letters[4] = { 0 }, *range;
    size_t n = sizeof letters - 1;
    for (unsigned c = columns; c > 0 && n > 0; c = (c - 1) / 26)
        letters[--n] = (char)('A' + (c - 1) % 26);
    range = str_c(book->arena, str_print(book->arena, "A1:%s%u", letters + n, (unsigned)rows + 1));
    note(book, book->lib.worksheet_ignore_errors(sheet->worksheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range));
}

void book_table(struct book_sheet *sheet, str name, uint32_t rows, uint16_t columns, const str *heads, const struct book_style *head)
{
    struct book *book = sheet->book;
    lxw_table_column *all = NEWS(book->arena, lxw_table_column, columns), **list = NEWS(book->arena, lxw_table_column *, (size_t)columns + 1);
    for (uint16_t i = 0; i < columns; i++) {
        all[i] = (lxw_table_column){ .header = kept(book, heads[i], BOOK_HEADER), .header_format = head->format };
        list[i] = &all[i];
    }
    lxw_table_options options = { .name = kept(book, name, BOOK_HEADER), .style_type = LXW_TABLE_STYLE_TYPE_LIGHT, .style_type_number = 0, .columns = list };
    note(book, book->lib.worksheet_add_table(sheet->worksheet, 0, 0, rows, (lxw_col_t)(columns - 1), &options));
    no_green_corners(sheet, rows, columns);
}

void book_freeze(struct book_sheet *sheet, uint32_t rows, uint16_t columns)
{
    sheet->book->lib.worksheet_freeze_panes(sheet->worksheet, rows, columns);
}

void book_print(struct book_sheet *sheet, const struct book_print *print)
{
    struct book *book = sheet->book;
    const struct libxlsxwriter *lib = &book->lib;
    static const double side = 0.5, top = 0.75; /* inches */
    lib->worksheet_set_paper(sheet->worksheet, print->letter ? LETTER_SHEET : A4_SHEET);
    lib->worksheet_set_margins(sheet->worksheet, side, side, top, top);
    lib->worksheet_fit_to_pages(sheet->worksheet, 1, 0);
    if (print->landscape)
        lib->worksheet_set_landscape(sheet->worksheet);
    if (print->titles)
        note(book, lib->worksheet_repeat_rows(sheet->worksheet, 0, 0));
    note(book, lib->worksheet_set_header(sheet->worksheet, text_of(book, print->header, BOOK_HEADER)));
    note(book, lib->worksheet_set_footer(sheet->worksheet, text_of(book, print->footer, BOOK_HEADER)));
}

/* ---- close ---- */

const char *book_close(struct book *book, struct buf *out)
{
    lxw_workbook *workbook = book->workbook;
    book->workbook = NULL; /* closing frees it, well or not */
    note(book, book->lib.workbook_close(workbook));
    if (book->error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        memory_exhausted(book->arena->memory);
    if (book->error)
        return str_print(book->arena, "making the workbook failed: %s%c", book->lib.lxw_strerror(book->error), '\0').at;
    return temporary_read(book->path, out) ? NULL : "making the workbook failed: it can not be read from the temporary folder";
}
