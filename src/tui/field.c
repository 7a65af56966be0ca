/* SPDX-License-Identifier: MIT */
#include "tui/field.h"

#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "form/question_type.h"
#include "record/reason.h"
#include "tui/frame.h"
#include "tui/width.h"

#define GAP 3 /* columns between choices side by side */
#define DATE_LEAST 22 /* columns to write a date in: 令和７年１２月１０日, */
#define DATE_MOST 28  /* with （木） */
#define ISO_COLUMNS 10
#define TOLD_MOST 22  /* columns of 令和17年12月10日（木） */
#define TOLD_GAP 2

static const char *choice_label(const struct record *r, const struct choice *ch)
{
	const char *label = form_words(r->form, &ch->label,
	                               reader_language(r->form,
	                                               READER_AT_SCREEN));

	return *label ? label : ch->name;
}

static bool is_date(const struct record *r, int q)
{
	return strcmp(r->form->questions[q].type->name, "date") == 0;
}

static bool takes_many(const struct record *r, int q)
{
	return r->form->questions[q].type->choices == CHOICES_MANY;
}

/* --- beginning and end -------------------------------------------------- */

/* The first choice that is chosen; 0 if none is. */
static size_t option_chosen(const struct record *r, int q, const char *names)
{
	const struct choice *ch;

	for (size_t n = 1; (ch = record_offered(r, q, n)); n++)
		if (answer_has_choice(names, ch->name))
			return n;
	return 0;
}

void field_init(struct field *f, const struct record *r, int q)
{
	const struct question *question = &r->form->questions[q];
	const char *answer = record_answer(r, q);

	*f = (struct field){ .q = q };
	if (question->choices) {
		f->kind = FIELD_CHOICE;
		f->names = mem_strdup(record_is_valid(r, q) ? answer : "");
		f->option = option_chosen(r, q, f->names);
		return;
	}
	f->kind = question->multiline ? FIELD_TEXT : FIELD_LINE;
	editor_init(&f->editor, answer, f->kind == FIELD_TEXT, 0);
}

void field_release(struct field *f)
{
	field_rest(f);
	if (f->kind == FIELD_CHOICE)
		free(f->names);
	else
		editor_release(&f->editor);
}

void field_refresh(struct field *f, const struct record *r)
{
	f->typing = false;
	if (f->kind != FIELD_LINE)
		return;
	editor_set(&f->editor, record_answer(r, f->q));
	f->top = 0; /* a byte of the text that was */
}

const char *field_answer(const struct field *f)
{
	return f->kind == FIELD_CHOICE ? f->names : f->editor.text.s;
}

/* --- where it stands ---------------------------------------------------- */

/* The columns of "( ) 1 ", before the label of choice N. */
static int lead_columns(size_t n)
{
	return 6 + (n > 9);
}

static int option_columns(const struct record *r, const struct choice *ch,
                          size_t n)
{
	const char *label = choice_label(r, ch);

	return lead_columns(n) + screen_columns(label);
}

int choices_columns(const struct record *r, int q)
{
	const struct choice *ch;
	int columns = 0;

	for (size_t n = 1; (ch = record_offered(r, q, n)); n++)
		columns += (n > 1 ? GAP : 0) + option_columns(r, ch, n);
	return columns;
}

static void wrap_label(const struct field *f, const char *label, size_t n,
                       struct text_lines *lines)
{
	text_wrap(label, (size_t)(f->width - lead_columns(n)), screen_width(),
	          lines);
}

/* Where an option stands in the page's body, and how large it is. */
struct place {
	int row, column;
	int rows, columns;
};

/* The place of CH, option N, behind the one at BEFORE unless it is the first. What
 * is wider than the field has as many rows as it needs. */
static struct place place_of(const struct field *f, const struct record *r,
                             const struct choice *ch, size_t n,
                             struct place before)
{
	struct place p = { f->row, f->column, 1, option_columns(r, ch, n) };
	struct text_lines lines;

	if (p.columns > f->width) {
		wrap_label(f, choice_label(r, ch), n, &lines);
		p.rows = (int)lines.n;
		p.columns = f->width;
		text_lines_release(&lines);
	}
	if (n > 1 && f->in_a_row)
		p.column = before.column + before.columns + GAP;
	else if (n > 1)
		p.row = before.row + before.rows;
	return p;
}

static int choices_rows(const struct field *f, const struct record *r)
{
	struct place p = { f->row, 0, 0, 0 };
	const struct choice *ch;

	for (size_t n = 1; (ch = record_offered(r, f->q, n)); n++)
		p = place_of(f, r, ch, n, p);
	return p.row + p.rows - f->row;
}

void field_option_rows(const struct field *f, const struct record *r, int *first,
                       int *rows)
{
	struct place p = { f->row, 0, 1, 0 };
	const struct choice *ch;

	for (size_t n = 1; n <= f->option && (ch = record_offered(r, f->q, n)); n++)
		p = place_of(f, r, ch, n, p);
	*first = p.row;
	*rows = p.rows;
}

void field_place(struct field *f, const struct record *r, int row, int column,
                 int width, int height)
{
	f->row = row;
	f->column = column;
	f->width = width;
	f->height = 1;
	f->drawn = false;
	if (f->kind == FIELD_CHOICE) {
		f->in_a_row = choices_columns(r, f->q) <= width;
		if (!f->in_a_row)
			f->height = choices_rows(f, r);
	} else if (f->kind == FIELD_TEXT) {
		f->height = height;
		f->editor.rows = (size_t)height - 2;
		editor_resize(&f->editor, (size_t)(width - 4));
	} else {
		f->told = is_date(r, f->q) &&
		          width >= DATE_LEAST + TOLD_GAP + TOLD_MOST;
		if (f->told)
			f->width = width - TOLD_GAP - TOLD_MOST;
		if (f->told && f->width > DATE_MOST)
			f->width = DATE_MOST;
		editor_resize(&f->editor, (size_t)f->width);
	}
}

/* --- keys --------------------------------------------------------------- */

static void set_names(struct field *f, char *names)
{
	free(f->names);
	f->names = names;
}

/* Choose option N; of several, turn it. */
static enum field_result choose(struct field *f, const struct record *r,
                                size_t n)
{
	const struct choice *ch = record_offered(r, f->q, n);
	struct buf names;
	bool had;

	if (!ch)
		return FIELD_IGNORED;
	f->option = n;
	if (!takes_many(r, f->q)) {
		set_names(f, mem_strdup(ch->name));
		return FIELD_ANSWERED;
	}
	had = answer_has_choice(f->names, ch->name);
	buf_init(&names);
	for (size_t i = 1; (ch = record_offered(r, f->q, i)); i++)
		if (answer_has_choice(f->names, ch->name) ? !(i == n && had)
		                                          : i == n)
			buf_addf(&names, "%s%s", names.len ? " " : "", ch->name);
	set_names(f, names.s);
	return FIELD_ANSWERED;
}

static enum field_result point_at(struct field *f, const struct record *r,
                                  int by)
{
	size_t n = f->option + (size_t)by;

	if (by < 0 && f->option <= 1)
		return FIELD_PREVIOUS;
	if (!record_offered(r, f->q, n))
		return FIELD_NEXT;
	f->option = n;
	return FIELD_MOVED;
}

/* Side by side, left and right point and up and down leave; one below the other
 * it is the other way round. */
static enum field_result choice_move(struct field *f, const struct record *r,
                                     enum action action)
{
	bool along = f->in_a_row
		? action == ACTION_LEFT || action == ACTION_RIGHT
		: action == ACTION_UP || action == ACTION_DOWN;
	int by = action == ACTION_LEFT || action == ACTION_UP ? -1 : 1;

	if (along && f->in_a_row) {
		enum field_result result = point_at(f, r, by);

		return result == FIELD_MOVED ? result : FIELD_IGNORED;
	}
	if (along)
		return point_at(f, r, by);
	if (f->in_a_row)
		return by < 0 ? FIELD_PREVIOUS : FIELD_NEXT;
	return FIELD_IGNORED;
}

void field_rest(struct field *f)
{
	f->typed[0] = '\0';
	free(f->before);
	f->before = NULL;
}

static void add_typed(struct field *f, key_code key)
{
	size_t length = strlen(f->typed);
	int n = u8_uctomb((uint8_t *)f->typed + length, key,
	                  (long)(sizeof f->typed - length - 1));

	f->typed[length + (n > 0 ? (size_t)n : 0)] = '\0';
}

/* The choice whose label or name begins with what was typed; 0 if none. */
static size_t option_typed(const struct field *f, const struct record *r)
{
	const struct choice *ch;

	for (size_t n = 1; (ch = record_offered(r, f->q, n)); n++)
		if (text_has_prefix(choice_label(r, ch), f->typed) ||
		    text_has_prefix(ch->name, f->typed))
			return n;
	return 0;
}

/* A digit chooses (another one may correct it), so does a word, by its
 * beginning. But a whole sentence or a date, typed here by mistake, must not answer by
 * the letters and digits in it: then what was chosen before it stays. */
static enum field_result choice_typed(struct field *f, const struct record *r,
                                      key_code key)
{
	bool digits = strspn(f->typed, "0123456789") == strlen(f->typed);
	size_t option;

	if (key >= 0xff10 && key <= 0xff19) /* full-width */
		key = key - 0xff10 + '0';
	if (!f->before)
		f->before = mem_strdup(f->names);
	add_typed(f, key);
	if (!takes_many(r, f->q) && strlen(f->typed) > 3) /* a year */
		digits = false;
	option = digits && key >= '1' && key <= '9'
		? (record_offered(r, f->q, key - '0') ? key - '0' : 0)
		: option_typed(f, r);
	if (!option || !digits) /* a word chooses once, not once a letter */
		set_names(f, mem_strdup(f->before));
	if (option)
		return choose(f, r, option);
	f->option = option_chosen(r, f->q, f->names); /* Enter takes that */
	return FIELD_REFUSED;
}

static enum field_result choice_key(struct field *f, const struct record *r,
                                    key_code key)
{
	enum action action = action_for(key, IN_CHOICE);

	if (action)
		field_rest(f);
	switch (action) {
	case ACTION_ENTER: /* what is not pointed at is not chosen unawares */
		if (!takes_many(r, f->q) && f->option)
			choose(f, r, f->option);
		return *field_answer(f) || !record_is_required(r, f->q)
			? FIELD_NEXT : FIELD_REFUSED;
	case ACTION_CHOOSE:
		return choose(f, r, f->option ? f->option : 1);
	case ACTION_DELETE:
		set_names(f, mem_strdup(""));
		return FIELD_ANSWERED;
	case ACTION_LEFT:
	case ACTION_RIGHT:
	case ACTION_UP:
	case ACTION_DOWN:
		return choice_move(f, r, action);
	default:
		break;
	}
	return key >= ' ' && key < KEY_F_(0) ? choice_typed(f, r, key)
	                                     : FIELD_IGNORED;
}

static enum field_result text_result(struct field *f, enum editor_result result)
{
	static const enum field_result results[] = {
		[EDITOR_FULL] = FIELD_FULL,
		[EDITOR_IGNORED] = FIELD_IGNORED,
		[EDITOR_MOVED] = FIELD_MOVED,
		[EDITOR_CHANGED] = FIELD_TYPED,
		[EDITOR_LEFT_UP] = FIELD_PREVIOUS,
		[EDITOR_LEFT_DOWN] = FIELD_NEXT,
	};

	f->typing |= result == EDITOR_CHANGED;
	return results[result];
}

enum field_result field_key(struct field *f, const struct record *r,
                            key_code key)
{
	enum action action;

	if (f->kind == FIELD_CHOICE)
		return choice_key(f, r, key);
	action = action_for(key, IN_TEXT);
	if (action == ACTION_ENTER && f->kind == FIELD_LINE)
		return FIELD_NEXT;
	if (action)
		return text_result(f, editor_do(&f->editor, action));
	if (key < ' ' || key >= KEY_F_(0))
		return FIELD_IGNORED;
	return text_result(f, editor_type(&f->editor, key));
}

enum field_result field_paste(struct field *f, const char *text)
{
	return f->kind == FIELD_CHOICE ? FIELD_REFUSED
	                               : text_result(f, editor_paste(&f->editor, text));
}

/* The option at ROW and COLUMN; 0 if none. */
static size_t option_at(const struct field *f, const struct record *r, int row,
                        int column)
{
	struct place p = {0};
	const struct choice *ch;

	for (size_t n = 1; (ch = record_offered(r, f->q, n)); n++) {
		p = place_of(f, r, ch, n, p);
		if (row >= p.row && row < p.row + p.rows &&
		    column >= p.column && column < p.column + p.columns)
			return n;
	}
	return 0;
}

/* The column of the text at COLUMN of the screen, in a FIELD_LINE. */
static size_t line_column(const struct field *f, int column)
{
	size_t skipped = text_columns(f->editor.text.s, f->top, screen_width());

	return skipped + (column > f->column ? (size_t)(column - f->column) : 0);
}

enum field_result field_click(struct field *f, const struct record *r, int row,
                              int column)
{
	if (f->kind == FIELD_CHOICE) {
		field_rest(f);
		return choose(f, r, option_at(f, r, row, column));
	}
	if (f->kind == FIELD_LINE)
		editor_place(&f->editor, 0, line_column(f, column));
	else if (row > f->row && row < f->row + f->height - 1 &&
	         column >= f->column + 2)
		editor_place(&f->editor, f->top + (size_t)(row - f->row - 1),
		             (size_t)(column - f->column - 2));
	return FIELD_MOVED;
}

/* --- drawing ------------------------------------------------------------ */

/* The screen's row for ROW of the body; -1 where that is not seen. */
static int on_screen(const struct body *b, int row)
{
	return row >= b->first && row < b->last ? b->top + row - b->first : -1;
}

/* "( ) 1 はい", at P. */
static void draw_option(const struct field *f, const struct record *r,
                        struct term *t, const struct body *b,
                        const struct choice *ch, size_t n, struct place p)
{
	bool many = takes_many(r, f->q);
	bool chosen = answer_has_choice(f->names, ch->name);
	const char *label = choice_label(r, ch);
	struct text_line whole = { 0, strlen(label) };
	struct text_lines lines = { &whole, 1 };
	char *lead = buf_format("%c%c%c %zu ", many ? '[' : '(',
	                        chosen ? '*' : ' ', many ? ']' : ')', n);

	term_put(t, on_screen(b, p.row), p.column, lead, strlen(lead),
	         STYLE_PLAIN);
	free(lead);
	if (p.rows > 1)
		wrap_label(f, label, n, &lines);
	for (size_t i = 0; i < lines.n; i++)
		term_put(t, on_screen(b, p.row + (int)i),
		         p.column + lead_columns(n),
		         label + lines.items[i].start, lines.items[i].length,
		         STYLE_PLAIN);
	if (p.rows > 1)
		text_lines_release(&lines);
}

/* The one pointed at has a mark before it: nothing else need be drawn again when
 * that moves. */
static void draw_choice(struct field *f, const struct record *r, struct term *t,
                        const struct body *b, bool focus)
{
	const struct choice *ch;
	struct place p = {0};
	int cursor_row = -1, cursor_column = 0;

	for (size_t n = 1; (ch = record_offered(r, f->q, n)); n++) {
		bool here = focus && n == f->option;
		int at;

		p = place_of(f, r, ch, n, p);
		at = on_screen(b, p.row);
		if (!f->drawn)
			draw_option(f, r, t, b, ch, n, p);
		term_put(t, at, p.column - 1, here ? ">" : " ", 1,
		         here ? STYLE_FOCUS : STYLE_PLAIN);
		if (at >= 0 && (here || (n == 1 && focus && !f->option))) {
			cursor_row = at;
			cursor_column = p.column + 1;
		}
	}
	f->drawn = true;
	if (cursor_row >= 0) /* last: writing moves it */
		term_cursor(t, cursor_row, cursor_column);
}

/* Keep the cursor within the field; the columns before it there. What is not
 * seen is not looked at. */
static size_t scroll_line(struct field *f)
{
	const struct editor *e = &f->editor;
	const char *text = e->text.s;
	size_t columns, n;

	if (e->cursor < f->top)
		f->top = e->cursor;
	columns = text_columns(text + f->top, e->cursor - f->top, screen_width());
	for (; columns && columns >= (size_t)f->width; f->top += n) {
		n = text_grapheme(text + f->top);
		columns -= text_columns(text + f->top, n, screen_width());
	}
	return columns;
}

bool field_date(const struct field *f, const struct record *r, date_day *day)
{
	char *why = NULL, *answer = NULL;
	bool is_one;

	if (is_date(r, f->q) && !text_is_blank(field_answer(f)))
		answer = record_read(r, f->q, field_answer(f), &why);
	is_one = answer && date_read_iso(answer, day);
	free(answer);
	free(why);
	return is_one;
}

/* Beside a date, while it is typed and afterwards, what it is in the Japanese
 * calendar, and its weekday; nothing beside what is no date yet. */
static void draw_told(const struct field *f, const struct record *r,
                      struct term *t, int row, int column)
{
	date_day day;
	char *words;

	term_blank(t, row, column, TOLD_MOST, STYLE_PLAIN);
	if (!field_date(f, r, &day))
		return;
	words = date_wareki_and_weekday(day);
	term_put(t, row, column, words, strlen(words), STYLE_FAINT);
	free(words);
}

/* As at a choice: what keys act on has a mark before it. */
static void draw_mark(const struct field *f, struct term *t, int row, bool focus)
{
	term_put(t, row, f->column - 1, focus ? ">" : " ", 1,
	         focus ? STYLE_FOCUS : STYLE_PLAIN);
}

static void draw_line(struct field *f, const struct record *r, struct term *t,
                      const struct body *b, bool focus)
{
	int row = on_screen(b, f->row), width = f->width;
	bool told = f->told;
	size_t columns;
	date_day day;

	if (row < 0)
		return;
	/* Where there is no room beside it, there is when it has been written. */
	if (!told && !focus && field_date(f, r, &day) &&
	    width >= ISO_COLUMNS + TOLD_GAP + TOLD_MOST) {
		told = true;
		width = ISO_COLUMNS;
	}
	if (!f->drawn)
		draw_mark(f, t, row, focus);
	f->drawn = true;
	columns = scroll_line(f);
	term_field(t, row, f->column, width, f->editor.text.s + f->top);
	if (told)
		draw_told(f, r, t, row, f->column + width + TOLD_GAP);
	if (focus)
		term_cursor(t, row, f->column + (int)columns);
}

/* A border of the box, with what it HIDES in words. Frees them. */
static void draw_border(const struct field *f, struct term *t, int row,
                        char *hides)
{
	term_put(t, row, f->column, "+", 1, STYLE_FAINT);
	term_rule(t, row, f->column + 1, f->width - 2);
	term_put(t, row, f->column + f->width - 1, "+", 1, STYLE_FAINT);
	term_put(t, row, f->column + f->width - 3 - screen_columns(hides), hides,
	         strlen(hides), STYLE_STRONG);
	free(hides);
}

static void draw_text_line(const struct field *f, struct term *t, int row,
                           size_t line)
{
	const struct editor *e = &f->editor;

	term_put(t, row, f->column, "|", 1, STYLE_FAINT);
	term_blank(t, row, f->column + 1, f->width - 2, STYLE_PLAIN);
	if (line < e->n_lines)
		term_put(t, row, f->column + 2, e->text.s + e->lines[line].start,
		         e->lines[line].length, STYLE_PLAIN);
	term_put(t, row, f->column + f->width - 1, "|", 1, STYLE_FAINT);
}

/* True where LINE was drawn, the first in the box being TOP then, and is still the
 * same. */
static bool is_drawn(const struct field *f, size_t line, size_t top)
{
	return f->drawn && line >= top && line < top + (size_t)f->height - 2 &&
	       !(line >= f->editor.changed_from && line < f->editor.changed_to);
}

/* The cursor's line in sight, and no line hidden that there is room for. */
static void scroll_text(struct field *f)
{
	size_t inside = (size_t)f->height - 2, lines = f->editor.n_lines;
	size_t line = editor_cursor_line(&f->editor);

	if (f->top + inside > lines)
		f->top = lines > inside ? lines - inside : 0;
	if (line < f->top)
		f->top = line;
	if (line >= f->top + inside)
		f->top = line - inside + 1;
}

/* Move what is seen of the text to where it now stands, TOP having been the first
 * line. Where something else stands in these rows or not all of them are seen, all
 * is drawn again. */
static void move_text(struct field *f, struct term *t, const struct body *b,
                      size_t top)
{
	int first = on_screen(b, f->row + 1);
	int last = on_screen(b, f->row + f->height - 2);
	bool alone = f->column + f->width + f->column == term_columns(t);

	if (!f->drawn || f->top == top)
		return;
	f->drawn = alone && first >= 0 && last >= 0;
	if (f->drawn)
		term_scroll(t, first, f->height - 2, (int)f->top - (int)top);
}

static void draw_borders(struct field *f, struct term *t, const struct body *b,
                         bool focus)
{
	size_t end = f->top + (size_t)f->height - 2;
	size_t below = f->editor.n_lines > end ? f->editor.n_lines - end : 0;
	int top = on_screen(b, f->row);
	int bottom = on_screen(b, f->row + f->height - 1);

	if (top >= 0 && !f->drawn)
		draw_mark(f, t, top, focus);
	if (top >= 0 && (!f->drawn || f->above != f->top))
		draw_border(f, t, top, frame_above(f->top));
	if (bottom >= 0 && (!f->drawn || f->below != below))
		draw_border(f, t, bottom, frame_below(below));
	f->above = f->top;
	f->below = below;
}

static void draw_text(struct field *f, struct term *t, const struct body *b,
                      bool focus)
{
	size_t line = editor_cursor_line(&f->editor), top = f->top;

	scroll_text(f);
	move_text(f, t, b, top);
	draw_borders(f, t, b, focus);
	for (int i = 1; i < f->height - 1; i++) {
		int row = on_screen(b, f->row + i);

		if (row >= 0 && !is_drawn(f, f->top + (size_t)i - 1, top))
			draw_text_line(f, t, row, f->top + (size_t)i - 1);
	}
	f->drawn = true;
	f->editor.changed_from = f->editor.changed_to = 0;
	if (focus && on_screen(b, f->row + 1 + (int)(line - f->top)) >= 0)
		term_cursor(t, on_screen(b, f->row + 1 + (int)(line - f->top)),
		            f->column + 2 +
		            (int)editor_cursor_column(&f->editor));
}

void field_draw(struct field *f, const struct record *r, struct term *t,
                const struct body *body, bool focus)
{
	switch (f->kind) {
	case FIELD_CHOICE:
		draw_choice(f, r, t, body, focus);
		break;
	case FIELD_LINE:
		draw_line(f, r, t, body, focus);
		break;
	case FIELD_TEXT:
		draw_text(f, t, body, focus);
		break;
	}
}
