/* SPDX-License-Identifier: MIT */
#include "weave/print.h"

#include <math.h>

#include "base/buf.h"
#include "model/model.h"
#include "weave/messages.h"

/* %d day, %m month by name, %y year, everything else as it stands. */
struct language {
    const char *tag, *date;
    const char *months[12];
    const char *day, *days, *month, *period_months;
    char        decimal;
};

#define ENGLISH_MONTHS \
    { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December" }

static const struct language languages[] = {
    { "en", "%d %m %y", ENGLISH_MONTHS, "day", "days", "month", "months", '.' },
    { "en-US", "%m %d, %y", ENGLISH_MONTHS, "day", "days", "month", "months", '.' },
    { "de", "%d. %m %y",
      { "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember" },
      "Tag", "Tage", "Monat", "Monate", ',' },
    { "es", "%d de %m de %y",
      { "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre" },
      "día", "días", "mes", "meses", ',' },
    { "fr", "%d %m %y",
      { "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre" },
      "jour", "jours", "mois", "mois", ',' },
    { "it", "%d %m %y",
      { "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre" },
      "giorno", "giorni", "mese", "mesi", ',' },
    { "nl", "%d %m %y",
      { "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december" },
      "dag", "dagen", "maand", "maanden", ',' },
};

static bool serves(str have, str want)
{
    return str_eq_nocase(have, want)
        || (want.len > have.len && want.at[have.len] == '-' && str_eq_nocase(have, str_cut(want, 0, have.len)));
}

const struct language *language_for(str tag)
{
    const struct language *best = NULL;
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
        if (serves(str_of(languages[i].tag), tag) && (!best || strlen(languages[i].tag) > strlen(best->tag)))
            best = &languages[i];
    return best ? best : &languages[0];
}

str print_date(struct arena *arena, const struct language *language, int32_t date)
{
    char   text[64];
    size_t len = 0;
    int    year, month, day;

    date_split(date, &year, &month, &day);
    for (const char *at = language->date; *at; at++) {
        str part = { at, 1 };
        if (*at == '%') {
            at++;
            part = *at == 'm' ? str_of(language->months[month - 1]) : str_print(arena, "%d", *at == 'd' ? day : year);
        }
        if (len + part.len < sizeof text)
            memcpy(text + len, part.at, part.len), len += part.len;
    }
    return str_copy(arena, (str){ text, len });
}

str print_date_picture(struct arena *arena, const struct language *language)
{
    str picture = { 0 };
    for (const char *at = language->date; *at; at++) {
        const char *part = *at != '%' ? NULL : at[1] == 'd' ? "d" : at[1] == 'm' ? "MMMM" : "yyyy";
        at += part != NULL;
        picture = part ? str_print(arena, "%.*s%s", STR_ARG(picture), part) /* letters are quoted: they could mean something */
                : str_print(arena, *at >= 'a' && *at <= 'z' ? "%.*s'%c'" : "%.*s%c", STR_ARG(picture), *at);
    }
    return picture;
}

str print_period(struct arena *arena, const struct language *language, struct period period)
{
    bool one = (period.months ? period.months : period.days) == 1;
    if (period.months && period.days)
        return str_print(arena, "%d %s, %d %s", (int)period.months, language->period_months, (int)period.days, language->days);
    if (period.months)
        return str_print(arena, "%d %s", (int)period.months, one ? language->month : language->period_months);
    return str_print(arena, "%d %s", (int)period.days, one ? language->day : language->days);
}

/* The shortest text that reads back as the same number. */
str print_number(struct arena *arena, const struct language *language, double number)
{
    str    text = { 0 };
    double back;
    if (floor(number) >= number && fabs(number) < 1e15)
        return str_print(arena, "%.0f", number);
    for (int digits = 1; digits <= 17; digits++) {
        text = str_print(arena, "%.*g", digits, number);
        if (str_to_double(text, &back) && back >= number && back <= number)
            break;
    }
    size_t point = str_find(text, '.', 0);
    if (point < text.len)
        ((char *)(uintptr_t)text.at)[point] = language->decimal;
    return text;
}

str print_word(struct arena *arena, str word)
{
    str   out = str_copy(arena, word);
    char *at = (char *)(uintptr_t)out.at;
    for (size_t i = 0; i < out.len; i++)
        if (at[i] == '_')
            at[i] = ' ';
    if (out.len && at[0] >= 'a' && at[0] <= 'z')
        at[0] = (char)(at[0] - 32);
    return out;
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

/* The title of a record, or its id. */
static str print_record(struct arena *arena, const struct doc_words *words, const struct record *record)
{
    const struct field *field = record->kind->title;
    str title = record_title(record);
    return print_text(arena, field && title.at != record->id.at ? print_fixed(words, record->fields[field->index], title) : title);
}

str print_value(struct arena *arena, const struct language *language, const struct doc_words *words, struct value value)
{
    switch (value.tag) {
    case V_BOOL:   return value.b ? words->yes : words->no;
    case V_INT:    return str_print(arena, "%lld", (long long)value.i);
    case V_DOUBLE: return print_number(arena, language, value.d);
    case V_TEXT:   return print_fixed(words, value, value.look == LOOK_STATUS ? print_word(arena, value.text) : print_text(arena, value.text));
    case V_DATE:   return print_date(arena, language, value.date);
    case V_PERIOD: return print_period(arena, language, value.period);
    case V_LIST:   return print_list(arena, language, words, value.list);
    case V_RECORD: return print_record(arena, words, value.record);
    default:       return (str){ 0 };
    }
}
