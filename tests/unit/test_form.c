/* SPDX-License-Identifier: MIT
 *
 * What is read of an XLSForm that is in order; what is told of one that is not
 * stands in tests/form/bad.
 */
#include "fixture.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "form/articles.h"
#include "form/form_reader.h"
#include "form/question_type.h"

/* --- the reader ----------------------------------------------------------- */

static void test_the_settings(void **state)
{
	struct form *form = fixture_form_text(
		"\n"
		"settings,,,\n"
		",version,form_id,form_title\n"
		", 20220404 ,npa, 様式 \n"
		"survey,,\n,type,name,label\n,text,q,問\n");

	(void)state;
	assert_string_equal(form->title, "様式");
	assert_string_equal(form->id, "npa");
	assert_string_equal(form->version, "20220404");
	assert_null(form->instance_name);
	form_free(form);
	form = fixture_form_text(
		"survey,,\n,type,name,label\n,text,q,問\n"
		"settings,,\n,form_id,instance_name\n,t,${q}\n");
	assert_string_equal(form->title, "t"); /* for want of one */
	assert_string_equal(form->version, "");
	assert_non_null(form->instance_name);
	form_free(form);
}

static void test_groups_and_what_is_in_them(void **state)
{
	struct form *form = fixture_form("type|name|label|appearance\n"
	                                 "text|a|甲|multiline\n"
	                                 "begin group|g|群|field-list\n"
	                                 "begin_group|h|内|w1 field-list\n"
	                                 "text|b|乙\n"
	                                 "end group\n"
	                                 "text|c|丙\n"
	                                 "end_group\n"
	                                 "text|d|丁\n", NULL);
	static const struct {
		const char *name;
		int parent, end;
	} rows[] = {
		{ "a", -1, 1 }, { "g", -1, 5 }, { "h", 1, 4 }, { "b", 2, 4 },
		{ "c", 1, 5 }, { "d", -1, 6 },
	};

	(void)state;
	assert_int_equal(form->n, COUNT(rows));
	for (int i = 0; i < (int)COUNT(rows); i++) {
		assert_string_equal(form->questions[i].name, rows[i].name);
		assert_int_equal(form->questions[i].parent, rows[i].parent);
		assert_int_equal(form->questions[i].end, rows[i].end);
		assert_int_equal(form_find(form, rows[i].name), i);
	}
	assert_int_equal(form_find(form, "e"), -1);
	assert_int_equal(form_find(form, ""), -1);
	assert_true(form->questions[0].multiline);
	assert_false(form->questions[3].multiline);
	assert_true(form->questions[1].field_list);
	assert_true(form->questions[2].field_list);
	assert_false(form->questions[0].field_list);
	assert_int_equal(form_next_question(form, -1), 0);
	assert_int_equal(form_next_question(form, 0), 3);
	assert_int_equal(form_next_question(form, 5), 6);
	form_free(form);
}

/* Spreadsheets leave blank rows; an author switches rows off. */
static void test_rows_that_do_not_count(void **state)
{
	struct form *form = fixture_form("type|name|label|disabled\n"
	                                 "|||\n"
	                                 "text|a|甲|no\n"
	                                 "text|b|乙|yes\n"
	                                 " | | \n"
	                                 "nonsense|b|乙|true\n"
	                                 "text|b|丙|\n", NULL);

	(void)state;
	assert_int_equal(form->n, 2);
	assert_string_equal(form_label(form, &form->questions[1], 0), "丙");
	assert_int_equal(form->questions[1].line, 8); /* of the file */
	form_free(form);
}

static void test_languages(void **state)
{
	struct form *form = fixture_form_text(
		"survey,,,,,\n"
		",type,name,label::English (en),label,hint::English (en),"
		"hint::Français (fr),required_message,"
		"required_message::English (en)\n"
		",text,a,A,甲,Hint,Conseil,書いてください,Write it\n"
		",text,b,,乙,,,,\n"
		",text,c,C,,,,,\n"
		"settings,,\n,form_id,default_language\n,t,Japanese (ja)\n");
	const struct question *q = form->questions;

	(void)state;
	assert_int_equal(form->n_languages, 3);
	assert_string_equal(form->languages[0].name, "Japanese (ja)");
	assert_string_equal(form->languages[0].code, "ja");
	assert_int_equal(form_language(form, "en"), 1);
	assert_int_equal(form_language(form, "fr"), 2);
	assert_int_equal(form_language(form, "de"), 0);
	assert_string_equal(form_label(form, &q[0], 0), "甲");
	assert_string_equal(form_label(form, &q[0], 1), "A");
	assert_string_equal(form_label(form, &q[0], 2), "甲");
	assert_string_equal(form_label(form, &q[1], 1), "乙");
	assert_string_equal(form_label(form, &q[2], 0), "C");
	assert_string_equal(form_words(form, &q[0].hint, 2), "Conseil");
	assert_string_equal(form_words(form, &q[0].hint, 0), "Hint");
	assert_string_equal(form_words(form, &q[1].hint, 0), "");
	assert_string_equal(form_words(form, &q[0].required_message, 0),
	                    "書いてください");
	assert_string_equal(form_words(form, &q[0].required_message, 1),
	                    "Write it");
	form_free(form);
}

/* label::Japanese (ja) is the default language where the settings say so. */
static void test_the_default_language_by_its_name(void **state)
{
	struct form *form = fixture_form_text(
		"survey,,,,\n"
		",type,name,label::English (en),label::Japanese (ja)\n"
		",text,a,A,甲\n"
		"settings,,\n,form_id,default_language\n,t,Japanese (ja)\n");

	(void)state;
	assert_int_equal(form->n_languages, 2);
	assert_string_equal(form_label(form, &form->questions[0], 0), "甲");
	form_free(form);
}

static void test_with_a_bom_and_crlf(void **state)
{
	struct form *form = fixture_form_text(
		"\xef\xbb\xbfsurvey,,,\r\n,type,name,label\r\n"
		",text,q,\"一\r\n二\"\r\nsettings,\r\n,form_id\r\n,t\r\n");

	(void)state;
	assert_string_equal(form_label(form, &form->questions[0], 0),
	                    "一\n二");
	form_free(form);
}

static void test_choices(void **state)
{
	struct form *form = fixture_form(
		"type|name|label\n"
		"select one city|a|甲\n"
		"select_multiple city|b|乙\n"
		"select_one other|c|丙\n",
		"list_name|name|label|region\n"
		"city|tokyo|東京|kanto\n"
		"city|osaka|大阪|\n"
		"other|x|\n");
	const struct choice_list *list = form->questions[0].choices;

	(void)state;
	assert_int_equal(form->questions[0].type->choices, CHOICES_ONE);
	assert_int_equal(form->questions[1].type->choices, CHOICES_MANY);
	assert_ptr_equal(form->questions[1].choices, list);
	assert_int_equal(list->n, 2);
	assert_ptr_equal(choice_find(list, "osaka"), &list->items[1]);
	assert_null(choice_find(list, "x"));
	assert_string_equal(choice_cell(form, &list->items[0], "region"),
	                    "kanto");
	assert_string_equal(choice_cell(form, &list->items[1], "region"), "");
	assert_string_equal(choice_cell(form, &list->items[0], "name"),
	                    "tokyo");
	assert_string_equal(choice_cell(form, &list->items[0], "nothing"), "");
	form_free(form);
}

/* An item: a group with a number that holds one select_one and at most one
 * text. */
static void test_items(void **state)
{
	struct form *form = fixture_form(
		"type|name|label|number\n"
		"begin_group|full|文|1\nselect_one l|c1|答\ntext|t1|理由\n"
		"note|n1|読む\nend_group\n"
		"begin_group|bare|文|2\nselect_one l|c2|答\nend_group\n"
		"begin_group|unnumbered|文\nselect_one l|c3|答\nend_group\n"
		"begin_group|two_choices|文|4\nselect_one l|c4|答\n"
		"select_one l|d4|答\nend_group\n"
		"begin_group|two_texts|文|5\nselect_one l|c5|答\ntext|t5|理由\n"
		"text|u5|理由\nend_group\n"
		"begin_group|many|文|6\nselect_multiple l|c6|答\nend_group\n"
		"begin_group|dated|文|7\nselect_one l|c7|答\ndate|d7|日\nend_group\n"
		"begin_group|nested|文|8\nselect_one l|c8|答\n"
		"begin_group|in8|内\ntext|t8|理由\nend_group\nend_group\n"
		"text|free|問|9\n",
		"list_name|name|label\nl|x|選\n");
	static const struct {
		const char *row;
		bool is;
	} cases[] = {
		{ "full", true }, { "bare", true }, { "unnumbered", false },
		{ "two_choices", false }, { "two_texts", false },
		{ "many", false }, { "dated", false }, { "free", false },
		{ "c1", false }, { "nested", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (form_is_item(form, row_of(form, cases[i].row)) !=
		    cases[i].is)
			fail_msg("%s", cases[i].row);
	assert_int_equal(form_item_of(form, row_of(form, "c1")),
	                 row_of(form, "full"));
	assert_int_equal(form_item_of(form, row_of(form, "t1")),
	                 row_of(form, "full"));
	assert_int_equal(form_item_of(form, row_of(form, "n1")), -1);
	assert_int_equal(form_item_of(form, row_of(form, "c2")),
	                 row_of(form, "bare"));
	assert_int_equal(form_item_of(form, row_of(form, "c3")), -1);
	assert_int_equal(form_item_of(form, row_of(form, "free")), -1);
	form_free(form);
}

static void test_list_roles(void **state)
{
	struct form *form = fixture_form("type|name|label|list|due\n"
	                                 "text|a|甲|who|\n"
	                                 "date|b|乙|when|date(.)\n"
	                                 "text|c|丙||\n", NULL);

	(void)state;
	assert_int_equal(form->questions[0].role, LIST_WHO);
	assert_int_equal(form->questions[1].role, LIST_WHEN);
	assert_int_equal(form->questions[2].role, LIST_NONE);
	assert_int_equal(form->listed[LIST_WHO], 0);
	assert_int_equal(form->listed[LIST_WHEN], 1);
	assert_int_equal(form->listed[LIST_DUE], -1);
	assert_non_null(form->questions[1].due);
	form_free(form);
}

static void test_choices_that_count_as_unmet(void **state)
{
	struct form *form = fixture_form("type|name|label\nselect_one l|a|甲\n",
	                                 "list_name|name|label|list\n"
	                                 "l|x|エ|\nl|y|ワ|unmet\n");
	const struct choice_list *l = form->questions[0].choices;

	(void)state;
	assert_false(choice_is_unmet(form, choice_find(l, "x")));
	assert_true(choice_is_unmet(form, choice_find(l, "y")));
	form_free(form);
	form = fixture_form("type|name|label\nselect_one l|a|甲\n",
	                    "list_name|name|label\nl|y|ワ\n");
	assert_false(choice_is_unmet(form, choice_find(form->questions[0].choices,
	                                               "y")));
	form_free(form);
}

/* --- bounds --------------------------------------------------------------- */

/* The one error that reading CSV gives, without its place; a new string. */
static char *error_of(const char *csv, long *line)
{
	struct diag_list diags;
	struct form *form;
	char *text;

	diag_list_init(&diags);
	form = form_read(csv, strlen(csv), "t.csv", &diags);
	assert_null(form);
	assert_int_equal(diags.errors, 1);
	text = strdup(diags.items[diags.n - 1].text);
	*line = diags.items[diags.n - 1].line;
	diag_list_release(&diags);
	return text;
}

static void test_too_many_questions(void **state)
{
	struct buf csv;
	char *text;
	long line;

	(void)state;
	buf_init(&csv);
	buf_add(&csv, "settings,\n,form_id\n,t\nsurvey,,,\n,type,name,label\n");
	for (int i = 0; i <= FORM_MAX_ROWS; i++)
		buf_addf(&csv, ",note,n%d,x\n", i);
	text = error_of(csv.s, &line);
	assert_non_null(strstr(text, "20000"));
	assert_int_equal(line, 6 + FORM_MAX_ROWS);
	free(text);
	buf_release(&csv);
}

/* A chain of N calculations, each standing on the next one below. */
static void add_chain(struct buf *csv, int n)
{
	buf_add(csv, "settings,\n,form_id\n,t\nsurvey,,,\n"
	             ",type,name,label,calculation\n");
	for (int i = 0; i < n - 1; i++)
		buf_addf(csv, ",calculate,c%d,,${c%d} + 1\n", i, i + 1);
	buf_addf(csv, ",calculate,c%d,,1\n", n - 1);
}

static void test_a_chain_that_is_too_long(void **state)
{
	struct buf csv;
	char *text;
	long line;

	(void)state;
	buf_init(&csv);
	add_chain(&csv, 1000);
	form_free(fixture_form_text(csv.s));
	buf_clear(&csv);
	add_chain(&csv, 1001);
	text = error_of(csv.s, &line);
	assert_non_null(strstr(text, "「c1000」"));
	assert_int_equal(line, 1006);
	free(text);
	buf_release(&csv);
}

/* However a long form was damaged, it is read or refused, and no more. */
static void test_damaged_forms(void **state)
{
	static const char bytes[] = ",\"\n$'(\xe3\x00{";
	size_t length;
	char *whole = fixture_file("tests/form/second.csv", &length);
	unsigned seed = 1;

	(void)state;
	for (int i = 0; i < 500; i++) {
		char *copy = malloc(length);
		struct diag_list diags;
		size_t n = length;

		memcpy(copy, whole, length);
		for (int k = 0; k < 1 + i % 3; k++) {
			seed = seed * 1664525u + 1013904223u;
			copy[(seed >> 8) % length] = bytes[(seed >> 4) % 8];
		}
		if (i % 4 == 0)
			n = (seed >> 8) % length;
		diag_list_init(&diags);
		form_free(form_read(copy, n, "t.csv", &diags));
		diag_list_release(&diags);
		free(copy);
	}
	free(whole);
}

/* --- types ---------------------------------------------------------------- */

/* Reading an answer as the type has it; NULL as canonical: refused, with a word
 * of why. */
static void test_reading_answers(void **state)
{
	static const struct {
		const char *name, *text, *canonical, *why;
	} cases[] = {
		{ "t", " そのまま ", " そのまま ", NULL },
		{ "i", "12", "12", NULL },
		{ "i", " １２ ", "12", NULL },
		{ "i", "-0012", "-12", NULL },
		{ "i", "+5", "5", NULL },
		{ "i", "−5", "-5", NULL },
		{ "i", "1,234,567", "1234567", NULL },
		{ "i", "1、2", NULL, "整数" },
		{ "i", "1.0", NULL, "整数" },
		{ "i", "1e3", NULL, "整数" },
		{ "i", "-", NULL, "整数" },
		{ "i", "0x10", NULL, "整数" },
		{ "i", "999999999999999", "999999999999999", NULL },
		{ "i", "9999999999999999", NULL, "整数" },
		{ "d", "12.50", "12.50", NULL },
		{ "d", "１．５", "1.5", NULL },
		{ "d", "-.5", "-.5", NULL },
		{ "d", "1.2.3", NULL, "数では" },
		{ "d", ".", NULL, "数では" },
		{ "d", "inf", NULL, "数では" },
		{ "d", "nan", NULL, "数では" },
		{ "d", "1e3", NULL, "数では" },
		{ "y", "2025/4/1", "2025-04-01", NULL },
		{ "y", "令和元年5月1日", "2019-05-01", NULL },
		{ "y", "2025-02-30", NULL, "2月" },
		{ "y", "2025年", NULL, "日まで" },
		{ "o", "yes", "yes", NULL },
		{ "o", "はい", "yes", NULL },
		{ "o", "Yes", "yes", NULL }, /* a label in English */
		{ "o", "　はい　", "yes", NULL },
		{ "o", "は", NULL, "「は」という選択肢はありません" },
		{ "o", "no yes", NULL, "はい、いいえ" },
		{ "m", "はい\nいいえ", "yes no", NULL },
		{ "m", "no yes", "yes no", NULL },
		{ "m", "no no", "no", NULL },
		{ "m", "はい\n\n", "yes", NULL },
		{ "m", "はい\nたぶん", NULL, "「たぶん」" },
		{ "m", "no maybe", NULL, "という選択肢はありません" },
	};
	struct form *form = fixture_form(
		"type|name|label\n"
		"text|t|文\ninteger|i|整数\ndecimal|d|数\ndate|y|日\n"
		"select_one yn|o|一つ\nselect_multiple yn|m|複数\n",
		"list_name|name|label|label::English (en)\n"
		"yn|yes|はい|Yes\nyn|no|いいえ|No\n");

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct question *q =
			&form->questions[row_of(form, cases[i].name)];
		char *why = NULL;
		char *is = q->type->read(form, q, cases[i].text, 0, &why);

		if (cases[i].canonical) {
			if (!is || strcmp(is, cases[i].canonical) != 0)
				fail_msg("%s: %s", cases[i].text, is ? is : why);
		} else if (is || !strstr(why, cases[i].why)) {
			fail_msg("%s: %s", cases[i].text, is ? is : why);
		}
		free(is);
		free(why);
	}
	form_free(form);
}

static void test_answers_in_words(void **state)
{
	static const struct {
		const char *name, *answer, *cell, *words, *english;
	} cases[] = {
		{ "t", "文\n二行", "文\n二行", "文\n二行", "文\n二行" },
		{ "i", "-12", "-12", "-12", "-12" },
		{ "y", "2025-04-01", "2025-04-01", "令和7年4月1日",
		  "令和7年4月1日" },
		{ "o", "yes", "はい", "はい", "Yes" },
		{ "m", "no yes", "いいえ\nはい", "いいえ、はい", "No, Yes" },
		{ "m", "", "", "", "" },
		{ "m", "no", "いいえ", "いいえ", "No" },
	};
	struct form *form = fixture_form(
		"type|name|label\n"
		"text|t|文\ninteger|i|整数\ndate|y|日\n"
		"select_one yn|o|一つ\nselect_multiple yn|m|複数\n",
		"list_name|name|label|label::English (en)\n"
		"yn|yes|はい|Yes\nyn|no|いいえ|No\n");

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct question *q =
			&form->questions[row_of(form, cases[i].name)];
		char *cell = q->type->cell(form, q, cases[i].answer);
		char *words = q->type->words(form, q, cases[i].answer, 0, "、");
		char *english = q->type->words(form, q, cases[i].answer, 1, ", ");

		assert_string_equal(cell, cases[i].cell);
		assert_string_equal(words, cases[i].words);
		assert_string_equal(english, cases[i].english);
		free(cell);
		free(words);
		free(english);
	}
	form_free(form);
}

static void test_names_of_several_choices(void **state)
{
	(void)state;
	assert_true(answer_has_choice("a b", "b"));
	assert_true(answer_has_choice("ab", "ab"));
	assert_false(answer_has_choice("ab", "a"));
	assert_false(answer_has_choice("ab", "b"));
	assert_false(answer_has_choice("", "a"));
	assert_false(answer_has_choice("a", ""));
}

/* --- the rules beside the form -------------------------------------------- */

static void test_articles(void **state)
{
	static const char csv[] =
		"\xef\xbb\xbf" "clause,text\r\n"
		",題名\r\n3,(情報の確保)\r\n3.3,\"一\n二\"\r\n\r\n10.4, 十 \r\n";
	struct diag_list diags;
	struct articles *both[2];

	(void)state;
	diag_list_init(&diags);
	both[0] = articles_read(csv, strlen(csv), "a.csv", &diags);
	both[1] = articles_unread(csv, strlen(csv));
	assert_non_null(both[0]);
	assert_int_equal(diags.n, 0);
	for (size_t i = 0; i < COUNT(both); i++) {
		struct articles *a = both[i];

		assert_int_equal(articles_find(a, "3.3"), 2);
		assert_int_equal(articles_find(a, "第3条第3項"), 2);
		assert_int_equal(articles_find(a, "第3条"), 1);
		assert_int_equal(articles_find(a, "3.4"), -1);
		assert_string_equal(articles_at(a, 0)->text, "題名");
		assert_string_equal(articles_at(a, 2)->text, "一\n二");
		assert_string_equal(articles_at(a, 3)->text, "十");
		assert_null(articles_at(a, 4));
		articles_free(a);
	}
	diag_list_release(&diags);
}

static void test_what_are_no_articles(void **state)
{
	static const struct {
		const char *csv, *expected;
	} cases[] = {
		{ "", "a.csv:1:1: 条文の見出し行（clause,text）がありません" },
		{ "text,clause\n", "a.csv:1:1: 条文の見出し行（clause,text）がありません" },
		{ "clause,text\n3,\"x\n", "a.csv:2:3: 引用符「\"」が閉じられていません。コピーが途中で切れたのなら元のファイルからコピーし直し、そうでなければセルの終わりにも「\"」を付けてください" },
		{ "\x82\xa0", "a.csv: UTF-8 ではありません。「CSV UTF-8」で保存してください" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct diag_list diags;
		char *text;

		diag_list_init(&diags);
		assert_null(articles_read(cases[i].csv, strlen(cases[i].csv),
		                          "a.csv", &diags));
		assert_int_equal(diags.errors, 1);
		text = diag_format(&diags.items[0]);
		assert_string_equal(text, cases[i].expected);
		free(text);
		diag_list_release(&diags);
	}
}

static void test_a_clause_in_words(void **state)
{
	static const char *const cases[][2] = {
		{ "3", "第3条" }, { "3.3", "第3条第3項" }, { "10.4", "第10条第4項" },
		{ "", "" }, { "3.", "3." }, { "3.3.1", "3.3.1" },
		{ "附則", "附則" }, { "a3", "a3" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *words = clause_words(cases[i][0]);

		assert_string_equal(words, cases[i][1]);
		free(words);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_settings),
		cmocka_unit_test(test_groups_and_what_is_in_them),
		cmocka_unit_test(test_rows_that_do_not_count),
		cmocka_unit_test(test_languages),
		cmocka_unit_test(test_the_default_language_by_its_name),
		cmocka_unit_test(test_with_a_bom_and_crlf),
		cmocka_unit_test(test_choices),
		cmocka_unit_test(test_items),
		cmocka_unit_test(test_list_roles),
		cmocka_unit_test(test_choices_that_count_as_unmet),
		cmocka_unit_test(test_too_many_questions),
		cmocka_unit_test(test_a_chain_that_is_too_long),
		cmocka_unit_test(test_damaged_forms),
		cmocka_unit_test(test_reading_answers),
		cmocka_unit_test(test_answers_in_words),
		cmocka_unit_test(test_names_of_several_choices),
		cmocka_unit_test(test_articles),
		cmocka_unit_test(test_what_are_no_articles),
		cmocka_unit_test(test_a_clause_in_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
