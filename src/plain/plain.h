/* plain.h - the wizard as lines of text
 *
 * For screen readers, TERM=dumb, pipes and tests. It prints a question and
 * reads a line: an answer, an empty line to keep what is there and go on, or a
 * command that begins with a colon (the table in commands.c; the protocol is in the
 * manual and stays stable). Every change is saved before the next question. One
 * thought a line, nothing said by layout alone.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef PLAIN_PLAIN_H
#define PLAIN_PLAIN_H

#include <stdio.h>

#include "form/articles.h"
#include "out/document.h"
#include "plain/line.h"

struct plain_setup {
	const struct form *form;
	struct articles *articles; /* NULL where the form comes without */
	const struct sheet_layout *layout;
	struct moment moment;
	const char *self; /* who fills it in (out/lock.h) */
	struct line_source *in;
	FILE *out;
	bool echo; /* the lines read are shown: IN is no terminal */
};

enum plain_result {
	PLAIN_FINE,
	PLAIN_FAILED, /* what was answered could not be saved, read or shown */
};

/* Offer the drafts that lie in the current directory, if any: *D is the one
 * chosen, or a new record; NULL where the input ended instead. */
enum plain_result plain_choose(const struct plain_setup *setup,
                               struct document **d);

/* All of R to be read: every question with its answer, then what is wrong. */
void plain_review(FILE *out, const struct record *r);

/* Fill in D until the person leaves. Says on standard error what failed. */
enum plain_result plain_run(const struct plain_setup *setup,
                            struct document *d);

#endif
