/* mend.h - what libvterm 0.1 (Debian 12) gets wrong, put right on the way in
 *
 * - Of several private modes in one sequence, which is how ncurses asks for the
 *   mouse (CSI ? 1006 ; 1000 h), it sees the first: it gets one at a time.
 * - Where they come in one write with what is before them, the marks of が and ぱ
 *   (U+3099, U+309A) take cells of their own, and a character of which a part has
 *   arrived is lost: every character that is not ASCII begins a write.
 * - Saving and restoring the cursor (DECSC, DECRC, leaving the second screen) takes
 *   whether it is seen with it, which no terminal does.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_MEND_H
#define TUI_MEND_H

#include <stdbool.h>
#include <stddef.h>
#include <vterm.h>

#include "base/buf.h"

struct mend {
	VTerm *vterm;
	struct buf begun; /* a sequence of which more must come */
	bool hidden;      /* the cursor, by what the program said */
};

void mend_init(struct mend *m, VTerm *vterm); /* borrows VTERM */
void mend_release(struct mend *m);

void mend_write(struct mend *m, const char *bytes, size_t n);

#endif
