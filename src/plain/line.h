/* line.h - a line that somebody typed
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef PLAIN_LINE_H
#define PLAIN_LINE_H

#include <stddef.h>

#include "base/buf.h"
#include "record/record.h"

#define LINE_MAX_BYTES RECORD_LONGEST_ANSWER
#define LINE_ENDLESS (8 * 1024 * 1024) /* bytes; no line: errno is EFBIG */

/* Where lines are read from: begin with the descriptor, and nothing read. */
struct input {
	int fd;
	char bytes[4096];
	size_t at;
	size_t n;
};

enum line_status {
	LINE_READ,
	LINE_CLEANED, /* read, and what was hidden (text.h) taken out of it */
	LINE_REFUSED, /* no UTF-8, or too long: passed over */
	LINE_END,     /* end of input, or a signal to leave (base/signals.h) */
	LINE_FAILED,  /* errno says why */
};

/* Read a line of IN, without its end, into LINE. */
enum line_status line_read(struct input *in, struct buf *line);

#endif
