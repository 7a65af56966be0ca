/* term.h - the terminal; the one module that knows curses
 *
 * Text is put into a picture of the screen (rows and columns from 0); term_show
 * sends what has changed. Widths are width.h's.
 *
 * Signals arrive as events (base/signals.h): SIGWINCH; SIGTSTP; SIGHUP, SIGINT,
 * SIGQUIT and SIGTERM; SIGCONT takes the terminal again as the shell has left it.
 * While it is open, fatal() and a crash give the terminal back before their
 * message.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_TERM_H
#define TUI_TERM_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/key.h"

struct term;

/* How text looks; without colour each still differs by more than colour where
 * it has to mean something. */
enum style {
	STYLE_PLAIN,
	STYLE_TITLE, /* the bar at the top */
	STYLE_STRONG,
	STYLE_FOCUS, /* what keys act on */
	STYLE_FAINT,
	STYLE_ERROR,
	STYLE_KEY,   /* a key's name in the bar below */
	STYLE_FIELD, /* a place to write in */
	STYLE_FOUND, /* what was searched for */
	STYLES,
};

/* Take the terminal over; NULL and *WHY (a new string) where it cannot be: it is
 * none at all; or it is, but TERM is unset, unknown or a dumb one's, and *WHY says
 * that things go on line by line. One at a time.
 *
 * Where the width is not known (width.h) the terminal is asked; it may answer later
 * (probe.h): then comes EVENT_RESIZE, as all has to be laid out anew, or EVENT_LEAVE,
 * as it does not show UTF-8. */
struct term *term_open(char **why);

bool term_is_utf8(const struct term *t); /* false once it has said so */
void term_close(struct term *t); /* gives it back; NULL is fine */

int term_rows(const struct term *t);
int term_columns(const struct term *t);

void term_clear(struct term *t);
/* Put LENGTH bytes of TEXT, one line, at ROW and COLUMN; what lies beyond the
 * edge is cut. */
void term_put(struct term *t, int row, int column, const char *text,
              size_t length, enum style style);
/* Blanks from COLUMN on, WIDTH of them. */
void term_blank(struct term *t, int row, int column, int width,
                enum style style);
/* A rule of WIDTH columns, faint. */
void term_rule(struct term *t, int row, int column, int width);
/* A place to write in: TEXT on WIDTH underlined columns; what is longer is cut. */
void term_field(struct term *t, int row, int column, int width,
                const char *text);
/* Move ROWS rows from TOP on up by BY, or down if that is negative. */
void term_scroll(struct term *t, int top, int rows, int by);
void term_cursor(struct term *t, int row, int column); /* where it stands */
void term_hide_cursor(struct term *t);
void term_show(struct term *t);
void term_repaint(struct term *t); /* all of it anew, at the size it has now (^L) */

/* Have all of our job stopped, as ^Z in a shell does: EVENT_STOP comes. */
void term_ask_to_stop(struct term *t);
/* Upon EVENT_STOP: give the terminal back and stop; returns with the terminal taken
 * again when the shell goes on with us. */
void term_stop(struct term *t);

/* Wait for FD too, in place of another: EVENT_WATCHED as long as it has something
 * to read; -1: for none. */
void term_watch(struct term *t, int fd);

long long term_clock(void); /* milliseconds, of a clock that is never set */

/* Wait for what happens next, MILLISECONDS at most (-1: for ever). */
struct event term_read(struct term *t, int milliseconds);

#endif
