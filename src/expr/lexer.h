/* lexer.h - an expression's text as tokens; private to expr/
 *
 * As XPath 1.0 §3.7: white space may stand between any two tokens; '*', and,
 * or, div and mod are operators only after an operand; a name may hold '-' and
 * '.', so a-1 is one name where a - 1 is three tokens. What ODK's XPath has and
 * we do not (paths, axes, predicates, variables), and what looks like an
 * operator or a quote without being one (full-width, typographic), is an
 * error that says what to write.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXPR_LEXER_H
#define EXPR_LEXER_H

#include <stdbool.h>
#include <stddef.h>

#include "expr/ast.h"

enum token_kind {
	TOKEN_END,
	TOKEN_ERROR,
	TOKEN_NUMBER,
	TOKEN_STRING,    /* with its quotes */
	TOKEN_REFERENCE, /* ${name}, whole */
	TOKEN_SELF,
	TOKEN_NAME,
	TOKEN_OPERATOR,
	TOKEN_OPEN,
	TOKEN_CLOSE,
	TOKEN_COMMA,
};

struct token {
	enum token_kind kind;
	size_t offset; /* bytes */
	size_t length; /* bytes; 0 at the end */
	enum operator operator;
	char *error; /* ERROR: what is wrong, translated; the caller's */
};

struct lexer {
	const char *text;
	size_t offset;
	bool after_operand;
};

struct token lexer_next(struct lexer *lexer);

/* S (LENGTH bytes) as a message may quote it: on one line, harmless on a
 * terminal, cut short where it is long. A new string. */
char *lexer_quote(const char *s, size_t length);

/* Bytes of the ${name} at S; 0 where none stands there. */
size_t lexer_reference(const char *s);

/* What the name at S (LENGTH bytes) is as an operator; false if it is none. */
bool lexer_word_operator(const char *s, size_t length, enum operator *op);

#endif
