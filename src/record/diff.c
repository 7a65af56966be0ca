/* SPDX-License-Identifier: MIT */
#include "record/diff.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "form/question_type.h"
#include "record/describe.h"

/* True where Q is the text of an item, the choice of which says all there is while
 * it does not apply. */
static bool goes_without_saying(const struct record *r, int q)
{
	int item = form_item_of(r->form, q);

	return item >= 0 && r->form->questions[item].item_text == q;
}

/* What R says to Q. */
static char *said(const struct record *r, int q)
{
	if (record_applies(r, q) == APPLIES_YES)
		return describe_answer(r, q);
	return goes_without_saying(r, q) ? mem_strdup("")
	                                 : describe_applies(r, q);
}

void record_diff(const struct record *before, const struct record *after,
                 struct difference_list *list)
{
	const struct form *form = before->form;

	*list = (struct difference_list){0};
	for (int q = form_next_question(form, -1); q < (int)form->n;
	     q = form_next_question(form, q)) {
		struct difference d = { .question = q };

		if (form->questions[q].type->role != ROLE_ASKED)
			continue;
		d.before = said(before, q);
		d.after = said(after, q);
		if (strcmp(d.before, d.after) == 0) {
			free(d.before);
			free(d.after);
			continue;
		}
		list->items = mem_room(list->items, list->n, &list->cap,
		                       sizeof *list->items);
		list->items[list->n++] = d;
	}
}

void difference_list_release(struct difference_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		free(list->items[i].before);
		free(list->items[i].after);
	}
	free(list->items);
	*list = (struct difference_list){0};
}
