/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands/commands.h"

/* Writes a file that is not there yet; what could not be written whole is removed again. */
static bool write_new(const char *path, struct ismsc_text text)
{
    int  fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    if (!file && fd >= 0)
        close(fd);
    bool written = file && fwrite(text.at, 1, text.len, file) == text.len && fflush(file) == 0;
    int  why = errno;
    if (file && fclose(file) != 0 && written) {
        why = errno;
        written = false;
    }
    if (written)
        return true;
    if (fd >= 0)
        unlink(path);
    fprintf(stderr, "ismsc: can't write %s: %s\n", path, why == EEXIST ? "it is there already" : strerror(why));
    return false;
}

int command_migrate(const struct command *self, int argc, char **argv)
{
    struct project_options project = { 0 };
    const char *path = NULL;
    int    status;
    size_t undecided;
    const struct option_spec specs[] = {
        PROJECT_OPTIONS(project), { "--out", 'o', NULL, &path, NULL }, { NULL, 0, NULL, NULL, NULL },
    };
    int left = options_read(self, specs, argc, argv, &status);
    if (left < 0)
        return status;
    if (!folder_argument(self, left, argv, &project))
        return ISMSC_FAILED;

    struct ismsc *session = project_open(&project);
    if (!session)
        return ISMSC_FAILED;
    struct ismsc_text text;
    if (ismsc_migrate(session, &text, &undecided) != ISMSC_OK)
        status = print_error(session);
    else if (!path)
        status = print_result(text, ISMSC_OK);
    else if (!write_new(path, text))
        status = ISMSC_FAILED;
    else
        printf("wrote %s: %zu controls wait for a decision\n", path, undecided);
    ismsc_close(session);
    return status;
}
