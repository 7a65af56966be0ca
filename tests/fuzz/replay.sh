#!/bin/sh
# SPDX-License-Identifier: MIT
# The fuzz targets (fuzz.h) with what is kept for them: corpus/TARGET, to begin
# with; findings/TARGET, what once was not survived; and what else the tests have.

builddir=$(cd "${builddir:-.}" && pwd) || exit 99
srcdir=$(cd "${srcdir:-.}" && pwd) || exit 99
TMPDIR=$(mktemp -d) || exit 99
# Read by the sanitizers alone: curses, and what a process has that is done.
LSAN_OPTIONS="suppressions='$srcdir/tests/tui/lsan.supp':print_suppressions=0"
ASAN_OPTIONS=fast_unwind_on_malloc=0
export builddir srcdir TMPDIR LSAN_OPTIONS ASAN_OPTIONS
trap 'rm -rf "$TMPDIR"' EXIT
trap 'exit 99' HUP INT TERM
cd "$srcdir" || exit 99

failed=0
replay() # TARGET FILE...
{
	target=$1
	shift
	for kept in tests/fuzz/corpus/"$target"/* tests/fuzz/findings/"$target"/*
	do
		[ ! -f "$kept" ] || set -- "$@" "$kept"
	done
	"$builddir/tests/fuzz/replay" "$target" "$@" || failed=1
}

replay csv data/*.csv tests/form/bad/*.csv
replay date
replay editor
replay input
replay expression
replay form data/*.csv tests/form/*.csv tests/form/second/*.csv tests/form/bad/*.csv
replay record tests/plain/*/*.csv tests/form/second/*.csv
replay terminal
exit $failed
