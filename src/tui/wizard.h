/* wizard.h - the wizard's state, shared by its parts; private to tui/
 *
 * wizard.c turns events into what the parts do:
 *   steps.c    from field to field, page to page, into views and back
 *   ending.c   saving, leaving, amending, finishing
 *   picture.c  what all of it looks like, and the messages
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_WIZARD_H
#define TUI_WIZARD_H

#include "tui/page.h"
#include "tui/pager.h"
#include "tui/tui.h"

enum redraw {
	REDRAW_NOTHING,
	REDRAW_FOCUS, /* the focused field or the pager, and the message */
	REDRAW_ALL,
};

/* What is on the screen. */
enum showing {
	SHOWING_PAGE,
	SHOWING_END,  /* the pager, in place of a page */
	SHOWING_VIEW, /* the pager, over a page or the end */
	SHOWING_ASK,  /* the pager, with the question about the date */
};

struct wizard {
	struct term *t;
	const struct tui_setup *setup;
	struct document *d;
	struct page page;
	struct pager pager; /* where SHOWING says so */
	struct pager aside; /* the articles beside the page, if there is room */
	int aside_row;      /* the page that it was made for */
	enum showing showing;
	bool at_end;     /* behind the last page: what a closed view returns to */
	bool from_end;   /* the page was gone to from there: Esc leads back */
	int dated;       /* SHOWING_ASK: the question it is about */
	bool typed;      /* the focused text is not in the record yet */
	bool unsaved;
	bool save_failed; /* and has been told */
	bool refused;     /* to leave, as it could not be saved, */
	bool again;       /* and that at the key before this one */
	char *message;
	enum style message_style;
	bool message_changed; /* since it was drawn */
	enum redraw redraw;
	struct event next; /* read ahead */
	bool leaving;
	enum tui_result result;
	struct buf *parting;
};

struct record *wizard_record(const struct wizard *w);

/* --- picture.c ---------------------------------------------------------- */

/* Draw what w->redraw says has changed. */
void wizard_draw(struct wizard *w);
/* Columns that the page has: all, or what the article beside it leaves. */
int wizard_page_columns(const struct wizard *w);
/* Which keys work on a page. */
unsigned wizard_keys(const struct wizard *w);
/* The clause behind the page; "" if none. */
const char *wizard_clause(const struct wizard *w);
/* Begin P, a view of the articles, at the one behind the page. */
void wizard_begin_at_article(const struct wizard *w, struct pager *p);

/* Make TEXT the message; takes it. */
void wizard_tell(struct wizard *w, enum style style, char *text);
void wizard_hush(struct wizard *w);
/* What there is to say about the field with the focus. */
void wizard_tell_about_focus(struct wizard *w);

/* --- steps.c ------------------------------------------------------------ */

/* Put the focused field's answer into the record, and say what that did. */
void wizard_commit(struct wizard *w);
/* The same, and save. */
void wizard_leave_page(struct wizard *w);

void wizard_show_page(struct wizard *w, int q); /* of question Q, the focus on it */
void wizard_show_end(struct wizard *w);
void wizard_next_page(struct wizard *w);
void wizard_previous_page(struct wizard *w);
void wizard_move_focus(struct wizard *w, int by); /* 1 or -1 */
void wizard_go_to(struct wizard *w, int row);     /* or say why not */

void wizard_show_view(struct wizard *w, enum action action);
void wizard_close_view(struct wizard *w);
void wizard_close_pager(struct wizard *w);

/* --- ending.c ----------------------------------------------------------- */

bool wizard_save(struct wizard *w); /* false after saying why not */
void wizard_leave(struct wizard *w);
void wizard_give_up(struct wizard *w); /* go without having saved */
void wizard_amend(struct wizard *w);
void wizard_tell_amending(struct wizard *w);
/* What was chosen at the end, and about the date. */
void wizard_end_chosen(struct wizard *w, int target);
void wizard_date_answered(struct wizard *w, int answer);

#endif
