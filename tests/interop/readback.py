#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reads Word files back with pandoc and finds everything in them that the document tree has.

    readback.py FOLDER

FOLDER is a build with --to docx,text: each NAME.docx has its tree in NAME.txt. Headings must come back in order and
word for word; tables, list items, footnotes and outside links must come back in number, and the text of every cell and
paragraph must be there. Prints what is missing, then `N passed, N failed`. Needs pandoc.
"""
import json
import os
import re
import subprocess
import sys

from pandoc_text import plain, squeezed


class Document:
    def __init__(self, path):
        read = subprocess.run(["pandoc", "-f", "docx", "-t", "json", path], capture_output=True, check=True)
        self.headings, self.tables, self.items, self.notes, self.links, self.text = [], 0, 0, 0, 0, []
        self.walk(json.loads(read.stdout)["blocks"])
        self.text = squeezed("".join(self.text))

    def walk(self, node):
        if isinstance(node, list):
            for n in node:
                self.walk(n)
            return
        if not isinstance(node, dict):
            return
        kind, content = node.get("t"), node.get("c")
        if kind == "Header":
            self.headings.append(squeezed(plain(content[2])))
        self.tables += kind == "Table"
        self.notes += kind == "Note"
        self.items += len(content) if kind == "BulletList" else len(content[1]) if kind == "OrderedList" else 0
        self.links += kind == "Link" and bool(re.match(r"https?:|mailto:", content[2][0]))
        if kind in ("Str", "Code", "CodeBlock"):
            self.text.append(plain(node))
        for value in node.values():
            self.walk(value)


class Tree:
    """The counts of a text dump."""

    def __init__(self, path):
        self.headings, self.tables, self.items, self.notes, self.links, self.cells = [], 0, 0, set(), 0, []
        furniture = {"revision": 0, "approval": 0}
        with open(path, encoding="utf-8") as file:
            for line in file:
                self.line(line.rstrip("\n"), furniture)
        self.furniture = sum(1 for n in furniture.values() if n)

    def line(self, line, furniture):
        word = line.split()[0] if line.split() else ""
        if word in furniture and line.startswith("  " + word):
            furniture[word] += 1
        found = re.match(r" *heading \d+ #\S* ?: ?(.*)", line) or re.match(r" *heading \d+[^:]*: (.*)", line)
        if found:
            self.headings.append(squeezed(unmarked(re.sub(r"^(\d+|[A-Z])(\.\d+)* ", "", found.group(1)))))
        self.tables += bool(re.match(r" *table (plain|facts|matrix|signature|bars)\b", line))
        self.items += bool(re.match(r" *item$", line))  # tasks are paragraphs with a box in Word
        self.notes.update(re.findall(r"\[\^(\d+):", line))
        self.links += len(re.findall(r"\]\((?:https?|mailto):", line))
        found = re.match(r" *paragraph: (.*)", line)
        if found and not re.search(r"[{#<>\\]|\[\^", found.group(1)):
            self.cells.append(squeezed(unmarked(found.group(1))))
        if re.match(r" *(row|header) \|", line):
            self.cells += [squeezed(unmarked(c)) for c in line.split("|")[1:] if not re.search(r"[{#<>\\\\]|\[\^", c)]


def unmarked(text):
    """The words of a dump's compact notation."""
    text = re.sub(r"\{([^{}]*?)(?: (?:good|neutral|warning|bad|level \d+/\d+[^{}]*))\}", r"\1", text)
    text = re.sub(r"\[\^\d+:.*", "", text)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"[*`~\\^_<>#{}()|\u00b6]|(?<= )> ", "", text)


def compare(name, tree, document):
    problems = []
    if [h for h in tree.headings if h not in document.headings]:
        problems.append("headings not found: %s" % [h for h in tree.headings if h not in document.headings][:5])
    order = [h for h in document.headings if h in tree.headings]
    if not problems and [h for h in order if order.count(h) == 1] != [h for h in tree.headings if order.count(h) == 1]:
        problems.append("headings come back in another order")
    for what in ("items", "links"):
        if getattr(tree, what) != getattr(document, what):
            problems.append("%s: %d in the document, %d read back" % (what, getattr(tree, what), getattr(document, what)))
    if len(tree.notes) != document.notes:
        problems.append("footnotes: %d in the document, %d read back" % (len(tree.notes), document.notes))
    if document.tables < tree.tables + tree.furniture:
        problems.append("tables: %d in the document, %d read back" % (tree.tables + tree.furniture, document.tables))
    lost = [c for c in tree.cells if c not in document.text]
    if lost:
        problems.append("%d cells or paragraphs not found, such as %s" % (len(lost), lost[:3]))
    for problem in problems:
        print("%s: %s" % (name, problem))
    return not problems


def main():
    folder = sys.argv[1]
    names = sorted(n[:-5] for n in os.listdir(folder) if n.endswith(".docx"))
    passed = sum(compare(n, Tree(os.path.join(folder, n + ".txt")), Document(os.path.join(folder, n + ".docx"))) for n in names)
    print("%d passed, %d failed" % (passed, len(names) - passed))
    sys.exit(passed != len(names))


if __name__ == "__main__":
    main()
