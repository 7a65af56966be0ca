/* tui.h - the wizard on the screen
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_TUI_H
#define TUI_TUI_H

#include "base/buf.h"
#include "form/articles.h"
#include "out/document.h"
#include "tui/term.h"

struct tui_setup {
	const struct form *form;
	struct articles *articles; /* NULL where the form comes without */
	const struct sheet_layout *layout;
	struct moment moment;
	const char *self; /* who fills it in (out/lock.h) */
};

enum tui_result {
	TUI_FINE,
	TUI_FAILED, /* what was answered could not be saved */
};

/* Offer the drafts that lie in the current directory, if any: *D is the one
 * chosen, or a new record; NULL where the person left instead. What could not
 * be read is added to DIAGS. What is to be said once the terminal is given back is
 * added to PARTING, a line each. */
void tui_choose(struct term *t, const struct tui_setup *setup,
                struct document **d, struct diag_list *diags,
                struct buf *parting);

/* Fill in D until the person leaves. PARTING as above. */
enum tui_result tui_fill(struct term *t, const struct tui_setup *setup,
                         struct document *d, struct buf *parting);

#endif
