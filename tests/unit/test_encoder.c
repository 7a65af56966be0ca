/* SPDX-License-Identifier: MIT */
#include "fixture.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "base/mem.h"
#include "base/text.h"
#include "out/encoder.h"

/* --- every code of the encodings ---------------------------------------- */

struct code {
	char bytes[4];
	size_t length;
};

/* The character that CODE is in E; 0 where it is none. An あ before it makes sure
 * that it is no UTF-8. */
static ucs4_t character_of(enum encoding e, const struct code *code)
{
	struct decoded d = {0};
	ucs4_t c = 0;
	char *why = NULL;
	char *bytes = buf_format("%s%.*s", e == ENCODING_CP932 ? "\x82\xa0"
	                                                       : "\xa4\xa2",
	                         (int)code->length, code->bytes);

	if (encoding_decode(bytes, 2 + code->length, e, &d, &why))
		assert_int_equal(u8_mbtouc(&c, (uint8_t *)d.text + 3,
		                           d.length - 3),
		                 (int)d.length - 3);
	free(bytes);
	free(d.text);
	free(why);
	return c;
}

/* What C is in E: 0 where it is lost, or swapped. */
static struct code code_of(enum encoding e, ucs4_t c)
{
	const struct file_style style = { e, LINE_END_LF };
	struct code code = {0};
	struct encoded out;
	struct buf text;
	uint8_t s[6];

	buf_init(&text);
	buf_add_bytes(&text, (char *)s, (size_t)u8_uctomb(s, c, sizeof s));
	encode(&text, NULL, LINE_END_LF, &style, &out);
	if (!out.n_swapped && encoded_fine(&out)) {
		assert_in_range(out.bytes.len, 1, sizeof code.bytes);
		memcpy(code.bytes, out.bytes.s, out.bytes.len);
		code.length = out.bytes.len;
	}
	encoded_release(&out);
	buf_release(&text);
	return code;
}

static unsigned number(const struct code *code)
{
	unsigned n = 0;

	for (size_t i = 0; i < code->length; i++)
		n = n << 8 | (unsigned char)code->bytes[i];
	return n;
}

/* True where CODE is a character of E; which has that code. */
static bool is_itself(enum encoding e, const struct code *code)
{
	ucs4_t c = character_of(e, code);
	struct code again = {0};

	if (c)
		again = code_of(e, c);
	if (c && number(&again) != number(code))
		fail_msg("%X is U+%04X is %X", number(code), c, number(&again));
	return c != 0;
}

/* Kept open, glibc need not load them for each character. */
static iconv_t held[4];

static int hold(void **state)
{
	static const char *const names[] = { "CP932", "EUC-JP", "EUC-JP-MS",
	                                     "ISO-2022-JP" };

	(void)state;
	for (size_t i = 0; i < COUNT(held); i++)
		held[i] = iconv_open("UTF-8", names[i]);
	return 0;
}

static int let_go(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(held); i++)
		iconv_close(held[i]);
	return 0;
}

/* CP932 has some characters two or three times: NEC's row 13 (87xx) repeats nine of
 * JIS, NEC's selection (ED, EE) all of IBM's extensions (FA to FC), and these four
 * of row 13 and ¬ of JIS. JIS is written, else row 13, else IBM's, as Windows does. */
static bool is_written_otherwise(unsigned code)
{
	static const unsigned in_row_13[] = {
		0x8790, 0x8791, 0x8792, 0x8795, 0x8796, 0x8797, 0x879a, 0x879b,
		0x879c,
	};

	for (size_t i = 0; i < COUNT(in_row_13); i++)
		if (code == in_row_13[i])
			return true;
	return (code >= 0xed40 && code <= 0xeefc) || /* Ⅰ to Ⅹ, ¬, ㈱ № ℡ ∵ */
	       (code >= 0xfa4a && code <= 0xfa54) ||
	       (code >= 0xfa58 && code <= 0xfa5b);
}

static void test_every_code_of_cp932(void **state)
{
	unsigned n = 0, otherwise = 0;

	(void)state;
	for (unsigned i = 0x8000; i < 0x10000; i++) {
		struct code code = { { (char)(i >> 8), (char)i }, 2 }, again;
		ucs4_t c = 0;

		if ((i >> 8 >= 0xa0 && i >> 8 <= 0xdf) || !(i & 0x80 || i & 0x40))
			continue;
		c = character_of(ENCODING_CP932, &code);
		if (!c)
			continue;
		n++;
		again = code_of(ENCODING_CP932, c);
		if ((number(&again) != i) != is_written_otherwise(i))
			fail_msg("%04X is U+%04X is %04X", i, c, number(&again));
		if (number(&again) != i) {
			otherwise++;
			assert_int_equal(character_of(ENCODING_CP932, &again), c);
		}
	}
	/* JIS X 0208, rows 13 and 89 to 92, 115 to 119, and 1880 of the user's */
	assert_int_equal(n, 6879 + 83 + 374 + 388 + 1880);
	assert_int_equal(otherwise, 9 + 374 + 11 + 4);
	n = 0;
	for (unsigned i = 0xa1; i <= 0xdf; i++) /* half-width katakana */
		n += is_itself(ENCODING_CP932, &(struct code){ { (char)i }, 1 });
	assert_int_equal(n, 63);
}

static struct encoded encoded(const char *words, const struct origins *origins,
                              enum encoding e)
{
	const struct file_style style = { e, LINE_END_LF };
	struct encoded out;
	struct buf text;

	buf_init(&text);
	buf_add(&text, words);
	encode(&text, origins, LINE_END_LF, &style, &out);
	buf_release(&text);
	return out;
}

/* What is read becomes an answer, which is NFC (text.h): Å then is another character.
 * It has the same code all the same. */
static void test_what_was_read_can_be_written(void **state)
{
	(void)state;
	for (unsigned i = 0x8140; i < 0xfd00; i++) {
		struct code code = { { (char)(i >> 8), (char)i }, 2 }, again;
		struct encoded out;
		ucs4_t c = i >> 8 >= 0xa0 && i >> 8 <= 0xdf
			? 0 : character_of(ENCODING_CP932, &code);
		uint8_t s[7];
		char *nfc;

		if (!c)
			continue;
		s[u8_uctomb(s, c, 6)] = '\0';
		nfc = text_nfc((char *)s);
		out = encoded(nfc, NULL, ENCODING_CP932);
		again = code_of(ENCODING_CP932, c);
		if (out.bytes.len != 2 ||
		    memcmp(out.bytes.s, again.bytes, 2) != 0)
			fail_msg("U+%04X as an answer is not %04X", c,
			         number(&again));
		encoded_release(&out);
		free(nfc);
	}
}

/* The code in EUC-JP, and in ISO-2022-JP, of a code of CP932 in JIS X 0208: by
 * arithmetic alone. */
static bool to_rows(unsigned cp932, unsigned *row, unsigned *cell)
{
	unsigned lead = cp932 >> 8, trail = cp932 & 0xff;

	if (trail < 0x40 || trail == 0x7f || trail > 0xfc)
		return false;
	*row = (lead - (lead >= 0xe0 ? 0xc1 : 0x81)) * 2 + 1;
	*cell = trail - (trail > 0x7f ? 0x40 : 0x3f);
	if (trail >= 0x9f)
		*cell = trail - 0x9e, ++*row;
	return *row <= 84 && *row != 13;
}

/* What one of CP932's characters is called in the others: the pairs. */
static ucs4_t in_jis(ucs4_t c)
{
	static const ucs4_t pairs[][2] = {
		{ 0xff5e, 0x301c }, { 0xff0d, 0x2212 }, { 0x2225, 0x2016 },
		{ 0xffe0, 0x00a2 }, { 0xffe1, 0x00a3 }, { 0xffe2, 0x00ac },
	};

	for (size_t i = 0; i < COUNT(pairs); i++)
		if (c == pairs[i][0])
			return pairs[i][1];
	return c;
}

static void test_the_encodings_agree(void **state)
{
	unsigned n = 0;

	(void)state;
	for (unsigned i = 0x8140; i < 0xf000; i++) {
		struct code code = { { (char)(i >> 8), (char)i }, 2 }, euc;
		struct code jis;
		unsigned row, cell;
		ucs4_t c;

		if (i >> 8 >= 0xa0 && i >> 8 <= 0xdf)
			continue;
		if (!to_rows(i, &row, &cell) ||
		    !(c = character_of(ENCODING_CP932, &code)))
			continue;
		n++;
		euc = (struct code){ { (char)(row + 0xa0), (char)(cell + 0xa0) },
		                     2 };
		if (character_of(ENCODING_EUC_JP, &euc) != in_jis(c))
			fail_msg("%04X, row %u cell %u, is U+%04X", i, row, cell,
			         c);
		jis = code_of(ENCODING_EUC_JP, in_jis(c));
		assert_int_equal(number(&jis), number(&euc));
	}
	assert_int_equal(n, 6879); /* all of JIS X 0208 */
}

/* Two bytes, and three (JIS X 0212): each is itself again. Not so ～ FF5E, which
 * glibc finds in the spacing tilde of JIS X 0212, and Å there: of those JIS X 0208's
 * are written. What only Windows has (row 13, and rows from 83 on of JIS X 0212) is
 * read, and not written. */
static void test_every_code_of_euc_jp(void **state)
{
	unsigned two = 0, three = 0, kana = 0;

	(void)state;
	for (unsigned i = 0xa1a1; i <= 0xfefe; i++) {
		struct code code = { { (char)(i >> 8), (char)i }, 2 };
		struct code longer = { { (char)0x8f, (char)(i >> 8), (char)i },
		                       3 };

		if ((i & 0xff) < 0xa1 || (i & 0xff) == 0xff)
			continue;
		if (i >> 8 != 0xad && i >> 8 <= 0xf4)
			two += is_itself(ENCODING_EUC_JP, &code);
		if (i >> 8 <= 0xed && i != 0xa2b7 && i != 0xaaa9)
			three += is_itself(ENCODING_EUC_JP, &longer);
	}
	for (unsigned i = 0xa1; i <= 0xdf; i++)
		kana += is_itself(ENCODING_EUC_JP, &(struct code){
			{ (char)0x8e, (char)i }, 2 });
	assert_int_equal(two, 6879);
	assert_int_equal(three, 6067 - 2);
	assert_int_equal(kana, 63);
}

/* The sheet's columns are those of the encoding: a byte each. */
static void test_columns(void **state)
{
	(void)state;
	for (ucs4_t c = 0x80; c < 0x30000; c++)
		for (enum encoding e = ENCODING_CP932; e <= ENCODING_EUC_JP; e++) {
			uint8_t s[7];
			struct code code;
			int n = u8_uctomb(s, c, 6);
			size_t columns;

			if (n < 0)
				continue;
			code = code_of(e, c);
			if (!code.length)
				continue;
			columns = code.length == 1 ||
				(unsigned char)code.bytes[0] == 0x8e ? 1 : 2;
			if (e == ENCODING_CP932)
				columns = code.length;
			if (text_columns((char *)s, (size_t)n, TEXT_DOUBLE_BYTE) !=
			    columns)
				fail_msg("U+%04X has not %zu columns", c,
				         columns);
		}
}

/* --- texts -------------------------------------------------------------- */

static void assert_bytes(const char *words, enum encoding e, const char *bytes)
{
	struct encoded out = encoded(words, NULL, e);

	assert_true(encoded_fine(&out));
	if (out.bytes.len != strlen(bytes) || strcmp(out.bytes.s, bytes) != 0)
		fail_msg("%s is not as it should be", words);
	encoded_release(&out);
}

static void test_texts(void **state)
{
	(void)state;
	for (enum encoding e = 0; e < ENCODINGS; e++) {
		assert_bytes("", e, e == ENCODING_UTF8_BOM ? "\xef\xbb\xbf" : "");
		assert_bytes("a\n", e, e == ENCODING_UTF8_BOM
		             ? "\xef\xbb\xbf" "a\n" : "a\n");
	}
	assert_bytes("あ𠮷¥", ENCODING_UTF8, "あ𠮷¥");
	assert_bytes("表～髙①\n", ENCODING_CP932,
	             "\x95\x5c\x81\x60\xfb\xfc\x87\x40\n");
	assert_bytes("ｱ表〜\n", ENCODING_EUC_JP, "\x8e\xb1\xc9\xbd\xa1\xc1\n");
	/* every line begins and ends in ASCII (RFC 1468) */
	assert_bytes("表〜a\n表\n表", ENCODING_ISO_2022_JP,
	             "\x1b$BI=!A\x1b(Ba\n\x1b$BI=\x1b(B\n\x1b$BI=\x1b(B");
}

/* What it takes more than one turn of the converter for. */
static void test_long_texts(void **state)
{
	struct buf text, bytes;

	(void)state;
	buf_init(&text);
	buf_init(&bytes);
	for (int i = 0; i < 100000; i++) {
		buf_add(&text, "aあ");
		buf_add(&bytes, "a\x82\xa0");
	}
	assert_bytes(text.s, ENCODING_CP932, bytes.s);
	buf_release(&text);
	buf_release(&bytes);
}

static void test_pairs(void **state)
{
	static const struct {
		enum encoding encoding;
		const char *typed, *written;
		const char *character, *by; /* as said */
	} cases[] = {
		{ ENCODING_CP932, "〜", "\x81\x60", "301C", "FF5E" },
		{ ENCODING_CP932, "−", "\x81\x7c", "2212", "FF0D" },
		{ ENCODING_CP932, "—", "\x81\x5c", "2014", "2015" },
		{ ENCODING_CP932, "‖", "\x81\x61", "2016", "2225" },
		{ ENCODING_CP932, "¢", "\x81\x91", "00A2", "FFE0" },
		{ ENCODING_CP932, "£", "\x81\x92", "00A3", "FFE1" },
		{ ENCODING_CP932, "¬", "\x81\xca", "00AC", "FFE2" },
		{ ENCODING_CP932, "Å", "\x81\xf0", "00C5", "212B" },
		{ ENCODING_EUC_JP, "～", "\xa1\xc1", "FF5E", "301C" },
		{ ENCODING_EUC_JP, "－", "\xa1\xdd", "FF0D", "2212" },
		{ ENCODING_EUC_JP, "—", "\xa1\xbd", "2014", "2015" },
		{ ENCODING_EUC_JP, "∥", "\xa1\xc2", "2225", "2016" },
		{ ENCODING_EUC_JP, "￠", "\xa1\xf1", "FFE0", "00A2" },
		{ ENCODING_EUC_JP, "￡", "\xa1\xf2", "FFE1", "00A3" },
		{ ENCODING_EUC_JP, "￢", "\xa2\xcc", "FFE2", "00AC" },
		{ ENCODING_EUC_JP, "Å", "\xa2\xf2", "00C5", "212B" },
		{ ENCODING_ISO_2022_JP, "～", "\x1b$B!A\x1b(B", "FF5E",
		  "301C" },
		{ ENCODING_ISO_2022_JP, "—", "\x1b$B!=\x1b(B", "2014",
		  "2015" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct encoded out = encoded(cases[i].typed, NULL,
		                             cases[i].encoding);
		char *words;

		assert_true(encoded_fine(&out));
		assert_string_equal(out.bytes.s, cases[i].written);
		assert_int_equal(out.n_swapped, 1);
		words = swapped_words(&out.swapped[0]);
		assert_non_null(strstr(words, cases[i].character));
		assert_non_null(strstr(words, cases[i].by));
		assert_non_null(strstr(words, cases[i].typed));
		free(words);
		encoded_release(&out);
	}
}

/* As many of them as there are, and each counted. */
static void test_all_pairs_at_once(void **state)
{
	struct encoded out = encoded("〜−—‖¢£¬Å〜～", NULL, ENCODING_CP932);

	(void)state;
	assert_true(encoded_fine(&out));
	assert_int_equal(out.n_swapped, ENCODER_PAIRS);
	assert_int_equal(out.swapped[0].n, 2);
	assert_int_equal(out.swapped[7].n, 1);
	encoded_release(&out);
}

static void test_what_is_lost(void **state)
{
	static const struct {
		enum encoding encoding;
		const char *lost; /* each character */
	} cases[] = {
		{ ENCODING_CP932, "𠮷👍¥‾éÄ丂\u3099" },
		{ ENCODING_EUC_JP, "𠮷👍¥‾髙﨑①㈱\ufa19" },
		{ ENCODING_ISO_2022_JP, "𠮷👍¥‾髙﨑①㈱丂éｱｶﾞ" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		for (const char *s = cases[i].lost; *s; ) {
			ucs4_t c;
			size_t n = (size_t)u8_mbtouc(&c, (const uint8_t *)s,
			                             strlen(s));
			char *one = mem_strndup(s, n);
			char *text = buf_format("表%sa%s", one, one);
			struct encoded out = encoded(text, NULL,
			                             cases[i].encoding);

			if (out.n_lost != 1)
				fail_msg("%s is kept", one);
			assert_int_equal(out.bytes.len, 0);
			assert_int_equal(out.lost[0].character, c);
			assert_int_equal(out.lost[0].n, 2);
			assert_int_equal(out.lost[0].row, -1);
			encoded_release(&out);
			free(text);
			free(one);
			s += n;
		}
}

/* iconv without its modules: one way, or the other. */
iconv_t __real_iconv_open(const char *to, const char *from);
iconv_t __wrap_iconv_open(const char *to, const char *from);
static const char *missing; /* to convert to; NULL: nothing is */

iconv_t __wrap_iconv_open(const char *to, const char *from)
{
	errno = EINVAL;
	return missing && strcmp(to, missing) == 0
		? (iconv_t)-1 : __real_iconv_open(to, from);
}

static void test_without_converters(void **state)
{
	static const char *const either[] = { "CP932", "UTF-8" };

	(void)state;
	for (size_t i = 0; i < COUNT(either); i++) {
		struct encoded out;

		missing = either[i];
		out = encoded("表", NULL, ENCODING_CP932);
		assert_false(encoded_fine(&out));
		assert_int_equal(out.bytes.len, 0);
		assert_int_equal(out.n_lost, 0);
		assert_non_null(strstr(out.why, "Shift_JIS (CP932) の変換"));
		assert_non_null(strstr(out.why, "GCONV_PATH"));
		encoded_release(&out);
		out = encoded("表", NULL, ENCODING_UTF8);
		assert_true(encoded_fine(&out));
		encoded_release(&out);
	}
	missing = NULL;
}

/* By row, each character once, whatever order they come in. */
static void test_where_it_is_lost(void **state)
{
	static const struct lost wanted[] = {
		{ -1, 0x1F44D, 1 }, { 3, 0xE9, 1 }, { 3, 0x20BB7, 2 },
		{ 7, 0x20BB7, 1 },
	};
	struct origin items[] = { { 6, 7 }, { 10, 3 }, { 22, -1 } };
	struct origins origins = { items, COUNT(items), COUNT(items) };
	struct encoded out;

	(void)state;
	/* bytes:      0 3   6     10    16    20   22 */
	out = encoded("表表" "𠮷" "𠮷é" "𠮷" "aa" "👍", &origins, ENCODING_CP932);
	assert_int_equal(out.n_lost, COUNT(wanted));
	for (size_t i = 0; i < COUNT(wanted); i++) {
		assert_int_equal(out.lost[i].row, wanted[i].row);
		assert_int_equal(out.lost[i].character, wanted[i].character);
		assert_int_equal(out.lost[i].n, wanted[i].n);
	}
	encoded_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_code_of_cp932),
		cmocka_unit_test(test_what_was_read_can_be_written),
		cmocka_unit_test(test_the_encodings_agree),
		cmocka_unit_test(test_every_code_of_euc_jp),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_long_texts),
		cmocka_unit_test(test_pairs),
		cmocka_unit_test(test_all_pairs_at_once),
		cmocka_unit_test(test_what_is_lost),
		cmocka_unit_test(test_where_it_is_lost),
		cmocka_unit_test(test_without_converters),
	};

	return cmocka_run_group_tests(tests, hold, let_go);
}
