/* SPDX-License-Identifier: MIT
 *
 * kakuninsho diff OLD NEW: what changed, a line an answer.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/text.h"
#include "cmd/common.h"
#include "record/check.h"
#include "record/diff.h"

static const char *or_empty(const char *words)
{
	return *words ? words : _("（空欄）");
}

/* What Q is called: of an item, its text is told from its choice. */
static char *title(const struct record *r, int q)
{
	int item = form_item_of(r->form, q);
	char *name = question_title(r, q);
	char *whole;

	if (item < 0 || r->form->questions[item].item_text != q)
		return name;
	whole = buf_format("%s %s", name,
	                   form_label(r->form, &r->form->questions[q],
	                              reader_language(r->form,
	                                              READER_AT_SCREEN)));
	free(name);
	return whole;
}

static void print_difference(const struct record *r,
                             const struct difference *d)
{
	char *name = title(r, d->question);
	char *text = buf_format(_("%s: %s → %s"), name, or_empty(d->before),
	                        or_empty(d->after));
	char *line = text_one_line(text);

	puts(line);
	free(line);
	free(text);
	free(name);
}

static enum exit_code print_all(const struct record *before,
                                const struct record *after)
{
	struct difference_list list;
	enum exit_code code;

	record_diff(before, after, &list);
	for (size_t i = 0; i < list.n; i++)
		print_difference(after, &list.items[i]);
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
