/* ast.h - an expression as a tree; private to expr/
 *
 * Immutable once parsed, but for the questions its references are bound to.
 * Its height is bounded by EXPR_MAX_DEPTH times the levels of precedence,
 * because operators of one level stand side by side in one chain; so whoever
 * walks it may do so by recursion.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXPR_AST_H
#define EXPR_AST_H

#include <stddef.h>

#include "expr/expr.h"

struct function;
struct pattern;

enum operator {
	OP_OR,
	OP_AND,
	OP_EQ,
	OP_NE,
	OP_LT,
	OP_LE,
	OP_GT,
	OP_GE,
	OP_ADD,
	OP_SUBTRACT,
	OP_MULTIPLY,
	OP_DIVIDE,
	OP_MODULO,
};

enum node_kind {
	NODE_NUMBER,
	NODE_STRING,
	NODE_SELF,      /* . */
	NODE_REFERENCE, /* ${name} */
	NODE_COLUMN,    /* a bare name in a choice filter */
	NODE_NEGATE,    /* one part */
	NODE_CHAIN,     /* parts joined by operators of one precedence */
	NODE_CALL,      /* its parts are the arguments */
};

#define NO_REFERENCE ((size_t)-1)

struct node {
	enum node_kind kind;
	size_t offset; /* where it begins in the text */

	double number; /* NUMBER */
	char *text;    /* STRING, without its quotes; COLUMN */
	/* REFERENCE: the place in the expression's list; STRING: the same where
	 * the string is nothing but one ${name}, else NO_REFERENCE. */
	size_t reference;
	const struct function *function; /* CALL */
	struct pattern *pattern; /* CALL of regex() with a literal pattern */

	struct node *parts;  /* the first */
	size_t n_parts;
	struct node *next;   /* the next part of the same whole */
	enum operator joint; /* in a chain: what stands before this part */

	struct node *older; /* all nodes of the expression, newest first */
};

struct expr {
	struct node *root;
	struct node *nodes;
	struct expr_ref *refs;
	size_t n_refs;
	size_t cap_refs;
	char source[]; /* what it was parsed from; "" of a literal */
};

/* Take UNITS of ENV's work; false where they are not there: it has overrun, and
 * the whole expression is unfinished. */
bool expr_spend(const struct expr_env *env, size_t units);

/* The answer to QUESTION; '' where there is none (-1). */
struct value expr_answer(const struct expr_env *env, int question);

#endif
