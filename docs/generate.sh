#!/bin/sh
# SPDX-License-Identifier: MIT
# Writes the generated parts of docs/ again, by asking the program: docs/generate.sh [FOLDER]
# `make docs` calls it; tests/cli/docs.sh calls it with another folder and compares.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
ismsc=${ISMSC:-$here/../${BUILD:-build}/ismsc}
python3 "$here/tools/manual.py" "$ismsc" "${1:-$here}"
# A page a rule takes hundreds of checks: only into docs/ itself; .ci/run compares them.
[ $# -gt 0 ] || python3 "$here/tools/rule_pages.py" "$ismsc"
