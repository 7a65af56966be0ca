/* SPDX-License-Identifier: MIT */
#include "tui/wizard.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "record/check.h"
#include "record/describe.h"
#include "record/flow.h"
#include "record/reason.h"
#include "tui/views.h"

/* --- pages -------------------------------------------------------------- */

void wizard_close_pager(struct wizard *w)
{
	if (w->showing != SHOWING_PAGE)
		pager_release(&w->pager);
	if (w->showing == SHOWING_PLACE)
		editor_release(&w->place);
}

/* What the form offers as answers on the page of ROW is there to be seen. */
static void offer_page(struct wizard *w, int row)
{
	const struct form *form = w->setup->form;

	for (int q = row; q < form->questions[row].end && !w->d->reading; q++)
		if (flow_is_stop(wizard_record(w), q) &&
		    record_offer(wizard_record(w), q).n)
			w->unsaved = true;
}

/* Show the page of question Q, the focus on it. */
void wizard_show_page(struct wizard *w, int q)
{
	struct record *r = wizard_record(w);

	wizard_close_pager(w);
	page_close(&w->page);
	offer_page(w, form_page_of(r->form, q));
	page_open(&w->page, r, form_page_of(r->form, q), q);
	w->showing = SHOWING_PAGE;
	w->at_end = false;
	w->redraw = REDRAW_ALL;
	wizard_hush(w);
	page_resize(&w->page, frame_body_rows(w->t, FRAME_MESSAGE_ROWS),
	            wizard_page_columns(w));
	wizard_tell_about_focus(w);
}

void wizard_show_end(struct wizard *w)
{
	wizard_close_pager(w);
	view_end(&w->pager, w->d, w->setup->layout);
	if (w->from_end) /* what is next there, and not what is below it all */
		pager_stay(&w->pager, w->end_entry);
	if (pager_target(&w->pager) >= END_FINISH)
		pager_go_to(&w->pager, END_SHEET);
	w->showing = SHOWING_END;
	w->at_end = true;
	w->from_end = false;
	w->redraw = REDRAW_ALL;
	wizard_hush(w);
}

/* F's answer into the record; a text without the line breaks at its end, which
 * an Enter too many has put there. */
static struct changes set_answer(struct record *r, const struct field *f)
{
	char *answer = mem_strdup(field_answer(f));
	size_t n = strlen(answer);
	struct changes changes;

	while (f->kind == FIELD_TEXT && n && answer[n - 1] == '\n')
		answer[--n] = '\0';
	changes = record_set(r, f->q, answer);
	free(answer);
	return changes;
}

/* Put the focused field's answer into the record, and say what that did. */
void wizard_commit(struct wizard *w)
{
	struct field *f = page_focus(&w->page);
	struct record *r = wizard_record(w);
	struct changes changes;
	char *said;

	if (w->showing != SHOWING_PAGE || !f || !w->typed)
		return;
	w->typed = false;
	changes = set_answer(r, f);
	if (!changes.n)
		return;
	w->unsaved = true;
	said = describe_changes(r, f->q, changes);
	if (*said)
		wizard_tell_also(w, said);
	else
		free(said);
	page_reopen(&w->page);
	w->redraw = REDRAW_ALL;
}

/* "番号5: …", the first problem of the given sort among the questions from Q up
 * to END; NULL if there is none. */
static char *problem_among(const struct record *r, int q, int end, bool caution)
{
	int found = -1;
	char *text, *whole;

	/* What was written and is wrong comes before what is missing. */
	for (int i = end - 1; i >= q; i--) {
		bool written = *record_effective_answer(r, i);

		text = question_problem(r, i, caution);
		if (text && (written || found < 0 ||
		             !*record_effective_answer(r, found)))
			found = i;
		free(text);
	}
	if (found < 0)
		return NULL;
	text = question_problem(r, found, caution);
	whole = problem_with_title(r, found, text);
	free(text);
	return whole;
}

/* On the way from page FROM to question TO: what is wrong with the page left,
 * or else to be asked about it; and what was passed. */
static void tell_way(struct wizard *w, int from, int to)
{
	const struct record *r = wizard_record(w);
	int end = r->form->questions[from].end;
	char *wrong = problem_among(r, from, end, false);
	char *caution = wrong ? NULL : problem_among(r, from, end, true);
	char *skipped = describe_skipped(r, end, to);

	if (wrong || caution || *skipped)
		wizard_tell(w,
		            wrong ? STYLE_ERROR : STYLE_STRONG,
		            buf_format("%s%s%s%s",
		                       wrong     ? "! "
		                       : caution ? _("注意: ")
		                                 : "",
		                       wrong     ? wrong
		                       : caution ? caution
		                                 : "",
		                       wrong || caution ? "\n" : "", skipped));
	free(skipped);
	free(caution);
	free(wrong);
}

void wizard_leave_page(struct wizard *w)
{
	wizard_commit(w);
	w->left = true;
}

void wizard_next_page(struct wizard *w)
{
	const struct question *questions = w->setup->form->questions;
	int from = w->page.row, next;

	if (w->showing != SHOWING_PAGE)
		return;
	wizard_leave_page(w);
	next = flow_next(wizard_record(w), questions[from].end - 1);
	if (next < (int)w->setup->form->n)
		wizard_show_page(w, next);
	else
		wizard_show_end(w); /* which lists what is wrong itself */
	if (!w->at_end)
		tell_way(w, from, next);
}

void wizard_previous_page(struct wizard *w)
{
	const struct record *r = wizard_record(w);
	int first, before;

	if (w->at_end) {
		before = flow_back(r, (int)r->form->n);
	} else {
		wizard_leave_page(w);
		first = page_first_stop(r, w->page.row);
		before = first < 0 ? -1 : flow_back(r, first);
		if (before == first)
			before = -1;
	}
	if (before < 0)
		wizard_tell(w, STYLE_PLAIN,
		            mem_strdup(_("これが最初のページです")));
	else
		wizard_show_page(
		    w, page_first_stop(r, form_page_of(r->form, before)));
	w->redraw = REDRAW_ALL;
}

/* What is to be said of question Q, which was answered and left; false where there
 * is nothing. */
static bool tell_left(struct wizard *w, int q)
{
	const struct record *r = wizard_record(w);
	char *wrong = NULL, *caution = NULL;
	bool told;

	if (*record_answer(r, q))
		wrong = problem_among(r, q, q + 1, false);
	if (!wrong && question_caution_is_due(r, q))
		caution = problem_among(r, q, q + 1, true);
	if (wrong)
		wizard_tell(w, STYLE_ERROR, buf_format("! %s", wrong));
	else if (caution)
		wizard_tell(w, STYLE_STRONG,
		            buf_format("%s%s", _("注意: "), caution));
	told = wrong || caution;
	free(caution);
	free(wrong);
	return told;
}

/* Move the focus by one; beyond the page's ends to the next page. */
void wizard_move_focus(struct wizard *w, int by)
{
	struct page *p = &w->page;
	struct field *f = page_focus(p);
	int left = f ? f->q : -1;

	wizard_commit(w);
	if (f) /* commit may have moved it */
		field_refresh(page_focus(p), wizard_record(w));
	if (by > 0 && p->focus + 1 >= p->n) {
		wizard_next_page(w);
		return;
	}
	if (by < 0 && p->focus == 0) {
		wizard_previous_page(w);
		return;
	}
	p->focus += (size_t)by;
	if (left < 0 || !tell_left(w, left))
		wizard_tell_about_focus(w);
	w->redraw = REDRAW_ALL;
}

/* --- views -------------------------------------------------------------- */

static void open_view(struct wizard *w)
{
	if (w->showing == SHOWING_END)
		pager_release(&w->pager);
	w->showing = SHOWING_VIEW;
	w->redraw = REDRAW_ALL;
	wizard_hush(w);
}

static int outline_row_here(const struct wizard *w)
{
	struct page *p = (struct page *)&w->page;

	if (form_is_item(w->setup->form, w->page.row) || !page_focus(p))
		return w->page.row;
	return page_focus(p)->q;
}

void wizard_show_view(struct wizard *w, enum action action)
{
	struct record *r = wizard_record(w);
	struct pager view;

	wizard_commit(w);
	switch (action) {
	case ACTION_ARTICLE:
		view_articles(&view, w->setup->articles, wizard_clause(w));
		break;
	case ACTION_OVERVIEW:
		view_overview(&view, w->d, outline_row_here(w));
		break;
	case ACTION_SHEET:
		view_sheet(&view, r, w->setup->layout);
		break;
	case ACTION_PROBLEMS:
		view_problems(&view, w->d);
		break;
	default:
		view_help(&view);
		break;
	}
	open_view(w);
	w->pager = view;
	if (action == ACTION_ARTICLE) { /* its size decides where it begins */
		pager_resize(&w->pager, w->body_rows,
		             term_columns(w->t));
		wizard_begin_at_article(w, &w->pager);
	}
}

void wizard_close_view(struct wizard *w)
{
	if (w->at_end) {
		wizard_show_end(w);
	} else {
		wizard_close_pager(w);
		w->showing = SHOWING_PAGE;
		w->redraw = REDRAW_ALL;
		wizard_tell_about_focus(w);
	}
	wizard_tell_file(w);
}

/* Go to ROW of the form, or say why not. */
void wizard_go_to(struct wizard *w, int row)
{
	const struct record *r = wizard_record(w);
	int stop = flow_stop_at(r, row);
	char *name, *why;

	if (stop >= 0) {
		wizard_show_page(w, stop);
		return;
	}
	name = describe_row(r, row);
	if (record_applies(r, row) == APPLIES_NO) {
		why = record_why(r, row, READER_AT_SCREEN);
		wizard_tell(w, STYLE_STRONG,
		            buf_format(_("%sは該当なしです（%s）"), name, why));
		free(why);
	} else {
		stop = record_decider(r, row);
		if (stop >= 0)
			wizard_show_page(w, stop);
		wizard_tell(
		    w, STYLE_STRONG,
		    buf_format(
			_("%sが該当するかは、この質問の答えで決まります"),
			name));
	}
	w->redraw = REDRAW_ALL;
	free(name);
}
