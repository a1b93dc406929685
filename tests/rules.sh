#!/bin/sh
# Checks every rule of schema/rules against its fixtures: ./tests/rules.sh BINARY [ID...]
#
# tests/rules/_clean/ is the smallest ISMS about which no rule says anything on 2026-11-21. The fixtures of a
# rule differ from it by a patch each:
#   tests/rules/ID/bad.patch    must bring findings of this rule and of no other; expect.txt has them word by word
#   tests/rules/ID/good.patch   comes close and is right: it must bring nothing
# There may be more, as bad-date.patch with expect-date.txt, or good-date.patch.
# A patch begins with a comment where it needs one, then `delete FILE` lines, then a unified diff of _clean.
# To write one: copy _clean, edit the copy, `diff -Nru _clean copy`. BLESS=1 rewrites each expect.txt.
set -u
LC_ALL=C; export LC_ALL

[ $# -ge 1 ] || { echo "usage: $0 BINARY [ID...]" >&2; exit 2; }
case $1 in /*) ismsc=$1 ;; *) ismsc=$PWD/$1 ;; esac
[ -x "$ismsc" ] || { echo "$0: $ismsc is no program" >&2; exit 2; }
shift
here=$(cd "$(dirname "$0")" && pwd)
fixtures=$here/rules
schema=$(dirname "$here")/schema/rules
work=$(mktemp -d "${TMPDIR:-/tmp}/rules.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM

failed=0
cases=0
complain() { failed=$((failed + 1)); echo "FAIL $*"; }

# Lays the patch $1 over a fresh copy of _clean in $work/isms.
lay() {
    rm -rf "$work/isms"
    cp -R "$fixtures/_clean" "$work/isms"
    sed -n 's/^delete //p' "$1" | while read -r file; do rm "$work/isms/$file" || exit 1; done || return 1
    if grep -q '^--- ' "$1"; then patch -s -p1 --no-backup-if-mismatch -d "$work/isms" < "$1"; fi
}

# The findings on $work/isms, one a line; anything else the program says is one too.
check() {
    "$ismsc" check --format concise --all --as-of 2026-11-21 -C "$work/isms" > "$work/out" 2> "$work/err"
    status=$?
    grep -E '^[^ ]+:[0-9]+:[0-9]+: ' "$work/out" > "$work/found"
    if [ $status -gt 1 ] || [ -s "$work/err" ]; then
        echo "exit status $status: $(head -3 "$work/err")" >> "$work/found"
    fi
}

again() { echo "     again: $0 $ismsc $1"; }

# The patch $2 of rule $1 must bring findings called $3 and no others, as the file $4 has them.
check_bad() {
    if ! lay "$2"; then complain "$2 does not fit _clean"; return; fi
    if [ -n "${MUTATE:-}" ]; then
        [ "$1" = "$3" ] || return
        printf 'checks:\n  disabled: {%s: to see whether anything else reports it}\n' "$1" > "$work/isms/checks.yaml"
        check
        [ ! -s "$work/found" ] || { complain "$2 with rule $1 disabled still brings:"; sed 's/^/     /' "$work/found"; }
        return
    fi
    check
    [ -z "${BLESS:-}" ] || cp "$work/found" "$4"
    ids=$(sed 's/.*\[\([^] ]*\)[^]]*\]$/\1/' "$work/found" | sort -u)
    if [ "$ids" != "$3" ]; then
        complain "$2 must bring $3 alone, and brings:"
        sed 's/^/     /' "$work/found"
        again "$1"
    elif grep '?' "$work/found" > "$work/diff"; then
        complain "$2: a message has a part without a value:"
        sed 's/^/     /' "$work/diff"
    elif ! diff "$4" "$work/found" > "$work/diff"; then
        complain "$2: the finding differs from $4:"
        sed 's/^/     /' "$work/diff"
        again "$1"
    fi
}

# The patch $2 of rule $1 must bring nothing.
check_good() {
    if ! lay "$2"; then complain "$2 does not fit _clean"; return; fi
    check
    [ -s "$work/found" ] || return
    complain "$2 must bring nothing, and brings:"
    sed 's/^/     /' "$work/found"
    again "$1"
}

# $1: id of the rule, $2: id its findings carry, which is another one where the language says it.
check_rule() {
    dir=$fixtures/$1
    [ -f "$dir/bad.patch" ] && [ -f "$dir/good.patch" ] || { complain "$1: needs bad.patch and good.patch"; return; }
    for patch in "$dir"/bad*.patch; do
        cases=$((cases + 1))
        expect=$(basename "$patch" .patch)
        check_bad "$1" "$patch" "$2" "$dir/expect${expect#bad}.txt"
    done
    [ -z "${MUTATE:-}" ] || return
    for patch in "$dir"/good*.patch; do
        cases=$((cases + 1))
        check_good "$1" "$patch"
    done
}

# "id name severity code" for each rule as written; code is what its findings are called.
awk '
    function flush() { if (id) print id, name, severity, code; id = "" }
    /^- id: /         { flush(); id = code = $3; gsub(/"/, "", id); gsub(/"/, "", code) }
    /^  name: /       { name = $2 }
    /^  severity: /   { severity = $2 }
    /^  builtin: /    { code = $2 }
    END               { flush() }
' "$schema"/*.yaml > "$work/rules"

if [ $# -gt 0 ]; then
    for id; do
        code=$(awk -v id="$id" '$1 == id { print $4 }' "$work/rules")
        if [ -n "$code" ]; then check_rule "$id" "$code"; else complain "there is no rule $id"; fi
    done
else
    : > "$work/empty"
    cases=1
    lay "$work/empty"
    check
    [ -s "$work/found" ] && { complain "_clean is not clean:"; sed 's/^/     /' "$work/found"; }
    while read -r id _ _ code; do check_rule "$id" "$code"; done < "$work/rules"
fi

if [ $# -eq 0 ] && [ -z "${MUTATE:-}" ]; then
    # The program knows the rules that are written, and no others.
    "$ismsc" rules --format json > "$work/out" || complain "ismsc rules --format json"
    tr '{,' '\n\n' < "$work/out" | awk -F '"' '
        $2 == "id" { id = $4 }
        $2 == "basis" && $4 != "language" { print id }' | sort > "$work/known"
    cut -d ' ' -f 1 "$work/rules" | sort > "$work/written"
    diff "$work/written" "$work/known" > "$work/diff" || { complain "ismsc rules lists other rules than schema/rules (<):"; cat "$work/diff"; }

    # Every folder of fixtures belongs to a rule.
    for dir in "$fixtures"/*/; do
        id=$(basename "$dir")
        [ "$id" = _clean ] || grep -q "^$id " "$work/rules" || complain "tests/rules/$id belongs to no rule"
    done

    # Ids and names are for ever: acceptances and reports of users name them.
    cut -d ' ' -f 1,2 "$work/rules" | sort > "$work/now"
    grep -v '^#' "$fixtures/ids.txt" | sort > "$work/once"
    comm -23 "$work/once" "$work/now" | sed 's/$/: a published rule is gone or has another name/' > "$work/gone"
    [ -s "$work/gone" ] && { complain "tests/rules/ids.txt:"; cat "$work/gone"; }
    comm -13 "$work/once" "$work/now" | sed 's/$/: not in tests\/rules\/ids.txt yet, append it/' > "$work/new"
    [ -s "$work/new" ] && { complain "tests/rules/ids.txt:"; cat "$work/new"; }
fi

if [ $failed -gt 0 ]; then
    echo "rules: $failed failed"
    exit 1
fi
echo "rules: $cases cases passed"
