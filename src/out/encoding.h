/* encoding.h - bytes from outside become UTF-8
 *
 * UTF-8 with or without a BOM, else CP932 (what Excel in Japan writes as plain
 * CSV), by iconv. Nothing is ever replaced: bytes that are neither are refused.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef OUT_ENCODING_H
#define OUT_ENCODING_H

#include <stddef.h>

/* BYTES as UTF-8 without a BOM: a new string of *DECODED bytes; or NULL and
 * *WHY (a new string). */
char *encoding_decode(const char *bytes, size_t length, size_t *decoded,
                      char **why);

#endif
