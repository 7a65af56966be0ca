/* SPDX-License-Identifier: MIT */
#include "tui/input.h"

#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#define ESC 0x1b
#define DEL 0x7f
#define BEL 0x07
#define PASTE_ENDS "\033[201~"

/* Milliseconds for the rest of what has begun. A lone Esc is a key soon; an arrow
 * key cut behind its first byte must still be one. */
#define ESCAPE_WAIT 50
#define REST_WAIT 400
#define PASTE_WAIT 1000
#define PASTE_LONG 3000 /* from which on it is asked how fast it comes */
#define PASTE_SLOWEST 60 /* bytes a second; the slowest lines carry 120 */

void input_init(struct input *in, key_code control_h)
{
	*in = (struct input){ .control_h = control_h };
}

void input_release(struct input *in)
{
	for (size_t i = 0; i < in->n_defined; i++)
		free(in->defined[i].sequence);
	free(in->defined);
	if (in->paste.s)
		buf_release(&in->paste);
	*in = (struct input){0};
}

static struct event nothing(void)
{
	return (struct event){ .kind = EVENT_NONE };
}

static struct event key_event(key_code key)
{
	return (struct event){ .kind = key == KEYS_NONE ? EVENT_NONE : EVENT_KEY,
	                       .key = key };
}

static struct event go_on(struct input *in, enum begun begun)
{
	in->begun = begun;
	return nothing();
}

/* What had begun is whole, or given up. */
static void end(struct input *in)
{
	in->begun = BEGUN_NOTHING;
	in->n = 0;
	in->alt = false;
}

/* --- keys with modifiers ------------------------------------------------ */

enum { SHIFT = 1, ALT = 2, CTRL = 4, META = 8 }; /* as xterm counts, less 1 */

static key_code small(key_code key)
{
	return key >= 'A' && key <= 'Z' ? key + ('a' - 'A') : key;
}

static key_code with_alt(key_code key)
{
	return key == KEYS_NONE ? KEYS_NONE : KEY_WITH_ALT(small(key));
}

/* One of the names, with what was held down. */
static key_code named(key_code key, int modifiers)
{
	if (key == KEYS_TAB || key == KEYS_BACK_TAB)
		return modifiers & SHIFT ? KEYS_BACK_TAB : key;
	if (key == KEYS_ENTER || key == KEYS_NONE)
		return key;
	if (modifiers & CTRL)
		key = KEY_WITH_CTRL(key);
	return modifiers & (ALT | META) ? KEY_WITH_ALT(key) : key;
}

/* A character, sent by its number with what was held down. */
static key_code typed(int code, int modifiers)
{
	key_code key = (key_code)code;

	if (code == DEL || code == '\b')
		return named(KEYS_BACKSPACE, modifiers);
	if (code == KEYS_TAB || code == KEYS_ENTER || code == KEYS_ESC)
		return named(key, modifiers & SHIFT);
	if (code < ' ' || (code >= DEL && code < 0xa0) || code >= 0x110000 ||
	    (code >= 0xd800 && code < 0xe000))
		return KEYS_NONE;
	if ((modifiers & CTRL) && code >= '@' && code < DEL)
		key = KEY_CTRL(code);
	else if (modifiers & CTRL)
		return KEYS_NONE;
	return modifiers & (ALT | META) ? with_alt(key) : key;
}

/* --- sequences ---------------------------------------------------------- */

/* What arrows and the like are called, by the last letter of their sequence. */
static key_code key_of_letter(char letter)
{
	switch (letter) {
	case 'A': return KEYS_UP;
	case 'B': return KEYS_DOWN;
	case 'C': return KEYS_RIGHT;
	case 'D': return KEYS_LEFT;
	case 'F': return KEYS_END;
	case 'H': return KEYS_HOME;
	case 'P': return KEY_F_(1);
	case 'Q': return KEY_F_(2);
	case 'R': return KEY_F_(3);
	case 'S': return KEY_F_(4);
	case 'Z': return KEYS_BACK_TAB;
	default:  return KEYS_NONE;
	}
}

/* The same by number, where it ends with a ~. */
static key_code key_of_number(int number)
{
	switch (number) {
	case 1: case 7: return KEYS_HOME;
	case 3: return KEYS_DELETE;
	case 4: case 8: return KEYS_END;
	case 5: return KEYS_PAGE_UP;
	case 6: return KEYS_PAGE_DOWN;
	case 11: case 12: case 13: case 14: case 15:
		return KEY_F_((key_code)(number - 10));
	case 17: case 18: case 19: case 20: case 21:
		return KEY_F_((key_code)(number - 11));
	case 23: case 24:
		return KEY_F_((key_code)(number - 12));
	default:
		return KEYS_NONE;
	}
}

/* The numeric pad in application mode: Esc O and j to y are * to 9. */
static key_code key_of_pad(char letter)
{
	if (letter == 'M')
		return KEYS_ENTER;
	if (letter == 'X')
		return '=';
	return letter >= 'j' && letter <= 'y' ? (key_code)(letter - 'j' + '*')
	                                      : KEYS_NONE;
}

#define NUMBERS 3
#define NUMBER_MOST 0x110000

/* The numbers of a CSI sequence; those that are not there are 0. A number's second
 * half, behind a colon, is left out. True where there are no more of them. */
static bool read_numbers(const struct input *in, size_t from, int *numbers)
{
	size_t which = 0;
	bool half = false;

	memset(numbers, 0, NUMBERS * sizeof *numbers);
	for (size_t i = from; i + 1 < in->n; i++) {
		unsigned char c = in->bytes[i];

		if (c == ';') {
			if (++which == NUMBERS)
				return false;
			half = false;
		} else if (c == ':') {
			half = true;
		} else if (c < '0' || c > '9') {
			return false;
		} else if (!half && numbers[which] < NUMBER_MOST) {
			numbers[which] = 10 * numbers[which] + (c - '0');
		}
	}
	return true;
}

static struct event answer_event(char letter, const int *numbers)
{
	return (struct event){ .kind = EVENT_ANSWER, .key = (key_code)letter,
	                       .row = numbers[0] - 1, .column = numbers[1] - 1 };
}

/* BUTTON as a report has it, at ROW and COLUMN from 1. */
static struct event mouse_event(int button, int row, int column)
{
	button &= ~(4 | 8 | 16); /* what was held down */
	if (button == 64)
		return key_event(KEYS_WHEEL_UP);
	if (button == 65)
		return key_event(KEYS_WHEEL_DOWN);
	if (button != 0 || row < 1 || column < 1)
		return nothing();
	return (struct event){ .kind = EVENT_CLICK, .row = row - 1,
	                       .column = column - 1 };
}

static int modifiers_of(const struct input *in, int number)
{
	return (number > 0 ? (number - 1) & 15 : 0) | (in->alt ? ALT : 0);
}

static struct event begin_paste(struct input *in)
{
	buf_init(&in->paste);
	in->ending = 0;
	in->too_long = false;
	in->paste_begun = in->last;
	return go_on(in, BEGUN_PASTE);
}

/* ~ ends it; ^, $ and @ do where rxvt has Ctrl, Shift or both held down. */
static struct event numbered_event(struct input *in, char last,
                                   const int *numbers)
{
	int modifiers = modifiers_of(in, numbers[1]);

	if (last == '~' && numbers[0] == 200)
		return begin_paste(in);
	if (last == '~' && numbers[0] == 27)
		return key_event(typed(numbers[2], modifiers));
	if (last == '^' || last == '@')
		modifiers |= CTRL;
	return key_event(named(key_of_number(numbers[0]), modifiers));
}

/* Where the cursor is, or F3 with a modifier, ESC[1;2R: questions are asked off the
 * first row. */
static bool is_modified_f3(const int *numbers)
{
	return numbers[0] <= 1 && numbers[1] <= 16;
}

static struct event csi_event(struct input *in)
{
	char last = (char)in->bytes[in->n - 1];
	bool private = in->bytes[2] >= '<' && in->bytes[2] <= '?';
	int numbers[NUMBERS];

	if (in->n == sizeof in->bytes)
		return nothing();
	if (!read_numbers(in, private ? 3 : 2, numbers))
		return private ? answer_event(last, numbers) : nothing();
	if (private && in->bytes[2] == '<')
		return last == 'M'
			? mouse_event(numbers[0], numbers[2], numbers[1])
			: nothing();
	if (private)
		return answer_event(last, numbers);
	switch (last) {
	case '~': case '^': case '$': case '@':
		return numbered_event(in, last, numbers);
	case 'u':
		return key_event(typed(numbers[0], modifiers_of(in, numbers[1])));
	case 'R':
		if (!is_modified_f3(numbers))
			return answer_event(last, numbers);
		break;
	case 'n': case 't': case 'x': case 'y':
		return answer_event(last, numbers);
	case 'a': case 'b': case 'c': case 'd': /* rxvt, with Shift */
		last = (char)(last - 'a' + 'A');
		break;
	}
	return key_event(named(key_of_letter(last),
	                       modifiers_of(in, numbers[1])));
}

/* Esc O, perhaps a modifier, and a letter. */
static struct event ss3_event(struct input *in)
{
	char letter = (char)in->bytes[in->n - 1];
	int modifiers = modifiers_of(in, in->n > 3 ? in->bytes[2] - '0' : 0);
	key_code key = key_of_letter(letter);

	if (letter >= 'a' && letter <= 'd') /* rxvt */
		return key_event(named(key_of_letter((char)(letter - 'a' + 'A')),
		                       modifiers | CTRL));
	return key_event(key == KEYS_NONE ? key_of_pad(letter)
	                                  : named(key, modifiers));
}

/* What was held down is in the first number, which is 32 more. */
static struct event x10_event(struct input *in)
{
	const unsigned char *report = in->bytes + 3;

	return mouse_event(report[0] - 32, report[2] - 32, report[1] - 32);
}

/* --- bytes -------------------------------------------------------------- */

static void keep(struct input *in, unsigned char byte)
{
	if (in->n < sizeof in->bytes)
		in->bytes[in->n++] = byte;
}

/* The key that the bytes are defined to be; *BEGINS where one begins with them. */
static key_code defined(const struct input *in, bool *begins)
{
	*begins = false;
	for (size_t i = 0; i < in->n_defined; i++) {
		const struct defined_key *d = &in->defined[i];
		size_t length = strlen(d->sequence);

		if (length < in->n || memcmp(d->sequence, in->bytes, in->n) != 0)
			continue;
		if (length == in->n)
			return d->key;
		*begins = true;
	}
	return KEYS_NONE;
}

static struct event take_byte(struct input *in, unsigned char byte);

/* The first byte of something. */
static struct event take_first(struct input *in, unsigned char byte)
{
	bool begins;
	key_code key;

	in->bytes[0] = byte;
	in->n = 1;
	if (byte >= 0x80)
		return go_on(in, BEGUN_CHARACTER);
	if (byte == ESC)
		return go_on(in, BEGUN_ESCAPE);
	key = in->n_defined ? defined(in, &begins) : KEYS_NONE;
	end(in);
	return key_event(key != KEYS_NONE ? key
	                 : byte == DEL    ? KEYS_BACKSPACE
	                 : byte == '\b'   ? in->control_h
	                                  : byte);
}

/* BYTE is the next of a character; what is no UTF-8 is dropped. */
static struct event take_character(struct input *in, unsigned char byte)
{
	ucs4_t c;
	int length;

	if (byte < 0x80 || byte >= 0xc0) { /* what was begun does not go on */
		end(in);
		return take_byte(in, byte);
	}
	keep(in, byte);
	length = u8_mbtoucr(&c, in->bytes, in->n);
	if (length == -2 && in->n < 4)
		return nothing();
	end(in);
	return key_event(length > 0 && c >= 0xa0 ? c : KEYS_NONE);
}

/* BYTE is what stands behind Esc. */
static struct event take_escaped(struct input *in, unsigned char byte)
{
	struct event e;

	switch (byte) {
	case '[':
		return go_on(in, BEGUN_CSI);
	case 'O':
		return go_on(in, BEGUN_SS3);
	case ']': case 'P': case 'X': case '^': case '_':
		return go_on(in, BEGUN_STRING);
	case ESC: /* Alt and a key with a sequence */
		in->n = 1;
		in->alt = true;
		return nothing();
	}
	end(in);
	if (byte >= 0x80) { /* nobody means Alt and a character of these */
		take_first(in, byte);
		return key_event(KEYS_ESC);
	}
	e = take_first(in, byte);
	return key_event(with_alt(e.key));
}

static struct event take_csi(struct input *in, unsigned char byte)
{
	bool first = in->n == 3;
	bool rxvt = in->n == 4 && byte == '$' && in->bytes[2] <= '9';
	struct event e;

	if (first && byte == '[')
		return go_on(in, BEGUN_CONSOLE);
	if (first && byte == 'M')
		return go_on(in, BEGUN_MOUSE);
	/* $ stands before the last letter; of rxvt's keys it is that itself */
	if (byte < '@' && !rxvt)
		return nothing();
	in->begun = BEGUN_NOTHING;
	e = csi_event(in);
	if (in->begun == BEGUN_NOTHING)
		end(in);
	return e;
}

static struct event take_ss3(struct input *in, unsigned char byte)
{
	struct event e = nothing();

	if (byte >= '0' && byte <= '9' && in->n == 3)
		return e;
	e = ss3_event(in);
	end(in);
	return e;
}

/* Esc [ [ and A to E: F1 to F5 of the Linux console. */
static struct event take_console(struct input *in, unsigned char byte)
{
	end(in);
	return key_event(byte >= 'A' && byte <= 'E'
	                 ? KEY_F_((key_code)(byte - 'A' + 1)) : KEYS_NONE);
}

/* A byte of a sequence that is neither a mouse report nor a string. */
static struct event take_sequence(struct input *in, unsigned char byte)
{
	enum begun begun = in->begun;
	bool begins = false;
	key_code key;

	keep(in, byte);
	key = in->n_defined ? defined(in, &begins) : KEYS_NONE;
	if (key != KEYS_NONE) {
		bool alt = in->alt;

		end(in);
		return key_event(alt ? with_alt(key) : key);
	}
	/* A control ends all of them, and is itself. */
	if (!begins && begun != BEGUN_ESCAPE && (byte < ' ' || byte >= DEL)) {
		end(in);
		return take_byte(in, byte);
	}
	switch (begun) {
	case BEGUN_CSI:
		return take_csi(in, byte);
	case BEGUN_SS3:
		return take_ss3(in, byte);
	case BEGUN_CONSOLE:
		return take_console(in, byte);
	case BEGUN_ESCAPE:
		if (!begins || strchr("[O", byte))
			return take_escaped(in, byte);
		return go_on(in, BEGUN_DEFINED);
	default:
		if (!begins)
			end(in);
		return nothing();
	}
}

static struct event take_mouse(struct input *in, unsigned char byte)
{
	struct event e;

	keep(in, byte);
	if (in->n < 6)
		return nothing();
	e = x10_event(in);
	end(in);
	return e;
}

/* Strings end with BEL or Esc \; a control that is neither shows that its end was
 * lost. */
static struct event take_string(struct input *in, unsigned char byte)
{
	if (in->begun == BEGUN_END) {
		end(in);
		if (byte == '\\')
			return nothing();
		in->bytes[in->n++] = ESC;
		in->begun = BEGUN_ESCAPE;
		return take_byte(in, byte);
	}
	if (byte == ESC)
		return go_on(in, BEGUN_END);
	if (byte >= ' ')
		return nothing();
	end(in);
	return byte == BEL ? nothing() : take_byte(in, byte);
}

static struct event take_byte(struct input *in, unsigned char byte)
{
	switch (in->begun) {
	case BEGUN_NOTHING:
		return take_first(in, byte);
	case BEGUN_CHARACTER:
		return take_character(in, byte);
	case BEGUN_MOUSE:
		return take_mouse(in, byte);
	case BEGUN_STRING:
	case BEGUN_END:
		return take_string(in, byte);
	default:
		return take_sequence(in, byte);
	}
}

/* --- pasting ------------------------------------------------------------ */

bool input_is_pasting(const struct input *in)
{
	return in->begun == BEGUN_PASTE;
}

static struct event end_paste(struct input *in)
{
	const char *why = NULL;
	struct buf text = in->paste;

	in->paste = (struct buf){0};
	end(in);
	if (in->too_long || text.len > PASTE_MAX)
		why = _("長すぎるため貼り付けませんでした（1 MiB まで）。分けて貼り付けてください");
	else if (!text_is_utf8(text.s, text.len))
		why = _("UTF-8 の文字ではないため貼り付けませんでした。UTF-8 でコピーし直してください");
	if (!why)
		return (struct event){ .kind = EVENT_PASTE, .text = text.s };
	buf_release(&text);
	return (struct event){ .kind = EVENT_REFUSED, .text = mem_strdup(why) };
}

/* True where what has come comes as slowly as keys: the end of the paste must have
 * been lost, and nobody may be kept writing into nowhere. */
static bool is_slow(const struct input *in)
{
	long long milliseconds = in->last - in->paste_begun;

	return milliseconds > PASTE_LONG &&
	       in->paste.len < (size_t)milliseconds * PASTE_SLOWEST / 1000;
}

/* What is beyond PASTE_MAX is taken, since not one byte of a paste may become a key,
 * but not kept. */
static struct event take_paste(struct input *in, const char *bytes,
                               size_t length)
{
	const size_t mark = strlen(PASTE_ENDS);

	for (size_t i = 0; i < length; i++)
		in->ending = bytes[i] == PASTE_ENDS[in->ending]
			? in->ending + 1 : bytes[i] == PASTE_ENDS[0];
	if (in->paste.len < PASTE_MAX + mark)
		buf_add_bytes(&in->paste, bytes, length);
	else
		in->too_long = true;
	if (in->ending < mark)
		return !in->too_long && is_slow(in) ? end_paste(in) : nothing();
	if (!in->too_long) {
		in->paste.len -= mark;
		in->paste.s[in->paste.len] = '\0';
	}
	return end_paste(in);
}

/* --- from outside ------------------------------------------------------- */

size_t input_room(const struct input *in)
{
	return input_is_pasting(in) ? strlen(PASTE_ENDS) - in->ending : 1;
}

struct event input_take(struct input *in, const char *bytes, size_t length,
                        long long now)
{
	in->last = now;
	return input_is_pasting(in) ? take_paste(in, bytes, length)
	                            : take_byte(in, (unsigned char)*bytes);
}

int input_wait(const struct input *in, long long now)
{
	long long wait, waited = now - in->last;

	if (in->begun == BEGUN_NOTHING)
		return -1;
	wait = in->begun == BEGUN_ESCAPE ? ESCAPE_WAIT
	     : in->begun == BEGUN_PASTE  ? PASTE_WAIT : REST_WAIT;
	return waited < wait ? (int)(wait - waited) : 0;
}

struct event input_pause(struct input *in)
{
	bool escape = in->begun == BEGUN_ESCAPE;

	if (input_is_pasting(in))
		return end_paste(in);
	end(in);
	return key_event(escape ? KEYS_ESC : KEYS_NONE);
}

/* What SEQUENCE is without being defined. */
static key_code undefined(const char *sequence)
{
	struct input in;
	struct event e = nothing();

	input_init(&in, KEYS_NONE);
	for (; *sequence && e.kind == EVENT_NONE; sequence++)
		e = input_take(&in, sequence, 1, 0);
	free(e.text);
	input_release(&in);
	return *sequence ? KEYS_NONE : e.key;
}

void input_define(struct input *in, const char *sequence, key_code key)
{
	bool is_sequence = *sequence == ESC
		? sequence[1] : *sequence > 0 && *sequence < ' ' && !sequence[1];

	if (!is_sequence ||
	    strlen(sequence) >= sizeof in->bytes || undefined(sequence) == key)
		return;
	in->defined = mem_room(in->defined, in->n_defined, &in->cap_defined,
	                       sizeof *in->defined);
	in->defined[in->n_defined++] = (struct defined_key){
		mem_strdup(sequence), key,
	};
}
