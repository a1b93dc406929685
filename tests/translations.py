#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The tables of languages: templates/<language>/*.yaml.

  translations.py [LANGUAGE] [DOCUMENT...]

Every translation has the tags of its text and nothing that would break the place it stands in, German has all texts, and each
language that the program has the documents COMPLETE lists. These are then built of examples/northwind, what its sources say is taken
away, and in what is left no English word may stand, nor any text of a template that has a translation.
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
ISMSC = os.environ.get("ISMSC") or os.path.join(ROOT, os.environ.get("BUILD", "build"), "ismsc")
NORTHWIND = os.path.join(ROOT, "examples", "northwind")
COMPLETE = {"de": [], "fr": ["statement-of-applicability", "risk-assessment-report", "risk-treatment-plan"]}  # [] is all of them
ENGLISH = set("""the and of to is are was be been not no with without from this that these those which what who whose where when why how by
has have had its their there here been into than then each every other others only also must may shall should can cannot will would our your
they them it we us you an as or but if so such more most less least new none yet late open done due""".split())
# The same in another language, or a name.
SHARED = {"de": set("was an so will us also late due".split()), "fr": set("on an us".split())}
# Documents that print findings: the words of rules are not all translated yet, and their files may have gaps.
FINDINGS = ["conformity-report", "gap-assessment", "stage-1-readiness"]
GAPS = "rules-"
problems = []


def problem(text):
    problems.append(text)
    print("FAIL " + text)


def run(*arguments):
    done = subprocess.run([ISMSC, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    if done.returncode:
        problem("%s: %s" % (" ".join(arguments), done.stderr.decode(errors="replace")[:500]))
    return done.stdout.decode()


def entries(text):
    """The pairs of a table in the form that `template messages` prints."""
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
    for key, value in zip(lines[::2], lines[1::2]):
        yield json.loads(key.rstrip().rstrip(":")), json.loads(value)


# ---- the tables alone ----

def tags(text):
    return sorted(re.findall(r"\{\{.*?\}\}", text))


def expressions(text):
    """Of a rule's message: what stands in single braces."""
    return sorted(re.findall(r"\{[^{}]*\}", re.sub(r"\{\{.*?\}\}", "", text)))


def nesting(text):
    """Whether each section closes what was opened last."""
    stack = []
    for mark, name in re.findall(r"\{\{([#^$/]?)(.*?)\}\}", text):
        if mark == "/":
            if not stack or stack.pop() != name:
                return False
        elif mark:
            stack.append(name)
    return not stack


def check_table(path):
    with open(path, encoding="utf-8") as f:
        text = f.read()
    seen = set()
    for english, other in entries(text):
        where = "%s: %r: " % (os.path.relpath(path, ROOT), english[:60])
        if english in seen:
            problem(where + "stands twice")
        seen.add(english)
        if tags(english) != tags(other):
            problem(where + "other tags: %s" % (set(tags(english)) ^ set(tags(other)) or "not as often"))
        if expressions(english) != expressions(other) and os.path.basename(path).startswith("rules-"):
            problem(where + "other expressions in braces")
        if not nesting(other):
            problem(where + "a section closes what is not open")
        if english.count("|") != other.count("|"):
            problem(where + "a cell ends inside")
        if '"' in other and '"' not in english:
            problem(where + "a straight quotation mark, which ends a caption")
        if re.findall(r"\]\(.*?\)", english) != re.findall(r"\]\(.*?\)", other):
            problem(where + "another address")
        if re.findall(r"^\*\*[A-Z]+-\d+\*\*", english) != re.findall(r"^\*\*[A-Z]+-\d+\*\*", other):
            problem(where + "another id")
        if other != other.strip():
            problem(where + "a blank at an end")


# ---- documents ----

def said_by(folder):
    """Every piece of text in the sources of a project, the longest first."""
    pieces = set()
    for folder, _, names in os.walk(folder):
        for name in names:
            if not name.endswith((".yaml", ".md")):
                continue
            with open(os.path.join(folder, name), encoding="utf-8") as f:
                text = f.read()
            for line in re.sub(r"\n +", " ", text).split("\n") + text.split("\n"):
                line = re.sub(r"(^|\s)# .*", "", line)
                for piece in [line] + re.split(r": |, |[\[\]{}\"']|(?<=\.) ", line):
                    piece = re.sub(r"[*`_]", "", piece).strip(" -|>\"'")
                    if len(piece) > 2:
                        pieces.add(piece)
    return sorted(pieces, key=len, reverse=True)


def plain(line):
    return re.sub(r"\]\(.*?\)|\{(\w+ )?(good|bad|warning|neutral)\}|[*`\[\]]|<.*?>", " ", line)


def leftovers(text, data, language):
    """Lines of a dump in which English words are left once what the sources say is gone."""
    english = ENGLISH - SHARED.get(language, set())
    word = re.compile(r"[A-Za-z\u00c0-\u024f]+")
    body = text[text.index("\nbody") if "\nbody" in text else 0:]

    def left(words):
        return [w for w in word.findall(words) if w.lower() in english]

    for line in body.split("\n"):
        words = plain(line)
        if len(left(words)) < 2:
            continue
        for piece in data:
            if piece in words:
                words = words.replace(piece, " ")
        if len(left(words)) > 1:
            yield line.strip(), left(words)


def check_documents(language, documents, folder):
    run("build", "-C", NORTHWIND, "--as-of", "2026-11-21", "--language", language, "--to", "text", "--out", folder, *documents)
    data = said_by(NORTHWIND)
    policies = {os.path.basename(p)[:-3] for p in glob.glob(NORTHWIND + "/**/*.md", recursive=True)}
    for path in sorted(glob.glob(os.path.join(folder, "*.txt"))):
        name = os.path.basename(path)[:-4]
        if name in policies or name in FINDINGS:
            continue
        with open(path, encoding="utf-8") as f:
            found = list(leftovers(f.read(), data, language))
        for line, words in found[:5]:
            problem("%s, %s: English is left (%s): %s" % (language, name, " ".join(words), line[:200]))
        if len(found) > 5:
            problem("%s, %s: and %d more" % (language, name, len(found) - 5))


def main():
    languages = [a for a in sys.argv[1:] if a in COMPLETE] or list(COMPLETE)
    documents = [a for a in sys.argv[1:] if a not in COMPLETE]
    for language in languages:
        tables = sorted(p for p in glob.glob(os.path.join(ROOT, "templates", language, "*.yaml")) if not p.endswith("/language.yaml"))
        for path in tables:
            check_table(path)
        if language == "de":
            listed = re.split(r"(?m)^# templates/\w+/(.*)\.yaml$", run("template", "messages", "--language", language, "--missing"))
            missing = [(stem, english) for stem, text in zip(listed[1::2], listed[2::2]) if not stem.startswith(GAPS) for english, _ in entries(text)]
            for stem, english in missing[:10]:
                problem("%s: %s.yaml has no translation of %r" % (language, stem, english[:100]))
            if missing:
                problem("%s: %d texts have no translation" % (language, len(missing)))
        with tempfile.TemporaryDirectory() as folder:
            check_documents(language, documents or COMPLETE[language], folder)
        print("%s: %d tables" % (language, len(tables)))
    print("%d cases" % len(languages))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
