#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Findings about the language, word by word: tests/language/*.txt against `ismsc check`.

  language.py [WORD...]      only cases whose title holds one of the words
  BLESS=1 language.py        writes what the program says now into the files; read the difference

A case is a title, files, and what is expected of them:

  == a misspelt key gets a suggestion
  -- risks.yaml
  risks:
    R-1: {titel: Fire}
  -- expect
  risks.yaml:2:9-14: error: ... [S-01]
    help: ...
    also: risks.yaml:1:1: first used here

Without an isms.yaml of its own a case gets the smallest one. `-- raw FILE` understands \\xNN, \\t and \\0 and a backslash
at the end of a line, which joins it to the next. Findings of built-in rules are left out, since tests/rules is about them.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ISMSC = os.environ.get("ISMSC") or os.path.join(HERE, "..", os.environ.get("BUILD", "build"), "ismsc")
SMALLEST = "isms: 1\norganisation:\n  name: Quay Ledger Ltd\n"
BUILTIN_RULE = re.compile(r"^(\d|A\.|X-)")


class Case:
    def __init__(self, title):
        self.title, self.files, self.expect = title, [], None  # files: (name, raw, lines)


def parse(path):
    """Head lines and cases of one file."""
    head, cases, lines = [], [], None
    with open(path, encoding="utf-8", newline="\n") as f:
        for line in f.read().split("\n"):
            if line.startswith("== "):
                cases.append(Case(line[3:]))
                lines = None
            elif not cases:
                head.append(line)
            elif line == "-- expect":
                lines = cases[-1].expect = []
            elif line.startswith("-- "):
                name = line[3:]
                lines = []
                cases[-1].files.append((name[4:] if name.startswith("raw ") else name, name.startswith("raw "), lines))
            elif lines is not None:
                lines.append(line)
    for case in cases:
        for lines in [f[2] for f in case.files] + [case.expect or []]:
            while lines and lines[-1] == "":
                lines.pop()
    return head, cases


def contents(raw, lines):
    text = "\n".join(lines) + "\n"
    if not raw:
        return text.encode()
    text = text.replace("\\\n", "")
    pieces = re.split(r"(\\x[0-9A-F]{2}|\\t|\\0)", text)
    named = {"\\t": b"\t", "\\0": b"\0"}
    return b"".join(named.get(p) or (bytes([int(p[2:], 16)]) if re.match(r"\\x[0-9A-F]{2}$", p) else p.encode()) for p in pieces)


def place(where, wide=False):
    text = "%s:%d:%d" % (where["file"], where["line"], where["column"]) if where["file"] else "nowhere"
    if wide and (where["end_line"], where["end_column"]) != (where["line"], where["column"]):
        text += "-%d" % where["end_column"] if where["end_line"] == where["line"] else "-%d:%d" % (where["end_line"], where["end_column"])
    return text


def run(case):
    with tempfile.TemporaryDirectory() as folder:
        files = [(name, contents(raw, lines)) for name, raw, lines in case.files]
        if "isms.yaml" not in [name for name, _ in files]:
            files.append(("isms.yaml", SMALLEST.encode()))
        for name, data in files:
            full = os.path.join(folder, name)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "wb") as f:
                f.write(data)
        done = subprocess.run([ISMSC, "check", "-C", folder, "--format", "json", "--as-of", "2026-11-21"], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    if done.returncode not in (0, 1) or done.stderr:
        return ["exit status %d" % done.returncode] + done.stderr.decode(errors="replace").replace(folder, "FOLDER").split("\n")[:-1]
    out = []
    for f in json.loads(done.stdout.decode("utf-8"))["findings"]:
        if BUILTIN_RULE.match(f["rule"]):
            continue
        out.append("%s: %s: %s [%s]" % (place(f, True), f["severity"], f["message"], f["rule"]))
        if f["help"]:
            out.append("  help: " + f["help"])
        if f["accepted"]:
            a = f["accepted"]
            out.append("  accepted: %s by %s on %s until %s%s: %s" % (a["id"], a["by"], a["on"], a["until"], " for " + a["risk"] if a["risk"] else "", a["reason"]))
        out += ["  also: %s: %s" % (place(r), r["label"]) for r in f["related"]]
    return out


def rewrite(path, head, cases):
    lines = list(head)
    for case in cases:
        lines.append("== " + case.title)
        for name, raw, content in case.files:
            lines += ["-- " + ("raw " if raw else "") + name] + content
        lines += ["-- expect"] + case.expect + [""]
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write("\n".join(lines).rstrip("\n") + "\n")


def main():
    count = failed = 0
    folder = os.path.join(HERE, "language")
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        head, cases = parse(path)
        for case in cases:
            if sys.argv[1:] and not any(word in case.title for word in sys.argv[1:]):
                continue
            count += 1
            found = run(case)
            if os.environ.get("BLESS"):
                case.expect = found
            elif found != (case.expect or []):
                failed += 1
                print("FAIL %s: %s" % (name, case.title))
                print("\n".join("  expected: " + line for line in case.expect or ["(nothing)"]))
                print("\n".join("  found:    " + line for line in found or ["(nothing)"]))
                print("  again: ISMSC=%s tests/language.py '%s'" % (ISMSC, case.title))
        if os.environ.get("BLESS"):
            rewrite(path, head, cases)
    print("%d cases" % count)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
