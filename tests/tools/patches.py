# SPDX-License-Identifier: MIT
"""Unified diffs laid over texts in memory, as patch(1) lays them over files. A patch may have `delete FILE` lines before the diff, and
before those `after FOLDER/FILE.patch`, which is laid first: the path of another patch from the folder of all fixtures."""
import os
import re


class Misfit(Exception):
    """The patch does not fit; the text says where."""


def read(path):
    with open(path, newline="", encoding="utf-8") as f:
        return f.read()


def split(text):
    """The lines before the diff, and the diff."""
    at = re.search(r"^--- ", text, re.M)
    return (text[:at.start()], text[at.start():]) if at else (text, "")


def place_of(lines, old, wanted):
    """Where the lines [old] stand, as near to [wanted] as there are such."""
    if lines[wanted:wanted + len(old)] == old and wanted + len(old) <= len(lines):
        return wanted
    places = [i for i in range(len(lines) - len(old) + 1) if lines[i:i + len(old)] == old]
    return min(places, key=lambda i: abs(i - wanted)) if places else None


def trimmed(hunk, fuzz):
    """The hunk without the outermost [fuzz] lines of context, as patch(1) tries when the rest has changed."""
    first = next(i for i, line in enumerate(hunk) if line[0] != " ")
    last = len(hunk) - next(i for i, line in enumerate(reversed(hunk)) if line[0] != " ")
    return min(fuzz, first), hunk[min(fuzz, first):max(last, len(hunk) - fuzz)]


def lay_hunk(lines, start, hunk, shift):
    """Changes [lines]; the shift of what follows, or None where the hunk does not fit."""
    for fuzz in range(3):
        skipped, rest = trimmed(hunk, fuzz)
        old = [line[1:] for line in rest if line[0] in " -"]
        new = [line[1:] for line in rest if line[0] in " +"]
        wanted = max(start - 1, 0) + skipped + shift
        at = place_of(lines, old, wanted)
        if at is not None:
            lines[at:at + len(old)] = new
            return at - wanted + shift + len(new) - len(old)
    return None


def read_hunk(lines, i, old, new):
    """The hunk of [old] and [new] lines that begins at lines[i], and where it ends."""
    hunk = []
    while i < len(lines) and (old > 0 or new > 0 or lines[i].startswith("\\")):
        if lines[i].startswith("\\"):
            hunk[-1] = hunk[-1].rstrip("\n")
        else:
            line = lines[i] if lines[i].strip("\n") else " \n"
            old -= line[0] in " -"
            new -= line[0] in " +"
            hunk.append(line)
        i += 1
    return hunk, i


def hunks_of(body):
    """(file before, file after, [(first line, lines)]) for each file of a unified diff."""
    files, lines = [], body.splitlines(keepends=True)
    i = 0
    while i < len(lines):
        header = re.match(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", lines[i])
        if lines[i].startswith("--- "):
            names = [re.sub(r"^[ab]/", "", lines[i + k].split("\t")[0][4:].strip()) for k in (0, 1)]
            files.append((names[0], names[1], []))
            i += 2
        elif header:
            old, new = (int(header.group(k) or 1) for k in (2, 4))
            hunk, i = read_hunk(lines, i + 1, old, new)
            files[-1][2].append((int(header.group(1)), hunk))
        else:
            i += 1
    return files


def laid_before(patch, head):
    """The patches that have to be laid first."""
    return [os.path.join(os.path.dirname(os.path.dirname(patch)), name) for name in re.findall(r"^after (\S+)", head, re.M)]


def lay(patch, files):
    """The files, {path: text}, with the patch (its path) laid over them."""
    head, body = split(read(patch))
    out = dict(files)
    for first in laid_before(patch, head):
        out = lay(first, out)
    for name in re.findall(r"^delete (\S+)", head, re.M):
        if name not in out:
            raise Misfit("there is no %s to delete" % name)
        del out[name]
    for before, after, hunks in hunks_of(body):
        if before == "/dev/null" and after in out:
            raise Misfit("%s is there already" % after)
        if before != "/dev/null" and before not in out:
            raise Misfit("there is no %s" % before)
        lines, shift = out.pop(before, "").splitlines(keepends=True), 0
        for start, hunk in hunks:
            shift = lay_hunk(lines, start, hunk, shift)
            if shift is None:
                raise Misfit("the lines at %s:%d are others" % (before, start))
        if lines:
            out[before if after == "/dev/null" else after] = "".join(lines)
    return out
