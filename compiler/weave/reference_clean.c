/* SPDX-License-Identifier: MIT */
/*
 * Formatting properties as the schema wants them (ECMA-376 part 1, 17.3 and 17.4). Programs write them in other orders
 * and with other words for yes and no, which most readers forgive and Word may not; and some properties mean something
 * in their own file alone: numbering, language, tracked changes, marks of editing sessions.
 */
#include "weave/reference_part.h"

#define P(name) "w:" #name

static const char *const paragraph[] = {
    P(pStyle), P(keepNext), P(keepLines), P(pageBreakBefore), P(framePr), P(widowControl), P(numPr), P(suppressLineNumbers), P(pBdr), P(shd), P(tabs),
    P(suppressAutoHyphens), P(kinsoku), P(wordWrap), P(overflowPunct), P(topLinePunct), P(autoSpaceDE), P(autoSpaceDN), P(bidi), P(adjustRightInd),
    P(snapToGrid), P(spacing), P(ind), P(contextualSpacing), P(mirrorIndents), P(suppressOverlap), P(jc), P(textDirection), P(textAlignment),
    P(textboxTightWrap), P(outlineLvl), P(cnfStyle), P(rPr), NULL };
static const char *const run[] = {
    P(rStyle), P(rFonts), P(b), P(bCs), P(i), P(iCs), P(caps), P(smallCaps), P(strike), P(dstrike), P(outline), P(shadow), P(emboss), P(imprint),
    P(noProof), P(snapToGrid), P(color), P(spacing), P(w), P(kern), P(position), P(sz), P(szCs), P(highlight), P(u), P(effect), P(bdr), P(shd),
    P(fitText), P(vertAlign), P(rtl), P(cs), P(em), P(lang), P(eastAsianLayout), NULL };
static const char *const table[] = {
    P(tblStyle), P(tblpPr), P(tblOverlap), P(bidiVisual), P(tblStyleRowBandSize), P(tblStyleColBandSize), P(tblW), P(jc), P(tblCellSpacing), P(tblInd),
    P(tblBorders), P(shd), P(tblLayout), P(tblCellMar), P(tblLook), P(tblCaption), P(tblDescription), NULL };
static const char *const row[] = {
    P(cnfStyle), P(gridBefore), P(gridAfter), P(wBefore), P(wAfter), P(cantSplit), P(trHeight), P(tblHeader), P(tblCellSpacing), P(jc), NULL };
static const char *const cell[] = {
    P(cnfStyle), P(tcW), P(gridSpan), P(hMerge), P(vMerge), P(tcBorders), P(shd), P(noWrap), P(tcMar), P(textDirection), P(tcFitText), P(vAlign),
    P(hideMark), NULL };
static const char *const borders[] = {
    P(top), P(left), P(start), P(bottom), P(right), P(end), P(between), P(bar), P(insideH), P(insideV), P(tl2br), P(tr2bl), NULL };
static const char *const part_of_table[] = { P(pPr), P(rPr), P(tblPr), P(trPr), P(tcPr), NULL };

static const struct { const char *group; const char *const *order; } groups[] = {
    { P(pPr), paragraph }, { P(pPrDefault), part_of_table }, { P(rPr), run }, { P(rPrDefault), part_of_table }, { P(tblPr), table }, { P(trPr), row },
    { P(tcPr), cell }, { P(tblStylePr), part_of_table }, { P(pBdr), borders }, { P(tblBorders), borders }, { P(tcBorders), borders },
    { P(tblCellMar), borders }, { P(tcMar), borders },
};

/* What means something in its own file alone. */
static const char *const own[] = { P(numPr), P(lang), NULL };

/* These take no value where they hold: the SDK's validator refuses one. */
static const char *const bare[] = { P(tblHeader), P(cantSplit), P(noWrap), P(tcFitText), P(hideMark), P(bidiVisual), NULL };

static bool is_no(str value)
{
    static const char *const words[] = { "0", "false", "off", NULL };
    return str_is_one_of(value, words);
}

/* 9350.0 to 9350: lengths are whole numbers. */
static str whole(str value)
{
    size_t dot = str_find(value, '.', 0);
    double number;
    return dot > 0 && dot < value.len && str_to_double(value, &number) ? str_cut(value, 0, dot) : value;
}

static void clean_attributes(struct xml_node *node)
{
    static const char *const counted[] = { P(sz), P(szCs), P(spacing), P(kern), P(position), P(w), NULL };
    bool number = str_is_one_of(node->name, counted), flag = str_is_one_of(node->name, bare);
    for (struct xml_attribute **at = &node->attributes; *at;) {
        struct xml_attribute *a = *at;
        bool value = str_eq(a->name, STR("w:val"));
        if (str_starts(a->name, STR("w:rsid")) || (flag && value)) {
            *at = a->next;
            continue;
        }
        if (number || !value)
            a->value = whole(a->value);
        at = &a->next;
    }
}

static const char *const *order_in(const struct xml_node *node)
{
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        if (xml_is(node, groups[i].group))
            return groups[i].order;
    return NULL;
}

/* Of several properties of one name the first is kept. */
static void sort(struct xml_node *node, const char *const *order)
{
    struct xml_node *sorted = NULL, **end = &sorted;
    for (; *order; order++)
        for (struct xml_node **at = &node->first; *at; at = &(*at)->next)
            if (xml_is(*at, *order) && !str_is_one_of((*at)->name, own)) {
                struct xml_node *found = *at;
                *at = found->next;
                *end = found;
                end = &found->next;
                break;
            }
    *end = NULL;
    node->first = sorted;
}

int reference_rank(const char *group, str property)
{
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
        for (int k = 0; strcmp(group, groups[i].group) == 0 && groups[i].order[k]; k++)
            if (str_eq(property, str_of(groups[i].order[k])))
                return k;
    return -1;
}

void reference_clean(struct arena *arena, struct xml_node *node)
{
    const char *const *order = order_in(node);
    for (struct xml_node **at = &node->first; *at;) {
        bool off = str_is_one_of((*at)->name, bare) && is_no(xml_value(*at, "w:val"));
        if (off) {
            *at = (*at)->next;
            continue;
        }
        reference_clean(arena, *at);
        at = &(*at)->next;
    }
    clean_attributes(node);
    if (order)
        sort(node, order);
}
