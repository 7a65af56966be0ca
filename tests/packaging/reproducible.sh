#!/bin/sh
# SPDX-License-Identifier: MIT
#
# reproducible.sh - the same commit gives the same program, tarball, bundle and
# package, wherever, whenever, and in which language it is made; and the tarball, of
# which the others are made, gives the same program and itself again.
set -eu
top=$(cd "${srcdir:-.}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

command -v faketime > /dev/null ||
	{ echo "FAILED: faketime is missing: apt-get install faketime"; exit 1; }

make_all() # DIRECTORY COMMAND...: by COMMAND, in a clone or a tarball there
{
	cd "$1"
	shift
	"$@" > "$work/log" 2>&1 || { tail -n 40 "$work/log" >&2; exit 1; }
	find . -maxdepth 2 \( -path ./src/kakuninsho -o -name 'kakuninsho-*.gz' \
		-o -name 'kakuninsho_*.deb' \) | sort | xargs sha256sum
}

git clone -q "$top" "$work/here"
(
	umask 022
	export LC_ALL=C LANGUAGE= TZ=UTC0 HOME=/
	make_all "$work/here" sh -c './bootstrap && make bundle deb'
) > "$work/wanted"

there="$work/somewhere/else/with-a-longer-name"
mkdir -p "$work/somewhere/else"
git clone -q "$top" "$there"
(
	umask 077
	export LC_ALL=C.UTF-8 LANGUAGE=ja TZ=Asia/Tokyo HOME="$work"
	make_all "$there" faketime -f +1234d sh -c './bootstrap && make -j2 bundle && make deb'
) > "$work/found"
diff "$work/wanted" "$work/found"

mkdir "$work/released"
version=$("$work/here/src/kakuninsho" --version | sed -n 's/^kakuninsho //p')
tar -xzf "$work/here/kakuninsho-$version.tar.gz" -C "$work/released"
(
	make_all "$work/released/kakuninsho-$version" sh -c './configure && make all dist'
) > "$work/found"
grep -F "$(cat "$work/found")" "$work/wanted" | diff - "$work/found"

cat "$work/wanted"
echo "reproducible: two clones and the tarball give the same"
