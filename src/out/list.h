/* list.h - a list of records, to read and for a spreadsheet
 *
 * What comes from records and names of files is shown as text only (text.h).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef OUT_LIST_H
#define OUT_LIST_H

#include "base/buf.h"
#include "record/listing.h"

/* Add to OUT what is told of each record in L, which is sorted: its first line
 * begins with how it stands, those below are indented. At most LIST_COLUMNS
 * columns, but for a line with the record's name, which stays whole. */
#define LIST_COLUMNS 80
void list_write_text(const struct listing *l, struct buf *out);

/* How many there are in all, and of each kind: a sentence; a new string. */
char *list_sum(const struct listing *l);

/* The same records as a CSV in UTF-8 with a BOM: a header, then a row a record. What
 * the form does not say has no column. Header and states are Japanese whatever the
 * person's language, and the form's own words stand in its default language. */
void list_write_csv(const struct listing *l, struct buf *out);

#endif
