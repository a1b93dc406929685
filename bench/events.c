/* SPDX-License-Identifier: MIT */
/*
 * The yardstick for `ismsc check`: reads the YAML of a project and lets libyaml parse it to events, nothing else.
 * The YAML is every *.yaml file and the front matter of every *.md file.
 *
 *     events FILE...
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

static char *read_file(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    fseek(file, 0, SEEK_END);
    *len = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*len + 1);
    if (bytes && fread(bytes, 1, *len, file) != *len)
        *len = 0;
    fclose(file);
    return bytes;
}

static size_t parse(const char *bytes, size_t len)
{
    yaml_parser_t parser;
    yaml_event_t  event;
    size_t        events = 0;
    int           done = 0;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_string(&parser, (const unsigned char *)bytes, len);
    while (!done && yaml_parser_parse(&parser, &event)) {
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        events++;
    }
    yaml_parser_delete(&parser);
    return events;
}

/* The front matter of a Markdown file, without the dashes. */
static size_t head_of(const char *path, char **bytes, size_t len)
{
    const char *dot = strrchr(path, '.');
    if (!dot || strcmp(dot, ".md") != 0)
        return len;
    if (len < 4 || strncmp(*bytes, "---\n", 4) != 0)
        return 0;
    (*bytes)[len] = '\0';
    char *end = strstr(*bytes + 3, "\n---\n");
    *bytes += 4;
    return end ? (size_t)(end + 1 - *bytes) : 0;
}

int main(int argc, char **argv)
{
    size_t events = 0;
    for (int i = 1; i < argc; i++) {
        size_t len = 0;
        char  *bytes = read_file(argv[i], &len), *text = bytes;
        if (!bytes)
            return 1;
        len = head_of(argv[i], &text, len);
        if (len)
            events += parse(text, len);
        free(bytes);
    }
    printf("%zu events\n", events);
    return 0;
}
