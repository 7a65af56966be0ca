/* SPDX-License-Identifier: MIT */
#include "random.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "keys.h"

#define MOST_AT_ONCE 20 /* events before the program is let come to rest */

struct chaos {
	struct script *s;
	uint64_t state;
	struct buf last; /* the events since it was at rest, to tell of */
};

/* xorshift64*: the same everywhere, which rand() is not. */
static unsigned draw(struct chaos *c, unsigned below)
{
	c->state ^= c->state >> 12;
	c->state ^= c->state << 25;
	c->state ^= c->state >> 27;
	return (unsigned)((c->state * 0x2545f4914f6cdd1d) >> 33) % below;
}

static void type(struct chaos *c, const char *bytes, size_t n)
{
	terminal_type(c->s->terminal, bytes, n);
	buf_add(&c->last, " \"");
	for (size_t i = 0; i < n; i++)
		buf_addf(&c->last, "\\x%02x", (unsigned char)bytes[i]);
	buf_add(&c->last, "\"");
}

static void press_named(struct chaos *c)
{
	static const char *const modifiers[] = {
		"", "", "", "", "", "", "S-", "C-", "M-",
	};
	const char *key;
	unsigned n = 0;
	char *name;

	while (keys[n].name)
		n++;
	key = keys[draw(c, n)].name; /* in any case before the modifier */
	name = buf_format("%s%s", modifiers[draw(c, COUNT(modifiers))], key);
	keys_press(c->s->terminal, name);
	buf_addf(&c->last, " %s", name);
	free(name);
}

static void type_ascii(struct chaos *c)
{
	char byte = (char)(' ' + draw(c, 0x7f - ' '));

	type(c, &byte, 1);
}

static void type_character(struct chaos *c)
{
	/* か+U+3099, a ZWJ family, a flag, variations, controls */
	static const char *const characters[] = {
		"漢", "、", "」", "か\u3099", "\u3099", "ｶﾞ", "①", "※", "２",
		"令和7年4月1日", "👨\u200d👩\u200d👧", "🇯🇵", "葛\U000e0100",
		"𠮷", "\u2028", "\u3000", "é", "\u202e", "\xc2\x85",
	};
	const char *chosen = characters[draw(c, COUNT(characters))];

	type(c, chosen, strlen(chosen));
}

static void type_byte(struct chaos *c)
{
	char byte = (char)(0x80 + draw(c, 0x80));

	type(c, &byte, 1);
}

static void type_control(struct chaos *c)
{
	char byte = (char)draw(c, ' ');

	if (!strchr("\003\034\032\023\021", byte) || !byte)
		type(c, &byte, 1);
}

static void paste(struct chaos *c)
{
	static const char text[] = "貼り付けた\n文字\t\033[A\r\n.";

	terminal_paste(c->s->terminal, text, draw(c, sizeof text));
	buf_add(&c->last, " (paste)");
}

static void use_mouse(struct chaos *c)
{
	int columns, rows, row, column, button;

	terminal_size(c->s->terminal, &columns, &rows);
	row = 1 + (int)draw(c, (unsigned)rows);
	column = 1 + (int)draw(c, (unsigned)columns);
	button = 1 + (int)draw(c, 5);
	terminal_mouse(c->s->terminal, row, column, button, true);
	if (button <= 3)
		terminal_mouse(c->s->terminal, row, column, button, false);
	buf_addf(&c->last, " (mouse %d %d, button %d)", row, column, button);
}

static void resize(struct chaos *c)
{
	static const struct {
		int columns, rows;
	} sizes[] = {
		{ 80, 24 }, { 80, 24 }, { 80, 24 }, { 40, 12 }, { 40, 12 },
		{ 200, 60 }, { 200, 60 }, { 30, 8 }, { 2, 1 },
	};
	unsigned i = draw(c, COUNT(sizes));

	terminal_resize(c->s->terminal, sizes[i].columns, sizes[i].rows);
	buf_addf(&c->last, " (resize %dx%d)", sizes[i].columns, sizes[i].rows);
}

static void do_something(struct chaos *c)
{
	static const struct {
		unsigned percent;
		void (*act)(struct chaos *c);
	} acts[] = {
		{ 45, press_named }, { 23, type_ascii }, { 10, type_character },
		{ 5, type_byte }, { 5, type_control }, { 8, use_mouse },
		{ 2, paste }, { 2, resize },
	};
	unsigned chosen = draw(c, 100);

	for (size_t i = 0; i < COUNT(acts); i++) {
		if (chosen < acts[i].percent) {
			acts[i].act(c);
			return;
		}
		chosen -= acts[i].percent;
	}
}

/* Whether the program came to rest, and runs. */
static bool runs(struct chaos *c)
{
	if (!script_rest(c->s))
		script_fail_with_screen(c->s, "the program does not come to "
		                        "rest after:%s", c->last.s);
	return !terminal_ended(c->s->terminal, &(int){ 0 });
}

/* The program has ended: as it should have? Then start it again. */
static void start_again(struct chaos *c)
{
	char *left = terminal_left_behind(c->s->terminal), *end;
	int status;

	terminal_ended(c->s->terminal, &status);
	end = script_describe_end(status);
	if (status != 0)
		script_fail_with_screen(c->s, "the program ended with %s "
		                        "after:%s", end, c->last.s);
	else if (left)
		script_fail_with_screen(c->s, "the program left behind: %s, "
		                        "after:%s", left, c->last.s);
	else
		script_start(c->s);
	free(left);
	free(end);
	if (!c->s->trouble && !runs(c))
		script_fail_with_screen(c->s, "the program ends as soon as it "
		                        "starts");
}

void random_input(struct script *s, int number, unsigned seed)
{
	struct chaos c = { .s = s, .state = seed };
	int columns, rows;

	buf_init(&c.last);
	terminal_size(s->terminal, &columns, &rows);
	for (int i = 0; i < number && !s->trouble; ) {
		int burst = 1 + (int)draw(&c, MOST_AT_ONCE);

		for (; burst && i < number; burst--, i++)
			do_something(&c);
		if (!runs(&c))
			start_again(&c);
		buf_clear(&c.last);
	}
	terminal_resize(s->terminal, columns, rows);
	buf_release(&c.last);
}
