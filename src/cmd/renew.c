/* SPDX-License-Identifier: MIT
 *
 * kakuninsho renew OLD: this year's record, begun from last year's.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "cmd/common.h"
#include "out/document.h"
#include "out/file.h"
#include "record/check.h"

/* Tell what makes OLD one that nothing should be taken over from. */
static void say_doubts(const struct record *old)
{
	struct problem_list list;

	problem_list_init(&list);
	record_problems(old, &list);
	if (old->status == RECORD_DRAFT)
		say_error(_("元の確認書は作成中です。報告したものから作り直すことをお勧めします"));
	else if (list.errors)
		say_error(_("元の確認書に、記入漏れや誤りが%zu件あります（kakuninsho check で見られます）。直してから作り直すことをお勧めします"),
		          list.errors);
	problem_list_release(&list);
}

/* The record that begins with what the form takes over from OLD; to be saved as PATH,
 * or under a draft's name where that is NULL. NULL after saying why not. */
static struct document *begin(const struct form_set *set, const char *path,
                              const struct record *old)
{
	struct document *d;

	if (path && file_exists(path)) {
		say_error(_("「%s」はすでにあります。新しい確認書には別の名前を指定してください"),
		          path);
		return NULL;
	}
	say_doubts(old);
	d = path ? document_new_at(set->form, set->moment, set->self, path)
	         : document_new(set->form, set->moment, set->self, "");
	record_take_over(d->record, old);
	return d;
}

/* FORM is the value of --form; NULL. */
static enum exit_code save(struct document *d, const char *form)
{
	enum settled settled;
	char *why, *with;

	document_save(d);
	settled = document_settle(d, -1, &why);
	if (settled == SETTLED_FAILED || settled == SETTLED_REMARK) {
		say_error("%s", why);
		free(why);
	}
	if (settled == SETTLED_FAILED || settled == SETTLED_NOT_YET)
		return EXIT_TROUBLE;
	with = form ? buf_format(" --form %s", form) : mem_strdup("");
	/* Opened by that name it would keep it when it is finished. */
	say_error(d->named
	          ? _("今年の確認書を作りました。kakuninsho%s に続けてこの名前を書くと記入できます: %s")
	          : _("今年の確認書を作りました。ここで kakuninsho%s を実行し、これを選ぶと記入できます: %s"),
	          with, d->path);
	free(with);
	return EXIT_FINE;
}

static enum exit_code print(const struct record *r)
{
	enum exit_code code;
	struct buf out;

	buf_init(&out);
	record_csv_write(r, &out);
	code = print_output(&out);
	buf_release(&out);
	return code;
}

enum exit_code cmd_renew(const struct options *o, char **files, int n)
{
	bool prints = o->output && strcmp(o->output, "-") == 0;
	enum exit_code code = EXIT_TROUBLE;
	struct document *d;
	struct form_set set;
	struct record_csv old;

	if (n != 1) {
		say_error(_("renew には OLD が1つ要ります。昨年の確認書のファイルを指定してください（空白を含む名前は引用符で囲みます）"));
		return EXIT_TROUBLE;
	}
	if (!form_set_load(&set, o))
		return EXIT_TROUBLE;
	if (read_record(&set, files[0], &old)) {
		d = begin(&set, prints ? NULL : o->output, old.record);
		if (d)
			code = prints ? print(d->record) : save(d, o->form);
		document_free(d);
		record_csv_release(&old);
	}
	form_set_release(&set);
	return code;
}
