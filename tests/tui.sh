#!/bin/sh
# SPDX-License-Identifier: MIT
# The wizard on the screen: every script of tests/tui (tests/tui/README).
builddir=$(cd "${builddir:-.}" && pwd) || exit 99
srcdir=$(cd "${srcdir:-.}" && pwd) || exit 99
export builddir srcdir
exec "$builddir/tests/tui/run_tui" "$srcdir"/tests/tui/*.tui
