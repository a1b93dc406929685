/* SPDX-License-Identifier: MIT */
/* From the checked model to documents: which there are, weaving each, writing it in the formats asked for. */
#include <errno.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/limits.h"
#include "deps.h"
#include "languages.h"
#include "load/resource.h"
#include "model/fields.h"
#include "parse/text.h"
#include "pdf.h"
#include "session.h"
#include "set.h"
#include "site.h"
#include "weave/weave.h"
#include "write/docx.h"
#include "write/dump.h"
#include "write/html.h"
#include "write/json.h"
#include "write/markdown.h"
#include "write/pandoc.h"
#include "write/report.h"
#include "write/xlsx.h"
#include "write/zip.h"

/* ---- where templates come from ---- */

struct template_source {
    str            path;
    struct source *source;
};

struct source *session_source_once(struct ismsc *s, str path, str bytes, bool builtin)
{
    for (size_t i = 0; i < s->sources.list.len; i++)
        if (str_eq(s->sources.list.at[i]->path, path))
            return s->sources.list.at[i];
    struct source *source = source_add(&s->sources, str_copy(&s->arena, path), bytes, builtin);
    text_check(&s->arena, &s->findings, source, false);
    return source;
}

static bool project_template(struct ismsc *s, str path, str *bytes)
{
    str message;
    return s->provider->read(s->provider->state, &s->arena, path, LIMIT_MARKDOWN_BYTES, bytes, &message) == LOAD_OK;
}

/* A text that is built in was checked when the program was built, and its head is there as a tree. */
static struct source *builtin_source(struct ismsc *s, str path, str bytes)
{
    const struct resource *resource = resource_find(path);
    struct source *source = session_source_once(s, str_print(&s->arena, "<built-in>/%.*s", STR_ARG(path)), bytes, true);
    if (resource && resource->packed && resource->bytes == source->bytes.at)
        source->packed = (str){ (const char *)resource->packed, resource->packed_len };
    return source;
}

/* The project's template, the brand's, or the built-in one; "<brand>/" and "<built-in>/" ask for that one alone. */
static bool find_template(void *state, str path, str *bytes, struct source **source)
{
    struct ismsc *s = state;
    str  builtin = STR("<built-in>/"), brand = STR("<brand>/"), shown;
    bool brand_only = str_starts(path, brand), builtin_only = str_starts(path, builtin);
    str  inside = str_cut(path, builtin_only ? builtin.len : brand_only ? brand.len : 0, path.len);
    if (!builtin_only && !brand_only && project_template(s, path, bytes)) {
        *source = session_source_once(s, path, *bytes, false);
    } else if (!builtin_only && brand_template(s, inside, bytes, &shown)) {
        *source = session_source_once(s, shown, *bytes, false);
    } else if (!brand_only && session_resource(s, inside, bytes)) {
        *source = builtin_source(s, inside, *bytes);
    } else {
        return false;
    }
    *bytes = (*source)->bytes;
    session_find_passages(s, *bytes);
    return true;
}

static enum load_status project_file(void *state, struct arena *arena, str path, size_t max, str *bytes)
{
    struct ismsc *s = state;
    str message;
    return s->provider->read(s->provider->state, arena, path, max, bytes, &message);
}

static const struct doc_words *words_of(void *state, str language) { return session_words(state, language); }

struct weave session_weave(struct ismsc *s, struct arena *arena, struct findings *findings)
{
    return (struct weave){ .arena = arena, .findings = findings, .sources = &s->sources, .model = s->project.model,
                           .audience = s->audience, .whole = s->whole.model,
                           .brand = s->project.model ? session_brand(s, NULL) : NULL, .resource = find_template, .state = s,
                           .language = str_of(s->options.language), .words = words_of, .untranslated = untranslated_text, .file = project_file };
}

/* What a policy asks for stands behind its first tag. */
static void find_passages_for(struct ismsc *s, const struct record *policy)
{
    str text = source_of(&s->sources, policy->span)->bytes;
    size_t tag = str_search(text, STR("{{"), 0);
    if (tag != SIZE_MAX)
        session_find_passages(s, str_cut(text, tag, text.len));
}

/* ---- check ---- */

static void check_record(struct ismsc *s, struct weave *weave, const struct record *record);

/* Asked of the type, which stays in the processor's cache, so that most values need not be looked at. */
static bool may_hold_markdown(const struct type *type)
{
    while (type->tag == TYPE_LIST && type->item)
        type = type->item;
    return type->tag == TYPE_MARKDOWN || type->tag == TYPE_RECORD;
}

static void check_value(struct ismsc *s, struct weave *weave, const struct type *type, struct value value)
{
    if (value.tag == V_LIST && type->tag == TYPE_LIST) {
        for (size_t i = 0; i < value.list->len; i++)
            check_value(s, weave, type->item, value.list->at[i]);
    } else if (value.tag == V_RECORD && type->tag == TYPE_RECORD && value.record->written) {
        check_record(s, weave, value.record);
    } else if (value.tag == V_TEXT && value.written && type->tag == TYPE_MARKDOWN) {
        weave_check_folding(weave, value);
        if (weave_is_harmless(weave->model, value.text))
            return;
        weave_check_field(weave, value);
        arena_reset(&s->scratch);
    }
}

/* The Markdown fields of a record, and of the objects in it. */
static void check_record(struct ismsc *s, struct weave *weave, const struct record *record)
{
    for (size_t i = 1; i < record->kind->nfields; i++)
        if (may_hold_markdown(record->kind->fields[i].type) && record->fields[i].written && !record->kind->fields[i].computed)
            check_value(s, weave, record->kind->fields[i].type, record->fields[i]);
}

static void check_fields(struct ismsc *s, struct weave *weave)
{
    const struct model *model = s->project.model;
    check_record(s, weave, model->root);
    for (size_t i = 0; i < model->by_id.len; i++) {
        const struct record *record = model->by_id.entries[i].value;
        if (record->written)
            check_record(s, weave, record);
    }
}

/* What lies under templates/ of the project, or of the brand in [folder]. */
static void check_templates(struct ismsc *s, struct weave *weave, const struct path_list *paths, str folder)
{
    str name;
    for (size_t i = 0; i < paths->len; i++)
        if (set_template_of_any(paths->at[i], &name)) {
            weave_check_template(weave, name);
            arena_close(&s->scratch);
        }
    partials_check(s, weave, paths, folder);
}

void documents_check(struct ismsc *s)
{
    struct weave weave = session_weave(s, &s->scratch, &s->findings);
    const struct list *documents = set_records(s);
    struct path_list paths = { 0 };
    str message;
    languages_check(s);
    for (size_t i = 0; i < documents->len; i++)
        if (weave_is_policy(&weave, documents->at[i].record)) {
            find_passages_for(s, documents->at[i].record);
            weave_check_policy(&weave, documents->at[i].record);
            arena_close(&s->scratch);
        }
    check_fields(s, &weave);
    if (s->provider->list(s->provider->state, &s->arena, STR("templates"), &paths, &message) == LOAD_OK)
        check_templates(s, &weave, &paths, (str){ 0 });
    str folder = brand_templates(s, &paths);
    check_templates(s, &weave, &paths, folder);
}

/* ---- build ---- */

struct build_call {
    struct ismsc_build *build;
    struct html_assets  assets;
    struct zip_shared  *zips;   /* what Word files have in common */
    struct weave_shared *woven; /* what documents of one template have in common */
    struct pdf         *pdf;    /* what is laid out when all documents are there; NULL: nothing is */
    struct file_set    *files;  /* staged until all documents are there; NULL when the caller takes the outputs */
    str                 folder;
    struct path_list    outputs; /* their paths, for --deps */
    unsigned            made;    /* formats of which there is a file */
};

static bool stage(struct ismsc *s, struct build_call *call, const char *name, const struct parts *parts, const char **why)
{
    char *folder = str_c(&s->arena, call->folder);
    str   path = str_print(&s->arena, "%s/%s", folder, name);
    LIST_PUSH(&s->arena, &call->outputs, path);
    if (call->files->targets.len == 0 && !file_set_folder(call->files, folder, why))
        return false;
    return file_set_add_parts(call->files, str_c(&s->arena, path), parts, why) != FILE_FAILED;
}

static enum ismsc_status stage_note(struct ismsc *s, struct build_call *call, str note)
{
    const char *why = "";
    str path = str_print(&s->arena, "%.*s/" AUDIENCE_NOTE, STR_ARG(call->folder));
    if (file_set_add(call->files, str_c(&s->arena, path), note, &why) == FILE_FAILED)
        return session_fail(s, "can't write %.*s: %s", STR_ARG(path), why);
    return ISMSC_OK;
}

/* The caller gets each output in one piece. */
static bool give(struct arena *arena, const struct ismsc_build *build, const char *name, const struct parts *parts, const char **why)
{
    struct buf *whole = buf_new(arena);
    if (!parts_put(parts, whole)) {
        *why = strerror(errno);
        return false;
    }
    struct ismsc_output output = { name, { whole->at, whole->len } };
    return build->write(build->state, &output, why);
}

static enum ismsc_status hand_over(struct ismsc *s, struct build_call *call, struct arena *arena, const char *name, const struct parts *parts)
{
    const struct ismsc_build *build = call->build;
    const char *why = "no reason given";
    if (build->write ? give(arena, build, name, parts, &why) : stage(s, call, name, parts, &why))
        return ISMSC_OK;
    const char *folder = build->write ? "" : str_c(&s->arena, str_print(&s->arena, "%.*s/", STR_ARG(call->folder)));
    return session_fail(s, "can't write %s%s: %s", folder, name, why);
}

/* Whatever one format needs goes before the next is written. */
static enum ismsc_status write_format(struct ismsc *s, struct build_call *call, const struct document *document, unsigned format, const char *ending)
{
    struct arena *arena = arena_new(&s->scratch);
    struct parts parts = { 0 };
    struct buf *out = buf_new(arena);
    const char *problem = NULL;
    switch ((enum ismsc_output_format)format) {
    case ISMSC_TO_DOCX:     problem = docx_write_shared(arena, call->zips, document, &parts); break;
    case ISMSC_TO_HTML:     html_write_parts(arena, document, &call->assets, &parts); break;
    case ISMSC_TO_MARKDOWN: markdown_write(arena, document, out); break;
    case ISMSC_TO_PANDOC:   pandoc_write(arena, document, PANDOC_1_23, out); break;
    case ISMSC_TO_PANDOC_2: pandoc_write(arena, document, PANDOC_1_22, out); break;
    case ISMSC_TO_DUMP:     dump_write(arena, document, out); break;
    case ISMSC_TO_WORKBOOK: problem = xlsx_write(arena, document, out); break;
    case ISMSC_TO_PDF:      break; /* see write_formats() */
    }
    LIST_PUSH(arena, &parts, ((struct part){ .bytes = buf_str(out) }));
    const char *name = str_c(arena, str_print(arena, "%.*s.%s", STR_ARG(document->file), ending));
    enum ismsc_status status = problem ? session_fail(s, "%s", problem) : hand_over(s, call, arena, name, &parts);
    arena_close(arena);
    return status;
}

static const struct { unsigned format; const char *name, *ending; } formats[] = {
    { ISMSC_TO_DOCX, "docx", "docx" },   { ISMSC_TO_HTML, "html", "html" },        { ISMSC_TO_MARKDOWN, "md", "md" },
    { ISMSC_TO_PANDOC, "json", "json" }, { ISMSC_TO_PANDOC_2, "json", "1.22.json" }, { ISMSC_TO_DUMP, "", "txt" },
    { ISMSC_TO_WORKBOOK, "xlsx", "xlsx" }, { ISMSC_TO_PDF, "docx", "pdf" },
};

/* The formats that were asked for and that the document has. The form for tests shows all there is, but pages of records only by name. */
static unsigned formats_of(const struct ismsc_build *build, const struct entry *entry)
{
    bool shown = build->ndocuments || !set_is_record_page(entry);
    unsigned wanted = 0;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if ((build->formats & formats[i].format) && (formats[i].format == ISMSC_TO_DUMP ? shown : set_has_format(entry, formats[i].name)))
            wanted |= formats[i].format;
    return wanted;
}

static enum ismsc_status write_formats(struct ismsc *s, struct build_call *call, const struct document *document, unsigned wanted)
{
    enum ismsc_status status = ISMSC_OK;
    for (size_t i = 0; i < sizeof formats / sizeof *formats && status == ISMSC_OK; i++)
        if (wanted & formats[i].format)
            status = formats[i].format == ISMSC_TO_PDF ? pdf_take(s, call->pdf, document, call->zips, &call->assets)
                                                       : write_format(s, call, document, formats[i].format, formats[i].ending);
    return status;
}

/* The PDFs of all documents, which one program makes together. */
static enum ismsc_status write_pdfs(struct ismsc *s, struct build_call *call)
{
    enum ismsc_status status = pdf_make(s, call->pdf);
    for (size_t i = 0; i < pdf_count(call->pdf) && status == ISMSC_OK; i++) {
        struct buf *out = buf_new(&s->scratch);
        str name = { 0 };
        status = pdf_read(s, call->pdf, i, &name, out);
        if (status == ISMSC_OK) {
            struct part  whole = { .bytes = buf_str(out) };
            struct parts parts = { .at = &whole, .len = 1 };
            status = hand_over(s, call, &s->scratch, str_c(&s->scratch, str_print(&s->scratch, "%.*s.pdf", STR_ARG(name))), &parts);
        }
        arena_close(&s->scratch);
    }
    call->build->remark = pdf_remark(call->pdf);
    return status;
}

/* Somebody who names a document and a format waits for a file. */
static enum ismsc_status without_file(struct ismsc *s, const struct ismsc_build *build, const struct entry *entry)
{
    if (build->ndocuments == 0)
        return ISMSC_OK;
    if (build->formats == ISMSC_TO_WORKBOOK)
        return session_fail(s, "%.*s is not made as xlsx; `ismsc build --list` shows which document is a workbook, and `formats` in the head of a template makes one",
                            STR_ARG(entry->name));
    return session_fail(s, "%.*s is not made in that format; `formats` in the head of its template says in which", STR_ARG(entry->name));
}

static enum ismsc_status build_entry(struct ismsc *s, struct build_call *call, const struct entry *entry)
{
    struct findings said;
    unsigned wanted = formats_of(call->build, entry);
    if (!wanted)
        return without_file(s, call->build, entry);
    findings_init(&said, &s->scratch);
    struct weave weave = session_weave(s, &s->scratch, &said);
    weave.place = (wanted & ISMSC_TO_HTML) && !set_is_page(entry) ? site_place : NULL;
    weave.shared = entry->each ? call->woven : NULL;
    site_tell(s->site, entry);
    if (entry->policy)
        find_passages_for(s, entry->policy);
    struct document *document = entry->policy ? weave_policy(&weave, entry->policy) : weave_template(&weave, entry->template, entry->each);
    findings_finish(&said);
    if (!document || said.count[SEV_ERROR]) {
        struct buf *text = buf_new(&s->scratch);
        report_concise(text, &said, &s->sources);
        return session_fail(s, "%.*s can not be made:\n%.*s", STR_ARG(entry->name), STR_ARG(buf_str(text)));
    }
    untranslated_document(s, entry->policy ? entry->name : entry->template);
    document->file = entry->name;
    document->brand = session_brand(s, entry->document);
    enum ismsc_status status = write_formats(s, call, document, wanted);
    call->made |= wanted;
    arena_close(&s->scratch);
    return status;
}

/* Without names all that the sources ask for; with names also what would be left out. */
static bool is_asked_for(const struct ismsc_build *build, const struct entry *entry)
{
    if (entry->replaced)
        return false;
    for (size_t i = 0; i < build->ndocuments; i++)
        if (set_is_called(entry, str_of(build->documents[i])))
            return true;
    return build->ndocuments == 0 && entry->built;
}

static bool is_for_others(const struct set *all, str name)
{
    for (size_t i = 0; i < all->list.len; i++)
        if (set_is_called(&all->list.at[i], name))
            return true;
    return false;
}

static bool is_in_set(const struct set *set, str asked)
{
    for (size_t i = 0; i < set->list.len; i++)
        if (!set->list.at[i].replaced && set_is_called(&set->list.at[i], asked))
            return true;
    return false;
}

/* Each name the caller gave must be a document, or the build would silently lack one. */
static enum ismsc_status check_names(struct ismsc *s, const struct ismsc_build *build, const struct set *set, const struct set *all)
{
    for (size_t i = 0; i < build->ndocuments; i++) {
        str asked = str_of(build->documents[i]);
        if (is_in_set(set, asked))
            continue;
        if (is_for_others(all, asked))
            return session_fail(s, "%.*s is not for %s; ismsc build --list --audience %s shows what is", STR_ARG(asked), audience_readers(s->audience), audience_word(s->audience));
        str near = set_suggest(&s->arena, set, asked);
        if (near.len)
            return session_fail(s, "there is no document %.*s; did you mean %.*s?", STR_ARG(asked), STR_ARG(near));
        return session_fail(s, "there is no document %.*s; ismsc build --list shows them", STR_ARG(asked));
    }
    return ISMSC_OK;
}

bool session_assets(struct ismsc *s, struct html_assets *assets)
{
    if (!session_resource(s, STR("templates/html/style.css"), &assets->css)
        || !session_resource(s, STR("templates/html/script.js"), &assets->js)
        || !session_resource(s, STR("templates/html/search.js"), &assets->search_js))
        return false;
    html_assets_ready(&s->arena, assets);
    return true;
}

static enum ismsc_status put_in_place(struct ismsc *s, struct build_call *call)
{
    const char *why = "";
    call->build->written = call->files->targets.len;
    call->build->unchanged = call->files->unchanged;
    return file_set_commit(call->files, &why) ? ISMSC_OK : session_fail(s, "can't write %s", why);
}

/* Behind the documents: where they could not be put in place, nothing is said about them. */
static enum ismsc_status write_deps(struct ismsc *s, const struct build_call *call)
{
    const struct ismsc_build *build = call->build;
    struct buf *out = buf_new(&s->arena);
    const char *why = "";
    str bad = { 0 };
    if (!deps_rule(out, &call->outputs, str_of(build->target), &s->recorded, &bad))
        return session_fail(s, "make and ninja can not read the name of the file %.*s: it has a line break", STR_ARG(bad));
    return file_put(&s->arena, build->deps, buf_str(out), &why) ? ISMSC_OK : session_fail(s, "can't write %s: %s", build->deps, why);
}

static bool is_made(const struct ismsc_build *build, const struct entry *entry, unsigned wanted)
{
    return is_asked_for(build, entry) && (formats_of(build, entry) & wanted);
}

/* Pages lead to the places of records in the documents, and one searches all others: they come after what they need to know. */
static int turn_of(const struct entry *entry) { return entry->head.search ? 2 : set_is_page(entry); }

/* Only some documents are workbooks, so whoever asks for one among other formats may get none. */
static const char *no_workbook(struct ismsc *s, const struct build_call *call)
{
    if (!(call->build->formats & ISMSC_TO_WORKBOOK) || (call->made & ISMSC_TO_WORKBOOK))
        return NULL;
    const char *which = call->build->ndocuments ? "that were named" : s->audience ? audience_readers(s->audience) : "of this ISMS";
    str option = s->audience ? str_print(&s->arena, " --audience %s", audience_word(s->audience)) : (str){ "", 0 };
    return str_c(&s->arena, str_print(&s->arena, "no xlsx file was made: none of the documents %s%s is a workbook; ismsc build --list%.*s shows what each is",
                                      call->build->ndocuments || !s->audience ? "" : "for ", which, STR_ARG(option)));
}

static enum ismsc_status build_entries(struct ismsc *s, struct build_call *call, const struct set *set)
{
    enum ismsc_status status = ISMSC_OK;
    untranslated_begin(s);
    s->site = site_new(s);
    call->assets.site = &s->site->html;
    for (size_t i = 0; i < set->list.len; i++)
        site_enter(s->site, &set->list.at[i], is_made(call->build, &set->list.at[i], ISMSC_TO_HTML));
    for (int turn = 0; turn <= 2; turn++)
        for (size_t i = 0; i < set->list.len && status == ISMSC_OK; i++)
            if (turn_of(&set->list.at[i]) == turn && is_asked_for(call->build, &set->list.at[i]))
                status = build_entry(s, call, &set->list.at[i]);
    s->site = NULL;
    call->build->untranslated = untranslated_remark(s);
    call->build->no_workbook = no_workbook(s, call);
    arena_close(&s->scratch);
    return status == ISMSC_OK && call->pdf ? write_pdfs(s, call) : status;
}

/* Where files go, and the files that are to be put there. */
static bool open_folder(struct ismsc *s, struct build_call *call)
{
    const struct ismsc_build *build = call->build;
    const char *root = s->options.root ? s->options.root : ".", *below = s->audience ? "/" : "";
    call->files = NEW(&s->arena, struct file_set);
    file_set_init(call->files, &s->arena);
    call->folder = build->folder ? str_of(build->folder) : str_print(&s->arena, "%s/build%s%s", root, below, s->audience ? audience_word(s->audience) : "");
    return audience_folder_open(s, call->folder);
}

/* The documents of the set, staged, and what the folder says about itself where they are for others. */
static enum ismsc_status build_set(struct ismsc *s, struct build_call *call, const struct set *set)
{
    enum ismsc_status status = build_entries(s, call, set);
    str note;
    if (status != ISMSC_OK || !s->audience || !call->files)
        return status;
    if (call->outputs.len == 0)
        return session_fail(s, "no document is for %s; ismsc build --list --audience %s shows why", audience_readers(s->audience), audience_word(s->audience));
    if (!audience_folder_note(s, call->folder, call->build->ndocuments == 0, &call->outputs, &note))
        return ISMSC_FAILED;
    return stage_note(s, call, note);
}

static bool fails_its_threshold(const struct ismsc *s)
{
    for (int severity = SEV_MAJOR; severity >= rules_threshold(s->project.model) && severity >= 0; severity--)
        if (s->findings.count[severity])
            return true;
    return false;
}

/* Reads and checks the ISMS; ISMSC_FINDINGS when nothing may be built of it. */
static enum ismsc_status judge(struct ismsc *s, bool release)
{
    if (!session_read(s))
        return ISMSC_FAILED;
    languages_rules(s);
    if (!session_outlook(s))
        return ISMSC_FAILED;
    if (s->findings.count[SEV_ERROR]) { /* what could not be read would be missing from the documents */
        findings_leave_lesser(&s->findings, SEV_ERROR);
        return ISMSC_FINDINGS;
    }
    return release && fails_its_threshold(s) ? ISMSC_FINDINGS : ISMSC_OK;
}

/* What all documents of a build share, and where they go. */
static enum ismsc_status prepare(struct ismsc *s, struct build_call *call)
{
    const struct ismsc_build *build = call->build;
    if (!session_assets(s, &call->assets))
        return session_fail(s, "the page's style is missing");
    call->zips = zip_shared_new(&s->arena);
    call->woven = weave_shared_new(&s->arena);
    if (!build->write && !open_folder(s, call))
        return ISMSC_FAILED;
    if ((build->formats & ISMSC_TO_PDF) && !(call->pdf = pdf_begin(s)))
        return ISMSC_FAILED;
    return ISMSC_OK;
}

/* The documents of the ISMS as their audience may see it; [all] has those of the whole one, so that a name which is not for them is not called unknown. */
static enum ismsc_status build_shown(struct ismsc *s, struct build_call *call, const struct set *all)
{
    struct set set = set_of(s);
    set_tell(s, &set);
    enum ismsc_status status = check_names(s, call->build, &set, all);
    if (status == ISMSC_OK)
        status = prepare(s, call);
    return status == ISMSC_OK ? build_set(s, call, &set) : status;
}

static enum ismsc_status do_build(struct ismsc *s, void *argument)
{
    struct build_call        *call = argument;
    const struct ismsc_build *build = call->build;
    enum ismsc_status         status = judge(s, build->release);
    if (status != ISMSC_OK)
        return status;
    if (s->options.language && !session_speaks(s, str_of(s->options.language)))
        return session_fail(s, "there are no texts in the language %s; there are: %.*s", s->options.language, STR_ARG(session_language_names(s)));
    project_forget_passages(&s->project);
    struct set all = build->audience ? set_of(s) : (struct set){ 0 };
    if (!session_reduce(s, (enum audience)build->audience))
        return ISMSC_FINDINGS;
    status = build_shown(s, call, &all);
    session_restore(s);
    if (status == ISMSC_OK && call->files)
        status = put_in_place(s, call);
    return status == ISMSC_OK && call->files && build->deps ? write_deps(s, call) : status;
}

enum ismsc_status ismsc_build(struct ismsc *s, struct ismsc_build *build)
{
    struct build_call call = { .build = build };
    return session_run(s, do_build, &call);
}
