#!/bin/sh
# SPDX-License-Identifier: MIT
#
# What is typed is kept as it was typed, in a name above all: what looks alike is
# not made the same, but for combining marks (NFC). By --plain, in the file, opened
# again, exported; tests/tui/names.tui does it on the screen.

. "${srcdir:-.}/tests/cmd/lib.sh"

today='--today 2026-04-20'

# In CP932: 髙 﨑 ① ㈱ Ⅲ ㎡, half-width and full-width, and the compatibility
# ideographs U+FA19 (of 神), U+FA1B (福), U+FA1A (祥).
in_cp932=$(printf '髙﨑①㈱Ⅲ㎡ｱﾞＡ～\357\250\231\357\250\233\357\250\232')
# and not: U+FA4C (社), U+2F804 (你), 𠮷, a variation selector
person=$in_cp932$(printf '\357\251\214\360\257\240\204𠮷葛󠄀')

# Types the NAME, か and ゛ apart at its end, into FILE.
type_name()
{
	printf '2\n%s\n%s\n:q\n' "$1$(printf 'か\343\202\231')" 部 > typed &&
	run_with typed 0 --plain $today "$2"
}

plain_keeps_it()
{
	type_name "$person" r.csv && stands_in r.csv "事業者名,${person}が,,vendor" &&
	cp r.csv before.csv && echo :q > quit && run_with quit 0 --plain $today r.csv &&
	same before.csv r.csv && run 0 'export' -t csv r.csv &&
	same r.csv "$outside/stdout" && run 0 'export' r.csv && printed "${person}が"
}

# A spreadsheet's file says the same.
from_cp932()
{
	type_name "$in_cp932" r.csv && stands_in r.csv "名,${in_cp932}が,," &&
	tail -c +4 r.csv | iconv -f UTF-8 -t CP932 > cp932.csv && # without its BOM
	run 0 'export' -t csv cp932.csv && same r.csv "$outside/stdout"
}

# Dates, numbers and choices are read whatever their width.
choices_and_dates_are_read()
{
	cat "$srcdir/tests/plain/a-first-confirmation/record.csv" > r.csv &&
	change contract_started_on 5 ２０２６年㋃１日 r.csv &&
	change site_work 5 いいえ r.csv && run 0 check $today r.csv && printed_nothing &&
	run 0 'export' -t csv $today r.csv && printed ',2026-04-01,,contract_started_on'
}

check_each plain_keeps_it from_cp932 choices_and_dates_are_read
finish
