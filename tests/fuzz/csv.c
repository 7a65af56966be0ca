/* SPDX-License-Identifier: MIT
 *
 * The CSV reader: against libcsv, and against our own writer.
 */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/mem.h"
#include "base/text.h"
#include "fuzz.h"
#include "tests/unit/libcsv_oracle.h"

/* True where a bound is passed, which libcsv does not know. */
static bool passes_a_bound(const struct diag_list *diags)
{
	return strstr(diags->items[0].text, "まで）") != NULL;
}

static void check_places(const struct csv_table *table)
{
	long line, column, before = 1;

	for (size_t i = 0; i < table->n; i++) {
		MUST(table->rows[i].n > 0);
		for (size_t k = 0; k < table->rows[i].n; k++) {
			const struct csv_cell *cell = &table->rows[i].cells[k];

			MUST(strlen(cell->text) == cell->length);
			csv_place(cell, cell->length, &line, &column);
			MUST(line >= before && column >= 1);
			before = line;
		}
	}
}

/* What is read, written and read again is the same. */
static void check_writing(const struct csv_table *table, const char *shown)
{
	struct csv_table *again;
	struct diag_list diags;
	struct buf out;
	char *shown_again;

	buf_init(&out);
	buf_add(&out, "\xef\xbb\xbf"); /* the text may begin with another one */
	for (size_t i = 0; i < table->n; i++) {
		const struct csv_row *row = &table->rows[i];
		const char **cells = mem_array(row->n, sizeof *cells);

		for (size_t k = 0; k < row->n; k++)
			cells[k] = row->cells[k].text;
		csv_add_row(&out, cells, row->n);
		free(cells);
	}
	diag_list_init(&diags);
	again = csv_read(out.s, out.len, "again.csv", &diags);
	MUST(again);
	shown_again = csv_shows(again);
	MUST(strcmp(shown, shown_again) == 0);
	free(shown_again);
	csv_free(again);
	buf_release(&out);
}

static void check_against_libcsv(const char *text, size_t length,
                                 const char *shown,
                                 const struct diag_list *diags)
{
	size_t bom = length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	char *expected;

	if (!text_is_utf8(text, length)) {
		MUST(!shown);
		return;
	}
	if (!shown && passes_a_bound(diags))
		return;
	expected = libcsv_shows(text + bom, length - bom);
	MUST((shown != NULL) == (expected != NULL));
	MUST(!shown || strcmp(shown, expected) == 0);
	free(expected);
}

void fuzz_csv(const uint8_t *bytes, size_t length)
{
	const char *text = (const char *)bytes;
	struct csv_table *table;
	struct diag_list diags;
	char *shown = NULL;

	diag_list_init(&diags);
	table = csv_read(text, length, "f.csv", &diags);
	MUST(diags.n == (table ? 0 : 1));
	if (table) {
		shown = csv_shows(table);
		check_places(table);
		check_writing(table, shown);
	}
	check_against_libcsv(text, length, shown, &diags);
	free(shown);
	csv_free(table);
	diag_list_release(&diags);
}
