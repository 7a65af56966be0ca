/* session.h - a walk through the plain wizard; private to plain/
 *
 * plain.c reads lines, one after the other, and takes them as answers:
 *   commands.c  or as commands, which stand in one table there
 *   saving.c    saving, and waiting for the disk
 *   ending.c    leaving, finishing
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef PLAIN_SESSION_H
#define PLAIN_SESSION_H

#include "plain/plain.h"
#include "plain/say.h"

/* What is said before the next prompt. */
enum next {
	SAY_QUESTION,
	SAY_WHERE,   /* in a line, which question it is */
	SAY_NOTHING, /* it goes without saying */
};

/* How much is said, from :v on until it is changed. */
enum length {
	BRIEF = 1,
	NORMAL,
	FULL,
};

/* What is told once: an or of these. */
enum {
	TOLD_LINES = 1, /* how a text of many lines ends */
	TOLD_MANY = 2,  /* how several choices are typed */
	TOLD_WAYS = 4,  /* that :p leads to a problem */
};

struct session {
	const struct plain_setup *setup;
	struct document *d;
	FILE *out;
	struct buf line;
	int at;      /* the question being asked; form->n at the end */
	int said;    /* the one asked before, for group headings; -1 */
	bool unsaved;
	bool told_unsaved; /* the present trouble with saving has been told */
	bool cleared; /* the present question was, on purpose: offer it nothing */
	enum next next;
	enum length length;
	bool *heard; /* by question: it has been said as a whole */
	unsigned told;
	struct ways ways; /* of the problems listed last */
	bool leaving;
	int vain; /* lines in a row that changed nothing */
	int last_wait; /* milliseconds left for the disk, once it is time to leave */
	enum plain_result result;
};

struct record *session_record(const struct session *s);
int session_end(const struct session *s); /* s->at, behind the last question */

/* --- plain.c ------------------------------------------------------------ */

/* Go on to question Q; say what a reader would ask, on leaving a page at the
 * latest. */
void session_move_to(struct session *s, int q);

/* All problems, and what to do with their numbers. */
void session_list_problems(struct session *s);
/* What to do with the numbers of the list that was just said; once. */
void session_tell_ways(struct session *s);

/* Ask QUESTION: which of the two was chosen, 1 or 2; an empty line is 1. A command is
 * carried out instead. */
enum { NOT_CHOSEN = 0, COMMAND_INSTEAD = -1 };
int session_ask(struct session *s, const char *question, const char *first,
                const char *second);

/* --- commands.c --------------------------------------------------------- */

bool session_is_command(const char *line);
/* If LINE is a command, or looks like one, run it or say that there is none. */
bool session_run_command(struct session *s, const char *line);

/* --- saving.c ----------------------------------------------------------- */

/* Wait for what is being saved; after a signal to leave not for long. Where it
 * failed *WHY (a new string) says why. */
bool session_settle(struct session *s, char **why);
/* Save the record, as the new file PATH unless that is "". False after saying why
 * not. */
bool session_save(struct session *s);
bool session_save_as(struct session *s, const char *path);
/* Before leaving with nothing unsaved: what was saved is still there, or saved again;
 * else it is unsaved. */
void session_look(struct session *s);
void session_say_saved(const struct session *s);
/* If another has changed the record's file, which of the two is it to be? False
 * where that is still open. */
bool session_choose_file(struct session *s);

/* --- ending.c ----------------------------------------------------------- */

/* The input has ended, or a signal says so. */
void session_leave(struct session *s);
/* Finish the record and leave, if it is in order and the person means it. */
void session_finish(struct session *s);

#endif
