/* SPDX-License-Identifier: MIT */
#include "fixture.h"

#include <stdlib.h>
#include <string.h>

#include "out/encoding.h"

#define BYTES(literal) literal, sizeof(literal) - 1

static void test_what_is_read(void **state)
{
	static const struct {
		const char *bytes;
		size_t length;
		const char *text;
	} cases[] = {
		{ BYTES(""), "" },
		{ BYTES("abc\r\n"), "abc\r\n" },
		{ BYTES("\xef\xbb\xbf"), "" },
		{ BYTES("\xef\xbb\xbf" "あ"), "あ" },
		{ BYTES("あ𠮷"), "あ𠮷" },
		/* one BOM is taken off, no more */
		{ BYTES("\xef\xbb\xbf\xef\xbb\xbf" "a"), "\xef\xbb\xbf" "a" },
		{ BYTES("\x82\xa0"), "あ" },
		{ BYTES("a\x82\xa0,\x95\x5c\x8e\xa6"), "aあ,表示" },
		{ BYTES("\xb6\xde\x82\xa0"), "ｶﾞあ" },
		/* what CP932 has beyond Shift_JIS: 髙 﨑 ① ㈱ */
		{ BYTES("\xfb\xfc\xfa\xb1\x87\x40\x87\x8a"), "髙﨑①㈱" },
		{ BYTES("\x81\x60"), "～" },
		{ BYTES("~\\\x82\xa0"), "~\\あ" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *why = NULL;
		size_t length = 99;
		char *text = encoding_decode(cases[i].bytes, cases[i].length,
		                             &length, &why);

		if (!text)
			fail_msg("case %zu: %s", i, why);
		assert_int_equal(length, strlen(cases[i].text));
		assert_memory_equal(text, cases[i].text, length);
		free(text);
	}
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
		/* EUC-JP: 区 and more, which CP932 reads otherwise or not */
		{ BYTES("\x8f\xb0\xa1\xfd"), "文字コード" },
		/* after a UTF-8 BOM it is no CP932 */
		{ BYTES("\xef\xbb\xbf\x82\xa0"), "文字コード" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *why = NULL;
		size_t length;
		char *text = encoding_decode(cases[i].bytes, cases[i].length,
		                             &length, &why);

		if (text)
			fail_msg("case %zu was read as %s", i, text);
		if (!strstr(why, cases[i].word))
			fail_msg("case %zu: %s", i, why);
		free(why);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_read),
		cmocka_unit_test(test_what_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
