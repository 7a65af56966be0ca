/* SPDX-License-Identifier: MIT */
#include "tui/wizard.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "record/check.h"
#include "record/describe.h"
#include "record/flow.h"
#include "record/reason.h"
#include "tui/frame.h"
#include "tui/views.h"

#define ASIDE_LEAST                                                            \
	130 /* columns from which the article stands beside the page */

/* --- messages ----------------------------------------------------------- */

/* Takes TEXT. */
void wizard_tell(struct wizard *w, enum style style, char *text)
{
	char *safe = text_in_lines(text);
	size_t n = strlen(safe);

	if (n && safe[n - 1] == '\n')
		safe[n - 1] = '\0';
	free(text);
	w->message_changed |=
	    strcmp(w->message, safe) != 0 || w->message_style != style;
	free(w->message);
	w->message = safe;
	w->message_style = style;
}

void wizard_hush(struct wizard *w)
{
	wizard_tell(w, STYLE_PLAIN, mem_strdup(""));
}

/* What there is to say about the field that now has the focus: what is wrong
 * with its answer, else the form's hint. */
void wizard_tell_about_focus(struct wizard *w)
{
	struct field *f = page_focus(&w->page);
	const struct record *r = wizard_record(w);
	char *text;

	if (!f)
		return;
	text =
	    *record_answer(r, f->q) ? question_problem(r, f->q, false) : NULL;
	if (text) {
		wizard_tell(w, STYLE_ERROR, buf_format("! %s", text));
		free(text);
		return;
	}
	text = describe_answer(r, f->q);
	if (f->kind == FIELD_LINE &&
	    strcmp(text, record_answer(r, f->q)) != 0) {
		wizard_tell(w, STYLE_PLAIN,
		            text); /* a date, in both calendars */
		return;
	}
	free(text);
	text = mem_strdup(
	    w->page.hints
		? ""
		: form_words(r->form, &r->form->questions[f->q].hint,
	                     reader_language(r->form, READER_AT_SCREEN)));
	wizard_tell(w, STYLE_PLAIN, text);
}

/* The clause behind the page. */
const char *wizard_clause(const struct wizard *w)
{
	return form_clause_of(w->setup->form, w->page.row);
}

/* --- drawing ------------------------------------------------------------ */

static const char *section_of(const struct wizard *w)
{
	const struct form *form = w->setup->form;
	int outermost = w->page.row;

	for (int g = outermost; g >= 0; g = form->questions[g].parent)
		outermost = g;
	return form_words(form, &form->questions[outermost].label,
	                  reader_language(form, READER_AT_SCREEN));
}

static const char *status_of(const struct wizard *w)
{
	if (wizard_record(w)->status == RECORD_FINISHED)
		return _("完成");
	return w->d->reading ? _("作成中 閲覧") : _("作成中");
}

/* Which keys work on a page. */
unsigned wizard_keys(const struct wizard *w)
{
	return IN_PAGE | (w->d->amendable ? IN_AMENDABLE
	                  : w->d->reading ? 0 : IN_WRITING);
}

static void draw_title(struct wizard *w)
{
	const char *title = w->setup->form->title;
	const char *where =
	    w->showing == SHOWING_PAGE ? section_of(w) : w->pager.title;
	struct progress p = record_progress(wizard_record(w));
	char bar[11] = "----------";
	char *left, *right;

	for (int i = 0; p.all && i < 10 * p.done / p.all; i++)
		bar[i] = '=';
	left = buf_format("%s   %s", title, where);
	right = buf_format("%d/%d %s %s", p.done, p.all, bar, status_of(w));
	frame_draw_title(w->t, left, right);
	free(left);
	free(right);
}

static void draw_message(struct wizard *w)
{
	frame_draw_message(w->t, w->message, w->message_style);
	w->message_changed = false;
}

/* Begin at the article behind the page: at its heading, if its paragraph is
 * then still in sight. */
void wizard_begin_at_article(const struct wizard *w, struct pager *p)
{
	struct articles *a = w->setup->articles;
	const char *clause = wizard_clause(w);
	char *article = mem_strndup(clause, strcspn(clause, "."));

	if (a)
		pager_go_between(p, articles_find(a, article),
		                 articles_find(a, clause));
	free(article);
}

/* Columns of the page: all, but for what the article beside it takes. */
int wizard_page_columns(const struct wizard *w)
{
	int columns = term_columns(w->t);
	bool beside =
	    columns >= ASIDE_LEAST && *wizard_clause(w) && w->setup->articles;

	return beside ? columns * 3 / 5 : columns;
}

static void make_aside(struct wizard *w)
{
	pager_release(&w->aside);
	view_articles(&w->aside, w->setup->articles, wizard_clause(w));
	w->aside_row = w->page.row;
}

/* The article behind the page, beside it. */
static void draw_aside(struct wizard *w)
{
	int left = wizard_page_columns(w), columns = term_columns(w->t);
	int rows = frame_body_rows(w->t);

	if (left == columns)
		return;
	if (!w->aside.n || w->aside_row != w->page.row)
		make_aside(w);
	w->aside.left = left + 1;
	pager_resize(&w->aside, rows, columns - left - 1);
	wizard_begin_at_article(w, &w->aside);
	pager_draw(&w->aside, w->t, FRAME_BODY_TOP);
	for (int i = 0; i < rows; i++)
		term_put(w->t, FRAME_BODY_TOP + i, left, "|", 1, STYLE_FAINT);
}

/* The bar, with the file's name; as long as it cannot be saved, that is said there,
 * where no message takes its place. */
static void draw_bar(struct wizard *w, unsigned where)
{
	char *name = buf_format("%s%s", w->d->path, w->told == TOLD_TROUBLE
	                                ? _(" ! 未保存") : "");

	frame_draw_bar(w->t, name, where);
	free(name);
}

static void draw_all(struct wizard *w)
{
	int rows = frame_body_rows(w->t), columns = term_columns(w->t);

	term_clear(w->t);
	draw_title(w);
	draw_message(w);
	if (w->showing == SHOWING_PAGE) {
		draw_bar(w, wizard_keys(w));
		draw_aside(w);
		page_resize(&w->page, rows, wizard_page_columns(w));
		page_draw(&w->page, w->t, FRAME_BODY_TOP);
	} else if (w->showing == SHOWING_PLACE) {
		draw_bar(w, 0);
		wizard_draw_place(w);
	} else {
		draw_bar(w, pager_where(&w->pager));
		pager_resize(&w->pager, rows, columns);
		pager_draw(&w->pager, w->t, FRAME_BODY_TOP);
	}
}

void wizard_draw(struct wizard *w)
{
	if (!frame_fits(w->t)) {
		frame_draw_too_small(w->t);
	} else if (w->redraw == REDRAW_ALL) {
		draw_all(w);
	} else if (w->redraw == REDRAW_FOCUS) {
		if (w->message_changed)
			draw_message(w);
		if (w->showing == SHOWING_PAGE)
			page_draw_focus(&w->page, w->t, FRAME_BODY_TOP);
		else
			pager_draw(&w->pager, w->t, FRAME_BODY_TOP);
	}
	if (w->redraw != REDRAW_NOTHING)
		term_show(w->t);
	w->redraw = REDRAW_NOTHING;
}
