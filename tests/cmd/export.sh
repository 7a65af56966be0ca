#!/bin/sh
# SPDX-License-Identifier: MIT
#
# kakuninsho export: the sheet and the CSV of a record, and where they go.

. "${srcdir:-.}/tests/cmd/lib.sh"

walks=$srcdir/tests/plain

# What finishing wrote is what export writes.
every_record_of_the_walks()
{
	for csv in "$walks"/*/record*.csv; do
		walk=${csv%/*}
		sheet=$walk/$(basename "$csv" .csv | sed s/record/sheet/).txt
		run 0 export --today 2027-01-01 "$csv" && said_nothing &&
		same "$sheet" "$outside/stdout" &&
		run 0 export --today 2027-01-01 -t text "$csv" && same "$sheet" "$outside/stdout" &&
		run 0 export --today 2027-01-01 -t csv "$csv" && said_nothing &&
		same "$csv" "$outside/stdout" || return 1
	done
}

# The draft of d-invalid-answers: 作成中, 未記入, 未定, and what is wrong as it is.
a_draft()
{
	draft=$walks/d-invalid-answers/draft.csv
	run 0 export "$draft" &&
	same "$walks/d-invalid-answers/draft.txt" "$outside/stdout" &&
	run 0 export -t csv "$draft" && same "$draft" "$outside/stdout"
}

# As the blank form has them: ※ in both cells where the item has the mark.
blank_na()
{
	record r.csv
	run 0 export --blank-na r.csv &&
	cp "$outside/stdout" blank.txt && run 0 export r.csv &&
	diff "$outside/stdout" blank.txt > changes
	# a blank cell takes fewer lines, but all that is left out was a reason
	grep '^>' changes > added
	if grep -v '^> |[^|]*|[^|]*|  *※\{0,1\}  *|  *※\{0,1\}  *|$' added; then
		echo 'more than a blank cell came'
		return 1
	fi
	stands_in blank.txt '| 2    | 2.1 (1が未実施の場合) やむを |             |                          |' \
		'| 13   | 5.2 (甲の指定する場所におい  | ※           | ※                        |' \
		'| 8    | 3.1 その他、情報セキュリティ | ※該当なし   | 番号3から7までのほかに整 |'
}

output_names_a_file()
{
	record r.csv
	run 0 export -o out.txt r.csv && printed_nothing && said out.txt &&
	same "$walks/a-first-confirmation/sheet.txt" out.txt &&
	run 0 export -t csv --output=out.csv r.csv && same r.csv out.csv &&
	run 0 export -o - r.csv &&
	same "$walks/a-first-confirmation/sheet.txt" "$outside/stdout" &&
	[ "$(echo * .[!.]*)" = 'out.csv out.txt r.csv .[!.]*' ]
}

no_file_is_overwritten_unasked()
{
	record r.csv && echo mine > out.txt && cp out.txt mine.txt &&
	run 2 export -o out.txt r.csv && said out.txt --force &&
	printed_nothing && same mine.txt out.txt &&
	ln -s nowhere link.txt && run 2 export -o link.txt r.csv &&
	[ ! -e nowhere ] &&
	run 0 export --force -o out.txt r.csv &&
	same "$walks/a-first-confirmation/sheet.txt" out.txt
}

# The record itself is safer than any other file: not even --force, whatever it
# is called, puts its sheet or an export of it in its place.
not_over_itself()
{
	record r.csv && ln r.csv hard.csv && ln -s r.csv soft.csv
	for out in r.csv ./r.csv "$PWD/r.csv" hard.csv soft.csv; do
		run 2 export -t csv -o $out r.csv && said 「$out」 &&
		run 2 export --force -o $out r.csv && said 「$out」 別の名前 &&
		run 2 export -t csv --force -o $out r.csv && printed_nothing &&
		same "$walks/a-first-confirmation/record.csv" r.csv || return 1
	done
	[ -L soft.csv ] && [ hard.csv -ef r.csv ] &&
	[ "$(ls -A | tr '\n' ' ')" = 'hard.csv r.csv soft.csv ' ] &&
	run 2 export --force -o r.csv soft.csv && said 「r.csv」
}

# Nor in place of the form, and what lies beside it.
not_over_the_form()
{
	record r.csv && for part in '' .articles .sheet; do
		cp "$srcdir/data/npa-2022$part.csv" my$part.csv || return 1
	done
	for part in '' .articles .sheet; do
		run 2 export --force --form my.csv -o my$part.csv r.csv &&
		said 「my$part.csv」 別の名前 &&
		run 2 form print --force -o my$part.csv my.csv &&
		said 「my$part.csv」 別の名前 &&
		same "$srcdir/data/npa-2022$part.csv" my$part.csv || return 1
	done
}

where_nothing_can_be_written()
{
	record r.csv
	run 2 export -o nowhere/out.txt r.csv && said nowhere/out.txt &&
	mkdir d && run 2 export -o d r.csv && said 「d」 &&
	run 2 export --force -o d r.csv && said 「d」 &&
	[ -d d ] && [ "$(ls -A)" = 'd
r.csv' ]
}

# What is no file is never replaced by one: a device least of all.
only_a_file_is_replaced()
{
	record r.csv && mkfifo fifo && run 2 export --force -o fifo r.csv &&
	said 「fifo」 && [ -p fifo ]
}

# Nor is --force advised where it would not help.
force_is_no_advice_where_it_fails()
{
	record r.csv && mkfifo fifo && ln -s /dev/null device &&
	ln -s nowhere dangling && mkdir d || return 1
	for out in fifo:普通のファイル device:普通のファイル \
		dangling:ありません d:ディレクトリ; do
		run 2 export -o "${out%:*}" r.csv &&
		said "「${out%:*}」" "${out#*:}" && ! said --force || return 1
	done
}

# Where a link leads to no file nothing is made or changed, not even with --force.
links_that_lead_to_no_file()
{
	record r.csv && mkdir d && ln -s loop loop && ln -s nowhere dangling &&
	ln -s d to_directory && ln -s d/none into && ln -s gone/x beyond &&
	ln -s /dev/null device && ls -lAR > "$outside/before"
	for out in loop:循環 dangling:ありません to_directory:ディレクトリ \
		into:ありません beyond:ありません device:普通のファイル \
		loop/x:循環 d/:ディレクトリ r.csv/x:途中の名前; do
		run 2 export --force -o "${out%:*}" r.csv &&
		said "「${out%:*}」" "${out#*:}" || return 1
	done
	ls -lAR > "$outside/after" && same "$outside/before" "$outside/after"
}

standard_input()
{
	record r.csv
	run_with r.csv 0 export - &&
	same "$walks/a-first-confirmation/sheet.txt" "$outside/stdout" &&
	run_with r.csv 0 export -t csv -o - - && same r.csv "$outside/stdout"
}

# Options may stand anywhere; after -- everything is a file.
order_of_arguments()
{
	record ./-r.csv
	run 0 -t csv export -- -r.csv && same ./-r.csv "$outside/stdout" &&
	run 0 export ./-r.csv -t csv && same ./-r.csv "$outside/stdout"
}

# What does not apply is dropped when a record is finished, not by export.
csv_of_a_draft_keeps_what_does_not_apply()
{
	draft=$walks/c-changed-back/draft.csv
	run 0 export -t csv "$draft" && same "$draft" "$outside/stdout" &&
	printed 許可を申請中。
}

# Nothing of an answer reaches the terminal but as text.
no_control_characters_on_paper()
{
	escape=$(printf '\033[31m')
	record r.csv && change i03 6 "赤${escape}字" r.csv &&
	change department 5 "部$(printf '\007')" r.csv &&
	run 0 export r.csv || return 1
	tr -d '\001-\011\013-\037\177' < "$outside/stdout" > clean.txt
	same clean.txt "$outside/stdout"
}

# Every line of the table ends where it has to, whatever is in the cells.
a_tab_leaves_the_table_in_order()
{
	record r.csv && change i03 6 "一$(printf '\t')二" r.csv &&
	run 0 export r.csv && printed '| 一' || return 1
	tr -d '\t' < "$outside/stdout" > clean.txt
	same clean.txt "$outside/stdout"
}

# Without -t the name says what is wanted; with it, that.
the_ending_says_what()
{
	record r.csv && run 0 export -o a.csv r.csv && same r.csv a.csv &&
	run 0 export -o a.txt r.csv && run 0 export -t text -o b.csv r.csv &&
	same a.txt b.csv && ! cmp -s a.csv a.txt &&
	run 0 export -o A.CSV r.csv && same r.csv A.CSV
}

# A name without an ending is that of a text; a dot elsewhere is none.
no_ending_says_nothing()
{
	record r.csv && mkdir d.xlsx && run 0 export r.csv &&
	cp "$outside/stdout" wanted.txt || return 1
	for out in sheet .sheet sheet. d.xlsx/sheet ./sheet-2; do
		run 0 export -o $out r.csv && same wanted.txt $out || return 1
	done
}

# What is called like another program's file would be opened by that, in vain.
an_ending_that_no_type_has()
{
	record r.csv && ls -A > "$outside/before"
	for out in x.xlsx x.text 紙面.pdf x.csv.gz ./x.docx; do
		run 2 export -o $out r.csv && printed_nothing &&
		said "「.${out##*.}」" '.txt|.csv|.json' -t &&
		run 2 export --force -o $out r.csv || return 1
	done
	ls -A > "$outside/after" && same "$outside/before" "$outside/after" &&
	run 0 export -t text -o x.xlsx r.csv && run 0 export r.csv &&
	same "$outside/stdout" x.xlsx
}

# For other programs (RFC 8259): what it is like, tests/unit/test_record_json.c has.
json()
{
	record r.csv && run 0 export -t json r.csv && said_nothing &&
	printed '"form": {"id": "npa-2022", "version": "20220404", ' \
		'"status": "finished"' '"applies": false, "reason": "' \
		'{"name": "i05", "number": "5", "clause": "3.3", ' &&
	cp "$outside/stdout" wanted.json &&
	run 0 export -o out.json r.csv && same wanted.json out.json &&
	run 0 export -t json --eol crlf r.csv && sed 's/$/\r/' wanted.json |
		same - "$outside/stdout" || return 1
	command -v python3 > /dev/null || return 0
	python3 -c '
import json, sys
answers = json.load(open(sys.argv[1]))["answers"]
assert [a["name"] for a in answers if a["name"][:2] == "i0"][1] == "i02"
assert [a for a in answers if a["name"] == "i07"][0]["detail"].count("\n") == 1
' out.json
}

arguments()
{
	record r.csv
	run 2 export && said 'export' && run 2 export r.csv r.csv &&
	run 2 export -t pdf r.csv && said pdf text csv &&
	run 2 export -t && said -t && run 2 export r.csv -o && said -o &&
	run 2 export absent.csv && said absent.csv && printed_nothing
}

check_each every_record_of_the_walks a_draft blank_na output_names_a_file \
	no_file_is_overwritten_unasked not_over_itself not_over_the_form \
	where_nothing_can_be_written only_a_file_is_replaced \
	force_is_no_advice_where_it_fails \
	links_that_lead_to_no_file standard_input order_of_arguments \
	csv_of_a_draft_keeps_what_does_not_apply \
	the_ending_says_what no_ending_says_nothing \
	an_ending_that_no_type_has json \
	no_control_characters_on_paper a_tab_leaves_the_table_in_order arguments
finish
