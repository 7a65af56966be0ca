/* record.h - what was answered, and what follows from it
 *
 * A record holds an answer for every question of its form, and keeps up to date
 * what the form derives from them: whether a row applies, whether a question
 * is required, what is calculated, what is offered. All change goes through
 * record_set, which says what it changed.
 *
 * What was typed is kept even where it is wrong, and what stops applying keeps
 * its answer, as long as the record is a draft; in expressions both count as
 * empty.
 *
 * In an answer, typed, read or calculated, nothing is hidden (text.h): it is
 * marked.
 *
 * A row applies, does not, or it is not known yet, because what decides it is
 * still to be answered. An answer is still to be answered (open) where it is
 * required and applies and is empty, or where it is wrong; an optional question
 * left empty is answered with nothing.
 *
 * What its expressions may cost is bounded, between one thing that a person does
 * and the next: RECORD_MAX_WORK units (expr.h) from any change, or from
 * record_allow_work, on. What a row's expressions would have come to beyond
 * that, or a calculation longer than RECORD_LONGEST_ANSWER, is open, and
 * record_overran says so.
 *
 * Knows nothing of files and screens. Borrows its form.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include "form/form.h"

#define RECORD_MAX_WORK 100000000L /* a second or so */

/* Bytes; who lets a person type, or calculates, keeps to it. A file may hold
 * more. */
#define RECORD_LONGEST_ANSWER (128 * 1024)

enum record_status {
	RECORD_DRAFT,    /* 作成中 */
	RECORD_FINISHED, /* 完成 */
};

enum applies {
	APPLIES_NO,
	APPLIES_UNKNOWN, /* 未定 */
	APPLIES_YES,
};

/* What the time is, in days since 1970-01-01. */
struct moment {
	double today;
	double now;
};

struct row_state;
struct tally;

struct record {
	const struct form *form;
	enum record_status status;
	struct moment moment;
	struct row_state *rows; /* private to record.c */
	struct work *work;      /* private to record.c */
	struct tally *tally;    /* private to flow.c; one allocation, or NULL */
};

/* A new draft: with the form's defaults, or with no answer at all. */
struct record *record_new(const struct form *form, struct moment moment);
struct record *record_blank(const struct form *form, struct moment moment);
struct record *record_copy(const struct record *r);

/* A blank draft to be filled from a file: record_load its answers, then
 * record_settle it; nothing else may be asked of it in between. */
struct record *record_unsettled(const struct form *form, struct moment moment);
void record_load(struct record *r, int q, const char *text);
void record_settle(struct record *r);
void record_free(struct record *r); /* NULL is fine */

/* --- what it holds ------------------------------------------------------ */

/* The answer to question Q: canonical (question_type.h) where record_is_valid,
 * else as it was typed. "" is no answer. Kept until the next change. */
const char *record_answer(const struct record *r, int q);
bool record_is_valid(const struct record *r, int q);
/* The same, but "" where Q does not apply. */
const char *record_effective_answer(const struct record *r, int q);

enum applies record_applies(const struct record *r, int row);
bool record_is_required(const struct record *r, int q);
bool record_is_read_only(const struct record *r, int q);
/* True where choice CH of question Q is offered (choice_filter). */
bool record_offers_choice(const struct record *r, int q,
                          const struct choice *ch);
/* The choice that is offered as number N (from 1) for question Q; NULL. */
const struct choice *record_offered(const struct record *r, int q, size_t n);

/* True where an expression of ROW, or of a group it is in, was given up. */
bool record_overran(const struct record *r, int row);
void record_allow_work(const struct record *r);

/* A row of the outline (form_entry_of) of which something may have changed, its
 * answers, whether it applies, is required or is right, since it was last taken;
 * each once; -1 where there is none left. Of a new record all are. */
int record_take_touched(const struct record *r);

/* The value of E, any expression of the form, with '.' the answer to question
 * SELF (-1: none). The caller releases it. */
struct value record_eval(const struct record *r, const struct expr *e,
                         int self);
bool record_is_true(const struct record *r, const struct expr *e, int self);
/* Call FOUND for each question that made E what it now is (expr_deciders). */
void record_deciders(const struct record *r, const struct expr *e, int self,
                     void (*found)(void *ctx, int question), void *ctx);

/* --- changing it -------------------------------------------------------- */

enum change_kind {
	CHANGE_ANSWER = 1,
	CHANGE_APPLIES = 2,
	CHANGE_REQUIRED = 4,
};

struct change {
	int row;
	unsigned what; /* change_kinds, or-ed */
	enum applies applied; /* before */
};

struct changes {
	const struct change *items; /* in no certain order, each row once */
	size_t n;
};

/* TEXT as the answer to Q, in canonical form, without giving it; or NULL and *WHY
 * it is none. TEXT is not blank; both are new strings. */
char *record_read(const struct record *r, int q, const char *text, char **why);

/* Answer question Q, asked or metadata, with TEXT as typed or as a record's
 * cell has it (copied). Always succeeds: see record_is_valid. Returns what it
 * changed, kept until the next change. */
struct changes record_set(struct record *r, int q, const char *text);

/* Answer Q, if it is empty, with what its default now comes to; for a default
 * that stands on other answers. Does nothing where there is none. */
struct changes record_offer(struct record *r, int q);

/* Answer Q with what its default comes to today, whatever its answer is. */
void record_set_today(struct record *r, int q);

/* Make it a finished record: what does not apply loses its answer. The caller
 * has made sure that record_problems (check.h) has no error. */
void record_finish(struct record *r);

/* Make it a draft again, to go on from; begun now, as if it had been reopened. */
void record_amend(struct record *r);

/* Take over from OLD, an earlier record of the same form, each answer that the
 * form says how to renew. */
void record_take_over(struct record *r, const struct record *old);

#endif
