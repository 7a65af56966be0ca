/* SPDX-License-Identifier: MIT
 *
 * The way through a record's questions (record/flow.h), and what is wrong with
 * it (record/check.h).
 */
#include "fixture.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "form/question_type.h"
#include "record/check.h"
#include "record/flow.h"

/* An item that applies always (12), one by the gate (13), a free question with
 * a number, and one of each kind that is no stop. */
static const char survey[] =
	"type|name|label|number|relevant|required|required_message|constraint|"
	"constraint_message|read_only|default|caution|caution_message|calculation\n"
	"start|began\n"
	"note|word|読むだけ\n"
	"begin_group|subject|1 対象\n"
	"text|who|事業者名|1||yes|だれかを書いてください\n"
	"date|day|開始日|2||||. <= today()\n"
	"end_group\n"
	"begin_group|items|2 項目\n"
	"begin_group|i12|十二|12\n"
	"select_one done|a12|答え|||yes\n"
	"text|d12|理由|||${a12} = 'no'\n"
	"end_group\n"
	"select_one yn|gate|門|||yes\n"
	"begin_group|i13|十三|13|${gate} = 'yes'\n"
	"select_one done|a13|答え|||yes||||||${who} != ''|名前のない実施です\n"
	"text|d13|理由\n"
	"end_group\n"
	"end_group\n"
	"calculate|c|計算|||||||||||1 + 1\n"
	"text|locked|固定|||||||yes|既定\n"
	"date|on|確認日|||yes|||||today()\n"
	"integer|n|数|||||. > 3|3より多く書いてください\n";

static const char choices[] =
	"list_name|name|label\nyn|yes|はい\nyn|no|いいえ\n"
	"done|yes|実施\ndone|no|未実施\n";

static struct record *new_record(void)
{
	return record_new(fixture_form(survey, choices), fixture_now);
}

static void free_all(struct record *r)
{
	struct form *form = (struct form *)r->form;

	record_free(r);
	form_free(form);
}

static const char *name_of(const struct record *r, int row)
{
	if (row < 0)
		return "none";
	return row == (int)r->form->n ? "end" : r->form->questions[row].name;
}

static void assert_way(const struct record *r, const char *expected)
{
	struct buf way;
	int q = -1;

	buf_init(&way);
	do {
		q = flow_next(r, q);
		buf_addf(&way, "%s%s", way.len ? " " : "", name_of(r, q));
	} while (q < (int)r->form->n);
	assert_string_equal(way.s, expected);
	buf_release(&way);
}

/* --- stops ---------------------------------------------------------------- */

static void test_the_way(void **state)
{
	struct record *r = new_record();

	(void)state;
	assert_way(r, "who day a12 d12 gate on n end");
	answer(r, "gate", "yes");
	assert_way(r, "who day a12 d12 gate a13 d13 on n end");
	answer(r, "gate", "no");
	assert_way(r, "who day a12 d12 gate on n end");
	free_all(r);
}

static void test_back_and_at_the_ends(void **state)
{
	struct record *r = new_record();
	int end = (int)r->form->n, who = row_of(r->form, "who");

	(void)state;
	answer(r, "gate", "no");
	assert_int_equal(flow_next(r, end), end);
	assert_string_equal(name_of(r, flow_back(r, end)), "n");
	assert_string_equal(name_of(r, flow_back(r, row_of(r->form, "n"))),
	                    "on");
	/* over what does not apply and what cannot be answered */
	assert_string_equal(name_of(r, flow_back(r, row_of(r->form, "on"))),
	                    "gate");
	assert_int_equal(flow_back(r, who), who);
	free_all(r);
}

/* Every way leads on, whatever the answers are. */
static void test_a_wrong_answer_stops_nobody(void **state)
{
	struct record *r = new_record();

	(void)state;
	answer(r, "who", "");
	answer(r, "day", "2025-02-30");
	answer(r, "gate", "さあ");
	answer(r, "n", "1");
	assert_way(r, "who day a12 d12 gate on n end");
	free_all(r);
}

static void test_the_first_open_one(void **state)
{
	static const struct {
		const char *name;
		const char *text;
		const char *open; /* then */
	} steps[] = {
		{ "who", "会社", "a12" }, /* day may be empty */
		{ "a12", "no", "d12" },
		{ "d12", "理由", "gate" },
		{ "gate", "no", "end" },
		{ "n", "1", "n" },
		{ "day", "2027-01-01", "day" },
		{ "who", " ", "who" },
	};
	struct record *r = new_record();

	(void)state;
	assert_string_equal(name_of(r, flow_first_open(r)), "who");
	for (size_t i = 0; i < COUNT(steps); i++) {
		answer(r, steps[i].name, steps[i].text);
		assert_string_equal(name_of(r, flow_first_open(r)),
		                    steps[i].open);
	}
	free_all(r);
}

/* --- finding -------------------------------------------------------------- */

static void test_where_a_word_leads(void **state)
{
	static const struct {
		const char *where;
		const char *row;
	} cases[] = {
		{ "12", "i12" }, { "１２", "i12" }, { " 13 ", "i13" },
		{ "who", "who" }, { "ｗｈｏ", "who" }, { "i12", "i12" },
		{ "subject", "subject" }, { "1", "who" }, { "(1)", "who" },
		{ "（２）", "day" }, { "14", "none" }, { "", "none" },
		{ "　", "none" }, { "()", "none" }, { "nobody", "none" },
		{ "事業者名", "who" }, { "2 項目", "items" }, { "無い名", "none" },
	};
	struct record *r = new_record();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (strcmp(name_of(r, flow_find(r->form, cases[i].where)),
		           cases[i].row) != 0)
			fail_msg("%s leads to %s, not %s", cases[i].where,
			         name_of(r, flow_find(r->form, cases[i].where)),
			         cases[i].row);
	free_all(r);
}

/* Where an item and another question have the same number, the item comes
 * first; in brackets, as the paper writes it, the other. */
static void test_a_number_twice(void **state)
{
	struct form *form = fixture_form_file("data/npa-2022.csv");

	(void)state;
	assert_int_equal(flow_find(form, "3"), row_of(form, "i03"));
	assert_int_equal(flow_find(form, "(3)"),
	                 row_of(form, "contract_started_on"));
	assert_int_equal(flow_find(form, "26"), row_of(form, "i26"));
	form_free(form);
}

static void test_the_stop_at_a_row(void **state)
{
	struct record *r = new_record();
	static const struct {
		const char *row;
		const char *stop;
	} cases[] = {
		{ "who", "who" }, { "subject", "who" }, { "items", "a12" },
		{ "i12", "a12" }, { "i13", "none" }, { "a13", "none" },
		{ "locked", "none" }, { "word", "none" }, { "began", "none" },
	};

	(void)state;
	answer(r, "gate", "no");
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(
			name_of(r, flow_stop_at(r, row_of(r->form,
			                                  cases[i].row))),
			cases[i].stop);
	free_all(r);
}

static void test_a_date_that_is_not_today(void **state)
{
	struct record *r = new_record();

	(void)state;
	assert_int_equal(flow_not_today(r), -1);
	answer(r, "day", "2020-01-01"); /* says nothing of today */
	assert_int_equal(flow_not_today(r), -1);
	answer(r, "on", "2026-11-23");
	assert_int_equal(flow_not_today(r), row_of(r->form, "on"));
	answer(r, "on", "");
	assert_int_equal(flow_not_today(r), -1);
	answer(r, "on", "2026/11/24");
	assert_int_equal(flow_not_today(r), -1);
	free_all(r);
	/* a default that is no today() may be answered otherwise */
	r = record_new(fixture_form("type|name|label|default\n"
	                            "text|q|問|既定\ndate|on|日|2020-01-01\n",
	                            NULL), fixture_now);
	answer(r, "q", "別");
	answer(r, "on", "2026-11-20");
	assert_int_equal(flow_not_today(r), -1);
	free_all(r);
}

/* --- the outline ---------------------------------------------------------- */

static void test_the_outline(void **state)
{
	struct record *r = new_record();
	struct buf rows;

	(void)state;
	buf_init(&rows);
	for (int row = outline_next(r->form, -1); row < (int)r->form->n;
	     row = outline_next(r->form, row))
		buf_addf(&rows, "%s ", r->form->questions[row].name);
	assert_string_equal(rows.s, "who day i12 gate i13 locked on n ");
	buf_release(&rows);
	free_all(r);
}

static void test_states_and_progress(void **state)
{
	struct record *r = new_record();
	static const struct {
		const char *name, *text;
		const char *row;
		enum entry_state entry;
		int done, all, unknown;
	} steps[] = {
		/* locked and on are answered by the form; day and n may stay
		 * empty, and as long as they are, do not count */
		{ "who", "", "who", ENTRY_MISSING, 0, 3, 1 },
		{ "who", "x", "who", ENTRY_ANSWERED, 1, 3, 1 },
		{ "day", "x", "day", ENTRY_WRONG, 1, 4, 1 },
		{ "day", "", "day", ENTRY_EMPTY, 1, 3, 1 },
		{ "gate", "", "i13", ENTRY_UNKNOWN, 1, 3, 1 },
		{ "gate", "no", "i13", ENTRY_NOT_APPLICABLE, 2, 3, 0 },
		{ "gate", "yes", "i13", ENTRY_MISSING, 2, 4, 0 },
		{ "a12", "no", "i12", ENTRY_MISSING, 2, 4, 0 },
		{ "d12", "理由", "i12", ENTRY_ANSWERED, 3, 4, 0 },
		{ "a13", "さあ", "i13", ENTRY_WRONG, 3, 4, 0 },
		{ "a13", "yes", "i13", ENTRY_ANSWERED, 4, 4, 0 },
		/* but to be answered once more it counts */
		{ "on", "", "on", ENTRY_MISSING, 4, 5, 0 },
		{ "on", "さあ", "on", ENTRY_WRONG, 4, 5, 0 },
		{ "on", "2026-11-01", "on", ENTRY_ANSWERED, 4, 4, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(steps); i++) {
		struct progress p;

		answer(r, steps[i].name, steps[i].text);
		assert_int_equal(outline_state(r, row_of(r->form, steps[i].row)),
		                 steps[i].entry);
		p = record_progress(r);
		if (p.done != steps[i].done || p.all != steps[i].all ||
		    p.unknown != steps[i].unknown)
			fail_msg("step %zu: %d of %d, %d unknown", i, p.done,
			         p.all, p.unknown);
	}
	free_all(r);
}

/* What record_progress has kept up to date, counted afresh. */
static struct progress counted_progress(const struct record *r)
{
	struct progress p = {0};

	for (int row = outline_next(r->form, -1); row < (int)r->form->n;
	     row = outline_next(r->form, row)) {
		enum entry_state s = outline_state(r, row);
		const char *name = r->form->questions[row].name;
		bool given = strcmp(name, "on") == 0 ||
		             strcmp(name, "locked") == 0;

		if (s == ENTRY_ANSWERED && given)
			continue;
		p.all += s == ENTRY_ANSWERED || s == ENTRY_MISSING ||
		         s == ENTRY_WRONG;
		p.done += s == ENTRY_ANSWERED;
		p.unknown += s == ENTRY_UNKNOWN;
	}
	return p;
}

static void assert_progress(const struct record *r, int step)
{
	struct progress kept = record_progress(r), afresh = counted_progress(r);

	if (kept.done != afresh.done || kept.all != afresh.all ||
	    kept.unknown != afresh.unknown)
		fail_msg("step %d: %d of %d, %d unknown; afresh %d of %d, %d",
		         step, kept.done, kept.all, kept.unknown, afresh.done,
		         afresh.all, afresh.unknown);
}

/* Whatever is answered in whatever order; constraints on other answers, filtered
 * choices, calculations and groups in groups among it. */
static void test_progress_of_a_random_walk(void **state)
{
	static const char more[] =
		"type|name|label|number|relevant|required|constraint|choice_filter|"
		"calculation|default\n"
		"select_one yn|gate|門|||yes\n"
		"text|limit|上限|||${gate} = 'yes'\n"
		"begin_group|g|組||${gate} != 'no'\n"
		"integer|n|数||||. < ${limit} and . < ${m}\n"
		"begin_group|h|組の組||${n} > 3\n"
		"begin_group|i1|一|1\n"
		"select_one done|a1|答え|||yes||name != ${gate}\n"
		"text|d1|理由|||${a1} = 'no'|. != ${twice}\n"
		"end_group\n"
		"integer|m|数|||${n} = 5|. > ${n}\n"
		"end_group\n"
		"end_group\n"
		"calculate|twice|倍||||||${n} * 2\n"
		"date|on|日|||yes|. <= today()|||today()\n"
		"text|last|終||${twice} > 8|${d1} = ''|string-length(.) < ${twice}\n";
	static const char *const answers[] = {
		"", "yes", "no", "3", "4", "5", "9", "10", "さあ", "2026-11-24",
		"2030-01-01",
	};
	struct record *r = record_new(fixture_form(more, choices), fixture_now);
	unsigned dice = 1;

	(void)state;
	for (int step = 0; step < 5000; step++) {
		int q;

		dice = dice * 1103515245 + 12345;
		q = (int)(dice >> 16) % (int)r->form->n;
		dice = dice * 1103515245 + 12345;
		if (r->form->questions[q].type->role == ROLE_ASKED)
			record_set(r, q, answers[(dice >> 16) % COUNT(answers)]);
		if (step % 3) /* several changes at once, too */
			assert_progress(r, step);
		if (step % 1000 == 999) {
			struct record *copy = record_copy(r);

			assert_progress(copy, step);
			record_free(copy);
		}
	}
	free_all(r);
}

/* --- problems ------------------------------------------------------------- */

/* "who M: text\n" for each problem of R; M missing, W wrong, C caution. */
static void assert_problems(const struct record *r, const char *expected)
{
	struct problem_list list;
	struct buf b;
	size_t errors = 0;

	buf_init(&b);
	problem_list_init(&list);
	record_problems(r, &list);
	for (size_t i = 0; i < list.n; i++) {
		const struct problem *p = &list.items[i];

		errors += p->kind != PROBLEM_CAUTION;
		buf_addf(&b, "%s %c: %s\n", name_of(r, p->question),
		         "MWC"[p->kind], p->text);
	}
	assert_int_equal(list.errors, errors);
	assert_string_equal(b.s, expected);
	problem_list_release(&list);
	buf_release(&b);
}

static void test_problems(void **state)
{
	struct record *r = new_record();

	(void)state;
	/* the form's words, or ours with the label */
	assert_problems(r, "who M: だれかを書いてください\n"
	                   "a12 M: 「答え」を選んでください\n"
	                   "gate M: 「門」を選んでください\n");
	answer(r, "gate", "yes");
	answer(r, "a13", "yes");
	answer(r, "a12", "no");
	answer(r, "n", "2");
	answer(r, "day", "2026-11-25");
	assert_problems(r,
		"who M: だれかを書いてください\n"
		"day W: 「開始日」の答えがこの様式の条件に合いません。見直してください\n"
		"d12 M: 「理由」を記入してください\n"
		"a13 C: 名前のない実施です\n"
		"n W: 3より多く書いてください\n");
	assert_true(question_has_error(r, row_of(r->form, "n")));
	assert_false(question_has_error(r, row_of(r->form, "a13")));
	free_all(r);
}

/* What does not apply, or is not known to, has no problems. */
static void test_no_problems_of_what_does_not_apply(void **state)
{
	struct record *r = new_record();
	struct problem_list list;

	(void)state;
	answer(r, "a13", "さあ");
	problem_list_init(&list);
	question_problems(r, row_of(r->form, "a13"), &list);
	assert_int_equal(list.n, 0); /* unknown */
	answer(r, "gate", "no");
	question_problems(r, row_of(r->form, "a13"), &list);
	assert_int_equal(list.n, 0);
	answer(r, "gate", "yes");
	question_problems(r, row_of(r->form, "a13"), &list);
	assert_int_equal(list.n, 1);
	problem_list_release(&list);
	free_all(r);
}

/* A constraint is tested only on an answer. */
static void test_an_empty_answer_breaks_no_constraint(void **state)
{
	struct record *r = new_record();
	struct problem_list list;

	(void)state;
	problem_list_init(&list);
	question_problems(r, row_of(r->form, "n"), &list);
	assert_int_equal(list.n, 0);
	problem_list_release(&list);
	free_all(r);
}

static void test_what_is_wrong_with_what_was_typed(void **state)
{
	static const struct {
		const char *name, *text;
		const char *words; /* that must be in the message */
	} cases[] = {
		{ "day", "2025-02-30", "2月" },
		{ "day", "令和8年13月1日", "13月" },
		{ "day", "平成32年", "平成" },
		{ "n", "三つ", "「三つ」は整数ではありません" },
		{ "n", "4.5", "「4.5」は整数ではありません" },
		{ "gate", "さあ", "「さあ」という選択肢はありません" },
		{ "gate", "さあ", "はい、いいえ" },
	};
	struct record *r = new_record();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct problem_list list;

		answer(r, cases[i].name, cases[i].text);
		problem_list_init(&list);
		question_problems(r, row_of(r->form, cases[i].name), &list);
		assert_int_equal(list.errors, 1);
		assert_int_equal(list.items[0].kind, PROBLEM_WRONG);
		if (!strstr(list.items[0].text, cases[i].words))
			fail_msg("%s: %s", cases[i].text, list.items[0].text);
		problem_list_release(&list);
	}
	free_all(r);
}

/* A choice that another answer has taken away. */
static void test_a_choice_no_longer_offered(void **state)
{
	struct form *form = fixture_form_file("tests/form/second.csv");
	struct record *r = record_new(form, fixture_now);
	struct problem_list list;
	int room = row_of(form, "room");

	(void)state;
	answer(r, "site", "tokyo");
	answer(r, "room", "t2");
	assert_false(question_has_error(r, room));
	answer(r, "site", "osaka");
	problem_list_init(&list);
	question_problems(r, room, &list);
	assert_int_equal(list.errors, 1);
	assert_int_equal(list.items[0].kind, PROBLEM_WRONG);
	assert_non_null(strstr(list.items[0].text, "「2階サーバー室」"));
	problem_list_release(&list);
	assert_answer(r, "room", "t2"); /* but kept */
	free_all(r);
}

static void test_what_messages_call_it(void **state)
{
	struct record *r = new_record();
	static const struct {
		const char *name, *title;
	} cases[] = {
		{ "a12", "番号12" }, { "d12", "番号12" }, { "gate", "門" },
		{ "who", "事業者名" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *title = question_title(r, row_of(r->form, cases[i].name));

		assert_string_equal(title, cases[i].title);
		free(title);
	}
	free_all(r);
}

/* A message that has the label itself is not given it once more. */
static void test_a_problem_after_its_title(void **state)
{
	struct record *r = record_new(fixture_form(
		"type|name|label|number\n"
		"text|top|氏名\n"
		"begin_group|g|確認者\ntext|in|氏名\ntext|own|所属\nend_group\n"
		"begin_group|i|項目|3\nselect_one c|a|答え\nend_group\n",
		"list_name|name|label\nc|y|実施\n"), fixture_now);
	static const char *const cases[][3] = {
		{ "own", "空です", "所属: 空です" },
		{ "own", "「所属」を記入", "「所属」を記入" },
		{ "in", "「氏名」を記入", "確認者: 「氏名」を記入" },
		{ "in", "空です", "確認者 氏名: 空です" },
		{ "top", "「氏名」を記入", "「氏名」を記入" },
		{ "a", "「答え」を選ぶ", "番号3: 「答え」を選ぶ" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *text = problem_with_title(r, row_of(r->form, cases[i][0]),
		                                cases[i][1]);

		assert_string_equal(text, cases[i][2]);
		free(text);
	}
	free_all(r);
}

/* Where two have the same label, the group's tells them apart. */
static void test_labels_that_are_shared(void **state)
{
	struct record *r = record_new(fixture_form(
		"type|name|label\n"
		"text|top|氏名\n"
		"begin_group|g|確認者\ntext|in|氏名\ntext|own|所属\nend_group\n",
		NULL), fixture_now);
	static const char *const cases[][2] = {
		{ "top", "氏名" }, { "in", "確認者 氏名" }, { "own", "所属" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *title = question_title(r, row_of(r->form, cases[i][0]));

		assert_string_equal(title, cases[i][1]);
		free(title);
	}
	free_all(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_way),
		cmocka_unit_test(test_back_and_at_the_ends),
		cmocka_unit_test(test_a_wrong_answer_stops_nobody),
		cmocka_unit_test(test_the_first_open_one),
		cmocka_unit_test(test_where_a_word_leads),
		cmocka_unit_test(test_a_number_twice),
		cmocka_unit_test(test_the_stop_at_a_row),
		cmocka_unit_test(test_a_date_that_is_not_today),
		cmocka_unit_test(test_the_outline),
		cmocka_unit_test(test_states_and_progress),
		cmocka_unit_test(test_progress_of_a_random_walk),
		cmocka_unit_test(test_problems),
		cmocka_unit_test(test_no_problems_of_what_does_not_apply),
		cmocka_unit_test(test_an_empty_answer_breaks_no_constraint),
		cmocka_unit_test(test_what_is_wrong_with_what_was_typed),
		cmocka_unit_test(test_a_choice_no_longer_offered),
		cmocka_unit_test(test_what_messages_call_it),
		cmocka_unit_test(test_labels_that_are_shared),
		cmocka_unit_test(test_a_problem_after_its_title),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
