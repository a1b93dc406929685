/* SPDX-License-Identifier: MIT */
/*
 * The styles of a reference document. They are found by name: ids are what the language of a Word made of it
 * (berschrift1, Titre1). Word itself writes built-in names in English whatever its language; other programs do not,
 * so the names of some languages are known here.
 */
#include <stdio.h>

#include "weave/reference_part.h"

/* What Word calls a style in English, and elsewhere, in lower case; those with a level have its number behind the name. */
static const struct { const char *name; bool levels; const char *elsewhere; } translations[] = {
    { "heading", true, "überschrift|titre|título|titulo|titolo|kop|nagłówek|rubrik|overskrift|cabeçalho|nadpis|otsikko|заголовок|見出し|标题|標題|제목" },
    { "toc", true, "verzeichnis|tm|tdc|sommario|inhopg|sumário|índice|spis treści|innehåll|indholdsfortegnelse|innh|obsah|оглавление|目次|目录|目錄" },
    { "list bullet", true, "aufzählungszeichen|liste à puces|lista con viñetas|punto elenco|lijstopsom.teken|lista punktowana|punktlista|punktliste|opstilling - punkttegn" },
    { "list number", true, "listennummer|liste à numéros|lista con números|numero elenco|lijstnummering|lista numerowana|numrerad lista|nummerert liste" },
    { "list continue", true, "listenfortsetzung|liste continue|continuar lista|elenco continua|lijstvoortzetting|lista - kontynuacja" },
    { "title", false, "titel|titre|título|titulo|titolo|tytuł|rubrik|tittel|název|otsikko|название|表題|标题|제목" },
    { "subtitle", false, "untertitel|sous-titre|subtítulo|sottotitolo|ondertitel|podtytuł|underrubrik|undertitel|undertittel|podtitul|подзаголовок|副題|副标题|부제" },
    { "body text", false, "textkörper|corps de texte|texto independiente|corpo testo|corpo del testo|platte tekst|corpo de texto|tekst podstawowy|brödtext|brødtekst|text body|základní text|основной текст|本文|正文文本" },
    { "caption", false, "beschriftung|légende|descripción|epígrafe|didascalia|bijschrift|legenda|beskrivning|billedtekst|bildetekst|titulek|название объекта|図表番号|题注" },
    { "header", false, "kopfzeile|en-tête|encabezado|intestazione|koptekst|cabeçalho|nagłówek|sidhuvud|sidehoved|topptekst|záhlaví|верхний колонтитул|ヘッダー|页眉|머리글" },
    { "footer", false, "fußzeile|pied de page|pie de página|piè di pagina|voettekst|rodapé|stopka|sidfot|sidefod|bunntekst|zápatí|нижний колонтитул|フッター|页脚|바닥글" },
    { "quote", false, "zitat|citation|cita|citazione|citaat|citação|cytat|citat|sitat|citát|цитата 2|引用文|引用|인용" },
    { "footnote text", false, "fußnotentext|note de bas de page|texto nota pie|testo nota a piè di pagina|voetnoottekst|texto de nota de rodapé|tekst przypisu dolnego|fotnotstext|fodnotetekst|fotnotetekst|text pozn. pod čarou|текст сноски|脚注文字列|脚注文本" },
    { "footnote reference", false, "fußnotenzeichen|appel note de bas de p.|ref. de nota al pie|rimando nota a piè di pagina|voetnootmarkering|ref. de nota de rodapé|odwołanie przypisu dolnego|fotnotsreferens|fodnotehenvisning|fotnotereferanse|znak pozn. pod čarou" },
    { "hyperlink", false, "lien hypertexte|hipervínculo|collegamento ipertestuale|hiperligação|hiperłącze|hyperlänk|hyperkobling|hypertextový odkaz|internet link" },
    { "followedhyperlink", false, "besuchterlink|besuchterhyperlink|lien hypertexte suivi visité|hipervínculo visitado|collegamento visitato|gevolgdehyperlink|visited internet link" },
    { "toc heading", false, "inhaltsverzeichnisüberschrift|en-tête de table des matières|título de tdc|titolo sommario|kopvaninhoudsopgave|nagłówek spisu treści|contents heading" },
};

/* The part before a comma (what follows are other names), in lower case as far as Latin letters go. */
static str lower(struct arena *arena, str name)
{
    name = str_trim(str_cut(name, 0, str_find(name, ',', 0)));
    char *out = NEWS(arena, char, name.len + 1);
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.at[i];
        bool latin = i > 0 && (unsigned char)name.at[i - 1] == 0xC3 && c >= 0x80 && c <= 0x9E && c != 0x97;
        out[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : latin ? c + 32 : c);
    }
    return (str){ out, name.len };
}

static bool is_among(str name, const char *elsewhere)
{
    str rest = str_of(elsewhere), word;
    while (str_split(&rest, '|', &word))
        if (str_eq(word, name))
            return true;
    return false;
}

/* "überschrift 1" to "heading 1"; what is no translation stays. */
static str in_english(struct arena *arena, str name)
{
    size_t stem = name.len;
    bool level = stem > 1 && name.at[stem - 1] >= '1' && name.at[stem - 1] <= '9';
    while (level && stem > 1 && (name.at[stem - 1] == ' ' || stem == name.len))
        stem--;
    for (size_t i = 0; i < sizeof translations / sizeof translations[0]; i++) {
        const char *english = translations[i].name;
        bool counts = i > 1; /* "list bullet" is the first of its levels, "heading" is none */
        if ((!level || !translations[i].levels) && (!translations[i].levels || counts) && is_among(name, translations[i].elsewhere))
            return str_of(english);
        if (level && translations[i].levels && (str_eq(str_cut(name, 0, stem), str_of(english)) || is_among(str_cut(name, 0, stem), translations[i].elsewhere)))
            return str_print(arena, "%s %c", english, name.at[name.len - 1]);
    }
    return name;
}

/* Word's own id of a built-in style whose name somebody changed: "Heading1". */
static str name_of_id(struct arena *arena, str id)
{
    for (int i = 1; i <= 9; i++)
        if (str_eq(id, str_print(arena, "Heading%d", i)))
            return str_print(arena, "heading %d", i);
    return str_eq(id, STR("Title")) ? STR("title") : str_eq(id, STR("Subtitle")) ? STR("subtitle") : (str){ 0 };
}

static str key_of(struct arena *arena, const char *type, str id) { return str_print(arena, "%s/%.*s", type, STR_ARG(id)); }

static str name_of(struct reading_reference *r, const struct xml_node *node, str type)
{
    static const char *const yes[] = { "1", "true", "on", NULL };
    if (str_is_one_of(xml_value(node, "w:default"), yes))
        return str_eq(type, STR("paragraph")) ? STR("normal") : str_eq(type, STR("character")) ? STR("default paragraph font") : STR("normal table");
    return in_english(r->arena, lower(r->arena, xml_child_value(node, "w:name", "w:val")));
}

static void add_style(struct reading_reference *r, struct xml_node *node)
{
    enum { MOST_STYLES = 3000 };
    static const char *const types[] = { "paragraph", "character", "table", NULL };
    struct reference_document *out = r->out;
    str type = xml_value(node, "w:type"), id = xml_value(node, "w:styleId");
    if (!type.len)
        type = STR("paragraph");
    if (!id.len || !str_is_one_of(type, types) || out->styles.len >= MOST_STYLES)
        return;
    reference_clean(r->arena, node);
    struct reference_style style = { .id = id, .name = name_of(r, node, type), .shown = xml_child_value(node, "w:name", "w:val"), .type = type,
                                     .based = xml_child_value(node, "w:basedOn", "w:val"), .node = node };
    LIST_PUSH(r->arena, &out->styles, style);
}

static struct reference_style *of_id(const struct reference_document *reference, str type, str id)
{
    char key[300];
    int n = id.len && id.len < 256 ? snprintf(key, sizeof key, "%.*s/%.*s", STR_ARG(type), STR_ARG(id)) : 0;
    return n > 0 ? map_get(&reference->by_id, (str){ key, (size_t)n }) : NULL;
}

/* A style may not be based on itself by way of others, on one that is not there, or on one of another kind. */
static void mend_bases(struct reference_document *out)
{
    enum { DEEPEST = 12 };
    for (size_t i = 0; i < out->styles.len; i++) {
        const struct reference_style *base = &out->styles.at[i];
        int depth = 0;
        while (base && base->based.len && depth <= DEEPEST)
            base = of_id(out, base->type, base->based), depth++;
        if (depth > DEEPEST || (out->styles.at[i].based.len && !of_id(out, out->styles.at[i].type, out->styles.at[i].based)))
            out->styles.at[i].based = (str){ 0 };
    }
}

void reference_styles(struct reading_reference *r, const struct xml_node *root)
{
    struct reference_document *out = r->out;
    struct xml_node *defaults = xml_child(root, "w:docDefaults");
    if (defaults)
        reference_clean(r->arena, defaults);
    out->defaults = defaults;
    for (struct xml_node *node = root->first; node; node = node->next)
        if (xml_is(node, "w:style"))
            add_style(r, node);
    for (size_t i = 0; i < out->styles.len; i++)
        map_add(&out->by_id, r->arena, key_of(r->arena, str_c(r->arena, out->styles.at[i].type), out->styles.at[i].id), &out->styles.at[i]);
    mend_bases(out);
    for (size_t i = 0; i < out->styles.len; i++) {
        str known = name_of_id(r->arena, out->styles.at[i].id);
        if (known.len && str_eq(out->styles.at[i].type, STR("paragraph")) && !reference_style(out, "paragraph", known))
            out->styles.at[i].name = known;
    }
    out->own = reference_style(out, "paragraph", STR("cover organisation")) && reference_style(out, "table", STR("table plain lines"));
}

/* --- asking --- */

const struct reference_style *reference_style(const struct reference_document *reference, const char *type, str name)
{
    for (size_t i = 0; i < reference->styles.len; i++)
        if (str_eq_nocase(reference->styles.at[i].name, name) && str_eq(reference->styles.at[i].type, str_of(type)))
            return &reference->styles.at[i];
    return NULL;
}

const struct xml_node *reference_property(const struct reference_document *reference, const struct reference_style *style, const char *group, const char *name)
{
    for (; style; style = of_id(reference, style->type, style->based)) {
        const struct xml_node *found = xml_child(xml_child(style->node, group), name);
        if (found)
            return found;
    }
    return xml_child(xml_child(xml_child(reference->defaults, strcmp(group, "w:rPr") == 0 ? "w:rPrDefault" : "w:pPrDefault"), group), name);
}

str reference_font(const struct reference_document *reference, const struct reference_style *style)
{
    const struct xml_node *fonts = reference_property(reference, style, "w:rPr", "w:rFonts");
    str theme = xml_value(fonts, "w:asciiTheme");
    if (theme.len)
        return str_starts(theme, STR("major")) ? reference->major.latin : reference->minor.latin;
    return xml_value(fonts, "w:ascii");
}

str reference_colour(const struct reference_document *reference, const struct reference_style *style)
{
    static const struct { const char *name; enum theme_slot slot; } names[] = {
        { "text1", SLOT_DK1 }, { "dark1", SLOT_DK1 }, { "background1", SLOT_LT1 }, { "light1", SLOT_LT1 }, { "text2", SLOT_DK2 }, { "dark2", SLOT_DK2 },
        { "background2", SLOT_LT2 }, { "light2", SLOT_LT2 }, { "accent1", SLOT_ACCENT1 }, { "accent2", SLOT_ACCENT2 }, { "accent3", SLOT_ACCENT3 },
        { "accent4", SLOT_ACCENT4 }, { "accent5", SLOT_ACCENT5 }, { "accent6", SLOT_ACCENT6 }, { "hyperlink", SLOT_HLINK } };
    const struct xml_node *colour = reference_property(reference, style, "w:rPr", "w:color");
    bool shaded = xml_value(colour, "w:themeTint").len || xml_value(colour, "w:themeShade").len;
    str theme = xml_value(colour, "w:themeColor"), literal = xml_value(colour, "w:val");
    for (size_t i = 0; reference->themed && !shaded && i < sizeof names / sizeof names[0]; i++)
        if (str_eq(theme, str_of(names[i].name)))
            return reference->slots[names[i].slot];
    for (size_t i = 0; i < literal.len; i++)
        if (!strchr("0123456789abcdefABCDEF", literal.at[i]))
            return (str){ 0 };
    return literal.len == 6 ? literal : (str){ 0 };
}
