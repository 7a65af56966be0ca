/* diff.h - what changed from one record of a form to another
 *
 * Compared is what a person answers: not what is calculated from it, nor when the
 * file was made. Of an item that does not apply the reason stands for its text.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RECORD_DIFF_H
#define RECORD_DIFF_H

#include "record/record.h"

struct difference {
	int question;
	/* What it says in each, in the person's language; new strings, as they are
	 * in the answers (describe.h). "" where there is no answer. */
	char *before;
	char *after;
};

struct difference_list {
	struct difference *items; /* in the form's order */
	size_t n;
	size_t cap;
};

/* BEFORE and AFTER are of the same form. */
void record_diff(const struct record *before, const struct record *after,
                 struct difference_list *list);
void difference_list_release(struct difference_list *list);

#endif
