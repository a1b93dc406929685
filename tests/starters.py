#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The starter texts in templates/starters: each one, copied alone into a new project, brings no error and no finding of its own and
builds to text. Ids are unique, those of statements begin with the file's prefix and count on without a gap, nothing is left to fill in,
the table of the README agrees with the heads, and none of them is a document of the set.
In other languages they have the same head, statements, tags, links, headings and rows.
"""
import collections
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

TOP = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
ISMSC = os.environ.get("ISMSC") or os.path.join(TOP, os.environ.get("BUILD", "build"), "ismsc")
ENGLISH = os.path.join(TOP, "templates", "starters")
STATEMENT = re.compile(r"\*\*([A-Z]+-\d+)\*\*")
TO_FILL_IN = [r"\[[A-Z][A-Z _-]+\]|<[A-Za-z]+>|\.\.\.|…|_{3,}",
              r"(?i)\b(TBD|TBC|TODO|FIXME|XXX|lorem|insert here|your (company|organi[sz]ation))\b"]
# What is the same in every language: these, in any order, and how many lines begin so.
SAME = re.compile(r"\*\*[A-Z]+-\d+\*\*|\{\{[^}]*\}\}|\]\([^)]*\)|\[\[[^\]]*\]\]|<!-- anchor \S*|\bA\.[5-8]\.\d+|\b(?:POL|PROC|DOC|REC|ROLE)-[A-Z0-9-]+")
BEGINNINGS = ["## ", "### ", "| ", "|-", "|:", "- ", "<!-- table:"]

failures = []


def wrong(text):
    failures.append(text)


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


class Starter:
    def __init__(self, path):
        self.path, self.name = path, os.path.basename(path)
        _, head, self.body = re.split(r"^---\n", read(path), maxsplit=2, flags=re.M)
        self.head_lines = head.splitlines()
        self.head = {key: value.replace('"', "") for key, value in re.findall(r"^(\w+): *(.*)", head, re.M)}
        self.statements = STATEMENT.findall(self.body)

    def bones(self):
        lines = self.body.splitlines()
        return ([line for line in self.head_lines if not line.startswith("title:")] + sorted(SAME.findall(self.body))
                + ["%s%d" % (mark, sum(line.startswith(mark) for line in lines)) for mark in BEGINNINGS])

    def row(self):
        """What the README has to say about it."""
        types, controls = [self.head.get(key, "").strip("[]") for key in ("type", "covers")], self.head.get("implements", "").strip("[]")
        return "| `%s` | %s | %s | %s |" % (self.name, self.head.get("title", ""), (types[0] or "–") + (", " + types[1] if types[1] else ""), controls or "–")


def starters_in(folder):
    return [Starter(path) for path in sorted(glob.glob(os.path.join(folder, "*.md"))) if os.path.basename(path) != "README.md"]


def judge_text(starter):
    """What can be seen without the compiler."""
    identifier = starter.head.get("id", "")
    kind, _, prefix = identifier.partition("-")
    if kind not in ("POL", "PROC"):
        wrong("%s: the id %s is neither POL-... nor PROC-..." % (starter.name, identifier))
    for key, value in (("version", "0.1"), ("status", "draft")):
        if starter.head.get(key) != value:
            wrong("%s: %s is not %s" % (starter.name, key, value))
    for key in ("title", "owner", "review_every", "classification"):
        if not starter.head.get(key):
            wrong("%s: %s is missing" % (starter.name, key))
    for pattern, text in zip(TO_FILL_IN, (starter.body, read(starter.path))):
        for found in re.finditer(pattern, text):
            wrong("%s: something is left to fill in: %s" % (starter.name, found.group()))
    expected = ["%s-%02d" % (prefix, i + 1) for i in range(len(starter.statements))]
    if not expected or starter.statements != expected:
        wrong("%s: its statements are not %s-01 and so on: %s" % (starter.name, prefix, " ".join(starter.statements)))


# ---- in a project ----

def new_project(work, language):
    root = os.path.join(work, "isms-" + language)
    subprocess.run([ISMSC, "init", root, "--name", "Probe Ltd"], stdout=subprocess.DEVNULL, check=True)
    path = os.path.join(root, "isms.yaml")
    text, count = re.subn(r"(?m)^  language: .*", "  language: " + language, read(path))
    if count != 1:
        wrong("the project is not in %s" % language)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    return root


def judge_findings(root, name):
    """No errors, and nothing about the starter itself; about any of them where there is no name."""
    run = subprocess.run([ISMSC, "check", "-C", root, "--as-of", "2026-11-21", "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if run.stderr:
        wrong("%s: %s" % (name, run.stderr.decode()))
    for finding in json.loads(run.stdout)["findings"]:
        if finding["severity"] == "error" or "policies/" + name in json.dumps(finding):
            wrong("%s: %s %s: %s" % (name, finding["severity"], finding["rule"], finding["message"]))


def built(root):
    """{file: text} of all documents."""
    out = root + "-out"
    os.mkdir(out)
    run = subprocess.run([ISMSC, "build", "-C", root, "--as-of", "2026-11-21", "--to", "text", "--out", out], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if run.returncode:
        wrong(run.stdout.decode())
    texts = {name: read(os.path.join(out, name)) for name in os.listdir(out)}
    shutil.rmtree(out)
    return texts


def judge_document(name, text):
    if not text:
        wrong("%s was not built" % name)
    if re.search(r"\{\{|\[not set\]", text):
        wrong("%s: a value is missing in its text" % name)


def judge_alone(root, starter):
    copy = shutil.copy(starter.path, os.path.join(root, "policies"))
    judge_findings(root, starter.name)
    first = starter.statements[:1]
    documents = [text for text in built(root).values() if first and first[0] in text]
    os.remove(copy)
    if len(documents) != 1:
        wrong("%s: its first statement %s is in %d documents" % (starter.name, first, len(documents)))
    for text in documents:
        judge_document(starter.name, text)


def judge_translations(root, starters):
    """All in one project: their English texts have been alone in one."""
    for starter in starters:
        shutil.copy(starter.path, os.path.join(root, "policies"))
    judge_findings(root, "")
    texts = built(root)
    for starter in starters:
        judge_document(starter.path, texts.get(starter.name.replace(".md", ".txt"), ""))


# ---- all of them ----

def judge_unique(starters):
    for names in ([starter.head.get("id") for starter in starters], [name for starter in starters for name in starter.statements]):
        twice = [name for name, count in collections.Counter(names).items() if count > 1]
        if twice:
            wrong("ids are there twice: %s" % twice)


def judge_english(work, starters):
    root = new_project(work, "en-GB")
    statements = {name for starter in starters for name in starter.statements}
    for name, text in built(root).items():
        for found in sorted(statements.intersection(re.findall(r"\b[A-Z]+-\d+\b", text))):
            wrong("%s: the statement %s is in a project that did not ask for it" % (name, found))
    for starter in starters:
        judge_alone(root, starter)
    table = [line for line in read(os.path.join(ENGLISH, "README.md")).splitlines() if line.startswith("| `")]
    for line in sorted(set(table) ^ {starter.row() for starter in starters}):
        wrong("the table of README.md is not that of the heads: %s" % line)


def judge_language(work, language, starters, english):
    names = {starter.name: starter for starter in starters}
    for original in english:
        if original.name not in names:
            wrong("%s is not there in the language %s" % (original.name, language))
        elif original.bones() != names.pop(original.name).bones():
            wrong("%s is built otherwise in the language %s" % (original.name, language))
    for name in names:
        wrong("%s is there in the language %s only" % (name, language))
    judge_translations(new_project(work, language), starters)


def main():
    english = starters_in(ENGLISH)
    languages = {folder.split(os.sep)[-2]: starters_in(folder) for folder in glob.glob(os.path.join(TOP, "templates", "*", "starters"))}
    for starters in [english, *languages.values()]:
        for starter in starters:
            judge_text(starter)
        judge_unique(starters)
    with tempfile.TemporaryDirectory() as work:
        judge_english(work, english)
        for language, starters in languages.items():
            judge_language(work, language, starters, english)
    print("\n".join(["FAIL " + text for text in failures] + ["%d cases" % (len(english) + sum(map(len, languages.values())))]))
    return 1 if failures or not english else 0


if __name__ == "__main__":
    sys.exit(main())
