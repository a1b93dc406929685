# SPDX-License-Identifier: MIT
"""The fixtures of the rules as cases, and what the library says about them: for the scripts tests/rule*.py.

$BUILD/tests/rules (default build) checks the ISMSs of all cases in one process for each processor, from memory.
"""
import glob
import os
import re
import subprocess
import threading

from patches import Misfit, lay, read

top = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
fixtures = os.path.join(top, "tests", "rules")
# Hundreds of sessions one after another: their memory is kept and not given back to the system each time.
memory_is_kept = dict(os.environ, MALLOC_MMAP_THRESHOLD_=str(1 << 30), MALLOC_TRIM_THRESHOLD_=str(1 << 30))
build = os.path.abspath(os.environ.get("BUILD") or os.path.join(top, "build"))


def files_below(root):
    """{path: text}"""
    paths = [os.path.join(base, name) for base, _, names in os.walk(root) for name in names]
    return {os.path.relpath(path, root): read(path) for path in paths}


def write_below(root, files):
    for path, text in files.items():
        os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
        with open(os.path.join(root, path), "w", newline="", encoding="utf-8") as f:
            f.write(text)


def clean_files():
    return files_below(os.path.join(fixtures, "_clean"))


def written_rules():
    """{id: (name, what its findings are called)} in the order they are written."""
    rules = {}
    for path in sorted(glob.glob(os.path.join(top, "schema", "rules", "*.yaml"))):
        for entry in re.split(r"^- id: ", read(path), flags=re.M)[1:]:
            rule = entry.split(None, 1)[0].strip('"')
            name, builtin = (re.search(r"^  %s: *(\S+)" % key, entry, re.M) for key in ("name", "builtin"))
            rules[rule] = (name.group(1) if name else "", builtin.group(1) if builtin else rule)
    return rules


def patches_in(folder, begin=""):
    """Sorted by bytes, as the shell does it."""
    return sorted(glob.glob(os.path.join(fixtures, folder, begin + "*.patch")))


class Case:
    """One ISMS. After run_all() it has the status of the check and its text, or None where the process died over it."""

    def __init__(self, patch=None, more=None, watch=()):
        self.patch, self.more, self.watch = patch, more or {}, list(watch)
        self.status, self.text, self.misfit = None, None, None

    def name(self):
        return os.path.relpath(self.patch or os.path.join(fixtures, "_clean"), top)

    def lay(self, clean):
        """The files, or None where the patch does not fit."""
        try:
            return {**(lay(self.patch, clean) if self.patch else clean), **self.more}
        except Misfit as problem:
            self.misfit = str(problem)
            return None


# ---- the process ----

def put(path, text):
    data = text.encode()
    return b"file %d %s\n%s" % (len(data), path.encode(), data)


def fed(case, clean, files):
    """The case as tests/rules.c reads it."""
    lines = [("case %s\n" % " ".join(case.watch)).encode()]
    lines += [put(path, text) for path, text in sorted(files.items()) if clean.get(path) != text]
    lines += [b"gone %s\n" % path.encode() for path in sorted(clean) if path not in files]
    return b"".join(lines + [b"end\n"])


def answers(out, cases):
    """Hands what was said to the cases in turn; the lines about parts that follow."""
    for case in cases:
        head, _, rest = out.partition(b"\n")
        said = re.fullmatch(rb"said (\d+) (\d+)", head)
        if not said or len(rest) < int(said.group(2)):
            return []
        case.status, case.text = int(said.group(1)), rest[:int(said.group(2))].decode("utf-8", "replace")
        out = rest[int(said.group(2)):]
    return [line.split("\t")[1:] for line in out.decode().splitlines() if line.startswith("part\t")]


def run_some(program, cases, clean, parts, troubles):
    begin = b"".join([b"base\n"] + [put(path, text) for path, text in sorted(clean.items())] + [b"end\n"])
    laid = [(case, files) for case, files in ((case, case.lay(clean)) for case in cases) if files is not None]
    try:
        run = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=memory_is_kept)
        out, err = run.communicate(begin + b"".join(fed(case, clean, files) for case, files in laid))
    except OSError as problem:
        troubles.append("%s: %s (make tests builds it)" % (program, problem.strerror))
        return
    parts += answers(out, [case for case, _ in laid])
    silent = [case.name() for case, _ in laid if case.text is None]
    if run.returncode or err or silent:
        troubles.append("%s ended with status %d%s:\n%s" % (os.path.basename(program), run.returncode, " in " + silent[0] if silent else "",
                                                           err.decode("utf-8", "replace")))


def is_old(program):
    """Whether the library, with the rules in it, has been built again since."""
    library = os.path.join(build, "libismsc.a")
    return all(map(os.path.exists, (program, library))) and os.path.getmtime(program) < os.path.getmtime(library)


def run_all(cases, program=os.path.join(build, "tests", "rules")):
    """Runs them; (what was noted about watched rules as [rule, key, outcomes, part, where], what went wrong besides)."""
    if is_old(program):
        return [], ["%s is older than the library: make tests" % program]
    clean, processes = clean_files(), max(1, min(os.cpu_count() or 1, len(cases) // 8))
    shares = [(cases[i::processes], clean, [], []) for i in range(processes)]
    threads = [threading.Thread(target=run_some, args=(program,) + share) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    troubles = [trouble for share in shares for trouble in share[3]]
    if not troubles and any(case.status is None and not case.misfit for case in cases):
        troubles.append("a thread ended before its cases did")
    return merged([part for share in shares for part in share[2]]), troubles


def merged(parts):
    """What several processes noted, in the order of the rules and as their expressions are compiled."""
    keys = ["given", "for", "each", "when", "let", "assert", "at", "also", "message"]
    order = {rule: number for number, rule in enumerate(written_rules())}
    was = {}
    for rule, key, outcomes, part, where in parts:
        old = was.setdefault((rule, key, part, int(where)), "--")
        was[(rule, key, part, int(where))] = "".join(max(a, b) for a, b in zip(old, outcomes))
    ends = {at: at[3] + len(at[2].encode()) for at in was}
    sort = sorted(was, key=lambda at: (order[at[0]], keys.index(at[1]), ends[at], -at[3]))
    return [[rule, key, was[rule, key, part, where], part, str(where)] for rule, key, part, where in sort]


