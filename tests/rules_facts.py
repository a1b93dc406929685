#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Whether each condition of tests/rules/facts.txt is a rule or was left out for a reason, none is both or missing, and another grade has a reason.

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
    """{id: grade}"""
    folder = os.path.join(top, "schema", "rules")
    text = "\n".join(read("schema", "rules", name) for name in sorted(os.listdir(folder)))
    return dict(re.findall(r'^- id: "?([^"\s]+)[^\0]*?^  severity: (\w+)', text, re.M))


def rows_of(section):
    """The cells of each row about a condition, in the part of the page that [section] begins."""
    rows = ([cell.strip() for cell in line[1:-1].split("|")] for line in section.splitlines() if line.startswith("|"))
    return [row for row in rows if re.search(r"-\d+$", row[0])]


def left_out():
    """([id, why], [id, collected grade, grade here, why]) of the two tables."""
    return [rows_of(section) for section in read("docs", "rules-left-out.md").split("\n## Graded otherwise\n")]


def collected():
    """{id: grade} of the collection: of ids that end in a number of their own; the others are clauses."""
    if not os.path.exists(os.path.join(top, "..", "shared", "facts", "clauses.yaml")):
        return None
    text = read("..", "shared", "facts", "clauses.yaml")
    return dict(re.findall(r'^\s*- id: "?([^"\s]+-\d+)"?$\n(?:^(?!\s*- id:).*$\n)*?^\s*severity: (\w+)', text, re.M))


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


def judge_grades(written, graded, source):
    """Each rule of another grade than it was collected with has a row that says so, and no row says what is not so."""
    rows = {row[0]: row for row in graded}
    differ = [rule for rule in source if rule in written and written[rule] != source[rule]]
    lines = ["%s: collected as %s, %s here, and nothing says why" % (rule, source[rule], written[rule]) for rule in differ if rule not in rows]
    return lines + ["%s: the row does not say what is so" % rule for rule, row in rows.items()
                    if rule not in differ or row[1:3] != [source[rule], written[rule]] or not row[3:] or not row[3]]


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
    rule, here, there = "4.1-01", {"4.1-01": "minor"}, {"4.1-01": "major"}
    assert judge_grades(here, [[rule, "major", "minor", "because"]], there) == judge_grades(here, [], here) == []
    for graded, source in (([], there), ([[rule, "major", "minor", "because"]], here), ([[rule, "minor", "major", "because"]], there), ([[rule, "major", "minor", ""]], there)):
        assert judge_grades(here, graded, source), graded
    print("%d cases" % (len(broken) + 6))


def main():
    if "--self-test" in sys.argv[1:]:
        return self_test()
    facts = [line for line in read("tests", "rules", "facts.txt").splitlines() if line and not line.startswith("#")]
    written, source, (left, graded) = rules_written(), collected(), left_out()
    lines = judge(facts, written, left, source) + (judge_grades(written, graded, source) if source else [])
    print("\n".join(lines + ["%d cases" % len(facts)]))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
