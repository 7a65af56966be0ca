#!/bin/sh
# SPDX-License-Identifier: MIT
# The program as it was linked: at no fixed place, with nothing that is both
# written and run, its table of functions closed, and the checks of the stack and
# of the string functions in it. Which of them the compiler has, configure found.
# And its wcwidth is seen by libncursesw, which else takes libc's (src/tui/width.h).

builddir=${builddir:-.}
program=$builddir/src/kakuninsho
passed=0 failed=0

if ! command -v readelf > /dev/null; then
	echo "skipped: no readelf"
	exit 77
fi
value() { sed -n "s/^$1 = //p" "$builddir/Makefile"; }
flags="$(value CPPFLAGS) $(value CFLAGS) $(value LDFLAGS) $(value HARDENING_CFLAGS) $(value HARDENING_LDFLAGS)"
case $flags in
*-fsanitize*) echo "skipped: sanitizers"; exit 77 ;;
esac
LC_ALL=C readelf -hldW --dyn-syms "$program" > hardening.tmp || exit 99
trap 'rm -f hardening.tmp' EXIT

# NAME FLAG PATTERN: with FLAG there is a line of PATTERN
has()
{
	case $flags in
	*$2*) ;;
	*) echo "left out, as it is built without $2: $1"; return ;;
	esac
	if grep -qE "$3" hardening.tmp; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $1"
	fi
}

has 'no fixed place (PIE)' -pie 'Type: +DYN'
has 'relocations read-only (RELRO)' relro 'GNU_RELRO'
has 'all of them (BIND_NOW)' now 'BIND_NOW|FLAGS_1.*NOW'
has 'no stack that is run' noexecstack 'GNU_STACK .* RW +0x'
has 'guarded stack' stack-protector '__stack_chk_fail'
has 'checked strings and files' _FORTIFY_SOURCE '__[a-z]+_chk'
if ! grep -qE ' FUNC +GLOBAL +DEFAULT +[0-9]+ wcwidth$' hardening.tmp; then
	failed=$((failed + 1))
	echo "FAILED: wcwidth is not seen"
fi
if grep -E 'LOAD .* RWE ' hardening.tmp; then
	failed=$((failed + 1))
	echo "FAILED: a part is both written and run"
fi
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
