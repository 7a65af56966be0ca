#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Records that are none, that belong elsewhere or that are half spoilt: each gets
# an error of its own and exit code 2 from every command, and is not touched;
# and records that look odd but are fine.

. "${srcdir:-.}/tests/cmd/lib.sh"

today='--today 2026-04-20'
record=$srcdir/tests/plain/a-first-confirmation/record.csv

# No command reads FILE; each says TEXT.., and nothing changes.
refused()
{
	file=$1
	shift
	[ ! -f "$file" ] || cp "$file" "$outside/before"
	ls -A > "$outside/names"
	for command in check 'export' --plain; do
		run 2 $today $command "$file" &&
		said 'kakuninsho: ' "$@" && printed_nothing || return 1
	done
	[ ! -f "$file" ] || same "$outside/before" "$file" || return 1
	ls -A > "$outside/names.after"
	same "$outside/names" "$outside/names.after"
}

# FILE says the same as the record that everything here begins with.
read_as_the_record()
{
	run 0 check $today "$1" && printed_nothing && said_nothing &&
	run 0 'export' -t csv $today "$1" && said_nothing &&
	same "$record" "$outside/stdout"
}

missing_file()
{
	for command in check 'export'; do
		run 2 $command absent.csv && said 「absent.csv」 || return 1
	done
	[ -z "$(ls -A)" ]
}

# What should be a new record has to be named as one.
a_missing_file_to_fill_in()
{
	run 2 --plain absent && said 「absent」 .csv && [ -z "$(ls -A)" ] &&
	run 2 --plain absent.txt && [ -z "$(ls -A)" ] &&
	run 0 --plain $today absent.csv && [ -z "$(ls -A)" ]
}

a_directory()
{
	mkdir d.csv && refused d.csv 「d.csv」 ディレクトリ
}

no_regular_file()
{
	mkfifo fifo.csv && refused fifo.csv 「fifo.csv」 &&
	refused /dev/null /dev/null
}

empty()
{
	: > r.csv && refused r.csv r.csv 空のファイル &&
	printf '\357\273\277' > r.csv && refused r.csv r.csv 空のファイル &&
	printf '\n' > r.csv && refused r.csv r.csv
}

text()
{
	printf 'こんにちは\n今日は、\n' > r.csv &&
	refused r.csv r.csv:1: '確認書の CSV ではありません'
}

another_table()
{
	printf '氏名,住所\r\n山田,東京\r\n' > r.csv &&
	refused r.csv r.csv:1: '確認書の CSV ではありません' &&
	# the header alone
	sed 1q "$record" > r.csv &&
	refused r.csv r.csv:1: '確認書の CSV ではありません'
}

binary()
{
	printf '\177ELF\002\001\000\000\000\000' > r.csv &&
	refused r.csv r.csv &&
	cp "$program" r.csv && refused r.csv r.csv
}

a_nul_byte()
{
	sed 's/乙山花子/乙山花子\x00/' "$record" > r.csv && refused r.csv r.csv
}

unclosed_quote()
{
	printf '\357\273\277区分,番号,条項,項目,回答,"実施状況\r\n様式\r\n' > r.csv &&
	refused r.csv r.csv:1: &&
	sed 's/4月10日に甲の承認を得た。"/4月10日に甲の承認を得た。/' "$record" > r.csv &&
	refused r.csv r.csv:19:
}

cut_off()
{
	# after a row: what is missing is missing; in a row, in a text, in a
	# character: no record
	head -n 30 "$record" > r.csv && run 1 check $today r.csv &&
	printed 'r.csv:1: 氏名: ' || return 1
	row=$(head -n 19 "$record" | wc -c)
	for size in $((row - 4)) $((row - 1)) $((row + 10)); do
		head -c $size "$record" > r.csv && refused r.csv r.csv ||
			return 1
	done
}

another_form()
{
	record r.csv && change form_id 5 npa-2028 r.csv &&
	refused r.csv r.csv:3: 「npa-2028」 「npa-2022」 --form
}

another_version()
{
	record r.csv && change version 5 20280401 r.csv &&
	refused r.csv r.csv:4: 「20280401」 「20220404」 --form
}

# Once, not with every name and version that is not this form's.
another_form_is_told_once()
{
	cat "$srcdir/tests/form/second/finished.csv" > s.csv &&
	refused s.csv s.csv:3: 「device-check」 「npa-2022」 --form &&
	[ "$(wc -l < "$outside/stderr")" -eq 1 ] &&
	record r.csv && run 2 check --form "$srcdir/tests/form/second.csv" r.csv &&
	said r.csv:3: 「npa-2022」 「device-check」 &&
	[ "$(wc -l < "$outside/stderr")" -eq 1 ]
}

no_form_id()
{
	sed '/,form_id\r*$/d' "$record" > r.csv &&
	refused r.csv r.csv:1: '「form_id」の行がありません'
}

no_status()
{
	record r.csv && change status 5 済 r.csv && refused r.csv r.csv:5: 済 &&
	sed '/,status\r*$/d' "$record" > r.csv && refused r.csv r.csv:1: status
}

unknown_name()
{
	record r.csv && printf 'x,,,,実施,,i27\r\n' >> r.csv &&
	refused r.csv r.csv:50: '「i27」という名前はこの様式にありません' &&
	# the parts of an item have no rows of their own
	record r.csv && printf 'x,,,,実施,,i01_answer\r\n' >> r.csv &&
	refused r.csv r.csv:50: 「i01_answer」
}

repeated_name()
{
	record r.csv && grep ',i05' "$record" >> r.csv &&
	refused r.csv r.csv:50: 「i05」 '17 行目'
}

no_name()
{
	record r.csv && printf '確認者,,,氏名,乙山花子,,\r\n' >> r.csv &&
	refused r.csv r.csv:50: 名前
}

bytes_of_no_known_encoding()
{
	{ cat "$record"; printf '\377\376\200\r\n'; } > r.csv &&
	refused r.csv r.csv 文字コード
}

# --from decides only where a file is not UTF-8; what it is not is refused.
from_decides()
{
	as CP932 && run 0 check $today --from cp932 r.csv &&
	run 0 check $today -e Shift_JIS r.csv && said 'Shift_JIS (CP932)' &&
	run 2 check $today --from euc-jp r.csv &&
	said 'r.csv: 1 行目に EUC-JP ではない文字があります' &&
	run 2 check $today --from utf-8 r.csv && said 'UTF-8 ではない' &&
	run 2 check $today --from ascii r.csv && said 「ascii」 cp932 euc-jp &&
	run 2 --plain $today --from utf-8 r.csv && said 'UTF-8 ではない' &&
	run 2 review --plain $today -e utf-8 r.csv && said 'UTF-8 ではない' &&
	run 2 'export' $today --from utf-8 r.csv && said 'UTF-8 ではない' &&
	record r.csv && run 0 check $today --from euc-jp r.csv && said_nothing
}

utf_16()
{
	for encoding in UTF-16LE UTF-16BE; do
		iconv -f UTF-8 -t $encoding < "$record" > r.csv || return 1
		refused r.csv r.csv UTF-16 || return 1
	done
}

# What a message quotes of a file reaches the terminal as text only.
no_control_characters_in_messages()
{
	red=$(printf '\033[31m')
	for name in form_id version status vendor i05; do
		record r.csv && change $name 5 "x${red}y" r.csv || return 1
		for command in check --plain; do
			"$program" $today $command r.csv < /dev/null > out 2>&1
			tr -d '\001-\011\013-\037\177' < out > clean &&
			same clean out || return 1
		done
	done
	record r.csv && change i05 7 "i${red}05" r.csv &&
	run 2 check $today r.csv && said r.csv:17: &&
	tr -d '\001-\011\013-\037\177' < "$outside/stderr" > clean &&
	same clean "$outside/stderr"
}

# --- what looks odd but is fine

as() # the record in ENCODING, by iconv(1)
{
	sed '1s/^\xef\xbb\xbf//' "$record" | iconv -f UTF-8 -t "$1" > r.csv
}

# It says which it took, and on reading standard input, too.
read_in() # TITLE
{
	run 0 check $today r.csv && printed_nothing &&
	said "r.csv: 文字コードを $1 として読みました" &&
	run_with r.csv 0 'export' -t csv $today - && said "$1 として読みました" &&
	same "$record" "$outside/stdout" &&
	run 0 review --plain $today r.csv && said "$1 として読みました" &&
	echo :q > input && cp r.csv before.csv &&
	run_with input 0 --plain $today r.csv && said_nothing &&
	printed "文字コードを $1 として読みました" || return 1
	# nothing was changed, so nothing is saved, but beside it: it is finished
	same before.csv r.csv
}

cp932()
{
	as CP932 && read_in 'Shift_JIS (CP932)'
}

euc_jp()
{
	as EUC-JP && read_in EUC-JP
}

iso_2022_jp()
{
	as ISO-2022-JP && read_in 'ISO-2022-JP (JIS)'
}

# A draft in another encoding is saved as every record is.
a_draft_becomes_utf_8()
{
	draft=$srcdir/tests/plain/c-changed-back/draft.csv
	for encoding in CP932 EUC-JP ISO-2022-JP; do
		sed '1s/^\xef\xbb\xbf//' "$draft" |
			iconv -f UTF-8 -t $encoding > r.csv &&
		printf ':s\n:q\n' > input &&
		run_with input 0 --plain --today 2027-01-01 r.csv &&
		printed '（保存すると UTF-8 になります）' &&
		same "$draft" r.csv || return 1
	done
}

# The form and what lies beside it, too.
forms()
{
	for encoding in CP932 EUC-JP ISO-2022-JP; do
		for part in '' .articles .sheet; do
			iconv -f UTF-8 -t $encoding \
				"$srcdir/data/npa-2022$part.csv" > f$part.csv ||
				return 1
		done
		run 0 'export' $today --form f.csv "$record" &&
		said 'f.csv: 文字コードを ' 'f.articles.csv: ' 'f.sheet.csv: ' &&
		same "$srcdir/tests/plain/a-first-confirmation/sheet.txt" \
			"$outside/stdout" || return 1
	done
	iconv -f UTF-8 -t CP932 "$srcdir/data/npa-2022.csv" > f.csv &&
	run 2 check $today --form f.csv --from euc-jp "$record" &&
	said 'f.csv: 3 行目に EUC-JP ではない文字があります'
}

without_bom_and_with_bare_line_feeds()
{
	sed '1s/^\xef\xbb\xbf//; s/\r$//' "$record" > r.csv &&
	read_as_the_record r.csv
}

# Backwards, the row of two lines as one.
shuffled()
{
	sed 1q "$record" > r.csv &&
	sed '1d; /,i07/d; s/\n//' "$record" | grep -v 教育計画 | tac >> r.csv &&
	sed -n '/教育計画/,/,i07/p' "$record" >> r.csv &&
	read_as_the_record r.csv
}

# By the heads, not by their places; unknown columns are no matter.
columns_in_another_order()
{
	awk -F, 'NR == 1 { print "メモ,名前,実施状況(詳細)又は未実施の理由,回答"; next }
		{ sub(/\r$/, "", $NF); print "x," $7 "," $6 "," $5 }' \
		"$record" | grep -v 教育計画 | grep -v '^x,,,$' > r.csv
	run 1 check $today r.csv && printed 'r.csv:1: 番号7: ' &&
	[ "$(wc -l < "$outside/stdout")" -eq 1 ]
}

half_filled()
{
	sed -n '1,10p' "$record" > r.csv && change status 5 作成中 r.csv &&
	run 1 check $today r.csv && said_nothing &&
	printed 'r.csv:1: 番号1: ' 'r.csv:1: 氏名: ' &&
	run 0 'export' r.csv && said_nothing && printed 作成中 未記入
}

blank_rows()
{
	record r.csv && printf ',,,,,,\r\n\r\n' >> r.csv &&
	sed -i '1a ,,,,,,\r' r.csv && read_as_the_record r.csv
}

# A choice by its name, dates as people write them, full width.
answers_written_otherwise()
{
	record r.csv && change i03 5 yes r.csv &&
	change i24 5 ' no' r.csv && change site_work 5 no r.csv &&
	change contract_started_on 5 2026/4/1 r.csv &&
	change checked_on 5 令和８年４月２０日 r.csv &&
	read_as_the_record r.csv
}

# What is calculated is recomputed, never believed; so are the labels.
what_is_not_an_answer()
{
	record r.csv && change vendor_as_written 5 別の会社 r.csv &&
	change i01 4 別の文 r.csv && change i01 2 99 r.csv &&
	change form_title 5 別の題 r.csv && read_as_the_record r.csv
}

check_each missing_file a_missing_file_to_fill_in a_directory no_regular_file \
	empty text another_table binary a_nul_byte unclosed_quote cut_off \
	another_form another_version another_form_is_told_once no_form_id \
	no_status unknown_name repeated_name no_name bytes_of_no_known_encoding from_decides utf_16 \
	no_control_characters_in_messages cp932 euc_jp iso_2022_jp \
	a_draft_becomes_utf_8 forms \
	without_bom_and_with_bare_line_feeds shuffled columns_in_another_order \
	half_filled blank_rows answers_written_otherwise what_is_not_an_answer
finish
