#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The tables of languages: templates/<language>/*.yaml.

  translations.py [LANGUAGE] [DOCUMENT...]

Every translation has the tags of its text and nothing that would break the place it stands in, German has all texts, and each
language that the program has the documents COMPLETE lists. These are then built of both examples, the pages of records among them; what
the sources say is taken away, and in what is left no English word may stand. A text that is said in English must be found by that.
"""
import functools
import glob
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
ISMSC = os.environ.get("ISMSC") or os.path.join(ROOT, os.environ.get("BUILD", "build"), "ismsc")
PROJECTS = [os.path.join(ROOT, "examples", name) for name in ("northwind", "minimal")]
COMPLETE = {"de": [], "fr": ["statement-of-applicability", "risk-assessment-report", "risk-treatment-plan"]}  # [] is all of them
WORDS = os.path.join(ROOT, "compiler", "weave", "words.def")
CUSTOMERS = ["statement-of-applicability", "index"]  # what they get of COMPLETE
ENGLISH = set("""approved overdue accepted implemented the and of to is are was be been not no with without from this that these those which what who whose where when why how by
has have had its their there here been into than then each every other others only also must may shall should can cannot will would our your
they them it we us you an as or but if so such more most less least new none yet late open done due""".split())
# The same in another language, or a name.
SHARED = {"de": set("was an so will us also late due".split()), "fr": set("on an us".split())}
problems = []


def problem(text):
    problems.append(text)
    print("FAIL " + text)


def run(*arguments):
    done = subprocess.run([ISMSC, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    if done.returncode or done.stderr:  # also what a build says of texts that have no translation
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


def check_starters(language, paths):
    """A starter and the type of document that it is are called the same."""
    said = {}
    for path in paths:
        for english, other in entries(open(path, encoding="utf-8").read()):
            said.setdefault(english, other)
    for path in glob.glob(os.path.join(ROOT, "templates", language, "starters", "*.md")):
        english, other = (re.search(r"(?m)^title: (.*)$", open(p, encoding="utf-8").read())[1] for p in (path.replace("/%s/starters" % language, "/starters"), path))
        if said.get(english, other) != other:
            problem("%s: %s is called %r, its type of document %r" % (language, os.path.basename(path), other, said[english]))


def check_words(language, paths):
    """The furniture of every document."""
    said = {english for path in paths for english, _ in entries(open(path, encoding="utf-8").read())}
    with open(WORDS, encoding="utf-8") as f:
        for word in re.findall(r'WORD\(\w+, "(.*?)"\)', f.read()):
            if word not in said:
                problem("%s: no table translates %r, a word of every document" % (language, word))


# ---- documents ----

@functools.lru_cache(maxsize=None)
def said_by(folder):
    """Every piece of text with an English word in the sources of a project, the longest first."""
    pieces = set()
    for folder, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if f != "templates"]
        for name in names:
            if not name.endswith((".yaml", ".md")):
                continue
            with open(os.path.join(folder, name), encoding="utf-8") as f:
                text = f.read()
            for line in re.sub(r"\n +", " ", text).split("\n") + text.split("\n"):
                line = re.sub(r"(^|\s)# .*", "", line)
                for piece in [line] + re.split(r": |, |[\[\]{}\"']|(?<=\.) ", line):
                    piece = re.sub(r"[*`_]", "", piece).strip(" -|>\"'")
                    if len(piece) > 2 and not ENGLISH.isdisjoint(re.findall("[a-z]+", piece.lower())):
                        pieces.add(piece)
    return sorted(pieces, key=len, reverse=True)


def plain(line):
    """What a line of a dump says: without its kind, code (names of keys), addresses, tones and marks."""
    line = re.sub(r"^ *(list from \d+|heading \d+ \S+|\w+)( |$)", "", line)
    return re.sub(r"`[^`]*`|\]\(.*?\)|\(#[^)]*\)|\{(\w+ )?(good|bad|warning|neutral)\}|[*`\[\]]|<.*?>", " ", line)


def page_lines(text):
    """The texts of a page, one a line."""
    text = re.sub(r"(?s)<(script|style|code|svg)\b.*?</\1>", " ", text[text.index("<body"):])
    text = re.sub(r"</?(a|span|b|strong|em|i|abbr|bdi|wbr|small|time)\b[^>]*>", "", text)
    for line in re.split(r"<[^>]*>|\n", text):
        yield html.unescape(line)


@functools.lru_cache(maxsize=None)
def judged(project, language):
    """What leftovers() remembers: many lines stand on many pages."""
    return {}


def leftovers(lines, data, language, known):
    """Lines in which English words are left once what the sources say is gone."""
    english = ENGLISH - SHARED.get(language, set())
    word = re.compile(r"\b[A-Z]+-[\w-]+|[A-Za-z\u00c0-\u024f]+")  # an id is one

    def left(words):
        return [w for w in word.findall(words) if w.lower() in english]

    for line in lines:
        if not left(line):
            continue
        if line not in known:
            words = line
            for piece in data:
                if piece in words:
                    words = words.replace(piece, " ")
                    if not left(words):
                        break
            known[line] = left(words)
        if known[line]:
            yield line.strip(), known[line]


def texts_of(folder):
    """What each document and page says, line by line."""
    for path in sorted(glob.glob(os.path.join(folder, "*.txt")) + glob.glob(os.path.join(folder, "*.html"))):
        name, ending = os.path.splitext(os.path.basename(path))
        with open(path, encoding="utf-8") as f:
            text = f.read()
        if ending == ".txt":
            head, body = text.split("\nbody", 1)
            yield name, [line.partition(": ")[2] for line in head.split("\n")] + [plain(line) for line in body.split("\n")]
        elif not os.path.exists(os.path.join(folder, name + ".txt")):
            yield name + ending, page_lines(text)


def check_documents(project, language, documents, report, audience="internal"):
    data, known = said_by(project), judged(project, language)
    policies = {os.path.basename(p)[:-3] for p in glob.glob(project + "/**/*.md", recursive=True)}
    with tempfile.TemporaryDirectory() as folder:
        run("build", "-C", project, "--as-of", "2026-11-21", "--language", language, "--audience", audience, "--to", "text,html", "--out", folder, *documents)
        for name, lines in texts_of(folder):
            found = [] if name in policies else list(leftovers(lines, data, language, known))
            for line, words in found[:5]:
                report("%s, %s: English is left (%s): %s" % (language, name, " ".join(words), line[:200]))
            if len(found) > 5:
                report("%s, %s: and %d more" % (language, name, len(found) - 5))


def check_alarm():
    """A text that is said in English must be found, in a document, a finding and a page of a record: else nothing above means anything."""
    said = {"gap-assessment": "not every control of Annex A is decided", "control-a-5-1.html": "In the documents", "roles": "Who does what in the ISMS"}
    with tempfile.TemporaryDirectory() as parent:
        project = shutil.copytree(PROJECTS[-1], os.path.join(parent, "isms"))
        os.makedirs(os.path.join(project, "templates", "de"))
        with open(os.path.join(project, "templates", "de", "own.yaml"), "w", encoding="utf-8") as f:
            for text in said.values():
                f.write("%s: %s\n" % (json.dumps(text), json.dumps(text + ", as it is")))
        found = []
        check_documents(project, "de", [], found.append)
    for name, text in said.items():
        if not any(", %s: English is left" % name in line for line in found):
            problem("the check does not see that %s says %r" % (name, text))


def main():
    languages = [a for a in sys.argv[1:] if a in COMPLETE] or list(COMPLETE)
    documents = [a for a in sys.argv[1:] if a not in COMPLETE]
    for language in languages:
        tables = sorted(p for p in glob.glob(os.path.join(ROOT, "templates", language, "*.yaml")) if not p.endswith("/language.yaml"))
        for path in tables:
            check_table(path)
        check_words(language, tables)
        check_starters(language, tables)
        if language == "de":
            listed = re.split(r"(?m)^# templates/\w+/(.*)\.yaml$", run("template", "messages", "--language", language, "--missing"))
            missing = [(stem, english) for stem, text in zip(listed[1::2], listed[2::2]) for english, _ in entries(text)]
            for stem, english in missing[:10]:
                problem("%s: %s.yaml has no translation of %r" % (language, stem, english[:100]))
            if missing:
                problem("%s: %d texts have no translation" % (language, len(missing)))
        for project in PROJECTS:
            wanted = documents or COMPLETE[language]
            check_documents(project, language, wanted, problem)
            if not wanted or set(wanted) & set(CUSTOMERS):
                check_documents(project, language, wanted and CUSTOMERS, problem, "customer")
        print("%s: %d tables" % (language, len(tables)))
    if "de" in languages and not documents:
        check_alarm()
    print("%d cases" % len(languages))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
