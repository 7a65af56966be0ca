/* drafts.h - the drafts that lie in a directory
 *
 * What the wizards offer to go on with when they are given no file. A file that is
 * no draft of the form, or cannot be read, is passed over in silence.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef OUT_DRAFTS_H
#define OUT_DRAFTS_H

#include <stdbool.h>
#include <stddef.h>

#include "form/form.h"

/* The drafts of FORM in DIRECTORY ("" is here), by name; at most DRAFTS_MAX, and
 * as many as are found in DRAFTS_MAX_BYTES of files. */
#define DRAFTS_MAX 50
#define DRAFTS_MAX_BYTES (16 * 1024 * 1024)
struct draft {
	char *path;
	char *title; /* whose it is and of what (the form's column `list`) */
	char *holder; /* who fills it in elsewhere; NULL: nobody */
};
struct draft_list {
	struct draft *items;
	size_t n;
	bool more; /* files that were not looked at */
};
void drafts_find(const struct form *form, const char *directory,
                 struct draft_list *list);
void draft_list_release(struct draft_list *list);

#endif
