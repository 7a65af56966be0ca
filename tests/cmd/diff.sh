#!/bin/sh
# SPDX-License-Identifier: MIT
#
# kakuninsho diff: each answer that is not the same, and none else.

. "${srcdir:-.}/tests/cmd/lib.sh"

today='--today 2026-04-20'

two()
{
	record old.csv && record new.csv
}

prints() # LINE...
{
	printf '%s\n' "$@" > "$outside/wanted" &&
	same "$outside/wanted" "$outside/stdout"
}

nothing()
{
	two && run 0 diff $today old.csv new.csv && printed_nothing && said_nothing
}

# The answers first, each with the beginning of its item; then what was written
# beside them.
answers()
{
	two && change i05 5 未実施 new.csv && change i05 6 2名から未徴収 new.csv &&
	change department 5 調達課 new.csv &&
	change i03 6 '' new.csv &&
	run 1 diff $today old.csv new.csv && said_nothing &&
	prints '対象部門等名: 情報システム部 → 調達課' \
		'番号5: 実施 → 未実施 「取扱者から情報セキュリティの確…」' \
		'' '番号3 実施状況(詳細)又は未実施の理由' \
		'  変更前:' '    代表取締役 甲野一郎を責任者としている。' \
		'  変更後:' '    （空欄）' \
		'' '番号5 実施状況(詳細)又は未実施の理由' \
		'  変更前:' '    取扱者12名全員から徴収済み（4月6日）' \
		'  変更後:' '    2名から未徴収'
}

# Line breaks stay; a long line is broken as on the sheet.
a_text_of_many_lines()
{
	two && awk -F, -v OFS=, '/,i05\r?$/ {
		for (i = 0; i < 20; i++)
			long = long "一二三四"
		$6 = "\"  " long "\r\n\r\n・終わり。\""
	} { print }' old.csv > new.csv &&
	run 1 diff $today old.csv new.csv && said_nothing &&
	prints '番号5 実施状況(詳細)又は未実施の理由' \
		'  変更前:' '    取扱者12名全員から徴収済み（4月6日）' \
		'  変更後:' \
		'      一二三四一二三四一二三四一二三四一二三四一二三四一二三四一二三四一二三四一' \
		'    二三四一二三四一二三四一二三四一二三四一二三四一二三四一二三四一二三四一二三' \
		'    四一二三四' '' '    ・終わり。'
}

# A text alone, and two, have an empty line between them only.
a_text_alone()
{
	two && change i05 6 2名から未徴収 new.csv &&
	run 1 diff $today old.csv new.csv &&
	[ "$(head -n 1 "$outside/stdout")" = '番号5 実施状況(詳細)又は未実施の理由' ]
}

# What does not apply is told once, with its reason: not its text too.
what_does_not_apply()
{
	two && change uses_system 5 いいえ old.csv &&
	change uses_system 5 はい new.csv && change i20 5 実施 new.csv &&
	change i20 6 権限表を作った new.csv &&
	run 1 diff $today old.csv new.csv &&
	printed '情報システムを使用しますか: いいえ → はい' \
		'番号20: 該当なし（情報システムを使用しないため） → 実施 「' \
		'番号20 実施状況(詳細)又は未実施の理由' &&
	[ "$(grep -A 4 '番号20 実' "$outside/stdout" | tail -n 4)" = \
		"  変更前:
    （空欄）
  変更後:
    権限表を作った" ]
}

# What is calculated from an answer is no difference of its own.
calculations()
{
	two && change vendor 5 別の会社 new.csv &&
	run 1 diff $today old.csv new.csv &&
	[ "$(grep -c 別の会社 "$outside/stdout")" -eq 1 ]
}

wrong_answers_as_they_stand()
{
	two && change contract_started_on 5 2025-02-30 new.csv &&
	run 1 diff $today old.csv new.csv && printed '→ 2025-02-30'
}

controls_are_marked()
{
	two && change department 5 "$(printf 'a\033[31mb')" new.csv &&
	change i05 6 "$(printf 'c\033[31md')" new.csv &&
	run 1 diff $today old.csv new.csv && printed '→ a〓[31mb' &&
	printed '    c〓[31md'
}

standard_input()
{
	two && run_with new.csv 0 diff $today old.csv -
}

unreadable()
{
	two && run 2 diff old.csv gone.csv && said gone.csv &&
	run 2 diff old.csv && said 'OLD と NEW' && run 2 diff
}

check_each nothing answers a_text_of_many_lines a_text_alone \
	what_does_not_apply calculations wrong_answers_as_they_stand \
	controls_are_marked standard_input unreadable
finish
