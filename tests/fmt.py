#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""`ismsc fmt` changes how sources look and nothing else.

  fmt.py PROGRAM     every YAML and Markdown text of the repository, the cases of tests/language included, as it is, and every
                     third also in a disorderly form, with DEEP=1 all in three: read by another YAML parser they say the same before and
                     after, all comments are there in their order, a second run changes nothing, and what was in the plain
                     form comes back byte for byte.
"""
import os
import random
import re
import subprocess
import sys
import tempfile

import yaml

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
DEEP = os.environ.get("DEEP")
problems = []


def problem(name, what):
    problems.append("%s: %s" % (name, what))


def listed():
    out = subprocess.run(["git", "-C", TOP, "ls-files", "-z"], stdout=subprocess.PIPE).stdout.decode().split("\0")
    return [p for p in out if p] or [os.path.relpath(os.path.join(b, n), TOP) for b, _, names in os.walk(TOP) for n in names]


def texts():
    """(name, text) of all there is to format."""
    for path in listed():
        if path.startswith(("build", ".")):
            continue
        if re.search(r"\.(yaml|md)$", path):
            with open(os.path.join(TOP, path), encoding="utf-8", newline="") as f:
                yield path, f.read()
        elif path.startswith("tests/language/"):
            with open(os.path.join(TOP, path), encoding="utf-8", errors="surrogateescape", newline="") as f:
                sections = re.split(r"^(==|--) (.*)\n", f.read(), flags=re.M)
            for i in range(1, len(sections), 3):
                if sections[i] == "--" and re.search(r"\.(yaml|md)$", sections[i + 1]) and " " not in sections[i + 1]:
                    yield "%s %d %s" % (path, i, sections[i + 1]), sections[i + 2]


def head(name, text):
    """The YAML of a text: all of it, or what stands between the dashes of a Markdown file."""
    if name.endswith(".yaml"):
        return text
    match = re.match(r"---[ \t]*\n(.*?)^---[ \t]*$", text, re.S | re.M)
    return match.group(1) if match else ""


def data(text):
    return yaml.load(text, Loader=LOADER)


def comments(text):
    """What stands behind # where no token is."""
    rest = list(text)
    for token in yaml.scan(text, Loader=LOADER):
        if isinstance(token, (yaml.ScalarToken, yaml.DocumentStartToken)):
            if getattr(token, "style", None) in ("|", ">"):  # its header line may carry a comment
                begin = text.index("\n", token.start_mark.index) if "\n" in text[token.start_mark.index:] else len(text)
            else:
                begin = token.start_mark.index
            for i in range(begin, token.end_mark.index):
                if rest[i] != "\n":
                    rest[i] = "x"
    return [line[line.index("#"):].rstrip() for line in "".join(rest).split("\n") if "#" in line]


def readable(text):
    try:
        data(text)
        return True
    except (yaml.YAMLError, ValueError):
        return False


# ---- disorder that means nothing ----

def wider(line):
    """Twice the indentation, and three blanks behind each dash."""
    match = re.match(r"( *)((?:- )*)(.*)$", line, re.S)
    return match.group(1) * 2 + match.group(2).replace("- ", "-   ") + match.group(3)


def mangle(text, way, rng):
    lines = []
    for line in text.split("\n"):
        if way == "wide":
            line = wider(line)
        elif way == "blanks":
            line = re.sub(r"^( *(?:- )?[\w.-]+):(?= [^\s#])", lambda m: m.group(1) + rng.choice(["", " "]) + ":" + " " * rng.randrange(3), line)
            line += " " * rng.choice([0, 0, 1, 3])
        elif line == "" or rng.random() < 0.1:
            lines += [" " * rng.randrange(3)] * rng.randrange(3)
        lines.append(line)
    return "\n".join(lines) + ("\n\n \n" if way == "lines" else "")


def variants(name, text):
    rng = random.Random(name)
    yield "as it is", text
    if name.startswith("tests/language/") or not DEEP and rng.randrange(3):
        return
    if name.endswith(".md") and not re.search(r"^ *(```|~~~|<|    |\t)", text, re.M):
        body = len(text) - len(text.lstrip("\n")) if not head(name, text) else text.index("\n---", 3)
        yield "lines", text[:body] + re.sub(r"(?<=\S)\n(?=\S)", lambda m: rng.choice(["\n", " \n"]), re.sub(r"\n\n", lambda m: rng.choice(["\n\n", "\n\n \n"]), text[body:])) + "\n"
    if not name.endswith(".yaml") or not readable(text) or not isinstance(data(text), dict):
        return
    ways = ("wide", "blanks", "lines")
    for way in ways if DEEP else (rng.choice(ways),):
        other = mangle(text, way, rng)
        if readable(other) and data(other) == data(text) and comments(other) == comments(text):
            yield way, other


def is_plain(text):
    """Without what keeps the form that it was given: texts over several lines that began on the line of a key, open brackets."""
    return not re.search(r"[|>][-+0-9]*( *#.*)?$", text, re.M) and not any(line.count("[") != line.count("]") or line.count("{") != line.count("}")
                                                                           for line in text.split("\n"))


def judge(name, before, after, original, state):
    old, new = head(name, before), head(name, after)
    if re.sub(r"\s+", "", before) != re.sub(r"\s+", "", after):
        problem(name, "more than blanks has changed")
    if before != after and readable(old):
        if data(old) != data(new):
            problem(name, "it says something else")
        if comments(old) != comments(new):
            problem(name, "comments: %r became %r" % (comments(old)[:5], comments(new)[:5]))
    if "can not be read" in state or "something else" in state:
        if before != after:
            problem(name, "it was to be left as it is")
    elif name.endswith(".yaml") and re.search(r"[ \t]\n|\n\n\n|[^\n]\Z|\A\n", after) and not re.search(r"[|>\"']", after):
        problem(name, "blanks are left")
    return after == original


def run(program, folder, *options):
    done = subprocess.run([program, "fmt", "-C", folder, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode == 2:
        problem("ismsc fmt", done.stderr.decode())
    return done.stdout.decode(errors="replace"), done.returncode


def main():
    program = os.path.abspath(sys.argv[1])
    cases, back = {}, 0
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts():
            for way, variant in variants(name, text):
                path = "p/%04d.%s" % (len(cases), name.rsplit(".", 1)[1])
                cases[path] = ("%s (%s)" % (name, way) + "." + path.rsplit(".", 1)[1], variant, text, way)
        os.mkdir(folder + "/p")
        with open(folder + "/isms.yaml", "w") as f:
            f.write("isms: 1\norganisation: {name: Probe Ltd}\n")
        for path, (_, variant, _, _) in cases.items():
            with open("%s/%s" % (folder, path), "w", encoding="utf-8", errors="surrogateescape", newline="") as f:
                f.write(variant)
        said, _ = run(program, folder)
        states = {line.split(" ")[0]: line for line in said.split("\n") if " is left as it is" in line}
        after = {}
        for path, (name, variant, original, way) in cases.items():
            with open("%s/%s" % (folder, path), encoding="utf-8", errors="surrogateescape", newline="") as f:
                after[path] = f.read()
            same = judge(name, variant, after[path], original, states.get(path, ""))
            if way == "as it is" and name.startswith(("examples/", "schema/", "tests/rules/", "templates/starters/")) and not same:
                problem(name, "our own sources are not in the plain form: run ismsc fmt on a copy in a project")
            if way != "as it is" and same:
                back += 1
            plain = next((after[p] for p, c in cases.items() if c[0] == name.replace("(%s)" % way, "(as it is)")), None) if way == "blanks" else None
            if way == "blanks" and path not in states and is_plain(original) and plain is not None and after[path] != plain:
                problem(name, "another form than the one without the blanks")
            if "something else" in states.get(path, ""):
                problem(name, states[path])
        said, status = run(program, folder, "--check")
        if "would change" in said or status != 0:
            problem("ismsc fmt", "a second run would change more: %s" % said[:300])
    for line in problems[:30]:
        print(line)
    enough = 150 if DEEP else 40
    if back < enough:
        print("only %d disorderly texts came back as they were" % back)
    print("%d cases" % len(cases))
    return 1 if problems or back < enough else 0


if __name__ == "__main__":
    sys.exit(main())
