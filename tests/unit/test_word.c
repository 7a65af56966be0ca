/* SPDX-License-Identifier: MIT
 *
 * Where words begin and end (tui/word.h): '|' stands where moving over words stops.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "tui/word.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static char *without_stops(const char *text)
{
	struct buf out;

	buf_init(&out);
	for (; *text; text++)
		if (*text != '|')
			buf_add_byte(&out, *text);
	return out.s;
}

static void assert_stops(const char *expected, bool starts)
{
	char *text = without_stops(expected);
	bool stops[200] = { false };
	size_t n = strlen(text);
	struct buf out;

	assert_true(n < COUNT(stops));
	if (starts)
		for (size_t at = n; (at = word_start(text, at)); )
			stops[at] = true;
	else
		for (size_t at = 0; (at = word_end(text, at)) < n; )
			stops[at] = true;
	buf_init(&out);
	for (size_t i = 0; i < n; i++) {
		if (stops[i])
			buf_add_byte(&out, '|');
		buf_add_byte(&out, text[i]);
	}
	assert_string_equal(out.s, expected);
	buf_release(&out);
	free(text);
}

/* From the left to the ends of words, from the right to their starts. */
static const struct {
	const char *ends, *starts;
} cases[] = {
	{ "foo| bar|, baz_1", "foo |bar, |baz_1" },
	{ "取扱者|から|誓約書|を|徴収|した|。未徴収|は|2|名", "取扱者|から|誓約書|を|徴収|した。|未徴収|は|2|名" },
	{ "４|月|１０|日|まで", "４|月|１０|日|まで" },
	{ "サーバー|の|データ", "サーバー|の|データ" },
	{ "らーめん|カレー", "らーめん|カレー" },
	{ "人々|の|〆切", "人々|の|〆切" },
	{ "ｻｰﾊﾞｰ|漢字", "ｻｰﾊﾞｰ|漢字" },
	{ "一|\n\n二", "一\n\n|二" },
	{ "　山田|　太郎", "　|山田　|太郎" },
	{ "𠮷野家|の|髙島屋", "𠮷野家|の|髙島屋" },
	{ "か\xE3\x82\x99き|葛\xF3\xA0\x84\x80飾", "か\xE3\x82\x99き|葛\xF3\xA0\x84\x80飾" },
	{ "済|👨\xE2\x80\x8D👩|です", "済|👨\xE2\x80\x8D👩|です" },
	{ "caf\xC3\xA9|-r\xC3\xA9sum\xC3\xA9", "caf\xC3\xA9-|r\xC3\xA9sum\xC3\xA9" },
	{ "、。", "、。" }, { "", "" },
};

static void test_stops(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_stops(cases[i].ends, false);
		assert_stops(cases[i].starts, true);
	}
}

static void test_begins(void **state)
{
	(void)state;
	assert_true(word_begins("a b", 2));
	assert_true(word_begins("した。未徴収", strlen("した。")));
	assert_false(word_begins("ab", 1));
	assert_false(word_begins("a b", 1));
	assert_false(word_begins("a  b", 2));
	assert_false(word_begins("した未徴収", strlen("した")));
	assert_false(word_begins("a", 0));
	assert_false(word_begins("a ", 2));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stops),
		cmocka_unit_test(test_begins),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
