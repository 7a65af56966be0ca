/* SPDX-License-Identifier: MIT */
#include "tui/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "form/articles.h"
#include "form/question_type.h"
#include "record/check.h"
#include "record/describe.h"
#include "record/flow.h"
#include "record/reason.h"
#include "tui/width.h"

#define MARGIN 1       /* columns left of everything */
#define LABEL_MOST 30  /* columns of a label that has its field beside it */
#define BOX_LEAST 4    /* rows of a box, with its border */
#define BOX_MOST 20
#define COLUMNS_LEAST 40

int page_first_stop(const struct record *r, int row)
{
	for (int q = row; q < r->form->questions[row].end; q++)
		if (flow_is_stop(r, q))
			return q;
	return -1;
}

static int language(const struct page *p)
{
	return reader_language(p->record->form, READER_AT_SCREEN);
}

/* --- laying out --------------------------------------------------------- */

static void add_text(struct page *p, int row, int column, enum style style,
                     char *text)
{
	p->texts = mem_room(p->texts, p->n_texts, &p->cap_texts,
	                    sizeof *p->texts);
	p->texts[p->n_texts++] = (struct page_text){ text, style, row, column,
	                                             NULL };
}

/* GIVEN in as many rows as it needs, from ROW on; the row after it. */
static int add_wrapped(struct page *p, int row, enum style style,
                       const char *given)
{
	char *text = text_in_lines(given);
	struct text_lines lines;

	text_wrap(text, (size_t)(p->columns - 2 * MARGIN), screen_width(), &lines);
	for (size_t i = 0; i < lines.n; i++)
		add_text(p, row++, MARGIN, style,
		         mem_strndup(text + lines.items[i].start,
		                     lines.items[i].length));
	text_lines_release(&lines);
	free(text);
	return row;
}

/* "番号 5   第3条第3項" and the sentence. */
static int add_item_head(struct page *p, int row)
{
	const struct form *form = p->record->form;
	const struct question *group = &form->questions[p->row];
	char *clause = clause_words(group->clause);
	char *head = buf_format("%s%s%s%s", _("番号"), group->number,
	                        *clause ? "   " : "", clause);

	add_text(p, row++, MARGIN, STYLE_PLAIN, head);
	free(clause);
	row = add_wrapped(p, row, STYLE_STRONG,
	                  form_label(form, group, language(p)));
	return row + 1;
}

/* The label of Q with its state. */
static char *label_text(const struct page *p, int q)
{
	const struct record *r = p->record;

	return buf_format("%s%s",
	                  form_label(r->form, &r->form->questions[q],
	                             language(p)),
	                  record_is_required(r, q) ? _(" (必須)") : "");
}

/* Label and field in one row, where the room allows; else one under the other.
 * BOX is the height of a FIELD_TEXT. Returns the row after them. */
static int place_field(struct page *p, struct field *f, int row, int box)
{
	int indent = MARGIN + LABEL_MOST + 2;
	int beside = p->columns - MARGIN - indent;
	char *label = label_text(p, f->q);
	bool fits = screen_columns(label) <= LABEL_MOST &&
	            ((f->kind == FIELD_CHOICE &&
	              choices_columns(p->record, f->q) <= beside) ||
	             (f->kind == FIELD_LINE && beside >= 20));

	if (*record_answer(p->record, f->q) &&
	    question_has_error(p->record, f->q)) {
		add_text(p, row, 0, STYLE_ERROR, mem_strdup("!"));
		p->texts[p->n_texts - 1].wrong = f;
	}
	if (fits) {
		add_text(p, row, MARGIN, STYLE_PLAIN, label);
		field_place(f, p->record, row, indent, beside, 1);
	} else {
		row = add_wrapped(p, row, STYLE_PLAIN, label);
		free(label);
		field_place(f, p->record, row,
		            f->kind == FIELD_TEXT ? MARGIN : MARGIN + 2,
		            p->columns - 2 * MARGIN -
		            (f->kind == FIELD_TEXT ? 0 : 2), box);
	}
	return f->row + f->height;
}

/* What is calculated on this page and has a label, under its fields. */
static int add_calculated(struct page *p, int row)
{
	const struct form *form = p->record->form;

	for (int q = p->row; q < form->questions[p->row].end; q++) {
		const struct question *question = &form->questions[q];
		char *answer, *line;

		if (question->type->role != ROLE_COMPUTED ||
		    !question->label.in || !*question->number ||
		    !*record_effective_answer(p->record, q))
			continue;
		answer = describe_answer(p->record, q);
		line = buf_format(_("紙面の (%s) %s: %s"), question->number,
		                  form_label(form, question, language(p)),
		                  answer);
		row = add_wrapped(p, row, STYLE_FAINT, line);
		free(line);
		free(answer);
	}
	return row;
}

/* The notes of the form from row FROM up to before TO. */
static int add_notes(struct page *p, int row, int from, int to)
{
	const struct question *questions = p->record->form->questions;

	for (int i = from; i < to; i++)
		if (questions[i].type->role == ROLE_NOTE &&
		    record_applies(p->record, i) == APPLIES_YES)
			row = add_wrapped(p, row, STYLE_PLAIN,
			                  form_words(p->record->form,
			                             &questions[i].label,
			                             language(p)));
	return row;
}

/* The form's hint to Q. */
static int add_hint(struct page *p, int row, int q)
{
	const struct form *form = p->record->form;
	const char *hint = form_words(form, &form->questions[q].hint,
	                              language(p));

	return *hint ? add_wrapped(p, row, STYLE_FAINT, hint) : row;
}

/* With BOX rows for a FIELD_TEXT and GAP rows between fields. */
static int lay_out(struct page *p, int box, int gap)
{
	int end = p->record->form->questions[p->row].end;
	int row = 0, from = p->row, after;

	for (size_t i = 0; i < p->n_texts; i++)
		free(p->texts[i].text);
	p->n_texts = 0;
	if (form_is_item(p->record->form, p->row))
		row = add_item_head(p, row);
	for (size_t i = 0; i < p->n; i++) {
		row = add_notes(p, row, from, p->fields[i].q);
		from = p->fields[i].q + 1;
		row = place_field(p, &p->fields[i], row, box);
		if (p->hints)
			row = add_hint(p, row, p->fields[i].q);
		if (i + 1 < p->n)
			row += gap;
	}
	after = add_calculated(p, add_notes(p, row + gap, from, end));
	return after > row + gap ? after : row;
}

/* How many boxes share the room that is left. */
static int count_boxes(const struct page *p)
{
	int n = 0;

	for (size_t i = 0; i < p->n; i++)
		n += p->fields[i].kind == FIELD_TEXT;
	return n;
}

/* Of choices that are higher than the screen, the one pointed at. */
static void keep_focus_seen(struct page *p)
{
	struct field *f = page_focus(p);
	int first, end;

	if (!f || p->height <= p->rows || p->from_top) {
		p->top = 0;
		return;
	}
	first = f->row;
	end = first + f->height;
	if (f->kind == FIELD_CHOICE && f->height > p->rows) {
		field_option_rows(f, p->record, &first, &end);
		end += first;
	}
	if (end > p->top + p->rows)
		p->top = end - p->rows;
	if (first < p->top || end - first > p->rows)
		p->top = first;
	if (p->focus == 0 && end <= p->rows)
		p->top = 0;
}

/* With as much of hints, rows between fields and boxes as there is room for. */
static void lay_out_to_fit(struct page *p)
{
	int boxes = count_boxes(p), spare;

	p->hints = true;
	p->height = lay_out(p, BOX_LEAST, 1);
	if (p->height > p->rows) {
		p->hints = false;
		p->height = lay_out(p, BOX_LEAST, 1);
	}
	spare = p->rows - p->height;
	if (spare < 0)
		p->height = lay_out(p, BOX_LEAST, 0);
	else if (boxes) { /* they have the room that is left */
		int box = BOX_LEAST + spare / boxes;

		p->height = lay_out(p, box < BOX_MOST ? box : BOX_MOST, 1);
	}
}

void page_resize(struct page *p, int rows, int columns)
{
	/* It is not shown on a smaller screen, but laid out. */
	if (columns < COLUMNS_LEAST)
		columns = COLUMNS_LEAST;
	if (rows != p->rows || columns != p->columns) {
		p->rows = rows;
		p->columns = columns;
		lay_out_to_fit(p);
	}
	keep_focus_seen(p);
}

/* --- beginning and end -------------------------------------------------- */

void page_open(struct page *p, const struct record *r, int row, int q)
{
	int end = r->form->questions[row].end;

	*p = (struct page){ .record = r, .row = row };
	p->fields = mem_array((size_t)(end - row), sizeof *p->fields);
	for (int i = row; i < end; i++) {
		if (!flow_is_stop(r, i))
			continue;
		if (i == q)
			p->focus = p->n;
		field_init(&p->fields[p->n++], r, i);
	}
}

/* A text that is as it was. */
static bool is_same(const struct field *fresh, const struct field *before)
{
	return fresh->kind != FIELD_CHOICE && fresh->kind == before->kind &&
	       strcmp(field_answer(fresh), field_answer(before)) == 0;
}

static void swap(struct field *a, struct field *b)
{
	struct field c = *a;

	*a = *b;
	*b = c;
}

void page_reopen(struct page *p)
{
	struct page old = *p;
	int focused = old.n ? page_focus(&old)->q : -1;

	page_open(p, old.record, old.row, focused);
	for (size_t i = 0, k = 0; i < p->n; i++) {
		struct field *fresh = &p->fields[i];

		while (k < old.n && old.fields[k].q < fresh->q)
			k++;
		if (k < old.n && old.fields[k].q == fresh->q &&
		    (fresh->q == focused || is_same(fresh, &old.fields[k])))
			swap(fresh, &old.fields[k]);
	}
	page_resize(p, old.rows, old.columns);
	page_close(&old);
}

void page_close(struct page *p)
{
	for (size_t i = 0; i < p->n; i++)
		field_release(&p->fields[i]);
	for (size_t i = 0; i < p->n_texts; i++)
		free(p->texts[i].text);
	free(p->fields);
	free(p->texts);
	*p = (struct page){0};
}

struct field *page_focus(struct page *p)
{
	return p->n ? &p->fields[p->focus] : NULL;
}

bool page_show_top(struct page *p)
{
	p->from_top = p->focus == 0;
	return p->from_top && p->top > 0;
}

bool page_focus_on(struct page *p, int q)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->fields[i].q == q) {
			p->focus = i;
			return true;
		}
	return false;
}

int page_field_at(const struct page *p, int row)
{
	row += p->top;
	for (size_t i = 0; i < p->n; i++)
		if (row >= p->fields[i].row &&
		    row < p->fields[i].row + p->fields[i].height)
			return (int)i;
	return -1;
}

void page_beyond(const struct page *p, size_t *above, size_t *below)
{
	int end = p->top + p->rows;

	*above = (size_t)p->top;
	*below = p->height > end ? (size_t)(p->height - end) : 0;
}

/* --- drawing ------------------------------------------------------------ */

static struct body body_of(const struct page *p, int top)
{
	return (struct body){ top, p->top, p->top + p->rows };
}

/* What is half typed is not wrong yet, though it may be saved already. */
static bool is_too_early(const struct page_text *text)
{
	return text->wrong && text->wrong->typing;
}

void page_draw(struct page *p, struct term *t, int top)
{
	struct body body;

	keep_focus_seen(p);
	body = body_of(p, top);
	for (int i = 0; i < p->rows; i++)
		term_blank(t, top + i, 0, p->columns, STYLE_PLAIN);
	for (size_t i = 0; i < p->n_texts; i++) {
		const struct page_text *text = &p->texts[i];

		if (text->row >= body.first && text->row < body.last &&
		    !is_too_early(text))
			term_put(t, top + text->row - body.first, text->column,
			         text->text, strlen(text->text), text->style);
	}
	for (size_t i = 0; i < p->n; i++)
		p->fields[i].drawn = false;
	for (size_t i = 0; i < p->n; i++)
		if (i != p->focus)
			field_draw(&p->fields[i], p->record, t, &body, false);
	page_draw_focus(p, t, top);
}

void page_draw_focus(struct page *p, struct term *t, int top)
{
	struct body body;
	int before = p->top;

	keep_focus_seen(p);
	if (p->top != before) {
		page_draw(p, t, top);
		return;
	}
	body = body_of(p, top);
	if (!p->n || p->from_top) /* until it is put into a field that is seen */
		term_hide_cursor(t);
	if (p->n)
		field_draw(&p->fields[p->focus], p->record, t, &body, true);
}
