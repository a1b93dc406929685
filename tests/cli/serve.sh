#!/bin/sh
# SPDX-License-Identifier: MIT
# ismsc serve: the pages on the loopback, news of changes, a bar where sources are broken, and what it refuses.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21
mkdir -p isms tmp
cp "$here/examples/minimal/isms.yaml" isms/
cp isms/isms.yaml whole.yaml

case_is "all that a client can ask"
TMPDIR=$PWD/tmp python3 "$here/tests/tools/serve.py" "$ismsc" isms >said 2>&1 || wrong "$(tail -n 20 said)"
[ -z "$(ls tmp)" ] || wrong "left in the temporary folder: $(ls tmp)"

case_is "a port that is taken"
python3 - "$ismsc" <<'EOF' >said 2>&1 || wrong "$(cat said)"
import socket, subprocess, sys
taken = socket.socket()
taken.bind(("127.0.0.1", 0))
taken.listen()
port = taken.getsockname()[1]
ran = subprocess.run([sys.argv[1], "serve", "isms", "--port", str(port)], capture_output=True, text=True, timeout=30)
assert ran.returncode == 2 and "can't listen on port %d" % port in ran.stderr, ran
try:
    six = socket.socket(socket.AF_INET6)
    six.bind(("::1", 0))
    six.listen()
except OSError:
    raise SystemExit  # a machine without
ran = subprocess.run([sys.argv[1], "serve", "isms", "--port", str(six.getsockname()[1])], capture_output=True, text=True, timeout=30)
assert ran.returncode == 2 and "can't listen on port" in ran.stderr, ran
EOF

case_is "what it can not do"
for port in 70000 65536 0 -1 x 27001x; do
	run serve isms --port "$port"
	expect 2
	says_err "a port is a number from 1 to 65535"
done
run serve isms --staged
expect 2

case_is "where there is nothing to serve it answers as a check does"
mkdir empty
for folder in nowhere empty; do
	run check -C $folder
	cp "$err" checked
	run serve $folder
	expect 2
	cmp -s checked "$err" || wrong "serve $folder says: $(cat "$err")"
	says_err "ismsc: " "ismsc init"
done
[ -z "$(ls tmp)" ] || wrong "left in the temporary folder: $(ls tmp)"
finish
