/* SPDX-License-Identifier: MIT */
/*
 * Work must grow with the ISMS, not with its square. Checks two ISMSs of which the second is ten times the first, and names each rule
 * that took more than twelve times the steps. Steps are counted, not timed, so the answer is the same on every machine.
 *
 *   growth SMALL LARGE
 */
#include <stdio.h>
#include <stdlib.h>

#include "session.h"

enum { TIMES = 12, SMALL_CHANGE = 20000 };

/* The steps each rule takes for the ISMS in [folder]; the caller frees them. */
static uint64_t *steps_of(const char *folder, size_t *count, char (**ids)[32])
{
    struct ismsc_options options = { .root = folder, .as_of = "2026-11-21" };
    struct ismsc_text text = { 0 };
    struct ismsc *s = ismsc_open(&options);
    if (!s || ismsc_report(s, "concise", false, true, &text) == ISMSC_FAILED) {
        fprintf(stderr, "growth: %s: %s\n", folder, s ? ismsc_error(s) : "no memory");
        exit(2);
    }
    *count = s->rules.list.len;
    uint64_t *steps = calloc(*count + 1, sizeof *steps);
    *ids = calloc(*count + 1, sizeof **ids);
    for (size_t i = 0; steps && *ids && i < *count; i++) {
        const struct rule *rule = s->rules.list.at[i];
        steps[i] = s->summary.steps[i];
        snprintf((*ids)[i], sizeof **ids, "%.*s", STR_ARG(rule->id));
    }
    ismsc_close(s);
    return steps;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return fprintf(stderr, "usage: growth SMALL LARGE\n"), 2;
    char (*ids[2])[32];
    size_t count[2];
    uint64_t *small = steps_of(argv[1], &count[0], &ids[0]), *large = steps_of(argv[2], &count[1], &ids[1]);
    uint64_t all = 0;
    int failed = count[0] != count[1];
    for (size_t i = 0; i < count[0] && i < count[1]; i++) {
        all += large[i];
        if (large[i] > TIMES * small[i] + SMALL_CHANGE) {
            printf("rule %s takes %llu steps, and %llu for an ISMS ten times as large\n", ids[0][i], (unsigned long long)small[i],
                   (unsigned long long)large[i]);
            failed = 1;
        }
    }
    printf("%zu rules, %llu steps\n", count[0], (unsigned long long)all);
    failed |= all == 0;
    for (int i = 0; i < 2; i++)
        free(ids[i]);
    free(small);
    free(large);
    return failed;
}
