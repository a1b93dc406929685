#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs what README.md tells a reader to type, in an empty folder, and follows its links.

Blocks marked ```sh are run line by line, in one shell that stops at the first failure; `make` and installing are left
out, since other suites do that. Links of the README, of docs/ and of CONTRIBUTING.md must lead to files that are there.
"""
import os
import re
import subprocess
import sys
import tempfile

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
BUILD = os.environ.get("BUILD", "build")


def blocks(path):
    with open(path, encoding="utf-8") as f:
        return re.findall(r"^```sh\n(.*?)^```", f.read(), re.M | re.S)


def run_block(block):
    lines = [line for line in block.split("\n") if line and not re.match(r"(sudo |make\b|git clone|cd )", line)]
    if not lines:
        return None
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(os.path.abspath(os.path.join(TOP, BUILD)), os.path.join(folder, "build"))
        for name in ("examples", "schema", "templates", "docs"):
            os.symlink(os.path.abspath(os.path.join(TOP, name)), os.path.join(folder, name))
        env = dict(os.environ, PATH=os.path.abspath(os.path.join(TOP, BUILD)) + ":" + os.environ["PATH"])
        done = subprocess.run(["sh", "-eu", "-c", "\n".join(lines)], cwd=folder, env=env, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode == 0:
        return None
    return "exit status %d from\n%s\n%s" % (done.returncode, "\n".join(lines), done.stdout.decode(errors="replace")[-1500:])


def broken_links(path):
    with open(os.path.join(TOP, path), encoding="utf-8") as f:
        text = re.sub(r"^```.*?^```|`[^`\n]*`", "", f.read(), flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)\s#]+)[^)]*\)", text):
        if not re.match(r"[a-z]+:", target) and not os.path.exists(os.path.join(TOP, os.path.dirname(path), target)):
            yield "%s links to %s, which is not there" % (path, target)


def main():
    wrong = []
    cases = 0
    for block in blocks(os.path.join(TOP, "README.md")):
        cases += 1
        complaint = run_block(block)
        if complaint:
            wrong.append("README.md: " + complaint)
    pages = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
    for folder, _, names in os.walk(os.path.join(TOP, "docs")):
        pages += [os.path.relpath(os.path.join(folder, n), TOP) for n in names if n.endswith(".md")]
    for page in sorted(pages):
        cases += 1
        wrong += list(broken_links(page))
    for line in wrong:
        print("FAIL " + line)
    print("%d cases" % cases)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
