#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Nothing leaks from one audience to another: an ISMS with a marker word in every text that the schema knows.

  audience.py            builds it for each audience in every format and looks for markers in all bytes
  audience.py --verbose  also names the positions of the schema that were looked at

What is asked, for auditors and for customers:
  1. No marker that is not for them is anywhere in what is built: parts of archives, properties, entities, data: addresses, UTF-16.
  2. Every marker that is for them is there, in a document that prints all there is: so a search that finds nothing means something.
  3. Whatever changes in what is not for them (texts, dates, numbers, choices, how many entries there are) changes not a byte of what
     they get. This holds for counts and computed values, which have no marker.
And the test must be able to fail: with one field of the schema marked wrongly, each of these finds it.

The expectation is computed here from schema/isms.schema.json, not by the program.
"""
import base64
import copy
import functools
import html
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import urllib.parse
import zipfile
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
ISMSC = os.environ.get("ISMSC") or os.path.join(HERE, "..", os.environ.get("BUILD", "build"), "ismsc")
SCHEMA = os.path.join(HERE, "..", "schema", "isms.schema.json")
AUDIENCES = ["internal", "auditor", "customer"]
FORMATS = "docx,html,md,json,text,xlsx"
MARKER = re.compile(rb"zq\d{6}q")
VARIANTS = [None, "internal", "auditor", "customer"]  # what an entry says under visible_to
# Texts that must have a certain form, and sections that only say how the program works.
FIXED = {
    "isms": "1", "organisation.language": "en-GB", "risk_level.colour": "#AA0000", "acceptance.rule": "6.1.2-c-01",
    "document.language": "en", "asset.classification": None, "document.classification": None,
    "document.type": None, "document.covers": None, "document.file": None, "document.brand": None, "document.status": "approved",
}
NO_SECTION = {"isms", "standard", "checks", "brand", "audiences", "baseline", "classifications"}


class Schema:
    def __init__(self, path):
        with open(path, encoding="utf-8") as f:
            self.json = json.load(f)
        self.definitions = self.json["definitions"]
        self.kinds = {}
        for definition in self.definitions.values():
            kind = definition.get("x-kind")
            if kind:
                self.kinds.setdefault(kind, []).append(definition)
        self.section_of = {spec["x-collection"]: name for name, spec in self.json["properties"].items() if "x-collection" in spec}

    def fields(self, kind):
        """What may be written, without what only the heads of Markdown files have."""
        return self.kinds[kind][0].get("properties", {})

    def mark(self, spec):
        return AUDIENCES.index(spec.get("x-audience", "auditor"))

    @functools.lru_cache(maxsize=None)
    def holder_mark(self, kind):
        """Of entries that stand inside others: who may see the key they stand under."""
        marks = [self.mark(spec) for owners in self.kinds.values() for spec in owners[0].get("properties", {}).values() if spec.get("x-collection") == kind]
        return min(marks, default=2)

    def kind_mark(self, kind):
        return self.mark(self.kinds[kind][0])

    def resolve(self, spec):
        if "x-ref" in spec or "$ref" not in spec:
            return spec
        return self.definitions[spec["$ref"].split("/")[-1]]


class Project:
    """One ISMS. [reader], [salt]: whatever that audience may not see has other values than with salt 0."""

    def __init__(self, schema, reader=0, salt=0, numbers=None):
        self.schema, self.reader, self.salt = schema, reader, salt
        self.levels, self.places, self.numbers = {}, {}, dict(numbers or {})

    def changed(self, level):
        return self.salt if level < self.reader else 0

    def marker(self, place, level):
        number = self.numbers.setdefault(place, len(self.numbers) + 1)
        word = "zq%06dq" % (number + 500000 * self.changed(level))
        self.levels[word], self.places[word] = level, place
        return word

    def record_id(self, kind, variant):
        level = AUDIENCES.index(variant) if variant else self.schema.kind_mark(kind)
        level = min(level, self.schema.holder_mark(kind))
        return "X-" + self.marker("%s %s id" % (kind, variant), level)

    def reference(self, spec, place, level, index):
        kinds = [k for k in spec["x-ref"] if k in self.schema.section_of and not self.schema.json["properties"][self.schema.section_of[k]].get("x-catalogue") == "only"]
        if kinds:
            return self.record_id(kinds[index % len(kinds)], VARIANTS[index % len(VARIANTS)])
        return self.marker(place, level) if spec.get("x-or-text") else None

    def value(self, spec, place, level, index):
        changed = self.changed(level)
        name = place.split(" ")[-1]
        if name in FIXED:
            return FIXED[name]
        if "x-ref" in spec:
            return self.reference(spec, place, level, index + changed)
        spec = self.schema.resolve(spec)
        if "x-collection" in spec:
            return self.collection(spec["x-collection"], level)
        if "x-kind" in spec:
            return self.record(spec["x-kind"], place, level, None)
        if spec.get("type") == "array":
            return self.array(spec["items"], place, level, index)
        if spec.get("x-type") == "map":
            return None
        if "enum" in spec and spec.get("x-type") != "boolean":
            words = [w for w in spec["enum"] if w not in spec.get("x-synonyms", {})]
            return words[(changed * 3) % len(words)]
        plain = {"boolean": ["yes", "no"], "integer": ["1", "2"], "number": ["1", "2"], "date": ["2026-01-31", "2025-07-14"], "period": ["12 months", "6 months"]}
        if spec.get("x-type") in plain:
            return plain[spec["x-type"]][changed % 2]
        return self.marker(place, level)

    def array(self, items, place, level, index):
        if "x-ref" in items:
            several = range(len(VARIANTS)) if not self.changed(level) else range(2)
            return [v for v in (self.reference(items, place, level, index + i) for i in several) if v]
        kind = self.schema.resolve(items).get("x-kind")
        if not kind:
            value = self.value(items, place, level, index)
            return None if value is None else [value] * (1 + self.changed(level))
        variants = VARIANTS if "visible_to" in self.schema.fields(kind) else [None]
        return [self.record(kind, "%s#%s" % (place, v), level, v) for v in variants]

    def record(self, kind, place, level, variant):
        fields = self.schema.fields(kind)
        if "visible_to" in fields:
            level = min(level, AUDIENCES.index(variant) if variant else self.schema.kind_mark(kind))
        out = {}
        for index, (name, spec) in enumerate(fields.items()):
            if name == "visible_to":
                if variant:
                    out[name] = variant
                continue
            value = self.value(spec, "%s %s.%s" % (place, kind, name), min(level, self.schema.mark(spec)), index)
            if value is not None:
                out[name] = value
        out["x-own"] = self.marker("%s %s.x-own" % (place, kind), 0)
        return out

    def collection(self, kind, level=2):
        out = {}
        for variant in VARIANTS:
            own = AUDIENCES.index(variant) if variant else self.schema.kind_mark(kind)
            out[self.record_id(kind, variant)] = self.record(kind, "%s %s" % (kind, variant), level, variant)
            if self.changed(min(own, level)):  # one more that they do not see
                out["X-more-%s-%s" % (kind, variant)] = self.record(kind, "%s %s more" % (kind, variant), level, variant)
        return out

    def sections(self):
        out = {"isms": "1"}
        for name, spec in self.schema.json["properties"].items():
            if name in NO_SECTION:
                continue
            if "x-collection" in spec:
                out[name] = self.collection(spec["x-collection"])
            else:
                value = self.value(spec, name, 2 if self.schema.resolve(spec).get("x-kind") else self.schema.mark(spec), 0)
                if value is not None:
                    out[name] = value
        return out


# ---- the files ----

def yaml(value, indent=0):
    pad = "  " * indent
    if isinstance(value, dict):
        return "".join("%s%s:%s" % (pad, k, ("\n" + yaml(v, indent + 1)) if isinstance(v, (dict, list)) else " " + json.dumps(v) + "\n") for k, v in value.items() if v not in ({}, []))
    out = ""
    for v in value:
        if isinstance(v, (dict, list)):
            out += "%s-\n%s" % (pad, yaml(v, indent + 1))
        else:
            out += "%s- %s\n" % (pad, json.dumps(v))
    return out


def tags(schema, kind, depth=0):
    """Mustache that prints every field of a record."""
    out = []
    every = {**schema.fields(kind), **schema.kinds[kind][0].get("x-computed", {})}
    if kind == "document" and len(schema.kinds[kind]) > 1:
        every = {**every, **{k: v for k, v in schema.kinds[kind][1]["properties"].items() if k not in every and k != "id"}}
    for name, spec in every.items():
        target = spec if "x-ref" in spec else schema.resolve(spec)
        items = schema.resolve(target.get("items", {})) if target.get("type") == "array" else target
        inner = items.get("x-kind") or items.get("x-collection")
        if inner and depth < 4 and inner != kind:
            out += ["{{#%s}}" % name, ""] + (["{{id}}", ""] if "x-collection" in items else []) + tags(schema, inner, depth + 1) + ["{{/%s}}" % name, ""]
        elif target.get("x-type") != "map":
            out += ["{{#%s}}" % name, kind + " " + name + ": {{%s}}" % name, "{{/%s}}" % name, ""]
    return out


def everything(schema):
    """A template that prints all there is, and counts it."""
    lets, body = [], []
    for name, spec in schema.json["properties"].items():
        target = schema.resolve(spec)
        kind = spec.get("x-collection") or target.get("x-kind")
        if "x-collection" in spec:
            lets.append("  n_%s: size(%s)" % (name, name))
            body += ["# %s {{n_%s}}" % (name, name), "", "{{#%s}}" % name, "{{id}}" if spec.get("x-catalogue") else "{{id}} {{x-own}}", ""] + tags(schema, kind) + ["{{/%s}}" % name, ""]
        elif kind:
            body += ["# %s" % name, "", "{{#%s}}" % name, "{{x-own}}", ""] + tags(schema, kind) + ["{{/%s}}" % name, ""]
        elif name not in ("audiences",):
            body += ["# %s" % name, "", "{{%s}}" % name, ""]
    lets += ["  late: size(deadlines.filter(d, d.late))", "  ids: deadlines.map(d, d.record)", "  prose: size(passages)"]
    body += ["# Also", "", "{{late}} {{ids}} {{prose}} {{stage}} {{edition}} {{#passages}}{{text}}{{/passages}}", "",
             "{{#document_set}}{{id}} {{title}} {{why}} {{/document_set}}", ""]
    return "---\ndocument: everything\nid: X-EVERYTHING\ntitle: Everything\nlet:\n%s\n---\n\n%s" % ("\n".join(lets), "\n".join(body))


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(word):
    """A picture that says in a text chunk, in a compressed one and in Exif who made it."""
    note = word.encode()
    exif = b"MM\0*\0\0\0\x08\0\x01\x01\x3b\0\x02" + struct.pack(">II", len(note) + 1, 26) + b"\0\0\0\0" + note + b"\0"
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)) + chunk(b"tEXt", b"Author\0" + note)
            + chunk(b"zTXt", b"Comment\0\0" + zlib.compress(note)) + chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + note) + chunk(b"eXIf", exif)
            + chunk(b"IDAT", zlib.compress((b"\0" + b"\x80" * 6) * 2)) + chunk(b"IEND", b"")) + note


def jpeg(word):
    note = word.encode()
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x3b\0\x02" + struct.pack(">II", len(note) + 1, 26) + b"\0\0\0\0" + note + b"\0"

    def segment(code, data):
        return b"\xff" + bytes([code]) + struct.pack(">H", len(data) + 2) + data
    frame = segment(0xC0, struct.pack(">BHHB", 8, 8, 8, 1) + b"\x01\x11\x00")
    return (b"\xff\xd8" + segment(0xE0, b"JFIF\0\x01\x01\x01\0\x60\0\x60\0\0") + segment(0xE1, exif) + segment(0xED, b"Photoshop 3.0\0" + note)
            + segment(0xFE, note) + segment(0xDB, b"\0" + bytes([1] * 64)) + frame + segment(0xC4, b"\0" + bytes([1] + [0] * 15) + b"\0")
            + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x3f\xff\xd9" + note)


POLICY = """---
id: {id}
title: {title}
owner: {owner}
version: "1"
status: approved
approved_on: 2026-01-31
classification: Public
x-own: {x}
{visible}history:
  - version: "1"
    on: 2026-01-31
    change: {change}
---

# {heading}

For customers {c} and {{{{organisation.name}}}}.<!-- audience: auditor --> Inside a line {a1}.<!-- /audience -->

<!-- audience: auditor -->
A paragraph {a2}

<!-- audience: internal -->
- deeper {i1}
<!-- /audience -->

![{a3}](pictures/photo.png "{a4}")
<!-- /audience -->

| One | Two |
|-----|-----|
| {t} | <!-- audience: internal -->{i2}<!-- /audience -->rest |
<!-- audience: internal -->
| {i3} | row |
<!-- /audience -->
| last | row |

<!-- audience: internal -->
## {i4}

{{{{#risks}}}}{{{{title}}}}{{{{/risks}}}} [{i5}](https://example.com/{i6}) `{i7}`[^1]

[^1]: A note {i8}
<!-- /audience -->

![Picture](pictures/photo.png) and ![Picture](pictures/photo.jpg)

<!-- A plain comment {k} -->
"""


def policies(project, root):
    os.makedirs(os.path.join(root, "policies", "pictures"))
    for variant in VARIANTS:
        level = AUDIENCES.index(variant) if variant else 1

        def m(name, own=2):
            return project.marker("policy %s %s" % (variant, name), min(level, own))
        words = {n: m(n) for n in ("title", "heading", "c", "t")}
        words.update({n: m(n, 1) for n in ("a1", "a2", "a3", "a4", "change")})
        words.update({n: m(n, 0) for n in ("x", "i1", "i2", "i3", "i4", "i5", "i6", "i7", "i8")})
        visible = "visible_to: %s\n" % variant if variant else ""
        text = POLICY.format(id="X-" + m("id"), visible=visible, k="seen by nobody", owner=project.record_id("role", "customer"), **words)
        with open(os.path.join(root, "policies", "policy-%s.md" % variant), "w", encoding="utf-8") as f:
            f.write(text)
    hidden = [project.marker("picture " + n, -1) for n in ("png", "jpg")]
    with open(os.path.join(root, "policies", "pictures", "photo.png"), "wb") as f:
        f.write(png(hidden[0]))
    with open(os.path.join(root, "policies", "pictures", "photo.jpg"), "wb") as f:
        f.write(jpeg(hidden[1]))


def write(project, root):
    sections = project.sections()
    sections["classifications"] = ["Public", "Internal"]
    with open(os.path.join(root, "isms.yaml"), "w", encoding="utf-8") as f:
        f.write(yaml(sections))
    policies(project, root)
    template = everything(project.schema)
    for folder in ("templates", "templates/customer"):
        os.makedirs(os.path.join(root, folder), exist_ok=True)
        with open(os.path.join(root, folder, "everything.md"), "w", encoding="utf-8") as f:
            f.write(template)


# ---- what was built ----

def run(root, audience, out, data=None):
    command = [ISMSC, "build", "-C", root, "--audience", audience, "--out", out, "--to", FORMATS, "--as-of", "2026-06-01"]
    done = subprocess.run(command + (["--data", data] if data else []), capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    if done.returncode:
        sys.exit("audience.py: %s\n%s%s" % (" ".join(command), done.stdout[-2000:], "\n".join(re.findall(r"(?:error\[.*\n.*|^ismsc.*)", done.stderr, re.M))[-4000:]))


def layers(data):
    """The bytes as they are, and as whoever reads them may decode them."""
    yield data
    yield data.replace(b"\0", b"")  # UTF-16 and UTF-32 of ASCII
    text = data.decode("utf-8", "replace")
    yield re.sub(r"<[^>]*>", "", text).encode()  # a word over several runs
    yield html.unescape(text).encode()
    yield urllib.parse.unquote(text).encode("utf-8", "replace")
    for address in re.findall(r"base64,([A-Za-z0-9+/=]+)", text):
        yield from binary(base64.b64decode(address))


def binary(data):
    """Packed texts inside pictures as well."""
    yield data
    for at in [m.start() for m in re.finditer(rb"zTXt|iTXt|iCCP", data)]:
        for begin in range(at, min(at + 90, len(data))):
            try:
                yield zlib.decompressobj().decompress(data[begin:])
            except zlib.error:
                continue


def contents(folder):
    """(name, bytes) of every file, with its name, and of every part of every archive."""
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as f:
            data = f.read()
        yield name, name.encode()
        if data[:2] == b"PK":
            yield name, b"\n".join(line for line in [zipfile.ZipFile(os.path.join(folder, name)).comment])
            with zipfile.ZipFile(os.path.join(folder, name)) as archive:
                for member in archive.infolist():
                    yield name + "!" + member.filename, member.filename.encode() + member.comment + member.extra
                    yield name + "!" + member.filename, archive.read(member)
        else:
            yield name, data


def found(folder):
    """Marker -> the files it is in."""
    out = {}
    for name, data in contents(folder):
        for layer in set(layers(data) if data[:4] not in (b"\x89PNG", b"\xff\xd8\xff\xe0") else binary(data)):
            for word in set(MARKER.findall(layer.lower())):
                out.setdefault(word.decode(), set()).add(name)
    return out


def leaks(project, there, reader):
    """Of what was found there, what the reader may not see."""
    return {word: files for word, files in there.items() if project.levels.get(word, -1) < reader}


class Test:
    def __init__(self):
        self.failed = self.cases = 0
        self.top = tempfile.mkdtemp(prefix="audience-")
        self.schema = Schema(SCHEMA)

    def check(self, good, title, details=()):
        self.cases += 1
        self.failed += not good
        print("%s %s" % ("ok" if good else "not ok", title))
        for line in list(details)[:30] if not good else ():
            print("    " + line)

    def project(self, name, reader=0, salt=0, numbers=None):
        project, root = Project(self.schema, reader, salt, numbers), os.path.join(self.top, name)
        os.makedirs(root)
        write(project, root)
        return project, root

    def folder(self, name):
        return os.path.join(self.top, name)

    def markers(self):
        project, root = self.project("all")
        words = {w: l for w, l in project.levels.items() if l >= 0}
        for reader, audience in enumerate(AUDIENCES):
            out = self.folder("out-" + audience)
            run(root, audience, out)
            there = found(out)
            bad = leaks(project, there, reader)
            self.check(not bad, "%s: nothing that is not for them, in any byte" % audience,
                       ["%s: %s" % (project.places.get(w, w), ", ".join(sorted(files))) for w, files in sorted(bad.items())])
            shown = {w for w, files in there.items() if any(n.startswith(("everything", "policy")) for n in files)}
            lacking = sorted(w for w, level in words.items() if level >= reader and w not in shown)
            lacking = [w for w in lacking if not self.unprinted(project.places[w])]
            self.check(not lacking, "%s: each of the %d texts that are for them" % (audience, sum(l >= reader for l in words.values())),
                       [project.places[w] for w in lacking])
        return project, root

    @staticmethod
    def unprinted(place):
        """Keys of one's own in objects that are no entries of a section; ids that only records in lists have; and notes of policies."""
        return bool(re.search(r"\.x-own$|#|^policy .* (id|change|title)$| more ", place)) and not re.match(r"^risk \S+ risk\.x-own$", place)

    def nothing_hangs_on_it(self, project):
        for reader, audience in list(enumerate(AUDIENCES))[1:]:
            _, other = self.project("salted-" + audience, reader, 1, project.numbers)
            run(other, audience, self.folder("salted-out-" + audience))
            a, b = self.folder("out-" + audience), self.folder("salted-out-" + audience)
            names = sorted(set(os.listdir(a)) | set(os.listdir(b)))
            differ = [n for n in names if not (os.path.exists(os.path.join(a, n)) and os.path.exists(os.path.join(b, n)) and open(os.path.join(a, n), "rb").read() == open(os.path.join(b, n), "rb").read())]
            self.check(not differ, "%s: not a byte hangs on what is not for them" % audience, differ)

    def can_fail(self, project, root):
        """With one mark of the schema wrong, the search finds what it lets through."""
        def spoil_field(definitions):
            definitions["risk"]["properties"]["consequence"]["x-audience"] = "customer"

        def spoil_kind(definitions):
            definitions["supplier"]["x-audience"] = "customer"

        def spoil_internal(definitions):
            definitions["person"]["properties"]["email"]["x-audience"] = "auditor"
        for title, spoil, audience in (("a field", spoil_field, "customer"), ("a kind of entry", spoil_kind, "customer"), ("personal data", spoil_internal, "auditor")):
            data, out = self.folder("data " + title), self.folder("spoilt " + title)
            os.makedirs(os.path.join(data, "schema"))
            spoilt = copy.deepcopy(self.schema.json)
            spoil(spoilt["definitions"])
            with open(os.path.join(data, "schema", "isms.schema.json"), "w", encoding="utf-8") as f:
                json.dump(spoilt, f)
            run(root, audience, out, data)
            self.check(bool(leaks(project, found(out), AUDIENCES.index(audience))), "the search notices %s that is marked wrongly" % title)

    def every_mark(self):
        """Each position of the schema says something, or falls to auditors; words are right."""
        wrong = []

        def walk(node, path):
            if isinstance(node, dict):
                if "x-audience" in node and node["x-audience"] not in AUDIENCES:
                    wrong.append(path)
                for key, value in node.items():
                    walk(value, path + "/" + key)
        walk(self.schema.json, "")
        self.check(not wrong, "every mark of the schema names an audience", wrong)

    def run(self):
        self.every_mark()
        project, root = self.markers()
        self.nothing_hangs_on_it(project)
        self.can_fail(project, root)
        if "--verbose" in sys.argv:
            for word, place in sorted(project.places.items()):
                print("%s %-8s %s" % (word, AUDIENCES[project.levels[word]] if project.levels[word] >= 0 else "nobody", place))
        if not os.environ.get("KEEP"):
            shutil.rmtree(self.top)
        else:
            print(self.top)
        print("%d cases" % self.cases)
        return 1 if self.failed else 0


if __name__ == "__main__":
    sys.exit(Test().run())
