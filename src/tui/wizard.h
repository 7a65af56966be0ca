/* wizard.h - the wizard's state, shared by its parts; private to tui/
 *
 * wizard.c turns events into what the parts do:
 *   steps.c    from field to field, page to page, into views and back
 *   saving.c   saving, and waiting for the disk
 *   place.c    the question where to save instead
 *   ending.c   leaving, amending, finishing
 *   picture.c  what all of it looks like, and the messages
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_WIZARD_H
#define TUI_WIZARD_H

#include "tui/frame.h"
#include "tui/page.h"
#include "tui/pager.h"
#include "tui/tui.h"

enum redraw {
	REDRAW_NOTHING,
	REDRAW_FOCUS, /* the focused field or the pager, and the message */
	REDRAW_ALL,
};

/* What is said below, at once and in this order. */
enum said {
	SAID_FILE,    /* it is another's, or was changed by one; as long as it is */
	SAID_TROUBLE, /* it could not be saved; until it can be */
	SAID_MESSAGE, /* what is wrong, else a hint, else what a key did */
	SAID_ALSO,    /* what an answer changed elsewhere, or what Esc is for; until
	               * something is told at another event */
	SAID,
};

/* What is on the screen. */
enum showing {
	SHOWING_PAGE,
	SHOWING_END,  /* the pager, in place of a page */
	SHOWING_VIEW, /* the pager, over a page or the end */
	SHOWING_ASK,  /* the pager, with a question */
	SHOWING_PLACE, /* the pager, with a name that is being typed */
};

/* What the person has been told about saving. */
enum told {
	TOLD_NOTHING,
	TOLD_SAVING,
	TOLD_TROUBLE, /* it failed, or the disk does not answer */
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
	bool from_end;   /* one has gone from there to a question: Esc leads back */
	size_t end_entry; /* from this entry of it */
	/* SHOWING_ASK: what is done with the answer, */
	void (*answered)(struct wizard *w, int answer);
	int dated; /* about the date: of this question of the form */
	void (*then)(struct wizard *w); /* about the file: what waits for it */
	bool typed;      /* the focused text is not in the record yet */
	bool unsaved;    /* there is something that no save has been begun with */
	bool left;       /* a page has been, and it is to be saved */
	bool owed;       /* a save of that, as soon as one is not under way */
	enum told told;  /* of saving, and not yet that all is well */
	char *why;       /* what was wrong with it last; NULL */
	/* by term_clock: */
	long long touched; /* the person did something, the last time */
	long long since;   /* there is something to be saved; 0: there is not */
	long long begun;   /* the save that is under way */
	struct editor place; /* SHOWING_PLACE: the name that is being typed, */
	bool place_taken;    /* Enter was pressed, and nothing typed since */
	bool refused;     /* to leave, as it could not be saved, */
	bool again;       /* and that at the key before this one */
	bool going;       /* remarks on saving are for the parting */
	bool escaped;     /* Esc was pressed where it leads nowhere, */
	bool after_esc;   /* and that was the key before this one */
	struct saying said[SAID]; /* "" where there is nothing to say */
	bool said_changed;   /* since it was drawn */
	bool also_now;       /* SAID_ALSO is of the event that is handled */
	bool about_focus;    /* SAID_MESSAGE is wizard_tell_about_focus's */
	int body_rows;       /* as drawn: what is said may need more or fewer; */
	size_t above, below; /* and so many lines of the body are not seen; */
	unsigned bar;        /* the keys of these places are named */
	enum redraw redraw;
	struct event next; /* read ahead */
	bool leaving;
	enum tui_result result;
	struct buf *parting;
};

struct record *wizard_record(const struct wizard *w);

/* What happens next, within MILLISECONDS (-1: whenever); Esc and soon a digit are
 * the function key, Esc and a letter Alt and it, where those are keys.
 * EVENT_WATCHED: a save has ended. */
struct event wizard_event(struct wizard *w, int milliseconds);

/* --- picture.c ---------------------------------------------------------- */

/* Draw what w->redraw says has changed. */
void wizard_draw(struct wizard *w);
/* Columns that the page has: all, or what the article beside it leaves. */
int wizard_page_columns(const struct wizard *w);
/* Which keys work on the page, or at the end. */
unsigned wizard_keys(const struct wizard *w);
/* Which keys the bar names. */
unsigned wizard_bar_keys(const struct wizard *w);
/* The clause behind the page; "" if none. */
const char *wizard_clause(const struct wizard *w);
/* Begin P, a view of the articles, at the one behind the page. */
void wizard_begin_at_article(const struct wizard *w, struct pager *p);

/* Make TEXT the message; takes it. What was told beside an
 * older one goes. */
void wizard_tell(struct wizard *w, enum style style, char *text);
void wizard_hush(struct wizard *w);
/* What there is to say about the field with the focus. Where there is nothing,
 * what was told beside it stays. */
void wizard_tell_about_focus(struct wizard *w);
/* Whether its file is another's, which stays. */
void wizard_tell_file(struct wizard *w);
/* What is to be said beside the message, and that it could not be saved, which
 * stays ("": it could); both take TEXT. */
void wizard_tell_also(struct wizard *w, char *text);
void wizard_tell_trouble(struct wizard *w, char *text);

/* --- steps.c ------------------------------------------------------------ */

/* Put the focused field's answer into the record, and say what that did. */
void wizard_commit(struct wizard *w);
/* The same, and save once the next page is there to be seen. */
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

/* --- saving.c ----------------------------------------------------------- */

/* Begin to save what is unsaved. While a save is under way nothing is begun: it
 * will be when that has ended. */
void wizard_save(struct wizard *w);
/* The same; where nothing is unsaved, see to it that what was saved is still there. */
void wizard_save_to_leave(struct wizard *w);
/* The person asks for it: what comes of it is told; another place is asked for
 * where it fails. */
void wizard_save_asked(struct wizard *w);
/* Begin to save it as PATH, or say that another place is still tried. Begin to finish
 * it; nothing may be under way then. */
void wizard_save_as(struct wizard *w, const char *path);
void wizard_finish(struct wizard *w);
/* Save it in place of what another has changed; false where that failed, which has
 * been told. */
bool wizard_replace(struct wizard *w);
/* What came of the save that is under way, if it ends within MILLISECONDS; it has
 * been told where it must be. */
enum settled wizard_settle(struct wizard *w, int milliseconds);

/* Tell what was wrong with saving, and, but where a place is asked for, what can be
 * done. */
void wizard_tell_why(struct wizard *w);

void wizard_tell_saved(struct wizard *w);

/* Take note of a save that has ended, and begin one if it is due. */
void wizard_keep(struct wizard *w);
/* In how many milliseconds that is to be called again; -1: never. */
int wizard_keep_in(const struct wizard *w);

/* Save what is unsaved and wait until nothing is under way, WORDS being shown. */
enum waited {
	WAITED_SAVED,
	WAITED_FAILED, /* which has been told */
	WAITED_BACK,   /* the person would rather go on writing, */
	WAITED_ENOUGH, /* or leave as it is */
	WAITED_LEAVE,  /* a signal says to leave; so will the next event */
};
enum waited wizard_wait(struct wizard *w, const char *words);
/* The same, but DOCUMENT_LAST_WAIT at most, and without a word; false where it is
 * not saved. */
bool wizard_save_last(struct wizard *w);

/* --- place.c ------------------------------------------------------------ */

/* Ask where to save instead, w->why being the trouble there is. */
void wizard_ask_place(struct wizard *w);
void wizard_place_key(struct wizard *w, key_code key);
void wizard_place_paste(struct wizard *w, const char *text);
void wizard_draw_place(struct wizard *w);

/* --- ending.c ----------------------------------------------------------- */

void wizard_leave(struct wizard *w);
void wizard_leave_at_once(struct wizard *w); /* a signal says so */
void wizard_leave_undecided(struct wizard *w); /* none of two files chosen */
/* Another has changed the record's file: ask which it is to be, and THEN (NULL:
 * nothing) go on with what was begun. */
void wizard_ask_file(struct wizard *w, void (*then)(struct wizard *w));
void wizard_amend(struct wizard *w);
void wizard_tell_amending(struct wizard *w);
/* What was chosen at the end. */
void wizard_end_chosen(struct wizard *w, int target);

#endif
