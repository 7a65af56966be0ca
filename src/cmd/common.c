/* SPDX-License-Identifier: MIT */
#include "cmd/common.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "form/form_reader.h"
#include "out/file.h"

#define BUILTIN_FORM "npa-2022.csv"

void say_error(const char *format, ...)
{
	struct buf text;
	va_list args;
	char *safe;

	fflush(stdout);
	buf_init(&text);
	va_start(args, format);
	buf_addv(&text, format, args);
	va_end(args);
	safe = text_from_bytes(text.s);
	fprintf(stderr, "kakuninsho: %s\n", safe);
	free(safe);
	buf_release(&text);
}

void say_diags(struct diag_list *diags)
{
	for (size_t i = 0; i < diags->n; i++) {
		char *text = diag_format(&diags->items[i]);

		say_error("%s", text);
		free(text);
	}
	diag_list_release(diags);
}

bool encoding_option(const char *name, enum encoding *e)
{
	if (!name)
		return true;
	*e = encoding_find(name);
	if (*e != ENCODING_UNKNOWN)
		return true;
	say_error(_("文字コード「%s」は使えません。%s のどれかを指定してください"), name,
	          encoding_names);
	return false;
}

void say_encoding(const char *file, enum encoding e)
{
	char *remark = encoding_remark(e);

	if (remark)
		say_error("%s: %s", file, remark);
	free(remark);
}

/* --- a form and what belongs to it -------------------------------------- */

char *form_beside(const char *name, const char *ending)
{
	size_t n = strlen(name);

	if (text_has_suffix(name, ".csv"))
		n -= strlen(".csv");
	return buf_format("%.*s%s", (int)n, name, ending);
}

/* The bytes of a built-in file; NULL where there is none of that name. */
static const struct builtin *builtin_find(const char *name)
{
	for (const struct builtin *b = builtin_files; b->name; b++)
		if (strcmp(b->name, name) == 0)
			return b;
	return NULL;
}

struct source {
	const char *form;
	bool builtin;
	enum encoding from;
	struct diag_list *diags;
	bool unread; /* something could not be; it has been said */
};

/* True where NAME need not be there, and is not. */
static bool is_absent(const struct source *s, const char *name)
{
	if (name == s->form)
		return false;
	return strcmp(s->form, "-") == 0 || !file_exists(name);
}

/* What a file of the form holds. */
struct part {
	const char *bytes; /* NULL where it is not there */
	size_t length;
	char *read; /* to be freed: what of it was read from a file */
};

static struct part load_part(struct source *s, const char *name)
{
	const struct builtin *b = s->builtin ? builtin_find(name) : NULL;
	struct decoded text;
	size_t length;
	char *why, *bytes;
	bool fine;

	if (b)
		return (struct part){ b->bytes, b->length, NULL };
	if (s->builtin || is_absent(s, name))
		return (struct part){0};
	bytes = file_read(name, &length, &why);
	fine = bytes && encoding_decode(bytes, length, s->from, &text, &why);
	if (!fine) {
		if (bytes)
			say_error("%s: %s", name, why);
		else
			say_error("%s", why);
		s->unread = true;
		free(why);
	}
	free(bytes);
	if (!fine)
		return (struct part){0};
	say_encoding(name, text.encoding);
	return (struct part){ text.text, text.length, text.text };
}

static struct form *load_form(struct source *s)
{
	struct part part = load_part(s, s->form);
	struct form *form = part.bytes
		? form_read(part.bytes, part.length, s->form, s->diags) : NULL;

	free(part.read);
	return form;
}

static struct articles *load_articles(struct source *s)
{
	char *name = form_beside(s->form, FORM_ARTICLES);
	struct part part = load_part(s, name);
	struct articles *a = !part.bytes ? NULL
		: s->builtin ? articles_unread(part.bytes, part.length)
		: articles_read(part.bytes, part.length, name, s->diags);

	free(part.read);
	free(name);
	return a;
}

static struct sheet_layout *load_layout(struct source *s,
                                        const struct form *form)
{
	char *name = form_beside(s->form, FORM_SHEET);
	struct part part = load_part(s, name);
	struct sheet_layout *layout = part.bytes
		? sheet_layout_read(form, part.bytes, part.length, name,
		                    s->diags)
		: sheet_layout_plain(form);

	free(part.read);
	free(name);
	return layout;
}

static bool find_moment(struct moment *moment, const char *today)
{
	date_day day = date_today();

	if (today) {
		char *why = date_read(today, day, &day);

		if (why) {
			say_error("--today: %s", why);
			free(why);
			return false;
		}
	}
	moment->today = (double)day;
	moment->now = (double)day + date_time_of_day();
	return true;
}

enum exit_code form_set_read(struct form_set *set, const struct options *o,
                             struct diag_list *diags)
{
	struct source source = {
		.form = o->form ? o->form : BUILTIN_FORM,
		.builtin = !o->form,
		.from = ENCODING_UNKNOWN,
		.diags = diags,
	};
	enum exit_code code;

	*set = (struct form_set){ .self = o->self };
	if (!find_moment(&set->moment, o->today) ||
	    !encoding_option(o->from, &source.from))
		return EXIT_TROUBLE;
	set->from = source.from;
	set->form = load_form(&source);
	set->articles = load_articles(&source);
	if (set->form)
		set->layout = load_layout(&source, set->form);
	code = source.unread   ? EXIT_TROUBLE
	     : diags->errors   ? EXIT_PROBLEMS : EXIT_FINE;
	if (code != EXIT_FINE)
		form_set_release(set);
	return code;
}

bool form_set_load(struct form_set *set, const struct options *o)
{
	struct diag_list diags;
	enum exit_code code;

	diag_list_init(&diags);
	code = form_set_read(set, o, &diags);
	say_diags(&diags);
	return code == EXIT_FINE;
}

void form_set_release(struct form_set *set)
{
	sheet_layout_free(set->layout);
	articles_free(set->articles);
	form_free(set->form);
	*set = (struct form_set){0};
}

bool load_record(const struct form_set *set, const char *file,
                 struct record_csv *csv, struct diag_list *diags)
{
	size_t length;
	char *why, *bytes = file_read(file, &length, &why);
	bool fine;

	if (!bytes) {
		*csv = (struct record_csv){ .fault = RECORD_BROKEN };
		diag_add(diags, DIAG_ERROR, NULL, 0, 0, "%s", why);
		free(why);
		return false;
	}
	fine = record_csv_read(set->form, set->moment, bytes, length, set->from,
	                       file, csv, diags);
	free(bytes);
	return fine;
}

bool read_record(const struct form_set *set, const char *file,
                 struct record_csv *csv)
{
	struct diag_list diags;
	bool fine;

	diag_list_init(&diags);
	fine = load_record(set, file, csv, &diags);
	if (fine)
		say_encoding(file, csv->encoding);
	say_diags(&diags);
	return fine;
}

static enum exit_code output_failed(const char *why)
{
	say_error(_("標準出力に書けません: %s"), why);
	return EXIT_TROUBLE;
}

/* Why something was not written, once stdio has forgotten it: what failed then fails
 * again. */
static const char *why_not_written(void)
{
	return write(STDOUT_FILENO, "\n", 1) < 0
		? file_error(errno) : _("書き込みに失敗しました");
}

enum exit_code close_output(enum exit_code code)
{
	bool failed = ferror(stdout) != 0;

	if (fflush(stdout) != 0)
		return output_failed(file_error(errno));
	return failed ? output_failed(why_not_written()) : code;
}

enum exit_code print_output(const struct buf *out)
{
	if (fwrite(out->s, 1, out->len, stdout) < out->len)
		return output_failed(file_error(errno)); /* no longer known later */
	return close_output(EXIT_FINE);
}
