/* SPDX-License-Identifier: MIT */
/*
 * The hook of git that checks what is about to be committed: a script of our own, with a line for each project of the repository.
 * A hook that somebody else wrote is never touched.
 */
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "load/git.h"
#include "load/repository.h"
#include "session.h"

enum { LONGEST_HOOK = 64 * 1024 };

/* The second line says whose it is; behind the head come the projects, a line each. */
#define HEAD                                                                                                        \
    "#!/bin/sh\n"                                                                                                   \
    "# Written by `ismsc hook install`; `ismsc hook uninstall` takes it away. Silent unless something is wrong.\n"    \
    "command -v ismsc >/dev/null || { echo 'ismsc is not installed: the ISMS can not be checked.' >&2; exit 1; }\n"  \
    "check() { found=$(ismsc check --staged -C \"$1\" 2>&1) || { printf '%s\\n' \"$found\" >&2; exit 1; }; }\n"

struct hook_call {
    bool               install;
    struct ismsc_text *said;
};

/* "check 'our isms'", for the folder of the project seen from the top of the work tree, where git starts a hook. */
static str project_line(struct arena *arena, str folder)
{
    struct buf *out = buf_new(arena);
    buf_text(out, "check '");
    if (folder.len == 0)
        buf_char(out, '.');
    for (size_t i = 0; i + 1 < folder.len; i++) {
        if (folder.at[i] == '\'')
            buf_text(out, "'\\''");
        else
            buf_char(out, folder.at[i]);
    }
    buf_text(out, "'\n");
    return buf_str(out);
}

/* Where git looks for the hook: its own folder, or that of core.hooksPath. False outside of a repository. */
static bool hook_path(struct ismsc *s, str *path)
{
    static const char *const words[] = { "rev-parse", "--git-path", "hooks", NULL };
    struct buf *out = buf_new(&s->scratch);
    if (!git_output(&s->scratch, s->options.root, words, out))
        return false;
    str folder = str_trim(buf_str(out));
    *path = folder.len && folder.at[0] == '/' ? str_print(&s->scratch, "%.*s/pre-commit", STR_ARG(folder))
                                              : str_print(&s->scratch, "%s/%.*s/pre-commit", s->options.root, STR_ARG(folder));
    return true;
}

/* What is there now; nothing where there is no file. */
static enum load_status read_hook(struct ismsc *s, str path, str *bytes)
{
    str message;
    size_t slash = path.len;
    while (slash > 0 && path.at[slash - 1] != '/')
        slash--;
    struct provider *folder = worktree_provider(&s->scratch, str_c(&s->scratch, str_cut(path, 0, slash)));
    return folder->read(folder->state, &s->scratch, str_cut(path, slash, path.len), LONGEST_HOOK, bytes, &message);
}

static bool make_executable(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && chmod(path, (st.st_mode & 0777) | ((st.st_mode & 0444) >> 2)) == 0;
}

static enum ismsc_status put_hook(struct ismsc *s, str path, str text)
{
    const char *why = "", *name = str_c(&s->scratch, path);
    size_t slash = path.len;
    while (slash > 0 && path.at[slash - 1] != '/')
        slash--;
    bool fine = folder_make(&s->scratch, str_c(&s->scratch, str_cut(path, 0, slash - 1)), &why) && file_put(&s->scratch, name, text, &why);
    if (fine && !make_executable(name)) {
        fine = false;
        why = strerror(errno);
    }
    return fine ? ISMSC_OK : session_fail(s, "can't write %s: %s", name, why);
}

static enum ismsc_status add_line(struct ismsc *s, str path, str now, str line)
{
    return put_hook(s, path, str_join2(&s->scratch, now.len ? now : STR(HEAD), line));
}

static enum ismsc_status remove_line(struct ismsc *s, str path, str now, size_t at, size_t len)
{
    str rest = str_join2(&s->scratch, str_cut(now, 0, at), str_cut(now, at + len, now.len));
    if (rest.len > sizeof HEAD - 1)
        return put_hook(s, path, rest);
    if (unlink(str_c(&s->scratch, path)) != 0)
        return session_fail(s, "can't remove %.*s: %s", STR_ARG(path), strerror(errno));
    return ISMSC_OK;
}

static enum ismsc_status not_ours(struct ismsc *s, const struct hook_call *call, str path)
{
    str folder = repository_folder(&s->scratch, s->options.root);
    if (!call->install)
        return session_fail(s, "%.*s was not written by ismsc: it is left alone", STR_ARG(path));
    return session_fail(s, "%.*s is there already and is left alone; add this line to it:\n  ismsc check --staged -C \"%.*s\" || exit 1", STR_ARG(path),
                        STR_ARG(folder.len ? str_cut(folder, 0, folder.len - 1) : STR(".")));
}

static enum ismsc_status do_hook(struct ismsc *s, void *argument)
{
    struct hook_call *call = argument;
    str path, now = { 0 };
    if (!s->options.root || !hook_path(s, &path))
        return session_fail(s, "there is no git repository around %s", s->options.root ? s->options.root : "this");
    enum load_status status = read_hook(s, path, &now);
    if (status != LOAD_OK && status != LOAD_ABSENT)
        return not_ours(s, call, path);
    if (now.len && !str_starts(now, STR(HEAD)))
        return not_ours(s, call, path);
    str    line = project_line(&s->scratch, repository_folder(&s->scratch, s->options.root));
    size_t at = str_search(now, line, 0);
    bool   there = at != SIZE_MAX;
    enum ismsc_status verdict = ISMSC_OK;
    if (there != call->install)
        verdict = call->install ? add_line(s, path, now, line) : remove_line(s, path, now, at, line.len);
    str said = there == call->install ? (call->install ? STR("the hook was there already") : STR("there was no hook"))
             : call->install ? STR("every commit is checked now") : STR("commits are no longer checked");
    said = str_print(&s->arena, "%.*s: %.*s\n", STR_ARG(path), STR_ARG(said));
    *call->said = (struct ismsc_text){ said.at, said.len };
    arena_close(&s->scratch);
    return verdict;
}

enum hook_state session_hook(struct ismsc *s)
{
    str path, now = { 0 };
    enum hook_state state = HOOK_NONE;
    if (s->options.root && hook_path(s, &path) && read_hook(s, path, &now) == LOAD_OK) {
        bool ours = str_starts(now, STR(HEAD)), ready = access(str_c(&s->scratch, path), X_OK) == 0;
        str  line = project_line(&s->scratch, repository_folder(&s->scratch, s->options.root));
        if (ready && ours && str_search(now, line, 0) != SIZE_MAX)
            state = HOOK_OURS;
        else if (ready && !ours && str_search(now, STR("ismsc"), 0) != SIZE_MAX)
            state = HOOK_OTHER;
    }
    arena_close(&s->scratch);
    return state;
}

enum ismsc_status ismsc_hook(struct ismsc *s, bool install, struct ismsc_text *said)
{
    struct hook_call call = { install, said };
    return session_run(s, do_hook, &call);
}
