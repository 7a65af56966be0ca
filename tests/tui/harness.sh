#!/bin/sh
# SPDX-License-Identifier: MIT
# run_tui itself: what harness/ expects of standard programs comes true, and what
# harness/bad/ expects does not, for the reasons in harness/bad.expected.

builddir=$(cd "${builddir:-.}" && pwd) || exit 99
cd "${srcdir:-.}" || exit 99
run_tui=$builddir/tests/tui/run_tui
here=tests/tui/harness
unset TUI_PATIENCE KAKUNINSHO

temporary=$(mktemp -d) || exit 99
trap 'rm -rf "$temporary"' EXIT
trap 'exit 99' HUP INT TERM
mkdir "$temporary/directories"
srcdir=. TMPDIR=$temporary/directories
export srcdir builddir TMPDIR

failed()
{
	echo "FAILED: harness.sh: $1"
	exit 1
}

# As in the background, where a shell makes signals be ignored.
(trap '' HUP INT QUIT TERM && exec "$run_tui" $here/*.tui) || exit 1

"$run_tui" $here/bad/*.tui | diff $here/bad.expected - ||
	failed "what must fail does not, or fails for another reason (> is found)"

"$run_tui" -c -o "$temporary/bytes" $here/count.tui |
	sed "s/ in [0-9.]* ms//; s,^$here/,," > "$temporary/counts"
diff - "$temporary/counts" << END || failed "-c counts otherwise"
count.tui:2: run: 2 bytes
count.tui:4: keys: 3 bytes
count.tui:6: keys: 3 bytes
count.tui:7: signal: 0 bytes
1 passed, 0 failed
END
printf '> abc漢' | cmp - "$temporary/bytes" || failed "-o copies otherwise"

rmdir "$TMPDIR" || failed "directories of scripts are left"
