/* SPDX-License-Identifier: MIT */
#include "load/recorder.h"

struct recorder {
    struct arena          *arena; /* that keeps what is noted */
    const struct provider *below;
    str                    root;  /* "../isms/", or nothing */
    struct recorded       *recorded;
};

static void note(struct recorder *r, str path)
{
    str full = str_print(r->arena, "%.*s%.*s", STR_ARG(r->root), STR_ARG(path));
    if (full.len > 1 && full.at[full.len - 1] == '/')
        full.len--;
    map_add(&r->recorded->paths, r->arena, full.len ? full : STR("."), r);
}

/* The folder of [path], and those above it up to [top]. */
static void note_folders(struct recorder *r, str path, str top)
{
    for (size_t i = path.len; i-- > top.len;)
        if (path.at[i] == '/')
            note(r, str_cut(path, 0, i));
}

/* Where [folder] would have to be made, if it is not there. */
static str folder_above(str folder)
{
    size_t end = folder.len;
    while (end > 0 && folder.at[end - 1] != '/')
        end--;
    return str_cut(folder, 0, end > 0 ? end - 1 : 0);
}

static enum load_status list_files(void *state, struct arena *arena, str folder, struct path_list *out, str *message)
{
    struct recorder *r = state;
    size_t before = out->len;
    enum load_status status = r->below->list(r->below->state, arena, folder, out, message);
    note(r, folder.len == 0 || out->len > before ? folder : folder_above(folder));
    for (size_t i = before; i < out->len; i++)
        note_folders(r, out->at[i], folder);
    return status;
}

static enum load_status read_file(void *state, struct arena *arena, str path, size_t max, str *bytes, str *message)
{
    struct recorder *r = state;
    enum load_status status = r->below->read(r->below->state, arena, path, max, bytes, message);
    if (status == LOAD_OK)
        note(r, path);
    return status;
}

const struct provider *recording_provider(struct arena *arena, const struct provider *below, const char *root, struct recorded *recorded)
{
    struct recorder *r = NEW(arena, struct recorder);
    struct provider *provider = NEW(arena, struct provider);
    str folder = str_of(root);
    while (str_starts(folder, STR("./")))
        folder = str_cut(folder, 2, folder.len);
    if (str_eq(folder, STR(".")))
        folder = (str){ 0 };
    bool ends = folder.len == 0 || folder.at[folder.len - 1] == '/';
    *r = (struct recorder){ arena, below, str_print(arena, "%.*s%s", STR_ARG(folder), ends ? "" : "/"), recorded };
    *provider = (struct provider){ r, list_files, read_file };
    return provider;
}
