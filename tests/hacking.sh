#!/bin/sh
# SPDX-License-Identifier: MIT
#
# hacking.sh: the map in HACKING.md has each module of src/ once, in the words of its
# header's first line; a source without a header in words of the map's own.

. "${srcdir:-.}/tests/cmd/lib.sh"

# "src/base/buf a string that grows", a line a header; a source without one is only
# "src/cmd/check.c".
modules()
{
	for file in "$srcdir"/src/*/*.h; do
		folder=$(dirname "${file#"$srcdir"/}")
		sed -n "1s#^/\* \([a-z_0-9]*\)\.h - #$folder/\1 #p" "$file"
	done
	for file in "$srcdir"/src/*/*.c; do
		[ -e "${file%.c}.h" ] || echo "${file#"$srcdir"/}"
	done
}

# The same, as the map has it.
mapped()
{
	awk '/^## / { here = /The map/ }
		!here { next }
		/^    src\/[a-z]*\// { folder = $1 }
		/^      [a-z]/ {
			name = $1
			sub(/^ *[^ ]+ +/, "")
			print folder name (name ~ /\.c$/ ? "" : " " $0)
		}' "$srcdir/HACKING.md"
}

the_map()
{
	modules | sort > wanted
	[ "$(wc -l < wanted)" -gt 50 ] || return 1
	mapped | sort > found
	same wanted found
}

check 'the map' the_map
finish
