#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Documents, compared by their parts and not as archives, with what stands in tests/golden/.

  golden.py [WORD...]     only documents whose name holds one of the words
  BLESS=1 golden.py       writes what the program makes now; read the difference before committing it

Of both examples the text dump of documents: whole for policies and what is under WHOLE, else its headings and the size of its
tables, all of them in one file (outlines.txt). Of tests/golden/project, which has one of each kind of block, the
parts of the Word file, a tag a line, the web page, the Markdown and what pandoc is given.
"""
import difflib
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
ISMSC = os.environ.get("ISMSC") or os.path.join(HERE, "..", os.environ.get("BUILD", "build"), "ismsc")
GOLDEN = os.path.join(HERE, "golden")
BLESS = os.environ.get("BLESS")
WHOLE = set("""conformity-report gap-assessment information-security-policy internal-audit-report isms-scope
management-review nonconformity-log risk-assessment-report risk-methodology risk-treatment-plan stage-1-readiness
statement-of-applicability""".split())
BY_HASH = re.compile(r"(styles|theme1|fontTable|webSettings)\.xml$")  # the same in every document: units look at them


def build(project, formats, folder, *documents):
    done = subprocess.run([ISMSC, "build", *documents, "-C", project, "--as-of", "2026-11-21", "--to", formats, "--out", folder],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
    return done.stderr.decode(errors="replace") if done.returncode else ""


def tag_a_line(xml):
    return re.sub(r"(?<=[^\n])<(?=(w:(p|tbl|tr|tc|sectPr|r|abstractNum|num|footnote|drawing|hyperlink)[ />]|Relationship |Override |Default ))", "\n<", xml) + "\n"


def parts_of_docx(path):
    text = []
    with zipfile.ZipFile(path) as z:
        for info in z.infolist():
            data = z.read(info)
            text.append("==== %s\n" % info.filename)
            if info.filename.endswith((".xml", ".rels")) and not BY_HASH.search(info.filename):
                text.append(tag_a_line(data.decode("utf-8")))
            else:
                text.append("%d bytes, sha256 %s\n" % (len(data), hashlib.sha256(data).hexdigest()[:16]))
    return "".join(text)


def page(path):
    """The page without style and script, which units and a browser look at."""
    with open(path, encoding="utf-8") as f:
        text = f.read()
    text = re.sub(r"(<(style|script)[^>]*>).*?(</\2>)", r"\1...\3", text, flags=re.S)
    text = re.sub(r"sha256-[A-Za-z0-9+/=]+", "sha256-...", text)
    return re.sub(r"(?<=[^\n])<(?=(p|h[1-6]|table|tr|td|th|ul|ol|li|section|figure|div|nav|aside|dl|dt|dd|blockquote|pre)[ >])", "\n<", text)


def outline(text):
    """Title, headings and paragraphs' number, and of each table its header and how many rows it has."""
    lines, rows, paragraphs = [], 0, 0

    def flush():
        nonlocal rows, paragraphs
        if rows or paragraphs:
            lines.append("    %d rows, %d paragraphs" % (rows, paragraphs))
        rows = paragraphs = 0
    for line in text.split("\n"):
        words = line.strip()
        if line.startswith("document ") or words.startswith(("title: ", "id: ")):
            lines.append(line)
        elif words.startswith(("heading ", "table ", "header ")):
            flush()
            lines.append(line[:160])
        rows += words.startswith("row ")
        paragraphs += words.startswith("paragraph: ")
    flush()
    return "\n".join(lines) + "\n"


def made():
    """(name, text) of everything compared; a text of None is a build that failed."""
    with tempfile.TemporaryDirectory() as work:
        for example in ("minimal", "northwind"):
            folder = os.path.join(work, example)
            trouble = build(os.path.join(HERE, "..", "examples", example), "text", folder)
            if trouble:
                yield example, trouble, True
                continue
            outlines = []
            for name in sorted(os.listdir(folder)):
                with open(os.path.join(folder, name), encoding="utf-8") as f:
                    text = f.read()
                if re.sub(r"-(aud|mr)-.*", "", name[:-len(".txt")]) in WHOLE or name[0].isdigit():
                    yield "%s/%s" % (example, name), text, False
                else:
                    outlines.append(outline(text))
            yield "%s/outlines.txt" % example, "\n".join(outlines), False
        folder = os.path.join(work, "project")
        trouble = build(os.path.join(GOLDEN, "project"), "docx,html,text,md,json", folder, "everything")
        if trouble:
            yield "project", trouble, True
            return
        with open(os.path.join(folder, "everything.txt"), encoding="utf-8") as f:
            yield "everything.txt", f.read(), False
        yield "everything.docx.txt", parts_of_docx(os.path.join(folder, "everything.docx")), False
        yield "everything.html.txt", page(os.path.join(folder, "everything.html")), False
        with open(os.path.join(folder, "everything.md"), encoding="utf-8") as f:
            yield "everything.md.txt", f.read(), False
        with open(os.path.join(folder, "everything.json"), encoding="utf-8") as f:
            text = re.sub(r"(?<=[\[,])(?=\{\"t\":\"(Header|Para|Plain|BulletList|OrderedList|Table|Div|Figure|CodeBlock|BlockQuote)\")", "\n", f.read())
            yield "everything.json.txt", re.sub(r"base64,[A-Za-z0-9+/=]{60,}", "base64,...", text), False


def kept_names():
    for base, _, names in os.walk(GOLDEN):
        for name in names:
            path = os.path.relpath(os.path.join(base, name), GOLDEN)
            if not path.startswith("project" + os.sep):
                yield path


def compare(name, text):
    path = os.path.join(GOLDEN, name)
    if BLESS:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="\n") as f:
            f.write(text)
        return True
    if not os.path.exists(path):
        print("FAIL %s is not in tests/golden" % name)
        return False
    with open(path, encoding="utf-8", newline="") as f:
        expected = f.read()
    if expected == text:
        return True
    print("FAIL %s differs" % name)
    lines = difflib.unified_diff(expected.split("\n"), text.split("\n"), "expected", "made", lineterm="", n=1)
    print("\n".join("  " + line[:200] for _, line in zip(range(20), lines)))
    print("  again: ISMSC=%s tests/golden.py %s   (BLESS=1 if it is meant)" % (ISMSC, name))
    return False


def main():
    wanted = sys.argv[1:]
    failed = cases = 0
    seen = set()
    for name, text, trouble in made():
        seen.add(name)
        if wanted and not any(word in name for word in wanted):
            continue
        cases += 1
        if trouble:
            print("FAIL %s does not build: %s" % (name, text))
            failed += 1
        else:
            failed += not compare(name, text)
    for name in sorted(set(kept_names()) - seen):
        if wanted:
            break
        if BLESS:
            os.remove(os.path.join(GOLDEN, name))
        else:
            print("FAIL tests/golden/%s is made no more" % name)
            failed += 1
    print("%d cases" % cases)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
