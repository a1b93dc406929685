#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes the pictures of the README from what the program really says and writes:
#
#   sh docs/tools/pictures.sh [build/ismsc]
#
# Needs LibreOffice (soffice), pdftoppm, ImageMagick (convert), chromium, and the fonts Carlito and DejaVu Sans Mono.
set -eu
program=$(realpath "${1:-build/ismsc}")
root=$(cd "$(dirname "$0")/../.." && pwd)
out=$root/docs/pictures
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"

# Cover and a page of the Statement of Applicability, side by side on one ground.
"$program" build statement-of-applicability --to docx -C "$root/examples/northwind" --as-of 2026-11-21 --out "$work" >/dev/null
soffice --headless "-env:UserInstallation=file://$work/office" --convert-to pdf --outdir "$work" "$work/statement-of-applicability.docx" >/dev/null 2>&1
page=$(for n in $(seq 1 40); do
    pdftotext -f "$n" -l "$n" "$work/statement-of-applicability.pdf" - 2>/dev/null | grep -q '^A\.5\.19' && echo "$n" && break
done)
pdftoppm -r 110 -png -f 1 -l 1 "$work/statement-of-applicability.pdf" "$work/cover"
pdftoppm -r 110 -png -f "$page" -l "$page" "$work/statement-of-applicability.pdf" "$work/page"
for picture in cover page; do
    convert "$work/$picture"-*.png -resize x860 -bordercolor '#d3dae1' -border 1 "$work/$picture.png"
done
convert "$work/cover.png" "$work/page.png" -background '#eef1f4' -gravity center +smush 28 -bordercolor '#eef1f4' -border 28 \
    -resize 1440x -colors 96 -strip "PNG8:$out/statement-of-applicability.png"

# Two findings in the terminal's own colours: a control as the edition of 2013 called it, and one excluded that is in use.
cp -r "$root/examples/northwind" "$work/northwind"
sed -i 's/controls: \[A.8.13, /controls: [A.12.3.1, /' "$work/northwind/risks/platform.yaml"
sed -i '/^  A.8.33:/,/^  A.8.34:/{s/applicable: yes/applicable: no/;s/^    reasons: .*/    justification: Tests use invented data only./}' \
    "$work/northwind/controls/technological.yaml"
"$program" check --color=always -C "$work/northwind" --as-of 2026-11-21 >"$work/text" 2>&1 || true
python3 - "$work/text" "$work/finding.html" <<'PYTHON'
import html, re, sys

COLOURS = {"1": "bold", "2": "dim", "31": "red", "32": "green", "33": "yellow", "34": "blue", "35": "magenta", "36": "cyan",
           "91": "red", "92": "green", "93": "yellow", "94": "blue", "95": "magenta", "96": "cyan"}

def coloured(text):
    out, depth = [], 0
    for part in re.split(r"(\x1b\[[0-9;]*m)", text):
        codes = re.fullmatch(r"\x1b\[([0-9;]*)m", part)
        if not codes:
            out.append(html.escape(part))
        elif codes.group(1) in ("", "0"):
            out.append("</span>" * depth)
            depth = 0
        else:
            out.append('<span class="%s">' % " ".join(COLOURS.get(c.lstrip("0"), "") for c in codes.group(1).split(";")))
            depth += 1
    return "".join(out) + "</span>" * depth

said = open(sys.argv[1], encoding="utf-8").read().rstrip("\n").split("\n\n")
plain = [re.sub(r"\x1b\[[0-9;]*m", "", block) for block in said]
kept = [block for block, bare in zip(said, plain) if not bare.startswith("observation")]
text = "<b>$ ismsc check</b>\n" + coloured("\n\n".join(kept))
open(sys.argv[2], "w", encoding="utf-8").write("""<!DOCTYPE html><meta charset="utf-8"><style>
html { background: #14181d; } body { margin: 0; padding: 26px 30px; }
pre { margin: 0; font: 15px/1.5 "DejaVu Sans Mono", monospace; color: #d5dbe2; }
b { color: #8d99a6; font-weight: 400; } .bold { font-weight: 700; } .dim { color: #8d99a6; }
.red { color: #ff7b72; } .green { color: #7ee787; } .yellow { color: #f2cc60; } .blue { color: #79c0ff; } .magenta { color: #d2a8ff; } .cyan { color: #76e3ea; }
</style><pre>%s</pre>""" % text)
PYTHON
lines=$(grep -c '' "$work/finding.html")
chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync \
    --hide-scrollbars --user-data-dir="$work/browser" --force-device-scale-factor=1.5 --window-size=1180,$((lines * 23 + 40)) \
    --screenshot="$work/finding.png" "file://$work/finding.html" >/dev/null 2>&1
convert "$work/finding.png" -trim -bordercolor '#14181d' -border 40 -colors 64 -strip "PNG8:$out/finding.png"
ls -l "$out"
