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
#include "tui/views.h"
#include "tui/width.h"

#define ASIDE_LEAST                                                            \
	130 /* columns from which the article stands beside the page */

/* --- messages ----------------------------------------------------------- */

/* Takes TEXT. */
static void tell(struct wizard *w, enum said which, enum style style, char *text)
{
	struct saying *said = &w->said[which];
	char *safe = text_in_lines(text);
	size_t n = strlen(safe);

	if (n && safe[n - 1] == '\n')
		safe[n - 1] = '\0';
	free(text);
	w->said_changed |= strcmp(said->text, safe) != 0 || said->style != style;
	free(said->text);
	*said = (struct saying){ safe, style };
}

void wizard_tell(struct wizard *w, enum style style, char *text)
{
	if (!w->also_now)
		tell(w, SAID_ALSO, STYLE_STRONG, mem_strdup(""));
	tell(w, SAID_MESSAGE, style, text);
	w->about_focus = false;
}

void wizard_tell_also(struct wizard *w, char *text)
{
	tell(w, SAID_ALSO, STYLE_STRONG, text);
	w->also_now = true;
}

void wizard_tell_trouble(struct wizard *w, char *text)
{
	char *path = text_from_bytes(w->d->path);
	char *at = strstr(text, path);
	char *end = frame_name(w->d->path, term_columns(w->t) / 2);

	if (at) { /* the whole of a long one stands below, and would take the room */
		char *shorter = buf_format("%.*s%s%s", (int)(at - text), text,
		                           end, at + strlen(path));
		free(text);
		text = shorter;
	}
	free(end);
	free(path);
	tell(w, SAID_TROUBLE, STYLE_ERROR, text);
}

void wizard_tell_file(struct wizard *w)
{
	const struct document *d = w->d;
	char *path = text_from_bytes(d->path);
	char *overtaken = text_from_bytes(d->overtaken ? d->overtaken : "");

	if (w->showing == SHOWING_ASK) /* that may be the question */
		tell(w, SAID_FILE, STYLE_PLAIN, mem_strdup(""));
	else if (d->overtaken)
		tell(w, SAID_FILE, STYLE_ERROR,
		     buf_format(_("! 「%s」はほかで変更されています。答えは「%s」に保存しています（F2 で選べます）"),
		                overtaken, path));
	else
		tell(w, SAID_FILE, STYLE_STRONG, d->holder
		     ? buf_format(_("閲覧のみ。ほかで記入中: %s"), d->holder)
		     : mem_strdup(""));
	free(overtaken);
	free(path);
}

void wizard_hush(struct wizard *w)
{
	wizard_tell(w, STYLE_PLAIN, mem_strdup(""));
}

/* What is wrong with the answer of F; NULL if nothing, or there is none. */
static char *error_at(const struct record *r, const struct field *f)
{
	char *problem = *record_answer(r, f->q)
		? question_problem(r, f->q, false) : NULL;
	char *text = problem ? buf_format("! %s", problem) : NULL;

	free(problem);
	return text;
}

/* The meaning of F's answer, a date in both calendars; else the form's hint, if it
 * does not stand on the page. */
static char *hint_at(const struct wizard *w, const struct field *f)
{
	const struct record *r = wizard_record(w);
	char *meaning = describe_answer(r, f->q);

	if (f->kind == FIELD_LINE && strcmp(meaning, record_answer(r, f->q)) != 0)
		return meaning;
	free(meaning);
	return mem_strdup(w->page.hints ? "" :
		form_words(r->form, &r->form->questions[f->q].hint,
		           reader_language(r->form, READER_AT_SCREEN)));
}

void wizard_tell_about_focus(struct wizard *w)
{
	struct field *f = page_focus(&w->page);
	char *error, *hint;

	if (!f)
		return;
	error = error_at(wizard_record(w), f);
	hint = error ? NULL : hint_at(w, f);
	if (error)
		wizard_tell(w, STYLE_ERROR, error);
	else if (*hint)
		wizard_tell(w, STYLE_PLAIN, hint);
	else
		tell(w, SAID_MESSAGE, STYLE_PLAIN, hint);
	w->about_focus = true;
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

unsigned wizard_keys(const struct wizard *w)
{
	return (w->showing == SHOWING_END ? IN_END : IN_PAGE) |
	       (w->d->amendable ? IN_AMENDABLE
	        : w->d->reading ? 0 : IN_WRITING);
}

unsigned wizard_bar_keys(const struct wizard *w)
{
	if (w->pager.searching)
		return pager_where(&w->pager);
	switch (w->showing) {
	case SHOWING_END:
		return wizard_keys(w) | IN_MENU;
	case SHOWING_VIEW:
		return pager_where(&w->pager);
	case SHOWING_ASK:
		return IN_MENU | IN_QUESTION;
	case SHOWING_PLACE:
		return IN_QUESTION;
	default:
		return wizard_keys(w);
	}
}

/* Where one is: the section, or the item where its page is higher than the screen,
 * which scrolls that away; in MOST columns without its clause if need be. */
static char *place_of(const struct wizard *w, int most)
{
	const struct question *row = &w->setup->form->questions[w->page.row];
	char *clause, *place;

	if (w->showing != SHOWING_PAGE)
		return mem_strdup(w->pager.title);
	if (!form_is_item(w->setup->form, w->page.row) ||
	    w->page.height <= w->page.rows)
		return mem_strdup(section_of(w));
	clause = clause_words(row->clause);
	place = buf_format("%s%s %s", _("番号"), row->number, clause);
	if (screen_columns(place) > most) {
		free(place);
		place = buf_format("%s%s", _("番号"), row->number);
	}
	free(clause);
	return place;
}

/* Where one is counts most, then how far, then what form it is. */
static void draw_title(struct wizard *w)
{
	struct progress p = record_progress(wizard_record(w));
	char *place, *left, *right;
	char bar[12] = "---------- ";
	int room;

	for (int i = 0; p.all && i < 10 * p.done / p.all; i++)
		bar[i] = '=';
	right = buf_format("%d/%d %s", p.done, p.all, status_of(w));
	room = term_columns(w->t) - screen_columns(right) - 3;
	place = place_of(w, room);
	if (screen_columns(place) + (int)strlen(bar) <= room) {
		free(right);
		right = buf_format("%d/%d %s%s", p.done, p.all, bar,
		                   status_of(w));
		room -= (int)strlen(bar);
	}
	left = buf_format("%s   %s", w->setup->form->title, place);
	frame_draw_title(w->t, screen_columns(left) <= room || !*place ? left : place,
	                 right);
	free(place);
	free(left);
	free(right);
}

static int message_rows(const struct wizard *w)
{
	return frame_message_rows(w->t, w->said, SAID);
}

static void draw_message(struct wizard *w)
{
	const struct saying *message = &w->said[SAID_MESSAGE];
	/* what a key did must be seen, it may ask something; a hint need not */
	bool is_hint = w->about_focus && message->style != STYLE_ERROR;

	frame_draw_message(w->t, w->said, SAID,
	                   is_hint ? SAID_TROUBLE : SAID_MESSAGE,
	                   message_rows(w));
	w->said_changed = false;
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
	int rows = w->body_rows;

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

/* Lines of the body above and below what is seen of it. */
static void look_beyond(const struct wizard *w, size_t *above, size_t *below)
{
	*above = *below = 0;
	if (w->showing == SHOWING_PAGE)
		page_beyond(&w->page, above, below);
	else if (w->showing != SHOWING_PLACE)
		pager_beyond(&w->pager, above, below);
}

/* With the file's name; as long as it cannot be saved, that is said there too. */
static void draw_rules(struct wizard *w)
{
	char *name = buf_format("%s%s", w->d->path, w->told == TOLD_TROUBLE
	                                ? _(" ! 未保存") : "");

	look_beyond(w, &w->above, &w->below);
	frame_draw_rules(w->t, w->above, w->below, name);
	free(name);
}

/* Give the page the room there is. What is said about the focus depends on what
 * stands on the page then, and what is said may need some of that room. */
static void fit_page(struct wizard *w)
{
	int most = frame_body_rows(w->t, FRAME_MESSAGE_ROWS);
	int columns = wizard_page_columns(w);
	bool hints = w->page.hints;

	page_resize(&w->page, most, columns);
	if (w->about_focus && w->page.hints != hints)
		wizard_tell_about_focus(w);
	w->body_rows = frame_body_rows(w->t, message_rows(w));
	if (w->body_rows < most)
		page_resize(&w->page, w->body_rows, columns);
}

static void fit_pager(struct wizard *w)
{
	w->body_rows = frame_body_rows(w->t, message_rows(w));
	pager_resize(&w->pager, w->body_rows, term_columns(w->t));
}

static void draw_keys(struct wizard *w)
{
	w->bar = wizard_bar_keys(w);
	frame_draw_keys(w->t, w->bar);
}

static void draw_all(struct wizard *w)
{
	if (w->showing == SHOWING_PAGE)
		fit_page(w);
	else
		fit_pager(w);
	term_clear(w->t);
	draw_title(w);
	draw_message(w);
	draw_keys(w);
	if (w->showing == SHOWING_PAGE) {
		draw_aside(w);
		page_draw(&w->page, w->t, FRAME_BODY_TOP);
	} else if (w->showing == SHOWING_PLACE) {
		wizard_draw_place(w);
	} else {
		pager_draw(&w->pager, w->t, FRAME_BODY_TOP);
	}
	draw_rules(w);
}

/* The focused field or the pager, and what is said; all, where that needs other room. */
static void draw_focus(struct wizard *w)
{
	size_t above, below;

	if (w->said_changed &&
	    frame_body_rows(w->t, message_rows(w)) != w->body_rows) {
		draw_all(w);
		return;
	}
	if (w->said_changed)
		draw_message(w);
	if (w->showing == SHOWING_PAGE)
		page_draw_focus(&w->page, w->t, FRAME_BODY_TOP);
	else
		pager_draw(&w->pager, w->t, FRAME_BODY_TOP);
	look_beyond(w, &above, &below);
	if (above != w->above || below != w->below)
		draw_rules(w);
	if (wizard_bar_keys(w) != w->bar)
		draw_keys(w);
}

void wizard_draw(struct wizard *w)
{
	if (!frame_fits(w->t)) {
		frame_draw_too_small(w->t);
	} else if (w->redraw == REDRAW_ALL) {
		draw_all(w);
	} else if (w->redraw == REDRAW_FOCUS) {
		draw_focus(w);
	}
	if (w->redraw != REDRAW_NOTHING)
		term_show(w->t);
	w->redraw = REDRAW_NOTHING;
}
