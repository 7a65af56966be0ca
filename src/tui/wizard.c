/* SPDX-License-Identifier: MIT
 *
 * The wizard: one page after the other, views beside them, the end.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "form/question_type.h"
#include "record/check.h"
#include "record/describe.h"
#include "record/flow.h"
#include "record/reason.h"
#include "tui/frame.h"
#include "tui/page.h"
#include "tui/tui.h"
#include "tui/views.h"

#define ESC_WAIT 400   /* milliseconds for a digit after Esc */
#define SAVE_WAIT 1000 /* milliseconds of rest until a save */

enum redraw {
	REDRAW_NOTHING,
	REDRAW_FOCUS, /* the focused field and the message */
	REDRAW_ALL,
};

#define ASIDE_LEAST 130 /* columns from which the article stands beside the page */

/* What is on the screen. */
enum showing {
	SHOWING_PAGE,
	SHOWING_END,  /* the pager, in place of a page */
	SHOWING_VIEW, /* the pager, over a page or the end */
	SHOWING_ASK,  /* the pager, with the question about the date */
};

struct wizard {
	struct term *t;
	const struct tui_setup *setup;
	struct document *d;
	struct page page;
	struct pager pager; /* where SHOWING says so */
	struct pager aside; /* the articles beside the page, if there is room */
	enum showing showing;
	bool at_end;     /* behind the last page: what a closed view returns to */
	bool from_end;   /* the page was gone to from there: Esc leads back */
	int dated;       /* SHOWING_ASK: the question it is about */
	bool typed;      /* the focused text is not in the record yet */
	bool unsaved;
	bool save_failed; /* and has been told */
	char *message;
	enum style message_style;
	bool message_changed; /* since it was drawn */
	enum redraw redraw;
	struct event next; /* read ahead */
	bool leaving;
	enum tui_result result;
	struct buf *parting;
};

static struct record *record_of(const struct wizard *w)
{
	return w->d->record;
}

/* --- messages ----------------------------------------------------------- */

/* Takes TEXT. */
static void tell(struct wizard *w, enum style style, char *text)
{
	char *safe = text_in_lines(text);
	size_t n = strlen(safe);

	if (n && safe[n - 1] == '\n')
		safe[n - 1] = '\0';
	free(text);
	w->message_changed |= strcmp(w->message, safe) != 0 ||
	                      w->message_style != style;
	free(w->message);
	w->message = safe;
	w->message_style = style;
}

static void tell_nothing(struct wizard *w)
{
	tell(w, STYLE_PLAIN, mem_strdup(""));
}

/* The first problem of Q of the given sort; NULL. A new string. */
static char *problem_of(const struct record *r, int q, bool caution)
{
	struct problem_list list;
	char *text = NULL;

	problem_list_init(&list);
	question_problems(r, q, &list);
	for (size_t i = 0; i < list.n && !text; i++)
		if ((list.items[i].kind == PROBLEM_CAUTION) == caution)
			text = mem_strdup(list.items[i].text);
	problem_list_release(&list);
	return text;
}

/* What there is to say about the field that now has the focus: what is wrong
 * with its answer, else the form's hint. */
static void tell_about_focus(struct wizard *w)
{
	struct field *f = page_focus(&w->page);
	const struct record *r = record_of(w);
	char *text;

	if (!f)
		return;
	text = *record_answer(r, f->q) ? problem_of(r, f->q, false) : NULL;
	if (text) {
		tell(w, STYLE_ERROR, buf_format("! %s", text));
		free(text);
		return;
	}
	text = describe_answer(r, f->q);
	if (f->kind == FIELD_LINE && strcmp(text, record_answer(r, f->q)) != 0) {
		tell(w, STYLE_PLAIN, text); /* a date, in both calendars */
		return;
	}
	free(text);
	text = mem_strdup(w->page.hints ? ""
	                  : form_words(r->form, &r->form->questions[f->q].hint,
	                               reader_language(r->form,
	                                               READER_AT_SCREEN)));
	tell(w, STYLE_PLAIN, text);
}

/* --- saving ------------------------------------------------------------- */

static bool save(struct wizard *w)
{
	char *why;

	if (document_save(w->d, &why)) {
		w->unsaved = w->save_failed = false;
		return true;
	}
	w->unsaved = true;
	if (!w->save_failed)
		tell(w, STYLE_ERROR,
		     buf_format(_("! %s（答えは残っています。原因を取り除いて F2 を押してください）"), why));
	w->save_failed = true;
	free(why);
	return false;
}

/* The article behind the page: its own, or that of what its answer decides. */
static const char *clause_here(const struct wizard *w)
{
	const struct question *questions = w->setup->form->questions;
	const struct question *q = &questions[w->page.row];

	for (int row = w->page.row; row >= 0; row = questions[row].parent)
		if (*questions[row].clause)
			return questions[row].clause;
	for (size_t i = 0; i < q->n_dependents; i++)
		if (*questions[q->dependents[i]].clause)
			return questions[q->dependents[i]].clause;
	return "";
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
	if (record_of(w)->status == RECORD_FINISHED)
		return _("完成");
	return w->d->reading ? _("作成中 閲覧") : _("作成中");
}

/* Which keys work on a page. */
static unsigned page_where(const struct wizard *w)
{
	return IN_PAGE | (w->d->reading ? IN_READING : IN_WRITING);
}

static void draw_title(struct wizard *w)
{
	const char *title = w->setup->form->title;
	const char *where = w->showing == SHOWING_PAGE ? section_of(w)
	                                               : w->pager.title;
	struct progress p = record_progress(record_of(w));
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

/* Begin at the article behind the page: at its heading, if its paragraph is then
 * still in sight. */
static void begin_at_article(const struct wizard *w, struct pager *p)
{
	const struct articles *a = w->setup->articles;
	const char *clause = clause_here(w);
	char *article = mem_strndup(clause, strcspn(clause, "."));

	if (a)
		pager_go_between(p, articles_find(a, article),
		                 articles_find(a, clause));
	free(article);
}

/* Columns of the page: all, but for what the article beside it takes. */
static int page_columns(const struct wizard *w)
{
	int columns = term_columns(w->t);
	bool beside = columns >= ASIDE_LEAST && *clause_here(w) &&
	              w->setup->articles;

	return beside ? columns * 3 / 5 : columns;
}

/* The article behind the page, beside it. */
static void draw_aside(struct wizard *w)
{
	int left = page_columns(w), columns = term_columns(w->t);
	int rows = frame_body_rows(w->t);

	if (left == columns)
		return;
	pager_release(&w->aside);
	view_articles(&w->aside, w->setup->articles, clause_here(w));
	w->aside.left = left + 1;
	pager_resize(&w->aside, rows, columns - left - 1);
	begin_at_article(w, &w->aside);
	pager_draw(&w->aside, w->t, FRAME_BODY_TOP);
	for (int i = 0; i < rows; i++)
		term_put(w->t, FRAME_BODY_TOP + i, left, "|", 1, STYLE_FAINT);
}

static void draw_all(struct wizard *w)
{
	int rows = frame_body_rows(w->t), columns = term_columns(w->t);

	term_clear(w->t);
	draw_title(w);
	draw_message(w);
	if (w->showing == SHOWING_PAGE) {
		frame_draw_bar(w->t, w->d->path, page_where(w));
		draw_aside(w);
		page_resize(&w->page, rows, page_columns(w));
		page_draw(&w->page, w->t, FRAME_BODY_TOP);
	} else {
		frame_draw_bar(w->t, w->d->path, pager_where(&w->pager));
		pager_resize(&w->pager, rows, columns);
		pager_draw(&w->pager, w->t, FRAME_BODY_TOP);
	}
}

static void draw(struct wizard *w)
{
	if (!frame_fits(w->t)) {
		frame_draw_too_small(w->t);
	} else if (w->redraw == REDRAW_ALL) {
		draw_all(w);
	} else if (w->redraw == REDRAW_FOCUS) {
		if (w->message_changed)
			draw_message(w);
		page_draw_focus(&w->page, w->t, FRAME_BODY_TOP);
	}
	if (w->redraw != REDRAW_NOTHING)
		term_show(w->t);
	w->redraw = REDRAW_NOTHING;
}

/* --- pages -------------------------------------------------------------- */

static void close_pager(struct wizard *w)
{
	if (w->showing != SHOWING_PAGE)
		pager_release(&w->pager);
}

/* What the form offers as answers on the page of ROW is there to be seen. */
static void offer_page(struct wizard *w, int row)
{
	const struct form *form = w->setup->form;

	for (int q = row; q < form->questions[row].end && !w->d->reading; q++)
		if (flow_is_stop(record_of(w), q) &&
		    record_offer(record_of(w), q).n)
			w->unsaved = true;
}

/* Show the page of question Q, the focus on it. */
static void show_page(struct wizard *w, int q)
{
	struct record *r = record_of(w);

	close_pager(w);
	page_close(&w->page);
	offer_page(w, page_row_of(r->form, q));
	page_open(&w->page, r, page_row_of(r->form, q), q,
	          frame_body_rows(w->t), term_columns(w->t));
	w->showing = SHOWING_PAGE;
	w->at_end = w->from_end = false;
	w->redraw = REDRAW_ALL;
	page_resize(&w->page, frame_body_rows(w->t), page_columns(w));
	tell_about_focus(w);
}

static void show_end(struct wizard *w)
{
	close_pager(w);
	view_end(&w->pager, w->d);
	w->showing = SHOWING_END;
	w->at_end = true;
	w->redraw = REDRAW_ALL;
	tell_nothing(w);
}

/* What applies on the page has changed: lay it out anew, the focus staying. */
static void reopen_page(struct wizard *w)
{
	page_reopen(&w->page);
	w->redraw = REDRAW_ALL;
}

static bool changes_page(const struct wizard *w, struct changes changes)
{
	const struct question *questions = w->setup->form->questions;

	for (size_t i = 0; i < changes.n; i++)
		if (changes.items[i].row >= w->page.row &&
		    changes.items[i].row < questions[w->page.row].end)
			return true;
	return false;
}

/* F's answer into the record; a text without the line breaks at its end, which an
 * Enter too many has put there. */
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
static void commit(struct wizard *w)
{
	struct field *f = page_focus(&w->page);
	struct record *r = record_of(w);
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
		tell(w, STYLE_STRONG, mem_strdup(said));
	free(said);
	if (f->kind == FIELD_LINE) {
		size_t cursor = f->editor.cursor;
		bool at_end = cursor == f->editor.text.len;

		editor_release(&f->editor);
		editor_init(&f->editor, record_answer(r, f->q), false,
		            (size_t)f->width);
		if (!at_end && cursor <= f->editor.text.len)
			editor_place(&f->editor, 0, cursor);
	}
	if (changes_page(w, changes))
		reopen_page(w);
	w->redraw = REDRAW_ALL;
}

/* "番号5: …", the first problem of the given sort among the questions from Q up to
 * END; NULL if there is none. */
static char *problem_among(const struct record *r, int q, int end, bool caution)
{
	for (; q < end; q++) {
		char *text = problem_of(r, q, caution);
		char *title, *whole;

		if (!text)
			continue;
		title = question_title(r, q);
		whole = buf_format("%s: %s", title, text);
		free(title);
		free(text);
		return whole;
	}
	return NULL;
}

/* On the way from page FROM to question TO: what is wrong with the page left, or
 * else to be asked about it; and what was passed. */
static void tell_way(struct wizard *w, int from, int to)
{
	const struct record *r = record_of(w);
	int end = r->form->questions[from].end;
	char *wrong = problem_among(r, from, end, false);
	char *caution = wrong ? NULL : problem_among(r, from, end, true);
	char *skipped = describe_skipped(r, end, to);

	if (wrong || caution || *skipped)
		tell(w, wrong ? STYLE_ERROR : caution ? STYLE_CAUTION : STYLE_STRONG,
		     buf_format("%s%s%s%s", wrong ? "! " : caution ? _("注意: ") : "",
		                wrong ? wrong : caution ? caution : "",
		                wrong || caution ? "\n" : "", skipped));
	free(skipped);
	free(caution);
	free(wrong);
}

static void leave_page(struct wizard *w)
{
	commit(w);
	if (w->unsaved)
		save(w);
}

static void next_page(struct wizard *w)
{
	const struct question *questions = w->setup->form->questions;
	int from = w->page.row, next;

	if (w->showing != SHOWING_PAGE)
		return;
	leave_page(w);
	next = flow_next(record_of(w), questions[from].end - 1);
	if (next < (int)w->setup->form->n)
		show_page(w, next);
	else
		show_end(w);
	tell_way(w, from, next);
}

static void previous_page(struct wizard *w)
{
	const struct record *r = record_of(w);
	int first, before;

	if (w->at_end) {
		before = flow_back(r, (int)r->form->n);
	} else {
		leave_page(w);
		first = page_first_stop(r, w->page.row);
		before = first < 0 ? -1 : flow_back(r, first);
		if (before == first)
			before = -1;
	}
	if (before < 0)
		tell(w, STYLE_PLAIN, mem_strdup(_("これが最初のページです")));
	else
		show_page(w, page_first_stop(r, page_row_of(r->form, before)));
	w->redraw = REDRAW_ALL;
}

/* Move the focus by one; beyond the page's ends to the next page. */
static void move_focus(struct wizard *w, int by)
{
	struct page *p = &w->page;
	struct field *f = page_focus(p);
	int left = f ? f->q : -1;
	char *wrong;

	commit(w);
	if (by > 0 && p->focus + 1 >= p->n) {
		next_page(w);
		return;
	}
	if (by < 0 && p->focus == 0) {
		previous_page(w);
		return;
	}
	p->focus += (size_t)by;
	wrong = left >= 0 && *record_answer(record_of(w), left)
		? problem_among(record_of(w), left, left + 1, false) : NULL;
	if (wrong)
		tell(w, STYLE_ERROR, buf_format("! %s", wrong));
	else if (!w->message[0] || w->message_style != STYLE_STRONG)
		tell_about_focus(w);
	free(wrong);
	w->redraw = REDRAW_ALL;
}

/* --- views -------------------------------------------------------------- */

static void open_view(struct wizard *w)
{
	if (w->showing == SHOWING_END)
		pager_release(&w->pager);
	w->showing = SHOWING_VIEW;
	w->redraw = REDRAW_ALL;
	tell_nothing(w);
}

static int outline_row_here(const struct wizard *w)
{
	struct page *p = (struct page *)&w->page;

	if (form_is_item(w->setup->form, w->page.row) || !page_focus(p))
		return w->page.row;
	return page_focus(p)->q;
}

static void show_view(struct wizard *w, enum action action)
{
	struct record *r = record_of(w);
	struct pager view;

	commit(w);
	switch (action) {
	case ACTION_ARTICLE:
		view_articles(&view, w->setup->articles, clause_here(w));
		break;
	case ACTION_OVERVIEW:
		view_overview(&view, r, outline_row_here(w));
		break;
	case ACTION_SHEET:
		view_sheet(&view, r, w->setup->layout);
		break;
	case ACTION_PROBLEMS:
		view_problems(&view, r);
		break;
	default:
		view_help(&view);
		break;
	}
	open_view(w);
	w->pager = view;
	if (action == ACTION_ARTICLE) { /* its size decides where it begins */
		pager_resize(&w->pager, frame_body_rows(w->t),
		             term_columns(w->t));
		begin_at_article(w, &w->pager);
	}
}

static void close_view(struct wizard *w)
{
	if (w->at_end) {
		show_end(w);
		return;
	}
	close_pager(w);
	w->showing = SHOWING_PAGE;
	w->redraw = REDRAW_ALL;
	tell_about_focus(w);
}

/* Go to ROW of the form, or say why not. */
static void go_to(struct wizard *w, int row)
{
	const struct record *r = record_of(w);
	int stop = flow_stop_at(r, row);
	char *name, *why;

	if (stop >= 0) {
		show_page(w, stop);
		return;
	}
	name = describe_row(r, row);
	if (record_applies(r, row) == APPLIES_NO) {
		why = record_why(r, row, READER_AT_SCREEN);
		tell(w, STYLE_STRONG,
		     buf_format(_("%sは該当なしです（%s）"), name, why));
		free(why);
	} else {
		stop = record_decider(r, row);
		if (stop >= 0)
			show_page(w, stop);
		tell(w, STYLE_STRONG,
		     buf_format(_("%sが該当するかは、この質問の答えで決まります"), name));
	}
	w->redraw = REDRAW_ALL;
	free(name);
}

/* --- leaving and finishing ---------------------------------------------- */

static void leave(struct wizard *w)
{
	bool told = w->save_failed;

	commit(w);
	if (w->d->reading) {
		w->leaving = true;
	} else if (!w->unsaved || save(w)) {
		if (w->d->on_disk)
			buf_addf(w->parting, _("保存しました: %s\n"), w->d->path);
		else
			buf_addf(w->parting, "%s\n", _("何も書かれなかったので、保存していません"));
		w->leaving = true;
	} else if (told) { /* the second time: the person means it */
		w->result = TUI_FAILED;
		w->leaving = true;
	} else {
		w->redraw = REDRAW_ALL;
	}
}

static void finish(struct wizard *w)
{
	struct finished files;
	char *why;

	if (!document_finish(w->d, w->setup->layout, &files, &why)) {
		tell(w, STYLE_ERROR, buf_format("! %s", why));
		free(why);
		w->redraw = REDRAW_ALL;
		return;
	}
	buf_addf(w->parting, "%s\n", _("完成しました"));
	buf_addf(w->parting, _("確認書: %s\n"), files.record);
	buf_addf(w->parting, _("紙面: %s\n"), files.sheet);
	if (w->d->original)
		buf_addf(w->parting, _("元の確認書はそのままです: %s\n"),
		         w->d->original);
	finished_release(&files);
	w->unsaved = false;
	w->leaving = true;
}

/* The date says another day than today: is that meant? */
static void ask_about_date(struct wizard *w, int q)
{
	struct record *r = record_of(w);
	const struct question *question = &r->form->questions[q];
	struct value today = record_eval(r, question->default_value, q);
	char *text = value_to_string(&today);
	char *now = question->type->words(r->form, question, text, 0);
	char *old = question->type->words(r->form, question,
	                                  record_answer(r, q), 0);
	char *title = buf_format(_("「%s」は今日ではなく %s です"),
	                         form_label(r->form, question, 0), old);
	char *keep = buf_format(_("このまま（%s）で完成させる"), old);
	char *change = buf_format(_("今日の日付（%s）に直して完成させる"), now);
	const char *const answers[] = { keep, change, _("まだ完成させない") };

	close_pager(w);
	view_ask(&w->pager, title, answers, 3);
	w->showing = SHOWING_ASK;
	w->dated = q;
	w->redraw = REDRAW_ALL;
	free(title);
	free(keep);
	free(change);
	free(old);
	free(now);
	free(text);
	value_release(&today);
}

static void date_answered(struct wizard *w, int answer)
{
	struct record *r = record_of(w);
	int q = w->dated;

	if (answer == 1) {
		record_set(r, q, "");
		record_offer(r, q);
	}
	show_end(w);
	if (answer == 2)
		return;
	if (pager_target(&w->pager) == END_FINISH)
		finish(w);
}

static void tell_amending(struct wizard *w)
{
	tell(w, STYLE_STRONG,
	     buf_format(_("%s は完成しています。訂正は新しい作成中の確認書で行い、元のファイルは変えません"),
	                w->d->original));
}

/* Go on with the finished record that is being read. */
static void amend(struct wizard *w)
{
	int row = w->at_end ? -1 : w->page.row;
	int q;

	if (record_of(w)->status != RECORD_FINISHED) {
		tell(w, STYLE_PLAIN, mem_strdup(_("作成中の確認書です。続きは kakuninsho にファイル名を付けて記入してください")));
		w->redraw = REDRAW_ALL;
		return;
	}
	document_amend(w->d);
	q = row < 0 ? -1 : page_first_stop(record_of(w), row);
	show_page(w, q < 0 ? flow_next(record_of(w), -1) : q);
	tell_amending(w);
}

static void end_chosen(struct wizard *w, int target)
{
	int dated;

	switch (target) {
	case END_AMEND:
		amend(w);
		break;
	case END_FINISH:
		dated = flow_not_today(record_of(w));
		if (dated >= 0)
			ask_about_date(w, dated);
		else
			finish(w);
		break;
	case END_SHEET:
		show_view(w, ACTION_SHEET);
		break;
	case END_LEAVE:
		leave(w);
		break;
	default:
		go_to(w, target);
		w->from_end = w->showing == SHOWING_PAGE;
		if (w->from_end && !*w->message)
			tell(w, STYLE_PLAIN, mem_strdup(_("直したら Esc で「確認と保存」に戻れます")));
		break;
	}
}

static void suspend(struct wizard *w)
{
	if (w->unsaved)
		save(w);
	term_suspend(w->t);
	w->redraw = REDRAW_ALL;
}

/* --- events ------------------------------------------------------------- */

static void page_action(struct wizard *w, enum action action)
{
	switch (action) {
	case ACTION_NEXT_FIELD:
		move_focus(w, 1);
		break;
	case ACTION_PREVIOUS_FIELD:
		move_focus(w, -1);
		break;
	case ACTION_NEXT_PAGE:
		next_page(w);
		break;
	case ACTION_PREVIOUS_PAGE:
		previous_page(w);
		break;
	case ACTION_SAVE:
		commit(w);
		w->save_failed = false;
		if (save(w))
			tell(w, STYLE_PLAIN,
			     buf_format(_("保存しました: %s"), w->d->path));
		w->redraw = REDRAW_ALL;
		break;
	case ACTION_AMEND:
		amend(w);
		break;
	case ACTION_QUIT:
		leave(w);
		break;
	case ACTION_REPAINT:
		w->redraw = REDRAW_ALL;
		term_repaint(w->t);
		break;
	case ACTION_SUSPEND:
		suspend(w);
		break;
	default:
		show_view(w, action);
		break;
	}
}

/* While a date is typed, what it means. */
static void tell_meaning(struct wizard *w, const struct field *f)
{
	const struct form *form = w->setup->form;
	const struct question *question = &form->questions[f->q];
	char *answer, *why = NULL;
	date_day day;

	if (strcmp(question->type->name, "date") != 0 ||
	    text_is_blank(field_answer(f)))
		return;
	answer = question->type->read(form, question, field_answer(f), &why);
	if (answer && date_read_iso(answer, &day))
		tell(w, STYLE_PLAIN, date_both(day));
	else
		tell_about_focus(w);
	free(answer);
	free(why);
}

static void field_did(struct wizard *w, enum field_result result)
{
	struct field *f = page_focus(&w->page);

	switch (result) {
	case FIELD_IGNORED:
		break;
	case FIELD_MOVED:
		w->redraw = REDRAW_FOCUS;
		break;
	case FIELD_TYPED:
		w->typed = true;
		w->redraw = REDRAW_FOCUS;
		tell_meaning(w, f);
		break;
	case FIELD_ANSWERED:
	case FIELD_REFUSED:
		w->typed = true;
		tell_nothing(w);
		commit(w);
		if (result == FIELD_REFUSED)
			tell(w, STYLE_STRONG, mem_strdup(_("ここは選ぶ欄です。番号か矢印で選んでください。書くには Tab で次の欄へ移ります")));
		else if (!*w->message)
			tell_about_focus(w);
		w->redraw = REDRAW_ALL;
		break;
	case FIELD_NEXT:
		w->typed = true;
		move_focus(w, 1);
		break;
	case FIELD_PREVIOUS:
		move_focus(w, -1);
		break;
	}
}

/* While it is only read, a key moves and changes nothing. */
static void read_key(struct wizard *w, struct field *f, key_code key)
{
	enum action action = action_for(key, IN_TEXT);
	enum editor_result moved = EDITOR_IGNORED;
	bool moves = action >= ACTION_LEFT && action <= ACTION_END;

	if (f->kind == FIELD_TEXT && moves)
		moved = editor_do(&f->editor, action);
	if (moved == EDITOR_MOVED)
		w->redraw = REDRAW_FOCUS;
	else if (action == ACTION_ENTER || action == ACTION_DOWN)
		move_focus(w, 1);
	else if (action == ACTION_UP)
		move_focus(w, -1);
	else if (!moves) {
		tell(w, STYLE_STRONG, mem_strdup(_("閲覧中です。直せません（完成した確認書は F5 で訂正できます）")));
		w->redraw = REDRAW_FOCUS;
	}
}

static void page_key(struct wizard *w, key_code key)
{
	enum action action = action_for(key, page_where(w));
	struct field *f = page_focus(&w->page);

	if (action)
		page_action(w, action);
	else if (key == KEYS_ESC && w->from_end) {
		leave_page(w);
		show_end(w);
	} else if (f && w->d->reading)
		read_key(w, f, key);
	else if (f)
		field_did(w, field_key(f, record_of(w), key));
}

static void pager_did(struct wizard *w, enum pager_result result)
{
	int target = pager_target(&w->pager);

	switch (result) {
	case PAGER_IGNORED:
		break;
	case PAGER_REDRAW:
		w->redraw = REDRAW_ALL;
		break;
	case PAGER_CLOSED:
		if (w->showing == SHOWING_END)
			previous_page(w);
		else if (w->showing == SHOWING_ASK)
			show_end(w);
		else
			close_view(w);
		break;
	case PAGER_CHOSEN:
		if (w->showing == SHOWING_END)
			end_chosen(w, target);
		else if (w->showing == SHOWING_ASK)
			date_answered(w, target);
		else if (target == TO_END)
			show_end(w);
		else
			go_to(w, target);
		break;
	}
}

static void pager_key_pressed(struct wizard *w, key_code key)
{
	enum action action = action_for(key, page_where(w));

	if (action == ACTION_REPAINT || action == ACTION_SUSPEND) {
		page_action(w, action);
	} else if (w->showing == SHOWING_END && !w->pager.searching &&
	           action == ACTION_PREVIOUS_PAGE) {
		previous_page(w);
	} else if (w->showing == SHOWING_END && !w->pager.searching &&
	           action && action != ACTION_NEXT_PAGE &&
	           action != ACTION_NEXT_FIELD &&
	           action != ACTION_PREVIOUS_FIELD) {
		page_action(w, action);
	} else {
		pager_did(w, pager_key(&w->pager, key));
	}
}

static void clicked(struct wizard *w, int row, int column)
{
	int i;

	row -= FRAME_BODY_TOP;
	if (row < 0 || row >= frame_body_rows(w->t))
		return;
	if (w->showing != SHOWING_PAGE) {
		pager_did(w, pager_click(&w->pager, row));
		return;
	}
	i = page_field_at(&w->page, row);
	if (i < 0)
		return;
	if ((size_t)i != w->page.focus) {
		commit(w);
		w->page.focus = (size_t)i < w->page.n ? (size_t)i : 0;
		tell_about_focus(w);
		w->redraw = REDRAW_ALL;
	}
	if (!w->d->reading)
		field_did(w, field_click(page_focus(&w->page), record_of(w),
		                         row + w->page.top, column));
}

static bool is_typing_a_choice(const struct wizard *w)
{
	return w->showing == SHOWING_PAGE && w->page.n &&
	       w->page.fields[w->page.focus].typed[0];
}

/* The next event; Esc and a digit are the function key, as in mc. */
static struct event read_event(struct wizard *w)
{
	bool busy = w->typed || w->unsaved || is_typing_a_choice(w);
	struct event e = w->next, more;

	w->next = (struct event){0};
	if (e.kind == EVENT_NONE)
		e = term_read(w->t, busy ? SAVE_WAIT : -1);
	if (e.kind != EVENT_KEY || e.key != KEYS_ESC)
		return e;
	more = term_read(w->t, ESC_WAIT);
	if (more.kind == EVENT_KEY && more.key >= '0' && more.key <= '9') {
		key_code f = KEY_F_(more.key == '0' ? 10 : more.key - '0');

		/* In a view, what is no key of it is Esc, and the digit lost. */
		if (w->showing == SHOWING_PAGE ||
		    action_for(f, pager_where(&w->pager)))
			e.key = f;
		return e;
	}
	w->next = more;
	return e;
}

static void rested(struct wizard *w)
{
	commit(w);
	if (is_typing_a_choice(w))
		field_rest(page_focus(&w->page));
	if (w->unsaved && !w->save_failed)
		save(w);
	if (w->save_failed)
		w->redraw = REDRAW_ALL;
}

static void handle(struct wizard *w, const struct event *e)
{
	switch (e->kind) {
	case EVENT_NONE:
		rested(w);
		break;
	case EVENT_KEY:
		if (!frame_fits(w->t))
			break;
		if (w->showing == SHOWING_PAGE)
			page_key(w, e->key);
		else
			pager_key_pressed(w, e->key);
		break;
	case EVENT_PASTE:
		if (w->showing == SHOWING_PAGE && page_focus(&w->page) &&
		    !w->d->reading)
			field_did(w, field_paste(page_focus(&w->page),
			                         e->text));
		break;
	case EVENT_CLICK:
		clicked(w, e->row, e->column);
		break;
	case EVENT_RESIZE:
		w->redraw = REDRAW_ALL;
		break;
	case EVENT_LEAVE:
		commit(w);
		if (w->unsaved && !save(w))
			w->result = TUI_FAILED;
		w->leaving = true;
		break;
	}
}

static void loop(struct wizard *w)
{
	while (!w->leaving) {
		struct event e;

		draw(w);
		e = read_event(w);
		handle(w, &e);
		free(e.text);
	}
}

static void begin(struct wizard *w)
{
	const struct record *r = record_of(w);
	bool from_start = document_is_new(w->d) || w->d->reading;
	int q = from_start ? flow_next(r, -1) : flow_first_open(r);

	if (q < (int)r->form->n)
		show_page(w, q);
	else
		show_end(w);
	if (w->d->original)
		tell_amending(w);
	else if (w->d->reading && r->status == RECORD_FINISHED)
		tell(w, STYLE_STRONG, mem_strdup(_("完成した確認書です。閲覧のみで、直すには F5 を押します")));
}

enum tui_result tui_fill(struct term *t, const struct tui_setup *setup,
                         struct document *d, struct buf *parting)
{
	struct wizard w = {
		.t = t,
		.setup = setup,
		.d = d,
		.message = mem_strdup(""),
		.parting = parting,
	};

	begin(&w);
	loop(&w);
	close_pager(&w);
	pager_release(&w.aside);
	page_close(&w.page);
	free(w.message);
	free(w.next.text);
	return w.result;
}

/* --- which record ------------------------------------------------------- */

/* The target that the person chooses in P; NO_TARGET where they leave. */
static int choose(struct term *t, struct pager *p)
{
	enum pager_result result = PAGER_REDRAW;

	for (;;) {
		struct event e;

		if (!frame_fits(t)) {
			frame_draw_too_small(t);
		} else if (result != PAGER_IGNORED) {
			term_clear(t);
			frame_draw_title(t, p->title, "");
			frame_draw_bar(t, "", pager_where(p));
			pager_resize(p, frame_body_rows(t), term_columns(t));
			pager_draw(p, t, FRAME_BODY_TOP);
		}
		term_show(t);
		e = term_read(t, -1);
		free(e.text);
		result = e.kind == EVENT_KEY ? pager_key(p, e.key)
		       : e.kind == EVENT_CLICK
		       ? pager_click(p, e.row - FRAME_BODY_TOP)
		       : e.kind == EVENT_LEAVE ? PAGER_CLOSED : PAGER_REDRAW;
		if (result == PAGER_CHOSEN)
			return pager_target(p);
		if (result == PAGER_CLOSED)
			return NO_TARGET;
	}
}

void tui_choose(struct term *t, const struct tui_setup *setup,
                struct document **d, struct diag_list *diags)
{
	struct draft_list drafts;
	struct pager p;
	int target = DRAFTS_NEW;

	*d = NULL;
	drafts_find(setup->form, "", &drafts);
	if (drafts.n) {
		view_drafts(&p, &drafts);
		target = choose(t, &p);
		pager_release(&p);
	}
	if (target == DRAFTS_NEW)
		*d = document_new(setup->form, setup->moment, "");
	else if (target != NO_TARGET)
		*d = document_open(setup->form, setup->moment,
		                   drafts.items[target].path, OPENED_AS_DRAFT,
		                   diags);
	draft_list_release(&drafts);
}
