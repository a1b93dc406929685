/* SPDX-License-Identifier: MIT */
/*
 * Lists. Their levels are real ones: each item's first paragraph has a list style and a number instance, what follows
 * in the item continues under it. In cells and notes the small styles stay and only the numbering is added.
 */
#include "write/docx_part.h"

static const char *const bullet_styles[LIST_STYLES] = { "ListBullet", "ListBullet2", "ListBullet3", "ListBullet4", "ListBullet5" };
static const char *const number_styles[LIST_STYLES] = { "ListNumber", "ListNumber2", "ListNumber3", "ListNumber4", "ListNumber5" };
static const char *const plain_styles[LIST_STYLES] = { "ListContinue", "ListContinue2", "ListContinue3", "ListContinue4", "ListContinue5" };

enum { DEEPEST = 8 }; /* w:ilvl goes from 0 to 8 */

/* A list that counts gets an instance of its own. */
static int number_of(struct docx *docx, const struct doc_node *list, int level)
{
    if (!list->ordered)
        return NUMBERING_BULLETS;
    struct docx_number number = { .start = list->number ? list->number : 1, .depth = level };
    LIST_PUSH(docx->arena, &docx->numbers, number);
    return NUMBERING_FIRST_LIST + (int)docx->numbers.len - 1;
}

/* A box that Word lets people tick; the sign itself stands for every other reader. */
static void put_task(struct docx *docx, uint8_t task)
{
    bool done = task == TASK_DONE;
    unsigned id = 0x40000000u + ++docx->controls;
    str word = done ? docx->words->done : docx->words->open;
    buf_print(docx->out, "<w:sdt><w:sdtPr><w:alias w:val=\"%.*s\"/><w:id w:val=\"%u\"/><w14:checkbox><w14:checked w14:val=\"%d\"/>"
              "<w14:checkedState w14:val=\"2612\" w14:font=\"MS Gothic\"/><w14:uncheckedState w14:val=\"2610\" w14:font=\"MS Gothic\"/></w14:checkbox></w:sdtPr>"
              "<w:sdtContent><w:r><w:t>%s</w:t></w:r></w:sdtContent></w:sdt><w:r><w:tab/></w:r>", STR_ARG(word), id, done, done ? "\xE2\x98\x92" : "\xE2\x98\x90");
}

/* The paragraph that an item begins with, up to its text. */
static void open_item(struct docx *docx, const struct doc_node *item, int numbering, struct docx_place place)
{
    int level = place.depth - 1 < DEEPEST ? place.depth - 1 : DEEPEST;
    int style = level < LIST_STYLES ? level : LIST_STYLES - 1;
    bool task = item->task != TASK_NONE;
    struct docx_paragraph paragraph = { .align = place.align, .prose = !place.compact, .after = place.loose && !place.compact ? 140 : 0 };
    paragraph.style = place.compact ? place.style : task ? plain_styles[style] : numbering == NUMBERING_BULLETS ? bullet_styles[style] : number_styles[style];
    paragraph.left = place.indent;
    if (task) {
        paragraph.has_indent = true;
        paragraph.hanging = LIST_STEP;
    } else if (place.compact || numbering != NUMBERING_BULLETS || level != style) {
        paragraph.list = numbering;
        paragraph.depth = level;
    }
    block_open(docx, &paragraph);
    if (task)
        put_task(docx, item->task);
}

/* An item that begins with anything but text has an empty first paragraph for its number to stand in. */
static void put_item(struct docx *docx, const struct doc_node *item, int numbering, struct docx_place place)
{
    struct doc_node rest = *item;
    open_item(docx, item, numbering, place);
    if (rest.first && rest.first->type == DOC_PARAGRAPH) {
        inline_children(docx, rest.first, 0);
        rest.first = rest.first->next;
    } else {
        rest.first = (struct doc_node *)inline_run(docx, rest.first);
    }
    block_close(docx);
    block_children(docx, &rest, place);
}

void list_write(struct docx *docx, const struct doc_node *list, struct docx_place place)
{
    int numbering = number_of(docx, list, place.depth < DEEPEST ? place.depth : DEEPEST);
    bool outermost = place.depth == 0;
    place.depth++;
    place.indent += LIST_STEP;
    place.loose = !list->tight;
    if (!place.compact && strcmp(place.style, "Quote") == 0)
        place.style = "BodyText";
    for (const struct doc_node *item = list->first; item; item = item->next)
        put_item(docx, item, numbering, place);
    if (outermost && !place.compact && !place.loose)
        docx->room = 90;
}
