/* SPDX-License-Identifier: MIT
 *
 * Lines to read, to search and to choose from (tui/pager.h).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/pager.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* --- what the tests are written with -------------------------------------- */

static void add(struct pager *p, const char *text, int target)
{
	pager_add(p, mem_strdup(text), STYLE_PLAIN, target);
}

/* Entries "0", "1", ... to be read, each its own target, in ROWS. */
static void begin_text(struct pager *p, int n, int rows)
{
	pager_init(p, "読む", false);
	for (int i = 0; i < n; i++)
		pager_add(p, buf_format("%d", i), STYLE_PLAIN, i);
	pager_resize(p, rows, 40);
}

/* Two headings with three choices each, and an end that is none: ten lines. */
static void begin_menu(struct pager *p, int rows)
{
	pager_init(p, "選ぶ", true);
	add(p, "一の見出し", NO_TARGET);
	add(p, "いち", 1);
	add(p, "に", 2);
	add(p, "さん", 3);
	add(p, "", NO_TARGET);
	add(p, "二の見出し", NO_TARGET);
	add(p, "よん", 4);
	add(p, "ご", 5);
	add(p, "ろく", 6);
	add(p, "おわり", NO_TARGET);
	pager_go_to(p, 1);
	pager_resize(p, rows, 40);
}

static void press(struct pager *p, key_code key)
{
	assert_int_equal(pager_key(p, key), PAGER_REDRAW);
}

/* '/', TEXT, Enter. */
static void search_for(struct pager *p, const char *text)
{
	press(p, '/');
	assert_true(p->searching);
	for (; *text; text++) /* ASCII */
		press(p, (key_code)*text);
	press(p, KEYS_ENTER);
	assert_false(p->searching);
}

static void assert_says(const struct pager *p, const char *expected)
{
	char *said = pager_says(p);

	assert_string_equal(said, expected);
	free(said);
}

static void assert_seen(const struct pager *p, size_t entry)
{
	size_t line = p->entries[entry].first_line;

	assert_true(line >= p->top && line < p->top + (size_t)p->rows);
}

/* --- lines ---------------------------------------------------------------- */

static void test_wraps_entries(void **state)
{
	static const struct pager_line lines[] = {
		{ 0, 0, 12 }, { 0, 12, 9 }, { 1, 0, 0 }, { 2, 0, 2 },
	};
	struct pager p;

	(void)state;
	pager_init(&p, "題", false);
	add(&p, "あいうえおかき", NO_TARGET);
	add(&p, "", NO_TARGET);
	add(&p, "ab", NO_TARGET);
	pager_resize(&p, 5, 11); /* nine, and a margin at both sides */
	assert_int_equal(p.n_lines, COUNT(lines));
	for (size_t i = 0; i < COUNT(lines); i++) {
		assert_int_equal(p.lines[i].entry, lines[i].entry);
		assert_int_equal(p.lines[i].start, lines[i].start);
		assert_int_equal(p.lines[i].length, lines[i].length);
	}
	assert_int_equal(p.entries[2].first_line, 3);
	p.margin = 0;
	pager_resize(&p, 5, 10);
	assert_int_equal(p.lines[0].length, 15);
	pager_resize(&p, 5, 14);
	assert_int_equal(p.n_lines, 3);
	pager_release(&p);
}

/* --- reading -------------------------------------------------------------- */

static void test_scrolls(void **state)
{
	static const struct {
		key_code key;
		size_t top;
	} steps[] = {
		{ KEYS_UP, 0 }, { KEYS_DOWN, 1 }, { 'j', 2 }, { KEYS_WHEEL_DOWN, 3 },
		{ KEYS_UP, 2 }, { 'k', 1 }, { KEYS_WHEEL_UP, 0 }, { KEYS_UP, 0 },
		/* a screen keeps one line of the one before */
		{ KEYS_PAGE_DOWN, 9 }, { ' ', 18 }, { KEYS_PAGE_UP, 9 },
		{ 'b', 0 }, { KEYS_PAGE_UP, 0 },
		/* the last line stands at the bottom */
		{ KEYS_END, 20 }, { KEYS_DOWN, 20 }, { KEYS_PAGE_DOWN, 20 },
		{ KEYS_PAGE_UP, 11 }, { KEYS_PAGE_DOWN, 20 }, { KEYS_HOME, 0 },
		{ 'G', 20 }, { 'g', 0 },
	};
	struct pager p;

	(void)state;
	begin_text(&p, 30, 10);
	for (size_t i = 0; i < COUNT(steps); i++) {
		press(&p, steps[i].key);
		if (p.top != steps[i].top)
			fail_msg("step %zu: top is %zu", i, p.top);
	}
	pager_release(&p);
}

static void test_short_text_stays(void **state)
{
	static const key_code keys[] = {
		KEYS_DOWN, KEYS_PAGE_DOWN, KEYS_END, KEYS_UP, KEYS_HOME,
	};
	struct pager p;

	(void)state;
	begin_text(&p, 10, 10);
	for (size_t i = 0; i < COUNT(keys); i++) {
		press(&p, keys[i]);
		assert_int_equal(p.top, 0);
	}
	pager_release(&p);
}

static void test_only_read(void **state)
{
	struct pager p;

	(void)state;
	begin_text(&p, 30, 10);
	assert_int_equal(pager_where(&p), IN_LIST);
	assert_int_equal(pager_key(&p, KEYS_ENTER), PAGER_IGNORED);
	assert_int_equal(pager_key(&p, 'x'), PAGER_IGNORED);
	assert_int_equal(pager_key(&p, KEYS_TAB), PAGER_IGNORED);
	assert_int_equal(pager_click(&p, 3), PAGER_IGNORED);
	assert_int_equal(p.top, 0);
	pager_release(&p);
}

static void test_closes(void **state)
{
	static const key_code keys[] = {
		KEYS_ESC, 'q', KEY_F_(10), KEY_CTRL('C'),
	};
	struct pager p;

	(void)state;
	begin_text(&p, 3, 10);
	for (size_t i = 0; i < COUNT(keys); i++)
		assert_int_equal(pager_key(&p, keys[i]), PAGER_CLOSED);
	pager_release(&p);
}

static void test_goes_to_what_is_read(void **state)
{
	struct pager p;

	(void)state;
	begin_text(&p, 30, 10);
	pager_go_to(&p, 15);
	assert_int_equal(p.top, 13); /* with what stands before it */
	pager_go_to(&p, 1);
	assert_int_equal(p.top, 0);
	pager_go_to(&p, 29);
	assert_int_equal(p.top, 20);
	pager_release(&p);
}

static void test_goes_between(void **state)
{
	struct pager p;

	(void)state;
	begin_text(&p, 30, 10);
	pager_go_between(&p, 3, 12); /* both are in sight */
	assert_int_equal(p.top, 3);
	pager_go_between(&p, 3, 13); /* they cannot be */
	assert_int_equal(p.top, 13);
	pager_go_between(&p, 99, 15); /* there is no such heading */
	assert_int_equal(p.top, 13);
	assert_int_equal(p.current, 15);
	pager_release(&p);
}

/* --- choosing ------------------------------------------------------------- */

static void test_steps_from_choice_to_choice(void **state)
{
	static const int down[] = { 2, 3, 4, 5, 6, 6 };
	static const int up[] = { 5, 4, 3, 2, 1, 1 };
	struct pager p;

	(void)state;
	begin_menu(&p, 4);
	assert_int_equal(pager_where(&p), IN_LIST | IN_MENU);
	assert_int_equal(pager_target(&p), 1);
	for (size_t i = 0; i < COUNT(down); i++) {
		press(&p, i % 2 ? KEYS_DOWN : 'j');
		assert_int_equal(pager_target(&p), down[i]);
		assert_seen(&p, p.current);
	}
	assert_int_equal(p.top, 6); /* beyond the last, what follows it is seen */
	for (size_t i = 0; i < COUNT(up); i++) {
		press(&p, i % 2 ? KEYS_UP : 'k');
		assert_int_equal(pager_target(&p), up[i]);
		assert_seen(&p, p.current);
	}
	assert_int_equal(p.top, 0); /* the heading of the first, too */
	pager_release(&p);
}

static void test_ends_of_a_menu(void **state)
{
	struct pager p;

	(void)state;
	begin_menu(&p, 4);
	press(&p, KEYS_END);
	assert_int_equal(pager_target(&p), 6);
	assert_int_equal(p.top, 6);
	press(&p, KEYS_HOME);
	assert_int_equal(pager_target(&p), 1);
	assert_int_equal(p.top, 0);
	pager_release(&p);
}

/* Screen by screen every choice comes by, and at the end it stops. */
static void test_screens_of_a_menu(void **state)
{
	static const int down[] = { 3, 4, 6, 6 };
	struct pager p;

	(void)state;
	begin_menu(&p, 4);
	for (size_t i = 0; i < COUNT(down); i++) {
		press(&p, i % 2 ? ' ' : KEYS_PAGE_DOWN);
		assert_int_not_equal(pager_target(&p), NO_TARGET);
		assert_seen(&p, p.current);
	}
	assert_int_equal(pager_target(&p), 6);
	for (size_t i = 0; i < COUNT(down); i++) {
		press(&p, KEYS_PAGE_UP);
		assert_int_not_equal(pager_target(&p), NO_TARGET);
		assert_seen(&p, p.current);
	}
	assert_int_equal(pager_target(&p), 1);
	pager_release(&p);
}

static void test_chooses(void **state)
{
	struct pager p;

	(void)state;
	begin_menu(&p, 10);
	press(&p, KEYS_DOWN);
	assert_int_equal(pager_key(&p, KEYS_ENTER), PAGER_CHOSEN);
	assert_int_equal(pager_target(&p), 2);
	assert_int_equal(pager_click(&p, 7), PAGER_CHOSEN);
	assert_int_equal(pager_target(&p), 5);
	pager_release(&p);
}

/* What is no choice cannot be pointed at, and a click beside them does nothing. */
static void test_clicks_beside(void **state)
{
	static const int rows[] = { 0, 4, 5, 9, 10, 99, -1 };
	struct pager p;

	(void)state;
	begin_menu(&p, 20);
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_not_equal(pager_click(&p, rows[i]), PAGER_CHOSEN);
		assert_int_equal(pager_target(&p), 1);
	}
	pager_resize(&p, 4, 40);
	press(&p, KEYS_END);
	assert_int_equal(pager_click(&p, 0), PAGER_CHOSEN); /* of what is seen */
	assert_int_equal(pager_target(&p), 4);
	pager_release(&p);
}

static void test_goes_to_a_choice(void **state)
{
	struct pager p;

	(void)state;
	begin_menu(&p, 4);
	pager_go_to(&p, 5);
	assert_int_equal(pager_target(&p), 5);
	assert_seen(&p, p.current);
	pager_go_to(&p, 99); /* none: the first that is one */
	assert_int_equal(pager_target(&p), 1);
	pager_release(&p);
	pager_init(&p, "", true);
	add(&p, "いち", 1);
	add(&p, "に", 2);
	pager_resize(&p, 4, 40);
	pager_go_to(&p, 2);
	pager_begin(&p);
	assert_int_equal(pager_target(&p), 1);
	pager_release(&p);
}

static void test_nothing_to_choose(void **state)
{
	static const key_code keys[] = {
		KEYS_DOWN, KEYS_UP, KEYS_PAGE_DOWN, KEYS_PAGE_UP, KEYS_END, KEYS_HOME,
		'n',
	};
	struct pager p;

	(void)state;
	for (int n = 0; n < 2; n++) {
		pager_init(&p, "", true);
		if (n)
			add(&p, "ありません", NO_TARGET);
		pager_go_to(&p, 3);
		pager_resize(&p, 4, 40);
		for (size_t i = 0; i < COUNT(keys); i++)
			press(&p, keys[i]);
		assert_int_equal(pager_target(&p), NO_TARGET);
		assert_int_equal(pager_key(&p, KEYS_ENTER), PAGER_IGNORED);
		assert_int_not_equal(pager_click(&p, 0), PAGER_CHOSEN);
		search_for(&p, "x");
		assert_says(&p, "「x」は見つかりません（「」の全体を探しました）");
		pager_release(&p);
	}
}

/* An entry higher than the screen can be read to its end, and left. */
static void test_a_high_entry(void **state)
{
	struct pager p;

	(void)state;
	pager_init(&p, "", true);
	add(&p, "1", 1);
	add(&p, "あいうえおかきくけこさしすせそたちつてとなにぬねの", 2);
	add(&p, "3", 3);
	pager_resize(&p, 3, 8); /* three characters a line: nine lines */
	assert_int_equal(p.n_lines, 11);
	for (size_t top = 1; top <= 8; top++) {
		press(&p, KEYS_DOWN);
		assert_int_equal(p.top, top);
		assert_int_equal(pager_target(&p), top < 8 ? 2 : 3);
	}
	for (size_t top = 8; top-- > 0; ) {
		press(&p, KEYS_UP);
		assert_int_equal(p.top, top);
		assert_int_equal(pager_target(&p), top > 0 ? 2 : 1);
	}
	for (int i = 0; i < 6; i++)
		press(&p, KEYS_PAGE_DOWN);
	assert_int_equal(pager_target(&p), 3);
	pager_release(&p);
}

/* --- indented ------------------------------------------------------------- */

/* The first line has all columns, the others so many fewer. */
static void test_indents(void **state)
{
	struct pager p;

	(void)state;
	pager_init(&p, "", false);
	add(&p, "0123456789012345 789\nabc\nabcdefghijklmnopqrstu", NO_TARGET);
	pager_indent(&p, 6);
	add(&p, "next", NO_TARGET);
	pager_resize(&p, 8, 22); /* 20 and a margin on both sides */
	assert_int_equal(p.n_lines, 5);
	assert_int_equal(p.lines[0].length, 20);
	assert_int_equal(p.lines[1].length, 3);
	assert_int_equal(p.lines[2].length, 14);
	assert_int_equal(p.lines[3].length, 7);
	assert_int_equal(p.entries[1].first_line, 4);
	pager_resize(&p, 8, 11); /* 6 would be more than half of it */
	assert_int_equal(p.lines[0].length, 9);
	assert_int_equal(p.lines[1].length, 5);
	pager_release(&p);
}

/* --- searching ------------------------------------------------------------ */

static void begin_words(struct pager *p)
{
	pager_init(p, "", false);
	for (int i = 0; i < 40; i++)
		add(p, i == 10 ? "An apple" : i == 12 ? "apples" :
		    i == 30 ? "an Apple" : "-", i);
	pager_resize(p, 8, 40);
}

static void test_searches(void **state)
{
	struct pager p;

	(void)state;
	begin_words(&p);
	search_for(&p, "APPLE"); /* letters of both cases */
	assert_seen(&p, 10);
	assert_int_equal(p.top, 8);
	press(&p, 'n');
	assert_int_equal(p.top, 10);
	press(&p, 'n');
	assert_int_equal(p.top, 28);
	press(&p, 'n'); /* around */
	assert_int_equal(p.top, 8);
	search_for(&p, "an"); /* what is found already counts, but for n */
	assert_int_equal(p.top, 8);
	press(&p, 'n');
	assert_int_equal(p.top, 28);
	pager_release(&p);
}

/* Each place counts, of a line that has two as well; N goes back. */
static void test_every_place(void **state)
{
	struct pager p;

	(void)state;
	pager_init(&p, "", false);
	add(&p, "one aa two aa", NO_TARGET);
	for (int i = 0; i < 30; i++)
		add(&p, "-", NO_TARGET);
	add(&p, "aaa", NO_TARGET);
	pager_resize(&p, 8, 40);
	assert_says(&p, "");
	search_for(&p, "aa");
	assert_says(&p, "「aa」: 1/3（n で次へ、N で前へ）");
	press(&p, 'n');
	assert_says(&p, "「aa」: 2/3（n で次へ、N で前へ）");
	assert_int_equal(p.top, 0);
	press(&p, 'n');
	assert_says(&p, "「aa」: 3/3（n で次へ、N で前へ）");
	assert_seen(&p, 31);
	press(&p, 'N');
	assert_says(&p, "「aa」: 2/3（n で次へ、N で前へ）");
	assert_seen(&p, 0);
	press(&p, 'N');
	press(&p, 'N'); /* around */
	assert_says(&p, "「aa」: 3/3（n で次へ、N で前へ）");
	press(&p, KEYS_HOME);
	press(&p, KEYS_DOWN);
	press(&p, 'N'); /* from here: it is out of sight */
	assert_says(&p, "「aa」: 2/3（n で次へ、N で前へ）");
	press(&p, '/');
	assert_says(&p, "");
	pager_release(&p);
}

/* What was found is in sight, though its entry is higher than the screen. */
static void test_finds_within_an_entry(void **state)
{
	struct pager p;
	struct buf text;

	(void)state;
	buf_init(&text);
	for (int i = 0; i < 20; i++)
		buf_add(&text, i == 15 ? "apple\n" : "-\n");
	pager_init(&p, "", false);
	add(&p, text.s, NO_TARGET);
	buf_release(&text);
	pager_resize(&p, 4, 40);
	search_for(&p, "apple");
	assert_int_equal(p.top, 13 + 2); /* CONTEXT before an entry, not within */
	pager_release(&p);
}

/* From where the arrows went meanwhile. */
static void test_searches_on_among_choices(void **state)
{
	struct pager p;

	(void)state;
	begin_menu(&p, 10);
	press(&p, '/');
	press(&p, 0x3093); /* ん */
	press(&p, KEYS_ENTER);
	assert_int_equal(pager_target(&p), 3);
	press(&p, KEYS_UP);
	press(&p, 'n');
	assert_int_equal(pager_target(&p), 3);
	press(&p, 'n');
	press(&p, KEYS_DOWN);
	press(&p, 'N');
	assert_int_equal(pager_target(&p), 4);
	press(&p, 'N');
	assert_int_equal(pager_target(&p), 3);
	pager_release(&p);
}

/* On from what is seen, where the person went meanwhile. */
static void test_searches_from_here(void **state)
{
	struct pager p;

	(void)state;
	begin_words(&p);
	search_for(&p, "apple");
	for (int i = 0; i < 10; i++)
		press(&p, KEYS_DOWN);
	press(&p, 'n');
	assert_seen(&p, 30);
	press(&p, KEYS_HOME);
	search_for(&p, "apple");
	assert_seen(&p, 10);
	pager_release(&p);
}

/* The last screen cannot scroll; what is in it is found all the same. */
static void test_searches_the_last_screen(void **state)
{
	struct pager p;

	(void)state;
	pager_init(&p, "", false);
	for (int i = 0; i < 20; i++)
		add(&p, i == 3 || i > 16 ? "apple" : "-", i);
	pager_resize(&p, 8, 40);
	search_for(&p, "apple");
	for (size_t i = 17; i < 20; i++) {
		press(&p, 'n');
		assert_int_equal(p.current, i);
		assert_seen(&p, i);
	}
	press(&p, 'n');
	assert_seen(&p, 3);
	pager_release(&p);
}

static void assert_beyond(const struct pager *p, size_t above, size_t below)
{
	size_t up, down;

	pager_beyond(p, &up, &down);
	assert_int_equal(up, above);
	assert_int_equal(down, below);
}

static void test_tells_what_is_not_seen(void **state)
{
	struct pager p;

	(void)state;
	pager_init(&p, "", false);
	for (int i = 0; i < 20; i++)
		add(&p, "-", i);
	pager_resize(&p, 8, 40);
	assert_beyond(&p, 0, 12);
	press(&p, KEYS_DOWN);
	assert_beyond(&p, 1, 11);
	press(&p, KEYS_END);
	assert_beyond(&p, 12, 0);
	press(&p, '/'); /* where the prompt is, there is one less to be seen */
	assert_beyond(&p, 12, 1);
	pager_resize(&p, 30, 40);
	assert_beyond(&p, 0, 0);
	pager_release(&p);
}

/* N entries of 1,000 bytes, with apples in 10 and 20, twice in the latter. */
static void begin_long(struct pager *p, int n)
{
	char text[1001];

	pager_init(p, "", false);
	memset(text, '-', 1000);
	text[1000] = '\0';
	for (int i = 0; i < n; i++) {
		memcpy(text + 10, i == 10 || i == 20 ? "apple" : "-----", 5);
		memcpy(text + 500, i == 20 ? "apple" : "-----", 5);
		add(p, text, i);
	}
	pager_resize(p, 8, 1000);
}

/* Counting all would take longer than finding the next: they are not, and n and N go
 * on and around all the same. */
static void test_does_not_count_in_a_long_text(void **state)
{
	struct pager p;

	(void)state;
	begin_long(&p, 65);
	search_for(&p, "apple");
	assert_says(&p, "「apple」: 1/3（n で次へ、N で前へ）");
	press(&p, 'N');
	assert_says(&p, "「apple」: 3/3（n で次へ、N で前へ）");
	pager_release(&p);

	begin_long(&p, 66);
	search_for(&p, "apple");
	assert_says(&p, "「apple」（n で次へ、N で前へ）");
	assert_int_equal(p.hit.entry, 10);
	press(&p, 'n');
	assert_int_equal(p.hit.entry, 20);
	assert_int_equal(p.hit.start, 10);
	press(&p, 'n');
	assert_int_equal(p.hit.start, 500);
	assert_says(&p, "「apple」（n で次へ、N で前へ）");
	press(&p, 'n');
	assert_int_equal(p.hit.entry, 10);
	assert_says(&p, "「apple」: 端まで探し、反対の端から続けました（n で次へ、N で前へ）");
	press(&p, 'N');
	assert_int_equal(p.hit.entry, 20);
	assert_int_equal(p.hit.start, 500);
	assert_says(&p, "「apple」: 端まで探し、反対の端から続けました（n で次へ、N で前へ）");
	press(&p, 'N');
	assert_int_equal(p.hit.start, 10);
	search_for(&p, "pear");
	assert_says(&p, "「pear」は見つかりません（「」の全体を探しました）");
	pager_release(&p);
}

static void test_searches_japanese(void **state)
{
	struct pager p;

	(void)state;
	begin_menu(&p, 4);
	press(&p, '/');
	press(&p, 0x3054); /* ご */
	press(&p, KEYS_ENTER);
	assert_int_equal(pager_target(&p), 5);
	assert_seen(&p, p.current);
	pager_release(&p);
}

/* Paper is seen from another column on, no further than there is some, and where a
 * search finds something. */
static void test_paper_wider_than_the_screen(void **state)
{
	struct pager p;

	(void)state;
	pager_init(&p, "紙", false);
	p.wide = true;
	add(&p, "あい#うえおかきくけ", NO_TARGET); /* 19 columns, */
	add(&p, "abcdefghijklmnopqrstuvwxyz", NO_TARGET); /* and 26 */
	pager_resize(&p, 4, 10);
	assert_int_equal(p.n_lines, 2);
	assert_true(pager_where(&p) & IN_WIDE);
	press(&p, KEYS_LEFT);
	assert_int_equal(p.shift, 0);
	press(&p, KEYS_RIGHT);
	assert_int_equal(p.shift, 5);
	for (int i = 0; i < 5; i++)
		press(&p, KEYS_RIGHT);
	assert_int_equal(p.shift, 16);
	search_for(&p, "#");
	assert_int_equal(p.shift, 4);
	search_for(&p, "xyz");
	assert_int_equal(p.shift, 16);
	pager_resize(&p, 4, 26); /* all of it is seen */
	assert_int_equal(p.shift, 0);
	assert_false(pager_where(&p) & IN_WIDE);
	assert_int_equal(pager_key(&p, KEYS_RIGHT), PAGER_IGNORED);
	pager_release(&p);
}

static void test_finds_nothing(void **state)
{
	struct pager p;

	(void)state;
	begin_words(&p);
	press(&p, KEYS_DOWN);
	search_for(&p, "pear");
	assert_says(&p, "「pear」は見つかりません（「」の全体を探しました）");
	assert_int_equal(p.top, 1);
	press(&p, KEYS_DOWN);
	assert_says(&p, ""); /* said once, */
	press(&p, 'n');
	assert_says(&p, "「pear」は見つかりません（「」の全体を探しました）"); /* or asked for */
	press(&p, 'N');
	assert_says(&p, "「pear」は見つかりません（「」の全体を探しました）");
	press(&p, KEYS_UP);
	assert_int_equal(p.top, 1);
	search_for(&p, "");
	assert_says(&p, "");
	assert_int_equal(p.top, 1);
	pager_release(&p);
}

/* What is found can be gone to: from a heading to what stands below it, from what is
 * below all choices to the last. */
static void test_finds_headings(void **state)
{
	static const struct {
		size_t hit;
		int target;
	} steps[] = { { 3, 3 }, { 4, 3 }, { 5, 3 }, { 0, 1 }, { 3, 3 } };
	struct pager p;

	(void)state;
	pager_init(&p, "", true);
	add(&p, "apple", NO_TARGET);
	add(&p, "pear", 1);
	add(&p, "plum", 2);
	add(&p, "more apple", NO_TARGET);
	add(&p, "pineapple", 3);
	add(&p, "apples", NO_TARGET);
	pager_go_to(&p, 1);
	pager_resize(&p, 3, 40);
	search_for(&p, "apple");
	assert_says(&p, "「apple」: 2/4（n で次へ、N で前へ）");
	for (size_t i = 0; i < COUNT(steps); i++) {
		assert_int_equal(p.hit.entry, steps[i].hit);
		assert_int_equal(pager_target(&p), steps[i].target);
		assert_seen(&p, p.hit.entry);
		assert_seen(&p, p.current);
		press(&p, 'n');
	}
	for (size_t i = COUNT(steps); i-- > 0; ) {
		press(&p, 'N');
		assert_int_equal(p.hit.entry, steps[i].hit);
		assert_int_equal(pager_target(&p), steps[i].target);
	}
	pager_release(&p);
}

/* Two texts side by side in two lines each, as cells are: "red pineapples" and
 * "cider". */
static void begin_cells(struct pager *p)
{
	static const char whole[] = "see red pineapples\0cider";

	pager_init(p, "", false);
	p->wide = true;
	add(p, "| see red | cid |", NO_TARGET);
	pager_add_part(p, 2, 7, 0);
	pager_add_part(p, 12, 3, 19);
	add(p, "| pineapp | er  |", NO_TARGET);
	pager_add_part(p, 2, 7, 8);
	pager_add_part(p, 12, 2, 22);
	add(p, "| les     |", NO_TARGET);
	pager_add_part(p, 2, 99, 15); /* as far as it goes */
	add(p, "cider", NO_TARGET);
	buf_add_bytes(&p->whole, whole, sizeof whole);
	pager_resize(p, 4, 40);
}

/* What is in parts is found where it begins, whatever line it goes on in, and what
 * only looks like one text is not. */
static void test_finds_what_goes_on_elsewhere(void **state)
{
	static const struct {
		const char *words;
		const char *says;
		struct pager_hit hit;
	} cases[] = {
		{ "cider", "「cider」: 1/2（n で次へ、N で前へ）", { 0, 12, 3 } },
		{ "pineapples", "「pineapples」: 1/1（n で次へ、N で前へ）",
		  { 1, 2, 7 } },
		{ "red pineapples", "「red pineapples」: 1/1（n で次へ、N で前へ）",
		  { 0, 6, 3 } },
		{ "e", "「e」: 1/7（n で次へ、N で前へ）", { 0, 3, 1 } },
		{ "les ", "「les 」は見つかりません（「」の全体を探しました）", { 0 } },
		{ "red |", "「red |」は見つかりません（「」の全体を探しました）", { 0 } },
		{ "red cid", "「red cid」は見つかりません（「」の全体を探しました）",
		  { 0 } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct pager p;

		begin_cells(&p);
		search_for(&p, cases[i].words);
		assert_says(&p, cases[i].says);
		if (p.found)
			assert_memory_equal(&p.hit, &cases[i].hit,
			                    sizeof p.hit);
		pager_release(&p);
	}
}

/* On and back, through two parts of a line as well. */
static void test_steps_through_parts(void **state)
{
	static const struct pager_hit hits[] = {
		{ 0, 3, 1 }, { 0, 4, 1 }, { 0, 7, 1 }, { 1, 5, 1 }, { 1, 12, 1 },
		{ 2, 3, 1 }, { 3, 3, 1 },
	};
	struct pager p;

	(void)state;
	begin_cells(&p);
	search_for(&p, "e");
	for (size_t i = 0; i < COUNT(hits); i++) {
		assert_memory_equal(&p.hit, &hits[i], sizeof p.hit);
		press(&p, 'n');
	}
	for (size_t i = COUNT(hits); i-- > 0; ) {
		press(&p, 'N');
		assert_memory_equal(&p.hit, &hits[i], sizeof p.hit);
	}
	pager_release(&p);
}

/* While it is typed, letters are letters; Esc leaves it. */
static void test_typing_what_to_search_for(void **state)
{
	struct pager p;

	(void)state;
	begin_words(&p);
	press(&p, '/');
	press(&p, 'q');
	press(&p, 'j');
	press(&p, 'n');
	press(&p, ' ');
	assert_true(p.searching);
	assert_string_equal(p.needle.text.s, "qjn ");
	press(&p, KEYS_BACKSPACE);
	press(&p, KEY_CTRL('W'));
	assert_string_equal(p.needle.text.s, "");
	press(&p, KEYS_ESC);
	assert_false(p.searching);
	assert_int_equal(p.top, 0);
	search_for(&p, "apple");
	search_for(&p, "-"); /* another word, not one more */
	assert_string_equal(p.needle.text.s, "-");
	pager_release(&p);
}

/* A word to search for is short, so that it is seen, and found soon. */
static void test_needles_are_short(void **state)
{
	struct pager p;
	char text[97];

	(void)state;
	begin_words(&p);
	press(&p, '/');
	memset(text, 'a', 96);
	text[96] = '\0';
	press(&p, 'b');
	assert_int_equal(pager_paste(&p, text), PAGER_FULL);
	assert_string_equal(p.needle.text.s, "b");
	assert_int_equal(pager_paste(&p, text + 1), PAGER_REDRAW);
	press(&p, 'c');
	assert_int_equal(p.needle.text.len, 96);
	pager_release(&p);
}

/* As a file from macOS has it. */
static void test_searches_what_is_decomposed(void **state)
{
	struct pager p;

	(void)state;
	pager_init(&p, "", false);
	add(&p, "-", 0);
	add(&p, "ガラス", 1);
	pager_resize(&p, 8, 40);
	press(&p, '/');
	assert_int_equal(pager_paste(&p, "カ\xE3\x82\x99"), PAGER_REDRAW);
	press(&p, KEYS_ENTER);
	assert_true(p.found);
	assert_int_equal(p.hit.entry, 1);
	pager_release(&p);
}

/* --- resizing ------------------------------------------------------------- */

static void test_resizing_keeps_the_choice(void **state)
{
	struct pager p;

	(void)state;
	begin_menu(&p, 10);
	press(&p, KEYS_END);
	for (int rows = 9; rows > 0; rows--) {
		pager_resize(&p, rows, 40);
		assert_int_equal(pager_target(&p), 6);
		assert_seen(&p, p.current);
	}
	pager_resize(&p, -3, 40);
	assert_int_equal(p.rows, 1);
	assert_seen(&p, p.current);
	pager_resize(&p, 20, 40);
	assert_int_equal(p.top, 0);
	pager_release(&p);
}

/* What is being read is not lost where lines become more or fewer. */
static void test_resizing_keeps_the_place(void **state)
{
	struct pager p;

	(void)state;
	pager_init(&p, "", false);
	for (int i = 0; i < 50; i++)
		pager_add(&p, buf_format("%d: あいうえおかきくけこさしすせそ", i),
		          STYLE_PLAIN, i);
	pager_resize(&p, 10, 80);
	for (int i = 0; i < 20; i++)
		press(&p, KEYS_DOWN);
	for (int columns = 80; columns >= 12; columns -= 4) {
		pager_resize(&p, 10, columns);
		assert_int_equal(p.lines[p.top].entry, 20);
	}
	pager_resize(&p, 10, 80);
	assert_int_equal(p.top, 20);
	pager_release(&p);
}

/* Nor within a long paragraph. */
static void test_resizing_keeps_the_place_in_an_entry(void **state)
{
	struct pager p;
	struct buf text;

	(void)state;
	buf_init(&text);
	for (int i = 0; i < 400; i++)
		buf_add(&text, "漢字");
	pager_init(&p, "", false);
	add(&p, "前", NO_TARGET);
	pager_add(&p, text.s, STYLE_PLAIN, NO_TARGET);
	add(&p, "後", NO_TARGET);
	pager_resize(&p, 5, 42); /* twenty characters a line */
	for (int i = 0; i < 11; i++)
		press(&p, KEYS_DOWN);
	assert_int_equal(p.lines[p.top].start, 200 * strlen("漢"));
	pager_resize(&p, 5, 34); /* sixteen */
	assert_int_equal(p.lines[p.top].start, 192 * strlen("漢"));
	pager_resize(&p, 5, 26); /* twelve */
	assert_int_equal(p.lines[p.top].start, 192 * strlen("漢"));
	pager_release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wraps_entries),
		cmocka_unit_test(test_scrolls),
		cmocka_unit_test(test_short_text_stays),
		cmocka_unit_test(test_only_read),
		cmocka_unit_test(test_closes),
		cmocka_unit_test(test_goes_to_what_is_read),
		cmocka_unit_test(test_goes_between),
		cmocka_unit_test(test_steps_from_choice_to_choice),
		cmocka_unit_test(test_ends_of_a_menu),
		cmocka_unit_test(test_screens_of_a_menu),
		cmocka_unit_test(test_chooses),
		cmocka_unit_test(test_clicks_beside),
		cmocka_unit_test(test_goes_to_a_choice),
		cmocka_unit_test(test_nothing_to_choose),
		cmocka_unit_test(test_a_high_entry),
		cmocka_unit_test(test_indents),
		cmocka_unit_test(test_searches),
		cmocka_unit_test(test_every_place),
		cmocka_unit_test(test_finds_within_an_entry),
		cmocka_unit_test(test_searches_on_among_choices),
		cmocka_unit_test(test_searches_from_here),
		cmocka_unit_test(test_searches_the_last_screen),
		cmocka_unit_test(test_searches_japanese),
		cmocka_unit_test(test_tells_what_is_not_seen),
		cmocka_unit_test(test_does_not_count_in_a_long_text),
		cmocka_unit_test(test_paper_wider_than_the_screen),
		cmocka_unit_test(test_finds_nothing),
		cmocka_unit_test(test_finds_headings),
		cmocka_unit_test(test_finds_what_goes_on_elsewhere),
		cmocka_unit_test(test_steps_through_parts),
		cmocka_unit_test(test_typing_what_to_search_for),
		cmocka_unit_test(test_needles_are_short),
		cmocka_unit_test(test_searches_what_is_decomposed),
		cmocka_unit_test(test_resizing_keeps_the_choice),
		cmocka_unit_test(test_resizing_keeps_the_place),
		cmocka_unit_test(test_resizing_keeps_the_place_in_an_entry),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
