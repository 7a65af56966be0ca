/* input.h - from the bytes that a terminal sends to what the person did
 *
 * Knows no terminal and no clock: it is given bytes as they come and the time,
 * and says how long to wait for the rest of what has begun. Bytes may come cut
 * anywhere.
 *
 * Understood are the sequences of ECMA-48 as xterm, VTE, tmux, rxvt, PuTTY and the
 * Linux console send them, keys with modifiers, bracketed paste (2004), mouse
 * reports (1006, and X10's where a terminal has nothing better); and those that
 * input_define was told of. Any other sequence is swallowed whole: what is no key
 * must not be typed into an answer. What is no UTF-8 is dropped.
 *
 * Shift makes no other key, but of Tab: what is marked by it elsewhere is marked by
 * the terminal here.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_INPUT_H
#define TUI_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "tui/key.h"

#define PASTE_MAX (1024 * 1024) /* bytes */

/* What has come and is not whole. */
enum begun {
	BEGUN_NOTHING,
	BEGUN_CHARACTER, /* some of its bytes */
	BEGUN_ESCAPE,    /* Esc, or a sequence */
	BEGUN_CSI,       /* Esc [ */
	BEGUN_SS3,       /* Esc O */
	BEGUN_DEFINED,   /* the first bytes of a sequence that was defined */
	BEGUN_CONSOLE,   /* Esc [ [ */
	BEGUN_MOUSE,     /* Esc [ M: X10's report */
	BEGUN_STRING,    /* Esc ] and the like: up to its end it is no key */
	BEGUN_END,       /* Esc in there, which should be that end */
	BEGUN_PASTE,
};

struct defined_key {
	char *sequence;
	key_code key;
};

struct input {
	enum begun begun;
	unsigned char bytes[40]; /* of it, where it is no paste and no string */
	size_t n;
	bool alt;           /* Esc stands before it */
	key_code control_h; /* what ^H is */
	struct defined_key *defined;
	size_t n_defined, cap_defined;
	long long last;     /* when its last byte came */
	/* BEGUN_PASTE */
	struct buf paste;
	size_t ending;         /* bytes of the mark at its end that have come */
	bool too_long;
	long long paste_begun; /* when */
};

/* CONTROL_H: what ^H is, KEYS_BACKSPACE or, where that sends DEL,
 * KEY_WITH_CTRL(KEYS_BACKSPACE). */
void input_init(struct input *in, key_code control_h);
void input_release(struct input *in);
/* SEQUENCE, Esc and what follows it or one control, is KEY. Nothing where it is that
 * anyway. */
void input_define(struct input *in, const char *sequence, key_code key);

/* How many bytes may be read now, so that none is behind the end of a key: what
 * stands there may be for another to read. */
size_t input_room(const struct input *in);
/* LENGTH bytes, at most so many, have come at NOW (milliseconds): the event that
 * they end, else EVENT_NONE. */
struct event input_take(struct input *in, const char *bytes, size_t length,
                        long long now);
/* How many milliseconds from NOW to wait for the rest of what has begun; -1:
 * nothing has. */
int input_wait(const struct input *in, long long now);
/* None has come within that time: what has begun is all there is. */
struct event input_pause(struct input *in);
/* Within a paste nothing else is looked for. */
bool input_is_pasting(const struct input *in);

#endif
