#!/bin/sh
# SPDX-License-Identifier: MIT
#
# places.sh: places that take no record: a full disk, one that is read-only, a
# directory that takes no new file, a limit on a file's size. Real ones, while the
# program runs.
#
# It says which file and why, what was there stays as it was, the answers stay in
# memory, another place can be given; and once there is room, the same save works.

if [ -z "$PLACES_INSIDE" ]; then
	PLACES_INSIDE=mounts
	export PLACES_INSIDE
	unshare -Urm true 2> /dev/null && exec unshare -Urm "$0"
	PLACES_INSIDE=none
fi
. "${srcdir:-.}/tests/torture/lib.sh"

mine=$ground here=$temporary/here elsewhere=$temporary/elsewhere

# --- talking with the program -------------------------------------------------

# The answer to a first question is saved as r.csv, and in $mine/before.
begin_talk() # COMMAND..: what the program is to be run by
{
	rm -f "$mine/in" "$mine/out"
	mkfifo "$mine/in" "$mine/out" || return
	timeout 30 "$@" "$program" $today "$here/r.csv" \
		< "$mine/in" > "$mine/out" 2>&1 &
	exec 4> "$mine/in" 5< "$mine/out"
	say 2 && hear '答え: いいえ' && hear 事業者名 &&
	cp "$here/r.csv" "$mine/before"
}

say()
{
	printf '%s\n' "$@" >&4
}

# A line with $1 comes. One that never does ends with the program (timeout).
hear()
{
	while read -r line <&5; do
		case $line in
		*"$1"*) return ;;
		esac
	done
	echo "never said: $1" >> "$mine/why"
	return 1
}

end_talk()
{
	say :q
	exec 4>&-
	cat <&5 > /dev/null
	exec 5<&-
	wait
}

# The second answer cannot be saved, for the reason $1; the first file stays. Saved
# elsewhere, both are there.
refused()
{
	say 株式会社甲乙 && hear "r.csv」に保存できません" &&
	case $line in *"$1"*) ;; *) echo "$line" >> "$mine/why"; false ;; esac &&
	cmp "$here/r.csv" "$mine/before" &&
	[ -z "$(find "$here" -name '.kakuninsho-saving-*')" ]
}

saved_elsewhere()
{
	say ":s $elsewhere/other.csv" && hear 保存しました &&
	grep -q ',株式会社甲乙,,vendor' "$elsewhere/other.csv" &&
	grep -q ',いいえ,,is_subcontractor' "$elsewhere/other.csv" &&
	cmp "$here/r.csv" "$mine/before"
}

saved_here()
{
	say :s && hear 保存しました &&
	grep -q ',株式会社甲乙,,vendor' "$here/r.csv"
}

# --- the places ---------------------------------------------------------------

# A disk of 64 KiB, all of it taken but the room of the first record.
fill_up()
{
	cat /dev/zero > "$here/filler" 2> /dev/null
	[ -s "$here/filler" ]
}

small_disk()
{
	mount -t tmpfs -o size=64k none "$here"
}

full_then_room()
{
	small_disk && begin_talk && fill_up && refused 空き容量がありません &&
	rm "$here/filler" && saved_here
}

full_then_elsewhere()
{
	small_disk && begin_talk && fill_up && refused 空き容量がありません &&
	saved_elsewhere
}

no_inodes()
{
	mount -t tmpfs -o nr_inodes=4 none "$here" && begin_talk &&
	: > "$here/filler" && refused 空き容量がありません &&
	rm "$here/filler" && saved_here
}

# (A disk on which a file is open to write, as the lock is, would refuse to turn.)
read_only()
{
	small_disk && begin_talk && mount --bind "$here" "$here" &&
	mount -o remount,bind,ro "$here" &&
	refused 読み取り専用の場所です && saved_elsewhere
}

directory_gone()
{
	begin_talk && mv "$here" "$here.away" &&
	say 株式会社甲乙 && hear ファイルやディレクトリがありません &&
	cmp "$here.away/r.csv" "$mine/before" && mv "$here.away" "$here" &&
	saved_here
}

# Root is bound by a mode only without the right to override it.
no_new_files()
{
	begin_talk $bound && chmod 555 "$here" &&
	refused この場所に新しいファイルを作れません（権限がありません） &&
	saved_elsewhere
}

# A record grows by its answers; of 6 KiB the first fills nearly all.
size_limit()
{
	begin_talk sh -c 'ulimit -f 12; exec "$@"' sh &&
	say "$(awk 'BEGIN { while (n++ < 300) printf "社" }')" &&
	hear ファイルが大きすぎます && cmp "$here/r.csv" "$mine/before"
}

bound=
is_bound()
{
	[ "$(id -u)" -ne 0 ] && return
	bound='setpriv --bounding-set=-dac_override,-dac_read_search'
	mkdir -m 555 "$temporary/closed" &&
	! $bound touch "$temporary/closed/file" 2> /dev/null
}

try() # WHAT COMMAND
{
	mkdir "$here" "$elsewhere"
	: > "$mine/why"
	outcome=survived
	"$2" > "$mine/log" 2>&1 || outcome=failed
	end_talk
	if [ $outcome = failed ]; then
		cmp -s "$here/r.csv" "$mine/before" || outcome=lost
		cat "$mine/log" >> "$mine/why"
	fi
	mkdir -p "$ground/job0"
	printf '%s\t%s\n' "$1" $outcome >> "$ground/job0/counted"
	[ $outcome = survived ] ||
		{ echo "$1: $outcome"; cat "$mine/why"; } >&2
	while umount "$here" 2> /dev/null; do :; done
	rm -rf "$here" "$elsewhere"
}

trap '' PIPE
try 'the directory goes away, and comes back' directory_gone
try 'a limit on the size of files (ulimit -f)' size_limit
if [ $PLACES_INSIDE = mounts ] && mount -t tmpfs none /mnt 2> /dev/null; then
	umount /mnt
	try 'a full disk, then room again' full_then_room
	try 'a full disk, then another place' full_then_elsewhere
	try 'no room for another file, then room again' no_inodes
	try 'a disk turns read-only, then another place' read_only
else
	echo 'left out: full and read-only disks, as nothing may be mounted here (unshare -Urm)' >&2
fi
if is_bound; then
	try 'a directory that takes no new file, then another place' no_new_files
else
	echo 'left out: a directory that takes no new file, as root may do all here (setpriv)' >&2
fi
rows
