/* SPDX-License-Identifier: MIT
 *
 * The record is saved by itself: on every change of page, after a rest, and while
 * typing goes on without one. The disk is waited for nowhere but on leaving and
 * finishing, and there the person sees it and need not.
 */
#include "tui/wizard.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

/* In milliseconds. On the disk within a second of the last key, and within five
 * of the first: the disk takes its part of them. */
#define REST 700
#define WITHOUT_REST 4000
#define LATE 3000   /* from when on it is said that the disk does not answer */
#define AT_ONCE 150 /* what nobody takes for waiting */
#define NARROW 60 /* columns, below which fewer words have to do */

/* From when on the save that is under way takes too long. */
static long long late(const struct wizard *w)
{
	return w->begun + LATE;
}

/* --- what is told ------------------------------------------------------- */

void wizard_tell_why(struct wizard *w)
{
	if (!w->why) {
		wizard_tell_trouble(w, mem_strdup(""));
		return;
	}
	wizard_tell_trouble(
	    w, w->showing == SHOWING_PLACE
	    ? buf_format("! %s", w->why)
	    : term_columns(w->t) < NARROW
	    ? buf_format(_("! %s（答えは残っています。F2 で別の場所に保存、F10 2回で保存せず終了）"),
	                 w->why)
	    : buf_format(_("! %s（答えは残っています。F2 でもう一度か別の場所に保存、F10 を2回で保存せず終了）"),
	                 w->why));
}

/* WHY, a new string, is what is wrong with saving. */
static void tell_trouble(struct wizard *w, char *why)
{
	free(w->why);
	w->why = why;
	/* 保存しています or 保存しました, it may be */
	if (w->told == TOLD_SAVING ||
	    (!*w->said[SAID_TROUBLE].text && !w->about_focus))
		wizard_hush(w);
	wizard_tell_why(w);
	w->told = TOLD_TROUBLE;
	w->redraw = REDRAW_ALL;
}

static void tell_late(struct wizard *w)
{
	char *name = text_from_bytes(document_target(w->d));

	tell_trouble(w, buf_format(_("「%s」への保存がまだ終わりません"), name));
	free(name);
}

static void tell_saving(struct wizard *w)
{
	char *name = text_from_bytes(document_target(w->d));

	w->told = TOLD_SAVING;
	wizard_tell(w, STYLE_PLAIN, buf_format(_("保存しています: %s"), name));
	free(name);
	w->redraw = REDRAW_ALL;
}

/* There is no trouble any more. */
static void tell_no_trouble(struct wizard *w)
{
	w->told = TOLD_NOTHING;
	free(w->why);
	w->why = NULL;
	wizard_tell_trouble(w, mem_strdup(""));
}

void wizard_tell_saved(struct wizard *w)
{
	char *name = text_from_bytes(w->d->path);

	wizard_tell(w, STYLE_PLAIN, buf_format(_("保存しました: %s"), name));
	free(name);
	w->redraw = REDRAW_ALL;
}

/* Whoever has been told of it is told that it is all right. A place that is being
 * typed is nothing that was waited for. */
static void tell_saved(struct wizard *w)
{
	if (w->showing == SHOWING_PLACE && w->place_taken)
		wizard_close_view(w);
	if (w->told != TOLD_NOTHING)
		wizard_tell_saved(w);
	tell_no_trouble(w);
}

/* It is saved, but not just as it was to be: WHY, a new string. That another has
 * changed its file stands there (wizard_tell_file). On the way out there is only the parting
 * to tell it. */
static void tell_remark(struct wizard *w, char *why)
{
	if (!w->d->overtaken && (w->d->sheet || w->going))
		buf_addf(w->parting, "%s\n", why);
	else if (!w->d->overtaken)
		wizard_tell(w, STYLE_ERROR, buf_format("! %s", why));
	free(why);
	w->redraw = REDRAW_ALL;
}

/* --- saving ------------------------------------------------------------- */

enum settled wizard_settle(struct wizard *w, int milliseconds)
{
	bool was_saving = document_is_saving(w->d);
	char *why;
	enum settled s = document_settle(w->d, milliseconds, &why);

	if (s != SETTLED_NOT_YET && was_saving)
		wizard_tell_file(w);
	if (was_saving && w->d->saving == SAVING_BESIDE)
		w->redraw = REDRAW_ALL; /* its name is another */
	if (s == SETTLED_REMARK) {
		tell_remark(w, why);
		s = SETTLED;
	}
	if (s == SETTLED_FAILED) {
		w->unsaved = true;
		w->owed = false;
		w->since = w->touched = term_clock(); /* try again then */
		tell_trouble(w, why);
	} else if (s == SETTLED && was_saving && w->owed) {
		wizard_save(w);
	} else if (s == SETTLED && was_saving) {
		tell_saved(w);
	}
	return s;
}

/* A save has been begun, with all there is. */
static void begun(struct wizard *w)
{
	w->unsaved = w->owed = false;
	w->since = 0;
	w->begun = term_clock();
	wizard_settle(w, 0);
}

void wizard_save(struct wizard *w)
{
	if (!w->unsaved)
		return;
	if (document_save(w->d))
		begun(w);
	else
		w->owed = true;
}

void wizard_save_to_leave(struct wizard *w)
{
	if (w->unsaved)
		wizard_save(w);
	else if (document_look(w->d))
		begun(w);
}

/* What comes of a save that the person has asked for, if that is soon. */
static enum settled settle_asked(struct wizard *w)
{
	enum settled s;

	do
		s = wizard_settle(w, AT_ONCE);
	while (s == SETTLED && document_is_saving(w->d));
	if (s == SETTLED_NOT_YET)
		tell_saving(w);
	return w->unsaved && s == SETTLED ? SETTLED_FAILED : s;
}

void wizard_save_asked(struct wizard *w)
{
	bool stuck = document_is_saving(w->d) && term_clock() >= late(w);

	wizard_commit(w);
	w->unsaved = true;
	if (!stuck) {
		w->told = TOLD_SAVING;
		wizard_save(w);
	}
	if (stuck || settle_asked(w) == SETTLED_FAILED)
		wizard_ask_place(w);
	else if (w->d->overtaken)
		wizard_ask_file(w, NULL);
}

/* A place that the person chose was not to be had; the answers are safe where they
 * were. */
static void refuse_place(struct wizard *w)
{
	w->unsaved = false;
	w->since = 0;
	wizard_tell(w, STYLE_ERROR, buf_format("! %s", w->why));
	tell_no_trouble(w);
}

/* True where a place that was chosen is still tried, and PATH must not be: twice the
 * same, or two at once. One that takes too long is given up for another. */
static bool has_to_wait(struct wizard *w, const char *path)
{
	bool is_tried = document_is_saving(w->d) && w->d->saving == SAVING_AS;
	bool is_late = term_clock() >= late(w);
	bool is_same = strcmp(path, document_target(w->d)) == 0;

	if (!is_tried || (is_late && !is_same))
		return false;
	if (is_late)
		tell_late(w);
	else
		tell_saving(w);
	w->place_taken = is_same; /* else it is typed, and not taken yet */
	return true;
}

void wizard_save_as(struct wizard *w, const char *path)
{
	bool is_safe = !w->unsaved && !document_is_saving(w->d);

	if (has_to_wait(w, path))
		return;
	document_save_as(w->d, path);
	w->told = TOLD_SAVING;
	begun(w);
	if (settle_asked(w) == SETTLED_FAILED && is_safe)
		refuse_place(w);
}

bool wizard_replace(struct wizard *w)
{
	if (!document_replace(w->d))
		return false;
	w->told = TOLD_SAVING;
	begun(w);
	if (settle_asked(w) != SETTLED_FAILED)
		return true;
	refuse_place(w);
	return false;
}

void wizard_finish(struct wizard *w)
{
	w->unsaved = false; /* the finished record has all of it */
	if (document_finish(w->d, w->setup->layout))
		begun(w);
}

/* --- in time ------------------------------------------------------------ */

/* When there is something to be done again. */
static long long due(const struct wizard *w)
{
	long long rest = w->touched + REST, longest = w->since + WITHOUT_REST;

	if (document_is_saving(w->d))
		return w->told == TOLD_TROUBLE ? -1 : late(w);
	if (!w->since ||
	    (w->showing == SHOWING_PLACE && w->told == TOLD_TROUBLE))
		return -1; /* a place is asked for */
	return rest < longest ? rest : longest;
}

int wizard_keep_in(const struct wizard *w)
{
	long long when = due(w), now = term_clock();

	return when < 0 ? -1 : when > now ? (int)(when - now) : 0;
}

void wizard_keep(struct wizard *w)
{
	wizard_settle(w, 0);
	if (!w->typed && !w->unsaved)
		w->since = 0;
	else if (!w->since)
		w->since = term_clock();
	if (wizard_keep_in(w) != 0)
		return;
	if (document_is_saving(w->d)) {
		tell_late(w);
	} else {
		wizard_commit(w);
		wizard_save(w);
	}
	if (w->said_changed)
		w->redraw = REDRAW_ALL;
}

/* --- waiting for the disk ----------------------------------------------- */

/* What E means for the waiting; WAITED_SAVED: nothing. Impatience alone must not
 * cost an answer: without it one may leave only once it takes too long. */
static enum waited while_waiting(struct wizard *w, const struct event *e,
                                 bool is_late)
{
	if (e->kind == EVENT_LEAVE)
		return WAITED_LEAVE;
	if (e->kind == EVENT_STOP)
		term_stop(w->t);
	if (e->kind == EVENT_KEY && e->key == KEYS_ESC)
		return WAITED_BACK;
	if (e->kind == EVENT_KEY && is_late &&
	    action_for(e->key, IN_PAGE) == ACTION_QUIT)
		return WAITED_ENOUGH;
	return WAITED_SAVED;
}

/* Show that we wait, until something happens. */
static enum waited wait_on(struct wizard *w, const char *words)
{
	long long left = late(w) - term_clock();
	bool is_late = left <= 0;
	enum waited waited;
	struct event e;

	wizard_tell(w, STYLE_STRONG,
	            buf_format("%s%s", is_late
	                       ? _("まだ終わりません。F10 を押すと、保存を待たずに終わります\n")
	                       : "", words));
	w->redraw = REDRAW_ALL;
	wizard_draw(w);
	e = wizard_event(w, is_late ? -1 : (int)left);
	waited = while_waiting(w, &e, is_late);
	free(e.text);
	return waited;
}

enum waited wizard_wait(struct wizard *w, const char *words)
{
	wizard_save(w);
	for (int milliseconds = AT_ONCE; document_is_saving(w->d);
	     milliseconds = 0) {
		enum settled s = wizard_settle(w, milliseconds);
		enum waited waited = s == SETTLED_NOT_YET ? wait_on(w, words)
		                                          : WAITED_SAVED;

		if (s == SETTLED_FAILED)
			return WAITED_FAILED;
		if (waited != WAITED_SAVED)
			return waited;
	}
	return w->unsaved ? WAITED_FAILED : WAITED_SAVED;
}

bool wizard_save_last(struct wizard *w)
{
	long long end = term_clock() + DOCUMENT_LAST_WAIT, left;

	wizard_save_to_leave(w);
	while (document_is_saving(w->d) && (left = end - term_clock()) > 0)
		if (wizard_settle(w, (int)left) == SETTLED_FAILED)
			return false;
	return !w->unsaved && !document_is_saving(w->d);
}
