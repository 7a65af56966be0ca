/* SPDX-License-Identifier: MIT */
#include "tui/wizard.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "form/question_type.h"
#include "record/check.h"
#include "record/flow.h"
#include "tui/views.h"

#define ESC_WAIT 400  /* milliseconds for a digit after Esc */
#define STOP_WAIT 900 /* for the disk, before being stopped */
#define WORD_WAIT 150 /* between characters that an input method sends at once */
/* Bytes of an answer: what is saved must be read again, however it is normalised
 * and guarded. */
#define ANSWER_MOST (CSV_MAX_CELL / 2)

struct record *wizard_record(const struct wizard *w)
{
	return w->d->record;
}

static void stop(struct wizard *w)
{
	wizard_commit(w);
	wizard_save(w);
	wizard_settle(w, STOP_WAIT);
	term_stop(w->t);
	w->redraw = REDRAW_ALL;
}

static void page_action(struct wizard *w, enum action action)
{
	switch (action) {
	case ACTION_NEXT_FIELD:
		wizard_move_focus(w, 1);
		break;
	case ACTION_PREVIOUS_FIELD:
		wizard_move_focus(w, -1);
		break;
	case ACTION_NEXT_PAGE:
		wizard_next_page(w);
		break;
	case ACTION_PREVIOUS_PAGE:
		wizard_previous_page(w);
		break;
	case ACTION_SAVE:
		wizard_save_asked(w);
		break;
	case ACTION_AMEND:
		wizard_amend(w);
		break;
	case ACTION_QUIT:
		wizard_leave(w);
		break;
	case ACTION_REPAINT:
		w->redraw = REDRAW_ALL;
		term_repaint(w->t);
		break;
	case ACTION_SUSPEND:
		term_ask_to_stop(w->t);
		break;
	default:
		wizard_show_view(w, action);
		break;
	}
}

/* What is to be drawn as a whole already stays so. */
static void redraw_focus(struct wizard *w)
{
	if (w->redraw == REDRAW_NOTHING)
		w->redraw = REDRAW_FOCUS;
}

/* Up, out of a field: what of the page is above the first one is seen first. */
static void move_up(struct wizard *w)
{
	wizard_commit(w);
	if (page_show_top(&w->page))
		redraw_focus(w);
	else
		wizard_move_focus(w, -1);
}

/* While a date is typed, what it means. */
static void tell_meaning(struct wizard *w, const struct field *f)
{
	const struct record *r = wizard_record(w);
	date_day day;

	if (strcmp(r->form->questions[f->q].type->name, "date") != 0)
		return;
	if (field_date(f, r, &day))
		wizard_tell(w, STYLE_PLAIN, date_both(day));
	else /* what stood there before is no longer meant */
		wizard_hush(w);
}

static void field_did(struct wizard *w, enum field_result result)
{
	struct field *f = page_focus(&w->page);

	switch (result) {
	case FIELD_IGNORED:
		break;
	case FIELD_MOVED:
		redraw_focus(w);
		break;
	case FIELD_TYPED:
		w->typed = true;
		redraw_focus(w);
		tell_meaning(w, f);
		break;
	case FIELD_FULL:
		wizard_tell(w, STYLE_ERROR,
		    buf_format(_("長すぎるため入りません（1つの答えは%dバイトまで）"),
			       RECORD_LONGEST_ANSWER));
		redraw_focus(w);
		break;
	case FIELD_ANSWERED:
	case FIELD_REFUSED:
		w->typed = true;
		wizard_hush(w);
		wizard_commit(w);
		if (result == FIELD_REFUSED)
			wizard_tell(w, STYLE_ERROR,
			    mem_strdup(
				_("ここは選ぶ欄です。番号か矢印で選んでください。書くには Tab で次の欄へ移ります")));
		else
			wizard_tell_about_focus(w);
		w->redraw = REDRAW_ALL;
		break;
	case FIELD_NEXT:
		w->typed = true;
		/* Down from the last line of a box must not leave the page. */
		if (f->kind != FIELD_TEXT || w->page.focus + 1 < w->page.n)
			wizard_move_focus(w, 1);
		break;
	case FIELD_PREVIOUS:
		move_up(w);
		break;
	}
}

static void refuse_paste(struct wizard *w, const char *why)
{
	wizard_tell(w, STYLE_ERROR, buf_format("! %s", why));
	w->redraw = REDRAW_ALL;
}

static void tell_reading(struct wizard *w)
{
	wizard_tell(w, STYLE_STRONG,
	            mem_strdup(w->d->holder ? "" /* it stands there */
			: w->d->amendable
			? _("完成した確認書です。閲覧のみで、直すには F5 を押します")
			: _("閲覧のみです。直すときは review を付けずに開きます")));
	redraw_focus(w);
}

/* While it is only read, a key moves and changes nothing. */
static void read_key(struct wizard *w, struct field *f, key_code key)
{
	enum action action = action_for(key, IN_TEXT);
	enum editor_result moved = EDITOR_IGNORED;
	bool moves = action >= ACTION_LEFT && action <= ACTION_WHEEL_DOWN;

	if (f->kind == FIELD_TEXT && moves)
		moved = editor_do(&f->editor, action);
	if (moved == EDITOR_MOVED)
		redraw_focus(w);
	else if (action == ACTION_ENTER || action == ACTION_DOWN)
		wizard_move_focus(w, 1);
	else if (action == ACTION_UP)
		move_up(w);
	else if (!moves)
		tell_reading(w);
}

/* It leads nowhere, and a digit may follow. */
static void tell_esc(struct wizard *w)
{
	w->escaped = true;
	wizard_tell_also(w, mem_strdup(
		_("Esc に続けて数字を押すと F1〜F10 になります（Esc 3 で一覧）")));
	redraw_focus(w);
}

static void page_key(struct wizard *w, key_code key)
{
	enum action action = action_for(key, wizard_keys(w));
	struct field *f = page_focus(&w->page);

	if (action)
		page_action(w, action);
	else if (key == KEYS_ESC && w->from_end) {
		wizard_leave_page(w);
		wizard_show_end(w);
	} else if (key == KEYS_ESC)
		tell_esc(w);
	else if (f && f->kind == FIELD_CHOICE && key == KEYS_WHEEL_UP) {
		if (page_show_top(&w->page))
			redraw_focus(w);
	} else if (f && w->d->reading)
		read_key(w, f, key);
	else if (f)
		field_did(w, field_key(f, wizard_record(w), key));
}

static void pager_did(struct wizard *w, enum pager_result result)
{
	int target = pager_target(&w->pager);

	switch (result) {
	case PAGER_IGNORED:
	case PAGER_FULL: /* pasted says so */
		break;
	case PAGER_REDRAW:
		wizard_tell(w, STYLE_STRONG, pager_says(&w->pager));
		redraw_focus(w);
		break;
	case PAGER_CLOSED:
		if (w->showing == SHOWING_END)
			wizard_previous_page(w);
		else
			wizard_close_view(w);
		break;
	case PAGER_CHOSEN:
		if (w->showing == SHOWING_END)
			wizard_end_chosen(w, target);
		else if (w->showing == SHOWING_ASK)
			w->answered(w, target);
		else if (target == TO_END)
			wizard_show_end(w);
		else
			wizard_go_to(w, target);
		break;
	}
}

static void pager_key_pressed(struct wizard *w, key_code key)
{
	enum action action = action_for(key, wizard_keys(w));
	bool in_pager = w->showing != SHOWING_END || w->pager.searching ||
	                (action == ACTION_PREVIOUS_PAGE && w->pager.top > 0);

	if (action == ACTION_REPAINT || action == ACTION_SUSPEND ||
	    (action && !in_pager))
		page_action(w, action);
	else if (key == KEYS_ESC && !in_pager)
		tell_esc(w);
	else
		pager_did(w, pager_key(&w->pager, key));
}

static void place_key(struct wizard *w, key_code key)
{
	enum action action = action_for(key, IN_PAGE);

	if (action == ACTION_REPAINT || action == ACTION_SUSPEND)
		page_action(w, action);
	else
		wizard_place_key(w, key);
}

/* What is refused or left out is said. */
static void pasted(struct wizard *w, const char *text)
{
	struct field *f = page_focus(&w->page);
	enum pager_result result;

	if (w->showing == SHOWING_PLACE) {
		wizard_place_paste(w, text);
	} else if (w->showing != SHOWING_PAGE) {
		result = pager_paste(&w->pager, text);
		pager_did(w, result);
		if (result == PAGER_IGNORED)
			refuse_paste(w, _("ここには貼り付けられません。検索の言葉なら / を押してから貼り付けてください"));
		else if (result == PAGER_FULL)
			refuse_paste(w, _("検索の言葉としては長すぎるため貼り付けませんでした"));
	} else if (f && w->d->reading) {
		tell_reading(w);
	} else if (f && strlen(field_answer(f)) + strlen(text) > ANSWER_MOST) {
		refuse_paste(w, _("長すぎるため貼り付けませんでした（1つの欄に 512 KiB まで）。短くしてください"));
	} else if (f) {
		wizard_tell_about_focus(w); /* not what was refused before */
		field_did(w, field_paste(f, text));
		if (f->kind == FIELD_TEXT && text_find_hidden(text))
			wizard_tell(w, STYLE_STRONG, mem_strdup(_("制御文字や見えない文字を取り除いて貼り付けました")));
	}
}

static void key_pressed(struct wizard *w, key_code key)
{
	if (!frame_fits(w->t)) { /* nothing is seen; but one may go */
		if (key == KEY_CTRL('C') || key == KEY_F_(10))
			wizard_leave(w);
	} else if (w->showing == SHOWING_PAGE) {
		page_key(w, key);
	} else if (w->showing == SHOWING_PLACE) {
		place_key(w, key);
	} else {
		pager_key_pressed(w, key);
	}
}

static void clicked(struct wizard *w, int row, int column)
{
	key_code key = frame_bar_key(w->t, wizard_bar_keys(w), row, column);
	int i, q;

	if (key != KEYS_NONE) {
		key_pressed(w, key);
		return;
	}
	row -= FRAME_BODY_TOP;
	if (row < 0 || row >= w->body_rows)
		return;
	if (w->showing != SHOWING_PAGE) {
		pager_did(w, pager_click(&w->pager, row));
		return;
	}
	i = page_field_at(&w->page, row);
	if (i < 0)
		return;
	if ((size_t)i != w->page.focus) {
		q = w->page.fields[i].q;
		wizard_commit(w);
		field_refresh(page_focus(&w->page), wizard_record(w));
		if (!page_focus_on(&w->page, q))
			return; /* what was written before it took it away */
		wizard_tell_about_focus(w);
		w->redraw = REDRAW_ALL;
	}
	if (!w->d->reading)
		field_did(w, field_click(page_focus(&w->page), wizard_record(w),
		                         row + w->page.top, column));
}

static bool is_writing_text(const struct wizard *w)
{
	return w->showing == SHOWING_PLACE ||
	       (w->showing != SHOWING_PAGE && w->pager.searching) ||
	       (w->showing == SHOWING_PAGE && w->page.n &&
	        w->page.fields[w->page.focus].kind != FIELD_CHOICE);
}

static bool is_typing_a_choice(const struct wizard *w)
{
	return w->showing == SHOWING_PAGE && w->page.n &&
	       w->page.fields[w->page.focus].typed[0];
}

/* True where the person did something. */
static bool is_theirs(const struct event *e)
{
	return e->kind == EVENT_KEY || e->kind == EVENT_PASTE ||
	       e->kind == EVENT_REFUSED || e->kind == EVENT_CLICK;
}

/* The function key that the digit KEY stands for; KEYS_NONE if it is none. */
static key_code digit_key(key_code key)
{
	if (key < '0' || key > '9')
		return KEYS_NONE;
	return key == '0' ? KEY_F_(10) : KEY_F_(key - '0');
}

/* The key that Esc and then KEY are: a function key, as in mc, or Alt and it, as in
 * readline; KEYS_NONE where that does nothing here, and so they are two. But on a
 * page a digit must not choose what was not meant. */
static key_code joined(const struct wizard *w, key_code key)
{
	bool is_capital = key >= 'A' && key <= 'Z';
	key_code both = digit_key(key);

	if (both == KEYS_NONE)
		both = KEY_WITH_ALT(is_capital ? key | 0x20 : key);
	else if (w->showing == SHOWING_PAGE || w->showing == SHOWING_END)
		return both;
	return action_for(both, wizard_bar_keys(w) |
	                        (is_writing_text(w) ? IN_TEXT : 0))
		? both : KEYS_NONE;
}

/* Esc, and MORE behind it: one key, or two, the second one to be read next. */
static struct event escaped(struct wizard *w, struct event more)
{
	key_code both = more.kind == EVENT_KEY ? joined(w, more.key) : KEYS_NONE;

	if (both == KEYS_NONE) {
		w->next = more;
		both = KEYS_ESC;
	}
	return (struct event){ .kind = EVENT_KEY, .key = both };
}

struct event wizard_event(struct wizard *w, int milliseconds)
{
	struct event e = w->next;
	bool is_typed;

	w->next = (struct event){0};
	term_watch(w->t, document_is_saving(w->d) ? document_fd(w->d) : -1);
	if (e.kind == EVENT_NONE)
		e = term_read(w->t, milliseconds);
	if (is_theirs(&e))
		w->touched = term_clock();
	if (e.kind == EVENT_KEY && e.key == KEYS_ESC)
		return escaped(w, term_read(w->t, ESC_WAIT));
	if (e.kind != EVENT_KEY || !(e.key & KEY_WITH_ALT(0)))
		return e;
	/* Alt, or Esc and a key that a slow line has brought at once; a character
	 * that is no key with Alt is not typed. */
	e.key &= ~KEY_WITH_ALT(0);
	is_typed = e.key > ' ' && e.key < KEY_F_(0) && is_writing_text(w);
	if (is_typed && joined(w, e.key) == KEYS_NONE)
		return (struct event){ .kind = EVENT_NONE };
	return escaped(w, e);
}

/* How long to wait for the next event; -1: for ever. */
static int patience(const struct wizard *w)
{
	int keep_in = wizard_keep_in(w);

	if (is_typing_a_choice(w) && (keep_in < 0 || keep_in > WORD_WAIT))
		return WORD_WAIT;
	return keep_in;
}

/* Nothing was typed for a while: what comes next is another word. */
static void rested(struct wizard *w)
{
	if (is_typing_a_choice(w) &&
	    term_clock() - w->touched >= WORD_WAIT)
		field_rest(page_focus(&w->page));
}

/* An Esc that led nowhere stands before a digit however late that comes. */
static key_code key_after_esc(const struct wizard *w, key_code key)
{
	key_code function = w->after_esc ? digit_key(key) : KEYS_NONE;

	return function != KEYS_NONE ? function : key;
}

static void handle(struct wizard *w, const struct event *e)
{
	record_allow_work(wizard_record(w));
	if (is_theirs(e)) {
		w->again = w->refused;
		w->refused = false;
		if (w->again) { /* what was said of the next key */
			wizard_hush(w);
			w->redraw = REDRAW_ALL;
		}
		w->after_esc = w->escaped;
		w->escaped = false;
		if (w->after_esc) {
			wizard_tell_also(w, mem_strdup(""));
			redraw_focus(w);
		}
		if (w->page.from_top) {
			w->page.from_top = false;
			redraw_focus(w);
		}
	}
	w->also_now = false;
	switch (e->kind) {
	case EVENT_NONE:
		rested(w);
		break;
	case EVENT_ANSWER:
	case EVENT_WATCHED: /* wizard_keep looks */
		break;
	case EVENT_STOP:
		stop(w);
		break;
	case EVENT_KEY:
		key_pressed(w, key_after_esc(w, e->key));
		break;
	case EVENT_PASTE:
		if (frame_fits(w->t))
			pasted(w, e->text);
		break;
	case EVENT_REFUSED:
		refuse_paste(w, e->text);
		break;
	case EVENT_CLICK:
		if (frame_fits(w->t))
			clicked(w, e->row, e->column);
		break;
	case EVENT_RESIZE:
		w->redraw = REDRAW_ALL;
		break;
	case EVENT_LEAVE:
		wizard_leave_at_once(w);
		break;
	}
}

static void loop(struct wizard *w)
{
	while (!w->leaving) {
		struct event e;

		wizard_draw(w);
		if (w->left) {
			w->left = false;
			wizard_save(w);
			wizard_draw(w); /* it may have failed at once */
		}
		e = wizard_event(w, patience(w));
		handle(w, &e);
		free(e.text);
		wizard_keep(w);
	}
}

/* That it was not UTF-8, above what there is to say already. */
static void tell_encoding(struct wizard *w)
{
	char *remark = document_encoding_remark(w->d);
	const char *said = w->said[SAID_MESSAGE].text;

	if (remark)
		wizard_tell(w, STYLE_STRONG, buf_format("%s%s%s", remark,
		                                        *said ? "\n" : "", said));
	free(remark);
}

static void begin(struct wizard *w)
{
	const struct record *r = wizard_record(w);
	bool from_start = document_is_new(w->d) || w->d->reading;
	int q = from_start ? flow_next(r, -1) : flow_first_open(r);

	if (q < (int)r->form->n)
		wizard_show_page(w, q);
	else
		wizard_show_end(w);
	wizard_tell_file(w);
	if (w->d->original)
		wizard_tell_amending(w);
	else if (w->d->reading && !w->d->holder && record_has_errors(r))
		wizard_tell(w, STYLE_ERROR,
		            mem_strdup(_("! 記入漏れや誤りのある確認書です。F6 で一覧を見られます")));
	else if (w->d->reading)
		tell_reading(w);
	tell_encoding(w);
}

enum tui_result tui_fill(struct term *t, const struct tui_setup *setup,
                         struct document *d, struct buf *parting)
{
	struct wizard w = {
	    .t = t,
	    .setup = setup,
	    .d = d,
	    .parting = parting,
	};

	for (int i = 0; i < SAID; i++)
		w.said[i] = (struct saying){ mem_strdup(""), STYLE_PLAIN };
	begin(&w);
	loop(&w);
	if (d->overtaken)
		wizard_leave_undecided(&w);
	wizard_close_pager(&w);
	pager_release(&w.aside);
	page_close(&w.page);
	for (int i = 0; i < SAID; i++)
		free(w.said[i].text);
	free(w.why);
	free(w.next.text);
	return w.result;
}
