#!/bin/sh
# SPDX-License-Identifier: MIT
# ismsc fmt: the plain form of the sources, and nothing but that.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"

mkdir -p isms/policies
cat >isms/isms.yaml <<'YAML'

isms:   1
organisation: {name:   Probe Ltd,short_name: P}   


# all who work here
people :
    # Ana came first
    ana.lind:
        name:  "Ana Lind"   # her name
        email:
            ana@probe.example
    # Ben comes next
    ben.cho: {name: Ben,
              email: ben@probe.example}
    # nobody else
scope:
   statement:  >-
       All of it,

         - and more,
       always.
   units:
   -   Sales
   # between
   -
   -  Support
requirements:
  REQ-1:
    text: |+
          kept  

    title: one
       and two
roles:
  ROLE-ceo: {title: Chief}
YAML
printf '\n\n' >>isms/isms.yaml
cat >expected <<'YAML'
isms: 1
organisation: {name:   Probe Ltd,short_name: P}

# all who work here
people:
  # Ana came first
  ana.lind:
    name: "Ana Lind"   # her name
    email:
      ana@probe.example
  # Ben comes next
  ben.cho: {name: Ben,
            email: ben@probe.example}
  # nobody else
scope:
  statement: >-
    All of it,

      - and more,
    always.
  units:
    - Sales
    # between
    -
    - Support
requirements:
  REQ-1:
    text: |+
      kept  

    title: one
      and two
roles:
  ROLE-ceo: {title: Chief}
YAML
printf -- '---\nid: POL-01\ntitle:  Fire  # hot\n\n\nowner: ROLE-ceo\n---\n\n\n# Fire \n\n\nBreak  \nhere.\n\n    code \n\n\n    more\n\n```\n\n\nx \n```\n\n\n' >isms/policies/fire.md
printf -- '---\nid: POL-01\ntitle: Fire  # hot\n\nowner: ROLE-ceo\n---\n\n# Fire\n\nBreak  \nhere.\n\n    code \n\n\n    more\n\n```\n\n\nx \n```\n' >expected.md
printf 'risks:\n  R-1: {title: "x\n' >isms/broken.yaml
printf 'risks:\n  R-2:\n      # before\n    -\n      # a comment\n      x: 1\n' >isms/odd.yaml
printf '# nothing  \n\n\n# colours:\n  # primary: x' >isms/notes.yaml
: >isms/none.yaml
cp -R isms before

case_is "fmt --check and --diff write nothing"
run fmt --check -C isms
expect 1
quiet
says "would change isms.yaml" "would change policies/fire.md" "would change notes.yaml" "broken.yaml can not be read and is left as it is"
lacks none.yaml odd.yaml
run fmt --diff -C isms
expect 0
cp "$out" change
diff -r isms before || wrong "something was written"

case_is "fmt brings everything into the plain form, once and for all"
run fmt -C isms
expect 0
says "formatted isms.yaml"
diff expected isms/isms.yaml >differences || wrong "$(head differences)"
diff expected.md isms/policies/fire.md >differences || wrong "$(head differences)"
[ "$(cat isms/notes.yaml)" = "# nothing

# colours:
  # primary: x" ] || wrong "$(cat isms/notes.yaml)"
cmp -s isms/broken.yaml before/broken.yaml || wrong "what can not be read was touched"
cmp -s isms/odd.yaml before/odd.yaml || wrong "what is left alone was touched"
run fmt -C isms
lacks formatted
run fmt --check -C isms
expect 0
sed -i '/ is left as it is$/d' change
(cd before && git apply --whitespace=nowarn -p1 ../change 2>../complaint) || wrong "the diff is no patch: $(cat complaint)"
diff -r before isms >differences || wrong "the diff is another change: $(head -3 differences)"

case_is "files by name, and those that are no sources"
printf 'isms:  1\n' >isms/isms.yaml
printf 'people:  {}\n' >isms/people.yaml
printf 'a:  1\n' >other.yaml
run fmt isms/people.yaml other.yaml -C isms
expect 0
says "formatted people.yaml"
lacks isms.yaml
grep -q 'isms:  1' isms/isms.yaml || wrong "another file was formatted"
grep -q 'a:  1' other.yaml || wrong "a file outside was formatted"
run fmt --staged -C isms
expect 2

case_is "a file that is not there is not fine"
run fmt -C isms nowhere.yaml
expect 2
says_err "can't find nowhere.yaml: No such file or directory"

case_is "line ends of Windows stay"
printf 'isms:   1 \r\n\r\n\r\npeople:  {}\r\n' >isms/isms.yaml
run fmt -C isms
printf 'isms: 1\r\n\r\npeople: {}\r\n' | cmp -s - isms/isms.yaml || wrong "$(od -c isms/isms.yaml | head -5)"

case_is "nothing is said otherwise, over all sources of this repository"
if command python3 -c 'import yaml' 2>/dev/null; then
	command python3 "$here/tests/fmt.py" "$ismsc" >said || wrong "$(head -n 20 said)"
fi

finish
