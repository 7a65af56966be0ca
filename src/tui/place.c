/* SPDX-License-Identifier: MIT
 *
 * Where it cannot be saved: the name of another place is asked for. What is wrong
 * stands where messages do.
 */
#include "tui/wizard.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/frame.h"
#include "tui/width.h"

#define ROWS 3 /* of the body: the label, the name, a blank */

/* The name that it has, as far as it can be typed. */
static void show_name(struct editor *e, const char *path)
{
	bool is_text = text_is_utf8(path, strlen(path));

	editor_init(e, is_text ? path : "", false, 40);
}

void wizard_ask_place(struct wizard *w)
{
	wizard_close_pager(w);
	pager_init(&w->pager, _("保存先"), false);
	pager_add(&w->pager, mem_strdup(_("別の名前（.csv で終わるもの）かディレクトリを書いて Enter を押すと、そこに保存し、これからの保存先にします")),
	          STYLE_PLAIN, NO_TARGET);
	pager_add(&w->pager, mem_strdup(_("今の名前を消すには Ctrl-U を押します")),
	          STYLE_PLAIN, NO_TARGET);
	pager_add(&w->pager, mem_strdup(_("同じ名前のまま Enter を押すと、もう一度保存します")),
	          STYLE_PLAIN, NO_TARGET);
	pager_add(&w->pager, mem_strdup(_("Esc で記入に戻ります。答えは残っています")),
	          STYLE_PLAIN, NO_TARGET);
	show_name(&w->place, w->d->path);
	w->place_taken = false;
	w->showing = SHOWING_PLACE;
	w->redraw = REDRAW_ALL;
	wizard_hush(w);
	wizard_tell_why(w);
}

/* The bytes of TEXT from which on what stands before CURSOR fits into COLUMNS. */
static size_t seen_from(const char *text, size_t cursor, size_t columns)
{
	size_t left = text_columns(text, cursor, screen_width()), from = 0;

	while (left >= columns) {
		size_t n = text_grapheme(text + from);

		left -= text_columns(text + from, n, screen_width());
		from += n;
	}
	return from;
}

void wizard_draw_place(struct wizard *w)
{
	const struct editor *e = &w->place;
	int columns = term_columns(w->t) - 2, row = FRAME_BODY_TOP + 1;
	size_t from = seen_from(e->text.s, e->cursor, (size_t)columns);
	const char *label = _("保存先（ファイル名かディレクトリ）");

	pager_resize(&w->pager, w->body_rows - ROWS,
	             term_columns(w->t));
	pager_draw(&w->pager, w->t, FRAME_BODY_TOP + ROWS);
	term_put(w->t, row - 1, 1, label, strlen(label), STYLE_STRONG);
	term_field(w->t, row, 1, columns, e->text.s + from);
	term_cursor(w->t, row,
	            1 + (int)text_columns(e->text.s + from, e->cursor - from,
	                                  screen_width()));
}

static bool is_same_name(const struct wizard *w)
{
	struct editor shown;
	bool is;

	show_name(&shown, w->d->path);
	is = strcmp(w->place.text.s, shown.text.s) == 0;
	editor_release(&shown);
	return is;
}

/* Save where the person says. */
static void take_place(struct wizard *w)
{
	char *why, *path;

	if (is_same_name(w)) {
		wizard_save_asked(w);
		return;
	}
	path = document_place(w->d, w->place.text.s, &why);
	if (path) {
		wizard_save_as(w, path);
	} else {
		wizard_tell_trouble(w, buf_format("! %s", why));
		free(why);
	}
	free(path);
}

static void close_place(struct wizard *w)
{
	wizard_close_view(w);
	wizard_tell_why(w);
}

void wizard_place_key(struct wizard *w, key_code key)
{
	enum action action = action_for(key, IN_TEXT);

	w->redraw = REDRAW_ALL;
	w->place_taken = action == ACTION_ENTER;
	if (action == ACTION_ENTER)
		take_place(w);
	else if (action_for(key, IN_LIST) == ACTION_CLOSE && key != 'q')
		close_place(w);
	else if (action)
		editor_do(&w->place, action);
	else if (key >= ' ' && key < KEY_F_(0))
		editor_type(&w->place, key);
}

void wizard_place_paste(struct wizard *w, const char *text)
{
	w->place_taken = false;
	editor_paste(&w->place, text);
	w->redraw = REDRAW_ALL;
}
