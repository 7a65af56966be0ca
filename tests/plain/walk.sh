#!/bin/sh
# SPDX-License-Identifier: MIT
#
# walk.sh [WALK...]: whole walks through the true program, a folder each (all of
# them unless named). In a walk's folder stand
#
#   sessions   a line a session: its --today, the exit code expected, arguments
#   input.N    what is typed in the Nth
#   said.N     lines that standard output must have, in this order; a line `...`
#              stands for any lines, two lines without it follow on each other;
#              the time in the name of a draft is HHMMSS
#   stderr.N   standard error to the byte; without this file it must be empty
#   files.N    all the files that are there after it, a line each: a file of the
#              walk (or ../WALK/FILE) that it equals to the byte, and its name;
#              or `-` where only the name matters. Names are patterns.
#   files.0    the same for before: copied there, not compared
#
# Only sessions, input.N and the last files.N have to be there.

. "${srcdir:-.}/tests/cmd/lib.sh"

walks=$(cd "$srcdir/tests/plain" && pwd)

# What did not come, with what came after the last that did.
said()
{
	awk -v output="$2" '
	function follows(at, from, n,   i) {
		for (i = 0; i < n; i++)
			if (out[at + i] != want[from + i])
				return 0
		return 1
	}
	FILENAME == output { out[++lines] = $0; next }
	{ want[++wants] = $0 }
	END {
		at = 1
		for (from = 1; from <= wants; from += n + 1) {
			for (n = 0; from + n <= wants && want[from + n] != "..."; )
				n++
			for (k = at; k <= lines && !follows(k, from, n); )
				k++
			if (k > lines && n) {
				print "not said in this place:"
				for (i = 0; i < n; i++)
					print "  " want[from + i]
				print "the output from there on:"
				for (k = at; k <= lines && out[k] != want[from]; )
					k++
				if (k <= lines)
					at = k
				for (i = at; i < at + 30 && i <= lines; i++)
					print "  " out[i]
				exit 1
			}
			at = k + n
		}
	}' "$2" "$1"
}

# The files here are those that the list $1 has, and no others.
files()
{
	listed=0
	while read -r expected pattern; do
		listed=$((listed + 1))
		set -- "$1" $pattern
		if [ $# -ne 2 ] || [ ! -f "$2" ]; then
			echo "there is no file $pattern, or more than one"
			return 1
		fi
		[ "$expected" = - ] || same "$walk/$expected" "$2" || return 1
	done < "$1"
	there=$(find . -type f | wc -l)
	if [ "$there" -ne "$listed" ]; then
		echo "$listed files expected, but there are $there:"
		find . -type f
		return 1
	fi
}

give_files()
{
	while read -r given name; do
		cat "$walk/$given" > "$name" || return 1
	done < "$1"
}

# The Nth session, $1, of --today $2 with exit code $3 and arguments.
session()
{
	n=$1 today=$2 expected=$3
	shift 3
	"$program" --plain --today "$today" "$@" < "$walk/input.$n" \
		> "$outside/output" 2> "$outside/stderr"
	code=$?
	sed 's/\(作成中-[0-9]*-\)[0-9][0-9]*/\1HHMMSS/' "$outside/output" \
		> "$outside/stdout"
	if [ $code -ne "$expected" ]; then
		echo "exit code $code instead of $expected"
		cat "$outside/stderr"
		return 1
	fi
	if [ -f "$walk/stderr.$n" ]; then
		same "$walk/stderr.$n" "$outside/stderr" || return 1
	else
		same /dev/null "$outside/stderr" || return 1
	fi
	[ ! -f "$walk/said.$n" ] || said "$walk/said.$n" "$outside/stdout" ||
		return 1
	[ ! -f "$walk/files.$n" ] || files "$walk/files.$n"
}

walk()
{
	walk=$walks/$1
	n=0
	[ ! -f "$walk/files.0" ] || give_files "$walk/files.0" || return 1
	while read -r line; do
		n=$((n + 1))
		session $n $line || { echo "in session $n"; return 1; }
	done < "$walk/sessions"
	[ -f "$walk/files.$n" ] || { echo "files.$n is missing"; return 1; }
}

[ $# -gt 0 ] || set -- $(cd "$walks" && echo */sessions)
for name; do
	check "${name%/sessions}" walk "${name%/sessions}"
done
finish
