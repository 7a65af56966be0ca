/* SPDX-License-Identifier: MIT */
#include "plain/say.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "form/question_type.h"
#include "record/check.h"
#include "record/describe.h"
#include "record/flow.h"

static int language(const struct record *r)
{
	return reader_language(r->form, READER_AT_SCREEN);
}

void say(FILE *out, const char *format, ...)
{
	struct buf text;
	va_list args;
	char *safe;

	buf_init(&text);
	va_start(args, format);
	buf_addv(&text, format, args);
	va_end(args);
	safe = text_in_lines(text.s);
	fputs(safe, out);
	free(safe);
	buf_release(&text);
}

void say_path(FILE *out, const char *format, const char *path)
{
	char *safe = text_from_bytes(path);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	say(out, format, safe);
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

		say(out, "%s%.*s\n", indent, (int)n, text);
		text += n + (text[n] == '\n');
	}
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
			say(out, "\n%s\n", label);
	}
}

static void say_item(FILE *out, const struct record *r, int item)
{
	const struct question *group = &r->form->questions[item];
	char *clause = clause_words(group->clause);

	say(out, _("番号%s"), group->number);
	if (*clause)
		say(out, " %s", clause);
	say(out, "\n%s\n", form_label(r->form, group, language(r)));
	free(clause);
}

static void say_choices(FILE *out, const struct record *r, int q)
{
	const struct choice *ch;

	for (size_t n = 1; (ch = record_offered(r, q, n)); n++) {
		const char *label = form_words(r->form, &ch->label, language(r));

		say(out, "%zu %s\n", n, *label ? label : ch->name);
	}
	if (!record_offered(r, q, 1))
		say(out, "%s\n", _("選べる選択肢がありません"));
}

static void say_present_answer(FILE *out, const struct record *r, int q)
{
	char *answer = describe_answer(r, q);

	if (!*answer) {
		say(out, "%s\n", _("今の答え: （空欄）"));
	} else if (strchr(answer, '\n')) {
		say(out, "%s\n", _("今の答え:"));
		say_text(out, "  ", answer);
	} else {
		say_text(out, _("今の答え: "), answer);
	}
	free(answer);
}

/* The notes that stand right before Q. */
static void say_notes(FILE *out, const struct record *r, int q)
{
	const struct question *questions = r->form->questions;
	int first = q;

	while (first > 0 && (questions[first - 1].type->role == ROLE_NOTE ||
	                     questions[first - 1].type->role == ROLE_GROUP ||
	                     questions[first - 1].type->role == ROLE_METADATA))
		first--;
	for (; first < q; first++)
		if (questions[first].type->role == ROLE_NOTE &&
		    record_applies(r, first) == APPLIES_YES)
			say_text(out, "", form_words(r->form,
			                             &questions[first].label,
			                             language(r)));
}

void say_question(FILE *out, const struct record *r, int q)
{
	const struct question *question = &r->form->questions[q];
	const char *hint = form_words(r->form, &question->hint, language(r));
	int item = form_item_of(r->form, q);

	fputc('\n', out);
	say_notes(out, r, q);
	if (item >= 0 && q == r->form->questions[item].item_choice)
		say_item(out, r, item);
	else if (item >= 0)
		say(out, _("番号%s "), r->form->questions[item].number);
	say(out, "%s%s\n", form_label(r->form, question, language(r)),
	    record_is_required(r, q) ? _("（必須）") : _("（任意）"));
	say_text(out, _("ヒント: "), hint);
	if (question->choices)
		say_choices(out, r, q);
	if (question->type->choices == CHOICES_MANY)
		say(out, "%s\n", _("いくつでも選べます。番号を空白で区切ってください"));
	if (question->multiline)
		say(out, "%s\n", _("何行でも書けます。「.」だけの行で終わります"));
	say_present_answer(out, r, q);
	if (*record_answer(r, q))
		say_errors_of(out, r, q);
}

void say_meaning(FILE *out, const struct record *r, int q)
{
	char *words = describe_answer(r, q);

	if (record_is_valid(r, q) && strcmp(words, record_answer(r, q)) != 0)
		say_text(out, _("答え: "), words);
	free(words);
}

/* --- what a change did -------------------------------------------------- */

void say_changes(FILE *out, const struct record *r, int q,
                 struct changes changes)
{
	char *said = describe_changes(r, q, changes);

	say_text(out, "", said);
	free(said);
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
		say(out, "%s\n", _("空欄に戻すには :c と入力してください"));
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

size_t say_problems(FILE *out, const struct record *r)
{
	struct problem_list list;
	size_t errors;

	problem_list_init(&list);
	record_problems(r, &list);
	for (size_t i = 0; i < list.n; i++) {
		const struct problem *p = &list.items[i];
		char *title = question_title(r, p->question);
		char *text = buf_format("%s: %s%s", title,
		                        p->kind == PROBLEM_CAUTION
		                        ? _("注意: ") : "", p->text);
		char *line = text_one_line(text);

		say(out, ":g %s  %s\n", flow_way_to(r->form, p->question),
		    line);
		free(line);
		free(text);
		free(title);
	}
	errors = list.errors;
	if (list.n > errors)
		say(out, "%s\n", _("注意の行はそのままでも完成できます"));
	problem_list_release(&list);
	return errors;
}

/* --- the outline -------------------------------------------------------- */

void say_outline(FILE *out, const struct record *r)
{
	struct progress p = record_progress(r);
	int before = -1;

	for (int row = outline_next(r->form, -1); row < (int)r->form->n;
	     row = outline_next(r->form, row)) {
		const struct question *q = &r->form->questions[row];
		char *state = describe_state(r, row);

		say_groups(out, r, row, before);
		if (form_is_item(r->form, row)) {
			say(out, _("番号%s"), q->number);
			say(out, ": ");
		}
		say(out, "%s: %s\n", form_label(r->form, q, language(r)),
		    state);
		free(state);
		state = describe_detail(r, row);
		say_text(out, "  ", state);
		free(state);
		before = row;
	}
	fputc('\n', out);
	say(out, _("該当する %d 件のうち %d 件が済んでいます"), p.all, p.done);
	if (p.unknown)
		say(out, _("。ほかに未定が %d 件あります"), p.unknown);
	fputc('\n', out);
}

int say_no_stop(FILE *out, const struct record *r, int row)
{
	int item = form_item_of(r->form, row);
	char *title = describe_row(r, item >= 0 ? item : row);
	char *why;
	int decider = -1;

	switch (record_applies(r, row)) {
	case APPLIES_NO:
		why = record_why(r, row, READER_AT_SCREEN);
		say(out, _("%sは該当なしです（%s）\n"), title, why);
		free(why);
		break;
	case APPLIES_UNKNOWN:
		decider = record_decider(r, row);
		say(out, _("%sが該当するかは、次の質問の答えで決まります\n"),
		    title);
		break;
	case APPLIES_YES:
		say(out, _("%sは答える質問ではありません\n"), title);
		break;
	}
	free(title);
	return decider;
}

void say_where(FILE *out, const struct record *r, int q)
{
	int item = form_item_of(r->form, q);

	say(out, "%s", _("今の質問: "));
	if (item >= 0)
		say(out, _("番号%s "), r->form->questions[item].number);
	say(out, "%s\n",
	    form_label(r->form, &r->form->questions[q], language(r)));
}

/* --- articles ----------------------------------------------------------- */

static void say_one_article(FILE *out, struct articles *a, int i)
{
	const struct article *article = articles_at(a, (size_t)i);
	char *words = clause_words(article->clause);
	size_t n = strcspn(article->clause, ".");

	if (article->clause[n]) {
		char *number = mem_strndup(article->clause, n);
		int heading = articles_find(a, number);

		say(out, "%s", words);
		if (heading >= 0)
			say(out, " %s", articles_at(a, (size_t)heading)->text);
		fputc('\n', out);
		free(number);
	} else if (*words) {
		say(out, "%s ", words);
	}
	say_text(out, "", article->text);
	free(words);
}

/* Article I whole: its heading and every paragraph. */
static void say_whole_article(FILE *out, struct articles *a, int i)
{
	const struct article *article = articles_at(a, (size_t)i);
	const char *number = article->clause;
	size_t n = strlen(number);

	say_one_article(out, a, i);
	while ((article = articles_at(a, (size_t)++i)) &&
	       strncmp(article->clause, number, n) == 0 &&
	       article->clause[n] == '.') {
		say(out, "%s ", article->clause + n + 1);
		say_text(out, "", article->text);
	}
}

bool say_article(FILE *out, struct articles *a, const char *clause)
{
	int i = a && *clause ? articles_find(a, clause) : -1;
	const struct article *article;
	const char *p;

	if (i < 0)
		return false;
	article = articles_at(a, (size_t)i);
	fputc('\n', out);
	if (!strchr(article->clause, '.')) {
		say_whole_article(out, a, i);
		return true;
	}
	say_one_article(out, a, i);
	/* 「第8条に規定する事故」: what it refers to is needed to understand it. */
	for (p = article->text; (p = strstr(p, "第")); p += strlen("第")) {
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
