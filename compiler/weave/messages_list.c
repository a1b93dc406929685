/* SPDX-License-Identifier: MIT */
/* The messages of a whole template, for those who translate them: of its head, its expressions and its body. */
#include "parse/front.h"
#include "weave/messages.h"
#include "weave/template.h"

static void add_entry(struct arena *arena, const struct node *entry, struct message_list *out)
{
    if (!entry || entry->type != NODE_SCALAR || entry->text.len == 0)
        return;
    struct message message = { .begin = entry->span.begin, .end = entry->span.end, .text = entry->text };
    LIST_PUSH(arena, out, message);
}

/* "Annex A", which documents print; the numbers of clauses and controls are the same in every language. */
static void add_clauses(struct arena *arena, const struct node *clauses, struct message_list *out)
{
    for (const struct node *item = clauses && clauses->type == NODE_SEQUENCE ? clauses->first : NULL; item; item = item->next)
        if (messages_has_words(str_cut(item->text, 0, str_find(item->text, ' ', 0))))
            add_entry(arena, item, out);
}

/* Where an escape or a fold makes a text longer or shorter than its source, the whole expression is where its texts stand. */
static void add_expressions(struct arena *arena, const struct node *let, struct message_list *out)
{
    for (const struct node *entry = let && let->type == NODE_MAPPING ? let->first : NULL; entry; entry = entry->next) {
        size_t before = out->len;
        if (entry->type == NODE_SCALAR)
            messages_of_expression(arena, entry->text, out);
        for (size_t i = before; i < out->len; i++) {
            out->at[i].begin = entry->span.begin;
            out->at[i].end = entry->span.end;
        }
    }
}

struct message_list messages_of_head(struct arena *arena, const struct node *head)
{
    struct message_list found = { 0 };
    if (!head || head->type != NODE_MAPPING)
        return found;
    for (size_t i = 0; message_entries[i]; i++)
        add_entry(arena, node_get(head, str_of(message_entries[i])), &found);
    add_clauses(arena, node_get(head, STR("clause")), &found);
    add_expressions(arena, node_get(head, STR("let")), &found);
    return found;
}

bool weave_messages(struct weave *weave, str path, struct message_list *out)
{
    struct weaving  *w = weaving_begin(weave, STR("en"));
    w->heads_only = true;
    struct template *template = template_load(w, path);
    if (!template)
        return false;
    struct front front = front_split(w->findings, template->source);
    *out = messages_of_head(w->arena, template->head);
    struct message_list body = messages_of(w->arena, str_cut(template->source->bytes, front.body_begin, template->source->bytes.len));
    for (size_t i = 0; i < body.len; i++)
        LIST_PUSH(w->arena, out, body.at[i]);
    return true;
}
