/* views.h - what the wizard shows beside its pages, as pagers
 *
 * Each fills in a pager that is not yet initialised; the caller releases it.
 * Targets are rows of the form, but where said otherwise.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_VIEWS_H
#define TUI_VIEWS_H

#include "form/articles.h"
#include "out/document.h"
#include "out/drafts.h"
#include "tui/pager.h"

/* The target that is the end (view_end), in overview and problems. */
enum { TO_END = 1 << 25 };

/* Everything with its state; begins at ROW. */
void view_overview(struct pager *p, const struct document *d, int row);
/* What is wrong, each with its question. */
void view_problems(struct pager *p, const struct document *d);
/* All articles, begun at CLAUSE ("" is the top). A may be NULL. */
void view_articles(struct pager *p, struct articles *a,
                   const char *clause);
/* The paper form as it would be written now. */
void view_sheet(struct pager *p, const struct record *r,
                const struct sheet_layout *layout);
/* Every action with its keys. */
void view_help(struct pager *p);

/* The end: what is wrong, or would be lost in the sheet of LAYOUT, with a jump to
 * each (but for cautions that are alike, which are one), and what can be done now.
 * Targets from END_FINISH on are these. */
enum {
	END_FINISH = 1 << 24,
	END_SHEET,
	END_AMEND,
	END_ENCODING,
	END_LEAVE,
};
void view_end(struct pager *p, const struct document *d,
              const struct sheet_layout *layout);

/* A question with a few answers; the target of each is its number from 0. */
void view_ask(struct pager *p, const char *question,
              const char *const *answers, size_t n);

/* The drafts that lie here, and a new record: the target is the draft's number
 * from 0, or DRAFTS_NEW. */
enum { DRAFTS_NEW = 1 << 24 };
void view_drafts(struct pager *p, const struct draft_list *drafts);

#endif
