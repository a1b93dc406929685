/* SPDX-License-Identifier: MIT */
/* Templates and policies to documents: what each construct becomes, what is said about wrong ones, and that no value can break anything. */
#include "weave_fixture.h"

#include "base/limits.h"
#include "model/fields.h"

/* The blocks of the document as the dump has them, without what is before and without the depth that all share. */
static const char *body(void)
{
    struct buf *out = buf_new(&arena);
    dump_write(&arena, doc, out);
    buf_char(out, '\0');
    const char *from = strstr(out->at, "\nbody\n") + 6;
    struct buf *text = buf_new(&arena);
    for (const char *at = from; *at; at++)
        if (!((at == from || at[-1] == '\n') && at[0] == ' ' && at[1] == ' ') || (at++, false))
            buf_char(text, *at);
    buf_char(text, '\0');
    return text->at;
}

/* Weaves [text] as a template, and compares its blocks and what was said. */
static void becomes(const char *text, const char *blocks, const char *findings_text)
{
    put("templates/t.md", text);
    weave("t");
    assert_string_equal(body(), blocks);
    assert_string_equal(said(), findings_text);
}

/* --- constructs --- */

static void values(void **state)
{
    (void)state;
    becomes("{{#risks}}{{id}}: {{title}}, {{owner}}, {{identified_on}}, {{residual.level}}.\n\n{{/risks}}",
            "paragraph: R-1: Fire in the server room, IT lead, 31 March 2026, {Medium level 2/3}.\n"
            "paragraph: R-2: Theft, {[not set] warning}, {[not set] warning}, {[not set] warning}.\n", "");
    becomes("{{#actions}}{{status}} {{risks}} / {{risks.id}}\n\n{{/actions}}{{planned_intervals.internal_audit}} {{organisation.name}}\n",
            "paragraph: {In progress warning} Fire in the server room / R-1\n"
            "paragraph: {Done good} Fire in the server room, Theft / R-1, R-2\n"
            "paragraph: 12 months Quay Ledger Ltd\n", "");
}

/* A value and the words around it are one text; what became or may become a link stands alone. */
static void texts_are_one(void **state)
{
    (void)state;
    becomes("Of {{organisation.name}} & *all {{stage}} its* parts [[R-2]], {{edition}}.\n", "paragraph: Of Quay Ledger Ltd & *all draft its* parts R-2 (Theft), 2022.\n", "");
    const struct doc_node *text = doc->body->first->first, *leaning = text->next, *rest = leaning->next;
    assert_true(str_eq(text->text, STR("Of Quay Ledger Ltd & ")) && leaning->type == DOC_EMPHASIS);
    assert_true(str_eq(leaning->first->text, STR("all draft its")) && leaning->last == leaning->first);
    assert_true(str_eq(rest->text, STR(" parts ")) && str_eq(rest->next->text, STR("R-2 (Theft)")));
    assert_true(str_eq(rest->next->next->text, STR(", 2022.")) && doc->body->first->last == rest->next->next);
}

static void computed_values(void **state)
{
    (void)state;
    becomes("---\ntitle: T\nlet:\n  high: risks.filter(r, r.inherent.level == \"High\")\n  n: size(high)\n  half: n / 2.0\n"
            "  rows: '[{\"name\": \"a\", \"n\": 1}, {\"name\": \"b\", \"n\": 3}]'\n---\n{{n}} {{half}} {{#high}}{{title}}{{/high}} {{#rows}}{{name}}{{n}} {{/rows}}\n",
            "paragraph: 1 0.5 Fire in the server room a1 b3\n", "");
}

static void fields_of_markdown(void **state)
{
    (void)state;
    becomes("# One\n\n{{#risks}}{{#consequence}}\n{{consequence}}\n\n# Two\n{{/consequence}}{{/risks}}\n",
            "heading 1 #one: 1 One\nparagraph: Everything *stops*.\nheading 2 #for-days: 1.1 For days\nlist\n  item\n    paragraph: orders\n"
            "  item\n    paragraph: invoices\nheading 1 #two: 2 Two\n", "");
    becomes("Say: {{#risks}}{{#consequence}}{{consequence}}{{/consequence}}{{/risks}}\n",
            "paragraph: Say: Everything *stops*. \\ For days \\ orders \\ invoices\n", "");
    becomes("| a |\n|---|\n{{#risks}}\n| {{consequence}} |\n{{/risks}}\n",
            "table plain, columns <0\n  header | a\n  row | Everything *stops*. \u00b6 **For days** \u00b6 - orders \u00b6 - invoices\n  row | \u2013\n", "");
}

static void tables(void **state)
{
    (void)state;
    becomes("<!-- table: widths=1,2,1 caption=\"Risks\" description=\"All of them\" align=l,l,r -->\n| Id | Risk | Level |\n|---|---|---|\n"
            "{{#risks}}\n| {{id}} | {{title}} | {{inherent.level}} |\n{{/risks}}\n\nSee {{#risks}}{{id}} {{/risks}}\n",
            "table plain, columns #<25 <50 >25: All of them\n  caption 1: Risks\n  header | Id | Risk | > Level\n"
            "  row | (#r-1)R-1 | Fire in the server room | {level 3/3} > High\n  row | (#r-2)R-2 | Theft | {level 1/3 2E7D32} > Low\n"
            "paragraph: See [R-1](#r-1) [R-2](#r-2)\n", "");
    becomes("<!-- table: look=facts -->\n| F | V |\n|---|---|\n| Name | {{organisation.name}} |\n| Phone | {{organisation.phone}} |\n| Own | |\n"
            "| Shown | {{#risks}}{{#closed_reason}}x{{/closed_reason}}{{/risks}} |\n",
            "table facts, columns <0 <0\n  row | Name | Quay Ledger Ltd\n  row | Phone | \u2013\n  row | Own | \n  row | Shown | \u2013\n", "");
}

static void headings(void **state)
{
    (void)state;
    becomes("### A\n\n##### B\n\n<!-- unnumbered -->\n### C\n\n### A\n", "heading 1 #a: 1 A\nheading 2 #b: 1.1 B\nheading 1 #c: C\nheading 1 #a-2: 2 A\n", "");
    becomes("## {{#risks}}{{id}} {{title}}\n\n## {{/risks}}Last\n\n[[R-1]], [to C](#last), [[R-2|theft]]\n",
            "heading 1 #r-1: 1 R-1 Fire in the server room\nheading 1 #r-2: 2 R-2 Theft\nheading 1 #last: 3 Last\n"
            "paragraph: [R-1](#r-1), [to C](#last), [theft](#r-2)\n", "");
}

static void links(void **state)
{
    (void)state;
    becomes("[[R-1]], [[R-1]], [[R-9]], [[ROLE-it|IT]]\n", "paragraph: R-1 (Fire in the server room), R-1, R-9, IT\n",
            "R-01 1:19 there is no `R-9` (did you mean `R-1`?)\n");
    becomes("[a](https://x.example/{{stage}}) [b](javascript:alert) [c](#none) <mailto:a@b.example> [d](/other/) <a href=\"https://y.example\">e</a>\n",
            "paragraph: [a](https://x.example/draft) b c [mailto:a@b.example](mailto:a@b.example) [d](/other/) [e](https://y.example)\n",
            "M-16 1:38 a link to a `javascript:` address is left out; its text stays\nM-17 1:60 the document has no heading `#none`\n");
    becomes("[[{{stage}}]] \\[[R-1]] `[[R-1]]`\n", "paragraph: draft [[R-1]] `[[R-1]]`\n",
            "R-01 1:1 there is no `draft` (write the id of a record, as in [[R-001]] or [[R-001|text]])\n");
}

static void notes(void **state)
{
    (void)state;
    becomes("a[^x] b[^y]\n\n[^y]: second {{stage}}\n[^x]: first\n", "paragraph: a[^1: first] b[^2: second draft]\n", "");
}

static void directives(void **state)
{
    (void)state;
    becomes("<!-- landscape -->\na\n\n<!-- page-break -->\n\n<!-- portrait -->\n\n<!-- just a comment -->\n\n<!-- TODO: x=1 -->\nb\n",
            "landscape\nparagraph: a\npage break\nportrait\nparagraph: b\n", "");
    becomes("<!-- anchor Here -->\n## A\n\n[x](#here)\n", "heading 1 #here: 1 A\nparagraph: [x](#here)\n", "");
    becomes("<!-- landscap -->\n\n<!-- page-break: 2 -->\n\n<!-- table: width=3 -->\n| a |\n|---|\n\n<!-- table: widths=0 -->\n",
            "table plain, columns <0\n  header | a\n",
            "M-18 1:6 there is no directive `landscap` (did you mean `landscape`?)\n"
            "M-18 3:6 `page-break` takes no options (directives are listed in docs/templates.md; a plain comment begins with another word)\n"
            "M-18 5:6 `table` has no option `width` (directives are listed in docs/templates.md; a plain comment begins with another word)\n"
            "M-18 9:6 `widths` takes whole numbers from 1 to 100 with commas between, not `0` (directives are listed in docs/templates.md; a plain "
            "comment begins with another word)\nM-18 9:6 no table follows this directive\n");
    becomes("<!-- heatmap list={{stage}} -->\n\n<!-- table: caption=\"In {{stage}}\" look={{stage}} -->\n",  "",
            "T-09 1:6 `list` of this directive can not be a value in double braces\nT-09 3:6 `look` of this directive can not be a value in double braces\n");
    becomes("---\ntitle: T\nlet:\n  counts: '[{\"n\": \"a\", \"c\": 4}, {\"n\": \"b\", \"c\": 1}, {\"n\": \"c\", \"c\": 0}]'\n---\n"
            "<!-- bars list=counts label=n value=c caption=\"C\" -->\n",
            "table bars, columns <30 <70\n  caption 1: C\n  row | a | {bar} 4\n  row | b | {bar} 1\n  row | c | {bar} 0\n", "");
}

static void heat_maps(void **state)
{
    (void)state;
    becomes("<!-- heatmap risks.inherent caption=\"Before\" -->\n\n<!-- heatmap list=\"risks.filter(r, r.id == 'R-1')\" score=residual -->\n",
            "table matrix, columns #<0 <0 <0\n  caption 1: Before\n  header | Likelihood \u2191 Impact \u2192 | ^ 1 Minor | ^ 2 Severe\n"
            "  row | 2 Likely | {level 2/3} ^ Medium | {level 3/3} ^ High \\ R-1\n  row | 1 Rare | {level 1/3 2E7D32} ^ Low \\ R-2 | {level 2/3} ^ Medium\n"
            "table matrix, columns #<0 <0 <0\n  header | Likelihood \u2191 Impact \u2192 | ^ 1 Minor | ^ 2 Severe\n"
            "  row | 2 Likely | {level 2/3} ^ Medium | {level 3/3} ^ High\n  row | 1 Rare | {level 1/3 2E7D32} ^ Low | {level 2/3} ^ Medium \\ R-1\n", "");
    becomes("<!-- heatmap riscs.inherent -->\n\n<!-- heatmap list=risks score=none -->\n", "",
            "E-01 1:6 unknown name `riscs` (did you mean `risks`?)\n"
            "M-18 3:6 `score` takes inherent, residual, target or current, not `none` (directives are listed in docs/templates.md; a plain comment "
            "begins with another word)\n");
}

static void raw_html(void **state)
{
    (void)state;
    becomes("H<sub>2</sub>O<br>x<sup>2</sup> <kbd>Ctrl</kbd> <!-- c --> <span class=\"x\">text</span> <img src=\"sub%20dir/./b/../a\" alt=\"A\">\n",
            "paragraph: H_(2)O \\ x^(2) <<Ctrl>>  text ![A](templates/sub dir/a)\n",
            "M-14 1:60 <span> is left out; its text stays (colours and fonts come from the brand)\n");
    becomes("<table>\n<tr><th>A</th><th>B</th></tr>\n<tr><td>1 &amp; <strong>2</strong></td>\n<td>\n<ul>\n<li>x\n\n<li>y\n</ul></td></tr>\n"
            "<tr><td>only</td></tr>\n</table>\n\nafter\n",
            "table plain, columns <0 <0\n  header | A | B\n  row | 1 & **2** | - x \u00b6 - y\n  row | only | \nparagraph: after\n", "");
    becomes("<details>\n<summary>More *{{stage}}*</summary>\n\nInside **it**.\n\n- a\n\n</details>\n\nOutside.\n",
            "details\n  caption: More *draft*\n  paragraph: Inside **it**.\n  list\n    item\n      paragraph: a\nparagraph: Outside.\n", "");
    becomes("<div>\nText <font color=red>red</font>\n</div>\n\n<script>\nalert(1)\n</script>\n\n<details>\n\nx </kbd>\n",
            "paragraph: Text red\ndetails\n  paragraph: x \n",
            "M-14 1:1 <div> is left out; its text stays (write it in Markdown, or remove the tag)\n"
            "M-14 2:6 <font> is left out; its text stays (colours and fonts come from the brand)\n"
            "M-14 5:1 <script> is left out with what it holds (documents run nothing)\n"
            "M-15 9:1 <details> is not closed\nM-15 11:3 </kbd> closes nothing that is open here\n");
}

/* --- names and files --- */

static void unknown_names(void **state)
{
    (void)state;
    becomes("a {{organisatoin.name}}\n{{#risks}}{{titel}} {{owner.title}}{{inherent.levle}}{{/risks}}\n", "paragraph: a {[not set] warning} {[not set] warning} IT lead{[not set] warning}{[not set] warning} {[not set] warning}{[not set] warning}\n",
            "T-03 1:3 nothing is called `organisatoin` here (did you mean `organisation`?)\n"
            "T-03 2:11 nothing is called `titel` here (did you mean `title`?)\n"
            "T-03 2:36 `inherent.levle` has no `levle`: it is score (did you mean `level`?)\n");
}

static void inheritance(void **state)
{
    (void)state;
    put("templates/base.md", "---\ndocument: base-doc\ntitle: Base\npage: landscape\nlet:\n  n: size(risks)\n---\n{{$one}}\n# One\n{{/one}}\n\n{{$two}}\nTwo {{n}}\n{{/two}}\n{{>foot}}\n");
    put("templates/partials/foot.md", "Foot of {{organisation.short_name}}\n");
    becomes("---\ntitle: Child\nparent: base\nlet:\n  m: n + 1\n---\n{{$two}}\nOther {{m}}\n{{/two}}\n",
            "heading 1 #one: 1 One\nparagraph: Other 3 Foot of Quay\n", "");
    becomes("---\ntitle: Child\nparent: base\nlet:\n  n: 8\n  m: n + 1\n---\n{{$two}}\nOther {{m}}\n{{/two}}\n",
            "heading 1 #one: 1 One\nparagraph: Other 9 Foot of Quay\n", "");
    assert_true(str_eq(doc->title, STR("Child")));
    assert_true(str_eq(doc->file, STR("base-doc")));
    assert_true(doc->landscape);
    becomes("{{<base}}{{$one}}\n# First\n{{/one}}{{/base}}", "heading 1 #first: 1 First\nparagraph: Two 2 Foot of Quay\n", "");
    becomes("{{<base}}{{$oen}}x{{/oen}}{{/base}}{{>none}}\n", "heading 1 #one: 1 One\nparagraph: Two {[not set] warning} Foot of Quay\n",
            "T-03 13:5 nothing is called `n` here (names come from the records, from let: and from the sections of the ISMS)\n"
            "T-05 1:10 `base` has no block `oen` (did you mean `one`?)\n"
            "T-04 1:36 there is no template `none` (it would be templates/partials/none.md)\n");
}

static void an_override_keeps_the_rest(void **state)
{
    (void)state;
    put("templates/own.md", "---\ntitle: Own\nparent: own\n---\n{{$a}}new{{/a}}");
    put("<built-in>/templates/own.md", "---\ntitle: Built-in\nsubtitle: Kept\n---\n{{$a}}old{{/a}} and {{$b}}kept{{/b}}\n");
    weave("own");
    assert_string_equal(body(), "paragraph: new and kept\n");
    assert_string_equal(said(), "");
    assert_true(str_eq(doc->title, STR("Own")));
    assert_true(str_eq(doc->subtitle, STR("Kept")));
}

static void heads(void **state)
{
    (void)state;
    becomes("---\ntitel: x\npage: wide\nnumbered: maybe\nlet:\n  a: risks.filter(r, r.nothing)\n---\n{{a}} {{<x}} {{/x}}\n", "paragraph: {[not set] warning}\n",
            "T-08 2:1 `titel` is no entry of a template's head (did you mean `title`?)\n"
            "T-08 3:7 `page` takes landscape or portrait\nT-08 4:11 `numbered` takes yes or no\n"
            "E-01 6:24 risk has no field `nothing` (risk has id, title, assets, services, suppliers, threat, vulnerability, affects, issues, "
            "requirements, owner, consequence ...)\nT-04 8:7 there is no template `x` (it would be templates/partials/x.md)\n");
    weave("absent");
    assert_null(doc);
    assert_string_equal(said(), "T-04 0:0 there is no template `absent`\n");
}

static void control_data(void **state)
{
    (void)state;
    put("templates/t.md", "---\nid: DOC-T\ndocument: slug\ntitle: Template title\nclause: [\"6.1.2\", \"8.2\"]\ntoc: 0\n---\nx {{document.version}}\n");
    weave("t");
    assert_true(str_eq(doc->title, STR("The title")));
    assert_true(str_eq(doc->id, STR("DOC-T")));
    assert_true(str_eq(doc->version, STR("1.2")));
    assert_true(str_eq(doc->status, STR("Approved")));
    assert_true(str_eq(doc->owner, STR("IT lead")));
    assert_true(str_eq(doc->date, STR("12 February 2026")));
    assert_true(str_eq(doc->next_review, STR("12 February 2027")));
    assert_true(str_eq(doc->keywords, STR("6.1.2, 8.2")));
    assert_true(str_eq(doc->approvals[0].role, STR("Chief executive")));
    assert_true(str_eq(doc->revisions[0].author, STR("Sam Okoro")));
    assert_false(doc->draft);
    assert_false(doc->contents);
    put("templates/t.md", "---\ntitle: Template title\n---\nx\n");
    weave("t");
    assert_true(doc->draft);
    assert_true(str_eq(doc->version, STR("\u2013")));
    assert_true(str_eq(doc->owner, STR("\u2013")));
    assert_int_equal(doc->napprovals, 0);
}

/* --- no value breaks anything --- */

#define WORD "Harmlessword"

static const char everywhere[] =
    "---\nid: DOC-T\ntitle: T\nlet:\n  v: risks.filter(r, r.id == \"R-1\").map(r, r.title)\n---\n"
    "# {{v}}\n\n## In {{v}} and on\n\nText {{v}} **{{v}}** *{{v}}* ~~{{v}}~~ __{{v}}__ x{{v}}y `{{v}}` `` a {{v}} `` [{{v}}](https://x.example/) "
    "[a](https://x.example/{{v}}) <https://x.example/{{v}}> ![{{v}}](sub%20dir/a) H<sub>{{v}}</sub> <kbd>{{v}}</kbd> {{v}}{{v}}\n{{v}}\n{{v}}  \nend\n\n"
    "{{v}}\n\n- {{v}}\n- x\n  {{v}}\n  1. {{v}}\n\n- [ ] {{v}}\n\n1. {{v}}\n\n> {{v}}\n> > {{v}}\n\n```\n{{v}}\nx {{v}}\n```\n\n    {{v}}\n\n"
    "| {{v}} | b |\n|---|:-:|\n| {{v}} | x {{v}} *{{v}}* |\n| {{v}} {{v}} | [{{v}}](#in) |\n\n{{v}} | {{v}}\n--- | ---\n{{v}} | {{v}}\n\n"
    "Note[^1] and {{v}}[^2]\n\n[^1]: {{v}}\n[^2]: A {{v}}\n\n    {{v}}\n\n<details>\n<summary>{{v}}</summary>\n\n{{v}}\n\n</details>\n\n"
    "<table><tr><td>{{v}}</td><td>a {{v}}</td></tr></table>\n\n<!-- table: caption=\"{{v}}\" description=\"{{v}}\" id=1 -->\n| {{v}} |\n|---|\n| {{v}} |\n\n"
    "{{v}}\n\n***\n\n{{v}}\nText\n\nSetext {{v}}\n===\n";

/* White space as one space; breaks count as white space. */
static void squeeze(struct buf *out, str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t   from = at;
        uint32_t cp = utf8_next(text, &at);
        bool space = cp == ' ' || cp == '\n' || cp == '\t' || cp == '\r';
        bool dropped = (cp < 0x20 && !space) || (cp >= 0x7F && cp < 0xA0) || (cp & 0xFFFE) == 0xFFFE || cp == 0xFEFF || (cp >= 0xF8F0 && cp <= 0xF8FF);
        if (space && (out->len == 0 || out->at[out->len - 1] != ' '))
            buf_char(out, ' ');
        else if (!space && !dropped)
            buf_put(out, str_cut(text, from, at));
    }
}

/* Everything about the nodes that structure is, with their text; the text of neighbours runs together. */
static void signature(struct buf *out, const struct doc_node *node)
{
    if (node->type == DOC_BREAK || node->type == DOC_SOFT_BREAK) {
        squeeze(out, STR(" "));
        return;
    }
    if (node->type != DOC_TEXT)
        buf_print(out, "\x01%d.%d.%d.%d.%d.%d.%d\x02", node->type, node->level, node->align, node->task, node->header, node->blocks, (int)node->number);
    squeeze(out, node->text);
    if (node->type == DOC_LINK || node->type == DOC_IMAGE)
        squeeze(out, node->ref);
    for (const struct doc_node *child = node->first; child; child = child->next)
        signature(out, child);
    if (node->type != DOC_TEXT)
        buf_text(out, "\x03");
}

static str weave_with(struct record *risk, str value)
{
    struct record *own = model_find(session->project.model, STR("DOC-T"));
    refresh();
    risk->fields[F_risk_title].text = value;
    own->fields[F_document_title].text = value;
    struct weave here = weave_here();
    doc = weave_template(&here, STR("everywhere"), NULL);
    struct buf *out = buf_new(&arena);
    signature(out, doc->body);
    squeeze(out, STR("\x04"));
    squeeze(out, doc->title);
    return buf_str(out);
}

/* [signature] of the harmless value with [value] in its place. */
static str replaced(str signature_text, str value)
{
    struct buf *out = buf_new(&arena), *plain = buf_new(&arena);
    size_t from = 0, at;
    squeeze(plain, value);
    str text = str_trim(buf_str(plain));
    while ((at = str_search(signature_text, STR(WORD), from)) != SIZE_MAX) {
        buf_put(out, str_cut(signature_text, from, at));
        buf_put(out, text);
        from = at + sizeof WORD - 1;
    }
    buf_put(out, str_cut(signature_text, from, signature_text.len));
    return buf_str(out);
}

static uint32_t random_state = 2026;
static unsigned pick(unsigned n)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % n;
}

static str hostile_value(struct arena *into)
{
    static const char *const pieces[] = {
        "*", "**", "_", "__", "~~", "`", "``", "```", "~~~", "#", "# ", "## ", "> ", "- ", "+ ", "* ", "1. ", "1) ", "|", "||", "|---|", "---", "***",
        "===", "[", "]", "[[", "]]", "[[R-1]]", "(", ")", "](", "![", "[^1]", "[^1]: ", "[x]: y", "[ ] ", "<", ">", "<b>", "</b>", "<br>", "<div>",
        "</td>", "</table>", "<script>", "</script>", "<!--", "-->", "<!-- table: look=facts -->", "<details>", "</details>", "<?", "<![CDATA[", "&",
        "&amp;", "&#42;", "&lt;", "\\", "\\\\", "\n", "\n\n", "\r\n", "\t", "    ", "  \n", "{{", "}}", "{{v}}", "{{{v}}}", "{{#risks}}", "{{/risks}}",
        "{{>foot}}", "\xEF\xA3\xBD" "0" "\xEF\xA3\xBE", "\xEF\xA3\xBC", "\x01", "\x1B[31m", "\xC2\x85", "\xE2\x80\xAE", "\xC3\xA9", "\xE6\x97\xA5",
        "\xF0\x9F\x94\xA5", "javascript:", "https://evil.example", "www.x.example", "a@b.example", "\"", "'", "=cmd()", "@", "%", "caption=\"x\"", "x", "word", " ", "0",
        "R-1", "A.8.13", "http://x/?a=b&c", ":", "::", ".", "!", "$", "^", "\xC2\xA0",
    };
    struct buf *out = buf_new(into);
    for (unsigned n = 1 + pick(7); n > 0; n--)
        buf_text(out, pieces[pick(sizeof pieces / sizeof pieces[0])]);
    return buf_str(out);
}

static bool prints_nothing(str value)
{
    struct buf *plain = buf_new(&arena);
    squeeze(plain, value);
    return str_trim(buf_str(plain)).len == 0;
}

static void no_value_breaks_anything(void **state)
{
    struct record *risk = model_find(session->project.model, STR("R-1"));
    str kept = risk->fields[F_risk_title].text;
    int rounds = getenv("FULL") ? 20000 : 2000;
    (void)state;
    put("templates/everywhere.md", everywhere);
    str harmless = str_copy(&session->arena, weave_with(risk, STR(WORD)));
    assert_int_equal(findings.list.len, 1); /* the link to #in leads nowhere */
    size_t places = 0;
    for (size_t at = 0; (at = str_search(harmless, STR(WORD), at)) != SIZE_MAX; at++)
        places++;
    assert_true(places > 50);
    for (int i = 0; i < rounds; i++) {
        str value = str_copy(&session->arena, hostile_value(&arena));
        if (prints_nothing(value))
            continue;
        str got = weave_with(risk, value), want = replaced(harmless, value);
        if (!str_eq(got, want) || findings.list.len != 1)
            fail_msg("value %d: <%.*s>\n  expected: %.*s\n  got:      %.*s\n  %s", i, STR_ARG(value), STR_ARG(want), STR_ARG(got), said());
    }
    risk->fields[F_risk_title].text = kept;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values), cmocka_unit_test(texts_are_one), cmocka_unit_test(computed_values), cmocka_unit_test(fields_of_markdown), cmocka_unit_test(tables),
        cmocka_unit_test(headings), cmocka_unit_test(links), cmocka_unit_test(notes), cmocka_unit_test(directives), cmocka_unit_test(heat_maps),
        cmocka_unit_test(raw_html), cmocka_unit_test(unknown_names), cmocka_unit_test(inheritance), cmocka_unit_test(an_override_keeps_the_rest),
        cmocka_unit_test(heads), cmocka_unit_test(control_data), cmocka_unit_test(no_value_breaks_anything),
    };
    return cmocka_run_group_tests(tests, open_session, close_session);
}
