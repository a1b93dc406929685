#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What is written for pandoc and as Markdown says the same, word for word, and pandoc makes ODT and EPUB of it without loss.

    formats.py FOLDER

FOLDER is a build with --to md,json-1.22: NAME.md and NAME.1.22.json of each document. Both are read by pandoc; words,
headings, tables, rows, items, links and footnotes must be the same. The numbers of headings stand only in Markdown, the
table of the cover's facts only in the other. The words that pandoc writes into ODT and EPUB are read back from there.
Prints what differs, then `N passed, N failed`. Needs pandoc 2.11 to 2.19.
"""
import difflib
import html
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile

END = "\0"  # of a paragraph


def is_address(link):
    """Readers of Markdown make links of addresses that stand in the text."""
    shown = "".join(i.get("c", " ") for i in link[1] if isinstance(i.get("c", " "), str))
    return link[2][0] in (shown, "mailto:" + shown, "http://" + shown)


class Content:
    """What a document holds, by pandoc."""
    def __init__(self, path, form):
        tree = json.loads(subprocess.run(["pandoc", "-f", form, "-t", "json", path], capture_output=True, check=True).stdout)
        self.counts = dict.fromkeys(("Header", "Table", "BulletList", "OrderedList", "Link", "BlockQuote"), 0)
        self.pieces, self.notes, self.headings, self.kind = [], [], [], form
        blocks = tree["blocks"]
        if form == "json":  # the facts of the cover; before it stands whether it is a draft
            first = [b["t"] for b in blocks[:2]]
            blocks = blocks[1:] if first[:1] == ["Table"] else blocks[:1] + blocks[2:] if first == ["Para", "Table"] else blocks
        self.walk(blocks, self.pieces)
        self.paragraphs = "".join(self.pieces + self.notes).split(END)
        self.words = "".join(self.pieces).replace(END, " ").split()
        self.noted = "".join(self.notes).replace(END, " ").split()

    def walk(self, node, out):
        if isinstance(node, list):
            for one in node:
                self.walk(one, out)
            return
        if not isinstance(node, dict):
            return
        kind, content = node.get("t"), node.get("c")
        if kind in self.counts and not (kind == "Link" and is_address(content)):
            self.counts[kind] += 1
        if kind == "Str":
            out.append(content)
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            out.append(" ")
        elif kind in ("Code", "CodeBlock"):
            out.append(content[1] + (" " if kind == "CodeBlock" else ""))
        elif kind == "RawInline":
            out.append(" " if content[1].startswith("<br") else "")
        elif kind == "Note":
            note = []
            self.walk(content, note)
            self.notes.append("".join(note))
        elif kind == "Header":
            self.header(content, out)
        else:
            self.walk(content, out)
            if kind in ("Para", "Plain"):
                out.append(END)

    def header(self, content, out):
        level, _, inlines = content
        if self.kind == "gfm" and level == 1:
            self.counts["Header"] -= 1  # the title
            return
        title = []
        self.walk(inlines, title)
        self.headings.append("".join(title))
        out.append(END)


def same(path):
    """What pandoc's document and the Markdown do not have in common."""
    tree, text = Content(path, "json"), Content(path.replace(".1.22.json", ".md"), "gfm")
    found = []
    for name, one, other in (("words", tree.words, text.words), ("notes", tree.noted, text.noted)):
        if one != other:
            for tag, i, j, k, n in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
                if tag != "equal":
                    found.append("%s: %r and in Markdown %r" % (name, " ".join(one[i:j])[:80], " ".join(other[k:n])[:80]))
                    break
    for one, other in zip(tree.headings, text.headings):
        if re.sub(r"^[0-9]+(\.[0-9]+)* ", "", other) != one and other != one:
            found.append("heading %r and in Markdown %r" % (one, other))
    for kind in ("Header", "Link", "BulletList", "OrderedList", "BlockQuote"):
        # A list in a cell is lines there.
        if tree.counts[kind] != text.counts[kind] and not (kind.endswith("List") and tree.counts["Table"]):
            found.append("%d %s and in Markdown %d" % (tree.counts[kind], kind, text.counts[kind]))
    return found


def squeezed(text):
    return re.sub(r"[\W_]", "", text)


def read_back(path, form, folder):
    """What is lost on the way through [form]."""
    out = os.path.join(folder, "out." + form)
    made = subprocess.run(["pandoc", "-f", "json", "--toc", "-o", out, path], capture_output=True, text=True)
    if made.returncode or made.stderr:
        return ["pandoc: " + made.stderr.strip()[:200]]
    if form == "odt":  # pandoc's own reader passes over the head rows of tables
        with zipfile.ZipFile(out) as archive:
            content = archive.read("content.xml").decode("utf-8")
        note = r"<text:note .*?</text:note>"
        content = re.sub(note, "", content, flags=re.S) + "".join(re.findall(note, content, re.S))
        have = squeezed(html.unescape(re.sub(r"<[^>]*>", "", content)))
    else:
        have = squeezed("".join(Content(out, form).paragraphs))
    lost = [p for p in Content(path, "json").paragraphs if squeezed(p) not in have]
    return ["%s lacks %r" % (form, p[:80]) for p in lost[:3]]


def main():
    folder = sys.argv[1]
    names = sorted(n for n in os.listdir(folder) if n.endswith(".1.22.json"))
    passed = failed = 0
    with tempfile.TemporaryDirectory() as work:
        for i, name in enumerate(names):
            path = os.path.join(folder, name)
            problems = same(path)
            if i % 6 == 0:  # these take a second each
                problems += read_back(path, "odt", work) + read_back(path, "epub", work)
            for problem in problems[:5]:
                print("%s: %s" % (name, problem))
            passed, failed = passed + (not problems), failed + bool(problems)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
