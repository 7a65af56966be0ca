/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "expr/ast.h"
#include "expr/functions.h"
#include "expr/lexer.h"
#include "expr/pattern.h"

/* The first fault is the one told: once error->text is set, every parse_…
 * returns NULL and its callers do too. Nodes belong to the expression from the
 * start, so nothing leaks on the way out. */
struct parser {
	const char *text;
	enum expr_place place;
	struct lexer lexer;
	struct token token; /* the one that is looked at */
	struct expr *expr;
	struct expr_error *error;
	int depth;
};

static const int precedence[] = {
	[OP_OR] = 0,
	[OP_AND] = 1,
	[OP_EQ] = 2, [OP_NE] = 2,
	[OP_LT] = 3, [OP_LE] = 3, [OP_GT] = 3, [OP_GE] = 3,
	[OP_ADD] = 4, [OP_SUBTRACT] = 4,
	[OP_MULTIPLY] = 5, [OP_DIVIDE] = 5, [OP_MODULO] = 5,
};

#define PRECEDENCES 6

static struct node *parse_chain(struct parser *p, int level);

/* --- faults --------------------------------------------------------------- */

/* Takes TEXT over. */
static struct node *fail(struct parser *p, size_t offset, char *text)
{
	if (p->error->text) {
		free(text);
		return NULL;
	}
	p->error->offset = offset;
	p->error->text = text;
	return NULL;
}

static bool failed(const struct parser *p)
{
	return p->error->text != NULL;
}

static char *quote_token(const struct parser *p)
{
	return lexer_quote(p->text + p->token.offset, p->token.length);
}

static struct node *fail_no_value(struct parser *p)
{
	char *quoted;

	if (p->token.kind == TOKEN_END)
		return fail(p, p->token.offset,
		            mem_strdup(_("式が途中で終わっています")));
	quoted = quote_token(p);
	fail(p, p->token.offset,
	     buf_format(_("「%s」の前に値がありません"), quoted));
	free(quoted);
	return NULL;
}

/* The token is none that goes on after a value. */
static struct node *fail_no_operator(struct parser *p)
{
	char *quoted;

	if (p->token.kind == TOKEN_CLOSE)
		return fail(p, p->token.offset,
		            mem_strdup(_("「)」に対応する「(」がありません")));
	if (p->token.kind == TOKEN_COMMA)
		return fail(p, p->token.offset, mem_strdup(
			_("「,」は関数の引数の間にだけ書けます")));
	quoted = quote_token(p);
	fail(p, p->token.offset,
	     buf_format(_("「%s」の前に演算子がありません"), quoted));
	free(quoted);
	return NULL;
}

static struct node *fail_not_closed(struct parser *p, size_t open)
{
	if (p->token.kind != TOKEN_END)
		return fail_no_operator(p);
	return fail(p, open, mem_strdup(_("「(」が「)」で閉じられていません")));
}

static struct node *fail_bare_name(struct parser *p, const char *name,
                                   size_t offset)
{
	const struct function *function = function_find(name);

	if (function && function->max == 0)
		return fail(p, offset, buf_format(
			_("関数「%s」は「%s()」と書いてください"), name, name));
	return fail(p, offset, buf_format(
		_("「%s」は、質問なら「${%s}」、"
		  "文字列なら「'%s'」と書いてください"),
		name, name, name));
}

static struct node *fail_unknown_function(struct parser *p, const char *name,
                                          size_t offset)
{
	const char *nearest = function_nearest(name);

	if (!nearest)
		return fail(p, offset, buf_format(
			_("関数「%s」はありません"), name));
	return fail(p, offset, buf_format(
		_("関数「%s」はありません。「%s」ではありませんか"),
		name, nearest));
}

static struct node *fail_argument_count(struct parser *p,
                                        const struct node *call)
{
	const struct function *f = call->function;
	char *text;

	if (f->max == ANY_NUMBER)
		text = buf_format(_("関数「%s」の引数は%zu個以上です"
		                    "（ここでは%zu個）"),
		                  f->name, f->min, call->n_parts);
	else if (f->max > f->min)
		text = buf_format(_("関数「%s」の引数は%zu個から%zu個です"
		                    "（ここでは%zu個）"),
		                  f->name, f->min, f->max, call->n_parts);
	else
		text = buf_format(_("関数「%s」の引数は%zu個です"
		                    "（ここでは%zu個）"),
		                  f->name, f->min, call->n_parts);
	return fail(p, call->offset, text);
}

/* --- building ------------------------------------------------------------- */

static void advance(struct parser *p)
{
	p->token = lexer_next(&p->lexer);
	if (p->token.kind == TOKEN_ERROR)
		fail(p, p->token.offset, p->token.error);
}

static struct node *new_node(struct parser *p, enum node_kind kind,
                             size_t offset)
{
	struct node *node = mem_alloc(sizeof *node);

	node->kind = kind;
	node->offset = offset;
	node->reference = NO_REFERENCE;
	node->older = p->expr->nodes;
	p->expr->nodes = node;
	return node;
}

/* Add the ${name} at OFFSET (LENGTH bytes) to the list; its place there. */
static size_t add_reference(struct parser *p, size_t offset, size_t length)
{
	struct expr *e = p->expr;

	e->refs = mem_room(e->refs, e->n_refs, &e->cap_refs, sizeof *e->refs);
	e->refs[e->n_refs] = (struct expr_ref){
		.name = mem_strndup(p->text + offset + 2, length - 3),
		.offset = offset,
		.question = -1,
	};
	return e->n_refs++;
}

static bool enter(struct parser *p)
{
	if (++p->depth <= EXPR_MAX_DEPTH)
		return true;
	fail(p, p->token.offset, buf_format(
		_("入れ子が深すぎます（%d段まで）"), EXPR_MAX_DEPTH));
	return false;
}

static void leave(struct parser *p)
{
	p->depth--;
}

/* --- the grammar ---------------------------------------------------------- */

static struct node *parse_number(struct parser *p)
{
	struct node *node = new_node(p, NODE_NUMBER, p->token.offset);
	char *digits = mem_strndup(p->text + p->token.offset, p->token.length);
	struct value v = value_own_string(digits);

	node->number = value_to_number(&v);
	value_release(&v);
	advance(p);
	return node;
}

static struct node *parse_string(struct parser *p)
{
	struct node *node = new_node(p, NODE_STRING, p->token.offset);
	size_t start = p->token.offset + 1;
	size_t length = p->token.length - 2;

	node->text = mem_strndup(p->text + start, length);
	for (size_t i = 0; i < length;) {
		size_t n = lexer_reference(node->text + i);
		size_t reference;

		if (n) {
			reference = add_reference(p, start + i, n);
			if (n == length)
				node->reference = reference;
		}
		i += n ? n : 1;
	}
	advance(p);
	return node;
}

static struct node *parse_reference(struct parser *p)
{
	struct node *node = new_node(p, NODE_REFERENCE, p->token.offset);

	node->reference = add_reference(p, p->token.offset, p->token.length);
	advance(p);
	return node;
}

static struct node *parse_self(struct parser *p)
{
	struct node *node = new_node(p, NODE_SELF, p->token.offset);

	advance(p);
	return node;
}

static struct node *parse_parentheses(struct parser *p)
{
	size_t open = p->token.offset;
	struct node *inner;

	if (!enter(p))
		return NULL;
	advance(p);
	inner = parse_chain(p, 0);
	if (!inner)
		return NULL;
	if (p->token.kind != TOKEN_CLOSE)
		return fail_not_closed(p, open);
	advance(p);
	leave(p);
	return inner;
}

/* The arguments, from behind '(' to behind ')'; false on a fault. */
static bool parse_arguments(struct parser *p, struct node *call, size_t open)
{
	struct node **end = &call->parts;

	if (p->token.kind != TOKEN_CLOSE) {
		for (;;) {
			*end = parse_chain(p, 0);
			if (!*end)
				return false;
			call->n_parts++;
			end = &(*end)->next;
			if (p->token.kind != TOKEN_COMMA)
				break;
			advance(p);
		}
	}
	if (p->token.kind != TOKEN_CLOSE) {
		fail_not_closed(p, open);
		return false;
	}
	advance(p);
	return true;
}

static struct node *check_call(struct parser *p, struct node *call)
{
	const struct function *f = call->function;
	size_t offset;
	char *fault;

	if (call->n_parts < f->min || call->n_parts > f->max)
		return fail_argument_count(p, call);
	fault = f->check ? f->check(call, &offset) : NULL;
	return fault ? fail(p, offset, fault) : call;
}

static struct node *parse_call(struct parser *p,
                               const struct function *function, size_t offset)
{
	struct node *call = new_node(p, NODE_CALL, offset);
	size_t open = p->token.offset;

	call->function = function;
	if (!enter(p))
		return NULL;
	advance(p);
	if (!parse_arguments(p, call, open))
		return NULL;
	leave(p);
	return check_call(p, call);
}

static struct node *parse_column(struct parser *p, const char *name,
                                 size_t offset)
{
	struct node *node = new_node(p, NODE_COLUMN, offset);

	node->text = mem_strdup(name);
	return node;
}

static struct node *parse_after_name(struct parser *p, const char *name,
                                     size_t offset)
{
	const struct function *function;

	if (p->token.kind != TOKEN_OPEN)
		return p->place == EXPR_IN_CHOICE_FILTER
		       ? parse_column(p, name, offset)
		       : fail_bare_name(p, name, offset);
	function = function_find(name);
	if (!function)
		return fail_unknown_function(p, name, offset);
	return parse_call(p, function, offset);
}

static struct node *parse_name(struct parser *p)
{
	size_t offset = p->token.offset;
	enum operator op;
	char *name;
	struct node *node;

	if (p->place == EXPR_IN_SURVEY &&
	    lexer_word_operator(p->text + offset, p->token.length, &op))
		return fail_no_value(p);
	name = mem_strndup(p->text + offset, p->token.length);
	advance(p);
	node = parse_after_name(p, name, offset);
	free(name);
	return node;
}

static struct node *parse_primary(struct parser *p)
{
	switch (p->token.kind) {
	case TOKEN_NUMBER:
		return parse_number(p);
	case TOKEN_STRING:
		return parse_string(p);
	case TOKEN_REFERENCE:
		return parse_reference(p);
	case TOKEN_SELF:
		return parse_self(p);
	case TOKEN_NAME:
		return parse_name(p);
	case TOKEN_OPEN:
		return parse_parentheses(p);
	case TOKEN_END:
	case TOKEN_ERROR:
	case TOKEN_OPERATOR:
	case TOKEN_CLOSE:
	case TOKEN_COMMA:
		break;
	}
	return fail_no_value(p);
}

static bool is_operator(const struct parser *p, int level)
{
	return p->token.kind == TOKEN_OPERATOR &&
	       precedence[p->token.operator] == level;
}

static struct node *parse_unary(struct parser *p)
{
	struct node *node, *inner;

	if (p->token.kind != TOKEN_OPERATOR ||
	    p->token.operator != OP_SUBTRACT)
		return parse_primary(p);
	node = new_node(p, NODE_NEGATE, p->token.offset);
	if (!enter(p))
		return NULL;
	advance(p);
	inner = parse_unary(p);
	if (!inner)
		return NULL;
	leave(p);
	node->parts = inner;
	node->n_parts = 1;
	return node;
}

/* Everything joined by operators of LEVEL or above. */
static struct node *parse_chain(struct parser *p, int level)
{
	struct node *chain, *part;
	enum operator joint;

	if (level == PRECEDENCES)
		return parse_unary(p);
	part = parse_chain(p, level + 1);
	if (!part || !is_operator(p, level))
		return part;
	chain = new_node(p, NODE_CHAIN, part->offset);
	chain->parts = part;
	chain->n_parts = 1;
	while (is_operator(p, level)) {
		joint = p->token.operator;
		advance(p);
		part->next = parse_chain(p, level + 1);
		part = part->next;
		if (!part)
			return NULL;
		part->joint = joint;
		chain->n_parts++;
	}
	return chain;
}

static void parse_all(struct parser *p)
{
	advance(p);
	if (p->token.kind == TOKEN_END) {
		fail(p, 0, mem_strdup(_("式が空です")));
		return;
	}
	p->expr->root = parse_chain(p, 0);
	if (!failed(p) && p->token.kind != TOKEN_END)
		fail_no_operator(p);
}

struct expr *expr_parse(const char *text, enum expr_place place,
                        struct expr_error *error)
{
	size_t length = strlen(text);
	struct parser p = {
		.text = text,
		.place = place,
		.lexer = {.text = text},
		.expr = mem_alloc(sizeof *p.expr + length + 1),
		.error = error,
	};

	memcpy(p.expr->source, text, length);
	*error = (struct expr_error){0};
	if (length > EXPR_MAX_LENGTH)
		fail(&p, EXPR_MAX_LENGTH, buf_format(
			_("式が長すぎます（%dバイトまで）"), EXPR_MAX_LENGTH));
	else
		parse_all(&p);
	if (!failed(&p))
		return p.expr;
	expr_free(p.expr);
	return NULL;
}

struct expr *expr_literal(const char *text)
{
	struct parser p = {
		.text = text,
		.expr = mem_alloc(sizeof *p.expr + 1),
	};

	p.expr->root = new_node(&p, NODE_STRING, 0);
	p.expr->root->text = mem_strdup(text);
	p.expr->root->reference = NO_REFERENCE;
	return p.expr;
}

/* --- the finished expression ---------------------------------------------- */

void expr_free(struct expr *e)
{
	struct node *node, *older;

	if (!e)
		return;
	for (node = e->nodes; node; node = older) {
		older = node->older;
		pattern_free(node->pattern);
		free(node->text);
		free(node);
	}
	for (size_t i = 0; i < e->n_refs; i++)
		free(e->refs[i].name);
	free(e->refs);
	free(e);
}

const char *expr_source(const struct expr *e)
{
	return *e->source ? e->source : e->root->text;
}

bool expr_is_literal(const struct expr *e)
{
	return !*e->source;
}

struct expr_ref *expr_refs(struct expr *e, size_t *n)
{
	*n = e->n_refs;
	return e->refs;
}

bool expr_calls(const struct expr *e, const char *function)
{
	for (const struct node *node = e->nodes; node; node = node->older)
		if (node->function && strcmp(node->function->name, function) == 0)
			return true;
	return false;
}

const char *expr_unknown_column(const struct expr *e,
                                bool (*known)(void *ctx, const char *name),
                                void *ctx, size_t *offset)
{
	const char *found = NULL;

	/* Nodes come newest first. */
	for (const struct node *node = e->nodes; node; node = node->older)
		if (node->kind == NODE_COLUMN && !known(ctx, node->text)) {
			found = node->text;
			*offset = node->offset;
		}
	return found;
}

/* ANSWER and TEXT stand beside each other. */
static bool is_test(const struct expr *e, const struct node *answer,
                    const struct node *text, struct expr_test *test)
{
	if (text->kind != NODE_STRING || text->reference != NO_REFERENCE)
		return false;
	test->text = text->text;
	test->question = answer->kind == NODE_SELF ? EXPR_SELF
		: answer->kind == NODE_REFERENCE
		? e->refs[answer->reference].question : -1;
	return test->question != -1;
}

/* What in NODE is compared with PART, which stands before it in a chain or is the
 * first argument; NULL. */
static const struct node *compared_with(const struct node *node,
                                        const struct node *part)
{
	const struct node *next = part->next;
	bool compares = node->kind == NODE_CHAIN
		? next && (next->joint == OP_EQ || next->joint == OP_NE)
		: node->function && strcmp(node->function->name, "selected") == 0;

	return compares ? next : NULL;
}

void expr_each_test(const struct expr *e,
                    void (*found)(void *ctx, const struct expr_test *test),
                    void *ctx)
{
	for (const struct node *node = e->nodes; node; node = node->older)
		for (const struct node *part = node->parts; part;
		     part = part->next) {
			const struct node *other = compared_with(node, part);
			struct expr_test test;

			if (other && (is_test(e, part, other, &test) ||
			              is_test(e, other, part, &test)))
				found(ctx, &test);
		}
}

bool expr_has_self(const struct expr *e)
{
	for (const struct node *node = e->nodes; node; node = node->older)
		if (node->kind == NODE_SELF)
			return true;
	return false;
}
