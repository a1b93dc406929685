/* SPDX-License-Identifier: MIT */
#include "resolve/project.h"

#include "base/limits.h"
#include "model/fields.h"
#include "parse/front.h"
#include "parse/text.h"
#include "parse/yaml.h"
#include "resolve/audience.h"

static void close_arena(void *handle) { arena_close(handle); }

/* An arena that is closed with [arena] at the latest. */
static struct arena *own_arena(struct arena *arena)
{
    struct arena *own = NEW(arena, struct arena);
    arena_init(own, arena->memory);
    arena_defer(arena, close_arena, own);
    return own;
}

static bool is_yaml(str path) { return str_ends(path, STR(".yaml")); }
/* "risks.yml" and "RISKS.YAML" are what other programs call YAML. */
static bool is_nearly_yaml(str path)
{
    str ending = path.len > 5 ? str_cut(path, path.len - 5, path.len) : (str){ 0 };
    return !is_yaml(path) && ending.len && (str_eq_nocase(ending, STR(".yaml")) || str_eq_nocase(str_cut(ending, 1, 5), STR(".yml")));
}
static bool is_rules(str path) { return str_starts(path, STR("rules/")); } /* read by resolve/rulefile.c */
static bool is_markdown(str path) { return str_ends(path, STR(".md")); }

static void report_unreadable(struct resolver *r, const struct source *source, enum load_status status)
{
    struct span at = { source->number, 0, 0 };
    r->unreadable = true;
    if (status == LOAD_TOO_BIG)
        finding_add(r->findings, LANG_LIMIT_FILE, at, "%.*s is larger than a source may be", STR_ARG(source->path));
    else if (str_ends(source->path, STR("/")))
        finding_add(r->findings, LANG_NOT_A_FILE, at, "the folder %.*s is a link out of the project; nothing in it is read", STR_ARG(source->path));
    else
        finding_add(r->findings, LANG_NOT_A_FILE, at, "%.*s is a link out of the project, a pipe or a device", STR_ARG(source->path));
}

/* Reads one file into the list of sources; a failure of the system ends the run, everything else is a finding. */
static bool load_source(struct resolver *r, const struct provider *provider, str path, struct project *project)
{
    str    bytes = { 0 }, message = { 0 };
    size_t most = is_markdown(path) ? LIMIT_MARKDOWN_BYTES : LIMIT_YAML_BYTES;
    enum load_status status = provider->read(provider->state, r->arena, path, most, &bytes, &message);
    if (status == LOAD_ABSENT)
        return true; /* gone since it was listed, or a dangling link */
    if (status == LOAD_FAILED) {
        project->failure = message;
        return false;
    }
    struct source *source = source_add(r->sources, path, bytes, false);
    if (status != LOAD_OK)
        report_unreadable(r, source, status);
    return true;
}

/* Whether [path] belongs to a brand or another project: brand.yaml, or what lies in one of the folders. */
static bool is_of_others(const struct path_list *others, str path)
{
    if (str_eq(path, STR("brand.yaml")))
        return true;
    for (size_t i = 0; i < others->len; i++)
        if (str_starts(path, others->at[i]))
            return true;
    return false;
}

/*
 * The folders that are no part of this ISMS: "design/house/" for "design/house/brand.yaml", and with an isms.yaml of its own another
 * project, which is checked by itself like a submodule.
 */
static struct path_list find_others(struct arena *arena, const struct path_list *paths)
{
    const str names[] = { STR("/brand.yaml"), STR("/isms.yaml"), { 0 } };
    struct path_list others = { 0 };
    for (size_t i = 0; i < paths->len; i++)
        for (size_t k = 0; names[k].len; k++)
            if (str_ends(paths->at[i], names[k]))
                LIST_PUSH(arena, &others, str_cut(paths->at[i], 0, paths->at[i].len - names[k].len + 1));
    return others;
}

/* Whether a file that need not be called isms.yaml has the section that makes an ISMS of a folder. */
static bool is_marked(struct resolver *r, const struct provider *provider, str path)
{
    str bytes = { 0 }, message, mark = STR("isms:");
    bool found = provider->read(provider->state, r->scratch, path, LIMIT_YAML_BYTES, &bytes, &message) == LOAD_OK && str_starts(bytes, mark);
    for (size_t at = 0; !found && (at = str_find(bytes, '\n', at)) < bytes.len;)
        found = str_starts(str_cut(bytes, ++at, bytes.len), mark);
    arena_reset(r->scratch);
    return found;
}

/* Whether these files are an ISMS at all, or somebody stands in the wrong folder, whose YAML is about something else. */
static bool is_isms(struct resolver *r, const struct provider *provider, const struct path_list *paths, const struct path_list *others, struct project *project)
{
    for (size_t i = 0; i < paths->len; i++) {
        project->named |= str_eq(paths->at[i], STR("isms.yaml"));
        project->misnamed |= str_eq(paths->at[i], STR("isms.yml"));
    }
    for (size_t i = 0; i < paths->len && !project->named && !project->found; i++)
        project->found = is_yaml(paths->at[i]) && !is_of_others(others, paths->at[i]) && is_marked(r, provider, paths->at[i]);
    project->found |= project->named;
    for (size_t i = 0; i < paths->len && !project->found; i++)
        if (str_ends(paths->at[i], STR("/isms.yaml")))
            LIST_PUSH(r->arena, &project->below, str_cut(paths->at[i], 0, paths->at[i].len - sizeof "/isms.yaml" + 1));
    return project->found;
}

/* A file whose name is not read must not hold a part of the ISMS unseen. What else lies there, such as mkdocs.yml, is none of our business. */
static void report_misnamed(struct resolver *r, const struct provider *provider, str path)
{
    str bytes, line, message, section = { 0 };
    if (provider->read(provider->state, r->scratch, path, LIMIT_YAML_BYTES, &bytes, &message) != LOAD_OK)
        return;
    while (!section.len && str_split(&bytes, '\n', &line)) {
        str key = str_cut(line, 0, str_find(line, ':', 0));
        section = key.len < line.len && kind_field(r->schema->root, key) ? key : section;
    }
    if (section.len) {
        struct source *source = source_add(r->sources, path, (str){ 0 }, false);
        finding_add(r->findings, LANG_NOT_READ, (struct span){ source->number, 0, 0 }, "%.*s is not read, though it has the section `%.*s`", STR_ARG(path), STR_ARG(section));
        r->unreadable = true;
    }
    arena_reset(r->scratch);
}

/* false: the world failed, or there is no ISMS to load. */
static bool load_sources(struct resolver *r, const struct provider *provider, struct project *project)
{
    struct path_list paths = { 0 };
    str message = { 0 };
    if (provider->list(provider->state, r->arena, (str){ 0 }, &paths, &message) != LOAD_OK) {
        project->failure = message;
        return false;
    }
    struct path_list others = find_others(r->arena, &paths);
    if (!is_isms(r, provider, &paths, &others, project))
        return false;
    for (size_t i = 0; i < paths.len; i++) {
        if (i >= LIMIT_FILES) {
            finding_add(r->findings, LANG_LIMIT_COUNT, SPAN_NONE, "the project has more than %d files", LIMIT_FILES);
            r->unreadable = true;
            return true;
        }
        bool read = is_yaml(paths.at[i]) || is_markdown(paths.at[i]) || str_ends(paths.at[i], STR("/"));
        if (is_of_others(&others, paths.at[i]))
            continue;
        if (read && !load_source(r, provider, paths.at[i], project))
            return false;
        if (is_nearly_yaml(paths.at[i]))
            report_misnamed(r, provider, paths.at[i]);
    }
    return true;
}

/* The edition decides which controls there are, so it is looked for before anything is bound. */
static str find_edition(const struct sources *sources)
{
    for (size_t i = 0; i < sources->list.len; i++) {
        str s = sources->list.at[i]->bytes;
        for (size_t at = 0; at < s.len; at = str_find(s, '\n', at) + 1) {
            str line = str_cut(s, at, str_find(s, '\n', at));
            if (str_starts(line, STR("standard:")))
                return str_search(line, STR("2013"), 0) != SIZE_MAX ? STR("2013") : STR("2022");
            if (sources->list.at[i]->bytes.len > 65536 && at > 65536)
                break; /* it stands at the top of a small file, not inside a register */
        }
    }
    return STR("2022");
}

static void bind_catalogue(struct resolver *r, const struct catalogue *catalogue)
{
    const char *const files[] = {
        str_eq(r->model->edition, STR("2013")) ? "schema/catalogue/controls-2013.yaml" : "schema/catalogue/controls-2022.yaml",
        "schema/catalogue/threats.yaml", "schema/catalogue/vulnerabilities.yaml",
        "schema/catalogue/clauses.yaml", "schema/catalogue/document_types.yaml",
    };
    struct node_entries entries = bind_entries(r, true);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        const struct node *tree = catalogue->tree(catalogue->state, r->scratch, files[i], &entries);
        if (tree)
            bind_file(r, tree, true);
        arena_reset(r->scratch);
    }
}

static void bind_yaml(struct resolver *r, struct source *source)
{
    bool readable = true;
    struct node_entries entries = bind_entries(r, false);
    struct node *tree = yaml_parse_entries(r->scratch, r->findings, source, 0, (uint32_t)source->bytes.len, &readable, &entries);
    r->unreadable |= !readable;
    if (tree && tree->type == NODE_MAPPING) {
        bind_file(r, tree, false);
    } else if (tree) {
        struct finding *f = finding_add(r->findings, LANG_SHAPE_WRONG_TYPE, tree->span, "the file does not begin with a section");
        r->unreadable = true;
        finding_help(r->findings, f, "begin with a section such as `risks:`; `ismsc schema` lists them");
    }
    arena_reset(r->scratch);
}

/* A head that only a document of an ISMS has, but without the id that makes it one. Heads of other programs are none of our business. */
static void report_nameless(struct resolver *r, const struct node *head)
{
    static const size_t telling[] = { F_document_approved_by, F_document_approved_on, F_document_review_every, F_document_implements };
    const struct node *found = NULL;
    for (size_t i = 0; i < sizeof telling / sizeof *telling && !found; i++)
        found = node_get(head, r->schema->front_matter->fields[telling[i]].name);
    if (!found || node_get(head, STR("id")))
        return;
    struct finding *f = finding_add(r->findings, LANG_SHAPE_MISSING_KEY, head->first->key_span, "the head of this document has no `id`");
    finding_help(r->findings, f, "write `id:` among its keys, such as `id: POL-01`");
    r->unreadable = true; /* whoever refers to it can not say what is meant */
}

static void bind_markdown(struct resolver *r, struct source *source)
{
    bool readable = true;
    if (!text_check(r->arena, r->findings, source, false)) {
        r->unreadable = true;
        return;
    }
    struct front front = front_split(r->findings, source);
    r->unreadable |= front.open;
    if (!front.there)
        return;
    struct node *head = yaml_parse(r->scratch, r->findings, source, front.head_begin, front.head_end, &readable);
    r->unreadable |= !readable;
    if (head && head->type == NODE_MAPPING) {
        report_nameless(r, head);
        struct record *document = bind_front_matter(r, head);
        if (document)
            LIST_PUSH(r->arena, &r->policies, ((struct policy){ source, document, front.body_begin }));
    }
    arena_reset(r->scratch);
}

static void bind_sources(struct resolver *r, struct project *project)
{
    for (size_t i = 0; i < project->nsources; i++) {
        struct source *source = r->sources->list.at[i];
        if (source->builtin || is_rules(source->path))
            continue;
        if (!r->first || str_eq(source->path, STR("isms.yaml")))
            r->first = source;
    }
    if (r->first)
        r->model->origin = (struct span){ r->first->number, 0, 0 };
    for (size_t i = 0; i < project->nsources; i++) {
        struct source *source = r->sources->list.at[i];
        if (source->builtin || !source->bytes.at || is_rules(source->path))
            continue;
        if (is_yaml(source->path)) {
            /* Texts that are no slices of the source must outlive the tree, so the checked copy is made in the session. */
            text_check(r->arena, r->findings, source, true);
            bind_yaml(r, source);
        } else {
            bind_markdown(r, source);
        }
    }
}

/* The section of which the comment at [from] is the first line, "# issues:" and nothing behind; NULL: it is about something else. */
static const struct field *begun_in_comment(const struct kind *root, str bytes, size_t from)
{
    if (from > 0 && bytes.at[from - 1] != '\n')
        return NULL;
    str line = str_trim(str_cut(bytes, from + 1, str_find(bytes, '\n', from)));
    return str_ends(line, STR(":")) ? kind_field(root, str_cut(line, 0, line.len - 1)) : NULL;
}

/* Sections that somebody prepared and nobody has begun: what is missing would stand there. */
static void note_comments(struct resolver *r, const struct project *project)
{
    const struct kind *root = r->schema->root;
    r->model->comments = NEWS(r->arena, struct span, root->nfields);
    for (size_t i = 0; i < project->nsources; i++) {
        const struct source *source = r->sources->list.at[i];
        str bytes = is_yaml(source->path) && !source->builtin && !is_rules(source->path) ? source->bytes : (str){ 0 };
        for (size_t at = 0; (at = str_find(bytes, '#', at)) < bytes.len; at++) {
            const struct field *section = begun_in_comment(root, bytes, at);
            if (section && !r->model->comments[section->index].file)
                r->model->comments[section->index] = (struct span){ source->number, (uint32_t)at, (uint32_t)str_find(bytes, '\n', at) };
        }
    }
}

static str text_field(const struct record *record, size_t index, str otherwise)
{
    struct value value = record->fields[index];
    return value.tag == V_TEXT && value.text.len ? value.text : otherwise;
}

static str find_stage(const struct model *model)
{
    struct value certification = model->root->fields[F_isms_certification];
    return certification.tag == V_RECORD ? text_field(certification.record, F_certification_stage, STR("draft")) : STR("draft");
}

/* An empty ISMS, and all that is needed to fill it. */
static struct project project_begin(struct arena *arena, struct findings *findings, struct sources *sources, const struct schema *schema, int32_t today)
{
    struct project   project = { .model = NEW(arena, struct model), .resolver = NEW(arena, struct resolver) };
    struct resolver *r = project.resolver;
    *r = (struct resolver){ .arena = arena, .findings = findings, .sources = sources, .model = project.model, .schema = schema };
    r->scratch = own_arena(arena);
    r->waiting = own_arena(arena);
    r->prose = own_arena(arena);
    r->catalogue_ids = NEWS(arena, struct map, schema->nkinds);
    *project.model = (struct model){ .schema = schema, .root = record_new(arena, schema->root), .today = today };
    project.model->root->written = true;
    return project;
}

/* The sources that were loaded, and the catalogue, into the model. */
static void fill(struct project *project, const struct catalogue *catalogue)
{
    struct resolver *r = project->resolver;
    bind_catalogue(r, catalogue);
    bind_sources(r, project);
    note_comments(r, project);
    bind_finish(r);
    project->model->stage = find_stage(project->model);
    link_references(r);
    arena_close(r->waiting);
    r->pending = r->pending_last = NULL;
    if (r->cut)
        cut_settle(r);
    compute_values(r);
    arena_close(r->scratch);
}

struct project project_resolve(struct arena *arena, struct findings *findings, struct sources *sources,
                               const struct provider *provider, const struct catalogue *catalogue,
                               const struct schema *schema, int32_t today)
{
    struct project project = project_begin(arena, findings, sources, schema, today);
    if (!load_sources(project.resolver, provider, &project) && project.failure.len)
        return project;
    project.nsources = sources->list.len;
    project.model->edition = find_edition(sources);
    fill(&project, catalogue);
    audience_check(project.resolver);
    findings->skipped_files = project.resolver->unreadable;
    return project;
}

struct project project_reduce(struct arena *arena, struct findings *findings, struct sources *sources, const struct catalogue *catalogue,
                              const struct project *whole, enum audience reader)
{
    struct findings *known = NEW(arena, struct findings); /* what is wrong with the sources was said when they were read the first time */
    findings_init(known, arena);
    struct project project = project_begin(arena, known, sources, whole->model->schema, whole->model->today);
    project.resolver->cut = cut_new(arena, whole->model, reader);
    project.nsources = whole->nsources;
    project.model->edition = whole->model->edition;
    fill(&project, catalogue);
    cut_mentions(project.resolver, findings);
    return project;
}

void project_forget_passages(struct project *project) { forget_passages(project->resolver); }

void project_find_passages(struct project *project)
{
    if (!project->resolver->prose->block && !project->resolver->cut)
        collect_passages(project->resolver);
}
