/* SPDX-License-Identifier: MIT */
#include "out/encoding.h"

#include <iconv.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

static char *unknown_encoding(void)
{
	return mem_strdup(_("文字コードがわかりません（UTF-8 でも Shift_JIS（CP932）でもありません）。「CSV UTF-8」で保存し直してください"));
}

/* BYTES from CP932; NULL and *WHY where they are not, or iconv does not know it. */
static char *from_cp932(const char *bytes, size_t length, size_t *decoded,
                        char **why)
{
	iconv_t cd = iconv_open("UTF-8", "CP932");
	/* A double-byte character becomes 3 bytes, a half-width kana too. */
	size_t room = length * 3, left = room;
	char *out, *to, *from = (char *)bytes;
	size_t failed;

	/* glibc says the same of an encoding that it has no module for and of
	 * memory that is exhausted while it looks. */
	if (cd == (iconv_t)-1) {
		*why = mem_strdup(_("UTF-8 ではなく、ほかの文字コードから変換できません（iconv に CP932 がないか、メモリーが足りません）。「CSV UTF-8」で保存し直してください"));
		return NULL;
	}
	out = to = mem_alloc(room + 1);
	failed = iconv(cd, &from, &length, &to, &left);
	iconv_close(cd);
	if (failed == (size_t)-1) {
		free(out);
		*why = unknown_encoding();
		return NULL;
	}
	*decoded = room - left;
	return out;
}

char *encoding_decode(const char *bytes, size_t length, size_t *decoded,
                      char **why)
{
	bool bom = length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0;

	if (bom)
		bytes += 3, length -= 3;
	if (length >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 ||
	                    memcmp(bytes, "\xfe\xff", 2) == 0)) {
		*why = mem_strdup(_("文字コードが UTF-16 です。「CSV UTF-8（コンマ区切り）」で保存し直してください"));
		return NULL;
	}
	if (memchr(bytes, '\0', length)) {
		*why = mem_strdup(_("文字ではないバイト（NUL）があります。CSV ではなく別の種類のファイルのようです"));
		return NULL;
	}
	if (text_is_utf8(bytes, length)) {
		*decoded = length;
		return mem_strndup(bytes, length);
	}
	if (!bom)
		return from_cp932(bytes, length, decoded, why);
	*why = unknown_encoding();
	return NULL;
}
