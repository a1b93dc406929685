#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures ismsc against named programs in one paired run, and prints ratios.

    bench/run.py [--ismsc PROGRAM] [--sizes 30,500,10000] [--runs N] [--only start,check,build,scale] [--keep DIR]

Each pair runs in turn, A B A B ..., so that a machine that is busy or slows down hurts both alike; figures are
medians of CPU time (user and system) and of the pairwise ratios. Nothing here is a test: a slow machine fails nothing.

    start   ismsc version against an empty C program
    check   ismsc check against libyaml parsing the same files to events, and nothing else (events.c)
    build   ismsc build of every document as DOCX and HTML against one pandoc process a document and format, which
            reads the same documents as Markdown (made by pandoc from our HTML beforehand, not timed)
    scale   10,000 and 100,000 risks: how time and memory grow for ten times the risks

Needs a C compiler, libyaml's header, python3, and pandoc for build.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def run(command, env=None):
    """CPU seconds and peak MiB of one run."""
    with open(os.devnull, "wb") as null:
        process = subprocess.Popen(command, stdout=null, stderr=null, env=env)
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def run_all(commands):
    total, peak = 0.0, 0.0
    for command in commands:
        seconds, mib = run(command)
        total, peak = total + seconds, max(peak, mib)
    return total, peak


def paired(name, ours, theirs, runs, wanted):
    """Runs A and B in turn; each is a function that makes the list of commands of one run."""
    run_all(ours()), run_all(theirs())
    a, b = [], []
    for _ in range(runs):
        a.append(run_all(ours()))
        b.append(run_all(theirs()))
    mine, other = statistics.median(x[0] for x in a), statistics.median(x[0] for x in b)
    ratios = sorted(x[0] / max(y[0], 1e-4) for x, y in zip(a, b))
    middle = statistics.median(ratios)
    times = "%.2f x" % middle if middle >= 0.2 else "1/%.0f" % (1 / middle)
    print("%-34s %9.1f ms %9.1f ms   %8s  (%s)   peak %6.1f / %6.1f MiB   wanted %s"
          % (name, mine * 1000, other * 1000, times, " .. ".join("%.3g" % r for r in (ratios[0], ratios[-1])),
             max(x[1] for x in a), max(x[1] for x in b), wanted), flush=True)
    return mine, max(x[1] for x in a)


def repeated(command, times):
    return lambda: [command] * times


def compile_c(folder, name, source):
    path = os.path.join(folder, name)
    flags = subprocess.run(["pkg-config", "--libs", "yaml-0.1"], capture_output=True, text=True).stdout.split() or ["-lyaml"]
    subprocess.run([os.environ.get("CC", "cc"), "-O2", "-o", path, source] + (flags if name == "events" else []), check=True)
    return path


def sources(folder):
    found = []
    for base, _, names in os.walk(folder):
        found += [os.path.join(base, n) for n in names if n.endswith((".yaml", ".md"))]
    return sorted(found)


def generate(folder, risks):
    target = os.path.join(folder, "isms-%d" % risks)
    if not os.path.isdir(target):
        subprocess.run([sys.executable, os.path.join(HERE, "generate.py"), "--risks", str(risks), target], check=True)
    return target


class Outputs:
    """A folder of its own for each build, so that every run writes all files."""

    def __init__(self, folder, ismsc, isms):
        self.folder, self.ismsc, self.isms, self.n = folder, ismsc, isms, 0

    def command(self):
        shutil.rmtree(os.path.join(self.folder, "out-%d" % self.n), ignore_errors=True)
        self.n += 1
        return [[self.ismsc, "build", "-C", self.isms, "--as-of", "2026-11-21", "--out", os.path.join(self.folder, "out-%d" % self.n)]]


def markdown_of(folder, ismsc, isms):
    """The same documents as Markdown, for pandoc."""
    pages, texts = os.path.join(folder, "pages"), os.path.join(folder, "texts-" + os.path.basename(isms))
    if os.path.isdir(texts):
        return [os.path.join(texts, n) for n in sorted(os.listdir(texts))]
    shutil.rmtree(pages, ignore_errors=True)
    subprocess.run([ismsc, "build", "-C", isms, "--as-of", "2026-11-21", "--to", "html", "--out", pages], check=True, stdout=subprocess.DEVNULL)
    os.makedirs(texts)
    for name in sorted(os.listdir(pages)):
        subprocess.run(["pandoc", "-f", "html", "-t", "gfm-raw_html", os.path.join(pages, name), "-o", os.path.join(texts, name[:-5] + ".md")], check=True)
    return [os.path.join(texts, n) for n in sorted(os.listdir(texts))]


def pandoc_commands(folder, texts):
    out = os.path.join(folder, "pandoc-out")
    return [["pandoc", "-s", "-f", "gfm", "-t", to, "--metadata", "title=x", text, "-o", out + "." + to] for text in texts for to in ("docx", "html")]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ismsc", default=os.path.join(HERE, "..", "build", "ismsc"))
    parser.add_argument("--sizes", default="30,500,10000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", default="start,check,build,scale")
    parser.add_argument("--keep", help="folder for the data, kept; else a temporary one")
    args = parser.parse_args()
    folder = args.keep or tempfile.mkdtemp(prefix="ismsc-bench-")
    os.makedirs(folder, exist_ok=True)
    ismsc, only, sizes = os.path.abspath(args.ismsc), args.only.split(","), [int(s) for s in args.sizes.split(",")]
    print("%-34s %12s %12s   %8s" % ("", "ismsc, CPU", "other, CPU", "ratio"))
    if "start" in only:
        with open(os.path.join(folder, "empty.c"), "w") as file:
            file.write("int main(void) { return 0; }\n")
        empty = compile_c(folder, "empty", os.path.join(folder, "empty.c"))
        paired("version (100 runs) / empty", repeated([ismsc, "version"], 100), repeated([empty], 100), args.runs, "< 3 x")
    for size in sizes:
        isms = generate(folder, size)
        if "check" in only:
            events = compile_c(folder, "events", os.path.join(HERE, "events.c"))
            times = 20 if size < 1000 else 1
            paired("check %d risks / libyaml events" % size, repeated([ismsc, "check", "-q", "-C", isms, "--as-of", "2026-11-21"], times),
                   repeated([events] + sources(isms), times), args.runs, "<= 5 x, all rules")
        if "build" in only and not shutil.which("pandoc"):
            print("build %d risks: pandoc is not installed" % size)
        elif "build" in only:
            outputs, commands = Outputs(folder, ismsc, isms), pandoc_commands(folder, markdown_of(folder, ismsc, isms))
            paired("build %d risks / pandoc" % size, outputs.command, lambda: commands, 1 if size > 1000 else args.runs,
                   "1/%d or less" % (60 if size > 1000 else 100))
    if "scale" in only:
        for what in ("check", "build"):
            figures = []
            for size in (10000, 100000):
                isms = generate(folder, size)
                out = ["--out", os.path.join(folder, "scale-%d" % size)] if what == "build" else ["-q"]
                seconds, peak = run([ismsc, what, "-C", isms, "--as-of", "2026-11-21"] + out)
                bytes_in = sum(os.path.getsize(p) for p in sources(isms))
                print("%-34s %9.1f ms   peak %7.1f MiB, %.1f times the input" % ("%s %d risks" % (what, size), seconds * 1000, peak, peak * 1048576 / bytes_in))
                figures.append((seconds, peak))
            print("%-34s time %.1f x, memory %.1f x   wanted <= 12 x" % (what + ": ten times the risks", figures[1][0] / figures[0][0], figures[1][1] / figures[0][1]))
    if not args.keep:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
