/* SPDX-License-Identifier: MIT */
#include "parse/text.h"

enum trouble { TAB, NUL_BYTE, BAD_UTF8, CONTROL, WIDE_BLANK, TROUBLES };

/* Places shown for each kind of trouble in one file. A file saved in another encoding is one mistake, however many letters it spoils. */
static const unsigned reported[TROUBLES] = { [TAB] = 5, [NUL_BYTE] = 1, [BAD_UTF8] = 1, [CONTROL] = 5, [WIDE_BLANK] = 5 };

struct check {
    struct arena        *arena;
    struct findings     *findings;
    const struct source *source;
    char                *copy; /* made when the first byte must be replaced */
    unsigned             seen[TROUBLES];
    bool                 ascii, crooked;
    size_t               tabs_said; /* to the end of this line: one finding is enough for a row of a spreadsheet */
};

static void report(struct check *check, enum trouble trouble, size_t at, size_t len, uint32_t cp)
{
    struct span span = { check->source->number, (uint32_t)at, (uint32_t)(at + len) };
    if (trouble == TAB && at < check->tabs_said)
        return;
    if (trouble == TAB)
        check->tabs_said = str_find(check->source->bytes, '\n', at);
    if (check->seen[trouble]++ >= reported[trouble])
        return;
    switch (trouble) {
    case TAB: finding_add(check->findings, LANG_TEXT_TAB, span, "a tab stands here; the language is indented with spaces"); break;
    case NUL_BYTE: finding_add(check->findings, LANG_TEXT_NUL, span, "the file holds a NUL byte"); break;
    case BAD_UTF8: {
        unsigned first = (unsigned char)check->source->bytes.at[at];
        if (len == 1)
            finding_add(check->findings, LANG_TEXT_UTF8, span, "byte 0x%02X is not valid UTF-8", first);
        else
            finding_add(check->findings, LANG_TEXT_UTF8, span, "%zu bytes, 0x%02X and what follows, are not valid UTF-8", len, first);
        break;
    }
    case WIDE_BLANK: finding_add(check->findings, LANG_TEXT_BLANK, span, "the blank here is a no-break space, U+%04X, which looks like a blank and is none", (unsigned)cp); break;
    default:
        finding_add(check->findings, LANG_TEXT_CONTROL, span, "the invisible character U+%04X has no place in a text", (unsigned)cp);
        break;
    }
}

static void replace(struct check *check, size_t at, size_t len, char with)
{
    if (!check->copy)
        check->copy = (char *)(uintptr_t)str_copy(check->arena, check->source->bytes).at;
    memset(check->copy + at, with, len);
}

/* Controls, direction overrides, separators YAML would take for line breaks, non-characters, and our own placeholders. */
bool text_refuses(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp <= 0x9F) || (cp >= 0x2028 && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069)
        || cp == 0xFEFF || (cp >= 0xF8F0 && cp <= 0xF8FF) || (cp & 0xFFFE) == 0xFFFE;
}

static const unsigned char harmless[256] = { /* bytes that need no second look */
    ['\n'] = 1, ['\r'] = 1,
#define ROW(n) [n] = 1, [n + 1] = 1, [n + 2] = 1, [n + 3] = 1, [n + 4] = 1, [n + 5] = 1, [n + 6] = 1, [n + 7] = 1
    ROW(0x20), ROW(0x28), ROW(0x30), ROW(0x38), ROW(0x40), ROW(0x48), ROW(0x50), ROW(0x58), ROW(0x60), ROW(0x68), ROW(0x70),
    [0x78] = 1, [0x79] = 1, [0x7A] = 1, [0x7B] = 1, [0x7C] = 1, [0x7D] = 1, [0x7E] = 1,
#undef ROW
};

/* Past whole words of plain text: no byte below the blank but line ends, none from 0x7F on. */
static size_t skip_plain(str s, size_t i)
{
    const uint64_t ones = 0x0101010101010101u, highs = 0x80 * ones;
    uint64_t word, line_ends;
    for (; i + sizeof word <= s.len; i += sizeof word) {
        memcpy(&word, s.at + i, sizeof word);
        if (word & highs)
            break;
        /* With no high bit set, adding to a byte carries into no other: it sets the high bit of all but the line end, which then gets one that a blank has. */
        line_ends = ~((word ^ '\n' * ones) + 0x7F * ones) & highs;
        word |= line_ends >> 2;
        /* The sum sets the high bit of 0x7F, the difference that of what is below the blank. */
        if (((word + ones) | (word - 0x20 * ones)) & highs)
            break;
    }
    return i;
}

/* The trouble with the character at [*i], which then stands behind it. */
static enum trouble trouble_at(str s, size_t *i, uint32_t *cp)
{
    size_t begin = *i;
    *cp = utf8_next(s, i);
    if (*cp == 0xFFFD && *i == begin + 1)
        return BAD_UTF8;
    return *cp == 0 ? NUL_BYTE : *cp == '\t' ? TAB : CONTROL;
}

/* Blanks of other widths, as web pages and word processors use them. */
static bool is_wide_blank(uint32_t cp) { return cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x202F || cp == 0x3000; }

/* Where a run of tabs, of wide blanks or of bad bytes that begins before [i] ends: one finding is enough for it. */
static size_t end_of_run(str s, size_t i, enum trouble trouble)
{
    uint32_t cp;
    size_t   next = i;
    if (trouble != TAB && trouble != BAD_UTF8 && trouble != WIDE_BLANK)
        return i;
    while (next < s.len && (trouble_at(s, &next, &cp) == trouble || (trouble == WIDE_BLANK && is_wide_blank(cp))))
        i = next;
    return i;
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

/* Whether nothing but blanks stands between the beginning of the line and [at]. */
static bool is_indentation(str s, size_t at)
{
    while (at > 0 && is_blank(s.at[at - 1]))
        at--;
    return at == 0 || s.at[at - 1] == '\n';
}

/* Whether [at] is behind the colon of a key, "owner:", on a line of its own. */
static bool is_behind_key(str s, size_t at)
{
    size_t key = at > 0 ? at - 1 : 0;
    if (at < 2 || s.at[key] != ':')
        return false;
    while (key > 0 && ((s.at[key - 1] >= 'a' && s.at[key - 1] <= 'z') || s.at[key - 1] == '_'))
        key--;
    return key < at - 1 && (is_indentation(s, key) || (key > 1 && s.at[key - 1] == ' ' && s.at[key - 2] == '-' && is_indentation(s, key - 2)));
}

/* Looks at the character at [i], which is not plain ASCII text, and returns where the next one begins. */
static size_t look(struct check *check, size_t i, bool tabs_refused)
{
    str    s = check->source->bytes;
    size_t next = i;
    uint32_t cp;
    if (s.at[i] == '\t' && !tabs_refused)
        return i + 1;
    if ((unsigned char)s.at[i] >= 0x80)
        check->ascii = false;
    enum trouble trouble = trouble_at(s, &next, &cp);
    bool within = (trouble == TAB || (tabs_refused && is_wide_blank(cp))) && is_indentation(check->copy ? (str){ check->copy, s.len } : s, i);
    if (tabs_refused && is_wide_blank(cp) && (within || is_behind_key(s, i)))
        trouble = WIDE_BLANK;
    else if (trouble != BAD_UTF8 && !text_refuses(cp))
        return next;
    next = end_of_run(s, next, trouble);
    report(check, trouble, i, next - i, cp);
    replace(check, i, next - i, trouble == TAB || trouble == WIDE_BLANK ? ' ' : '?');
    check->crooked |= within && str_search(s, STR("\n "), 0) != SIZE_MAX;
    return next;
}

/* How files of other programs begin, and what people call them. Findings name the first that fits. */
static const struct { const char *begins, *is, *help; } formats[] = {
    { "PK\x03\x04", "a Word, Excel or ZIP file", "open it, and copy its words into a text file; `pandoc old.docx -t gfm -o new.md` makes Markdown of a Word file" },
    { "\xD0\xCF\x11\xE0", "an old Word or Excel file", "open it, and copy its words into a text file" },
    { "%PDF", "a PDF", "copy its words into a text file, or keep it elsewhere and refer to it" },
    { "{\\rtf", "an RTF file", "open it in a word processor, and copy its words into a text file" },
    { "\x89PNG", "a picture", "give it the ending .png" },
    { "\xFF\xD8\xFF", "a picture", "give it the ending .jpg" },
};

/* A file that some other program has written; its bytes need no findings of their own. */
static bool is_of_other_program(struct findings *findings, const struct source *source)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        size_t len = strlen(formats[i].begins);
        if (!str_starts(source->bytes, (str){ formats[i].begins, len }))
            continue;
        struct span span = { source->number, 0, (uint32_t)len };
        finding_help(findings, finding_add(findings, LANG_NOT_TEXT, span, "the file is %s and no text", formats[i].is), "%s", formats[i].help);
        return true;
    }
    return false;
}

static bool is_utf16(str s)
{
    if (s.len >= 2 && ((s.at[0] == '\xFF' && s.at[1] == '\xFE') || (s.at[0] == '\xFE' && s.at[1] == '\xFF')))
        return true;
    /* Without a mark: Latin text in UTF-16 has a zero in every second byte. */
    return s.len >= 4 && ((s.at[0] == 0 && s.at[1] && s.at[2] == 0 && s.at[3]) || (s.at[0] && s.at[1] == 0 && s.at[2] && s.at[3] == 0));
}

bool text_check(struct arena *arena, struct findings *findings, struct source *source, bool tabs_refused)
{
    struct check check = { .arena = arena, .findings = findings, .source = source, .ascii = true };
    str    s = source->bytes;
    size_t i = 0;

    if (source->checked)
        return source->is_text;
    source->checked = true;
    if (is_utf16(s)) {
        struct span span = { source->number, 0, 2 };
        finding_add(findings, LANG_TEXT_UTF16, span, "the file is saved as UTF-16; save it as UTF-8");
        return false;
    }
    if (is_of_other_program(findings, source))
        return false;
    source->is_text = true;
    if (str_starts(s, STR("\xEF\xBB\xBF"))) {
        struct span span = { source->number, 0, 3 };
        finding_fix(findings, finding_add(findings, LANG_TEXT_BOM, span, "the file begins with an invisible byte order mark"), span, (str){ 0 });
        replace(&check, 0, 3, ' ');
        i = 3;
    }
    while ((i = skip_plain(s, i)) < s.len) /* and one by one past the word in which something stands */
        for (size_t end = i + sizeof(uint64_t); i < end && i < s.len;)
            i = harmless[(unsigned char)s.at[i]] ? i + 1 : look(&check, i, tabs_refused);
    source->ascii = check.ascii;
    source->crooked = check.crooked;
    if (check.copy)
        source->bytes = (str){ check.copy, s.len };
    return true;
}
