#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles policies that others wrote, and finds all of their content again.

    real_policies.py ISMSC FOLDER

Every Markdown file with front matter below FOLDER becomes a policy of a small project: its own head is replaced by
ours, its text is left as it is. The project is checked and built; every heading, paragraph, list item, table cell,
footnote and outside link that pandoc sees in the source must be in the Word file (read by pandoc) and in the page.
Prints what is missing and what the compiler said, then `N passed, N failed`. Needs pandoc.
"""
import html
import json
import os
import re
import subprocess
import sys
import tempfile

from pandoc_text import plain, squeezed

HEAD = "---\nid: %s\ntitle: %s\nstatus: draft\n---\n"


def pandoc(text, form):
    return json.loads(subprocess.run(["pandoc", "-f", form, "-t", "json"], input=text, capture_output=True, check=True).stdout)


class Content:
    """What a text says: (kind, words) in order."""

    def __init__(self, tree):
        self.parts, self.links, self.notes = [], set(), 0
        self.walk(tree["blocks"])

    def walk(self, node):
        if isinstance(node, list):
            for n in node:
                self.walk(n)
        if not isinstance(node, dict):
            return
        kind, content = node.get("t"), node.get("c")
        if kind in ("Header", "Para", "Plain", "CodeBlock"):
            words = squeezed(plain(content[2] if kind == "Header" else node if kind == "CodeBlock" else content))
            if words:
                self.parts.append((kind, words))
        self.notes += kind == "Note"
        if kind == "Link" and re.match(r"https?:|mailto:", content[2][0]):
            self.links.add(content[2][0].rstrip("/"))
        for value in node.values():
            self.walk(value)


def strip_head(text):
    found = re.match(r"---\n(.*?)\n---\n", text, re.S)
    return (found.group(1), text[found.end():]) if found else (None, text)


def collect(folder):
    for base, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            if name.endswith(".md"):
                path = os.path.join(base, name)
                with open(path, encoding="utf-8") as file:
                    head, body = strip_head(file.read())
                if head is not None:
                    yield path, head, body


def make_project(root, folder):
    sources = []
    os.makedirs(os.path.join(root, "policies"))
    with open(os.path.join(root, "isms.yaml"), "w", encoding="utf-8") as file:
        file.write("isms: 1\norganisation:\n  name: Example Ltd\n")
    for number, (path, head, body) in enumerate(collect(folder), 1):
        found = re.search(r"^title: *(.*)$", head, re.M)
        title = json.dumps(found.group(1).strip().strip("\"'") if found else os.path.basename(os.path.dirname(path)))
        name = "real-%02d" % number
        with open(os.path.join(root, "policies", name + ".md"), "w", encoding="utf-8") as file:
            file.write(HEAD % (name.upper(), title) + body)
        sources.append((name, os.path.relpath(path, folder), body))
    return sources


def page_text(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    links = {html.unescape(l).rstrip("/") for l in re.findall(r'href="([^"#][^"]*)"', text)}
    text = re.sub(r"<(style|script)\b.*?</\1>", "", text, flags=re.S)
    return squeezed(html.unescape(re.sub(r"<[^>]*>", "", text))), links, len(set(re.findall(r'id="(_note-\d+)"', text)))


def missing(content, words, links):
    lost = [(kind, part[:60]) for kind, part in content.parts if part not in words]
    return lost + [("link", link) for link in sorted(content.links - links)]


def compare(name, origin, body, out):
    source = Content(pandoc(body.encode(), "gfm+footnotes-raw_html" if "[^" in body else "gfm-raw_html"))
    document = Content(pandoc(open(os.path.join(out, name + ".docx"), "rb").read(), "docx"))
    words = "".join(part for _, part in document.parts)
    page, links, _ = page_text(os.path.join(out, name + ".html"))
    lost = [("docx",) + l for l in missing(source, words, document.links)] + [("html",) + l for l in missing(source, page, links)]
    if source.notes != document.notes:
        lost.append(("docx", "footnotes", "%d in the source, %d read back" % (source.notes, document.notes)))
    for entry in lost[:8]:
        print("%s: not found in %s: %s %s" % ((origin,) + entry))
    return not lost


def main():
    program, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as root:
        sources = make_project(root, folder)
        said = subprocess.run([program, "check", "-C", root, "--format", "concise", "--as-of", "2026-11-21"], capture_output=True, text=True)
        for line in said.stdout.splitlines():
            if line.startswith("policies/"):
                print("said: " + line)
        out = os.path.join(root, "out")
        built = subprocess.run([program, "build", "-C", root, "--as-of", "2026-11-21", "--out", out], capture_output=True, text=True)
        if built.returncode != 0:
            print(built.stdout + built.stderr)
            print("0 passed, %d failed" % len(sources))
            sys.exit(1)
        passed = sum(compare(name, origin, body, out) for name, origin, body in sources)
    print("%d passed, %d failed" % (passed, len(sources) - passed))
    sys.exit(passed != len(sources) or not sources)


if __name__ == "__main__":
    main()
