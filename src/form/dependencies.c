/* SPDX-License-Identifier: MIT */
#include "form/dependencies.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"

struct finding {
	struct form *form;
	int *last; /* of each row, which one found it in an expression last */
};

static void add_dependent(struct form *form, int on, int row)
{
	struct question *q = &form->questions[on];

	if (on == row)
		return; /* a change looks at its own row anyway */
	/* Rows come in order, so ROW can only be the last one already. */
	if (q->n_dependents && q->dependents[q->n_dependents - 1] == row)
		return;
	q->dependents = mem_room(q->dependents, q->n_dependents,
	                         &q->cap_dependents, sizeof *q->dependents);
	q->dependents[q->n_dependents++] = row;
}

/* What E refers to, ROW stands on; and on what makes that required, since an
 * answer is missing only where it is required. */
static void depend_on_refs(struct finding *f, int row, struct expr *e)
{
	struct form *form = f->form;
	size_t n, m;
	struct expr_ref *refs = e ? expr_refs(e, &n) : NULL;

	for (size_t i = 0; refs && i < n; i++) {
		int on = refs[i].question;
		struct expr *required = form->questions[on].required;
		struct expr_ref *more = required ? expr_refs(required, &m)
		                                 : NULL;

		if (f->last[on] == row) /* it has all been done */
			continue;
		f->last[on] = row;
		add_dependent(form, on, row);
		for (size_t k = 0; more && k < m; k++)
			add_dependent(form, more[k].question, row);
	}
}

/* Where it stands on that for another reason, that one is enough. */
static void find_constrained(struct finding *f, int row)
{
	struct form *form = f->form;
	size_t n;
	struct expr *e = form->questions[row].constraint;
	struct expr_ref *refs = e ? expr_refs(e, &n) : NULL;

	for (size_t i = 0; refs && i < n; i++) {
		struct question *on = &form->questions[refs[i].question];

		if (f->last[refs[i].question] == row || refs[i].question == row)
			continue;
		f->last[refs[i].question] = row;
		on->constrained = mem_room(on->constrained, on->n_constrained,
		                           &on->cap_constrained,
		                           sizeof *on->constrained);
		on->constrained[on->n_constrained++] = row;
	}
}

enum mark { UNSEEN, UNDER_WAY, RANKED };

/* How long a chain of rows each standing on the next, further down, may be:
 * bounds the recursion below. Chains that lead up are not limited. */
#define MAX_CHAIN 1000

struct ranking {
	struct form *form;
	enum mark *marks;
	int next;
	int chain;
	const char *file;
	struct diag_list *diags;
};

static void rank(struct ranking *r, int row);

/* All that E refers to, but for EXCEPT, comes first. */
static void rank_refs(struct ranking *r, struct expr *e, int except)
{
	size_t n;
	struct expr_ref *refs = e ? expr_refs(e, &n) : NULL;

	for (size_t i = 0; refs && i < n; i++)
		if (refs[i].question != except)
			rank(r, refs[i].question);
}

/* '.' in E of ROW is ROW, which so stands on itself. */
static void rank_self(struct ranking *r, int row, const struct expr *e)
{
	if (e && expr_has_self(e))
		rank(r, row);
}

/* Depth first: ROW is ranked after all that it stands on. */
static void rank(struct ranking *r, int row)
{
	struct question *q = &r->form->questions[row];

	if (r->marks[row] == RANKED)
		return;
	if (r->marks[row] == UNDER_WAY || r->chain == MAX_CHAIN) {
		diag_add(r->diags, DIAG_ERROR, r->file, q->line, 0,
		         r->chain == MAX_CHAIN
		         ? _("「%s」までの参照の連なりが長すぎます")
		         : _("「%s」は自分自身の答えに左右されます（relevant または calculation が循環しています）"),
		         q->name);
		return;
	}
	r->marks[row] = UNDER_WAY;
	r->chain++;
	if (q->parent >= 0)
		rank(r, q->parent);
	rank_self(r, row, q->relevant);
	rank_self(r, row, q->calculation);
	rank_refs(r, q->relevant, -1);
	rank_refs(r, q->calculation, -1);
	/* what is offered may turn on what is chosen here */
	rank_refs(r, q->choice_filter, row);
	r->chain--;
	r->marks[row] = RANKED;
	q->rank = r->next++;
}

void form_find_dependencies(struct form *form, const char *file,
                            struct diag_list *diags)
{
	struct ranking r = {
		.form = form,
		.marks = mem_array(form->n, sizeof *r.marks),
		.file = file,
		.diags = diags,
	};
	struct finding f = { form, mem_array(form->n, sizeof *f.last) };

	for (int row = 0; row < (int)form->n; row++)
		f.last[row] = -1;
	for (int row = 0; row < (int)form->n; row++) {
		struct question *q = &form->questions[row];

		if (q->parent >= 0)
			add_dependent(form, q->parent, row);
		depend_on_refs(&f, row, q->relevant);
		depend_on_refs(&f, row, q->calculation);
		depend_on_refs(&f, row, q->required);
		depend_on_refs(&f, row, q->choice_filter);
		find_constrained(&f, row);
		rank(&r, row);
	}
	free(f.last);
	free(r.marks);
}
