/* SPDX-License-Identifier: MIT */
#include "record/flow.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "form/question_type.h"
#include "record/check.h"

bool flow_is_stop(const struct record *r, int q)
{
	return r->form->questions[q].type->role == ROLE_ASKED &&
	       record_applies(r, q) == APPLIES_YES &&
	       !record_is_read_only(r, q);
}

int flow_next(const struct record *r, int q)
{
	int end = (int)r->form->n;

	if (q == end)
		return end;
	do
		q++;
	while (q < end && !flow_is_stop(r, q));
	return q;
}

int flow_back(const struct record *r, int q)
{
	for (int before = q - 1; before >= 0; before--)
		if (flow_is_stop(r, before))
			return before;
	return q;
}

int flow_first_open(const struct record *r)
{
	int q = flow_next(r, -1);

	while (q < (int)r->form->n && !question_has_error(r, q))
		q = flow_next(r, q);
	return q;
}

/* WHERE in half-width, without white space and brackets around, as a number
 * alone: 「（3）」 is 3, 「番号０５」 is 5. */
static char *plain_where(const char *where)
{
	char *narrow = text_nfkc(where);
	char *trimmed = text_trim(narrow);
	size_t n = strlen(trimmed);

	free(narrow);
	if (n >= 2 && trimmed[0] == '(' && trimmed[n - 1] == ')') {
		memmove(trimmed, trimmed + 1, n - 2);
		trimmed[n - 2] = '\0';
	}
	if (text_has_prefix(trimmed, "番号"))
		memmove(trimmed, trimmed + strlen("番号"),
		        strlen(trimmed) - strlen("番号") + 1);
	while (trimmed[0] == '0' && trimmed[1])
		memmove(trimmed, trimmed + 1, strlen(trimmed));
	return trimmed;
}

static int find_number(const struct form *form, const char *number, bool items)
{
	for (int i = 0; i < (int)form->n; i++)
		if (strcmp(form->questions[i].number, number) == 0 &&
		    form_is_item(form, i) == items)
			return i;
	return -1;
}

static int find_label(const struct form *form, const char *where)
{
	for (int i = 0; i < (int)form->n; i++)
		for (int k = 0; k < (int)form->n_languages; k++)
			if (form->questions[i].type->role != ROLE_COMPUTED &&
			    strcmp(form_label(form, &form->questions[i], k),
			           where) == 0)
				return i;
	return -1;
}

int flow_find(const struct form *form, const char *where)
{
	char *plain = plain_where(where);
	bool brackets = strchr(where, '(') || strstr(where, "（");
	int row = *plain ? form_find(form, plain) : -1;

	if (row < 0 && *plain && !brackets)
		row = find_number(form, plain, true);
	if (row < 0 && *plain)
		row = find_number(form, plain, false);
	if (row < 0 && *plain)
		row = find_label(form, where);
	free(plain);
	return row;
}

/* What is calculated is changed where it comes from: a question of the same
 * label, else the first. */
static int stop_behind(const struct record *r, int row)
{
	const struct question *questions = r->form->questions;
	struct expr *e = questions[row].calculation;
	size_t n;
	struct expr_ref *refs = e ? expr_refs(e, &n) : NULL;
	int first = -1;

	for (size_t i = 0; refs && i < n; i++) {
		int q = refs[i].question;

		if (!flow_is_stop(r, q))
			continue;
		if (strcmp(form_label(r->form, &questions[q], 0),
		           form_label(r->form, &questions[row], 0)) == 0)
			return q;
		if (first < 0)
			first = q;
	}
	return first;
}

int flow_stop_at(const struct record *r, int row)
{
	for (int i = row; i < r->form->questions[row].end; i++)
		if (flow_is_stop(r, i))
			return i;
	return stop_behind(r, row);
}

int flow_not_today(const struct record *r)
{
	for (int q = flow_next(r, -1); q < (int)r->form->n; q = flow_next(r, q)) {
		const struct expr *e = r->form->questions[q].default_value;
		struct value v;
		char *now;
		bool differs;

		if (!e || !*record_answer(r, q) || !expr_calls(e, "today"))
			continue;
		v = record_eval(r, e, q);
		now = value_to_string(&v);
		differs = strcmp(now, record_answer(r, q)) != 0;
		free(now);
		value_release(&v);
		if (differs)
			return q;
	}
	return -1;
}

int outline_next(const struct form *form, int row)
{
	row = row >= 0 && form_is_item(form, row) ? form->questions[row].end
	                                          : row + 1;
	while (row < (int)form->n && !form_is_item(form, row) &&
	       form->questions[row].type->role != ROLE_ASKED)
		row++;
	return row;
}

/* That something is missing is not put into words here: progress asks it of all
 * that is not answered yet. */
static enum entry_state worst_of(const struct record *r, int row)
{
	struct problem_list list;
	bool answered = false, missing = false, wrong = false;

	problem_list_init(&list);
	for (int q = row; q < r->form->questions[row].end; q++) {
		answered |= *record_effective_answer(r, q) != '\0';
		missing |= question_is_missing(r, q);
		if (*record_answer(r, q))
			question_problems(r, q, &list);
	}
	for (size_t i = 0; i < list.n; i++)
		wrong |= list.items[i].kind == PROBLEM_WRONG;
	problem_list_release(&list);
	return wrong ? ENTRY_WRONG : missing ? ENTRY_MISSING
	     : answered ? ENTRY_ANSWERED : ENTRY_EMPTY;
}

enum entry_state outline_state(const struct record *r, int row)
{
	switch (record_applies(r, row)) {
	case APPLIES_NO:
		return ENTRY_NOT_APPLICABLE;
	case APPLIES_UNKNOWN:
		return ENTRY_UNKNOWN;
	case APPLIES_YES:
		break;
	}
	return worst_of(r, row);
}

/* What the form answers from the start, whoever fills it in, like today's date. */
static bool is_given(const struct form *form, int row)
{
	struct expr *e = form->questions[row].default_value;
	size_t n;

	if (!e)
		return false;
	expr_refs(e, &n);
	return n == 0;
}

/* The sum, and what each row of the outline has added to it: bits of counts. */
enum { COUNTS_ALL = 1, COUNTS_DONE = 2, COUNTS_UNKNOWN = 4 };

struct tally {
	struct progress sum;
	unsigned char counts[];
};

static unsigned char counts_of(const struct record *r, int row)
{
	switch (outline_state(r, row)) {
	case ENTRY_ANSWERED:
		return is_given(r->form, row) ? 0 : COUNTS_ALL | COUNTS_DONE;
	case ENTRY_MISSING:
	case ENTRY_WRONG:
		return COUNTS_ALL;
	case ENTRY_UNKNOWN:
		return COUNTS_UNKNOWN;
	case ENTRY_EMPTY:
	case ENTRY_NOT_APPLICABLE:
		break;
	}
	return 0;
}

static void add_counts(struct progress *sum, unsigned char counts, int times)
{
	sum->all += (counts & COUNTS_ALL) ? times : 0;
	sum->done += (counts & COUNTS_DONE) ? times : 0;
	sum->unknown += (counts & COUNTS_UNKNOWN) ? times : 0;
}

/* Only what has been touched is counted again. */
struct progress record_progress(const struct record *r)
{
	struct tally *tally = r->tally;
	int row;

	if (!tally)
		((struct record *)r)->tally = tally =
			mem_alloc(sizeof *tally + r->form->n);
	while ((row = record_take_touched(r)) >= 0) {
		if (!form_is_item(r->form, row) &&
		    r->form->questions[row].type->role != ROLE_ASKED)
			continue;
		add_counts(&tally->sum, tally->counts[row], -1);
		tally->counts[row] = counts_of(r, row);
		add_counts(&tally->sum, tally->counts[row], 1);
	}
	return tally->sum;
}
