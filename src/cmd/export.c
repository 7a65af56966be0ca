/* SPDX-License-Identifier: MIT
 *
 * kakuninsho export: a record as the paper form's text, as its CSV or as JSON.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "cmd/common.h"
#include "out/file.h"
#include "out/record_json.h"
#include "out/sheet.h"
#include "record/check.h"

typedef void encode_fn(const struct form_set *set, const struct record *r,
                       const struct options *o, const struct file_style *style,
                       struct encoded *out);

static void encode_text(const struct form_set *set, const struct record *r,
                        const struct options *o, const struct file_style *style,
                        struct encoded *out)
{
	sheet_encode(r, set->layout,
	             o->blank_na ? SHEET_NA_BLANK : SHEET_NA_TOLD, style, out);
}

static void encode_csv(const struct form_set *set, const struct record *r,
                       const struct options *o, const struct file_style *style,
                       struct encoded *out)
{
	(void)set, (void)o;
	record_csv_encode(r, style, out);
}

static void encode_json(const struct form_set *set, const struct record *r,
                        const struct options *o, const struct file_style *style,
                        struct encoded *out)
{
	struct buf text;

	(void)set, (void)o;
	buf_init(&text);
	record_json_write(r, &text);
	encode(&text, NULL, LINE_END_LF, style, out);
	buf_release(&text);
}

/* The formats: a new one is a row here and a word below. The first is the
 * default. */
static const struct format {
	const char *name;
	const char *ending; /* of the file's name, where there is no -t */
	encode_fn *encode;
	enum encoding encoding; /* where there is no -e; */
	bool only;              /* and there may be no other */
	bool crlf; /* where there is no --eol, whatever the encoding */
} formats[] = {
	{ "text", ".txt", encode_text, ENCODING_UTF8, false, false },
	{ "csv", ".csv", encode_csv, ENCODING_UTF8_BOM, false, true },
	{ "json", ".json", encode_json, ENCODING_UTF8, true, false },
};
const char export_types[] = "text|csv|json";
enum { FORMATS = sizeof formats / sizeof *formats };

const char export_line_ends[] = "lf|crlf";

static const struct format *format_find(const char *name)
{
	for (int i = 0; i < FORMATS; i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	return NULL;
}

/* The ending of PATH's name; NULL where it has none. */
static const char *ending_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	const char *dot = strrchr(name, '.');

	return dot && dot > name && dot[1] ? dot : NULL;
}

/* NULL after saying that no format has ENDING. */
static const struct format *format_by_ending(const char *ending)
{
	struct buf endings;

	for (int i = 0; i < FORMATS; i++)
		if (strcasecmp(formats[i].ending, ending) == 0)
			return &formats[i];
	buf_init(&endings);
	for (int i = 0; i < FORMATS; i++)
		buf_addf(&endings, "%s%s", i ? "|" : "", formats[i].ending);
	say_error(_("「%s」で終わる名前では、何を書き出すかわかりません。%s のどれかで終わらせるか、-t で指定してください"),
	          ending, endings.s);
	buf_release(&endings);
	return NULL;
}

/* What O asks for: by name, or by the ending of the file's; else the first. NULL
 * after saying that there is none. */
static const struct format *format_wanted(const struct options *o)
{
	const char *ending = o->output ? ending_of(o->output) : NULL;
	const struct format *f;

	if (!o->type)
		return ending ? format_by_ending(ending) : &formats[0];
	f = format_find(o->type);
	if (!f)
		say_error(_("-t の「%s」は使えません。%s のどれかを指定してください"),
		          o->type, export_types);
	return f;
}

/* How O has F written. False after saying what it cannot be. */
static bool style_wanted(const struct options *o, const struct format *f,
                         struct file_style *style)
{
	*style = (struct file_style){ .encoding = f->encoding };
	if (!encoding_option(o->encoding, &style->encoding))
		return false;
	if (f->only && style->encoding != f->encoding) {
		say_error(_("%s は %s でだけ書き出せます"), f->name,
		          encoding_title(f->encoding));
		return false;
	}
	if (line_end_read(o->line_end ? o->line_end : f->crlf ? "crlf" : "",
	                  style->encoding, &style->line_end))
		return true;
	say_error(_("--eol の「%s」は使えません。lf か crlf を指定してください"),
	          o->line_end);
	return false;
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

	if (!o->output || strcmp(o->output, "-") == 0)
		return print_output(out);
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

/* R as F in STYLE, to where O says; FILE is what it was read from. */
static enum exit_code write_out(const struct form_set *set,
                                const struct record *r, const struct format *f,
                                const struct file_style *style,
                                const struct options *o, const char *file)
{
	enum exit_code code;
	struct encoded out;

	f->encode(set, r, o, style, &out);
	if (encoded_fine(&out)) {
		say_swapped(&out);
		code = put(&out.bytes, o, file);
	} else {
		code = say_lost(r, &out, style->encoding);
	}
	encoded_release(&out);
	return code;
}

enum exit_code cmd_export(const struct options *o, char **files, int n)
{
	const struct format *format = format_wanted(o);
	enum exit_code code = EXIT_TROUBLE;
	struct file_style style;
	struct form_set set;
	struct record_csv csv;

	if (!format || !style_wanted(o, format, &style))
		return EXIT_TROUBLE;
	if (n != 1) {
		say_error(_("export には FILE が1つ要ります。書き出す確認書のファイルを指定してください（空白を含む名前は引用符で囲みます）"));
		return EXIT_TROUBLE;
	}
	if (!form_set_load(&set, o))
		return EXIT_TROUBLE;
	if (read_record(&set, files[0], &csv)) {
		if (csv.record->status == RECORD_FINISHED &&
		    record_has_errors(csv.record))
			say_error(_("完成した確認書に記入漏れや誤りがあります。kakuninsho check で確かめてください"));
		code = write_out(&set, csv.record, format, &style, o, files[0]);
		record_csv_release(&csv);
	}
	form_set_release(&set);
	return code;
}
