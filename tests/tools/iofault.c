/* SPDX-License-Identifier: MIT */
/*
 * Preloaded into a program, makes its n-th call for a file fail:
 *   IOFAULT_AT=n       counted over open, read, write, close, rename, link, mkdir and fsync; 0: none
 *   IOFAULT_ERRNO=e    what the system says then: ENOSPC, EIO, EINTR; SHORT: a write takes only half
 *   IOFAULT_COUNT=f    where to write, at the end, how many calls there were
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static long calls;

static int error_number(void)
{
    const char *name = getenv("IOFAULT_ERRNO");
    if (name && strcmp(name, "ENOSPC") == 0)
        return ENOSPC;
    if (name && strcmp(name, "EINTR") == 0)
        return EINTR;
    return name && strcmp(name, "SHORT") == 0 ? 0 : EIO;
}

/* Whether this call is the one; errno is set then. */
static int fails(void)
{
    const char *at = getenv("IOFAULT_AT");
    if (++calls != (at ? atol(at) : 0))
        return 0;
    errno = error_number();
    return errno != 0;
}

static void *next(const char *name) { return dlsym(RTLD_NEXT, name); }

__attribute__((destructor)) static void report(void)
{
    const char *path = getenv("IOFAULT_COUNT");
    FILE *f = path ? fopen(path, "w") : NULL;
    if (f) {
        fprintf(f, "%ld\n", calls);
        fclose(f);
    }
}

static int open_as(const char *name, const char *path, int flags, mode_t mode)
{
    int (*real)(const char *, int, ...);
    *(void **)&real = next(name);
    return fails() ? -1 : real(path, flags, mode);
}

#define MODE(flags, mode)                \
    mode_t mode = 0;                     \
    if ((flags) & O_CREAT) {             \
        va_list args;                    \
        va_start(args, flags);           \
        mode = (mode_t)va_arg(args, int); \
        va_end(args);                    \
    }

int open(const char *path, int flags, ...)
{
    MODE(flags, mode)
    return open_as("open", path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    MODE(flags, mode)
    return open_as("open64", path, flags, mode);
}

ssize_t read(int fd, void *to, size_t size)
{
    ssize_t (*real)(int, void *, size_t);
    *(void **)&real = next("read");
    return fails() ? -1 : real(fd, to, size);
}

ssize_t write(int fd, const void *from, size_t size)
{
    ssize_t (*real)(int, const void *, size_t);
    const char *at = getenv("IOFAULT_AT");
    *(void **)&real = next("write");
    if (fails())
        return -1;
    return real(fd, from, calls == (at ? atol(at) : 0) && size > 1 ? size / 2 : size);
}

int close(int fd)
{
    int (*real)(int);
    *(void **)&real = next("close");
    if (fails()) { /* the descriptor is gone all the same, as on Linux */
        int error = errno;
        real(fd);
        errno = error;
        return -1;
    }
    return real(fd);
}

int rename(const char *from, const char *to)
{
    int (*real)(const char *, const char *);
    *(void **)&real = next("rename");
    return fails() ? -1 : real(from, to);
}

int link(const char *from, const char *to)
{
    int (*real)(const char *, const char *);
    *(void **)&real = next("link");
    return fails() ? -1 : real(from, to);
}

int mkdir(const char *path, mode_t mode)
{
    int (*real)(const char *, mode_t);
    *(void **)&real = next("mkdir");
    return fails() ? -1 : real(path, mode);
}

int fsync(int fd)
{
    int (*real)(int);
    *(void **)&real = next("fsync");
    return fails() ? -1 : real(fd);
}
