/* SPDX-License-Identifier: MIT */
/* A new ISMS from the files under schema/skeleton/ or examples/northwind/. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "load/resource.h"
#include "session.h"

#define SKELETON STR("schema/skeleton/")
#define EXAMPLE STR("examples/northwind/")

struct new_file {
    const char *path; /* on disk */
    str         name; /* below the folder */
    str         bytes;
    bool        kept; /* somebody has one already; only for files that are no sources */
};

struct creation {
    struct ismsc           *session;
    const struct ismsc_new *isms;
    str                     folder; /* without a slash at the end */
    str                     name;   /* of the organisation */
    LIST_OF(struct new_file) files;
    LIST_OF(const char *) made; /* folders that were not there */
    struct file_set         set;
    bool                    done;
};

/* ---- what to write ---- */

static bool is_name(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.at[i] < 0x20 || s.at[i] == 0x7F)
            return false;
    return s.len > 0 && s.len <= 200 && utf8_invalid_at(s) == s.len;
}

/* The last part of the folder's real path; "." becomes the name of the working directory. */
static str folder_name(struct creation *c)
{
    char real[PATH_MAX];
    str  path = realpath(str_c(&c->session->arena, c->folder), real) ? str_copy(&c->session->arena, str_of(real)) : c->folder;
    size_t slash = path.len;
    while (slash > 0 && path.at[slash - 1] != '/')
        slash--;
    return str_cut(path, slash, path.len);
}

/* In YAML the name stands in double quotes, where two characters need a backslash. */
static str quoted(struct arena *arena, str name)
{
    char  *out = arena_alloc(arena, name.len * 2 + 1, 1);
    size_t len = 0;
    for (size_t i = 0; i < name.len; i++) {
        if (name.at[i] == '"' || name.at[i] == '\\')
            out[len++] = '\\';
        out[len++] = name.at[i];
    }
    return (str){ out, len };
}

/* {{name}} is the only word the skeleton leaves open; {{organisation.name}} and the like are for templates. */
static str fill_in(struct creation *c, str path, str text)
{
    static const char hole[] = "{{name}}";
    str value = str_ends(path, STR(".yaml")) ? quoted(&c->session->arena, c->name) : c->name;
    struct buf *out = buf_new(&c->session->arena);
    for (size_t at = 0; at < text.len;) {
        size_t next = str_search(text, str_of(hole), at), end = next == SIZE_MAX ? text.len : next;
        buf_put(out, str_cut(text, at, end));
        if (next != SIZE_MAX)
            buf_put(out, value);
        at = next == SIZE_MAX ? text.len : next + sizeof hole - 1;
    }
    return buf_str(out);
}

/* "dot.gitignore" -> ".gitignore": hidden names would count where the skeleton itself is kept. */
static str name_on_disk(str name) { return str_starts(name, STR("dot.")) ? str_cut(name, 3, name.len) : name; }

static const char *path_of(struct creation *c, str name)
{
    bool here = str_eq(c->folder, STR("."));
    return str_c(&c->session->arena, here ? name : str_print(&c->session->arena, "%.*s/%.*s", STR_ARG(c->folder), STR_ARG(name)));
}

static void collect_files(struct creation *c)
{
    struct arena *arena = &c->session->arena;
    str below = c->isms->example ? EXAMPLE : SKELETON;
    for (size_t i = 0; i < embedded_count; i++) {
        struct new_file file = { 0 };
        str path = str_of(embedded[i].path);
        if (!str_starts(path, below) || !session_resource(c->session, path, &file.bytes))
            continue;
        file.name = name_on_disk(str_cut(path, below.len, path.len));
        file.path = path_of(c, file.name);
        if (!c->isms->example)
            file.bytes = fill_in(c, path, file.bytes);
        LIST_PUSH(arena, &c->files, file);
    }
}

/* ---- writing it ---- */

/* A README or .gitignore of the repository stays as it is. */
static bool is_source(str name) { return str_ends(name, STR(".yaml")) || str_starts(name, STR("policies/")); }

/* Whether the folders above the file are folders or not there. A link would lead elsewhere, so it is neither. */
static bool has_folders(struct creation *c, const struct new_file *file)
{
    struct stat st;
    for (size_t k = 0; k < file->name.len; k++) {
        const char *folder = file->name.at[k] == '/' ? path_of(c, str_cut(file->name, 0, k)) : NULL;
        if (folder && lstat(folder, &st) == 0 && !S_ISDIR(st.st_mode))
            return session_fail(c->session, "%s is no folder; nothing was written", folder), false;
    }
    return true;
}

/* Whether nothing stands in the way. */
static bool is_free(struct creation *c)
{
    struct stat st;
    const char *main_file = path_of(c, STR("isms.yaml"));
    if (lstat(main_file, &st) == 0)
        return session_fail(c->session, "there is an ISMS already: %s; nothing was written", main_file), false;
    for (size_t i = 0; i < c->files.len; i++) {
        struct new_file *file = &c->files.at[i];
        if (!has_folders(c, file))
            return false;
        if (lstat(file->path, &st) == 0) {
            file->kept = !is_source(file->name);
            if (!file->kept)
                return session_fail(c->session, "%s is there already; nothing was written", file->path), false;
        } else if (errno != ENOENT && errno != ENOTDIR) {
            return session_fail(c->session, "%s: %s", file->path, strerror(errno)), false;
        }
    }
    return true;
}

/* Makes all folders above [path] and remembers those that were not there. */
static bool make_folders(struct creation *c, const char *path)
{
    char *part = str_c(&c->session->arena, str_of(path));
    for (char *at = part + 1; *at; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        const char *copy = str_c(&c->session->arena, str_of(part));
        LIST_PUSH(&c->session->arena, &c->made, copy); /* first: it may fail */
        if (mkdir(part, 0777) != 0) {
            c->made.len--;
            if (errno != EEXIST)
                return session_fail(c->session, "can't make the folder %s: %s", part, strerror(errno)), false;
        }
        *at = '/';
    }
    return true;
}

static bool write_files(struct creation *c)
{
    const char *why = NULL;
    for (size_t i = 0; i < c->files.len; i++) {
        if (c->files.at[i].kept)
            continue;
        if (!make_folders(c, c->files.at[i].path))
            return false;
        if (file_set_add(&c->set, c->files.at[i].path, c->files.at[i].bytes, &why) == FILE_FAILED)
            return session_fail(c->session, "can't write %s: %s", c->files.at[i].path, why), false;
    }
    if (file_set_commit(&c->set, &why))
        return true;
    for (size_t i = 0; i < c->files.len; i++)
        if (!c->files.at[i].kept)
            unlink(c->files.at[i].path); /* was not there before */
    return session_fail(c->session, "can't write %s", why), false;
}

static void remove_made(void *handle)
{
    struct creation *c = handle;
    for (size_t i = c->made.len; !c->done && i-- > 0;)
        rmdir(c->made.at[i]);
}

/* What is undone stands in the scratch arena, so that exhausted memory undoes it as well: files first, then folders. */
static bool write_all_or_none(struct creation *c)
{
    struct arena *scratch = &c->session->scratch;
    arena_defer(scratch, remove_made, c);
    file_set_init(&c->set, scratch);
    c->done = write_files(c);
    arena_close(scratch);
    return c->done;
}

struct create_call {
    const struct ismsc_new *isms;
    struct ismsc_text      *out;
};

static enum ismsc_status do_create(struct ismsc *s, void *argument)
{
    struct create_call *call = argument;
    struct creation *c = NEW(&s->arena, struct creation);
    struct buf *out = buf_new(&s->arena);
    *c = (struct creation){ .session = s, .isms = call->isms, .folder = str_of(call->isms->folder) };
    while (c->folder.len > 1 && c->folder.at[c->folder.len - 1] == '/')
        c->folder.len--;
    session_prepare(s);
    c->name = call->isms->name ? str_trim(str_of(call->isms->name)) : folder_name(c);
    if (!is_name(c->name))
        return session_fail(s, "the name of the organisation must be one line of text; give it with --name");
    collect_files(c);
    if (!is_free(c))
        return ISMSC_FAILED;
    for (size_t i = 0; i < c->files.len; i++) /* before anything is written: afterwards nothing may fail */
        buf_print(out, "%s %s\n", c->files.at[i].kept ? "kept" : "wrote", c->files.at[i].path);
    if (!write_all_or_none(c))
        return ISMSC_FAILED;
    *call->out = (struct ismsc_text){ out->at, out->len };
    return ISMSC_OK;
}

enum ismsc_status ismsc_create(struct ismsc *s, const struct ismsc_new *isms, struct ismsc_text *out)
{
    struct create_call call = { isms, out };
    return session_run(s, do_create, &call);
}
