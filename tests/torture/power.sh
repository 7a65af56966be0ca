#!/bin/sh
# SPDX-License-Identifier: MIT
#
# power.sh [quick]: the power fails after each call of the sessions' saves. A
# model of the disk (disk.h) says what may be left of what was not flushed. (quick:
# without the long session.)

. "${srcdir:-.}/tests/torture/lib.sh"

[ "$1" = quick ] && sessions='new finish offered linked'
for session in $sessions; do
	survey $session
	begin $session
	go $session power
	printf 'power loss, states of the disk\t%s\n' "$(cat "$mine/listed")"
	cat "$mine/said" > "$mine/why"
	[ $code -eq 0 ] || echo "session $session ended with $code" >&2
	grep 'may be' "$mine/said" >&2
done | awk -F '\t' -v OFS='\t' '
	{ times += $2; fine += $3; lost += $4; n++ }
	END { print $1, times, fine, lost; exit lost || times < 50 * n }'
