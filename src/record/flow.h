/* flow.h - the way through a record's questions
 *
 * A stop is a question the person can answer: asked, applying, not read-only.
 * Stops come in the form's order; after the last one is the end, the index
 * form->n, where a record is looked over and finished. Nobody is ever stuck:
 * next, back and go to work whatever the answers are.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RECORD_FLOW_H
#define RECORD_FLOW_H

#include "record/record.h"

bool flow_is_stop(const struct record *r, int q);
int flow_next(const struct record *r, int q); /* -1 to begin; the end stays */
int flow_back(const struct record *r, int q); /* the first stop stays */

/* The first stop that has an error (check.h); the end if none has. */
int flow_first_open(const struct record *r);

/* The row that WHERE names: a question's or a group's name, a number on paper (an
 * item's before any other), in half- or full-width, or a label; -1 if none. */
int flow_find(const struct form *form, const char *where);

/* The stop at ROW: itself; for a group, the first in it; for what is calculated,
 * one it is calculated from. -1 where there is none, since it does not apply or
 * is not asked. */
int flow_stop_at(const struct record *r, int row);

/* The answer that says "today" and is not today's: the first applying question
 * whose default calls today() and whose answer is another day; -1 if none. */
int flow_not_today(const struct record *r);

/* --- the outline: everything, a line a thing ------------------------------ */

enum entry_state {
	ENTRY_ANSWERED,
	ENTRY_EMPTY,   /* left empty, and may be */
	ENTRY_MISSING, /* empty, and must not be */
	ENTRY_WRONG,
	ENTRY_NOT_APPLICABLE,
	ENTRY_UNKNOWN, /* not known yet whether it applies */
};

/* The next row of the outline after ROW (-1 to begin): an item, or an asked
 * question outside one; form->n at the end. */
int outline_next(const struct form *form, int row);
enum entry_state outline_state(const struct record *r, int row);

/* How much of what has to be done is done: what the form answers itself (a default
 * that rests on no answer) counts only where it has been made wrong or empty. */
struct progress {
	int done; /* entries that are answered and in order */
	int all;  /* entries that apply, but for what may stay empty and is */
	int unknown;
};
/* Costs what has changed since it was last asked, not the record. */
struct progress record_progress(const struct record *r);

#endif
