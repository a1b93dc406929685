#!/bin/sh
# SPDX-License-Identifier: MIT
# ismsc build --to pdf: which program is asked, and what is said when it is not there, fails or never ends. The programs are scripts; what the real
# ones make is looked at in .ci/run.
# shellcheck source=../tools/cli.inc
. "$(dirname "$0")/../tools/cli.inc"
export SOURCE_DATE_EPOCH=1795219200 # 2026-11-21

mkdir isms tmp
cp "$here/examples/minimal/isms.yaml" isms/
export TMPDIR=$work/tmp

# A folder with the programs that a case knows, and those that scripts need.
programs() {
	rm -rf bin
	mkdir bin
	for needed in sh cat sleep rm touch; do ln -s "$(command -v $needed)" "bin/$needed"; done
	for name; do
		printf '#!/bin/sh\nprintf "%%s\\n" "$@" >"%s/asked"\n' "$work" >"bin/$name"
		cat >>"bin/$name"
		chmod +x "bin/$name"
	done
}
build() { PATH=$work/bin run build isms-scope risk-methodology -C isms --to pdf; }
clean() {
	[ ! -e isms/build ] || wrong "there is something in build: $(ls -A isms/build)"
	[ -z "$(ls -A tmp)" ] || wrong "temporary files are left: $(ls -A tmp)"
}
# What LibreOffice does: a PDF of each file it is given. The time in it is another one each time.
office='while [ $# -gt 0 ]; do
	case $1 in
	--outdir) out=$2; shift ;;
	*.docx) name=${1##*/}
		{ printf "%%PDF-1.6\n1 0 obj stream (/CreationDate(D:20261122140209Z)) endstream\n<</CreationDate(D:2026112214%s)>>\ntrailer <</ID [ <%032d>\n<%032d> ]\n" "$(cat '$work/second')" 7 7
		} >"$out/${name%.docx}.pdf" ;;
	esac
	shift
done'

case_is "neither program is there"
programs </dev/null
build
expect 2
says_err "PDFs are made by LibreOffice or Chromium, and neither is here" "soffice" "chromium"
clean

case_is "one process makes all, with a profile of its own"
echo 0209Z >second
programs soffice chromium <<-SH
	$office
SH
build
expect 0
quiet
says "2 files: 2 written"
[ "$(grep -c '\.docx$' asked)" = 2 ] || wrong "asked: $(cat asked)"
grep -q "^-env:UserInstallation=file://$TMPDIR/ismsc-....../profile\$" asked || wrong "no profile of its own: $(cat asked)"
grep -q '^--headless$' asked || wrong "it may open a window"
[ -z "$(ls -A tmp)" ] || wrong "temporary files are left"

case_is "the time of day does not get into the file"
grep -a -q '^<</CreationDate(D:20261121000000' isms/build/isms-scope.pdf || wrong "it says: $(cat isms/build/isms-scope.pdf)"
grep -a -q 'stream (/CreationDate(D:20261122140209Z)) endstream' isms/build/isms-scope.pdf || wrong "a stream was changed"
echo 5959Z >second
build
says "2 files: 0 written, 2 unchanged"
rm -r isms/build

case_is "the program fails"
programs soffice <<-SH
	exit 77
SH
build
expect 2
says_err "LibreOffice made no PDF: it ended with status 77"
clean
programs soffice <<-SH
	kill -9 \$\$
SH
build
expect 2
says_err "LibreOffice made no PDF: signal 9 ended it"
clean

case_is "the program says that all is well and makes nothing, or no PDF"
programs soffice <<-SH
	echo "Error: source file could not be loaded" >&2
SH
build
expect 2
says_err "LibreOffice made no PDF of" "it said: Error: source file could not be loaded"
clean
programs soffice <<-SH
	while [ \$# -gt 1 ]; do [ "\$1" = --outdir ] && out=\$2; shift; done
	echo no >"\$out/isms-scope.pdf"
	echo no >"\$out/risk-methodology.pdf"
SH
build
expect 2
says_err "LibreOffice made no PDF of"
clean

case_is "the program never ends"
programs soffice <<-SH
	sleep 300 &
	sleep 300
SH
ISMSC_PDF_SECONDS=1 build
expect 2
says_err "LibreOffice made no PDF within 1 seconds and was stopped" "ISMSC_PDF_SECONDS"
clean

case_is "where there is only Chromium it prints the pages, and that is said"
programs chromium <<-'SH'
	for word; do
		case $word in
		--print-to-pdf=*) to=${word#--print-to-pdf=} ;;
		file://*) [ -s "${word#file://}" ] || exit 3 ;;
		esac
	done
	echo '%PDF-1.4' >"$to"
SH
build
expect 0
says "2 files: 2 written"
says_err "Chromium made the PDFs, for LibreOffice is not here: their contents have no page numbers"
[ -z "$(ls -A tmp)" ] || wrong "temporary files are left"

case_is "what is only a page or a workbook has no PDF"
PATH=$work/bin run build registers -C isms --to pdf
expect 2
says_err "registers is not made in that format"

case_is "no place for temporary files"
TMPDIR=/nowhere build
expect 2
says_err "PDFs need a temporary folder: No such file or directory"

finish
