#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs commands side by side and tells about them in the order they are given; for tests/run.sh and .ci/run.

  steps.py [--jobs N] [--timeout SECONDS] [--before PASSED FAILED] [--again WORDS] [--lines N] [--width N] [ID...] < list
  steps.py --self-test

A line of the list is a command, and before it, each followed by a tab, its name and options:
  id=WORD        what others call it; where it is absent, its name
  first          it takes long: begin it before those without this word
  cores=N        it keeps N processors busy (1 where nothing is said)
  after=ID       it needs what that step makes; where that fails it is not run, and has failed
  timeout=S      it is stopped after so many seconds
Where IDs are given, shell patterns, only these steps are run, and those they need.
Commands run in bash where there is one, else in sh, with no input, each in a process group of its own which is stopped whole. What a
command says is shown only when it fails. It may say how many cases it had, as `N cases` or `N test(s)`. The last line is always
`N passed, N failed`, also when this is told to stop: then what has not ended has failed.
"""
import argparse
import fnmatch
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time


class Step:
    def __init__(self, name, options, command, timeout):
        words = dict((word.split("=", 1) + [""])[:2] for word in options.split())
        self.name, self.command = name, command
        self.id = words.get("id", name)
        self.first = "first" in words
        self.cores = int(words.get("cores", 1))
        self.after = [word[len("after="):] for word in options.split() if word.startswith("after=")]
        self.timeout = float(words.get("timeout", timeout))
        self.status, self.seconds, self.log, self.process = None, 0.0, b"", None

    def cases(self):
        """What the last line that counts cases says."""
        found = re.findall(r"(?:^|[^\d])(\d+) (?:cases?|test)", self.log.decode("utf-8", "replace"), re.M)
        return "(%s cases)" % found[-1] if found else ""


def read_steps(lines, options):
    steps = [Step(*line.rstrip("\n").split("\t", 2), options.timeout) for line in lines if line.strip()]
    by_id = {step.id: step for step in steps}
    for step in steps:
        step.after = [other for other in step.after if other in by_id]
    wanted = [step for step in steps if not options.ids or any(fnmatch.fnmatchcase(step.id, pattern) for pattern in options.ids)]
    for step in wanted:  # grows while it is walked
        wanted += [by_id[other] for other in step.after if by_id[other] not in wanted]
    return [step for step in steps if step in wanted]


def stop(process):
    try:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(2)
        except subprocess.TimeoutExpired:
            pass
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass  # nobody is left


def run(step, shell):
    """Runs it to its end. What it says goes through a file: a process that stays behind must not keep us waiting for the end of a pipe."""
    begin = time.monotonic()
    with tempfile.TemporaryFile() as log:
        try:
            step.process = subprocess.Popen([shell, "-c", step.command], stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
            status = step.process.wait(step.timeout)
            extra = b"" if status >= 0 else b"\nended by signal %d" % -status
        except subprocess.TimeoutExpired:
            status, extra = 124, b"\nstopped after %d seconds" % step.timeout
        except OSError as problem:
            status, extra = 127, str(problem).encode()
        if step.process:
            stop(step.process)
        log.seek(0)
        step.log = log.read() + extra
    step.seconds = time.monotonic() - begin
    step.status = status


class Table:
    """All steps, those that run, and what is already told."""

    def __init__(self, steps, options):
        self.steps, self.options = steps, options
        self.change = threading.Condition()
        self.free, self.told = options.jobs, 0
        self.passed, self.failed = options.before
        self.waiting = sorted(steps, key=lambda step: not step.first)
        self.shell = shutil.which("bash") or "/bin/sh"

    def next_step(self):
        """One that can begin now; steps that need what failed end here."""
        by_id = {step.id: step for step in self.steps}
        for step in list(self.waiting):
            needs = [by_id[other] for other in step.after]
            if any(need.status not in (None, 0) for need in needs):
                self.waiting.remove(step)
                step.status, step.log = 125, ("not run: it needs " + ", ".join(step.after)).encode()
            elif all(need.status == 0 for need in needs) and min(step.cores, self.options.jobs) <= self.free:
                return step
        return None

    def begin(self, step):
        cores = min(step.cores, self.options.jobs)
        self.waiting.remove(step)
        self.free -= cores

        def work():
            try:
                run(step, self.shell)
            finally:
                with self.change:
                    if step.status is None:
                        step.status = 126
                    self.free += cores
                    self.change.notify()
        threading.Thread(target=work, daemon=True).start()

    def tell(self):
        """Prints what has ended, up to the first that has not."""
        while self.told < len(self.steps) and self.steps[self.told].status is not None:
            step = self.steps[self.told]
            self.told += 1
            self.passed += step.status == 0
            self.failed += step.status != 0
            tell_one(step, self.options)

    def work(self):
        with self.change:
            while self.told < len(self.steps):
                step = self.next_step()
                self.tell()
                if step:
                    self.begin(step)
                elif self.waiting and self.free == self.options.jobs:
                    self.waiting[0].status, self.waiting[0].log = 125, b"not run: the steps wait for each other"
                    del self.waiting[0]
                elif self.told < len(self.steps):
                    self.change.wait(1)

    def stop_all(self):
        for step in self.steps:
            if step.status is None:
                if step.process:
                    stop(step.process)
                step.status, step.log = 143, b"not at its end when all was stopped"
        self.tell()


def tell_one(step, options):
    seconds = "%6.1f s" % step.seconds
    if step.status == 0:
        print("ok    %-*s %12s%s" % (options.width, step.name, step.cases(), seconds))
    else:
        print("FAIL  %-*s %12s%s" % (options.width, step.name, "(status %d)" % step.status, seconds))
        lines = [line for line in step.log.decode("utf-8", "replace").splitlines() if not re.match(r"\[ *(OK|RUN) *\]", line)]
        print("\n".join("      " + line for line in lines[-options.lines:]))
        if options.again:
            print("      again: %s%s" % (options.again, step.command))
    sys.stdout.flush()


def ask_to_stop(*_):
    raise KeyboardInterrupt


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--timeout", type=float, default=600)
    parser.add_argument("--before", type=int, nargs=2, default=(0, 0))
    parser.add_argument("--again", default="")
    parser.add_argument("--lines", type=int, default=40)
    parser.add_argument("--width", type=int, default=28)
    parser.add_argument("ids", nargs="*")
    parser.add_argument("--self-test", action="store_true")
    options = parser.parse_args()
    options.jobs = max(1, options.jobs)
    if options.self_test:
        return self_test()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ask_to_stop)
    table = Table(read_steps(sys.stdin, options), options)
    try:
        table.work()
    except KeyboardInterrupt:
        table.stop_all()
    print("%d passed, %d failed" % (table.passed, table.failed))
    return 1 if table.failed else 0


# ---- what it is good for ----

def told(lines, *arguments):
    run_it = subprocess.Popen([sys.executable, __file__] + list(arguments), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    begin = time.monotonic()
    out = run_it.communicate("\n".join(lines).encode())[0].decode()
    return run_it.returncode, out, time.monotonic() - begin


def self_test():
    status, out, _ = told(["one\t\techo 3 cases", "two\tfirst\tsleep 0.2; echo 4 tests", "three\t\techo '12 test(s)'"], "--jobs", "3")
    assert status == 0 and re.findall(r"^ok +(\w+) +\((\d+)", out, re.M) == [("one", "3"), ("two", "4"), ("three", "12")], out
    assert out.endswith("3 passed, 0 failed\n"), out
    status, out, _ = told(["bad\t\techo because; exit 3", "good\t\ttrue", "hung up\t\tkill -9 $$"], "--again", "say ", "--before", "2", "1")
    assert status == 1 and "because" in out and "again: say echo because" in out and out.endswith("3 passed, 3 failed\n"), out
    status, out, took = told(["long\ttimeout=0.3\tsleep 60 & sleep 60", "next\t\ttrue"])
    assert status == 1 and "stopped after" in out and took < 30 and out.endswith("1 passed, 1 failed\n"), out
    status, out, took = told(["stays\t\tsleep 60 & echo 1 case"])
    assert status == 0 and took < 30, "what stays behind keeps nobody waiting"
    status, out, _ = told(["base\t\tfalse", "rest\tafter=base\ttrue", "free\tafter=nobody\ttrue"])
    assert status == 1 and "needs base" in out and out.endswith("1 passed, 2 failed\n"), out
    status, out, _ = told(["long name\tid=base\ttrue", "rest\tafter=base\ttrue", "other\t\tfalse"], "re*")
    assert status == 0 and out.endswith("2 passed, 0 failed\n"), out
    status, out, _ = told(["egg\tafter=hen\ttrue", "hen\tafter=egg\ttrue"])
    assert status == 1 and out.endswith("0 passed, 2 failed\n"), out
    status, out, took = told(["wide\tcores=2\tsleep 0.4", "narrow\t\tsleep 0.4"], "--jobs", "2")
    assert status == 0 and took > 0.7, "a step that needs every processor has them"
    status, out, took = told(["sleeps\t\tkill $PPID; sleep 60", "later\t\ttrue"], "--jobs", "1")
    assert status == 1 and took < 30 and out.endswith("0 passed, 2 failed\n"), out
    print("9 cases")


if __name__ == "__main__":
    sys.exit(main())
