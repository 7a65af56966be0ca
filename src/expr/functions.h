/* functions.h - the functions of the language, in one table; private to expr/
 *
 * To add one: a row in the table of functions.c and a C function. The evaluator
 * computes the arguments, and makes the result open where one of them is.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXPR_FUNCTIONS_H
#define EXPR_FUNCTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "expr/ast.h"

/* A call as its implementation sees it. The arguments may be converted in
 * place; whoever built the call releases them. */
struct call {
	const struct expr *expr;
	const struct node *node;
	const struct expr_env *env;
	struct value *args;
	size_t n;
};

#define ANY_NUMBER ((size_t)-1)

struct function {
	const char *name;
	size_t min; /* arguments */
	size_t max; /* ANY_NUMBER: no bound */
	struct value (*evaluate)(struct call *call);
	/* What the parser asks of the arguments as written; NULL: nothing.
	 * Returns NULL, or what is wrong (translated, the caller's) and where. */
	char *(*check)(struct node *node, size_t *offset);
	/* if(): the first argument chooses which of the two others counts, so
	 * an open one that is not chosen does not make the result open. */
	bool chooses;
};

/* NULL if there is none of that name. */
const struct function *function_find(const char *name);

/* The name most like NAME, by edit distance; NULL if none is near. */
const char *function_nearest(const char *name);

#endif
