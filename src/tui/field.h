/* field.h - where one question is answered
 *
 * A field holds the answer that is being given; it knows how to draw itself and
 * what a key does to it, and touches nothing else: whoever owns it puts
 * field_answer into the record when it says so.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_FIELD_H
#define TUI_FIELD_H

#include "base/date.h"
#include "record/record.h"
#include "tui/editor.h"
#include "tui/term.h"

enum field_kind {
	FIELD_CHOICE, /* one or several of the choices offered */
	FIELD_LINE,
	FIELD_TEXT, /* many lines, in a box */
};

struct field {
	int q;
	enum field_kind kind;
	struct editor editor; /* FIELD_LINE, FIELD_TEXT */
	bool typing; /* that has changed, and was not left since */
	char *names;          /* FIELD_CHOICE: those chosen, canonical */
	size_t option;        /* FIELD_CHOICE: the one pointed at, from 1; 0: none */
	char typed[32];       /* FIELD_CHOICE: characters since the last rest */
	char *before;         /* FIELD_CHOICE: the names before those; NULL */

	/* where it stands in its page's body; of FIELD_TEXT the box with its
	 * border */
	int row;
	int column;
	int width;
	int height;
	bool in_a_row;  /* the choices stand side by side */
	bool told;      /* a date: there is room to say beside it what it is */
	size_t top;     /* what is seen first: the line of a box, the byte of a line */
	bool drawn;     /* all of it, with this top: only changes need be */
	size_t above, below; /* of FIELD_TEXT, lines that are not seen; as drawn */
};

enum field_result {
	FIELD_IGNORED,  /* not its key */
	FIELD_MOVED,    /* to be drawn again, nothing else */
	FIELD_TYPED,    /* the text has changed */
	FIELD_ANSWERED, /* a choice was made or undone: put it into the record */
	FIELD_NEXT,     /* done here: go on */
	FIELD_PREVIOUS, /* go back */
	FIELD_FULL,     /* it takes no more */
	FIELD_REFUSED,  /* what was typed is no choice */
};

void field_init(struct field *f, const struct record *r, int q);
void field_release(struct field *f);
/* It is left: show the answer as the record has it, a date in one way, however
 * typed. */
void field_refresh(struct field *f, const struct record *r);

/* Give it WIDTH columns from COLUMN on, at ROW, and HEIGHT rows if it is a
 * FIELD_TEXT; a choice takes what it needs. */
void field_place(struct field *f, const struct record *r, int row, int column,
                 int width, int height);
/* Of a FIELD_CHOICE, the rows of the option pointed at, else of the first row. */
void field_option_rows(const struct field *f, const struct record *r, int *first,
                       int *rows);
/* How many columns the choices of Q take side by side. */
int choices_columns(const struct record *r, int q);

enum field_result field_key(struct field *f, const struct record *r,
                            key_code key);
/* Nothing was typed for a while: what comes next is a new word. */
void field_rest(struct field *f);
enum field_result field_paste(struct field *f, const char *text);
/* A click at ROW and COLUMN of the page's body, in one of the field's rows. */
enum field_result field_click(struct field *f, const struct record *r, int row,
                              int column);

/* Draw it, its page's body beginning at TOP of the screen and showing the rows
 * from FIRST up to before LAST of it. With FOCUS the cursor is put into it. */
struct body {
	int top;
	int first;
	int last;
};
void field_draw(struct field *f, const struct record *r, struct term *t,
                const struct body *body, bool focus);

/* The day that F's text means, as far as it has been typed; false where it means
 * none, or F asks for no date. */
bool field_date(const struct field *f, const struct record *r, date_day *day);

/* The answer as record_set takes it. Belongs to F. */
const char *field_answer(const struct field *f);

#endif
