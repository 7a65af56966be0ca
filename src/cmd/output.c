/* SPDX-License-Identifier: MIT */
#include "cmd/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "cmd/common.h"
#include "out/file.h"

const char output_line_ends[] = "lf|crlf";

bool output_style(const struct options *o, const char *line_end,
                  struct file_style *style)
{
	if (!encoding_option(o->encoding, &style->encoding))
		return false;
	if (line_end_read(o->line_end ? o->line_end : line_end, style->encoding,
	                  &style->line_end))
		return true;
	say_error(_("--eol の「%s」は使えません。lf か crlf を指定してください"),
	          o->line_end);
	return false;
}

static bool is_same_file(const char *out, const char *source)
{
	struct stat x, y;
	int failed = strcmp(source, "-") == 0 ? fstat(STDIN_FILENO, &y)
	                                      : stat(source, &y);

	return !failed && stat(out, &x) == 0 && x.st_dev == y.st_dev &&
	       x.st_ino == y.st_ino;
}

/* True where OUT is FILE (NULL: none), or what lies beside it where that is a form. */
static bool is_read(const char *out, const char *file)
{
	char *articles, *sheet;
	bool is;

	if (!file)
		return false;
	articles = form_beside(file, FORM_ARTICLES);
	sheet = form_beside(file, FORM_SHEET);
	is = is_same_file(out, file) || is_same_file(out, articles) ||
	     is_same_file(out, sheet);
	free(sheet);
	free(articles);
	return is;
}

/* Why PATH, which is there, is nothing that --force overwrites, as file_save would say
 * it (an errno); 0: it is. */
static int kept_from_force(const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return errno;
	return S_ISREG(st.st_mode) ? 0 : S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
}

/* PATH is there. */
static void say_exists(const char *path)
{
	struct file_failure failure = { FILE_STEP_PREPARE, kept_from_force(path) };
	char *why = failure.error
		? file_failure_text(path, &failure)
		: buf_format(_("「%s」はすでにあります。上書きするなら --force を付けてください"),
		             path);

	say_error("%s", why);
	free(why);
}

static enum exit_code put(const struct buf *out, const struct options *o,
                          const char *source)
{
	struct file_failure failure;
	char *why;

	if (!o->output || strcmp(o->output, "-") == 0)
		return print_output(out);
	if (is_read(o->output, source) || is_read(o->output, o->form)) {
		say_error(_("「%s」は書き出すもとのファイルです。別の名前を指定してください"),
		          o->output);
		return EXIT_TROUBLE;
	}
	if (!o->force && file_exists(o->output)) {
		say_exists(o->output);
		return EXIT_TROUBLE;
	}
	if (!file_save(o->output, out->s, out->len,
	               o->force ? FILE_REPLACE : FILE_CREATE, NULL, &failure)) {
		why = file_failure_text(o->output, &failure);
		say_error("%s", why);
		free(why);
		return EXIT_TROUBLE;
	}
	say_error(_("書き出しました: %s"), o->output);
	return EXIT_FINE;
}

/* What R loses, for which nothing is written. */
static enum exit_code say_lost(const struct record *r,
                               const struct encoded *out, enum encoding e)
{
	if (out->why)
		say_error("%s", out->why);
	for (size_t i = 0; i < out->n_lost; i++) {
		char *words = lost_words(r, &out->lost[i], e);

		say_error("%s", words);
		free(words);
	}
	if (out->n_lost)
		say_error(_("何も書き出していません。その文字を直すか、-e utf-8 のように別の文字コードを指定してください"));
	return EXIT_TROUBLE;
}

static void say_swapped(const struct encoded *out)
{
	for (size_t i = 0; i < out->n_swapped; i++) {
		char *words = swapped_words(&out->swapped[i]);

		say_error("%s", words);
		free(words);
	}
}

enum exit_code output_put(const struct encoded *result, const struct record *r,
                          const struct file_style *style,
                          const struct options *o, const char *source)
{
	if (!encoded_fine(result))
		return say_lost(r, result, style->encoding);
	say_swapped(result);
	return put(&result->bytes, o, source);
}
