/* SPDX-License-Identifier: MIT */
#include "tui/frame.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/width.h"

#define CUT "..." /* what was longer ends, or begins, so */

int frame_body_rows(const struct term *t, int message_rows)
{
	return term_rows(t) - FRAME_BODY_TOP - message_rows - 2;
}

static void wrap_saying(const struct term *t, const struct saying *s,
                        struct text_lines *lines)
{
	text_wrap(s->text, (size_t)term_columns(t) - 2, screen_width(), lines);
}

int frame_message_rows(const struct term *t, const struct saying *sayings,
                       size_t n)
{
	int most = frame_body_rows(t, 0) / 2, rows = 0;

	for (size_t i = 0; i < n; i++) {
		struct text_lines lines;

		if (!*sayings[i].text)
			continue;
		wrap_saying(t, &sayings[i], &lines);
		rows += (int)lines.n;
		text_lines_release(&lines);
	}
	if (rows > most)
		rows = most;
	return rows > FRAME_MESSAGE_ROWS ? rows : FRAME_MESSAGE_ROWS;
}

bool frame_fits(const struct term *t)
{
	return term_rows(t) >= FRAME_ROWS_LEAST &&
	       term_columns(t) >= FRAME_COLUMNS_LEAST;
}

void frame_draw_too_small(struct term *t)
{
	const char *text = _("画面を 40 桁 12 行以上にしてください");
	struct text_lines lines;
	int columns = term_columns(t);

	term_clear(t);
	text_wrap(text, columns > 2 ? (size_t)columns : 2, screen_width(), &lines);
	for (size_t i = 0; i < lines.n; i++)
		term_put(t, (int)i, 0, text + lines.items[i].start,
		         lines.items[i].length, STYLE_PLAIN);
	text_lines_release(&lines);
	term_hide_cursor(t);
}

void frame_draw_title(struct term *t, const char *title, const char *right)
{
	int columns = term_columns(t);
	int at = columns - screen_columns(right) - 1;

	term_blank(t, 0, 0, columns, STYLE_TITLE);
	term_put(t, 0, 1, title, strlen(title), STYLE_TITLE);
	if (at < 1)
		at = 1;
	/* The right side counts more than the end of a long title. */
	term_blank(t, 0, at - 1, columns - at + 1, STYLE_TITLE);
	term_put(t, 0, at, right, strlen(right), STYLE_TITLE);
}

/* LENGTH bytes of TEXT in ROW, and that it is cut there. */
static void draw_cut(struct term *t, int row, const char *text, size_t length,
                     enum style style)
{
	size_t most = (size_t)term_columns(t) - 2 - strlen(CUT), n = 0, used = 0;

	while (n < length) {
		size_t next = text_grapheme(text + n);

		used += text_columns(text + n, next, screen_width());
		if (used > most)
			break;
		n += next;
	}
	term_put(t, row, 1, text, n, style);
	term_put(t, row, 1 + (int)text_columns(text, n, screen_width()), CUT,
	         strlen(CUT), style);
}

/* In ROWS from ROW on. */
static void draw_saying(struct term *t, const struct saying *s,
                        const struct text_lines *lines, int row, size_t rows)
{
	for (size_t i = 0; i < rows; i++) {
		const char *line = s->text + lines->items[i].start;

		if (i + 1 == rows && rows < lines->n)
			draw_cut(t, row + (int)i, line, lines->items[i].length,
			         s->style);
		else
			term_put(t, row + (int)i, 1, line,
			         lines->items[i].length, s->style);
	}
}

/* Take from ROWS, which the N sayings need, until they are MOST: from the longest,
 * but from FIRST only when each other one has no more than one. */
static void share_rows(size_t *rows, size_t n, size_t first, size_t most)
{
	size_t sum = 0, from;

	for (size_t i = 0; i < n; i++)
		sum += rows[i];
	for (; sum > most; sum--) {
		from = first;
		for (size_t i = 0; i < n; i++)
			if (i != first && rows[i] > 1 &&
			    (from == first || rows[i] > rows[from]))
				from = i;
		rows[from]--;
	}
}

void frame_draw_message(struct term *t, const struct saying *sayings, size_t n,
                        size_t first, int rows)
{
	int end = term_rows(t) - 2, row = end - rows;
	struct text_lines *lines = mem_array(n, sizeof *lines);
	size_t *shares = mem_array(n, sizeof *shares);

	for (int i = row; i < end; i++)
		term_blank(t, i, 0, term_columns(t), STYLE_PLAIN);
	for (size_t i = 0; i < n; i++) {
		wrap_saying(t, &sayings[i], &lines[i]);
		shares[i] = *sayings[i].text ? lines[i].n : 0;
	}
	share_rows(shares, n, first, (size_t)rows);
	for (size_t i = 0; i < n; i++) {
		draw_saying(t, &sayings[i], &lines[i], row, shares[i]);
		row += (int)shares[i];
		text_lines_release(&lines[i]);
	}
	free(shares);
	free(lines);
}

/* Columns that D takes in the bar. */
static int bar_width(const struct action_def *d)
{
	char *key = key_name(d->keys[0]);
	int width = screen_columns(key) + 1 + screen_columns(_(d->bar));

	free(key);
	return width;
}

static void draw_key(struct term *t, int row, int column,
                     const struct action_def *d)
{
	char *key = key_name(d->keys[0]);
	const char *word = _(d->bar);

	term_put(t, row, column, key, strlen(key), STYLE_KEY);
	term_put(t, row, column + screen_columns(key) + 1, word, strlen(word),
	         STYLE_PLAIN);
	free(key);
}

/* Whoever does not know what to do needs these, however narrow it is. */
static bool is_needed(const struct action_def *d)
{
	return d->action == ACTION_HELP || d->action == ACTION_QUIT ||
	       d->action == ACTION_CLOSE || d->action == ACTION_GO;
}

/* What stands in the bar one behind the other. */
struct bar {
	const struct action_def *next; /* in the list */
	unsigned where;
	int column; /* behind what stood there before */
	int room;   /* columns, without what is needed for those that must stand there */
};

static struct bar bar_begin(const struct term *t, unsigned where)
{
	struct bar b = { action_defs, where, 0, term_columns(t) };

	for (const struct action_def *d = action_defs; d->action; d++)
		if (d->bar && (d->where & where) && is_needed(d))
			b.room -= bar_width(d) + 1;
	return b;
}

/* The next that has room, at *COLUMN; NULL behind the last. */
static const struct action_def *bar_next(struct bar *b, int *column)
{
	for (const struct action_def *d; b->next->action;) {
		int width;

		d = b->next++;
		if (!d->bar || !(d->where & b->where))
			continue;
		width = bar_width(d) + 1;
		if (is_needed(d))
			b->room += width;
		else if (b->column + width > b->room + 1)
			continue;
		*column = b->column;
		b->column += width;
		return d;
	}
	return NULL;
}

void frame_draw_keys(struct term *t, unsigned where)
{
	struct bar b = bar_begin(t, where);
	const struct action_def *d;
	int row = term_rows(t) - 1, column;

	term_blank(t, row, 0, term_columns(t), STYLE_PLAIN);
	while ((d = bar_next(&b, &column)))
		draw_key(t, row, column, d);
}

key_code frame_bar_key(const struct term *t, unsigned where, int row, int column)
{
	struct bar b = bar_begin(t, where);
	const struct action_def *d;
	int start;

	if (row != term_rows(t) - 1)
		return KEYS_NONE;
	while ((d = bar_next(&b, &start)))
		if (column >= start && column < b.column - 1)
			return d->keys[0];
	return KEYS_NONE;
}

char *frame_above(size_t n)
{
	return n ? buf_format(_(" ^ 上に %zu 行 "), n) : mem_strdup("");
}

char *frame_below(size_t n)
{
	return n ? buf_format(_(" v 下に %zu 行 "), n) : mem_strdup("");
}

char *frame_name(const char *name, int most)
{
	char *safe = text_from_bytes(name);
	const char *end = safe;
	char *text;

	while (screen_columns(end) > most)
		end += text_grapheme(end);
	text = buf_format("%s%s", *end && end != safe ? CUT : "", end);
	free(safe);
	return text;
}

void frame_draw_rules(struct term *t, size_t above, size_t below,
                      const char *name)
{
	int columns = term_columns(t), row = term_rows(t) - 2;
	char *up = frame_above(above), *down = frame_below(below);
	char *end = frame_name(name, columns - screen_columns(down) - 8);
	char *named = *end ? buf_format(" %s ", end) : mem_strdup("");

	term_rule(t, 1, 0, columns);
	term_put(t, 1, columns - screen_columns(up) - 2, up, strlen(up),
	         STYLE_STRONG);
	term_rule(t, row, 0, columns);
	term_put(t, row, 2, down, strlen(down), STYLE_STRONG);
	term_put(t, row, columns - screen_columns(named) - 2, named,
	         strlen(named), STYLE_PLAIN);
	free(named);
	free(end);
	free(down);
	free(up);
}
