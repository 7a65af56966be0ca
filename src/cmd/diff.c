/* SPDX-License-Identifier: MIT
 *
 * kakuninsho diff OLD NEW: what changed, first the answers, then the texts.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "cmd/common.h"
#include "record/check.h"
#include "record/diff.h"

/* Columns of a line of a text, and of the beginning of what an item says. */
enum { LINE_COLUMNS = 80, SENTENCE_COLUMNS = 30 };

static const char *label_of(const struct record *r, int row)
{
	return form_label(r->form, &r->form->questions[row],
	                  reader_language(r->form, READER_AT_SCREEN));
}

static bool is_item_text(const struct form *form, int q)
{
	int item = form_item_of(form, q);

	return item >= 0 && form->questions[item].item_text == q;
}

/* True where the answer to Q may be a page: a line each would not do. */
static bool is_text(const struct form *form, int q)
{
	return form->questions[q].multiline || is_item_text(form, q);
}

/* What Q is called: of an item, its text is told from its choice. A new string. */
static char *title(const struct record *r, int q)
{
	char *name = question_title(r, q), *whole, *line;

	whole = is_item_text(r->form, q)
		? buf_format("%s %s", name, label_of(r, q)) : mem_strdup(name);
	line = text_one_line(whole);
	free(whole);
	free(name);
	return line;
}

/* How the item begins that Q is in, after the answer: who knows its number need
 * not read on. */
static void print_sentence(const struct record *r, int q)
{
	int item = form_item_of(r->form, q);
	struct text_lines lines;
	char *sentence;

	if (item < 0)
		return;
	sentence = text_one_line(label_of(r, item));
	text_wrap(sentence, SENTENCE_COLUMNS, TEXT_NARROW, &lines);
	printf(_(" 「%.*s%s」"), (int)lines.items[0].length, sentence,
	       lines.n > 1 ? "…" : "");
	text_lines_release(&lines);
	free(sentence);
}

static void print_answer(const struct record *r, const struct difference *d)
{
	char *name = title(r, d->question);
	char *before = text_one_line(d->before), *after = text_one_line(d->after);

	printf(_("%s: %s → %s"), name, *before ? before : _("（空欄）"),
	       *after ? after : _("（空欄）"));
	print_sentence(r, d->question);
	putchar('\n');
	free(after);
	free(before);
	free(name);
}

/* TEXT below HEADING, each farther in. */
static void print_lines(const char *heading, const char *text)
{
	static const char indent[] = "    ";
	char *whole = text_in_lines(*text ? text : _("（空欄）"));
	struct text_lines lines;

	printf("  %s\n", heading);
	text_wrap(whole, LINE_COLUMNS - strlen(indent), TEXT_NARROW, &lines);
	for (size_t i = 0; i < lines.n; i++) {
		const struct text_line *line = &lines.items[i];

		printf("%s%.*s\n", line->length ? indent : "",
		       (int)line->length, whole + line->start);
	}
	text_lines_release(&lines);
	free(whole);
}

/* FOLLOWS is true where something stands before it. */
static void print_text(const struct record *r, const struct difference *d,
                       bool follows)
{
	char *name = title(r, d->question);

	printf("%s%s\n", follows ? "\n" : "", name);
	print_lines(_("変更前:"), d->before);
	print_lines(_("変更後:"), d->after);
	free(name);
}

/* The answers, which are few words, before the texts. */
static enum exit_code print_all(const struct record *before,
                                const struct record *after)
{
	struct difference_list list;
	enum exit_code code;
	bool told = false;

	record_diff(before, after, &list);
	for (size_t i = 0; i < list.n; i++)
		if (!is_text(after->form, list.items[i].question)) {
			print_answer(after, &list.items[i]);
			told = true;
		}
	for (size_t i = 0; i < list.n; i++)
		if (is_text(after->form, list.items[i].question)) {
			print_text(after, &list.items[i], told);
			told = true;
		}
	code = list.n ? EXIT_PROBLEMS : EXIT_FINE;
	difference_list_release(&list);
	return code;
}

enum exit_code cmd_diff(const struct options *o, char **files, int n)
{
	enum exit_code code = EXIT_TROUBLE;
	struct record_csv before, after;
	struct form_set set;

	if (n != 2) {
		say_error(_("diff には OLD と NEW が要ります。比べる2つの確認書のファイルを指定してください（空白を含む名前は引用符で囲みます）"));
		return EXIT_TROUBLE;
	}
	if (!form_set_load(&set, o))
		return EXIT_TROUBLE;
	if (read_record(&set, files[0], &before)) {
		if (read_record(&set, files[1], &after)) {
			code = print_all(before.record, after.record);
			record_csv_release(&after);
		}
		record_csv_release(&before);
	}
	form_set_release(&set);
	return close_output(code);
}
