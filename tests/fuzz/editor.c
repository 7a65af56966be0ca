/* SPDX-License-Identifier: MIT
 *
 * The text that is being typed: keys in any order.
 *
 * The first byte says how many lines and how wide; then each byte is a key, or
 * begins a character that is typed, or is one of these, with what it needs behind
 * it:
 */
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "base/text.h"
#include "fuzz.h"
#include "tui/editor.h"

enum {
	RESIZE = 0x18, /* columns */
	PASTE,         /* how many bytes, and these */
	PLACE,         /* line, column */
	PAUSED,        /* whoever draws has drawn */
	TYPED = 0x20,  /* from here on characters */
};

#define LONGEST 4000 /* bytes of text; more is only slow */

struct input {
	const uint8_t *at;
	size_t left;
};

static uint8_t next(struct input *in)
{
	if (!in->left)
		return 0;
	in->left--;
	return *in->at++;
}

static size_t columns_of(uint8_t byte)
{
	return 3 + byte % 90;
}

static void check_text(const struct editor *e)
{
	size_t at = 0;

	MUST(strlen(e->text.s) == e->text.len);
	MUST(text_is_utf8(e->text.s, e->text.len));
	MUST(e->many_lines || !strchr(e->text.s, '\n'));
	for (size_t i = 0; i < e->text.len; i++)
		MUST((unsigned char)e->text.s[i] >= 0x20 ||
		     e->text.s[i] == '\n');
	while (at < e->cursor)
		at += text_grapheme(e->text.s + at);
	MUST(at == e->cursor);
}

/* The lines are those of an editor that begins with this text. */
static void check_lines(const struct editor *e)
{
	struct editor fresh;

	editor_init(&fresh, e->text.s, e->many_lines, e->columns);
	MUST(fresh.n_lines == e->n_lines);
	for (size_t i = 0; i < e->n_lines; i++)
		MUST(fresh.lines[i].start == e->lines[i].start &&
		     fresh.lines[i].length == e->lines[i].length);
	editor_release(&fresh);
	MUST(editor_cursor_line(e) < e->n_lines);
	editor_cursor_column(e);
}

static void paste(struct editor *e, struct input *in)
{
	size_t n = next(in);
	char *text;

	if (n > in->left)
		n = in->left;
	text = fuzz_text(in->at, n);
	in->at += n;
	in->left -= n;
	if (text && e->text.len + n < LONGEST)
		editor_paste(e, text);
	free(text);
}

static void type(struct editor *e, struct input *in)
{
	ucs4_t c;
	int n = u8_mbtouc(&c, in->at, in->left);

	in->at += n;
	in->left -= (size_t)n;
	if (e->text.len < LONGEST)
		editor_type(e, c);
}

static void press(struct editor *e, struct input *in)
{
	enum { ACTIONS = ACTION_REDO - ACTION_ENTER + 1 };
	size_t line;
	uint8_t byte;

	if (*in->at >= TYPED) {
		type(e, in);
		return;
	}
	switch (byte = next(in)) {
	case RESIZE:
		editor_resize(e, columns_of(next(in)));
		break;
	case PASTE:
		paste(e, in);
		break;
	case PLACE:
		line = next(in);
		if (line < e->n_lines)
			editor_place(e, line, next(in));
		break;
	case PAUSED:
		e->changed_from = e->changed_to = 0;
		break;
	default:
		if (e->text.len < LONGEST)
			editor_do(e, ACTION_ENTER + byte % ACTIONS);
		break;
	}
}

void fuzz_editor(const uint8_t *bytes, size_t length)
{
	struct input in = { bytes, length };
	uint8_t first = next(&in);
	struct editor e;

	editor_init(&e, "", first & 0x80, columns_of(first & 0x7f));
	while (in.left) {
		press(&e, &in);
		check_text(&e);
		check_lines(&e);
	}
	editor_release(&e);
}
