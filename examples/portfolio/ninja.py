#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes build.ninja for a folder of clients, so that ninja builds only what a change touches.

  ninja.py [--ismsc PROGRAM] [FOLDER]     FOLDER (default: here) holds clients/NAME/isms.yaml, house/brand.yaml and as-of

One step for each client. What it depends on is told by the program itself (--deps): each source, template, picture, the house brand, and
the folders they are in. Its output is out/NAME.sum, the checksums of the documents in out/NAME/: it is written only when one of them is
another (restat), so that what stands on it is not done again for a remark in a source. A client that comes or goes writes build.ninja again.
"""
import os
import shutil
import sys

RULES = """# Written by ninja.py; run it again instead of editing.
ninja_required_version = 1.10
builddir = out
ismsc = %(ismsc)s

rule client
  command = "$ismsc" build -C clients/$client --brand house --as-of "`cat as-of`" --out out/$client --deps $out.d --deps-target $out >/dev/null $
      && (cd out/$client && sha256sum *) > $out.new && if cmp -s $out.new $out; then rm $out.new; else mv $out.new $out; fi
  depfile = $out.d
  deps = gcc
  restat = 1
  description = $client

rule all
  command = cat $in > $out
  description = the checksums of all documents

rule again
  command = %(python)s %(script)s --ismsc "$ismsc"
  generator = 1
  restat = 1
  description = the list of clients

build build.ninja: again | %(script)s clients
"""


def quoted(text):
    return text.replace("$", "$$")


def escaped(path):
    return path.replace("$", "$$").replace(" ", "$ ").replace(":", "$:")


def main():
    args = sys.argv[1:]
    program = args[args.index("--ismsc") + 1] if "--ismsc" in args else shutil.which("ismsc")
    rest = [a for i, a in enumerate(args) if a != "--ismsc" and (i == 0 or args[i - 1] != "--ismsc")]
    script = os.path.abspath(__file__)
    os.chdir(rest[0] if rest else ".")
    if not program:
        sys.exit("ninja.py: ismsc is not on PATH; say --ismsc PROGRAM")
    clients = sorted(n for n in os.listdir("clients") if os.path.exists(os.path.join("clients", n, "isms.yaml")))
    text = RULES % {"ismsc": quoted(os.path.abspath(program)), "python": sys.executable, "script": escaped(script)}
    for client in clients:
        # The program counts as an input: another version may write other documents.
        text += "build out/%s.sum: client | as-of %s\n  client = %s\n" % (escaped(client), escaped(os.path.abspath(program)), quoted(client))
    text += "build out/portfolio.sum: all %s\ndefault out/portfolio.sum\n" % " ".join("out/%s.sum" % escaped(c) for c in clients)
    before = None
    if os.path.exists("build.ninja"):
        with open("build.ninja", encoding="utf-8") as f:
            before = f.read()
    if text != before:
        with open("build.ninja", "w", encoding="utf-8") as f:
            f.write(text)


if __name__ == "__main__":
    main()
