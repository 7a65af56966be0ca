/* say.h - what the plain wizard says of a record, line by line
 *
 * Whatever comes from answers and files is shown as text only (base/text.h):
 * everything this wizard prints goes through say.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef PLAIN_SAY_H
#define PLAIN_SAY_H

#include <stdio.h>

#include "form/articles.h"
#include "record/record.h"

/* FORMAT filled in, in lines. */
void say(FILE *out, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* FORMAT, which has one %s, with PATH in it. */
void say_path(FILE *out, const char *format, const char *path)
	__attribute__((format(printf, 2, 0)));
/* What failed, on standard error. */
void say_trouble(const char *why);

/* The labels of the groups that Q is in and BEFORE (-1: none) was not. */
void say_groups(FILE *out, const struct record *r, int q, int before);

/* Question Q: number, article, sentence, state, choices, the present answer. */
void say_question(FILE *out, const struct record *r, int q);

/* What the answer to Q means, where that is not just what was typed. */
void say_meaning(FILE *out, const struct record *r, int q);

/* What else the answer to Q changed: which rows now apply or don't, what was
 * calculated. */
void say_changes(FILE *out, const struct record *r, int q,
                 struct changes changes);

/* What is wrong with Q; true where that is an error. */
bool say_errors_of(FILE *out, const struct record *r, int q);
/* What a reader would ask about the questions from Q up to END. */
void say_cautions(FILE *out, const struct record *r, int q, int end);

/* All problems, with the way to each; returns how many are errors. */
size_t say_problems(FILE *out, const struct record *r);

void say_outline(FILE *out, const struct record *r);

/* Why ROW, which is no stop, cannot be gone to. Where that is not known yet, the
 * question that decides it; else -1. */
int say_no_stop(FILE *out, const struct record *r, int row);

/* Which question Q is, in a line. */
void say_where(FILE *out, const struct record *r, int q);

/* The article CLAUSE and those that its text refers to; false if none. */
bool say_article(FILE *out, struct articles *a, const char *clause);

#endif
