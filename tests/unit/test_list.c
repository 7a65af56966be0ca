/* SPDX-License-Identifier: MIT
 *
 * A list of records: how each stands, in which order, and as CSV.
 */
#include "fixture.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "out/list.h"

/* Who, when (a year later the next one is due), whether it is over, and a choice
 * that is 未実施. */
static struct form *a_form(void)
{
	return fixture_form(
		"type|name|label|list|due\n"
		"text|a|A, \"甲\"|who|\n"
		"date|d|D|when|date(decimal-date-time(.) + 365)\n"
		"text|e|E|ended|\n"
		"select_one yn|c|C||\n",
		"list_name|name|label|list\n"
		"yn|yes|はい|\n"
		"yn|no|いいえ|unmet\n");
}

static void add(struct listing *l, const char *name, const char *who,
                const char *when, const char *ended)
{
	struct record *r = record_blank(l->form, fixture_now);

	answer(r, "a", who);
	answer(r, "d", when);
	answer(r, "e", ended);
	answer(r, "c", "no");
	r->status = RECORD_FINISHED;
	listing_add(l, name, r);
	record_free(r);
}

static struct listing begin(const struct form *form)
{
	struct listing l;

	listing_init(&l, form, (date_day)fixture_now.today);
	return l;
}

/* Ended is ended, also where it would be overdue; but a later one follows it. */
static void test_standings(void **state)
{
	static const struct {
		const char *name;
		enum standing standing;
		const char *due;
	} expected[] = {
		{ "last-day-yesterday", STANDING_OVERDUE, "2026-11-23" },
		{ "broken", STANDING_BROKEN, NULL },
		{ "no-day", STANDING_FINISHED, "" },
		{ "last-day-today", STANDING_DUE, "2026-11-24" },
		{ "begun-again", STANDING_DUE, "2027-01-01" },
		{ "ended", STANDING_ENDED, "" },
		{ "ended-once", STANDING_FOLLOWED, "" },
		{ "twice-before", STANDING_FOLLOWED, "" },
	};
	struct form *form = a_form();
	struct listing l = begin(form);

	(void)state;
	add(&l, "ended", "x", "2020-01-01", "はい");
	add(&l, "last-day-today", "y", "2025-11-24", "");
	add(&l, "ended-once", "z", "2024-01-01", "はい");
	listing_add_broken(&l, "broken", "why");
	add(&l, "begun-again", "z", "2026-01-01", "");
	add(&l, "twice-before", "z", "2023-01-01", "");
	add(&l, "last-day-yesterday", "w", "2025-11-23", "");
	add(&l, "no-day", "z", "", "");
	listing_sort(&l);
	assert_int_equal(l.n, COUNT(expected));
	for (size_t i = 0; i < l.n; i++) {
		assert_string_equal(l.items[i].name, expected[i].name);
		assert_int_equal(l.items[i].standing, expected[i].standing);
		if (expected[i].due)
			assert_string_equal(l.items[i].text[LIST_DUE],
			                    expected[i].due);
	}
	assert_int_equal(listing_count(&l, STANDING_FOLLOWED), 2);
	assert_int_equal(listing_count_unmet(&l), 7);
	listing_release(&l);
	form_free(form);
}

/* Two of one day: nobody can tell which counts, so both do. */
static void test_same_day(void **state)
{
	struct form *form = a_form();
	struct listing l = begin(form);

	(void)state;
	add(&l, "1", "x", "2025-01-01", "");
	add(&l, "2", "x", "2025-01-01", "");
	add(&l, "3", "x", "2024-12-31", "");
	listing_sort(&l);
	assert_int_equal(listing_count(&l, STANDING_OVERDUE), 2);
	assert_int_equal(listing_count(&l, STANDING_FOLLOWED), 1);
	listing_release(&l);
	form_free(form);
}

/* A CSV reader gets back what was in it, guarded and marked; every row has a cell
 * for each column. */
static void test_csv(void **state)
{
	static const char *const rows[][11] = {
		{ "期限の状態", "次の期限", "状態", "A, \"甲\"", "D", "E",
		  "未実施の数", "未実施", "記入漏れや誤りの数", "ファイル",
		  "読めない理由" },
		{ "", "", "読めません", "", "", "", "0", "", "0", "'-1,2.csv",
		  "'=1\n2" },
		{ "期限不明", "", "完成", "'+甲,\"乙\"\n丙", "'@x", "", "1",
		  "「C」", "1", "a〓b", "" },
		{ "期限内", "2027-01-01", "完成", "", "2026-01-01", "", "1",
		  "「C」", "0", "c", "" },
	};
	struct form *form = a_form();
	struct listing l = begin(form);
	struct diag_list diags;
	struct csv_table *t;
	struct buf out;

	(void)state;
	add(&l, "a\tb", "+甲,\"乙\"\n丙", "@x", "");
	add(&l, "c", "", "2026-01-01", "");
	listing_add_broken(&l, "-1,2.csv", "=1\n2");
	listing_sort(&l);
	buf_init(&out);
	list_write_csv(&l, &out);
	diag_list_init(&diags);
	t = csv_read(out.s, out.len, "list", &diags);
	assert_non_null(t);
	assert_int_equal(t->n, COUNT(rows));
	for (size_t i = 0; i < t->n; i++) {
		assert_int_equal(t->rows[i].n, COUNT(rows[i]));
		for (size_t k = 0; k < t->rows[i].n; k++)
			assert_string_equal(csv_text(&t->rows[i], k),
			                    rows[i][k]);
	}
	csv_free(t);
	diag_list_release(&diags);
	buf_release(&out);
	listing_release(&l);
	form_free(form);
}

static void test_empty(void **state)
{
	struct form *form = fixture_form("type|name|label\ntext|a|A\n", NULL);
	struct listing l = begin(form);
	char *sum;

	(void)state;
	listing_sort(&l);
	sum = list_sum(&l);
	assert_string_equal(sum, "0件、うち作成中 0");
	free(sum);
	assert_false(listing_has_problems(&l));
	listing_release(&l);
	form_free(form);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_standings),
		cmocka_unit_test(test_same_day),
		cmocka_unit_test(test_csv),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
