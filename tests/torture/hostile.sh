#!/bin/sh
# SPDX-License-Identifier: MIT
#
# hostile.sh: files, names and arguments that mean harm (tests/cmd/hostile.sh, which
# make check has anyway: so there is nothing quick here).

said=$(mktemp) || exit 99
trap 'rm -f "$said"' EXIT
sh "${srcdir:-.}/tests/cmd/hostile.sh" > "$said" 2>&1
code=$?
grep '	' "$said"
[ $code -eq 0 ] || cat "$said" >&2
exit $code
