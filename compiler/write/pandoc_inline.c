/* SPDX-License-Identifier: MIT */
/* Inlines of a document -> inlines of pandoc. */
#include "base/base64.h"
#include "write/json.h"
#include "write/pandoc_part.h"

/* Words and the spaces between them. */
void pandoc_words(struct pandoc *p, str s)
{
    for (size_t at = 0; at < s.len;) {
        size_t end = at;
        while (end < s.len && s.at[end] != ' ' && s.at[end] != '\n')
            end++;
        if (end > at) {
            pandoc_open_element(p, "Str");
            json_string(p->out, str_cut(s, at, end));
            pandoc_close_element(p);
        }
        if (end < s.len)
            pandoc_bare(p, "Space");
        at = end + 1;
    }
}


void pandoc_styled(struct pandoc *p, const char *type, const struct doc_node *node)
{
    pandoc_open_parts(p, type);
    pandoc_words(p, node->text);
    pandoc_inlines(p, node->first);
    pandoc_close_parts(p);
}

static void code_span(struct pandoc *p, const struct doc_node *node)
{
    pandoc_open_parts(p, "Code");
    pandoc_no_attributes(p);
    pandoc_string(p, node->text);
    pandoc_close_parts(p);
}

/* Address and title, the last part of links and pictures. */
static void target(struct pandoc *p, str address)
{
    pandoc_open_list(p);
    pandoc_string(p, address);
    pandoc_string(p, (str){ 0 });
    pandoc_close_list(p);
}

static void link_to(struct pandoc *p, const struct doc_node *node)
{
    bool inside = node->ref.len && node->ref.at[0] == '#';
    pandoc_open_parts(p, "Link");
    pandoc_no_attributes(p);
    pandoc_open_list(p);
    if (node->first)
        pandoc_inlines(p, node->first);
    else if (inside)
        pandoc_words(p, reference_text(p->arena, reference_to(p->arena, &p->references, p->doc, &p->outline, str_cut(node->ref, 1, node->ref.len))));
    else
        pandoc_words(p, node->ref);
    pandoc_close_list(p);
    target(p, node->ref);
    pandoc_close_parts(p);
}

void pandoc_picture(struct pandoc *p, const struct doc_node *node, const char *title)
{
    const struct image *image = doc_picture(p->doc, node);
    if (!image) {
        pandoc_words(p, node->text);
        return;
    }
    struct buf *address = buf_new(p->arena);
    buf_print(address, "data:%s;base64,", image_mime((enum image_format)image->format));
    base64_put(address, image->bytes);
    pandoc_open_parts(p, "Image");
    pandoc_no_attributes(p);
    pandoc_open_list(p);
    pandoc_words(p, node->text);
    pandoc_close_list(p);
    pandoc_open_list(p);
    pandoc_string(p, buf_str(address));
    pandoc_string(p, str_of(title));
    pandoc_close_list(p);
    pandoc_close_parts(p);
    buf_free(address);
}

/* "good"; a level is "level" with its rank in the attribute: 2/4. */
static const char *tone_class(const struct doc_node *node)
{
    static const char *const classes[] = {
        [FILL_NONE] = "", [FILL_GOOD] = "good", [FILL_NEUTRAL] = "neutral", [FILL_WARNING] = "warning",
        [FILL_BAD] = "bad", [FILL_LEVEL] = "level", [FILL_HEADER] = "header", [FILL_BAR] = "bar",
    };
    return node->tone < sizeof classes / sizeof *classes ? classes[node->tone] : "";
}

void pandoc_tone(struct pandoc *p, str id, const struct doc_node *node)
{
    str rank = node->tone == FILL_LEVEL ? str_print(p->arena, "%u/%u", node->rank + 1u, (unsigned)node->ranks) : (str){ 0 };
    pandoc_attributes(p, id, tone_class(node), "level", rank);
}

static void badge(struct pandoc *p, const struct doc_node *node)
{
    pandoc_open_parts(p, "Span");
    pandoc_tone(p, (str){ 0 }, node);
    pandoc_open_list(p);
    pandoc_words(p, node->text);
    pandoc_close_list(p);
    pandoc_close_parts(p);
}

void pandoc_span(struct pandoc *p, str id, const char *class, const struct doc_node *node)
{
    pandoc_open_parts(p, "Span");
    pandoc_attributes(p, id, class, "", (str){ 0 });
    pandoc_open_list(p);
    if (node) {
        pandoc_words(p, node->text);
        pandoc_inlines(p, node->first);
    }
    pandoc_close_list(p);
    pandoc_close_parts(p);
}

static void note(struct pandoc *p, const struct doc_node *node)
{
    pandoc_open_parts(p, "Note");
    pandoc_blocks(p, node->first, false);
    pandoc_close_parts(p);
}

void pandoc_inline_node(struct pandoc *p, const struct doc_node *node)
{
    switch ((enum doc_type)node->type) {
    case DOC_EMPHASIS:   pandoc_styled(p, "Emph", node); break;
    case DOC_STRONG:     pandoc_styled(p, "Strong", node); break;
    case DOC_STRIKE:     pandoc_styled(p, "Strikeout", node); break;
    case DOC_SUP:        pandoc_styled(p, "Superscript", node); break;
    case DOC_SUB:        pandoc_styled(p, "Subscript", node); break;
    case DOC_KBD:        pandoc_span(p, (str){ 0 }, "kbd", node); break;
    case DOC_CODE_SPAN:  code_span(p, node); break;
    case DOC_LINK:       link_to(p, node); break;
    case DOC_IMAGE:      pandoc_picture(p, node, ""); break;
    case DOC_BREAK:      pandoc_bare(p, "LineBreak"); break;
    case DOC_SOFT_BREAK: pandoc_bare(p, "SoftBreak"); break;
    case DOC_BADGE:      badge(p, node); break;
    case DOC_NOTE:       note(p, node); break;
    case DOC_ANCHOR:     pandoc_span(p, node->ref, "", NULL); break;
    default:
        pandoc_words(p, node->text);
        pandoc_inlines(p, node->first);
        break;
    }
}

void pandoc_inlines(struct pandoc *p, const struct doc_node *first)
{
    for (const struct doc_node *node = first; node; node = node->next)
        pandoc_inline_node(p, node);
}
