#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks every rule of schema/rules against its fixtures.

  rules.py [ID...]              of these rules, or of all; BLESS=1 rewrites each expect.txt
  rules.py --coverage [ID...]   and whether they reach every part of the rules' expressions, as rule_coverage.py tells it
  rules.py --mutate [ID...]     each rule is switched off through checks.disabled, and its bad fixtures must then bring nothing:
                                each is caught by its own rule alone
  rules.py --self-test          whether each kind of failure is noticed

tests/rules/_clean/ is the smallest ISMS about which no rule says anything on 2026-11-21. The fixtures of a rule differ from it by a
patch each:
  tests/rules/ID/bad.patch    must bring findings of this rule and of no other; expect.txt has them word by word
  tests/rules/ID/good.patch   comes close and is right: it must bring nothing
There may be more for a rule, as bad-date.patch with expect-date.txt, or good-date.patch.
tests/rules/_more/ has ISMSs that are right in another way, for all rules together: each must bring nothing.
Whole ISMSs that fool checkers, each a patch whose first line names the trap:
  tests/rules/_false-alarms/NN-name.patch   looks wrong and is right: must bring nothing
  tests/rules/_alarms/NN-name.patch         must bring the findings of NN-name.txt, all of them and no others
_more, _false-alarms and _alarms can be given as an ID. A patch begins with a comment where it needs one, then `after FOLDER/FILE.patch`
where it changes what another patch makes of _clean, `delete FILE` lines, then a unified diff of _clean. To write one: copy _clean, edit the copy, `diff -Nru _clean copy`.

The ISMSs are checked in memory by $BUILD/tests/rules (default build); some go through $BUILD/ismsc as well, which must say the same.
"""
import difflib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "tools"))
sys.dont_write_bytecode = True
import rule_coverage  # noqa: E402
from patches import laid_before  # noqa: E402
from fixtures import Case, build, clean_files, fixtures, patches_in, read, run_all, top, write_below, written_rules  # noqa: E402

program = os.path.join(build, "ismsc")
bless = os.environ.get("BLESS")
# What worktree_provider() never reads: there a case in memory and one on disk are not the same.
NEVER_SOURCES = re.compile(r"(build|templates|node_modules|brand[^/]*)/|(.*/)?\.")
failures = []


def complain(what, text="", again=""):
    lines = ["FAIL " + what] + ["     " + line for line in text.splitlines()]
    failures.append("\n".join(lines + (["     again: tests/rules.py %s" % again] if again else [])))


# ---- what a case brings ----

def said(case):
    """What the program says on its two outputs together."""
    if case.status is None:
        return "it was not checked [?]\n"
    return case.text if case.status < 2 else "exit status %d: %s [?]\n" % (case.status, case.text)


def found(case):
    """What the findings are called, each once, in order; `?` where a part of a message is left open."""
    out = []
    for line in said(case).splitlines():
        names = ["?"] if "?" in line else []
        if ": accepted: " not in line:
            names.append(re.sub(r"\]$", "", line.rpartition("[")[2]))
        out += names
    return list(dict.fromkeys(out))


def differs(case, path):
    """How what is said differs from the file, which is written anew when that is asked for."""
    if bless:
        with open(path, "w", newline="") as f:
            f.write(said(case))
    old = read(path) if os.path.exists(path) else ""
    if old == said(case):
        return ""
    return "\n".join(difflib.unified_diff(old.splitlines(), said(case).splitlines(), os.path.relpath(path, top), "what is said", n=0, lineterm=""))


def judge_bad(case):
    if found(case) != [case.code]:
        complain("%s must bring %s alone, with no part of a message left open, and brings:" % (case.name(), case.code), said(case), case.rule)
        return
    difference = differs(case, case.expect)
    if difference:
        complain("%s: the finding differs from %s:" % (case.name(), os.path.relpath(case.expect, top)), difference, case.rule)


def judge_good(case):
    if found(case):
        complain("%s must bring nothing, and brings:" % case.name(), said(case), case.rule)


def judge_exact(case):
    """The findings of the file, whoever says them."""
    difference = differs(case, case.expect)
    if difference or not said(case):
        complain("%s brings nothing, or other findings than %s:" % (case.name(), os.path.relpath(case.expect, top)), difference, case.rule)


def judge_disabled(case):
    # What can not be read can not be switched off; only rules that the language speaks for may say so.
    # That it should not be at stage certified is said beside it.
    left = [code for code in found(case) if code != "C-10"]
    if left and not (case.rule != case.code and left == ["C-06", case.code]):
        complain("%s with rule %s disabled still brings:" % (case.name(), case.rule), said(case), "--mutate " + case.rule)


def judge_nothing(case):
    """It only serves what other rules' expressions reach."""


# ---- the cases ----

def one(judge, rule, code, patch, expect=None, more=None):
    case = Case(patch, more)
    case.judge, case.rule, case.code, case.expect = judge, rule, code, expect
    return case


def cases_of_rule(rule, code, mutate):
    if not all(os.path.exists(os.path.join(fixtures, rule, name + ".patch")) for name in ("bad", "good")):
        complain("%s: needs bad.patch and good.patch" % rule)
        return []
    more = {"checks.yaml": "checks:\n  disabled: {%s: to see whether anything else reports it}\n" % rule} if mutate else None
    bad = [one(judge_disabled if mutate else judge_bad, rule, code, patch, re.sub(r"/bad([^/]*)\.patch$", r"/expect\1.txt", patch), more)
           for patch in patches_in(rule, "bad")]
    return bad if mutate else bad + [one(judge_good, rule, code, patch) for patch in patches_in(rule, "good")]


def traps(folder):
    cases = []
    for patch in patches_in(folder):
        if not re.match(r"# Trap \d*: ", read(patch)) and folder != "_more":
            complain("%s must open with the trap it is about" % os.path.relpath(patch, top))
        if folder == "_alarms":
            cases.append(one(judge_exact, folder, "", patch, patch[:-len(".patch")] + ".txt"))
        else:
            cases.append(one(judge_good, folder, "", patch))
    return cases


def cases_for(ids, rules, mutate):
    if not ids:
        cases = [one(judge_good, "", "", None)] + ([] if mutate else traps("_more"))
        cases += [case for rule, (_, code) in rules.items() for case in cases_of_rule(rule, code, mutate)]
        return cases + ([] if mutate else traps("_false-alarms") + traps("_alarms"))
    cases = []
    for name in ids:
        if name in ("_more", "_false-alarms", "_alarms"):
            cases += traps(name)
        elif name in rules:
            cases += cases_of_rule(name, rules[name][1], mutate)
        else:
            complain("there is no rule %s" % name)
    return cases


def watched(cases, ids):
    """The cases, told which rules to watch, and those that only the watching needs."""
    wanted = rule_coverage.watching(ids)
    for case in cases:
        case.watch = wanted.pop(case.patch, [])
    for patch, watch in wanted.items():
        case = one(judge_nothing, "", "", patch)
        case.watch = watch
        cases.append(case)
    return cases


# ---- the program itself ----

def laid_by_patch(case, folder):
    """Whether patch(1) lays it as we do; it is not everywhere, and nothing but this needs it."""
    other = folder + "-patched"
    shutil.copytree(os.path.join(fixtures, "_clean"), other)
    laid = True
    for patch in laid_before(case.patch, read(case.patch)) + [case.patch]:
        for name in re.findall(r"^delete (\S+)", read(patch), re.M):
            os.remove(os.path.join(other, name))
        run = subprocess.run(["patch", "-s", "-E", "-p1", "--no-backup-if-mismatch", "-d", other, "-i", patch], stdout=subprocess.PIPE)
        laid = laid and run.returncode == 0
    return laid and subprocess.run(["diff", "-r", folder, other], stdout=subprocess.PIPE).returncode == 0


def check_with_program(case, clean, work):
    folder = os.path.join(work, "isms-%d" % len(os.listdir(work)))
    write_below(folder, case.lay(clean))
    run = subprocess.run([program, "check", "--format", "concise", "--all", "--as-of", "2026-11-21", "-C", folder],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    text = run.stdout.decode() + run.stderr.decode()
    if (run.returncode, text) != (case.status, case.text):
        complain("%s: `ismsc check --format concise --all` has exit status %d and says:" % (case.name(), run.returncode), text, case.rule)
    if case.patch and not case.more and shutil.which("patch") and not laid_by_patch(case, folder):
        complain("%s: patch(1) does not lay it as tests/tools/patches.py does" % case.name(), "", case.rule)


def check_some_with_program(cases):
    """Where the two ways could differ: the alarms, one case in a hundred, and what is nothing but a file on disk."""
    clean = clean_files()
    with tempfile.TemporaryDirectory() as work:
        for number, case in enumerate(cases):
            if case.misfit or case.status is None:
                continue
            if case.rule == "_alarms" or number % 100 == 0 or any(map(NEVER_SOURCES.match, case.lay(clean))):
                check_with_program(case, clean, work)


# ---- the list of rules ----

def check_list(rules):
    """The program knows the rules that are written, and no others; folders and published ids belong to one."""
    listed = json.loads(subprocess.run([program, "rules", "--format", "json"], stdout=subprocess.PIPE, check=True).stdout)
    listed = listed if isinstance(listed, list) else listed["rules"]
    known = {rule["id"] for rule in listed if rule["basis"] != "language"}
    for rule in sorted(known ^ set(rules)):
        complain("ismsc rules lists other rules than schema/rules: %s" % rule)
    for name in sorted(os.listdir(fixtures)):
        if os.path.isdir(os.path.join(fixtures, name)) and name[0] != "_" and name not in rules:
            complain("tests/rules/%s belongs to no rule" % name)
    # Ids and names are for ever: acceptances and reports of users name them.
    once = {line for line in read(os.path.join(fixtures, "ids.txt")).splitlines() if line and line[0] != "#"}
    now = {"%s %s" % (rule, name) for rule, (name, _) in rules.items()}
    for line in sorted(once - now):
        complain("tests/rules/ids.txt: %s: a published rule is gone or has another name" % line)
    for line in sorted(now - once):
        complain("tests/rules/ids.txt: %s: not in tests/rules/ids.txt yet, append it" % line)


# ---- what it is good for ----

def self_test():
    """Each judge complains of a case that it must not let pass."""
    bad, good = (os.path.join(fixtures, "4.1-05", name) for name in ("bad.patch", "good.patch"))
    expect, other = os.path.join(fixtures, "4.1-05", "expect.txt"), os.path.join(fixtures, "4.1-01", "expect.txt")
    unfit = {"bad.patch": "--- a/isms.yaml\n+++ b/isms.yaml\n@@ -1 +1 @@\n-nowhere: 1\n+nowhere: 2\n"}
    with tempfile.TemporaryDirectory() as work:
        write_below(work, unfit)
        cases = [one(judge_bad, "4.1-05", "4.1-05", bad, other), one(judge_bad, "4.1-05", "4.1-01", bad, expect),
                 one(judge_bad, "4.1-05", "4.1-05", good, expect), one(judge_good, "4.1-05", "4.1-05", bad),
                 one(judge_exact, "4.1-05", "", bad, other), one(judge_disabled, "4.1-05", "4.1-05", bad),
                 one(judge_good, "4.1-05", "4.1-05", os.path.join(work, "bad.patch"))]
        troubles = run_all(cases)[1]
        assert not troubles and cases[-1].misfit and all(case.status is not None for case in cases[:-1])
        for case in cases[:-1]:
            before = len(failures)
            case.judge(case)
            assert len(failures) > before, "%s %s" % (case.judge.__name__, case.name())
        case = Case()
        assert run_all([case], os.path.join(work, "nothing"))[1] and found(case) == ["?"], "a process that dies"
        before = len(failures)
        cases[0].text += "more\n"
        check_with_program(cases[0], clean_files(), work)
        assert len(failures) == before + 1, "the program says something else"
    print("%d cases" % (len(cases) + 2))


def main():
    if "--self-test" in sys.argv[1:]:
        return self_test()
    ids = [word for word in sys.argv[1:] if not word.startswith("--")]
    mutate = "--mutate" in sys.argv[1:] or bool(os.environ.get("MUTATE"))
    coverage = "--coverage" in sys.argv[1:]
    rules = written_rules()
    cases = cases_for(ids, rules, mutate)
    judged = len(cases)
    parts, troubles = run_all(watched(cases, ids) if coverage else cases)
    for case in cases:
        if case.misfit:
            complain("%s does not fit _clean: %s" % (case.name(), case.misfit), "", case.rule)
        else:
            case.judge(case)
    for trouble in troubles:
        complain(trouble.partition("\n")[0], trouble.partition("\n")[2])
    check_some_with_program(cases)
    if not ids and not mutate:
        check_list(rules)
    names = [name for name in ids if name[0] != "_"]
    gaps = rule_coverage.judge(names, parts, rule_coverage.accepted(names)) if coverage and (names or not ids) else []
    print("\n".join(failures + ["FAIL " + gap for gap in gaps]
                    + ["rules: %d failed" % (len(failures) + len(gaps)) if failures or gaps
                       else "rules: %d cases passed%s" % (judged, ", no gap in %d parts of rules" % len(parts) if coverage else "")]))
    return 1 if failures or gaps else 0


if __name__ == "__main__":
    sys.exit(main())
