/* articles.h - the rules a form asks about (the 特約条項), as data beside it
 *
 * A CSV with the columns `clause` and `text`: the clause `3` is 第3条 and its text
 * that article's heading, `3.3` is 第3条第3項, an empty clause a heading of the
 * whole. The column `clause` of a form's survey points here.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef FORM_ARTICLES_H
#define FORM_ARTICLES_H

#include <stddef.h>

#include "base/diag.h"

struct article {
	char *clause;
	char *text;
};

struct articles {
	struct article *items; /* in the order of the rules */
	size_t n;
};

/* Read BYTES (UTF-8, with or without a BOM); NULL, and a diagnostic added to
 * DIAGS, where that is no such file. FILE is what they call it. */
struct articles *articles_read(const char *bytes, size_t length,
                               const char *file, struct diag_list *diags);
void articles_free(struct articles *a); /* NULL is fine */

/* The index of CLAUSE, which may be written 3.3 or 第3条第3項; -1 if there is none. */
int articles_find(const struct articles *a, const char *clause);

/* CLAUSE in words: 3 is 第3条, 3.3 is 第3条第3項; anything else as it is. A new
 * string. */
char *clause_words(const char *clause);

#endif
