/* SPDX-License-Identifier: MIT */
#include "out/encoding.h"

#include <ctype.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"

#define BOM "\xef\xbb\xbf"

const struct encoding_facts encoding_facts[ENCODINGS] = {
	[ENCODING_UTF8] = {
		"utf-8", " utf8", "UTF-8",
		"UTF-8", NULL, TEXT_NARROW, LINE_END_LF, false,
	},
	[ENCODING_UTF8_BOM] = {
		"utf-8-bom", " utf8bom utf8sig", N_("UTF-8 (BOM 付き)"),
		"UTF-8", NULL, TEXT_NARROW, LINE_END_CRLF, false,
	},
	[ENCODING_CP932] = {
		"cp932", " cp932 shiftjis sjis windows31j ms932",
		"Shift_JIS (CP932)",
		"CP932", NULL, TEXT_DOUBLE_BYTE, LINE_END_CRLF, true,
	},
	[ENCODING_EUC_JP] = {
		"euc-jp", " eucjp euc ujis", "EUC-JP",
		"EUC-JP", "EUC-JP-MS", TEXT_DOUBLE_BYTE, LINE_END_LF, false,
	},
	[ENCODING_ISO_2022_JP] = {
		"iso-2022-jp", " iso2022jp jis", "ISO-2022-JP (JIS)",
		"ISO-2022-JP", NULL, TEXT_DOUBLE_BYTE, LINE_END_CRLF, false,
	},
};

const char encoding_names[] = "utf-8|utf-8-bom|cp932|euc-jp|iso-2022-jp";

enum encoding encoding_find(const char *name)
{
	struct buf word;
	enum encoding e = 0;

	buf_init(&word);
	buf_add_byte(&word, ' ');
	for (; *name; name++)
		if (*name != '-' && *name != '_')
			buf_add_byte(&word, (char)tolower((unsigned char)*name));
	for (; e < ENCODINGS; e++) {
		const char *at = strstr(encoding_facts[e].aliases, word.s);

		if (word.len > 1 && at && (at[word.len] == ' ' || !at[word.len]))
			break;
	}
	buf_release(&word);
	return e;
}

const char *encoding_title(enum encoding e)
{
	return _(encoding_facts[e].title);
}

bool encoding_is_utf8(enum encoding e)
{
	return e == ENCODING_UTF8 || e == ENCODING_UTF8_BOM;
}

bool line_end_read(const char *name, enum encoding e, enum line_end *line_end)
{
	static const char *const names[] = {
		[LINE_END_LF] = "lf",
		[LINE_END_CRLF] = "crlf",
	};

	*line_end = encoding_facts[e].line_end;
	if (!*name)
		return true;
	for (int i = LINE_END_LF; i <= LINE_END_CRLF; i++)
		if (strcasecmp(name, names[i]) == 0) {
			*line_end = (enum line_end)i;
			return true;
		}
	return false;
}

char *encoding_remark(enum encoding e)
{
	return encoding_is_utf8(e) ? NULL
		: buf_format(_("文字コードを %s として読みました"), encoding_title(e));
}

/* glibc says the same of an encoding that it has no module for and of memory that
 * is exhausted while it looks. */
char *encoding_no_converter(enum encoding e)
{
	return buf_format(_("%s の変換ができません（iconv の変換モジュールがないか、メモリーが足りません）。モジュールのあるディレクトリを環境変数 GCONV_PATH で指定するか、UTF-8 を使ってください"),
	                  encoding_title(e));
}

/* --- reading ------------------------------------------------------------ */

struct bytes {
	const char *s;
	size_t length;
};

/* How reading it as one encoding went. */
enum attempt {
	ATTEMPT_FINE,
	ATTEMPT_INVALID,
	ATTEMPT_NO_CONVERTER,
};

/* B, in what iconv calls NAME, as a new string; *FAILED is where it is not. */
static enum attempt convert(struct bytes b, const char *name,
                            struct decoded *result, size_t *failed)
{
	iconv_t cd = iconv_open("UTF-8", name);
	/* No two bytes become more than three, nor does a half-width kana. */
	size_t room = b.length * 3, left = room, rest = b.length, n;
	char *to, *from = (char *)b.s;

	if (cd == (iconv_t)-1)
		return ATTEMPT_NO_CONVERTER;
	result->text = to = mem_alloc(room + 1);
	n = iconv(cd, &from, &rest, &to, &left);
	iconv_close(cd);
	*failed = b.length - rest;
	result->length = room - left;
	if (n != (size_t)-1)
		return ATTEMPT_FINE;
	free(result->text);
	result->text = NULL;
	return ATTEMPT_INVALID;
}

/* Where a C1 control stands, which no text has but glibc reads in EUC-JP; the end
 * if nowhere. */
static size_t find_c1(struct bytes b)
{
	size_t i = 0;

	for (; i < b.length; i++) {
		unsigned char c = (unsigned char)b.s[i];

		if (c >= 0x80 && c < 0xa0 && c != 0x8e && c != 0x8f)
			break;
	}
	return i;
}

static enum attempt read_as(enum encoding e, struct bytes b,
                            struct decoded *result, size_t *failed)
{
	const struct encoding_facts *f = &encoding_facts[e];
	size_t c1 = e == ENCODING_EUC_JP ? find_c1(b) : b.length, ignored;
	enum attempt a;

	result->encoding = e;
	*failed = c1;
	if (c1 < b.length)
		return ATTEMPT_INVALID;
	a = convert(b, f->iconv, result, failed);
	if (a == ATTEMPT_INVALID && f->windows &&
	    convert(b, f->windows, result, &ignored) == ATTEMPT_FINE)
		a = ATTEMPT_FINE;
	return a;
}

/* True where B, valid EUC-JP, looks like Japanese and not like half-width katakana
 * in CP932. */
static bool looks_like_euc_jp(struct bytes b)
{
	long kana = 0, rare = 0;

	for (size_t i = 0; i < b.length; ) {
		unsigned char c = (unsigned char)b.s[i];

		/* Rows 4 and 5, and 、。「」ー in row 1. */
		kana += c == 0xa1 || c == 0xa4 || c == 0xa5;
		rare += c == 0x8e || c == 0x8f || c >= 0xd0;
		i += c < 0x80 ? 1 : c == 0x8f ? 3 : 2;
	}
	return kana >= rare;
}

static bool looks_like_jis(struct bytes b)
{
	bool escapes = false;

	for (size_t i = 0; i < b.length; i++) {
		if ((unsigned char)b.s[i] >= 0x80)
			return false;
		escapes |= i + 2 < b.length && b.s[i] == '\x1b' &&
		           b.s[i + 1] == '$' &&
		           (b.s[i + 2] == 'B' || b.s[i + 2] == '@');
	}
	return escapes;
}

static enum attempt guess(struct bytes b, struct decoded *result)
{
	struct decoded euc = {0};
	size_t ignored;
	enum attempt a = read_as(ENCODING_EUC_JP, b, &euc, &ignored);
	enum attempt c;

	if (a == ATTEMPT_FINE && looks_like_euc_jp(b)) {
		*result = euc;
		return a;
	}
	c = read_as(ENCODING_CP932, b, result, &ignored);
	if (c == ATTEMPT_FINE ||
	    (c == ATTEMPT_NO_CONVERTER && a != ATTEMPT_FINE)) {
		free(euc.text);
		return c;
	}
	*result = euc;
	return a;
}

/* Why B is no text as FROM, as far as FAILED: a new string. */
static char *why_invalid(struct bytes b, enum encoding from, size_t failed)
{
	long line = 1;

	if (from == ENCODING_UNKNOWN)
		return mem_strdup(_("文字コードがわかりません（UTF-8 でも Shift_JIS（CP932）でも EUC-JP でもありません）。「CSV UTF-8」で保存し直してください"));
	for (size_t i = 0; i < failed; i++)
		line += b.s[i] == '\n';
	return buf_format(_("%ld 行目に %s ではない文字があります。別の文字コードを --from で指定するか、「CSV UTF-8」で保存し直してください"),
	                  line, encoding_title(from));
}

/* Read B, which is not UTF-8, as FROM. */
static bool decode(struct bytes b, enum encoding from, struct decoded *result,
                   char **why)
{
	size_t failed = 0;
	enum attempt a = from == ENCODING_UNKNOWN
		? guess(b, result) : read_as(from, b, result, &failed);

	if (a == ATTEMPT_INVALID)
		*why = why_invalid(b, from, failed);
	if (a == ATTEMPT_NO_CONVERTER)
		*why = encoding_no_converter(result->encoding);
	return a == ATTEMPT_FINE;
}

/* B as the UTF-8 that it is. */
static bool take(struct bytes b, bool bom, struct decoded *result)
{
	*result = (struct decoded){
		.text = mem_strndup(b.s, b.length),
		.length = b.length,
		.encoding = bom ? ENCODING_UTF8_BOM : ENCODING_UTF8,
	};
	return true;
}

/* Where B, which is not UTF-8, stops being that; *CUT is true where only the rest of
 * a character is missing, at its end. */
static size_t find_no_utf8(struct bytes b, bool *cut)
{
	const uint8_t *s = (const uint8_t *)b.s, *at = u8_check(s, b.length);
	ucs4_t c;

	*cut = u8_mbtoucr(&c, at, b.length - (size_t)(at - s)) == -2;
	return (size_t)(at - s);
}

bool encoding_decode(const char *bytes, size_t length, enum encoding from,
                     struct decoded *result, char **why)
{
	bool bom = length >= 3 && memcmp(bytes, BOM, 3) == 0;
	struct bytes b = { bytes + (bom ? 3 : 0), length - (bom ? 3 : 0) };
	size_t failed;
	bool cut;

	if (b.length >= 2 && (memcmp(b.s, "\xff\xfe", 2) == 0 ||
	                      memcmp(b.s, "\xfe\xff", 2) == 0)) {
		*why = mem_strdup(_("文字コードが UTF-16 です。「CSV UTF-8（コンマ区切り）」で保存し直してください"));
		return false;
	}
	if (memchr(b.s, '\0', b.length)) {
		*why = mem_strdup(_("文字ではないバイト（NUL）があります。CSV ではなく別の種類のファイルのようです"));
		return false;
	}
	if (!encoding_is_utf8(from) && !bom && looks_like_jis(b))
		return decode(b, ENCODING_ISO_2022_JP, result, why);
	if (text_is_utf8(b.s, b.length))
		return take(b, bom, result);
	failed = find_no_utf8(b, &cut);
	if (!bom && !encoding_is_utf8(from) && !(cut && from == ENCODING_UNKNOWN))
		return decode(b, from, result, why);
	*why = cut ? mem_strdup(_("文字の途中でファイルが終わっています。コピーが途中で切れたようなので、元のファイルからコピーし直してください"))
	           : why_invalid(b, ENCODING_UTF8, failed);
	return false;
}
