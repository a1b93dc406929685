/* SPDX-License-Identifier: MIT */
/*
 * `ismsc new policy`: the texts under templates/starters/, and one of them as a policy of the project. In another language it is the
 * text of the same name under templates/<language>/starters/; one that nobody has translated is offered in English.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "load/resource.h"
#include "model/fields.h"
#include "set.h"
#include "write/json.h"

#define STARTERS STR("templates/starters/")

enum state { NEEDED, THERE, OTHER };

struct starter {
    str                  name;     /* of the file, without ending */
    str                  text;
    str                  id, title;
    struct words         types, controls;
    struct words         lacking;  /* of its controls: applicable, and no document implements them */
    const struct record *document; /* of the project, about the same */
    enum state           state;
};

struct starters {
    LIST_OF(struct starter) list;
};

/* ---- heads of starters: a key and its value on each line ---- */

/* The line "key: ..." of a head, without its end; empty when there is none. */
static str head_line(str text, const char *key)
{
    size_t end = str_search(text, STR("\n---\n"), 0);
    for (size_t at = 0; at < text.len && at < end;) {
        size_t stop = str_find(text, '\n', at);
        str    line = str_cut(text, at, stop);
        if (str_starts(line, str_of(key)) && line.len > strlen(key) && line.at[strlen(key)] == ':')
            return line;
        at = stop + 1;
    }
    return (str){ 0 };
}

static str head_value(str text, const char *key)
{
    str line = head_line(text, key);
    return line.len ? str_trim(str_cut(line, strlen(key) + 1, line.len)) : line;
}

/* "[A.8.8, A.8.19]" or "A.8.8" -> its words, added to what is there. */
static struct words head_words(struct arena *arena, struct words before, str value)
{
    LIST_OF(str) list = { 0 };
    str piece;
    for (size_t i = 0; i < before.len; i++)
        LIST_PUSH(arena, &list, before.at[i]);
    if (str_starts(value, STR("[")) && str_ends(value, STR("]")))
        value = str_cut(value, 1, value.len - 1);
    while (str_split(&value, ',', &piece))
        if (str_trim(piece).len)
            LIST_PUSH(arena, &list, str_trim(piece));
    return (struct words){ list.at, list.len };
}

/* The text at [path] in the language of the project: "de-CH", else "de", else as it is there. */
static bool read_in_language(struct ismsc *s, str path, str *text)
{
    struct value organisation = s->project.model->root->fields[F_isms_organisation];
    str tag = organisation.tag == V_RECORD ? organisation.record->fields[F_organisation_language].text : (str){ 0 };
    str name = str_cut(path, STARTERS.len, path.len);
    str plain = str_cut(tag, 0, str_find(tag, '-', 0));
    return (tag.len && session_resource(s, str_print(&s->arena, "templates/%.*s/starters/%.*s", STR_ARG(tag), STR_ARG(name)), text))
        || (plain.len && session_resource(s, str_print(&s->arena, "templates/%.*s/starters/%.*s", STR_ARG(plain), STR_ARG(name)), text))
        || session_resource(s, path, text);
}

/* ---- what the project has ---- */

static const struct record *control_of(const struct ismsc *s, str id)
{
    const struct record *record = model_find(s->project.model, id);
    return record && record->kind->number == KIND_control ? record : NULL;
}

static bool is_retired(const struct record *document)
{
    struct value status = document->fields[F_document_status];
    return status.tag == V_TEXT && str_eq(status.text, STR("retired"));
}

static bool is_applicable(const struct record *control)
{
    struct value applies = control->fields[F_control_applicable];
    return applies.tag == V_BOOL && applies.b;
}

static bool has_document(const struct record *control)
{
    const struct value lists[] = { control->fields[F_control_policies], control->fields[F_control_documents] };
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; lists[k].tag == V_LIST && i < lists[k].list->len; i++)
            if (lists[k].list->at[i].tag == V_RECORD && !is_retired(lists[k].list->at[i].record))
                return true;
    return false;
}

static bool is_about(const struct record *document, str type)
{
    struct value own = document->fields[F_document_type], covers = document->fields[F_document_covers];
    if (str_eq(document->id, type) || (own.tag == V_RECORD && str_eq(own.record->id, type)))
        return true;
    for (size_t i = 0; covers.tag == V_LIST && i < covers.list->len; i++)
        if (covers.list->at[i].tag == V_RECORD && str_eq(covers.list->at[i].record->id, type))
            return true;
    return false;
}

/* The document of the project on the topic of a starter: its first type counts most. */
static const struct record *document_about(const struct ismsc *s, const struct starter *starter)
{
    const struct list *documents = set_records(s);
    for (size_t k = 0; k < starter->types.len; k++)
        for (size_t i = 0; i < documents->len; i++)
            if (!is_retired(documents->at[i].record) && is_about(documents->at[i].record, starter->types.at[k]))
                return documents->at[i].record;
    return NULL;
}

static struct words lacking_of(struct ismsc *s, struct words controls)
{
    LIST_OF(str) list = { 0 };
    for (size_t i = 0; i < controls.len; i++) {
        const struct record *control = control_of(s, controls.at[i]);
        if (control && is_applicable(control) && !has_document(control))
            LIST_PUSH(&s->arena, &list, controls.at[i]);
    }
    return (struct words){ list.at, list.len };
}

static struct starters all_starters(struct ismsc *s)
{
    struct starters starters = { 0 };
    for (size_t i = 0; i < embedded_count; i++) {
        str path = str_of(embedded[i].path);
        struct starter starter = { 0 };
        if (!str_starts(path, STARTERS) || !str_ends(path, STR(".md")) || str_ends(path, STR("README.md")) || !read_in_language(s, path, &starter.text))
            continue;
        starter.name = str_cut(path, STARTERS.len, path.len - 3);
        starter.id = head_value(starter.text, "id");
        starter.title = head_value(starter.text, "title");
        starter.types = head_words(&s->arena, (struct words){ 0 }, head_value(starter.text, "type"));
        starter.types = head_words(&s->arena, starter.types, head_value(starter.text, "covers"));
        starter.controls = head_words(&s->arena, (struct words){ 0 }, head_value(starter.text, "implements"));
        starter.lacking = lacking_of(s, starter.controls);
        starter.document = document_about(s, &starter);
        starter.state = starter.document ? THERE : starter.lacking.len ? NEEDED : OTHER;
        LIST_PUSH(&s->arena, &starters.list, starter);
    }
    return starters;
}

str starter_for(struct ismsc *s, str type)
{
    for (size_t i = 0; i < embedded_count; i++) {
        str path = str_of(embedded[i].path), text;
        if (!str_starts(path, STARTERS) || !str_ends(path, STR(".md")) || !session_resource(s, path, &text))
            continue;
        struct words types = head_words(&s->arena, (struct words){ 0 }, head_value(text, "type"));
        types = head_words(&s->arena, types, head_value(text, "covers"));
        for (size_t k = 0; k < types.len; k++)
            if (str_eq(types.at[k], type))
                return str_cut(path, STARTERS.len, path.len - 3);
    }
    return (str){ 0 };
}

/* ---- the list ---- */

static str joined(struct arena *arena, struct words words)
{
    str text = { 0 };
    for (size_t i = 0; i < words.len; i++)
        text = text.len ? str_print(arena, "%.*s, %.*s", STR_ARG(text), STR_ARG(words.at[i])) : words.at[i];
    return text;
}

/* Where a document stands: its file, or where its control data say it is kept. */
static str place_of(struct ismsc *s, const struct record *document)
{
    struct source *source = source_of(&s->sources, document->span);
    struct value   file = document->fields[F_document_file];
    return file.tag == V_TEXT && file.text.len ? file.text : source ? source->path : (str){ 0 };
}

static void list_group(struct ismsc *s, struct buf *out, const struct starters *starters, enum state state, const char *heading)
{
    bool any = false;
    for (size_t i = 0; i < starters->list.len; i++) {
        const struct starter *starter = &starters->list.at[i];
        if (starter->state != state)
            continue;
        if (!any)
            buf_print(out, "%s%s\n", out->len ? "\n" : "", heading);
        any = true;
        buf_print(out, "  %-28.*s %-52.*s ", STR_ARG(starter->name), STR_ARG(starter->title));
        if (state == THERE)
            buf_print(out, "%.*s, %.*s\n", STR_ARG(starter->document->id), STR_ARG(place_of(s, starter->document)));
        else
            buf_print(out, "%.*s\n", STR_ARG(starter->controls.len ? joined(&s->arena, state == NEEDED ? starter->lacking : starter->controls) : STR("-")));
    }
}

static bool has_starter(const struct starters *starters, str control)
{
    for (size_t i = 0; i < starters->list.len; i++)
        for (size_t k = 0; k < starters->list.at[i].controls.len; k++)
            if (str_eq(starters->list.at[i].controls.at[k], control))
                return true;
    return false;
}

/* Whether a document that a template makes is about a control, as that on roles is about A.5.2. */
static bool is_made(const struct set *set, str control)
{
    for (size_t i = 0; i < set->list.len; i++)
        for (size_t k = 0; set->list.at[i].built && k < set->list.at[i].types->len; k++) {
            struct value controls = set->list.at[i].types->at[k].record->fields[F_document_type_controls];
            for (size_t n = 0; controls.tag == V_LIST && n < controls.list->len; n++)
                if (str_eq(controls.list->at[n].text, control))
                    return true;
        }
    return false;
}

/* Applicable controls without a document, for which there is no starter either. */
static struct words uncovered(struct ismsc *s, const struct starters *starters)
{
    LIST_OF(str) list = { 0 };
    struct set   set = set_of(s);
    struct value controls = s->project.model->root->fields[F_isms_controls];
    for (size_t i = 0; controls.tag == V_LIST && i < controls.list->len; i++) {
        const struct record *control = controls.list->at[i].record;
        if (is_applicable(control) && !has_document(control) && !has_starter(starters, control->id) && !is_made(&set, control->id))
            LIST_PUSH(&s->arena, &list, control->id);
    }
    return (struct words){ list.at, list.len };
}

static void json_words(struct buf *out, struct words words)
{
    buf_char(out, '[');
    for (size_t i = 0; i < words.len; i++) {
        buf_text(out, i ? ", " : "");
        json_string(out, words.at[i]);
    }
    buf_char(out, ']');
}

static void list_json(struct buf *out, const struct starters *starters)
{
    static const char *const states[] = { [NEEDED] = "needed", [THERE] = "there", [OTHER] = "other" };
    buf_text(out, "[\n");
    for (size_t i = 0; i < starters->list.len; i++) {
        const struct starter *starter = &starters->list.at[i];
        buf_text(out, "  {\"name\": ");
        json_string(out, starter->name);
        buf_text(out, ", \"title\": ");
        json_string(out, starter->title);
        buf_text(out, ", \"types\": ");
        json_words(out, starter->types);
        buf_text(out, ", \"controls\": ");
        json_words(out, starter->controls);
        buf_print(out, ", \"state\": \"%s\", \"needed_for\": ", states[starter->state]);
        json_words(out, starter->lacking);
        buf_text(out, ", \"document\": ");
        json_string(out, starter->document ? starter->document->id : (str){ 0 });
        buf_text(out, i + 1 < starters->list.len ? "},\n" : "}\n");
    }
    buf_text(out, "]\n");
}

static void list_text(struct ismsc *s, struct buf *out, const struct starters *starters)
{
    struct words bare = uncovered(s, starters);
    list_group(s, out, starters, NEEDED, "Needed: these controls apply, and no document implements them yet");
    list_group(s, out, starters, OTHER, "Not asked for by a control that applies and has no document");
    list_group(s, out, starters, THERE, "There already: a document of the project is about it");
    if (bare.len)
        buf_print(out, "\nThese controls apply, too, and have neither a document nor a starter: %.*s\n", STR_ARG(joined(&s->arena, bare)));
    buf_text(out, "\nismsc new policy NAME copies one into policies/.\n");
}

/* ---- a copy ---- */

/* What the copy becomes in this project. */
struct copy {
    const struct starter *starter;
    str id, path;          /* the path below the root */
    str owner, class;      /* empty: there is nobody to name; the starter's own */
    const struct record *replaced;
};

static bool is_number(str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
    return text.len > 0 && text.len < 10;
}

/* POL-02, POL-07 -> POL-08 */
static str next_id(struct ismsc *s, str prefix)
{
    const struct list *documents = set_records(s);
    int64_t most = 0, n;
    size_t  width = 2;
    for (size_t i = 0; i < documents->len; i++) {
        str id = documents->at[i].record->id;
        str rest = str_starts(id, prefix) ? str_cut(id, prefix.len, id.len) : (str){ 0 };
        if (is_number(rest) && str_to_int(rest, &n)) {
            most = n > most ? n : most;
            width = rest.len;
        }
    }
    return str_print(&s->arena, "%.*s%0*d", STR_ARG(prefix), (int)width, (int)most + 1);
}

/* POL-08, backup -> policies/08-backup.md; PROC-01, internal-audit -> policies/proc-01-internal-audit.md */
static str path_for(struct ismsc *s, str id, str name)
{
    if (str_starts(id, STR("POL-")))
        return str_print(&s->arena, "policies/%.*s-%.*s.md", STR_ARG(str_cut(id, 4, id.len)), STR_ARG(name));
    char *small = arena_alloc(&s->arena, id.len + 1, 1);
    for (size_t i = 0; i < id.len; i++)
        small[i] = (char)(id.at[i] >= 'A' && id.at[i] <= 'Z' ? id.at[i] + 32 : id.at[i]);
    return str_print(&s->arena, "policies/%.*s-%.*s.md", (int)id.len, small, STR_ARG(name));
}

static bool is_assigned(const struct record *role, const char *what)
{
    struct value assigned = role->fields[F_role_assigned];
    for (size_t i = 0; assigned.tag == V_LIST && i < assigned.list->len; i++)
        if (assigned.list->at[i].tag == V_TEXT && str_eq(assigned.list->at[i].text, str_of(what)))
            return true;
    return false;
}

/* The role a starter names where the project has it, else the one that keeps the ISMS, or leads; empty: nobody does. */
static str owner_for(const struct ismsc *s, str wanted)
{
    struct value roles = s->project.model->root->fields[F_isms_roles];
    const struct record *found = model_find(s->project.model, wanted), *leader = NULL;
    if (found && found->kind->number == KIND_role)
        return found->id;
    for (size_t i = 0; roles.tag == V_LIST && i < roles.list->len; i++) {
        const struct record *role = roles.list->at[i].record;
        struct value top = role->fields[F_role_top_management];
        if (top.tag == V_BOOL && top.b && !leader)
            leader = role;
        if (is_assigned(role, "conformity") && !str_eq(wanted, STR("ROLE-ceo")))
            return role->id;
    }
    return leader ? leader->id : (str){ 0 };
}

/* The class of the same openness, where the project's classes have other names. */
static str class_for(const struct ismsc *s, str wanted)
{
    struct value classes = s->project.model->root->fields[F_isms_classifications];
    size_t place = str_eq(wanted, STR("Public")) ? 0 : str_eq(wanted, STR("Internal")) ? 1 : 2;
    if (classes.tag != V_LIST || classes.list->len == 0)
        return wanted;
    for (size_t i = 0; i < classes.list->len; i++)
        if (classes.list->at[i].tag == V_TEXT && str_eq(classes.list->at[i].text, wanted))
            return wanted;
    struct value nearest = classes.list->at[place < classes.list->len ? place : classes.list->len - 1];
    return nearest.tag == V_TEXT ? nearest.text : wanted;
}

/* The controls of a starter that the edition knows and nobody has excluded. */
static struct words controls_for(struct ismsc *s, struct words controls)
{
    LIST_OF(str) list = { 0 };
    for (size_t i = 0; i < controls.len; i++) {
        const struct record *control = control_of(s, controls.at[i]);
        struct value applies = control ? control->fields[F_control_applicable] : value_null();
        if (control && !(applies.tag == V_BOOL && !applies.b))
            LIST_PUSH(&s->arena, &list, controls.at[i]);
    }
    return (struct words){ list.at, list.len };
}

static void put_head_line(struct ismsc *s, struct buf *out, const struct copy *copy, str line)
{
    struct words controls = controls_for(s, copy->starter->controls);
    if (str_starts(line, STR("id:")))
        buf_print(out, "id: %.*s\n", STR_ARG(copy->id));
    else if (str_starts(line, STR("owner:")) && copy->owner.len)
        buf_print(out, "owner: %.*s\n", STR_ARG(copy->owner));
    else if (str_starts(line, STR("owner:")))
        buf_text(out, "# owner: the id of a role or person\n");
    else if (str_starts(line, STR("classification:")))
        buf_print(out, "classification: %.*s\n", STR_ARG(copy->class));
    else if (!str_starts(line, STR("implements:")))
        buf_print(out, "%.*s\n", STR_ARG(line));
    else if (controls.len)
        buf_print(out, "implements: [%.*s]\n", STR_ARG(joined(&s->arena, controls)));
}

static str text_of_copy(struct ismsc *s, const struct copy *copy)
{
    struct buf *out = buf_new(&s->arena);
    str    text = copy->starter->text;
    size_t end = str_search(text, STR("\n---\n"), 0);
    for (size_t at = 0; at <= end && at < text.len;) {
        size_t stop = str_find(text, '\n', at);
        put_head_line(s, out, copy, str_cut(text, at, stop));
        at = stop + 1;
    }
    buf_put(out, str_cut(text, end + 1, text.len));
    return buf_str(out);
}

static const struct starter *starter_named(struct ismsc *s, const struct starters *starters, const char *name)
{
    str    asked = str_of(name), near = { 0 };
    size_t best = asked.len / 3 + 2;
    if (str_ends(asked, STR(".md")))
        asked.len -= 3;
    for (size_t i = 0; i < starters->list.len; i++) {
        const struct starter *starter = &starters->list.at[i];
        if (str_eq_nocase(asked, starter->name) || str_eq_nocase(asked, starter->title) || str_eq_nocase(asked, starter->id))
            return starter;
        size_t distance = str_distance(asked, starter->name, best);
        if (distance < best) {
            best = distance;
            near = starter->name;
        }
    }
    if (near.len)
        session_fail(s, "there is no starter %.*s; did you mean %.*s?", STR_ARG(asked), STR_ARG(near));
    else
        session_fail(s, "there is no starter %.*s; ismsc new policy lists them", STR_ARG(asked));
    return NULL;
}

/* The document on the same topic may make room only where it is a draft of the project. */
static bool may_replace(struct ismsc *s, const struct starter *starter, bool replace)
{
    struct weave weave = session_weave(s, &s->scratch, &s->findings);
    const struct record *document = starter->document;
    struct value status = document->fields[F_document_status];
    str place = place_of(s, document);
    if (!weave_is_policy(&weave, document))
        return session_fail(s, "%.*s is about that already and is kept elsewhere: %.*s; remove its entry first", STR_ARG(document->id), STR_ARG(place)), false;
    if (status.tag == V_TEXT && status.text.len && !str_eq(status.text, STR("draft")))
        return session_fail(s, "%.*s is about that already and is more than a draft: %.*s; change it by hand, in a new version",
                            STR_ARG(document->id), STR_ARG(place)), false;
    if (!replace)
        return session_fail(s, "%.*s is about that already: %.*s; with --replace the starter takes its place and its id",
                            STR_ARG(document->id), STR_ARG(place)), false;
    return true;
}

static struct copy copy_of(struct ismsc *s, const struct starter *starter)
{
    struct copy copy = { .starter = starter, .class = class_for(s, head_value(starter->text, "classification")) };
    const struct record *old = starter->document;
    struct value owner = old ? old->fields[F_document_owner] : value_null();
    copy.owner = owner.tag == V_RECORD ? owner.record->id : owner_for(s, head_value(starter->text, "owner"));
    copy.id = old ? old->id : next_id(s, str_cut(starter->id, 0, str_find(starter->id, '-', 0) + 1));
    copy.path = old ? place_of(s, old) : path_for(s, copy.id, starter->name);
    copy.replaced = old;
    return copy;
}

static enum ismsc_status put_copy(struct ismsc *s, const struct copy *copy, struct buf *out)
{
    const char *path = str_c(&s->arena, str_print(&s->arena, "%s/%.*s", s->options.root, STR_ARG(copy->path))), *why = "";
    struct stat st;
    str text = text_of_copy(s, copy);
    struct words controls = controls_for(s, copy->starter->controls);
    if (!copy->replaced && lstat(path, &st) == 0)
        return session_fail(s, "%s is there already; nothing was written", path);
    if (!folder_make(&s->arena, str_c(&s->arena, str_print(&s->arena, "%s/policies", s->options.root)), &why) || !file_put(&s->arena, path, text, &why))
        return session_fail(s, "can't write %s: %s", path, why);
    buf_print(out, "%s %.*s: %.*s %.*s\n", copy->replaced ? "replaced" : "wrote", STR_ARG(copy->path), STR_ARG(copy->id), STR_ARG(copy->starter->title));
    if (controls.len)
        buf_print(out, "It implements %.*s. ", STR_ARG(joined(&s->arena, controls)));
    buf_text(out, "Keep the rules you follow, change the others, and have it approved.\n");
    return ISMSC_OK;
}

struct starter_call {
    const char        *name;
    bool               replace;
    enum ismsc_format  format;
    struct ismsc_text *out;
};

static enum ismsc_status do_starter(struct ismsc *s, void *argument)
{
    struct starter_call *call = argument;
    struct buf *out = buf_new(&s->arena);
    enum ismsc_status status = ISMSC_OK;
    if (!session_read(s))
        return ISMSC_FAILED;
    if (call->name && s->findings.skipped_files)
        return session_fail(s, "not all sources can be read, so the next free id is not known; see ismsc check");
    struct starters starters = all_starters(s);
    const struct starter *starter = call->name ? starter_named(s, &starters, call->name) : NULL;
    if (call->name && (!starter || (starter->document && !may_replace(s, starter, call->replace))))
        return ISMSC_FAILED;
    if (starter) {
        struct copy copy = copy_of(s, starter);
        status = put_copy(s, &copy, out);
    } else if (call->format == ISMSC_JSON) {
        list_json(out, &starters);
    } else {
        list_text(s, out, &starters);
    }
    *call->out = (struct ismsc_text){ out->at, out->len };
    return status;
}

enum ismsc_status ismsc_starter(struct ismsc *s, const char *name, bool replace, enum ismsc_format format, struct ismsc_text *out)
{
    struct starter_call call = { name, replace, format, out };
    return session_run(s, do_starter, &call);
}
