/* SPDX-License-Identifier: MIT */
/* The fixed words of a document's furniture, one row per language. */
#include "weave/document.h"

#define WORD(literal) { literal, sizeof(literal) - 1 }

static const struct doc_words languages[] = {
    {
        .language         = WORD("en"),
        .contents         = WORD("Contents"),
        .document_control = WORD("Document control"),
        .revision_history = WORD("Revision history"),
        .approvals        = WORD("Approvals"),
        .version          = WORD("Version"),
        .date             = WORD("Date"),
        .author           = WORD("Author"),
        .change           = WORD("Change"),
        .status           = WORD("Status"),
        .owner            = WORD("Owner"),
        .approver         = WORD("Approver"),
        .classification   = WORD("Classification"),
        .document_id      = WORD("Document"),
        .next_review      = WORD("Next review"),
        .page             = WORD("Page"),
        .of               = WORD("of"),
        .table            = WORD("Table"),
        .figure           = WORD("Figure"),
        .section          = WORD("section"), /* in the middle of a sentence: "see section 4.2" */
        .note             = WORD("Note"),
        .signature        = WORD("Signature"),
        .name             = WORD("Name"),
        .role             = WORD("Role"),
        .draft_notice     = WORD("Draft: not approved, not in force"),
        .organisation     = WORD("Organisation"),
        .approved_on      = WORD("Approved on"),
        .standard         = WORD("Standard"),
        .not_set          = WORD("not set"),
        .done             = WORD("done"),
        .open             = WORD("open"),
        .yes              = WORD("yes"),
        .no               = WORD("no"),
        .prepared_by      = WORD("Prepared by"),
        .skip_to_content  = WORD("Skip to content"),
        .back_to_text     = WORD("Back to text"),
        .filter           = WORD("Filter rows"),
    },
};

/* "en-GB" is served by "en"; the full tag wins where there is one. */
static bool serves(str have, str want)
{
    return str_eq_nocase(have, want)
        || (want.len > have.len && want.at[have.len] == '-' && str_eq_nocase(have, str_cut(want, 0, have.len)));
}

const struct doc_words *doc_words_for(str language)
{
    const struct doc_words *best = NULL;
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
        if (serves(languages[i].language, language) && (!best || languages[i].language.len > best->language.len))
            best = &languages[i];
    return best ? best : &languages[0];
}
