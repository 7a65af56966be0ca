/* page.h - one page of the wizard: the questions that stand together
 *
 * A page is a field-list group of the form, or a question outside one. It lays
 * its questions out for the room there is, draws them, and knows which has the
 * focus; what is higher than the screen scrolls with it.
 *
 * Borrows the record; the record is changed only by whoever owns the page.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_PAGE_H
#define TUI_PAGE_H

#include "record/record.h"
#include "tui/field.h"
#include "tui/term.h"

/* A line of text between the fields. */
struct page_text {
	char *text;
	enum style style;
	int row; /* of the body */
	int column;
	const struct field *wrong; /* it is the mark of that answer; NULL */
};

struct page {
	const struct record *record;
	int row; /* of the form */
	struct field *fields; /* those that apply, in the form's order */
	size_t n;
	size_t focus; /* < n, if n is not 0 */
	struct page_text *texts;
	size_t n_texts, cap_texts;
	int height; /* rows of the body */
	int top;    /* the first that is seen */
	bool from_top; /* that is 0, be the focus seen or not; until a key says else */
	int columns, rows; /* what there was room for */
	bool hints;        /* they stand on the page */
};

/* The first question of page ROW that can be answered now; -1 if none. */
int page_first_stop(const struct record *r, int row);

/* Open the page of ROW, the focus on question Q (-1: the first); it has no room
 * yet. */
void page_open(struct page *p, const struct record *r, int row, int q);
void page_close(struct page *p);

/* The record has changed: take its fields from there anew; but those that still apply
 * and have the record's answer stay as they are, with all that can be taken back; and
 * so does the one with the focus, cursor and all. */
void page_reopen(struct page *p);

/* This is its room: lay it out, if it isn't for just that. */
void page_resize(struct page *p, int rows, int columns);

struct field *page_focus(struct page *p); /* NULL where there is no field */
/* From the first field, see the page from its top; false where it was, or another
 * field has the focus. */
bool page_show_top(struct page *p);
/* Put the focus on question Q; false where it is not on the page. */
bool page_focus_on(struct page *p, int q);
/* The field at ROW of the screen's body; its index, or -1. */
int page_field_at(const struct page *p, int row);
/* How many lines of it are above and below what was drawn. */
void page_beyond(const struct page *p, size_t *above, size_t *below);

/* Draw all of it, or the focused field only, from row TOP of the screen on. */
void page_draw(struct page *p, struct term *t, int top);
void page_draw_focus(struct page *p, struct term *t, int top);

#endif
