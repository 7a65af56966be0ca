/* record_csv.h - a record on disk: one CSV (kakuninsho-record(5))
 *
 * UTF-8 with a BOM, CRLF (export writes it in other encodings too), one header for
 * every form, a row a thing. The words of the format (the header, 様式, 作成中,
 * 完成, 該当なし) are never translated.
 *
 * A reader goes by the column 名前: rows may come in any order, a row that is
 * absent is an empty answer. What is calculated is recomputed, never believed;
 * so is metadata in a draft, while a finished record keeps the time it was made.
 *
 * A text that a spreadsheet would take for a formula has one apostrophe before
 * it in the file.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef OUT_RECORD_CSV_H
#define OUT_RECORD_CSV_H

#include "base/buf.h"
#include "base/diag.h"
#include "out/encoder.h"
#include "record/record.h"

/* Add R as the text of its file to OUT. */
void record_csv_write(const struct record *r, struct buf *out);

/* The same in STYLE. Release with encoded_release. */
void record_csv_encode(const struct record *r, const struct file_style *style,
                       struct encoded *result);

/* TEXT as a cell of any CSV that a spreadsheet opens: what is hidden in it is
 * marked (text.h), and what would be taken for a formula guarded. A new string. */
char *record_csv_cell(const char *text);

/* The next row after ROW (-1 to begin; form->n: none) that has one in the file: an
 * item, or a question outside one that is no note. */
int record_csv_next(const struct form *form, int row);

/* Why bytes are no record that can be used. */
enum record_fault {
	RECORD_FINE,
	RECORD_FOREIGN,    /* nothing in it is of this format */
	RECORD_OTHER_FORM, /* or version */
	RECORD_BROKEN,     /* of this format, but cannot be read */
};

struct record_csv {
	enum record_fault fault;
	struct record *record; /* NULL, as all below, where it is not FINE */
	enum encoding encoding; /* of the bytes */
	long *lines; /* of each row of the form, in the file; 1 where absent */
};

/* Read BYTES, which are UTF-8 or FROM (encoding.h), as a record of FORM. False,
 * with diagnostics added to DIAGS, where they are none: no known encoding, no CSV,
 * no record, another form or version, an unknown or a repeated name, no known
 * status. FILE is what they call it. Answers that are wrong are no such fault:
 * check.h finds them. Release with record_csv_release, which is needed
 * only of a record. */
bool record_csv_read(const struct form *form, struct moment moment,
                     const char *bytes, size_t length, enum encoding from,
                     const char *file, struct record_csv *result,
                     struct diag_list *diags);
void record_csv_release(struct record_csv *c);

#endif
