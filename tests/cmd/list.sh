#!/bin/sh
# SPDX-License-Identifier: MIT
#
# kakuninsho list: of many records how each stands, who, what and when, what is 未実施
# and what is wrong; what wants attention first; and of what else lies there, how
# much. Item 24 is 未実施 in all of them, as it is in a first confirmation.

. "${srcdir:-.}/tests/cmd/lib.sh"

only_text=$builddir/tests/cmd/only_text

# FILE, finished, of WHO, confirmed ON, under the contract WHAT (none: none).
confirmed() # FILE WHO ON [WHAT]
{
	record "$1" && change vendor 5 "$2" "$1" &&
	change contract_started_on 5 2023-01-10 "$1" &&
	change checked_on 5 "$3" "$1" && change contract_ref 5 "${4-}" "$1"
}

prints() # LINE...
{
	printf '%s\n' "$@" > "$outside/wanted" &&
	same "$outside/wanted" "$outside/stdout"
}

# The first lines of what is told of each record: how it stands, and whose it is.
stand() # LINE...
{
	printf '%s\n' "$@" > "$outside/wanted"
	grep -v '^  ' "$outside/stdout" | sed '$d' > "$outside/found"
	same "$outside/wanted" "$outside/found"
}

sums() # LINE
{
	[ "$(tail -n 1 "$outside/stdout")" = "$1" ] && return
	tail -n 1 "$outside/stdout"
	return 1
}

# --- one record ---------------------------------------------------------------

what_is_told()
{
	confirmed a.csv 株式会社甲 2024-06-30 契約12 &&
	change i05 5 未実施 a.csv && change i05 6 来月徴収する a.csv &&
	run 0 list --today 2025-01-01 a.csv && said_nothing && prints \
		'期限 2025-06-30: 株式会社甲、契約12' \
		'  完成、確認年月日 2024-06-30、契約開始年月日 2023-01-10' \
		'  未実施 2件: 番号5、24' '  a.csv' \
		'1件、うち期限切れ 0、未実施のあるもの 1、作成中 0'
}

# 民法140条・143条: ON, and the last day for the next one, which is in time.
due() # ON LAST NEXT
{
	confirmed a.csv 甲 "$1" &&
	run 0 list --today "$2" a.csv && stand "期限 $2: 甲" &&
	run 1 list --today "$3" a.csv && stand "期限切れ $2: 甲" &&
	sums '1件、うち期限切れ 1、未実施のあるもの 1、作成中 0'
}

a_year()
{
	due 2024-06-30 2025-06-30 2025-07-01 &&
	due 2025-04-01 2026-04-01 2026-04-02 &&
	due 2024-12-31 2025-12-31 2026-01-01 &&
	due 2024-02-29 2025-02-28 2025-03-01 &&
	due 2024-02-28 2025-02-28 2025-03-01 &&
	due 2023-02-28 2024-02-29 2024-03-01 &&
	due 2023-02-27 2024-02-27 2024-02-28 &&
	due 2023-03-01 2024-03-01 2024-03-02
}

# Item 23 takes the same day for the last.
as_item_23_has_it()
{
	for pair in 2024-06-30/2025-06-30 2024-02-29/2025-02-28 \
		2024-02-28/2025-02-28 2023-02-28/2024-02-29
	do
		confirmed last.csv 甲 ${pair%/*} && confirmed a.csv 甲 ${pair#*/} &&
		change previous_on 5 ${pair%/*} a.csv &&
		change i23 5 実施 a.csv && change i23 6 した a.csv &&
		change confirmer_vendor 5 甲 a.csv &&
		run 0 check --today 2026-01-01 a.csv && printed_nothing &&
		run 0 list --today ${pair#*/} last.csv &&
		stand "期限 ${pair#*/}: 甲" || return 1
	done
}

a_draft()
{
	confirmed a.csv 甲 2020-01-01 && change status 5 作成中 a.csv &&
	change i05 5 '' a.csv && run 0 list --today 2025-01-01 a.csv && prints \
		'作成中: 甲' '  確認年月日 2020-01-01、契約開始年月日 2023-01-10' \
		'  記入漏れや誤り 1件' '  未実施 1件: 番号24' '  a.csv' \
		'1件、うち期限切れ 0、未実施のあるもの 1、作成中 1'
}

# Of one with something wrong it is told, and so it is by the exit code.
a_finished_one_with_errors()
{
	confirmed a.csv 甲 2024-06-30 && change i05 5 '' a.csv &&
	change i06 5 '' a.csv && run 1 list --today 2025-01-01 a.csv &&
	stand '期限 2025-06-30: 甲' && printed '  記入漏れや誤り 2件' &&
	sums '1件、うち期限切れ 0、未実施のあるもの 1、作成中 0、完成したのに誤りのあるもの 1'
}

# From a day that is none, or to come, nothing is due; it hides no other either.
a_day_that_is_wrong()
{
	confirmed a.csv 甲 2024-02-30 && confirmed b.csv 甲 2031-01-01 &&
	confirmed c.csv 甲 2023-06-30 &&
	run 1 list --today 2025-01-01 a.csv b.csv c.csv &&
	stand '期限切れ 2024-06-30: 甲' '期限不明: 甲' '期限不明: 甲' &&
	printed '確認年月日 2024-02-30' '確認年月日 2031-01-01'
}

one_without_a_name()
{
	confirmed a.csv '' 2024-06-30 && change contract_started_on 5 '' a.csv &&
	confirmed b.csv '' 2024-07-30 && change contract_started_on 5 '' b.csv &&
	run 1 list --today 2025-01-01 a.csv b.csv &&
	stand '期限 2025-06-30' '期限 2025-07-30'
}

# --- several ------------------------------------------------------------------

# Overdue ones by day, then what is due, by day and then by name, then drafts.
what_comes_first()
{
	confirmed 1.csv 乙 2024-06-30 && confirmed 2.csv 丁 2022-03-01 &&
	confirmed 3.csv 丙 2024-06-30 && confirmed 4.csv 甲 2023-03-01 &&
	confirmed 5.csv 戊 2024-05-30 && confirmed 6.csv 己 2024-05-30 &&
	change status 5 作成中 6.csv && echo > 7.csv &&
	run 2 list --today 2025-01-01 1.csv 2.csv 3.csv 4.csv 5.csv 6.csv 7.csv &&
	stand '期限切れ 2023-03-01: 丁' '期限切れ 2024-03-01: 甲' \
		'読めません: 7.csv' '期限 2025-05-30: 戊' '期限 2025-06-30: 丙' \
		'期限 2025-06-30: 乙' '作成中: 己' &&
	sums '7件、うち期限切れ 2、未実施のあるもの 6、作成中 1、読めないもの 1'
}

# What is equal stays as it was given.
equal_ones()
{
	for file in b a d c; do
		confirmed $file.csv 甲 2024-06-30 || return 1
	done
	run 0 list --today 2025-01-01 b.csv a.csv d.csv c.csv &&
	grep -o '^  [a-d].csv' "$outside/stdout" | tr -d '\n' > "$outside/found" &&
	[ "$(cat "$outside/found")" = '  b.csv  a.csv  d.csv  c.csv' ]
}

# Confirmed anew: last year's is overdue no more. Another contract is another matter,
# and so are another company and another start.
followed()
{
	confirmed old.csv 甲 2023-06-30 契約1 && confirmed new.csv 甲 2024-06-30 契約1 &&
	run 0 list --today 2025-01-01 old.csv new.csv &&
	stand '期限 2025-06-30: 甲、契約1' '次の確認書あり: 甲、契約1' &&
	run 1 list --today 2026-01-01 new.csv old.csv &&
	stand '期限切れ 2025-06-30: 甲、契約1' '次の確認書あり: 甲、契約1' &&
	sums '2件、うち期限切れ 1、未実施のあるもの 2、作成中 0' || return 1
	for name in vendor contract_ref contract_started_on; do
		cp new.csv other.csv && change $name 5 2023-02-02 other.csv &&
		run 1 list --today 2025-01-01 old.csv other.csv || return 1
	done
}

# A draft is no confirmation yet.
followed_by_a_draft()
{
	confirmed old.csv 甲 2023-06-30 && confirmed new.csv 甲 2024-06-30 &&
	change status 5 作成中 new.csv &&
	run 1 list --today 2025-01-01 old.csv new.csv &&
	stand '期限切れ 2024-06-30: 甲' '作成中: 甲'
}

renewed()
{
	confirmed old.csv 甲 2024-06-30 契約1 &&
	run 0 renew --today 2025-06-01 -o new.csv old.csv &&
	run 0 list --today 2025-06-01 . &&
	stand '期限 2025-06-30: 甲、契約1' '作成中: 甲、契約1'
}

# --- what cannot be read ------------------------------------------------------

broken()
{
	confirmed good.csv 甲 2024-06-30 && cp good.csv name.csv &&
	change i05 7 i99 name.csv && cp good.csv status.csv &&
	change status 5 できた status.csv && head -n 6 good.csv > cut.csv &&
	printf 'a"' >> cut.csv && echo a,b > foreign.csv &&
	run 2 list --today 2025-01-01 name.csv good.csv status.csv cut.csv \
		foreign.csv gone.csv && said_nothing &&
	stand '読めません: name.csv' '読めません: status.csv' \
		'読めません: cut.csv' '読めません: foreign.csv' \
		'読めません: gone.csv' '期限 2025-06-30: 甲' || return 1
	cp "$outside/stdout" told
	for file in name status cut foreign; do # in the words of check
		run 2 check $file.csv &&
		sed 's/^kakuninsho: /  /' "$outside/stderr" > words &&
		stands_in told "$(cat words)" || return 1
	done
	stands_in told '  「gone.csv」を読めません: ファイルやディレクトリがありません'
}

# In a directory what is no record is passed over, but what is broken is not.
among_others()
{
	confirmed good.csv 甲 2024-06-30 && cp good.csv name.csv &&
	change i05 7 i99 name.csv && head -n 6 good.csv > cut.csv &&
	printf 'a"' >> cut.csv && cat "$srcdir/data/npa-2022.csv" > form.csv &&
	tail -c +4 cut.csv | iconv -f UTF-8 -t CP932 > sjis.csv &&
	tail -c +4 cut.csv | iconv -f UTF-8 -t EUC-JP > euc.csv &&
	printf 'a\377b"' > bytes.csv && : > empty.csv && echo x > notes.txt &&
	run 2 list --today 2025-01-01 . &&
	stand '読めません: ./cut.csv' '読めません: ./euc.csv' \
		'読めません: ./name.csv' '読めません: ./sjis.csv' \
		'期限 2025-06-30: 甲' &&
	said '3 件は確認書ではないため除きました: ./bytes.csv、./empty.csv、./form.csv' &&
	[ "$(wc -l < "$outside/stderr")" -eq 1 ]
}

# Where they are many, a few are named.
among_many_others()
{
	for i in $(seq 10 21); do echo x > $i.csv; done && run 0 list . &&
	said '12 件は確認書ではないため除きました: ./10.csv、' '、./19.csv、ほか'
}

another_form()
{
	mkdir d && confirmed d/good.csv 甲 2024-06-30 && cp d/good.csv d/version.csv &&
	change version 5 20280401 d/version.csv && cp d/good.csv d/form.csv &&
	change form_id 5 other d/form.csv &&
	run 0 list --today 2025-01-01 d && stand '期限 2025-06-30: 甲' &&
	said '2 件は様式かその版が違うため除きました（' '）: d/form.csv、d/version.csv' &&
	run 2 list --today 2025-01-01 d/good.csv d/form.csv &&
	printed '読めません: d/form.csv' '様式が違います'
}

nothing_to_list()
{
	mkdir d && run 0 list d && said_nothing &&
	prints '0件、うち期限切れ 0、未実施のあるもの 0、作成中 0' &&
	run 2 list && said PATH && printed_nothing && run 2 list gone &&
	run 2 list --form gone.csv d && printed_nothing
}

standard_input()
{
	confirmed a.csv 甲 2024-06-30 &&
	run_with a.csv 0 list --today 2025-01-01 - && printed '期限 2025-06-30: 甲'
}

in_other_encodings()
{
	confirmed a.csv 甲 2024-06-30 &&
	tail -c +4 a.csv | iconv -f UTF-8 -t CP932 > s.csv &&
	cp s.csv t.csv && run 0 list --today 2025-01-01 s.csv t.csv a.csv &&
	stand '期限 2025-06-30: 甲' '期限 2025-06-30: 甲' '期限 2025-06-30: 甲' &&
	said '2 件は、文字コードを Shift_JIS (CP932) として読みました' &&
	[ "$(wc -l < "$outside/stderr")" -eq 1 ] &&
	run 0 list --from cp932 --today 2025-01-01 s.csv
}

# --- directories --------------------------------------------------------------

files_listed()
{
	grep -o '^  [^ ]*\.[cC][sS][vV]$' "$outside/stdout" | tr -d ' '
}

directories()
{
	mkdir -p d/b/c d/.hidden e && confirmed a.csv 甲 2024-06-30 &&
	for file in d/z.csv d/B.CSV d/b/a.csv d/b/c/a.csv d/.hidden/a.csv \
		d/.a.csv d/a.csv.bak d/b/csv e/linked.csv
	do
		cp a.csv $file || return 1
	done
	ln -s ../e d/e && ln -s ../a.csv d/link.csv && ln -s .. d/b/up &&
	mkfifo d/pipe.csv && mkdir d/directory.csv &&
	run 0 list --today 2025-01-01 d && said_nothing &&
	printf '%s\n' d/B.CSV d/z.csv d/b/a.csv d/b/c/a.csv > wanted &&
	files_listed > found && same wanted found &&
	run 0 list --today 2025-01-01 d/e/ && printed d/e/linked.csv &&
	run 0 list --today 2025-01-01 d/link.csv && printed d/link.csv
}

too_deep()
{
	deep=d/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16
	mkdir -p $deep/17 && confirmed $deep/a.csv 甲 2024-06-30 &&
	cp $deep/a.csv $deep/17/b.csv && run 2 list --today 2025-01-01 d &&
	said "「$deep/17」の中を調べられません" && files_listed > found &&
	echo $deep/a.csv > wanted && same wanted found
}

too_many()
{
	mkdir d && (cd d && seq -f %g.csv 20001 | xargs touch) &&
	run 2 list d && said '「d」の中を調べられません: 多すぎます' \
		'20000 件は確認書ではないため'
}

unreadable_directory()
{
	mkdir -p d/shut && confirmed d/a.csv 甲 2024-06-30 && chmod 0 d/shut
	[ "$(id -u)" -ne 0 ] || return 0 # root reads all
	run 2 list --today 2025-01-01 d && said '「d/shut」の中を調べられません' &&
	printed d/a.csv
	result=$?
	chmod 700 d/shut
	return $result
}

# --- another form -------------------------------------------------------------

# A form that says when the next one is due by a date of its own, and when it is over.
a_form() # ROLE OF WHO, DUE, ENDED...
{
	cat <<-END
	survey
	,type,name,label,list
	,text,who,担当,$1
	,date,next,次の点検,$2
	,select_one yn,over,撤去したか,$3
	,select_multiple part,bad,壊れたもの,
	choices
	,list_name,name,label,list
	,yn,yes,はい,
	,yn,no,いいえ,
	,part,lamp,電灯,$4
	,part,fan,扇,$4
	settings
	,form_title,form_id,version
	,点検,t,1
	END
}

a_record() # STATUS WHO NEXT OVER BAD
{
	printf '%s\r\n' 区分,番号,条項,項目,回答,'実施状況(詳細)又は未実施の理由',名前 \
		,,,,点検,,form_title ,,,,t,,form_id ,,,,1,,version \
		",,,,$1,,status" ",,,,$2,,who" ",,,,$3,,next" ",,,,$4,,over" \
		",,,,$5,,bad"
}

a_date_of_its_own()
{
	a_form who due ended unmet > f.csv && a_record 完成 甲 2024-01-01 > 1.csv &&
	a_record 完成 乙 2025-01-01 '' fan > 2.csv &&
	a_record 完成 丙 2024-01-01 はい > 3.csv &&
	a_record 完成 丁 > 4.csv && a_record 作成中 戊 2024-01-01 > 5.csv &&
	run 1 list --form f.csv --today 2025-01-01 1.csv 2.csv 3.csv 4.csv 5.csv &&
	said_nothing && prints \
		'期限切れ 2024-01-01: 甲' '  完成' '  1.csv' \
		'期限不明: 丁' '  完成' '  4.csv' \
		'期限 2025-01-01: 乙' '  完成' '  未実施 1件: 「壊れたもの」' '  2.csv' \
		'作成中: 戊' '  5.csv' \
		'次の確認は不要: 丙' '  完成、撤去したか はい' '  3.csv' \
		'5件、うち期限切れ 1、未実施のあるもの 1、作成中 1'
}

# Where the form says nothing of a thing, nothing is told of it.
a_form_without_roles()
{
	a_form > f.csv && a_record 完成 甲 2024-01-01 はい fan > 1.csv &&
	a_record 作成中 > 2.csv && run 0 list --form f.csv 2.csv 1.csv &&
	prints 完成 '  1.csv' 作成中 '  2.csv' '2件、うち作成中 1' &&
	run 0 list --csv --form f.csv 1.csv &&
	printf '\357\273\277%s\r\n%s\r\n' \
		状態,記入漏れや誤りの数,ファイル,読めない理由 完成,0,1.csv, > wanted &&
	same wanted "$outside/stdout"
}

# --- for a spreadsheet --------------------------------------------------------

as_csv()
{
	confirmed a.csv 甲 2024-06-30 '契約 12' && confirmed b.csv 乙 2023-06-30 &&
	change i05 5 未実施 b.csv && change i05 6 来月 b.csv &&
	confirmed c.csv 甲 2023-06-30 '契約 12' && confirmed d.csv 丙 2024-01-01 &&
	change status 5 作成中 d.csv && change i05 5 '' d.csv && echo a > e.csv &&
	run 2 list --csv --today 2025-01-01 a.csv b.csv c.csv d.csv e.csv &&
	{
		printf '\357\273\277'
		printf '%s\r\n' \
期限の状態,次の期限,状態,事業者名,契約件名・番号,契約開始年月日,確認年月日,未実施の数,未実施,記入漏れや誤りの数,ファイル,読めない理由 \
期限切れ,2024-06-30,完成,乙,,2023-01-10,2023-06-30,2,番号5、24,0,b.csv, \
',,読めません,,,,,0,,0,e.csv,e.csv:1: 確認書の CSV ではありません（見出し行に「回答」の列がありません）' \
期限内,2025-06-30,完成,甲,契約\ 12,2023-01-10,2024-06-30,1,番号24,0,a.csv, \
,,作成中,丙,,2023-01-10,2024-01-01,1,番号24,1,d.csv, \
次の確認書あり,,完成,甲,契約\ 12,2023-01-10,2023-06-30,1,番号24,0,c.csv,
	} > wanted && same wanted "$outside/stdout" &&
	said '5件、うち期限切れ 1、未実施のあるもの 4、作成中 1、読めないもの 1'
}

# What a spreadsheet would take for a formula, in an answer and in a file's name.
formulas()
{
	confirmed =cmd.csv '=HYPERLINK(1)' 2024-06-30 ＋1 &&
	run 0 list --csv --today 2025-01-01 =cmd.csv &&
	printed ",完成,'=HYPERLINK(1),'＋1,2023" ",'=cmd.csv," &&
	run 0 list --today 2025-01-01 =cmd.csv && stand '期限 2025-06-30: =HYPERLINK(1)、＋1'
}

# --- hostile ------------------------------------------------------------------

hostile()
{
	bad=$(printf 'x\033]0;y\007\342\200\256\302\233z')
	confirmed "$bad.csv" "$bad" 2024-06-30 "$bad" &&
	cp "$bad.csv" broken.csv && change i05 7 "$bad" broken.csv &&
	printf '%s' "$bad" > foreign.csv && mkdir "$bad" &&
	confirmed "$(printf 'a\nb').csv" 甲 2024-06-30 &&
	for as in text csv; do
		option=--csv
		[ $as = csv ] || option=
		run 2 list $option --today 2025-01-01 . "$bad.csv" foreign.csv \
			"gone$bad" && printed 'x〓]0;y〓〓〓z' './a〓b.csv' &&
		"$only_text" $as < "$outside/stdout" &&
		"$only_text" text < "$outside/stderr" || return 1
	done
}

# What is long takes more lines, of 80 columns; what is very long is shortened.
long_texts()
{
	long=$(printf '長い名前の会社%.0s' 1 2 3 4 5 6 7 8 9)
	confirmed a.csv "$long" 2024-06-30 \
		"$(head -c 100000 /dev/zero | tr '\0' x)" &&
	run 0 list --today 2025-01-01 a.csv &&
	[ "$(wc -c < "$outside/stdout")" -lt 2000 ] && printed … &&
	head -n 3 "$outside/stdout" > found && printf '%s\n' \
		'期限 2025-06-30: 長い名前の会社長い名前の会社長い名前の会社長い名前の会社長い名' \
		'  前の会社長い名前の会社長い名前の会社長い名前の会社長い名前の会社、' \
		"  $(printf %078d 0 | tr 0 x)" > wanted && same wanted found
}

check_each what_is_told a_year as_item_23_has_it a_draft \
	a_finished_one_with_errors a_day_that_is_wrong one_without_a_name \
	what_comes_first equal_ones followed followed_by_a_draft renewed broken \
	among_others among_many_others another_form nothing_to_list standard_input \
	in_other_encodings directories too_deep too_many unreadable_directory \
	a_date_of_its_own a_form_without_roles as_csv formulas hostile long_texts
finish
