/* SPDX-License-Identifier: MIT */
#include "libcsv_oracle.h"

#include <stdlib.h>

/* libcsv has a csv_free too. */
#define csv_free libcsv_free
#include <csv.h>
#undef csv_free

#include "base/buf.h"

struct oracle {
	struct buf rows;
	size_t cells; /* in this row */
	bool first;
	int ended; /* what ended the row before */
};

static void oracle_cell(void *bytes, size_t length, void *ctx)
{
	struct oracle *o = ctx;
	const char *s = bytes;

	if (!o->cells++ && !o->first)
		buf_add(&o->rows, "/");
	o->first = false;
	buf_add(&o->rows, "[");
	for (size_t i = 0; i < length; i++) {
		/* libcsv keeps line breaks in cells as they were. */
		if (s[i] == '\r' && i + 1 < length && s[i + 1] == '\n')
			continue;
		buf_add_byte(&o->rows, s[i] == '\r' ? '\n' : s[i]);
	}
	buf_add(&o->rows, "]");
}

static void oracle_row(int end, void *ctx)
{
	struct oracle *o = ctx;
	bool second_half = !o->cells && end == '\n' && o->ended == '\r';

	/* To libcsv CRLF is a row's end and then an empty line. */
	if (!o->cells && end != -1 && !second_half)
		oracle_cell(NULL, 0, o);
	o->cells = 0;
	o->ended = second_half ? 0 : end;
}

static int never(unsigned char c)
{
	(void)c;
	return 0;
}

char *libcsv_shows(const char *text, size_t length)
{
	struct oracle o = { .first = true };
	struct csv_parser parser;
	bool good;

	buf_init(&o.rows);
	csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
	csv_set_space_func(&parser, never);
	good = csv_parse(&parser, text, length, oracle_cell, oracle_row, &o) ==
	               length &&
	       csv_fini(&parser, oracle_cell, oracle_row, &o) == 0;
	free(parser.entry_buf); /* as libcsv's csv_free does */
	if (good)
		return o.rows.s;
	buf_release(&o.rows);
	return NULL;
}

char *csv_shows(const struct csv_table *table)
{
	struct buf b;

	buf_init(&b);
	for (size_t i = 0; i < table->n; i++) {
		if (i)
			buf_add(&b, "/");
		for (size_t k = 0; k < table->rows[i].n; k++) {
			const struct csv_cell *cell = &table->rows[i].cells[k];

			buf_add(&b, "[");
			buf_add_bytes(&b, cell->text, cell->length);
			buf_add(&b, "]");
		}
	}
	return b.s;
}
