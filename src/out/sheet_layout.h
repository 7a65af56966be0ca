/* sheet_layout.h - what stands on paper beside the form's own words, as data
 *
 * A CSV with the columns `kind`, `name`, `text`, from top to bottom:
 *
 *   title     -         the title, centred
 *   group     a group   its label, then a line for each question on paper in it;
 *                       text: the pattern of such a line
 *   table     a group   its label, then a table of the items in it; text: the
 *                       four heads with their columns, HEAD WIDTH|HEAD WIDTH|...
 *   question  a question   one line; text: its pattern
 *   text      -         a paragraph
 *   right     -         a text at the right edge
 *   empty     a question   prints nothing: text is what stands for its empty answer
 *
 * A pattern is a text with {number}, {label} and {answer} in it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef OUT_SHEET_LAYOUT_H
#define OUT_SHEET_LAYOUT_H

#include <stddef.h>

#include "base/diag.h"
#include "form/form.h"

#define SHEET_COLUMNS 80 /* of a line */
#define LAYOUT_TABLE_COLUMNS 4

enum layout_kind {
	LAYOUT_TITLE,
	LAYOUT_GROUP,
	LAYOUT_TABLE,
	LAYOUT_QUESTION,
	LAYOUT_TEXT,
	LAYOUT_RIGHT,
	LAYOUT_EMPTY,
};

struct layout_entry {
	enum layout_kind kind;
	int row; /* of the form; -1 where the kind names none */
	char *text;
	/* of a table */
	char *heads[LAYOUT_TABLE_COLUMNS];
	size_t widths[LAYOUT_TABLE_COLUMNS]; /* columns */
};

struct sheet_layout {
	struct layout_entry *items;
	size_t n;
	size_t cap;
	bool plain; /* the form came with none */
	const char **empties; /* by row of the form: what an entry says; NULL */
};

/* Read BYTES (UTF-8, with or without a BOM) as a layout for FORM. NULL, with
 * diagnostics added to DIAGS, where it is none. FILE is what they call it. */
struct sheet_layout *sheet_layout_read(const struct form *form,
                                       const char *bytes, size_t length,
                                       const char *file,
                                       struct diag_list *diags);

/* The layout of a form that comes with none: title, then every outermost group
 * and question. */
struct sheet_layout *sheet_layout_plain(const struct form *form);

void sheet_layout_free(struct sheet_layout *layout); /* NULL is fine */

/* What stands for an empty answer to Q; NULL if the layout does not say. */
const char *sheet_layout_empty(const struct sheet_layout *layout, int q);

#endif
