/* screen.h - a screen as a script shows it, and whether the terminal has it
 *
 *     |text   a row, blanks at its end aside
 *     ~text   a row where each ? may be any one character
 *     ...     any number of rows, or none
 *
 * Rows that are not shown at the end are blank.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include "terminal.h"

#define SCREEN_ROW_STARTS "|~."

struct screen_row {
	char kind; /* the first character of its line */
	const char *text;
};

struct screen {
	struct screen_row *rows;
	size_t n, cap;
};

/* LINE, whose blanks at the end are cut off, as a row that borrows it. False
 * where it is none. */
bool screen_read_row(struct screen_row *row, char *line);
bool screen_row_matches(const struct screen_row *row, const char *text);

void screen_add(struct screen *screen, struct screen_row row);
void screen_release(struct screen *screen);

bool screen_matches(const struct screen *screen, const struct terminal *t);

/* The rows that differ, as wanted and as found: a new string. */
char *screen_differences(const struct screen *screen, const struct terminal *t);

#endif
