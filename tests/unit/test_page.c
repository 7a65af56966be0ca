/* SPDX-License-Identifier: MIT
 *
 * How a page lays out its questions (tui/page.h).
 */
#include "fixture.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "record/flow.h"
#include "record/reason.h"
#include "tui/page.h"

/* A body of so many rows is what title, message and bar leave of a screen. */
static const struct size {
	int rows, columns;
} sizes[] = { { 18, 80 }, { 6, 40 }, { 54, 200 }, { 54, 120 } };

#define COMFORT (&sizes[0])
#define LEAST (&sizes[1])

/* --- nothing overlaps ----------------------------------------------------- */

/* What stands where: a letter for each cell that is taken. */
struct picture {
	char cells[200][201];
	int rows, columns;
	const char *page;
};

static void take(struct picture *p, int row, int column, int width, char by)
{
	if (row < 0 || row >= p->rows || column < 0 ||
	    column + width > p->columns)
		fail_msg("%s in %d: %c at row %d, column %d, %d wide, is outside",
		         p->page, p->columns, by, row, column, width);
	for (int i = column; i < column + width; i++) {
		if (p->cells[row][i])
			fail_msg("%s in %d: %c and %c are both at row %d, column %d",
			         p->page, p->columns, by, p->cells[row][i], row,
			         i);
		p->cells[row][i] = by;
	}
}

/* Columns of row I of F, from 0. */
static int width_of_row(const struct record *r, const struct field *f, int i)
{
	const struct choice *ch;
	const char *label;

	if (f->kind != FIELD_CHOICE)
		return f->width;
	if (f->in_a_row)
		return choices_columns(r, f->q);
	ch = record_offered(r, f->q, (size_t)i + 1);
	assert_non_null(ch);
	label = form_words(r->form, &ch->label,
	                   reader_language(r->form, READER_AT_SCREEN));
	return (int)strlen("( ) 1 ") + (i >= 9) +
	       (int)text_columns(label, strlen(label), TEXT_NARROW);
}

static void take_field(struct picture *picture, const struct page *p,
                       const struct field *f)
{
	for (int i = 0; i < f->height; i++) {
		int width = width_of_row(p->record, f, i);

		assert_true(width <= f->width);
		take(picture, f->row + i, f->column, width, 'f');
	}
}

static void assert_nothing_overlaps(const struct page *p)
{
	struct picture picture = {
		.rows = p->height, .columns = p->columns,
		.page = p->record->form->questions[p->row].name,
	};

	assert_true(p->height <= (int)COUNT(picture.cells));
	for (size_t i = 0; i < p->n_texts; i++) {
		const struct page_text *t = &p->texts[i];

		take(&picture, t->row, t->column,
		     (int)text_columns(t->text, strlen(t->text), TEXT_NARROW),
		     't');
	}
	for (size_t i = 0; i < p->n; i++)
		take_field(&picture, p, &p->fields[i]);
}

/* --- the focus is seen ---------------------------------------------------- */

/* The row that keys act on: the choice pointed at, or the field. */
static void assert_focus_seen(struct page *p)
{
	struct field *f = page_focus(p);
	int first = f->row, last = f->row + f->height;

	if (f->height > p->rows && f->kind == FIELD_CHOICE) {
		first = f->row + (f->option ? (int)f->option - 1 : 0);
		last = first + 1;
	}
	if (p->top < 0 || first < p->top || last > p->top + p->rows)
		fail_msg("%s, field %zu: rows %d to %d, seen are %d to %d",
		         p->record->form->questions[p->row].name, p->focus,
		         first, last, p->top, p->top + p->rows);
}

static void assert_page_fits(const struct record *r, int row,
                             const struct size *size)
{
	struct page p;

	page_open(&p, r, row, -1);
	page_resize(&p, size->rows, size->columns);
	assert_nothing_overlaps(&p);
	if (p.n)
		assert_focus_seen(&p);
	for (size_t i = p.n; i-- > 0; ) {
		p.focus = i;
		page_resize(&p, size->rows, size->columns);
		assert_focus_seen(&p);
	}
	page_close(&p);
}

/* Call CHECK for each page that has a question to answer. */
static void each_page(const struct record *r, const struct size *size,
                      void (*check)(const struct record *, int,
                                    const struct size *))
{
	int last = -1;

	for (int q = flow_next(r, -1); q < (int)r->form->n; q = flow_next(r, q)) {
		int row = form_page_of(r->form, q);

		if (row != last)
			check(r, row, size);
		last = row;
	}
}

static void free_all(struct record *r)
{
	struct form *form = (struct form *)r->form;

	record_free(r);
	form_free(form);
}

/* The 確認書 with all that can apply, and every text long. */
static struct record *full_record(void)
{
	static const char *const yes[] = {
		"is_subcontractor", "site_work", "discard_requested",
		"return_requested", "uses_system", "incident",
	};
	struct record *r = record_new(fixture_form_file("data/npa-2022.csv"),
	                              fixture_now);

	for (size_t i = 0; i < COUNT(yes); i++)
		answer(r, yes[i], "yes");
	answer(r, "contract_started_on", "2024-04-01");
	answer(r, "previous_on", "2025-04-01");
	for (int q = flow_next(r, -1); q < (int)r->form->n; q = flow_next(r, q)) {
		if (r->form->questions[q].choices)
			record_set(r, q, "no");
		else if (r->form->questions[q].multiline)
			record_set(r, q, "4月1日着任の2名から未徴収。\n"
			           "4月30日までに徴収する。\n\n\n\nなお、…");
	}
	for (size_t i = 0; i < COUNT(yes); i++)
		answer(r, yes[i], "yes");
	return r;
}

static void test_every_page_of_the_form(void **state)
{
	struct record *r = full_record();

	(void)state;
	for (size_t i = 0; i < COUNT(sizes); i++)
		each_page(r, &sizes[i], assert_page_fits);
	free_all(r);
}

static void assert_no_scrolling(const struct record *r, int row,
                                const struct size *size)
{
	struct page p;

	page_open(&p, r, row, -1);
	page_resize(&p, size->rows, size->columns);
	if (p.height > size->rows)
		fail_msg("%s is %d rows high", r->form->questions[row].name,
		         p.height);
	assert_int_equal(p.top, 0);
	page_close(&p);
}

static void test_comfort(void **state)
{
	struct record *r = full_record();

	(void)state;
	each_page(r, COMFORT, assert_no_scrolling);
	free_all(r);
}

static void test_the_second_form(void **state)
{
	struct record *r = record_new(fixture_form_file("tests/form/second.csv"),
	                              fixture_now);

	(void)state;
	for (size_t i = 0; i < COUNT(sizes); i++)
		each_page(r, &sizes[i], assert_page_fits);
	free_all(r);
}

/* While it is too small to be used, nothing breaks. */
static void test_every_small_size(void **state)
{
	struct record *r = full_record();

	(void)state;
	for (int columns = 1; columns < 40; columns += 3)
		for (int rows = -6; rows < 6; rows += 2) {
			struct page p;

			page_open(&p, r, row_of(r->form, "i05"), -1);
			page_resize(&p, rows, columns);
			for (size_t i = 0; i < p.n; i++)
				assert_true(p.fields[i].width > 0);
			page_resize(&p, LEAST->rows, LEAST->columns);
			assert_focus_seen(&p);
			page_close(&p);
		}
	free_all(r);
}

/* --- a page by itself ----------------------------------------------------- */

/* A page of SURVEY, whose first row is its group or its question. */
static struct page page_of(const char *survey, const char *choices, int rows,
                           int columns)
{
	struct page p;
	char *whole = buf_format("type|name|label|appearance|relevant|calculation|"
	                         "number|required|hint\n%s", survey);
	struct record *r = record_new(fixture_form(whole, choices), fixture_now);

	page_open(&p, r, 0, -1);
	page_resize(&p, rows, columns);
	free(whole);
	return p;
}

static void close_all(struct page *p)
{
	struct record *r = (struct record *)p->record;

	page_close(p);
	free_all(r);
}

static int row_of_text(const struct page *p, const char *text)
{
	for (size_t i = 0; i < p->n_texts; i++)
		if (strcmp(p->texts[i].text, text) == 0)
			return p->texts[i].row;
	return -1;
}

#define L30 "一二三四五六七八九十一二三四五"
#define GROUP "begin_group|g|G|field-list\n"
#define END "end_group\n"

static void test_label_beside_or_above(void **state)
{
	struct page p = page_of(GROUP "text|a|" L30 "\ntext|b|" L30 "x\n" END,
	                        NULL, 18, 80);

	(void)state;
	assert_int_equal(row_of_text(&p, L30), p.fields[0].row);
	assert_int_equal(row_of_text(&p, L30 "x"), p.fields[1].row - 1);
	assert_true(p.fields[0].column > p.fields[1].column);
	page_resize(&p, 18, 40); /* no room beside */
	assert_int_equal(row_of_text(&p, L30), p.fields[0].row - 1);
	assert_nothing_overlaps(&p);
	close_all(&p);
}

static void test_long_label_is_wrapped(void **state)
{
	struct page p = page_of("text|a|" L30 L30 L30 "\n", NULL, 18, 40);

	(void)state;
	assert_int_equal(p.n_texts, 3); /* 90 columns in 38 */
	assert_int_equal(p.fields[0].row, 3);
	close_all(&p);
}

static void test_required_is_said(void **state)
{
	struct page p = page_of(GROUP "text|a|甲|||||yes\ntext|b|乙\n" END, NULL, 18,
	                        80);

	(void)state;
	assert_true(row_of_text(&p, "甲 (必須)") >= 0);
	assert_true(row_of_text(&p, "乙") >= 0);
	close_all(&p);
}

static void test_choices_by_the_room(void **state)
{
	struct page p = page_of("select_one c|a|甲\n",
	                        "list_name|name|label\nc|x|二十字もある長い名前の選択肢その壱\n"
	                        "c|y|二十字もある長い名前の選択肢その弐\n", 18, 120);

	(void)state;
	assert_true(p.fields[0].in_a_row);
	assert_int_equal(p.fields[0].height, 1);
	page_resize(&p, 18, 60);
	assert_false(p.fields[0].in_a_row);
	assert_int_equal(p.fields[0].height, 2);
	assert_nothing_overlaps(&p);
	close_all(&p);
}

/* A text's box has what room there is, several share it; all is still seen. */
static void test_boxes_use_the_room(void **state)
{
	struct page p = page_of("text|a|甲|multiline\n", NULL, 18, 80);
	int one;

	(void)state;
	assert_int_equal(p.height, 18);
	one = p.fields[0].height;
	assert_true(one > 4);
	page_resize(&p, 5, 40);
	assert_int_equal(p.fields[0].height, 4); /* two lines and a border */
	page_resize(&p, 54, 120);
	assert_int_equal(p.fields[0].height, 20);
	close_all(&p);
	p = page_of(GROUP "text|a|甲|multiline\ntext|b|乙|multiline\n" END, NULL, 18,
	            80);
	assert_true(p.height <= 18);
	assert_int_equal(p.top, 0);
	assert_true(p.fields[0].height > 4);
	assert_int_equal(p.fields[0].height, p.fields[1].height);
	assert_nothing_overlaps(&p);
	close_all(&p);
}

/* Every choice of a long list can be seen. */
static void test_follows_the_choice(void **state)
{
	struct page p = page_of("select_one c|a|甲\n",
	                        "list_name|name|label\n"
	                        "c|a|一番目の場所\nc|b|二番目の場所\nc|c|三番目の場所\n"
	                        "c|d|四番目の場所\nc|e|五番目の場所\nc|f|六番目の場所\n"
	                        "c|g|七番目の場所\nc|h|八番目の場所\nc|i|九番目の場所\n"
	                        "c|j|十番目の場所\n", 6, 40);

	(void)state;
	assert_int_equal(p.fields[0].height, 10);
	for (int i = 0; i < 20; i++) {
		field_key(page_focus(&p), p.record, i < 10 ? KEYS_DOWN : KEYS_UP);
		page_resize(&p, 6, 40);
		assert_focus_seen(&p);
	}
	close_all(&p);
}

/* --- what else stands on it ----------------------------------------------- */

/* Notes stand where the form has them, as many as there are. */
static void test_notes(void **state)
{
	struct page p = page_of(GROUP
	                        "note|n1|はじめに\nnote|n2|つぎに\ntext|a|甲\n"
	                        "note|n3|隠れた問の前\ntext|h|隠|| 1 = 2\n"
	                        "note|n4|出ない||1 = 2\ntext|b|乙\nnote|n5|おわりに\n"
	                        END, NULL, 18, 80);
	static const char *const order[] = {
		"はじめに", "つぎに", "甲", "隠れた問の前", "乙", "おわりに",
	};

	(void)state;
	assert_int_equal(p.n, 2);
	for (size_t i = 0; i < COUNT(order); i++) {
		int row = row_of_text(&p, order[i]);

		if (row < 0 || (i && row <= row_of_text(&p, order[i - 1])))
			fail_msg("%s is at row %d", order[i], row);
	}
	assert_int_equal(row_of_text(&p, "出ない"), -1);
	assert_nothing_overlaps(&p);
	close_all(&p);
}

static void test_what_is_calculated(void **state)
{
	struct page p = page_of(GROUP "text|a|甲\n"
	                        "calculate|c|合わせて|||${a}|1\n"
	                        "calculate|d|紙にない|||${a}\n" END, NULL, 18, 80);

	(void)state;
	assert_int_equal(p.n_texts, 1);
	record_set((struct record *)p.record, p.fields[0].q, "x");
	page_reopen(&p);
	assert_int_equal(p.n_texts, 2);
	assert_int_equal(row_of_text(&p, "紙面の (1) 合わせて: x"),
	                 p.fields[0].row + 2);
	close_all(&p);
}

/* Hints stand on the page where all of them have room, else nowhere. */
static void test_hints(void **state)
{
	struct page p = page_of(GROUP "text|a|甲|||||no|あの欄\n"
	                        "text|b|乙|||||no|この欄\n" END, NULL, 5, 80);

	(void)state;
	assert_true(p.hints);
	assert_int_equal(row_of_text(&p, "あの欄"), p.fields[0].row + 1);
	assert_int_equal(row_of_text(&p, "この欄"), p.fields[1].row + 1);
	page_resize(&p, 4, 80);
	assert_false(p.hints);
	assert_int_equal(row_of_text(&p, "あの欄"), -1);
	close_all(&p);
}

/* --- the focus ------------------------------------------------------------ */

static void test_opens_at_a_question(void **state)
{
	struct page p = page_of(GROUP "text|a|甲\ntext|b|乙\n" END, NULL, 18, 80);
	struct record *r = (struct record *)p.record;

	(void)state;
	assert_int_equal(p.focus, 0);
	page_close(&p);
	page_open(&p, r, 0, row_of(r->form, "b"));
	assert_int_equal(page_focus(&p)->q, row_of(r->form, "b"));
	page_close(&p);
	page_open(&p, r, 0, row_of(r->form, "g")); /* no question */
	assert_int_equal(p.focus, 0);
	close_all(&p);
}

static void test_page_without_questions(void **state)
{
	struct page p = page_of("note|n|読むだけ\n", NULL, 18, 80);

	(void)state;
	assert_null(page_focus(&p));
	assert_int_equal(page_field_at(&p, 0), -1);
	page_resize(&p, 6, 40);
	assert_int_equal(p.top, 0);
	close_all(&p);
}

static void test_field_at_a_row(void **state)
{
	struct page p = page_of(GROUP "text|a|甲\ntext|b|乙|multiline\ntext|c|丙\n"
	                        END, NULL, 18, 80);
	int box = p.fields[1].row;

	(void)state;
	assert_int_equal(page_field_at(&p, p.fields[0].row), 0);
	assert_int_equal(page_field_at(&p, box - 1), -1); /* its label */
	assert_int_equal(page_field_at(&p, box), 1);
	assert_int_equal(page_field_at(&p, box + p.fields[1].height - 1), 1);
	assert_int_equal(page_field_at(&p, 99), -1);
	p.focus = 2;
	page_resize(&p, 4, 80); /* scrolled to the last */
	assert_true(p.top > 0);
	assert_int_equal(page_field_at(&p, p.fields[2].row - p.top), 2);
	close_all(&p);
}

/* Resizing changes nothing that was typed, nor where the cursor is. */
static void test_resizing_keeps_what_was_typed(void **state)
{
	struct page p = page_of(GROUP "text|a|甲\ntext|b|乙|multiline\n" END, NULL, 18,
	                        80);
	struct field *f;

	(void)state;
	p.focus = 1;
	f = page_focus(&p);
	field_paste(f, "まだ書いている途中の文章であって、終わっていません");
	for (int i = 0; i < 3; i++)
		field_key(f, p.record, KEYS_LEFT);
	for (size_t i = 0; i < COUNT(sizes); i++)
		page_resize(&p, sizes[i].rows, sizes[i].columns);
	assert_ptr_equal(page_focus(&p), f);
	field_key(f, p.record, 'x');
	assert_string_equal(field_answer(f),
	                    "まだ書いている途中の文章であって、終わっていxません");
	close_all(&p);
}

/* What one answer makes apply comes and goes around the field that is being
 * written in, which keeps its text, its cursor and what ^Y brings back. */
static void test_reopening_keeps_the_focus(void **state)
{
	struct page p = page_of(GROUP "text|a|甲||${b} != ''\ntext|b|乙\n"
	                        "text|c|丙||${b} = ''\n" END, NULL, 18, 80);
	struct record *r = (struct record *)p.record;

	(void)state;
	assert_int_equal(p.n, 2); /* b, c */
	p.focus = 0;
	field_paste(page_focus(&p), "一 二三");
	field_key(page_focus(&p), r, KEY_CTRL('W'));
	field_key(page_focus(&p), r, KEYS_LEFT);
	record_set(r, row_of(r->form, "b"), field_answer(page_focus(&p)));
	page_reopen(&p);
	assert_int_equal(p.n, 2); /* a, b */
	assert_int_equal(p.focus, 1);
	assert_int_equal(page_focus(&p)->q, row_of(r->form, "b"));
	assert_true(page_focus(&p)->row > p.fields[0].row);
	assert_nothing_overlaps(&p);
	field_key(page_focus(&p), r, KEY_CTRL('Y'));
	assert_string_equal(field_answer(page_focus(&p)), "一二三 ");
	/* and where the focused one goes, another has the focus */
	p.focus = 0;
	record_set(r, row_of(r->form, "b"), "");
	page_reopen(&p);
	assert_int_equal(p.n, 2);
	assert_int_equal(page_focus(&p)->q, row_of(r->form, "b"));
	close_all(&p);
}

/* --- which page ----------------------------------------------------------- */

static void test_pages_of_questions(void **state)
{
	static const struct {
		const char *question, *page;
	} cases[] = {
		{ "a", "a" },           /* by itself */
		{ "b", "g" }, { "c", "g" }, /* the outermost field-list */
		{ "d", "d" },           /* in a group that is none */
	};
	struct record *r = record_new(fixture_form(
		"type|name|label|appearance|relevant\n"
		"text|a|甲\n"
		"begin_group|g|G|field-list\ntext|b|乙||1 = 2\n"
		"begin_group|h|H|field-list\ntext|c|丙\nend_group\nend_group\n"
		"begin_group|i|I\ntext|d|丁\nend_group\n", NULL), fixture_now);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(form_page_of(r->form,
		                             row_of(r->form, cases[i].question)),
		                 row_of(r->form, cases[i].page));
	assert_int_equal(page_first_stop(r, row_of(r->form, "g")),
	                 row_of(r->form, "c")); /* b does not apply */
	assert_int_equal(page_first_stop(r, row_of(r->form, "b")), -1);
	free_all(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_page_of_the_form),
		cmocka_unit_test(test_comfort),
		cmocka_unit_test(test_the_second_form),
		cmocka_unit_test(test_every_small_size),
		cmocka_unit_test(test_label_beside_or_above),
		cmocka_unit_test(test_long_label_is_wrapped),
		cmocka_unit_test(test_required_is_said),
		cmocka_unit_test(test_choices_by_the_room),
		cmocka_unit_test(test_boxes_use_the_room),
		cmocka_unit_test(test_follows_the_choice),
		cmocka_unit_test(test_notes),
		cmocka_unit_test(test_what_is_calculated),
		cmocka_unit_test(test_hints),
		cmocka_unit_test(test_opens_at_a_question),
		cmocka_unit_test(test_page_without_questions),
		cmocka_unit_test(test_field_at_a_row),
		cmocka_unit_test(test_resizing_keeps_what_was_typed),
		cmocka_unit_test(test_reopening_keeps_the_focus),
		cmocka_unit_test(test_pages_of_questions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
