#!/bin/sh
# SPDX-License-Identifier: MIT
#
# torture.sh [quick]: what was done to the program, how many times, and what came of
# it (make torture; quick is the part that make check runs). See README here.

groups='power.sh kills.sh errors.sh places.sh allocations.sh'
[ "${1-}" = quick ] || groups="$groups hostile.sh fuzz.sh ../valgrind.sh"

srcdir=$(cd "${srcdir:-.}" && pwd) || exit 99
rows=$(mktemp) || exit 99
trap 'rm -f "$rows"' EXIT
code=0

for group in $groups; do
	sh "$srcdir/tests/torture/$group" "$@" >> "$rows"
	case $? in
	0) ;;
	77) [ $code -eq 0 ] && code=77 ;; # it has said why
	*) echo "FAILED: $group" >&2; code=1 ;;
	esac
done

awk -F '\t' '
	function line(what, times, survived, lost) {
		printf "%-56s %9s %9s %7s\n", what, times, survived, lost
	}
	BEGIN { line("what was done", "times", "survived", "lost") }
	{ line($1, $2, $3, $4); times += $2; fine += $3; lost += $4 }
	END { line("in all", times, fine, lost) }' "$rows"
exit $code
