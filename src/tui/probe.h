/* probe.h - what the terminal is asked at start, and what its answer means
 *
 * One is known by its device, as it would answer like the others: Linux's own
 * console. Its fonts are of 512 characters at most, none of them Japanese.
 *
 * ※, whose width is ambiguous, and ああ, four columns in every terminal that shows
 * UTF-8, are written off the first row and column, and the terminal is asked where
 * its cursor stands then (DSR 6). There, no answer looks like a key: ESC [ 1 ; 2 R
 * would be Shift-F3. ※ and ああ are each a whole number of characters in Shift_JIS
 * too, which so swallows nothing of the question; none has a byte that is a harmful
 * C1 control to a terminal of ISO 8859.
 *
 * Leaves no trace where the screen is cleared next. Knows no curses.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_PROBE_H
#define TUI_PROBE_H

#include <stdbool.h>

#include "tui/key.h"

/* Wants two rows and as many columns. */
#define PROBE_QUESTION "\033[2;3H※ああ\033[6n"
#define PROBE_COLUMNS 9
#define PROBE_BYTES 9 /* of ※ああ: nothing draws it over more columns */

#define PROBE_WAIT 300 /* milliseconds that its answer is waited for */

enum probe_finding {
	PROBE_NOTHING, /* no answer to this question */
	PROBE_NARROW,
	PROBE_WIDE,
	PROBE_NOT_UTF8,
};

/* What E, an EVENT_ANSWER, says. */
enum probe_finding probe_find(const struct event *e);

/* Standard output is a virtual console of Linux. */
bool probe_is_console(void);

#endif
