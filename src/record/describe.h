/* describe.h - a record in sentences, for whoever is filling it in
 *
 * What both wizards say, in the person's language. Each is a new string; what
 * comes from answers is in it as it is, so whoever shows it makes it safe
 * (text_one_line, text_in_lines).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RECORD_DESCRIBE_H
#define RECORD_DESCRIBE_H

#include "record/record.h"

/* The answer to Q; a date in both calendars; "" if there is none. */
char *describe_answer(const struct record *r, int q);

/* That ROW does not apply, with the reason, or that it is not known whether; ""
 * where it applies. A new string. */
char *describe_applies(const struct record *r, int row);
/* The state of the outline's ROW: its answer, or 未記入, 要修正, 該当なし（why）, … */
char *describe_state(const struct record *r, int row);

/* What was written beside the answer of the item ROW: the reason why not, or the
 * details; "" if nothing, or no item. */
char *describe_detail(const struct record *r, int row);

/* What ROW is called: 番号5, or its label in brackets; what N of them are:
 * 番号13、14. */
char *describe_row(const struct record *r, int row);
char *describe_rows(const struct record *r, const int *rows, size_t n);

/* What else the answer to Q changed, a sentence a line: what was calculated,
 * which rows now apply or don't; "" if nothing. */
char *describe_changes(const struct record *r, int q, struct changes changes);

/* Which items between rows FROM and TO do not apply, and why, a sentence a line;
 * "" if none. */
char *describe_skipped(const struct record *r, int from, int to);

/* What to ask where a date does not say today (flow_not_today), and two answers. */
struct not_today {
	char *question;
	char *keep;
	char *change;
};
void describe_not_today(const struct record *r, int q, struct not_today *words);
void not_today_release(struct not_today *words);

#endif
