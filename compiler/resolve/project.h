/* SPDX-License-Identifier: MIT */
/* A provider's files -> the model of the ISMS, with all findings about the language on the way. */
#ifndef RESOLVE_PROJECT_H
#define RESOLVE_PROJECT_H

#include "resolve/resolve.h"

/* Built-in data by repository path: the parsed tree of a YAML or JSON file, or NULL. Entries that are wanted may be handed over instead of standing in it. */
struct catalogue {
    void *state;
    const struct node *(*tree)(void *state, struct arena *arena, const char *path, const struct node_entries *entries);
};

struct project {
    struct model    *model;
    struct resolver *resolver;
    size_t           nsources; /* how many sources it was read from: the first ones */
    bool             named;    /* there is an isms.yaml at the root */
    bool             misnamed; /* there is an isms.yml, which is not read */
    bool             found;    /* there is, or another file has the section `isms`; else nothing was read */
    struct path_list below;    /* while nothing was found: the folders below the root that have an isms.yaml */
    str              failure;  /* the world failed while listing or reading; empty when all went well */
};

/*
 * Reads everything below the provider's root, binds it and resolves it as of day [today]. Findings go to
 * [findings], sources to [sources]; all memory belongs to [arena].
 */
struct project project_resolve(struct arena *arena, struct findings *findings, struct sources *sources,
                               const struct provider *provider, const struct catalogue *catalogue,
                               const struct schema *schema, int32_t today);

/*
 * The same sources once more, as far as [reader] may see them: what is marked for fewer is never bound, so that nothing in the model, no
 * list, count or computed value hangs on it. [whole] has no finding of severity error. Ids in texts that [reader] may not see are findings.
 */
struct project project_reduce(struct arena *arena, struct findings *findings, struct sources *sources, const struct catalogue *catalogue,
                              const struct project *whole, enum audience reader);

/*
 * Passages take more memory than the texts they are found in, and time, so they are there only from when somebody is about to ask for them
 * until they are forgotten.
 */
void project_find_passages(struct project *project);
void project_forget_passages(struct project *project);

#endif
