/* SPDX-License-Identifier: MIT */
/* The pages of one build as a site: which record has a page of its own, and in which documents it stands. */
#ifndef SITE_H
#define SITE_H

#include "set.h"
#include "write/html.h"

struct site {
    struct ismsc       *session;
    struct html_site    html;
    const struct entry *at;  /* what is being woven */
    struct list         none;
};

/* Whether a template makes pages of [records] records: one for each while a folder of them can be looked through, else none. */
void site_decide(struct ismsc *s, struct entry *entry, size_t records);
/* The set for a reader's list: pages of records are many, and no documents, so one line stands for all that a template makes. */
struct set site_listed(struct ismsc *s, const struct set *set);
/* Nothing is known yet; all of it belongs to the session. */
struct site *site_new(struct ismsc *s);
/* Enters an entry of the set: [made] as a page in this build, or not. */
void site_enter(struct site *site, const struct entry *entry, bool made);
/* Weave's `place` for a session: what is being woven has a heading or row of the record with that anchor. */
void site_place(void *state, str anchor, size_t weight);
/* Before [entry] is woven: `appearances` of the model are those of the record it is a page of; else there are none. */
void site_tell(struct site *site, const struct entry *entry);

#endif
