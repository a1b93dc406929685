#!/bin/sh
# SPDX-License-Identifier: MIT
# The release as an archive: dist.sh VERSION FOLDER [PROGRAM] makes FOLDER/ismsc-VERSION.tar.gz and its .sha256. The same commit gives the same
# bytes, whatever the machine's user, umask and time zone; so does the folder that was unpacked from one. PROGRAM, a static one, becomes
# FOLDER/ismsc-VERSION-linux-x86_64 without what only debuggers need: what the GitHub Action downloads.
set -eu
version=$1
folder=$(cd "$2" && pwd)
program=${3:+$(realpath "$3")}
cd "$(dirname "$0")/../.."
LC_ALL=C
TZ=UTC
export LC_ALL TZ
name=ismsc-$version
list=$folder/.$name.list
trap 'rm -f "$list"' EXIT

if [ -e .git ]; then
	git ls-files -z >"$list"
	date=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
	[ -z "$(git status --porcelain --untracked-files=no)" ] || echo "dist: there are changes that are not committed; they are in the archive" >&2
else
	find . -type f ! -path './build*' ! -path './debian/.debhelper/*' ! -path './debian/tmp/*' ! -path './debian/ismsc/*' ! -path './debian/libismsc-dev/*' -print0 | sed -z 's,^\./,,' >"$list"
	date=${SOURCE_DATE_EPOCH:-$(stat -c %Y CHANGELOG.md)}
fi
sort -z "$list" | tar --create --null --no-recursion --files-from=- --format=ustar --owner=0 --group=0 --numeric-owner --mode='u=rwX,go=rX' \
	--mtime="@$date" --transform="s,^,$name/,S" | gzip -9n >"$folder/$name.tar.gz.part"
mv "$folder/$name.tar.gz.part" "$folder/$name.tar.gz"
(cd "$folder" && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256" && cat "$name.tar.gz.sha256")
[ -n "$program" ] || exit 0
file=$name-linux-$(uname -m)
strip -o "$folder/$file" "$program"
(cd "$folder" && sha256sum "$file" >"$file.sha256" && cat "$file.sha256")
