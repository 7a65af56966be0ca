/* SPDX-License-Identifier: MIT
 *
 * kakuninsho form check|show|print: for whoever writes a form.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "cmd/common.h"
#include "cmd/output.h"
#include "form/form_check.h"
#include "form/form_show.h"
#include "form/question_type.h"
#include "out/sheet.h"

/* O, but of the form in FILE; NULL is the built-in one. */
static struct options of_form(const struct options *o, const char *file)
{
	struct options with = *o;

	with.form = file;
	return with;
}

/* The form that show and print are asked for, in FILES. */
static bool load_form(struct form_set *set, const struct options *o,
                      const char *command, char **files, int n)
{
	struct options with = of_form(o, n ? files[0] : NULL);

	if (n <= 1)
		return form_set_load(set, &with);
	say_error(_("%s に書ける FORM は1つだけです（空白を含む名前は引用符で囲みます）"),
	          command);
	return false;
}

/* --- check -------------------------------------------------------------- */

static void print_line(const char *text)
{
	char *line = text_one_line(text);

	puts(line);
	free(line);
}

static void print_diags(const struct diag_list *diags)
{
	for (size_t i = 0; i < diags->n; i++) {
		char *text = diag_format(&diags->items[i]);

		print_line(text);
		free(text);
	}
}

static size_t count_articles(struct articles *a)
{
	size_t n = 0;

	while (a && articles_at(a, n))
		n++;
	return n;
}

/* Items, and the questions that are in none. */
static void count_questions(const struct form *form, size_t *questions,
                            size_t *items)
{
	*questions = *items = 0;
	for (int i = 0; i < (int)form->n; i++)
		if (form_is_item(form, i))
			++*items;
		else if (form->questions[i].type->role == ROLE_ASKED &&
		         form_item_of(form, i) < 0)
			++*questions;
}

/* What was found in FILE and beside it, so that what was not is missed. */
static void print_found(const struct form_set *set, const char *file)
{
	const struct form *form = set->form;
	bool is_file = strcmp(file, "-") != 0; /* else nothing lies beside it */
	size_t questions, items;
	char *name = text_from_bytes(file);
	char *articles = form_beside(name, FORM_ARTICLES);
	char *sheet = form_beside(name, FORM_SHEET);
	struct buf line;

	count_questions(form, &questions, &items);
	buf_init(&line);
	buf_addf(&line, _("%s: 使えます: %s（%s%s%s）、質問%zu、項目%zu"),
	         name, form->title, form->id, *form->version ? " " : "",
	         form->version, questions, items);
	if (set->articles)
		buf_addf(&line, _("、条文%zu行（%s）"),
		         count_articles(set->articles), articles);
	else if (is_file)
		buf_addf(&line, _("、条文なし（%s がありません）"), articles);
	else
		buf_add(&line, _("、条文なし"));
	if (!set->layout->plain)
		buf_addf(&line, _("、紙面の指定あり（%s）"), sheet);
	else if (is_file)
		buf_addf(&line, _("、紙面の指定なし（%s がありません）"), sheet);
	else
		buf_add(&line, _("、紙面の指定なし"));
	print_line(line.s);
	buf_release(&line);
	free(sheet);
	free(articles);
	free(name);
}

static bool has_same_content(const struct form *a, const struct form *b)
{
	struct buf x, y;
	bool same;

	buf_init(&x);
	buf_init(&y);
	form_show(a, &x);
	form_show(b, &y);
	same = strcmp(x.s, y.s) == 0;
	buf_release(&y);
	buf_release(&x);
	return same;
}

/* A record says by id and version alone which form it is of. */
static void check_identity(const struct options *o, const struct form *form,
                           const char *file, struct diag_list *diags)
{
	struct options with = of_form(o, NULL);
	struct form_set own;

	if (!form_set_load(&own, &with))
		return;
	if (strcmp(own.form->id, form->id) == 0 &&
	    strcmp(own.form->version, form->version) == 0 &&
	    !has_same_content(own.form, form))
		diag_add(diags, DIAG_WARNING, file, 0, 0,
		         _("組み込みの様式と内容が違いますが、form_id も version も同じです。どちらかを変えてください"));
	form_set_release(&own);
}

static enum exit_code check_form(const struct options *o, const char *file)
{
	struct options with = of_form(o, file);
	struct diag_list diags;
	struct form_set set;
	enum exit_code code;

	diag_list_init(&diags);
	code = form_set_read(&set, &with, &diags);
	if (code == EXIT_FINE) {
		form_check(set.form, set.articles, file, &diags);
		sheet_check(set.form, set.layout, file, &diags);
		check_identity(o, set.form, file, &diags);
	}
	print_diags(&diags);
	if (code == EXIT_FINE)
		print_found(&set, file);
	diag_list_release(&diags);
	form_set_release(&set);
	return code;
}

enum exit_code cmd_form_check(const struct options *o, char **files, int n)
{
	enum exit_code worst = EXIT_FINE;

	if (n == 0) {
		say_error(_("form check には FORM が要ります。確かめる様式のファイルを指定してください"));
		return EXIT_TROUBLE;
	}
	for (int i = 0; i < n; i++) {
		enum exit_code code = check_form(o, files[i]);

		if (code > worst)
			worst = code;
	}
	return close_output(worst);
}

/* --- show --------------------------------------------------------------- */

enum exit_code cmd_form_show(const struct options *o, char **files, int n)
{
	enum exit_code code;
	struct form_set set;
	struct buf out;

	if (!load_form(&set, o, "form show", files, n))
		return EXIT_TROUBLE;
	buf_init(&out);
	form_show(set.form, &out);
	code = print_output(&out);
	buf_release(&out);
	form_set_release(&set);
	return code;
}

/* --- print -------------------------------------------------------------- */

enum exit_code cmd_form_print(const struct options *o, char **files, int n)
{
	struct file_style style = { .encoding = ENCODING_UTF8 };
	struct form_set set;
	struct encoded sheet;
	struct record *r;
	enum exit_code code;

	if (!output_style(o, "", &style) ||
	    !load_form(&set, o, "form print", files, n))
		return EXIT_TROUBLE;
	r = record_new(set.form, set.moment);
	sheet_encode(r, set.layout, SHEET_ALL_BLANK, &style, &sheet);
	code = output_put(&sheet, r, &style, o, n ? files[0] : NULL);
	encoded_release(&sheet);
	record_free(r);
	form_set_release(&set);
	return code;
}
