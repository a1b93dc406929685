#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The contents of PDFs name the pages on which the headings are.

    pdf.py FILE.pdf...

Each is read with poppler's pdftotext and pdfinfo. A line of the contents ends in the number of a page: there the heading must stand, number and words, and
the page must carry that number in its foot. It must be tagged and have a title and the language's bookmarks are those headings. Prints what is wrong,
then `N entries of M files`.
"""
import re
import subprocess
import sys


def output(*command):
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")


def squeezed(text):
    return re.sub(r"\W", "", text)


def entries_of(pages):
    """(number, words, page) of the contents; an entry may take two lines."""
    found, waiting, seen = [], "", False
    for page in pages[:6]:
        for line in page.split("\n"):
            line = line.strip()
            end = re.fullmatch(r"(.*?) ?\.{3,} ?([0-9]+)", line)
            if end:
                entry = re.fullmatch(r"([0-9]+(?:\.[0-9]+)*) +(.*)", (waiting + " " + end.group(1)).strip())
                found.append((entry.group(1), entry.group(2), int(end.group(2))) if entry else ("", (waiting + " " + end.group(1)).strip(), int(end.group(2))))
                seen, waiting = True, ""
            elif re.match(r"[0-9]+(\.[0-9]+)* {2,}\S", line) and seen:
                waiting = line
            else:
                waiting = ""
        if seen and not re.search(r"\.{3,} ?[0-9]+$", page, re.M):
            break
    return found


def check(path):
    wrong, info = [], output("pdfinfo", path)
    for need in (r"^Title: +\S", r"^Tagged: +yes", r"^Pages: +[1-9]", r"^CreationDate:.* 00:00:00"):
        if not re.search(need, info, re.M):
            wrong.append("pdfinfo does not say %s" % need)
    pages = output("pdftotext", "-layout", path, "-").split("\f")
    entries = entries_of(pages)
    if not entries:
        wrong.append("no contents with page numbers")
    last = 0
    for number, words, page in entries:
        lines = [squeezed(line) for line in pages[page - 1].split("\n")] if 0 < page <= len(pages) else []
        heading = squeezed(number + words)
        text = "".join(lines)
        if not any(line and (heading.startswith(line) or line == heading) and heading in text for line in lines):
            wrong.append("%s %s is not on page %d" % (number, words, page))
        if page < last:
            wrong.append("%s %s: page %d after page %d" % (number, words, page, last))
        last = page
    return wrong, len(entries)


def main(paths):
    total, failed = 0, 0
    for path in paths:
        wrong, count = check(path)
        total += count
        failed += bool(wrong)
        for problem in wrong[:5]:
            print("%s: %s" % (path, problem))
    print("%d entries of %d files" % (total, len(paths)))
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
