#!/bin/sh
# SPDX-License-Identifier: MIT
# Checks every rule of schema/rules against its fixtures: ./tests/rules.sh BINARY [ID...]
#
# tests/rules/_clean/ is the smallest ISMS about which no rule says anything on 2026-11-21. The fixtures of a
# rule differ from it by a patch each:
#   tests/rules/ID/bad.patch    must bring findings of this rule and of no other; expect.txt has them word by word
#   tests/rules/ID/good.patch   comes close and is right: it must bring nothing
# tests/rules/_more/ has ISMSs that are right in another way, for all rules together: each must bring nothing.
# There may be more for a rule, as bad-date.patch with expect-date.txt, or good-date.patch.
# Whole ISMSs that fool checkers, each a patch whose first line names the trap:
#   tests/rules/_false-alarms/NN-name.patch   looks wrong and is right: must bring nothing
#   tests/rules/_alarms/NN-name.patch         must bring the findings of NN-name.txt, all of them and no others
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

# Lays the patch $1 over _clean in $work/isms, or takes it away again with -R as $2. Copying all of _clean for each
# case would take most of the time.
lay() {
    is_diff=
    while read -r word file; do
        case $word in
            delete) if [ "${2:-}" ]; then cp "$fixtures/_clean/$file" "$work/isms/"; else rm "$work/isms/$file" || return 1; fi ;;
            ---)    is_diff=yes; break ;;
        esac
    done < "$1"
    if [ "$is_diff" ]; then patch -s -E -p1 --no-backup-if-mismatch ${2:+"$2"} -d "$work/isms" < "$1"; fi
}

afresh() {
    rm -rf "$work/isms"
    cp -R "$fixtures/_clean" "$work/isms"
}

# Runs the program on $work/isms: $found are the ids of what it says, $work/found the text.
check() {
    "$ismsc" check --format concise --all --as-of 2026-11-21 -C "$work/isms" > "$work/found" 2> "$work/err"
    status=$?
    if [ $status -gt 1 ] || [ -s "$work/err" ]; then
        echo "exit status $status: $(head -3 "$work/err") [?]" >> "$work/found"
    fi
    found=
    while read -r line; do
        case $line in *\?*) found="$found ?" ;; esac
        case $line in *": accepted: "*) continue ;; esac
        id=${line##*\[}
        id=${id%\]}
        case " $found " in *" $id "*) ;; *) found="$found $id" ;; esac
    done < "$work/found"
    found=${found# }
}

again() { echo "     again: $0 $ismsc $1"; }

show() { sed 's/^/     /' "$1"; }

# The patch $2 of rule $1 must bring findings called $3 and no others, as the file $4 has them.
check_bad() {
    if [ -n "${MUTATE:-}" ]; then
        printf 'checks:\n  disabled: {%s: to see whether anything else reports it}\n' "$1" > "$work/isms/checks.yaml"
        check
        rm "$work/isms/checks.yaml"
        # What can not be read can not be switched off; only rules that the language speaks for may say so.
        [ -z "$found" ] || { [ "$1" != "$3" ] && [ "$found" = "C-06 $3" ]; } || { complain "$2 with rule $1 disabled still brings:"; show "$work/found"; }
        return
    fi
    check
    [ -z "${BLESS:-}" ] || cp "$work/found" "$4"
    if [ "$found" != "$3" ]; then
        complain "$2 must bring $3 alone, with no part of a message left open, and brings:"
        show "$work/found"
        again "$1"
    elif ! cmp -s "$4" "$work/found"; then
        complain "$2: the finding differs from $4:"
        diff "$4" "$work/found" > "$work/diff"
        show "$work/diff"
        again "$1"
    fi
}

# The patch $2 of rule $1 must bring nothing.
check_good() {
    check
    [ -n "$found" ] || return 0
    complain "$2 must bring nothing, and brings:"
    show "$work/found"
    again "$1"
}

# The patch $2 must bring the findings of the file $4, whoever says them.
check_exact() {
    check
    [ -z "${BLESS:-}" ] || cp "$work/found" "$4"
    cmp -s "$4" "$work/found" && [ -s "$4" ] && return 0
    complain "$2 brings nothing, or other findings than $4:"
    diff "$4" "$work/found" > "$work/diff"
    show "$work/diff"
    again "$1"
}

# $1: bad, good or exact, the rest as above.
check_case() {
    kind=$1
    shift
    cases=$((cases + 1))
    if lay "$2"; then
        "check_$kind" "$@"
        lay "$2" -R || afresh
    else
        complain "$2 does not fit _clean"
        afresh
    fi
}

# $1: id of the rule, $2: id its findings carry, which is another one where the language says it.
check_rule() {
    dir=$fixtures/$1
    if ! [ -f "$dir/bad.patch" ] || ! [ -f "$dir/good.patch" ]; then
        complain "$1: needs bad.patch and good.patch"
        return
    fi
    for patch in "$dir"/bad*.patch; do
        expect=${patch##*/bad}
        check_case bad "$1" "$patch" "$2" "$dir/expect${expect%.patch}.txt"
    done
    [ -z "${MUTATE:-}" ] || return
    for patch in "$dir"/good*.patch; do
        check_case good "$1" "$patch"
    done
}

# $1: _false-alarms or _alarms.
check_traps() {
    for patch in "$fixtures/$1"/*.patch; do
        head -1 "$patch" | grep -q '^# Trap [0-9]*: ' || complain "$patch must open with the trap it is about"
        case $1 in
            _alarms) check_case exact "$1" "$patch" '' "${patch%.patch}.txt" ;;
            *)       check_case good "$1" "$patch" ;;
        esac
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

afresh
if [ $# -gt 0 ]; then
    for id; do
        case $id in _*) check_traps "$id"; continue ;; esac
        code=$(awk -v id="$id" '$1 == id { print $4 }' "$work/rules")
        if [ -n "$code" ]; then check_rule "$id" "$code"; else complain "there is no rule $id"; fi
    done
else
    cases=1
    check
    [ -z "$found" ] || { complain "_clean is not clean:"; show "$work/found"; }
    if [ -z "${MUTATE:-}" ]; then
        for patch in "$fixtures"/_more/*.patch; do check_case good _more "$patch"; done
    fi
    while read -r id _ _ code; do check_rule "$id" "$code"; done < "$work/rules"
    [ -n "${MUTATE:-}" ] || { check_traps _false-alarms; check_traps _alarms; }
fi

if [ $# -eq 0 ] && [ -z "${MUTATE:-}" ]; then
    # The program knows the rules that are written, and no others.
    "$ismsc" rules --format json > "$work/out" || complain "ismsc rules --format json"
    tr '{' '\n' < "$work/out" | tr ',' '\n' | awk -F '"' '
        $2 == "id" { id = $4 }
        $2 == "basis" && $4 != "language" { print id }' | sort > "$work/known"
    cut -d ' ' -f 1 "$work/rules" | sort > "$work/written"
    diff "$work/written" "$work/known" > "$work/diff" || { complain "ismsc rules lists other rules than schema/rules (<):"; cat "$work/diff"; }

    # Every folder of fixtures belongs to a rule.
    for dir in "$fixtures"/*/; do
        id=$(basename "$dir")
        [ "${id#_}" != "$id" ] || cut -d ' ' -f 1 "$work/rules" | grep -qxF "$id" || complain "tests/rules/$id belongs to no rule"
    done

    # Ids and names are for ever: acceptances and reports of users name them.
    cut -d ' ' -f 1,2 "$work/rules" | sort > "$work/now"
    grep -v '^#' "$fixtures/ids.txt" | sort > "$work/once"
    comm -23 "$work/once" "$work/now" | sed 's/$/: a published rule is gone or has another name/' > "$work/gone"
    [ ! -s "$work/gone" ] || { complain "tests/rules/ids.txt:"; cat "$work/gone"; }
    comm -13 "$work/once" "$work/now" | sed 's/$/: not in tests\/rules\/ids.txt yet, append it/' > "$work/new"
    [ ! -s "$work/new" ] || { complain "tests/rules/ids.txt:"; cat "$work/new"; }
fi

if [ $failed -gt 0 ]; then
    echo "rules: $failed failed"
    exit 1
fi
echo "rules: $cases cases passed"
