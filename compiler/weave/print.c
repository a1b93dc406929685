/* SPDX-License-Identifier: MIT */
#include "weave/print.h"

#include <math.h>

#include "base/buf.h"
#include "model/model.h"
#include "weave/messages.h"

/* The parts of a date as they stand in a language's pattern, and in a date picture. */
static const struct { str name, picture; } parts[] = { { { "{day}", 5 }, { "d", 1 } }, { { "{month}", 7 }, { "MMMM", 4 } }, { { "{year}", 6 }, { "yyyy", 4 } } };

/* Takes the part that the pattern begins with off its front; -1: it begins with a letter of its own. */
static int take_part(str *pattern)
{
    for (int i = 0; i < 3; i++)
        if (str_starts(*pattern, parts[i].name)) {
            *pattern = str_cut(*pattern, parts[i].name.len, pattern->len);
            return i;
        }
    *pattern = str_cut(*pattern, 1, pattern->len);
    return -1;
}

str print_date(struct arena *arena, const struct language *language, int32_t date)
{
    char   text[128], digits[STR_DIGITS];
    size_t len = 0;
    int    year, month, day;

    date_split(date, &year, &month, &day);
    for (str rest = language->date, before = rest; rest.len; before = rest) {
        int what = take_part(&rest);
        str part = what < 0 ? str_cut(before, 0, 1) : what == 0 && day == 1 && language->first.len ? language->first : what == 1 ? language->months[month - 1] : str_digits(digits, what == 0 ? day : year);
        if (len + part.len < sizeof text)
            memcpy(text + len, part.at, part.len), len += part.len;
    }
    return str_copy(arena, (str){ text, len });
}

str print_date_picture(struct arena *arena, const struct language *language)
{
    str picture = { 0 };
    for (str rest = language->date, before = rest; rest.len; before = rest) {
        int what = take_part(&rest); /* letters are quoted: they could mean something */
        picture = what >= 0 ? str_join2(arena, picture, parts[what].picture)
                : str_print(arena, before.at[0] >= 'a' && before.at[0] <= 'z' ? "%.*s'%c'" : "%.*s%c", STR_ARG(picture), before.at[0]);
    }
    return picture;
}

/* "1 day", "12 months". */
static str counted(struct arena *arena, int64_t n, str one, str many)
{
    return str_print(arena, "%lld %.*s", (long long)n, STR_ARG(n == 1 ? one : many));
}

str print_period(struct arena *arena, const struct language *language, struct period period)
{
    const str *words = language->periods;
    str days = counted(arena, period.days, words[0], words[1]), months = counted(arena, period.months, words[2], words[3]);
    if (period.months && period.days)
        return str_print(arena, "%.*s, %.*s", STR_ARG(months), STR_ARG(days));
    return period.months ? months : days;
}

/* Digits from five on in groups of three; four are read at a glance, and are a year more often than not. */
static str grouped(struct arena *arena, const struct language *language, str digits)
{
    size_t sign = digits.len && digits.at[0] == '-', n = digits.len - sign, first = n % 3 ? n % 3 : 3;
    if (n < 5 || language->group.len == 0)
        return digits;
    str out = str_cut(digits, 0, sign + first);
    for (size_t at = sign + first; at < digits.len; at += 3)
        out = str_print(arena, "%.*s%.*s%.*s", STR_ARG(out), STR_ARG(language->group), STR_ARG(str_cut(digits, at, at + 3)));
    return out;
}

static str print_integer(struct arena *arena, const struct language *language, int64_t n)
{
    char digits[STR_DIGITS];
    return grouped(arena, language, str_copy(arena, str_digits(digits, n)));
}

/* The shortest text that reads back as the same number. */
str print_number(struct arena *arena, const struct language *language, double number)
{
    str    text = { 0 };
    double back;
    if (floor(number) >= number && fabs(number) < 1e15)
        return print_integer(arena, language, (int64_t)number);
    for (int digits = 1; digits <= 17; digits++) {
        text = str_print(arena, "%.*g", digits, number);
        if (str_to_double(text, &back) && back >= number && back <= number)
            break;
    }
    size_t point = str_find(text, '.', 0);
    if (point == text.len || str_find(text, 'e', 0) < text.len)
        return text;
    str whole = grouped(arena, language, str_cut(text, 0, point));
    return str_print(arena, "%.*s%.*s%.*s", STR_ARG(whole), STR_ARG(language->decimal), STR_ARG(str_cut(text, point + 1, text.len)));
}

/* Of Latin letters, with what stands above them: of those up to U+00FE the capital is 32 before. */
static str print_capital(struct arena *arena, str text)
{
    str   out = str_copy(arena, text);
    char *at = (char *)(uintptr_t)out.at;
    bool  accent = out.len > 1 && at[0] == '\xC3' && (unsigned char)at[1] >= 0xA0 && at[1] != '\xB7' && at[1] != '\xBF';
    if (accent || (out.len && at[0] >= 'a' && at[0] <= 'z'))
        at[accent] = (char)(at[accent] - 32);
    return out;
}

str print_word(struct arena *arena, str word)
{
    str   out = str_copy(arena, word);
    char *at = (char *)(uintptr_t)out.at;
    for (size_t i = 0; i < out.len; i++)
        if (at[i] == '_')
            at[i] = ' ';
    return print_capital(arena, out);
}

/* Bytes that may stand in a document as they are; tab and carriage return become spaces, line breaks stay. */
static bool needs_care(str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (((unsigned char)text.at[i] < 0x20 && text.at[i] != '\n') || text.at[i] == 0x7F || text.at[i] == '\xEF' || text.at[i] == '\xF3'
            || text.at[i] == '\xF4' || text.at[i] == '\xC2')
            return true;
    return false;
}

static bool is_refused(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || (cp & 0xFFFE) == 0xFFFE || cp == 0xFEFF || (cp >= 0xF8F0 && cp <= 0xF8FF);
}

str print_text(struct arena *arena, str text)
{
    text = str_trim(text);
    if (!needs_care(text))
        return text;
    char  *out = arena_alloc(arena, text.len + 3, 1);
    size_t len = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t cp = utf8_next(text, &at);
        if (cp == '\t' || cp == '\r')
            cp = ' ';
        if (cp == '\n' || !is_refused(cp))
            len += utf8_put(cp, out + len);
    }
    return str_trim((str){ out, len });
}

static str print_list(struct arena *arena, const struct language *language, const struct doc_words *words, const struct list *list)
{
    struct buf *out = buf_new(arena);
    for (size_t i = 0; i < list->len; i++) {
        str item = print_value(arena, language, words, list->at[i]);
        if (item.len && out->len)
            buf_text(out, ", ");
        buf_put(out, item);
    }
    str text = str_copy(arena, buf_str(out));
    buf_free(out);
    return text;
}

/* Whether a text is the program's and not the ISMS's: a word of the vocabulary, what an expression says, or what a catalogue has. */
static bool is_fixed(const struct messages *messages, struct value value)
{
    const struct source *source = value.look == LOOK_STATUS || value.look == LOOK_CHOICE ? NULL : source_of(messages->sources, value.span);
    return !source || source->builtin;
}

str print_fixed(const struct doc_words *words, struct value value, str text)
{
    return words->messages && is_fixed(words->messages, value) ? messages_say(words->messages, STR("catalogue"), text) : text;
}

/* The word of a badge: as it stands in the table for one, or as the template says it, with a capital. */
static str print_status(struct arena *arena, const struct doc_words *words, struct value value)
{
    str word = print_word(arena, value.text), there = words->messages ? messages_find(words->messages, STR("catalogue"), word) : (str){ 0 };
    if (there.len || !words->messages)
        return there.len ? there : word;
    there = messages_find(words->messages, STR("catalogue"), value.text);
    return there.len ? print_capital(arena, there) : word;
}

str print_record(struct arena *arena, const struct doc_words *words, const struct record *record)
{
    const struct field *field = record->kind->title;
    str title = record_title(record);
    return print_text(arena, field && title.at != record->id.at ? print_fixed(words, record->fields[field->index], title) : title);
}

str print_value(struct arena *arena, const struct language *language, const struct doc_words *words, struct value value)
{
    switch (value.tag) {
    case V_BOOL:   return value.b ? words->yes : words->no;
    case V_INT:    return print_integer(arena, language, value.i);
    case V_DOUBLE: return print_number(arena, language, value.d);
    case V_TEXT:   return value.look == LOOK_STATUS ? print_status(arena, words, value) : print_fixed(words, value, print_text(arena, value.text));
    case V_DATE:   return print_date(arena, language, value.date);
    case V_PERIOD: return print_period(arena, language, value.period);
    case V_LIST:   return print_list(arena, language, words, value.list);
    case V_RECORD: return print_record(arena, words, value.record);
    default:       return (str){ 0 };
    }
}
