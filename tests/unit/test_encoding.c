/* SPDX-License-Identifier: MIT */
#include "fixture.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "out/encoding.h"

#define BYTES(literal) literal, sizeof(literal) - 1

/* TEXT is what BYTES, which are FROM or UTF-8, are read as, and of which encoding. */
static void assert_read(const char *bytes, size_t length, enum encoding from,
                        enum encoding encoding, const char *text)
{
	struct decoded d = {0};
	char *why;

	if (!encoding_decode(bytes, length, from, &d, &why))
		fail_msg("for %s: %s", text, why);
	if (strcmp(d.text, text) != 0)
		fail_msg("for %s: %s", text, d.text);
	assert_int_equal(d.length, strlen(text));
	assert_int_equal(d.encoding, encoding);
	free(d.text);
}

static void assert_refused(const char *bytes, size_t length, enum encoding from,
                           const char *word)
{
	struct decoded d = {0};
	char *why = NULL;

	if (encoding_decode(bytes, length, from, &d, &why))
		fail_msg("for %s it was read as %s", word, d.text);
	if (!strstr(why, word))
		fail_msg("no %s: %s", word, why);
	free(why);
}

static void test_what_is_read(void **state)
{
	static const struct {
		const char *bytes;
		size_t length;
		enum encoding encoding;
		const char *text;
	} cases[] = {
		{ BYTES(""), ENCODING_UTF8, "" },
		{ BYTES("abc\r\n"), ENCODING_UTF8, "abc\r\n" },
		{ BYTES("\xef\xbb\xbf"), ENCODING_UTF8_BOM, "" },
		{ BYTES("\xef\xbb\xbf" "あ"), ENCODING_UTF8_BOM, "あ" },
		{ BYTES("あ𠮷"), ENCODING_UTF8, "あ𠮷" },
		/* one BOM is taken off, no more */
		{ BYTES("\xef\xbb\xbf\xef\xbb\xbf" "a"), ENCODING_UTF8_BOM,
		  "\xef\xbb\xbf" "a" },
		{ BYTES("\x82\xa0"), ENCODING_CP932, "あ" },
		{ BYTES("a\x82\xa0,\x95\x5c\x8e\xa6"), ENCODING_CP932,
		  "aあ,表示" },
		{ BYTES("\xb6\xde\x82\xa0"), ENCODING_CP932, "ｶﾞあ" },
		/* what CP932 has beyond Shift_JIS: 髙 﨑 ① ㈱ */
		{ BYTES("\xfb\xfc\xfa\xb1\x87\x40\x87\x8a"),
		  ENCODING_CP932, "髙﨑①㈱" },
		/* each as its encoding has it: FF5E, 301C */
		{ BYTES("\x81\x60\x82\xa0"), ENCODING_CP932, "～あ" },
		{ BYTES("\xa1\xc1\xa4\xa2"), ENCODING_EUC_JP, "〜あ" },
		{ BYTES("~\\\x82\xa0"), ENCODING_CP932, "~\\あ" },
		{ BYTES("\xb6\xe8\xca\xac,\xc8\xd6\xb9\xe6"),
		  ENCODING_EUC_JP, "区分,番号" },
		/* JIS X 0212 (丂), half-width katakana */
		{ BYTES("\xa4\xa2\xa4\xa2\x8f\xb0\xa1\x8e\xb1"),
		  ENCODING_EUC_JP, "ああ丂ｱ" },
		/* what Windows writes in EUC-JP: ① ㈱ 髙 */
		{ BYTES("\xad\xa1\xad\xea\xa4\xa2\x8f\xf4\xfb"),
		  ENCODING_EUC_JP, "①㈱あ髙" },
		/* kanji alone could be half-width katakana: ｼﾂｻﾜ */
		{ BYTES("\xbc\xc2\xbb\xdc"), ENCODING_EUC_JP, "実施" },
		/* and half-width katakana kanji: 玉渕袈涓蒔 */
		{ BYTES("\xb6\xcc\xde\xbc\xb7\xb6\xde\xb2\xbc\xac"),
		  ENCODING_CP932, "ｶﾌﾞｼｷｶﾞｲｼｬ" },
		/* ｶﾞ, but that is too short to tell */
		{ BYTES("\xb6\xde,1"), ENCODING_EUC_JP, "衿,1" },
		{ BYTES("\xc0\xc5\xb6,1"), ENCODING_CP932, "ﾀﾅｶ,1" },
		{ BYTES("\x1b$B$\"\x1b(B,a\n"), ENCODING_ISO_2022_JP,
		  "あ,a\n" },
		{ BYTES("\x1b$@$\"\x1b(J,a\n"), ENCODING_ISO_2022_JP,
		  "あ,a\n" },
		/* where there are other bytes too it is no escape */
		{ BYTES("\x1b$Bあ"), ENCODING_UTF8, "\x1b$Bあ" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_read(cases[i].bytes, cases[i].length, ENCODING_UNKNOWN,
		            cases[i].encoding, cases[i].text);
}

/* In doubt --from decides; what is UTF-8 is not in doubt. */
static void test_from(void **state)
{
	(void)state;
	assert_read(BYTES("\xbc\xc2\xbb\xdc"), ENCODING_CP932, ENCODING_CP932,
	            "ｼﾂｻﾜ");
	assert_read(BYTES("\xb6\xcc\xde\xbc"), ENCODING_EUC_JP, ENCODING_EUC_JP,
	            "玉渕");
	for (enum encoding from = 0; from <= ENCODING_UNKNOWN; from++) {
		assert_read(BYTES("あ"), from, ENCODING_UTF8, "あ");
		assert_read(BYTES("\xef\xbb\xbf" "a"), from,
		            ENCODING_UTF8_BOM, "a");
	}
	assert_read(BYTES("\x1b$B$\"\x1b(B"), ENCODING_CP932,
	            ENCODING_ISO_2022_JP, "あ");
	assert_read(BYTES("\x1b$Ba"), ENCODING_UTF8, ENCODING_UTF8, "\x1b$Ba");
	assert_refused(BYTES("a\n\x82\xa0"), ENCODING_EUC_JP,
	               "2 行目に EUC-JP ではない");
	assert_refused(BYTES("a\n\n\xa4\xa2\x82"), ENCODING_CP932,
	               "3 行目に Shift_JIS (CP932) ではない");
	assert_refused(BYTES("\x82\xa0"), ENCODING_UTF8,
	               "1 行目に UTF-8 ではない");
	assert_refused(BYTES("\x82\xa0"), ENCODING_UTF8_BOM, "UTF-8 ではない");
	assert_refused(BYTES("\x82\xa0"), ENCODING_ISO_2022_JP, "ISO-2022-JP");
	assert_refused(BYTES("a\n\x1b$B$"), ENCODING_UNKNOWN, "2 行目に ISO-2022");
}

/* Every byte after every other one: it is read or refused. */
static void test_every_pair_of_bytes(void **state)
{
	/* Kept open, so that glibc need not load it for each. */
	iconv_t held[] = {
		iconv_open("UTF-8", "CP932"), iconv_open("UTF-8", "EUC-JP"),
		iconv_open("UTF-8", "EUC-JP-MS"),
		iconv_open("UTF-8", "ISO-2022-JP"),
	};

	(void)state;
	for (unsigned i = 0; i < 0x10000; i++)
		for (enum encoding from = ENCODING_CP932;
		     from <= ENCODING_UNKNOWN; from++) {
			char bytes[3] = { (char)(i >> 8), (char)i, '\0' };
			struct decoded d = {0};
			char *why = NULL;

			if (encoding_decode(bytes, 2, from, &d, &why))
				assert_true(text_is_utf8(d.text, d.length));
			else
				assert_non_null(why);
			free(d.text);
			free(why);
		}
	for (size_t i = 0; i < COUNT(held); i++)
		iconv_close(held[i]);
}

static void test_names(void **state)
{
	static const struct {
		const char *name;
		enum encoding encoding;
	} cases[] = {
		{ "utf-8-bom", ENCODING_UTF8_BOM }, { "UTF-8", ENCODING_UTF8 },
		{ "utf8", ENCODING_UTF8 }, { "UTF_8_BOM", ENCODING_UTF8_BOM },
		{ "cp932", ENCODING_CP932 }, { "CP932", ENCODING_CP932 },
		{ "Shift_JIS", ENCODING_CP932 }, { "sjis", ENCODING_CP932 },
		{ "windows-31j", ENCODING_CP932 }, { "MS932", ENCODING_CP932 },
		{ "euc-jp", ENCODING_EUC_JP }, { "eucJP", ENCODING_EUC_JP },
		{ "iso-2022-jp", ENCODING_ISO_2022_JP },
		{ "jis", ENCODING_ISO_2022_JP },
		{ "", ENCODING_UNKNOWN }, { "-", ENCODING_UNKNOWN },
		{ "utf", ENCODING_UNKNOWN }, { "utf-16", ENCODING_UNKNOWN },
		{ "8", ENCODING_UNKNOWN }, { "cp932 sjis", ENCODING_UNKNOWN },
		{ " ", ENCODING_UNKNOWN }, { "cp932\n", ENCODING_UNKNOWN },
	};

	struct buf names;

	(void)state;
	buf_init(&names);
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(encoding_find(cases[i].name),
		                 cases[i].encoding);
	for (enum encoding e = 0; e < ENCODINGS; e++) {
		const char *name = encoding_facts[e].name;

		assert_int_equal(encoding_find(name), e);
		buf_addf(&names, "%s%s", e ? "|" : "", name);
	}
	assert_string_equal(names.s, encoding_names);
	buf_release(&names);
}

/* iconv without its modules, as a program that was carried elsewhere has it. */
iconv_t __real_iconv_open(const char *to, const char *from);
iconv_t __wrap_iconv_open(const char *to, const char *from);
static bool without_modules;
static const char *without; /* this one; NULL */

iconv_t __wrap_iconv_open(const char *to, const char *from)
{
	errno = EINVAL;
	return without_modules || (without && strcmp(from, without) == 0) ? (iconv_t)-1 : __real_iconv_open(to, from);
}

static void test_without_converters(void **state)
{
	(void)state;
	without_modules = true;
	assert_read(BYTES("あ"), ENCODING_UNKNOWN, ENCODING_UTF8, "あ");
	assert_refused(BYTES("\x82\xa0"), ENCODING_UNKNOWN, "GCONV_PATH");
	assert_refused(BYTES("\xa4\xa2"), ENCODING_UNKNOWN, "GCONV_PATH");
	assert_refused(BYTES("\xa4\xa2"), ENCODING_EUC_JP, "EUC-JP の変換");
	assert_refused(BYTES("\x1b$B$\"\x1b(B"), ENCODING_UNKNOWN,
	               "ISO-2022-JP (JIS) の変換");
	without_modules = false;
	without = "EUC-JP";
	assert_read(BYTES("\x82\xa0"), ENCODING_UNKNOWN, ENCODING_CP932, "あ");
	assert_refused(BYTES("\xa4\xa2\xfe\xfe"), ENCODING_UNKNOWN,
	               "EUC-JP の変換");
	without = "CP932";
	assert_read(BYTES("\xa4\xa2"), ENCODING_UNKNOWN, ENCODING_EUC_JP, "あ");
	assert_refused(BYTES("\x82\xa0"), ENCODING_UNKNOWN,
	               "Shift_JIS (CP932) の変換");
	without = NULL;
}

static void test_what_is_refused(void **state)
{
	static const struct {
		const char *bytes;
		size_t length;
		const char *word;
	} cases[] = {
		{ BYTES("\xff\xfe" "a\0"), "UTF-16" },
		{ BYTES("\xfe\xff\0a"), "UTF-16" },
		{ BYTES("a\0b"), "NUL" },
		{ BYTES("\xef\xbb\xbf" "a\0"), "NUL" },
		{ BYTES("\x82"), "文字コード" },       /* half a character */
		{ BYTES("\x82\xa0\x82"), "文字コード" },
		{ BYTES("\xff\xff"), "文字コード" },
		{ BYTES("あ\xff"), "文字コード" },
		{ BYTES("\xed\xa0\x80"), "文字コード" }, /* a surrogate */
		{ BYTES("あ\xe3\x81"), "コピーし直" },
		{ BYTES("\xef\xbb\xbf" "a\xe3"), "コピーし直" },
		/* C1 controls, which glibc takes for EUC-JP */
		{ BYTES("\xa4\xa2\x80"), "文字コード" },
		{ BYTES("\xa4\xa2\x9b" "31m"), "文字コード" },
		/* after a UTF-8 BOM it is no CP932 */
		{ BYTES("\xef\xbb\xbf\x82\xa0"), "文字コード" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_refused(cases[i].bytes, cases[i].length,
		               ENCODING_UNKNOWN, cases[i].word);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_read),
		cmocka_unit_test(test_what_is_refused),
		cmocka_unit_test(test_from),
		cmocka_unit_test(test_every_pair_of_bytes),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_without_converters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
