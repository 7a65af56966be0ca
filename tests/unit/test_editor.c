/* SPDX-License-Identifier: MIT
 *
 * The text that is being typed (tui/editor.h). In what is given and expected here
 * '|' is the cursor, '*' the grapheme that is tried, and '/' stands between the
 * lines of a text.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/editor.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define WIDTH 11 /* a line of five full-width characters, and the cursor */

#define DAKUTEN "\xE3\x82\x99" /* U+3099, combining */
#define JOINER "\xE2\x80\x8D"  /* U+200D */
#define MOTHER "\xF0\x9F\x91\xA9"
#define GIRL "\xF0\x9F\x91\xA7"
#define FAMILY "\xF0\x9F\x91\xA8" JOINER MOTHER JOINER GIRL
#define JAPAN "\xF0\x9F\x87\xAF\xF0\x9F\x87\xB5"   /* J P */
#define AMERICA "\xF0\x9F\x87\xBA\xF0\x9F\x87\xB8" /* U S */
#define ACUTE "\xCC\x81"

/* Bytes that went through text_wrap: what a key costs. */
static size_t wrapped;

void __real_text_wrap(const char *s, size_t columns, enum text_width width,
                      struct text_lines *lines);
void __wrap_text_wrap(const char *s, size_t columns, enum text_width width,
                      struct text_lines *lines);

void __wrap_text_wrap(const char *s, size_t columns, enum text_width width,
                      struct text_lines *lines)
{
	wrapped += strlen(s);
	__real_text_wrap(s, columns, width, lines);
}

/* --- what the tests are written with -------------------------------------- */

/* Begin with TEXT, the cursor where its '|' is. */
static void begin(struct editor *e, const char *text, bool many_lines,
                  size_t columns)
{
	size_t at = strcspn(text, "|");
	char *plain = buf_format("%.*s%s", (int)at, text, text + at + 1);

	assert_int_equal(text[at], '|');
	editor_init(e, plain, many_lines, columns);
	free(plain);
	e->cursor = at;
	e->goal = editor_cursor_column(e);
}

static void assert_text(const struct editor *e, const char *expected)
{
	char *is = buf_format("%.*s|%s", (int)e->cursor, e->text.s,
	                      e->text.s + e->cursor);

	assert_string_equal(is, expected);
	free(is);
}

static void assert_lines(const struct editor *e, const char *expected)
{
	struct buf is;

	buf_init(&is);
	for (size_t i = 0; i < e->n_lines; i++)
		buf_addf(&is, "%s%.*s", i ? "/" : "", (int)e->lines[i].length,
		         e->text.s + e->lines[i].start);
	assert_string_equal(is.s, expected);
	buf_release(&is);
}

static void assert_cursor(const struct editor *e, size_t line, size_t column)
{
	assert_int_equal(editor_cursor_line(e), line);
	assert_int_equal(editor_cursor_column(e), column);
}

/* What ACTION makes of TEXT, in many lines of WIDTH. */
static void assert_does(const char *text, enum action action,
                        enum editor_result result, const char *expected)
{
	struct editor e;

	begin(&e, text, true, WIDTH);
	assert_int_equal(editor_do(&e, action), result);
	assert_text(&e, expected);
	editor_release(&e);
}

static bool stands_between_graphemes(const struct editor *e)
{
	size_t at = 0;

	while (at < e->cursor)
		at += text_grapheme(e->text.s + at);
	return at == e->cursor;
}

/* --- beginning ------------------------------------------------------------ */

static void test_begins_at_the_end(void **state)
{
	struct editor e;

	(void)state;
	editor_init(&e, "", true, WIDTH);
	assert_text(&e, "|");
	assert_lines(&e, "");
	assert_cursor(&e, 0, 0);
	editor_release(&e);
	editor_release(&e); /* once more is fine */
	editor_init(&e, "あ\nい", true, WIDTH);
	assert_text(&e, "あ\nい|");
	assert_cursor(&e, 1, 2);
	editor_release(&e);
}

/* --- graphemes ------------------------------------------------------------ */

static const char *const graphemes[] = {
	"a", "漢", "𠮷",
	"か" DAKUTEN,                /* が, as file names on macOS have it */
	"\xEF\xBD\xB6\xEF\xBE\x9E", /* half-width ga */
	FAMILY,
	JAPAN,
	"葛\xF3\xA0\x84\x80",       /* with U+E0100, a variant of 葛 */
	"\xE2\x9D\xA4\xEF\xB8\x8F", /* a heart, with U+FE0F in colour */
	"1\xEF\xB8\x8F\xE2\x83\xA3", /* the digit on a key */
	"\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD", /* a thumb, with its skin */
	"e" ACUTE,
	"\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8", /* a syllable of three jamo */
};

/* PATTERN with GRAPHEME in place of its '*'; a new string. */
static char *filled_in(const char *pattern, const char *grapheme)
{
	size_t at = strcspn(pattern, "*");

	return buf_format("%.*s%s%s", (int)at, pattern,
	                  pattern[at] ? grapheme : "",
	                  pattern + at + (pattern[at] ? 1 : 0));
}

static void test_graphemes_are_one(void **state)
{
	static const struct {
		const char *before;
		enum action action;
		const char *after;
	} steps[] = {
		{ "あ*|い", ACTION_LEFT, "あ|*い" },
		{ "あ*い|", ACTION_LEFT, "あ*|い" },
		{ "あ|*い", ACTION_RIGHT, "あ*|い" },
		{ "あ*|い", ACTION_DELETE_BACK, "あ|い" },
		{ "あ|*い", ACTION_DELETE, "あ|い" },
		{ "あ\n*|い", ACTION_LEFT, "あ\n|*い" },
		{ "あ\n|*い", ACTION_DELETE, "あ\n|い" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(graphemes); i++)
		for (size_t k = 0; k < COUNT(steps); k++) {
			char *before = filled_in(steps[k].before, graphemes[i]);
			char *after = filled_in(steps[k].after, graphemes[i]);
			bool deletes = steps[k].action == ACTION_DELETE ||
			               steps[k].action == ACTION_DELETE_BACK;

			assert_does(before, steps[k].action,
			            deletes ? EDITOR_CHANGED : EDITOR_MOVED,
			            after);
			free(before);
			free(after);
		}
}

static void test_flags_in_a_row(void **state)
{
	(void)state;
	assert_does(JAPAN AMERICA "|", ACTION_LEFT, EDITOR_MOVED,
	            JAPAN "|" AMERICA);
	assert_does(JAPAN "|" AMERICA, ACTION_DELETE_BACK, EDITOR_CHANGED,
	            "|" AMERICA);
	assert_does("|" JAPAN AMERICA, ACTION_RIGHT, EDITOR_MOVED,
	            JAPAN "|" AMERICA);
}

static void test_marks_join_when_typed(void **state)
{
	struct editor e;

	(void)state;
	begin(&e, "か|き", true, WIDTH);
	assert_int_equal(editor_type(&e, 0x3099), EDITOR_CHANGED);
	assert_text(&e, "か" DAKUTEN "|き");
	assert_cursor(&e, 0, 2);
	editor_do(&e, ACTION_DELETE_BACK);
	assert_text(&e, "|き");
	editor_release(&e);
}

/* A change may make one grapheme of what stood on both sides of the cursor: then
 * it stands behind it. */
static void test_never_within_a_grapheme(void **state)
{
	struct editor e;

	(void)state;
	assert_does("か\n|" DAKUTEN, ACTION_DELETE_BACK, EDITOR_CHANGED,
	            "か" DAKUTEN "|");
	assert_does("か|\n" DAKUTEN "く", ACTION_DELETE, EDITOR_CHANGED,
	            "か" DAKUTEN "|く");
	begin(&e, MOTHER "|" GIRL, true, WIDTH);
	editor_type(&e, 0x200D);
	assert_text(&e, MOTHER JOINER GIRL "|");
	editor_release(&e);
	begin(&e, "|" ACUTE, true, WIDTH);
	editor_paste(&e, "ne");
	assert_text(&e, "ne" ACUTE "|");
	editor_release(&e);
}

/* --- typing --------------------------------------------------------------- */

static void test_typing(void **state)
{
	static const key_code no_text[] = {
		0, '\t', '\r', 0x1b, 0x7f, 0x9b, 0x202e, 0xD800, 0x110000, KEYS_UP, KEYS_WHEEL_DOWN,
		KEY_F_(1), 0xFFFFFFFF,
	};
	struct editor e;

	(void)state;
	begin(&e, "あ|う", true, WIDTH);
	assert_int_equal(editor_type(&e, 0x3044), EDITOR_CHANGED);
	assert_text(&e, "あい|う");
	assert_int_equal(editor_type(&e, 0x20BB7), EDITOR_CHANGED);
	assert_text(&e, "あい𠮷|う");
	assert_int_equal(editor_type(&e, ' '), EDITOR_CHANGED);
	assert_text(&e, "あい𠮷 |う");
	assert_int_equal(editor_type(&e, '\n'), EDITOR_CHANGED);
	assert_text(&e, "あい𠮷 \n|う");
	for (size_t i = 0; i < COUNT(no_text); i++)
		assert_int_equal(editor_type(&e, no_text[i]), EDITOR_IGNORED);
	assert_text(&e, "あい𠮷 \n|う");
	editor_release(&e);
}

static void test_actions_of_others_are_ignored(void **state)
{
	static const enum action others[] = {
		ACTION_NONE, ACTION_NEXT_FIELD, ACTION_HELP, ACTION_CHOOSE,
		ACTION_LINE_UP, ACTION_GO,
	};

	(void)state;
	for (size_t i = 0; i < COUNT(others); i++)
		assert_does("あ|い", others[i], EDITOR_IGNORED, "あ|い");
	assert_does("あ|い", ACTION_YANK, EDITOR_IGNORED, "あ|い");
}

/* --- lines ---------------------------------------------------------------- */

static void test_wraps_full_width(void **state)
{
	struct editor e;

	(void)state;
	begin(&e, "あいうえお|", true, 11);
	assert_lines(&e, "あいうえお");
	assert_cursor(&e, 0, 10); /* the column that is kept for it */
	editor_type(&e, 0x304B);
	assert_lines(&e, "あいうえお/か");
	assert_cursor(&e, 1, 2);
	editor_resize(&e, 10); /* a column left over is too narrow for お */
	assert_lines(&e, "あいうえ/おか");
	assert_cursor(&e, 1, 4);
	editor_resize(&e, 3);
	assert_lines(&e, "あ/い/う/え/お/か");
	assert_cursor(&e, 5, 2);
	editor_resize(&e, 80);
	assert_lines(&e, "あいうえおか");
	assert_cursor(&e, 0, 12);
	assert_text(&e, "あいうえおか|");
	editor_release(&e);
}

static void test_wraps_by_japanese_rules(void **state)
{
	struct editor e;

	(void)state;
	begin(&e, "あいうえお。|", true, WIDTH);
	assert_lines(&e, "あいうえ/お。");
	editor_do(&e, ACTION_DELETE_BACK);
	assert_lines(&e, "あいうえお");
	editor_release(&e);
}

static void test_spaces_hang_over_the_end(void **state)
{
	struct editor e;

	(void)state;
	begin(&e, "aaaaaaaaa |bbb", true, WIDTH);
	assert_lines(&e, "aaaaaaaaa/bbb");
	assert_cursor(&e, 1, 0);
	editor_do(&e, ACTION_LEFT);
	assert_cursor(&e, 0, 9);
	editor_paste(&e, "    ");
	assert_lines(&e, "aaaaaaaaa/bbb");
	assert_cursor(&e, 0, 10); /* not outside the line */
	editor_release(&e);
}

static void test_empty_lines(void **state)
{
	struct editor e;

	(void)state;
	begin(&e, "\n\nあ\n|", true, WIDTH);
	assert_lines(&e, "//あ/");
	assert_cursor(&e, 3, 0);
	editor_do(&e, ACTION_UP);
	editor_do(&e, ACTION_UP);
	assert_text(&e, "\n|\nあ\n");
	editor_type(&e, 0x3044);
	assert_lines(&e, "/い/あ/");
	editor_release(&e);
}

/* --- up and down ---------------------------------------------------------- */

static void test_keeps_its_column(void **state)
{
	struct editor e;

	(void)state;
	begin(&e, "あいう|えお\nab\nかきくけこ", true, 40);
	assert_int_equal(editor_do(&e, ACTION_DOWN), EDITOR_MOVED);
	assert_text(&e, "あいうえお\nab|\nかきくけこ");
	editor_do(&e, ACTION_DOWN);
	assert_text(&e, "あいうえお\nab\nかきく|けこ");
	editor_do(&e, ACTION_UP);
	editor_do(&e, ACTION_UP);
	assert_text(&e, "あいう|えお\nab\nかきくけこ");
	editor_do(&e, ACTION_DOWN);
	editor_do(&e, ACTION_LEFT); /* a new column to keep to */
	editor_do(&e, ACTION_DOWN);
	assert_text(&e, "あいうえお\nab\n|かきくけこ");
	editor_release(&e);
}

/* The middle of a full-width character is before it, and is not forgotten. */
static void test_odd_columns(void **state)
{
	struct editor e;

	(void)state;
	begin(&e, "abc|d\nあいう\nefgh", true, 40);
	editor_do(&e, ACTION_DOWN);
	assert_text(&e, "abcd\nあ|いう\nefgh");
	assert_cursor(&e, 1, 2);
	editor_do(&e, ACTION_DOWN);
	assert_text(&e, "abcd\nあいう\nefg|h");
	editor_release(&e);
}

/* What typing, deleting, placing, ... leave behind is the column to keep to. */
static void test_what_sets_the_column(void **state)
{
	struct editor e;

	(void)state;
	begin(&e, "あいうえ|\nかきくけ", true, 40);
	editor_do(&e, ACTION_DELETE_BACK);
	editor_do(&e, ACTION_DOWN);
	assert_text(&e, "あいう\nかきく|け");
	editor_type(&e, 'x');
	editor_do(&e, ACTION_UP);
	editor_do(&e, ACTION_DOWN);
	assert_text(&e, "あいう\nかきくx|け");
	editor_do(&e, ACTION_HOME);
	editor_do(&e, ACTION_UP);
	assert_text(&e, "|あいう\nかきくxけ");
	editor_do(&e, ACTION_END);
	editor_do(&e, ACTION_DOWN);
	assert_text(&e, "あいう\nかきく|xけ");
	editor_place(&e, 0, 2);
	editor_do(&e, ACTION_DOWN);
	assert_text(&e, "あいう\nか|きくxけ");
	editor_release(&e);
}

static void test_up_and_down_over_wrapped_lines(void **state)
{
	struct editor e;

	(void)state;
	begin(&e, "0123456789|\nあいうえおかきくけこ", true, WIDTH);
	assert_lines(&e, "0123456789/あいうえお/かきくけこ");
	editor_do(&e, ACTION_DOWN); /* behind お, not before か */
	assert_text(&e, "0123456789\nあいうえお|かきくけこ");
	assert_cursor(&e, 1, 10);
	editor_do(&e, ACTION_DOWN);
	assert_text(&e, "0123456789\nあいうえおかきくけこ|");
	assert_cursor(&e, 2, 10);
	editor_do(&e, ACTION_UP);
	assert_cursor(&e, 1, 10);
	editor_do(&e, ACTION_UP);
	assert_text(&e, "0123456789|\nあいうえおかきくけこ");
	editor_release(&e);
}

static void test_leaves_at_its_ends(void **state)
{
	struct editor e;

	(void)state;
	assert_does("あ|い\nう", ACTION_UP, EDITOR_LEFT_UP, "あ|い\nう");
	assert_does("あ\nい|う", ACTION_DOWN, EDITOR_LEFT_DOWN, "あ\nい|う");
	assert_does("|", ACTION_UP, EDITOR_LEFT_UP, "|");
	assert_does("|", ACTION_DOWN, EDITOR_LEFT_DOWN, "|");
	assert_does("|あ", ACTION_LEFT, EDITOR_MOVED, "|あ");
	assert_does("あ|", ACTION_RIGHT, EDITOR_MOVED, "あ|");
	begin(&e, "あいうえおかきくけこ|", false, 8);
	assert_int_equal(editor_do(&e, ACTION_UP), EDITOR_LEFT_UP);
	assert_int_equal(editor_do(&e, ACTION_DOWN), EDITOR_LEFT_DOWN);
	editor_release(&e);
}

static void test_home_and_end(void **state)
{
	(void)state;
	/* of the line that is seen */
	assert_does("あいうえおか|き", ACTION_HOME, EDITOR_MOVED, "あいうえお|かき");
	assert_does("あいうえお|かき", ACTION_HOME, EDITOR_MOVED, "あいうえお|かき");
	assert_does("あいう|えおかき", ACTION_HOME, EDITOR_MOVED, "|あいうえおかき");
	assert_does("あい|うえおかき", ACTION_END, EDITOR_MOVED, "あいうえお|かき");
	assert_does("あいうえお|かき", ACTION_END, EDITOR_MOVED, "あいうえおかき|");
	assert_does("aa|aaaaaaa bbb", ACTION_END, EDITOR_MOVED, "aaaaaaaaa| bbb");
	assert_does("あ|い\nう", ACTION_END, EDITOR_MOVED, "あい|\nう");
	assert_does("あ\nいう|え", ACTION_HOME, EDITOR_MOVED, "あ\n|いうえ");
	assert_does("|\nあ", ACTION_END, EDITOR_MOVED, "|\nあ");
	assert_does("|aaaaaaaaa" FAMILY "b", ACTION_END, EDITOR_MOVED,
	            "aaaaaaaaa|" FAMILY "b");
}

/* One place in the text is the end of a line and the start of the next: End stands
 * at the one, and every other key goes on from there as it is seen. */
static void test_behind_a_broken_line(void **state)
{
	struct editor e;

	(void)state;
	begin(&e, "あい|うえおかき", true, WIDTH);
	editor_do(&e, ACTION_END);
	assert_cursor(&e, 0, 10);
	editor_do(&e, ACTION_END);
	assert_cursor(&e, 0, 10);
	editor_do(&e, ACTION_HOME);
	assert_cursor(&e, 0, 0);
	editor_do(&e, ACTION_END);
	editor_do(&e, ACTION_LEFT);
	assert_text(&e, "あいうえ|おかき");
	editor_do(&e, ACTION_RIGHT); /* to where that character is */
	assert_cursor(&e, 1, 0);
	editor_place(&e, 0, 30);
	assert_cursor(&e, 0, 10);
	editor_do(&e, ACTION_DOWN);
	assert_cursor(&e, 1, 4);
	editor_do(&e, ACTION_UP);
	assert_cursor(&e, 0, 10);
	editor_do(&e, ACTION_DELETE_BACK);
	assert_text(&e, "あいうえ|かき");
	editor_do(&e, ACTION_END);
	editor_type(&e, 'x');
	assert_text(&e, "あいうえかx|き");
	assert_cursor(&e, 1, 1);
	editor_release(&e);
}

static void test_place(void **state)
{
	static const struct {
		size_t line, column;
		const char *expected;
	} places[] = {
		{ 0, 0, "|あいうえおかき\nab" },
		{ 0, 1, "|あいうえおかき\nab" },
		{ 0, 2, "あ|いうえおかき\nab" },
		{ 0, 99, "あいうえお|かき\nab" },
		{ 1, 3, "あいうえおか|き\nab" },
		{ 1, 99, "あいうえおかき|\nab" },
		{ 2, 1, "あいうえおかき\na|b" },
		{ 2, 99, "あいうえおかき\nab|" },
		{ 99, 1, "あいうえおかき\na|b" },
	};
	struct editor e;

	(void)state;
	editor_init(&e, "あいうえおかき\nab", true, WIDTH);
	for (size_t i = 0; i < COUNT(places); i++) {
		editor_place(&e, places[i].line, places[i].column);
		assert_text(&e, places[i].expected);
	}
	editor_release(&e);
}

/* --- deleting ------------------------------------------------------------- */

static void test_deletes_line_breaks(void **state)
{
	struct editor e;

	(void)state;
	begin(&e, "あい\n|うえ\nお", true, WIDTH);
	assert_int_equal(editor_do(&e, ACTION_DELETE_BACK), EDITOR_CHANGED);
	assert_text(&e, "あい|うえ\nお");
	assert_lines(&e, "あいうえ/お");
	editor_do(&e, ACTION_END);
	editor_do(&e, ACTION_DELETE);
	assert_text(&e, "あいうえ|お");
	assert_lines(&e, "あいうえお");
	editor_do(&e, ACTION_ENTER);
	assert_text(&e, "あいうえ\n|お");
	assert_lines(&e, "あいうえ/お");
	editor_release(&e);
	assert_does("|あ", ACTION_DELETE_BACK, EDITOR_MOVED, "|あ");
	assert_does("あ|", ACTION_DELETE, EDITOR_MOVED, "あ|");
	assert_does("あ\n\n|い", ACTION_DELETE_BACK, EDITOR_CHANGED, "あ\n|い");
	assert_does("\n|", ACTION_DELETE_BACK, EDITOR_CHANGED, "|");
}

/* ^K ^U ^W, and what ^Y then brings back. */
static void test_kill_and_yank(void **state)
{
	static const struct {
		const char *before;
		enum action action;
		const char *after, *yanked;
	} cases[] = {
		{ "あ|い\nう", ACTION_DELETE_TO_END, "あ|\nう", "あい|\nう" },
		/* the whole paragraph's, however it is wrapped */
		{ "あ|いうえおかき\nく", ACTION_DELETE_TO_END, "あ|\nく",
		  "あいうえおかき|\nく" },
		{ "あ\nいう|え", ACTION_DELETE_TO_START, "あ\n|え", "あ\nいう|え" },
		{ "あいうえおか|き", ACTION_DELETE_TO_START, "|き",
		  "あいうえおか|き" },
		{ "foo bar|", ACTION_DELETE_WORD, "foo |", "foo bar|" },
		{ "foo bar  |x", ACTION_DELETE_WORD, "foo |x", "foo bar  |x" },
		{ "foo ba|r", ACTION_DELETE_WORD, "foo |r", "foo ba|r" },
		{ "山田　太郎|", ACTION_DELETE_WORD, "山田　|", "山田　太郎|" },
		{ "あ\n  |い", ACTION_DELETE_WORD, "あ\n|い", "あ\n  |い" },
		{ "a か" DAKUTEN "|い", ACTION_DELETE_WORD, "a |い",
		  "a か" DAKUTEN "|い" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct editor e;

		begin(&e, cases[i].before, true, WIDTH);
		assert_int_equal(editor_do(&e, cases[i].action), EDITOR_CHANGED);
		assert_text(&e, cases[i].after);
		assert_int_equal(editor_do(&e, ACTION_YANK), EDITOR_CHANGED);
		assert_text(&e, cases[i].yanked);
		editor_release(&e);
	}
}

static void test_nothing_to_kill(void **state)
{
	struct editor e;

	(void)state;
	assert_does("あ|\nい", ACTION_DELETE_TO_END, EDITOR_MOVED, "あ|\nい");
	assert_does("あ\n|い", ACTION_DELETE_TO_START, EDITOR_MOVED, "あ\n|い");
	assert_does("あ\n|い", ACTION_DELETE_WORD, EDITOR_MOVED, "あ\n|い");
	begin(&e, "a bc|", true, WIDTH);
	editor_do(&e, ACTION_DELETE_WORD);
	editor_do(&e, ACTION_DELETE_TO_END); /* takes nothing, forgets nothing */
	editor_do(&e, ACTION_DELETE_BACK);   /* is no kill */
	editor_do(&e, ACTION_YANK);
	editor_do(&e, ACTION_YANK);
	assert_text(&e, "abcbc|");
	editor_do(&e, ACTION_DELETE_TO_START);
	editor_do(&e, ACTION_YANK); /* the last one only */
	assert_text(&e, "abcbc|");
	editor_release(&e);
}

/* --- pasting -------------------------------------------------------------- */

static void test_paste(void **state)
{
	static const struct {
		const char *pasted, *in_lines, *in_one;
	} cases[] = {
		{ "い", "あい|う", "あい|う" },
		{ "い\r\nえ", "あい\nえ|う", "あい え|う" },
		{ "い\nえ", "あい\nえ|う", "あい え|う" },
		{ "い\rえ", "あい\nえ|う", "あい え|う" }, /* what xterm makes of LF */
		{ "\r\n\r\n", "あ\n\n|う", "あ  |う" },
		{ "\n\r", "あ\n\n|う", "あ  |う" },
		{ "1\t2", "あ1 2|う", "あ1 2|う" },
		{ "い\xE2\x80\xA8え\xC2\x85", "あい\nえ\n|う", "あい え |う" },
		/* controls, among them what would turn the line round */
		{ "\x1b[1mい\a\x7f\xC2\x9B\xE2\x80\xAE", "あ[1mい|う",
		  "あ[1mい|う" },
		{ "", "あ|う", "あ|う" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct editor e;

		begin(&e, "あ|う", true, 40);
		editor_paste(&e, cases[i].pasted);
		assert_text(&e, cases[i].in_lines);
		editor_release(&e);
		begin(&e, "あ|う", false, 40);
		assert_int_equal(editor_paste(&e, cases[i].pasted),
		                 *cases[i].pasted ? EDITOR_CHANGED
		                                  : EDITOR_IGNORED);
		assert_text(&e, cases[i].in_one);
		assert_int_equal(e.n_lines, 1);
		editor_release(&e);
	}
}

/* --- a single line -------------------------------------------------------- */

static void test_one_line(void **state)
{
	struct editor e;

	(void)state;
	begin(&e, "あいうえおかきくけこ|", false, 6);
	assert_lines(&e, "あいうえおかきくけこ"); /* its field scrolls */
	assert_cursor(&e, 0, 20);
	assert_int_equal(editor_do(&e, ACTION_ENTER), EDITOR_IGNORED);
	editor_do(&e, ACTION_HOME);
	assert_cursor(&e, 0, 0);
	editor_do(&e, ACTION_END);
	assert_cursor(&e, 0, 20);
	editor_place(&e, 0, 5);
	assert_text(&e, "あい|うえおかきくけこ");
	editor_do(&e, ACTION_DELETE_TO_END);
	assert_text(&e, "あい|");
	editor_release(&e);
}

static void test_one_line_has_no_breaks(void **state)
{
	struct editor e;

	(void)state;
	editor_init(&e, "あ\nい\tう", false, 40); /* as a spreadsheet may have it */
	assert_text(&e, "あ い う|");
	assert_int_equal(editor_type(&e, '\n'), EDITOR_CHANGED);
	assert_text(&e, "あ い う |");
	assert_lines(&e, "あ い う ");
	assert_cursor(&e, 0, 9);
	editor_release(&e);
}

/* --- cost ----------------------------------------------------------------- */

static void test_a_key_costs_its_paragraph(void **state)
{
	struct editor e;

	(void)state;
	editor_init(&e, "あいう\n", true, WIDTH);
	for (int i = 0; i < 1000; i++)
		editor_paste(&e, "あいうえおかきくけこ\n");
	editor_place(&e, 1, 0);
	wrapped = 0;
	editor_type(&e, 'x');
	assert_int_equal(wrapped, strlen("xあいうえおかきくけこ"));
	wrapped = 0;
	editor_do(&e, ACTION_DELETE_BACK);
	assert_int_equal(wrapped, strlen("あいうえおかきくけこ"));
	wrapped = 0;
	editor_do(&e, ACTION_DOWN);
	editor_do(&e, ACTION_END);
	editor_do(&e, ACTION_LEFT);
	assert_int_equal(wrapped, 0);
	/* a line break too, and what stands above its line is settled */
	editor_type(&e, '\n');
	assert_int_equal(wrapped, strlen("かきくけ\nこ"));
	editor_release(&e);
}

/* What stands before its line does not change, nor is it looked at. */
static void test_a_key_costs_no_more_than_its_line(void **state)
{
	static const char *const words[] = { "漢字かな", "letters", "a b " };

	(void)state;
	for (size_t i = 0; i < COUNT(words); i++) {
		struct editor e;

		editor_init(&e, "", true, WIDTH);
		for (int n = 0; n < 1000; n++)
			editor_paste(&e, words[i]);
		for (const char *s = "xyz"; *s; s++) {
			editor_type(&e, 'a');
			editor_type(&e, (key_code)*s);
		}
		wrapped = 0;
		editor_type(&e, 'x');
		assert_true(wrapped <= e.text.len -
		                       e.lines[e.n_lines - 2].start);
		editor_release(&e);
	}
}

/* --- words and screenfuls -------------------------------------------------- */

static void test_words(void **state)
{
	(void)state;
	assert_does("徴収した|。", ACTION_WORD_LEFT, EDITOR_MOVED, "徴収|した。");
	assert_does("|徴収した。", ACTION_WORD_RIGHT, EDITOR_MOVED, "徴収|した。");
	assert_does("あ\n|い", ACTION_WORD_LEFT, EDITOR_MOVED, "|あ\nい");
	assert_does("あ|\nい", ACTION_WORD_RIGHT, EDITOR_MOVED, "あ\nい|");
	assert_does("漢か" DAKUTEN "|", ACTION_WORD_LEFT, EDITOR_MOVED,
	            "漢|か" DAKUTEN);
	assert_does("徴収した。|", ACTION_DELETE_WORD, EDITOR_CHANGED, "徴収|");
	assert_does("|徴収した。", ACTION_DELETE_NEXT_WORD, EDITOR_CHANGED,
	            "|した。");
	/* deleting a word never joins lines */
	assert_does("あ|\nい", ACTION_DELETE_NEXT_WORD, EDITOR_MOVED, "あ|\nい");
	assert_does("あ|。\nい", ACTION_DELETE_NEXT_WORD, EDITOR_CHANGED,
	            "あ|\nい");
	assert_does("あ\n。|い", ACTION_DELETE_WORD, EDITOR_CHANGED, "あ\n|い");
	assert_does("あ\nい|う", ACTION_TEXT_START, EDITOR_MOVED, "|あ\nいう");
	assert_does("あ|い\nう", ACTION_TEXT_END, EDITOR_MOVED, "あい\nう|");
	assert_does("あ|い\nう", ACTION_DELETE_ALL, EDITOR_CHANGED, "|");
	assert_does("|", ACTION_DELETE_ALL, EDITOR_MOVED, "|");
}

static void test_screenfuls(void **state)
{
	struct editor e;

	(void)state;
	begin(&e, "ab|\nc\nde\nf\ngh", true, WIDTH);
	e.rows = 3;
	assert_int_equal(editor_do(&e, ACTION_TEXT_DOWN), EDITOR_MOVED);
	assert_text(&e, "ab\nc\nde\nf|\ngh");
	assert_int_equal(editor_do(&e, ACTION_TEXT_DOWN), EDITOR_MOVED);
	assert_text(&e, "ab\nc\nde\nf\ngh|"); /* and stays there: */
	assert_int_equal(editor_do(&e, ACTION_TEXT_DOWN), EDITOR_MOVED);
	assert_text(&e, "ab\nc\nde\nf\ngh|");
	assert_int_equal(editor_do(&e, ACTION_WHEEL_UP), EDITOR_MOVED);
	assert_text(&e, "ab\nc|\nde\nf\ngh");
	assert_int_equal(editor_do(&e, ACTION_TEXT_UP), EDITOR_MOVED);
	assert_text(&e, "ab|\nc\nde\nf\ngh");
	assert_int_equal(editor_do(&e, ACTION_WHEEL_DOWN), EDITOR_MOVED);
	assert_text(&e, "ab\nc\nde\nf|\ngh");
	editor_release(&e);
}

static void test_kills_in_a_row_are_one(void **state)
{
	struct editor e;

	(void)state;
	begin(&e, "一 二 三|四 五\n六", true, 40);
	editor_do(&e, ACTION_DELETE_WORD);
	editor_do(&e, ACTION_DELETE_WORD);
	editor_do(&e, ACTION_DELETE_NEXT_WORD);
	assert_text(&e, "一 | 五\n六");
	editor_do(&e, ACTION_TEXT_END);
	editor_do(&e, ACTION_YANK);
	assert_text(&e, "一  五\n六二 三四|");
	editor_do(&e, ACTION_DELETE_WORD);
	editor_type(&e, 'x');
	editor_do(&e, ACTION_DELETE_TO_START);
	editor_do(&e, ACTION_YANK);
	assert_text(&e, "一  五\n六二 x|"); /* typing stood between them */
	editor_release(&e);
}

/* --- undo ----------------------------------------------------------------- */

/* TEXT typed: as an input method does, so many characters at once. */
static void type(struct editor *e, const char *text)
{
	size_t n = strlen(text);
	ucs4_t c;

	for (size_t i = 0; i < n;) {
		i += (size_t)u8_mbtouc(&c, (const uint8_t *)text + i, n - i);
		editor_type(e, c);
	}
}

static void assert_undone(struct editor *e, const char *expected)
{
	assert_int_equal(editor_do(e, ACTION_UNDO), EDITOR_CHANGED);
	assert_text(e, expected);
}

static void assert_redone(struct editor *e, const char *expected)
{
	assert_int_equal(editor_do(e, ACTION_REDO), EDITOR_CHANGED);
	assert_text(e, expected);
}

static void test_undo_in_runs(void **state)
{
	struct editor e;

	(void)state;
	begin(&e, "始|", true, 80);
	assert_int_equal(editor_do(&e, ACTION_UNDO), EDITOR_MOVED);
	type(&e, "one two、未徴収は2名。\n次の行");
	assert_undone(&e, "始one two、未徴収は2名。\n|");
	assert_undone(&e, "始one two、未徴収は2名。|");
	assert_undone(&e, "始one two、|");
	assert_undone(&e, "始one |");
	assert_redone(&e, "始one two、|");
	assert_redone(&e, "始one two、未徴収は2名。|");
	assert_undone(&e, "始one two、|");
	assert_undone(&e, "始one |");
	assert_undone(&e, "始|");
	assert_int_equal(editor_do(&e, ACTION_UNDO), EDITOR_MOVED);
	assert_redone(&e, "始one |");
	type(&e, "x"); /* is now apart, and nothing is to be done again */
	assert_int_equal(editor_do(&e, ACTION_REDO), EDITOR_MOVED);
	assert_undone(&e, "始one |");
	editor_release(&e);
}

static void test_undo_of_deletions(void **state)
{
	struct editor e;

	(void)state;
	begin(&e, "あいう|えおか", true, 80);
	editor_do(&e, ACTION_DELETE_BACK);
	editor_do(&e, ACTION_DELETE_BACK);
	editor_do(&e, ACTION_DELETE);
	editor_do(&e, ACTION_DELETE);
	assert_text(&e, "あ|か");
	assert_undone(&e, "あ|えおか");
	assert_undone(&e, "あいう|えおか");
	assert_redone(&e, "あ|えおか");
	assert_redone(&e, "あ|か");
	assert_undone(&e, "あ|えおか");
	editor_do(&e, ACTION_END);
	editor_do(&e, ACTION_DELETE_TO_START);
	editor_do(&e, ACTION_YANK);
	editor_paste(&e, "貼\n付");
	assert_undone(&e, "あえおか|");
	assert_undone(&e, "|");
	assert_undone(&e, "あえおか|");
	editor_set(&e, "別の");
	assert_text(&e, "別の|");
	assert_undone(&e, "あえおか|");
	editor_set(&e, "あえおか"); /* is no change */
	assert_undone(&e, "あいう|えおか");
	editor_release(&e);
}

static void test_undo_is_bounded(void **state)
{
	struct editor e;
	char *much = mem_alloc(100001);
	int n = 0;

	(void)state;
	memset(much, 'x', 100000);
	much[100000] = '\0';
	begin(&e, "|", true, 80);
	for (int i = 0; i < 20; i++) {
		editor_paste(&e, much);
		editor_do(&e, ACTION_DELETE_ALL);
	}
	assert_true(e.undo.bytes <= UNDO_MOST);
	while (editor_do(&e, ACTION_UNDO) == EDITOR_CHANGED) {
		assert_true(e.text.len == 0 || e.text.len == 100000);
		n++;
	}
	assert_in_range(n, 5, 11);
	while (editor_do(&e, ACTION_REDO) == EDITOR_CHANGED)
		n--;
	assert_int_equal(n, 0);
	assert_text(&e, "|");
	for (int i = 0; i < 20000; i++) { /* so many small ones too */
		editor_paste(&e, "y");
		editor_do(&e, ACTION_DELETE_ALL);
	}
	assert_true(e.undo.bytes <= UNDO_MOST);
	assert_true(e.undo.cap * sizeof *e.undo.steps <= 4 * UNDO_MOST);
	free(much);
	editor_release(&e);
}

/* --- anything at all ------------------------------------------------------ */

static uint32_t random_next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

static void assert_same_lines(const struct editor *e)
{
	struct editor fresh;

	editor_init(&fresh, e->text.s, e->many_lines, e->columns);
	assert_string_equal(fresh.text.s, e->text.s);
	assert_int_equal(fresh.n_lines, e->n_lines);
	for (size_t i = 0; i < fresh.n_lines; i++) {
		assert_int_equal(fresh.lines[i].start, e->lines[i].start);
		assert_int_equal(fresh.lines[i].length, e->lines[i].length);
	}
	editor_release(&fresh);
}

/* The cursor's line holds it, its column is one of the line's, and placed there
 * the cursor is there; but what hangs over the line's end is seen at its last
 * column, and cannot be told apart by it. */
static void assert_sane_cursor(struct editor *e)
{
	size_t cursor = e->cursor, goal = e->goal;
	bool behind = e->behind;
	size_t line = editor_cursor_line(e), column = editor_cursor_column(e);
	size_t start = e->lines[line].start;
	bool hangs;

	assert_true(cursor <= e->text.len);
	assert_true(stands_between_graphemes(e));
	assert_true(line < e->n_lines && start <= cursor);
	assert_true(line + 1 == e->n_lines ||
	            cursor < e->lines[line + 1].start + e->behind);
	assert_true(!e->many_lines || column < e->columns);
	hangs = column != text_columns(e->text.s + start, cursor - start,
	                               TEXT_NARROW);
	assert_true(!hangs || column + 1 == e->columns);
	editor_place(e, line, column);
	assert_int_equal(editor_cursor_line(e), line);
	assert_true(editor_cursor_column(e) == column || hangs);
	e->cursor = cursor;
	e->behind = behind;
	e->goal = goal;
}

static void do_anything(struct editor *e, uint32_t *seed)
{
	static const key_code typed[] = {
		'a', 'b', ' ', '\n', 0x3042, 0x6F22, 0x3002, 0x300C, 0x3000,
		0xFF11, 0x3099, 0xFF76, 0xFF9E, 0x200D, 0xFE0F, 0xE0100, 0x1F469, 0x2015,
		0x1F467, 0x1F1EF, 0x1F1F5, 0x20BB7, 0x0301, 0x2014, '-', ',',
	};
	static const char *const pasted[] = {
		"\r\n", "い\tう\r\nえ", FAMILY, JAPAN AMERICA JAPAN, ("か" DAKUTEN),
		"\n\n", "１，０００円（税込）です。", "a long word or two",
		"           ", DAKUTEN, "\xE2\x80\xA8", "漢字漢字漢字漢字漢字漢字漢字",
	};
	static const enum action actions[] = {
		ACTION_LEFT, ACTION_RIGHT, ACTION_UP, ACTION_DOWN, ACTION_HOME,
		ACTION_END, ACTION_DELETE_BACK, ACTION_DELETE, ACTION_DELETE_WORD,
		ACTION_ENTER, ACTION_YANK, ACTION_DELETE_TO_END,
		ACTION_DELETE_TO_START, ACTION_DELETE_BACK, ACTION_DELETE_BACK,
		ACTION_WORD_LEFT, ACTION_WORD_RIGHT, ACTION_TEXT_UP,
		ACTION_TEXT_DOWN, ACTION_TEXT_START, ACTION_TEXT_END,
		ACTION_DELETE_NEXT_WORD, ACTION_UNDO, ACTION_UNDO, ACTION_REDO,
	};
	uint32_t what = random_next(seed) % 20;

	if (what < 8)
		editor_type(e, typed[random_next(seed) % COUNT(typed)]);
	else if (what < 10)
		editor_paste(e, pasted[random_next(seed) % COUNT(pasted)]);
	else if (what == 10)
		editor_place(e, random_next(seed) % 20, random_next(seed) % 30);
	else if (what == 11 && random_next(seed) % 8 == 0)
		editor_resize(e, 3 + random_next(seed) % 40);
	else
		editor_do(e, actions[random_next(seed) % COUNT(actions)]);
}

/* All that can be taken back, and done again, is what it was. */
static void assert_all_is_undone(struct editor *e)
{
	char *is = mem_strdup(e->text.s);

	while (editor_do(e, ACTION_REDO) == EDITOR_CHANGED)
		;
	free(is);
	is = mem_strdup(e->text.s);
	while (editor_do(e, ACTION_UNDO) == EDITOR_CHANGED)
		assert_same_lines(e);
	assert_string_equal(e->text.s, ""); /* so few are all kept */
	while (editor_do(e, ACTION_REDO) == EDITOR_CHANGED)
		assert_same_lines(e);
	assert_string_equal(e->text.s, is);
	free(is);
}

static void assert_survives(bool many_lines, uint32_t seed)
{
	struct editor e;

	editor_init(&e, "", many_lines, WIDTH);
	for (int i = 0; i < 4000; i++) {
		do_anything(&e, &seed);
		assert_same_lines(&e);
		assert_sane_cursor(&e);
		assert_true(text_is_utf8(e.text.s, e.text.len));
		assert_true(many_lines || !strchr(e.text.s, '\n'));
	}
	assert_all_is_undone(&e);
	editor_release(&e);
}

/* In the middle of a paragraph of many lines, most of which stay as they are. */
static void test_a_long_paragraph(void **state)
{
	static const char *const pieces[] = {
		"あ", "漢字", "a", " ", "　", "。", "「", "12", "１２", ",", "，", "word ",
		"か" DAKUTEN, FAMILY, JAPAN, "—", "    ",
	};

	(void)state;
	for (uint32_t round = 0; round < 20; round++) {
		uint32_t seed = round;
		struct editor e;

		editor_init(&e, "", true, 4 + round);
		for (int i = 0; i < 400; i++)
			editor_paste(&e, pieces[random_next(&seed) % COUNT(pieces)]);
		assert_same_lines(&e);
		for (int i = 0; i < 300; i++) {
			uint32_t n = random_next(&seed) % 4;

			editor_place(&e, random_next(&seed) % e.n_lines,
			             random_next(&seed) % 20);
			if (n == 0)
				editor_do(&e, ACTION_DELETE_BACK);
			else if (n == 1)
				editor_do(&e, ACTION_DELETE);
			else
				editor_paste(&e, pieces[random_next(&seed) %
				                        COUNT(pieces)]);
			assert_same_lines(&e);
		}
		editor_release(&e);
	}
}

static void test_anything(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed <= 4; seed++) {
		assert_survives(true, seed);
		assert_survives(false, seed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_begins_at_the_end),
		cmocka_unit_test(test_graphemes_are_one),
		cmocka_unit_test(test_flags_in_a_row),
		cmocka_unit_test(test_marks_join_when_typed),
		cmocka_unit_test(test_never_within_a_grapheme),
		cmocka_unit_test(test_typing),
		cmocka_unit_test(test_actions_of_others_are_ignored),
		cmocka_unit_test(test_wraps_full_width),
		cmocka_unit_test(test_wraps_by_japanese_rules),
		cmocka_unit_test(test_spaces_hang_over_the_end),
		cmocka_unit_test(test_empty_lines),
		cmocka_unit_test(test_keeps_its_column),
		cmocka_unit_test(test_odd_columns),
		cmocka_unit_test(test_what_sets_the_column),
		cmocka_unit_test(test_up_and_down_over_wrapped_lines),
		cmocka_unit_test(test_leaves_at_its_ends),
		cmocka_unit_test(test_home_and_end),
		cmocka_unit_test(test_behind_a_broken_line),
		cmocka_unit_test(test_place),
		cmocka_unit_test(test_deletes_line_breaks),
		cmocka_unit_test(test_kill_and_yank),
		cmocka_unit_test(test_nothing_to_kill),
		cmocka_unit_test(test_paste),
		cmocka_unit_test(test_one_line),
		cmocka_unit_test(test_one_line_has_no_breaks),
		cmocka_unit_test(test_a_key_costs_its_paragraph),
		cmocka_unit_test(test_a_key_costs_no_more_than_its_line),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_screenfuls),
		cmocka_unit_test(test_kills_in_a_row_are_one),
		cmocka_unit_test(test_undo_in_runs),
		cmocka_unit_test(test_undo_of_deletions),
		cmocka_unit_test(test_undo_is_bounded),
		cmocka_unit_test(test_anything),
		cmocka_unit_test(test_a_long_paragraph),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
