/* SPDX-License-Identifier: MIT */
/*
 * The languages that documents can be in: a folder of templates/ with texts in it is one, of the program, of --data, of the brand or of
 * the project. The tables of all four are one, and the nearest to the project wins.
 */
#include "languages.h"

#include "base/limits.h"
#include "load/resource.h"
#include "model/fields.h"
#include "parse/packed.h"
#include "parse/text.h"
#include "parse/yaml.h"

struct loading {
    struct ismsc    *s;
    struct messages *messages;
    str              tag;   /* of the folder that is read: "de", also for "de-AT" */
};

/* "templates/de/risk-methodology.yaml" -> "de", "risk-methodology". */
static bool is_table(str path, str *tag, str *stem)
{
    str prefix = STR("templates/"), ending = STR(".yaml");
    size_t slash = str_starts(path, prefix) ? str_find(path, '/', prefix.len) : path.len;
    if (slash == path.len || !str_ends(path, ending) || str_find(path, '/', slash + 1) < path.len)
        return false;
    *tag = str_cut(path, prefix.len, slash);
    *stem = str_cut(path, slash + 1, path.len - ending.len);
    return true;
}

static bool is_head(str stem) { return str_eq(stem, STR("language")); }

/* The tree of a text that somebody else wrote; a file is parsed once, however many tags it serves. */
static const struct node *parse(struct ismsc *s, str path, str bytes, bool builtin)
{
    bool readable;
    const struct node *tree = map_get(&s->language_files, path);
    if (tree)
        return tree;
    struct source *source = source_add(&s->sources, str_copy(&s->arena, path), bytes, builtin);
    text_check(&s->arena, &s->findings, source, true);
    tree = yaml_parse(&s->arena, &s->findings, source, 0, (uint32_t)source->bytes.len, &readable);
    if (tree)
        map_add(&s->language_files, &s->arena, source->path, (void *)(uintptr_t)tree);
    return tree;
}

static void add_file(struct loading *l, str stem, bool own, const struct node *tree)
{
    bool first = is_head(stem) && !l->messages->how;
    if (first)
        l->messages->how = language_read(&l->s->arena, &l->s->findings, tree);
    if (!is_head(stem))
        messages_add(&l->s->arena, &l->s->findings, l->messages, stem, own, tree);
}

/* ---- where tables are ---- */

static void from_project(struct loading *l, const struct path_list *paths)
{
    str tag, stem, bytes, message;
    for (size_t i = 0; i < paths->len; i++)
        if (is_table(paths->at[i], &tag, &stem) && str_eq(tag, l->tag)
            && l->s->provider->read(l->s->provider->state, &l->s->arena, paths->at[i], LIMIT_YAML_BYTES, &bytes, &message) == LOAD_OK)
            add_file(l, stem, true, parse(l->s, paths->at[i], bytes, false));
}

static void from_brand(struct loading *l, const struct path_list *paths)
{
    str tag, stem, bytes, shown;
    for (size_t i = 0; i < paths->len; i++)
        if (is_table(paths->at[i], &tag, &stem) && str_eq(tag, l->tag) && brand_template(l->s, paths->at[i], &bytes, &shown))
            add_file(l, stem, true, parse(l->s, shown, bytes, false));
}

static void from_data(struct loading *l, const struct path_list *paths)
{
    str tag, stem, bytes;
    for (size_t i = 0; i < paths->len; i++)
        if (is_table(paths->at[i], &tag, &stem) && str_eq(tag, l->tag) && session_resource(l->s, paths->at[i], &bytes))
            add_file(l, stem, false, parse(l->s, paths->at[i], bytes, true));
}

static void from_program(struct loading *l)
{
    str tag, stem;
    for (size_t i = 0; i < embedded_count; i++) {
        const struct resource *file = &embedded[i];
        if (file->packed && is_table(str_of(file->path), &tag, &stem) && str_eq(tag, l->tag))
            add_file(l, stem, false, packed_read(&l->s->arena, (str){ (const char *)file->packed, file->packed_len }, 0));
    }
}

static void list(struct ismsc *s, const struct provider *provider, struct path_list *out)
{
    str message;
    *out = (struct path_list){ 0 };
    if (!provider || provider->list(provider->state, &s->arena, STR("templates"), out, &message) != LOAD_OK)
        *out = (struct path_list){ 0 };
}

/* "de-AT" -> "de"; false when there is nothing shorter. */
static bool shorten(str *tag)
{
    size_t len = tag->len;
    while (len > 0 && tag->at[len - 1] != '-')
        len--;
    *tag = str_cut(*tag, 0, len ? len - 1 : 0);
    return len > 0;
}

/* What is nearest to the project first, and "de-AT" before "de". */
static void load(struct ismsc *s, str wanted, struct messages *messages)
{
    struct loading l = { .s = s, .messages = messages };
    struct path_list project, brand, data;
    list(s, s->provider, &project);
    brand_templates(s, &brand);
    list(s, s->data, &data);
    l.tag = wanted;
    do
        from_project(&l, &project);
    while (shorten(&l.tag));
    l.tag = wanted;
    do
        from_brand(&l, &brand);
    while (shorten(&l.tag));
    l.tag = wanted;
    do {
        from_data(&l, &data);
        from_program(&l);
    } while (shorten(&l.tag));
}

/* ---- for documents ---- */

static bool is_english(str tag) { return str_eq_nocase(tag, STR("en")) || (tag.len > 3 && str_eq_nocase(str_cut(tag, 0, 3), STR("en-"))); }

const struct doc_words *session_words(struct ismsc *s, str tag)
{
    const struct doc_words *known = map_get(&s->languages, tag);
    if (known)
        return known;
    struct messages *messages = NEW(&s->arena, struct messages);
    messages->tag = str_copy(&s->arena, tag);
    messages->sources = &s->sources;
    load(s, messages->tag, messages);
    known = messages->how || messages->own.len ? doc_words_in(&s->arena, messages) : doc_words_english();
    map_add(&s->languages, &s->arena, messages->tag, (void *)(uintptr_t)known);
    return known;
}

bool session_speaks(struct ismsc *s, str tag)
{
    const struct messages *messages = session_words(s, tag)->messages;
    return is_english(tag) || (messages && messages->own.len + messages->all.len > 0);
}

/* ---- which there are ---- */

static void add_tag(struct ismsc *s, struct path_list *tags, str path)
{
    str tag, stem;
    if (!is_table(path, &tag, &stem) || is_head(stem))
        return;
    for (size_t i = 0; i < tags->len; i++)
        if (str_eq(tags->at[i], tag))
            return;
    LIST_PUSH(&s->arena, tags, tag);
}

struct path_list session_languages(struct ismsc *s)
{
    struct path_list tags = { 0 }, more[3];
    LIST_PUSH(&s->arena, &tags, STR("en"));
    list(s, s->provider, &more[0]);
    brand_templates(s, &more[1]);
    list(s, s->data, &more[2]);
    for (size_t i = 0; i < embedded_count; i++)
        add_tag(s, &tags, str_of(embedded[i].path));
    for (size_t n = 0; n < sizeof more / sizeof *more; n++)
        for (size_t i = 0; i < more[n].len; i++)
            add_tag(s, &tags, more[n].at[i]);
    return tags;
}

str session_language_names(struct ismsc *s)
{
    struct path_list tags = session_languages(s);
    str names = { 0 };
    for (size_t i = 0; i < tags.len; i++)
        names = i ? str_print(&s->arena, "%.*s, %.*s", STR_ARG(names), STR_ARG(tags.at[i])) : tags.at[i];
    return names;
}

static struct value own_language(const struct ismsc *s)
{
    struct value organisation = s->project.model->root->fields[F_isms_organisation];
    return organisation.tag == V_RECORD ? organisation.record->fields[F_organisation_language] : value_null();
}

str session_language(const struct ismsc *s)
{
    struct value own = own_language(s);
    return s->options.language ? str_of(s->options.language) : own.tag == V_TEXT ? own.text : (str){ 0 };
}

void languages_check(struct ismsc *s)
{
    struct value language = own_language(s);
    if (language.tag != V_TEXT || language.text.len == 0 || session_speaks(s, language.text))
        return;
    struct finding *f = finding_add(&s->findings, LANG_NO_LANGUAGE, language.span, "there are no texts in the language `%.*s`, so that templates stay English", STR_ARG(language.text));
    finding_help(&s->findings, f, "there are: %.*s; docs/languages.md tells how to add one", STR_ARG(session_language_names(s)));
}

/* ---- rules ---- */

str rule_table(struct arena *arena, const struct rule *rule)
{
    str id = rule->id;
    size_t digits = str_starts(id, STR("A-")) ? 2 : 0, len = digits;
    while (len < id.len && id.at[len] >= '0' && id.at[len] <= '9')
        len++;
    if (rule->project || rule->builtin.len)
        return (str){ 0 };
    if (len == digits)
        return STR("rules-across");
    return str_print(arena, "rules-%s%.*s", digits ? "a-" : "", (int)(len - digits), id.at + digits);
}

bool rule_message_is_plain(str message)
{
    size_t depth = 0;
    for (size_t i = 0; i < message.len; i++) {
        char c = message.at[i];
        depth += c == '{';
        if (depth && c != '{' && c != '}' && c != '.' && c != '_' && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9'))
            return false;
        depth -= c == '}' && depth;
    }
    return true;
}

/* "{risk.id}" of a message: which record it is about. */
static str record_in(str message)
{
    size_t end = str_search(message, STR(".id}"), 0), begin = end;
    while (end != SIZE_MAX && begin > 0 && message.at[begin - 1] >= 'a' && message.at[begin - 1] <= 'z')
        begin--;
    return end != SIZE_MAX && begin > 0 && message.at[begin - 1] == '{' ? str_cut(message, begin - 1, end + 4) : (str){ 0 };
}

static str message_in(struct ismsc *s, const struct messages *messages, str stem, const struct rule *rule)
{
    str said = messages_find(messages, stem, rule->message.text), title = messages_find(messages, stem, rule->title);
    str record = record_in(rule->message.text);
    if (said.len || title.len == 0)
        return said.len ? said : rule->message.text;
    return record.len ? str_print(&s->arena, "%.*s: %.*s", STR_ARG(record), STR_ARG(title)) : title;
}

void languages_rules(struct ismsc *s)
{
    str tag = session_language(s);
    const struct doc_words *words = tag.len ? session_words(s, tag) : NULL;
    if (!words || !words->messages || s->checked)
        return;
    for (size_t i = 0; i < s->rules.list.len; i++) {
        struct rule *rule = s->rules.list.at[i];
        str stem = rule_table(&s->arena, rule);
        if (stem.len == 0)
            continue;
        rule->message.text = message_in(s, words->messages, stem, rule);
        rule->title = messages_say(words->messages, stem, rule->title);
        rule->fix = messages_say(words->messages, stem, rule->fix);
    }
}
