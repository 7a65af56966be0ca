/* SPDX-License-Identifier: MIT */
#include "out/list.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/i18n.h"
#include "base/text.h"
#include "out/record_csv.h"
#include "record/reason.h"

#define FINISHED N_("完成")
#define DRAFT N_("作成中")

/* How a record stands; of a finished one only where the form says when the next is
 * due, else it is finished and no more. */
static const char *const standings[STANDINGS] = {
	[STANDING_OVERDUE] = N_("期限切れ"),
	[STANDING_BROKEN] = N_("読めません"),
	[STANDING_FINISHED] = N_("期限不明"),
	[STANDING_DUE] = N_("期限"),
	[STANDING_DRAFT] = DRAFT,
	[STANDING_ENDED] = N_("次の確認は不要"),
	[STANDING_FOLLOWED] = N_("次の確認書あり"),
};

static const char *standing_words(const struct listing *l,
                                  const struct listed *e)
{
	return e->standing == STANDING_FINISHED && !listing_knows_due(l)
		? FINISHED : standings[e->standing];
}

static const char *label(const struct listing *l, enum list_role role,
                         enum reader reader)
{
	const struct form *form = l->form;

	return form_label(form, &form->questions[form->listed[role]],
	                  reader_language(form, reader));
}

/* --- to read -------------------------------------------------------------- */

#define INDENT 2

/* TEXT, made safe, in as many lines as it takes; the first FROM columns in. */
static void add_lines(struct buf *out, const char *text, size_t from)
{
	char *safe = text_one_line(text);
	struct text_lines lines;

	text_wrap_after(safe, LIST_COLUMNS - from, LIST_COLUMNS - INDENT,
	                TEXT_NARROW, &lines);
	for (size_t i = 0; i < lines.n; i++) {
		buf_add_repeated(out, ' ', i ? INDENT : from);
		buf_add_bytes(out, safe + lines.items[i].start,
		              lines.items[i].length);
		buf_add(out, "\n");
	}
	text_lines_release(&lines);
	free(safe);
}

/* Add TEXT to PART, unless it is empty, with 、 before it where it is not the
 * first. */
static void add_part(struct buf *part, const char *before, const char *text)
{
	if (*text)
		buf_addf(part, "%s%s%s", part->len ? _("、") : "", before, text);
}

static void add_answer(struct buf *part, const struct listing *l,
                       const struct listed *e, enum list_role role)
{
	char *before;

	if (l->form->listed[role] < 0)
		return;
	before = buf_format("%s ", label(l, role, READER_AT_SCREEN));
	add_part(part, before, e->text[role]);
	free(before);
}

/* How it stands, whose it is and of what. */
static void add_head(struct buf *out, const struct listing *l,
                     const struct listed *e)
{
	struct buf line, about;

	buf_init(&line);
	buf_init(&about);
	buf_add(&line, _(standing_words(l, e)));
	if (*e->text[LIST_DUE])
		buf_addf(&line, " %s", e->text[LIST_DUE]);
	add_part(&about, "", e->text[LIST_WHO]);
	add_part(&about, "", e->text[LIST_WHAT]);
	if (about.len)
		buf_addf(&line, ": %s", about.s);
	add_lines(out, line.s, 0);
	buf_release(&about);
	buf_release(&line);
}

/* Its status, unless that has been said, and its days. */
static void add_days(struct buf *out, const struct listing *l,
                     const struct listed *e)
{
	const char *said = standing_words(l, e);
	const char *status = e->is_draft ? DRAFT : FINISHED;
	struct buf part;

	buf_init(&part);
	add_part(&part, "", strcmp(said, status) == 0 ? "" : _(status));
	add_answer(&part, l, e, LIST_WHEN);
	add_answer(&part, l, e, LIST_START);
	add_answer(&part, l, e, LIST_ENDED);
	if (part.len)
		add_lines(out, part.s, INDENT);
	buf_release(&part);
}

/* What there is to ask about. */
static void add_findings(struct buf *out, const struct listed *e)
{
	struct buf part;

	buf_init(&part);
	if (e->errors) {
		buf_addf(&part, _("記入漏れや誤り %zu件"), e->errors);
		add_lines(out, part.s, INDENT);
		buf_clear(&part);
	}
	if (e->n_unmet) {
		buf_addf(&part, _("未実施 %zu件: %s"), e->n_unmet, e->unmet);
		add_lines(out, part.s, INDENT);
	}
	buf_release(&part);
}

static void add_record(struct buf *out, const struct listing *l,
                       const struct listed *e, const char *name)
{
	add_head(out, l, e);
	add_days(out, l, e);
	add_findings(out, e);
	buf_addf(out, "%*s%s\n", INDENT, "", name);
}

/* Its name and, a line each, what is wrong. */
static void add_broken(struct buf *out, const struct listed *e, const char *name)
{
	char *safe = text_in_lines(e->faults);
	const char *p = safe;

	buf_addf(out, "%s: %s\n", _(standings[e->standing]), name);
	while (*p) {
		size_t n = strcspn(p, "\n");

		buf_addf(out, "%*s%.*s\n", INDENT, "", (int)n, p);
		p += n + (p[n] == '\n');
	}
	free(safe);
}

void list_write_text(const struct listing *l, struct buf *out)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct listed *e = &l->items[i];
		char *name = text_from_bytes(e->name);

		if (e->standing == STANDING_BROKEN)
			add_broken(out, e, name);
		else
			add_record(out, l, e, name);
		free(name);
	}
}

char *list_sum(const struct listing *l)
{
	const struct {
		const char *words;
		size_t n;
		bool always;
	} counts[] = {
		{ N_("期限切れ"), listing_count(l, STANDING_OVERDUE),
		  listing_knows_due(l) },
		{ N_("未実施のあるもの"), listing_count_unmet(l),
		  listing_knows_unmet(l) },
		{ N_("作成中"), listing_count(l, STANDING_DRAFT), true },
		{ N_("完成したのに誤りのあるもの"), listing_count_wrong(l), false },
		{ N_("読めないもの"), listing_count(l, STANDING_BROKEN), false },
	};
	struct buf sum;

	buf_init(&sum);
	buf_addf(&sum, _("%zu件"), l->n);
	for (size_t i = 0, told = 0; i < sizeof counts / sizeof *counts; i++)
		if (counts[i].always || counts[i].n)
			buf_addf(&sum, "%s%s %zu", told++ ? _("、") : _("、うち"),
			         _(counts[i].words), counts[i].n);
	return sum.s;
}

/* --- for a spreadsheet ----------------------------------------------------- */

#define MAX_CELLS 16

struct row {
	char *cells[MAX_CELLS];
	size_t n;
};

static void add_cell(struct row *row, const char *text)
{
	row->cells[row->n++] = record_csv_cell(text ? text : "");
}

static void add_number(struct row *row, size_t n)
{
	row->cells[row->n++] = buf_format("%zu", n);
}

static void add_row(struct buf *out, struct row *row)
{
	csv_add_row(out, (const char *const *)row->cells, row->n);
	while (row->n)
		free(row->cells[--row->n]);
}

/* The roles that have a column, where the form has them. */
static const enum list_role columns[] = {
	LIST_WHO, LIST_WHAT, LIST_START, LIST_WHEN, LIST_ENDED,
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void add_header(struct buf *out, const struct listing *l)
{
	struct row row = { .n = 0 };

	if (listing_knows_due(l)) {
		add_cell(&row, "期限の状態");
		add_cell(&row, "次の期限");
	}
	add_cell(&row, "状態");
	for (int i = 0; i < COLUMNS; i++)
		if (l->form->listed[columns[i]] >= 0)
			add_cell(&row, label(l, columns[i], READER_OF_FILE));
	if (listing_knows_unmet(l)) {
		add_cell(&row, "未実施の数");
		add_cell(&row, "未実施");
	}
	add_cell(&row, "記入漏れや誤りの数");
	add_cell(&row, "ファイル");
	add_cell(&row, "読めない理由");
	add_row(out, &row);
}

/* The status of E, and how it stands where that is another thing. */
static const char *status_cell(const struct listed *e)
{
	return e->standing == STANDING_BROKEN ? standings[STANDING_BROKEN]
	     : e->is_draft ? DRAFT : FINISHED;
}

static const char *standing_cell(const struct listed *e)
{
	if (e->standing == STANDING_BROKEN || e->standing == STANDING_DRAFT)
		return "";
	return e->standing == STANDING_DUE ? "期限内" : standings[e->standing];
}

static void add_record_row(struct buf *out, const struct listing *l,
                           const struct listed *e)
{
	struct row row = { .n = 0 };
	char *name = text_from_bytes(e->name);

	if (listing_knows_due(l)) {
		add_cell(&row, standing_cell(e));
		add_cell(&row, e->text[LIST_DUE]);
	}
	add_cell(&row, status_cell(e));
	for (int i = 0; i < COLUMNS; i++)
		if (l->form->listed[columns[i]] >= 0)
			add_cell(&row, e->text[columns[i]]);
	if (listing_knows_unmet(l)) {
		add_number(&row, e->n_unmet);
		add_cell(&row, e->unmet);
	}
	add_number(&row, e->errors);
	add_cell(&row, name);
	add_cell(&row, e->faults);
	add_row(out, &row);
	free(name);
}

void list_write_csv(const struct listing *l, struct buf *out)
{
	buf_add(out, "\xef\xbb\xbf");
	add_header(out, l);
	for (size_t i = 0; i < l->n; i++)
		add_record_row(out, l, &l->items[i]);
}
