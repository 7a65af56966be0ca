/* SPDX-License-Identifier: MIT */
#include "tui/wizard.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "record/check.h"
#include "record/describe.h"
#include "record/flow.h"
#include "tui/views.h"

static const char waiting[] =
	N_("保存しています。しばらくお待ちください（Esc で記入に戻ります）");

/* Go without having saved. */
static void give_up(struct wizard *w)
{
	char *lost = document_lost(w->d);

	buf_addf(w->parting, "%s\n", lost);
	free(lost);
	w->result = TUI_FAILED;
	w->leaving = true;
}

/* FORMAT, which has one %s, with PATH in it, to be said at parting. */
__attribute__((format(printf, 2, 0)))
static void part_with_path(struct wizard *w, const char *format,
                           const char *path)
{
	char *safe = text_from_bytes(path);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	buf_addf(w->parting, format, safe);
#pragma GCC diagnostic pop
	free(safe);
}

static void leave_saved(struct wizard *w)
{
	if (w->d->saved)
		part_with_path(w, _("保存しました: %s\n"), w->d->path);
	else if (w->d->on_disk.there)
		part_with_path(w, _("変更がないので、保存していません: %s\n"),
		               w->d->path);
	else
		buf_addf(w->parting, "%s\n",
		         _("何も書かれなかったので、保存していません"));
	/* A terminal without a second screen goes on showing this one. */
	wizard_hush(w);
	w->redraw = REDRAW_ALL;
	wizard_draw(w);
	w->leaving = true;
}

void wizard_leave_undecided(struct wizard *w)
{
	struct overtaken words;

	describe_overtaken(w->d, &words);
	buf_addf(w->parting, "%s\n", words.what);
	overtaken_release(&words);
	w->result = TUI_FAILED;
}

#define ANSWERS 3 /* of every question but that about the encoding */

/* Ask QUESTION, in place of what is shown; ANSWERED gets which of the N WORDS it
 * is. */
static void ask(struct wizard *w, const char *question,
                const char *const *words, size_t n,
                void (*answered)(struct wizard *w, int answer))
{
	wizard_close_pager(w);
	view_ask(&w->pager, question, words, n);
	w->showing = SHOWING_ASK;
	w->answered = answered;
	w->redraw = REDRAW_ALL;
}

/* The answers of wizard_ask_file. */
enum { KEEP, ANOTHER_NAME, REPLACE };

static void file_chosen(struct wizard *w, int answer)
{
	wizard_close_view(w);
	switch (answer) {
	case KEEP:
		document_keep(w->d);
		wizard_tell_file(w);
		wizard_tell_saved(w);
		break;
	case ANOTHER_NAME:
		free(w->why); /* there is no trouble with saving */
		w->why = NULL;
		wizard_ask_place(w);
		return;
	case REPLACE:
		if (wizard_wait(w, _(waiting)) != WAITED_SAVED ||
		    !wizard_replace(w))
			return;
		break;
	}
	if (w->then)
		w->then(w);
}

void wizard_ask_file(struct wizard *w, void (*then)(struct wizard *w))
{
	struct overtaken words;

	describe_overtaken(w->d, &words);
	ask(w, words.what,
	    (const char *const[ANSWERS]){
		[KEEP] = words.keep,
		[ANOTHER_NAME] = _("別の名前を付けて保存する"),
		[REPLACE] = words.replace,
	    },
	    ANSWERS, file_chosen);
	overtaken_release(&words);
	w->then = then;
	wizard_hush(w);
	wizard_tell_file(w);
}

/* Say that it is not saved yet; the second time the person means it. */
static void refuse_to_leave(struct wizard *w)
{
	if (w->again) {
		give_up(w);
		return;
	}
	w->refused = true;
	wizard_tell(w, STYLE_STRONG,
	            mem_strdup(_("もう一度 F10 を押すと、保存せずに終わります")));
	w->redraw = REDRAW_ALL;
}

void wizard_leave(struct wizard *w)
{
	wizard_commit(w);
	if (w->d->reading) {
		w->leaving = true;
		return;
	}
	w->going = true;
	wizard_save_to_leave(w);
	switch (wizard_wait(w, _(waiting))) {
	case WAITED_SAVED:
		if (w->d->overtaken && !w->again) {
			wizard_ask_file(w, wizard_leave);
			w->refused = true; /* one may not see the question */
		} else {
			leave_saved(w);
		}
		break;
	case WAITED_FAILED:
		refuse_to_leave(w);
		break;
	case WAITED_ENOUGH:
		give_up(w);
		break;
	case WAITED_BACK:
		wizard_hush(w);
		w->redraw = REDRAW_ALL;
		break;
	case WAITED_LEAVE:
		break;
	}
	w->going = false;
}

/* Whoever is to read the sheet may have asked for it. */
static void part_with_encoding(struct wizard *w)
{
	char *style = file_style_words(&w->d->sheet_style);

	if (!encoding_is_utf8(w->d->sheet_style.encoding))
		buf_addf(w->parting, _("紙面の文字コード: %s\n"), style);
	free(style);
}

static void tell_finished(struct wizard *w)
{
	buf_addf(w->parting, "%s\n", _("完成しました"));
	part_with_path(w, _("確認書: %s\n"), w->d->path);
	part_with_path(w, _("紙面: %s\n"), w->d->sheet);
	part_with_encoding(w);
	if (w->d->original)
		part_with_path(w, _("元の確認書はそのままです: %s\n"),
		               w->d->original);
}

void wizard_leave_at_once(struct wizard *w)
{
	wizard_commit(w);
	w->going = true;
	if (!wizard_save_last(w))
		give_up(w);
	else if (w->d->sheet)
		tell_finished(w);
	w->leaving = true;
}

/* There is no way back from it, only out. Nothing of the sheet is lost: else the
 * end does not offer it, and a date put right (date_answered) has no new character. */
static void finish(struct wizard *w)
{
	static const char *const words = N_("書き出しています。しばらくお待ちください");
	enum waited waited;

	w->told = TOLD_NOTHING;
	do
		waited = wizard_wait(w, _(words));
	while (waited == WAITED_BACK);
	if (waited == WAITED_SAVED && !w->d->overtaken) {
		wizard_finish(w);
		do
			waited = wizard_wait(w, _(words));
		while (waited == WAITED_BACK);
	}
	if (waited == WAITED_ENOUGH) {
		give_up(w);
	} else if (waited == WAITED_SAVED && w->d->overtaken) {
		wizard_ask_file(w, finish);
	} else if (waited == WAITED_SAVED) {
		tell_finished(w);
		w->leaving = true;
	}
	w->redraw = REDRAW_ALL;
}

static void date_answered(struct wizard *w, int answer)
{
	struct record *r = wizard_record(w);

	if (answer == 1) {
		record_set_today(r, w->dated);
		w->unsaved = true; /* it may turn out not to be finished yet */
	}
	wizard_show_end(w);
	if (answer != 2 && !record_has_errors(r))
		finish(w);
}

/* The date says another day than today: is that meant? */
static void ask_about_date(struct wizard *w, int q)
{
	struct not_today words;

	describe_not_today(wizard_record(w), q, &words);
	ask(w, words.question,
	    (const char *const[ANSWERS]){ words.keep, words.change,
	                                  _("まだ完成させない") },
	    ANSWERS, date_answered);
	not_today_release(&words);
	w->dated = q;
}

/* --- the sheet's encoding ------------------------------------------------ */

/* The answer of ask_about_encoding that is no encoding. */
enum { OTHER_LINE_END = ENCODINGS };

static struct file_style with_other_line_end(struct file_style style)
{
	style.line_end = style.line_end == LINE_END_LF ? LINE_END_CRLF
	                                               : LINE_END_LF;
	return style;
}

static void encoding_answered(struct wizard *w, int answer)
{
	if (answer == OTHER_LINE_END)
		w->d->sheet_style = with_other_line_end(w->d->sheet_style);
	else
		document_set_encoding(w->d, (enum encoding)answer);
	wizard_show_end(w);
	if (pager_target(&w->pager) == END_SHEET)
		pager_go_to(&w->pager, END_ENCODING);
}

static void ask_about_encoding(struct wizard *w)
{
	char *words[ENCODINGS + 1];
	struct file_style other = with_other_line_end(w->d->sheet_style);

	for (int e = 0; e < ENCODINGS; e++)
		words[e] = file_style_words(&(struct file_style){
			(enum encoding)e, encoding_facts[e].line_end,
		});
	words[OTHER_LINE_END] = file_style_words(&other);
	ask(w, _("紙面をどの文字コードで書き出しますか（確認書の CSV はいつも UTF-8 です）"),
	    (const char *const *)words, ENCODINGS + 1, encoding_answered);
	pager_go_to(&w->pager, (int)w->d->sheet_style.encoding);
	for (int i = 0; i <= ENCODINGS; i++)
		free(words[i]);
}

void wizard_tell_amending(struct wizard *w)
{
	char *name = text_from_bytes(w->d->original);

	wizard_tell(w, STYLE_STRONG,
	            buf_format(_("訂正を始めます。元のファイルは変わりません: %s"),
	                       name));
	free(name);
}

/* Go on with the finished record that is being read. */
void wizard_amend(struct wizard *w)
{
	int row = w->at_end ? -1 : w->page.row;
	int q;

	document_amend(w->d);
	q = row < 0 ? -1 : page_first_stop(wizard_record(w), row);
	wizard_show_page(w, q < 0 ? flow_next(wizard_record(w), -1) : q);
	wizard_tell_amending(w);
}

void wizard_end_chosen(struct wizard *w, int target)
{
	int dated;

	switch (target) {
	case END_AMEND:
		wizard_amend(w);
		break;
	case END_FINISH:
		dated = flow_not_today(wizard_record(w));
		if (dated >= 0)
			ask_about_date(w, dated);
		else
			finish(w);
		break;
	case END_SHEET:
		wizard_show_view(w, ACTION_SHEET);
		break;
	case END_ENCODING:
		ask_about_encoding(w);
		break;
	case END_LEAVE:
		wizard_leave(w);
		break;
	default:
		w->end_entry = w->pager.current;
		wizard_go_to(w, target);
		w->from_end = w->showing == SHOWING_PAGE;
		if (w->from_end && !w->d->reading)
			wizard_tell_also(w, mem_strdup(
				_("直したら Esc で「確認と保存」に戻れます")));
		break;
	}
}
