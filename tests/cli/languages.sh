#!/bin/sh
# SPDX-License-Identifier: MIT
# A build in a language that lacks texts says so once: how many, of which documents, and how to list them.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"

mkdir isms
cat >isms/isms.yaml <<'YAML'
isms: 1
organisation: {name: Acme SARL, language: fr}
people: {sara.k: {name: Sara}}
roles: {ROLE-ceo: {title: Gérance, holder: sara.k, top_management: yes}}
risks: {R-1: {title: Incendie, owner: ROLE-ceo}}
YAML
mkdir -p isms/templates
cat >isms/templates/own.md <<'MD'
---
document: own
id: DOC-OWN
title: Words of our own
---
# More words

{{organisation.name}} has a page of its own, which says more.
MD

case_is "a document that has all its texts says nothing"
run build risk-treatment-plan -C isms --as-of 2026-11-21 --to md --out whole
expect 0
quiet

case_is "a French label and what it names stand apart by a no-break space, on pages and in texts, and a document's state is French"
run build statement-of-applicability -C isms --as-of 2026-11-21 --to md,html --out whole
expect 0
space=$(printf '\302\240')
grep -q "^\*\*Tableau 1$space: Mesures" whole/statement-of-applicability.md || wrong "$(grep '^\*\*Tab' whole/statement-of-applicability.md | head -n 2)"
grep -q "aria-label=\"Tableau 1$space: Mesures" whole/statement-of-applicability.html || wrong "$(grep -o 'aria-label="Tab[^"]*' whole/statement-of-applicability.html | head -n 2)"
grep -q '^status: "Projet"' whole/statement-of-applicability.md || wrong "$(grep '^status' whole/statement-of-applicability.md)"

case_is "a template whose title and texts are not translated is named, and how its texts are listed"
run build own -C isms --as-of 2026-11-21 --to md --out own
expect 0
says_err 'ismsc build: 3 texts of 1 document have no translation into fr and are in English: own; `ismsc template messages --language fr --missing` lists them'
run template messages own --language fr --missing -C isms
says '"Words of our own":' '"More words":'

case_is "what is translated is not counted, and one text is one"
mkdir -p isms/templates/fr
printf '"Words of our own":\n  "Nos propres mots"\n"More words":\n  "Encore des mots"\n' >isms/templates/fr/own.yaml
run build own -C isms --as-of 2026-11-21 --to md --out own
expect 0
says_err 'ismsc build: 1 text of 1 document has no translation into fr and is in English: own; `ismsc template messages --language fr --missing` lists it'

case_is "a whole set says it in one line, each text counted once, however many documents say it"
run build -C isms --as-of 2026-11-21 --to md,html --out all
expect 0
[ "$(wc -l <"$err")" -eq 1 ] || wrong "$(cat "$err")"
says_err ' documents have no translation into fr and are in English: ' ' more; '
count=$(sed 's/.*build: \([0-9]*\) texts.*/\1/' "$err")
listed=$("$ismsc" template messages --language fr --missing -C isms | grep -c '^"')
[ "$count" -gt 100 ] && [ "$count" -le "$listed" ] || wrong "$count texts in documents, $listed listed"

case_is "the title that somebody wrote stays as it is in lists as well, also where it is that of a type of document"
mkdir firm
cat >firm/isms.yaml <<'YAML'
isms: 1
organisation: {name: Acme GmbH, language: de}
documents: {DOC-SOA: {title: Statement of Applicability}}
YAML
run build index -C firm --as-of 2026-11-21 --language de --to html --out firm/pages
expect 0
grep -q '>Statement of Applicability<' firm/pages/index.html || wrong "$(grep -o '[^>]*Anwendbarkeit<' firm/pages/index.html)"

case_is "English lacks nothing, German neither, whatever is asked for"
rm -r isms/templates
run build -C isms --as-of 2026-11-21 --language en --to md --out english
quiet
run build -C isms --as-of 2026-11-21 --language de --to md,html,xlsx --out german
expect 0
quiet

finish
