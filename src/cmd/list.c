/* SPDX-License-Identifier: MIT
 *
 * kakuninsho list: of many records who, when, what is 未実施 and what is overdue.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "cmd/common.h"
#include "out/directory.h"
#include "out/list.h"

#define MOST_NAMED 10

/* Files of a directory that are passed over. */
struct passed_over {
	size_t n;
	struct buf names; /* of the first MOST_NAMED */
};

struct work {
	const struct form_set *set;
	struct listing listing;
	struct passed_over foreign;    /* no records, */
	struct passed_over other_form; /* and records of another form */
	size_t read_as[ENCODINGS];
	bool trouble;      /* something could not be looked at */
};

/* List FILE as one that cannot be read, for what DIAGS say. */
static void add_broken(struct work *w, const char *file,
                       const struct diag_list *diags)
{
	struct buf faults;

	buf_init(&faults);
	for (size_t i = 0; i < diags->n; i++) {
		char *text = diag_format(&diags->items[i]);

		buf_addf(&faults, "%s%s", faults.len ? "\n" : "", text);
		free(text);
	}
	listing_add_broken(&w->listing, file, faults.s);
	buf_release(&faults);
}

static void pass_over(struct passed_over *files, const char *file)
{
	if (files->n < MOST_NAMED)
		buf_addf(&files->names, "%s%s", files->n ? _("、") : "", file);
	else if (files->n == MOST_NAMED)
		buf_add(&files->names, _("、ほか"));
	files->n++;
}

/* Look at FILE: one that was named, or one that was found. */
static void look_at(struct work *w, const char *file, bool found)
{
	struct diag_list diags;
	struct record_csv csv;

	diag_list_init(&diags);
	if (load_record(w->set, file, &csv, &diags)) {
		w->read_as[csv.encoding]++;
		say_diags(&diags);
		listing_add(&w->listing, file, csv.record);
		record_csv_release(&csv);
	} else if (found && csv.fault == RECORD_FOREIGN) {
		pass_over(&w->foreign, file);
	} else if (found && csv.fault == RECORD_OTHER_FORM) {
		pass_over(&w->other_form, file);
	} else {
		add_broken(w, file, &diags);
	}
	diag_list_release(&diags);
}

static void look_into(struct work *w, const char *path)
{
	struct directory d;

	directory_read(path, &d);
	for (size_t i = 0; i < d.n; i++)
		look_at(w, d.files[i], true);
	for (size_t i = 0; i < d.n_faults; i++)
		say_error("%s", d.faults[i]);
	w->trouble |= d.n_faults > 0;
	directory_release(&d);
}

/* Where Excel has saved them these are many: a line for all. */
static void say_encodings(const struct work *w)
{
	for (int e = 0; e < ENCODINGS; e++) {
		char *remark = encoding_remark((enum encoding)e);

		if (remark && w->read_as[e])
			say_error(_("%zu 件は、%s"), w->read_as[e], remark);
		free(remark);
	}
}

static void say_left_out(const struct work *w)
{
	if (w->foreign.n)
		say_error(_("%zu 件は確認書ではないため除きました: %s"),
		          w->foreign.n, w->foreign.names.s);
	if (w->other_form.n)
		say_error(_("%zu 件は様式かその版が違うため除きました（その様式を --form で指定すると見られます）: %s"),
		          w->other_form.n, w->other_form.names.s);
}

/* To standard output; what goes to a spreadsheet is summed up beside it. */
static void print(const struct work *w, bool as_csv)
{
	char *sum = list_sum(&w->listing);
	struct buf out;

	buf_init(&out);
	if (as_csv)
		list_write_csv(&w->listing, &out);
	else
		list_write_text(&w->listing, &out);
	fwrite(out.s, 1, out.len, stdout);
	if (as_csv)
		say_error("%s", sum);
	else
		puts(sum);
	buf_release(&out);
	free(sum);
}

static enum exit_code result_of(const struct work *w)
{
	if (w->trouble || listing_count(&w->listing, STANDING_BROKEN))
		return EXIT_TROUBLE;
	return listing_has_problems(&w->listing) ? EXIT_PROBLEMS : EXIT_FINE;
}

enum exit_code cmd_list(const struct options *o, char **files, int n)
{
	enum exit_code code;
	struct form_set set;
	struct work w = { .set = &set };

	if (n == 0) {
		say_error(_("list には PATH が要ります。確認書のファイルか、それらのあるディレクトリを指定してください"));
		return EXIT_TROUBLE;
	}
	if (!form_set_load(&set, o))
		return EXIT_TROUBLE;
	listing_init(&w.listing, set.form, (date_day)set.moment.today);
	buf_init(&w.foreign.names);
	buf_init(&w.other_form.names);
	for (int i = 0; i < n; i++)
		if (strcmp(files[i], "-") != 0 && directory_is(files[i]))
			look_into(&w, files[i]);
		else
			look_at(&w, files[i], false);
	listing_sort(&w.listing);
	say_encodings(&w);
	say_left_out(&w);
	print(&w, o->csv);
	code = result_of(&w);
	buf_release(&w.other_form.names);
	buf_release(&w.foreign.names);
	listing_release(&w.listing);
	form_set_release(&set);
	return close_output(code);
}
