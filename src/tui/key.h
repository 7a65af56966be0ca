/* key.h - what the person did, however the terminal said it
 *
 * A key is a Unicode code point that was typed, or one of the names below,
 * which lie above all code points. Ctrl-A is KEY_CTRL('A'), Ctrl-← is
 * KEY_WITH_CTRL(KEYS_LEFT), Alt-B KEY_WITH_ALT('b'), in small letters.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_KEY_H
#define TUI_KEY_H

#include <stdint.h>

typedef uint32_t key_code;

#define KEY_CTRL(letter) ((key_code)((letter) & 0x1f))
#define KEY_F_(n) (0x110000u + (n)) /* F1 is KEY_F_(1) */
#define KEY_WITH_ALT(key) ((key_code)(key) | 0x200000u)
#define KEY_WITH_CTRL(key) ((key_code)(key) | 0x400000u)
#define KEY_BASE(key) ((key_code)(key) & 0x1fffffu) /* without these */

enum {
	KEYS_NONE = 0,
	KEYS_TAB = KEY_CTRL('I'),
	KEYS_ENTER = KEY_CTRL('M'),
	KEYS_ESC = 0x1b,
	KEYS_NAMED = 0x110020,
	KEYS_UP = KEYS_NAMED,
	KEYS_DOWN,
	KEYS_LEFT,
	KEYS_RIGHT,
	KEYS_HOME,
	KEYS_END,
	KEYS_PAGE_UP,
	KEYS_PAGE_DOWN,
	KEYS_BACK_TAB,
	KEYS_BACKSPACE,
	KEYS_DELETE,
	KEYS_WHEEL_UP,
	KEYS_WHEEL_DOWN,
};

enum event_kind {
	EVENT_NONE,   /* the time ran out */
	EVENT_KEY,
	EVENT_PASTE,  /* text, owned by the event */
	EVENT_REFUSED, /* a paste; text is why, for the person */
	EVENT_CLICK,  /* row, column */
	EVENT_ANSWER, /* the terminal's, to a question: key is its last letter; of
	               * 'R', row and column are where the cursor is */
	EVENT_RESIZE,
	EVENT_WATCHED, /* what term_watch was given has something to read */
	EVENT_STOP,   /* SIGTSTP: term_stop is to follow */
	EVENT_LEAVE,  /* a signal to leave, or the terminal is gone */
};

struct event {
	enum event_kind kind;
	key_code key;
	char *text;
	int row; /* of the screen, from 0 */
	int column;
};

#endif
