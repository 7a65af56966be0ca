#!/bin/sh
# SPDX-License-Identifier: MIT
# The arrows of the source point one way: each folder of src/ includes only
# itself and those after it in this list. (.ci/layers has the linker say the
# same.) And what no part of the engine may know: curses outside tui/term.c, a
# question of the built-in form anywhere.
src=${srcdir:-.}/src
layers='cmd tui plain out record form expr base'
passed=0 failed=0

verdict() { # NAME, what was found ("" is good)
	if [ -z "$2" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf 'FAIL: %s\n%s\n' "$1" "$2"
	fi
}

for layer in $layers; do
	[ -d "$src/$layer" ] || continue
	allowed=$(echo "$layers" | sed "s/.*\b$layer\b/$layer/; s/ /|/g")
	[ "$layer" = tui ] && allowed=$(echo "$allowed" | sed 's/plain|//')
	verdict "$layer includes only $allowed" "$(
		grep -nE '^#include "' "$src/$layer"/*.[ch] 2>/dev/null |
		grep -vE "#include \"($allowed)/")"
done
verdict 'only tui/term.c knows curses' "$(
	grep -rlE --include='*.[ch]' '#include <(n?cursesw?|term)\.h>' "$src" | grep -v tui/term.c)"
verdict 'no question of the built-in form is named' "$(
	grep -rnE --include='*.[ch]' 'i[0-9]{2}_|vendor|checked_on|previous_on' "$src")"
verdict 'no module below cmd exits or knows argv' "$(
	grep -nE '\bargv\b|\bexit *\(' "$src"/*/*.c |
	grep -vE '/cmd/|base/fatal.c')"
echo "$passed passed, $failed failed"
[ $failed = 0 ]
