#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Streams that are closed, full or broken, and records that cannot be saved: what
# was answered is kept, or its loss is told, and the exit code is 2.

. "${srcdir:-.}/tests/cmd/lib.sh"

today='--today 2026-04-20'

code_is()
{
	[ "$2" -eq "$1" ] || { echo "exit code $2 instead of $1"; return 1; }
}

standard_input_closed()
{
	"$program" --plain $today r.csv <&- > out 2> err
	code_is 2 $? && stands_in err 標準入力 && [ ! -e r.csv ] &&
	"$program" check $today - <&- > out 2> err
	code_is 2 $? && stands_in err 標準入力 && same /dev/null out
}

standard_output_closed()
{
	for command in 'check $today r.csv' 'export r.csv' --help --version; do
		record r.csv && change i03 5 '' r.csv && cp r.csv before.csv
		eval "\"\$program\" $command" >&- 2> err
		code_is 2 $? && stands_in err 標準出力 &&
		same before.csv r.csv || return 1
	done
}

standard_output_full()
{
	[ -c /dev/full ] || return 0
	for command in 'check $today r.csv' 'export r.csv' 'renew -o - r.csv' \
		--version; do
		record r.csv && change i03 5 '' r.csv
		eval "\"\$program\" $command" > /dev/full 2> err
		code_is 2 $? && stands_in err "標準出力に書けません: 空き容量が" ||
			return 1
	done
	"$program" --help > /dev/full 2> err
	code_is 2 $? && stands_in err 標準出力に書けません
}

# What is longer than a buffer (4096 bytes) fails before all of it is printed, at its
# last line it may be, and why is told all the same.
more_than_a_buffer_to_a_full_output()
{
	[ -c /dev/full ] || return 0
	record r.csv && change i03 5 '' r.csv
	"$program" check $today r.csv > line
	lines=$((4096 / $(wc -c < line) + 1))
	files=$(yes r.csv | head -n $lines)
	for command in 'check $today $files' 'list --csv $today $files $files' \
		'export -t json r.csv' 'form show' 'review --plain r.csv'; do
		eval "\"\$program\" $command" > out 2> err
		[ "$(wc -c < out)" -gt 4096 ] || return 1
		eval "\"\$program\" $command" > /dev/full 2> err
		code_is 2 $? && stands_in err "標準出力に書けません: 空き容量が" ||
			return 1
	done
}

# All three closed: no file of ours takes the place of one of them.
everything_closed()
{
	record r.csv && cp r.csv before.csv
	"$program" 'export' -o out.txt r.csv <&- >&- 2>&-
	same before.csv r.csv &&
	same "$srcdir/tests/plain/a-first-confirmation/sheet.txt" out.txt &&
	printf '2\n株式会社甲乙\n' > input &&
	"$program" --plain $today new.csv < input >&- 2>&-
	code_is 2 $? || return 1
	[ ! -e new.csv ] || run 1 check $today new.csv
}

broken_pipe()
{
	record r.csv
	{ "$program" 'export' r.csv 2> err; echo $? > code; } | :
	# what fits in the pipe before its reader is gone is no fault
	case $(cat code) in
	0) same /dev/null err ;;
	2) stands_in err 標準出力 ;;
	*) echo "exit code $(cat code)"; return 1 ;;
	esac
}

# The answers are worth more than the output: they are in the file.
filling_in_with_nobody_reading()
{
	printf '2\n株式会社甲乙\n情報システム部\n' > input
	[ -c /dev/full ] || return 0
	"$program" --plain $today r.csv < input > /dev/full 2> err
	code_is 2 $? && stands_in err 標準出力 && [ "$(echo *)" = 'err input' ] ||
		run 1 check $today r.csv
}

# The directory is gone: told at once, told again on leaving, exit code 2.
directory_removed()
{
	mkdir d && cd d && printf '2\n株式会社甲乙\n:s\n' > ../input &&
	rmdir ../d && "$program" --plain $today r.csv \
		< ../input > ../out 2> ../err
	code=$?
	cd .. && code_is 2 $code && stands_in err 「r.csv」に保存できません
}

# Root may write there all the same: then there is nothing to see.
read_only_directory()
{
	mkdir d && record d/r.csv && change status 5 作成中 d/r.csv &&
	cp d/r.csv before.csv && chmod a-w d || return 1
	if ! [ -w d ]; then
		printf ':g 3\n2\n' > input
		run_with input 2 --plain $today d/r.csv &&
		said 「d/r.csv」に保存できません && same before.csv d/r.csv
	fi
	code=$?
	chmod u+w d
	return $code
}

not_a_directory()
{
	echo mine > file && cp file before && printf '2\n' > input &&
	run_with input 2 --plain $today file/r.csv && said 「file/r.csv」 &&
	same before file
}

# Begins to fill in $1 and comes back when the program waits for its first
# answer; then the caller may do something to the files, and answers.
begin()
{
	mkfifo "$outside/answers" "$outside/questions" || return 1
	"$program" --plain $today "$1" < "$outside/answers" \
		> "$outside/questions" 2> "$outside/stderr" &
	started=$!
	exec 3> "$outside/answers" 4< "$outside/questions"
	while read -r line <&4; do
		case $line in
		保存先*) return 0 ;;
		esac
	done
	return 1
}

# Gives the answers $1 and the end of input; waits for the exit code $2.
answer()
{
	printf "$1" >&3
	exec 3>&-
	cat <&4 > "$outside/stdout"
	exec 4<&-
	wait $started
	code_is "$2" $?
}

# Somebody else has begun a record of that name meanwhile: neither is lost.
a_file_that_came_meanwhile()
{
	begin r.csv && echo theirs > r.csv && cp r.csv before &&
	answer '2\n株式会社甲乙\n' 2 && said 答えは「r-2.csv」に保存しました &&
	same before r.csv && grep -q ,株式会社甲乙,,vendor r-2.csv
}

# The draft stays as it was, and nothing is left half done.
finishing_where_nothing_can_be_written()
{
	mkdir d && record d/r.csv && change status 5 作成中 d/r.csv &&
	cp d/r.csv before.csv && ln -s d here &&
	begin here/r.csv && mv d elsewhere && answer ':f\n' 2 &&
	said 保存できません && printed 完成できませんでした &&
	same before.csv elsewhere/r.csv && [ "$(ls -A elsewhere)" = r.csv ]
}

# The sheet went well, the record did not (what is on no paper is too long): no
# sheet is left without its record.
finishing_half()
{
	long=$(head -c 100000 /dev/zero | tr '\0' a)
	record r.csv && change status 5 作成中 r.csv &&
	change contract_ref 5 $long r.csv && cp r.csv before.csv &&
	printf ':f\n' > input
	(ulimit -f 80; "$program" --plain $today r.csv \
		< input > out 2> err)
	code_is 2 $? && stands_in err 「r.csv」に保存できません &&
	stands_in out 完成できませんでした && same before.csv r.csv &&
	[ "$(ls -A | tr '\n' ' ')" = 'before.csv err input out r.csv ' ]
}

# A file system with no room left (ulimit counts blocks of 512 or 1024 bytes).
file_too_large()
{
	record r.csv && change status 5 作成中 r.csv && cp r.csv before.csv &&
	printf ':g 3\n2\n:q\n' > input
	(ulimit -f 4; "$program" --plain $today r.csv \
		< input > out 2> err)
	code_is 2 $? && stands_in err 「r.csv」に保存できません &&
	same before.csv r.csv &&
	[ "$(ls -A | tr '\n' ' ')" = 'before.csv err input out r.csv ' ]
}

# Not even the first save: the message and the exit code 2 tell of it, no signal
# ends the program, and nothing is left half done.
no_room_for_a_new_file()
{
	printf '2\n株式会社甲乙\n' > input
	{ (ulimit -f 1; "$program" --plain $today r.csv < input 2>&1)
		echo $? > "$outside/code"; } | cat > "$outside/stdout"
	code_is 2 "$(cat "$outside/code")" &&
	printed 「r.csv」に保存できません && [ "$(ls -A)" = input ]
}

# Export fares no better.
no_room_for_what_is_exported()
{
	record r.csv && cp r.csv before.csv
	{ (ulimit -f 1; "$program" export -o out.txt r.csv 2>&1)
		echo $? > "$outside/code"; } | cat > "$outside/stdout"
	code_is 2 "$(cat "$outside/code")" && printed 「out.txt」 &&
	same before.csv r.csv && [ "$(ls -A | tr '\n' ' ')" = 'before.csv r.csv ' ]
}

# A signal within a text: what was read is saved, and the program ends though
# nobody closes its input. That it asks about :b shows that it has read it.
a_signal_within_a_text()
{
	begin r.csv && printf ':g 3\n1\n責任者を定めた。\n:b\n' >&3
	while read -r line <&4; do
		case $line in
		*:b*の一部になりました*) break ;;
		esac
	done
	kill -s "$1" $started
	if ! timeout 120 cat <&4 > "$outside/stdout"; then
		kill -s KILL $started
		echo "it goes on after SIG$1"
		return 1
	fi
	exec 3>&- 4<&-
	wait $started
	code_is 0 $? && same /dev/null "$outside/stderr" &&
	grep -A 1 '実施,"責任者を定めた。$' r.csv > text &&
	stands_in text ':b",i03'
}

terminated_within_a_text()
{
	a_signal_within_a_text TERM
}

hung_up_within_a_text()
{
	a_signal_within_a_text HUP
}

# What is no text is passed over, what an arrow key sends is taken out.
what_is_no_text_in_the_input()
{
	printf '2\n\377\376\n株式\033[D会社\033OA甲\001乙\r\n\303\n' > input &&
	run_with input 0 --plain $today r.csv && printed '> 株式会社甲乙' &&
	grep -q ',株式会社甲乙,,vendor' r.csv &&
	grep -q ',,,department' r.csv || return 1
	tr -d '\001-\010\013-\037' < "$outside/stdout" > clean
	same clean "$outside/stdout"
}

a_line_of_a_megabyte()
{
	{ echo 2; head -c 1048577 /dev/zero | tr '\0' a; printf '\nb\n'; } > input &&
	run_with input 0 --plain $today r.csv && grep -q ',b,,vendor' r.csv
}

check_each standard_input_closed standard_output_closed standard_output_full \
	more_than_a_buffer_to_a_full_output everything_closed \
	broken_pipe filling_in_with_nobody_reading directory_removed \
	read_only_directory not_a_directory \
	a_file_that_came_meanwhile finishing_where_nothing_can_be_written \
	finishing_half file_too_large no_room_for_a_new_file \
	no_room_for_what_is_exported terminated_within_a_text \
	hung_up_within_a_text what_is_no_text_in_the_input a_line_of_a_megabyte
finish
