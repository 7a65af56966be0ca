/* SPDX-License-Identifier: MIT
 *
 * From bytes to what the person did (tui/input.h). What comes is shown as text:
 * <Ctrl-Left>, <Alt-b>, <click 4,9>, <paste …>, <answer R 4,9>; characters as
 * themselves.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "base/buf.h"
#include "tui/input.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* --- what the tests are written with -------------------------------------- */

static void show_key(struct buf *out, key_code key)
{
	static const struct {
		key_code key;
		const char *name;
	} names[] = {
		{ KEYS_UP, "Up" }, { KEYS_DOWN, "Down" }, { KEYS_LEFT, "Left" },
		{ KEYS_RIGHT, "Right" }, { KEYS_HOME, "Home" }, { KEYS_END, "End" },
		{ KEYS_PAGE_UP, "PgUp" }, { KEYS_PAGE_DOWN, "PgDn" },
		{ KEYS_BACK_TAB, "BackTab" }, { KEYS_BACKSPACE, "Backspace" },
		{ KEYS_DELETE, "Delete" }, { KEYS_TAB, "Tab" },
		{ KEYS_ENTER, "Enter" }, { KEYS_ESC, "Esc" },
		{ KEYS_WHEEL_UP, "WheelUp" }, { KEYS_WHEEL_DOWN, "WheelDown" },
	};
	key_code base = KEY_BASE(key);
	char bytes[7] = "";
	const char *name = bytes;

	if (base > KEY_F_(0) && base < KEYS_NAMED)
		snprintf(bytes, sizeof bytes, "F%u", (unsigned)(base - KEY_F_(0)));
	else
		u8_uctomb((uint8_t *)bytes, base, 6);
	for (size_t i = 0; i < COUNT(names); i++)
		if (names[i].key == base)
			name = names[i].name;
	if (name == bytes && base < ' ')
		snprintf(bytes, sizeof bytes, "^%c", (int)base + '@');
	if (name == bytes && base == key && key >= ' ' && key < KEY_F_(0))
		buf_add(out, name);
	else
		buf_addf(out, "<%s%s%s>", key & KEY_WITH_ALT(0) ? "Alt-" : "",
		         key & KEY_WITH_CTRL(0) ? "Ctrl-" : "", name);
}

static void show(struct buf *out, struct event e)
{
	switch (e.kind) {
	case EVENT_NONE:
		break;
	case EVENT_KEY:
		show_key(out, e.key);
		break;
	case EVENT_PASTE:
	case EVENT_REFUSED:
		buf_addf(out, "<%s %s>", e.kind == EVENT_PASTE ? "paste" : "refused",
		         e.text);
		break;
	case EVENT_CLICK:
		buf_addf(out, "<click %d,%d>", e.row, e.column);
		break;
	case EVENT_ANSWER:
		buf_addf(out, e.key == 'R' ? "<answer R %d,%d>" : "<answer %c>",
		         e.key == 'R' ? e.row : (int)e.key, e.column);
		break;
	default:
		fail_msg("an event of kind %d", e.kind);
	}
	free(e.text);
}

/* As many at once as may be read, EACH milliseconds after those before; where that is
 * too long, the pause is had. */
static void type(struct input *in, struct buf *out, const char *bytes,
                 size_t length, int each)
{
	static long long now;

	for (size_t i = 0; i < length;) {
		size_t room = input_room(in);

		if (room > length - i)
			room = length - i;
		show(out, input_take(in, bytes + i, room, now));
		i += room;
		now += each;
		if (input_wait(in, now) == 0)
			show(out, input_pause(in));
	}
}

/* What BYTES are, however slowly they come, and once no more do. */
static void assert_is(const char *bytes, size_t length, const char *expected)
{
	static const int speeds[] = { 0, 20, 45 };

	for (size_t i = 0; i < COUNT(speeds); i++) {
		struct input in;
		struct buf out;

		buf_init(&out);
		input_init(&in, KEY_WITH_CTRL(KEYS_BACKSPACE));
		type(&in, &out, bytes, length, speeds[i]);
		if (input_wait(&in, 0) >= 0)
			show(&out, input_pause(&in));
		assert_int_equal(input_wait(&in, 0), -1);
		assert_string_equal(out.s, expected);
		buf_release(&out);
		input_release(&in);
	}
}

struct typed_case {
	const char *bytes;
	const char *is;
};

/* Each by itself, and between other keys. */
static void assert_all(const struct typed_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char *bytes = buf_format("a%s漢", cases[i].bytes);
		char *is = buf_format("a%s漢", cases[i].is);

		assert_is(cases[i].bytes, strlen(cases[i].bytes), cases[i].is);
		assert_is(bytes, strlen(bytes), is);
		free(is);
		free(bytes);
	}
}

#define assert_each(cases) assert_all(cases, COUNT(cases))

/* --- characters ----------------------------------------------------------- */

static void test_characters(void **state)
{
	static const struct typed_case cases[] = {
		{ "aZ~ ", "aZ~ " },
		{ "漢字𠮷😀", "漢字𠮷😀" },
		{ "か\xE3\x82\x99\xEF\xBD\xB6\xEF\xBE\x9E", "か\xE3\x82\x99\xEF\xBD\xB6\xEF\xBE\x9E" },
		{ "葛\xF3\xA0\x84\x80", "葛\xF3\xA0\x84\x80" },
		{ "👨\xE2\x80\x8D👩", "👨\xE2\x80\x8D👩" },
		{ "\x01\x1a\x1f\t\r", "<^A><^Z><^_><Tab><Enter>" },
		{ "\x7f\b", "<Backspace><Ctrl-Backspace>" },
		{ "\xC2\x9B" "A", "A" }, /* a C1 control in UTF-8 is none of ours */
	};

	(void)state;
	assert_each(cases);
	assert_is("\0a", 2, "a"); /* Ctrl-Space */
}

/* Curses' get_wch lost all that came behind such bytes (FACTS). */
static void test_bad_bytes(void **state)
{
	static const struct typed_case cases[] = {
		{ "\xFF\xFE\x80\xE3\x81" "A", "A" },
		{ "\x80\x80\x80" "A", "A" },
		{ "\xC0\xAF" "A", "A" },          /* overlong */
		{ "\xED\xA0\x80" "A", "A" },      /* a surrogate */
		{ "\xF4\x90\x80\x80" "A", "A" },  /* beyond Unicode */
		{ "\xE3\x81\xE6\xBC\xA2", "漢" }, /* cut by another */
		{ "\xE3\x81\x1b[A", "<Up>" },
		{ "\xE3\x81\r", "<Enter>" },
	};

	(void)state;
	assert_each(cases);
}

/* --- keys ----------------------------------------------------------------- */

static void test_keys_of_terminals(void **state)
{
	static const struct typed_case cases[] = {
		/* xterm, in both modes */
		{ "\033[A\033[B\033[C\033[D", "<Up><Down><Right><Left>" },
		{ "\033OA\033OB\033OC\033OD", "<Up><Down><Right><Left>" },
		{ "\033[H\033[F\033OH\033OF", "<Home><End><Home><End>" },
		{ "\033[3~\033[5~\033[6~\033[Z", "<Delete><PgUp><PgDn><BackTab>" },
		{ "\033OP\033OQ\033OR\033OS", "<F1><F2><F3><F4>" },
		{ "\033[15~\033[17~\033[21~\033[24~", "<F5><F6><F10><F12>" },
		{ "\033[1;5D\033[1;5C\033[1;5H\033[1;5F",
		  "<Ctrl-Left><Ctrl-Right><Ctrl-Home><Ctrl-End>" },
		{ "\033[1;3D\033[1;9C\033[1;7A", "<Alt-Left><Alt-Right><Alt-Ctrl-Up>" },
		{ "\033[1;2D\033[1;2A\033[1;2R", "<Left><Up><F3>" },
		{ "\033[1;6C\033[3;5~\033[5;5~", "<Ctrl-Right><Ctrl-Delete><Ctrl-PgUp>" },
		{ "\033[3;2~\033[3;3~\033[15;2~", "<Delete><Alt-Delete><F5>" },
		{ "\033O5D\033O2A", "<Ctrl-Left><Up>" }, /* older ones */
		/* modifyOtherKeys and CSI u, as tmux can send them */
		{ "\033[27;5;97~\033[97;5u\033[13;2u", "<^A><^A><Enter>" },
		{ "\033[98;3u\033[66;4u\033[9;2u", "<Alt-b><Alt-b><BackTab>" },
		{ "\033[127;5u\033[27;3;127~", "<Ctrl-Backspace><Alt-Backspace>" },
		{ "\033[12354u\033[65:97;2:1u", "あA" },
		/* the Linux console */
		{ "\033[[A\033[[E\033[1~\033[4~", "<F1><F5><Home><End>" },
		/* rxvt */
		{ "\033[7~\033[8~\033[11~", "<Home><End><F1>" },
		{ "\033Od\033Oc\033Oa\033[7^\033[8^\033[3^",
		  "<Ctrl-Left><Ctrl-Right><Ctrl-Up><Ctrl-Home><Ctrl-End><Ctrl-Delete>" },
		{ "\033[d\033[c\033[7$\033[3$\033[3@",
		  "<Left><Right><Home><Delete><Ctrl-Delete>" },
		/* rxvt and PuTTY put Esc before, for Alt */
		{ "\033\033[D\033\033OC\033\033[3~", "<Alt-Left><Alt-Right><Alt-Delete>" },
		{ "\033b\033B\033\x7f\033<", "<Alt-b><Alt-b><Alt-Backspace><Alt-<>" },
		{ "\033\x01\0332", "<Alt-^A><Alt-2>" },
		/* the numeric pad of PuTTY */
		{ "\033Op\033Oy\033OM\033On\033Ok\033OX", "09<Enter>.+=" },
	};

	(void)state;
	assert_each(cases);
}

static void test_a_lone_escape(void **state)
{
	struct input in;
	struct buf out;

	(void)state;
	assert_is("\033", 1, "<Esc>");
	assert_is("\033\033", 2, "<Esc>");
	assert_is("\033漢", 4, "<Esc>漢");
	buf_init(&out);
	input_init(&in, KEYS_BACKSPACE);
	type(&in, &out, "\033[A\033q", 5, 60); /* slower than any terminal */
	assert_string_equal(out.s, "<Esc>[A<Esc>q");
	buf_clear(&out);
	type(&in, &out, "\b\x7f", 2, 0);
	assert_string_equal(out.s, "<Backspace><Backspace>");
	assert_int_equal(input_wait(&in, 0), -1);
	type(&in, &out, "\033", 1, 0);
	assert_in_range(input_wait(&in, in.last), 21, 100);
	assert_int_equal(input_wait(&in, in.last + 1000), 0);
	buf_release(&out);
	input_release(&in);
}

/* --- what is no key ------------------------------------------------------- */

static void test_is_swallowed(void **state)
{
	static const struct typed_case cases[] = {
		{ "\033[155u\033[55296u\033[2097152u", "" }, /* no characters */
		{ "\033[99;1;2;3;4~", "" }, { "\033[1;2;3X", "" }, { "\033[ q", "" },
		{ "\033[2~", "" }, { "\033[E", "" }, { "\033[201~", "" },
		{ "\033[I\033[O", "" }, /* the window has the focus */
		{ "\033]0;title\a", "" }, { "\033]10;rgb:ff/ff/ff\033\\", "" },
		{ "\033P1$r0m\033\\", "" }, { "\033_Gi=1;OK\033\\", "" },
		{ "\033^a\033\\", "" }, { "\033Xb\033\\", "" },
		{ "\033]52;c;漢\a", "" },
		{ "\033Oz", "" }, { "\033[[Z", "" },
		{ "\033[1111111111111111111111111111111111111111111111111A", "" },
		{ "\033[999999999999999999999;5D", "<Ctrl-Left>" },
		/* a control ends what should not hold one */
		{ "\033[1\r", "<Enter>" }, { "\033]0;ti\r", "<Enter>" },
		{ "\033[1\033[A", "<Up>" }, { "\033]0;ti\033[A", "<Up>" },
		{ "\033O\x03", "<^C>" }, { "\033[\xE6\xBC\xA2", "漢" },
	};

	(void)state;
	assert_each(cases);
	/* what never ends, ends by itself */
	assert_is("\033[1;", 4, "");
	assert_is("\033O", 2, "");
	assert_is("\033]0;x", 5, "");
	assert_is("\033[M ", 4, "");
	assert_is("\xE6\xBC", 2, "");
}

/* They may come at any time, late too; but for F3, ESC[1;2R. */
static void test_answers(void **state)
{
	static const struct typed_case cases[] = {
		{ "\033[5;10R", "<answer R 4,9>" },
		{ "\033[2;2R\033[24;80R", "<answer R 1,1><answer R 23,79>" },
		{ "\033[1;17R", "<answer R 0,16>" },
		{ "\033[1;2R\033[R", "<F3><F3>" },
		{ "\033[?62;22c", "<answer c>" }, { "\033[>0;276;0c", "<answer c>" },
		{ "\033[?2026;2$y", "<answer y>" }, { "\033[0n", "<answer n>" },
		{ "\033[8;24;80t", "<answer t>" }, { "\033[?1;2;4;6;9;15;22c", "<answer c>" },
	};

	(void)state;
	assert_each(cases);
}

/* --- the mouse ------------------------------------------------------------ */

static void test_mouse(void **state)
{
	static const struct typed_case cases[] = {
		{ "\033[<0;10;5M", "<click 4,9>" }, { "\033[<0;10;5m", "" },
		{ "\033[<0;300;120M", "<click 119,299>" },
		{ "\033[<4;1;1M\033[<16;1;1M", "<click 0,0><click 0,0>" },
		{ "\033[<1;1;1M\033[<2;1;1M\033[<32;1;1M", "" },
		{ "\033[<64;1;1M\033[<65;1;1M\033[<66;1;1M", "<WheelUp><WheelDown>" },
		{ "\033[<0;0;5M\033[<0;5M\033[<M", "" },
		/* X10's */
		{ "\033[M *%", "<click 4,9>" }, { "\033[M#*%", "" },
		{ "\033[M`!!\033[Ma!!", "<WheelUp><WheelDown>" },
		{ "\033[M \xDC%", "<click 4,187>" },
		{ "\033[M   ", "" },
	};

	(void)state;
	assert_each(cases);
	assert_is("\033[<0;1", 6, ""); /* curses waited for its end for ever */
}

/* --- pasting -------------------------------------------------------------- */

static void test_paste(void **state)
{
	static const struct typed_case cases[] = {
		{ "\033[200~一\r\n\t二\033[201~", "<paste 一\r\n\t二>" },
		{ "\033[200~\033[201~", "<paste >" },
		{ "\033[200~\033[20\033[A\033\033[201~", "<paste \033[20\033[A\033>" },
		{ "\033[200~\033[200~\033[201~", "<paste \033[200~>" },
		{ "\033[200~x\033[201~\r\033[A", "<paste x><Enter><Up>" },
	};

	(void)state;
	assert_each(cases);
	assert_is("\033[200~abc", 9, "<paste abc>"); /* its end is lost */
	assert_is("\033[200~abc\033[201", 14, "<paste abc\033[201>");
}

static void assert_refused(const char *bytes, size_t length)
{
	struct input in;
	struct event e = { .kind = EVENT_NONE };
	size_t i, room;

	input_init(&in, KEYS_BACKSPACE);
	for (i = 0; i < length; i += room) {
		assert_int_equal(e.kind, EVENT_NONE);
		room = input_room(&in);
		assert_true(room <= length - i);
		e = input_take(&in, bytes + i, room, 0);
	}
	assert_int_equal(e.kind, EVENT_REFUSED);
	assert_true(*e.text);
	free(e.text);
	assert_int_equal(input_wait(&in, 0), -1);
	input_release(&in);
}

static void test_paste_is_refused(void **state)
{
	size_t most = PASTE_MAX;
	struct buf text;

	(void)state;
	assert_refused("\033[200~a\xFF\033[201~", 14);
	assert_refused("\033[200~a\0b\033[201~", 15);
	for (size_t more = 1; more <= 1000; more += 999) {
		buf_init(&text);
		buf_add(&text, "\033[200~");
		buf_add_repeated(&text, 'x', most + more);
		buf_add(&text, "\033[201~");
		assert_refused(text.s, text.len);
		buf_release(&text);
	}
}

/* Where its end is lost, what is typed soon is keys again; but no line is as slow as
 * a hand. */
static void test_a_slow_paste(void **state)
{
	struct input in;
	struct event e = { .kind = EVENT_NONE };
	long long now = 0;

	(void)state;
	input_init(&in, KEYS_BACKSPACE);
	for (const char *s = "\033[200~"; *s; s++)
		input_take(&in, s, 1, now);
	for (; now < 60000 && e.kind == EVENT_NONE; now += 9) /* 1200 baud */
		e = input_take(&in, "a", 1, now);
	assert_int_equal(e.kind, EVENT_NONE);
	input_release(&in);
	input_init(&in, KEYS_BACKSPACE);
	for (const char *s = "\033[200~"; *s; s++)
		input_take(&in, s, 1, 0);
	for (now = 0; now < 60000 && e.kind == EVENT_NONE; now += 150)
		e = input_take(&in, "a", 1, now);
	assert_int_equal(e.kind, EVENT_PASTE);
	assert_in_range(now, 1000, 5000);
	free(e.text);
	input_release(&in);
}

/* --- sequences of a terminal's own ---------------------------------------- */

static void test_defined(void **state)
{
	static const struct {
		const char *sequence;
		key_code key;
	} keys[] = {
		{ "\033A", KEYS_UP },     /* vt52 */
		{ "\033?e", KEYS_END },   { "\033[225z", KEY_F_(2) },
		{ "\v", KEYS_UP },        { "\033O@", KEYS_DELETE },
		{ "\033[A", KEYS_UP },    /* is that anyway */
		{ "", KEYS_DOWN }, { "a", KEYS_DOWN }, { "\033", KEYS_DOWN },
	};
	const char *bytes = "\033A\033?e\033[225z\v\033O@a\033[B\033?xb\033c"
		"\033]x\ad\033[<0;1;1M";
	struct input in;
	struct buf out;

	(void)state;
	buf_init(&out);
	input_init(&in, KEYS_BACKSPACE);
	for (size_t i = 0; i < COUNT(keys); i++)
		input_define(&in, keys[i].sequence, keys[i].key);
	assert_int_equal(in.n_defined, 5);
	type(&in, &out, bytes, strlen(bytes), 20);
	assert_string_equal(out.s, "<Up><End><F2><Up><Delete>a<Down>b<Alt-c>d<click 0,0>");
	buf_release(&out);
	input_release(&in);
}

/* --- anything at all ------------------------------------------------------ */

/* Cut anywhere and given up, it is at its beginning again: nothing is kept. */
static void test_given_up_anywhere(void **state)
{
	static const char all[] =
		"\033[1;5D\033OP\033[<0;10;5M\033[M *%\033]0;t\033\\漢\033[200~x\033[201~";

	(void)state;
	for (size_t i = 1; i < sizeof all - 1; i++) {
		struct input in;
		struct buf out;

		buf_init(&out);
		input_init(&in, KEYS_BACKSPACE);
		type(&in, &out, all, i, 0);
		show(&out, input_pause(&in));
		buf_clear(&out);
		type(&in, &out, "a\033[A漢", 7, 0);
		assert_string_equal(out.s, "a<Up>漢");
		buf_release(&out);
		input_release(&in);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_characters),
		cmocka_unit_test(test_bad_bytes),
		cmocka_unit_test(test_keys_of_terminals),
		cmocka_unit_test(test_a_lone_escape),
		cmocka_unit_test(test_is_swallowed),
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_mouse),
		cmocka_unit_test(test_paste),
		cmocka_unit_test(test_paste_is_refused),
		cmocka_unit_test(test_a_slow_paste),
		cmocka_unit_test(test_defined),
		cmocka_unit_test(test_given_up_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
