/* SPDX-License-Identifier: MIT */
#include "record/reason.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "form/question_type.h"

/* What decides is another answer, which may not apply because of a third, and
 * so on: how deep that is followed, and how far in all. */
#define MAX_STEPS 50
#define MAX_LOOKS 200

struct telling {
	const struct record *record;
	enum reader reader;
	int steps;
	int *looks; /* at questions, so far */
	struct buf words;
	char *instead; /* the whole reason, where another row's is it */
};

int reader_language(const struct form *form, enum reader reader)
{
	return reader == READER_OF_FILE ? 0 : form->screen_language;
}

/* TEXT is a msgid: what is filed is not translated. */
__attribute__((format_arg(2)))
static const char *in_words(enum reader reader, const char *text)
{
	return reader == READER_OF_FILE ? text : gettext(text);
}

static char *why(const struct record *r, int row, enum reader reader,
                 int steps, int *looks);

static void tell_answer(struct telling *t, int q)
{
	const struct form *form = t->record->form;
	const struct question *question = &form->questions[q];
	int language = reader_language(form, t->reader);
	const char *label = form_label(form, question, language);
	char *words = question->type->words(form, question,
	                                    record_answer(t->record, q),
	                                    language,
	                                    in_words(t->reader, N_("、")));
	char *answer = text_one_line(words); /* whoever wrote it */

	if (t->words.len)
		buf_add(&t->words, in_words(t->reader, N_("、")));
	if (*answer)
		buf_addf(&t->words, in_words(t->reader, N_("「%s」が「%s」")),
		         label, answer);
	else
		buf_addf(&t->words, in_words(t->reader, N_("「%s」が空欄")),
		         label);
	free(answer);
	free(words);
}

static void tell(void *ctx, int q)
{
	struct telling *t = ctx;
	const struct question *question = &t->record->form->questions[q];

	if (++*t->looks > MAX_LOOKS)
		return;
	if (record_applies(t->record, q) == APPLIES_NO) {
		if (!t->instead)
			t->instead = why(t->record, q, t->reader, t->steps + 1,
			                 t->looks);
	} else if (question->type->role == ROLE_COMPUTED &&
	           !question->label.in && t->steps < MAX_STEPS) {
		t->steps++;
		record_deciders(t->record, question->calculation, q, tell, t);
		t->steps--;
	} else {
		tell_answer(t, q);
	}
}

/* The outermost row from ROW upwards whose own relevance is a settled no. */
static int row_to_blame(const struct record *r, int row)
{
	int blamed = row;

	for (; row >= 0; row = r->form->questions[row].parent)
		if (record_applies(r, row) == APPLIES_NO)
			blamed = row;
	return blamed;
}

/* What has been told, as a reason; a new string in place of T's. */
static char *finished_reason(struct telling *t)
{
	char *reason = t->words.len
		? buf_format(in_words(t->reader, N_("%sのため")), t->words.s)
		: mem_strdup(in_words(t->reader, N_("様式の定めによる")));

	buf_release(&t->words);
	return reason;
}

static char *why(const struct record *r, int row, enum reader reader, int steps,
                 int *looks)
{
	const struct form *form = r->form;
	const struct question *q = &form->questions[row_to_blame(r, row)];
	struct telling t = { .record = r, .reader = reader, .steps = steps,
	                     .looks = looks };

	if (q->na_reason.in)
		return mem_strdup(form_words(form, &q->na_reason,
		                             reader_language(form, reader)));
	buf_init(&t.words);
	if (q->relevant && steps < MAX_STEPS)
		record_deciders(r, q->relevant, (int)(q - form->questions),
		                tell, &t);
	if (t.instead && !t.words.len) {
		buf_release(&t.words);
		return t.instead;
	}
	free(t.instead);
	return finished_reason(&t);
}

char *record_why(const struct record *r, int row, enum reader reader)
{
	int looks = 0;

	return why(r, row, reader, 0, &looks);
}

struct search {
	const struct record *record;
	int found;
	int steps;
	int looks;
};

static void look_above(struct search *s, int row);

/* The first question that can be answered among those that Q stands on. */
static void look(void *ctx, int q)
{
	struct search *s = ctx;
	const struct record *r = s->record;
	const struct question *question = &r->form->questions[q];

	if (s->found >= 0 || s->steps == MAX_STEPS || s->looks++ >= MAX_LOOKS)
		return;
	s->steps++;
	if (record_applies(r, q) == APPLIES_UNKNOWN)
		look_above(s, q);
	else if (question->type->role == ROLE_COMPUTED)
		record_deciders(r, question->calculation, q, look, s);
	else if (!record_is_valid(r, q) ||
	         (!*record_answer(r, q) && record_is_required(r, q)))
		s->found = q;
	s->steps--;
}

static void look_above(struct search *s, int row)
{
	const struct question *questions = s->record->form->questions;

	for (; row >= 0 && s->found < 0; row = questions[row].parent)
		if (questions[row].relevant)
			record_deciders(s->record, questions[row].relevant, row,
			                look, s);
}

int record_decider(const struct record *r, int row)
{
	struct search s = { .record = r, .found = -1 };

	look_above(&s, row);
	return s.found;
}
