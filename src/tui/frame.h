/* frame.h - what stands around page and pager: title, message, bar
 *
 *   row 0         title, where one is, how far, 作成中
 *   row 1         a rule, with how much of the body is above what is seen
 *   rows 2 ...    the body: page or pager
 *   2 rows        what is said; more where it needs them, up to half of what
 *                 body and message have together
 *   1 row         a rule, with how much is below, and the file's name
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
#define FRAME_MESSAGE_ROWS 2 /* at least */

/* Something that is said below the body. */
struct saying {
	char *text;
	enum style style;
};

/* Rows that the N SAYINGS get. */
int frame_message_rows(const struct term *t, const struct saying *sayings,
                       size_t n);
/* Rows of the body above a message of MESSAGE_ROWS. */
int frame_body_rows(const struct term *t, int message_rows);
/* False where the terminal is too small to be used. */
bool frame_fits(const struct term *t);
/* Ask for more room. */
void frame_draw_too_small(struct term *t);

/* How a rule says that N lines are above or below it; "" where none are. New
 * strings. */
char *frame_above(size_t n);
char *frame_below(size_t n);

/* A file's NAME, or "..." and as much of its end, which tells one from another, as fits
 * into MOST columns. A new string. */
char *frame_name(const char *name, int most);

/* TITLE at the left, RIGHT at the right, as much as fits. */
void frame_draw_title(struct term *t, const char *title, const char *right);
/* The N SAYINGS, one below the other, wrapped, in ROWS, as frame_message_rows gives
 * them. Where these are too few each keeps one, FIRST as many as it needs, and what is
 * cut ends with "...". */
void frame_draw_message(struct term *t, const struct saying *sayings, size_t n,
                        size_t first, int rows);
/* The rules around body and message: so many lines of the body are ABOVE and BELOW
 * what is seen of it; the file's NAME. */
void frame_draw_rules(struct term *t, size_t above, size_t below,
                      const char *name);
/* The keys that work at WHERE. */
void frame_draw_keys(struct term *t, unsigned where);
/* The key that stands in the bar at ROW and COLUMN of the screen; KEYS_NONE. */
key_code frame_bar_key(const struct term *t, unsigned where, int row, int column);

#endif
