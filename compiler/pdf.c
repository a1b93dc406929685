/* SPDX-License-Identifier: MIT */
/*
 * LibreOffice lays out our Word files, all in one process, with its own profile in a temporary folder: contents have a field for each page number,
 * which it fills. Where it is not there, Chromium prints our pages, one process for each; a page knows no page numbers, so its contents have none.
 * Neither gets a shell, the user's profile or unlimited time.
 */
#include "pdf.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/process.h"
#include "base/temporary.h"
#include "write/docx.h"
#include "write/sha256.h"

static const char *const offices[] = { "soffice", "libreoffice", NULL };
static const char *const browsers[] = { "chromium", "chromium-browser", "google-chrome", NULL };

/* Tagged for screen readers, with the headings as bookmarks, and the title in the window. */
#define OFFICE_FILTER "pdf:writer_pdf_Export:{\"UseTaggedPDF\":{\"type\":\"boolean\",\"value\":\"true\"}," \
                      "\"ExportBookmarks\":{\"type\":\"boolean\",\"value\":\"true\"},\"DisplayPDFDocumentTitle\":{\"type\":\"boolean\",\"value\":\"true\"}}"

struct pdf_one {
    str     name;
    int32_t day; /* of the document: when the file says that it was made */
};

struct pdf {
    const char *folder;
    str         program;
    bool        office;
    LIST_OF(struct pdf_one) list;
};

struct pdf *pdf_begin(struct ismsc *s)
{
    struct pdf *pdf = NEW(&s->arena, struct pdf);
    const char *why = "";
    pdf->program = program_find(&s->arena, offices);
    pdf->office = pdf->program.len > 0;
    if (!pdf->office)
        pdf->program = program_find(&s->arena, browsers);
    if (!pdf->program.len) {
        session_fail(s, "PDFs are made by LibreOffice or Chromium, and neither is here: no soffice, libreoffice, chromium, chromium-browser or google-chrome on PATH. "
                        "Install one, or open the Word files elsewhere");
        return NULL;
    }
    pdf->folder = temporary_folder(&s->arena, &why);
    if (!pdf->folder)
        session_fail(s, "PDFs need a temporary folder: %s", why);
    return pdf->folder ? pdf : NULL;
}

size_t pdf_count(const struct pdf *pdf) { return pdf->list.len; }

const char *pdf_remark(const struct pdf *pdf)
{
    return pdf->office || !pdf->list.len ? NULL : "Chromium made the PDFs, for LibreOffice is not here: their contents have no page numbers";
}

static const char *path_of(struct arena *arena, const struct pdf *pdf, str name, const char *ending)
{
    return str_c(arena, str_print(arena, "%s/%.*s.%s", pdf->folder, STR_ARG(name), ending));
}

/* ---- what is laid out ---- */

enum ismsc_status pdf_take(struct ismsc *s, struct pdf *pdf, const struct document *document, struct zip_shared *zips, const struct html_assets *assets)
{
    struct arena *arena = arena_new(&s->scratch);
    struct document paged = *document;
    struct html_assets alone = *assets;
    struct buf *out = buf_new(arena);
    struct parts parts = { 0 };
    const char *why = NULL;
    struct pdf_one one = { str_copy(&s->arena, document->file), document->modified };
    paged.paged = true;
    alone.site = NULL;
    if (pdf->office)
        why = docx_write_shared(arena, zips, &paged, &parts);
    else
        html_write_parts(arena, document, &alone, &parts);
    if (why)
        return session_fail(s, "%s", why);
    if (!parts_put(&parts, out))
        return session_fail(s, "can't read again what was put aside: %s", strerror(errno));
    if (!file_put(arena, path_of(arena, pdf, one.name, pdf->office ? "docx" : "html"), buf_str(out), &why))
        return session_fail(s, "can't write to the temporary folder: %s", why);
    LIST_PUSH(&s->arena, &pdf->list, one);
    arena_close(arena);
    return ISMSC_OK;
}

/* ---- the program ---- */

static int seconds_for(size_t ndocuments)
{
    const char *set = getenv("ISMSC_PDF_SECONDS");
    int64_t seconds;
    if (set && str_to_int(str_of(set), &seconds) && seconds > 0 && seconds <= LIMIT_PDF_SECONDS)
        return (int)seconds;
    size_t wanted = LIMIT_PDF_BEGIN + LIMIT_PDF_DOCUMENT * ndocuments;
    return (int)(wanted < LIMIT_PDF_SECONDS ? wanted : LIMIT_PDF_SECONDS);
}

static const char *called(const struct pdf *pdf) { return pdf->office ? "LibreOffice" : "Chromium"; }

static enum ismsc_status run(struct ismsc *s, const struct pdf *pdf, const char *const *words, size_t ndocuments)
{
    int status, seconds = seconds_for(ndocuments);
    switch (process_run(&s->scratch, words, pdf->folder, seconds, &status)) {
    case PROCESS_EXITED:
        return status == 0 ? ISMSC_OK : session_fail(s, "%s made no PDF: it ended with status %d (%.*s)", called(pdf), status, STR_ARG(pdf->program));
    case PROCESS_KILLED:
        return session_fail(s, "%s made no PDF: signal %d ended it (%.*s)", called(pdf), status, STR_ARG(pdf->program));
    case PROCESS_LATE:
        return session_fail(s, "%s made no PDF within %d seconds and was stopped; ISMSC_PDF_SECONDS gives it more (%.*s)", called(pdf), seconds, STR_ARG(pdf->program));
    default:
        return session_fail(s, "%s can't be started: %s (%.*s)", called(pdf), strerror(status), STR_ARG(pdf->program));
    }
}

static enum ismsc_status run_office(struct ismsc *s, const struct pdf *pdf)
{
    LIST_OF(const char *) words = { 0 };
    const char *profile = str_c(&s->scratch, str_print(&s->scratch, "-env:UserInstallation=file://%s/profile", pdf->folder));
    const char *const fixed[] = { str_c(&s->scratch, pdf->program), profile, "--headless", "--norestore", "--nologo", "--convert-to", OFFICE_FILTER,
                                  "--outdir", pdf->folder };
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        LIST_PUSH(&s->scratch, &words, fixed[i]);
    for (size_t i = 0; i < pdf->list.len; i++)
        LIST_PUSH(&s->scratch, &words, path_of(&s->scratch, pdf, pdf->list.at[i].name, "docx"));
    LIST_PUSH(&s->scratch, &words, NULL);
    return run(s, pdf, words.at, pdf->list.len);
}

/* Chromium refuses to shut itself in when it is run by root; the page is our own and asks for nothing. */
static enum ismsc_status run_browser(struct ismsc *s, const struct pdf *pdf, str name)
{
    struct arena *arena = &s->scratch;
    const char *words[] = {
        str_c(arena, pdf->program), "--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer", "--generate-pdf-document-outline",
        str_c(arena, str_print(arena, "--user-data-dir=%s/profile", pdf->folder)),
        str_c(arena, str_print(arena, "--print-to-pdf=%s", path_of(arena, pdf, name, "pdf"))),
        str_c(arena, str_print(arena, "file://%s", path_of(arena, pdf, name, "html"))),
        geteuid() == 0 ? "--no-sandbox" : NULL, NULL,
    };
    return run(s, pdf, words, 1);
}

enum ismsc_status pdf_make(struct ismsc *s, struct pdf *pdf)
{
    enum ismsc_status status = ISMSC_OK;
    if (pdf->office && pdf->list.len)
        status = run_office(s, pdf);
    for (size_t i = 0; !pdf->office && i < pdf->list.len && status == ISMSC_OK; i++)
        status = run_browser(s, pdf, pdf->list.at[i].name);
    return status;
}

/* ---- the same bytes for the same document ---- */

static bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); }

/* Behind [key], up to the end of its line and the next one, hexadecimal texts of 32 digits become [digits]. */
static void set_digits(char *from, char *end, const char *key, const char *digits)
{
    enum { DIGITS = 32, NEAR = 100 };
    size_t at = str_search((str){ from, (size_t)(end - from) }, str_of(key), 0), n = 0;
    if (at == SIZE_MAX)
        return;
    char *stop = end - (from + at) > NEAR ? from + at + NEAR : end;
    for (char *c = from + at + strlen(key); c < stop; c++) {
        n = is_hex(*c) ? n + 1 : 0;
        if (n == DIGITS)
            memcpy(c + 1 - DIGITS, digits, DIGITS);
    }
}

/* "(D:20261122140209" -> the day of the document, at midnight. */
static void set_day(char *from, char *end, const char *key, int32_t day)
{
    char date[11], digits[15] = "00000000000000";
    size_t at = str_search((str){ from, (size_t)(end - from) }, str_of(key), 0), open;
    if (at == SIZE_MAX || (open = str_search((str){ from, (size_t)(end - from) }, STR("(D:"), at)) > at + strlen(key) + 1)
        return;
    date_format(day, date);
    memcpy(digits, date, 4), memcpy(digits + 4, date + 5, 2), memcpy(digits + 6, date + 8, 2);
    for (size_t i = 0; i < 14 && from + open + 3 + i < end && from[open + 3 + i] >= '0' && from[open + 3 + i] <= '9'; i++)
        from[open + 3 + i] = digits[i];
}

/* What the clock gave the file comes from the document instead, in place, so that an unchanged build writes nothing: only outside of streams. */
static void settle(char *from, size_t len, int32_t day)
{
    static const char zeros[] = "00000000000000000000000000000000", hex[] = "0123456789ABCDEF";
    uint8_t digest[SHA256_BYTES];
    char    digits[sizeof zeros], *end = from + len, *head = from, *tail = from;
    size_t  first = str_search((str){ from, len }, STR("stream"), 0), at = 0;
    while ((at = str_search((str){ from, len }, STR("endstream"), at)) != SIZE_MAX)
        tail = from + ++at;
    head = first == SIZE_MAX ? end : from + first;
    const char *const days[] = { "/CreationDate", "/ModDate" };
    for (size_t i = 0; i < 2; i++) {
        set_day(from, head, days[i], day);
        set_day(tail, end, days[i], day);
    }
    set_digits(tail, end, "/ID", zeros);
    set_digits(tail, end, "/DocChecksum", zeros);
    sha256((str){ from, len }, digest);
    for (size_t i = 0; i < sizeof zeros - 1; i++)
        digits[i] = hex[digest[i / 2] >> (i % 2 ? 0 : 4) & 15];
    set_digits(tail, end, "/ID", digits);
    set_digits(tail, end, "/DocChecksum", digits);
}

/* The last thing a program said that has words. */
static str last_words(struct ismsc *s, const struct pdf *pdf)
{
    struct buf *out = buf_new(&s->scratch);
    str rest, line, last = { 0 };
    temporary_read(path_of(&s->scratch, pdf, STR("said"), "txt"), out);
    rest = buf_str(out);
    while (str_split(&rest, '\n', &line))
        if (str_trim(line).len)
            last = str_trim(line);
    return last;
}

enum ismsc_status pdf_read(struct ismsc *s, const struct pdf *pdf, size_t i, str *name, struct buf *out)
{
    const struct pdf_one *one = &pdf->list.at[i];
    size_t begin = out->len;
    *name = one->name;
    bool read = temporary_read(path_of(&s->scratch, pdf, one->name, "pdf"), out);
    if (!read || !str_starts(str_cut(buf_str(out), begin, out->len), STR("%PDF-"))) {
        str said = last_words(s, pdf);
        return session_fail(s, "%s made no PDF of %.*s%s%.*s", called(pdf), STR_ARG(one->name), said.len ? "; it said: " : "", STR_ARG(said));
    }
    settle(out->at + begin, out->len - begin, one->day);
    return ISMSC_OK;
}
