#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures ismsc against named programs in one paired run, and prints ratios.

    bench/run.py [--ismsc PROGRAM] [--sizes 30,500,10000] [--runs N] [--only start,check,build,rebuild,set,site,hook,scale] [--limit SECONDS] [--keep DIR]

Each pair runs in turn, A B A B ..., so that a machine that is busy or slows down hurts both alike; figures are
medians of CPU time (user and system) and of the pairwise ratios. Nothing here is a test: a slow machine fails nothing.

    start    ismsc version against an empty C program; ismsc check of examples/minimal against ismsc version
    check    ismsc check against libyaml parsing the same files to events, and nothing else (events.c): with all rules,
             and with those of severity major alone (--severity major); half as many assets as risks
    build    ismsc build of every document that has both, as DOCX and HTML, against one pandoc process a document and format, which
             reads the same documents as Markdown (ismsc build --to md, made beforehand, not timed). What pandoc can not
             do within the limit is left out on its side, and the ratio is then a lower bound: "more than". What is only a page
             (the index, single records) is built by neither; the line below says what all of it takes
    rebuild  ismsc build where nothing has changed against the build before it, and how many files it wrote
    site     the web pages of examples/northwind against one pandoc process a page: those of its documents, and all there are (what
             is no document comes to pandoc as Markdown that pandoc itself made of our HTML; tables with lists in their cells get lost there)
    set      every document of examples/northwind against pandoc for its policies alone, and how long a thousand such clients take
    hook     what a hook runs, ismsc check --staged, against git status in the same repository: examples/northwind, and about 1,000
             records in 300 files; and against the git commands that it must run (ls-files and cat-file)
    scale    1,000, 10,000 and 100,000 risks: how time and memory grow for ten times the risks

Sources and outputs of both are in memory (/dev/shm) where that is there, so that no figure hangs on the state of a disk.
Needs a C compiler, libyaml's header, python3, and pandoc for build.
"""
import argparse
import glob
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
DAY = ["--as-of", "2026-11-21"]
MARKDOWN = "gfm+yaml_metadata_block"


class Run:
    """What some commands took together: CPU seconds, the largest one's peak MiB, and whether time ran out before the end."""

    def __init__(self):
        self.seconds, self.peak, self.late = 0.0, 0.0, False


def memory_folder():
    """Where files are in memory, if there is room; None: the usual place. On ext4 a new file costs more, for minutes, the more others were deleted."""
    place = "/dev/shm"
    return place if os.access(place, os.W_OK) and shutil.disk_usage(place).free > 4 << 30 else None


class Bench:
    def __init__(self, args):
        self.ismsc, self.runs, self.limit = os.path.abspath(args.ismsc), args.runs, args.limit
        self.folder = args.keep or tempfile.mkdtemp(prefix="ismsc-bench-", dir=memory_folder())
        os.makedirs(self.folder, exist_ok=True)
        self.outputs = 0
        self.measure, self.events = self.compile_c("measure"), self.compile_c("events")
        with open(self.path("empty.c"), "w") as file:
            file.write("int main(void) { return 0; }\n")
        self.empty = self.compile_c("empty", self.path("empty.c"))

    def path(self, name):
        return os.path.join(self.folder, name)

    def compile_c(self, name, source=None):
        libs = subprocess.run(["pkg-config", "--libs", "yaml-0.1"], capture_output=True, text=True).stdout.split() or ["-lyaml"]
        source = source or os.path.join(HERE, name + ".c")
        subprocess.run([os.environ.get("CC", "cc"), "-O2", "-o", self.path(name), source] + (libs if name == "events" else []), check=True)
        return self.path(name)

    def isms(self, risks):
        target = self.path("isms-%d" % risks)
        if not os.path.isdir(target):
            subprocess.run([sys.executable, os.path.join(HERE, "generate.py"), "--risks", str(risks), target], check=True)
        return target

    def check(self, isms, *options):
        return [self.ismsc, "check", "-q", "-C", isms] + DAY + list(options)

    def build(self, isms, out=None, names=()):
        """A folder of its own for each build, so that every run writes all files; none is removed before the end (see memory_folder).
        Without names all documents and pages."""
        if not out:
            self.outputs += 1
            out = self.path("out-%d" % self.outputs)
        return [self.ismsc, "build", "-C", isms, "--out", out, *names] + DAY

    def run(self, commands, times=1):
        total = Run()
        for command in commands:
            result = subprocess.run([self.measure, str(self.limit), str(times), shutil.which(command[0])] + command[1:], capture_output=True, text=True)
            if result.returncode:
                sys.exit("can't run " + " ".join(command))
            seconds, kib, late = result.stdout.split()
            total.seconds, total.peak = total.seconds + float(seconds), max(total.peak, int(kib) / 1024)
            if late != "0":
                total.late = True
                break
        return total

    def paired(self, name, ours, theirs, wanted, times=1, runs=None, bound=False):
        """Runs A and B in turn; each is a function that makes the list of commands of one run. Returns the medians in seconds. [bound]: B does less."""
        runs = self.runs if runs is None else runs
        if runs > 1:
            self.run(ours()), self.run(theirs())
        a, b = [], []
        for _ in range(runs):
            a.append(self.run(ours(), times))
            b.append(self.run(theirs(), times))
        mine, other = (statistics.median(x.seconds for x in runs_of) / times for runs_of in (a, b))
        ratios = sorted(x.seconds / max(y.seconds, 1e-4) for x, y in zip(a, b))
        middle = statistics.median(ratios)
        ratio = "%.2f x" % middle if middle >= 0.2 else "1/%.0f" % (1 / middle)
        if bound or any(x.late for x in b):
            ratio = "< " + ratio
        print("%-46s %9.2f ms %11.2f ms %10s  (%s)   peak %6.1f / %6.1f MiB   wanted %s"
              % (name, mine * 1000, other * 1000, ratio, " .. ".join("%.3g" % r for r in (ratios[0], ratios[-1])),
                 max(x.peak for x in a), max(x.peak for x in b), wanted), flush=True)
        return mine, other


def sources(folder):
    found = []
    for base, _, names in os.walk(folder):
        found += [os.path.join(base, n) for n in names if n.endswith((".yaml", ".md"))]
    return sorted(found)


def start(bench):
    minimal, version = os.path.join(HERE, "..", "examples", "minimal"), [bench.ismsc, "version"]
    bench.paired("version / empty program", lambda: [version], lambda: [[bench.empty]], "< 3 x", 100)
    mine, other = bench.paired("check examples/minimal / version", lambda: [bench.check(minimal)], lambda: [version], "see next line", 100)
    print("%-46s %9.2f ms more than version   wanted < 5 ms" % ("check examples/minimal", (mine - other) * 1000))


def check(bench, size):
    isms = bench.isms(size)
    events, times = [bench.events] + sources(isms), 20 if size < 1000 else 1
    for what, options, wanted in (("all rules", [], "< 5 x" if size >= 10000 else "-"), ("major rules", ["--severity", "major"], "<= 2.5 x")):
        bench.paired("check %d risks, %s / libyaml events" % (size, what), lambda: [bench.check(isms, *options)], lambda: [events], wanted, times)


def markdown_of(bench, isms, each=".docx"):
    """What is written as [each], by name, and the same texts as Markdown, the shorter first; what pandoc can not make Markdown of within the limit is left out."""
    pages, texts = bench.path("pages"), bench.path("texts-" + os.path.basename(isms))
    shutil.rmtree(pages, ignore_errors=True)
    for to, out in (("docx,html", pages), ("md", texts)):
        subprocess.run([bench.ismsc, "build", "-C", isms, "--to", to, "--out", out] + DAY, check=True, stdout=subprocess.DEVNULL)
    names, done = sorted(os.path.splitext(n)[0] for n in os.listdir(pages) if n.endswith(each)), []
    for name in sorted(names, key=lambda n: os.path.getsize(os.path.join(pages, n + ".html"))):
        text = os.path.join(texts, name + ".md")
        if not os.path.exists(text) and bench.run([["pandoc", "-f", "html", "-t", "gfm-raw_html", os.path.join(pages, name + ".html"), "-o", text]]).late:
            break # the others are larger
        done.append(text)
    return names, done


def build(bench, size):
    if not shutil.which("pandoc"):
        print("build %d risks: pandoc is not installed" % size)
        return
    isms, out = bench.isms(size), bench.path("pandoc-out")
    names, texts = markdown_of(bench, isms)
    commands = [["pandoc", "-s", "-f", MARKDOWN, "-t", to, "--metadata", "pagetitle=x", text, "-o", out + "." + to] for text in texts for to in ("docx", "html")]
    fewer = ", its %d of %d" % (len(texts), len(names)) if len(texts) < len(names) else ""
    bench.paired("build %d risks / pandoc%s" % (size, fewer), lambda: [bench.build(isms, names=names)], lambda: commands,
                 "1/%d or less" % (60 if size > 1000 else 100), runs=1 if size > 1000 else None, bound=bool(fewer))
    everything = bench.run([bench.build(isms)])
    bytes_in = sum(os.path.getsize(path) for path in sources(isms))
    print("%-46s %9.2f ms   peak %.1f MiB, %.1f times the input   wanted < 10 times for large ones"
          % ("build %d risks, with all pages" % size, everything.seconds * 1000, everything.peak, everything.peak * 1048576 / bytes_in), flush=True)


def whole_set(bench):
    """Every document of examples/northwind against pandoc for its policies alone; then forty clients of that size on two processors."""
    northwind = os.path.join(HERE, "..", "examples", "northwind")
    policies, out = sorted(glob.glob(os.path.join(northwind, "policies", "*.md"))), bench.path("pandoc-out")
    if shutil.which("pandoc"):
        commands = [["pandoc", "-s", "-f", MARKDOWN, "-t", to, "--metadata", "pagetitle=x", policy, "-o", out + "." + to] for policy in policies for to in ("docx", "html")]
        bench.paired("northwind, all documents / pandoc, %d policies" % len(policies), lambda: [bench.build(northwind)], lambda: commands, "1/10 or less")
    clients, begin = 40, time.monotonic()
    line = "printf '%%s\\n' $(seq %d) | xargs -P 2 -I@ '%s' build -C '%s' --out '%s/client-@' --as-of 2026-11-21" % (clients, bench.ismsc, northwind, bench.folder)
    run = bench.run([["sh", "-c", line + " >/dev/null"]])
    seconds = time.monotonic() - begin
    print("%-46s %9.1f s for %d, %.1f minutes for a thousand   peak of one %.1f MiB" % ("clients like northwind, two at a time", seconds, clients, seconds / clients * 1000 / 60, run.peak))


def site(bench):
    """The web pages of examples/northwind against one pandoc process a page: those of its documents; then all, with the pages of records, the index and the search."""
    northwind = os.path.join(HERE, "..", "examples", "northwind")
    if not shutil.which("pandoc"):
        print("site: pandoc is not installed")
        return
    out = bench.path("pandoc-out.html")
    for what, each, runs in (("northwind, documents as pages", ".docx", None), ("northwind, all pages", ".html", 3)):
        names, texts = markdown_of(bench, northwind, each)
        commands = [["pandoc", "-s", "-f", MARKDOWN, "-t", "html", "--metadata", "pagetitle=x", text, "-o", out] for text in texts]
        bench.paired("%s / pandoc, %d" % (what, len(texts)), lambda: [bench.build(northwind, names=names if each == ".docx" else ()) + ["--to", "html"]],
                     lambda: commands, "1/200 or less", runs=runs)


def rebuild(bench, size):
    isms, out = bench.isms(size), bench.path("again")
    shutil.rmtree(out, ignore_errors=True)
    bench.run([bench.build(isms, out)])
    before = {n: os.stat(os.path.join(out, n)).st_mtime_ns for n in os.listdir(out)}
    bench.paired("unchanged rebuild %d risks / build" % size, lambda: [bench.build(isms, out)], lambda: [bench.build(isms)], "0 files written",
                 runs=1 if size > 1000 else None)
    written = sum(before.get(n) != os.stat(os.path.join(out, n)).st_mtime_ns for n in os.listdir(out))
    print("%-46s %9d of %d files written" % ("unchanged rebuild %d risks" % size, written, len(before)))


def thousand(target):
    """About 1,000 records in 300 files, most of them with a record or two."""
    os.makedirs(os.path.join(target, "r"))
    with open(os.path.join(target, "isms.yaml"), "w") as f:
        f.write("isms: 1\norganisation: {name: Probe Ltd}\nroles:\n  ROLE-a: {title: A}\nrisk_method:\n  likelihood: [{name: Rare}, {name: Often}]\n"
                "  impact: [{name: Minor}, {name: Grave}]\n  score: product\n  levels: [{name: Low, up_to: 4, acceptable: yes}]\n")
    for n in range(299):
        lines = ["risks:"]
        for i in range(2):
            lines += ["  R-%d:" % (2 * n + i), "    title: What could happen to part %d of the whole" % n, "    owner: ROLE-a",
                      "    inherent: {likelihood: 1, impact: 2}", "    treatment: {option: modify, controls: [A.8.%d]}" % (1 + n % 34)]
        lines += ["actions:"] + ["  ACT-%d: {title: Do something about it, owner: ROLE-a, status: planned, due: 2027-01-31, risks: [R-%d]}" % (2 * n + i, 2 * n + i)
                                 for i in range(1 + n % 2)]
        with open(os.path.join(target, "r", "%03d.yaml" % n), "w") as f:
            f.write("\n".join(lines) + "\n")


def hook(bench):
    quiet = dict(os.environ, GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_NOSYSTEM="1")
    for name, make in (("northwind", lambda t: shutil.copytree(os.path.join(HERE, "..", "examples", "northwind"), t)), ("1,000 records, 300 files", thousand)):
        repo = bench.path("repo-%d" % len(name))
        make(repo)
        for words in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "one"]):
            subprocess.run(["git", "-C", repo] + words, check=True, env=quiet)
        names = subprocess.run(["git", "-C", repo, "ls-files", "-s"], check=True, env=quiet, capture_output=True, text=True).stdout.split("\n")
        objects = bench.path("objects-%d" % len(name))
        with open(objects, "w") as f:
            f.writelines(line.split(" ")[1] + "\n" for line in names if line)
        git = ["git", "-C", repo]
        bench.paired("hook: " + name + " / git status", lambda: [bench.check(repo, "--staged")], lambda: [git + ["status", "--porcelain"]], "-", 10)
        mine, other = bench.paired("hook: " + name + " / the git it runs", lambda: [bench.check(repo, "--staged")],
                                   lambda: [git + ["ls-files", "-s", "-z"], ["sh", "-c", "git -C '%s' cat-file --batch <'%s' >'%s'" % (repo, objects, objects + ".out")]], "-", 10)
        print("%-46s %9.2f ms more than the git it runs   wanted < 50 ms; all of it %.2f ms, wanted < 100 ms" % ("hook: " + name, (mine - other) * 1000, mine * 1000))


def scale(bench, what):
    figures = []
    for size in (1000, 10000, 100000):
        isms = bench.isms(size)
        run = bench.run([bench.check(isms) if what == "check" else bench.build(isms)])
        bytes_in = sum(os.path.getsize(p) for p in sources(isms))
        print("%-46s %9.1f ms   peak %7.1f MiB, %.1f times the input" % ("%s %d risks" % (what, size), run.seconds * 1000, run.peak, run.peak * 1048576 / bytes_in))
        figures.append(run)
    for small, large, size in zip(figures, figures[1:], (10000, 100000)):
        print("%-46s time %.1f x, memory %.1f x   wanted <= 12 x" % ("%s: %d risks / a tenth of them" % (what, size), large.seconds / small.seconds, large.peak / small.peak), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ismsc", default=os.path.join(HERE, "..", "build", "ismsc"))
    parser.add_argument("--sizes", default="30,500,10000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", default="start,check,build,rebuild,set,site,hook,scale")
    parser.add_argument("--limit", type=int, default=200, help="seconds that one run of a program may take")
    parser.add_argument("--keep", help="folder for the data, kept; else a temporary one, in memory if there is room")
    args = parser.parse_args()
    bench, only, sizes = Bench(args), args.only.split(","), [int(s) for s in args.sizes.split(",")]
    print("%-46s %12s %14s %10s" % ("", "ismsc, CPU", "other, CPU", "ratio"))
    if "start" in only:
        start(bench)
    for name, part in (("check", check), ("build", build), ("rebuild", rebuild)):
        for size in sizes if name in only else []:
            part(bench, size)
    if "set" in only:
        whole_set(bench)
    if "site" in only:
        site(bench)
    if "hook" in only:
        hook(bench)
    if "scale" in only:
        scale(bench, "check")
        scale(bench, "build")
    if not args.keep:
        shutil.rmtree(bench.folder)


if __name__ == "__main__":
    main()
