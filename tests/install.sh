#!/bin/sh
# SPDX-License-Identifier: MIT
# `make install` into a scratch folder with a blank in its name: the program works from there alone, the library links, uninstall leaves nothing.
set -u
cd "$(dirname "$0")/.." || exit 2
BUILD=${BUILD:-build}
work=$(mktemp -d "${TMPDIR:-/tmp}/ismsc-install.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM
failed=0
cases=0
complain() { failed=$((failed + 1)); echo "FAIL $*"; }

make --no-print-directory BUILD="$BUILD" DESTDIR="$work/a root" PREFIX=/opt/ismsc install >"$work/log" 2>&1 || { complain "make install"; tail "$work/log"; }
at="$work/a root/opt/ismsc"
for file in bin/ismsc lib/libismsc.a include/ismsc.h share/man/man1/ismsc.1 share/man/man5/ismsc.yaml.5 share/man/man7/ismsc-rules.7 \
	share/bash-completion/completions/ismsc share/zsh/site-functions/_ismsc share/fish/vendor_completions.d/ismsc.fish; do
	cases=$((cases + 1))
	[ -s "$at/$file" ] || complain "$file is not installed"
done
[ -z "$(find "$work/a root" ! -path "$at*" -type f)" ] || complain "files outside of PREFIX: $(find "$work/a root" ! -path "$at*" -type f | head -3)"

# From an empty folder, without the repository in sight.
cases=$((cases + 2))
mkdir "$work/empty"
(cd "$work/empty" && "$at/bin/ismsc" init --example mine >/dev/null && "$at/bin/ismsc" build -C mine --as-of 2026-11-21 --out documents >/dev/null) ||
	complain "the installed program does not make documents"
[ -s "$work/empty/documents/statement-of-applicability.docx" ] || complain "no Statement of Applicability was made"

cases=$((cases + 1))
cat >"$work/user.c" <<'C'
#include <ismsc.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    static const char text[] = "isms: 1\norganisation: {nmae: X}\n";
    struct ismsc_overlay file = { "isms.yaml", { text, sizeof text - 1 } };
    struct ismsc_options options = { 0 };
    struct ismsc_text report;
    options.overlays = &file;
    options.noverlays = 1;
    options.as_of = "2026-11-21";
    struct ismsc *session = ismsc_open(&options);
    int wrong = !session || ismsc_report(session, "concise", false, true, &report) != ISMSC_FINDINGS;
    if (!wrong)
        fwrite(report.at, 1, report.len, stdout);
    ismsc_close(session);
    return wrong;
}
C
libs="$(${PKG_CONFIG:-pkg-config} --libs yaml-0.1 libcmark 2>/dev/null || echo -lyaml -lcmark) -lm -ldl"
# shellcheck disable=SC2086 # words are meant
${CC:-cc} -std=c11 -Wall -Wextra -Wpedantic -Werror -I"$at/include" -o "$work/user" "$work/user.c" "$at/lib/libismsc.a" $libs 2>"$work/log" || { complain "a program with the library"; head "$work/log"; }
"$work/user" 2>&1 | grep -q 'did you mean\|nmae' || complain "a program with the library finds nothing"
if command -v c++ >/dev/null 2>&1; then
	cases=$((cases + 1))
	printf '#include <ismsc.h>\nint main() { return ismsc_version()[0] == 0; }\n' >"$work/user.cc"
	c++ -Wall -Wextra -Wpedantic -Werror -I"$at/include" -c -o "$work/user.o" "$work/user.cc" 2>"$work/log" || { complain "ismsc.h in C++"; head "$work/log"; }
fi

cases=$((cases + 1))
make --no-print-directory BUILD="$BUILD" DESTDIR="$work/a root" PREFIX=/opt/ismsc uninstall >/dev/null 2>&1 || complain "make uninstall"
[ -z "$(find "$work/a root" -type f)" ] || complain "uninstall leaves $(find "$work/a root" -type f | head -3)"

echo "$cases cases"
[ $failed -eq 0 ]
