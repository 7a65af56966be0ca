#!/bin/sh
# SPDX-License-Identifier: MIT
#
# allocations.sh [quick]: every allocation made to fail (allocations.c), one after the
# other; quick: some of each kind of run, spread over all of it.

srcdir=$(cd "${srcdir:-.}" && pwd) || exit 99
builddir=$(cd "${builddir:-.}" && pwd) || exit 99
program=${KAKUNINSHO:-$builddir/src/kakuninsho}
export srcdir

# A sanitizer has an allocator of its own, which the shim cannot stand before.
if grep -q __asan_init "$program"; then
	echo "allocations.sh: left out, the program is built with a sanitizer" >&2
	exit 0
fi
temporary=$(TMPDIR=$([ -w /dev/shm ] && echo /dev/shm || echo /tmp) mktemp -d) || exit 99
trap 'rm -rf "$temporary"' EXIT
trap 'exit 99' HUP INT TERM
cd "$temporary" || exit 99
if command -v msgfmt > /dev/null; then
	LOCALE=$temporary/locale
	export LOCALE
	mkdir -p "$LOCALE/en/LC_MESSAGES"
	msgfmt -o "$LOCALE/en/LC_MESSAGES/kakuninsho.mo" "$srcdir/po/en.po" ||
		exit 99
fi
[ "${1-}" = quick ] && sample=25 || sample=0
# LD_PRELOAD is a list that spaces part.
ln -s "$builddir/tests/torture/failmalloc.so" failmalloc.so
"$builddir/tests/torture/allocations" -s $sample "$program" "$PWD/failmalloc.so"
