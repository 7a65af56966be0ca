/* eucjp.h - a terminal that shows EUC-JP; libvterm knows UTF-8 only
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_EUCJP_H
#define TUI_EUCJP_H

#include "base/buf.h"

/* Add to OUT, in UTF-8, the N BYTES of what the program sends; ? for what is no
 * EUC-JP. Of a character that has not come whole the beginning stays in BEGUN until
 * the next call. */
void eucjp_send(const char *bytes, size_t n, struct buf *begun, struct buf *out);

/* Add to OUT, in EUC-JP, what is typed as N BYTES of UTF-8; ? for what it has not. */
void eucjp_type(const char *bytes, size_t n, struct buf *out);

#endif
