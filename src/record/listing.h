/* listing.h - what a list of many tells of each record, and in which order
 *
 * Which answers those are the form says (its columns `list` and `due`); a text that
 * it has no question for, or that is not answered, is "". Texts are as they are in
 * the answers, shortened where they are longer than a message (text.h), so whoever
 * shows them makes them safe; days are YYYY-MM-DD, or what was typed where that is
 * none.
 *
 * Records are the same matter where who, what and start are the same, and not all
 * of them empty. Of those that are finished the one of the latest day counts, and
 * those of other days are followed. A day that is wrong (check.h) follows nothing,
 * and from it nobody knows when the next one is due.
 *
 * Knows nothing of files: a record's name is whatever the caller gave it. No record
 * is kept.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RECORD_LISTING_H
#define RECORD_LISTING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "record/record.h"

/* How a record stands; those that want attention first come first. */
enum standing {
	STANDING_OVERDUE,  /* the last day for the next one is past */
	STANDING_BROKEN,   /* it could not be read */
	STANDING_FINISHED, /* nobody knows when the next one is due */
	STANDING_DUE,
	STANDING_DRAFT,
	STANDING_ENDED,    /* nothing more is due */
	STANDING_FOLLOWED, /* by a later one in the list */
	STANDINGS,
};

struct listed {
	char *name;
	enum standing standing;
	bool is_draft;
	bool is_dated; /* LIST_WHEN is a day, with nothing wrong about it */
	char *text[LIST_ROLES]; /* by role; that of LIST_DUE is "" unless it is
	                         * OVERDUE or DUE; NULL where it is BROKEN */
	char *unmet;    /* what is 未実施, in words: 番号5、9 */
	size_t n_unmet;
	size_t errors;  /* what check.h finds but for cautions */
	char *faults;   /* of BROKEN: what is wrong, a line each; else NULL */
	size_t order;   /* private: when it was added */
};

struct listing {
	const struct form *form; /* borrowed */
	date_day today;
	struct listed *items;
	size_t n;
	size_t cap;
};

void listing_init(struct listing *l, const struct form *form, date_day today);
void listing_release(struct listing *l);

void listing_add(struct listing *l, const char *name, const struct record *r);
/* One that could not be read, and why (a line a fault; copied). */
void listing_add_broken(struct listing *l, const char *name,
                        const char *faults);

/* When all are added: find which are followed, which overdue, and sort them: by how
 * they stand, the day the next is due, who it is, and when they were added. */
void listing_sort(struct listing *l);

/* True where the form says when the next one is due; what it counts as 未実施. */
bool listing_knows_due(const struct listing *l);
bool listing_knows_unmet(const struct listing *l);

/* How many stand so, and how many of the records have something 未実施 or wrong. */
size_t listing_count(const struct listing *l, enum standing standing);
size_t listing_count_unmet(const struct listing *l);
size_t listing_count_wrong(const struct listing *l);

/* True where something is overdue, or a finished record has an error. */
bool listing_has_problems(const struct listing *l);

#endif
