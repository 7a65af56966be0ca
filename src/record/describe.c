/* SPDX-License-Identifier: MIT */
#include "record/describe.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "form/question_type.h"
#include "record/flow.h"
#include "record/reason.h"

static int language(const struct record *r)
{
	return reader_language(r->form, READER_AT_SCREEN);
}

/* ANSWER, a valid one to Q. */
static char *words_at_screen(const struct record *r, int q, const char *answer)
{
	const struct question *question = &r->form->questions[q];

	return question->type->words(r->form, question, answer, language(r),
	                             _("、"));
}

char *describe_answer(const struct record *r, int q)
{
	const struct question *question = &r->form->questions[q];
	const char *answer = record_answer(r, q);
	struct value v;
	char *words;

	if (!record_is_valid(r, q))
		return mem_strdup(answer);
	v = question->type->value(answer);
	words = v.kind == VALUE_DATE
		? date_both((date_day)v.number)
		: words_at_screen(r, q, answer);
	value_release(&v);
	return words;
}

char *describe_applies(const struct record *r, int row)
{
	char *why, *words;

	switch (record_applies(r, row)) {
	case APPLIES_NO:
		why = record_why(r, row, READER_AT_SCREEN);
		words = buf_format(_("該当なし（%s）"), why);
		free(why);
		return words;
	case APPLIES_UNKNOWN:
		return mem_strdup(_("未定"));
	case APPLIES_YES:
		break;
	}
	return mem_strdup("");
}

char *describe_state(const struct record *r, int row)
{
	int q = form_is_item(r->form, row) ? r->form->questions[row].item_choice
	                                   : row;
	char *detail, *words;

	switch (outline_state(r, row)) {
	case ENTRY_ANSWERED:
		detail = describe_answer(r, q);
		words = text_one_line(detail);
		free(detail);
		return words;
	case ENTRY_EMPTY:
		return mem_strdup(_("空欄"));
	case ENTRY_MISSING:
		detail = describe_answer(r, q);
		words = *detail ? buf_format(_("%s、記入漏れあり"), detail)
		                : mem_strdup(_("未記入"));
		free(detail);
		return words;
	case ENTRY_WRONG:
		return mem_strdup(_("要修正"));
	case ENTRY_NOT_APPLICABLE:
	case ENTRY_UNKNOWN:
		return describe_applies(r, row);
	}
	return mem_strdup("");
}

char *describe_detail(const struct record *r, int row)
{
	int text = form_is_item(r->form, row)
		? r->form->questions[row].item_text : -1;

	return mem_strdup(text < 0 ? "" : record_effective_answer(r, text));
}

/* True where the group of ROW changed in the same way: then ROW goes without
 * saying. */
static bool said_by_group(const struct record *r, struct changes changes,
                          int row)
{
	int group = r->form->questions[row].parent;

	for (size_t i = 0; i < changes.n; i++)
		if (changes.items[i].row == group &&
		    (changes.items[i].what & CHANGE_APPLIES))
			return true;
	return false;
}

static int by_row(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* The rows that now are NOW and were not, in the form's order. */
static size_t rows_now(const struct record *r, struct changes changes,
                       enum applies now, int *rows)
{
	size_t n = 0;

	for (size_t i = 0; i < changes.n; i++) {
		int row = changes.items[i].row;
		enum question_role role = r->form->questions[row].type->role;

		if ((changes.items[i].what & CHANGE_APPLIES) &&
		    record_applies(r, row) == now &&
		    (role == ROLE_GROUP || role == ROLE_ASKED) &&
		    !said_by_group(r, changes, row))
			rows[n++] = row;
	}
	qsort(rows, n, sizeof *rows, by_row);
	return n;
}

char *describe_rows(const struct record *r, const int *rows, size_t n)
{
	const struct question *questions = r->form->questions;
	struct buf names;
	bool numbers = false;

	buf_init(&names);
	for (size_t i = 0; i < n; i++) {
		const struct question *q = &questions[rows[i]];

		if (names.len)
			buf_add(&names, _("、"));
		if (form_is_item(r->form, rows[i])) {
			if (numbers)
				buf_add(&names, q->number);
			else
				buf_addf(&names, _("番号%s"), q->number);
			numbers = true;
		} else {
			buf_addf(&names, _("「%s」"),
			         form_label(r->form, q, language(r)));
			numbers = false;
		}
	}
	return names.s;
}

char *describe_row(const struct record *r, int row)
{
	int one[] = { row };

	return describe_rows(r, one, 1);
}

/* The first N of ROWS that share ROWS[0]'s reason, and that reason in *WHY. */
static size_t same_reason(const struct record *r, const int *rows, size_t n,
                          char **why)
{
	size_t same = 1;

	*why = record_why(r, rows[0], READER_AT_SCREEN);
	for (; same < n; same++) {
		char *other = record_why(r, rows[same], READER_AT_SCREEN);
		bool differs = strcmp(*why, other) != 0;

		free(other);
		if (differs)
			break;
	}
	return same;
}

/* FORMAT, with names and reason in it, for each reason there is among ROWS. */
__attribute__((format(printf, 5, 0)))
static void add_reasons(struct buf *out, const struct record *r,
                        const int *rows, size_t n, const char *format)
{
	while (n) {
		char *why, *names;
		size_t same = same_reason(r, rows, n, &why);

		names = describe_rows(r, rows, same);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		buf_addf(out, format, names, why);
#pragma GCC diagnostic pop
		free(names);
		free(why);
		rows += same;
		n -= same;
	}
}

static void add_not_applicable(struct buf *out, const struct record *r,
                               const int *rows, size_t n)
{
	add_reasons(out, r, rows, n, _("%sは該当なしになりました（%s）\n"));
}

static void add_applicable(struct buf *out, const struct record *r, const int *rows,
                           size_t n)
{
	char *names = describe_rows(r, rows, n);

	if (n)
		buf_addf(out, _("%sが該当するようになりました\n"), names);
	free(names);
}

static void add_unknown(struct buf *out, const struct record *r, const int *rows,
                        size_t n)
{
	char *names = describe_rows(r, rows, n);

	if (n)
		buf_addf(out, _("%sは該当するかどうかが未定になりました\n"), names);
	free(names);
}

/* What was calculated anew, where it has a name and a value that is not simply
 * the answer just given to Q. */
static void add_calculated(struct buf *out, const struct record *r, int row, int q)
{
	const struct question *question = &r->form->questions[row];
	const char *answer = record_effective_answer(r, row);
	char *words;

	if (question->type->role != ROLE_COMPUTED || !question->label.in ||
	    !*answer || strcmp(answer, record_answer(r, q)) == 0)
		return;
	words = describe_answer(r, row);
	if (*question->number)
		buf_addf(out, _("紙面の (%s) は「%s」になりました\n"),
		         question->number, words);
	else
		buf_addf(out, _("「%s」は「%s」になりました\n"),
		         form_label(r->form, question, language(r)), words);
	free(words);
}

char *describe_changes(const struct record *r, int q, struct changes changes)
{
	static void (*const sayings[])(struct buf *, const struct record *,
	                               const int *, size_t) = {
		[APPLIES_NO] = add_not_applicable,
		[APPLIES_UNKNOWN] = add_unknown,
		[APPLIES_YES] = add_applicable,
	};
	int *rows = mem_array(changes.n, sizeof *rows);
	struct buf out;

	buf_init(&out);
	for (size_t i = 0; i < changes.n; i++)
		if (changes.items[i].what & CHANGE_ANSWER)
			add_calculated(&out, r, changes.items[i].row, q);
	for (int now = APPLIES_NO; now <= APPLIES_YES; now++) {
		size_t n = rows_now(r, changes, (enum applies)now, rows);

		sayings[now](&out, r, rows, n);
	}
	free(rows);
	return out.s;
}

char *describe_skipped(const struct record *r, int from, int to)
{
	int *rows = mem_array(to > from ? (size_t)(to - from) : 1, sizeof *rows);
	struct buf out;
	size_t n = 0;

	for (int row = from; row < to; row++)
		if (form_is_item(r->form, row) &&
		    record_applies(r, row) == APPLIES_NO)
			rows[n++] = row;
	buf_init(&out);
	add_reasons(&out, r, rows, n, _("%sは該当しないので飛ばしました（%s）\n"));
	free(rows);
	return out.s;
}

void describe_not_today(const struct record *r, int q, struct not_today *words)
{
	const struct question *question = &r->form->questions[q];
	struct value v = record_eval(r, question->default_value, q);
	char *today = value_to_string(&v);
	char *now = words_at_screen(r, q, today);
	char *old = words_at_screen(r, q, record_answer(r, q));

	words->question = buf_format(_("「%s」は今日ではなく%sです。このまま完成させますか"),
	                             form_label(r->form, question, language(r)),
	                             old);
	words->keep = buf_format(_("このまま（%s）完成させる"), old);
	words->change = buf_format(_("今日の日付（%s）に直して完成させる"), now);
	free(old);
	free(now);
	free(today);
	value_release(&v);
}

void not_today_release(struct not_today *words)
{
	free(words->question);
	free(words->keep);
	free(words->change);
}
