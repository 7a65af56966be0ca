/* SPDX-License-Identifier: MIT
 *
 * The list of actions (tui/action.h), which bar, help and manual come from.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "tui/action.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int n_keys(const struct action_def *d)
{
	int n = 0;

	while (n < ACTION_KEYS && d->keys[n] != KEYS_NONE)
		n++;
	return n;
}

/* --- the list ------------------------------------------------------------- */

/* One row, or one for each place where it is told in other words. */
static void test_every_action_has_its_row(void **state)
{
	(void)state;
	for (int action = ACTION_NONE + 1; action <= ACTION_CLOSE; action++) {
		unsigned where = 0;

		for (const struct action_def *d = action_defs; d->action; d++) {
			if ((int)d->action != action)
				continue;
			assert_int_equal(where & d->where, 0);
			where |= d->where;
		}
		if (!where)
			fail_msg("action %d has no row", action);
	}
}

static void test_rows_are_whole(void **state)
{
	(void)state;
	for (const struct action_def *d = action_defs; d->action; d++) {
		assert_int_not_equal(d->where, 0);
		assert_true(n_keys(d) > 0);
		for (int i = n_keys(d); i < ACTION_KEYS; i++)
			assert_int_equal(d->keys[i], KEYS_NONE);
		assert_true(d->help && *d->help);
		assert_true(!d->bar || *d->bar);
	}
}

/* A key that had two meanings where it is pressed would lose the second one. The
 * wizard asks the page first, then its field. */
static void test_no_key_means_two_things(void **state)
{
	static const unsigned places[] = {
		IN_PAGE | IN_WRITING | IN_CHOICE,
		IN_PAGE | IN_WRITING | IN_TEXT,
		IN_PAGE | IN_AMENDABLE | IN_CHOICE,
		IN_PAGE | IN_AMENDABLE | IN_TEXT,
		IN_LIST | IN_MENU,
		IN_END | IN_WRITING | IN_MENU,
		IN_END | IN_AMENDABLE | IN_MENU,
		IN_QUESTION | IN_MENU,
		IN_START | IN_MENU,
		IN_SEARCH | IN_TEXT,
	};

	(void)state;
	for (size_t i = 0; i < COUNT(places); i++)
		for (const struct action_def *d = action_defs; d->action; d++)
			for (int k = 0; (d->where & places[i]) && k < n_keys(d); k++)
				if (action_for(d->keys[k], places[i]) != d->action)
					fail_msg("key %x is action %d and %d",
					         d->keys[k], d->action,
					         action_for(d->keys[k], places[i]));
}

/* Terminals keep F1 and F10 for themselves: Esc and a digit stand for them, so
 * there are no more than ten. */
static void test_function_keys_have_a_digit(void **state)
{
	(void)state;
	for (const struct action_def *d = action_defs; d->action; d++)
		for (int k = 0; k < n_keys(d); k++)
			assert_false(d->keys[k] > KEY_F_(10) &&
			             d->keys[k] < KEYS_NAMED);
}

/* Nobody is caught: wherever one is, there is a key to help or to leave. */
static void test_a_way_out_everywhere(void **state)
{
	(void)state;
	assert_int_equal(action_for(KEY_F_(9), IN_PAGE), ACTION_HELP);
	assert_int_equal(action_for(KEY_F_(10), IN_PAGE), ACTION_QUIT);
	assert_int_equal(action_for(KEY_CTRL('C'), IN_PAGE), ACTION_QUIT);
	assert_int_equal(action_for(KEY_F_(10), IN_LIST), ACTION_CLOSE);
	assert_int_equal(action_for(KEY_CTRL('C'), IN_LIST), ACTION_CLOSE);
	assert_int_equal(action_for(KEYS_ESC, IN_LIST), ACTION_CLOSE);
	assert_int_equal(action_for(KEYS_ESC, IN_SEARCH), ACTION_CLOSE);
}

/* --- keys ----------------------------------------------------------------- */

static void test_keys(void **state)
{
	static const struct {
		key_code key;
		unsigned where;
		enum action action;
	} cases[] = {
		{ KEYS_TAB, IN_PAGE, ACTION_NEXT_FIELD },
		{ KEYS_BACK_TAB, IN_PAGE, ACTION_PREVIOUS_FIELD },
		{ KEYS_PAGE_DOWN, IN_PAGE, ACTION_NEXT_PAGE },
		{ KEYS_PAGE_UP, IN_PAGE, ACTION_PREVIOUS_PAGE },
		{ KEY_F_(1), IN_PAGE, ACTION_ARTICLE },
		{ KEY_F_(3), IN_PAGE, ACTION_OVERVIEW },
		{ KEY_F_(4), IN_PAGE, ACTION_SHEET },
		{ KEY_F_(2), IN_PAGE | IN_WRITING, ACTION_SAVE },
		{ KEY_F_(2), IN_PAGE | IN_AMENDABLE, ACTION_NONE },
		{ KEY_F_(5), IN_PAGE | IN_WRITING, ACTION_NONE },
		{ KEY_F_(5), IN_PAGE | IN_AMENDABLE, ACTION_AMEND },
		/* the same key, by where it is pressed */
		{ KEYS_UP, IN_TEXT, ACTION_UP },
		{ KEYS_UP, IN_CHOICE, ACTION_UP },
		{ KEYS_UP, IN_LIST, ACTION_LINE_UP },
		{ KEYS_UP, IN_PAGE, ACTION_NONE },
		{ KEYS_PAGE_DOWN, IN_LIST, ACTION_SCREEN_DOWN },
		{ ' ', IN_CHOICE, ACTION_CHOOSE },
		{ 0x3000, IN_CHOICE, ACTION_CHOOSE }, /* 全角 */
		{ ' ', IN_TEXT, ACTION_NONE },
		{ ' ', IN_LIST, ACTION_SCREEN_DOWN },
		{ KEYS_ENTER, IN_TEXT, ACTION_ENTER },
		{ KEYS_ENTER, IN_MENU, ACTION_GO },
		{ KEYS_ENTER, IN_LIST, ACTION_NONE },
		{ '/', IN_LIST, ACTION_SEARCH },
		{ 'n', IN_LIST, ACTION_SEARCH_NEXT },
		{ 'q', IN_LIST, ACTION_CLOSE },
		{ 'q', IN_TEXT | IN_PAGE, ACTION_NONE },
		/* readline's, in a text */
		{ KEY_CTRL('A'), IN_TEXT, ACTION_HOME },
		{ KEY_CTRL('E'), IN_TEXT, ACTION_END },
		{ KEY_CTRL('B'), IN_TEXT, ACTION_LEFT },
		{ KEY_CTRL('F'), IN_TEXT, ACTION_RIGHT },
		{ KEY_CTRL('P'), IN_TEXT, ACTION_UP },
		{ KEY_CTRL('N'), IN_TEXT, ACTION_DOWN },
		{ KEY_CTRL('D'), IN_TEXT, ACTION_DELETE },
		{ KEY_CTRL('K'), IN_TEXT, ACTION_DELETE_TO_END },
		{ KEY_CTRL('U'), IN_TEXT, ACTION_DELETE_TO_START },
		{ KEY_CTRL('W'), IN_TEXT, ACTION_DELETE_WORD },
		{ KEY_CTRL('Y'), IN_TEXT, ACTION_YANK },
		{ KEY_CTRL('K'), IN_CHOICE, ACTION_NONE },
		{ KEY_WITH_ALT('b'), IN_TEXT, ACTION_WORD_LEFT },
		{ KEY_WITH_ALT('f'), IN_TEXT, ACTION_WORD_RIGHT },
		{ KEY_WITH_ALT('d'), IN_TEXT, ACTION_DELETE_NEXT_WORD },
		{ KEY_WITH_ALT(KEYS_BACKSPACE), IN_TEXT, ACTION_DELETE_WORD },
		{ KEY_CTRL('_'), IN_TEXT, ACTION_UNDO },
		/* Windows' */
		{ KEY_WITH_CTRL(KEYS_LEFT), IN_TEXT, ACTION_WORD_LEFT },
		{ KEY_WITH_CTRL(KEYS_BACKSPACE), IN_TEXT, ACTION_DELETE_WORD },
		{ KEY_WITH_CTRL(KEYS_DELETE), IN_TEXT, ACTION_DELETE_NEXT_WORD },
		{ KEY_WITH_CTRL(KEYS_DELETE), IN_CHOICE, ACTION_NONE },
		{ KEY_WITH_CTRL(KEYS_HOME), IN_TEXT, ACTION_TEXT_START },
		{ KEY_WITH_CTRL(KEYS_PAGE_DOWN), IN_PAGE, ACTION_NONE },
		/* no key is no action, though empty places of the list hold it */
		{ KEYS_NONE, ~0u, ACTION_NONE },
		{ KEYS_TAB, 0, ACTION_NONE },
		{ 0x3042, ~0u, ACTION_NONE },
		{ KEY_F_(12), ~0u, ACTION_NONE },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (action_for(cases[i].key, cases[i].where) != cases[i].action)
			fail_msg("case %zu: key %x is action %d", i, cases[i].key,
			         action_for(cases[i].key, cases[i].where));
}

/* --- names ---------------------------------------------------------------- */

static void assert_name(key_code key, const char *expected)
{
	char *name = key_name(key);

	assert_string_equal(name, expected);
	free(name);
}

static void test_names(void **state)
{
	(void)state;
	assert_name(KEY_F_(1), "F1");
	assert_name(KEY_F_(10), "F10");
	assert_name(KEYS_TAB, "Tab"); /* not Ctrl-I */
	assert_name(KEYS_ENTER, "Enter");
	assert_name(KEYS_ESC, "Esc");
	assert_name(KEYS_BACK_TAB, "Shift-Tab");
	assert_name(KEYS_PAGE_DOWN, "PgDn");
	assert_name(KEYS_LEFT, "←");
	assert_name(KEY_CTRL('A'), "Ctrl-A");
	assert_name(KEY_CTRL('Z'), "Ctrl-Z");
	assert_name(' ', "スペース");
	assert_name('/', "/");
	assert_name('G', "G");
	assert_name(KEY_WITH_ALT('b'), "Alt-B");
	assert_name(KEY_WITH_ALT('<'), "Alt-<");
	assert_name(KEY_WITH_CTRL(KEYS_LEFT), "Ctrl-←");
	assert_name(KEY_WITH_ALT(KEYS_BACKSPACE), "Alt-Backspace");
}

/* In help and manual two keys of one name could not be told apart, and one that
 * has no name of its own would be a stray byte. */
static void test_every_key_has_its_own_name(void **state)
{
	static key_code keys[256];
	size_t n = 0;

	(void)state;
	for (const struct action_def *d = action_defs; d->action; d++)
		for (int k = 0; k < n_keys(d) && n < COUNT(keys); k++)
			keys[n++] = d->keys[k];
	for (size_t i = 0; i < n; i++) {
		char *name = key_name(keys[i]);

		assert_true(*name);
		assert_true((unsigned char)*name > ' ');
		assert_true(keys[i] < 0x80 || strlen(name) > 1);
		for (size_t k = 0; k < i; k++) {
			char *other = key_name(keys[k]);

			if (keys[i] != keys[k] && strcmp(name, other) == 0)
				fail_msg("%x and %x are both %s", keys[i],
				         keys[k], name);
			free(other);
		}
		free(name);
	}
}

static const struct action_def *row_of_action(enum action action, unsigned where)
{
	const struct action_def *d = action_defs;

	while (d->action && (d->action != action || !(d->where & where)))
		d++;
	return d;
}

static void test_keys_of_an_action(void **state)
{
	static const struct {
		enum action action;
		unsigned where;
		const char *keys;
	} cases[] = {
		{ ACTION_HELP, IN_PAGE, "F9" },
		{ ACTION_QUIT, IN_PAGE, "F10、Ctrl-C" },
		/* as many as there may be */
		{ ACTION_CLOSE, IN_LIST, "Esc、q、F10、Ctrl-C" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *keys = action_keys(row_of_action(cases[i].action,
		                                       cases[i].where));

		assert_string_equal(keys, cases[i].keys);
		free(keys);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_action_has_its_row),
		cmocka_unit_test(test_rows_are_whole),
		cmocka_unit_test(test_no_key_means_two_things),
		cmocka_unit_test(test_function_keys_have_a_digit),
		cmocka_unit_test(test_a_way_out_everywhere),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_every_key_has_its_own_name),
		cmocka_unit_test(test_keys_of_an_action),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
