#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A person at a shell who presses the tab key: what then stands on the line.

  tab.py SHELL PROGRAM TYPED...    SHELL is bash, zsh or fish. For each TYPED, a line with what the shell makes of it at a tab.

The shell has a terminal of its own and the completion that PROGRAM prints. What has become of the line is seen by putting a `printf`
in front of it.
"""
import os
import pty
import re
import select
import sys
import time

BEGIN = {
    "bash": "PS1='> '; bind 'set bell-style none' 'set enable-bracketed-paste off'; source <({program} completion bash)",
    "zsh": "PS1='> '; unsetopt zle_bracketed_paste prompt_sp; autoload -Uz compinit; compinit -u -D; source <({program} completion zsh)",
    "fish": "function fish_prompt; echo -n '> '; end; {program} completion fish | source",
}
COMMAND = {"bash": ["bash", "--norc", "--noprofile", "-i"], "zsh": ["zsh", "-f", "-i"], "fish": ["fish", "--no-config", "-i"]}


def read_until(fd, pattern, seconds):
    text, end = "", time.time() + seconds
    while time.time() < end:
        if select.select([fd], [], [], 0.05)[0]:
            try:
                text += os.read(fd, 65536).decode(errors="replace")
            except OSError:
                break
        if re.search(pattern, text, re.S):
            break
    return text


def main():
    shell, program, lines = sys.argv[1], os.path.abspath(sys.argv[2]), sys.argv[3:]
    bin_dir = os.path.dirname(program)
    pid, fd = pty.fork()
    if pid == 0:
        os.environ.update(TERM="dumb" if shell != "fish" else "xterm", PATH=bin_dir + ":" + os.environ["PATH"], HISTFILE="/dev/null", COLUMNS="200", HOME=os.getcwd())
        os.execvp(COMMAND[shell][0], COMMAND[shell])
    os.write(fd, (BEGIN[shell].format(program=program) + "; echo rea''dy\n").encode())
    if "ready" not in read_until(fd, r"ready\r?\n", 20):
        print("the shell does not begin")
        return 2
    for typed in lines:
        os.write(fd, (typed + "\t").encode())
        time.sleep(0.3)  # what is typed meanwhile waits for the shell
        os.write(fd, b"\x01printf '<%s>' \x05 ; echo do''ne\n")
        text = read_until(fd, r"done\r?\n", 10)
        found = re.findall(r"((?:<[^<>]*>)+)[^<>]*done\r?\n", re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>()][0-9AB]?|\r", "", text) + "\n")
        print(" ".join(re.findall(r"<([^<>]*)>", found[-1])) if found else "nothing: " + repr(text[-300:]))
    os.write(fd, b"exit\n")
    os.close(fd)
    try:
        os.waitpid(pid, 0)
    except OSError:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
