/* SPDX-License-Identifier: MIT
 *
 * kakuninsho export: a record as the paper form's text or as its CSV.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "cmd/common.h"
#include "out/file.h"
#include "out/sheet.h"
#include "record/check.h"

typedef void write_fn(const struct form_set *set, const struct record *r,
                      const struct options *o, struct buf *out);

static void write_text(const struct form_set *set, const struct record *r,
                       const struct options *o, struct buf *out)
{
	sheet_write(r, set->layout, TEXT_NARROW,
	            o->blank_na ? SHEET_NA_BLANK : SHEET_NA_TOLD, out);
}

static void write_csv(const struct form_set *set, const struct record *r,
                      const struct options *o, struct buf *out)
{
	(void)set, (void)o;
	record_csv_write(r, out);
}

/* The formats: a new one is a row here and a word below. The first is the
 * default. */
static const struct {
	const char *name;
	write_fn *write;
} formats[] = {
	{ "text", write_text },
	{ "csv", write_csv },
};
const char export_types[] = "text|csv";
enum { FORMATS = sizeof formats / sizeof *formats };

static write_fn *format_find(const char *name)
{
	for (int i = 0; i < FORMATS; i++)
		if (strcmp(formats[i].name, name) == 0)
			return formats[i].write;
	return NULL;
}

/* What O asks for: by name, or by the ending of the file's; else the first. */
static write_fn *format_wanted(const struct options *o)
{
	const char *dot = o->output ? strrchr(o->output, '.') : NULL;
	write_fn *by_ending = dot ? format_find(dot + 1) : NULL;

	return o->type ? format_find(o->type)
	     : by_ending ? by_ending : formats[0].write;
}

/* True where OUT is the file that FILE ("-" is standard input) is. */
static bool is_same_file(const char *out, const char *file)
{
	struct stat x, y;
	int failed = strcmp(file, "-") == 0 ? fstat(STDIN_FILENO, &y)
	                                    : stat(file, &y);

	return !failed && stat(out, &x) == 0 && x.st_dev == y.st_dev &&
	       x.st_ino == y.st_ino;
}

/* OUT to where O says; FILE is what it was made of. */
static enum exit_code put(const struct buf *out, const struct options *o,
                          const char *file)
{
	struct file_failure failure;
	char *why;

	if (!o->output || strcmp(o->output, "-") == 0) {
		fwrite(out->s, 1, out->len, stdout);
		return close_output(EXIT_FINE);
	}
	if (is_same_file(o->output, file)) {
		say_error(_("「%s」は書き出す確認書そのものです。別の名前を指定してください"),
		          o->output);
		return EXIT_TROUBLE;
	}
	if (!o->force && file_exists(o->output)) {
		say_error(_("「%s」はすでにあります。上書きするなら --force を付けてください"),
		          o->output);
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

enum exit_code cmd_export(const struct options *o, char **files, int n)
{
	write_fn *write = format_wanted(o);
	enum exit_code code = EXIT_TROUBLE;
	struct form_set set;
	struct record_csv csv;
	struct buf out;

	if (!write) {
		say_error(_("-t の「%s」は使えません。%s のどれかを指定してください"),
		          o->type, export_types);
		return EXIT_TROUBLE;
	}
	if (n != 1) {
		say_error(_("export には FILE が1つ要ります。書き出す確認書のファイルを指定してください（空白を含む名前は引用符で囲みます）"));
		return EXIT_TROUBLE;
	}
	if (!form_set_load(&set, o))
		return EXIT_TROUBLE;
	if (read_record(&set, files[0], &csv)) {
		buf_init(&out);
		if (csv.record->status == RECORD_FINISHED &&
		    record_has_errors(csv.record))
			say_error(_("完成した確認書に記入漏れや誤りがあります。kakuninsho check で確かめてください"));
		write(&set, csv.record, o, &out);
		code = put(&out, o, files[0]);
		buf_release(&out);
		record_csv_release(&csv);
	}
	form_set_release(&set);
	return code;
}
