#!/bin/sh
# SPDX-License-Identifier: MIT
#
# kakuninsho diff: a line for each answer that is not the same, and none else.

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

# An answer, and what an item's text was.
answers()
{
	two && change department 5 調達課 new.csv &&
	change i05 5 未実施 new.csv && change i05 6 2名から未徴収 new.csv &&
	run 1 diff $today old.csv new.csv && said_nothing &&
	before=$(awk -F, '/,i05/ { print $6 }' old.csv) &&
	department=$(awk -F, '/,department/ { print $5 }' old.csv) &&
	prints "対象部門等名: $department → 調達課" '番号5: 実施 → 未実施' \
		"番号5 実施状況(詳細)又は未実施の理由: ${before:-（空欄）} → 2名から未徴収"
}

# What does not apply is told once, with its reason: not its text too.
what_does_not_apply()
{
	two && change uses_system 5 いいえ old.csv &&
	change uses_system 5 はい new.csv && change i20 5 実施 new.csv &&
	change i20 6 権限表を作った new.csv &&
	run 1 diff $today old.csv new.csv &&
	printed '情報システムを使用しますか: いいえ → はい' \
		'番号20: 該当なし（情報システムを使用しないため） → 実施' \
		'番号20 実施状況(詳細)又は未実施の理由: （空欄） → 権限表を作った'
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
	run 1 diff $today old.csv new.csv && printed '→ a〓[31mb'
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

check_each nothing answers what_does_not_apply calculations \
	wrong_answers_as_they_stand controls_are_marked standard_input unreadable
finish
