# SPDX-License-Identifier: MIT
#
# lib.sh - what the tests of the true program share; they source it
#
#   $program, $outside   the program; a directory for what is no result
#   check NAME COMMAND.. runs COMMAND in an own empty directory and counts it;
#                        what it prints is shown where it fails
#   check_each COMMAND.. the same for each, which is its own name
#   same WANTED FOUND    two files are equal to the byte, else a diff
#   finish               says how many passed and failed, and exits
#
# For tests of one command:
#
#   run CODE ARGUMENT..  runs the program, with nothing to read: its exit code is
#                        CODE; what it printed is in $outside/stdout and stderr
#   run_with FILE CODE.. the same with FILE as standard input
#   printed TEXT..       each TEXT stands in what it printed on standard output
#   said TEXT..          the same for standard error
#   printed_nothing, said_nothing
#   record NAME          copies a record from tests/plain: a first confirmation,
#                        finished, to work on (its item 7 takes two lines)
#   change NAME COLUMN VALUE FILE   a cell of the row called NAME (columns
#                        counted from 1; VALUE and FILE without commas in cells)

srcdir=$(cd "${srcdir:-.}" && pwd) || exit 99
builddir=$(cd "${builddir:-.}" && pwd) || exit 99
program=${KAKUNINSHO:-$builddir/src/kakuninsho}

# What the person who runs the tests has set is no matter.
unset KAKUNINSHO_LOCALEDIR LANG LC_MESSAGES TZ POSIXLY_CORRECT
LC_ALL=C.UTF-8 LANGUAGE=
KAKUNINSHO_LOCALEDIR=/nonexistent
export LC_ALL LANGUAGE KAKUNINSHO_LOCALEDIR

temporary=$(mktemp -d) || exit 99
trap 'rm -rf "$temporary"' EXIT
trap 'exit 99' HUP INT TERM
outside=$temporary/outside
mkdir "$outside"
passed=0 failed=0

check()
{
	name=$1
	shift
	mkdir "$temporary/here"
	if (cd "$temporary/here" && "$@") > "$temporary/says" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $name"
		sed 's/^/    /' "$temporary/says"
	fi
	rm -rf "$temporary/here" "$outside"
	mkdir "$outside"
}

check_each()
{
	for command; do
		check "$command" "$command"
	done
}

same()
{
	cmp -s "$1" "$2" && return
	echo "$2 is not as it should be (< wanted, > found):"
	diff -a "$1" "$2" | head -n 40 | tr '\001-\010\013-\037' '?'
	return 1
}

run_with()
{
	input=$1 expected=$2
	shift 2
	"$program" "$@" < "$input" > "$outside/stdout" 2> "$outside/stderr"
	code=$?
	[ $code -eq "$expected" ] && return
	echo "exit code $code instead of $expected: kakuninsho $*"
	cat "$outside/stdout" "$outside/stderr"
	return 1
}

run()
{
	run_with /dev/null "$@"
}

stands_in()
{
	heap=$1
	shift
	for text; do
		if ! grep -qF -e "$text" "$heap"; then
			echo "missing: $text"
			echo "in:"
			cat "$heap"
			return 1
		fi
	done
}

printed()
{
	stands_in "$outside/stdout" "$@"
}

said()
{
	stands_in "$outside/stderr" "$@"
}

printed_nothing()
{
	same /dev/null "$outside/stdout"
}

said_nothing()
{
	same /dev/null "$outside/stderr"
}

record()
{
	cat "$srcdir/tests/plain/a-first-confirmation/record.csv" > "$1"
}

change()
{
	awk -F, -v OFS=, -v name="$1" -v column="$2" -v value="$3" '
		{ last = $NF; sub(/\r$/, "", last) }
		last == name { $column = value; found = 1 }
		{ print }
		END { exit !found }' "$4" > "$outside/changed" &&
		cp "$outside/changed" "$4"
}

finish()
{
	echo "$passed passed, $failed failed"
	[ $failed -eq 0 ] && [ $passed -gt 0 ]
	exit
}
