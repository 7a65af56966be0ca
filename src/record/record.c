/* SPDX-License-Identifier: MIT */
#include "record/record.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"
#include "form/question_type.h"

struct row_state {
	char *answer; /* never NULL */
	bool valid;
	bool relevant; /* as ODK has it: with '' for all that is missing */
	bool unsettled; /* relevant may change with what is still open */
	bool required;
	bool required_open; /* required may change with what is still open */
	bool open;  /* computed: what it stands on is still open */
	bool stale; /* a choice in it is no longer offered (choice_filter) */
	bool overran; /* an expression of it, or of a group it is in */
	bool queued;
	bool touched; /* it is in work->touched */
	int noted; /* its place in work->changes; -1 */
};

/* The rows to be looked at again, a heap by rank; and what has changed. */
struct work {
	int *heap;
	size_t n, cap;
	struct noted {
		struct change change;
		bool required; /* before */
		bool answered; /* its answer was changed */
	} *noted;
	size_t n_noted, cap_noted;
	struct change *changes; /* what record_set returned last */
	size_t cap_changes;
	int *touched; /* see record_take_touched */
	size_t n_touched, cap_touched;
	struct expr_work left; /* what expressions may still cost */
	struct offered {
		int q;
		size_t number; /* of the last that record_offered gave; 0: none */
		size_t next;   /* in the list, behind that one */
	} offered;
};

/* --- what expressions see ----------------------------------------------- */

enum applies record_applies(const struct record *r, int row)
{
	const struct row_state *s = &r->rows[row];

	if (s->unsettled)
		return APPLIES_UNKNOWN;
	return s->relevant ? APPLIES_YES : APPLIES_NO;
}

static bool is_open(const struct record *r, int q)
{
	const struct row_state *s = &r->rows[q];

	if (s->unsettled)
		return true;
	if (!s->relevant)
		return false;
	if (r->form->questions[q].type->role == ROLE_COMPUTED)
		return s->open;
	return !s->valid || s->stale ||
	       (!*s->answer && (s->required || s->required_open));
}

static struct value env_answer(void *ctx, int q)
{
	const struct record *r = ctx;
	const struct row_state *s = &r->rows[q];
	struct value v = s->relevant && s->valid && !s->stale
		? r->form->questions[q].type->value(s->answer)
		: value_string("");

	v.open = is_open(r, q);
	return v;
}

static char *env_choice_label(void *ctx, int q, const char *name)
{
	const struct record *r = ctx;
	const struct choice_list *list = r->form->questions[q].choices;
	const struct choice *ch = list ? choice_find(list, name) : NULL;

	return mem_strdup(ch ? form_words(r->form, &ch->label, 0) : "");
}

static struct expr_env env_for(const struct record *r, int self)
{
	return (struct expr_env){
		.ctx = (void *)r,
		.work = &r->work->left,
		.answer = env_answer,
		.choice_label = env_choice_label,
		.self = self,
		.today = r->moment.today,
		.now = r->moment.now,
	};
}

static void touch(const struct record *r, int row)
{
	struct work *w = r->work;
	int entry = form_entry_of(r->form, row);

	if (r->rows[entry].touched)
		return;
	r->rows[entry].touched = true;
	w->touched = mem_room(w->touched, w->n_touched, &w->cap_touched,
	                      sizeof *w->touched);
	w->touched[w->n_touched++] = entry;
}

int record_take_touched(const struct record *r)
{
	struct work *w = r->work;
	int row = w->n_touched ? w->touched[--w->n_touched] : -1;

	if (row >= 0)
		r->rows[row].touched = false;
	return row;
}

/* The value of E by ENV, which is R's. */
static struct value eval(const struct record *r, const struct expr *e,
                         const struct expr_env *env)
{
	struct value v;

	r->work->left.overran = false;
	v = expr_eval(e, env);
	if (r->work->left.overran && env->self >= 0 &&
	    !r->rows[env->self].overran) {
		r->rows[env->self].overran = true;
		touch(r, env->self);
	}
	return v;
}

struct value record_eval(const struct record *r, const struct expr *e,
                         int self)
{
	struct expr_env env = env_for(r, self);

	return eval(r, e, &env);
}

void record_allow_work(const struct record *r)
{
	r->work->left.left = RECORD_MAX_WORK;
}

bool record_overran(const struct record *r, int row)
{
	return r->rows[row].overran;
}

bool record_is_true(const struct record *r, const struct expr *e, int self)
{
	struct value v = record_eval(r, e, self);
	bool truth = value_to_boolean(&v);

	value_release(&v);
	return truth;
}

void record_deciders(const struct record *r, const struct expr *e, int self,
                     void (*found)(void *ctx, int question), void *ctx)
{
	struct expr_env env = env_for(r, self);

	expr_deciders(e, &env, found, ctx);
}

struct choice_ctx {
	const struct record *record;
	const struct choice *choice;
};

static struct value choice_env_answer(void *ctx, int q)
{
	return env_answer((void *)((struct choice_ctx *)ctx)->record, q);
}

static char *choice_env_label(void *ctx, int q, const char *name)
{
	return env_choice_label((void *)((struct choice_ctx *)ctx)->record, q,
	                        name);
}

static const char *choice_env_column(void *ctx, const char *name)
{
	struct choice_ctx *c = ctx;

	return choice_cell(c->record->form, c->choice, name);
}

bool record_offers_choice(const struct record *r, int q,
                          const struct choice *ch)
{
	const struct expr *filter = r->form->questions[q].choice_filter;
	struct choice_ctx ctx = { r, ch };
	struct expr_env env = env_for(r, q);
	struct value v;
	bool offered;

	if (!filter)
		return true;
	env.ctx = &ctx;
	env.answer = choice_env_answer;
	env.choice_label = choice_env_label;
	env.column = choice_env_column;
	v = eval(r, filter, &env);
	offered = value_to_boolean(&v);
	value_release(&v);
	return offered;
}

/* Whoever asks for number N asked for the one before it last. */
const struct choice *record_offered(const struct record *r, int q, size_t n)
{
	const struct choice_list *list = r->form->questions[q].choices;
	struct offered *last = &r->work->offered;

	if (last->q != q || last->number >= n)
		*last = (struct offered){ .q = q };
	for (; last->next < list->n; last->next++)
		if (record_offers_choice(r, q, &list->items[last->next]) &&
		    ++last->number == n)
			return &list->items[last->next++];
	return NULL;
}

/* --- what it holds ------------------------------------------------------ */

const char *record_answer(const struct record *r, int q)
{
	return r->rows[q].answer;
}

const char *record_effective_answer(const struct record *r, int q)
{
	return record_applies(r, q) == APPLIES_NO ? "" : r->rows[q].answer;
}

bool record_is_valid(const struct record *r, int q)
{
	return r->rows[q].valid;
}

bool record_is_required(const struct record *r, int q)
{
	return r->rows[q].required;
}

bool record_is_read_only(const struct record *r, int q)
{
	const struct expr *e = r->form->questions[q].read_only;

	return e && record_is_true(r, e, q);
}

/* --- the work of a change ----------------------------------------------- */

static void queue(struct record *r, int row)
{
	struct work *w = r->work;
	const struct question *questions = r->form->questions;
	size_t i;

	if (r->rows[row].queued)
		return;
	r->rows[row].queued = true;
	w->heap = mem_room(w->heap, w->n, &w->cap, sizeof *w->heap);
	for (i = w->n++; i > 0; i = (i - 1) / 2) {
		int above = w->heap[(i - 1) / 2];

		if (questions[above].rank <= questions[row].rank)
			break;
		w->heap[i] = above;
	}
	w->heap[i] = row;
}

static int take_lowest(struct record *r)
{
	struct work *w = r->work;
	const struct question *questions = r->form->questions;
	int lowest = w->heap[0], last = w->heap[--w->n];
	size_t i = 0, below;

	while ((below = 2 * i + 1) < w->n) {
		if (below + 1 < w->n && questions[w->heap[below + 1]].rank <
		                        questions[w->heap[below]].rank)
			below++;
		if (questions[last].rank <= questions[w->heap[below]].rank)
			break;
		w->heap[i] = w->heap[below];
		i = below;
	}
	w->heap[i] = last;
	r->rows[lowest].queued = false;
	return lowest;
}

/* Remember what ROW was before this change touched it. */
static struct noted *note(struct record *r, int row)
{
	struct row_state *s = &r->rows[row];
	struct work *w = r->work;

	if (s->noted < 0) {
		w->noted = mem_room(w->noted, w->n_noted, &w->cap_noted,
		                    sizeof *w->noted);
		s->noted = (int)w->n_noted++;
		w->noted[s->noted] = (struct noted){
			.change = { .row = row,
			            .applied = record_applies(r, row) },
			.required = s->required,
		};
	}
	return &w->noted[s->noted];
}

static void queue_dependents(struct record *r, int row)
{
	const struct question *q = &r->form->questions[row];

	for (size_t i = 0; i < q->n_dependents; i++)
		queue(r, q->dependents[i]);
	for (size_t i = 0; i < q->n_constrained; i++)
		touch(r, q->constrained[i]);
}

static bool update_relevance(struct record *r, int row)
{
	const struct question *q = &r->form->questions[row];
	struct row_state *s = &r->rows[row];
	bool relevant = true, unsettled = false;

	if (q->relevant) {
		struct value v = record_eval(r, q->relevant, row);

		relevant = value_to_boolean(&v);
		unsettled = v.open;
		value_release(&v);
	}
	if (q->parent >= 0) {
		const struct row_state *p = &r->rows[q->parent];

		bool never = (!relevant && !unsettled) ||
		             (!p->relevant && !p->unsettled);

		s->overran |= p->overran;
		unsettled = !never && (unsettled || p->unsettled);
		relevant = relevant && p->relevant;
	}
	if (s->relevant == relevant && s->unsettled == unsettled)
		return false;
	note(r, row);
	s->relevant = relevant;
	s->unsettled = unsettled;
	return true;
}

static bool update_required(struct record *r, int row)
{
	const struct question *q = &r->form->questions[row];
	struct row_state *s = &r->rows[row];
	bool required, open;
	struct value v;

	if (!q->required)
		return false;
	v = record_eval(r, q->required, row);
	required = value_to_boolean(&v);
	open = v.open;
	value_release(&v);
	if (s->required == required && s->required_open == open)
		return false;
	note(r, row);
	s->required = required;
	s->required_open = open;
	return true;
}

char *record_read(const struct record *r, int q, const char *text, char **why)
{
	const struct question *question = &r->form->questions[q];

	return question->type->read(r->form, question, text,
	                            (date_day)r->moment.today, why);
}

/* TEXT as question Q has it: canonical, or as typed and not *VALID. */
static char *canonical(const struct record *r, int q, const char *text,
                       bool *valid)
{
	char *shown, *why, *answer;

	*valid = true;
	if (text_is_blank(text))
		return mem_strdup("");
	shown = text_mark_hidden(text);
	answer = record_read(r, q, shown, &why);
	if (!answer) {
		free(why);
		*valid = false;
		answer = text_nfc(shown);
	}
	free(shown);
	return answer;
}

/* An answer that holds a choice which is not offered counts as none. */
static bool update_offered(struct record *r, int row)
{
	const struct question *q = &r->form->questions[row];
	struct row_state *s = &r->rows[row];
	bool stale = false;
	size_t n;

	if (!q->choice_filter)
		return false;
	for (const char *p = s->answer; s->valid && (p = names_next(p, &n));
	     p += n) {
		char *name = mem_strndup(p, n);
		const struct choice *ch = choice_find(q->choices, name);

		stale |= ch && !record_offers_choice(r, row, ch);
		free(name);
	}
	if (s->stale == stale)
		return false;
	note(r, row);
	s->stale = stale;
	return true;
}

/* When the record was made is for no expression of the form to say. */
static bool is_metadata(const struct form *form, int row)
{
	return form->questions[row].type->role == ROLE_METADATA;
}

static bool update_calculation(struct record *r, int row)
{
	const struct question *q = &r->form->questions[row];
	struct row_state *s = &r->rows[row];
	struct value v;
	char *text, *answer;
	bool changed, valid = true;

	if (!q->calculation || is_metadata(r->form, row))
		return false;
	v = record_eval(r, q->calculation, row);
	/* As in ODK, a calculation that comes to no number is empty. */
	text = v.kind == VALUE_NUMBER && isnan(v.number)
		? mem_strdup("") : value_to_string(&v);
	if (strlen(text) > RECORD_LONGEST_ANSWER) {
		*text = '\0';
		v.open = s->overran = true;
	}
	/* What is asked, and calculated all the same, is as its type has it. */
	answer = q->type->role == ROLE_ASKED ? canonical(r, row, text, &valid)
	                                     : text_mark_hidden(text);
	free(text);
	changed = strcmp(s->answer, answer) != 0 || s->valid != valid;
	if (changed) {
		note(r, row)->answered = true;
		free(s->answer);
		s->answer = answer;
		s->valid = valid;
	} else {
		free(answer);
	}
	changed |= s->open != v.open;
	s->open = v.open;
	value_release(&v);
	return changed;
}

static void settle(struct record *r)
{
	r->work->offered = (struct offered){ .q = -1 };
	while (r->work->n) {
		int row = take_lowest(r);
		bool overran = r->rows[row].overran, changed;

		touch(r, row);
		r->rows[row].overran = false;
		changed = update_relevance(r, row);

		changed |= update_required(r, row);
		changed |= update_offered(r, row);
		changed |= update_calculation(r, row);
		changed |= r->rows[row].overran != overran;
		if (changed)
			queue_dependents(r, row);
	}
}

/* What all of it came to. */
static struct changes summary(struct record *r)
{
	struct work *w = r->work;
	size_t n = 0;

	for (size_t i = 0; i < w->n_noted; i++) {
		struct change c = w->noted[i].change;
		const struct row_state *s = &r->rows[c.row];

		if (w->noted[i].answered)
			c.what |= CHANGE_ANSWER;
		if (c.applied != record_applies(r, c.row))
			c.what |= CHANGE_APPLIES;
		if (w->noted[i].required != s->required)
			c.what |= CHANGE_REQUIRED;
		r->rows[c.row].noted = -1;
		if (!c.what)
			continue;
		w->changes = mem_room(w->changes, n, &w->cap_changes,
		                      sizeof *w->changes);
		w->changes[n++] = c;
	}
	w->n_noted = 0;
	return (struct changes){ w->changes, n };
}

struct changes record_set(struct record *r, int q, const char *text)
{
	struct row_state *s = &r->rows[q];
	bool valid;
	char *answer = canonical(r, q, text, &valid);

	if (strcmp(answer, s->answer) == 0 && valid == s->valid) {
		free(answer);
		return (struct changes){0};
	}
	record_allow_work(r);
	note(r, q)->answered = true;
	free(s->answer);
	s->answer = answer;
	s->valid = valid;
	queue_dependents(r, q);
	queue(r, q);
	settle(r);
	return summary(r);
}

static struct changes set_to(struct record *r, int q, struct value v)
{
	char *text = value_to_string(&v);
	struct changes changes = record_set(r, q, text);

	free(text);
	value_release(&v);
	return changes;
}

struct changes record_offer(struct record *r, int q)
{
	const struct expr *e = r->form->questions[q].default_value;

	if (!e || *r->rows[q].answer)
		return (struct changes){0};
	return set_to(r, q, record_eval(r, e, q));
}

void record_set_today(struct record *r, int q)
{
	set_to(r, q, record_eval(r, r->form->questions[q].default_value, q));
}

/* --- a record's life ---------------------------------------------------- */

static void load_value(struct record *r, int q, struct value v)
{
	char *text = value_to_string(&v);

	record_load(r, q, text);
	free(text);
	value_release(&v);
}

/* What the metadata question Q is in a draft; "" if nothing. */
static struct value metadata_now(const struct record *r, int q)
{
	switch (r->form->questions[q].type->metadata) {
	case METADATA_START:
	case METADATA_END:
		return value_date(r->moment.now);
	case METADATA_TODAY:
		return value_date(r->moment.today);
	case METADATA_EMPTY:
		break;
	}
	return value_string("");
}

struct record *record_unsettled(const struct form *form, struct moment moment)
{
	struct record *r = mem_alloc(sizeof *r);

	r->form = form;
	r->moment = moment;
	r->rows = mem_array(form->n, sizeof *r->rows);
	r->work = mem_alloc(sizeof *r->work);
	record_allow_work(r);
	for (int i = 0; i < (int)form->n; i++)
		r->rows[i] = (struct row_state){
			.answer = mem_strdup(""),
			.valid = true,
			.relevant = true,
			.noted = -1,
		};
	for (int i = 0; i < (int)form->n; i++)
		load_value(r, i, metadata_now(r, i));
	return r;
}

void record_load(struct record *r, int q, const char *text)
{
	struct row_state *s = &r->rows[q];
	char *answer = canonical(r, q, text, &s->valid);

	free(s->answer);
	s->answer = answer;
}

void record_settle(struct record *r)
{
	record_allow_work(r);
	for (int i = 0; i < (int)r->form->n; i++)
		queue(r, i);
	settle(r);
	summary(r);
}

struct record *record_blank(const struct form *form, struct moment moment)
{
	struct record *r = record_unsettled(form, moment);

	record_settle(r);
	return r;
}

/* The defaults come before anything is calculated from them (ODK XForms
 * specification, odk-instance-first-load before xforms-value-changed). */
struct record *record_new(const struct form *form, struct moment moment)
{
	struct record *r = record_unsettled(form, moment);

	for (int i = 0; i < (int)form->n; i++)
		if (form->questions[i].default_value && !is_metadata(form, i))
			load_value(r, i, record_eval(r, form->questions[i].default_value,
			                             i));
	record_settle(r);
	return r;
}

struct record *record_copy(const struct record *r)
{
	struct record *copy = record_blank(r->form, r->moment);

	copy->status = r->status;
	for (int i = 0; i < (int)r->form->n; i++) {
		free(copy->rows[i].answer);
		copy->rows[i] = r->rows[i];
		copy->rows[i].answer = mem_strdup(r->rows[i].answer);
		copy->rows[i].touched = true; /* as of every new record */
	}
	return copy;
}

void record_free(struct record *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->form->n; i++)
		free(r->rows[i].answer);
	free(r->rows);
	free(r->work->heap);
	free(r->work->noted);
	free(r->work->changes);
	free(r->work->touched);
	free(r->work);
	free(r->tally);
	free(r);
}

void record_finish(struct record *r)
{
	for (int i = 0; i < (int)r->form->n; i++) {
		const struct question_type *type = r->form->questions[i].type;

		if (type->metadata == METADATA_END)
			set_to(r, i, value_date(r->moment.now));
		if (type->role == ROLE_ASKED &&
		    record_applies(r, i) == APPLIES_NO)
			record_set(r, i, "");
	}
	r->status = RECORD_FINISHED;
}

void record_amend(struct record *r)
{
	r->status = RECORD_DRAFT;
	for (int i = 0; i < (int)r->form->n; i++)
		if (r->form->questions[i].type->role == ROLE_METADATA)
			set_to(r, i, metadata_now(r, i));
}

void record_take_over(struct record *r, const struct record *old)
{
	for (int i = 0; i < (int)r->form->n; i++) {
		const struct expr *e = r->form->questions[i].renew;

		if (e && !is_metadata(r->form, i))
			set_to(r, i, record_eval(old, e, i));
	}
}
