#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Feeds hostile YAML, Markdown and expressions to the program: every input must end in time, in findings or documents.

    hostile.py ISMSC [--seconds S] [--scale N]

Each input is a whole project, checked and built. Allowed is exit status 0, 1 or 2 within S seconds of the processor (default 3,
and as long again for every MB), and ten times as many by the clock; a signal, a hang, output that is not UTF-8, a sanitizer's
report, or a page with a script from the sources fails. Prints what fails, then `N passed, N failed`.
"""
import argparse
import html.parser
import math
import os
import re
import resource
import signal
import subprocess
import tempfile

BASE = "isms: 1\norganisation:\n  name: Example\n"
HEAD = "---\nid: POL-01\ntitle: Hostile\n---\n"


def yaml_inputs(n):
    yield "empty", b""
    yield "comment", b"# nothing\n"
    yield "newlines", b"\n" * n * 10
    yield "no-newline", b"isms: 1"
    yield "scalar", b"x"
    yield "list", b"- 1\n- 2\n"
    yield "flow-depth", b"risks: " + b"[" * n
    yield "flow-map-depth", b"risks: " + b"{a: " * n
    yield "block-depth", b"".join(b" " * i + b"a:\n" for i in range(min(n, 2000)))
    yield "dashes", b"risks:\n  " + b"- " * n
    yield "questions", b"? " * n
    yield "aliases", b"a: &a [x,x]\n" + b"".join(b"%c: &%c [*%c,*%c]\n" % (98 + i, 98 + i, 97 + i, 97 + i) for i in range(20))
    yield "self-alias", b"risks: &a [*a]\n"
    yield "anchors", b"risks:\n" + b"".join(b"  R-%d: &x%d {title: x}\n" % (i, i) for i in range(n))
    yield "merge", b"base: &b {x: 1}\nrisks:\n  R-1: {<<: *b}\n"
    yield "tags", b"isms: !!python/object/apply:os.system [x]\nx: !!binary AAAA\n"
    yield "documents", b"---\nisms: 1\n" * 200
    yield "same-keys", b"risks:\n" + b"  R-1: {title: x}\n" * n
    yield "unknown-keys", b"".join(b"k%d: 1\n" % i for i in range(n))
    yield "unknown-ids", b"risks:\n" + b"".join(b"  R-%d: {title: x, owner: nobody-%d, assets: [a%d]}\n" % (i, i, i) for i in range(n // 2))
    yield "long-scalar", b"isms: 1\norganisation: {name: " + b"x" * (n * 50) + b"}\n"  # it stands on every page, some hundred times
    yield "long-key", b"k" * 100000 + b": 1\n"
    yield "long-line", b"organisation: {name: x, nope: 1" + b", x-a: 1" * 1 + b" " * (n * 20) + b", nada: 2}\n"
    yield "literal", b"scope:\n  statement: |\n" + b"    line\n" * (n * 4)
    yield "nul", b"organisation:\n  name: a\0b\n"
    yield "escaped-nul", b'organisation:\n  name: "a\\0b\\u0001"\n'
    yield "bad-utf8", b"organisation:\n  name: \xff\xfe\xc0\xaf\xed\xa0\x80\n"
    yield "cut-utf8", b"organisation:\n  name: \xe2\x82"
    yield "utf16le", (BASE).encode("utf-16-le")
    yield "utf16", (BASE).encode("utf-16")
    yield "bom", b"\xef\xbb\xbf" + BASE.encode()
    yield "cr", BASE.replace("\n", "\r").encode()
    yield "crlf", BASE.replace("\n", "\r\n").encode()
    yield "separators", "organisation:\n  name: a\u2028b\u2029c\u0085d\n".encode()
    yield "overrides", "organisation:\n  name: \u202eevil\u202c\n".encode()
    yield "tabs", b"organisation:\n\tname: x\n"
    yield "numbers", b"risk_method:\n  likelihood: [{name: a}]\n  impact: [{name: b}]\n  levels: [{name: L, up_to: 99999999999999999999}]\nrisks:\n  R-1: {title: x, inherent: {likelihood: 1e999, impact: -5}}\n"
    yield "dates", b"risks:\n  R-1: {title: x, identified_on: 2026-02-30}\n  R-2: {title: y, identified_on: 0000-00-00}\n"
    yield "self-reference", b"roles:\n  ROLE-a: {title: a, reports_to: ROLE-a}\nassets:\n  AST-a: {name: a, depends_on: [AST-a]}\n"


def markdown_inputs(n):
    for name, text in (("stars", "*a " * n), ("underscores", "_a__ " * n), ("brackets", "[" * n), ("links", "[a](" * n), ("images", "![[]()" * n),
                       ("angle", "<" * n), ("autolinks", "<http:" * n), ("pi", "<?" * n), ("comments", "<!--" * n), ("cdata", "<![CDATA[" * n),
                       ("quotes", ">" * n), ("nested-quotes", "> " * n + "a"), ("lists", "- " * n + "a"), ("deep-lists", "".join("  " * i + "- a\n" for i in range(400))),
                       ("lists-blank", "- " * 2000 + "\n" * 2000), ("quotes-emphasis", ">" * 4000 + "a*" * 4000), ("backticks", "".join("e" + "`" * i for i in range(800))),
                       ("pipes", "|" * n), ("table-wide", "|" + "a|" * 5000 + "\n|" + "-|" * 5000 + "\n" + "|x|\n" * 3000),
                       ("table-short", "|a|b|\n|---|---|\n" + "|x|\n" * n), ("references", "[a]: /" + "u" * 5000 + "\n\n" + "[a]\n" * n),
                       ("footnotes", "".join("[^%d] " % i for i in range(n // 4)) + "\n\n" + "".join("[^%d]: x\n" % i for i in range(n // 4))),
                       ("footnote-loop", "a[^1]\n\n[^1]: b[^2]\n[^2]: c[^1]\n"), ("tasks", "- [ ] a\n- [x] b\n" * (n // 8)), ("strikes", "~~a " * n),
                       ("mustache-open", "{{" * n), ("mustache-unknown", "{{ a }}" * (n * 2)), ("mustache-sections", "{{#risks}}" * 2000), ("mustache-names", "{{a.b.c.d}}" * (n // 10)),
                       ("mustache-partials", "{{>x}}" * 500), ("delimiters", "{{=<% %>=}}" * 500), ("wiki", "[[" * n), ("wiki-unknown", "[[R-9]] " * (n // 8)),
                       ("html", "<script>alert(1)</script><img src=x onerror=y>" * 500), ("tables-html", "<table><tr><td>" * 1000), ("details", "<details>" * 2000),
                       ("directives", "<!-- table: widths=%s -->\n\n" % ("1," * 5000)), ("schemes", "[a](javascript:alert(1)) [b](data:text/html,x) [c](file:///etc/passwd)\n"),
                       ("entities", "&#x110000; &#0; &amp;" * (n // 10)), ("long-line", "a" * (n * 20)), ("marks", "\uf8fd1\uf8fe"), ("nul", "a\0b")):
        yield name, (HEAD + text + "\n").encode()


EXPRESSIONS = ["(" * 5000, "!" * 5000 + "true", "[" * 3000, "risks" + ".x" * 3000, "1" + "+1" * 8000, '"' + "a" * 20000, "'a'.matches('(a*)*b')", "9223372036854775807 + 1",
               "risks.all(a, risks.all(b, risks.all(c, risks.all(d, risks.all(e, true)))))", "[1,2,3].map(a, [1,2,3].map(b, [1,2,3].map(c, [a,b,c])))", "\0", "1/0", "-(-9223372036854775808)"]


class Tags(html.parser.HTMLParser):
    """Tags and attributes of a page that could run something."""
    def __init__(self):
        super().__init__()
        self.bad, self.scripts = [], False

    def handle_starttag(self, tag, attributes):
        self.scripts = tag in ("script", "style")
        if tag in ("iframe", "object", "embed", "base"):
            self.bad.append("<%s>" % tag)
        for name, value in attributes:
            address = re.sub(r"[\s\x00-\x1f]", "", value or "").lower()
            if name.startswith("on") or (name in ("href", "src", "action", "data") and re.match(r"(javascript|vbscript|data:text|file:|//)", address)):
                self.bad.append("<%s %s=%s>" % (tag, name, value))

    def handle_endtag(self, tag):
        self.scripts = False

    def handle_data(self, data):
        code = re.sub(r'"(?:\\.|[^"\\\n])*"', '""', data)  # the running header stands in a string of the style
        if self.scripts and ("EVIL" in code or "alert(1)" in code or "url(//x)" in code):
            self.bad.append("code from the sources")


class Runner:
    def __init__(self, program, seconds):
        self.program, self.seconds, self.passed, self.failed = program, seconds, 0, 0

    def run(self, name, arguments, size=0):
        """The limit is on the processor's time, so that other programs do not count; one who only waits is stopped as well."""
        seconds = math.ceil(self.seconds * (1 + size / 1e6))
        try:
            done = subprocess.run([self.program] + arguments, capture_output=True, timeout=seconds * 10, stdin=subprocess.DEVNULL,
                                  preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5)))
            if done.returncode == -signal.SIGXCPU:
                raise subprocess.TimeoutExpired(self.program, seconds)
            problem = None if done.returncode in (0, 1, 2) else "exit status %d" % done.returncode
            if not problem and b"Sanitizer" in done.stderr:
                problem = "a sanitizer report"
            try:
                done.stdout.decode("utf-8")
            except UnicodeDecodeError:
                problem = problem or "output that is not UTF-8"
        except subprocess.TimeoutExpired:
            problem = "no end within %g s" % seconds
        if problem:
            print("%s: %s" % (name, problem))
        self.failed, self.passed = self.failed + bool(problem), self.passed + (not problem)

    def project(self, name, files):
        with tempfile.TemporaryDirectory() as root:
            for path, content in files.items():
                os.makedirs(os.path.join(root, os.path.dirname(path)), exist_ok=True)
                with open(os.path.join(root, path), "wb") as file:
                    file.write(content)
            self.both(name, root, sum(len(content) for content in files.values()))

    def both(self, name, root, size=0):
        out = os.path.join(root, "out")
        self.run(name + ", check", ["check", "--all", "-C", root, "--as-of", "2026-11-21"], size)
        self.run(name + ", build", ["build", "-C", root, "--as-of", "2026-11-21", "--out", out], size)
        pages = [os.path.join(out, page) for page in os.listdir(out) if page.endswith(".html")] if os.path.isdir(out) else []
        for page in pages:
            with open(page, encoding="utf-8") as file:
                tags = Tags()
                tags.feed(file.read())
            for bad in tags.bad[:1]:
                print("%s: %s holds %s" % (name, os.path.basename(page), bad))
                self.failed += 1

    def tree(self, name, make):
        with tempfile.TemporaryDirectory() as root:
            with open(os.path.join(root, "isms.yaml"), "w", encoding="utf-8") as file:
                file.write(BASE)
            try:
                make(root)
            except OSError as error:
                print("%s: left out, this machine can't make it: %s" % (name, error))
                return
            self.both("tree " + name, root)


def write(path, content=b"x: 1\n"):
    with open(path, "wb") as file:
        file.write(content)


def deep_folders(root):
    path = root
    for _ in range(60):
        path = os.path.join(path, "d")
        os.mkdir(path)
        write(os.path.join(path, "x.yaml"))


def odd_names(root):
    for name in (b"a\nb.yaml", b"-o.yaml", b"\xff\xfe.yaml", b"x" * 250 + b".yaml", b"CON.yaml", b"a b'\"$(id).yaml", "e\u0301.yaml".encode(), "\u202egp.yaml".encode(),
                 b"{{x}}.md", b"<script>EVIL.md"):
        write(os.path.join(root.encode(), name), HEAD.replace("POL-01", "P-%d" % len(name)).encode() + b"x\n" if name.endswith(b".md") else b"x: 1\n")


def many_files(root):
    for i in range(3000):
        write(os.path.join(root, "f%d.yaml" % i), b"")


TREES = {
    "link to itself": lambda root: os.symlink("self.yaml", os.path.join(root, "self.yaml")),
    "link to the folder above": lambda root: os.symlink("..", os.path.join(root, "up")),
    "link to its own folder": lambda root: os.symlink(".", os.path.join(root, "here")),
    "link out of the project": lambda root: os.symlink("/etc/passwd", os.path.join(root, "passwd.yaml")),
    "dangling link": lambda root: os.symlink("nowhere", os.path.join(root, "x.yaml")),
    "pipe": lambda root: os.mkfifo(os.path.join(root, "pipe.yaml")),
    "pipe as a policy": lambda root: os.mkfifo(os.path.join(root, "pipe.md")),
    "link to an endless device": lambda root: os.symlink("/dev/zero", os.path.join(root, "zero.yaml")),
    "folder called as a file": lambda root: os.mkdir(os.path.join(root, "folder.yaml")),
    "folders without end": deep_folders,
    "odd names": odd_names,
    "thousands of files": many_files,
    "output in the place of the input": lambda root: os.symlink(".", os.path.join(root, "out")),
}

INJECTIONS = ["<script>alert(1)</script>", "<img src=x onerror=EVIL>", "[x](javascript:EVIL)", "[x](JaVaScRiPt&#58;EVIL)", "[x](java\\tscript:EVIL)", "[x](data:text/html,EVIL)",
              "<a href='vbscript:EVIL'>x</a>", "\"><script>EVIL</script>", "</w:t><w:instrText>DDEAUTO c:\\\\cmd</w:instrText>", "]]>", "<!--", "-->", "<style>*{background:url(//x)}</style>",
              "![x](https://example.org/track.png)", "{{organisation.name}}", "{{{organisation.name}}}", "=cmd|' /C calc'!A0", "[[R-1]]", "</td></tr></table>", "| a | b |", "# Heading"]


def injections():
    for text in INJECTIONS:
        quoted = "'" + text.replace("'", "''") + "'"
        yield text[:30], {
            "isms.yaml": ("isms: 1\norganisation: {name: %s, address: %s}\nscope: {statement: %s}\nrisks:\n  R-1: {title: %s, consequence: %s}\n" % ((quoted,) * 5)).encode(),
            "policies/p.md": (HEAD.replace("Hostile", quoted) + text + "\n\n# " + text + "\n\n| a |\n|---|\n| " + text + " |\n").encode()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ismsc")
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--scale", type=int, default=20000)
    args = parser.parse_args()
    runner = Runner(os.path.abspath(args.ismsc), args.seconds)
    for name, content in yaml_inputs(args.scale):
        runner.project("yaml " + name, {"isms.yaml": content})
    for name, content in markdown_inputs(args.scale):
        runner.project("markdown " + name, {"isms.yaml": BASE.encode(), "policies/p.md": content})
    for name, make in TREES.items():
        runner.tree(name, make)
    for name, files in injections():
        runner.project("injection " + name, files)
    with tempfile.TemporaryDirectory() as root:
        with open(os.path.join(root, "isms.yaml"), "w", encoding="utf-8") as file:
            file.write(BASE + "risks:\n" + "".join("  R-%d: {title: x}\n" % i for i in range(300)))
        for text in EXPRESSIONS:
            if "\0" not in text:
                runner.run("expression " + text[:40], ["query", "-C", root, text])
    print("%d passed, %d failed" % (runner.passed, runner.failed))
    raise SystemExit(runner.failed > 0)


if __name__ == "__main__":
    main()
