#!/bin/sh
# SPDX-License-Identifier: MIT
#
# kills.sh [quick]: SIGKILL at each call of the sessions' saves, in turn (quick: of
# one session that finishes a record).
#
# What is there must be what was there at that call in the undisturbed session, to
# the byte; the record opens again, the next save works, no temporary is left.

. "${srcdir:-.}/tests/torture/lib.sh"

kill_at()
{
	number=$1 call=$2 after=$3
	begin "$session"
	go "$session" kill "$number"
	outcome=survived
	if [ $code -ne 137 ]; then
		echo "ended with $code instead of being killed" > "$mine/why"
		outcome=failed
	elif ! is_state "$after" "$here"; then
		outcome=lost
	elif ! (goes_on); then
		outcome=failed
	fi
	count "SIGKILL at $call" $outcome
}

[ "$1" = quick ] && sessions=finish
for session in $sessions; do
	survey $session
	each_point kill_at < "$ground/points"
done
rows
