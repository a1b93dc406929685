#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""One mistake gives one finding: examples/northwind with one thing wrong has exactly one finding more, of the rule that is meant.

  one_mistake.py             every mistake of the list below, and a sample of its keys misspelt
  DEEP=1 one_mistake.py      every key that stands anywhere, misspelt once in each place where it may stand
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ISMSC = os.environ.get("ISMSC") or os.path.join(HERE, "..", os.environ.get("BUILD", "build"), "ismsc")
EXAMPLE = os.path.join(HERE, "..", "examples", "northwind")
RISKS, POLICY, CONTROLS = "risks/platform.yaml", "policies/02-access-control.md", "controls/people.yaml"
SAMPLE = 25  # keys misspelt without DEEP

# What people do: a title, a file, a pattern, what takes its place (or what becomes of all bytes), and the finding; None: it is read as it is meant.
MISTAKES = [
    ("a tab for indentation", RISKS, r"\n    title:", "\n\ttitle:", "Y-10"),
    ("a no-break space for indentation", RISKS, r"\n    owner:", "\n\u00a0   owner:", "Y-17"),
    ("a no-break space behind a key", RISKS, r"\n    owner: ", "\n    owner:\u00a0", "Y-17"),
    ("a day as it is written elsewhere", RISKS, r"approved_on: \S+", "approved_on: 23.06.2026", "S-05"),
    ("a day that can be two", RISKS, r"approved_on: \S+", "approved_on: 03/04/2026", "S-05"),
    ("a choice in capitals", RISKS, r"option: modify", "option: Modify", "S-04"),
    ("a choice that is none", RISKS, r"option: modify", "option: whatever", "S-04"),
    ("a misspelt section", RISKS, r"risks:", "risk:", "S-01"),
    ("a section in American English", "isms.yaml", r"\norganisation:", "\norganization:", "S-01"),
    ("a risk without its title", RISKS, r"\n    title: .*", "", "S-08"),
    ("an incident without its title", "operations/incidents.yaml", r"\n    title: .*", "", "S-08"),
    ("a list of risks", RISKS, r"\n  (R-\d+):", r"\n  - id: \1", "S-03"),
    ("an id that nothing has", RISKS, r"owner: ROLE-cto", "owner: ROLE-nobody-at-all", "R-01"),
    ("the holder of a role misspelt", "people.yaml", r"holder: ana.lind", "holder: anna.lindt", "R-01"),
    ("somebody in a list misspelt", "operations/competence.yaml", r"attendees: \[claire.dunmore\]", "attendees: [claire.dunmoore]", "R-01"),
    ("somebody in a list by name", "operations/competence.yaml", r"attendees: \[claire.dunmore\]", "attendees: [Claire Dunmoore]", "S-06"),
    ("an issue in a list misspelt", "risks/product.yaml", r"issues: \[ISS-07\]", "issues: [ISS-077]", "R-01"),
    ("a name for an id", RISKS, r"owner: ROLE-cto", "owner: Raj Mehta", "S-06"),
    ("a control without its letter", RISKS, r"A\.8\.7", "8.7", "R-04"),
    ("a control with its title", CONTROLS, r"  A\.6\.1:", "  A.6.1 Screening:", "S-06"),
    ("a control of 2013", CONTROLS, r"  A\.6\.1:", "  A.7.1.1:", "R-04"),
    ("a number behind a #", RISKS, r"title: (\w+) ", r"title: \1 #1 ", "Y-19"),
    ("a title that is a remark", RISKS, r"title: ", "title: # ", "S-03"),
    ("a title without words", RISKS, r"title: .*", 'title: ""', "S-03"),
    ("a text that begins with a list in brackets", RISKS, r"title: ", "title: [Draft] ", "Y-01"),
    ("a text that begins with an asterisk", RISKS, r"title: (\w+)", r"title: *\1*", "Y-01"),
    ("a text that begins with a quoted word", RISKS, r"title: (\w+)", r'title: "\1"', "Y-01"),
    ("a key in the column of the ids", RISKS, r"\n    owner:", "\n  owner:", "Y-01"),
    ("the last key of a record in the column of the ids", RISKS, r"\n    status: open\n  R", "\n  status: open\n  R", "S-03"),
    ("a key with keys of its own in the column of the ids", RISKS, r"\n    treatment:", "\n  treatment:", "Y-01"),
    ("a key in the column of the sections", RISKS, r"\n    owner:", "\nowner:", "Y-01"),
    ("the last key of a file in the column of the sections", RISKS, r"\n    status: open\n$", "\nstatus: open\n", "S-03"),
    ("a row of a spreadsheet", RISKS, r"\Z", "R-099\tFire\tROLE-cto\t3\t4\n", "Y-10"),
    ("a row of a table", RISKS, r"\Z", "| R-099 | Fire | ROLE-cto |\n", "Y-01"),
    ("a remark of another language", RISKS, r"\n    owner:", "\n    // who\n    owner:", "Y-01"),
    ("curly quotes around a colon", RISKS, r"\n    title: .*", "\n    title: \u201cFire: all is lost\u201d", "Y-01"),
    ("a question mark in front", RISKS, r"\n    title: ", "\n    title: ? ", "Y-01"),
    ("the name of a step", RISKS, r"likelihood: \d", "likelihood: Likely", "S-03"),
    ("a share for a step", RISKS, r"likelihood: \d", "likelihood: 60%", "S-03"),
    ("ids without their brackets", RISKS, r"existing_controls: \[([^\]]*)\]", r"existing_controls: \1", "S-03"),
    ("a key twice", RISKS, r"    owner: ", "    owner: ROLE-ism\n    owner: ", "Y-05"),
    ("a merge key", RISKS, r"    owner: ", "    <<: *base\n    owner: ", "Y-03"),
    ("a key without its colon", RISKS, r"    owner: ", "    owner ", "Y-01"),
    ("a key too far in", RISKS, r"\n    owner:", "\n      owner:", "Y-01"),
    ("a quote that does not end", RISKS, r"title: ", "title: 'x ", "Y-01"),
    ("a bracket that does not end", RISKS, r"\]", "", "Y-01"),
    ("words where sections belong", RISKS, r"(?s)^.*$", "Our risks are in the other file.\n", "S-03"),
    ("a head without its end", POLICY, r"\n---\n", "\n", "Y-16"),
    ("a blank line above a head", POLICY, r"\A---", "\n---", None),
    ("a blank before a head", POLICY, r"\A---", " ---", None),
    ("a head without its first line", POLICY, r"\A---\n", "", "Y-20"),
    ("a head whose dashes became one", POLICY, r"\A---", "\u2014", "Y-20"),
    ("words above a head", POLICY, r"\A---", "# Access control\n\n---", "Y-20"),
    ("a head without an id", POLICY, r"\nid: \S+", "", "S-02"),
    ("bullets as Word has them", POLICY, r"\n## ", "\n• one\n• two\n\n## ", "M-21"),
    ("a heading without a blank", POLICY, r"\n## ", "\n##", "M-21"),
    ("a table with a column too few in its dashes", POLICY, r"\Z", "\n| a | b |\n|---|\n| c | d |\n", "M-21"),
    ("UTF-16", POLICY, None, lambda text: text.encode("utf-16"), "Y-13"),
    ("Latin-1", POLICY, None, lambda text: (text + "\nCaf\u00e9s, h\u00f4tels.\n").encode("latin-1", "ignore"), "Y-12"),
    ("a Word file", POLICY, None, lambda text: b"PK\x03\x04\x14\0\x06\0" + bytes(range(256)) * 9, "Y-18"),
    ("a picture", POLICY, None, lambda text: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "Y-18"),
]


def check(folder):
    done = subprocess.run([ISMSC, "check", "-C", folder, "--as-of", "2026-11-21", "--format", "json"], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    if done.returncode not in (0, 1) or done.stderr:
        return [{"fingerprint": "", "rule": "-", "message": done.stderr.decode(errors="replace"), "file": "", "line": done.returncode}]
    return json.loads(done.stdout.decode("utf-8"))["findings"]


def keys_of(path, text):
    """Each place where a key may stand, once: its name with those above it, ids left out, and where it is. By indentation alone."""
    end = text.find("\n---\n", 3) if path.endswith(".md") else len(text)
    above, block = [], None
    for match in re.finditer(r"(?m)^( *)((?:- )?)([A-Za-z0-9_.:-]+):(?= |$)(.*)$", text[:end]):
        column = len(match.group(1)) + len(match.group(2))
        if block is not None and column > block:
            continue
        block = column if re.match(r"\s*[|>]", match.group(4)) else None
        while above and above[-1][0] >= column:
            above.pop()
        above.append((column, match.group(3)))
        names = [re.sub(r".*[^a-z_].*", "*", name) for _, name in above]
        if names[-1] != "*" and len(names[-1]) > 3:
            yield ".".join(names), match.start(3), match.end(3)


def misspelt():
    """The sources with one key misspelt each: (title, path, text)."""
    seen = set()
    for folder, folders, files in os.walk(EXAMPLE):
        folders[:] = sorted(f for f in folders if f not in ("build", "templates", "brand", "rules"))
        for name in sorted(files):
            path = os.path.relpath(os.path.join(folder, name), EXAMPLE)
            if not name.endswith((".yaml", ".md")) or name == "README.md":
                continue
            with open(os.path.join(EXAMPLE, path), encoding="utf-8", newline="") as file:
                text = file.read()
            for place, begin, end in keys_of(path, text):
                if (name[-3:], place) not in seen:
                    seen.add((name[-3:], place))
                    yield "the key %s in %s" % (place, path), path, text[:end - 1] + "q" + text[end:]


def mistakes():
    for title, path, pattern, becomes, rule in MISTAKES:
        with open(os.path.join(EXAMPLE, path), encoding="utf-8", newline="") as file:
            text = file.read()
        if pattern is None:
            yield title, path, becomes(text), rule
            continue
        wrong = re.sub(pattern, becomes, text, count=0 if title == "a list of risks" else 1)
        assert wrong != text, title
        yield title, path, wrong.encode(), rule
    keys = list(misspelt())
    step = 1 if os.environ.get("DEEP") else max(1, len(keys) // SAMPLE)
    for title, path, text in keys[::step]:
        yield title, path, text.encode(), "S-01"


def main():
    count = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, "northwind")
        shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns("build"))
        before = {f["fingerprint"] for f in check(copy)}
        for title, path, wrong, rule in mistakes():
            with open(os.path.join(copy, path), "rb") as file:
                right = file.read()
            with open(os.path.join(copy, path), "wb") as file:
                file.write(wrong)
            found = [f for f in check(copy) if f["fingerprint"] not in before]
            with open(os.path.join(copy, path), "wb") as file:
                file.write(right)
            count += 1
            if [f["rule"] for f in found] != ([rule] if rule else []):
                failed += 1
                print("FAIL %s: %s is expected, and there %s" % (title, "one " + rule if rule else "none", "is" if len(found) == 1 else "are %d findings" % len(found)))
                for f in found[:6]:
                    print("  %s:%d: %s [%s]" % (f["file"], f["line"], f["message"], f["rule"]))
    print("%d mistakes" % count)
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
