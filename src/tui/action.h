/* action.h - what can be done on the screen: one list
 *
 * From this list come what a key does, the bar below, the help screen and the
 * test that the manual names every key. Adding an action is one row in action.c;
 * so is another key for one.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_ACTION_H
#define TUI_ACTION_H

#include <stddef.h>

#include "tui/key.h"

enum action {
	ACTION_NONE,
	/* on a page */
	ACTION_NEXT_FIELD,
	ACTION_PREVIOUS_FIELD,
	ACTION_NEXT_PAGE,
	ACTION_PREVIOUS_PAGE,
	ACTION_ARTICLE,
	ACTION_SAVE,
	ACTION_OVERVIEW,
	ACTION_SHEET,
	ACTION_AMEND,
	ACTION_PROBLEMS,
	ACTION_HELP,
	ACTION_QUIT,
	ACTION_REPAINT,
	ACTION_SUSPEND,
	/* in an answer */
	ACTION_ENTER,
	ACTION_CHOOSE,
	ACTION_LEFT,
	ACTION_RIGHT,
	ACTION_UP,
	ACTION_DOWN,
	ACTION_HOME,
	ACTION_END,
	ACTION_WORD_LEFT,
	ACTION_WORD_RIGHT,
	ACTION_TEXT_UP,
	ACTION_TEXT_DOWN,
	ACTION_TEXT_START,
	ACTION_TEXT_END,
	ACTION_WHEEL_UP,
	ACTION_WHEEL_DOWN,
	ACTION_DELETE_BACK,
	ACTION_DELETE,
	ACTION_DELETE_WORD,
	ACTION_DELETE_NEXT_WORD,
	ACTION_DELETE_TO_END,
	ACTION_DELETE_TO_START,
	ACTION_DELETE_ALL,
	ACTION_YANK,
	ACTION_UNDO,
	ACTION_REDO,
	/* in a list or a text that is read */
	ACTION_LINE_UP,
	ACTION_LINE_DOWN,
	ACTION_SCREEN_UP,
	ACTION_SCREEN_DOWN,
	ACTION_FIRST,
	ACTION_LAST,
	ACTION_PAPER_LEFT,
	ACTION_PAPER_RIGHT,
	ACTION_SEARCH,
	ACTION_SEARCH_NEXT,
	ACTION_SEARCH_BACK,
	ACTION_GO,
	ACTION_CLOSE,
};

/* Where a key means what it does. */
enum where {
	IN_PAGE = 1,
	IN_CHOICE = 2,
	IN_TEXT = 4,
	IN_LIST = 8,
	IN_MENU = 16, /* a list whose entries lead somewhere */
	IN_WRITING = 32, /* on a page and the last one, while the record is filled in */
	IN_AMENDABLE = 64, /* the same, while a finished one is looked at */
	IN_END = 128,      /* on the last page, which is a menu */
	IN_QUESTION = 256, /* a menu that has to be answered or left */
	IN_START = 512,    /* the menu that the program begins with */
	IN_WIDE = 1024,    /* paper that is wider than the screen */
	IN_SEARCH = 2048,  /* where what to search for is being typed */
};

#define ACTION_KEYS 4

struct action_def {
	enum action action;
	unsigned where; /* enum where, or-ed */
	key_code keys[ACTION_KEYS];
	const char *bar;  /* its word in the bar; NULL: not there */
	const char *help; /* in the help screen and the manual */
};

extern const struct action_def action_defs[]; /* ends with ACTION_NONE */

/* What KEY does at WHERE (one or more, or-ed; the first row that fits). */
enum action action_for(key_code key, unsigned where);

/* What a key is called: "F1", "PgDn", "Ctrl-A". A new string. */
char *key_name(key_code key);
/* The keys of an action, with commas between; a new string. */
char *action_keys(const struct action_def *def);

#endif
