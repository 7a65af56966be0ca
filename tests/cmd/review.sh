#!/bin/sh
# SPDX-License-Identifier: MIT
#
# kakuninsho review without a screen: what is read with --plain, and what cannot
# be read otherwise.

. "${srcdir:-.}/tests/cmd/lib.sh"

today='--today 2026-04-20'

a_finished_record()
{
	record r.csv && cp r.csv before.csv
	run 0 review --plain $today r.csv && said_nothing &&
	printed 情報セキュリティ対策履行状況確認書 '状態: 完成' 株式会社甲乙 \
		代表取締役 '記入漏れや誤りはありません' &&
	same before.csv r.csv &&
	[ "$(ls -A | tr '\n' ' ')" = 'before.csv r.csv ' ]
}

what_is_wrong()
{
	record r.csv && change status 5 作成中 r.csv && change i03 5 '' r.csv &&
	run 0 review --plain $today r.csv && printed '状態: 作成中' '番号3: ' || return 1
	if grep 記入漏れや誤りはありません "$outside/stdout"; then
		return 1
	fi
}

# A screen needs its input for the keys.
standard_input()
{
	record r.csv
	run 0 review --plain $today r.csv && cp "$outside/stdout" wanted &&
	run_with r.csv 0 review --plain $today - && said_nothing &&
	same wanted "$outside/stdout" &&
	run_with r.csv 2 review $today - && said 標準入力 --plain &&
	printed_nothing
}

arguments()
{
	record r.csv
	run 2 review && said review && run 2 review --plain &&
	run 2 review --plain r.csv r.csv && said review &&
	run 2 review --plain absent.csv && said 「absent.csv」 &&
	run 2 review r.csv && said --plain && printed_nothing &&
	! grep 記入 "$outside/stderr"
}

check_each a_finished_record what_is_wrong standard_input arguments
finish
