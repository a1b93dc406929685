/* SPDX-License-Identifier: MIT */
/*
 * Which look a document has: that of --brand, of its own `brand:`, or of the ISMS. A brand is a folder with brand.yaml,
 * its pictures and its templates/; it is read once, and what is wrong in it is among the findings of the check.
 */
#include <sys/stat.h>

#include "base/file.h"
#include "base/limits.h"
#include "model/fields.h"
#include "resolve/brandfile.h"
#include "session.h"
#include "weave/brand.h"
#include "write/docx_starter.h"

static const char *why_not(enum load_status status)
{
    switch (status) {
    case LOAD_ABSENT:  return "is not there";
    case LOAD_TOO_BIG: return "is larger than 16 MiB";
    case LOAD_REFUSED: return "is no file of the project";
    default:           return "can not be read";
    }
}

/* Paths stay below their folder. */
static bool stays_below(str path)
{
    str rest = path, step;
    if (path.len == 0 || path.at[0] == '/' || str_find(path, '\\', 0) < path.len)
        return false;
    while (str_split(&rest, '/', &step))
        if (str_eq(step, STR("..")))
            return false;
    return true;
}

/* "./brand/x/" -> "brand/x" */
static str tidy(str folder)
{
    while (str_starts(folder, STR("./")))
        folder = str_cut(folder, 2, folder.len);
    while (folder.len && folder.at[folder.len - 1] == '/')
        folder.len--;
    return folder;
}

struct folder {
    struct ismsc          *s;
    const struct provider *files;
    str                    inside; /* from the provider's root: "brand/x/", or empty */
};

static bool read_beside(void *state, str name, str *bytes, str *why)
{
    const struct folder *folder = state;
    struct ismsc *s = folder->s;
    str message;
    enum load_status status = LOAD_REFUSED;
    if (stays_below(name))
        status = folder->files->read(folder->files->state, &s->arena, str_print(&s->arena, "%.*s%.*s", STR_ARG(folder->inside), STR_ARG(name)),
                                     LIMIT_BRAND_FILE, bytes, &message);
    if (status != LOAD_OK)
        *why = stays_below(name) ? str_of(why_not(status)) : STR("does not lie beside brand.yaml");
    return status == LOAD_OK;
}

static void missing(struct ismsc *s, str path, const struct value *named, const char *why)
{
    struct finding *f = finding_add(&s->findings, LANG_BRAND_MISSING, named ? named->span : SPAN_NONE, "the brand's file %.*s %s", STR_ARG(path), why);
    if (!stays_below(path))
        finding_help(&s->findings, f, "name a folder of the project; for a look that several projects share, ismsc build --brand takes any folder");
}

/* Reads the brand in [folder]; [named] is where the project says so. The default one after a finding. */
static const struct brand *read_brand(struct ismsc *s, struct folder *folder, str shown, const struct value *named)
{
    str bytes, message;
    str inside = str_print(&s->arena, "%.*sbrand.yaml", STR_ARG(folder->inside)), path = str_print(&s->arena, "%.*sbrand.yaml", STR_ARG(shown));
    enum load_status status = named && !stays_below(path) ? LOAD_REFUSED
                            : folder->files->read(folder->files->state, &s->arena, inside, LIMIT_MARKDOWN_BYTES, &bytes, &message);
    if (status != LOAD_OK) {
        missing(s, path, named, why_not(status));
        return brand_default();
    }
    struct source *source = source_add(&s->sources, path, bytes, false);
    struct record *record = brandfile_read(&s->arena, &s->findings, &s->sources, s->project.model, source);
    struct brand_folder beside = { read_beside, folder };
    if (record)
        LIST_PUSH(&s->arena, &s->brand_records, record);
    return record ? brand_read(&s->arena, &s->findings, record, &beside) : brand_default();
}

/* The folder called [name] in the project; with --brand, anywhere. */
static struct folder *folder_at(struct ismsc *s, str name, bool anywhere, str *shown)
{
    struct folder *folder = NEW(&s->arena, struct folder);
    *shown = str_eq(name, STR(".")) ? (str){ 0 } : str_print(&s->arena, "%.*s/", STR_ARG(name));
    *folder = (struct folder){ s, s->provider, *shown };
    if (anywhere)
        *folder = (struct folder){ s, recording_provider(&s->arena, worktree_provider(&s->arena, str_c(&s->arena, name)), str_c(&s->arena, name), &s->recorded), { 0 } };
    return folder;
}

static const struct brand *brand_at(struct ismsc *s, str name, const struct value *named)
{
    const struct brand *brand = map_get(&s->brands, name);
    str shown;
    if (brand)
        return brand;
    struct folder *folder = folder_at(s, name, !named, &shown);
    brand = read_brand(s, folder, shown, named);
    map_add(&s->brands, &s->arena, name, (void *)(uintptr_t)brand);
    return brand;
}

static const struct value *named_brand(const struct record *record, size_t index)
{
    const struct value *value = record ? &record->fields[index] : NULL;
    return value && value->tag == V_TEXT && value->written && value->text.len ? value : NULL;
}

const struct brand *session_brand(struct ismsc *s, const struct record *document)
{
    const struct value *own = named_brand(document, F_document_brand), *all = named_brand(s->project.model->root, F_isms_brand);
    const struct value *named = own ? own : all;
    if (s->options.brand)
        return brand_at(s, str_of(s->options.brand), NULL);
    return named ? brand_at(s, tidy(named->text), named) : brand_default();
}

/* The folder of the project's brand; NULL when it has none. */
static const struct folder *project_folder(struct ismsc *s, str *shown)
{
    const struct value *named = named_brand(s->project.model ? s->project.model->root : NULL, F_isms_brand);
    str name = s->options.brand ? str_of(s->options.brand) : named ? tidy(named->text) : (str){ 0 };
    if (!name.len || (!s->options.brand && !stays_below(name)))
        return NULL;
    return folder_at(s, name, s->options.brand != NULL, shown);
}

bool brand_template(struct ismsc *s, str path, str *bytes, str *shown)
{
    str message;
    const struct folder *folder = project_folder(s, shown);
    if (!folder)
        return false;
    *shown = str_print(&s->arena, "%.*s%.*s", STR_ARG(*shown), STR_ARG(path));
    return folder->files->read(folder->files->state, &s->arena, str_print(&s->arena, "%.*s%.*s", STR_ARG(folder->inside), STR_ARG(path)),
                               LIMIT_MARKDOWN_BYTES, bytes, &message) == LOAD_OK;
}

str brand_templates(struct ismsc *s, struct path_list *paths)
{
    str message, shown = { 0 };
    const struct folder *folder = project_folder(s, &shown);
    *paths = (struct path_list){ 0 };
    if (!folder || folder->files->list(folder->files->state, &s->arena, str_print(&s->arena, "%.*stemplates", STR_ARG(folder->inside)), paths, &message) != LOAD_OK) {
        *paths = (struct path_list){ 0 };
        return shown;
    }
    for (size_t i = 0; i < paths->len; i++) /* from the folder's own place */
        paths->at[i] = str_cut(paths->at[i], folder->inside.len, paths->at[i].len);
    return shown;
}

void brands_check(struct ismsc *s)
{
    struct value documents = s->project.model->root->fields[F_isms_documents];
    session_brand(s, NULL);
    for (size_t i = 0; documents.tag == V_LIST && i < documents.list->len; i++)
        if (documents.list->at[i].tag == V_RECORD)
            session_brand(s, documents.list->at[i].record);
    for (size_t i = 0; i < s->brand_records.len; i++)
        brand_check_clients(&s->findings, &s->sources, s->project.model, s->brand_records.at[i]);
}

/* ---- a new brand ---- */

struct init_call {
    const char        *folder;
    struct ismsc_text *out;
};

/* The organisation's name; the folder's where there is no ISMS. */
static str name_of(struct ismsc *s, str folder)
{
    str name = folder;
    while (str_find(name, '/', 0) < name.len)
        name = str_cut(name, str_find(name, '/', 0) + 1, name.len);
    if (!s->options.root || !session_read(s))
        return name;
    struct value organisation = s->project.model->root->fields[F_isms_organisation];
    struct value own = organisation.tag == V_RECORD ? organisation.record->fields[F_organisation_name] : organisation;
    return own.tag == V_TEXT && own.text.len ? own.text : name;
}

/* Into the double quotes that the starter has. */
static void put_name(struct buf *out, str name)
{
    for (size_t i = 0; i < name.len; i++) {
        if (name.at[i] == '"' || name.at[i] == '\\')
            buf_char(out, '\\');
        buf_char(out, name.at[i]);
    }
}

/* The starter of brand.yaml with the name in it. */
static str starter_text(struct ismsc *s, str starter, str name)
{
    static const char hole[] = "{{name}}";
    struct buf *text = buf_new(&s->arena);
    size_t at = str_search(starter, str_of(hole), 0), end = at == SIZE_MAX ? 0 : at + sizeof hole - 1;
    buf_put(text, str_cut(starter, 0, end ? at : 0));
    if (end)
        put_name(text, name);
    buf_put(text, str_cut(starter, end, starter.len));
    return buf_str(text);
}

/* NULL, or what can't be done. The Word file first: brand.yaml names it. */
static const char *write_starters(struct ismsc *s, str folder, str name, str yaml)
{
    const char *why = "", *path = str_c(&s->arena, str_print(&s->arena, "%.*s/brand.yaml", STR_ARG(folder)));
    const char *reference = str_c(&s->arena, str_print(&s->arena, "%.*s/reference.docx", STR_ARG(folder)));
    struct brand brand = *brand_default();
    struct buf *docx = buf_new(&s->arena);
    brand.name = name;
    const char *problem = docx_starter(&s->arena, &brand, s->today, docx);
    if (problem)
        return problem;
    struct stat st;
    if (lstat(path, &st) == 0 || lstat(reference, &st) == 0)
        return str_c(&s->arena, str_print(&s->arena, "%s is there already; nothing was written", lstat(path, &st) == 0 ? path : reference));
    if (!folder_make(&s->arena, str_c(&s->arena, folder), &why) || !file_put(&s->arena, reference, buf_str(docx), &why)
        || !file_put(&s->arena, path, yaml, &why))
        return str_c(&s->arena, str_print(&s->arena, "can't write %s: %s", path, why));
    return NULL;
}

static enum ismsc_status do_init(struct ismsc *s, void *argument)
{
    struct init_call *call = argument;
    str starter, folder = tidy(call->folder ? str_of(call->folder) : s->options.root ? str_print(&s->arena, "%s/brand", s->options.root) : STR("brand"));
    session_prepare(s);
    if (!session_resource(s, STR("schema/brand/brand.yaml"), &starter))
        return session_fail(s, "the starter of a brand is missing");
    str name = name_of(s, folder);
    const char *problem = write_starters(s, folder, name, starter_text(s, starter, name));
    if (problem)
        return session_fail(s, "%s", problem);
    str next = call->folder ? str_print(&s->arena, "ismsc build --brand %.*s builds in this look.\n", STR_ARG(folder)) : STR("The line `brand: brand` in isms.yaml makes it the look of all documents.\n");
    str said = str_print(&s->arena, "wrote %.*s/brand.yaml and reference.docx beside it, a Word file that shows every style: change it in Word and save it\n%.*s", STR_ARG(folder), STR_ARG(next));
    *call->out = (struct ismsc_text){ said.at, said.len };
    return ISMSC_OK;
}

enum ismsc_status ismsc_brand_init(struct ismsc *s, const char *folder, struct ismsc_text *out)
{
    struct init_call call = { folder, out };
    return session_run(s, do_init, &call);
}
