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

static void say_item(FILE *out, const struct record *r, int item,
                     unsigned parts)
{
	const struct question *group = &r->form->questions[item];
	char *clause = clause_words(group->clause);

	say(out, _("番号%s"), group->number);
	if (*clause && (parts & SAY_CLAUSE))
		say(out, " %s", clause);
	say(out, "\n%s\n", form_label(r->form, group, language(r)));
	free(clause);
}

/* Choices that fit on a braille display are one line: heard it is the same, and
 * felt it is one turn. */
#define BRAILLE_CELLS 40

static void say_choices(FILE *out, const struct record *r, int q)
{
	const struct choice *ch;
	struct buf one, many;

	buf_init(&one);
	buf_init(&many);
	for (size_t n = 1; (ch = record_offered(r, q, n)); n++) {
		const char *label = form_words(r->form, &ch->label, language(r));

		label = *label ? label : ch->name;
		buf_addf(&one, "%s%zu %s", n > 1 ? _("、") : "", n, label);
		buf_addf(&many, "%s%zu %s", n > 1 ? "\n" : "", n, label);
	}
	if (!one.len)
		buf_add(&one, _("選べる選択肢がありません"));
	say(out, "%s\n", text_columns(one.s, one.len, TEXT_WIDE) <= BRAILLE_CELLS
	    ? one.s : many.s);
	buf_release(&one);
	buf_release(&many);
}

/* The answer to Q as it is best heard. */
static char *spoken_answer(const struct record *r, int q)
{
	struct value v = { .kind = VALUE_STRING };
	char *words;

	if (record_is_valid(r, q))
		v = r->form->questions[q].type->value(record_answer(r, q));
	words = v.kind == VALUE_DATE ? date_spoken((date_day)v.number)
	                             : describe_answer(r, q);
	value_release(&v);
	return words;
}

/* LABEL and TEXT; of a text of many lines the first stands alone. */
static void say_labelled(FILE *out, const char *label, const char *text)
{
	bool many = strchr(text, '\n') != NULL;

	say(out, many ? "%s\n" : "%s ", label);
	say_text(out, many ? "  " : "", text);
}

static void say_present_answer(FILE *out, const struct record *r, int q,
                               unsigned parts)
{
	char *answer = spoken_answer(r, q);

	if (*answer)
		say_labelled(out, _("今の答え:"), answer);
	else if (parts & SAY_EMPTY)
		say_labelled(out, _("今の答え:"), _("（空欄）"));
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

/* How an answer of Q's kind is typed, where that is not plain. */
static void say_how(FILE *out, const struct question *q)
{
	if (q->type->choices == CHOICES_MANY)
		say(out, "%s\n", _("いくつでも選べます。番号を空白で区切ってください"));
	if (q->multiline)
		say(out, "%s\n", _("何行でも書けます。ピリオド（.）だけの行で終わります"));
}

void say_question(FILE *out, const struct record *r, int q, unsigned parts)
{
	const struct question *question = &r->form->questions[q];
	int item = form_item_of(r->form, q);
	bool sentence = parts & SAY_SENTENCE;

	fputc('\n', out);
	if (sentence)
		say_notes(out, r, q);
	if (item >= 0 && sentence && q == r->form->questions[item].item_choice)
		say_item(out, r, item, parts);
	else if (item >= 0)
		say(out, _("番号%s "), r->form->questions[item].number);
	say(out, "%s%s\n", form_label(r->form, question, language(r)),
	    record_is_required(r, q) ? _("（必須）") : _("（任意）"));
	if (parts & SAY_HINT)
		say_text(out, _("ヒント: "),
		         form_words(r->form, &question->hint, language(r)));
	if (question->choices)
		say_choices(out, r, q);
	if (parts & SAY_HOW)
		say_how(out, question);
	say_present_answer(out, r, q, parts);
	if (*record_answer(r, q))
		say_errors_of(out, r, q);
}

/* True where the answer to Q is a number. */
static bool is_number(const struct record *r, int q)
{
	struct value v = r->form->questions[q].type->value(record_answer(r, q));
	bool is = v.kind == VALUE_NUMBER;

	value_release(&v);
	return is;
}

void say_meaning(FILE *out, const struct record *r, int q, const char *typed)
{
	char *words = spoken_answer(r, q);

	if (record_is_valid(r, q) &&
	    (strcmp(words, record_answer(r, q)) != 0 ||
	     (is_number(r, q) && strcmp(words, typed) != 0)))
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

void say_cautions(FILE *out, const struct record *r, int q)
{
	struct problem_list list;

	problem_list_init(&list);
	question_problems(r, q, &list);
	for (size_t i = 0; i < list.n; i++)
		if (list.items[i].kind == PROBLEM_CAUTION)
			say_text(out, _("注意: "), list.items[i].text);
	problem_list_release(&list);
}

static int by_text(const void *a, const void *b)
{
	const struct problem *const *p = a, *const *q = b;
	int order = strcmp((*p)->text, (*q)->text);

	return order ? order : *p < *q ? -1 : 1;
}

static bool is_same(const struct record *r, const struct problem *p,
                    const struct problem *q)
{
	return p->kind == q->kind && strcmp(p->text, q->text) == 0 &&
	       form_item_of(r->form, p->question) >= 0 &&
	       form_item_of(r->form, q->question) >= 0;
}

/* For each of LIST the next item with the same problem, 0 if none; FOLLOWS is true
 * for those that are some other's next. */
static size_t *same_problems(const struct record *r,
                             const struct problem_list *list, bool *follows)
{
	const struct problem **sorted = mem_array(list->n, sizeof *sorted);
	size_t *next = mem_array(list->n, sizeof *next);

	for (size_t i = 0; i < list->n; i++)
		sorted[i] = &list->items[i];
	qsort(sorted, list->n, sizeof *sorted, by_text);
	for (size_t i = 1; i < list->n; i++) {
		size_t at = (size_t)(sorted[i] - list->items);

		if (!is_same(r, sorted[i - 1], sorted[i]))
			continue;
		next[sorted[i - 1] - list->items] = at;
		follows[at] = true;
	}
	free(sorted);
	return next;
}

/* Problem I of LIST, and whose it is: 「番号5、6: …」. A new string. */
static char *problem_line(const struct record *r,
                          const struct problem_list *list, size_t i,
                          const size_t *next)
{
	const struct problem *p = &list->items[i];
	int item = form_item_of(r->form, p->question);
	int *items;
	size_t n = 0;
	char *names, *text, *line;

	if (item >= 0) {
		items = mem_array(list->n, sizeof *items);
		do
			items[n++] = form_item_of(r->form,
			                          list->items[i].question);
		while ((i = next[i]));
		names = describe_rows(r, items, n);
		text = buf_format("%s: %s", names, p->text);
		free(names);
		free(items);
	} else {
		text = problem_with_title(r, p->question, p->text);
	}
	line = text_one_line(text);
	free(text);
	return line;
}

/* Those of LIST that are cautions, or are none, a line each, and before them how
 * many lines; see say_problems. */
static void say_problem_lines(FILE *out, const struct record *r,
                              const struct problem_list *list, bool cautions,
                              struct ways *ways)
{
	bool *follows = mem_array(list->n, sizeof *follows);
	size_t *next = same_problems(r, list, follows), lines = 0;

	for (size_t i = 0; i < list->n; i++)
		lines += !follows[i] &&
		         (list->items[i].kind == PROBLEM_CAUTION) == cautions;
	if (lines)
		say(out, cautions ? _("注意が %zu 件あります（そのままでも完成できます）\n")
		                  : _("直すところが %zu 件あります\n"), lines);
	for (size_t i = 0; i < list->n; i++) {
		const struct problem *p = &list->items[i];
		char *line;

		if (follows[i] || (p->kind == PROBLEM_CAUTION) != cautions)
			continue;
		line = problem_line(r, list, i, next);
		if (ways) {
			ways->to[ways->n++] = p->question;
			say(out, ":p %zu  ", ways->n);
		}
		say(out, "%s\n", line);
		free(line);
	}
	free(next);
	free(follows);
}

void say_problems(FILE *out, const struct record *r, struct ways *ways)
{
	struct problem_list list;

	problem_list_init(&list);
	record_problems(r, &list);
	if (ways) {
		free(ways->to);
		ways->to = mem_array(list.n, sizeof *ways->to);
		ways->n = 0;
	}
	say_problem_lines(out, r, &list, false, ways);
	say_problem_lines(out, r, &list, true, ways);
	problem_list_release(&list);
}

/* The question to go to for ROW, in which something is lost. */
static int way_to_lost(const struct form *form, int row)
{
	return form_is_item(form, row) ? form->questions[row].item_choice : row;
}

void say_lost(FILE *out, const struct record *r, const struct encoded *sheet,
              enum encoding e, struct ways *ways)
{
	free(ways->to);
	ways->to = mem_array(sheet->n_lost, sizeof *ways->to);
	ways->n = 0;
	if (sheet->why)
		say(out, "%s\n", sheet->why);
	for (size_t i = 0; i < sheet->n_lost; i++) {
		const struct lost *lost = &sheet->lost[i];
		char *words = lost_words(r, lost, e);

		if (lost->row >= 0) {
			ways->to[ways->n++] = way_to_lost(r->form, lost->row);
			say(out, ":p %zu  ", ways->n);
		}
		say(out, "%s\n", words);
		free(words);
	}
	for (size_t i = 0; i < sheet->n_swapped; i++) {
		char *words = swapped_words(&sheet->swapped[i]);

		say(out, "%s%s\n", _("注意: "), words);
		free(words);
	}
}

void say_style(FILE *out, const struct file_style *style)
{
	char *words = file_style_words(style);

	say(out, _("紙面の文字コード: %s\n"), words);
	free(words);
}

/* --- the outline -------------------------------------------------------- */

static void say_progress(FILE *out, const struct record *r)
{
	struct progress p = record_progress(r);

	say(out, _("該当する %d 件のうち %d 件が済んでいます"), p.all, p.done);
	if (p.unknown)
		say(out, _("。ほかに未定が %d 件あります"), p.unknown);
	fputc('\n', out);
}

/* The state of ROW comes before what an item says: who has heard it may go on. */
static void say_entry(FILE *out, const struct record *r, int row, bool whole)
{
	const struct question *q = &r->form->questions[row];
	const char *label = form_label(r->form, q, language(r));
	bool item = form_is_item(r->form, row);
	char *state = !item && outline_state(r, row) == ENTRY_ANSWERED
		? spoken_answer(r, row) : describe_state(r, row);
	char *line = text_one_line(state);
	char *detail = describe_detail(r, row);

	if (item)
		say(out, _("番号%s"), q->number);
	else
		say(out, "%s", label);
	say(out, ": %s", line);
	if (item && whole)
		say(out, ": %s", label);
	fputc('\n', out);
	if (*detail && whole)
		say_labelled(out, _("詳細:"), detail);
	free(detail);
	free(line);
	free(state);
}

void say_outline(FILE *out, const struct record *r, bool whole)
{
	int before = -1;

	say_progress(out, r);
	for (int row = outline_next(r->form, -1); row < (int)r->form->n;
	     row = outline_next(r->form, row)) {
		say_groups(out, r, row, before);
		say_entry(out, r, row, whole);
		before = row;
	}
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

/* Where in the outline Q stands. */
static void say_position(FILE *out, const struct record *r, int q)
{
	int at = 0, all = 0, item = form_item_of(r->form, q);

	for (int row = outline_next(r->form, -1); row < (int)r->form->n;
	     row = outline_next(r->form, row)) {
		all++;
		if (row <= (item >= 0 ? item : q))
			at++;
	}
	say(out, _("全 %d 件の %d 件目です"), all, at);
	fputc('\n', out);
}

void say_place(FILE *out, const struct record *r, int q)
{
	if (q < (int)r->form->n) {
		say_groups(out, r, q, -1);
		say_where(out, r, q);
		say_position(out, r, q);
	} else {
		say(out, "%s\n", _("質問はこれで終わりです"));
	}
	say_progress(out, r);
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

/* The lines of TEXT, which is in CLAUSE, that hold WORDS. */
static void say_lines_with(FILE *out, const char *clause, const char *text,
                           const char *words)
{
	char *name = clause_words(clause);
	size_t length;

	for (; *text; text += length + (text[length] == '\n')) {
		char *line;
		size_t found;

		length = strcspn(text, "\n");
		line = mem_strndup(text, length);
		if (text_find(line, words, &found))
			say(out, "%s%s%s\n", name, *name ? ": " : "", line);
		free(line);
	}
	free(name);
}

bool say_articles_with(FILE *out, struct articles *a, const char *words)
{
	const struct article *article;
	size_t n = 0, length;

	for (size_t i = 0; a && (article = articles_at(a, i)); i++)
		n += text_find(article->text, words, &length) != NULL;
	if (!n)
		return false;
	say(out, _("「%s」のある条文が %zu 件あります\n"), words, n);
	for (size_t i = 0, said = 0; said < n && said < MOST_ARTICLES; i++) {
		article = articles_at(a, i);
		if (!text_find(article->text, words, &length))
			continue;
		say_lines_with(out, article->clause, article->text, words);
		said++;
	}
	if (n > MOST_ARTICLES)
		say(out, _("ほかに %zu 件あります。言葉を長くして絞ってください\n"),
		    n - MOST_ARTICLES);
	return true;
}
