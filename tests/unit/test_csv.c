/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/csv.h"
#include "base/diag.h"
#include "libcsv_oracle.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct csv_table *read_text(const char *text, size_t length)
{
	struct diag_list diags;
	struct csv_table *table;

	diag_list_init(&diags);
	table = csv_read(text, length, "f.csv", &diags);
	assert_int_equal(diags.n, table ? 0 : 1);
	diag_list_release(&diags);
	return table;
}

/* --- Reading --- */

static void test_reading(void **state)
{
	static const struct {
		const char *text;
		const char *expected;
	} cases[] = {
		{ "", "" },
		{ "a", "[a]" },
		{ "a,b\nc", "[a][b]/[c]" },
		{ "a\n", "[a]" },
		{ "a\r\nb\rc\nd", "[a]/[b]/[c]/[d]" },
		{ "a\n\rb", "[a]/[]/[b]" },
		{ "\n", "[]" },
		{ "a\n\n\nb\n", "[a]/[]/[]/[b]" },
		{ "a,", "[a][]" },
		{ ",", "[][]" },
		{ ",,\n,a", "[][][]/[][a]" },
		{ "\"\"", "[]" },
		{ "\"\",\"\"\n", "[][]" },
		{ "\"a,b\",c", "[a,b][c]" },
		{ "\"a\"\"b\"", "[a\"b]" },
		{ "\"\"\"\"", "[\"]" },
		{ "\"\"\"a\"\"\"\r\n", "[\"a\"]" },
		{ "\"a\nb\r\nc\rd\"\r\ne", "[a\nb\nc\nd]/[e]" },
		{ "\"a\r\r\nb\n\"", "[a\n\nb\n]" },
		{ " a , b\t\n", "[ a ][ b\t]" },
		{ "\" a \"", "[ a ]" },
		{ "番号,項目\r\n5,\"誓約書を、\n徴収\"\r\n",
		  "[番号][項目]/[5][誓約書を、\n徴収]" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct csv_table *table = read_text(cases[i].text,
		                                    strlen(cases[i].text));
		char *shown;

		assert_non_null(table);
		shown = csv_shows(table);
		assert_string_equal(shown, cases[i].expected);
		free(shown);
		csv_free(table);
	}
}

static void test_the_text_is_copied(void **state)
{
	char text[] = "a,\"b\"";
	struct csv_table *table = read_text(text, strlen(text));
	char *shown;

	(void)state;
	memset(text, 'X', sizeof text);
	shown = csv_shows(table);
	assert_string_equal(shown, "[a][b]");
	assert_memory_equal(table->rows[0].cells[1].raw, "b\"", 2);
	free(shown);
	csv_free(table);
}

static void test_cells_beyond_the_row_are_empty(void **state)
{
	struct csv_table *table = read_text("a,b", 3);

	(void)state;
	assert_string_equal(csv_text(&table->rows[0], 1), "b");
	assert_string_equal(csv_text(&table->rows[0], 2), "");
	assert_string_equal(csv_text(&table->rows[0], 99), "");
	csv_free(table);
	csv_free(NULL);
}

static void test_blank_rows(void **state)
{
	const char *text = "\n,,\n　, ,\"\n\"\n,x\n0";
	struct csv_table *table = read_text(text, strlen(text));

	(void)state;
	assert_int_equal(table->n, 5);
	assert_true(csv_is_blank(&table->rows[0]));
	assert_true(csv_is_blank(&table->rows[1]));
	assert_true(csv_is_blank(&table->rows[2]));
	assert_false(csv_is_blank(&table->rows[3]));
	assert_false(csv_is_blank(&table->rows[4]));
	csv_free(table);
}

/* --- Places --- */

static void test_places(void **state)
{
	static const struct {
		const char *text;
		size_t row, cell, offset;
		long line, column;
	} cases[] = {
		{ "abc,def", 0, 0, 0, 1, 1 },
		{ "abc,def", 0, 0, 2, 1, 3 },
		{ "abc,def", 0, 1, 0, 1, 5 },
		{ "abc,def", 0, 1, 3, 1, 8 },      /* its end */
		{ "abc,def", 0, 1, 99, 1, 8 },     /* past it */
		{ "a\nb,c\n", 1, 1, 0, 2, 3 },
		{ "a\r\nb,c\r\n", 1, 1, 0, 2, 3 },
		{ "a\rb,c", 1, 1, 0, 2, 3 },
		{ "\n\n,c", 2, 1, 0, 3, 2 },
		{ "\"ab\",\"cd\"", 0, 0, 0, 1, 2 }, /* after the quote */
		{ "\"ab\",\"cd\"", 0, 1, 1, 1, 8 },
		{ "\"a\"\"b\"", 0, 0, 1, 1, 3 },   /* the doubled quote */
		{ "\"a\"\"b\"", 0, 0, 2, 1, 5 },   /* what follows it */
		{ "\"a\nbc\",d", 0, 0, 1, 1, 3 },  /* the line break */
		{ "\"a\nbc\",d", 0, 0, 3, 2, 2 },
		{ "\"a\r\nbc\",d", 0, 0, 3, 2, 2 },
		{ "\"a\rbc\",d", 0, 0, 3, 2, 2 },
		{ "\"a\r\nbc\",d", 0, 1, 0, 2, 5 },
		{ "\"a\n\n\"\nx", 1, 0, 0, 4, 1 },
		{ "番号,項目", 0, 1, 3, 1, 5 },
		{ "か\xE3\x82\x99き,x", 0, 1, 0, 1, 4 }, /* か+U+3099 is one */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct csv_table *table = read_text(cases[i].text,
		                                    strlen(cases[i].text));
		const struct csv_row *row = &table->rows[cases[i].row];
		long line, column;

		csv_place(&row->cells[cases[i].cell], cases[i].offset, &line,
		          &column);
		assert_int_equal(line, cases[i].line);
		assert_int_equal(column, cases[i].column);
		csv_free(table);
	}
}

static void test_rows_know_their_lines(void **state)
{
	const char *text = "a\r\n\"b\nb\",\"c\r\nc\"\n\nd";
	static const long lines[] = { 1, 2, 5, 6 };
	struct csv_table *table = read_text(text, strlen(text));

	(void)state;
	assert_int_equal(table->n, COUNT(lines));
	for (size_t i = 0; i < table->n; i++)
		assert_int_equal(table->rows[i].line, lines[i]);
	assert_int_equal(table->rows[1].cells[1].line, 3);
	csv_free(table);
}

/* --- Errors --- */

static void assert_error(const char *text, size_t length, long line,
                         long column, const char *about)
{
	struct diag_list diags;

	diag_list_init(&diags);
	assert_null(csv_read(text, length, "f.csv", &diags));
	assert_int_equal(diags.n, 1);
	assert_int_equal(diags.items[0].level, DIAG_ERROR);
	assert_string_equal(diags.items[0].file, "f.csv");
	assert_int_equal(diags.items[0].line, line);
	assert_int_equal(diags.items[0].column, column);
	assert_non_null(strstr(diags.items[0].text, about));
	diag_list_release(&diags);
}

static void test_errors(void **state)
{
	static const struct {
		const char *text;
		long line, column;
		const char *about;
	} cases[] = {
		{ "\"", 1, 1, "閉じられていません" },
		{ "a,b\nc,\"d\ne\nf", 2, 3, "閉じられていません" },
		{ "\"a\"\"", 1, 1, "閉じられていません" },
		{ "a\"b", 1, 2, "途中に引用符" },
		{ "x\n番号,a\"\"\n", 2, 5, "途中に引用符" },
		{ " \"a\"", 1, 2, "途中に引用符" },
		{ "\"a\"b", 1, 4, "あとに文字" },
		{ "\"a\" ,b", 1, 4, "あとに文字" },
		{ "\"a\r\nb\"c", 2, 3, "あとに文字" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_error(cases[i].text, strlen(cases[i].text),
		             cases[i].line, cases[i].column, cases[i].about);
	assert_error("\0", 1, 1, 1, "NUL");
	assert_error("a,b\nc\0d", 7, 2, 2, "NUL");
	assert_error("a\n\"b\nc\0\"", 8, 3, 2, "NUL");
	assert_error("a,\0", 3, 1, 3, "NUL");
	assert_error("\"a\"\0,b", 6, 1, 4, "NUL");
}

/* TEXT, N times. */
static char *repeat(const char *text, size_t n)
{
	struct buf b;

	buf_init(&b);
	while (n--)
		buf_add(&b, text);
	return b.s;
}

static void assert_bound(const char *unit, size_t most, const char *before,
                         long line, long column, const char *about)
{
	char *text = repeat(unit, most + 1);
	size_t n = strlen(unit);
	char *whole = buf_format("%s%s", before, text);
	struct csv_table *table;

	assert_error(whole, strlen(whole), line, column, about);
	free(whole);
	table = read_text(text, n * most);
	assert_non_null(table);
	csv_free(table);
	free(text);
}

static void test_bounds(void **state)
{
	(void)state;
	/* 1000 separators and the end of the text would be 1001 cells. */
	assert_bound(",", CSV_MAX_COLUMNS - 1, "a\n,", 2, CSV_MAX_COLUMNS + 1,
	             "列が多すぎます（1000列まで）");
	assert_bound("a\n", CSV_MAX_ROWS, "", CSV_MAX_ROWS + 1, 1,
	             "行が多すぎます（200000行まで）");
	assert_bound("a", CSV_MAX_CELL, "x\ny,", 2, 3,
	             "セルが長すぎます（1048576バイトまで）");
}

/* --- Against libcsv --- */

static uint32_t random_next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

static size_t random_text(uint32_t *seed, char *text, size_t size)
{
	static const char *const pieces[] = {
		",", "\"", "\n", "\r", "a", " ", "あ", "\"\"", "\"a\"", "\r\n",
	};
	size_t most = random_next(seed) % (size - 4);
	size_t n = 0;

	while (n < most) {
		const char *piece = pieces[random_next(seed) % COUNT(pieces)];

		memcpy(text + n, piece, strlen(piece));
		n += strlen(piece);
	}
	return n;
}

static void test_libcsv_agrees(void **state)
{
	uint32_t seed = 1;
	int good = 0;

	(void)state;
	for (int i = 0; i < 50000; i++) {
		char text[40];
		size_t n = random_text(&seed, text, i % 2 ? 12 : sizeof text);
		char *expected = libcsv_shows(text, n);
		struct csv_table *table = read_text(text, n);

		assert_int_equal(table != NULL, expected != NULL);
		if (table) {
			char *shown = csv_shows(table);

			assert_string_equal(shown, expected);
			free(shown);
			good++;
		}
		csv_free(table);
		free(expected);
	}
	assert_in_range(good, 5000, 45000); /* both have been tried */
}

/* The byte of TEXT at LINE and COLUMN, found the slow way. */
static const char *find_place(const char *text, long line, long column)
{
	const char *p = text;

	while (line > 1) {
		if (*p == '\n' || (*p == '\r' && p[1] != '\n'))
			line--;
		p++;
	}
	while (column > 1) {
		p++;
		if (((unsigned char)*p & 0xC0) != 0x80)
			column--;
	}
	return p;
}

static void assert_places(const char *text, const struct csv_cell *cell)
{
	for (size_t i = 0; i < cell->length; i++) {
		const char *p;
		long line, column;

		if (((unsigned char)cell->text[i] & 0xC0) == 0x80)
			continue;
		csv_place(cell, i, &line, &column);
		p = find_place(text, line, column);
		if (cell->text[i] == '\n')
			assert_true(*p == '\n' || *p == '\r');
		else
			assert_int_equal(*p, cell->text[i]);
		if (i == 0)
			assert_int_equal(line, cell->line);
	}
}

static void test_every_byte_is_where_its_place_says(void **state)
{
	uint32_t seed = 2;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char text[41];
		size_t n = random_text(&seed, text, sizeof text - 1);
		struct csv_table *table = read_text(text, n);

		text[n] = '\0';
		for (size_t r = 0; table && r < table->n; r++) {
			for (size_t c = 0; c < table->rows[r].n; c++)
				assert_places(text, &table->rows[r].cells[c]);
		}
		csv_free(table);
	}
}

/* --- Writing --- */

static void test_writing(void **state)
{
	static const char *const cells[] = {
		"a", "", NULL, " b ", "c,d", "e\"f", "g\nh", "i\rj", "\"", "=1",
	};
	struct buf out;

	(void)state;
	buf_init(&out);
	csv_add_row(&out, cells, COUNT(cells));
	assert_string_equal(out.s, "a,,, b ,\"c,d\",\"e\"\"f\",\"g\nh\","
	                           "\"i\rj\",\"\"\"\",=1\r\n");
	buf_clear(&out);
	csv_add_row(&out, cells, 0);
	assert_string_equal(out.s, "\r\n");
	buf_release(&out);
}

static void test_what_is_written_is_read_again(void **state)
{
	uint32_t seed = 3;

	(void)state;
	for (int i = 0; i < 5000; i++) {
		char texts[3][12];
		const char *cells[3];
		struct csv_table *table;
		struct buf out;

		for (size_t k = 0; k < 3; k++) {
			size_t n = random_text(&seed, texts[k], 11);

			texts[k][n] = '\0';
			/* a CR would come back as LF */
			for (char *p = texts[k]; (p = strchr(p, '\r'));)
				*p = '.';
			cells[k] = texts[k];
		}
		buf_init(&out);
		csv_add_row(&out, cells, 3);
		csv_add_row(&out, cells, 1);
		table = read_text(out.s, out.len);
		assert_int_equal(table->n, 2);
		assert_int_equal(table->rows[0].n, 3);
		assert_int_equal(table->rows[1].n, 1);
		for (size_t k = 0; k < 3; k++)
			assert_string_equal(csv_text(&table->rows[0], k),
			                    cells[k]);
		assert_string_equal(csv_text(&table->rows[1], 0), cells[0]);
		csv_free(table);
		buf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reading),
		cmocka_unit_test(test_the_text_is_copied),
		cmocka_unit_test(test_cells_beyond_the_row_are_empty),
		cmocka_unit_test(test_blank_rows),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_rows_know_their_lines),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_libcsv_agrees),
		cmocka_unit_test(test_every_byte_is_where_its_place_says),
		cmocka_unit_test(test_writing),
		cmocka_unit_test(test_what_is_written_is_read_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
