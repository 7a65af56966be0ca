/* SPDX-License-Identifier: MIT */
#include "eucjp.h"

#include <iconv.h>
#include <string.h>
#include <unistr.h>

/* One character, N bytes of it. */
static void add_converted(const char *to, const char *from, const char *bytes,
                          size_t n, struct buf *out)
{
	iconv_t converter = iconv_open(to, from);
	char converted[8], *in = (char *)bytes, *end = converted;
	size_t room = sizeof converted;

	if (iconv(converter, &in, &n, &end, &room) == 0)
		buf_add_bytes(out, converted, sizeof converted - room);
	else
		buf_add(out, "?");
	iconv_close(converter);
}

static size_t length_by(unsigned char lead)
{
	return lead == 0x8f ? 3 : lead == 0x8e || lead > 0xa0 ? 2 : 1;
}

void eucjp_send(const char *bytes, size_t n, struct buf *begun, struct buf *out)
{
	size_t at = 0, length;

	buf_add_bytes(begun, bytes, n);
	for (; at < begun->len; at += length) {
		length = length_by((unsigned char)begun->s[at]);
		if (length > begun->len - at)
			break;
		if (length == 1)
			buf_add_byte(out, begun->s[at]);
		else
			add_converted("UTF-8", "EUC-JP", begun->s + at, length,
			              out);
	}
	begun->len -= at;
	memmove(begun->s, begun->s + at, begun->len);
	begun->s[begun->len] = '\0';
}

void eucjp_type(const char *bytes, size_t n, struct buf *out)
{
	for (size_t at = 0, length; at < n; at += length) {
		int whole = u8_mblen((const uint8_t *)bytes + at, n - at);

		length = whole > 0 ? (size_t)whole : 1;
		if (length == 1) /* a key; what is no UTF-8 is sent as it is */
			buf_add_byte(out, bytes[at]);
		else
			add_converted("EUC-JP", "UTF-8", bytes + at, length, out);
	}
}
