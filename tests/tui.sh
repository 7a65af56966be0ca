#!/bin/sh
# SPDX-License-Identifier: MIT
# The wizard on the screen: every script of tests/tui (tests/tui/README), or those named.
# What needs a program that is not here is left out, and said.

builddir=$(cd "${builddir:-.}" && pwd) || exit 99
srcdir=$(cd "${srcdir:-.}" && pwd) || exit 99
# Read by the sanitizers alone; whole stacks, since curses has no frame pointers.
LSAN_OPTIONS="suppressions='$srcdir/tests/tui/lsan.supp':print_suppressions=0"
ASAN_OPTIONS=fast_unwind_on_malloc=0
export builddir srcdir LSAN_OPTIONS ASAN_OPTIONS
run_tui=$builddir/tests/tui/run_tui

# They have an allocator of their own.
has_sanitizers()
{
	grep -q __asan_init "$builddir/src/kakuninsho"
}

needs() # SCRIPT
{
	case $1 in
	*/language-english.tui) echo msgfmt ;;
	*/suspending.tui) echo bash ;;
	*/terminal-gone.tui) echo script ;;
	*/width-euc-jp.tui) echo screen ;;
	*/width-luit.tui) echo luit ;;
	*/out-of-memory.tui) has_sanitizers && echo "build without sanitizers" ||
		echo prlimit ;;
	*) echo sh ;;
	esac
}

if [ $# -eq 0 ]; then
	for script in "$srcdir"/tests/tui/*.tui; do
		if command -v "$(needs "$script")" > /dev/null; then
			set -- "$@" "$script"
		else
			echo "left out, as there is no $(needs "$script"): $script"
		fi
	done
fi
# Most of their time they wait: for a rest to be over, for what Esc begins.
printf '%s\n' "$@" | xargs -d '\n' -n 5 -P 4 "$run_tui" || exit 1

# Ctrl-L draws everything anew, where an arrow moves the cursor only.
temporary=$(mktemp -d) || exit 99
trap 'rm -rf "$temporary"' EXIT
cat > "$temporary/repaint.tui" << 'END'
run --today 2026-04-20 x.csv
keys Tab a
keys Left
keys C-l
keys F10
exit 0
END
"$run_tui" -c "$temporary/repaint.tui" > "$temporary/counts" &&
	awk '{ bytes[NR] = $3 } END { exit !(bytes[3] < 20 && bytes[4] > 500) }' \
		"$temporary/counts" && exit
echo "FAILED: tui.sh: what an arrow (third line) and Ctrl-L (fourth) send:"
cat "$temporary/counts"
exit 1
