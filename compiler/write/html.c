/* SPDX-License-Identifier: MIT */
#include "write/html.h"

#include "write/html_part.h"
#include "write/sha256.h"

static void text(struct html *html, str s) { html_text(html->out, s); }

/* --- head --- */

static void meta(struct html *html, const char *name, str content)
{
    if (content.len == 0)
        return;
    buf_print(html->out, "<meta name=\"%s\" content=\"", name);
    text(html, content);
    PUT(html, "\">\n");
}

/* Nothing may be fetched, sent or run but the style and the script whose digests stand here. */
static void policy(struct html *html, const struct html_assets *assets, const struct html_look *look, str style, bool script)
{
    PUT(html, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '");
    buf_put(html->out, look->source);
    PUT(html, "' '");
    buf_put(html->out, sha256_source(html->arena, style));
    PUT(html, "'; script-src '");
    buf_put(html->out, script ? assets->js_source : STR("none"));
    if (html->doc->search) {
        PUT(html, "' '");
        buf_put(html->out, assets->search_source);
    }
    PUT(html, "'; img-src data:; base-uri 'none'; form-action 'none'\">\n");
}

static void head(struct html *html, const struct html_assets *assets, const struct html_look *look, str style, bool script)
{
    const struct document *doc = html->doc;
    PUT(html, "<!DOCTYPE html>\n<html lang=\"");
    text(html, doc->language.len ? doc->language : STR("en"));
    if (doc_is_rtl(doc->language))
        PUT(html, "\" dir=\"rtl");
    PUT(html, "\">\n<head>\n<meta charset=\"utf-8\">\n");
    policy(html, assets, look, style, script);
    PUT(html, "<meta name=\"referrer\" content=\"no-referrer\">\n"
              "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
              "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
    text(html, doc->title);
    if (doc->organisation.len) {
        PUT(html, " \u2013 ");
        text(html, doc->organisation);
    }
    PUT(html, "</title>\n");
    meta(html, "author", doc->author);
    meta(html, "description", doc->description);
    meta(html, "keywords", doc->keywords);
    PUT(html, "<meta name=\"generator\" content=\"ismsc\">\n<style>");
    buf_put(html->out, look->style);
    PUT(html, "</style>\n<style>");
    buf_put(html->out, style);
    PUT(html, "</style>\n</head>\n");
}

/* --- cover --- */

static void paragraph(struct html *html, const char *class, str content)
{
    if (content.len == 0)
        return;
    buf_print(html->out, "<p class=\"%s\">", class);
    text(html, content);
    PUT(html, "</p>\n");
}

/* A fact a reader looks for is shown as missing; one that not every document has ([wanted] false) is left out. */
static void fact(struct html *html, str label, str value, bool wanted)
{
    if (value.len == 0 && !wanted)
        return;
    if (value.len && !doc_is_given(value))
        return;
    PUT(html, "<div><dt>");
    text(html, label);
    buf_put(html->out, value.len ? STR("</dt><dd>") : STR("</dt><dd class=\"none\">"));
    text(html, value.len ? value : html->words->not_set);
    PUT(html, "</dd></div>\n");
}

static void status_fact(struct html *html)
{
    const struct doc_node badge = { .type = DOC_BADGE, .tone = html->doc->status_tone, .text = html->doc->status };
    if (badge.text.len == 0 || badge.tone == FILL_NONE) {
        fact(html, html->words->status, badge.text, true);
        return;
    }
    PUT(html, "<div><dt>");
    text(html, html->words->status);
    PUT(html, "</dt><dd>");
    html_inlines(html, &badge);
    PUT(html, "</dd></div>\n");
}

static void facts(struct html *html)
{
    const struct document *doc = html->doc;
    const struct doc_words *words = html->words;
    if (doc->status.len == 0 && !doc->cover && !doc->control_page) /* a page that is no document */
        return;
    PUT(html, "<dl class=\"facts\">\n");
    fact(html, words->document_id, doc->id, true);
    fact(html, words->version, doc->version, true);
    status_fact(html);
    fact(html, words->date, doc->date, true);
    fact(html, words->owner, doc->owner, true);
    fact(html, words->approver, doc->approver, true);
    fact(html, words->next_review, doc->next_review, false);
    fact(html, words->classification, doc->classification, true);
    PUT(html, "</dl>\n");
}

/* On a coloured band the logo for dark ground, if there is one; else it stands above. */
static void logo(struct html *html)
{
    enum { EMU_PER_PIXEL = EMU_PER_INCH / 96 };
    const struct brand_logo *logo = &html->brand->logo;
    const struct image *image = html->brand->cover == COVER_BAND && logo->on_dark ? logo->on_dark : logo->image;
    if (!image)
        return;
    buf_print(html->out, "<p class=\"logo%s\">", image == logo->on_dark ? " on-band" : "");
    html_image(html, image, (unsigned)(logo->width / EMU_PER_PIXEL), logo->alt.len ? logo->alt : html->doc->organisation, "");
    PUT(html, "</p>\n");
}

static void cover(struct html *html)
{
    static const char *const layout[] = { "plain", "band", "side", "picture" };
    const struct document *doc = html->doc;
    buf_print(html->out, "<header class=\"cover-%s%s\">\n", layout[html->brand->cover], doc->cover ? " cover" : "");
    if (html->brand->cover == COVER_PICTURE) {
        html_image(html, html->brand->picture, 1600, (str){ 0 }, "picture");
        PUT(html, "\n");
    }
    logo(html);
    PUT(html, "<div class=\"title\">\n");
    paragraph(html, "organisation", doc->organisation);
    PUT(html, "<h1>");
    text(html, doc->title);
    PUT(html, "</h1>\n");
    paragraph(html, "subtitle", doc->subtitle);
    if (doc->draft)
        paragraph(html, "draft", html->words->draft_notice);
    PUT(html, "</div>\n");
    facts(html);
    paragraph(html, "notice", html->brand->notice);
    PUT(html, "</header>\n");
}

/* --- document control --- */

static void row_of(struct html *html, const char *cell, const str *texts, size_t n)
{
    PUT(html, "<tr>");
    for (size_t i = 0; i < n; i++) {
        buf_print(html->out, "<%s>", cell);
        text(html, texts[i]);
        buf_print(html->out, "</%.2s>", cell);
    }
    PUT(html, "</tr>\n");
}

static void control_columns(struct html *html, const uint8_t *widths)
{
    PUT(html, "<colgroup>");
    for (size_t i = 0; i < 4; i++) {
        html->widths[widths[i]] = true;
        buf_print(html->out, "<col class=\"w%u\">", (unsigned)widths[i]);
    }
    PUT(html, "</colgroup>\n");
}

static void control_table(struct html *html, const char *class, str caption, const str *names, const uint8_t *widths)
{
    PUT(html, "<div class=\"frame\" role=\"region\" tabindex=\"0\" aria-label=\"");
    text(html, caption);
    buf_print(html->out, "\">\n<table class=\"%s\">\n<caption>", class);
    text(html, caption);
    PUT(html, "</caption>\n");
    control_columns(html, widths);
    PUT(html, "<thead>\n");
    row_of(html, "th scope=\"col\"", names, 4);
    PUT(html, "</thead>\n<tbody>\n");
    html->has_table = true;
}

static void revisions(struct html *html)
{
    const struct doc_words *words = html->words;
    const str names[] = { words->version, words->date, words->author, words->change };
    if (html->doc->nrevisions == 0)
        return;
    control_table(html, "plain revisions", words->revision_history, names, (const uint8_t[]){ 9, 17, 20, 54 });
    for (size_t i = 0; i < html->doc->nrevisions; i++) {
        const struct doc_revision *revision = &html->doc->revisions[i];
        const str texts[] = { revision->version, revision->date, revision->author, revision->change };
        row_of(html, "td", texts, 4);
    }
    PUT(html, "</tbody>\n</table>\n</div>\n");
}

static void approvals(struct html *html)
{
    const struct doc_words *words = html->words;
    const str names[] = { words->role, words->name, words->approved_on, words->signature };
    if (html->doc->napprovals == 0)
        return;
    control_table(html, "signature", words->approvals, names, (const uint8_t[]){ 28, 22, 18, 32 });
    for (size_t i = 0; i < html->doc->napprovals; i++) {
        const struct doc_approval *approval = &html->doc->approvals[i];
        const str texts[] = { approval->role, approval->name, approval->date, { 0 } };
        row_of(html, "td", texts, 4);
    }
    PUT(html, "</tbody>\n</table>\n</div>\n");
}

static void control_page(struct html *html)
{
    if (!html->doc->control_page || html->doc->nrevisions + html->doc->napprovals == 0)
        return;
    PUT(html, "<section class=\"control\" aria-labelledby=\"_control\">\n<h2 id=\"_control\">");
    text(html, html->words->document_control);
    PUT(html, "</h2>\n");
    revisions(html);
    approvals(html);
    PUT(html, "</section>\n");
}

/* --- contents --- */

int html_contents_depth(const struct html *html)
{
    for (const struct doc_node *node = html->body->first; node; node = node->next)
        if (node->type == DOC_TOC)
            return node->level ? node->level : 3;
    return !html->doc->contents ? 0 : html->doc->depth ? html->doc->depth : 3;
}

static void contents_entry(struct html *html, const struct outline_entry *entry)
{
    PUT(html, "<li><a href=\"#");
    text(html, html_id(html, entry->anchor));
    PUT(html, "\">");
    if (entry->number.len) {
        PUT(html, "<span class=\"no\">");
        text(html, entry->number);
        PUT(html, "</span> ");
    }
    PUT(html, "<span>");
    text(html, entry->title);
    PUT(html, "</span></a>");
}

/* Nested lists; levels never jump down by more than one, which the outline sees to. */
static void contents(struct html *html, int depth)
{
    int open = 0;
    if (depth == 0 || html->outline.len == 0)
        return;
    html->has_contents = true;
    PUT(html, "<nav class=\"contents\" aria-labelledby=\"_contents\">\n<div>\n<h2 id=\"_contents\">");
    text(html, html->words->contents);
    PUT(html, "</h2>\n");
    for (size_t i = 0; i < html->outline.len; i++) {
        const struct outline_entry *entry = &html->outline.at[i];
        if (entry->level > depth)
            continue;
        if (entry->level > open) {
            PUT(html, "<ol>\n");
            open++;
        } else {
            PUT(html, "</li>\n");
            for (; open > entry->level; open--)
                PUT(html, "</ol></li>\n");
        }
        contents_entry(html, entry);
    }
    for (; open > 0; open--)
        PUT(html, "</li></ol>\n");
    PUT(html, "</div>\n</nav>\n");
}

/* --- the page --- */

static void site_link(struct html *html, str file, const char *relation, str words)
{
    str own = str_print(html->arena, "%.*s.html", STR_ARG(html->doc->file));
    if (file.len == 0)
        return;
    PUT(html, "<a href=\"");
    html_address(html->out, file);
    buf_print(html->out, "\"%s%s>", relation, str_eq(file, own) ? " aria-current=\"page\"" : "");
    text(html, words);
    PUT(html, "</a>\n");
}

/* The way to the other pages of the folder. */
static void site(struct html *html, const struct html_site *site)
{
    if (!site || site->index.len + site->search.len == 0)
        return;
    PUT(html, "<nav class=\"site\" aria-label=\"");
    text(html, html->words->all_documents);
    PUT(html, "\">\n");
    site_link(html, site->index, "", html->words->all_documents);
    site_link(html, site->search, " rel=\"search\"", html->words->search);
    PUT(html, "</nav>\n");
}

static void foot(struct html *html)
{
    const struct document *doc = html->doc;
    const str line[] = { doc->organisation, doc->id, doc->version, doc->standard };
    PUT(html, "<footer>\n<p>");
    for (size_t i = 0, n = 0; i < sizeof line / sizeof *line; i++) {
        if (!doc_is_given(line[i]))
            continue;
        if (n++)
            PUT(html, " \u00b7 ");
        text(html, line[i]);
    }
    PUT(html, "</p>\n");
    if (html->brand->prepared_by.len) {
        PUT(html, "<p>");
        text(html, html->words->prepared_by);
        PUT(html, " ");
        text(html, html->brand->prepared_by);
        PUT(html, "</p>\n");
    }
    paragraph(html, "disclaimer", html->brand->disclaimer);
    PUT(html, "</footer>\n");
}

/* What the scripts say, as attributes of the main part: they hold no words of their own. */
static void script_words(struct html *html)
{
    const struct doc_words *words = html->words;
    const struct { const char *name; str text; bool wanted; } said[] = {
        { "of", words->of, true },
        { "filter", words->filter, true },
        { "filtered", words->filtered, true },
        { "all", words->all, true },
        { "reset", words->reset, true },
        { "show-all", words->show_all, true },
        { "search", words->search_all, html->doc->search },
        { "found", words->places_found, html->doc->search },
        { "nothing", words->nothing_found, html->doc->search },
        { "more", words->show_more, html->doc->search },
    };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        if (!said[i].wanted)
            continue;
        buf_print(html->out, " data-%s=\"", said[i].name);
        text(html, said[i].text);
        PUT(html, "\"");
    }
}

static void page(struct html *html, const struct html_site *around)
{
    int depth = html_contents_depth(html);
    bool side = depth > 0 && html->outline.len > 0;
    bool short_title = html->doc->page;
    buf_put(html->out, side && short_title ? STR("<body class=\"page with-contents\">\n") : side ? STR("<body class=\"with-contents\">\n")
                       : short_title ? STR("<body class=\"page\">\n") : STR("<body>\n"));
    PUT(html, "<a class=\"skip\" href=\"#_main\">");
    text(html, html->words->skip_to_content);
    PUT(html, "</a>\n");
    site(html, around);
    cover(html);
    control_page(html);
    contents(html, depth);
    PUT(html, "<main id=\"_main\" tabindex=\"-1\"");
    script_words(html);
    PUT(html, ">\n");
    html_body(html);
    html_notes(html);
    PUT(html, "</main>\n");
    foot(html);
}

void html_put_aside(struct spool *before, struct buf *out)
{
    enum { LONG = 256 * 1024 };
    if (out->len < LONG)
        return;
    spool_put(before, buf_str(out));
    buf_clear(out);
}

void html_drain(struct html *html) { html_put_aside(html->before, html->out); }

void html_end_part(struct html *html)
{
    LIST_PUSH(html->arena, html->parts, ((struct part){ html->before, buf_str(html->out) }));
    html->before = spool_new(html->arena);
    html->out = buf_new(html->arena);
}

static void prepare(struct html *html, struct arena *arena, const struct document *doc)
{
    *html = (struct html){ .arena = arena, .doc = doc, .brand = doc->brand, .words = doc->words, .before = spool_new(arena), .out = buf_new(arena) };
    html->rows = arena_new(arena);
    html->body = doc->body ? doc->body : doc_new(arena, DOC_BODY);
    html->outline = outline_make(arena, doc);
    html_anchors(html);
    map_add(&html->names, arena, doc->words->contents, html);
    map_add(&html->names, arena, doc->words->document_control, html);
    map_add(&html->names, arena, doc->words->revision_history, html);
    map_add(&html->names, arena, doc->words->approvals, html);
}

static void element(struct html *html, str source)
{
    PUT(html, "<script>");
    buf_put(html->out, source);
    PUT(html, "</script>\n");
}

static void scripts(struct html *html, const struct html_assets *assets, bool script)
{
    struct html_search *texts = assets->site ? assets->site->texts : NULL;
    if (script)
        element(html, assets->js);
    if (texts && html->doc->search) {
        html_search_data(html, texts);
        element(html, assets->search_js);
    } else if (texts) {
        html_search_page(html, texts);
    }
}

void html_write_parts(struct arena *arena, const struct document *doc, const struct html_assets *assets, struct parts *parts)
{
    struct html html;
    struct html_assets ready = *assets;
    prepare(&html, arena, doc);
    html.site = assets->site;
    html.parts = parts;
    LIST_PUSH(arena, parts, ((struct part){ 0 })); /* the head's place */
    page(&html, ready.site);
    if (!ready.looks)
        html_assets_ready(arena, &ready);
    const struct html_look *look = html_look(&ready, html.brand);
    str  style = html_style(&html);
    bool script = html.has_table || html.has_contents || ready.site;
    scripts(&html, &ready, script);
    PUT(&html, "</body>\n</html>\n");
    html_end_part(&html);
    buf_reserve(html.out, style.len + look->style.len + 4096);
    head(&html, &ready, look, style, script);
    parts->at[0].bytes = buf_str(html.out);
}

bool html_write(struct arena *arena, const struct document *doc, const struct html_assets *assets, struct buf *out)
{
    struct parts parts = { 0 };
    html_write_parts(arena, doc, assets, &parts);
    return parts_put(&parts, out);
}
