/* SPDX-License-Identifier: MIT */
#include "load/repository.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

str repository_folder(struct arena *arena, const char *root)
{
    char real[PATH_MAX], git[PATH_MAX + sizeof "/.git"];
    if (!realpath(root, real))
        return (str){ 0 };
    size_t whole = strlen(real);
    for (size_t len = whole; len > 0; len--) {
        if (len < whole && real[len] != '/')
            continue;
        memcpy(git, real, len);
        memcpy(git + len, "/.git", sizeof "/.git");
        if (access(git, F_OK) == 0)
            return len == whole ? (str){ 0 } : str_print(arena, "%s/", real + len + 1);
    }
    return (str){ 0 };
}
