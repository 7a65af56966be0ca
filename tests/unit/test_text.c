/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unigbrk.h>
#include <uninorm.h>
#include <unistr.h>
#include <uniwidth.h>

#include "base/buf.h"
#include "base/text.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define DAKUTEN "\xE3\x82\x99" /* U+3099, combining */

static uint32_t random_next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

/* --- UTF-8 --- */

static void test_utf8(void **state)
{
	static const struct {
		const char *bytes;
		size_t length;
		bool good;
	} cases[] = {
		{ "", 0, true },
		{ "abc", 3, true },
		{ "誓約書", 9, true },
		{ "\xF0\xA0\xAE\xB7", 4, true }, /* 𠮷 */
		{ "a\0b", 3, false },
		{ "\x83\x41", 2, false },         /* CP932 */
		{ "\xE8\xAA", 2, false },         /* cut short */
		{ "\xC0\xAF", 2, false },         /* overlong */
		{ "\xED\xA0\x80", 3, false },     /* a surrogate */
		{ "\xF4\x90\x80\x80", 4, false }, /* past U+10FFFF */
		{ "\xFF", 1, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(text_is_utf8(cases[i].bytes, cases[i].length),
		                 cases[i].good);
}

/* --- Normalisation --- */

static void add_character(struct buf *b, ucs4_t c)
{
	uint8_t bytes[6];
	int n = u8_uctomb(bytes, c, sizeof bytes);

	buf_add_bytes(b, (const char *)bytes, (size_t)n);
}

static void assert_normal(const char *s, const char *normal, uninorm_t form)
{
	uint8_t room[200];
	size_t length = sizeof room;
	uint8_t *expected = u8_normalize(form, (const uint8_t *)s,
	                                 strlen(s) + 1, room, &length);

	assert_string_equal(normal, (const char *)expected);
	if (expected != room)
		free(expected);
}

static bool is_compatibility_ideograph(ucs4_t c)
{
	return (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
}

/* Both take a short cut for most texts; it must never show. */
static void assert_nfc(ucs4_t first, ucs4_t second)
{
	struct buf b;
	char *nfc, *nfkc;

	buf_init(&b);
	add_character(&b, first);
	if (second)
		add_character(&b, second);
	nfc = text_nfc(b.s);
	if (is_compatibility_ideograph(first))
		assert_string_equal(nfc, b.s);
	else
		assert_normal(b.s, nfc, UNINORM_NFC);
	nfkc = text_nfkc(b.s);
	assert_normal(b.s, nfkc, UNINORM_NFKC);
	free(nfkc);
	free(nfc);
	buf_release(&b);
}

static void test_normal_forms_of_every_character(void **state)
{
	ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];

	(void)state;
	for (ucs4_t c = 1; c < 0x32000; c++) {
		if (c >= 0xD800 && c < 0xE000)
			continue;
		assert_nfc(c, 0);
		/* what it is made of, and marks in the wrong order */
		if (uc_canonical_decomposition(c, parts) == 2)
			assert_nfc(parts[0], parts[1]);
		if (uc_combining_class(c))
			assert_nfc(0x0315, c);
	}
	assert_nfc(0x1100, 0x1161); /* 가: hangul is composed by rule */
	assert_nfc(0xAC00, 0x11A8);
}

static void assert_made(char *made, const char *expected)
{
	assert_string_equal(made, expected);
	free(made);
}

static void test_nfc(void **state)
{
	(void)state;
	assert_made(text_nfc(""), "");
	assert_made(text_nfc("か" DAKUTEN "き"), "がき");
	assert_made(text_nfc("①㈱～Ａｶﾞ"), "①㈱～Ａｶﾞ"); /* as they were typed */
	/* U+FA19, U+FA1B, U+2F804; what stands between is normalised */
	assert_made(text_nfc("神\xEF\xA8\x99"), "神\xEF\xA8\x99");
	assert_made(text_nfc("\xEF\xA8\x99か" DAKUTEN "\xEF\xA8\x9B"
	                     "\xF0\xAF\xA0\x84き" DAKUTEN),
	            "\xEF\xA8\x99が\xEF\xA8\x9B\xF0\xAF\xA0\x84ぎ");
}

static void test_nfkc(void **state)
{
	(void)state;
	assert_made(text_nfkc("Ｒ７．４．１　①ｶﾞ㋿"), "R7.4.1 1ガ令和");
	assert_made(text_nfkc("\xEF\xA8\x99"), "神");
	assert_made(text_nfkc(""), "");
}

/* --- Finding --- */

static void test_finding(void **state)
{
	static const struct {
		const char *text, *words, *found; /* NULL: nothing */
	} cases[] = {
		{ "誓約書の徴収", "書の", "書の" },
		{ "誓約書", "契", NULL },
		{ "誓約", "誓約書", NULL },
		{ "誓約", "", NULL },
		{ "", "誓", NULL },
		{ "aab", "ab", "ab" },
		{ "USBメモリ", "usb", "USB" },
		{ "ＵＳＢメモリ", "usb", "ＵＳＢ" },
		{ "2025-04-01", "２０２５－", "2025-" },
		{ "甲　乙", "甲 乙", "甲　乙" },
		{ "\xEF\xA8\x99田", "神田", "\xEF\xA8\x99田" }, /* U+FA19 */
		{ "神田", "\xEF\xA8\x99田", "神田" },
		{ "\xF0\xAF\xA0\x84", "你", "\xF0\xAF\xA0\x84" }, /* U+2F804 */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t length;
		const char *at = text_find(cases[i].text, cases[i].words,
		                           &length);

		if (!cases[i].found) {
			assert_null(at);
			continue;
		}
		assert_non_null(at);
		assert_int_equal(length, strlen(cases[i].found));
		assert_memory_equal(at, cases[i].found, length);
	}
}

/* --- Ends --- */

static void test_white_space_around(void **state)
{
	(void)state;
	assert_made(text_trim(" \t\n　株式会社　甲 \xC2\xA0"), "株式会社　甲");
	assert_made(text_trim("a"), "a");
	assert_made(text_trim(""), "");
	assert_made(text_trim(" 　"), "");
	assert_true(text_is_blank(""));
	assert_true(text_is_blank(" \t\r\n　\xC2\xA0"));
	assert_false(text_is_blank("　a"));
	assert_false(text_is_blank("。"));
}

static void test_prefixes_and_suffixes(void **state)
{
	(void)state;
	assert_true(text_has_prefix("令和7年", "令和"));
	assert_true(text_has_prefix("a", ""));
	assert_false(text_has_prefix("令", "令和"));
	assert_true(text_has_suffix("record.csv", ".csv"));
	assert_true(text_has_suffix("a", ""));
	assert_true(text_has_suffix("a.csv.csv", ".csv"));
	assert_false(text_has_suffix("csv", ".csv"));
	assert_false(text_has_suffix("a.csv~", ".csv"));
}

/* --- Graphemes --- */

static void test_graphemes(void **state)
{
	static const struct {
		const char *text;
		size_t first; /* bytes of the first */
		size_t n;
	} cases[] = {
		{ "", 0, 0 },
		{ "abc", 1, 3 },
		{ "誓約", 3, 2 },
		{ "か" DAKUTEN "き", 6, 2 },
		{ "ｶﾞｷﾞ", 6, 2 },
		{ "\r\nb", 2, 2 },
		{ "🇯🇵🇫🇷", 8, 2 },
		{ "👨‍👩‍👧x", 18, 2 },
		{ "葛󠄀城", 7, 2 }, /* with a variation selector */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *s = cases[i].text;

		assert_int_equal(text_grapheme(s), cases[i].first);
		assert_int_equal(text_count_graphemes(s, strlen(s)),
		                 cases[i].n);
	}
	assert_int_equal(text_count_graphemes("誓約書", 6), 2);
}

/* u8_grapheme_breaks, unlike u8_grapheme_next, knows all the rules. */
static void test_graphemes_are_those_of_uax_29(void **state)
{
	static const ucs4_t characters[] = {
		'a', 0x304B, 0x3099, 0x0301, '\r', '\n', 0x07, 0x200D, 0xFE0F,
		0x1F468, 0x2764, 0x1F3FD, 0x1F1EF, 0x1F1F5, 0x1100, 0x1161,
		0x11A8, 0xAC00, 0x0600, 0x0903, 0xFF9E, 0x200B,
	};
	uint32_t seed = 1;

	(void)state;
	for (int i = 0; i < 50000; i++) {
		char breaks[100];
		size_t n = random_next(&seed) % 12;
		size_t end = 0;
		struct buf b;

		buf_init(&b);
		while (n--) {
			size_t k = random_next(&seed) % COUNT(characters);

			add_character(&b, characters[k]);
		}
		u8_grapheme_breaks((const uint8_t *)b.s, b.len, breaks);
		while (end < b.len) {
			size_t length = text_grapheme(b.s + end);

			assert_true(length > 0);
			assert_true(breaks[end]);
			for (size_t k = 1; k < length; k++)
				assert_false(breaks[end + k]);
			end += length;
		}
		assert_int_equal(end, b.len);
		buf_release(&b);
	}
}

/* Of the characters that most texts are made of less is asked: every character
 * before every sort of other must come apart from it where all others do. */
static void test_graphemes_of_every_character(void **state)
{
	static const ucs4_t next[] = {
		'a', 0x304B, 0x6F22, 0xFF21, 0x3099, 0x302A, 0x20DD, 0xFE0F,
		0xFF9E, 0x200D, 0x1F3FD, 0x0903,
	};

	(void)state;
	for (ucs4_t c = 1; c < 0x20000; c += c == 0xD7FF ? 0x801 : 1)
		for (size_t i = 0; i < COUNT(next); i++) {
			char breaks[16];
			struct buf b;
			size_t n;

			buf_init(&b);
			add_character(&b, c);
			n = b.len;
			add_character(&b, next[i]);
			u8_grapheme_breaks((const uint8_t *)b.s, b.len, breaks);
			assert_int_equal(text_grapheme(b.s),
			                 breaks[n] ? n : b.len);
			buf_release(&b);
		}
}

/* --- Columns --- */

static void test_columns_of_every_character(void **state)
{
	(void)state;
	for (ucs4_t c = 1; c < 0x110000; c += c == 0xD7FF ? 0x801 : 1) {
		int narrow = uc_width(c, "UTF-8"), wide;
		struct buf b;

		buf_init(&b);
		add_character(&b, c);
		assert_int_equal(text_columns(b.s, b.len, TEXT_NARROW),
		                 narrow < 0 ? 0 : narrow);
		/* Only what is one column can be two instead. */
		wide = text_character_columns(c, TEXT_WIDE);
		assert_true(wide == narrow || (narrow == 1 && wide == 2));
		assert_int_equal(text_columns(b.s, b.len, TEXT_WIDE),
		                 wide < 0 ? 0 : wide);
		buf_release(&b);
	}
}

/* What a double-byte character of CP932 is, has two columns where they are drawn
 * as in CP932. */
static void test_columns_of_every_double_byte_character(void **state)
{
	iconv_t to_utf8 = iconv_open("UTF-8", "CP932");
	size_t n = 0;

	(void)state;
	assert_true(to_utf8 != (iconv_t)-1);
	for (int lead = 0x81; lead <= 0xFC; lead++)
		for (int trail = 0x40; trail <= 0xFC; trail++) {
			char sjis[2] = { (char)lead, (char)trail }, utf8[8];
			char *in = sjis, *out = utf8;
			size_t left = 2, room = sizeof utf8;

			if ((lead >= 0xA0 && lead < 0xE0) ||
			    iconv(to_utf8, &in, &left, &out, &room))
				continue;
			n++;
			assert_int_equal(text_columns(utf8, sizeof utf8 - room,
			                              TEXT_WIDE), 2);
		}
	iconv_close(to_utf8);
	assert_true(n > 7000);
}

static void test_columns(void **state)
{
	static const struct {
		const char *text;
		size_t narrow, wide;
	} cases[] = {
		{ "", 0, 0 },
		{ "abc", 3, 3 },
		{ "誓約、", 6, 6 },
		{ "ｱｶﾞ", 3, 3 },
		{ "※①─…", 4, 8 },
		{ "か" DAKUTEN, 2, 2 },
		{ "𠮷", 2, 2 },
		{ "a\tb\x1B\x7F", 2, 2 },
		{ "αЖ±×→★“”℃Ⅳ▲", 11, 22 },
		{ "ç©−☑✓ℓ¢", 7, 8 }, /* of these, only ℓ is ambiguous */
		{ "é\xCC\x81", 1, 2 }, /* with another acute accent above */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *s = cases[i].text;

		assert_int_equal(text_columns(s, strlen(s), TEXT_NARROW),
		                 cases[i].narrow);
		assert_int_equal(text_columns(s, strlen(s), TEXT_WIDE),
		                 cases[i].wide);
	}
	assert_int_equal(text_columns("誓約", 3, TEXT_NARROW), 2);
}

/* --- Lines --- */

static char *wrapped(const char *s, size_t columns, enum text_width width)
{
	struct text_lines lines;
	struct buf b;

	buf_init(&b);
	text_wrap(s, columns, width, &lines);
	for (size_t i = 0; i < lines.n; i++) {
		if (i)
			buf_add(&b, "|");
		buf_add_bytes(&b, s + lines.items[i].start,
		              lines.items[i].length);
	}
	text_lines_release(&lines);
	assert_int_equal(lines.n, 0);
	return b.s;
}

static void test_wrapping(void **state)
{
	static const struct {
		const char *text;
		size_t columns;
		const char *expected;
	} cases[] = {
		{ "", 10, "" },
		{ "あいう", 6, "あいう" },
		{ "あいう", 5, "あい|う" },
		/* no line begins with 、。」 small kana ー 々, or ends with 「 */
		{ "あいう、え", 6, "あい|う、え" },
		{ "あいう。", 6, "あい|う。" },
		{ "あい「う」え", 6, "あい|「う」|え" },
		{ "「あいう」", 8, "「あい|う」" },
		{ "あいきゃく", 6, "あい|きゃく" },
		{ "あいっか", 4, "あ|いっ|か" },
		{ "サーバー", 6, "サー|バー" },
		{ "あい人々", 6, "あい|人々" },
		{ "契約（甲）", 6, "契約|（甲）" },
		{ "徴収した「（）」済", 10, "徴収した|「（）」済" },
		{ "あい「（う", 8, "あい|「（う" },
		{ "一二三四ー五", 8, "一二三|四ー五" },
		{ "一二三四っ五", 8, "一二三|四っ五" },
		{ "一二三四ゃ五", 8, "一二三|四ゃ五" },
		{ "一二三四ョ々", 8, "一二三|四ョ々" },
		{ "一二三四！？五", 10, "一二三|四！？五" },
		{ "一二三四・五", 8, "一二三|四・五" },
		/* …… and ―― are not taken apart, nor begins a line with … */
		{ "一二三四……五", 9, "一二三|四……五" },
		{ "一二三四――五", 9, "一二三四|――五" },
		{ "一二三四—―五", 9, "一二三四|—―五" },
		/* digits stay together, full-width too, with their ％ */
		{ "一二三2025年4月", 11, "一二三2025|年4月" },
		{ "一二三2025年4月", 9, "一二三|2025年4月" },
		{ "一二三四10％です", 10, "一二三四|10％です" },
		{ "一二三四１０％です", 12, "一二三四|１０％です" },
		{ "一二三四99.5%", 12, "一二三四|99.5%" },
		{ "一二三四￥500", 11, "一二三四|￥500" },
		{ "一二三四2025/4/1", 12, "一二三四|2025/4/1" },
		{ "一二三四12:30", 12, "一二三四|12:30" },
		{ "第３条第４項", 9, "第３条第|４項" },
		/* what is longer than a line breaks where it can */
		{ "見よhttps://example.co.jp/a/b?c=d", 12,
		  "見よhttps://|example.co.|jp/a/b?c=d" },
		{ "見よhttp://a.jp/です", 12, "見よhttp://|a.jp/です" },
		{ "平成31年", 5, "平成|31年" },
		{ "１２３４", 6, "１２３|４" },
		{ "第２０２５号", 8, "第|２０２５|号" },
		{ "約１，０００円", 10, "約|１，０００|円" },
		{ "約１．５倍", 6, "約|１．５|倍" },
		{ "約1,000円", 5, "約|1,000|円" },
		{ "１，あ", 4, "１，|あ" },
		{ "いあ，１", 6, "いあ，|１" },
		/* words; the spaces a line broke at are gone */
		{ "ab cd ef", 5, "ab cd|ef" },
		{ "ab   cd", 4, "ab|cd" },
		{ "ab cd", 2, "ab|cd" },
		{ "あい　う", 4, "あい|う" },
		{ "あい　う", 5, "あい|う" },
		/* what is longer than a line */
		{ "abcdefgh", 3, "abc|def|gh" },
		{ "x abcdefgh", 4, "x|abcd|efgh" },
		{ "ああか" DAKUTEN "あ", 6, "ああか" DAKUTEN "|あ" },
		{ "👨‍👩‍👧あ", 2, "👨‍👩‍👧|あ" }, /* wider than the line */
		/* spaces at a paragraph's beginning are an indent */
		{ "　あいう", 6, "　あい|う" },
		{ "  abcdef", 4, "  ab|cdef" },
		{ "　abcdef", 5, "　abc|def" },
		{ "ab\n  cd", 9, "ab|  cd" },
		{ "ab  ", 4, "ab  " },
		{ "ab    ", 4, "ab  " },
		{ "      ", 4, "    " },
		{ "        a", 4, "|a" },
		/* line breaks */
		{ "a\nb", 9, "a|b" },
		{ "a\n\nb\n", 9, "a||b|" },
		{ "\n", 9, "|" },
		{ "a\r\nb\rc", 9, "a|b|c" },
		{ "a\xE2\x80\xA8" "b\xC2\x85" "c", 9, "a|b|c" },
		{ "あいう\nえお", 4, "あい|う|えお" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_made(wrapped(cases[i].text, cases[i].columns,
		                    TEXT_NARROW),
		            cases[i].expected);
}

static void test_wrapping_by_the_readers_width(void **state)
{
	(void)state;
	assert_made(wrapped("あ※い", 5, TEXT_NARROW), "あ※い");
	assert_made(wrapped("あ※い", 5, TEXT_WIDE), "あ※|い");
	assert_made(wrapped("一二三四――五", 11, TEXT_WIDE), "一二三四|――五");
	assert_made(wrapped("一二三四……五", 11, TEXT_WIDE), "一二三|四……五");
	assert_made(wrapped("一二①②③", 8, TEXT_WIDE), "一二①②|③");
}

static bool starts_badly(const char *s)
{
	static const char *const never_first[] = {
		"、", "。", "」", "）", "っ", "ゃ", "ー", "，", "．",
	};

	for (size_t i = 0; i < COUNT(never_first); i++) {
		if (text_has_prefix(s, never_first[i]))
			return true;
	}
	return false;
}

/* Between one line and the next nothing but spaces and one line break. */
static size_t check_gap(const char *s, size_t from, size_t to)
{
	size_t breaks = 0;

	for (size_t i = from; i < to; i++) {
		breaks += s[i] == '\n';
		if (text_has_prefix(s + i, "　"))
			i += 2;
		else
			assert_true(s[i] == ' ' || s[i] == '\n');
	}
	return breaks;
}

static void check_wrapping(const char *s, size_t columns)
{
	struct text_lines lines;
	size_t end = 0;
	size_t breaks = 0;
	size_t wanted = 0;

	for (const char *p = s; (p = strchr(p, '\n')); p++)
		wanted++;
	text_wrap(s, columns, TEXT_WIDE, &lines);
	assert_true(lines.n >= wanted + 1);
	for (size_t i = 0; i < lines.n; i++) {
		const struct text_line *line = &lines.items[i];

		assert_true(line->start >= end);
		breaks += check_gap(s, end, line->start);
		end = line->start + line->length;
		assert_true(text_columns(s + line->start, line->length,
		                         TEXT_WIDE) <= columns);
		/* no run here is longer than 20 columns */
		if (columns >= 20 && i && s[line->start - 1] != '\n')
			assert_false(starts_badly(s + line->start));
	}
	breaks += check_gap(s, end, strlen(s));
	assert_int_equal(breaks, wanted);
	text_lines_release(&lines);
}

static void test_lines_fit_and_lose_nothing(void **state)
{
	static const char *const pieces[] = {
		"あ", "漢", "ン", "、", "。", "「", "」", "っ", "ー", "ａ", "a",
		"word", "１", "7", "，", ",", " ", "　", "\n", "※", "①", ("か" DAKUTEN),
	};
	uint32_t seed = 1;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		size_t n = random_next(&seed) % 40;
		struct buf b;

		buf_init(&b);
		while (n--) {
			size_t piece = random_next(&seed) % COUNT(pieces);

			buf_add(&b, pieces[piece]);
			buf_add(&b, "の"); /* so that runs stay short */
		}
		check_wrapping(b.s, 2 + random_next(&seed) % 30);
		buf_release(&b);
	}
}

/* --- Showing --- */

#define ESC_RED "\x1B[31m"
#define ZWJ "\xE2\x80\x8D"
#define RLO "\xE2\x80\xAE"
#define M TEXT_MARK

/* What stays where it is in all manners, though it is unseen or seldom. */
static const char *const kept[] = {
	"",
	"鈴木　一郎 Ｑ１ ｶﾞ ① ￣",
	"か" DAKUTEN,
	"👨‍👩‍👧", "🏳️‍🌈", "👩🏽‍💻", "1️⃣", "❤️",
	"葛󠄀城", "辻󠄀",            /* a base and its variation selector */
	"ශ්‍රී", "क्‍ष",              /* a joiner behind a virama */
	"\xE1\xA0\xA0\xE1\xA0\x8B", /* Mongolian has selectors of its own */
	"\xEE\x80\x80",            /* private use: 外字 */
	"\xF0\xB1\x8D\x90",        /* U+31350, not assigned when this was written */
	"\xD8\x80" "1",            /* a sign under the digits behind it */
	M,
};

static void test_what_is_seen_stays(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(kept); i++) {
		assert_null(text_find_hidden(kept[i]));
		assert_made(text_one_line(kept[i]), kept[i]);
		assert_made(text_in_lines(kept[i]), kept[i]);
		assert_made(text_from_bytes(kept[i]), kept[i]);
		assert_made(text_mark_hidden(kept[i]), kept[i]);
		assert_made(text_typed(kept[i], true), kept[i]);
	}
}

/* Each is hidden, wherever it stands. */
static const char *const hidden[] = {
	"\x01", "\x07", "\b", "\v", "\f", "\x1B", "\x1F", "\x7F",
	"\xC2\x80", "\xC2\x85", "\xC2\x9B", "\xC2\x9F",     /* C1 */
	"\x80", "\x9B", "\xFF", "\xC0", "\xE3", "\xF5",     /* no UTF-8 */
	"\xC2\xAD",                                         /* soft hyphen */
	"\xCD\x8F",                                         /* grapheme joiner */
	"\xD8\x9C", "\xE2\x80\x8E", "\xE2\x80\x8F",         /* ALM LRM RLM */
	"\xE1\x85\x9F", "\xE1\x85\xA0", "\xE3\x85\xA4", "\xEF\xBE\xA0", /* fillers */
	"\xE1\xA0\x8E",                                     /* U+180E */
	"\xE1\xA0\x8B", "\xE1\xA0\x8C", "\xE1\xA0\x8D", "\xE1\xA0\x8F", /* FVS */
	"\xE2\xA0\x80", "\xF0\x9D\x85\x99",              /* blanks: braille, music */
	"\xE2\x80\x8B", "\xE2\x80\x8C",                     /* ZWSP ZWNJ */
	"\xE2\x80\xA8", "\xE2\x80\xA9",                     /* LS PS */
	"\xE2\x80\xAA", "\xE2\x80\xAB", "\xE2\x80\xAC", "\xE2\x80\xAD", RLO,
	"\xE2\x81\xA0", "\xE2\x81\xA1", "\xE2\x81\xA4", "\xE2\x81\xA5",
	"\xE2\x81\xA6", "\xE2\x81\xA7", "\xE2\x81\xA8", "\xE2\x81\xA9",
	"\xE2\x81\xAA", "\xE2\x81\xAF",
	"\xEF\xBB\xBF",                                     /* U+FEFF */
	"\xEF\xB7\x90", "\xEF\xBF\xBE", "\xEF\xBF\xBF", "\xF4\x8F\xBF\xBF",
	"\xEF\xBF\xB0", "\xEF\xBF\xB9", "\xEF\xBF\xBA", "\xEF\xBF\xBB",
	"\xF0\x93\x90\xB0",                                 /* U+13430 */
	"\xF0\x9B\xB2\xA0", "\xF0\x9D\x85\xB3",             /* shorthand, music */
	"\xF3\xA0\x80\x81", "\xF3\xA0\x81\x81", "\xF3\xA0\x81\xBF", /* tags */
};

static void test_what_is_hidden_is_marked(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(hidden); i++) {
		char *s = buf_format("%s甲%s1\xC2\xA0%s", hidden[i], hidden[i],
		                     hidden[i]);

		assert_true(text_find_hidden(s) == s);
		assert_true(text_find_hidden(s + strlen(hidden[i])) ==
		            s + strlen(hidden[i]) + strlen("甲"));
		assert_made(text_one_line(s), M "甲" M "1\xC2\xA0" M);
		assert_made(text_in_lines(s), M "甲" M "1\xC2\xA0" M);
		assert_made(text_from_bytes(s), M "甲" M "1\xC2\xA0" M);
		assert_made(text_mark_hidden(s), M "甲" M "1\xC2\xA0" M);
		free(s);
	}
	assert_made(text_one_line(ESC_RED "赤\x07"), M "[31m赤" M);
	assert_made(text_one_line("\xE3\x81"), M M); /* cut off in a character */
	assert_int_equal(text_columns(M, strlen(M), TEXT_NARROW),
	                 text_columns(M, strlen(M), TEXT_WIDE));
}

/* It is taken out; but what is a line break elsewhere is one. */
static void test_what_is_hidden_is_not_typed(void **state)
{
	static const char *const breaks[] = {
		"\v", "\f", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(hidden); i++) {
		char *s = buf_format("%s甲%s1%s", hidden[i], hidden[i],
		                     hidden[i]);
		const char *instead = "";

		for (size_t k = 0; k < COUNT(breaks); k++)
			if (strcmp(hidden[i], breaks[k]) == 0)
				instead = "\n";
		assert_made(text_typed(s, true),
		            *instead ? "\n甲\n1\n" : "甲1");
		assert_made(text_typed(s, false),
		            *instead ? " 甲 1 " : "甲1");
		free(s);
	}
}

/* Selectors and joiners only where they belong to a grapheme. */
static void test_joiners_that_join_nothing(void **state)
{
	(void)state;
	assert_made(text_one_line("\xEF\xB8\x8F" "甲\xEF\xB8\x8F\xEF\xB8\x8F"),
	            M "甲\xEF\xB8\x8F" M);
	assert_made(text_one_line("　󠄀"), "　" M); /* a space is no base */
	assert_made(text_one_line("a\n󠄀"), "a " M);
	assert_made(text_one_line(RLO "󠄀"), M M);
	assert_made(text_one_line("a" ZWJ "b" ZWJ), "a" M "b" M);
	assert_made(text_one_line("甲" ZWJ "👩"), "甲" M "👩");
	assert_made(text_one_line("👩" ZWJ ZWJ "👩"), "👩" M M "👩");
	assert_made(text_one_line("👩" ZWJ), "👩" M);
	assert_made(text_one_line(ZWJ "👩"), M "👩");
}

static void test_line_breaks_and_tabs(void **state)
{
	const char *s = "甲\n乙\r\n丙\r丁\t戊\n\r";

	(void)state;
	assert_made(text_one_line(s), "甲 乙 丙 丁 戊  ");
	assert_made(text_in_lines(s), "甲\n乙\n丙\n丁 戊\n\n");
	assert_made(text_from_bytes(s),
	            "甲" M "乙" M "丙" M "丁" M "戊" M M);
	assert_made(text_mark_hidden(s), s);
	assert_made(text_typed(s, true), "甲\n乙\n丙\n丁 戊\n\n");
	assert_made(text_typed(s, false), "甲 乙 丙 丁 戊  ");
	assert_null(text_find_hidden(s));
}

static void test_messages_are_short(void **state)
{
	struct buf b;
	char *shorter;

	(void)state;
	assert_made(text_message("「甲」がありません"), "「甲」がありません");
	for (size_t shift = 0; shift < 3; shift++) {
		buf_init(&b);
		buf_add_repeated(&b, 'a', shift);
		while (b.len < 2 * TEXT_LONGEST_MESSAGE)
			buf_add(&b, "漢");
		buf_add(&b, "がありません");
		shorter = text_message(b.s);
		assert_true(strlen(shorter) <= TEXT_LONGEST_MESSAGE);
		assert_true(strlen(shorter) > TEXT_LONGEST_MESSAGE - 8);
		assert_null(text_find_hidden(shorter)); /* not cut in a character */
		assert_true(text_has_suffix(shorter, "漢がありません"));
		assert_non_null(strstr(shorter, "漢…漢"));
		free(shorter);
		buf_release(&b);
	}
}

/* No code point of Unicode gets through that is a control or a format. */
static void test_every_character(void **state)
{
	(void)state;
	for (ucs4_t c = 1; c <= 0x10FFFF; c++) {
		uint8_t s[8] = "";
		char *shown;

		if (u8_uctomb(s, c, 6) <= 0)
			continue; /* a surrogate */
		shown = text_one_line((const char *)s);
		if (c != '\n' && c != '\r' && c != '\t' &&
		    (uc_is_general_category(c, UC_CONTROL) ||
		     uc_is_property_bidi_control(c) ||
		     uc_is_property_default_ignorable_code_point(c) ||
		     uc_is_property_line_separator(c)))
			assert_string_equal(shown, M);
		free(shown);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_utf8),
		cmocka_unit_test(test_normal_forms_of_every_character),
		cmocka_unit_test(test_nfc),
		cmocka_unit_test(test_nfkc),
		cmocka_unit_test(test_finding),
		cmocka_unit_test(test_white_space_around),
		cmocka_unit_test(test_prefixes_and_suffixes),
		cmocka_unit_test(test_graphemes),
		cmocka_unit_test(test_graphemes_are_those_of_uax_29),
		cmocka_unit_test(test_graphemes_of_every_character),
		cmocka_unit_test(test_columns_of_every_character),
		cmocka_unit_test(test_columns_of_every_double_byte_character),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_wrapping),
		cmocka_unit_test(test_wrapping_by_the_readers_width),
		cmocka_unit_test(test_lines_fit_and_lose_nothing),
		cmocka_unit_test(test_what_is_seen_stays),
		cmocka_unit_test(test_what_is_hidden_is_marked),
		cmocka_unit_test(test_what_is_hidden_is_not_typed),
		cmocka_unit_test(test_joiners_that_join_nothing),
		cmocka_unit_test(test_line_breaks_and_tabs),
		cmocka_unit_test(test_messages_are_short),
		cmocka_unit_test(test_every_character),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
