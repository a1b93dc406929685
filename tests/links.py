#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Follows every link of every page in a folder: to a page that is there, and to an id that it has. Nothing else may be linked but the web.

  links.py FOLDER            says what leads nowhere
  links.py FOLDER --reach N  and what can not be reached from index.html by N clicks
"""
import html
import os
import re
import sys
import urllib.parse


def read(folder):
    pages = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".html"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                text = re.sub(r"<(script|style)\b.*?</\1>", "", file.read(), flags=re.S)
            ids = {html.unescape(i) for i in re.findall(r'<[^>]*\sid="([^"]*)"', text)}
            pages[name] = ids, [html.unescape(h) for h in re.findall(r'<[^>]*\shref="([^"]*)"', text)]
    return pages


def dead(pages):
    """Each link that leads nowhere: (page, address)."""
    for name, (_, links) in pages.items():
        for address in links:
            if re.match(r"(https?:|mailto:)", address):
                continue
            page, _, anchor = address.partition("#")
            page, anchor = urllib.parse.unquote(page) or name, urllib.parse.unquote(anchor)
            if page not in pages or (anchor and anchor not in pages[page][0]):
                yield name, address


def reached(pages, clicks):
    known, edge = {"index.html"}, {"index.html"}
    for _ in range(clicks):
        edge = {urllib.parse.unquote(a.partition("#")[0]) for name in edge for a in pages[name][1]} & set(pages) - known
        known |= edge
    return known


def main():
    pages = read(sys.argv[1])
    lost = list(dead(pages))
    for name, address in lost[:20]:
        print("%s: %s leads nowhere" % (name, address))
    far = sorted(set(pages) - reached(pages, int(sys.argv[3]))) if len(sys.argv) > 3 else []
    for name in far[:20]:
        print("%s is more than %s clicks from the index" % (name, sys.argv[3]))
    if not lost and not far:
        print("%d pages, %d links" % (len(pages), sum(len(links) for _, links in pages.values())))
    return 1 if lost or far or not pages else 0


if __name__ == "__main__":
    sys.exit(main())
