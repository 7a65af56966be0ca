/* width.h - how wide the terminal at hand draws ambiguous characters
 *
 * All that is laid out for the screen is measured with it (base/text.h). Curses has
 * to agree: it asks the C library's wcwidth, which knows one width only and takes no
 * argument to say another, so width.c has a wcwidth of its own that takes that one's
 * place, for all of the program. Hence the one width of the process.
 *
 * Where it changes, what has been laid out and what curses has is no longer true:
 * all has to be drawn anew.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_WIDTH_H
#define TUI_WIDTH_H

#include "base/text.h"

enum text_width screen_width(void); /* TEXT_NARROW unless it was set */
bool screen_width_is_known(void);   /* it was set */
void screen_width_set(enum text_width width);
/* Set it to NAME, "narrow" or "wide"; false where NAME is neither. */
bool screen_width_name(const char *name);

int screen_columns(const char *text); /* of all of it */

#endif
