/* buf.h - a string that grows
 *
 * Invariants: s is never NULL after buf_init and s[len] is NUL, so s can be
 * read as a C string at any time. Lengths are bytes.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

struct buf {
	char *s;
	size_t len;
	size_t cap;
};

void buf_init(struct buf *b);
void buf_release(struct buf *b);      /* b may be used again after buf_init */
void buf_clear(struct buf *b);        /* empties it, keeps the memory */

void buf_add(struct buf *b, const char *s);
void buf_add_bytes(struct buf *b, const char *s, size_t n);
void buf_add_byte(struct buf *b, char c);
void buf_add_repeated(struct buf *b, char c, size_t n);
void buf_addf(struct buf *b, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void buf_addv(struct buf *b, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

/* A new string made as by printf. */
char *buf_format(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

#endif
