/* question_type.h - the types of question: one table, one row a type
 *
 * All that differs between a text, a date and a choice is a function in that
 * row: how an answer is read, what it is in an expression, in a record's cell
 * and in words. A new type is a new row (question_type.c).
 *
 * An answer is kept as a canonical string: a text in NFC, a number in plain
 * digits, a date as YYYY-MM-DD, a choice by its name, several choices by their
 * names with a space between. The empty string is no answer.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef FORM_QUESTION_TYPE_H
#define FORM_QUESTION_TYPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "expr/value.h"

struct form;
struct question;

/* Who gives the answer. */
enum question_role {
	ROLE_GROUP,
	ROLE_NOTE,     /* nobody: it is only read */
	ROLE_ASKED,    /* the person */
	ROLE_COMPUTED, /* an expression */
	ROLE_METADATA, /* the program: when the record was made */
};

/* What of the record's own time a metadata question holds. */
enum metadata {
	METADATA_EMPTY, /* what this program does not know, or nothing */
	METADATA_START, /* when it was begun or, a draft, last opened */
	METADATA_END,   /* when it was finished or, a draft, last opened */
	METADATA_TODAY, /* the day of METADATA_START */
};

enum choice_use {
	CHOICES_NONE,
	CHOICES_ONE,
	CHOICES_MANY,
};

struct question_type {
	const char *name; /* XLSForm's word for it */
	enum question_role role;
	enum choice_use choices;
	enum metadata metadata;

	/* TEXT, as typed or as a record's cell has it, in canonical form (a new
	 * string); or NULL and *WHY (a new string, translated). TEXT is not
	 * blank. Of what may be several days those nearest TODAY are named. */
	char *(*read)(const struct form *form, const struct question *q,
	              const char *text, date_day today, char **why);

	/* What a canonical ANSWER is in an expression. */
	struct value (*value)(const char *answer);

	/* A canonical ANSWER as a record's cell has it: a new string. */
	char *(*cell)(const struct form *form, const struct question *q,
	              const char *answer);

	/* The same in words, for paper and screen, with BETWEEN between several: a
	 * new string. */
	char *(*words)(const struct form *form, const struct question *q,
	               const char *answer, int language, const char *between);
};

/* The type called NAME; NULL if there is none. XLSForm's other spellings
 * ("select one", "begin group") are the reader's business. */
const struct question_type *question_type_find(const char *name);
/* The name of the type that NAME was surely meant to be; NULL. */
const char *question_type_nearest(const char *name);

/* The first of ANSWER's names, in *LENGTH bytes; NULL at the end. Start with
 * the answer, go on with the returned pointer + *LENGTH. */
const char *names_next(const char *answer, size_t *length);

/* True where ANSWER, a select's canonical answer, has the choice NAME. */
bool answer_has_choice(const char *answer, const char *name);

#endif
