/* check.h - what is wrong with a record
 *
 * An error keeps a record from being 完成; a caution (注意) is what a reader would
 * ask about but the form allows. What does not apply, or is not known to, has
 * no errors: what decides it has.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RECORD_CHECK_H
#define RECORD_CHECK_H

#include "record/reason.h"
#include "record/record.h"

enum problem_kind {
	PROBLEM_MISSING, /* required and empty */
	PROBLEM_WRONG,   /* not what the type, the choices or the constraint take */
	PROBLEM_CAUTION,
};

struct problem {
	int question;
	enum problem_kind kind;
	char *text; /* what is wrong and what to do, without the question's name */
};

struct problem_list {
	struct problem *items; /* in the form's order */
	size_t n;
	size_t cap;
	size_t errors; /* how many are no cautions */
};

void problem_list_init(struct problem_list *list);
void problem_list_release(struct problem_list *list);

/* Add to LIST what is wrong with question Q, and with all of R. */
void question_problems(const struct record *r, int q, struct problem_list *list);
void record_problems(const struct record *r, struct problem_list *list);

/* True where Q applies and has to be answered, and is not. */
bool question_is_missing(const struct record *r, int q);

/* The text of the first caution, or error, of Q; NULL. A new string. */
char *question_problem(const struct record *r, int q, bool caution);

/* True where Q's caution, if there is one, can be told as soon as Q is answered: it
 * stands on nothing that is asked later. */
bool question_caution_is_due(const struct record *r, int q);

/* True where Q, or anything in R, has an error. */
bool question_has_error(const struct record *r, int q);
bool record_has_errors(const struct record *r);

/* What a message calls Q: 番号5 for a question of an item, else its label, with
 * its group's before it where another question has the same. A new string. */
char *question_title(const struct record *r, int q);

/* "番号5: TEXT", where TEXT is a problem of Q: after its title, but without Q's
 * label where TEXT has that itself. A new string. */
char *problem_with_title(const struct record *r, int q, const char *text);

#endif
