/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "form/question_type.h"
#include "out/file.h"
#include "out/sheet.h"
#include "record/check.h"
#include "record/describe.h"
#include "record/flow.h"

_Noreturn void fuzz_fail(const char *file, int line, const char *condition)
{
	fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, condition);
	abort();
}

char *fuzz_text(const uint8_t *bytes, size_t length)
{
	const char *s = (const char *)bytes;

	return text_is_utf8(s, length) ? mem_strndup(s, length) : NULL;
}

static char *path_of(const char *name)
{
	const char *srcdir = getenv("srcdir");

	return buf_format("%s/%s", srcdir ? srcdir : ".", name);
}

char *fuzz_file(const char *path, size_t *length)
{
	char *whole = path_of(path);
	char *why, *bytes = file_read(whole, length, &why);

	MUST(bytes);
	free(whole);
	return bytes;
}

static void load(struct form_set *set, bool second)
{
	char *path = second ? path_of("tests/form/second.csv") : NULL;
	struct options o = { .form = path };

	MUST(form_set_load(set, &o));
	set->moment = (struct moment){ 20781, 20781.5 }; /* 2026-11-24, noon */
	free(path);
}

const struct form_set *fuzz_form_set(bool second)
{
	static struct form_set sets[2];

	if (!sets[second].form)
		load(&sets[second], second);
	return &sets[second];
}

char *fuzz_csv_of(const struct record *r)
{
	struct buf b;

	buf_init(&b);
	record_csv_write(r, &b);
	return b.s;
}

/* --- what must hold of a record ------------------------------------------- */

/* TEXT is shown to people. */
static void check_words(char *text)
{
	MUST(text && text_is_utf8(text, strlen(text)));
	free(text);
}

static void ignore(void *ctx, int question)
{
	const struct record *r = ctx;

	MUST(question >= 0 && question < (int)r->form->n);
}

static void check_expression(const struct record *r, const struct expr *e,
                             int q)
{
	struct value v;

	if (!e)
		return;
	v = record_eval(r, e, q);
	check_words(value_to_string(&v));
	value_release(&v);
	record_deciders(r, e, q, ignore, (void *)r);
}

static void check_row(const struct record *r, int row)
{
	const struct question *q = &r->form->questions[row];
	const struct expr *expressions[] = {
		q->relevant, q->required, q->constraint, q->calculation,
		q->default_value, q->read_only, q->caution, q->renew,
	};

	for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++)
		check_expression(r, expressions[i], row);
	if (record_applies(r, row) == APPLIES_NO) {
		check_words(record_why(r, row, READER_OF_FILE));
		check_words(record_why(r, row, READER_AT_SCREEN));
	}
	if (record_applies(r, row) == APPLIES_UNKNOWN)
		MUST(record_decider(r, row) < (int)r->form->n);
	MUST(flow_stop_at(r, row) < (int)r->form->n);
	check_words(describe_row(r, row));
	if (q->type->role != ROLE_GROUP) {
		check_words(describe_answer(r, row));
		check_words(question_title(r, row));
		MUST(flow_find(r->form, q->name) >= 0);
	}
	for (size_t n = 1; q->choices && record_offered(r, row, n); n++)
		MUST(n <= q->choices->n);
}

static void check_flow(const struct record *r)
{
	int end = (int)r->form->n, before = -1, stops = 0;

	for (int q = flow_next(r, -1); q != end; q = flow_next(r, q)) {
		MUST(q > before && q < end && flow_is_stop(r, q));
		before = q;
		stops++;
	}
	for (int q = end; stops; stops--) {
		int earlier = flow_back(r, q);

		MUST(earlier >= 0 && earlier < q);
		q = earlier;
	}
	MUST(flow_first_open(r) <= end);
	MUST(flow_not_today(r) < end);
}

static void check_outline(const struct record *r)
{
	struct progress p = record_progress(r);

	MUST(p.done >= 0 && p.done <= p.all && p.unknown >= 0);
	for (int row = outline_next(r->form, -1); row < (int)r->form->n;
	     row = outline_next(r->form, row)) {
		check_words(describe_state(r, row));
		check_words(describe_detail(r, row));
	}
	check_words(describe_skipped(r, 0, (int)r->form->n));
}

static void check_problems(const struct record *r)
{
	struct problem_list list;

	problem_list_init(&list);
	record_problems(r, &list);
	MUST(record_has_errors(r) == (list.errors > 0));
	for (size_t i = 0; i < list.n; i++)
		check_words(mem_strdup(list.items[i].text));
	problem_list_release(&list);
}

static void check_sheet(const struct form_set *set, const struct record *r,
                        enum text_width width, enum sheet_na na)
{
	struct buf b;

	buf_init(&b);
	sheet_write(r, set->layout, width, na, &b, NULL);
	MUST(text_is_utf8(b.s, b.len));
	buf_release(&b);
}

/* In each encoding R is kept, or what of it is lost is told. */
static void check_encodings(const struct form_set *set, const struct record *r)
{
	for (enum encoding e = 0; e < ENCODINGS; e++) {
		const struct file_style style = { e, LINE_END_CRLF };
		struct encoded out;
		struct decoded d = {0};
		char *why;

		sheet_encode(r, set->layout, SHEET_NA_TOLD, &style, &out);
		MUST(encoded_fine(&out) || !out.bytes.len);
		MUST(encoded_fine(&out) || !encoding_is_utf8(e));
		for (size_t i = 0; i < out.n_lost; i++)
			check_words(lost_words(r, &out.lost[i], e));
		if (encoded_fine(&out)) {
			MUST(encoding_decode(out.bytes.s, out.bytes.len, e, &d,
			                     &why));
			free(d.text);
		}
		encoded_release(&out);
	}
}

/* R written and read is R. */
static void check_round(const struct form_set *set, const struct record *r)
{
	char *written = fuzz_csv_of(r), *again;
	struct diag_list diags;
	struct record_csv csv;

	MUST(text_is_utf8(written, strlen(written)));
	diag_list_init(&diags);
	MUST(record_csv_read(set->form, set->moment, written, strlen(written),
	                     ENCODING_UNKNOWN, "r.csv", &csv, &diags));
	MUST(diags.n == 0);
	again = fuzz_csv_of(csv.record);
	if (strcmp(written, again) != 0) {
		fprintf(stderr, "written:\n%s\nread and written:\n%s\n",
		        written, again);
		MUST(!"read and written it is the same");
	}
	MUST(record_has_errors(r) == record_has_errors(csv.record));
	record_csv_release(&csv);
	diag_list_release(&diags);
	free(again);
	free(written);
}

static void check_finishing(const struct form_set *set, const struct record *r)
{
	struct record *copy = record_copy(r);
	struct record *next = record_new(set->form, set->moment);

	if (r->status == RECORD_DRAFT && !record_has_errors(r)) {
		record_finish(copy);
		MUST(copy->status == RECORD_FINISHED);
		MUST(!record_has_errors(copy));
		check_round(set, copy);
		record_amend(copy);
		check_round(set, copy);
	}
	record_take_over(next, copy);
	check_round(set, next);
	record_free(next);
	record_free(copy);
}

void fuzz_examine(const struct form_set *set, const struct record *r)
{
	for (int row = 0; row < (int)r->form->n; row++)
		check_row(r, row);
	check_flow(r);
	check_outline(r);
	check_problems(r);
	check_sheet(set, r, TEXT_NARROW, SHEET_NA_TOLD);
	check_sheet(set, r, TEXT_WIDE, SHEET_NA_BLANK);
	check_encodings(set, r);
	check_expression(r, r->form->instance_name, -1);
	check_round(set, r);
	check_finishing(set, r);
}
