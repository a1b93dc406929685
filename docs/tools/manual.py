#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The generated part of docs/: manual pages and the reference of rules.

  manual.py PROGRAM FOLDER     asks PROGRAM and writes below FOLDER: man/ismsc.1, man/ismsc.yaml.5, man/ismsc-rules.7
                               reference/documents.md and reference/rules.md

`make docs` calls it; a test compares what it makes with what is committed.
"""
import json
import os
import re
import subprocess
import sys
import textwrap

import document_set

HERE = os.path.dirname(os.path.abspath(__file__))
DATE = "November 22, 2026"
BASIS = {"requirement": "required by the standard", "own_rule": "your own rule", "practice": "audit practice", "language": "language of the sources"}


class Program:
    def __init__(self, path):
        self.path = path

    def says(self, *args):
        return subprocess.run([self.path, *args], check=True, capture_output=True, text=True, cwd="/").stdout

    def json(self, *args):
        return json.loads(self.says(*args, "--format", "json"))


# ---- mdoc ----

def escape(text):
    """Text as roff wants it: code in backquotes becomes quoted, nothing becomes a request."""
    text = text.replace("\\", "\\e")
    return re.sub(r"`([^`]*)`", lambda code: "\\(oq%s\\(cq" % code[1].replace(" ", "\\~"), text)


def prose(text):
    """Lines of at most 79 bytes, each sentence on a line of its own."""
    lines = []
    for sentence in re.split(r"(?<=[.!?])\s+(?=\S)", escape(" ".join(text.split()))):
        lines += textwrap.wrap(sentence, 76, break_long_words=False, break_on_hyphens=False)
    return "\n".join("\\&" + line if line[:1] in ".'" else line for line in lines)


def words(text):
    """Text as arguments of a macro: none of them is called as one."""
    return " ".join("\\&" + word if re.fullmatch(r"[A-Z][a-z]|[A-Z]{2}|Brq|[.,:;()?!\[\]|]", word) else word for word in escape(text).split())


def literal(lines):
    body = "\n".join("\\&" + line if line[:1] in ".'" else line for line in (line.replace("\\", "\\e") for line in lines))
    return ".Bd -literal -offset indent\n%s\n.Ed" % body


# ---- ismsc.1 ----

def option_term(term):
    """"-f, --format F" -> ".It Fl f , Fl -format Ar F"."""
    out = []
    for part in term.split(", "):
        name, _, value = part.partition(" ")
        if name.startswith("-"):
            out.append("Fl " + name[1:] + (" Ar " + value if value else ""))
        else:
            out.append("Cm " + part)
    return ".It " + " , ".join(out)


def option_list(lines):
    out = [".Bl -tag -width Ds"]
    for line in whole_lines(lines):
        term, _, meaning = line.strip().partition("  ")
        choices = re.match(r"[a-z0-9-]+(,| \(default)", meaning.strip())
        out += [option_term(term), prose(meaning.strip() + "." if choices else sentence(meaning.strip()))]
    return "\n".join(out + [".El"])


def whole_lines(lines):
    """Joins what goes on below the meaning of an option to it."""
    out = []
    for line in lines:
        if line.startswith(" " * 12):
            out[-1] += " " + line.strip()
        else:
            out.append(line)
    return out


def examples(lines):
    """A command a line with what it does: the two stand below each other, since a page is narrow."""
    out = []
    for line in lines:
        command, _, meaning = line.strip().partition("  ")
        out += (["# " + meaning.strip()] if meaning.strip() else []) + [command]
    return literal(out)


def command_section(program, name):
    text = program.says("help", name)
    summary, usage, rest = text.split("\n\n", 2)
    out = [".Ss " + name, prose(summary), literal(textwrap.wrap(usage.replace("usage: ", ""), 68, subsequent_indent="    ",
                                                               break_long_words=False, break_on_hyphens=False))]
    for block in rest.strip("\n").split("\n\n"):
        lines = block.split("\n")
        if any(line.startswith("  -") for line in lines):
            out.append(option_list(lines))
        elif all(line.startswith("  ") for line in lines):
            out.append(examples(lines))
        else:
            plain = [line for line in lines if not line.startswith("  ")]
            out += [".Pp", prose(" ".join(plain))]
            if len(plain) < len(lines):
                out.append(literal([line.strip() for line in lines if line.startswith("  ")]))
    return "\n".join(out)


def commands(program):
    names = re.findall(r"^  ([a-z]+) +[A-Z]", program.says("help"), re.M)
    return "\n".join(command_section(program, name) for name in names)


# ---- ismsc.yaml.5 ----

SEEN_BY = "#/definitions/visible_to"  # nearly everything has it: the page says so once


class Schema:
    def __init__(self, schema):
        self.schema, self.definitions = schema, schema["definitions"]

    def resolve(self, spec):
        """The definition a specification refers to, with its own words kept."""
        if "$ref" not in spec:
            return spec
        return {**self.definitions[spec["$ref"].rsplit("/", 1)[1]], **{k: v for k, v in spec.items() if k != "$ref"}}

    def takes(self, spec):
        spec = self.resolve(spec)
        if "x-ref" in spec:
            kinds = [kind.replace("_", " ") for kind in spec["x-ref"]] + (["text"] if spec.get("x-or-text") else [])
            return "id of a record" if len(kinds) > 4 else "id of " + " or ".join(kinds)
        if "x-collection" in spec:
            return "%s records, each under its id" % spec["x-collection"].replace("_", " ")
        if spec.get("type") == "array":
            return "list: " + self.takes(spec["items"])
        if spec.get("x-type") == "enum" or ("enum" in spec and "x-type" not in spec):
            synonyms = spec.get("x-synonyms", {})
            choices = list(dict.fromkeys(str(word) for word in spec["enum"] if word not in synonyms))
            return "one of " + ", ".join(choices) if len(choices) > 1 else choices[0]
        if "x-kind" in spec:
            return "keys below"
        if spec.get("x-type") == "boolean":
            return "yes, no or undecided" if spec.get("x-null") else "yes or no"
        if spec.get("x-type") == "map":
            inner = self.resolve(spec.get("additionalProperties", {}))
            return "names with keys below each" if inner.get("x-type") == "map" else "names with text"
        return {"markdown": "Markdown", "integer": "whole number"}.get(spec.get("x-type"), spec.get("x-type", "any value"))

    def inside(self, spec):
        """The object whose keys stand below a key, or None."""
        spec = self.resolve(spec)
        if "x-collection" in spec:
            return self.resolve(spec["additionalProperties"])
        if spec.get("type") == "array":
            return self.inside(spec["items"])
        return spec if "x-kind" in spec else None

    def keys(self, definition, path="", depth=0):
        out = []
        for name, spec in definition.get("properties", {}).items():
            if spec.get("$ref") == SEEN_BY:
                continue
            inner, here = self.inside(spec), path + name
            need = "Needed. " if name in definition.get("required", []) else ""
            out += [".It Ic %s" % words(here), prose("(%s) %s%s" % (self.takes(spec), need, self.resolve(spec).get("description", "")))]
            if inner and inner is not definition and depth < 3:
                out += self.keys(inner, here + ".", depth + 1)
        return out

    def sections(self):
        out = []
        for name, spec in self.schema["properties"].items():
            inner = self.inside(spec)
            out += [".Ss " + name, prose(("" if inner else "(%s) " % self.takes(spec)) + spec.get("description", ""))]
            if "x-prefix" in spec:
                out.append(prose("Ids usually begin with %s." % spec["x-prefix"]))
            if not inner:
                continue
            out += [".Bl -tag -width Ds"] + self.keys(inner) + [".El"]
            computed = [".It Ic %s\n%s" % (words(key), prose(self.resolve(what).get("description", "")))
                        for key, what in inner.get("x-computed", {}).items()]
            if computed:
                out += [".Pp", "Computed, for expressions and templates:", ".Bl -tag -width Ds"] + computed + [".El"]
        return "\n".join(out)

    def values(self):
        names = {"text": "text", "markdown": "Markdown", "date": "date", "period": "period", "boolean": "yes or no", "integer": "whole number",
                 "number": "number", "id": "id"}
        answer = "The word yes or the word no; true and false are understood."
        return "\n".join(".It %s\n%s" % (words(title), prose(answer if name == "boolean" else self.definitions[name]["description"]))
                         for name, title in names.items())

    def front(self):
        ordinary = self.definitions["document"]["properties"]
        head = self.definitions["front_matter"]
        only = {"properties": {k: v for k, v in head["properties"].items() if k not in ordinary}, "required": head.get("required", [])}
        return "\n".join(self.keys(only))


# ---- rules ----

def clause_number(rule):
    return rule["clause"].split(" ")[0]


def clauses(program, rules):
    """Numbers in the order of the rules, each with its title."""
    out = {}
    for rule in rules:
        number = clause_number(rule)
        if number and number not in out:
            out[number] = program.json("explain", number)[0]["title"]
    return sorted(out.items(), key=lambda item: [(not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in item[0].split(".")])


def rule_page(rule):
    head = "%s, %s, from %s" % (rule["severity"], BASIS[rule["basis"]], rule["from_stage"])
    return "\n".join([".It Sy %s %s" % (words(rule["id"]), words(rule["name"])), prose("(%s)" % head), prose(sentence(rule["title"])),
                      prose(rule["why"]), prose(rule["fix"])])


def sentence(title):
    return title[:1].upper() + title[1:] + "."


def rules_mdoc(program, rules):
    out = []
    for number, title in clauses(program, rules):
        out += [".Ss " + words(title), ".Bl -tag -width Ds"]
        out += [rule_page(rule) for rule in rules if clause_number(rule) == number] + [".El"]
    return "\n".join(out)


def language_mdoc(rows):
    out = [".Bl -tag -width Ds"]
    for row in rows:
        out += [".It Sy %s %s" % (words(row["id"]), words(row["name"])), prose("(%s)" % row["severity"]), prose(sentence(row["title"])),
                prose(row["why"]), prose(row["fix"])]
    return "\n".join(out + [".El"])


def cell(text):
    return text.replace("|", "\\|")


def anchor(rule):
    return re.sub(r"[^a-z0-9-]", "-", rule["id"].lower())


def table(rules):
    out = ["| Rule | Severity | From | What is wrong |", "|------|----------|------|---------------|"]
    for rule in rules:
        out.append("| [%s](#%s) | %s | %s | %s |" % (rule["id"], anchor(rule), rule["severity"], rule["from_stage"] if rule["clause"] else "any", cell(rule["title"])))
    return out


def details(rule):
    stage = ", counts from %s" % rule["from_stage"] if rule["clause"] else ""
    clause = "clause %s, " % rule["clause"] if rule["clause"] and not rule["clause"].startswith("A.") else "control %s, " % rule["clause"] if rule["clause"] else ""
    return ["", '<a id="%s"></a>' % anchor(rule), "**%s** `%s`  " % (rule["id"], rule["name"]), "%s: %s%s%s.  " % (rule["severity"], clause, BASIS[rule["basis"]], stage),
            "*Why:* %s  " % rule["why"], "*What to do:* %s" % rule["fix"]]


def rules_markdown(program, rules, language):
    counts = ", ".join("%d %s" % (n, s) for s in ("major", "minor", "observation") for n in [sum(r["severity"] == s for r in rules)] if n)
    out = ["# Rules", "", "<!-- Made by `make docs` from schema/rules/ and compiler/diag/language.def; edit those. -->", "",
           "The %d rules an ISMS is checked by (%s), by the clause or control they concern, and the %d findings about the language of the" % (len(rules), counts, len(language)),
           "sources. *From* is the stage of the certification (`certification.stage`) from which a rule counts. The same text is in the program:",
           "`ismsc explain RULE`; as data it is `ismsc rules --format json`.", "",
           "A rule is switched off in `isms.yaml`, with a reason:", "", "```yaml", "checks:", "  disabled:", "    6.2-01: why it does not apply here", "```"]
    for number, title in clauses(program, rules):
        own = [rule for rule in rules if clause_number(rule) == number]
        out += ["", "## " + title, ""] + table(own)
        for rule in own:
            out += details(rule)
    out += ["", "## The language of the sources", ""] + table(language)
    for row in language:
        out += details(row)
    return "\n".join(out) + "\n"


# ---- all ----

def fill(name, **parts):
    with open(os.path.join(HERE, name + ".in"), encoding="utf-8") as f:
        text = f.read().replace("@DATE@", DATE)
    lines = []
    for line in text.split("\n"):
        lines += textwrap.wrap(line, 78, break_on_hyphens=False) if len(line) > 78 and line[0] != "." else [line]
    text = "\n".join(lines)
    for key, value in parts.items():
        text = text.replace("@%s@" % key, value)
    return text


def main():
    program, folder = Program(os.path.abspath(sys.argv[1])), sys.argv[2]
    listed = program.json("rules", "--all")
    rules = [rule for rule in listed if rule["basis"] != "language"]
    language = [rule for rule in listed if rule["basis"] == "language"]
    schema = Schema(json.loads(program.says("schema")))
    pages = {
        "man/ismsc.1": fill("ismsc.1", COMMANDS=commands(program)),
        "man/ismsc.yaml.5": fill("ismsc.yaml.5", VALUES=schema.values(), SECTIONS=schema.sections(), FRONT=schema.front()),
        "man/ismsc-rules.7": fill("ismsc-rules.7", RULES=rules_mdoc(program, rules), LANGUAGE=language_mdoc(language)),
        "reference/documents.md": document_set.page(),
        "reference/rules.md": rules_markdown(program, rules, language),
    }
    for name, text in pages.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)


if __name__ == "__main__":
    main()
