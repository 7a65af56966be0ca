/* SPDX-License-Identifier: MIT */
#include "record/listing.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "form/question_type.h"
#include "record/check.h"
#include "record/describe.h"
#include "record/flow.h"

void listing_init(struct listing *l, const struct form *form, date_day today)
{
	*l = (struct listing){ .form = form, .today = today };
}

void listing_release(struct listing *l)
{
	for (size_t i = 0; i < l->n; i++) {
		struct listed *e = &l->items[i];

		for (int role = 0; role < LIST_ROLES; role++)
			free(e->text[role]);
		free(e->name);
		free(e->unmet);
		free(e->faults);
	}
	free(l->items);
	*l = (struct listing){0};
}

static struct listed *add(struct listing *l, const char *name,
                          enum standing standing)
{
	l->items = mem_room(l->items, l->n, &l->cap, sizeof *l->items);
	l->items[l->n] = (struct listed){
		.name = mem_strdup(name),
		.standing = standing,
		.order = l->n,
	};
	return &l->items[l->n++];
}

void listing_add_broken(struct listing *l, const char *name, const char *faults)
{
	add(l, name, STANDING_BROKEN)->faults = mem_strdup(faults);
}

/* --- what is told of a record --------------------------------------------- */

/* TEXT, a day with or without the time of day, as the day; else as it is. */
static char *day_or_text(const char *text)
{
	long milliseconds;
	double days;

	return value_read_date(text, &days)
		? date_iso(value_day(days, &milliseconds)) : text_message(text);
}

/* What R answers to the question with ROLE, in the form's own words. */
static char *answer_in(const struct record *r, enum list_role role)
{
	int q = r->form->listed[role];
	const char *answer = q < 0 ? "" : record_effective_answer(r, q);
	char *words, *text;

	if (role == LIST_START || role == LIST_WHEN || role == LIST_DUE)
		return day_or_text(answer);
	if (!*answer || !record_is_valid(r, q))
		return text_message(answer);
	words = r->form->questions[q].type->cell(r->form,
	                                         &r->form->questions[q], answer);
	text = text_message(words);
	free(words);
	return text;
}

static bool is_day(const char *text)
{
	date_day day;

	return date_read_iso(text, &day);
}

/* When the next one is due, as R and the form have it; "" if they do not say. */
static char *due_after(const struct record *r)
{
	int when = r->form->listed[LIST_WHEN];
	const struct expr *due = when < 0 ? NULL : r->form->questions[when].due;
	struct value v;
	char *text, *day;

	if (!due)
		return answer_in(r, LIST_DUE);
	v = record_eval(r, due, when);
	text = value_to_string(&v);
	value_release(&v);
	day = day_or_text(text);
	free(text);
	return day;
}

/* True where ROW, an item or a question, is answered with what counts as 未実施. */
static bool is_unmet(const struct record *r, int row)
{
	int q = form_is_item(r->form, row) ? r->form->questions[row].item_choice
	                                   : row;
	const struct choice_list *choices = r->form->questions[q].choices;
	const char *p = record_effective_answer(r, q);
	size_t n;

	if (!choices || !record_is_valid(r, q))
		return false;
	for (; (p = names_next(p, &n)); p += n) {
		char *name = mem_strndup(p, n);
		const struct choice *ch = choice_find(choices, name);

		free(name);
		if (ch && choice_is_unmet(r->form, ch))
			return true;
	}
	return false;
}

static void find_unmet(struct listed *e, const struct record *r)
{
	int *rows = mem_array(r->form->n, sizeof *rows);
	char *words;

	for (int row = outline_next(r->form, -1); row < (int)r->form->n;
	     row = outline_next(r->form, row))
		if (is_unmet(r, row))
			rows[e->n_unmet++] = row;
	words = describe_rows(r, rows, e->n_unmet);
	e->unmet = text_message(words);
	free(words);
	free(rows);
}

static void find_errors(struct listed *e, const struct record *r)
{
	struct problem_list list;

	e->is_dated = is_day(e->text[LIST_WHEN]);
	problem_list_init(&list);
	record_problems(r, &list);
	e->errors = list.errors;
	for (size_t i = 0; i < list.n; i++)
		if (list.items[i].question == r->form->listed[LIST_WHEN] &&
		    list.items[i].kind != PROBLEM_CAUTION)
			e->is_dated = false;
	problem_list_release(&list);
}

static enum standing standing_of(const struct form *form,
                                 const struct listed *e)
{
	if (e->is_draft)
		return STANDING_DRAFT;
	if (*e->text[LIST_ENDED])
		return STANDING_ENDED;
	return is_day(e->text[LIST_DUE]) &&
	       (e->is_dated || form->listed[LIST_WHEN] < 0)
		? STANDING_DUE : STANDING_FINISHED;
}

void listing_add(struct listing *l, const char *name, const struct record *r)
{
	struct listed *e = add(l, name, STANDING_FINISHED);

	record_allow_work(r);
	e->is_draft = r->status == RECORD_DRAFT;
	for (int role = 0; role < LIST_ROLES; role++)
		e->text[role] = role == LIST_DUE ? due_after(r)
			: answer_in(r, (enum list_role)role);
	find_unmet(e, r);
	find_errors(e, r);
	e->standing = standing_of(l->form, e);
}

/* --- the whole list ------------------------------------------------------- */

static const enum list_role matter[] = { LIST_WHO, LIST_WHAT, LIST_START };
enum { MATTER = sizeof matter / sizeof *matter };

static int compare_matter(const struct listed *a, const struct listed *b)
{
	int order = 0;

	for (int i = 0; i < MATTER && !order; i++)
		order = strcmp(a->text[matter[i]], b->text[matter[i]]);
	return order;
}

static bool has_matter(const struct listed *e)
{
	for (int i = 0; i < MATTER; i++)
		if (*e->text[matter[i]])
			return true;
	return false;
}

/* True where E has a place among those that follow one another; none that is broken
 * is dated. */
static bool takes_part(const struct listed *e)
{
	return e->is_dated && !e->is_draft && has_matter(e);
}

/* By what they are about; the latest first (days in ISO sort as texts). */
static int by_matter(const void *x, const void *y)
{
	const struct listed *a = *(struct listed *const *)x;
	const struct listed *b = *(struct listed *const *)y;
	int order = compare_matter(a, b);

	return order ? order
	             : strcmp(b->text[LIST_WHEN], a->text[LIST_WHEN]);
}

static void find_followed(struct listing *l)
{
	struct listed **sorted = mem_array(l->n + 1, sizeof *sorted);
	const struct listed *latest = NULL;
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		if (takes_part(&l->items[i]))
			sorted[n++] = &l->items[i];
	qsort(sorted, n, sizeof *sorted, by_matter);
	for (size_t i = 0; i < n; i++) {
		if (!latest || compare_matter(latest, sorted[i]) != 0)
			latest = sorted[i];
		else if (strcmp(latest->text[LIST_WHEN],
		                sorted[i]->text[LIST_WHEN]) != 0)
			sorted[i]->standing = STANDING_FOLLOWED;
	}
	free(sorted);
}

static void find_overdue(struct listing *l)
{
	char *today = date_iso(l->today);

	for (size_t i = 0; i < l->n; i++) {
		struct listed *e = &l->items[i];

		if (e->standing != STANDING_DUE) {
			if (e->text[LIST_DUE])
				*e->text[LIST_DUE] = '\0';
		} else if (strcmp(e->text[LIST_DUE], today) < 0) {
			e->standing = STANDING_OVERDUE;
		}
	}
	free(today);
}

static int by_attention(const void *x, const void *y)
{
	static const enum list_role roles[] = { LIST_DUE, LIST_WHO };
	const struct listed *a = x, *b = y;
	int order = (int)a->standing - (int)b->standing;

	if (a->standing != STANDING_BROKEN)
		for (size_t i = 0; i < sizeof roles / sizeof *roles && !order;
		     i++)
			order = strcmp(a->text[roles[i]], b->text[roles[i]]);
	return order ? order : (a->order > b->order) - (a->order < b->order);
}

void listing_sort(struct listing *l)
{
	find_followed(l);
	find_overdue(l);
	if (l->n)
		qsort(l->items, l->n, sizeof *l->items, by_attention);
}

/* --- in sum ---------------------------------------------------------------- */

bool listing_knows_due(const struct listing *l)
{
	int when = l->form->listed[LIST_WHEN];

	return l->form->listed[LIST_DUE] >= 0 ||
	       (when >= 0 && l->form->questions[when].due);
}

bool listing_knows_unmet(const struct listing *l)
{
	for (size_t i = 0; i < l->form->n_lists; i++)
		for (size_t k = 0; k < l->form->lists[i]->n; k++)
			if (choice_is_unmet(l->form, &l->form->lists[i]->items[k]))
				return true;
	return false;
}

size_t listing_count(const struct listing *l, enum standing standing)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		n += l->items[i].standing == standing;
	return n;
}

size_t listing_count_unmet(const struct listing *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		n += l->items[i].n_unmet > 0;
	return n;
}

static bool is_wrong(const struct listed *e)
{
	return e->errors && !e->is_draft;
}

size_t listing_count_wrong(const struct listing *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		n += is_wrong(&l->items[i]);
	return n;
}

bool listing_has_problems(const struct listing *l)
{
	return listing_count(l, STANDING_OVERDUE) || listing_count_wrong(l);
}
