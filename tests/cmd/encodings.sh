#!/bin/sh
# SPDX-License-Identifier: MIT
#
# What goes out in other encodings: export -e and --eol, and the sheet that
# finishing writes. iconv(1) says whether it is what it should be; what cannot be
# kept is listed, and then nothing is written.

. "${srcdir:-.}/tests/cmd/lib.sh"

walks=$srcdir/tests/plain
sheet=$walks/a-first-confirmation/sheet.txt
today='--today 2026-04-20'
bom=$(printf '\357\273\277')

# The record, with VALUE in the detail of item 5.
with_detail() # VALUE
{
	record r.csv && change i05 6 "$1" r.csv
}

# Name, what iconv(1) calls it, and how its lines end.
each_encoding()
{
	while read -r name iconv end; do
		"$@" $name $iconv $end < /dev/null ||
			{ echo "with $name"; return 1; }
	done <<-END
		cp932 CP932 crlf
		Shift_JIS CP932 crlf
		SJIS CP932 crlf
		windows-31j CP932 crlf
		euc-jp EUC-JP lf
		eucJP EUC-JP lf
		iso-2022-jp ISO-2022-JP crlf
		JIS ISO-2022-JP crlf
	END
}

crlf() # what is read, its lines ended by CRLF
{
	sed 's/$/\r/'
}

# The sheet with ※ two columns wide, where it stands in the table.
with_wide_marks()
{
	sed 's/^\(|.*※該当なし *\) |/\1|/' "$1"
}

text_in()
{
	with_wide_marks "$sheet" | iconv -f UTF-8 -t "$2" > lf &&
	if [ $3 = crlf ]; then crlf < lf; else cat lf; fi > wanted &&
	run 0 'export' -e "$1" r.csv && said_nothing &&
	same wanted "$outside/stdout" &&
	run 0 'export' -e "$1" --eol lf r.csv && same lf "$outside/stdout" &&
	run 0 'export' -e "$1" --eol CRLF r.csv && crlf < lf > wanted &&
	same wanted "$outside/stdout"
}

texts()
{
	record r.csv && each_encoding text_in &&
	run 0 'export' -e utf-8 r.csv && same "$sheet" "$outside/stdout" &&
	{ printf %s "$bom"; crlf < "$sheet"; } > wanted &&
	run 0 'export' -e utf-8-bom r.csv && same wanted "$outside/stdout"
}

# Rows end in CRLF, whatever the encoding; line breaks in a cell stay.
csv_in()
{
	sed "1s/^$bom//" r.csv | iconv -f UTF-8 -t "$2" > wanted &&
	run 0 'export' -t csv -e "$1" r.csv && said_nothing &&
	same wanted "$outside/stdout" &&
	run 0 'export' -e "$1" -o out.csv r.csv && same wanted out.csv &&
	run 0 'export' -t csv out.csv && same r.csv "$outside/stdout" &&
	rm out.csv &&
	run 0 'export' -t csv -e "$1" --eol lf r.csv && tr -d '\r' < wanted > lf &&
	same lf "$outside/stdout"
}

csv()
{
	record r.csv && each_encoding csv_in &&
	sed "1s/^$bom//" r.csv > wanted && run 0 'export' -t csv -e utf-8 r.csv &&
	same wanted "$outside/stdout" &&
	run 0 'export' -t csv -e utf-8-bom r.csv && same r.csv "$outside/stdout"
}

# Where ※ and α have two columns, the right edge is straight; that is where each
# line of a double-byte encoding has as many bytes.
columns()
{
	with_detail '※αβ①…→“ж”―＝≡∀㈱￥ｶﾞ' &&
	for e in cp932; do
		run 0 'export' -e $e --eol lf r.csv &&
		LC_ALL=C grep -a '^[|+]' "$outside/stdout" > table &&
		LC_ALL=C awk '{ print length($0) }' table | sort -u > lengths &&
		printf '80\n' | same - lengths || return 1
	done
	with_detail '※αβ…→“ж”―＝≡∀￥' &&
	run 0 'export' -e euc-jp r.csv &&
	LC_ALL=C grep -a '^[|+]' "$outside/stdout" |
		LC_ALL=C awk '{ print length($0) }' | sort -u > lengths &&
	printf '80\n' | same - lengths
}

# The pairs, and that they are told, with how many.
pairs()
{
	with_detail '1〜2〜3—4' && run 0 'export' -e cp932 r.csv &&
	said '「〜」（U+301C）は「～」（U+FF5E）として書き出します（2か所）' \
		'「—」（U+2014）は「―」（U+2015）として書き出します（1か所）' &&
	iconv -f CP932 -t UTF-8 "$outside/stdout" > back &&
	stands_in back '1～2～3―4' &&
	run 0 'export' -t csv -e euc-jp r.csv && said 「—」 &&
	! grep -q 「〜」 "$outside/stderr" &&
	iconv -f EUC-JP -t UTF-8 "$outside/stdout" > back &&
	stands_in back '1〜2〜3―4' &&
	with_detail '1～2－3' && run 0 'export' -e jis r.csv &&
	said '「～」（U+FF5E）は「〜」（U+301C）' '「－」（U+FF0D）は「−」（U+2212）' &&
	iconv -f ISO-2022-JP -t UTF-8 "$outside/stdout" > back &&
	stands_in back '1〜2−3' &&
	run 0 'export' -e utf-8-bom r.csv && said_nothing && printed '1～2－3'
}

lost_in()
{
	run 2 'export' -e "$1" r.csv && printed_nothing &&
	said '番号5: 「𠮷」（U+20BB7）は ' 'にない文字です（2か所）' \
		'番号5: 「👍」（U+1F44D）は ' '番号5: 「¥」（U+00A5）は ' \
		'氏名: 「𠮷」（U+20BB7）は ' '何も書き出していません' &&
	run 2 'export' -e "$1" -t csv -o out.csv r.csv && [ ! -e out.csv ] &&
	said '番号5: 「👍」（U+1F44D）は ' '氏名: 「𠮷」（U+20BB7）は ' &&
	run 2 'export' -e "$1" --force -o mine.txt r.csv &&
	same mine kept && [ "$(ls)" = "$(cat names)" ]
}

# Each with its item and how many; and no file comes or goes.
what_is_lost()
{
	with_detail '𠮷と𠮷👍¥100' && change confirmer_name 5 𠮷田 r.csv &&
	echo mine > mine.txt && cp mine.txt kept && cp mine.txt mine &&
	: > names && ls > names && each_encoding lost_in &&
	run 2 'export' -e cp932 r.csv && [ "$(wc -l < "$outside/stderr")" -eq 5 ] &&
	run 0 'export' -e utf-8 r.csv && printed '𠮷と𠮷👍¥100'
}

# 髙 and ① are in CP932 alone.
what_only_windows_has()
{
	with_detail '髙﨑①' && run 0 'export' -e cp932 -t csv r.csv &&
	cp "$outside/stdout" out.csv && run 0 'export' -t csv out.csv &&
	same r.csv "$outside/stdout" &&
	run 2 'export' -e euc-jp r.csv && said U+9AD9 U+FA11 U+2460
}

wrong_options()
{
	record r.csv && run 2 'export' -e latin1 r.csv && said 「latin1」 euc-jp &&
	run 2 'export' --eol cr r.csv && said --eol 「cr」 crlf &&
	run 2 'export' -t json -e cp932 r.csv && said json UTF-8 &&
	run 2 'export' -t json -e utf-8-bom r.csv && printed_nothing &&
	run 2 check --eol lf r.csv && said --eol
}

# --- the sheet that finishing writes

finish_with() # LINE.. of the plain wizard, on a draft that is done
{
	cat "$walks/c-changed-back/draft.csv" > r.csv && rm -f r.txt &&
	printf '%s\n' "$@" > input &&
	run_with input 0 --plain --today 2026-04-20 r.csv
}

finishing()
{
	finish_with ':e' :f &&
	printed '紙面の文字コード: UTF-8、改行 LF' && cp r.txt utf-8 &&
	[ "$(tail -n 1 "$outside/stdout")" = '紙面: r.txt' ] &&
	with_wide_marks r.txt > lf &&
	cp r.csv finished.csv &&
	finish_with ':e Shift_JIS' :f &&
	[ "$(tail -n 2 "$outside/stdout" | tr '\n' '|')" = \
		'紙面: r.txt|紙面の文字コード: Shift_JIS (CP932)、改行 CRLF|' ] &&
	iconv -f UTF-8 -t CP932 lf | crlf > wanted && same wanted r.txt &&
	same finished.csv r.csv &&
	finish_with ':e euc-jp CRLF' :f &&
	iconv -f UTF-8 -t EUC-JP lf | crlf > wanted && same wanted r.txt &&
	finish_with ':ｅ　ｊｉｓ　ｌｆ' :f &&
	iconv -f UTF-8 -t ISO-2022-JP lf > wanted && same wanted r.txt &&
	finish_with ':e utf-16' ':e cp932 cr' :e :f && same utf-8 r.txt &&
	printed '紙面の文字コードは utf-8|utf-8-bom|' \
		'紙面の文字コード: UTF-8、改行 LF'
}

# It is told before anything is written, with the way there.
finishing_with_what_is_lost()
{
	cat "$walks/c-changed-back/draft.csv" > r.csv &&
	printf '%s\n' ':g confirmer_name' '𠮷野〜' ':e cp932' :f ':p 1' :q > input &&
	run_with input 0 --plain --today 2026-04-20 r.csv &&
	printed '紙面を書き出せません' '今の答え: 𠮷野〜' \
		':p 1  氏名: 「𠮷」（U+20BB7）は Shift_JIS (CP932) にない文字です' \
		'注意: 「〜」（U+301C）は「～」（U+FF5E）' &&
	[ ! -e r.txt ] && grep -q 作成中 r.csv &&
	printf '%s\n' ':e cp932' ':g confirmer_name' '吉野' :f > input &&
	run_with input 0 --plain --today 2026-04-20 r.csv && [ -e r.txt ] &&
	iconv -f CP932 -t UTF-8 r.txt > back && stands_in back 吉野
}

# The sandbox leaves iconv its modules: check and the like load them inside it.
in_the_sandbox()
{
	record r.csv && run 0 'export' -e iso-2022-jp -o out.txt r.csv &&
	for e in CP932 EUC-JP ISO-2022-JP; do
		iconv -f UTF-8 -t $e r.csv 2> /dev/null > in.csv
		sed "1s/^$bom//" r.csv | iconv -f UTF-8 -t $e > in.csv &&
		run 0 check $today in.csv && printed_nothing || return 1
	done
}

check_each texts csv columns pairs what_is_lost what_only_windows_has \
	wrong_options finishing finishing_with_what_is_lost in_the_sandbox
finish
