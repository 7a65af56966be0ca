/* SPDX-License-Identifier: MIT */
#include "plain/line.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"

/* Bytes of the control sequence at S: what an arrow key sends (ECMA-48 §5.4), or
 * one control character; 0 where there is none. */
static size_t control_length(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t n;

	if (p[0] == 0x1b && (p[1] == '[' || p[1] == 'O')) {
		for (n = 2; p[n] >= 0x20 && p[n] < 0x40; n++)
			;
		return p[n] >= 0x40 && p[n] < 0x7f ? n + 1 : n;
	}
	if ((p[0] < 0x20 && p[0] != '\t') || p[0] == 0x7f)
		return 1;
	if (p[0] == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0) /* C1 */
		return 2;
	return 0;
}

static bool remove_controls(struct buf *line)
{
	size_t to = 0;

	for (size_t from = 0; from < line->len; ) {
		size_t n = control_length(line->s + from);

		if (n == 0)
			line->s[to++] = line->s[from++];
		from += n;
	}
	if (to == line->len)
		return false;
	line->len = to;
	line->s[to] = '\0';
	return true;
}

enum line_status line_read(FILE *in, struct buf *line)
{
	bool too_long = false;
	int c;

	buf_clear(line);
	while ((c = getc(in)) != EOF && c != '\n') {
		if (line->len == LINE_MAX_BYTES)
			too_long = true;
		else
			buf_add_byte(line, (char)c);
	}
	if (ferror(in)) {
		if (errno != EINTR)
			return LINE_FAILED;
		clearerr(in); /* a signal: the end of input comes next */
	}
	if (c == EOF && !line->len)
		return LINE_END;
	if (text_has_prefix(line->s, "\xef\xbb\xbf")) { /* a file's BOM */
		memmove(line->s, line->s + 3, line->len - 2);
		line->len -= 3;
	}
	if (line->len && line->s[line->len - 1] == '\r')
		line->s[--line->len] = '\0';
	if (too_long || !text_is_utf8(line->s, line->len))
		return LINE_REFUSED;
	return remove_controls(line) ? LINE_CLEANED : LINE_READ;
}
