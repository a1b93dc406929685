/* SPDX-License-Identifier: MIT */
/*
 * Host program of the build: packs schema/, templates/ and the example into one C table, and names the schema's kinds and
 * fields as constants, so that a field misspelt in C does not compile.
 *
 *     embed table FILE...        the table of load/resource.h, to standard output
 *     embed fields SCHEMA        model/fields.h, to standard output
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/limits.h"
#include "diag/finding.h"
#include "load/source.h"
#include "parse/front.h"
#include "parse/packed.h"
#include "parse/yaml.h"
#include "resolve/rulefile.h"
#include "resolve/rules_packed.h"
#include "resolve/schema.h"
#include "resolve/schema_packed.h"

struct host {
    struct memory   memory;
    struct arena    arena;
    struct findings findings;
    struct sources  sources;
};

static str read_file(struct host *host, const char *path)
{
    char         chunk[65536];
    struct buf  *buf = buf_new(&host->arena);
    FILE        *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "embed: can't read %s\n", path);
        exit(1);
    }
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, file)) > 0;)
        buf_put(buf, (str){ chunk, n });
    fclose(file);
    return buf_str(buf);
}

/* Built-in data has nothing to find. */
static void stop_at_findings(struct host *host)
{
    for (size_t i = 0; i < host->findings.list.len; i++) {
        const struct finding *f = host->findings.list.at[i];
        struct source *source = source_of(&host->sources, f->at);
        if (source)
            fprintf(stderr, "%.*s:%u: ", STR_ARG(source->path), source_place(&host->sources, source, f->at.begin).line);
        fprintf(stderr, "%.*s\n", STR_ARG(f->message));
    }
    if (host->findings.list.len)
        exit(1);
}

/* The tree of a file, of Markdown that of its head; NULL where it has none. */
static struct node *parse_file(struct host *host, const char *path)
{
    bool readable;
    struct source *source = source_add(&host->sources, str_of(path), read_file(host, path), true);
    struct front front = { .there = true, .head_end = (uint32_t)source->bytes.len };
    if (str_ends(source->path, STR(".md")))
        front = front_split(&host->findings, source);
    if (!front.there)
        return NULL;
    struct node *tree = yaml_parse(&host->arena, &host->findings, source, front.head_begin, front.head_end, &readable);
    stop_at_findings(host);
    if (!tree || !readable) {
        fprintf(stderr, "embed: %s can not be parsed\n", path);
        exit(1);
    }
    return tree;
}

/* Octal escapes for everything unusual; a line break per 96 bytes keeps compilers and editors calm. */
static void print_literal(str bytes)
{
    printf("\n  \"");
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char c = (unsigned char)bytes.at[i];
        if (i && i % 96 == 0)
            printf("\"\n  \"");
        if (c >= ' ' && c < 127 && c != '"' && c != '\\' && c != '?')
            putchar(c);
        else
            printf("\\%03o", c);
    }
    printf("\"");
}

static bool is_schema(const char *path) { return str_eq(str_of(path), STR("schema/isms.schema.json")); }
static bool is_rules(const char *path) { return str_starts(str_of(path), STR("schema/rules/")); }

/* Whether the file is read as a tree at run time. What ismsc init copies is never read as data; of the schema and the rules there is what they become. */
static bool has_tree(const char *path)
{
    bool copied = str_starts(str_of(path), STR("schema/skeleton/")) || str_starts(str_of(path), STR("examples/"));
    bool template = str_starts(str_of(path), STR("templates/")) && str_ends(str_of(path), STR(".md"));
    return !copied && !is_schema(path) && !is_rules(path) && (template || str_ends(str_of(path), STR(".yaml")) || str_ends(str_of(path), STR(".json")));
}

static int by_path(const void *a, const void *b) { return str_cmp(str_of(*(char *const *)a), str_of(*(char *const *)b)); }

static void print_schema(struct host *host, const char *path)
{
    struct buf *packed = buf_new(&host->arena);
    schema_pack(&host->arena, packed, schema_build(&host->arena, parse_file(host, path)));
    printf("\nconst str embedded_schema = {");
    print_literal(buf_str(packed));
    printf(", %zu };\n", packed->len);
}

static void print_rules(struct host *host, char **paths, size_t count)
{
    struct rules rules = { 0 };
    struct buf *packed = buf_new(&host->arena);
    for (size_t i = 0; i < count; i++)
        if (is_rules(paths[i]))
            rulefile_read(&host->arena, &host->findings, parse_file(host, paths[i]), false, true, &rules);
    rulefile_link(&host->arena, &host->findings, &rules);
    stop_at_findings(host);
    rules_pack(&host->arena, packed, &rules);
    printf("\nconst str embedded_rules = {");
    print_literal(buf_str(packed));
    printf(", %zu };\n", packed->len);
}

static void print_table(struct host *host, char **paths, size_t count)
{
    qsort(paths, count, sizeof *paths, by_path);
    printf("/* Made by compiler/embed.c. */\n#include \"load/resource.h\"\n\n");
    /* Looking for a path must not touch a page of memory for each: they stand together, not between the files. */
    for (size_t i = 0; i < count; i++)
        printf("static const char path_%zu[] = \"%s\";\n", i, paths[i]);
    printf("\nconst struct resource embedded[] = {\n");
    for (size_t i = 0; i < count; i++) {
        str bytes = read_file(host, paths[i]);
        printf(" { path_%zu,", i);
        print_literal(bytes);
        printf(", %zu,", bytes.len);
        const struct node *tree = has_tree(paths[i]) ? parse_file(host, paths[i]) : NULL;
        if (tree) {
            struct buf *packed = buf_new(&host->arena);
            packed_write(&host->arena, packed, tree);
            printf("\n  (const unsigned char *)");
            print_literal(buf_str(packed));
            printf(", %zu },\n", packed->len);
        } else {
            printf(" 0, 0 },\n");
        }
    }
    printf("};\n\nconst size_t embedded_count = %zu;\n", count);
    for (size_t i = 0; i < count; i++)
        if (is_schema(paths[i]))
            print_schema(host, paths[i]);
    print_rules(host, paths, count);
}

static void print_fields(struct host *host, const char *path)
{
    const struct schema *schema = schema_build(&host->arena, parse_file(host, path));
    printf("/* Made by compiler/embed.c from %s: the numbers of kinds and fields. */\n#ifndef MODEL_FIELDS_H\n#define MODEL_FIELDS_H\n", path);
    for (size_t k = 0; k < schema->nkinds; k++) {
        const struct kind *kind = schema->kinds[k];
        printf("\nenum {\n    KIND_%.*s = %zu,\n", STR_ARG(kind->name), k);
        for (size_t i = 0; i < kind->nfields; i++)
            printf("    F_%.*s_%.*s = %zu,\n", STR_ARG(kind->name), STR_ARG(kind->fields[i].name), i);
        printf("};\n");
    }
    printf("\n#endif\n");
}

int main(int argc, char **argv)
{
    struct host *host = calloc(1, sizeof *host);
    if (!host || setjmp(host->memory.escape)) {
        fprintf(stderr, "embed: out of memory\n");
        return 1;
    }
    host->memory.limit = LIMIT_MEMORY;
    arena_init(&host->arena, &host->memory);
    findings_init(&host->findings, &host->arena);
    host->sources.arena = &host->arena;
    if (argc >= 3 && str_eq(str_of(argv[1]), STR("table")))
        print_table(host, argv + 2, (size_t)argc - 2);
    else if (argc == 3 && str_eq(str_of(argv[1]), STR("fields")))
        print_fields(host, argv[2]);
    else
        return 2;
    arena_close(&host->arena);
    free(host);
    return ferror(stdout) ? 1 : 0;
}
