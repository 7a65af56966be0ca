/* SPDX-License-Identifier: MIT */
#include "plain/line.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/signals.h"
#include "base/text.h"

/* Bytes of the control sequence at S, what an arrow key sends (ECMA-48 §5.4); 0
 * where there is none. */
static size_t sequence_length(const char *s)
{
	size_t n = 2;

	if (s[0] != 0x1b || (s[1] != '[' && s[1] != 'O'))
		return 0;
	while (s[n] >= 0x20 && s[n] < 0x40)
		n++;
	return s[n] >= 0x40 && s[n] < 0x7f ? n + 1 : n;
}

/* Take out of LINE what is hidden in it; true where there was something. */
static bool remove_hidden(struct buf *line)
{
	const char *first = text_find_hidden(line->s);
	char *typed;
	size_t to = 0;

	if (!first)
		return false;
	for (size_t from = 0; from < line->len; ) {
		size_t n = sequence_length(line->s + from);

		if (n == 0)
			line->s[to++] = line->s[from++];
		from += n;
	}
	line->s[to] = '\0';
	typed = text_typed(line->s, false);
	buf_clear(line);
	buf_add(line, typed);
	free(typed);
	return true;
}

/* True where that was a change. */
static bool set_utf8(int fd, bool on)
{
	struct termios modes;
	bool is_on;

	if (tcgetattr(fd, &modes) != 0)
		return false;
	is_on = modes.c_iflag & IUTF8;
	if (is_on == on)
		return false;
	modes.c_iflag ^= IUTF8;
	return tcsetattr(fd, TCSANOW, &modes) == 0;
}

void line_take_terminal(struct line_source *in)
{
	in->changed |= set_utf8(in->fd, true);
}

void line_give_back(struct line_source *in)
{
	if (in->changed)
		set_utf8(in->fd, false);
	in->changed = false;
}

enum waited { INPUT_CAME, LEAVE_CAME, WAS_STOPPED };

/* Wait until there is something to read, or a signal says otherwise. */
static enum waited wait_for_input(int fd)
{
	struct pollfd fds[] = {
		{ .fd = fd, .events = POLLIN },
		{ .fd = signals_fd(), .events = POLLIN },
	};

	while (!signals_came(SIGNAL_LEAVE)) {
		if (signals_take(SIGNAL_CONTINUE))
			return WAS_STOPPED;
		if (poll(fds, 2, -1) > 0 && fds[0].revents)
			return INPUT_CAME;
		signals_took();
	}
	return LEAVE_CAME;
}

enum { BYTE_END = -1, BYTE_FAILED = -2, BYTE_STOPPED = -3 };

static int next_byte(struct line_source *in)
{
	ssize_t n;

	if (in->at == in->n) {
		enum waited waited = wait_for_input(in->fd);

		if (waited == WAS_STOPPED)
			return BYTE_STOPPED;
		n = waited == INPUT_CAME
			? read(in->fd, in->bytes, sizeof in->bytes) : 0;
		if (n <= 0)
			return n < 0 ? BYTE_FAILED : BYTE_END;
		in->at = 0;
		in->n = (size_t)n;
	}
	return (unsigned char)in->bytes[in->at++];
}

enum line_status line_read(struct line_source *in, struct buf *line)
{
	size_t n = 0;
	int c;

	buf_clear(line);
	while ((c = next_byte(in)) != '\n' &&
	       (c >= 0 || (c == BYTE_STOPPED && line->len))) {
		if (c < 0) /* the terminal has forgotten no more than its own line */
			continue;
		if (++n <= LINE_MAX_BYTES)
			buf_add_byte(line, (char)c);
		if (n == LINE_ENDLESS) {
			errno = EFBIG;
			return LINE_FAILED;
		}
	}
	if (c == BYTE_FAILED)
		return LINE_FAILED;
	if (c == BYTE_STOPPED)
		return LINE_STOPPED;
	if (c == BYTE_END && !line->len)
		return LINE_END;
	if (text_has_prefix(line->s, "\xef\xbb\xbf")) { /* a file's BOM */
		memmove(line->s, line->s + 3, line->len - 2);
		line->len -= 3;
	}
	if (line->len && line->s[line->len - 1] == '\r')
		line->s[--line->len] = '\0';
	if (n > LINE_MAX_BYTES || !text_is_utf8(line->s, line->len))
		return LINE_REFUSED;
	return remove_hidden(line) ? LINE_CLEANED : LINE_READ;
}
