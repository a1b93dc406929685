#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Whether each condition of tests/rules/facts.txt is a rule or was left out for a reason, and none is both or missing.

  rules_facts.py [--self-test]

facts.txt has the ids of all conditions the clauses, their cross-checks and Annex A give; the collection it comes from is
../shared/facts/clauses.yaml, which is compared where it is there.
"""
import os
import re
import sys

top = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")


def read(*path):
    with open(os.path.join(top, *path)) as f:
        return f.read()


def rules_written():
    folder = os.path.join(top, "schema", "rules")
    text = "\n".join(read("schema", "rules", name) for name in sorted(os.listdir(folder)))
    return re.findall(r'^- id: "?([^"\s]+)', text, re.M)


def left_out():
    """[(id, why)] of the table."""
    rows = re.findall(r"^\|([^|\n]*)\|(.*)\|$", read("docs", "rules-left-out.md"), re.M)
    return [(rule.strip(), why.strip()) for rule, why in rows if re.search(r"-\d+$", rule.strip())]


def collected():
    """The ids of the collection: those that end in a number of their own; the others are clauses."""
    if not os.path.exists(os.path.join(top, "..", "shared", "facts", "clauses.yaml")):
        return None
    ids = re.findall(r'^\s*- id: "?([^"\s]+)', read("..", "shared", "facts", "clauses.yaml"), re.M)
    return [rule for rule in ids if re.search(r"-\d+$", rule)]


def judge(facts, written, left, source):
    out = dict(left)
    lines = ["%s: neither a rule nor left out" % rule for rule in facts if rule not in written and rule not in out]
    lines += ["%s: a rule, and left out" % rule for rule in out if rule in written]
    lines += ["%s: left out without a reason" % rule for rule, why in left if not why]
    lines += ["%s: left out, but not in facts.txt" % rule for rule in out if rule not in facts]
    lines += ["docs/rules-left-out.md: %s stands before %s" % (a, b) for (a, _), (b, _) in zip(left, left[1:]) if natural(a) >= natural(b)]
    if source is not None:
        lines += ["%s: in the collection, not in facts.txt" % rule for rule in source if rule not in facts]
        lines += ["%s: in facts.txt, not in the collection" % rule for rule in facts if rule not in source]
    return lines


def natural(rule):
    return [(1, int(part), "") if part.isdigit() else (2, 0, part) for part in re.findall(r"\d+|[^\d]+", rule)]


def self_test():
    facts, written, left = ["4.1-01", "4.1-02"], ["4.1-01"], [("4.1-02", "because")]
    assert judge(facts, written, left, facts) == []
    broken = [
        ("neither a rule", (facts, [], left, facts)),
        ("a rule, and left out", (facts, facts, left, facts)),
        ("without a reason", (facts, written, [("4.1-02", "")], facts)),
        ("left out, but not", (facts, written, left + [("4.1-03", "because")], facts)),
        ("stands before", (facts + ["4.1-10"], written, [("4.1-10", "because")] + left, None)),
        ("not in facts.txt", (facts, written, left, facts + ["4.1-03"])),
        ("not in the collection", (facts, written, left, facts[:1])),
    ]
    for said, case in broken:
        assert any(said in line for line in judge(*case)), said
    print("%d cases" % (len(broken) + 1))


def main():
    if "--self-test" in sys.argv[1:]:
        return self_test()
    facts = [line for line in read("tests", "rules", "facts.txt").splitlines() if line and not line.startswith("#")]
    lines = judge(facts, rules_written(), left_out(), collected())
    print("\n".join(lines + ["%d cases" % len(facts)]))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
