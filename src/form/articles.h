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

struct articles;

/* Read BYTES (UTF-8, with or without a BOM); NULL, and a diagnostic added to
 * DIAGS, where that is no such file. FILE is what they call it. */
struct articles *articles_read(const char *bytes, size_t length,
                               const char *file, struct diag_list *diags);
/* The same of BYTES that stay and are known to be right, as the built-in ones: they
 * are read when first asked for, which mostly is never. */
struct articles *articles_unread(const char *bytes, size_t length);
void articles_free(struct articles *a); /* NULL is fine */

/* Article I, from 0, in the order of the rules; NULL behind the last. */
const struct article *articles_at(struct articles *a, size_t i);

/* The index of CLAUSE, which may be written 3.3 or 第3条第3項; -1 if there is none. */
int articles_find(struct articles *a, const char *clause);

/* CLAUSE in words: 3 is 第3条, 3.3 is 第3条第3項; anything else as it is. A new
 * string. */
char *clause_words(const char *clause);

#endif
