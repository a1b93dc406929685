#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes docs/rules/: a page for each rule, with what it says about a wrong ISMS and a near miss that is right.

  rule_pages.py PROGRAM [FOLDER]   writes the pages, by default below docs/
  rule_pages.py PROGRAM --check    writes nothing and fails where a page is not what it would be

The examples are the fixtures of the rules: tests/rules/ID/bad.patch and good.patch change the small ISMS in tests/rules/_clean.
"""
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
top = os.path.dirname(os.path.dirname(here))
fixtures = os.path.join(top, "tests", "rules")
AS_OF = "2026-11-21"
BASIS = {"requirement": "required by the standard", "own_rule": "the organisation's own rule", "practice": "audit practice, not wording of the standard"}
STAGES = {"draft": "from the first draft on", "stage-1": "from stage 1 on", "stage-2": "from stage 2 on", "certified": "once certified"}


def run(*args):
    return subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True, encoding="utf-8")


def patch_parts(path):
    """The comment, the files it deletes, and the diff."""
    text = open(path, encoding="utf-8").read()
    at = re.search(r"^--- ", text, re.M)
    head, body = (text[:at.start()], text[at.start():]) if at else (text, "")
    return re.findall(r"^delete (\S+)", head, re.M), body


class Isms:
    """A copy of the clean ISMS to which patches are applied in turn."""

    def __init__(self, work):
        self.path = os.path.join(work, "isms")
        shutil.copytree(os.path.join(fixtures, "_clean"), self.path)

    def patched(self, path):
        deleted, body = patch_parts(path)
        for name in deleted:
            os.remove(os.path.join(self.path, name))
        if body:
            subprocess.run(["patch", "-s", "-E", "-p1", "--no-backup-if-mismatch", "-d", self.path, "-i", path], check=True)

    def restore(self):
        shutil.rmtree(self.path)
        shutil.copytree(os.path.join(fixtures, "_clean"), self.path)


def shown(path):
    """A patch for readers: the diff without the a/ and b/ of its file names."""
    deleted, body = patch_parts(path)
    body = re.sub(r"^(---|\+\+\+) [ab]/", r"\1 ", body, flags=re.M)
    lines = ["Without `%s`." % name for name in deleted]
    text = "\n".join(lines)
    if body:
        text += ("\n\n" if text else "") + "```diff\n" + body.rstrip("\n") + "\n```"
    return text


def finding_of(program, isms, rule, path):
    """The first finding of the rule, as a terminal shows it."""
    isms.patched(path)
    text = run(program, "check", "--all", "--color", "never", "--as-of", AS_OF, "-C", isms.path).stdout
    isms.restore()
    code = rule.get("builtin") or rule["id"]
    for block in text.split("\n\n"):
        if re.match(r"\w+\[(%s|%s)[ \]]" % (re.escape(code), re.escape(rule["id"])), block):
            return block
    raise SystemExit("%s: %s brings no finding of it" % (rule["id"], path))


def expressions_of():
    """What each rule asks, as it is written in schema/rules/."""
    written = {}
    for name in sorted(glob.glob(os.path.join(top, "schema", "rules", "*.yaml"))):
        for entry in re.split(r"^(?=- id: )", open(name, encoding="utf-8").read(), flags=re.M)[1:]:
            rule = re.match(r"- id: [\"']?([^\"'\s]+)", entry).group(1)
            keys = re.split(r"^  (?=[a-z_]+:)", entry, flags=re.M)
            keep = [key.rstrip("\n") for key in keys if re.match(r"(params|given|for|each|when|assert|builtin|yields):", key)]
            keep = [re.sub(r"\n\s*#[^\n]*", "", key) for key in keep]
            written[rule] = ("\n".join(re.sub(r"^  ", "", key, flags=re.M) for key in keep), re.search(r"^  builtin: (\S+)", entry, re.M))
    return written


def page(program, isms, rule, asked):
    folder = os.path.join(fixtures, rule["id"])
    bad, good = os.path.join(folder, "bad.patch"), os.path.join(folder, "good.patch")
    where = "control" if rule["clause"].startswith("A.") else "clause"
    return """# %s %s

<!-- Made by docs/tools/rule_pages.py from schema/rules/ and tests/rules/; edit those. -->

**%s**

%s · %s %s · %s · %s

%s

**What to do.** %s

## An example that fails

The difference from an ISMS about which nothing is said:

%s

What `ismsc check` says:

```text
%s
```

## A near miss that is right

%s

## How it is asked

```yaml
%s
```
""" % (rule["id"], rule["name"], rule["title"][:1].upper() + rule["title"][1:], rule["severity"], where, rule["clause"], BASIS[rule["basis"]],
       STAGES[rule["from_stage"]], rule["why"].strip(), rule["fix"].strip(), shown(bad), finding_of(program, isms, rule, bad), shown(good), asked)


def index(rules):
    rows = ["| [%s](%s.md) | %s | %s | %s |" % (r["id"], r["id"], r["severity"], r["from_stage"], r["title"]) for r in rules]
    return """# Rules, one page each

<!-- Made by docs/tools/rule_pages.py from schema/rules/ and tests/rules/; edit those. -->

Each page has an example that fails, what is said about it, and a near miss that is right. The same rules on one page, by clause:
[../reference/rules.md](../reference/rules.md).

| Rule | Severity | From | What is wrong |
|------|----------|------|---------------|
%s
""" % "\n".join(rows)


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    program = os.path.abspath(sys.argv[1])
    check = sys.argv[2:] == ["--check"]
    folder = os.path.join(top if check or len(sys.argv) < 3 else sys.argv[2], "docs" if check or len(sys.argv) < 3 else "", "rules")
    rules = json.loads(run(program, "rules", "--format", "json").stdout)
    asked = expressions_of()
    pages = {"README.md": index(rules)}
    with tempfile.TemporaryDirectory() as work:
        isms = Isms(work)
        for rule in rules:
            text, builtin = asked[rule["id"]]
            if builtin:
                rule["builtin"] = builtin.group(1)
            pages[rule["id"] + ".md"] = page(program, isms, rule, text)
    stale = []
    for name in sorted(set(pages) | set(os.listdir(folder) if os.path.isdir(folder) else [])):
        path = os.path.join(folder, name)
        old = open(path, encoding="utf-8").read() if os.path.exists(path) else None
        if old == pages.get(name):
            continue
        stale.append(name)
        if check:
            continue
        if name not in pages:
            os.remove(path)
            continue
        os.makedirs(folder, exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(pages[name])
    print("%d pages, %d of them %s" % (len(pages), len(stale), "out of date: " + ", ".join(stale[:9]) if check else "written"))
    sys.exit(1 if check and stale else 0)


main()
