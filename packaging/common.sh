# SPDX-License-Identifier: MIT
#
# common.sh - what make bundle and make deb share; they source it
#
#   $packaging, $work    this directory; a directory to work in, gone at the end
#   need PACKAGE FILE..  FILE, or a command of that name, is there, or it is said
#                        which of Debian's packages has it
#   build TARBALL ARG..  unpacks it, configures it with ARG and installs it under
#                        $work/root; $sources is where it was unpacked
#   fail TEXT            the end

packaging=$(cd "$(dirname "$0")/.." && pwd)
SOURCE_DATE_EPOCH=$("$packaging/source-date")
export SOURCE_DATE_EPOCH LC_ALL=C TZ=UTC0
umask 022
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

fail()
{
	echo "packaging: $*" >&2
	exit 1
}

need()
{
	package=$1
	shift
	for thing; do
		[ -e "$thing" ] || command -v "$thing" > /dev/null ||
			fail "$thing is missing: apt-get install $package"
	done
}

build()
{
	mkdir "$work/sources" "$work/root"
	tar -xzf "$1" -C "$work/sources" --strip-components=1
	sources=$work/sources
	shift
	(
		cd "$sources"
		# What the caller's environment says is not for this.
		unset CFLAGS CPPFLAGS LDFLAGS LIBS MAKEFLAGS MFLAGS DESTDIR
		./configure --quiet --disable-tests "$@" CFLAGS='-g -O2' &&
			make -s -j"$(nproc)" && make -s install DESTDIR="$work/root"
	) > "$work/build.log" 2>&1 ||
		{ cat "$work/build.log" >&2; fail "it does not build"; }
}
