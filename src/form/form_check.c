/* SPDX-License-Identifier: MIT */
#include "form/form_check.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "form/question_type.h"

struct checker {
	const struct form *form;
	const char *file;
	struct diag_list *diags;
	const struct question *question; /* the row that is looked at, */
	const char *column;              /* and the column of its expression */
};

/* --- messages ----------------------------------------------------------- */

static void check_messages(const struct checker *c)
{
	const struct question *q = c->question;
	const struct {
		const char *name;
		const struct words *words;
		const char *expr_name;
		const struct expr *expr;
	} pairs[] = {
		{ "na_reason", &q->na_reason, "relevant", q->relevant },
		{ "required_message", &q->required_message, "required",
		  q->required },
		{ "constraint_message", &q->constraint_message, "constraint",
		  q->constraint },
		{ "caution_message", &q->caution_message, "caution",
		  q->caution },
	};

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (pairs[i].words->in && !pairs[i].expr)
			diag_add(c->diags, DIAG_WARNING, c->file, q->line, 0,
			         _("「%s」の %s は使われません。%s も書くか、この文を消してください"),
			         q->name, pairs[i].name, pairs[i].expr_name);
}

/* --- comparisons -------------------------------------------------------- */

static const struct choice *choice_labelled(const struct form *form,
                                            const struct choice_list *list,
                                            const char *label)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(form_words(form, &list->items[i].label, 0), label) == 0)
			return &list->items[i];
	return NULL;
}

/* A test for what is never chosen is never true. Several names may stand in one
 * text where several can be chosen. */
static void check_test(void *ctx, const struct expr_test *test)
{
	const struct checker *c = ctx;
	const struct question *tested = test->question == EXPR_SELF
		? c->question : &c->form->questions[test->question];
	const struct choice *meant;

	if (!tested->choices || !*test->text || strchr(test->text, ' ') ||
	    choice_find(tested->choices, test->text))
		return;
	meant = choice_labelled(c->form, tested->choices, test->text);
	if (meant)
		diag_add(c->diags, DIAG_WARNING, c->file, c->question->line, 0,
		         _("「%s」の %s: 「%s」の選択肢は label の「%s」ではなく、name の「%s」で書いてください"),
		         c->question->name, c->column, tested->name, test->text,
		         meant->name);
	else
		diag_add(c->diags, DIAG_WARNING, c->file, c->question->line, 0,
		         _("「%s」の %s: 「%s」に「%s」という選択肢はありません"),
		         c->question->name, c->column, tested->name, test->text);
}

static void check_expressions(struct checker *c)
{
	const struct question *q = c->question;
	const struct {
		const char *column;
		const struct expr *expr;
	} all[] = {
		{ "relevant", q->relevant }, { "required", q->required },
		{ "constraint", q->constraint },
		{ "calculation", q->calculation },
		{ "default", q->default_value }, { "read_only", q->read_only },
		{ "choice_filter", q->choice_filter },
		{ "renew", q->renew }, { "due", q->due },
		{ "caution", q->caution },
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		c->column = all[i].column;
		if (all[i].expr)
			expr_each_test(all[i].expr, check_test, c);
	}
}

/* --- numbers and clauses ------------------------------------------------ */

static int by_number(const void *a, const void *b, void *context)
{
	const struct form *form = context;
	int x = *(const int *)a, y = *(const int *)b;
	const struct question *q = &form->questions[x];
	const struct question *p = &form->questions[y];
	int order = q->parent - p->parent;

	if (!order)
		order = strcmp(q->number, p->number);
	return order ? order : x - y;
}

/* In one group, as numbers begin anew in each. */
static void check_numbers(const struct checker *c)
{
	const struct question *questions = c->form->questions;
	int *numbered = mem_array(c->form->n, sizeof *numbered);
	size_t n = 0;

	for (int i = 0; i < (int)c->form->n; i++)
		if (*questions[i].number)
			numbered[n++] = i;
	qsort_r(numbered, n, sizeof *numbered, by_number, (void *)c->form);
	for (size_t i = 1; i < n; i++) {
		const struct question *a = &questions[numbered[i - 1]];
		const struct question *b = &questions[numbered[i]];

		if (a->parent == b->parent && strcmp(a->number, b->number) == 0)
			diag_add(c->diags, DIAG_WARNING, c->file, b->line, 0,
			         _("番号「%s」が2つあります（もう1つは %ld 行目）"),
			         b->number, a->line);
	}
	free(numbered);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void check_clauses(const struct checker *c, struct articles *articles)
{
	size_t n = 0;
	char **known;

	while (articles_at(articles, n))
		n++;
	known = mem_array(n, sizeof *known);
	for (size_t i = 0; i < n; i++)
		known[i] = clause_words(articles_at(articles, i)->clause);
	qsort(known, n, sizeof *known, by_text);
	for (size_t i = 0; i < c->form->n; i++) {
		const struct question *q = &c->form->questions[i];
		char *words = clause_words(q->clause);

		if (*words && !bsearch(&words, known, n, sizeof *known, by_text))
			diag_add(c->diags, DIAG_WARNING, c->file, q->line, 0,
			         _("「%s」の条項「%s」が条文にありません"),
			         q->name, q->clause);
		free(words);
	}
	for (size_t i = 0; i < n; i++)
		free(known[i]);
	free(known);
}

/* --- the whole ---------------------------------------------------------- */

void form_check(const struct form *form, struct articles *articles,
                const char *file, struct diag_list *diags)
{
	struct checker c = { .form = form, .file = file, .diags = diags };
	size_t first = diags->n;

	for (size_t i = 0; i < form->n && !diag_list_is_full(diags); i++) {
		c.question = &form->questions[i];
		check_messages(&c);
		check_expressions(&c);
	}
	check_numbers(&c);
	if (articles)
		check_clauses(&c, articles);
	diag_list_sort(diags, first);
}
