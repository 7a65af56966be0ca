/* csv.h - CSV, read and written (RFC 4180)
 *
 * One reader serves forms and records alike. It reads a whole text into a
 * table and knows where every cell began, so that a fault in a cell can be
 * shown at its line and column.
 *
 * Reading takes UTF-8, with or without a BOM (other encodings are
 * out/encoding.h's business), rows ended by LF, CRLF or a lone CR, the last one
 * perhaps by the end of the text; a cell in quotes may hold separators, line
 * breaks and "" for a quote. A line break inside a cell always becomes LF. White
 * space is kept. A wholly empty line is a row with one empty cell; an empty text
 * has no row.
 *
 * Beyond RFC 4180, as libcsv in strict mode: an error is a quote that is never
 * closed, a quote inside an unquoted cell, and anything but a separator or a
 * line break after a closing quote; also a NUL, and what exceeds a bound.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/diag.h"

/* Bounds; each has its own message. */
#define CSV_MAX_ROWS 200000
#define CSV_MAX_COLUMNS 1000
#define CSV_MAX_CELLS 1000000
#define CSV_MAX_CELL (1024 * 1024) /* bytes */

struct csv_cell {
	char *text;      /* NUL-terminated */
	size_t length;   /* bytes */
	const char *raw; /* where the content begins in the source: after the
	                  * opening quote, if any */
	long line;       /* of that place; csv_place knows the column */
};

struct csv_row {
	struct csv_cell *cells; /* at least one */
	size_t n;
	long line; /* where the row begins */
};

struct csv_table {
	struct csv_row *rows;
	size_t n;
	/* private: what rows and cells stand on */
	struct csv_cell *cells;
	char *source; /* a line break, then the text as it was read */
	char *texts;
};

/* Read BYTES (copied). On an error one diagnostic with FILE, line and column is
 * added to DIAGS and NULL returned. */
struct csv_table *csv_read(const char *bytes, size_t length, const char *file,
                           struct diag_list *diags);

/* The same of a text that people are to be shown: what is hidden in it (text.h)
 * is marked, and a warning added to DIAGS says so. A NUL or a byte that is no
 * UTF-8 is an error, as above; so is a semicolon or a tab before the first comma,
 * which separates cells then. */
struct csv_table *csv_read_shown(const char *bytes, size_t length,
                                 const char *file, struct diag_list *diags);
void csv_free(struct csv_table *table); /* NULL is fine */

/* The text of cell I of ROW; "" where the row is shorter. */
const char *csv_text(const struct csv_row *row, size_t i);

/* True where no cell of ROW holds anything but white space (spreadsheets write
 * such rows). */
bool csv_is_blank(const struct csv_row *row);

/* The line and column in the source of byte OFFSET of CELL's text, however its
 * quotes and line breaks were written; of the text's end where OFFSET is past
 * it. The column is 0 where the line is too long to count. Needs the table to be
 * there still. */
void csv_place(const struct csv_cell *cell, size_t offset, long *line,
               long *column);

/* Add N cells as one row ended by CRLF. A cell is quoted only where it holds a
 * separator, a quote or a line break; its line breaks stay as they are. NULL
 * is an empty cell. */
void csv_add_row(struct buf *out, const char *const *cells, size_t n);

#endif
