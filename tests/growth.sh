#!/bin/sh
# SPDX-License-Identifier: MIT
# What a check does grows with the ISMS, not with its square: no rule takes more than twelve times the steps when there is ten times
# as much of everything. DEEP=1 compares larger ones.
set -u
BUILD=${BUILD:-build}
size=$([ -n "${DEEP:-}" ] && echo 2000 || echo 300)
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 bench/generate.py --risks "$size" "$folder/small" || exit 2
python3 bench/generate.py --risks "${size}0" "$folder/large" || exit 2
"$BUILD/tests/growth" "$folder/small" "$folder/large"
