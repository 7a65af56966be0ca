/* line.h - a line that somebody typed
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef PLAIN_LINE_H
#define PLAIN_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "record/record.h"

#define LINE_MAX_BYTES RECORD_LONGEST_ANSWER
#define LINE_ENDLESS (8 * 1024 * 1024) /* bytes; no line: errno is EFBIG */

/* Where lines are read from: begin with the descriptor, and nothing read. */
struct line_source {
	int fd;
	char bytes[4096];
	size_t at;
	size_t n;
	bool changed; /* the terminal's IUTF8 */
};

enum line_status {
	LINE_READ,
	LINE_CLEANED, /* read, and what was hidden (text.h) taken out of it */
	LINE_REFUSED, /* no UTF-8, or too long: passed over */
	LINE_STOPPED, /* none: the program was stopped, and goes on */
	LINE_END,     /* end of input, or a signal to leave (base/signals.h) */
	LINE_FAILED,  /* errno says why */
};

/* Where IN is a terminal, let the keys that delete delete a character, not a byte
 * (termios(3), IUTF8), and make it as it was: before each prompt, since the shell may
 * have had it meanwhile; and at the end. */
void line_take_terminal(struct line_source *in);
void line_give_back(struct line_source *in);

/* Read a line of IN, without its end, into LINE. */
enum line_status line_read(struct line_source *in, struct buf *line);

#endif
