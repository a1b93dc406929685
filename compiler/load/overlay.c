/* SPDX-License-Identifier: MIT */
/* Texts in memory over another provider: open editor buffers, and tests that need no disk. */
#include <stdlib.h>

#include "load/provider.h"

struct text {
    str path, bytes;
};

struct overlay {
    const struct provider *below;
    LIST_OF(struct text) texts;
};

static int by_bytes(const void *a, const void *b) { return str_cmp(*(const str *)a, *(const str *)b); }

static enum load_status list_files(void *state, struct arena *arena, str folder, struct path_list *out, str *message)
{
    struct overlay *overlay = state;
    enum load_status status = overlay->below ? overlay->below->list(overlay->below->state, arena, folder, out, message) : LOAD_OK;
    size_t below = out->len, kept = 0;

    for (size_t i = 0; i < overlay->texts.len; i++)
        if (is_listed(overlay->texts.at[i].path, folder))
            LIST_PUSH(arena, out, overlay->texts.at[i].path);
    if (out->len > below)
        qsort(out->at, out->len, sizeof *out->at, by_bytes);
    for (size_t i = 0; i < out->len; i++)
        if (kept == 0 || !str_eq(out->at[kept - 1], out->at[i]))
            out->at[kept++] = out->at[i];
    out->len = kept;
    return status;
}

static enum load_status read_text(void *state, struct arena *arena, str path, size_t max, str *bytes, str *message)
{
    struct overlay *overlay = state;
    for (size_t i = overlay->texts.len; i-- > 0;)
        if (str_eq(overlay->texts.at[i].path, path)) {
            *bytes = overlay->texts.at[i].bytes;
            return bytes->len > max ? LOAD_TOO_BIG : LOAD_OK;
        }
    return overlay->below ? overlay->below->read(overlay->below->state, arena, path, max, bytes, message) : LOAD_ABSENT;
}

struct provider *overlay_provider(struct arena *arena, const struct provider *below)
{
    struct overlay  *overlay = NEW(arena, struct overlay);
    struct provider *provider = NEW(arena, struct provider);
    overlay->below = below;
    *provider = (struct provider){ overlay, list_files, read_text };
    return provider;
}

void overlay_put(struct arena *arena, struct provider *provider, str path, str bytes)
{
    struct overlay *overlay = provider->state;
    LIST_PUSH(arena, &overlay->texts, ((struct text){ path, bytes }));
}
