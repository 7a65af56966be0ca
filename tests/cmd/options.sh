#!/bin/sh
# SPDX-License-Identifier: MIT
#
# The command line: help, version, and what it does not understand.

. "${srcdir:-.}/tests/cmd/lib.sh"

nothing_is_here()
{
	[ -z "$(ls -A)" ] || { echo 'a file came:'; ls -A; return 1; }
}

help_of_each_command()
{
	run 0 --help && said_nothing &&
	printed 'kakuninsho [OPTION...] [FILE]' \
		'kakuninsho check [OPTION...] FILE...' \
		'kakuninsho export [OPTION...] FILE' \
		--plain '--form FILE' '--today DATE' --version '-h, --help' &&
	cp "$outside/stdout" whole && run 0 -h && same whole "$outside/stdout" &&
	run 0 check --help && said_nothing &&
	printed 'kakuninsho check [OPTION...] FILE...' '--form FILE' \
		'--today DATE' || return 1
	if grep -e --plain -e --type -e 'export' "$outside/stdout"; then
		echo 'that is no matter of check'
		return 1
	fi
	run 0 export --help && said_nothing &&
	printed 'kakuninsho export [OPTION...] FILE' '-t, --type text|csv' \
		'-o, --output OUT' --force --blank-na &&
	run 0 --help export && printed --blank-na
}

# What the help of the command $1 says of the option $2.
told_of() # COMMAND OPTION
{
	run 0 $1 --help && grep -A 1 -e "$2" "$outside/stdout"
}

# A command's help is about that command: no other is named in it.
help_about_its_command()
{
	for command in '' review check export renew diff; do
		run 0 $command --help || return 1
		for other in review check 'export' renew diff; do
			[ "$other" = "$command" ] ||
				! sed -n '/^オプション/,/^$/p' "$outside/stdout" |
				grep -w -e "$other" || return 1
		done
	done
	told_of 'export' --output | grep -q 標準出力 &&
	told_of renew --output | grep -q 新しい作成中の確認書 &&
	told_of 'export' --encoding | grep -q 書き出す文字コード &&
	told_of '' --encoding | grep -q 書き出すコマンドでは &&
	told_of review --plain | grep -q 表示する || return 1
	for command in '' review check diff; do
		told_of "$command" --encoding | grep -q -e '--from と同じ' ||
			return 1
	done
}

version()
{
	run 0 --version && said_nothing &&
	grep -qx 'kakuninsho [0-9][0-9.]*' "$outside/stdout" &&
	printed サンドボックス: && [ "$(wc -l < "$outside/stdout")" -eq 2 ]
}

# One line that names what was not understood, and no harm done.
not_understood()
{
	run 2 "$@" && printed_nothing && nothing_is_here || return 1
	if [ "$(wc -l < "$outside/stderr")" -ne 1 ] ||
		! grep -q '^kakuninsho: ' "$outside/stderr"; then
		echo 'not one line of ours:'
		cat "$outside/stderr"
		return 1
	fi
}

unknown_option()
{
	not_understood --hlep && said 「--hlep」 &&
	not_understood -x && said 「-x」 &&
	not_understood check --frob r.csv && said 「--frob」 &&
	not_understood --plain=yes
}

option_of_another_command()
{
	not_understood check -t text r.csv && said --type &&
	not_understood --blank-na && said --blank-na &&
	not_understood export --plain r.csv && said --plain
}

missing_value()
{
	for option in --form --today -t --type -o --output; do
		not_understood export r.csv $option && said "「$option」" ||
			return 1
	done
}

unknown_command()
{
	not_understood chekc && said 「chekc」 「check」のことですか &&
	not_understood chekc r.csv && said 「check」のことですか &&
	not_understood exprot r.csv && said 「export」のことですか &&
	not_understood something && said 「something」 &&
	not_understood something r.csv && said 1つだけ || return 1
	# a file may be called that
	record chek && run 0 --plain --today 2026-04-20 chek
}

missing_file()
{
	not_understood check && said check &&
	not_understood 'export' && said 'export'
}

too_many_files()
{
	not_understood --plain a.csv b.csv &&
	not_understood 'export' a.csv b.csv
}

today_is_a_date()
{
	for date in '' foo 2025-02-30 令和8年13月1日 平成32年; do
		not_understood --plain --today "$date" && said --today || return 1
	done
	# as people write it
	for date in 令和8年4月20日 R8.4.20 ２０２６／４／２０ 20260420; do
		run 0 --plain --today "$date" r.csv && nothing_is_here ||
			return 1
	done
}

form_is_a_form()
{
	not_understood --plain --form absent.csv && said absent.csv &&
	not_understood check --form . r.csv && said 「.」 &&
	printf 'a,b\n' > form.csv &&
	run 2 --plain --form form.csv && said form.csv:1 &&
	: > empty.csv && run 2 --plain --form empty.csv && said empty.csv &&
	[ "$(echo *)" = 'empty.csv form.csv' ]
}

# The built-in form is this file: another copy of it reads the same records.
form_on_disk()
{
	record r.csv && cp "$srcdir"/data/npa-2022*.csv . &&
	run 0 check --form npa-2022.csv --today 2026-04-20 r.csv &&
	run 0 'export' --form npa-2022.csv r.csv &&
	same "$srcdir/tests/plain/a-first-confirmation/sheet.txt" \
		"$outside/stdout"
}

a_file_called_like_a_command()
{
	record check && run 0 check --today 2026-04-20 check &&
	run 0 --plain --today 2026-04-20 ./check && printed ./check
}

check_each help_of_each_command help_about_its_command version unknown_option \
	option_of_another_command missing_value unknown_command missing_file \
	too_many_files today_is_a_date form_is_a_form form_on_disk \
	a_file_called_like_a_command
finish
