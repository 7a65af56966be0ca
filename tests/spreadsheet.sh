#!/bin/sh
# SPDX-License-Identifier: MIT
#
# make check-spreadsheet: a real spreadsheet (LibreOffice, without its windows)
# opens a record whose every answer begins as a formula does. No cell of it is a
# formula; and saved again as CSV or by way of xlsx, the record says what it said.
# Skipped (77) where soffice is not installed.

command -v soffice > /dev/null || { echo 'skipped: no soffice'; exit 77; }

. "${srcdir:-.}/tests/cmd/lib.sh"

today='--today 2026-04-20'
# A comma between columns, UTF-8, every column as it comes, numbers and dates are
# found, formulas are worked out.
charset=76
options=1,,0,false,true,false,false,false,0,true

convert() # FILE FORMAT
{
	timeout -k 5 120 soffice --headless \
		"-env:UserInstallation=file://$temporary/profile" \
		--infilter="CSV:44,34,$charset,$options" --convert-to "$2" --outdir out "$1" \
		> said 2>&1 || { cat said; return 1; }
}

formulas() # how many cells of FILE, an fods, hold one
{
	grep -c 'table:formula=' "$1"
}

# Every beginning of kakuninsho-record(5), and what looks like one.
beginnings()
{
	for start in '=' '+' '-' '@' '＝' '＋' '－' '＠' "'" "'=" "''" "'+" '−' ' =' \
		'　=' '\t=' '=\t' '"=' ',='
	do
		printf '%b\n' "${start}1+1" "${start}cmd|x" "${start}A1"
	done
	printf '%s\n' '=HYPERLINK("http://example.com","x")' \
		"=cmd|' /C calc'!A0" "'" '=' '-5' '+81-3-1234-5678' '@SUM(1,2)'
}

# A record of a form of texts, one for each beginning: in r.csv.
fill_in()
{
	beginnings > texts
	n=$(wc -l < texts)
	{
		printf 'survey\n,type,name,label\n'
		awk -v n="$n" 'BEGIN { while (i++ < n) printf ",text,q%d,=L%d\n", i, i }'
		printf ',integer,n,+N\n,date,d,@D\n'
		printf 'settings\n,form_title,form_id,version\n,=T(1),f,1\n'
	} > f.csv
	{ cat texts; printf '%s\n' -5 2025/4/1 :q; } > input
	run_with input 0 --plain $today --form f.csv r.csv
}

says_the_same()
{
	run 0 'export' -t csv $today --form f.csv "$1" && said_nothing &&
	same r.csv "$outside/stdout"
}

# That the spreadsheet would find formulas is seen where the guard is taken off.
no_formula()
{
	fill_in && sed "s/,'/,/g" r.csv > bare.csv &&
	convert bare.csv fods && [ "$(formulas out/bare.fods)" -gt 20 ] ||
		{ echo 'even without a guard there is no formula'; return 1; }
	convert r.csv fods && grep -q 'cmd|x' out/r.fods &&
	[ "$(formulas out/r.fods)" -eq 0 ] ||
		{ grep -m 3 'table:formula=' out/r.fods; return 1; }
}

there_and_back()
{
	fill_in && convert r.csv "csv:Text - txt - csv (StarCalc):44,34,76" &&
	says_the_same out/r.csv &&
	convert r.csv xlsx &&
	timeout -k 5 120 soffice --headless \
		"-env:UserInstallation=file://$temporary/profile" --convert-to \
		"csv:Text - txt - csv (StarCalc):44,34,76" --outdir out out/r.xlsx \
		> said 2>&1 && says_the_same out/r.csv
}

# Saved in CP932, EUC-JP and ISO-2022-JP, by the spreadsheet's numbers for them: the
# record says what it said, and so does what export wrote in them when it was opened.
in_other_encodings()
{
	cat "$srcdir/tests/plain/a-first-confirmation/record.csv" > r.csv
	while read -r number name; do
		convert r.csv "csv:Text - txt - csv (StarCalc):44,34,$number" &&
		iconv -f $name -t UTF-8 out/r.csv > utf-8 &&
		! iconv -f UTF-8 -t $name r.csv 2> /dev/null | cmp -s - out/r.csv &&
		run 0 'export' -t csv $today out/r.csv &&
		same r.csv "$outside/stdout" || return 1
		said として読みました && run 0 'export' -e $name -o o.csv r.csv &&
		charset=$number &&
		convert o.csv "csv:Text - txt - csv (StarCalc):44,34,76" &&
		charset=76 && run 0 'export' -t csv $today out/o.csv &&
		same r.csv "$outside/stdout" || { echo "with $name"; return 1; }
		rm o.csv
	done <<-END
		60 CP932
		69 EUC-JP
		72 ISO-2022-JP
	END
}

check_each no_formula there_and_back in_other_encodings
finish
