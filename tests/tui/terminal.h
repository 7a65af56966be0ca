/* terminal.h - a terminal with one program in it
 *
 * A pseudo-terminal whose other end libvterm draws in memory. What a terminal
 * answers (a question for the cursor's place, a key in keypad mode, a click)
 * libvterm answers, by the modes that the program has set.
 *
 * Nothing happens by itself: terminal_pump() carries bytes both ways, all else
 * only looks at what has arrived or adds to what will be sent.
 *
 * Rows and columns count from 1 at the upper left, columns are cells.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_TERMINAL_H
#define TUI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <vterm.h>

struct terminal;

/* What it is like. */
enum {
	TERMINAL_WIDE = 1, /* ambiguous characters are two columns, else one */
	TERMINAL_MUTE = 2, /* it answers no questions */
	TERMINAL_EUCJP = 4, /* it shows EUC-JP, else UTF-8 */
};

/* Start ARGV, found in PATH, with ENVIRONMENT and nothing else, in the current
 * directory. Every byte it sends is copied to COPY, where that is not NULL.
 * NULL and errno where there is no pseudo-terminal. */
struct terminal *terminal_start(char **argv, char **environment,
                                unsigned kind, int columns, int rows,
                                FILE *copy);
void terminal_free(struct terminal *t); /* ends the program with SIGKILL */

/* Send and receive what there is, after waiting at most MICROSECONDS for it. */
void terminal_pump(struct terminal *t, long microseconds);

/* The program has taken all that was typed, sleeps, and has sent nothing that
 * has not arrived; or it has ended, and all it sent has arrived. A guess where
 * the program sleeps with work in hand (a shell that waits for a command). */
bool terminal_at_rest(struct terminal *t);

/* *STATUS as waitpid gives it; false while the program runs. */
bool terminal_ended(const struct terminal *t, int *status);

/* --- what a person does --------------------------------------------------- */

void terminal_type(struct terminal *t, const char *bytes, size_t n);
void terminal_key(struct terminal *t, VTermKey key, VTermModifier modifier);

/* What follows must not be taken for one sequence with a lone Esc before: it
 * is at rest only when it has answered, or ESCDELAY has surely passed. */
void terminal_after_escape(struct terminal *t);

/* Bracketed where the program asked for that. */
void terminal_paste(struct terminal *t, const char *bytes, size_t n);

/* BUTTON: 1 left, 2 middle, 3 right, 4 wheel up, 5 wheel down. */
void terminal_mouse(struct terminal *t, int row, int column, int button,
                    bool pressed);
bool terminal_wants_mouse(const struct terminal *t);

void terminal_resize(struct terminal *t, int columns, int rows);
void terminal_signal(struct terminal *t, int number);

/* From now on nothing of what the program sends is taken, until it has ended: where
 * it can send no more it is at rest. */
void terminal_stall(struct terminal *t);

/* --- what a person sees --------------------------------------------------- */

void terminal_size(const struct terminal *t, int *columns, int *rows);

/* The text of a row without blanks at its end: a new string. A character of
 * two cells stands there once, with what combines with it. */
char *terminal_row(const struct terminal *t, int row);

/* False where the cursor is hidden. */
bool terminal_cursor(const struct terminal *t, int *row, int *column);

/* "plain", or words of: bold underline italic blink reverse strike fg=COLOUR
 * bg=COLOUR (0-255, or #RRGGBB). A new string. */
char *terminal_style(const struct terminal *t, int row, int column);

/* How the terminal is other than the program found it, now or when it ended: a new
 * string, NULL where all is as it was. Sends nothing. */
char *terminal_left_behind(struct terminal *t);
/* A program for the whole screen has it: alternate screen, mouse, bracketed paste,
 * cursor key mode, other line settings. */
bool terminal_is_taken(struct terminal *t);

/* How many bytes have arrived, and when the last did (seconds, monotonic). */
size_t terminal_received(const struct terminal *t, double *when);

double terminal_clock(void); /* seconds, monotonic */

#endif
