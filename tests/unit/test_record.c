/* SPDX-License-Identifier: MIT
 *
 * What follows from the answers: what applies, what is open, what is calculated,
 * why a row does not apply, and what record_set says it changed.
 */
#include "fixture.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "record/reason.h"

#define YES_NO "list_name|name|label\nyn|yes|はい\nyn|no|いいえ\n"

/* Counts what a change costs (linked with --wrap=expr_eval). */
static int evaluations;

struct value __real_expr_eval(const struct expr *e, const struct expr_env *env);
struct value __wrap_expr_eval(const struct expr *e, const struct expr_env *env);

struct value __wrap_expr_eval(const struct expr *e, const struct expr_env *env)
{
	evaluations++;
	return __real_expr_eval(e, env);
}

/* A new record of a form of SURVEY with yes_no choices. */
static struct record *record_of(const char *survey)
{
	return record_new(fixture_form(survey, YES_NO), fixture_now);
}

static void free_all(struct record *r)
{
	struct form *form = (struct form *)r->form;

	record_free(r);
	form_free(form);
}

/* Answer as TEXT says, "a=yes b= c=x". */
static void answer_all(struct record *r, const char *text)
{
	char *copy = strdup(text), *save, *word;

	for (word = strtok_r(copy, " ", &save); word;
	     word = strtok_r(NULL, " ", &save)) {
		char *value = strchr(word, '=');

		*value++ = '\0';
		answer(r, word, value);
	}
	free(copy);
}

/* --- whether a row applies ------------------------------------------------ */

static void test_three_states(void **state)
{
	static const struct {
		const char *gate;
		const char *applies;
	} cases[] = {
		{ "yes", "yes" }, { "no", "no" }, { "", "unknown" },
		{ "はい", "yes" }, { "たぶん", "unknown" },
	};
	struct record *r = record_of("type|name|label|relevant|required\n"
	                             "select_one yn|gate|問||yes\n"
	                             "text|q|答|${gate} = 'yes'\n");

	(void)state;
	assert_applies(r, "gate", "yes");
	assert_applies(r, "q", "unknown");
	for (size_t i = 0; i < COUNT(cases); i++) {
		answer(r, "gate", cases[i].gate);
		assert_applies(r, "q", cases[i].applies);
	}
	free_all(r);
}

/* An optional question left empty is answered with nothing. */
static void test_an_optional_empty_answer_decides(void **state)
{
	struct record *r = record_of("type|name|label|relevant\n"
	                             "select_one yn|gate|問\n"
	                             "text|q|答|${gate} = 'yes'\n"
	                             "text|p|答|${gate} = ''\n");

	(void)state;
	assert_applies(r, "q", "no");
	assert_applies(r, "p", "yes");
	answer(r, "gate", "たぶん"); /* but a wrong one is still open */
	assert_applies(r, "q", "unknown");
	assert_applies(r, "p", "unknown");
	free_all(r);
}

/* What is required only sometimes is open only then. */
static void test_open_follows_required(void **state)
{
	struct record *r = record_of(
		"type|name|label|relevant|required\n"
		"select_one yn|strict|問||yes\n"
		"text|gate|門||${strict} = 'yes'\n"
		"text|q|答|${gate} != ''\n");

	(void)state;
	assert_applies(r, "q", "unknown"); /* required perhaps */
	answer(r, "strict", "no");
	assert_applies(r, "q", "no");
	answer(r, "strict", "yes");
	assert_applies(r, "q", "unknown");
	answer(r, "gate", "x");
	assert_applies(r, "q", "yes");
	free_all(r);
}

static void test_groups_in_groups(void **state)
{
	static const struct {
		const char *answers;
		const char *outer, *inner, *q;
	} cases[] = {
		{ "a= b= c=", "unknown", "unknown", "unknown" },
		{ "a=yes b= c=", "yes", "unknown", "unknown" },
		{ "a=yes b=yes c=", "yes", "yes", "unknown" },
		{ "a=yes b=yes c=yes", "yes", "yes", "yes" },
		{ "a=yes b=yes c=no", "yes", "yes", "no" },
		{ "a=yes b=no c=yes", "yes", "no", "no" },
		{ "a=no b=yes c=yes", "no", "no", "no" },
		/* a no below is a no, whatever is open above, and the reverse */
		{ "a= b=no c=yes", "unknown", "no", "no" },
		{ "a= b= c=no", "unknown", "unknown", "no" },
		{ "a=no b= c=", "no", "no", "no" },
		{ "a=yes b=no c=", "yes", "no", "no" },
	};
	struct record *r = record_of(
		"type|name|label|relevant|required\n"
		"select_one yn|a|甲||yes\n"
		"select_one yn|b|乙||yes\n"
		"select_one yn|c|丙||yes\n"
		"begin_group|outer|外|${a} = 'yes'\n"
		"begin_group|inner|内|${b} = 'yes'\n"
		"begin_group|plain|\n"
		"text|q|問|${c} = 'yes'\n"
		"end_group\nend_group\nend_group\n");

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		answer_all(r, cases[i].answers);
		assert_applies(r, "outer", cases[i].outer);
		assert_applies(r, "inner", cases[i].inner);
		assert_applies(r, "plain", cases[i].inner);
		assert_applies(r, "q", cases[i].q);
	}
	free_all(r);
}

static void test_and_or_if_settle_what_they_can(void **state)
{
	static const struct {
		const char *answers;
		const char *both, *either, *chosen, *negated;
	} cases[] = {
		{ "a= b=", "unknown", "unknown", "unknown", "unknown" },
		{ "a=no b=", "no", "unknown", "no", "yes" },
		{ "a=yes b=", "unknown", "yes", "unknown", "no" },
		{ "a= b=no", "no", "unknown", "no", "unknown" },
		{ "a= b=yes", "unknown", "yes", "unknown", "unknown" },
	};
	struct record *r = record_of(
		"type|name|label|relevant|required\n"
		"select_one yn|a|甲||yes\n"
		"select_one yn|b|乙||yes\n"
		"text|both|問|${a} = 'yes' and ${b} = 'yes'\n"
		"text|either|問|${a} = 'yes' or ${b} = 'yes'\n"
		"text|chosen|問|if(${a} = 'yes', ${b} = 'yes', false())\n"
		"text|negated|問|not(${a} = 'yes')\n");

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		/* if() with an open condition is open, whatever b is */
		bool open = strstr(cases[i].answers, "a= ") != NULL;

		answer_all(r, cases[i].answers);
		assert_applies(r, "both", cases[i].both);
		assert_applies(r, "either", cases[i].either);
		assert_applies(r, "chosen", open ? "unknown" : cases[i].chosen);
		assert_applies(r, "negated", cases[i].negated);
	}
	free_all(r);
}

/* --- answers that stop applying ------------------------------------------- */

static void test_a_kept_answer_counts_as_empty_and_comes_back(void **state)
{
	struct record *r = record_of(
		"type|name|label|relevant|required|calculation\n"
		"select_one yn|gate|門||yes\n"
		"text|q|問|${gate} = 'yes'|yes\n"
		"calculate|c||||concat('[', ${q}, ']')\n"
		"text|p|問|${q} = 'x'\n");

	(void)state;
	answer_all(r, "gate=yes q=x p=kept");
	assert_answer(r, "c", "[x]");
	assert_applies(r, "p", "yes");
	answer(r, "gate", "no");
	assert_answer(r, "q", "x");
	assert_string_equal(record_effective_answer(r, row_of(r->form, "q")), "");
	assert_answer(r, "c", "[]");
	assert_applies(r, "p", "no");
	assert_answer(r, "p", "kept");
	answer(r, "gate", "yes");
	assert_answer(r, "c", "[x]");
	assert_applies(r, "p", "yes");
	free_all(r);
}

/* While it is not known, an answer is kept and shown, but counts for nothing
 * settled. */
static void test_an_answer_that_may_apply(void **state)
{
	struct record *r = record_of("type|name|label|relevant|required\n"
	                             "select_one yn|gate|門||yes\n"
	                             "text|q|問|${gate} = 'yes'\n"
	                             "text|p|問|${q} = 'x'\n");

	(void)state;
	answer_all(r, "gate=yes q=x gate=");
	assert_string_equal(record_effective_answer(r, row_of(r->form, "q")),
	                    "x");
	assert_applies(r, "p", "unknown");
	free_all(r);
}

static void test_a_wrong_answer_is_kept_and_open(void **state)
{
	struct record *r = record_of(
		"type|name|label|relevant|calculation\n"
		"integer|n|数\n"
		"date|d|日\n"
		"calculate|c|||${n} + 1\n"
		"text|p|問|${n} > 3\n"
		"text|s|問|${d} = ''\n");

	(void)state;
	answer(r, "n", "五つ");
	assert_answer(r, "n", "五つ");
	assert_false(record_is_valid(r, row_of(r->form, "n")));
	assert_answer(r, "c", ""); /* as if it were empty */
	assert_applies(r, "p", "unknown");
	answer(r, "d", "2025-02-30");
	assert_answer(r, "d", "2025-02-30");
	assert_applies(r, "s", "unknown");
	answer(r, "n", "５");
	assert_answer(r, "n", "5");
	assert_true(record_is_valid(r, row_of(r->form, "n")));
	assert_answer(r, "c", "6");
	assert_applies(r, "p", "yes");
	free_all(r);
}

/* --- what is calculated --------------------------------------------------- */

static void test_calculations_in_a_chain(void **state)
{
	/* each stands above what it stands on */
	struct record *r = record_of("type|name|label|calculation\n"
	                             "calculate|c3||${c2} + ${c1}\n"
	                             "calculate|c2||${c1} * 10\n"
	                             "calculate|c1||${n} + 1\n"
	                             "integer|n|数\n");

	(void)state;
	assert_answer(r, "c1", ""); /* no number: empty, as in ODK */
	assert_answer(r, "c3", "");
	answer(r, "n", "2");
	assert_answer(r, "c1", "3");
	assert_answer(r, "c2", "30");
	assert_answer(r, "c3", "33");
	answer(r, "n", "");
	assert_answer(r, "c3", "");
	free_all(r);
}

static void test_a_calculation_that_does_not_apply(void **state)
{
	struct record *r = record_of(
		"type|name|label|relevant|calculation\n"
		"select_one yn|gate|門\n"
		"integer|n|数\n"
		"calculate|c||${gate} = 'yes'|${n} * 2\n"
		"calculate|d|||concat('<', ${c}, '>')\n");

	(void)state;
	answer_all(r, "n=4 gate=yes");
	assert_answer(r, "d", "<8>");
	answer(r, "gate", "no");
	assert_answer(r, "d", "<>");
	assert_string_equal(record_effective_answer(r, row_of(r->form, "c")), "");
	free_all(r);
}

/* What stands on an open answer through calculations is not known either. */
static void test_open_through_calculations(void **state)
{
	struct record *r = record_of(
		"type|name|label|relevant|required|calculation\n"
		"integer|n|数||yes\n"
		"calculate|c||||${n} * 2\n"
		"calculate|d||||if(${c} > 10, 'big', 'small')\n"
		"text|p|問|${d} = 'big'\n"
		"calculate|e||||'fixed'\n"
		"text|s|問|${e} = 'fixed'\n");

	(void)state;
	assert_applies(r, "p", "unknown");
	assert_applies(r, "s", "yes");
	answer(r, "n", "6");
	assert_applies(r, "p", "yes");
	answer(r, "n", "5");
	assert_applies(r, "p", "no");
	answer(r, "n", "many");
	assert_applies(r, "p", "unknown");
	free_all(r);
}

/* --- what record_set returns ---------------------------------------------- */

static int by_row(const void *a, const void *b)
{
	return ((const struct change *)a)->row - ((const struct change *)b)->row;
}

/* CHANGES in the form's order: "gate A; q a? R", where A is another answer, R
 * another required, and a with what it was applies: y, n or ?. */
static char *show(const struct record *r, struct changes changes)
{
	static const char *const applied[] = { "n", "?", "y" };
	struct change *sorted = mem_array(changes.n, sizeof *sorted);
	struct buf b;

	buf_init(&b);
	if (changes.n)
		memcpy(sorted, changes.items, changes.n * sizeof *sorted);
	qsort(sorted, changes.n, sizeof *sorted, by_row);
	for (size_t i = 0; i < changes.n; i++) {
		buf_addf(&b, "%s%s", i ? "; " : "",
		         r->form->questions[sorted[i].row].name);
		if (sorted[i].what & CHANGE_ANSWER)
			buf_add(&b, " A");
		if (sorted[i].what & CHANGE_APPLIES)
			buf_addf(&b, " a%s", applied[sorted[i].applied]);
		if (sorted[i].what & CHANGE_REQUIRED)
			buf_add(&b, " R");
		if (i)
			assert_int_not_equal(sorted[i].row, sorted[i - 1].row);
	}
	free(sorted);
	return b.s;
}

static void assert_changes(struct record *r, const char *name,
                           const char *text, const char *expected)
{
	char *shown = show(r, answer(r, name, text));

	if (strcmp(shown, expected) != 0)
		fail_msg("%s = %s changed [%s], not [%s]", name, text, shown,
		         expected);
	free(shown);
}

static void test_what_a_change_changed(void **state)
{
	struct record *r = record_of(
		"type|name|label|relevant|required|calculation\n"
		"select_one yn|gate|門||yes\n"
		"begin_group|g|群|${gate} = 'yes'\n"
		"integer|n|数||${gate} = 'yes'\n"
		"text|q|問|${n} > 1\n"
		"end_group\n"
		"calculate|c||||${n} * 2\n"
		"calculate|d||||${n} + ${c}\n"
		"text|p|問|${c} = 4 and ${d} = 6\n"
		"text|alone|問\n");

	(void)state;
	assert_changes(r, "gate", "yes", "gate A; g a?; n a? R");
	assert_changes(r, "n", "2", "n A; q a?; c A; d A; p a?");
	assert_changes(r, "n", "２", ""); /* the same in other digits */
	assert_changes(r, "n", "3", "n A; c A; d A; p ay");
	assert_changes(r, "n", "x", "n A; q ay; c A; d A; p an");
	assert_changes(r, "n", "2", "n A; q a?; c A; d A; p a?");
	assert_changes(r, "gate", "no",
	               "gate A; g ay; n ay R; q ay; c A; d A; p ay");
	assert_changes(r, "gate", "はい",
	               "gate A; g an; n an R; q an; c A; d A; p an");
	assert_changes(r, "alone", "x", "alone A");
	assert_changes(r, "alone", " ", "alone A");
	assert_changes(r, "alone", "", "");
	free_all(r);
}

/* --- what it costs -------------------------------------------------------- */

/* A thousand questions, each asked if the one before says はい. */
static struct record *chain_of_questions(int n)
{
	struct buf survey;
	struct record *r;

	buf_init(&survey);
	buf_add(&survey, "type|name|label|relevant|required\n"
	                 "select_one yn|q0|問0||yes\n");
	for (int i = 1; i < n; i++)
		buf_addf(&survey, "select_one yn|q%d|問%d|${q%d} = 'yes'|yes\n",
		         i, i, i - 1);
	r = record_of(survey.s);
	buf_release(&survey);
	return r;
}

static int cost(struct record *r, const char *name, const char *text)
{
	evaluations = 0;
	answer(r, name, text);
	return evaluations;
}

static void test_a_change_costs_what_it_changes(void **state)
{
	struct record *r = chain_of_questions(1000);

	(void)state;
	for (int i = 0; i < 1000; i++)
		record_set(r, i, "yes");
	assert_applies(r, "q999", "yes");
	/* at the end, in the middle and at the beginning of the chain: two
	 * expressions a row, relevant and required */
	assert_in_range(cost(r, "q999", "no"), 1, 4);
	assert_in_range(cost(r, "q998", "no"), 2, 8);
	assert_applies(r, "q999", "no");
	assert_in_range(cost(r, "q0", "no"), 1000, 4000);
	assert_applies(r, "q999", "no");
	/* all but the next one are no already */
	assert_in_range(cost(r, "q500", "no"), 2, 8);
	assert_int_equal(cost(r, "q500", "no"), 0);
	free_all(r);
}

/* Each of a change's rows is settled once, however many ways lead to it. */
static void test_no_row_is_computed_twice(void **state)
{
	struct buf survey;
	struct record *r;

	(void)state;
	buf_init(&survey);
	buf_add(&survey, "type|name|label|calculation\ninteger|c0|数\n"
	                 "calculate|c1||${c0} + 1\n");
	for (int i = 2; i <= 30; i++) /* 2^30 ways from c0 to c30 */
		buf_addf(&survey, "calculate|c%d||${c%d} + ${c%d}\n", i, i - 1,
		         i - 2);
	r = record_of(survey.s);
	assert_in_range(cost(r, "c0", "1"), 30, 30);
	assert_answer(r, "c30", "2178309"); /* a Fibonacci number */
	buf_release(&survey);
	free_all(r);
	/* each above what it stands on, and all on n */
	r = record_of("type|name|label|calculation\n"
	              "calculate|c3||${c2} + ${n}\n"
	              "calculate|c2||${c1} + ${n}\n"
	              "calculate|c1||${n}\n"
	              "integer|n|数\n");
	assert_in_range(cost(r, "n", "5"), 3, 3);
	assert_answer(r, "c3", "15");
	free_all(r);
}

/* --- defaults, and a record's life ---------------------------------------- */

static struct record *life_record(void)
{
	static const char survey[] =
		"type|name|label|relevant|required|calculation|default|renew\n"
		"start|began\n"
		"end|saved\n"
		"today|day\n"
		"text|who|誰||yes||総務課|${who}\n"
		"date|on|いつ||||today()|\n"
		"date|last|前回|||||${on}\n"
		"select_one yn|gate|門|||||${gate}\n"
		"text|q|問|${gate} = 'yes'||||${q}\n"
		"text|offered|同||||concat(${who}, '長')\n"
		"integer|count|回数||||0|${count} + 1\n";

	return record_of(survey);
}

static void test_defaults(void **state)
{
	struct record *r = life_record();
	struct record *blank = record_blank(r->form, fixture_now);

	(void)state;
	assert_int_equal(r->status, RECORD_DRAFT);
	assert_answer(r, "began", "2026-11-24T12:00:00");
	assert_answer(r, "saved", "2026-11-24T12:00:00");
	assert_answer(r, "day", "2026-11-24");
	assert_answer(r, "who", "総務課");
	assert_answer(r, "on", "2026-11-24");
	assert_answer(r, "offered", "総務課長");
	assert_answer(r, "count", "0");
	assert_answer(blank, "began", "2026-11-24T12:00:00");
	assert_answer(blank, "who", "");
	assert_answer(blank, "on", "");
	record_free(blank);
	free_all(r);
}

static void test_an_offer(void **state)
{
	struct record *r = life_record();
	int offered = row_of(r->form, "offered");
	char *shown;

	(void)state;
	answer(r, "who", "課");
	assert_int_equal(record_offer(r, offered).n, 0); /* there is an answer */
	assert_answer(r, "offered", "総務課長");
	answer(r, "offered", "");
	shown = show(r, record_offer(r, offered));
	assert_string_equal(shown, "offered A");
	free(shown);
	assert_answer(r, "offered", "課長");
	assert_int_equal(record_offer(r, row_of(r->form, "gate")).n, 0);
	free_all(r);
}

static void test_finishing_and_amending(void **state)
{
	struct record *r = life_record();

	(void)state;
	answer_all(r, "gate=yes q=x gate=no");
	assert_answer(r, "q", "x");
	r->moment.now = 20781.75;
	record_finish(r);
	assert_int_equal(r->status, RECORD_FINISHED);
	assert_answer(r, "q", "");
	assert_answer(r, "who", "総務課");
	assert_answer(r, "began", "2026-11-24T12:00:00");
	assert_answer(r, "saved", "2026-11-24T18:00:00");
	r->moment.now = 20782.25;
	record_amend(r);
	assert_int_equal(r->status, RECORD_DRAFT);
	assert_answer(r, "who", "総務課");
	assert_answer(r, "began", "2026-11-25T06:00:00");
	assert_answer(r, "saved", "2026-11-25T06:00:00");
	free_all(r);
}

/* What is dropped may decide what else is. */
static void test_finishing_drops_all_that_does_not_apply(void **state)
{
	struct record *r = record_of("type|name|label|relevant\n"
	                             "select_one yn|a|甲\n"
	                             "select_one yn|b|乙|${a} = 'yes'\n"
	                             "text|c|丙|${b} = 'yes'\n"
	                             "text|d|丁|${b} = ''\n");

	(void)state;
	answer_all(r, "a=yes b=yes c=x d=y a=no");
	record_finish(r);
	assert_answer(r, "a", "no");
	assert_answer(r, "b", "");
	assert_answer(r, "c", "");
	assert_answer(r, "d", "y");
	free_all(r);
}

static void test_taking_over(void **state)
{
	struct record *old = life_record();
	struct record *r = record_new(old->form, (struct moment){ 21000, 21000.5 });

	(void)state;
	answer_all(old, "who=経理課 on=2025-04-01 gate=yes q=x offered=別 count=7"
	                " gate=no");
	record_take_over(r, old);
	assert_answer(r, "who", "経理課");
	assert_answer(r, "last", "2025-04-01");
	assert_answer(r, "on", "2027-07-01"); /* not renewed: this year's default */
	assert_answer(r, "gate", "no");
	assert_answer(r, "q", ""); /* it did not apply */
	assert_answer(r, "count", "8");
	assert_answer(old, "count", "7");
	record_free(r);
	free_all(old);
}

static void test_a_copy_is_a_record_of_its_own(void **state)
{
	struct record *r = life_record(), *copy;

	(void)state;
	answer_all(r, "gate=no count=五つ");
	copy = record_copy(r);
	answer_all(r, "gate=yes count=5 who=別");
	assert_answer(copy, "gate", "no");
	assert_applies(copy, "q", "no");
	assert_answer(copy, "who", "総務課");
	assert_answer(copy, "count", "五つ");
	assert_false(record_is_valid(copy, row_of(r->form, "count")));
	answer(copy, "gate", "yes"); /* and works on */
	assert_applies(copy, "q", "yes");
	record_finish(copy);
	assert_int_equal(r->status, RECORD_DRAFT);
	record_free(copy);
	free_all(r);
}

/* --- choices and what cannot be changed ----------------------------------- */

static void test_a_choice_filter(void **state)
{
	struct form *form = fixture_form_file("tests/form/second.csv");
	struct record *r = record_new(form, fixture_now);
	int room = row_of(form, "room");
	const struct choice_list *list = form->questions[room].choices;

	(void)state;
	assert_int_equal(list->n, 3);
	for (size_t i = 0; i < 3; i++)
		assert_false(record_offers_choice(r, room, &list->items[i]));
	answer(r, "site", "tokyo");
	assert_true(record_offers_choice(r, room, &list->items[0]));
	assert_true(record_offers_choice(r, room, &list->items[1]));
	assert_false(record_offers_choice(r, room, &list->items[2]));
	answer(r, "site", "大阪支社");
	assert_false(record_offers_choice(r, room, &list->items[0]));
	assert_true(record_offers_choice(r, room, &list->items[2]));
	free_all(r);
}

/* A choice that is no longer offered is kept, but counts as no answer. */
static void test_a_choice_no_longer_offered(void **state)
{
	struct record *r = record_new(fixture_form(
		"type|name|label|relevant|choice_filter|calculation\n"
		"select_one site|site|所\n"
		"select_one room|room|室||site = ${site}\n"
		"text|q|問|${room} = 'o1'\n"
		"calculate|c||||concat('<', ${room}, '>')\n",
		"list_name|name|label|site\n"
		"site|t|東京\nsite|o|大阪\n"
		"room|t1|受付|t\nroom|o1|倉庫|o\n"), fixture_now);

	(void)state;
	answer_all(r, "site=o room=o1");
	assert_applies(r, "q", "yes");
	answer(r, "site", "t");
	assert_answer(r, "room", "o1");
	assert_answer(r, "c", "<>");
	assert_applies(r, "q", "unknown");
	answer(r, "site", "o");
	assert_answer(r, "c", "<o1>");
	assert_applies(r, "q", "yes");
	free_all(r);
}

static void test_read_only(void **state)
{
	struct record *r = record_of("type|name|label|read_only\n"
	                             "select_one yn|lock|錠\n"
	                             "text|q|問|${lock} = 'yes'\n"
	                             "text|p|問|yes\n"
	                             "text|s|問|no\n");

	(void)state;
	assert_false(record_is_read_only(r, row_of(r->form, "q")));
	answer(r, "lock", "yes");
	assert_true(record_is_read_only(r, row_of(r->form, "q")));
	assert_true(record_is_read_only(r, row_of(r->form, "p")));
	assert_false(record_is_read_only(r, row_of(r->form, "s")));
	free_all(r);
}

/* --- reasons -------------------------------------------------------------- */

static void assert_why(struct record *r, const char *name, const char *expected)
{
	char *why = record_why(r, row_of(r->form, name), READER_OF_FILE);

	if (strcmp(why, expected) != 0)
		fail_msg("%s: %s, not %s", name, why, expected);
	free(why);
}

/* Why the row r, relevant by the expression, does not apply. */
static void test_reasons_of_an_expression(void **state)
{
	static const struct {
		const char *relevant;
		const char *answers;
		const char *why;
	} cases[] = {
		{ "${a} = 'yes'", "a=no", "「甲」が「いいえ」のため" },
		{ "${a} = 'yes'", "", "「甲」が空欄のため" },
		{ "${t} != ''", "", "「文」が空欄のため" },
		{ "${n} > 3", "n=3", "「数」が「3」のため" },
		{ "${d} > '2025-04-01'", "d=2025-04-01",
		  "「日」が「令和7年4月1日」のため" },
		{ "selected(${m}, 'no')", "m=yes", "「複」が「はい」のため" },
		{ "selected(${m}, 'x')", "m=yes,no",
		  "「複」が「はい、いいえ」のため" },
		/* and: the first that is false; or: all of them */
		{ "${a} = 'yes' and ${b} = 'yes'", "a=no b=no",
		  "「甲」が「いいえ」のため" },
		{ "${a} = 'yes' and ${b} = 'yes'", "a=yes b=no",
		  "「乙」が「いいえ」のため" },
		{ "${a} = 'yes' or ${b} = 'yes'", "a=no b=",
		  "「甲」が「いいえ」、「乙」が空欄のため" },
		{ "not(${a} = 'yes')", "a=yes", "「甲」が「はい」のため" },
		{ "not(${a} = 'yes' or ${b} = 'yes')", "a=no b=yes",
		  "「乙」が「はい」のため" },
		{ "${a} = ${b}", "a=no b=yes",
		  "「甲」が「いいえ」、「乙」が「はい」のため" },
		{ "${a} = 'yes' and ${a} = 'no'", "a=yes",
		  "「甲」が「はい」のため" }, /* once */
		/* through what is calculated: that, where it has a name */
		{ "${named} = 2", "n=3", "「倍」が「6」のため" },
		{ "${nameless} = 'x'", "a=no", "「甲」が「いいえ」のため" },
		{ "${twice} = 'x'", "a=no", "「甲」が「いいえ」のため" },
		/* through what does not apply itself: its reason */
		{ "${hidden} = 'x'", "a=no", "「甲」が「いいえ」のため" },
		{ "${told} = 'x'", "a=no", "別の定めのため" },
		{ "${deep} = 'x'", "a=no", "「甲」が「いいえ」のため" },
		{ "1 = 2", "", "様式の定めによる" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *survey = buf_format(
			"type|name|label|relevant|calculation|na_reason\n"
			"select_one yn|a|甲\n"
			"select_one yn|b|乙\n"
			"text|t|文\n"
			"integer|n|数\n"
			"date|d|日\n"
			"select_multiple yn|m|複\n"
			"calculate|named|倍||${n} * 2\n"
			"calculate|nameless|||if(${a} = 'yes', 'x', '')\n"
			"calculate|twice|||${nameless}\n"
			"text|hidden|隠|${a} = 'yes'\n"
			"text|told|別|${a} = 'yes'||別の定めのため\n"
			"text|deep|深|${hidden} = 'x'\n"
			"text|r|問|%s\n", cases[i].relevant);
		struct record *r = record_of(survey);
		char *why, *answers = strdup(cases[i].answers);

		for (char *p; (p = strchr(answers, ',')); )
			*p = '\n'; /* several choices, a line each */
		answer_all(r, answers);
		assert_applies(r, "r", "no");
		why = record_why(r, row_of(r->form, "r"), READER_OF_FILE);
		if (strcmp(why, cases[i].why) != 0)
			fail_msg("%s: %s, not %s", cases[i].relevant, why,
			         cases[i].why);
		free(why);
		free(answers);
		free_all(r);
		free(survey);
	}
}

/* What was typed is shown on one line and does no harm. */
static void test_a_reason_with_a_hostile_answer(void **state)
{
	struct record *r = record_of("type|name|label|relevant\n"
	                             "text|t|文\n"
	                             "text|q|問|${t} = 'x'\n");

	(void)state;
	answer(r, "t", "一\n\x1b[31m二");
	assert_why(r, "q", "「文」が「一 〓[31m二」のため");
	free_all(r);
}

/* What a group does not ask, nothing in it asks: the group's reason counts. */
static void test_reasons_of_groups(void **state)
{
	struct record *r = record_of(
		"type|name|label|relevant|na_reason\n"
		"select_one yn|a|甲\n"
		"select_one yn|b|乙\n"
		"begin_group|outer|外|${a} = 'yes'\n"
		"begin_group|inner|内|${b} = 'yes'|内側の理由\n"
		"text|q|問|${a} = 'x'|自分の理由\n"
		"text|p|問\n"
		"end_group\nend_group\n");

	(void)state;
	answer_all(r, "a=no b=no");
	assert_why(r, "outer", "「甲」が「いいえ」のため");
	assert_why(r, "inner", "「甲」が「いいえ」のため");
	assert_why(r, "q", "「甲」が「いいえ」のため");
	answer(r, "a", "yes");
	assert_why(r, "inner", "内側の理由");
	assert_why(r, "p", "内側の理由");
	answer(r, "b", "yes");
	assert_why(r, "q", "自分の理由");
	free_all(r);
}

static void assert_decider(const struct record *r, const char *name,
                           const char *expected)
{
	int q = record_decider(r, row_of(r->form, name));
	const char *is = q < 0 ? "none" : r->form->questions[q].name;

	if (strcmp(is, expected) != 0)
		fail_msg("%s: %s, not %s", name, is, expected);
}

/* Whom to ask first, where it is not known yet. */
static void test_who_decides(void **state)
{
	struct record *r = record_of(
		"type|name|label|relevant|required|calculation\n"
		"select_one yn|a|甲||yes\n"
		"select_one yn|b|乙|${a} = 'yes'|yes\n"
		"calculate|c||||if(${b} = 'yes', 1, 2)\n"
		"begin_group|g|群|${a} = 'yes'\n"
		"text|q|問|${c} = 1\n"
		"end_group\n"
		"text|p|問|${c} = 1 and ${a} = 'yes'\n");

	(void)state;
	assert_decider(r, "b", "a");
	assert_decider(r, "q", "a");
	assert_decider(r, "p", "a");
	answer(r, "a", "yes");
	assert_decider(r, "q", "b");
	assert_decider(r, "p", "b");
	answer(r, "b", "さあ");
	assert_decider(r, "q", "b");
	free_all(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_three_states),
		cmocka_unit_test(test_an_optional_empty_answer_decides),
		cmocka_unit_test(test_open_follows_required),
		cmocka_unit_test(test_groups_in_groups),
		cmocka_unit_test(test_and_or_if_settle_what_they_can),
		cmocka_unit_test(test_a_kept_answer_counts_as_empty_and_comes_back),
		cmocka_unit_test(test_an_answer_that_may_apply),
		cmocka_unit_test(test_a_wrong_answer_is_kept_and_open),
		cmocka_unit_test(test_calculations_in_a_chain),
		cmocka_unit_test(test_a_calculation_that_does_not_apply),
		cmocka_unit_test(test_open_through_calculations),
		cmocka_unit_test(test_what_a_change_changed),
		cmocka_unit_test(test_a_change_costs_what_it_changes),
		cmocka_unit_test(test_no_row_is_computed_twice),
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_an_offer),
		cmocka_unit_test(test_finishing_and_amending),
		cmocka_unit_test(test_finishing_drops_all_that_does_not_apply),
		cmocka_unit_test(test_taking_over),
		cmocka_unit_test(test_a_copy_is_a_record_of_its_own),
		cmocka_unit_test(test_a_choice_filter),
		cmocka_unit_test(test_a_choice_no_longer_offered),
		cmocka_unit_test(test_read_only),
		cmocka_unit_test(test_reasons_of_an_expression),
		cmocka_unit_test(test_a_reason_with_a_hostile_answer),
		cmocka_unit_test(test_reasons_of_groups),
		cmocka_unit_test(test_who_decides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
