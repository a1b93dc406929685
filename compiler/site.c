/* SPDX-License-Identifier: MIT */
/*
 * Which record has a page, so that every id in a page leads there, and where the record stands in the documents, so that its page leads
 * back. Pages of records are woven after all documents, when their places are known.
 */
#include "site.h"

#include "base/limits.h"
#include "model/fields.h"
#include "weave/weave.h"

/* ---- which there are ---- */

void site_decide(struct ismsc *s, struct entry *entry, size_t records)
{
    entry->built = entry->head.wanted && records > 0 && records <= LIMIT_RECORD_PAGES;
    entry->replaced = !entry->built;
    if (records == 0)
        entry->why = STR("there is no such record");
    else if (records > LIMIT_RECORD_PAGES)
        entry->why = str_print(&s->arena, "a page for each of %zu records would be too many", records);
    else
        entry->why = str_print(&s->arena, "a page for each of %zu", records);
}

struct set site_listed(struct ismsc *s, const struct set *set)
{
    struct set shown = { 0 };
    for (size_t i = 0; i < set->list.len; i++) {
        struct entry entry = set->list.at[i];
        bool pages = set_is_record_page(&entry);
        if (pages && entry.again)
            continue;
        if (pages) {
            entry.name = entry.template;
            entry.id = entry.head.id;
            entry.title = entry.head.title;
        }
        LIST_PUSH(&s->arena, &shown.list, entry);
    }
    return shown;
}

/* ---- which leads where ---- */

/* A record's page, and where the record stands in documents, as far as they are woven. */
struct record_page {
    struct html_place page; /* first: what the writer sees */
    struct list       appearances;
};

struct site *site_new(struct ismsc *s)
{
    struct site *site = NEW(&s->arena, struct site);
    site->session = s;
    return site;
}

/* Two ids of one anchor, "A.8.1" and "A-8-1": a link could lead to the wrong one, so there is none. */
static void enter_record(struct site *site, str id, str file)
{
    struct arena *arena = &site->session->arena;
    str anchor = str_slug(arena, id);
    struct record_page *page = NEW(arena, struct record_page), *taken;
    page->page = (struct html_place){ .file = file, .address = str_join2(arena, file, STR(".html")) };
    taken = anchor.len ? map_add(&site->html.pages, arena, anchor, page) : NULL;
    if (taken)
        taken->page = (struct html_place){ 0 };
}

void site_enter(struct site *site, const struct entry *entry, bool made)
{
    struct arena *arena = &site->session->arena;
    if (!made) {
        map_add(&site->html.absent, arena, entry->name, site);
        return;
    }
    enter_record(site, set_is_record_page(entry) ? entry->each->id : entry->id, entry->name);
    if (str_eq(entry->name, STR("index")))
        site->html.index = str_join2(arena, entry->name, STR(".html"));
    if (!entry->head.search)
        return;
    site->html.search = str_join2(arena, entry->name, STR(".html"));
    site->html.texts = html_search_new(arena);
}

static void add_appearance(struct site *site, struct record_page *page, str anchor)
{
    struct arena *arena = &site->session->arena;
    const struct schema *schema = site->session->project.model->schema;
    struct record *r = record_new(arena, schema->root->fields[F_isms_appearances].type->kind);
    r->id = site->at->name;
    r->written = true;
    r->fields[0] = value_text(r->id);
    r->fields[F_appearance_title] = set_title(site->at);
    r->fields[F_appearance_file] = value_text(site->at->name);
    r->fields[F_appearance_anchor] = value_text(str_copy(arena, anchor));
    list_push(arena, &page->appearances, value_record(r));
}

/* The record has no page of its own: the best place so far. */
static void add_place(struct site *site, str anchor, size_t weight)
{
    struct arena *arena = &site->session->arena;
    struct html_place *place = map_get(&site->html.places, anchor);
    if (place && place->weight >= weight)
        return;
    if (!place) {
        place = NEW(arena, struct html_place);
        map_add(&site->html.places, arena, str_copy(arena, anchor), place);
    }
    *place = (struct html_place){ .file = site->at->name, .weight = weight };
}

void site_place(void *state, str anchor, size_t weight)
{
    struct site *site = ((struct ismsc *)state)->site;
    struct record_page *page = map_get(&site->html.pages, anchor);
    if (page)
        add_appearance(site, page, anchor);
    else
        add_place(site, anchor, weight);
}

void site_tell(struct site *site, const struct entry *entry)
{
    struct ismsc *s = site->session;
    struct record_page *page = set_is_record_page(entry) ? map_get(&site->html.pages, str_slug(&s->scratch, entry->each->id)) : NULL;
    site->at = entry;
    s->project.model->root->fields[F_isms_appearances] = value_list(page ? &page->appearances : &site->none);
}
