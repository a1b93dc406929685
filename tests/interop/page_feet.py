#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""
No page ends with a heading, a caption or the head of a table: what announces something stands with what it announces.

Builds the documents of Northwind, or of the folder given, lets LibreOffice set them, and looks at the last line of each
page. Needs soffice and pdftotext.

  page_feet.py [build/ismsc [FOLDER [NAME...]]]
  page_feet.py --set PDFS TEXTS [PREFIX]     what is made already: TEXTS holds a build with --to text, PDFS each PREFIXname.pdf
"""
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
EDGE = 55  # points at the head and foot of a page where running lines stand
BATCH = 8  # documents that are set at once


def squeezed(text):
    return re.sub(r"\W", "", text)


def announcing(tree):
    """The headings and table heads of a text dump, and whether a line is a caption is seen by its first words."""
    found = set()
    for line in tree.read_text(encoding="utf-8").split("\n"):
        heading = re.match(r" *heading \d[^:]*: (.*)", line)
        head = re.match(r" *header \| (.*)", line)
        text = heading.group(1) if heading else head.group(1).replace("> ", "") if head else ""
        text = re.sub(r"\{([^{}]*?) (?:good|neutral|warning|bad|level [^{}]*)\}", r"\1", text)
        found.add(squeezed(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)))
    return found - {""}


def pages(pdf):
    """For each page its lines of text from top to bottom, without the running ones."""
    said = subprocess.run(["pdftotext", "-bbox-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    for page in said.split("<page ")[1:]:
        height = float(re.search(r'height="([\d.]+)"', page).group(1))
        lines = []
        for top, foot, words in re.findall(r'<line xMin="[\d.]+" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</line>', page, re.S):
            if float(top) > EDGE - 10 and float(foot) < height - EDGE:
                lines.append((round(float(foot)), " ".join(re.findall(r"<word[^>]*>([^<]*)</word>", words))))
        rows = {}
        for foot, text in lines:
            rows.setdefault(foot, []).append(text)
        yield [" ".join(rows[foot]) for foot in sorted(rows)]


def problems(pdf, tree):
    heads = announcing(tree)
    for number, lines in enumerate(pages(pdf), 1):
        contents = sum(squeezed(line) in heads for line in lines) > len(lines) / 2
        if not lines or contents or "Contents" in lines:
            continue
        if squeezed(lines[-1]) in heads or re.match(r"(Table|Figure)\s\d+\s", lines[-1]):
            yield "page %d ends with: %s" % (number, lines[-1])


def judge(pairs):
    count = bad = 0
    for pdf, tree in pairs:
        count += 1
        for problem in problems(pdf, tree):
            bad += 1
            print("page_feet: %s: %s" % (tree.stem, problem))
    print("page_feet: %d documents, %d lonely lines" % (count, bad))
    return 1 if bad or not count else 0


def main():
    if sys.argv[1:2] == ["--set"]:
        pdfs, texts, prefix = pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]), "".join(sys.argv[4:5])
        return judge((pdfs / (prefix + file.stem + ".pdf"), file) for file in sorted(texts.glob("*.txt")) if file.with_suffix(".docx").exists())
    program = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build/ismsc").resolve()
    folder = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "examples" / "northwind"
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        subprocess.run([str(program), "build", *sys.argv[3:], "-C", str(folder), "--as-of", "2026-11-21", "--to", "docx,text", "--out", str(work)],
                       check=True, stdout=subprocess.DEVNULL)
        files = sorted(work.glob("*.docx"))
        for at in range(0, len(files), BATCH):
            subprocess.run(["soffice", "--headless", "-env:UserInstallation=file://%s/office" % work, "--convert-to", "pdf", "--outdir", str(work),
                            *map(str, files[at:at + BATCH])], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return judge((file.with_suffix(".pdf"), file.with_suffix(".txt")) for file in files)


if __name__ == "__main__":
    sys.exit(main())
