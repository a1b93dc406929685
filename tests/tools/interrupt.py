#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Sends a program a signal when a file is there, and ends as it does, 128 more for a signal: interrupt.py NUMBER PATTERN COMMAND..."""
import glob
import signal
import subprocess
import sys
import time

number = int(sys.argv[1])
pattern = sys.argv[2]
# A shell starts what runs behind it with SIGINT ignored; a terminal does not.
program = subprocess.Popen(sys.argv[3:], preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
deadline = time.monotonic() + 60
while not glob.glob(pattern):
    if program.poll() is not None:
        sys.exit("it ended before there was %s" % pattern)
    if time.monotonic() > deadline:
        program.kill()
        sys.exit("there is no %s" % pattern)
    time.sleep(0.0005)
program.send_signal(number)
status = program.wait(60)
sys.exit(status if status >= 0 else 128 - status)
