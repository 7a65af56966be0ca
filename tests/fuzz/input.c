/* SPDX-License-Identifier: MIT
 *
 * What a terminal sends, byte by byte: whatever it is, what comes out are keys,
 * clicks and text as input.h promises, and after a pause nothing is left of it.
 *
 * The first byte says what ^H is and whether a terminal's own sequences are defined;
 * then come the bytes, and among them:
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "fuzz.h"
#include "tui/input.h"

enum { PAUSE = 0xfd }; /* no more come for a while */

static void check_key(key_code key)
{
	key_code base = KEY_BASE(key);

	MUST(key != KEYS_NONE);
	MUST(base <= KEYS_WHEEL_DOWN);
	MUST(base < 0xd800 || base > 0xdfff);
	MUST(base < 0x80 || base >= 0xa0);
}

static void check(struct event e)
{
	switch (e.kind) {
	case EVENT_NONE:
	case EVENT_ANSWER:
		break;
	case EVENT_KEY:
		check_key(e.key);
		break;
	case EVENT_CLICK:
		MUST(e.row >= 0 && e.column >= 0);
		break;
	case EVENT_PASTE:
		MUST(strlen(e.text) <= PASTE_MAX);
		MUST(text_is_utf8(e.text, strlen(e.text)));
		break;
	case EVENT_REFUSED:
		MUST(*e.text);
		break;
	default:
		MUST(!"what a terminal can say");
	}
	free(e.text);
}

static void check_pause(struct input *in)
{
	check(input_pause(in));
	MUST(in->begun == BEGUN_NOTHING && input_wait(in, 0) == -1);
	MUST(input_room(in) == 1);
}

void fuzz_input(const uint8_t *bytes, size_t length)
{
	struct input in;
	long long now = 0;

	if (!length)
		return;
	input_init(&in, bytes[0] & 1 ? KEYS_BACKSPACE
	                             : KEY_WITH_CTRL(KEYS_BACKSPACE));
	if (bytes[0] & 2) {
		input_define(&in, "\033A", KEYS_UP);
		input_define(&in, "\033?a", KEYS_DOWN);
		input_define(&in, "\033[225z", KEY_F_(1));
		input_define(&in, "\v", KEYS_UP);
	}
	for (size_t i = 1; i < length; now++) {
		size_t room = input_room(&in);

		MUST(room > 0);
		if (bytes[i] == PAUSE) {
			check_pause(&in);
			i++;
			continue;
		}
		if (room > length - i)
			room = length - i;
		check(input_take(&in, (const char *)bytes + i, room, now));
		MUST(in.n <= sizeof in.bytes);
		MUST((in.begun == BEGUN_NOTHING) == (input_wait(&in, now) < 0));
		i += room;
	}
	check_pause(&in);
	input_release(&in);
}
