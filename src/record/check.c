/* SPDX-License-Identifier: MIT */
#include "record/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "form/question_type.h"

void problem_list_init(struct problem_list *list)
{
	*list = (struct problem_list){0};
}

void problem_list_release(struct problem_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->items[i].text);
	free(list->items);
	problem_list_init(list);
}

/* Takes TEXT. */
static void add(struct problem_list *list, int q, enum problem_kind kind,
                char *text)
{
	list->items = mem_room(list->items, list->n, &list->cap,
	                       sizeof *list->items);
	list->items[list->n++] = (struct problem){ q, kind, text_message(text) };
	free(text);
	list->errors += kind != PROBLEM_CAUTION;
}

/* MESSAGE with the answers that it names: a new string. */
static char *with_answers(const struct record *r, const char *message)
{
	const char *at, *end;
	struct buf said;

	buf_init(&said);
	while ((at = strstr(message, "${")) && (end = strchr(at, '}'))) {
		char *name = mem_strndup(at + 2, (size_t)(end - at) - 2);
		char *answer = text_one_line(
			record_effective_answer(r, form_find(r->form, name)));

		buf_add_bytes(&said, message, (size_t)(at - message));
		buf_add(&said, answer);
		message = end + 1;
		free(answer);
		free(name);
	}
	buf_add(&said, message);
	return said.s;
}

/* The form's message W, else OTHERWISE with Q's label in it. */
__attribute__((format(printf, 4, 0)))
static char *message(const struct record *r, const struct question *q,
                     const struct words *w, const char *otherwise)
{
	int language = reader_language(r->form, READER_AT_SCREEN);

	if (w->in)
		return with_answers(r, form_words(r->form, w, language));
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	return buf_format(otherwise, form_label(r->form, q, language));
#pragma GCC diagnostic pop
}

bool question_is_missing(const struct record *r, int q)
{
	return r->form->questions[q].type->role == ROLE_ASKED &&
	       record_applies(r, q) == APPLIES_YES &&
	       record_is_required(r, q) && !*record_answer(r, q);
}

static void check_missing(const struct record *r, int q,
                          struct problem_list *list)
{
	const struct question *question = &r->form->questions[q];

	if (!question_is_missing(r, q))
		return;
	add(list, q, PROBLEM_MISSING,
	    message(r, question, &question->required_message,
	            question->type->choices == CHOICES_NONE
	            ? _("「%s」を記入してください")
	            : _("「%s」を選んでください")));
}

/* True where TEXT looks as if it said 'none': it has not one digit. */
static bool says_none(const char *text)
{
	char *narrow = text_nfkc(text);
	bool none = !strpbrk(narrow, "0123456789");

	free(narrow);
	return none;
}

/* What may be left empty says when in its hint, which なし has overlooked. */
static char *why_not_valid(const struct record *r, int q)
{
	const char *text = record_answer(r, q);
	const char *hint = form_words(r->form, &r->form->questions[q].hint,
	                              reader_language(r->form, READER_AT_SCREEN));
	char *why = NULL, *whole;

	free(record_read(r, q, text, &why));
	if (record_is_required(r, q) || !*hint || !says_none(text))
		return why;
	whole = buf_format(_("%s（%s）"), why, hint);
	free(why);
	return whole;
}

/* Each choice answered has to be among those offered. */
static void check_offered(const struct record *r, int q,
                          struct problem_list *list)
{
	const struct question *question = &r->form->questions[q];
	const char *p = record_answer(r, q);
	size_t n;

	for (; (p = names_next(p, &n)); p += n) {
		char *name = mem_strndup(p, n);
		const struct choice *ch = choice_find(question->choices, name);

		if (ch && !record_offers_choice(r, q, ch))
			add(list, q, PROBLEM_WRONG,
			    buf_format(_("「%s」は、ほかの答えと合わないため選べません。選び直してください"),
			               form_words(r->form, &ch->label,
			                          reader_language(r->form, READER_AT_SCREEN))));
		free(name);
	}
}

static void check_answer(const struct record *r, int q,
                         struct problem_list *list)
{
	const struct question *question = &r->form->questions[q];

	if (!record_is_valid(r, q)) {
		add(list, q, PROBLEM_WRONG, why_not_valid(r, q));
		return;
	}
	if (question->choices)
		check_offered(r, q, list);
	if (question->constraint &&
	    !record_is_true(r, question->constraint, q) && !record_overran(r, q))
		add(list, q, PROBLEM_WRONG,
		    message(r, question, &question->constraint_message,
		            _("「%s」の答えがこの様式の条件に合いません。見直してください")));
	if (question->caution && !record_is_true(r, question->caution, q))
		add(list, q, PROBLEM_CAUTION,
		    message(r, question, &question->caution_message,
		            _("「%s」の答えを確かめてください")));
}

/* In a finished record an answer that does not apply should not be there. */
static void check_left_over(const struct record *r, int q,
                            struct problem_list *list)
{
	char *why;

	if (r->status != RECORD_FINISHED || !*record_answer(r, q))
		return;
	why = record_why(r, q, READER_AT_SCREEN);
	add(list, q, PROBLEM_CAUTION,
	    buf_format(_("該当しない項目ですが（%s）、答えが残っています"), why));
	free(why);
}

/* Nobody who fills in the form can mend that. */
static void check_work(const struct record *r, int q, struct problem_list *list)
{
	if (record_overran(r, q))
		add(list, q, PROBLEM_WRONG,
		    mem_strdup(_("様式の式の計算が多すぎるか、結果が長すぎるため、途中でやめました。様式の作成者に知らせてください")));
}

void question_problems(const struct record *r, int q, struct problem_list *list)
{
	enum applies applies = record_applies(r, q);

	if (r->form->questions[q].type->role == ROLE_ASKED) {
		if (applies == APPLIES_NO)
			check_left_over(r, q, list);
		else if (applies == APPLIES_YES && !*record_answer(r, q))
			check_missing(r, q, list);
		else if (applies == APPLIES_YES)
			check_answer(r, q, list);
	}
	check_work(r, q, list); /* last: the checks are work too */
}

void record_problems(const struct record *r, struct problem_list *list)
{
	for (int q = form_next_question(r->form, -1); q < (int)r->form->n;
	     q = form_next_question(r->form, q))
		question_problems(r, q, list);
}

bool question_has_error(const struct record *r, int q)
{
	struct problem_list list;
	bool error;

	problem_list_init(&list);
	question_problems(r, q, &list);
	error = list.errors > 0;
	problem_list_release(&list);
	return error;
}

bool question_caution_is_due(const struct record *r, int q)
{
	struct expr *caution = r->form->questions[q].caution;
	size_t n = 0;
	struct expr_ref *refs = caution ? expr_refs(caution, &n) : NULL;

	for (size_t i = 0; i < n; i++)
		if (refs[i].question > q)
			return false;
	return caution != NULL;
}

char *question_problem(const struct record *r, int q, bool caution)
{
	struct problem_list list;
	char *text = NULL;

	problem_list_init(&list);
	question_problems(r, q, &list);
	for (size_t i = 0; i < list.n && !text; i++)
		if ((list.items[i].kind == PROBLEM_CAUTION) == caution)
			text = mem_strdup(list.items[i].text);
	problem_list_release(&list);
	return text;
}

bool record_has_errors(const struct record *r)
{
	int q = form_next_question(r->form, -1);

	while (q < (int)r->form->n && !question_has_error(r, q))
		q = form_next_question(r->form, q);
	return q < (int)r->form->n;
}

static const char *label_at(const struct record *r, int row)
{
	return form_label(r->form, &r->form->questions[row],
	                  reader_language(r->form, READER_AT_SCREEN));
}

/* The group that Q's label needs before it; -1 if none. */
static int group_in_title(const struct record *r, int q)
{
	const struct question *question = &r->form->questions[q];

	return question->shares_label ? question->parent : -1;
}

char *question_title(const struct record *r, int q)
{
	int item = form_item_of(r->form, q), group = group_in_title(r, q);

	if (item >= 0)
		return buf_format(_("番号%s"), r->form->questions[item].number);
	if (group >= 0)
		return buf_format("%s %s", label_at(r, group), label_at(r, q));
	return mem_strdup(label_at(r, q));
}

char *problem_with_title(const struct record *r, int q, const char *text)
{
	bool named = form_item_of(r->form, q) < 0 && strstr(text, label_at(r, q));
	int group = group_in_title(r, q);
	char *title = !named     ? question_title(r, q)
	            : group >= 0 ? mem_strdup(label_at(r, group))
	                         : NULL;
	char *whole = title ? buf_format("%s: %s", title, text)
	                    : mem_strdup(text);

	free(title);
	return whole;
}
