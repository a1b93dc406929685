/* SPDX-License-Identifier: MIT */
#include "load/watch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/inotify.h>
#endif

#include "base/buf.h"
#include "base/limits.h"
#include "base/map.h"

#ifdef __APPLE__ /* has the times of POSIX.1-2008 under names of its own */
#define NANOSECONDS(st) ((st)->st_mtimensec)
#else
#define NANOSECONDS(st) ((st)->st_mtim.tv_nsec)
#endif

enum {
    QUIET    = 100,  /* milliseconds without a change: an editor that saves many files is done */
    PATIENCE = 20,   /* times QUIET: what never rests is looked at all the same */
    INTERVAL = 500,  /* between two looks at all files */
};

struct watch {
    struct arena      *arena;
    const char *const *folders;
    size_t             n;
    int                fd;       /* of inotify, -1: files are compared */
    int                other;    /* ends a wait; -1: nothing but signals does */
    str                why;      /* files are compared */
    struct map         watched;  /* number of an inotify watch, as text -> str: the folder's path */
    uint64_t           seen;     /* of all times and sizes, when last looked at */
    char               changed[PATH_MAX];
};

/* ---- the tree ---- */

static bool is_passed_over(const char *name, bool top)
{
    return name[0] == '.' || (top && (strcmp(name, "build") == 0 || strcmp(name, "node_modules") == 0));
}

static void close_dir(void *handle)
{
    DIR **dir = handle;
    if (*dir)
        closedir(*dir);
    *dir = NULL;
}

/* What is done with each folder and file below the watched ones. */
struct tour {
    struct watch *watch;
    struct arena *arena;
    void (*folder)(struct tour *tour, const char *path);
    void (*file)(struct tour *tour, const char *path, const struct stat *st);
    uint64_t      sum;
};

static void tour_folder(struct tour *tour, const char *path, int depth)
{
    DIR **dir = NEW(tour->arena, DIR *);
    arena_defer(tour->arena, close_dir, dir);
    tour->folder(tour, path);
    *dir = depth > LIMIT_PATH_DEPTH ? NULL : opendir(path);
    for (struct dirent *entry; *dir && (entry = readdir(*dir)) != NULL;) {
        struct stat st;
        if (is_passed_over(entry->d_name, depth == 0))
            continue;
        const char *full = str_c(tour->arena, str_print(tour->arena, "%s/%s", path, entry->d_name));
        if (lstat(full, &st) != 0)
            continue;
        if (S_ISDIR(st.st_mode))
            tour_folder(tour, full, depth + 1);
        else if (S_ISREG(st.st_mode))
            tour->file(tour, full, &st);
    }
    close_dir(dir);
}

static void tour_all(struct tour *tour)
{
    struct arena *arena = arena_new(tour->watch->arena);
    tour->arena = arena;
    for (size_t i = 0; i < tour->watch->n; i++)
        tour_folder(tour, tour->watch->folders[i], 0);
    arena_close(arena);
}

/* ---- comparing ---- */

static void sum_nothing(struct tour *tour, const char *path)
{
    (void)tour, (void)path;
}

static void sum_file(struct tour *tour, const char *path, const struct stat *st)
{
    str facts = str_print(tour->arena, "%s %lld %lld %ld %llu", path, (long long)st->st_size, (long long)st->st_mtime, (long)NANOSECONDS(st),
                          (unsigned long long)st->st_ino);
    tour->sum += str_hash(facts); /* in no order, as folders are listed in none */
}

static uint64_t look_at_all(struct watch *watch)
{
    struct tour tour = { .watch = watch, .folder = sum_nothing, .file = sum_file };
    tour_all(&tour);
    return tour.sum;
}

/* Sleeps; *ready when there are events. False when a signal came, or the other end. */
static bool rest(const struct watch *watch, int milliseconds, const sigset_t *signals, bool *ready)
{
    const int ends[] = { watch->fd, watch->other };
    fd_set set;
    struct timespec time = { milliseconds / 1000, milliseconds % 1000 * 1000000L };
    FD_ZERO(&set);
    for (size_t i = 0; i < 2; i++)
        if (ends[i] >= 0)
            FD_SET(ends[i], &set);
    int most = ends[0] > ends[1] ? ends[0] : ends[1], n = pselect(most + 1, &set, NULL, NULL, milliseconds < 0 ? NULL : &time, signals);
    *ready = n > 0 && watch->fd >= 0 && FD_ISSET(watch->fd, &set);
    return n >= 0 && !(n > 0 && watch->other >= 0 && FD_ISSET(watch->other, &set));
}

static bool wait_by_comparing(struct watch *watch, const sigset_t *signals)
{
    bool ready;
    uint64_t now = watch->seen, last;
    do {
        if (!rest(watch, INTERVAL, signals, &ready))
            return false;
        now = look_at_all(watch);
    } while (now == watch->seen);
    for (int i = 0; i < PATIENCE; i++) {
        last = now;
        if (!rest(watch, QUIET, signals, &ready))
            return false;
        if ((now = look_at_all(watch)) == last)
            break;
    }
    watch->seen = now;
    return true;
}

static void compare(struct watch *watch, str why)
{
    if (watch->fd >= 0)
        close(watch->fd);
    watch->fd = -1;
    watch->why = why;
    watch->seen = look_at_all(watch);
}

/* ---- being told ---- */

#ifdef __linux__
static void close_fd(void *handle)
{
    struct watch *watch = handle;
    if (watch->fd >= 0)
        close(watch->fd);
    watch->fd = -1;
}

/* Folders are watched, not files: an editor that saves by renaming makes another file each time. */
static void watch_folder(struct tour *tour, const char *path)
{
    struct watch *watch = tour->watch;
    char number[24];
    if (watch->fd < 0)
        return;
    int wd = inotify_add_watch(watch->fd, path, IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE | IN_ONLYDIR);
    if (wd < 0 && errno == ENOSPC) {
        close_fd(watch);
        watch->why = STR("there are more folders than the system lets programs watch (fs.inotify.max_user_watches)");
    }
    if (wd < 0)
        return;
    snprintf(number, sizeof number, "%d", wd);
    if (map_get(&watch->watched, str_of(number)))
        return;
    str *copy = NEW(watch->arena, str);
    *copy = str_copy(watch->arena, str_of(path));
    map_add(&watch->watched, watch->arena, str_copy(watch->arena, str_of(number)), copy);
}

static void watch_no_file(struct tour *tour, const char *path, const struct stat *st)
{
    (void)tour, (void)path, (void)st;
}

/* All folders; one that is watched already stays so. */
static void watch_folders(struct watch *watch)
{
    struct tour tour = { .watch = watch, .folder = watch_folder, .file = watch_no_file };
    tour_all(&tour);
}

/* Whether one event is about a source, and not what an editor writes beside it. */
static bool counts(struct watch *watch, const struct inotify_event *event, bool *folders)
{
    char number[24];
    size_t len = event->len ? strlen(event->name) : 0;
    if (event->mask & IN_Q_OVERFLOW)
        return *folders = true;
    if (event->mask & IN_IGNORED || len == 0 || event->name[0] == '.' || event->name[len - 1] == '~')
        return false;
    if (event->mask & IN_ISDIR) {
        snprintf(number, sizeof number, "%d", event->wd);
        const str *folder = map_get(&watch->watched, str_of(number));
        for (size_t i = 0; folder && i < watch->n; i++)
            if (str_eq(*folder, str_of(watch->folders[i])) && is_passed_over(event->name, true))
                return false;
        *folders = true;
    } else if (event->mask & IN_CREATE) {
        return false; /* it is written to next */
    }
    return true;
}

static void remember(struct watch *watch, const struct inotify_event *event)
{
    char number[24];
    snprintf(number, sizeof number, "%d", event->wd);
    const str *folder = map_get(&watch->watched, str_of(number));
    if (folder && event->len)
        snprintf(watch->changed, sizeof watch->changed, "%.*s/%s", STR_ARG(*folder), event->name);
}

/* Takes all events there are; true when one of them counts. */
static bool take_events(struct watch *watch)
{
    _Alignas(struct inotify_event) char room[16384];
    bool any = false, folders = false;
    for (ssize_t n; (n = read(watch->fd, room, sizeof room)) > 0;)
        for (char *at = room; at < room + n;) {
            const struct inotify_event *event = (const struct inotify_event *)(const void *)at;
            if (counts(watch, event, &folders)) {
                any = true;
                remember(watch, event);
            }
            at += sizeof *event + event->len;
        }
    if (folders)
        watch_folders(watch);
    return any;
}

static bool wait_to_be_told(struct watch *watch, const sigset_t *signals)
{
    bool ready = false;
    do {
        if (!rest(watch, -1, signals, &ready))
            return false;
    } while (!take_events(watch));
    for (int i = 0; watch->fd >= 0 && i < PATIENCE; i++) {
        if (!rest(watch, QUIET, signals, &ready))
            return false;
        if (!ready || !take_events(watch))
            break;
    }
    return true;
}

static void begin(struct watch *watch)
{
    arena_defer(watch->arena, close_fd, watch);
    watch->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (watch->fd < 0)
        watch->why = STR("the system lets this user watch nothing more (fs.inotify.max_user_instances)");
    watch_folders(watch);
}
#else
static bool wait_to_be_told(struct watch *watch, const sigset_t *signals) { return wait_by_comparing(watch, signals); }
static void begin(struct watch *watch) { watch->why = STR("this system does not tell of changes"); }
#endif

/* ---- both ---- */

struct watch *watch_new(struct arena *arena, const char *const *folders, size_t n, bool poll, int other)
{
    struct watch *watch = NEW(arena, struct watch);
    *watch = (struct watch){ .arena = arena, .folders = folders, .n = n, .fd = -1, .other = other };
    if (poll)
        watch->why = STR("ISMSC_POLL is set");
    else
        begin(watch);
    if (watch->fd < 0)
        compare(watch, watch->why);
    return watch;
}

str watch_why_polling(const struct watch *watch) { return watch->fd < 0 ? watch->why : (str){ 0 }; }

bool watch_wait(struct watch *watch, const sigset_t *signals, str *path)
{
    watch->changed[0] = '\0';
    bool told = watch->fd >= 0, changed = told ? wait_to_be_told(watch, signals) : wait_by_comparing(watch, signals);
    if (told && watch->fd < 0)
        compare(watch, watch->why);
    *path = str_of(watch->changed);
    return changed;
}
