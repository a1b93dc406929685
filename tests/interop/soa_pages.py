#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""
A Statement of Applicability with long texts stays readable as a table: 93 controls, each with at least 300 characters
on how it is done, in fewer than 16 landscape pages, the header row on each of them and no row on two.

Takes the ISMS of Northwind, lengthens the texts, builds the statement and counts pages as LibreOffice sets them.
Needs soffice, pdfinfo and pdftotext. Usage: soa_pages.py [build/ismsc]
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
MORE = ("The owner looks at it every quarter and writes down what was found, "
        "exceptions have an end and a person who answers for them, "
        "and the records of the last twelve months are kept with the evidence of the control. ")
LEAST, MOST_PAGES = 300, 16


def lengthen(path):
    """Every `implementation: >-` gets sentences until it has LEAST characters."""
    out, count = [], 0
    lines = path.read_text(encoding="utf-8").split("\n")
    at = 0
    while at < len(lines):
        out.append(lines[at])
        at += 1
        if out[-1] != "    implementation: >-":
            continue
        text = []
        while at < len(lines) and (lines[at].startswith("      ") or not lines[at].strip()):
            text.append(lines[at].strip())
            at += 1
        whole = " ".join(part for part in text if part)
        if len(whole) < LEAST:
            whole = (whole + " " + 3 * MORE)[:LEAST + 12].rsplit(" ", 1)[0].rstrip(",") + "."
        out.append("      " + whole)
        count += 1
    path.write_text("\n".join(out), encoding="utf-8")
    return count


def landscape_pages(pdf):
    said = subprocess.run(["pdfinfo", "-f", "1", "-l", "999", str(pdf)], check=True, capture_output=True, text=True).stdout
    sizes = re.findall(r"Page +(\d+) size: +([\d.]+) x ([\d.]+)", said)
    return [int(page) for page, width, height in sizes if float(width) > float(height)]


def text_of(pdf, page):
    return subprocess.run(["pdftotext", "-layout", "-f", str(page), "-l", str(page), str(pdf), "-"], check=True, capture_output=True, text=True).stdout


def problems(docx, pdf):
    pages = landscape_pages(pdf)
    if not 0 < len(pages) < MOST_PAGES:
        yield "%d landscape pages, wanted fewer than %d" % (len(pages), MOST_PAGES)
    seen = []
    for page in pages:
        text = text_of(pdf, page)
        controls = re.findall(r"^ *(A\.\d\.\d+) ", text, re.M)
        seen += controls
        if controls and not re.search(r"^ *Id +Control +Applies", text, re.M):
            yield "page %d has controls and no header row" % page
    if len(seen) != 93 or len(set(seen)) != 93:
        yield "%d controls on the landscape pages, %d of them different" % (len(seen), len(set(seen)))
    body = zipfile.ZipFile(docx).read("word/document.xml").decode("utf-8")
    rows = re.findall(r"<w:tr>(.*?)</w:trPr>", body)
    if not rows or not all("<w:cantSplit/>" in row for row in rows):
        yield "a row that may be split"


def main():
    program = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build/ismsc").resolve()
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        shutil.copytree(ROOT / "examples" / "northwind", work / "northwind")
        count = sum(lengthen(path) for path in sorted((work / "northwind" / "controls").glob("*.yaml")))
        subprocess.run([str(program), "build", "statement-of-applicability", "--to", "docx", "-C", str(work / "northwind"), "--as-of", "2026-11-21",
                        "--out", str(work)], check=True, stdout=subprocess.DEVNULL)
        docx, pdf = work / "statement-of-applicability.docx", work / "statement-of-applicability.pdf"
        subprocess.run(["soffice", "--headless", "-env:UserInstallation=file://%s/office" % work, "--convert-to", "pdf", "--outdir", str(work), str(docx)],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        found = list(problems(docx, pdf))
        for problem in found:
            print("soa_pages: " + problem)
        print("soa_pages: %d long texts, %d landscape pages" % (count, len(landscape_pages(pdf))))
        return 1 if found or count < 80 else 0


if __name__ == "__main__":
    sys.exit(main())
