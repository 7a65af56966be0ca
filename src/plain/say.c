/* SPDX-License-Identifier: MIT */
#include "plain/say.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "form/question_type.h"
#include "plain/typed.h"
#include "record/check.h"
#include "record/flow.h"

static int language(const struct record *r)
{
	return reader_language(r->form, READER_AT_SCREEN);
}

void say_path(FILE *out, const char *format, const char *path)
{
	char *safe = text_from_bytes(path);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	fprintf(out, format, safe);
#pragma GCC diagnostic pop
	free(safe);
}

void say_trouble(const char *why)
{
	say_path(stderr, "kakuninsho: %s\n", why);
}

/* TEXT, each of its lines after INDENT. */
static void say_text(FILE *out, const char *indent, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\n");
		char *line = mem_strndup(text, n);
		char *safe = text_one_line(line);

		fprintf(out, "%s%s\n", indent, safe);
		free(safe);
		free(line);
		text += n + (text[n] == '\n');
	}
}

/* The answer to Q in words: a new string on one line, or more for a multi-line
 * text; "" if there is none. */
static char *answer_in_words(const struct record *r, int q)
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
		: question->type->words(r->form, question, answer, language(r));
	value_release(&v);
	return words;
}

/* --- a question --------------------------------------------------------- */

void say_groups(FILE *out, const struct record *r, int q, int before)
{
	const struct question *questions = r->form->questions;
	int chain[64], n = 0;

	for (int g = questions[q].parent; g >= 0 && n < 64; g = questions[g].parent)
		chain[n++] = g;
	while (n-- > 0) {
		int g = chain[n];
		bool inside = before >= g && before < questions[g].end;
		const char *label = form_words(r->form, &questions[g].label,
		                               language(r));

		if (!inside && *label && !form_is_item(r->form, g))
			fprintf(out, "\n%s\n", label);
	}
}

static void say_item(FILE *out, const struct record *r, int item)
{
	const struct question *group = &r->form->questions[item];
	char *clause = clause_words(group->clause);

	fprintf(out, _("番号%s"), group->number);
	if (*clause)
		fprintf(out, " %s", clause);
	fprintf(out, "\n%s\n", form_label(r->form, group, language(r)));
	free(clause);
}

static void say_choices(FILE *out, const struct record *r, int q)
{
	const struct choice *ch;

	for (size_t n = 1; (ch = offered_choice(r, q, n)); n++) {
		const char *label = form_words(r->form, &ch->label, language(r));

		fprintf(out, "%zu %s\n", n, *label ? label : ch->name);
	}
	if (!offered_choice(r, q, 1))
		fprintf(out, "%s\n", _("選べる選択肢がありません"));
}

static void say_present_answer(FILE *out, const struct record *r, int q)
{
	char *answer = answer_in_words(r, q);

	if (!*answer) {
		fprintf(out, "%s\n", _("今の答え: （空欄）"));
	} else if (strchr(answer, '\n')) {
		fprintf(out, "%s\n", _("今の答え:"));
		say_text(out, "  ", answer);
	} else {
		say_text(out, _("今の答え: "), answer);
	}
	free(answer);
}

void say_question(FILE *out, const struct record *r, int q)
{
	const struct question *question = &r->form->questions[q];
	const char *hint = form_words(r->form, &question->hint, language(r));
	int item = form_item_of(r->form, q);

	fputc('\n', out);
	if (item >= 0 && q == r->form->questions[item].item_choice)
		say_item(out, r, item);
	else if (item >= 0)
		fprintf(out, _("番号%s "), r->form->questions[item].number);
	fprintf(out, "%s%s\n", form_label(r->form, question, language(r)),
	        record_is_required(r, q) ? _("（必須）") : _("（任意）"));
	say_text(out, _("ヒント: "), hint);
	if (question->choices)
		say_choices(out, r, q);
	if (question->type->choices == CHOICES_MANY)
		fprintf(out, "%s\n", _("いくつでも選べます。番号を空白で区切ってください"));
	if (question->multiline)
		fprintf(out, "%s\n", _("何行でも書けます。「.」だけの行で終わります"));
	say_present_answer(out, r, q);
	if (*record_answer(r, q))
		say_errors_of(out, r, q);
}

void say_meaning(FILE *out, const struct record *r, int q)
{
	char *words = answer_in_words(r, q);

	if (record_is_valid(r, q) && strcmp(words, record_answer(r, q)) != 0)
		say_text(out, _("答え: "), words);
	free(words);
}

/* --- what a change did -------------------------------------------------- */

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

/* 「番号13、14」, or labels for what has no number. A new string. */
static char *names_of_rows(const struct record *r, const int *rows, size_t n)
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

static void say_not_applicable(FILE *out, const struct record *r,
                               const int *rows, size_t n)
{
	while (n) {
		char *why, *names;
		size_t same = same_reason(r, rows, n, &why);

		names = names_of_rows(r, rows, same);
		fprintf(out, _("%sは該当なしになりました（%s）\n"), names, why);
		free(names);
		free(why);
		rows += same;
		n -= same;
	}
}

static void say_applicable(FILE *out, const struct record *r, const int *rows,
                           size_t n)
{
	char *names = names_of_rows(r, rows, n);

	if (n)
		fprintf(out, _("%sが該当するようになりました\n"), names);
	free(names);
}

static void say_unknown(FILE *out, const struct record *r, const int *rows,
                        size_t n)
{
	char *names = names_of_rows(r, rows, n);

	if (n)
		fprintf(out, _("%sは該当するかどうかが未定になりました\n"), names);
	free(names);
}

/* What was calculated anew, where it has a name and a value that is not simply
 * the answer just given to Q. */
static void say_calculated(FILE *out, const struct record *r, int row, int q)
{
	const struct question *question = &r->form->questions[row];
	const char *answer = record_effective_answer(r, row);
	char *words;

	if (question->type->role != ROLE_COMPUTED || !question->label.in ||
	    !*answer || strcmp(answer, record_answer(r, q)) == 0)
		return;
	words = answer_in_words(r, row);
	fprintf(out, _("「%s」は「%s」になりました\n"),
	        form_label(r->form, question, language(r)), words);
	free(words);
}

void say_changes(FILE *out, const struct record *r, int q,
                 struct changes changes)
{
	static void (*const sayings[])(FILE *, const struct record *,
	                               const int *, size_t) = {
		[APPLIES_NO] = say_not_applicable,
		[APPLIES_UNKNOWN] = say_unknown,
		[APPLIES_YES] = say_applicable,
	};
	int *rows = mem_array(changes.n, sizeof *rows);

	for (size_t i = 0; i < changes.n; i++)
		if (changes.items[i].what & CHANGE_ANSWER)
			say_calculated(out, r, changes.items[i].row, q);
	for (int now = APPLIES_NO; now <= APPLIES_YES; now++) {
		size_t n = rows_now(r, changes, (enum applies)now, rows);

		sayings[now](out, r, rows, n);
	}
	free(rows);
}

/* --- problems ----------------------------------------------------------- */

bool say_errors_of(FILE *out, const struct record *r, int q)
{
	struct problem_list list;
	bool error;

	problem_list_init(&list);
	question_problems(r, q, &list);
	for (size_t i = 0; i < list.n; i++)
		if (list.items[i].kind != PROBLEM_CAUTION)
			say_text(out, _("要修正: "), list.items[i].text);
	error = list.errors > 0;
	if (error && *record_answer(r, q) && !record_is_required(r, q))
		fprintf(out, "%s\n", _("空欄に戻すには :c と入力してください"));
	problem_list_release(&list);
	return error;
}

void say_cautions(FILE *out, const struct record *r, int q, int end)
{
	struct problem_list list;

	problem_list_init(&list);
	for (; q < end; q++)
		question_problems(r, q, &list);
	for (size_t i = 0; i < list.n; i++)
		if (list.items[i].kind == PROBLEM_CAUTION)
			say_text(out, _("注意: "), list.items[i].text);
	problem_list_release(&list);
}

/* How to go to Q: by its item's number where that leads to it, else its name. */
static const char *way_to(const struct record *r, int q)
{
	int item = form_item_of(r->form, q);

	if (item >= 0 && r->form->questions[item].item_choice == q)
		return r->form->questions[item].number;
	return r->form->questions[q].name;
}

size_t say_problems(FILE *out, const struct record *r)
{
	struct problem_list list;
	size_t errors;

	problem_list_init(&list);
	record_problems(r, &list);
	for (size_t i = 0; i < list.n; i++) {
		const struct problem *p = &list.items[i];
		char *title = question_title(r, p->question);
		char *text = text_one_line(p->text);

		fprintf(out, ":g %s  %s: %s%s\n", way_to(r, p->question),
		        title, p->kind == PROBLEM_CAUTION ? _("注意: ") : "",
		        text);
		free(text);
		free(title);
	}
	errors = list.errors;
	if (list.n > errors)
		fprintf(out, "%s\n", _("注意の行はそのままでも完成できます"));
	problem_list_release(&list);
	return errors;
}

/* --- the outline -------------------------------------------------------- */

/* The state of outline row ROW in words; a new string. */
static char *state_in_words(const struct record *r, int row)
{
	int q = form_is_item(r->form, row) ? r->form->questions[row].item_choice
	                                   : row;
	char *detail, *words;

	switch (outline_state(r, row)) {
	case ENTRY_ANSWERED:
		detail = answer_in_words(r, q);
		words = text_one_line(detail);
		free(detail);
		return words;
	case ENTRY_EMPTY:
		return mem_strdup(_("空欄"));
	case ENTRY_MISSING:
		detail = answer_in_words(r, q);
		words = *detail ? buf_format(_("%s、記入漏れあり"), detail)
		                : mem_strdup(_("未記入"));
		free(detail);
		return words;
	case ENTRY_WRONG:
		return mem_strdup(_("要修正"));
	case ENTRY_NOT_APPLICABLE:
		detail = record_why(r, row, READER_AT_SCREEN);
		words = buf_format(_("該当なし（%s）"), detail);
		free(detail);
		return words;
	case ENTRY_UNKNOWN:
		return mem_strdup(_("未定"));
	}
	return mem_strdup("");
}

void say_outline(FILE *out, const struct record *r)
{
	struct progress p = record_progress(r);
	int before = -1;

	for (int row = outline_next(r->form, -1); row < (int)r->form->n;
	     row = outline_next(r->form, row)) {
		const struct question *q = &r->form->questions[row];
		char *state = state_in_words(r, row);

		say_groups(out, r, row, before);
		if (form_is_item(r->form, row)) {
			fprintf(out, _("番号%s"), q->number);
			fprintf(out, ": ");
		}
		fprintf(out, "%s: %s\n", form_label(r->form, q, language(r)),
		        state);
		free(state);
		before = row;
	}
	fputc('\n', out);
	fprintf(out, _("該当する %d 件のうち %d 件が済んでいます"), p.all, p.done);
	if (p.unknown)
		fprintf(out, _("。ほかに未定が %d 件あります"), p.unknown);
	fputc('\n', out);
}

/* 「13」 for an item, else its label. */
static char *row_title(const struct record *r, int row)
{
	int one[] = { row };

	return names_of_rows(r, one, 1);
}

int say_no_stop(FILE *out, const struct record *r, int row)
{
	int item = form_item_of(r->form, row);
	char *title = row_title(r, item >= 0 ? item : row);
	char *why;
	int decider = -1;

	switch (record_applies(r, row)) {
	case APPLIES_NO:
		why = record_why(r, row, READER_AT_SCREEN);
		fprintf(out, _("%sは該当なしです（%s）\n"), title, why);
		free(why);
		break;
	case APPLIES_UNKNOWN:
		decider = record_decider(r, row);
		fprintf(out, _("%sが該当するかは、次の質問の答えで決まります\n"),
		        title);
		break;
	case APPLIES_YES:
		fprintf(out, _("%sは答える質問ではありません\n"), title);
		break;
	}
	free(title);
	return decider;
}

void say_where(FILE *out, const struct record *r, int q)
{
	int item = form_item_of(r->form, q);

	fprintf(out, "%s", _("今の質問: "));
	if (item >= 0)
		fprintf(out, _("番号%s "), r->form->questions[item].number);
	fprintf(out, "%s\n",
	        form_label(r->form, &r->form->questions[q], language(r)));
}

/* --- articles ----------------------------------------------------------- */

static void say_one_article(FILE *out, const struct articles *a, int i)
{
	const struct article *article = &a->items[i];
	char *words = clause_words(article->clause);
	size_t n = strcspn(article->clause, ".");

	if (article->clause[n]) {
		char *number = mem_strndup(article->clause, n);
		int heading = articles_find(a, number);

		fprintf(out, "%s", words);
		if (heading >= 0)
			fprintf(out, " %s", a->items[heading].text);
		fputc('\n', out);
		free(number);
	} else if (*words) {
		fprintf(out, "%s ", words);
	}
	say_text(out, "", article->text);
	free(words);
}

/* Article I whole: its heading and every paragraph. */
static void say_whole_article(FILE *out, const struct articles *a, int i)
{
	size_t n = strlen(a->items[i].clause);

	say_one_article(out, a, i);
	for (i++; i < (int)a->n; i++) {
		const char *clause = a->items[i].clause;

		if (strncmp(clause, a->items[i - 1].clause, n) != 0 ||
		    clause[n] != '.')
			break;
		fprintf(out, "%s ", clause + n + 1);
		say_text(out, "", a->items[i].text);
	}
}

bool say_article(FILE *out, const struct articles *a, const char *clause)
{
	int i = a && *clause ? articles_find(a, clause) : -1;
	const char *p;

	if (i < 0)
		return false;
	fputc('\n', out);
	if (!strchr(a->items[i].clause, '.')) {
		say_whole_article(out, a, i);
		return true;
	}
	say_one_article(out, a, i);
	/* 「第8条に規定する事故」: what it refers to is needed to understand it. */
	for (p = a->items[i].text; (p = strstr(p, "第")); p += strlen("第")) {
		const char *number = p + strlen("第");
		size_t n = strspn(number, "0123456789");
		char *other;
		int k;

		if (!n || !text_has_prefix(number + n, "条"))
			continue;
		other = mem_strndup(number, n);
		k = articles_find(a, other);
		if (k >= 0) {
			fputc('\n', out);
			say_whole_article(out, a, k);
		}
		free(other);
	}
	return true;
}
