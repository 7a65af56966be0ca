/* frame.h - what stands around page and pager: title, message, bar
 *
 *   row 0         title, where one is, how far, 作成中
 *   row 1         a rule
 *   rows 2 ...    the body: page or pager
 *   2 rows        the message
 *   1 row         a rule with the file's name
 *   last row      the keys
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_FRAME_H
#define TUI_FRAME_H

#include "tui/action.h"
#include "tui/term.h"

#define FRAME_ROWS_LEAST 12
#define FRAME_COLUMNS_LEAST 40
#define FRAME_BODY_TOP 2
#define FRAME_MESSAGE_ROWS 2

/* Rows of the body. */
int frame_body_rows(const struct term *t);
/* False where the terminal is too small to be used. */
bool frame_fits(const struct term *t);
/* Ask for more room. */
void frame_draw_too_small(struct term *t);

/* TITLE at the left, RIGHT at the right, as much as fits. */
void frame_draw_title(struct term *t, const char *title, const char *right);
/* MESSAGE, wrapped; what does not fit is cut. */
void frame_draw_message(struct term *t, const char *message, enum style style);
/* The rule with the file's NAME, and the keys that work at WHERE. */
void frame_draw_bar(struct term *t, const char *name, unsigned where);

#endif
