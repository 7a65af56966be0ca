/* SPDX-License-Identifier: MIT
 *
 * Which record to fill in: one of the drafts that lie here, or a new one.
 */
#include <stdlib.h>

#include "base/i18n.h"
#include "tui/frame.h"
#include "tui/tui.h"
#include "tui/views.h"

static enum pager_result key(struct term *t, struct pager *p, key_code key)
{
	switch (action_for(key, IN_LIST)) {
	case ACTION_REPAINT:
		term_repaint(t);
		return PAGER_REDRAW;
	case ACTION_SUSPEND:
		term_ask_to_stop(t);
		return PAGER_REDRAW;
	default:
		return pager_key(p, key);
	}
}

static enum pager_result answer(struct term *t, struct pager *p,
                                const struct event *e)
{
	if (e->kind == EVENT_STOP) {
		term_stop(t);
		return PAGER_REDRAW;
	}
	if (!frame_fits(t)) /* nothing is seen; but one may go */
		return e->kind == EVENT_KEY && (e->key == KEY_CTRL('C') ||
		                                e->key == KEY_F_(10))
			? PAGER_CLOSED : PAGER_REDRAW;
	if (e->kind == EVENT_KEY)
		return key(t, p, e->key);
	if (e->kind == EVENT_CLICK) {
		key_code bar = frame_bar_key(t, IN_MENU | IN_START, e->row,
		                             e->column);

		return bar != KEYS_NONE ? key(t, p, bar)
		                        : pager_click(p, e->row - FRAME_BODY_TOP);
	}
	return PAGER_REDRAW;
}

/* The target that the person chooses in P; NO_TARGET where they leave, which PARTING
 * tells; but who is told to leave by a signal may have no terminal to read it. */
static int choose(struct term *t, struct pager *p, struct buf *parting)
{
	enum pager_result result = PAGER_REDRAW;

	for (;;) {
		size_t above, below;
		struct saying said;
		struct event e;

		if (!frame_fits(t)) {
			frame_draw_too_small(t);
		} else if (result != PAGER_IGNORED) {
			term_clear(t);
			frame_draw_title(t, p->title, "");
			frame_draw_keys(t, IN_MENU | IN_START);
			pager_resize(p, frame_body_rows(t, FRAME_MESSAGE_ROWS),
			             term_columns(t));
			said = (struct saying){ pager_says(p), STYLE_STRONG };
			frame_draw_message(t, &said, 1, 0, FRAME_MESSAGE_ROWS);
			free(said.text);
			pager_draw(p, t, FRAME_BODY_TOP);
			pager_beyond(p, &above, &below);
			frame_draw_rules(t, above, below, "");
		}
		term_show(t);
		e = term_read(t, -1);
		free(e.text);
		if (e.kind == EVENT_LEAVE)
			return NO_TARGET;
		result = answer(t, p, &e);
		if (result == PAGER_CHOSEN)
			return pager_target(p);
		if (result == PAGER_CLOSED) {
			buf_addf(parting, "%s\n",
			         _("何も選ばれなかったので、何も変えていません"));
			return NO_TARGET;
		}
	}
}

void tui_choose(struct term *t, const struct tui_setup *setup,
                struct document **d, struct diag_list *diags,
                struct buf *parting)
{
	struct draft_list drafts;
	struct pager p;
	int target = DRAFTS_NEW;

	*d = NULL;
	drafts_find(setup->form, "", &drafts);
	if (drafts.n) {
		view_drafts(&p, &drafts);
		target = choose(t, &p, parting);
		pager_release(&p);
	}
	if (target == DRAFTS_NEW)
		*d = document_new(setup->form, setup->moment, setup->self, "");
	else if (target != NO_TARGET)
		*d = document_open(setup->form, setup->moment, setup->self,
		                   drafts.items[target].path,
		                   ENCODING_UNKNOWN, OPENED_AS_DRAFT, diags);
	draft_list_release(&drafts);
}
