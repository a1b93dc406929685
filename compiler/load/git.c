/* SPDX-License-Identifier: MIT */
/*
 * The files of a git index or of a revision, without a checkout. Everything is asked of git itself: in a hook the index has another name
 * (index.lock for `commit -a`, next-index-N.lock for `commit -- path`) and may be in another folder, and git is told by its environment.
 * One process lists (ls-files or ls-tree), a second one stays and hands out contents (cat-file --batch).
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/map.h"
#include "base/path.h"
#include "base/process.h"
#include "load/git.h"
#include "load/provider.h"

extern char **environ;

enum {
    OBJECT_NAME = 64, /* hexadecimal digits, of SHA-256; SHA-1 has 40 */
    LINKS       = 8,  /* symbolic links from one to the next */
};

/* A git process: its standard input and output are the other end of [fd]. */
struct child {
    pid_t pid;
    int   fd;
    char  ahead[4096]; /* read, and not asked for yet */
    size_t from, to;
};

struct entry {
    char mode[7];              /* "100644"; "120000" is a symbolic link */
    char object[OBJECT_NAME + 1];
};

struct git {
    struct arena *arena;            /* for all that outlives a call */
    const char  *root, *revision;   /* revision NULL: the index */
    str          below;             /* what git's paths begin with: "isms/", or nothing */
    struct map   entries;           /* path below the root -> struct entry */
    struct child contents;
    bool         listed, asked;
};

/* ---- processes ---- */

static void end_child(void *handle)
{
    struct child *child = handle;
    int status;
    if (child->fd >= 0)
        close(child->fd);
    while (child->pid > 0 && waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
        ;
    child->fd = -1;
    child->pid = 0;
}

/* Starts a program, git but for program_output(), with its input and output on a socket, so that a write to a process that has gone is an error and no signal. */
static bool start(struct arena *arena, struct child *child, char *const argv[])
{
    int ends[2];
    posix_spawn_file_actions_t actions;
    *child = (struct child){ .fd = -1 };
    arena_defer(arena, end_child, child);
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        return false;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    bool fine = posix_spawn_file_actions_init(&actions) == 0;
    if (fine) {
        posix_spawn_file_actions_adddup2(&actions, ends[1], 0);
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
        fine = process_start(&child->pid, argv, environ, &actions, false) == 0;
        posix_spawn_file_actions_destroy(&actions);
    }
    close(ends[1]);
    if (fine)
        child->fd = ends[0];
    else
        close(ends[0]), child->pid = 0;
    return fine;
}

static bool child_write(struct child *child, str text)
{
    while (text.len > 0) {
        ssize_t n = send(child->fd, text.at, text.len, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        text.at += n;
        text.len -= (size_t)n;
    }
    return true;
}

/* Up to [room] bytes; 0 at the end or when reading fails. */
static size_t child_read(struct child *child, char *into, size_t room)
{
    if (child->from < child->to) {
        size_t n = child->to - child->from < room ? child->to - child->from : room;
        memcpy(into, child->ahead + child->from, n);
        child->from += n;
        return n;
    }
    ssize_t n;
    do
        n = read(child->fd, into, room);
    while (n < 0 && errno == EINTR);
    return n > 0 ? (size_t)n : 0;
}

static bool child_line(struct child *child, char *line, size_t room)
{
    for (size_t len = 0; len + 1 < room;) {
        if (child->from == child->to) {
            child->from = child->to = 0;
            size_t n = child_read(child, child->ahead, sizeof child->ahead);
            if (n == 0)
                return false;
            child->to = n;
        }
        char c = child->ahead[child->from++];
        line[len] = '\0';
        if (c == '\n')
            return true;
        line[len++] = c;
    }
    return false;
}

/* All that a git command prints; false when it could not be run or fails. */
static bool output_of(struct arena *arena, char *const argv[], struct buf *out)
{
    struct child *child = NEW(arena, struct child);
    int status = 0;
    if (!start(arena, child, argv))
        return false;
    shutdown(child->fd, SHUT_WR);
    for (size_t n = 1; n > 0; out->len += n) {
        buf_reserve(out, 65536);
        n = child_read(child, out->at + out->len, 65536);
    }
    while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
        ;
    child->pid = 0;
    end_child(child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool program_output(struct arena *arena, const char *const *words, struct buf *out)
{
    size_t n = 0;
    while (words[n])
        n++;
    char **argv = NEWS(arena, char *, n + 1);
    for (size_t i = 0; i < n; i++)
        argv[i] = str_c(arena, str_of(words[i]));
    return output_of(arena, argv, out);
}

/* ---- which files ---- */

/*
 * Whether git must be run in the working directory: where its environment says what repository or index is meant, names in it may count
 * from there. *below is then the root as seen from it, with a slash. A root that is not below it is git's own to find.
 */
static bool runs_here(struct arena *arena, const char *root, str *below)
{
    char here[PATH_MAX], there[PATH_MAX];
    if ((!getenv("GIT_DIR") && !getenv("GIT_INDEX_FILE")) || !realpath(".", here) || !realpath(root, there))
        return false;
    size_t len = strcmp(here, "/") == 0 ? 0 : strlen(here);
    if (strcmp(here, there) == 0)
        return true;
    if (strncmp(there, here, len) != 0 || there[len] != '/')
        return false;
    *below = str_print(arena, "%s/", there + len + 1);
    return true;
}

/* ls-files: "mode object stage\tpath"; ls-tree: "mode type object\tpath". False for a path in conflict. */
static bool take_entry(struct git *git, str line)
{
    size_t tab = str_find(line, '\t', 0);
    str    head = str_cut(line, 0, tab), path = tab < line.len ? str_cut(line, tab + 1, line.len) : (str){ 0 }, words[3] = { { 0 } };
    struct entry *entry = NEW(git->arena, struct entry);
    for (int i = 0; i < 3; i++)
        str_split(&head, ' ', &words[i]);
    str object = git->revision ? words[2] : words[1];
    if (!git->revision && !str_eq(words[2], STR("0")))
        return false;
    if (!str_starts(path, git->below) || words[0].len != 6 || object.len > OBJECT_NAME || str_eq(words[0], STR("160000")))
        return true; /* another project of the repository, or a submodule */
    memcpy(entry->mode, words[0].at, 6);
    memcpy(entry->object, object.at, object.len);
    map_add(&git->entries, git->arena, str_cut(path, git->below.len, path.len), entry);
    return true;
}

static enum load_status no_list(const struct git *git, str *message)
{
    const char *const words[] = { "rev-parse", "--git-dir", NULL };
    if (!git_output(git->arena, git->root, words, buf_new(git->arena)))
        *message = str_print(git->arena, "%s is in no git repository, or git is not installed", git->root);
    else
        *message = str_print(git->arena, "git shows no %s of %s%s", git->revision ? git->revision : "index", git->root, git->revision ? ": it is no revision of its repository" : "");
    return LOAD_FAILED;
}

/* The words of a git command, copied, because posix_spawn wants what could be written to. */
struct words {
    char *at[16];
    int   n;
};

static void add_words(struct git *git, struct words *words, const char *const *more)
{
    for (; *more; more++)
        words->at[words->n++] = str_c(git->arena, str_of(*more));
    words->at[words->n] = NULL;
}
#define WORDS(git, words, ...) add_words((git), (words), (const char *const[]){ __VA_ARGS__, NULL })

bool git_output(struct arena *arena, const char *root, const char *const *more, struct buf *out)
{
    struct git   git = { .arena = arena };
    struct words words = { { NULL }, 0 };
    WORDS(&git, &words, "git", "-C", root);
    add_words(&git, &words, more);
    return output_of(arena, words.at, out);
}

/* "git", run where it finds the repository. */
static struct words git_words(struct git *git)
{
    struct words words = { { NULL }, 0 };
    WORDS(git, &words, "git");
    if (!runs_here(git->arena, git->root, &git->below))
        WORDS(git, &words, "-C", git->root);
    return words;
}

static enum load_status load_entries(struct git *git, str *message)
{
    struct words words = git_words(git);
    struct buf  *out = buf_new(git->arena);
    if (git->revision)
        WORDS(git, &words, "ls-tree", "-r", "-z", git->revision);
    else
        WORDS(git, &words, "ls-files", "-s", "-z");
    if (git->below.len) /* no pattern: ls-tree knows none, and ls-files is told so */
        WORDS(git, &words, "--", git->revision ? str_c(git->arena, git->below) : str_c(git->arena, str_print(git->arena, ":(literal)%.*s", STR_ARG(git->below))));
    if ((git->revision && git->revision[0] == '-') || !output_of(git->arena, words.at, out))
        return no_list(git, message);
    str rest = buf_str(out), line;
    while (str_split(&rest, '\0', &line))
        if (line.len && !take_entry(git, line)) {
            *message = str_print(git->arena, "%.*s is in conflict: resolve it first", STR_ARG(str_cut(line, str_find(line, '\t', 0) + 1, line.len)));
            return LOAD_FAILED;
        }
    git->listed = true;
    return LOAD_OK;
}

static int by_bytes(const void *a, const void *b) { return str_cmp(*(const str *)a, *(const str *)b); }

static enum load_status list_files(void *state, struct arena *arena, str folder, struct path_list *out, str *message)
{
    struct git *git = state;
    enum load_status status = git->listed ? LOAD_OK : load_entries(git, message);
    for (size_t i = 0; i < git->entries.len && status == LOAD_OK; i++)
        if (is_listed(git->entries.entries[i].key, folder) && out->len <= LIMIT_FILES)
            LIST_PUSH(arena, out, git->entries.entries[i].key);
    if (out->len > 1)
        qsort(out->at, out->len, sizeof *out->at, by_bytes);
    return status;
}

/* ---- what is in them ---- */

static bool read_exactly(struct child *child, char *into, size_t len)
{
    for (size_t got = 0; got < len;) {
        size_t n = child_read(child, into + got, len - got);
        if (n == 0)
            return false;
        got += n;
    }
    return true;
}

/* Reads over what nobody wants. */
static bool skip(struct child *child, size_t len)
{
    char chunk[4096];
    while (len > 0) {
        size_t n = child_read(child, chunk, len < sizeof chunk ? len : sizeof chunk);
        if (n == 0)
            return false;
        len -= n;
    }
    return true;
}

static enum load_status read_object(struct git *git, struct arena *arena, const struct entry *entry, size_t max, str *bytes)
{
    char line[OBJECT_NAME + 64], end;
    unsigned long long size;
    struct child *child = &git->contents;
    str request = str_print(arena, "%s\n", entry->object);
    if (!child_write(child, request) || !child_line(child, line, sizeof line) || sscanf(line, "%*64[0-9a-f] blob %llu", &size) != 1)
        return LOAD_FAILED;
    if (size > max)
        return skip(child, (size_t)size + 1) ? LOAD_TOO_BIG : LOAD_FAILED;
    char *at = arena_alloc(arena, (size_t)size + 1, 1);
    if (!read_exactly(child, at, (size_t)size) || !read_exactly(child, &end, 1))
        return LOAD_FAILED;
    *bytes = (str){ at, (size_t)size };
    return LOAD_OK;
}

/* The process that hands out contents, running from the first time it is asked. */
static bool contents_ready(struct git *git)
{
    if (git->contents.fd >= 0)
        return true;
    if (git->asked)
        return false;
    git->asked = true;
    struct words words = git_words(git);
    WORDS(git, &words, "cat-file", "--batch");
    return start(git->arena, &git->contents, words.at);
}

static enum load_status read_file(void *state, struct arena *arena, str path, size_t max, str *bytes, str *message)
{
    struct git *git = state;
    enum load_status status = git->listed ? LOAD_OK : load_entries(git, message);
    const struct entry *entry = status == LOAD_OK ? map_get(&git->entries, path) : NULL;
    if (!entry)
        return status == LOAD_OK ? LOAD_ABSENT : status;
    for (int links = 0; entry; links++) {
        status = contents_ready(git) ? read_object(git, arena, entry, max, bytes) : LOAD_FAILED;
        if (status != LOAD_OK || strcmp(entry->mode, "120000") != 0)
            break;
        path = links < LINKS && bytes->len && bytes->at[0] != '/' ? path_from(arena, path, *bytes) : (str){ 0 };
        entry = map_get(&git->entries, path);
    }
    if (status == LOAD_FAILED)
        *message = str_print(arena, "git does not give %.*s", STR_ARG(path));
    if (!entry) /* what was read is where a link leads, and that is nothing we read */
        *bytes = (str){ 0 };
    return entry ? status : LOAD_REFUSED;
}

struct provider *git_provider(struct arena *arena, const char *root, const char *revision)
{
    struct git      *git = NEW(arena, struct git);
    struct provider *provider = NEW(arena, struct provider);
    git->arena = arena;
    git->root = str_c(arena, str_of(root));
    git->revision = revision ? str_c(arena, str_of(revision)) : NULL;
    git->contents.fd = -1;
    *provider = (struct provider){ git, list_files, read_file };
    return provider;
}
