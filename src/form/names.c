/* SPDX-License-Identifier: MIT */
#include "form/xlsform.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/spelling.h"
#include "form/question_type.h"

static int by_name(const void *a, const void *b, void *form)
{
	const struct question *questions = ((struct form *)form)->questions;
	int x = *(const int *)a, y = *(const int *)b;
	int order = strcmp(questions[x].name, questions[y].name);

	return order ? order : x - y;
}

void index_names(struct reader *r)
{
	struct form *form = r->form;

	form->by_name = mem_array(form->n, sizeof *form->by_name);
	for (size_t i = 0; i < form->n; i++)
		form->by_name[i] = (int)i;
	qsort_r(form->by_name, form->n, sizeof *form->by_name, by_name, form);
	for (size_t i = 1; i < form->n; i++) {
		struct question *a = &form->questions[form->by_name[i - 1]];
		struct question *b = &form->questions[form->by_name[i]];

		if (*a->name && strcmp(a->name, b->name) == 0)
			diag_add(r->diags, DIAG_ERROR, r->file, b->line, 0,
			         _("名前「%s」が2つあります（もう1つは %ld 行目）"),
			         b->name, a->line);
	}
}

/* After so many errors no name is looked for that was meant: it takes a while. */
#define NEAREST_MOST 10

static const char *nearest_name(const struct form *form, const char *name)
{
	size_t near = spelling_limit(name) + 1;
	const char *nearest = NULL;

	for (size_t i = 0; i < form->n; i++) {
		size_t d = spelling_distance(form->questions[i].name, name);

		if (d < near) {
			near = d;
			nearest = form->questions[i].name;
		}
	}
	return nearest;
}

static void bind_ref(struct reader *r, const struct unbound *u,
                     struct expr_ref *ref)
{
	int q = form_find(r->form, ref->name);
	size_t at = ref->offset;
	const char *nearest;

	if (q >= 0 && r->form->questions[q].type->role != ROLE_GROUP) {
		ref->question = q;
		return;
	}
	if (q >= 0) {
		complain(r, DIAG_ERROR, u->cell, at,
		         _("「${%s}」はグループです。質問の名前を書いてください"),
		         ref->name);
		return;
	}
	nearest = r->diags->errors < NEAREST_MOST
		? nearest_name(r->form, ref->name) : NULL;
	if (nearest)
		complain(r, DIAG_ERROR, u->cell, at,
		         _("「${%s}」という質問はありません。「${%s}」の書き間違いではありませんか"),
		         ref->name, nearest);
	else
		complain(r, DIAG_ERROR, u->cell, at,
		         _("「${%s}」という質問はありません"), ref->name);
}

static bool is_choice_column(void *ctx, const char *name)
{
	const struct form *form = ctx;

	for (size_t i = 0; i < form->n_choice_columns; i++)
		if (strcmp(form->choice_columns[i], name) == 0)
			return true;
	return false;
}

/* A choice filter by a column that is not there would offer nothing. */
static void check_columns(struct reader *r, const struct unbound *u)
{
	size_t at = 0;
	const char *name = expr_unknown_column(u->e, is_choice_column, r->form,
	                                       &at);

	if (name)
		complain(r, DIAG_ERROR, u->cell, at,
		         _("choices シートに「%s」という列がありません"), name);
}

static void bind_expression(struct reader *r, const struct unbound *u)
{
	size_t n;
	struct expr_ref *refs = expr_refs(u->e, &n);

	for (size_t k = 0; k < n; k++)
		bind_ref(r, u, &refs[k]);
	check_columns(r, u);
}

static void check_message(struct reader *r, const struct unbound *u)
{
	const char *text = u->cell->text, *at = text, *end;

	for (; (at = strstr(at, "${")); at = end) {
		struct expr_ref ref = { .offset = (size_t)(at - text) };

		end = strchr(at, '}');
		if (!end) {
			complain(r, DIAG_ERROR, u->cell, ref.offset, "%s",
			         _("「${」が「}」で閉じられていません"));
			return;
		}
		ref.name = mem_strndup(at + 2, (size_t)(end - at) - 2);
		bind_ref(r, u, &ref);
		free(ref.name);
	}
}

void bind_refs(struct reader *r)
{
	for (size_t i = 0; i < r->n_unbound; i++) {
		if (r->unbound[i].e)
			bind_expression(r, &r->unbound[i]);
		else
			check_message(r, &r->unbound[i]);
	}
}

/* Find out which groups are items (kakuninsho-form(5)). */
void find_items(struct form *form)
{
	for (int g = 0; g < (int)form->n; g++) {
		struct question *group = &form->questions[g];
		int choice = -1, text = -1, others = 0;

		if (group->type->role != ROLE_GROUP || !*group->number)
			continue;
		for (int i = g + 1; i < group->end; i++) {
			const struct question_type *t = form->questions[i].type;

			if (t->choices == CHOICES_ONE && choice < 0)
				choice = i;
			else if (strcmp(t->name, "text") == 0 && text < 0)
				text = i;
			else if (t->role != ROLE_NOTE)
				others++;
		}
		if (choice >= 0 && others == 0) {
			group->item_choice = choice;
			group->item_text = text;
		}
	}
}

static int by_label(const void *a, const void *b, void *context)
{
	const struct form *form = context;

	return strcmp(form_label(form, &form->questions[*(const int *)a], 0),
	              form_label(form, &form->questions[*(const int *)b], 0));
}

/* Asked questions outside of items are called by their label; where two have
 * the same, that is not enough. */
void find_shared_labels(struct form *form)
{
	int *asked = mem_array(form->n, sizeof *asked);
	size_t n = 0;

	for (int i = 0; i < (int)form->n; i++)
		if (form->questions[i].type->role == ROLE_ASKED &&
		    form_item_of(form, i) < 0)
			asked[n++] = i;
	qsort_r(asked, n, sizeof *asked, by_label, form);
	for (size_t i = 1; i < n; i++)
		if (by_label(&asked[i - 1], &asked[i], form) == 0) {
			form->questions[asked[i - 1]].shares_label = true;
			form->questions[asked[i]].shares_label = true;
		}
	free(asked);
}
