#!/bin/sh
# SPDX-License-Identifier: MIT
#
# kakuninsho check: FILE:LINE: what is missing or wrong, and its exit code.

. "${srcdir:-.}/tests/cmd/lib.sh"

today='--today 2026-04-20'
walks=$srcdir/tests/plain

a_finished_record_is_fine()
{
	record r.csv
	run 0 check $today r.csv && printed_nothing && said_nothing
}

# The draft of d-invalid-answers: each line was found by reading it.
every_fault_has_its_line()
{
	cat "$walks/d-invalid-answers/draft.csv" > d.csv
	choose='「実施」か「未実施」を選んでください'
	yes_or_no='「はい」か「いいえ」を選んでください'
	cat > wanted <<-END
	d.csv:13: 番号1: $choose
	d.csv:15: 番号3: 未実施の理由を記入してください
	d.csv:16: 番号4: $choose
	d.csv:17: 番号5: $choose
	d.csv:18: 番号6: $choose
	d.csv:19: 番号7: $choose
	d.csv:20: 番号8: 「実施」、「未実施」又は「該当なし」を選んでください
	d.csv:21: 番号9: $choose
	d.csv:22: 番号10: $choose
	d.csv:24: 番号12: $choose
	d.csv:25: 甲の指定する場所において個別業務を行いますか: $yes_or_no
	d.csv:28: 番号15: $choose
	d.csv:29: 番号16: $choose
	d.csv:30: 甲から業務情報の廃棄を求められたことがありますか: $yes_or_no
	d.csv:32: 番号18: $choose
	d.csv:33: 甲から業務資料の返還を求められたことがありますか: $yes_or_no
	d.csv:35: 本件業務に情報システムを使用しますか: $yes_or_no
	d.csv:39: 注意: 番号23: 実施状況が空欄です。いつ、何をしたかを記入することをお勧めします
	d.csv:40: 番号24: $choose
	d.csv:41: 契約開始以降、第8条の事故（その疑い又はおそれがある場合を含む。）がありましたか: $yes_or_no
	d.csv:44: 確認年月日: 「29日」はありません。2026年2月は1日から28日までです
	d.csv:45: 確認者 事業者名: 「事業者名」を記入してください
	d.csv:46: 所属: 「所属」を記入してください（部門がなければ「なし」）
	d.csv:47: 役職: 「役職」を記入してください（役職がなければ「なし」）
	d.csv:48: 氏名: 「氏名」を記入してください
	END
	run 1 check --today 2026-11-25 d.csv && said_nothing &&
		same wanted "$outside/stdout"
}

# Item 7 takes two lines, so all after it begin one further down.
lines_are_counted_in_the_file()
{
	record r.csv && change i08 5 未実施 r.csv && change i08 6 '' r.csv &&
	run 1 check $today r.csv &&
	printed 'r.csv:21: 番号8: 未実施又は該当なしの理由を記入してください'
}

an_absent_row_is_line_1()
{
	record r.csv && sed -i '/,department\r*$/d; /,i05\r*$/d' r.csv &&
	run 1 check $today r.csv &&
	printed 'r.csv:1: 番号5: 「実施」か「未実施」を選んでください' \
		'r.csv:1: 対象部門等名: '
}

a_remark_is_no_fault()
{
	record r.csv && change i03 6 '' r.csv &&
	run 0 check $today r.csv &&
	printed 'r.csv:15: 注意: 番号3: 実施状況が空欄です'
}

# A cell of the form is a remark in every language.
the_word_of_a_remark_is_never_translated()
{
	command -v msgfmt > "$outside/null" || return 0
	mkdir -p en/LC_MESSAGES &&
	msgfmt -o en/LC_MESSAGES/kakuninsho.mo "$srcdir/po/en.po" &&
	record r.csv && change i03 6 '' r.csv &&
	KAKUNINSHO_LOCALEDIR=$PWD LANGUAGE=en run 0 check $today r.csv &&
	printed 'r.csv:15: 注意: ' || return 1
	change i03 5 よし r.csv &&
	KAKUNINSHO_LOCALEDIR=$PWD LANGUAGE=en run 1 check $today r.csv ||
		return 1
	if grep -q 選択肢 "$outside/stdout"; then
		echo 'the message is not in English'
		return 1
	fi
}

of_several_files_the_highest_code_counts()
{
	record fine.csv && record bad.csv && change i03 5 '' bad.csv &&
	run 0 check $today fine.csv fine.csv &&
	run 1 check $today bad.csv fine.csv && printed 'bad.csv:15: ' &&
	run 2 check $today bad.csv absent.csv fine.csv bad.csv &&
	said absent.csv &&
	[ "$(grep -c bad.csv:15: "$outside/stdout")" -eq 2 ]
}

# The date of the check may not lie after the day it is finished.
a_draft_is_checked_as_if_finished_now()
{
	record r.csv && change status 5 作成中 r.csv &&
	run 0 check $today r.csv && printed_nothing &&
	run 1 check --today 2026-04-19 r.csv &&
	printed 'r.csv:45: 確認年月日: 今日までの日に'
}

what_is_wrong_is_told_as_it_stands_there()
{
	record r.csv && change i03 5 済 r.csv &&
	change contract_started_on 5 2025-02-30 r.csv &&
	change checked_on 5 令和8年13月1日 r.csv &&
	change previous_on 5 平成32年 r.csv &&
	run 1 check $today r.csv &&
	printed 'r.csv:15: 番号3: 「済」という選択肢はありません' \
		'r.csv:10: 契約開始年月日: 「30日」はありません' \
		'r.csv:45: 確認年月日: 「13月」はありません' \
		'r.csv:11: 前回確認実施年月日: '
}

# 該当なし is a choice of 8 and 11, and no answer to any other item that applies.
not_applicable_where_it_applies_is_empty()
{
	record r.csv && change i03 5 該当なし r.csv &&
	run 1 check $today r.csv &&
	printed 'r.csv:15: 番号3: 「実施」か「未実施」を選んでください'
}

# A choice under what does not apply: a remark once finished, nothing in a draft.
an_answer_that_does_not_apply()
{
	record r.csv && change i13 5 実施 r.csv &&
	run 0 check $today r.csv &&
	printed 'r.csv:27: 注意: 番号13: ' &&
	[ "$(wc -l < "$outside/stdout")" -eq 1 ] &&
	change status 5 作成中 r.csv &&
	run 0 check $today r.csv && printed_nothing
}

# The reason of an item that does not apply is computed, never believed.
another_reason_is_no_fault()
{
	record r.csv && change i13 6 別の理由 r.csv && change i14 6 '' r.csv &&
	run 0 check $today r.csv && printed_nothing
}

standard_input()
{
	record r.csv && change i03 5 '' r.csv &&
	run_with r.csv 1 check $today - && printed '-:15: 番号3: '
}

# A year is counted from the day after (民法140条・143条).
the_year_of_item_23()
{
	record r.csv && change contract_started_on 5 2020-04-01 r.csv &&
	change i23 5 実施 r.csv || return 1
	while read -r before last late; do
		change previous_on 5 $before r.csv &&
		change checked_on 5 $last r.csv &&
		run 0 check --today 2030-01-01 r.csv &&
		change checked_on 5 $late r.csv &&
		run 1 check --today 2030-01-01 r.csv &&
		printed "r.csv:40: 番号23: 確認年月日（$late）が前回（$before）から1年を過ぎている" ||
			return 1
	done <<-END
	2024-06-30 2025-06-30 2025-07-01
	2024-02-29 2025-02-28 2025-03-01
	2023-02-28 2024-02-29 2024-03-01
	2023-12-31 2024-12-31 2025-01-01
	END
}

# What a message says of other answers it names.
dates_that_do_not_agree()
{
	record r.csv && change contract_started_on 5 2026-04-02 r.csv &&
	change previous_on 5 2026-04-01 r.csv && change i23 5 実施 r.csv &&
	change checked_on 5 2026-04-01 r.csv && run 1 check $today r.csv &&
	printed 'r.csv:11: 前回確認実施年月日: 「前回確認実施年月日」は確認年月日（2026-04-01）より前の日' \
		'r.csv:11: 注意: 前回確認実施年月日: 「前回確認実施年月日」が契約開始年月日（2026-04-02）より前' \
		'r.csv:45: 確認年月日: 今日までの日にしてください。前回の確認があれば、その後の日です' \
		'r.csv:45: 注意: 確認年月日: 「確認年月日」が契約開始年月日（2026-04-02）より前'
}

# What asks which it is, and what なし may say instead.
dates_that_are_none()
{
	record r.csv && change previous_on 5 なし r.csv &&
	change contract_started_on 5 8/4/1 r.csv &&
	change checked_on 5 4/19 r.csv && run 1 check $today r.csv &&
	printed 'のように書いてください（初回の確認では空欄のままにします）' \
		'r.csv:10: 契約開始年月日: どの年か分かりません。令和8年4月1日、2008年4月1日、平成8年4月1日の' \
		'r.csv:45: 確認年月日: 年がありません。2026年4月19日、2025年4月19日の'
}

# Nothing has been approved before the first report.
item_24_at_a_first_confirmation()
{
	remark='r.csv:41: 注意: 番号24: 初回の確認なら「未実施」とし'
	record r.csv && change i24 5 実施 r.csv &&
	change i24 6 承認を得た r.csv && run 0 check $today r.csv &&
	printed "$remark" && change previous_on 5 2026-04-05 r.csv &&
	change i23 5 実施 r.csv && change i23 6 4月5日 r.csv &&
	run 0 check $today r.csv && printed_nothing &&
	change i24 6 '' r.csv && run 0 check $today r.csv && printed "$remark"
}

# Who is no 下請負者等 is confirmed by somebody of its own; spaces and the width of
# brackets make no other name.
another_company_confirms()
{
	record r.csv && change confirmer_vendor 5 株式会社丙 r.csv &&
	run 0 check $today r.csv &&
	printed 'r.csv:46: 注意: 確認者 事業者名: 「事業者名」が確認対象者（株式会社甲乙）と違います' &&
	[ "$(wc -l < "$outside/stdout")" -eq 1 ] &&
	change is_subcontractor 5 はい r.csv &&
	run 0 check $today r.csv && printed_nothing &&
	change is_subcontractor 5 いいえ r.csv &&
	change vendor 5 '株式会社　甲乙（東京）' r.csv &&
	change confirmer_vendor 5 '株式会社 甲乙　(東京)' r.csv &&
	run 0 check $today r.csv && printed_nothing
}

check_each a_finished_record_is_fine every_fault_has_its_line \
	lines_are_counted_in_the_file an_absent_row_is_line_1 \
	a_remark_is_no_fault the_word_of_a_remark_is_never_translated \
	of_several_files_the_highest_code_counts \
	a_draft_is_checked_as_if_finished_now \
	what_is_wrong_is_told_as_it_stands_there \
	not_applicable_where_it_applies_is_empty \
	an_answer_that_does_not_apply another_reason_is_no_fault \
	standard_input the_year_of_item_23 dates_that_do_not_agree \
	dates_that_are_none item_24_at_a_first_confirmation \
	another_company_confirms
finish
