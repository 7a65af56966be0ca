/* SPDX-License-Identifier: MIT
 *
 * kakuninsho [FILE]: fill in a new 確認書, or FILE where it was left.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/signals.h"
#include "base/text.h"
#include "cmd/common.h"
#include "cmd/screen.h"
#include "out/directory.h"
#include "out/document.h"
#include "out/file.h"
#include "plain/plain.h"

/* FILE, which is not there, as a new record; NULL after saying what it cannot be. */
static struct document *begin_file(const struct form_set *set, const char *file)
{
	char *directory = file_directory(file);
	bool has_place = !*directory || directory_is(directory);
	bool is_named = text_has_suffix(file, ".csv");

	if (!is_named)
		say_error(_("「%s」というファイルもコマンドもありません。新しい確認書の名前は .csv で終わらせてください。コマンドは kakuninsho --help でわかります"),
		          file);
	else if (!has_place) /* told now, and not by the first answer's save */
		say_error(_("「%s」というディレクトリはありません。先に作るか、ほかの場所を指定してください"),
		          directory);
	free(directory);
	return is_named && has_place
		? document_new_at(set->form, set->moment, set->self, file)
		: NULL;
}

/* FILE to go on with; or, where it is not there, a new one of that name. */
static struct document *open_file(const struct form_set *set, const char *file,
                                  enum opened how)
{
	if (!file_exists(file) && errno == ENOENT)
		return begin_file(set, file);
	return open_document(set, file, how);
}

static enum exit_code fill_plain(const struct form_set *set, const char *file)
{
	struct line_source in = { .fd = STDIN_FILENO };
	struct plain_setup setup = {
		.form = set->form,
		.articles = set->articles,
		.layout = set->layout,
		.moment = set->moment,
		.self = set->self,
		.in = &in,
		.out = stdout,
		.echo = !isatty(STDIN_FILENO),
	};
	enum plain_result result = PLAIN_FINE;
	struct document *d;

	/* SIGNAL_LEAVE ends the input: saved, and gone */
	signals_open(SIGNAL_LEAVE | SIGNAL_CONTINUE);
	if (!file)
		result = plain_choose(&setup, &d);
	else if (!(d = open_file(set, file, OPENED_BY_NAME)))
		result = PLAIN_FAILED;
	if (d && d->holder) {
		say_error(_("「%s」はほかで記入中です（%s）。閲覧だけできます"),
		          d->path, d->holder);
		plain_review(stdout, d->record);
		result = PLAIN_FAILED;
	} else if (d) {
		result = plain_run(&setup, d);
	}
	if (signals_came(SIGNAL_LEAVE))
		clearerr(stdout); /* it has cut off what was just being said */
	document_free(d);
	line_give_back(&in);
	return result == PLAIN_FINE ? EXIT_FINE : EXIT_TROUBLE;
}

/* FILE on the screen, where there is one; a finished one to be read, and amended if
 * wanted. */
static enum exit_code fill_on_screen(const struct form_set *set,
                                     const char *file)
{
	struct document *d = NULL;
	enum exit_code code;

	if (file && !(d = open_file(set, file, OPENED_TO_SEE)))
		return EXIT_TROUBLE;
	return run_on_screen(set, d, &code) ? code : fill_plain(set, file);
}

enum exit_code cmd_fill(const struct options *o, char **files, int n)
{
	struct form_set set;
	enum exit_code code;

	if (n > 1) {
		say_error(_("記入する FILE は1つだけ指定してください（空白を含む名前は引用符で囲みます）"));
		return EXIT_TROUBLE;
	}
	if (!settle_width(o) || !form_set_load(&set, o))
		return EXIT_TROUBLE;
	code = (o->plain ? fill_plain : fill_on_screen)(&set,
	                                                n ? files[0] : NULL);
	form_set_release(&set);
	return close_output(code);
}
