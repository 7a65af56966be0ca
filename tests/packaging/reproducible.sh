#!/bin/sh
# SPDX-License-Identifier: MIT
#
# reproducible.sh FILE... - what was made in this tree, the program, tarball, bundle
# and package, is made to the byte the same of a clone of its commit somewhere else,
# in another year, language and time zone, by somebody whose files nobody may read;
# and the tarball, of which the others are made, gives the same program and itself
# again. The tree is one that ./bootstrap configured.
set -eu
top=$(cd "${srcdir:-.}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

command -v faketime > /dev/null ||
	{ echo "FAILED: faketime is missing: apt-get install faketime"; exit 1; }
git -C "$top" diff --quiet HEAD ||
	{ echo "FAILED: what is made here is of no commit (git status)"; exit 1; }
program=$1 tarball=$2
sha256sum "$@" > "$work/wanted"

make_there() # DIRECTORY COMMAND: in a subshell, which goes on there
{
	cd "$1"
	umask 077
	LC_ALL=C.UTF-8 LANGUAGE=ja TZ=Asia/Tokyo HOME="$work" \
		faketime -f +1234d sh -c "$2" > "$work/log" 2>&1 ||
		{ tail -n 40 "$work/log" >&2; exit 1; }
}

there=$work/ほか/with-a-longer-name
git clone -q "$top" "$there"
(make_there "$there" './bootstrap && make -j2 bundle deb' && sha256sum "$@") > "$work/found"
diff "$work/wanted" "$work/found"

mkdir "$work/released"
tar -xzf "$tarball" -C "$work/released"
(
	make_there "$work"/released/* './configure --disable-tests && make -j2 all dist' &&
	sha256sum "$program" "$tarball"
) > "$work/found"
head -n 2 "$work/wanted" | diff - "$work/found"

cat "$work/wanted"
echo "reproducible: a clone and the tarball give the same"
