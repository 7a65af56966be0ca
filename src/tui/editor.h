/* editor.h - a text that is being typed
 *
 * A model without a screen: the text, where the cursor is, and how it falls into
 * lines of a width. One line or many; in one line a line break becomes a space.
 * Tabs become spaces, what is hidden (text.h) is left out.
 *
 * Invariants: the text is UTF-8 without controls but LF; the cursor (a byte
 * offset) stands between graphemes. Positions within the lines are columns, as the
 * screen has them (width.h).
 *
 * A key costs the lines that it changes, not the text: those up to where one begins
 * as it did, or its paragraph's end.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_EDITOR_H
#define TUI_EDITOR_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"
#include "tui/action.h"
#include "tui/undo.h"

struct editor {
	struct buf text;
	size_t cursor;
	bool behind; /* the cursor is seen behind a line that ends there, not before
	              * the next, which begins there */
	bool many_lines;
	size_t columns; /* of a line */
	size_t rows;    /* that are seen at once; whoever draws it says so */
	struct text_line *lines;
	size_t n_lines;
	size_t cap_lines;
	size_t goal; /* the column that going up and down keeps to */
	/* The lines that have changed since whoever draws them set both to 0. */
	size_t changed_from;
	size_t changed_to;
	char *killed; /* what whole words and lines were deleted last; NULL */
	bool killing; /* the last key did that: the next one adds to it */
	struct undo undo;
};

/* Begin with TEXT, an answer (record.h), the cursor at its end. COLUMNS may be 0 as
 * long as they are not known: nothing but editor_resize may come next. */
void editor_init(struct editor *e, const char *text, bool many_lines,
                 size_t columns);
void editor_release(struct editor *e);
/* Costs the text, where these are other columns than before. */
void editor_resize(struct editor *e, size_t columns);
/* Put TEXT in place of all there is, a change that can be taken back; the cursor at
 * its end. */
void editor_set(struct editor *e, const char *text);

enum editor_result {
	EDITOR_IGNORED,   /* not its business, or nothing of it may stand here */
	EDITOR_MOVED,     /* the cursor only */
	EDITOR_CHANGED,   /* the text */
	EDITOR_FULL,      /* it would be longer than RECORD_LONGEST_ANSWER */
	EDITOR_LEFT_UP,   /* up from the first line */
	EDITOR_LEFT_DOWN, /* down from the last */
};

enum editor_result editor_do(struct editor *e, enum action action);
enum editor_result editor_type(struct editor *e, key_code character);
enum editor_result editor_paste(struct editor *e, const char *text);

/* The line that the cursor is in, and its column there. */
size_t editor_cursor_line(const struct editor *e);
size_t editor_cursor_column(const struct editor *e);
/* Put the cursor near COLUMN of LINE. */
void editor_place(struct editor *e, size_t line, size_t column);

#endif
