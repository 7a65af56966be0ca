/* SPDX-License-Identifier: MIT */
#include "wide.h"

#include <stdint.h>
#include <string.h>
#include <unistr.h>

#include "base/text.h"

#define PLANE 0x20000

static bool is_drawn_wide(ucs4_t c)
{
	return c < 0x10000 && text_character_columns(c, TEXT_NARROW) == 1 &&
	       text_character_columns(c, TEXT_WIDE) == 2;
}

static void add_character(struct buf *b, ucs4_t c)
{
	uint8_t utf8[6];

	buf_add_bytes(b, (const char *)utf8,
	              (size_t)u8_uctomb(utf8, c, sizeof utf8));
}

void wide_send(const char *bytes, size_t n, struct buf *begun, struct buf *out)
{
	const uint8_t *p, *end;

	buf_add_bytes(begun, bytes, n);
	p = (const uint8_t *)begun->s;
	end = p + begun->len;
	while (p < end) {
		ucs4_t c;
		int length = u8_mbtoucr(&c, p, (size_t)(end - p));

		if (length == -2)
			break;
		if (length > 0 && is_drawn_wide(c))
			add_character(out, PLANE | c);
		else
			buf_add_bytes(out, (const char *)p,
			              length > 0 ? (size_t)length : 1);
		p += length > 0 ? length : 1;
	}
	begun->len = (size_t)(end - p);
	memmove(begun->s, p, begun->len);
	begun->s[begun->len] = '\0';
}

char *wide_shown(const char *row)
{
	const uint8_t *p = (const uint8_t *)row;
	struct buf shown;
	ucs4_t c;

	buf_init(&shown);
	while ((p = u8_next(&c, p)))
		add_character(&shown, (c & ~0xFFFFu) == PLANE &&
		              is_drawn_wide(c & 0xFFFF) ? c & 0xFFFF : c);
	return shown.s;
}
