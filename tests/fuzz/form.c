/* SPDX-License-Identifier: MIT
 *
 * The form reader: a form that it reads can be filled in, and is shown to its author
 * in lines of text. And what lies beside a form, its rules and its sheet's layout, read from the same bytes.
 */
#include <stdlib.h>

#include "base/text.h"
#include "form/form_check.h"
#include "form/form_reader.h"
#include "form/form_show.h"
#include "form/question_type.h"
#include "fuzz.h"
#include "out/sheet.h"
#include "record/flow.h"

#define PASSES 3

/* Some answer to Q; every pass another. */
static const char *some_answer(const struct record *r, int q, int pass)
{
	static const char *const answers[] = {
		"", "1", "0", "2026-11-24", "=あ", "AB-0123", "-3.5", "yes",
		"令和7年4月1日", "、\n「x」", "no", "か\xe3\x82\x99",
	};
	const struct choice *choice = NULL;

	if (r->form->questions[q].choices && pass < 2)
		choice = record_offered(r, q, (size_t)pass + 1);
	return choice ? choice->name
	              : answers[(size_t)(q * 5 + pass * 7) %
	                        (sizeof answers / sizeof *answers)];
}

static void check_changes(const struct record *r, struct changes changes)
{
	for (size_t i = 0; i < changes.n; i++)
		MUST(changes.items[i].row >= 0 &&
		     changes.items[i].row < (int)r->form->n);
}

static void fill_in(const struct form_set *set)
{
	struct record *r = record_new(set->form, set->moment);
	int end = (int)set->form->n;

	fuzz_examine(set, r);
	for (int pass = 0; pass < PASSES; pass++) {
		for (int q = flow_next(r, -1); q < end; q = flow_next(r, q))
			check_changes(r, record_set(r, q,
			                            some_answer(r, q, pass)));
		for (int q = 0; q < end; q++)
			if (set->form->questions[q].type->role == ROLE_ASKED)
				check_changes(r, record_offer(r, q));
		fuzz_examine(set, r);
	}
	record_free(r);
}

/* As the form's author is told of it. */
static void check_author(const struct form_set *set)
{
	struct diag_list diags;
	struct buf out;

	buf_init(&out);
	form_show(set->form, &out);
	MUST(text_is_utf8(out.s, out.len) && !text_find_hidden(out.s));
	buf_release(&out);
	diag_list_init(&diags);
	form_check(set->form, set->articles, "f.csv", &diags);
	sheet_check(set->form, set->layout, "f.csv", &diags);
	MUST(diags.errors == 0);
	diag_list_release(&diags);
}

static void read_form(const char *bytes, size_t length)
{
	struct form_set set = { .moment = fuzz_form_set(false)->moment };
	struct diag_list diags;

	diag_list_init(&diags);
	set.form = form_read(bytes, length, "f.csv", &diags);
	MUST((set.form != NULL) == (diags.errors == 0));
	if (set.form) {
		set.layout = sheet_layout_plain(set.form);
		fill_in(&set);
		check_author(&set);
	}
	form_set_release(&set);
	diag_list_release(&diags);
}

static void read_rules(const char *bytes, size_t length)
{
	const struct article *article;
	struct diag_list diags;
	struct articles *a;

	diag_list_init(&diags);
	a = articles_read(bytes, length, "f.articles.csv", &diags);
	MUST((a != NULL) == (diags.errors == 0));
	for (size_t i = 0; a && (article = articles_at(a, i)); i++) {
		char *words = clause_words(article->clause);
		int found = articles_find(a, words);

		MUST(found < 0 || articles_at(a, (size_t)found));
		free(words);
	}
	articles_free(a);
	diag_list_release(&diags);
}

static void read_layout(const char *bytes, size_t length)
{
	struct form_set set = *fuzz_form_set(false);
	struct record *r = record_new(set.form, set.moment);
	struct diag_list diags;
	struct buf out;

	diag_list_init(&diags);
	set.layout = sheet_layout_read(set.form, bytes, length, "f.sheet.csv",
	                               &diags);
	MUST((set.layout != NULL) == (diags.errors == 0));
	if (set.layout) {
		buf_init(&out);
		sheet_write(r, set.layout, TEXT_NARROW, SHEET_NA_TOLD, &out, NULL);
		sheet_write(r, set.layout, TEXT_WIDE, SHEET_ALL_BLANK, &out, NULL);
		buf_release(&out);
		sheet_check(set.form, set.layout, "f.csv", &diags);
		MUST(diags.errors == 0);
	}
	sheet_layout_free(set.layout);
	diag_list_release(&diags);
	record_free(r);
}

void fuzz_form(const uint8_t *bytes, size_t length)
{
	read_form((const char *)bytes, length);
	read_rules((const char *)bytes, length);
	read_layout((const char *)bytes, length);
}
