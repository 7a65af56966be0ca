#!/bin/sh
# SPDX-License-Identifier: MIT
#
# broken.sh: a save that is broken on purpose (broken.c) must make the torture fail,
# and the very part of it that is there for that.

srcdir=$(cd "${srcdir:-.}" && pwd) || exit 99
said=$(mktemp) || exit 99
trap 'rm -f "$said"' EXIT
failed=0

noticed() # HOW GROUP: by GROUP, with a record lost in the fourth column of a row
{
	BROKEN=$1 sh "$srcdir/tests/torture/$2" quick > "$said" 2> /dev/null
	code=$?
	[ $code -eq 77 ] && exit 77
	lost=$(awk -F '\t' '{ lost += $4 } END { print lost + 0 }' "$said")
	if [ $code -ne 0 ] && [ "$lost" -gt 0 ]; then
		echo "a save broken by $1: $2 notices $lost lost records"
	else
		echo "FAILED: a save broken by $1 gets past $2"
		failed=1
	fi
}

noticed no_fsync power.sh
noticed no_directory power.sh
noticed no_name power.sh
noticed write_in_place power.sh
noticed write_in_place kills.sh
exit $failed
