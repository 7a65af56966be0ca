#!/bin/sh
# SPDX-License-Identifier: MIT
#
# A finished record is not changed by opening it, in whatever way, nor by amending
# it, finishing that, or being killed in the middle: bytes, times, mode and inode
# are what they were. (On the screen: tests/tui/finished.tui.)

. "${srcdir:-.}/tests/cmd/lib.sh"

today='--today 2026-04-20'

# r.csv, from long ago.
finished_record()
{
	record r.csv && touch -d 2001-02-03T04:05:06.789 r.csv && chmod 640 r.csv &&
	cp -p r.csv "$outside/original" && state > "$outside/state"
}

state() # the time of its last change too: not even the mode was set anew
{
	stat -c '%d %i %h %a %u %g %s %y %z' r.csv
}

untouched()
{
	state > "$outside/state-now" && same "$outside/state" "$outside/state-now" &&
	same "$outside/original" r.csv
}

# No other file is there but these.
beside_it()
{
	ls -A | grep -v '^r\.csv$' > "$outside/found"
	ls -Ad "$@" > "$outside/wanted"
	same "$outside/wanted" "$outside/found"
}

# The answers $2... typed to the program with FILE; it ends with the code $1.
session() # CODE FILE LINE...
{
	ends=$1 file=$2
	shift 2
	printf '%s\n' "$@" > "$outside/input"
	run_with "$outside/input" "$ends" --plain $today $file
}

reading()
{
	finished_record && run 0 review --plain $today r.csv && untouched &&
	run 0 check r.csv && untouched && run 0 export r.csv && untouched &&
	run 0 export -t csv r.csv && untouched &&
	run 0 export -o out.txt r.csv && untouched && beside_it out.txt
}

opening()
{
	finished_record && session 0 r.csv :q && untouched &&
	session 0 r.csv :l :p :b :q && untouched &&
	session 0 '' :q && untouched && [ "$(ls -A)" = r.csv ] # looks for drafts
}

by_another_path()
{
	finished_record && mkdir there && ln -s ../r.csv there/link.csv &&
	session 0 there/link.csv :g\ vendor 新 :q && untouched &&
	session 0 ./there/../r.csv :g\ vendor 新 :q && untouched &&
	beside_it 確認書-作成中-* there && [ "$(ls there | wc -l)" -eq 2 ]
}

# Even where it may not be written to at all.
read_only()
{
	record r.csv && chmod 444 r.csv && cp -p r.csv "$outside/original" &&
	state > "$outside/state" && session 0 r.csv :g\ vendor 新 :s :q && untouched
}

amending()
{
	finished_record && session 0 r.csv :g\ vendor 新 :s :q && untouched &&
	beside_it 確認書-作成中-* && grep -q ',新,,vendor' 確認書-作成中-* &&
	session 0 '' 1 :g\ vendor 新社 :f && untouched &&
	beside_it 確認書-新社-20260420.csv 確認書-新社-20260420.txt &&
	grep -q ',完成,' 確認書-新社-20260420.csv
}

# Finished at once; the sheet of the original stays too.
amending_in_one_go()
{
	finished_record && echo sheet > r.txt && session 0 r.csv :f &&
	printed 元の確認書はそのままです && untouched &&
	echo sheet > "$outside/sheet" && same "$outside/sheet" r.txt &&
	beside_it r.txt 確認書-株式会社甲乙-20260420.csv \
		確認書-株式会社甲乙-20260420.txt
}

# Under the name that finishing gives: the amended one takes the next.
amending_the_amended()
{
	finished_record && session 0 r.csv :f && mv r.csv keep &&
	mv 確認書-株式会社甲乙-20260420.csv r.csv &&
	ln r.csv 確認書-株式会社甲乙-20260420.csv && cp r.csv "$outside/original" &&
	state > "$outside/state" && session 0 r.csv :f && untouched &&
	same r.csv 確認書-株式会社甲乙-20260420.csv &&
	[ -f 確認書-株式会社甲乙-20260420-2.csv ]
}

saving_over_it()
{
	finished_record && session 0 r.csv :g\ vendor 新 ':s r.csv' :q &&
	said すでにあります && untouched
}

# Killed while it is amended, or told to end.
killed_by() # SIGNAL CODE
{
	finished_record || return 1
	mkfifo "$outside/keys" "$outside/says"
	"$program" --plain $today r.csv < "$outside/keys" > "$outside/says" &
	exec 3> "$outside/keys" 4< "$outside/says"
	printf ':g vendor\n新\n' >&3
	while IFS= read -r line <&4; do # until the next question but one
		case $line in
		*対象部門等名*) break ;;
		esac
	done
	kill -"$1" $!
	exec 3>&-
	cat <&4 > "$outside/rest"
	wait $!
	code=$?
	exec 4<&-
	[ $code -eq "$2" ] || { echo "ends with $code"; return 1; }
	untouched && grep -q ',新,,vendor' 確認書-作成中-* || return 1
	# and it goes on
	session 0 '' 1 :f && untouched &&
	beside_it 確認書-新-20260420.csv 確認書-新-20260420.txt
}

# Two amend it: two drafts.
two_amend()
{
	finished_record || return 1
	mkfifo "$outside/keys" "$outside/says"
	"$program" --plain $today r.csv < "$outside/keys" > "$outside/says" &
	exec 3> "$outside/keys" 4< "$outside/says"
	printf ':g vendor\n一\n' >&3
	session 0 r.csv :g\ vendor 二 :q && untouched || return 1
	exec 3>&-
	cat <&4 > "$outside/rest"
	wait $! && exec 4<&- && untouched &&
	[ "$(ls 確認書-作成中-* | wc -l)" -eq 2 ] &&
	grep -q ',一,,vendor' 確認書-作成中-* &&
	grep -q ',二,,vendor' 確認書-作成中-* && beside_it 確認書-作成中-*
}

check_each reading opening by_another_path read_only amending \
	amending_in_one_go amending_the_amended saving_over_it two_amend
check 'killed' killed_by KILL 137
check 'told to end' killed_by TERM 0
check 'hung up' killed_by HUP 0
finish
