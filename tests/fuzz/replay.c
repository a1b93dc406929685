/* SPDX-License-Identifier: MIT */
/* Runs a fuzz target over the files and folders named as arguments, so that a corpus is a test for any compiler. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t cases;

static int run_file(const char *path, size_t size)
{
    FILE    *f = fopen(path, "rb");
    uint8_t *data = malloc(size ? size : 1); /* exactly this size, so that sanitizers see a byte too much */
    if (!f || !data || fread(data, 1, size, f) != size) {
        fprintf(stderr, "can't read %s\n", path);
        return 1;
    }
    fclose(f);
    fprintf(stderr, "%s\n", path); /* the last line before a crash names its input */
    LLVMFuzzerTestOneInput(data, size);
    cases++;
    free(data);
    return 0;
}

static int run_path(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0) {
        fprintf(stderr, "can't find %s\n", path);
        return 1;
    }
    if (!S_ISDIR(st.st_mode))
        return run_file(path, (size_t)st.st_size);
    struct dirent **entries;
    int failed = 0, count = scandir(path, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        char below[4096];
        snprintf(below, sizeof below, "%s/%s", path, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.')
            failed |= run_path(below);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    return failed || count < 0;
}

int main(int argc, char **argv)
{
    int failed = 0;
    for (int i = 1; i < argc; i++)
        failed |= run_path(argv[i]);
    printf("%zu cases\n", cases);
    return failed || cases == 0;
}
