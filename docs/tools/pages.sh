#!/bin/sh
# SPDX-License-Identifier: MIT
# Pictures of every page of every document, to be looked at (docs/looking-at-pages.md):
#
#   sh docs/tools/pages.sh [-C FOLDER] [-o FOLDER] [NAME...]
#
# -C  the ISMS; without it examples/northwind.   -o  where the pictures go; without it build/pages.
# NAME...  only these documents, such as risk-treatment-plan. Options of ismsc may stand in $ISMSC_OPTIONS.
#
# Makes NAME.png, a sheet with all pages of the Word file as LibreOffice sets them, and NAME-page.png, the top of the HTML
# page in light and dark at two widths. $RESOLUTION (50) is the one of the sheets, in dots to the inch.
# Needs soffice, pdftoppm, montage and convert (ImageMagick), chromium, and the fonts Carlito and DejaVu.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
program=$(realpath "${ISMSC:-$root/build/ismsc}")
isms=$root/examples/northwind
out=$root/build/pages
while getopts C:o: option; do
    case $option in
        C) isms=$OPTARG ;;
        o) out=$OPTARG ;;
        *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"

# shellcheck disable=SC2086 # options are words
"$program" build "$@" -C "$isms" --to docx,html --out "$work" ${ISMSC_OPTIONS:---as-of 2026-11-21} >/dev/null
soffice --headless "-env:UserInstallation=file://$work/office" --convert-to pdf --outdir "$work" "$work"/*.docx >/dev/null 2>&1

screen() { # WIDTH HEIGHT SCHEME PAGE PICTURE
    scheme=; [ "$3" = dark ] && scheme=--blink-settings=preferredColorScheme=0
    chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update \
        --disable-sync --hide-scrollbars --user-data-dir="$work/browser" --window-size="$1,$2" $scheme --screenshot="$5" "file://$4" >/dev/null 2>&1
}

for pdf in "$work"/*.pdf; do
    name=$(basename "$pdf" .pdf)
    pdftoppm -r "${RESOLUTION:-50}" -png "$pdf" "$work/$name-p"
    montage "$work/$name"-p*.png -tile 4x -geometry +6+6 -background '#888888' "$out/$name.png"
    rm -f "$work/$name"-p*.png
    screen 1280 1600 light "$work/$name.html" "$work/wide.png"
    screen 500 1600 dark "$work/$name.html" "$work/small.png"
    convert "$work/wide.png" "$work/small.png" +append -resize 60% "$out/$name-page.png"
    echo "$name: $(pdfinfo "$pdf" | sed -n 's/^Pages: *//p') pages"
done
