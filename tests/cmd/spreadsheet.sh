#!/bin/sh
# SPDX-License-Identifier: MIT
#
# A record that was opened and saved in a spreadsheet says what it said before:
# what Excel and LibreOffice do to a CSV is done to it here.

. "${srcdir:-.}/tests/cmd/lib.sh"

walks=$srcdir/tests/plain
today='--today 2027-01-01'
bom=$(printf '\357\273\277')

text_is_utf_8()
{
	iconv -f UTF-8 -t UTF-8 "$1" > /dev/null 2>&1
}

# FILE is read as the record WALK: the same CSV, the same sheet.
read_as()
{
	run 0 'export' -t csv $today "$2" &&
	if text_is_utf_8 "$2"; then
		said_nothing
	else
		said 'Shift_JIS (CP932) として読みました'
	fi && same "$walks/$1/record.csv" "$outside/stdout" &&
	run 0 'export' $today "$2" && same "$walks/$1/sheet.txt" "$outside/stdout"
}

# Runs its arguments, a filter, over the record of each walk.
filtered()
{
	for walk in a-first-confirmation b-subcontractor-second-year \
		c-changed-back d-invalid-answers
	do
		"$@" < "$walks/$walk/record.csv" > r.csv &&
		read_as $walk r.csv || { echo "with $walk: $*"; return 1; }
	done
}

# 2026-04-01 is a date to a spreadsheet, which writes it in its own way; a
# version and a 条項 are numbers, which stay as they are here.
dates_as_excel_writes_them()
{
	sed 's/\([12][0-9][0-9][0-9]\)-0\{0,1\}\([0-9]*\)-0\{0,1\}\([0-9]*\),,\([a-z_]*_on\)/\1\/\2\/\3,,\4/'
}

dates()
{
	dates_as_excel_writes_them < "$walks/a-first-confirmation/record.csv" |
		grep -q '2026/4/1,,contract_started_on' &&
	filtered dates_as_excel_writes_them
}

bom_dropped()
{
	filtered sed "1s/^$bom//"
}

bare_line_feeds()
{
	filtered sed 's/\r$//'
}

trailing_empty_columns()
{
	# a row ends in its name
	filtered sed 's/,\([a-z_0-9]*\)\r$/,\1,,,\r/; 1s/名前\r$/名前,,,\r/'
}

trailing_empty_rows()
{
	filtered sed '$a ,,,,,,\r\n,,,,,,\r'
}

# LibreOffice can put every cell in quotes: here, in the rows that have none.
every_cell_in_quotes()
{
	for walk in a-first-confirmation c-changed-back d-invalid-answers; do
		sed "/\"/!{ s/,/\",\"/g; s/\r\$/\"\r/; s/^/\"/
			s/^\"$bom/$bom\"/; }" "$walks/$walk/record.csv" > r.csv &&
		grep -q '^"確認者","","","氏名",".*","","confirmer_name"' r.csv &&
		read_as $walk r.csv || return 1
	done
}

# What Excel in Japan saves as plain CSV. 𠮷 is not in it: Excel would have
# written a ?, so the walk that has one is left out.
cp932()
{
	for walk in a-first-confirmation c-changed-back d-invalid-answers; do
		sed "1s/^$bom//" "$walks/$walk/record.csv" |
			dates_as_excel_writes_them |
			iconv -f UTF-8 -t CP932 > r.csv &&
		read_as $walk r.csv || return 1
	done
}

# An apostrophe guards what looks like a formula; who edits such a cell in a
# spreadsheet may take it off.
a_guard_taken_off()
{
	sed "s/'＝教育計画/＝教育計画/; s/'+81/+81/" \
		"$walks/b-subcontractor-second-year/record.csv" > r.csv &&
	read_as b-subcontractor-second-year r.csv
}

# Everything at once, to a draft that somebody then goes on with.
a_draft_goes_on()
{
	sed "1s/^$bom//" "$walks/c-changed-back/draft.csv" |
		dates_as_excel_writes_them | sed 's/\r$//' |
		iconv -f UTF-8 -t CP932 > r.csv &&
	printf ':f\n1\n' > input && run_with input 0 --plain $today r.csv &&
	same "$walks/c-changed-back/record.csv" r.csv &&
	same "$walks/c-changed-back/sheet.txt" r.txt
}

check_each dates bom_dropped bare_line_feeds trailing_empty_columns \
	trailing_empty_rows every_cell_in_quotes cp932 a_guard_taken_off \
	a_draft_goes_on
finish
