/* SPDX-License-Identifier: MIT
 *
 * kakuninsho export: a record as the paper form's text, as its CSV or as JSON.
 */
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "cmd/common.h"
#include "cmd/output.h"
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
	if (!output_style(o, f->crlf ? "crlf" : "", style))
		return false;
	if (!f->only || style->encoding == f->encoding)
		return true;
	say_error(_("%s は %s でだけ書き出せます"), f->name,
	          encoding_title(f->encoding));
	return false;
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
	code = output_put(&out, r, style, o, file);
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
