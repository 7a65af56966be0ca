# SPDX-License-Identifier: MIT
#
# lib.sh - what the tests of the true program share; they source it
#
#   $program, $outside   the program; a directory for what is no result
#   check NAME COMMAND.. runs COMMAND in an own empty directory and counts it;
#                        what it prints is shown where it fails
#   same WANTED FOUND    two files are equal to the byte, else a diff
#   finish               says how many passed and failed, and exits

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

same()
{
	cmp -s "$1" "$2" && return
	echo "$2 is not as it should be (< wanted, > found):"
	diff "$1" "$2" | sed 's/\r/\\r/g' | head -n 40
	return 1
}

finish()
{
	echo "$passed passed, $failed failed"
	[ $failed -eq 0 ] && [ $passed -gt 0 ]
	exit
}
