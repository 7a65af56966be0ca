/* form.h - what is asked
 *
 * A form is read once (form_reader.h) and never changes. Its rows, groups and
 * questions alike, stand in one array in the form's order; an index into that
 * array is how everything above names a question, and what the references of
 * its expressions are bound to.
 *
 * Invariants: names are unique; a group is followed by what is in it, up to its
 * `end`; every reference is bound to a question (never a group); neither
 * relevance nor calculation is circular.
 *
 * Knows nothing of answers, files or screens.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef FORM_FORM_H
#define FORM_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "expr/expr.h"

struct question_type;

/* A text in each of the form's languages; NULL where it is not given. */
struct words {
	char **in; /* NULL where it is given in none */
};

struct language {
	char *name; /* as in the column head: "English (en)" */
	char *code; /* "en"; "" where the head gives none */
};

struct choice {
	char *name;
	struct words label;
	char **cells; /* one for each of the form's choice_columns */
};

struct choice_list {
	char *name;
	struct choice *items;
	size_t n;
	size_t cap;
};

/* What a question tells of its record in a list of many (column `list`); one
 * question a role. Who, what and ended are questions with an answer, the others
 * dates or calculated. */
enum list_role {
	LIST_NONE,
	LIST_WHO,
	LIST_WHAT,
	LIST_START,
	LIST_WHEN,
	LIST_DUE,
	LIST_ENDED, /* where it is answered nothing more is due */
	LIST_ROLES,
};

/* A row of the survey: a question, or a group of them. */
struct question {
	const struct question_type *type;
	char *name;
	long line; /* of the form's file */

	struct words label;
	struct words hint;
	struct words guidance;
	struct words na_reason; /* why it does not apply, fit for paper */

	/* In a message ${name} is that question's answer, as ODK has it. */
	struct words required_message;
	struct words constraint_message;
	struct words caution_message;

	/* NULL where the form does not say */
	struct expr *relevant;
	struct expr *required;
	struct expr *constraint;
	struct expr *calculation;
	struct expr *default_value;
	struct expr *read_only;
	struct expr *choice_filter;
	struct expr *caution;
	struct expr *renew;
	struct expr *due; /* only of LIST_WHEN, where none is LIST_DUE */

	char *number; /* 番号 on paper; "" if none; these three are never NULL */
	char *clause; /* 条項 as N.M */
	char *mark;   /* ※ */
	enum list_role role;
	bool multiline;
	bool field_list;
	bool shares_label; /* another asked question has the same label */

	const struct choice_list *choices; /* of a select; NULL otherwise */

	int parent; /* the group it is in; -1 */
	int end;    /* the first row after it and all that is in it */

	/* An item (kakuninsho-form(5)): a group with a number that holds one
	 * select_one and at most one text. -1 where it is none. */
	int item_choice;
	int item_text;

	/* Who is to be looked at again when this one's answer or relevance
	 * changes, and in which order: see form_dependencies in form_reader. */
	int *dependents;
	size_t n_dependents;
	size_t cap_dependents;
	/* Whose constraint stands on this one, and nothing else of them: only
	 * whether they are right has to be looked at again. */
	int *constrained;
	size_t n_constrained;
	size_t cap_constrained;
	int rank;
};

struct form {
	char *title;
	char *id;
	char *version;
	struct expr *instance_name; /* NULL if the form gives none */

	struct language *languages; /* [0] is the default language */
	size_t n_languages;
	int screen_language; /* the one of the program's messages, if it has it */

	struct question *questions;
	size_t n;

	struct choice_list **lists;
	size_t n_lists;
	char **choice_columns;
	size_t n_choice_columns;

	int listed[LIST_ROLES]; /* the question with each role; -1 */
	int *by_name; /* indices, sorted by name */
};

void form_free(struct form *form); /* NULL is fine */

/* The index of NAME; -1 where there is none. */
int form_find(const struct form *form, const char *name);

/* The index of the language with CODE; 0, the default, where there is none. */
int form_language(const struct form *form, const char *code);

/* W in LANGUAGE, else in the default language, else in any; "" if in none. */
const char *form_words(const struct form *form, const struct words *w,
                       int language);

/* What Q is called: its label, else its name. */
const char *form_label(const struct form *form, const struct question *q,
                       int language);

/* True where ROW is an item. */
bool form_is_item(const struct form *form, int row);
/* The item that question Q is the choice or the text of; -1 if of none. */
int form_item_of(const struct form *form, int q);

/* The row of the outline that ROW belongs to: the item that it is in, or itself. */
int form_entry_of(const struct form *form, int row);

/* The next row after ROW that is not a group (-1 to begin); form->n at the end. */
int form_next_question(const struct form *form, int row);

/* The row of the page that question Q is on: the outermost field-list group around
 * it, or Q itself. */
int form_page_of(const struct form *form, int q);

/* The clause behind ROW: its own or that of a group it is in; else that of what its
 * answer decides; "" if none. */
const char *form_clause_of(const struct form *form, int row);

/* The choice of LIST called NAME; NULL if none. */
const struct choice *choice_find(const struct choice_list *list,
                                 const char *name);

/* CH's cell in the form's choice column COLUMN; "" if there is none. */
const char *choice_cell(const struct form *form, const struct choice *ch,
                        const char *column);

/* True where the form counts CH as 未実施 (the choices' column `list`). */
bool choice_is_unmet(const struct form *form, const struct choice *ch);
#define CHOICE_UNMET "unmet"

#endif
