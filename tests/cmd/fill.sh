#!/bin/sh
# SPDX-License-Identifier: MIT
#
# kakuninsho --plain FILE: what is written, and what is left alone.

. "${srcdir:-.}/tests/cmd/lib.sh"

today='--today 2026-04-20'

# A draft with a detail at item 3.
draft()
{
	cat "$srcdir/tests/plain/e-left-in-the-middle/draft-1.csv" > "$1"
}

# A text is ended by a line that is a single '.'; where it begins with it, what is
# there stays. An input method makes ． or 。 of that key.
a_dot_alone_keeps_the_answer()
{
	draft r.csv && cp r.csv before.csv
	for dot in . ． 。; do
		printf ':g i03_detail\n%s\n:q\n' $dot > input
		run_with input 0 --plain $today r.csv && said_nothing &&
		printed 今の答えのままにします && same before.csv r.csv || return 1
	done
}

# Where there is none, there is still none.
a_dot_alone_is_no_answer()
{
	draft r.csv && change i03 6 '' r.csv && cp r.csv before.csv &&
	printf ':g i03_detail\n.\n:q\n' > input
	run_with input 0 --plain $today r.csv && said_nothing &&
	same before.csv r.csv || return 1
	if grep 今の答えのままにします "$outside/stdout"; then
		return 1
	fi
}

# Today's date can be what keeps it from being finished (item 23, a year over); it
# is kept all the same.
the_date_of_today_is_kept()
{
	sed 's/,完成,/,作成中,/' \
		"$srcdir/tests/plain/b-subcontractor-second-year/record.csv" > r.csv
	printf ':f\n2\n' > input
	run_with input 0 --plain --today 2030-01-01 r.csv && said_nothing &&
	printed まだ完成できません && grep -q ',2030-01-01,,checked_on' r.csv
}

# Looking is not writing: a new record comes with its first answer.
nothing_written()
{
	printf ':q\n' > "$outside/input"
	run_with "$outside/input" 0 --plain $today && said_nothing &&
	printed 何も書かれなかったので、保存していません && [ -z "$(ls -A)" ] &&
	run_with "$outside/input" 0 --plain $today r.csv && said_nothing &&
	printed 何も書かれなかったので、保存していません && [ -z "$(ls -A)" ] &&
	printf ':l\n:g 5\n\n:b\n:q\n' > "$outside/input" &&
	run_with "$outside/input" 0 --plain $today r.csv && [ -z "$(ls -A)" ]
}

# Nor is it amending: a finished record stays alone.
a_finished_record_looked_at()
{
	record r.csv && printf ':q\n' > "$outside/input"
	run_with "$outside/input" 0 --plain $today r.csv && said_nothing &&
	printed 何も書かれなかったので、保存していません &&
	same "$srcdir/tests/plain/a-first-confirmation/record.csv" r.csv &&
	[ "$(ls -A)" = r.csv ]
}

# :q says where, and :q of what has been saved before loses nothing.
something_written()
{
	printf '2\n:q\n' > input
	run_with input 0 --plain $today r.csv && printed '保存しました: r.csv' &&
	grep -q ',いいえ,,is_subcontractor' r.csv && cp r.csv before.csv &&
	printf ':q\n' > input && run_with input 0 --plain $today r.csv &&
	printed '変更がないので、保存していません: r.csv' && same before.csv r.csv
}

# An input method makes the command full-width; a file's name is what was typed.
a_name_is_kept_as_typed()
{
	mkdir ㈱みどり && printf '2\n：ｓ　㈱みどり/①.csv\n：ｇ　５\n:q\n' > input &&
	run_with input 0 --plain $today r.csv &&
	printed '保存しました: ㈱みどり/①.csv' && printed '番号5 第3条第3項' &&
	[ -f ㈱みどり/①.csv ]
}

# Nobody is there: what is longer than an answer may be ends as any vain input does.
a_text_without_end()
{
	{ echo ':g i05_detail'; yes 長い行 | head -n 200000; } > input &&
	run_with input 0 --plain $today r.csv &&
	printed '1000行続けて何も変わらなかったので' && printed '保存しました: r.csv' &&
	[ "$(wc -c < r.csv)" -lt 200000 ]
}

# A line as long as a braille display has cells; else a line each.
choices_in_a_line_or_more()
{
	cat > f.csv <<-END
	survey
	,type,name,label
	,select_multiple few,few,どれとどれですか
	,select_one many,many,どれですか
	choices
	,list_name,name,label
	,few,a,四十桁にちょうど入る
	,few,b,二つの選択肢で
	,many,a,四十桁にはもう入らない
	,many,b,二つの選択肢で
	settings
	,form_title,form_id,version
	,t,t,1
	END
	printf ':v 1\n2\n1\n:b\n:b\n:q\n' > input &&
	run_with input 0 --plain --form f.csv r.csv &&
	sed -n '/どれ/,/^>/p' "$outside/stdout" > found &&
	cat > wanted <<-END && same wanted found
	どれとどれですか（任意）
	1 四十桁にちょうど入る、2 二つの選択肢で
	いくつでも選べます。番号を空白で区切ってください
	> :v 1
	どれですか（任意）
	1 四十桁にはもう入らない
	2 二つの選択肢で
	> 1
	どれですか（任意）
	1 四十桁にはもう入らない
	2 二つの選択肢で
	今の答え: 四十桁にはもう入らない
	> :b
	どれとどれですか（任意）
	1 四十桁にちょうど入る、2 二つの選択肢で
	今の答え: 二つの選択肢で
	> :q
	END
}

# Fifty characters at a time.
a_long_answer_is_spelt()
{
	{
		printf ':g contract_ref\n%050d終\n:b\n' 0
		printf ':a\n:a 51\n:a 52\n:a x\n:q\n'
	} > input &&
	run_with input 0 --plain $today r.csv &&
	[ "$(grep -c '^0 半角の数字 U+0030$' "$outside/stdout")" -eq 100 ] &&
	[ "$(grep -c '^終 漢字 U+7D42$' "$outside/stdout")" -eq 1 ] &&
	[ "$(grep -c '^続きは :a 51 で聞けます$' "$outside/stdout")" -eq 2 ]
}

check_each choices_in_a_line_or_more a_long_answer_is_spelt
# Told before anything is typed, not by the first save; nothing is made.
a_directory_that_is_not_there()
{
	echo 2 > "$outside/input"
	run_with "$outside/input" 2 --plain $today none/n.csv &&
	said '「none/」というディレクトリはありません' 先に作るか &&
	printed_nothing && [ -z "$(ls -A)" ] &&
	mkdir none && run_with "$outside/input" 0 --plain $today none/n.csv &&
	[ -f none/n.csv ]
}

# Where to, if HOME does not say it, and else there.
home_as_a_place()
{
	printf '2\n:s ~/n.csv\n:q\n' > input && mkdir home &&
	(unset HOME && run_with input 0 --plain $today r.csv) &&
	printed '「~」がどこかわかりません' '保存しました: r.csv' &&
	[ ! -e '~' ] && HOME= run_with input 0 --plain $today r.csv &&
	printed '「~」がどこかわかりません' &&
	HOME=$PWD/home run_with input 0 --plain $today r.csv &&
	said_nothing && [ -f home/n.csv ]
}

# A number as it is kept, where that is not how it was typed.
a_number_is_told_as_it_is_kept()
{
	form=$srcdir/tests/form/second.csv
	printf ':g minutes\n012\n:b\n１２\n:b\n12\n:q\n' > input &&
	run_with input 0 --plain $today --form "$form" r.csv && said_nothing &&
	[ "$(grep -c '^答え: 12$' "$outside/stdout")" -eq 2 ] &&
	grep -q ',12,,minutes' r.csv
}

# What cannot be looked at may well be there: no new one is begun in its stead.
what_cannot_be_reached()
{
	long=$(printf '%0300d' 0)
	draft r.csv && run 2 --plain $today r.csv/x.csv &&
	said 「r.csv/x.csv」を読めません 途中の名前 && printed_nothing &&
	run 2 --plain $today "$long.csv" && said を読めません 名前が長すぎます &&
	ln -s loop loop && run 2 --plain $today loop/x.csv &&
	said を読めません 循環 || return 1
	nobody='setpriv --reuid 65534 --clear-groups'
	$nobody "$program" --version > /dev/null 2>&1 || return 0
	mkdir -m 700 d && cp r.csv d/r.csv && chmod 755 . &&
	$nobody "$program" --plain $today d/r.csv < /dev/null \
		> "$outside/stdout" 2> "$outside/stderr"
	[ $? -eq 2 ] && said 「d/r.csv」を読めません 権限がありません
}

check_each a_dot_alone_keeps_the_answer a_dot_alone_is_no_answer \
	the_date_of_today_is_kept a_name_is_kept_as_typed a_text_without_end \
	nothing_written a_finished_record_looked_at something_written what_cannot_be_reached \
	a_directory_that_is_not_there home_as_a_place \
	a_number_is_told_as_it_is_kept
finish
