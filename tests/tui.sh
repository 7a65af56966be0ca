#!/bin/sh
# SPDX-License-Identifier: MIT
# The wizard on the screen: every script of tests/tui (tests/tui/README).
builddir=$(cd "${builddir:-.}" && pwd) || exit 99
srcdir=$(cd "${srcdir:-.}" && pwd) || exit 99
# Read by the sanitizers alone; whole stacks, since curses has no frame pointers.
LSAN_OPTIONS=suppressions=$srcdir/tests/tui/lsan.supp:print_suppressions=0
ASAN_OPTIONS=fast_unwind_on_malloc=0
export builddir srcdir LSAN_OPTIONS ASAN_OPTIONS
exec "$builddir/tests/tui/run_tui" "$srcdir"/tests/tui/*.tui
