#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Whether the fixtures of each rule reach both outcomes of each yes/no part of its expressions.

  rule_coverage.py [ID...]       of these rules, or of all; BLESS=1 brings uncovered.txt up to date instead of complaining
  rule_coverage.py --self-test   whether a fixture that is taken away is noticed

`rules.py --coverage` tells the same and checks the fixtures as well, in one go.

$BUILD/tests/rules (default build) watches every rule in _clean and _more, and else in its own patches alone: a part that only
another rule's fixtures reach could be wrong unseen. What can not be reached stands in tests/rules/uncovered.txt as

  ID | key | part | never true, or never false | why

and must not be reached: an entry that has become wrong fails as well.

Many a condition only keeps a rule out of what is the mistake of another one: a rule about the scope has nothing to say where there is
no scope. Then the other one's fixture shows it, as that must bring nothing but the other one's finding: tests/rules/borrowed.txt.
"""
import os
import re
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "tools"))
sys.dont_write_bytecode = True
from fixtures import Case, fixtures, patches_in, read, run_all, written_rules  # noqa: E402

exceptions = os.path.join(fixtures, "uncovered.txt")
TO_DO = "no fixture yet"


# ---- what was reached ----

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


def watching(rules, left_out=None):
    """{patch: rules to watch in it}; None is _clean. [left_out]: a patch that is treated as if it were not there."""
    borrowed, out = borrowings(), {}
    for patch in [None] + patches_in("_more"):
        out[patch] = rules or ["*"]
    for rule in rules or written_rules():
        for patch in patches_in(rule) + borrowed.get(rule, []):
            out.setdefault(patch, []).append(rule)
    return {patch: watch for patch, watch in out.items() if patch is None or patch != left_out}


def outcomes(rules, left_out=None):
    """[[rule, key, outcomes, part, where]]"""
    cases = [Case(patch, watch=watch) for patch, watch in watching(rules, left_out).items()]
    said, troubles = run_all(cases)
    misfits = ["%s does not fit _clean: %s" % (case.name(), case.misfit) for case in cases if case.misfit]
    if misfits + troubles:
        sys.exit("\n".join(misfits + troubles))
    return said


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
    asked = rules or [rule for rule, (_, code) in written_rules().items() if rule == code]
    return list(dict.fromkeys(lines + ["%s never ran" % rule for rule in asked if rule not in seen]))


def bless(rules, said, fine):
    """Brings the list of exceptions up to date: reasons and order stay, what is reached goes, what is new has no reason yet."""
    head = [line for line in read(exceptions).splitlines() if line.startswith("#")]
    gaps = missing(said)
    out = [(gap, why) for gap, why in accepted([]).items() if rules and gap[0] not in rules or gap in gaps]
    for gap in dict.fromkeys(gaps):
        if gap not in fine and not is_implied(gap, gaps):
            after = [i for i, (other, _) in enumerate(out) if other[0] == gap[0]]
            out.insert(after[-1] + 1 if after else len(out), (gap, TO_DO))
    with open(exceptions, "w") as f:
        f.write("\n".join(head + [" | ".join(gap + (why,)) for gap, why in out]) + "\n")


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
