#!/bin/sh
# SPDX-License-Identifier: MIT
# Ctrl-C and its kin in the middle of a build: the program ends as the signal says, soon and without a word; no temporary file or folder is left, and what was
# built before is as it was.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21
mkdir tmp bin
cp -R "$here/examples/northwind" isms
rm -rf isms/build
export TMPDIR=$work/tmp

# interrupted NUMBER PATTERN ARG...: the program gets the signal as soon as a file is there.
interrupted() {
	number=$1 pattern=$2
	shift 2
	python3 "$here/tests/tools/interrupt.py" "$number" "$pattern" "$ismsc" "$@" >"$out" 2>"$err" </dev/null
	status=$? ran=$*
}
nothing_left() {
	[ -z "$(ls -A tmp)" ] || wrong "left in the temporary folder: $(ls -A tmp)"
	left=$(find isms -name '.*.tmp-*' -o -name '.*.old-*')
	[ -z "$left" ] || wrong "left: $left"
}

case_is "in the middle of the first build"
for number in 1 2 15; do
	interrupted $number 'isms/build/.*' build -C isms
	expect $((128 + number))
	quiet
	[ ! -s "$out" ] || wrong "it prints: $(cat "$out")"
	nothing_left
	[ ! -e isms/build ] || wrong "it leaves the folder build: $(ls -A isms/build)"
done

case_is "a folder that was there stays, and what else is in it"
mkdir -p isms/build
echo mine >isms/build/mine.txt
interrupted 2 'isms/build/.*.tmp-*' build -C isms
expect 130
nothing_left
[ "$(ls -A isms/build)" = mine.txt ] || wrong "in build: $(ls -A isms/build)"
rm -r isms/build

case_is "what was built before is as it was"
"$ismsc" build -C isms >/dev/null
cp -R isms/build before
sed -i 's/^  name: .*/  name: Another Name Ltd/' isms/isms.yaml
interrupted 15 'isms/build/.*.tmp-*' build -C isms
expect 143
nothing_left
diff -r isms/build before >said 2>&1 || wrong "$(head -n 5 said)"
cp "$here/examples/northwind/isms.yaml" isms/
rm -r isms/build before

# LibreOffice, which takes its time, starts others and has temporary files of its own.
cat >bin/soffice <<'SH'
#!/bin/sh
echo "$$" >"$TMPDIR/of-the-office"
sleep 300 &
echo "$$ $!" >"$RUNNING.part"
mv "$RUNNING.part" "$RUNNING"
sleep 300
SH
chmod +x bin/soffice
export RUNNING=$work/running
for number in 2 15; do
	case_is "while LibreOffice makes PDFs (signal $number)"
	rm -f running
	PATH=$work/bin:$PATH interrupted $number running build isms-scope risk-methodology -C isms --to pdf
	expect $((128 + number))
	quiet
	nothing_left
	[ ! -e isms/build ] || wrong "it leaves the folder build"
	for process in $(cat running); do
		if [ -r "/proc/$process/stat" ] && ! grep -q ') Z ' "/proc/$process/stat"; then wrong "LibreOffice goes on"; fi
	done
done

case_is "a signal that is ignored stays so"
cat >ignoring <<'SH'
trap '' HUP
exec "$@"
SH
python3 "$here/tests/tools/interrupt.py" 1 'isms/build/.*.tmp-*' sh ignoring "$ismsc" build -C isms >"$out" 2>"$err"
status=$? ran='build (HUP ignored)'
expect 0
says "0 unchanged"
nothing_left

case_is "a build that waits for changes ends well, whatever it does just now"
rm -rf isms/build
interrupted 2 'isms/build/.*.tmp-*' build -C isms --watch
expect 0
[ ! -s "$out" ] || wrong "it prints: $(cat "$out")"
if grep -q stopped "$err"; then wrong "it says: $(cat "$err")"; fi
nothing_left
finish
