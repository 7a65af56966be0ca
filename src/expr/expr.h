/* expr.h - the expressions of a form: parse once, evaluate often
 *
 * The language is XPath 1.0 as ODK uses it: ${name}, '.', literals,
 * = != < <= > >=, and or, + - * div mod, parentheses, and the functions of the
 * table in functions.c, with ODK's semantics. The meaning of a name is the
 * caller's: the parser lists the references, the form binds each to a question
 * (an index), and evaluation asks the caller's struct expr_env for values.
 *
 * Bounds: EXPR_MAX_LENGTH bytes, EXPR_MAX_DEPTH of nesting, and what evaluation
 * may cost (struct expr_work).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXPR_EXPR_H
#define EXPR_EXPR_H

#include <stdbool.h>
#include <stddef.h>

#include "expr/value.h"

#define EXPR_MAX_LENGTH (64 * 1024)
#define EXPR_MAX_DEPTH 100

struct expr; /* immutable once its references are bound */

/* A ${name} in an expression (in a string too, as jr:choice-name has it). */
struct expr_ref {
	char *name;
	size_t offset; /* bytes from the start of the expression, at the '$' */
	int question;  /* bound by the form; -1 until then */
};

struct expr_error {
	size_t offset; /* bytes from the start of the expression */
	char *text;    /* translated; freed by the caller */
};

/* What an expression may stand on. */
enum expr_place {
	EXPR_IN_SURVEY,
	EXPR_IN_CHOICE_FILTER, /* a bare name is a column of the choice */
};

/* Parse TEXT; NULL on a fault, and *ERROR says which and where. Faults include
 * an unknown function (with the nearest known name), a wrong number of
 * arguments, a path (/data/x, ../x), a regex literal that does not compile. */
struct expr *expr_parse(const char *text, enum expr_place place,
                        struct expr_error *error);
/* An expression that is the string TEXT, whatever is in it. */
struct expr *expr_literal(const char *text);
void expr_free(struct expr *e); /* NULL is fine */

/* What E was parsed from, as it stands in the form; of a literal, its text. */
const char *expr_source(const struct expr *e);
bool expr_is_literal(const struct expr *e); /* expr_literal made it */

/* The references of E, in the order in which they stand; writable, so that the
 * form can bind them. Owned by E. */
struct expr_ref *expr_refs(struct expr *e, size_t *n);
bool expr_has_self(const struct expr *e); /* a '.' */
bool expr_calls(const struct expr *e, const char *function);

/* The first bare name in E that KNOWN does not take, and its *OFFSET; NULL. */
const char *expr_unknown_column(const struct expr *e,
                                bool (*known)(void *ctx, const char *name),
                                void *ctx, size_t *offset);

/* An answer beside a text that it is to be: ${q} = 'text', ${q} != 'text',
 * selected(${q}, 'text'), in whichever order. */
struct expr_test {
	int question; /* EXPR_SELF where it is '.' */
	const char *text;
};
#define EXPR_SELF (-2)
/* Call FOUND for each of them in E, in no order. */
void expr_each_test(const struct expr *e,
                    void (*found)(void *ctx, const struct expr_test *test),
                    void *ctx);

/* What evaluations may still cost. A unit is a byte of a string, or about ten
 * nanoseconds of other work; a million is some hundredths of a second and, as no
 * string outlives its evaluation, a megabyte. One evaluation never gets more than
 * EXPR_MAX_WORK; one that would need more comes to '' and is open, since nobody
 * knows what it is. */
#define EXPR_MAX_WORK 10000000L
struct expr_work {
	long left;
	bool overran; /* set where that, or a limit of PCRE2, did not suffice */
};

struct expr_env {
	void *ctx;
	struct expr_work *work; /* NULL: EXPR_MAX_WORK for each evaluation */
	/* The value of a question's answer (a number for integer and decimal, a
	 * date, else a string; '' where it is empty), open where it is not
	 * answered yet; the evaluator releases it. */
	struct value (*answer)(void *ctx, int question);
	/* The label of QUESTION's choice NAME, a new string; "" if none. */
	char *(*choice_label)(void *ctx, int question, const char *name);
	/* The cell of the choice in the column NAME, for a choice filter; "" or
	 * NULL if none. Owned by the callee. May itself be NULL where there is
	 * no choice. */
	const char *(*column)(void *ctx, const char *name);
	int self;     /* the question that '.' means; -1: '.' is '' */
	double today; /* days since 1970-01-01 */
	double now;   /* the same, with the time of day */
};

/* The value of E; never fails. and, or and if() settle what they can while
 * something is open: false and OPEN is false, and not open; the part of if()
 * that is not taken does not count. Any other open operand or argument makes
 * its result open. */
struct value expr_eval(const struct expr *e, const struct expr_env *env);

/* Call FOUND for each question that made E what it now is, '.' among them,
 * each once: of a false 'and' those of its first false part, of a true 'or'
 * those of its first true part, of if() those of its condition and of the part
 * taken, of all else every one. So the reason of a skipped question can be
 * told. Where E is open, those that are open, but none in a part that is
 * settled, and of if() with an open condition only those of the condition. */
void expr_deciders(const struct expr *e, const struct expr_env *env,
                   void (*found)(void *ctx, int question), void *ctx);

#endif
