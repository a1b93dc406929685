#!/bin/sh
# SPDX-License-Identifier: MIT
# --watch: prints again on a change, once for many, however an editor saves; sleeps in between; ends on signals.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
cp -R "$here/tests/rules/_clean" isms
late() { sed -i 's/notified_on: 2026-07-07/notified_on: 2026-07-13/' isms/incidents.yaml; }
right() { sed -i 's/notified_on: 2026-07-13/notified_on: 2026-07-07/' isms/incidents.yaml; }

watcher=
begin() {
	: >"$err"
	# A shell starts what runs behind it with SIGINT ignored; a terminal does not.
	command 	python3 -c 'import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])' "$ismsc" "$@" >"$out" 2>"$err" </dev/null &
	watcher=$!
	ran=$*
	wait_for "waiting for changes" 1
}
# wait_in FILE TEXT N: until the file holds it N times, for at most 20 seconds.
wait_in() {
	tries=0
	while [ "$(grep -cF -e "$2" "$1")" -lt "$3" ]; do
		tries=$((tries + 1))
		if [ $tries -gt 200 ]; then
			wrong "ismsc $ran: does not say $2 ($3 times) in time: $(tail -n 3 "$1")"
			return
		fi
		sleep 0.1
	done
}
# Of the talk, and of what is printed.
wait_for() { wait_in "$err" "$@"; }
wait_out() { wait_in "$out" "$@"; }
end() {
	kill -s "$1" "$watcher" 2>/dev/null
	wait "$watcher"
	status=$?
	expect 0
}
# Its processor time so far, in hundredths of a second.
cpu() { sed 's/.*) //' "/proc/$watcher/stat" | awk '{ print $12 + $13 }'; }

for poll in '' 1; do
	ISMSC_POLL=$poll
	export ISMSC_POLL
	how=${poll:+", by comparing"}
	case_is "a change is checked, and the next$how"
	begin check -C isms --watch
	if [ -n "$poll" ]; then says_err "twice a second: ISMSC_POLL"; fi
	late
	wait_out "A-5.26-02" 1
	[ -n "$poll" ] || says_err "incidents.yaml has changed"
	right
	wait_for "has changed" 2
	wait_out "No findings" 2

	case_is "many files at once are one change$how"
	before=$(grep -cF "has changed" "$err")
	for i in 1 2 3 4 5 6 7 8; do printf 'risks: {}\n' >"isms/new$i.yaml"; done
	wait_for "has changed" $((before + 1))
	sleep 1
	after=$(grep -cF "has changed" "$err")
	[ "$after" -le $((before + 2)) ] || wrong "$((after - before)) checks for one change"
	rm isms/new*.yaml
	wait_for "has changed" $((after + 1))
	sleep 1

	case_is "an editor that saves by renaming$how"
	before=$(grep -cF "has changed" "$err")
	sed 's/notified_on: 2026-07-07/notified_on: 2026-07-13/' isms/incidents.yaml >isms/.incidents.swp
	mv isms/.incidents.swp isms/incidents.yaml
	wait_for "has changed" $((before + 1))
	right
	wait_for "has changed" $((before + 2))

	case_is "a file in a folder that was not there$how"
	mkdir -p isms/deep/er
	sleep 0.5
	printf 'riskz: {}\n' >isms/deep/er/new.yaml
	wait_out "riskz" 1
	rm -r isms/deep
	sleep 1

	case_is "it sleeps while nothing happens$how"
	if [ -r /proc/self/stat ]; then
		before=$(cpu)
		sleep 2
		used=$(($(cpu) - before))
		[ "$used" -le 10 ] || wrong "$used hundredths of a second in two seconds"
	fi

	case_is "hidden files and what an editor keeps beside are nothing$how"
	if [ -z "$poll" ]; then
		before=$(grep -cF "has changed" "$err")
		touch isms/.x.swp isms/.hidden isms/risks.yaml~
		sleep 0.6
		[ "$(grep -cF "has changed" "$err")" -eq "$before" ] || wrong "it checks"
		rm -f isms/.x.swp isms/.hidden isms/risks.yaml~
	fi

	case_is "Ctrl-C ends it well$how"
	end INT
done
unset ISMSC_POLL

case_is "so do the other signals"
begin check -C isms -w
end TERM
begin check -C isms -w
end HUP

case_is "build --watch builds again, and its own outputs are no change"
begin build risk-treatment-plan -C isms --to text --watch
[ -s isms/build/risk-treatment-plan.txt ] || wrong "nothing is built"
printf '\n# a remark\n' >>isms/isms.yaml
wait_for "has changed" 1
wait_out "1 file: 0 written" 1
sleep 0.6
[ "$(grep -cF "has changed" "$err")" -le 2 ] || wrong "it goes round in circles"
end INT

case_is "an ISMS that can not be read is waited for"
mv isms/isms.yaml isms.yaml
cp -R isms broken
printf 'isms: [\n' >broken/isms.yaml
begin check -C broken --watch
cp isms.yaml broken/isms.yaml
wait_for "has changed" 1
wait_out "No findings" 1
end INT

case_is "revisions do not change, and there must be something to watch"
run check -C broken --watch --staged
expect 2
says_err "--watch is about files"
run build -C broken --watch --rev HEAD
expect 2
finish
