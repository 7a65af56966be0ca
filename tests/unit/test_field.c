/* SPDX-License-Identifier: MIT
 *
 * Where one question is answered (tui/field.h): what keys and clicks do to it.
 */
#include "fixture.h"

#include <stdlib.h>
#include <string.h>

#include "tui/field.h"

/* What the tests answer: side by side, one below the other, several, a line, a
 * text. */
static const char survey[] =
	"type|name|label|appearance\n"
	"select_one yn|gate|門\n"
	"select_one ten|place|場所\n"
	"select_multiple fruit|fruits|果物\n"
	"text|who|名前\n"
	"text|why|理由|multiline\n"
	"date|day|日\n";

static const char choices[] =
	"list_name|name|label\n"
	"yn|yes|はい\nyn|no|いいえ\n"
	"ten|a|一番目の場所\nten|b|二番目の場所\nten|c|三番目の場所\n"
	"ten|d|四番目の場所\nten|e|五番目の場所\nten|f|六番目の場所\n"
	"ten|g|七番目の場所\nten|h|八番目の場所\nten|i|九番目の場所\n"
	"ten|j|十番目の場所\n"
	"fruit|apple|りんご\nfruit|pear|なし\nfruit|plum|すもも\n";

struct bench {
	struct record *r;
	struct field f;
};

/* A field of NAME, which is answered with TEXT, at row 5, column 10; 50 columns
 * wide, and a box of five rows. */
static struct bench bench(const char *name, const char *text)
{
	struct bench b = {
		.r = record_new(fixture_form(survey, choices), fixture_now),
	};

	answer(b.r, name, text);
	field_init(&b.f, b.r, row_of(b.r->form, name));
	field_place(&b.f, b.r, 5, 10, 50, 5);
	return b;
}

static void clear(struct bench *b)
{
	struct form *form = (struct form *)b->r->form;

	field_release(&b->f);
	record_free(b->r);
	form_free(form);
}

static enum field_result press(struct bench *b, key_code key)
{
	return field_key(&b->f, b->r, key);
}

static void assert_is(const struct bench *b, const char *answer)
{
	assert_string_equal(field_answer(&b->f), answer);
}

/* --- beginning ------------------------------------------------------------ */

static void test_begins_with_the_answer(void **state)
{
	static const struct {
		const char *name, *text;
		enum field_kind kind;
		const char *answer;
		size_t option;
	} cases[] = {
		{ "gate", "", FIELD_CHOICE, "", 0 },
		{ "gate", "no", FIELD_CHOICE, "no", 2 },
		{ "gate", "はい", FIELD_CHOICE, "yes", 1 }, /* by its label */
		{ "gate", "maybe", FIELD_CHOICE, "", 0 },   /* no choice */
		{ "fruits", "plum pear", FIELD_CHOICE, "pear plum", 2 },
		{ "who", "山田", FIELD_LINE, "山田", 0 },
		{ "why", "一\n二", FIELD_TEXT, "一\n二", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bench b = bench(cases[i].name, cases[i].text);

		assert_int_equal(b.f.kind, cases[i].kind);
		assert_is(&b, cases[i].answer);
		assert_int_equal(b.f.option, cases[i].option);
		clear(&b);
	}
}

static void test_takes_its_place(void **state)
{
	struct bench b = bench("gate", "");
	int gate = b.f.q;

	(void)state;
	/* "( ) 1 はい   ( ) 2 いいえ" */
	assert_int_equal(choices_columns(b.r, gate), 25);
	field_place(&b.f, b.r, 3, 1, 25, 1);
	assert_true(b.f.in_a_row);
	assert_int_equal(b.f.height, 1);
	field_place(&b.f, b.r, 3, 1, 24, 1);
	assert_false(b.f.in_a_row);
	assert_int_equal(b.f.height, 2);
	clear(&b);
	b = bench("place", "");
	/* ten of "( ) 1 一番目の場所", the last a column wider, nine gaps */
	assert_int_equal(choices_columns(b.r, b.f.q), 10 * 18 + 1 + 9 * 3);
	assert_int_equal(b.f.height, 10);
	clear(&b);
	b = bench("who", "");
	assert_int_equal(b.f.height, 1);
	clear(&b);
	b = bench("why", "");
	assert_int_equal(b.f.height, 5);
	assert_int_equal(b.f.editor.columns, 46); /* within its border */
	clear(&b);
}

/* --- choosing one --------------------------------------------------------- */

static void test_side_by_side(void **state)
{
	struct bench b = bench("gate", "");

	(void)state;
	assert_int_equal(press(&b, KEYS_LEFT), FIELD_IGNORED);
	assert_int_equal(press(&b, KEYS_RIGHT), FIELD_MOVED);
	assert_int_equal(b.f.option, 1);
	assert_is(&b, ""); /* pointed at is not chosen */
	assert_int_equal(press(&b, KEYS_RIGHT), FIELD_MOVED);
	assert_int_equal(b.f.option, 2);
	assert_int_equal(press(&b, KEYS_RIGHT), FIELD_IGNORED);
	assert_int_equal(b.f.option, 2);
	assert_int_equal(press(&b, KEYS_LEFT), FIELD_MOVED);
	assert_int_equal(b.f.option, 1);
	assert_int_equal(press(&b, KEYS_UP), FIELD_PREVIOUS);
	assert_int_equal(press(&b, KEYS_DOWN), FIELD_NEXT);
	assert_is(&b, "");
	clear(&b);
}

static void test_one_below_the_other(void **state)
{
	struct bench b = bench("place", "");

	(void)state;
	assert_int_equal(press(&b, KEYS_UP), FIELD_PREVIOUS);
	for (size_t n = 1; n <= 10; n++) {
		assert_int_equal(press(&b, KEYS_DOWN), FIELD_MOVED);
		assert_int_equal(b.f.option, n);
	}
	assert_int_equal(press(&b, KEYS_DOWN), FIELD_NEXT);
	assert_int_equal(b.f.option, 10);
	assert_int_equal(press(&b, KEYS_LEFT), FIELD_IGNORED);
	assert_int_equal(press(&b, KEYS_UP), FIELD_MOVED);
	assert_int_equal(b.f.option, 9);
	assert_int_equal(press(&b, ' '), FIELD_ANSWERED);
	assert_is(&b, "i"); /* the ninth's name */
	clear(&b);
}

static void test_chooses_what_is_pointed_at(void **state)
{
	static const key_code spaces[] = { ' ', 0x3000 };

	(void)state;
	for (size_t i = 0; i < COUNT(spaces); i++) {
		struct bench b = bench("gate", "yes");

		press(&b, KEYS_RIGHT);
		assert_int_equal(press(&b, spaces[i]), FIELD_ANSWERED);
		assert_is(&b, "no");
		clear(&b);
	}
}

static void test_enter_chooses_and_goes_on(void **state)
{
	struct bench b = bench("gate", "");

	(void)state;
	assert_int_equal(press(&b, KEYS_ENTER), FIELD_NEXT);
	assert_is(&b, ""); /* nothing was pointed at */
	press(&b, KEYS_RIGHT);
	assert_int_equal(press(&b, KEYS_ENTER), FIELD_NEXT);
	assert_is(&b, "yes");
	clear(&b);
}

static void test_digits(void **state)
{
	struct bench b = bench("gate", "");

	(void)state;
	assert_int_equal(press(&b, '2'), FIELD_ANSWERED);
	assert_is(&b, "no");
	assert_int_equal(b.f.option, 2);
	assert_int_equal(press(&b, 0xff11), FIELD_ANSWERED); /* １ */
	assert_is(&b, "yes");
	field_rest(&b.f);
	assert_int_equal(press(&b, '3'), FIELD_REFUSED);
	assert_is(&b, "yes");
	field_rest(&b.f);
	assert_int_equal(press(&b, '0'), FIELD_REFUSED);
	assert_is(&b, "yes");
	clear(&b);
}

static void test_first_letters(void **state)
{
	static const struct {
		key_code key;
		const char *answer;
	} cases[] = {
		{ 'y', "yes" }, { 'n', "no" }, /* of the name */
		{ 0x306F, "yes" }, { 0x3044, "no" }, /* は, い: of the label */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bench b = bench("gate", "");

		assert_int_equal(press(&b, cases[i].key), FIELD_ANSWERED);
		assert_is(&b, cases[i].answer);
		clear(&b);
	}
}

/* Who takes the choices for a place to write in must not answer by it. */
static void test_a_sentence_is_no_choice(void **state)
{
	struct bench b = bench("gate", "no");

	(void)state;
	assert_int_equal(press(&b, 0x306F), FIELD_ANSWERED);
	assert_is(&b, "yes");
	assert_int_equal(press(&b, 0x3044), FIELD_ANSWERED); /* はい */
	assert_int_equal(press(&b, 0x305F), FIELD_REFUSED);  /* はいた */
	assert_is(&b, "no");
	assert_int_equal(press(&b, 'y'), FIELD_REFUSED);
	assert_int_equal(press(&b, '1'), FIELD_REFUSED);
	assert_is(&b, "no");
	for (int i = 0; i < 50; i++) /* however long */
		assert_int_equal(press(&b, 0x6F22), FIELD_REFUSED);
	assert_is(&b, "no");
	field_rest(&b.f);
	assert_int_equal(press(&b, 'y'), FIELD_ANSWERED);
	assert_is(&b, "yes");
	clear(&b);
}

/* A choice that was made otherwise is not part of a word. */
static void test_words_end_with_other_keys(void **state)
{
	struct bench b = bench("gate", "");

	(void)state;
	assert_int_equal(press(&b, 'z'), FIELD_REFUSED);
	assert_int_equal(press(&b, KEYS_RIGHT), FIELD_MOVED);
	assert_int_equal(press(&b, 'n'), FIELD_ANSWERED);
	field_rest(&b.f);
	assert_int_equal(press(&b, 'z'), FIELD_REFUSED);
	assert_int_equal(field_click(&b.f, b.r, 5, 11), FIELD_ANSWERED);
	press(&b, 'x');
	assert_is(&b, "yes");
	clear(&b);
}

static void test_takes_an_answer_back(void **state)
{
	struct bench b = bench("gate", "yes");

	(void)state;
	assert_int_equal(press(&b, KEYS_DELETE), FIELD_ANSWERED);
	assert_is(&b, "");
	clear(&b);
}

static void test_keys_of_others(void **state)
{
	static const key_code keys[] = {
		KEYS_NONE, KEYS_TAB, KEYS_ESC, KEYS_PAGE_DOWN, KEY_F_(1),
		KEY_CTRL('G'), KEY_WITH_ALT('x'),
	};
	static const char *const names[] = { "gate", "who", "why" };

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct bench b = bench(names[i], "");

		for (size_t k = 0; k < COUNT(keys); k++)
			assert_int_equal(press(&b, keys[k]), FIELD_IGNORED);
		assert_is(&b, "");
		clear(&b);
	}
}

/* --- choosing several ----------------------------------------------------- */

static void test_turns_one_of_several(void **state)
{
	struct bench b = bench("fruits", "");

	(void)state;
	assert_int_equal(press(&b, '3'), FIELD_ANSWERED);
	assert_is(&b, "plum");
	assert_int_equal(press(&b, '1'), FIELD_ANSWERED);
	assert_is(&b, "apple plum"); /* in the form's order */
	assert_int_equal(press(&b, '3'), FIELD_ANSWERED);
	assert_is(&b, "apple");
	assert_int_equal(press(&b, KEYS_LEFT), FIELD_MOVED);
	assert_int_equal(press(&b, ' '), FIELD_ANSWERED);
	assert_is(&b, "apple pear");
	assert_int_equal(press(&b, KEYS_ENTER), FIELD_NEXT); /* turns nothing */
	assert_is(&b, "apple pear");
	assert_int_equal(press(&b, KEYS_DELETE), FIELD_ANSWERED);
	assert_is(&b, "");
	clear(&b);
}

/* A word chooses once, not once a letter. */
static void test_words_among_several(void **state)
{
	struct bench b = bench("fruits", "pear");

	(void)state;
	assert_int_equal(press(&b, 0x308A), FIELD_ANSWERED); /* り */
	assert_is(&b, "apple pear");
	assert_int_equal(press(&b, 0x3093), FIELD_ANSWERED); /* りん */
	assert_is(&b, "apple pear");
	assert_int_equal(press(&b, 0x3054), FIELD_ANSWERED); /* りんご */
	assert_is(&b, "apple pear");
	field_rest(&b.f);
	press(&b, 'p'); /* is pear, then plum */
	assert_is(&b, "apple");
	press(&b, 'l');
	assert_is(&b, "apple pear plum");
	press(&b, 'x');
	assert_is(&b, "apple pear");
	clear(&b);
}

/* --- a line --------------------------------------------------------------- */

static void test_line(void **state)
{
	struct bench b = bench("who", "山");

	(void)state;
	assert_int_equal(press(&b, 0x7530), FIELD_TYPED);
	assert_is(&b, "山田");
	assert_int_equal(press(&b, ' '), FIELD_TYPED);
	assert_int_equal(press(&b, 'q'), FIELD_TYPED);
	assert_is(&b, "山田 q");
	assert_int_equal(press(&b, KEY_CTRL('W')), FIELD_TYPED);
	assert_is(&b, "山田 ");
	assert_int_equal(press(&b, KEYS_HOME), FIELD_MOVED);
	assert_int_equal(press(&b, KEYS_DELETE), FIELD_TYPED);
	assert_is(&b, "田 ");
	assert_int_equal(press(&b, KEYS_BACKSPACE), FIELD_MOVED); /* nothing there */
	assert_int_equal(press(&b, KEYS_UP), FIELD_PREVIOUS);
	assert_int_equal(press(&b, KEYS_DOWN), FIELD_NEXT);
	assert_int_equal(press(&b, KEYS_ENTER), FIELD_NEXT);
	assert_is(&b, "田 ");
	assert_int_equal(field_paste(&b.f, "一\n二"), FIELD_TYPED);
	assert_is(&b, "一 二田 ");
	clear(&b);
}

/* A date is typed as people write it, and once left stands in one way. */
static void test_shown_as_recorded(void **state)
{
	struct bench b = bench("day", "");

	(void)state;
	field_paste(&b.f, "令和7年4月1日");
	record_set(b.r, b.f.q, field_answer(&b.f));
	assert_is(&b, "令和7年4月1日");
	field_refresh(&b.f, b.r);
	assert_is(&b, "2025-04-01");
	assert_int_equal(b.f.editor.cursor, strlen("2025-04-01"));
	press(&b, 'x');
	record_set(b.r, b.f.q, field_answer(&b.f));
	field_refresh(&b.f, b.r);
	assert_is(&b, "2025-04-01x"); /* what is wrong stays as it was typed */
	clear(&b);
	b = bench("gate", "yes");
	press(&b, '2'); /* not in the record yet */
	field_refresh(&b.f, b.r);
	assert_is(&b, "no");
	clear(&b);
	b = bench("why", "一");
	press(&b, KEYS_ENTER); /* the line that is being begun */
	field_refresh(&b.f, b.r);
	assert_is(&b, "一\n");
	clear(&b);
}

/* --- a text --------------------------------------------------------------- */

static void test_text(void **state)
{
	struct bench b = bench("why", "一");

	(void)state;
	assert_int_equal(press(&b, KEYS_ENTER), FIELD_TYPED);
	assert_int_equal(press(&b, 0x4E8C), FIELD_TYPED);
	assert_is(&b, "一\n二");
	assert_int_equal(press(&b, KEYS_UP), FIELD_MOVED);
	assert_int_equal(press(&b, KEYS_UP), FIELD_PREVIOUS);
	assert_int_equal(press(&b, KEYS_DOWN), FIELD_MOVED);
	assert_int_equal(press(&b, KEYS_DOWN), FIELD_NEXT);
	assert_int_equal(field_paste(&b.f, "\r\n三"), FIELD_TYPED);
	assert_is(&b, "一\n二\n三");
	clear(&b);
}

static void test_paste_is_no_choice(void **state)
{
	struct bench b = bench("gate", "no");

	(void)state;
	assert_int_equal(field_paste(&b.f, "yes"), FIELD_REFUSED);
	assert_is(&b, "no");
	clear(&b);
}

/* A new place leaves the text and the cursor alone. */
static void test_moves_with_what_was_typed(void **state)
{
	struct bench b = bench("why", "");

	(void)state;
	field_paste(&b.f, "一二三四五六七八九十\n終");
	press(&b, KEYS_UP);
	press(&b, KEYS_RIGHT);
	field_place(&b.f, b.r, 0, 1, 15, 4);
	assert_is(&b, "一二三四五六七八九十\n終");
	assert_int_equal(b.f.editor.cursor, strlen("一二"));
	assert_int_equal(b.f.editor.n_lines, 3); /* of 11 columns, five a line */
	press(&b, 'x');
	assert_is(&b, "一二x三四五六七八九十\n終");
	clear(&b);
}

/* --- the mouse ------------------------------------------------------------ */

static void test_clicks_side_by_side(void **state)
{
	/* "( ) 1 はい   ( ) 2 いいえ", from column 10 on */
	static const struct {
		int column;
		enum field_result result;
		const char *answer;
	} cases[] = {
		{ 9, FIELD_IGNORED, "" }, { 10, FIELD_ANSWERED, "yes" },
		{ 19, FIELD_ANSWERED, "yes" }, { 20, FIELD_IGNORED, "" },
		{ 22, FIELD_IGNORED, "" }, { 23, FIELD_ANSWERED, "no" },
		{ 34, FIELD_ANSWERED, "no" }, { 35, FIELD_IGNORED, "" },
		{ 0, FIELD_IGNORED, "" }, { 200, FIELD_IGNORED, "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bench b = bench("gate", "");

		assert_int_equal(field_click(&b.f, b.r, 5, cases[i].column),
		                 cases[i].result);
		assert_is(&b, cases[i].answer);
		clear(&b);
	}
}

static void test_clicks_one_below_the_other(void **state)
{
	struct bench b = bench("place", "");

	(void)state;
	assert_int_equal(field_click(&b.f, b.r, 5, 12), FIELD_ANSWERED);
	assert_is(&b, "a");
	assert_int_equal(field_click(&b.f, b.r, 14, 12), FIELD_ANSWERED);
	assert_is(&b, "j");
	assert_int_equal(b.f.option, 10);
	assert_int_equal(field_click(&b.f, b.r, 15, 12), FIELD_IGNORED);
	assert_int_equal(field_click(&b.f, b.r, 4, 12), FIELD_IGNORED);
	/* beside the choices: "( ) 1 一番目の場所" is 18 columns wide */
	assert_int_equal(field_click(&b.f, b.r, 6, 9), FIELD_IGNORED);
	assert_int_equal(field_click(&b.f, b.r, 6, 28), FIELD_IGNORED);
	assert_is(&b, "j");
	clear(&b);
}

static void test_clicks_into_a_line(void **state)
{
	struct bench b = bench("who", "山田太郎");

	(void)state;
	assert_int_equal(field_click(&b.f, b.r, 5, 12), FIELD_MOVED);
	assert_int_equal(b.f.editor.cursor, strlen("山"));
	field_click(&b.f, b.r, 5, 13); /* the right half of 田 */
	assert_int_equal(b.f.editor.cursor, strlen("山"));
	field_click(&b.f, b.r, 5, 59);
	assert_int_equal(b.f.editor.cursor, strlen("山田太郎"));
	b.f.top = strlen("山田"); /* scrolled by that */
	field_click(&b.f, b.r, 5, 10);
	assert_int_equal(b.f.editor.cursor, strlen("山田"));
	field_click(&b.f, b.r, 5, 3); /* before it, on its label: its beginning */
	assert_int_equal(b.f.editor.cursor, strlen("山田"));
	clear(&b);
}

static void test_clicks_into_a_text(void **state)
{
	/* lines at rows 6 to 8, from column 12 on; borders at rows 5 and 9 */
	struct bench b = bench("why", "一二\n三四\n五六\n七八\n九十");

	(void)state;
	field_click(&b.f, b.r, 6, 14);
	assert_int_equal(b.f.editor.cursor, strlen("一"));
	field_click(&b.f, b.r, 8, 12);
	assert_int_equal(b.f.editor.cursor, strlen("一二\n三四\n"));
	field_click(&b.f, b.r, 7, 50);
	assert_int_equal(b.f.editor.cursor, strlen("一二\n三四"));
	field_click(&b.f, b.r, 5, 14); /* borders are no lines */
	field_click(&b.f, b.r, 9, 14);
	field_click(&b.f, b.r, 8, 10);
	assert_int_equal(b.f.editor.cursor, strlen("一二\n三四"));
	b.f.top = 2;
	field_click(&b.f, b.r, 8, 16);
	assert_int_equal(b.f.editor.cursor, strlen("一二\n三四\n五六\n七八\n九十"));
	clear(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_begins_with_the_answer),
		cmocka_unit_test(test_takes_its_place),
		cmocka_unit_test(test_side_by_side),
		cmocka_unit_test(test_one_below_the_other),
		cmocka_unit_test(test_chooses_what_is_pointed_at),
		cmocka_unit_test(test_enter_chooses_and_goes_on),
		cmocka_unit_test(test_digits),
		cmocka_unit_test(test_first_letters),
		cmocka_unit_test(test_a_sentence_is_no_choice),
		cmocka_unit_test(test_words_end_with_other_keys),
		cmocka_unit_test(test_takes_an_answer_back),
		cmocka_unit_test(test_keys_of_others),
		cmocka_unit_test(test_turns_one_of_several),
		cmocka_unit_test(test_words_among_several),
		cmocka_unit_test(test_line),
		cmocka_unit_test(test_shown_as_recorded),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_paste_is_no_choice),
		cmocka_unit_test(test_moves_with_what_was_typed),
		cmocka_unit_test(test_clicks_side_by_side),
		cmocka_unit_test(test_clicks_one_below_the_other),
		cmocka_unit_test(test_clicks_into_a_line),
		cmocka_unit_test(test_clicks_into_a_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
