#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the hook says is what a clean checkout of the commit says, every time.

  commits.py PROGRAM [COMMITS [SEED]]   so many commits (200) into a repository of its own, through a real hook, always the same ones:
        edits, new files, deletions, renames, links, staged parts of a file, commits of single paths, commit -a, amends, merges with and
        without conflicts, a linked work tree, an index of another name, files that are untracked, ignored or only announced.
"""
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

FOLDER = "our isms [1]"
OWNERS = ["ROLE-a", "ROLE-b", "ROLE-gone"]
UNWANTED = "4.1-01 4.3-02 4.2-a-01 5.1-01 5.3-a-01 5.3-b-01 6.1.3-c-01 6.2-01".split()  # what every small project lacks
HOOK = """#!/bin/sh
"%s" check --staged --format concise -C '%s' >"%s/said" 2>&1
echo $? >"%s/status"
"""


class Repository:
    def __init__(self, program, top, rng):
        self.program, self.top, self.rng = program, top, rng
        self.repo, self.log, self.clean = top + "/repo", top + "/log", top + "/clean"
        for folder in (self.repo, self.log, self.clean):
            os.mkdir(folder)
        self.number = 0
        self.env = dict(os.environ, GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_NOSYSTEM="1", GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@example.org",
                        GIT_COMMITTER_NAME="a", GIT_COMMITTER_EMAIL="a@example.org", SOURCE_DATE_EPOCH="1795219200", GIT_EDITOR="true")
        for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
            self.env.pop(name, None)
        self.git("-c", "init.defaultBranch=main", "init", "-q")
        for key, value in (("gc.auto", "0"), ("core.fsync", "none"), ("merge.conflictStyle", "merge"), ("advice.mergeConflict", "false")):
            self.git("config", key, value)
        for name in ("pre-commit", "pre-merge-commit"):
            path = "%s/.git/hooks/%s" % (self.repo, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w") as f:
                f.write(HOOK % (program, FOLDER, self.log, self.log))
            os.chmod(path, 0o755)
        self.write("isms.yaml", "isms: 1\norganisation: {name: Probe Ltd}\nchecks:\n  fail_on: major\n  disabled: {%s}\n"
                   % ", ".join(rule + ": a probe" for rule in UNWANTED) +
                   "roles:\n  ROLE-a: {title: A}\n  ROLE-b: {title: B}\nrisk_method:\n  likelihood: [{name: Rare}, {name: Often}]\n"
                   "  impact: [{name: Minor}, {name: Grave}]\n  score: product\n  levels: [{name: Low, up_to: 4, acceptable: yes}]\n")
        self.write("../elsewhere/other.yaml", "this is: no: ISMS\n")
        self.write("../.gitignore", "*.ignored.yaml\n")
        self.git("add", "-A")

    def git(self, *args, cwd=None, fine=True, **env):
        done = subprocess.run(["git", *args], cwd=cwd or self.repo, env=dict(self.env, **env), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if fine and done.returncode:
            raise RuntimeError("git %s: %s" % (" ".join(args), done.stdout.decode()))
        return done.returncode == 0

    def path(self, name):
        return os.path.normpath("%s/%s/%s" % (self.repo, FOLDER, name))

    def write(self, name, text, root=None):
        path = os.path.normpath("%s/%s/%s" % (root or self.repo, FOLDER, name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if os.path.islink(path):
            os.unlink(path)
        with open(path, "w") as f:
            f.write(text)

    def files(self):
        out = subprocess.run(["git", "ls-files", "-z", "--", ":(literal)" + FOLDER], cwd=self.repo, env=self.env, stdout=subprocess.PIPE).stdout.decode()
        names = [p[len(FOLDER) + 1:] for p in out.split("\0") if p.endswith((".yaml", ".md"))]
        return [n for n in names if n != "isms.yaml" and os.path.lexists(self.path(n))]

    # ---- content ----

    def text(self, wrong=0.08):
        rng, self.number = self.rng, self.number + 1
        n = self.number
        owner = rng.choice(OWNERS[:2]) if rng.random() > wrong / 2 else OWNERS[2]
        lines = ["risks:", "  R-%d:" % n, "    title: Risk %d" % n, "    owner: %s" % owner, "    inherent: {likelihood: 1, impact: 2}"]
        if rng.random() < 0.3:
            lines += ["actions:", "  ACT-%d: {title: T, status: planned, risks: [R-%d]}" % (n, n if rng.random() > wrong / 2 else rng.randrange(1, n + 3))]
        if rng.random() < wrong / 4:
            lines.append(rng.choice(["\tx: 1", "  R-%d: {title: 'open" % (n + 5000), "    titel: x"]))
        return "\n".join(lines) + "\n"

    def some(self):
        files = self.files()
        return self.rng.choice(files) if files else self.new()

    def new(self):
        name = self.rng.choice(["", "risks/", "risks/more/"]) + "f%d.yaml" % (self.number + 1)
        self.write(name, self.text())
        return name

    # ---- one commit each; False where there was nothing to commit ----

    def commit(self, *args, cwd=None, **env):
        return self.git("commit", "-qm", "x", *args, cwd=cwd, fine=False, **env)

    def add(self):
        self.new()
        self.git("add", "-A")
        return self.commit()

    def edit_all(self):
        self.write(self.some(), self.text())
        self.write("untracked%d.yaml" % self.number, self.text(wrong=1))
        return self.commit("-a")

    def stage_part(self):
        name = self.some()
        self.write(name, self.text())
        self.git("add", "-A")
        self.write(name, self.text(wrong=1))
        done = self.commit()
        self.git("checkout", "-q", "--", ".")
        return done

    def one_path(self):
        a, b = self.some(), self.some()
        self.write(a, self.text())
        self.write(b, self.text(wrong=1))
        if self.rng.random() < 0.5:
            self.git("add", "-u")
        done = self.commit("--", "%s/%s" % (FOLDER, a))
        self.git("reset", "-q", "--hard")
        return done

    def delete(self):
        name = self.some()
        if not self.git("rm", "-qf", "--", "%s/%s" % (FOLDER, name), fine=False):
            os.unlink(self.path(name))
        return self.commit("-a")

    def delete_in_index(self):
        name = self.some()
        self.git("rm", "-q", "--cached", "-f", "--", "%s/%s" % (FOLDER, name), fine=False)
        done = self.commit()
        if os.path.lexists(self.path(name)):
            os.unlink(self.path(name))
        return done

    def rename(self):
        name, to = self.some(), "renamed/g%d.yaml" % self.rng.randrange(10 ** 6)
        os.makedirs(os.path.dirname(self.path(to)), exist_ok=True)
        os.rename(self.path(name), self.path(to))
        self.git("add", "-A")
        if self.rng.random() < 0.5:
            self.write(to, self.text())
            self.git("add", "-A")
        return self.commit()

    def link(self):
        target, name = self.some(), "link%d.yaml" % self.rng.randrange(10 ** 6)
        os.symlink(self.rng.choice([target, "../elsewhere/other.yaml", "nowhere.yaml"]), self.path(name))
        self.git("add", "-A")
        done = self.commit()
        os.unlink(self.path(name))
        return done

    def announce(self):
        name = self.new()
        self.git("add", "-N", "--", "%s/%s" % (FOLDER, name))
        self.write("x.ignored.yaml", self.text(wrong=1))
        other = self.some()
        self.write(other, self.text())
        self.git("add", "--", "%s/%s" % (FOLDER, other))
        done = self.commit()
        os.unlink(self.path("x.ignored.yaml"))
        return done

    def amend(self):
        self.write(self.some(), self.text())
        self.git("add", "-A")
        return self.commit("--amend")

    def broken_document(self):
        self.write("policies/p%d.md" % self.rng.randrange(3), "---\nid: POL-%d\ntitle: P\nowner: %s\n---\n\nSee [[%s]].\n"
                   % (self.rng.randrange(3), self.rng.choice(OWNERS), self.rng.choice(["ROLE-a", "R-1", "R-7"])))
        self.git("add", "-A")
        return self.commit()

    def merge(self):
        name = self.some()
        self.git("checkout", "-qb", "side")
        self.write(name if self.rng.random() < 0.5 else "side%d.yaml" % self.number, self.text())
        self.git("add", "-A")
        self.git("commit", "-qnm", "side", fine=False)
        self.git("checkout", "-q", "main")
        self.write(name if self.rng.random() < 0.7 else "main%d.yaml" % self.number, self.text())
        self.git("add", "-A")
        self.git("commit", "-qnm", "main", fine=False)
        if not self.git("merge", "-q", "--no-ff", "-m", "merge", "side", fine=False):
            if self.commit("-a") and "<<<<<<<" in open(self.path(name)).read():
                pass  # somebody commits the marks of a conflict: that is what the commit holds
            elif self.git("rev-parse", "-q", "--verify", "MERGE_HEAD", fine=False):
                self.git("checkout", "-q", self.rng.choice(["--ours", "--theirs"]), "--", ".", fine=False)
                self.git("add", "-A")
                self.commit()
        self.git("branch", "-qD", "side")
        return True

    def worktree(self):
        tree = self.top + "/linked"
        self.git("worktree", "add", "-q", "--detach", tree)
        self.write("w%d.yaml" % self.number, self.text(), tree)
        self.git("add", "-A", cwd=tree)
        done = self.commit(cwd=tree)
        head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=tree, env=self.env, stdout=subprocess.PIPE).stdout.decode().strip()
        self.git("worktree", "remove", "--force", tree)
        self.git("reset", "-q", "--hard", head)
        return done

    def other_index(self):
        index = self.top + "/index"
        self.write(self.some(), self.text(wrong=1))
        self.git("read-tree", "HEAD", GIT_INDEX_FILE=index)
        self.write("i%d.yaml" % self.number, self.text())
        self.git("add", "--", "%s/i%d.yaml" % (FOLDER, self.number - 1), fine=False, GIT_INDEX_FILE=index)
        done = self.commit(GIT_INDEX_FILE=index)
        self.git("reset", "-q", "--hard")
        return done

    # ---- judging ----

    def verdict(self):
        """What the hook said last, or None where none has run since."""
        try:
            with open(self.log + "/status") as f:
                status = int(f.read())
            os.unlink(self.log + "/status")
            with open(self.log + "/said") as f:
                return status, f.read()
        except FileNotFoundError:
            return None

    def checked_out(self):
        self.git("--work-tree=" + self.clean, "read-tree", "-u", "--reset", "HEAD", GIT_INDEX_FILE=self.top + "/clean.index")
        done = subprocess.run([self.program, "check", "--format", "concise", "-C", self.clean + "/" + FOLDER], env=self.env,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return done.returncode, done.stdout.decode()

    def tidy(self):
        self.git("reset", "-q", "--hard")
        self.git("clean", "-qfd")
        self.tidied = getattr(self, "tidied", 0) + 1
        if self.tidied % 5 == 0:  # it stays small, and mistakes go
            files = self.files()
            self.git("rm", "-qf", "--", *("%s/%s" % (FOLDER, f) for f in files if self.rng.random() < 0.8 or "link" in f), fine=False)
            self.git("commit", "-qnm", "fewer", fine=False)


def main():
    program = os.path.abspath(sys.argv[1])
    commits, seed = int((sys.argv[2:] or ["200"])[0]), int((sys.argv[3:] or ["7"])[0])
    rng, top = random.Random(seed), tempfile.mkdtemp()
    done = skipped = 0
    verdicts, kinds, begun = {}, {}, time.time()
    try:
        r = Repository(program, top, rng)
        r.commit()
        r.verdict()
        ways = [r.add, r.delete_in_index, r.add, r.edit_all, r.stage_part, r.one_path, r.delete, r.rename, r.link, r.announce, r.amend,
                r.broken_document, r.merge, r.worktree, r.other_index]
        while done < commits and skipped < 5 * commits:
            way = ways[(done + skipped) % len(ways)] if done < 2 * len(ways) else rng.choice(ways)
            way()
            said = r.verdict()
            if said is None or not commit_made(r):
                skipped += 1
                r.tidy()
                continue
            done += 1
            there = r.checked_out()
            verdicts[said[0]] = verdicts.get(said[0], 0) + 1
            kinds[way.__name__] = kinds.get(way.__name__, 0) + 1
            if said != there:
                print("commit %d (%s): the hook says %r, a clean checkout %r" % (done, way.__name__, said, there))
                return 1
            r.tidy()
    finally:
        shutil.rmtree(top)
    print("%d commits: %s; %.1f s" % (done, ", ".join("%s %d" % k for k in sorted(kinds.items())), time.time() - begun))
    if done < commits or len(kinds) < len(set(ways)) or verdicts.get(0, 0) < commits // 10 or verdicts.get(1, 0) < commits // 10:
        print("too few of a kind: %r, passed and failed %r" % (kinds, verdicts))
        return 1
    return 0


def commit_made(r):
    """Whether the hook's commit came to be: where there is nothing to commit, git goes no further."""
    with open(r.repo + "/.git/refs/heads/main") as f:
        head = f.read()
    made, r.last = head != getattr(r, "last", None), head
    return made


if __name__ == "__main__":
    sys.exit(main())
