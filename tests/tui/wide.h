/* wide.h - a terminal that draws ambiguous characters (UAX #11) over two columns
 *
 * libvterm cannot: on the way to it ※ (U+203B) becomes U+2203B, which has two, and
 * on the way back ※ again. Of the plane 2 characters themselves, those of which
 * that would be made cannot be shown.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_WIDE_H
#define TUI_WIDE_H

#include "base/buf.h"

/* Add to OUT the N BYTES of what the program sends. Of a character that has not
 * come whole the beginning stays in BEGUN until the next call. */
void wide_send(const char *bytes, size_t n, struct buf *begun, struct buf *out);

/* What is shown in a row, as it was sent: a new string. */
char *wide_shown(const char *row);

#endif
