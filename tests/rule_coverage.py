#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Whether the fixtures of each rule reach both outcomes of each yes/no part of its expressions.

  rule_coverage.py [ID...]       of these rules, or of all; BLESS=1 brings uncovered.txt up to date instead of complaining
  rule_coverage.py --self-test   whether a fixture that is taken away is noticed

$BUILD/tests/rule_coverage (default build) runs every rule over _clean and _more, and over its own patches alone: a part that only
another rule's fixtures reach could be wrong unseen. What can not be reached stands in tests/rules/uncovered.txt as

  ID | key | part | never true, or never false | why

and must not be reached: an entry that has become wrong fails as well.

Many a condition only keeps a rule out of what is the mistake of another one: a rule about the scope has nothing to say where there is
no scope. Then the other one's fixture shows it, as that must bring nothing but the other one's finding: tests/rules/borrowed.txt.
"""
import glob
import os
import re
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
fixtures = os.path.join(here, "rules")
program = os.path.join(os.environ.get("BUILD", os.path.join(here, "..", "build")), "tests", "rule_coverage")
exceptions = os.path.join(fixtures, "uncovered.txt")
TO_DO = "no fixture yet"


def read(path):
    with open(path, newline="") as f:
        return f.read()


def clean_files():
    root = os.path.join(fixtures, "_clean")
    paths = [os.path.join(base, name) for base, _, names in os.walk(root) for name in names]
    return {os.path.relpath(path, root): read(path) for path in paths}


# ---- patches ----

def place_of(lines, old, wanted):
    """Where the lines [old] stand, as near to [wanted] as there are such."""
    places = [i for i in range(len(lines) - len(old) + 1) if lines[i:i + len(old)] == old]
    return min(places, key=lambda i: abs(i - wanted)) if places else None


def trimmed(hunk, fuzz):
    """The hunk without the outermost [fuzz] lines of context, as patch(1) tries when the rest has changed."""
    first = next(i for i, line in enumerate(hunk) if line[0] != " ")
    last = len(hunk) - next(i for i, line in enumerate(reversed(hunk)) if line[0] != " ")
    return min(fuzz, first), hunk[min(fuzz, first):max(last, len(hunk) - fuzz)]


def lay_hunk(lines, start, hunk, shift):
    """Changes [lines]; the shift of what follows, or None where the hunk does not fit."""
    for fuzz in range(3):
        skipped, rest = trimmed(hunk, fuzz)
        old = [line[1:] for line in rest if line[0] in " -"]
        new = [line[1:] for line in rest if line[0] in " +"]
        wanted = max(start - 1, 0) + skipped + shift
        at = place_of(lines, old, wanted)
        if at is not None:
            lines[at:at + len(old)] = new
            return at - wanted + shift + len(new) - len(old)
    return None


def hunks_of(body):
    """(file before, file after, [(first line, lines)]) for each file of a unified diff."""
    files, lines = [], body.splitlines(keepends=True)
    i = 0
    while i < len(lines):
        header = re.match(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", lines[i])
        if lines[i].startswith("--- "):
            names = [re.sub(r"^[ab]/", "", lines[i + k].split("\t")[0][4:].strip()) for k in (0, 1)]
            files.append((names[0], names[1], []))
            i += 2
        elif header:
            old, new = (int(header.group(k) or 1) for k in (2, 4))
            hunk = []
            i += 1
            while i < len(lines) and (old > 0 or new > 0 or lines[i].startswith("\\")):
                if lines[i].startswith("\\"):
                    hunk[-1] = hunk[-1].rstrip("\n")
                else:
                    line = lines[i] if lines[i].strip("\n") else " \n"
                    old -= line[0] in " -"
                    new -= line[0] in " +"
                    hunk.append(line)
                i += 1
            files[-1][2].append((int(header.group(1)), hunk))
        else:
            i += 1
    return files


def lay(patch, files):
    """The files with the patch laid over them."""
    text, out = read(patch), dict(files)
    at = re.search(r"^--- ", text, re.M)
    head, body = (text[:at.start()], text[at.start():]) if at else (text, "")
    for name in re.findall(r"^delete (\S+)", head, re.M):
        del out[name]
    for before, after, hunks in hunks_of(body):
        lines, shift = out.pop(before, "").splitlines(keepends=True), 0
        for start, hunk in hunks:
            shift = lay_hunk(lines, start, hunk, shift)
            if shift is None:
                sys.exit("%s does not fit _clean" % os.path.relpath(patch))
        if lines:
            out[before if after == "/dev/null" else after] = "".join(lines)
    return out


# ---- what was reached ----

def one_case(rule, files):
    parts = [b"case %s\n" % rule.encode()]
    for name, text in sorted(files.items()):
        data = text.encode()
        parts.append(b"file %d %s\n%s" % (len(data), name.encode(), data))
    return b"".join(parts + [b"end\n"])


def patches_of(rule, borrowed):
    return sorted(glob.glob(os.path.join(fixtures, rule, "*.patch"))) + borrowed.get(rule, [])


def borrowings():
    """{rule: [patch of another one]}"""
    out = {}
    for line in read(os.path.join(fixtures, "borrowed.txt")).splitlines():
        if line and not line.startswith("#"):
            rule, patch = line.split()
            out.setdefault(rule, []).append(os.path.join(fixtures, patch))
            if not os.path.exists(out[rule][-1]):
                sys.exit("tests/rules/borrowed.txt: there is no %s for %s" % (patch, rule))
    return out


def outcomes(rules, left_out=None):
    """[(rule, key, outcomes, part, where)] as the program says it. [left_out]: a patch that is treated as if it were not there."""
    clean, borrowed = clean_files(), borrowings()
    run = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    right = [clean] + [lay(patch, clean) for patch in patches_of("_more", {})]
    for rule in rules or ["*"]:
        for files in right:
            run.stdin.write(one_case(rule, files))
    for rule in rules or [name for name in sorted(os.listdir(fixtures)) if name[0] != "_"]:
        for patch in patches_of(rule, borrowed):
            if patch != left_out:
                run.stdin.write(one_case(rule, lay(patch, clean)))
    said = run.communicate()[0].decode()
    if run.returncode:
        sys.exit(run.returncode)
    return [line.split("\t") for line in said.splitlines()]


def missing(said):
    """{(rule, key, part, what is missing)}; a part counts as often as it is written."""
    out = []
    for rule, key, was, part, _ in said:
        part = re.sub(r"\s+", " ", part)
        out += [(rule, key, part, "never " + word) for letter, word in (("t", "true"), ("f", "false")) if letter not in was]
    return out


def is_implied(gap, gaps):
    """Where a part of it lacks the same outcome, the whole can not have had it."""
    rule, key, part, never = gap
    other = "never false" if never == "never true" else "never true"
    if part[:1] == "!" and (rule, key, part[1:].strip(), other) in gaps:
        return True
    return any(g[0] == rule and g[1] == key and g[3] == never and g[2] != part and g[2] in part for g in gaps)


def accepted(rules):
    """{what is missing: why}. A part may have a | of its own: the outer columns have none."""
    out = {}
    for number, line in enumerate(read(exceptions).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = re.match(r"(\S+) \| (\S+) \| (.+) \| (never true|never false) \| (.+)$", line)
        if not match:
            sys.exit("tests/rules/uncovered.txt:%d: not `ID | key | part | never true or never false | why`" % number)
        if not rules or match.group(1) in rules:
            out[match.groups()[:4]] = match.group(5)
    return out


def judge(rules, said, fine):
    """What to complain of, line by line, when [fine] may be missing."""
    gaps = missing(said)
    lines = [" | ".join(gap) for gap in dict.fromkeys(gaps) if gap not in fine and not is_implied(gap, gaps)]
    lines += ["tests/rules/uncovered.txt: it is reached now, or gone: " + " | ".join(gap) for gap in sorted(fine) if gap not in gaps]
    seen = {rule for rule, *_ in said}
    return list(dict.fromkeys(lines + ["%s never ran" % rule for rule in rules if rule not in seen]))


def bless(rules, said, fine):
    """Brings the list of exceptions up to date: reasons stay, what is reached goes, what is new has no reason yet."""
    head = [line for line in read(exceptions).splitlines() if line.startswith("#")]
    gaps = missing(said)
    out = {gap: why for gap, why in accepted([]).items() if rules and gap[0] not in rules}
    out.update((gap, fine.get(gap, TO_DO)) for gap in gaps if gap in fine or not is_implied(gap, gaps))
    with open(exceptions, "w") as f:
        f.write("\n".join(head + [" | ".join(gap + (why,)) for gap, why in out.items()]) + "\n")


def self_test():
    """A fixture that is taken away is missed, and so is an exception that has become wrong."""
    rule, without = "4.1-05", os.path.join(fixtures, "4.1-05", "good.patch")
    whole = outcomes([rule])
    assert judge([rule], whole, set()) == [], "%s is not covered to begin with" % rule
    assert judge([rule], outcomes([rule], without), set()), "%s is not needed, or nobody notices" % without
    assert judge([rule], whole, {(rule, whole[0][1], whole[0][3], "never true")}), "an exception that is reached goes unnoticed"
    assert judge([rule], [], set()), "a rule that never ran goes unnoticed"
    print("4 cases")


def main():
    if "--self-test" in sys.argv[1:]:
        return self_test()
    rules = sys.argv[1:]
    said = outcomes(rules)
    fine = accepted(rules)
    if os.environ.get("BLESS"):
        return bless(rules, said, fine)
    lines = judge(rules, said, fine)
    print("\n".join(lines + ["%d cases, %d gaps" % (len(said), len(lines))]))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
