#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Carries the fixtures of the rules over to a changed _clean.

  rules_rebase.py REVISION [ID...]

Each patch of tests/rules fits the _clean of REVISION. This lays it over that one, merges the result with the _clean of the
work tree, and writes the patch anew. What can not be merged is named, and its patch left as it was. Afterwards,
BLESS=1 tests/rules.py takes over moved lines; look at what it changes.
"""
import glob
import os
import re
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "tools"))
sys.dont_write_bytecode = True
from fixtures import files_below, fixtures, write_below  # noqa: E402
from patches import Misfit, laid_before, lay, read, split  # noqa: E402


def run(*args, **more):
    return subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more)


def clean_of(revision, folder):
    archive = subprocess.run(["git", "archive", revision, "rules/_clean"], cwd=here, stdout=subprocess.PIPE, check=True).stdout
    subprocess.run(["tar", "x", "-C", folder, "--strip-components=1"], input=archive, check=True)
    return os.path.join(folder, "_clean")


def merged(old, broken, new):
    """What [broken] did to [old], done to [new]; None where both changed the same lines."""
    result = subprocess.run(["git", "merge-file", "-p", "-q", new, old, broken], stdout=subprocess.PIPE)
    return result.stdout if result.returncode == 0 else None


def diff_of(name, new, content, folder):
    path = os.path.join(folder, "result")
    with open(path, "wb") as f:
        f.write(content)
    left = new if os.path.exists(new) else "/dev/null"
    label = "a/" + name if os.path.exists(new) else "/dev/null"
    return run("diff", "-u", "--label", label, "--label", "b/" + name, left, path).stdout.decode()


def rebase(patch, old, work):
    head, body = split(read(patch))
    if not body or laid_before(patch, head):
        return None  # what lies on another patch fits as long as that one does; rules.py says where it does not
    broken, new = os.path.join(work, "broken-%d" % len(os.listdir(work))), os.path.join(fixtures, "_clean")
    try:
        write_below(broken, lay(patch, files_below(old)))
    except Misfit as problem:
        return "does not fit the old _clean: %s" % problem
    text = ""
    for name in re.findall(r"^\+\+\+ b/(\S+)", body, re.M):
        paths = [os.path.join(folder, name) for folder in (old, broken, new)]
        if os.path.exists(paths[0]) and os.path.exists(paths[2]):
            content = merged(*paths)
        else:
            content = open(paths[1], "rb").read()
        if content is None:
            return "both changed the same lines of " + name
        text += diff_of(name, paths[2], content, work)
    with open(patch, "w") as f:
        f.write(head + text)
    return None


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    failed = 0
    with tempfile.TemporaryDirectory() as work:
        old = clean_of(sys.argv[1], work)
        for patch in sorted(glob.glob(fixtures + "/*/*.patch")):
            rule = os.path.basename(os.path.dirname(patch))
            if len(sys.argv) > 2 and rule not in sys.argv[2:]:
                continue
            problem = rebase(patch, old, work)
            if problem:
                failed += 1
                print("%s: %s" % (os.path.relpath(patch), problem))
    sys.exit(1 if failed else 0)


main()
