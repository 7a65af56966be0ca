/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "expr/ast.h"
#include "expr/functions.h"
#include "expr/number.h"

static struct value eval(const struct expr *e, const struct node *node,
                         const struct expr_env *env);

/* What a part of an expression costs, whatever it is. */
#define NODE_UNITS 10

bool expr_spend(const struct expr_env *env, size_t units)
{
	struct expr_work *work = env->work;

	if (work->overran || (size_t)work->left < units) {
		work->overran = true;
		return false;
	}
	work->left -= (long)units;
	return true;
}

struct value expr_answer(const struct expr_env *env, int question)
{
	return question < 0 ? value_string("")
	                    : env->answer(env->ctx, question);
}

static bool is_logic(const struct node *chain)
{
	enum operator op = chain->parts->next->joint;

	return op == OP_AND || op == OP_OR;
}

/* What one part alone makes of the whole: false of 'and', true of 'or'. */
static bool settling_truth(const struct node *chain)
{
	return chain->parts->next->joint == OP_OR;
}

struct truth {
	bool is;
	bool open;
};

static struct truth eval_truth(const struct expr *e, const struct node *node,
                               const struct expr_env *env)
{
	struct value v = eval(e, node, env);
	struct truth truth = {value_to_boolean(&v), v.open};

	value_release(&v);
	return truth;
}

/* Unlike other operators, these do not stop at what is open: a later part may
 * settle the whole. */
static struct value eval_logic(const struct expr *e, const struct node *chain,
                               const struct expr_env *env)
{
	bool settling = settling_truth(chain);
	bool settled = false, open = false;
	struct value v;

	for (const struct node *part = chain->parts; part; part = part->next) {
		struct truth truth = eval_truth(e, part, env);

		if (truth.is == settling && !truth.open)
			return value_boolean(settling);
		settled |= truth.is == settling;
		open |= truth.open;
	}
	v = value_boolean(settled ? settling : !settling);
	v.open = open;
	return v;
}

/* XPath 1.0 §3.4, and for ODK a date equals what is the same time. */
static bool equal(const struct value *a, const struct value *b)
{
	char *left, *right;
	bool same;

	if (a->kind == VALUE_BOOLEAN || b->kind == VALUE_BOOLEAN)
		return value_to_boolean(a) == value_to_boolean(b);
	if (a->kind == VALUE_NUMBER || b->kind == VALUE_NUMBER)
		return value_to_number(a) == value_to_number(b);
	if ((a->kind == VALUE_DATE || b->kind == VALUE_DATE) &&
	    value_is_date(a) && value_is_date(b))
		return value_to_number(a) == value_to_number(b);
	left = value_to_string(a);
	right = value_to_string(b);
	same = strcmp(left, right) == 0;
	free(left);
	free(right);
	return same;
}

static struct value apply(enum operator op, const struct value *left,
                          const struct value *right)
{
	double a = value_to_number(left), b = value_to_number(right);

	switch (op) {
	case OP_EQ:
		return value_boolean(equal(left, right));
	case OP_NE:
		return value_boolean(!equal(left, right));
	case OP_LT:
		return value_boolean(a < b);
	case OP_LE:
		return value_boolean(a <= b);
	case OP_GT:
		return value_boolean(a > b);
	case OP_GE:
		return value_boolean(a >= b);
	case OP_ADD:
		return value_number(a + b);
	case OP_SUBTRACT:
		return value_number(a - b);
	case OP_MULTIPLY:
		return value_number(a * b);
	case OP_DIVIDE:
		return value_number(a / b);
	case OP_MODULO:
		return value_number(number_modulo(a, b));
	case OP_AND:
	case OP_OR:
		break; /* eval_logic's */
	}
	abort();
}

static struct value eval_chain(const struct expr *e, const struct node *chain,
                               const struct expr_env *env)
{
	const struct node *part = chain->parts;
	struct value left = eval(e, part, env);

	while ((part = part->next)) {
		struct value right = eval(e, part, env);
		struct value result = apply(part->joint, &left, &right);

		result.open = left.open || right.open;
		value_release(&left);
		value_release(&right);
		left = result;
	}
	return left;
}

static struct value eval_negate(const struct expr *e, const struct node *node,
                                const struct expr_env *env)
{
	struct value inner = eval(e, node->parts, env);
	struct value v = value_number(-value_to_number(&inner));

	v.open = inner.open;
	value_release(&inner);
	return v;
}

static struct value eval_call(const struct expr *e, const struct node *node,
                              const struct expr_env *env)
{
	struct call call = {
		.expr = e,
		.node = node,
		.env = env,
		.args = mem_array(node->n_parts, sizeof *call.args),
	};
	bool open = false;
	struct value v;

	for (const struct node *part = node->parts; part; part = part->next) {
		call.args[call.n] = eval(e, part, env);
		open |= call.args[call.n++].open;
	}
	v = node->function->evaluate(&call);
	if (!node->function->chooses)
		v.open = open;
	for (size_t i = 0; i < call.n; i++)
		value_release(&call.args[i]);
	free(call.args);
	return v;
}

static struct value eval_column(const struct node *node,
                                const struct expr_env *env)
{
	const char *cell = env->column ? env->column(env->ctx, node->text)
	                               : NULL;

	return value_string(cell ? cell : "");
}

static struct value eval_whole(const struct expr *e, const struct node *node,
                               const struct expr_env *env)
{
	switch (node->kind) {
	case NODE_NUMBER:
		return value_number(node->number);
	case NODE_STRING:
		return value_string(node->text);
	case NODE_SELF:
		return expr_answer(env, env->self);
	case NODE_REFERENCE:
		return expr_answer(env, e->refs[node->reference].question);
	case NODE_COLUMN:
		return eval_column(node, env);
	case NODE_NEGATE:
		return eval_negate(e, node, env);
	case NODE_CHAIN:
		return is_logic(node) ? eval_logic(e, node, env)
		                      : eval_chain(e, node, env);
	case NODE_CALL:
		break;
	}
	return eval_call(e, node, env);
}

/* Whatever is evaluated comes through here, and is paid for. */
static struct value eval(const struct expr *e, const struct node *node,
                         const struct expr_env *env)
{
	struct value v = value_string("");

	v.open = true;
	if (!expr_spend(env, NODE_UNITS))
		return v;
	value_release(&v);
	v = eval_whole(e, node, env);
	if (expr_spend(env, v.kind == VALUE_STRING ? strlen(v.string) : 0))
		return v;
	value_release(&v);
	v = value_string("");
	v.open = true;
	return v;
}

/* ENV with the work that one evaluation may do, which is in OWN. */
static struct expr_env begin(const struct expr_env *env, struct expr_work *own)
{
	struct expr_env bounded = *env;

	own->left = EXPR_MAX_WORK;
	own->overran = false;
	if (env->work && env->work->left < own->left)
		own->left = env->work->left;
	bounded.work = own;
	return bounded;
}

/* Take what was done of OWN, which had LEFT, from ENV's. */
static void end(const struct expr_env *env, const struct expr_work *own,
                long left)
{
	if (!env->work)
		return;
	env->work->left -= left - own->left;
	env->work->overran |= own->overran;
}

struct value expr_eval(const struct expr *e, const struct expr_env *env)
{
	struct expr_work own;
	struct expr_env bounded = begin(env, &own);
	long left = own.left;
	struct value v = eval(e, e->root, &bounded);

	end(env, &own, left);
	return v;
}

/* --- deciders ------------------------------------------------------------- */

/* Where the whole is open, only what is open made it so: open is what a
 * question must be to count. */
struct search {
	const struct expr *e;
	const struct expr_env *env;
	bool open;
	int *questions; /* found so far */
	size_t n;
	size_t cap;
	void (*found)(void *ctx, int question);
	void *ctx;
};

static void search(struct search *s, const struct node *node);

static void search_question(struct search *s, int question)
{
	struct value v = expr_answer(s->env, question);
	bool counts = question >= 0 && v.open == s->open;

	value_release(&v);
	for (size_t i = 0; counts && i < s->n; i++)
		counts = s->questions[i] != question;
	if (!counts)
		return;
	s->questions = mem_room(s->questions, s->n, &s->cap,
	                        sizeof *s->questions);
	s->questions[s->n++] = question;
	s->found(s->ctx, question);
}

static void search_parts(struct search *s, const struct node *node)
{
	for (const struct node *part = node->parts; part; part = part->next)
		search(s, part);
}

static void search_logic(struct search *s, const struct node *chain)
{
	struct truth whole = eval_truth(s->e, chain, s->env);
	bool settling = settling_truth(chain);

	for (const struct node *part = chain->parts; part; part = part->next) {
		struct truth truth = eval_truth(s->e, part, s->env);

		if (whole.open || whole.is != settling) {
			search(s, part);
		} else if (truth.is == settling && !truth.open) {
			search(s, part);
			return;
		}
	}
}

static void search_choice(struct search *s, const struct node *call)
{
	const struct node *condition = call->parts;
	struct truth truth = eval_truth(s->e, condition, s->env);

	search(s, condition);
	if (!truth.open)
		search(s, truth.is ? condition->next : condition->next->next);
}

static void search(struct search *s, const struct node *node)
{
	switch (node->kind) {
	case NODE_NUMBER:
	case NODE_STRING:
	case NODE_COLUMN:
		break;
	case NODE_SELF:
		search_question(s, s->env->self);
		break;
	case NODE_REFERENCE:
		search_question(s, s->e->refs[node->reference].question);
		break;
	case NODE_CHAIN:
		if (is_logic(node))
			search_logic(s, node);
		else
			search_parts(s, node);
		break;
	case NODE_CALL:
		if (node->function->chooses)
			search_choice(s, node);
		else
			search_parts(s, node);
		break;
	case NODE_NEGATE:
		search_parts(s, node);
		break;
	}
}

void expr_deciders(const struct expr *e, const struct expr_env *env,
                   void (*found)(void *ctx, int question), void *ctx)
{
	struct expr_work own;
	struct expr_env bounded = begin(env, &own);
	struct search s = {.e = e, .env = &bounded, .found = found, .ctx = ctx};
	long left = own.left;

	s.open = eval_truth(e, e->root, &bounded).open;
	search(&s, e->root);
	end(env, &own, left);
	free(s.questions);
}
