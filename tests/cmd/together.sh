#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Two at one record: who comes second is told who has it, and may read it; and
# what another has changed all the same is not overwritten unasked.

. "${srcdir:-.}/tests/cmd/lib.sh"

today='--today 2026-04-20'

# A draft with a detail at item 3; a whole one.
draft()
{
	cat "$srcdir/tests/plain/e-left-in-the-middle/draft-1.csv" > "$1"
}

whole_draft()
{
	cat "$srcdir/tests/plain/c-changed-back/draft.csv" > "$1"
}

# --- the first of the two ------------------------------------------------------

# The program fills in $1; what is typed goes to 3, what it says comes from 4.
begin()
{
	mkfifo "$outside/keys" "$outside/says"
	timeout 120 "$program" --plain $today "$1" \
		< "$outside/keys" > "$outside/says" 2>&1 &
	first=$!
	exec 3> "$outside/keys" 4< "$outside/says"
	hear （必須） 質問はこれで終わりです # it asks; so it has it
}

# Type a line and wait until it says so.
type_in() # LINE TEXT
{
	printf '%s\n' "$1" >&3
	hear "$2"
}

hear() # TEXT [OR-TEXT]
{
	while IFS= read -r line <&4; do
		case $line in
		*"$1"* | *"${2:-$1}"*) return 0 ;;
		esac
	done
	echo "the first does not say: $1"
	return 1
}

# It comes to the end of its input, and ends with the code $1.
end()
{
	exec 3>&-
	cat <&4 > "$outside/end"
	exec 4<&-
	wait $first
	code=$?
	rm -f "$outside/keys" "$outside/says"
	[ $code -eq "$1" ] && return
	echo "the first ends with $code"
	cat "$outside/end"
	return 1
}

# All the files here are these.
files()
{
	ls -A | LC_ALL=C sort > "$outside/found"
	for file; do
		echo "$file"
	done | LC_ALL=C sort > "$outside/wanted"
	same "$outside/wanted" "$outside/found"
}

# Item $1 is 未実施 in the file $2; it was 実施.
answered()
{
	grep -q ",未実施,.*i$1" "$2" && return
	echo "no 未実施 at i$1 in $2"
	return 1
}

# --- who has it ------------------------------------------------------------------

the_second_is_told()
{
	draft r.csv && cp r.csv "$outside/before" && begin r.csv || return 1
	pid=$(cut -f 4 .r.csv.lock)
	printf ':g 5\n2\n:q\n' > "$outside/input"
	run_with "$outside/input" 2 --plain $today r.csv &&
	said "「r.csv」はほかで記入中です（$(id -un)、$(uname -n)、プロセス $pid、" \
		' から）。閲覧だけできます' &&
	printed '状態: 作成中' 番号26 && same "$outside/before" r.csv &&
	files .r.csv.lock r.csv && kill -0 "$pid" &&
	end 0 && files r.csv &&
	run_with "$outside/input" 0 --plain $today r.csv && said_nothing &&
	answered 05 r.csv && files r.csv
}

the_dead_hold_nothing()
{
	draft r.csv && begin r.csv || return 1
	kill -9 "$(cut -f 4 .r.csv.lock)"
	end 137 && files .r.csv.lock r.csv || return 1
	printf ':g 5\n2\n:q\n' > "$outside/input"
	run_with "$outside/input" 0 --plain $today r.csv && said_nothing &&
	answered 05 r.csv && files r.csv
}

by_another_path()
{
	mkdir there && draft there/r.csv && ln -s there/r.csv link.csv &&
	ln -s there way && begin there/r.csv || return 1
	for path in link.csv way/r.csv ./there/../there/r.csv "$PWD/way/r.csv"; do
		run 2 --plain $today "$path" && said 記入中です || return 1
	done
	end 0 && begin link.csv || return 1
	run 2 --plain $today there/r.csv && said 記入中です && end 0
}

# Of the drafts that lie here, those that somebody has are marked; one may look.
marked_in_the_list()
{
	draft a.csv && draft b.csv && begin b.csv || return 1
	echo 2 > "$outside/input"
	run_with "$outside/input" 2 --plain $today &&
	printed "（ほかで記入中: $(id -un)、" '状態: 作成中' && said 「b.csv」 &&
	[ "$(grep -c ほかで記入中 "$outside/stdout")" -eq 1 ] &&
	grep -q '^2 .*b.csv.*ほかで記入中' "$outside/stdout" && end 0
}

# A record is locked once it is there.
a_new_one()
{
	begin r.csv && files && type_in 2 事業者名 && files .r.csv.lock r.csv &&
	run 2 --plain $today r.csv && said 記入中です && end 0 && files r.csv
}

# Reading needs no lock, and has none.
reading()
{
	draft r.csv && begin r.csv || return 1
	run 0 review --plain $today r.csv && said_nothing &&
	run 1 check $today r.csv && said_nothing &&
	run 0 export $today r.csv && end 0 || return 1
	mkfifo wait || return 1
	"$program" review --plain $today r.csv > wait &
	exec 4< wait && read -r line <&4 && files r.csv wait && exec 4<&-
	wait
}

saving_under_another_name()
{
	draft r.csv && begin r.csv && type_in ':s s.csv' 保存しました &&
	files .s.csv.lock r.csv s.csv || return 1
	run 2 --plain $today s.csv && said 記入中です &&
	run 0 --plain $today r.csv && said_nothing &&
	type_in ':s r.csv' すでにあります && files .s.csv.lock r.csv s.csv &&
	end 0 && files r.csv s.csv
}

# A finished record is not locked while it is amended; the draft is.
amending()
{
	record r.csv && begin r.csv && files r.csv &&
	type_in ':g vendor' （必須） && type_in 新 対象部門等名 || return 1
	name=$(ls 確認書-作成中-*)
	files .$name.lock $name r.csv && run 2 --plain $today $name &&
	said 記入中です && run 0 --plain $today r.csv && said_nothing && end 0 &&
	files $name r.csv
}

# What else may lie where the lock would: it stays, and stops nobody.
no_lock() # WHAT
{
	draft r.csv
	case $1 in
	directory) mkdir .r.csv.lock ;;
	fifo) mkfifo .r.csv.lock ;;
	symlink) ln -s /nonexistent/x .r.csv.lock ;;
	other) printf 'not \033[31mours' > .r.csv.lock ;;
	huge) truncate -s 1G .r.csv.lock ;;
	esac
	stat -c '%F %s %i %Y' .r.csv.lock > "$outside/before"
	printf ':g 5\n2\n:q\n' > "$outside/input"
	run_with "$outside/input" 0 --plain $today r.csv && said_nothing &&
	answered 05 r.csv && files .r.csv.lock r.csv &&
	stat -c '%F %s %i %Y' .r.csv.lock > "$outside/after" &&
	same "$outside/before" "$outside/after"
}

a_long_name()
{
	name=$(printf '確%.0s' $(seq 83))-1.csv # 255 bytes
	draft $name && begin $name || return 1
	run 2 --plain $today $name && said 記入中です || return 1
	echo >> $name
	type_in ':g 5' （必須） && type_in 2 （必須） && [ "$(ls | wc -l)" = 2 ] &&
	end 2 && answered 05 $(ls | grep -v 1.csv)
}

# --- changed all the same ------------------------------------------------------

# The first has r.csv; another program changes it; the first writes an answer.
overtaken()
{
	draft r.csv && begin r.csv && type_in ':g 5' （必須） || return 1
	sed 's/株式会社/有限会社/' r.csv > theirs && cat theirs > r.csv || return 1
	type_in 2 '「r.csv」はほかで変更されていたので、答えは「r-2.csv」に保存しました' &&
	same theirs r.csv && answered 05 r-2.csv &&
	files .r-2.csv.lock r-2.csv r.csv theirs
}

kept()
{
	overtaken && type_in ':g 6' （必須） && type_in 2 （必須） &&
	type_in :s '1 「r-2.csv」で続ける' && type_in 1 '保存しました: r-2.csv' &&
	type_in ':g 4' （必須） && type_in 2 （必須） && end 0 || return 1
	for i in 04 05 06; do
		answered $i r-2.csv || return 1
	done
	same theirs r.csv && files r-2.csv r.csv theirs
}

replaced()
{
	overtaken && type_in :s '2 「r.csv」に上書きする' &&
	type_in 2 '保存しました: r.csv' && files .r.csv.lock r.csv theirs &&
	answered 05 r.csv && type_in ':g 6' （必須） &&
	type_in 2 （必須） && end 0 && answered 06 r.csv &&
	files r.csv theirs
}

# Not what somebody has by now.
replaced_where_another_has_it()
{
	overtaken || return 1
	exec 8> .r.csv.lock && flock 8 || return 1
	type_in :s '2 「r.csv」に上書きする' &&
	type_in 2 '「r.csv」はほかで記入中です（ほかのプログラム）' &&
	same theirs r.csv && exec 8>&- && end 2 && same theirs r.csv
}

under_a_third_name()
{
	overtaken && type_in ':s mine.csv' '保存しました: mine.csv' &&
	files .mine.csv.lock mine.csv r.csv theirs && same theirs r.csv &&
	answered 05 mine.csv && end 0 && files mine.csv r.csv theirs
}

# Nobody chooses: both stay, and it is no success.
undecided()
{
	overtaken && type_in :s '1 「r-2.csv」で続ける' && type_in 3 まだ選んでいません &&
	type_in :q '1 「r-2.csv」で続ける' && end 2 && same theirs r.csv &&
	answered 05 r-2.csv && files r-2.csv r.csv theirs
}

a_shutdown()
{
	overtaken && type_in ':g 6' （必須） && type_in 2 （必須） || return 1
	kill -TERM "$(cut -f 4 .r-2.csv.lock)"
	end 2 && same theirs r.csv && answered 06 r-2.csv &&
	files r-2.csv r.csv theirs
}

# What has been saved before is whole, whatever comes.
a_kill()
{
	overtaken || return 1
	kill -9 "$(cut -f 4 .r-2.csv.lock)"
	end 137 && same theirs r.csv && answered 05 r-2.csv
}

finishing() # CHOICE, the record's name then
{
	whole_draft r.csv && begin r.csv || return 1
	sed 's/株式会社/有限会社/' r.csv > theirs && cat theirs > r.csv || return 1
	type_in :f '1 「r-2.csv」で続ける' && type_in "$1" "確認書: $2.csv" &&
	hear "紙面: $2.txt" && end 0 && grep -q ',完成,' "$2.csv" &&
	grep -q ',株式会社' "$2.csv" && [ ! -e .r.csv.lock ] || return 1
	[ "$1" = 2 ] || same theirs r.csv
}

# The name that finishing gives is another, and the draft would go.
finishing_a_draft()
{
	whole_draft 確認書-作成中-20260420-101010.csv || return 1
	mkfifo "$outside/keys" "$outside/says"
	timeout 120 "$program" --plain $today < "$outside/keys" \
		> "$outside/says" 2>&1 &
	first=$!
	exec 3> "$outside/keys" 4< "$outside/says"
	type_in 1 質問はこれで終わりです || return 1
	sed 's/株式会社/有限会社/' 確認書-作成中-*.csv > theirs &&
	cat theirs > 確認書-作成中-20260420-101010.csv || return 1
	type_in :f '1 「確認書-作成中-20260420-101010-2.csv」で続ける' &&
	type_in 1 確認書-株式会社 && end 0 &&
	same theirs 確認書-作成中-20260420-101010.csv &&
	[ "$(ls 確認書-作成中-* | wc -l)" -eq 1 ] &&
	grep -q ',完成,' 確認書-株式会社*.csv
}

# Only the bytes count: neither the times, nor whether it is the same file.
not_changed()
{
	draft r.csv && begin r.csv && touch -d 2001-01-01 r.csv && cp r.csv s &&
	mv s r.csv && type_in ':g 5' （必須） && type_in 2 （必須） &&
	answered 05 r.csv && files .r.csv.lock r.csv && end 0
}

# Nothing was answered: then there is nothing to choose, and nothing to save.
only_looked_at()
{
	draft r.csv && begin r.csv && sed 's/株式会社/有限会社/' r.csv > theirs &&
	cat theirs > r.csv && type_in :q ここでの変更はないので、そのままにしました &&
	hear 変更がないので、保存していません && end 0 &&
	same theirs r.csv && files r.csv theirs
}

# What the first has saved, with nothing unsaved since.
saved()
{
	draft r.csv && begin r.csv && type_in ':g 5' （必須） &&
	type_in 2 （必須） && answered 05 r.csv
}

changed_before_leaving() # HOW, CODE
{
	saved && sed 's/株式会社/有限会社/' r.csv > theirs && cat theirs > r.csv || return 1
	if [ "$1" = :q ]; then
		type_in :q '1 「r-2.csv」で続ける' && type_in 1 '保存しました: r-2.csv'
	fi
	end "$2" && same theirs r.csv && answered 05 r-2.csv &&
	files r-2.csv r.csv theirs
}

vanished_before_leaving() # LINE
{
	saved && rm r.csv || return 1
	[ -z "$1" ] || type_in "$1" '「r.csv」がなくなっていたので、保存し直しました'
	end 0 && answered 05 r.csv && files r.csv
}

gone_before_leaving()
{
	mkdir d && draft d/r.csv && begin d/r.csv && type_in ':g 5' （必須） &&
	type_in 2 （必須） && mv d e && type_in :q '「d/r.csv」に保存できません' &&
	hear 答えは残っています && end 2 && answered 05 e/r.csv
}

vanished()
{
	draft r.csv && begin r.csv && type_in ':g 5' （必須） && rm r.csv &&
	type_in 2 '「r.csv」がなくなっていたので、保存し直しました' &&
	answered 05 r.csv && type_in ':g 6' （必須） &&
	type_in 2 （必須） && end 0 && answered 06 r.csv && files r.csv
}

# Of a new record the name was free; now it is not.
the_name_is_taken()
{
	begin r.csv && draft r.csv && cp r.csv theirs &&
	type_in 2 '答えは「r-2.csv」に保存しました' && same theirs r.csv && end 2 &&
	files r-2.csv r.csv theirs
}

check_each the_second_is_told the_dead_hold_nothing by_another_path \
	marked_in_the_list a_new_one reading saving_under_another_name amending \
	a_long_name kept replaced replaced_where_another_has_it \
	under_a_third_name undecided a_shutdown a_kill finishing_a_draft \
	not_changed only_looked_at vanished the_name_is_taken gone_before_leaving
for what in directory fifo symlink other huge; do
	check "no lock: $what" no_lock $what
done
check 'changed before :q' changed_before_leaving :q 0
check 'changed before the end' changed_before_leaving end 2
check 'vanished before :q' vanished_before_leaving :q
check 'vanished before the end' vanished_before_leaving ''
check 'finishing, kept' finishing 1 r-2
check 'finishing, replaced' finishing 2 r
finish
