/* SPDX-License-Identifier: MIT
 *
 * Expressions: parsed, and evaluated with answers of every kind, given and still
 * open. What is settled while something is open stays so whatever is answered.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "expr/expr.h"
#include "fuzz.h"

#define QUESTIONS 7
#define OPEN QUESTIONS /* a round in which nothing is answered yet */

/* The answer to QUESTION in ROUND: each time another kind. */
static struct value some_value(int question, int round)
{
	switch ((question + round) % QUESTIONS) {
	case 0:
		return value_string("");
	case 1:
		return value_string("yes");
	case 2:
		return value_number(3);
	case 3:
		return value_date(20781);
	case 4:
		return value_string("a b 株式会社");
	case 5:
		return value_string("2026-11-24");
	default:
		return value_number(-0.5);
	}
}

static struct value answer(void *ctx, int question)
{
	int round = *(int *)ctx;
	struct value v;

	MUST(question >= 0 && question < QUESTIONS);
	if (round != OPEN)
		return some_value(question, round);
	v = value_string("");
	v.open = true;
	return v;
}

static char *choice_label(void *ctx, int question, const char *name)
{
	(void)ctx;
	MUST(question >= 0 && question < QUESTIONS);
	return mem_strdup(strcmp(name, "yes") == 0 ? "はい" : "");
}

static const char *column(void *ctx, const char *name)
{
	(void)ctx;
	return strcmp(name, "site") == 0 ? "yes" : NULL;
}

static void decider(void *ctx, int question)
{
	int *seen = ctx;

	MUST(question >= 0 && question < QUESTIONS);
	MUST(!(*seen & 1 << question)); /* each once */
	*seen |= 1 << question;
}

static char *value_of(const struct expr *e, int round, bool *open)
{
	struct expr_env env = {
		.ctx = &round,
		.answer = answer,
		.choice_label = choice_label,
		.column = column,
		.self = 0,
		.today = 20781,
		.now = 20781.5,
	};
	struct value v = expr_eval(e, &env);
	char *text = value_to_string(&v);
	double number = value_to_number(&v);
	char *shown;

	MUST(text_is_utf8(text, strlen(text)));
	MUST(value_to_boolean(&v) || v.kind != VALUE_BOOLEAN || number == 0);
	shown = buf_format("%d %s", v.kind, text);
	*open = v.open;
	value_release(&v);
	free(text);
	return shown;
}

static void check_deciders(const struct expr *e, int round)
{
	int seen = 0;
	struct expr_env env = {
		.ctx = &round,
		.answer = answer,
		.choice_label = choice_label,
		.column = column,
		.self = 0,
	};

	expr_deciders(e, &env, decider, &seen);
}

static struct expr *parse(const char *text, enum expr_place place)
{
	struct expr_error error = {0};
	struct expr *e = expr_parse(text, place, &error);
	struct expr_ref *refs;
	size_t n;

	if (!e) {
		MUST(error.offset <= strlen(text));
		MUST(error.text && text_is_utf8(error.text, strlen(error.text)));
		free(error.text);
		return NULL;
	}
	refs = expr_refs(e, &n);
	for (size_t i = 0; i < n; i++) {
		MUST(text[refs[i].offset] == '$');
		refs[i].question = refs[i].name[0] % QUESTIONS;
	}
	return e;
}

/* TEXT in parentheses means the same, unless that is too deep or too long. */
static void check_parentheses(const char *text, enum expr_place place,
                              const char *expected)
{
	char *inside = buf_format("( %s )", text);
	struct expr *e = parse(inside, place);
	bool open;

	if (e) {
		char *is = value_of(e, 1, &open);

		MUST(strcmp(is, expected) == 0);
		free(is);
	}
	expr_free(e);
	free(inside);
}

static void try(const char *text, enum expr_place place)
{
	struct expr *e = parse(text, place);
	bool open, still;
	char *settled;

	if (!e)
		return;
	expr_has_self(e);
	settled = value_of(e, OPEN, &open);
	check_deciders(e, OPEN);
	for (int round = 0; round < QUESTIONS; round++) {
		char *is = value_of(e, round, &still);

		MUST(!still);
		/* once() is what '.' was, which is never still to come. */
		MUST(open || expr_calls(e, "once") || strcmp(settled, is) == 0);
		check_deciders(e, round);
		if (round == 1)
			check_parentheses(text, place, is);
		free(is);
	}
	free(settled);
	expr_free(e);
}

void fuzz_expression(const uint8_t *bytes, size_t length)
{
	char *text = fuzz_text(bytes, length);

	if (!text)
		return;
	try(text, EXPR_IN_SURVEY);
	try(text, EXPR_IN_CHOICE_FILTER);
	free(text);
}
