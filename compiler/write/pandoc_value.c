/* SPDX-License-Identifier: MIT */
/* Values of JSON, and elements of Text.Pandoc.Definition around them. */
#include "write/json.h"
#include "write/pandoc_part.h"

/* A comma, unless this is the first of a list or the value of a member. */
void pandoc_next_value(struct pandoc *p)
{
    char last = p->out->len ? p->out->at[p->out->len - 1] : '[';
    if (last != '[' && last != '{' && last != ':')
        buf_char(p->out, ',');
}

void pandoc_open_list(struct pandoc *p)
{
    pandoc_next_value(p);
    buf_char(p->out, '[');
}

void pandoc_close_list(struct pandoc *p) { buf_char(p->out, ']'); }

void pandoc_string(struct pandoc *p, str s)
{
    pandoc_next_value(p);
    json_string(p->out, s);
}

void pandoc_number(struct pandoc *p, int64_t n)
{
    pandoc_next_value(p);
    buf_int(p->out, n);
}

void pandoc_member(struct pandoc *p, const char *name)
{
    pandoc_next_value(p);
    buf_print(p->out, "\"%s\":", name);
}

/* An element without content: {"t":"Space"} */
void pandoc_bare(struct pandoc *p, const char *type)
{
    pandoc_next_value(p);
    buf_print(p->out, "{\"t\":\"%s\"}", type);
}

void pandoc_open_element(struct pandoc *p, const char *type)
{
    pandoc_next_value(p);
    buf_print(p->out, "{\"t\":\"%s\",\"c\":", type);
}

/* An element whose content is a list. */
void pandoc_open_parts(struct pandoc *p, const char *type)
{
    pandoc_open_element(p, type);
    buf_char(p->out, '[');
}

void pandoc_close_element(struct pandoc *p) { buf_char(p->out, '}'); }
void pandoc_close_parts(struct pandoc *p) { PUT(p, "]}"); }

/* Attributes: an anchor, a class and one pair; what is empty is left out. */
void pandoc_attributes(struct pandoc *p, str id, const char *class, const char *name, str value)
{
    pandoc_open_list(p);
    pandoc_string(p, id);
    pandoc_open_list(p);
    if (*class)
        pandoc_string(p, str_of(class));
    pandoc_close_list(p);
    pandoc_open_list(p);
    if (value.len) {
        pandoc_open_list(p);
        pandoc_string(p, str_of(name));
        pandoc_string(p, value);
        pandoc_close_list(p);
    }
    pandoc_close_list(p);
    pandoc_close_list(p);
}

void pandoc_no_attributes(struct pandoc *p) { pandoc_attributes(p, (str){ 0 }, "", "", (str){ 0 }); }
