/* undo.h - what was changed in a text, to be taken back and done again
 *
 * A step is a place in the text and what stood there before. What stands there now
 * is kept only once the step is taken back, so that typing and pasting keep
 * nothing. What is typed in a row, up to where another word begins behind a space
 * or punctuation, is one step; so is what Backspace takes in a row, and Delete; any
 * other change is one by itself.
 *
 * Bounded: beyond UNDO_MOST bytes the oldest steps go. Knows nothing of lines or the
 * cursor; places are bytes.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_UNDO_H
#define TUI_UNDO_H

#include <stdbool.h>
#include <stddef.h>

#define UNDO_MOST (512 * 1024)

enum undo_kind {
	UNDO_TYPED,
	UNDO_BACK,    /* deleted before the cursor */
	UNDO_FORWARD, /* deleted behind it */
	UNDO_OTHER,
};

struct undo_step {
	enum undo_kind kind;
	size_t at;
	size_t length; /* bytes that stand there now */
	char *other;   /* what is to stand there instead, */
	size_t n_other; /* so many bytes */
	size_t cursor; /* before the change */
};

struct undo {
	struct undo_step *steps;
	size_t n;   /* that can be taken back; behind them */
	size_t all; /* those that were */
	size_t cap;
	size_t bytes; /* of them */
	bool apart;   /* the next change is a step of its own */
};

void undo_release(struct undo *u);

/* TEXT is about to be changed: of it N bytes at AT will be replaced by LENGTH others,
 * beginning with ADDED. */
void undo_note(struct undo *u, enum undo_kind kind, const char *text, size_t at,
               size_t n, const char *added, size_t length, size_t cursor);

/* The step to take back, or to do again; NULL if there is none. Whoever asks
 * replaces its length bytes by the other ones, and then says what they were:
 * undo_done takes REPLACED. */
struct undo_step *undo_back(struct undo *u);
struct undo_step *undo_again(struct undo *u);
void undo_done(struct undo *u, struct undo_step *step, char *replaced);

#endif
