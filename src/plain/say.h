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
#include "out/encoder.h"
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

/* What may be said of a question, or-ed. Its label, whether it has to be answered,
 * its choices and the answer that is there always are. */
enum {
	SAY_CLAUSE = 1,   /* of an item */
	SAY_SENTENCE = 2, /* an item's; the notes before a question */
	SAY_HINT = 4,
	SAY_HOW = 8,      /* how an answer of its kind is typed */
	SAY_EMPTY = 16,   /* that there is no answer */
	SAY_ALL = 31,
};

/* Question Q, and those PARTS of it. */
void say_question(FILE *out, const struct record *r, int q, unsigned parts);

/* What the answer to Q means, where that is not just what was TYPED. */
void say_meaning(FILE *out, const struct record *r, int q, const char *typed);

/* What else the answer to Q changed: which rows now apply or don't, what was
 * calculated. */
void say_changes(FILE *out, const struct record *r, int q,
                 struct changes changes);

/* What is wrong with Q; true where that is an error. */
bool say_errors_of(FILE *out, const struct record *r, int q);
/* What a reader would ask about Q. */
void say_cautions(FILE *out, const struct record *r, int q);

/* Where the lines of a list of problems lead to: questions. Begin with {0}. */
struct ways {
	int *to;
	size_t n;
};

/* All problems: how many lines of errors, and these, then the same of what a reader
 * would ask; items with the same one share a line. Each line begins with the
 * command that leads there, and WAYS is made anew; no commands where it is NULL. */
void say_problems(FILE *out, const struct record *r, struct ways *ways);

/* What SHEET loses of R in E, each with a command that leads there, for which WAYS is
 * made anew; and what it swaps. */
void say_lost(FILE *out, const struct record *r, const struct encoded *sheet,
              enum encoding e, struct ways *ways);
/* What the sheet is written in. */
void say_style(FILE *out, const struct file_style *style);

/* How much is done, and everything with its state; what an item says, and what was
 * written beside its answer, only where it is to be WHOLE. */
void say_outline(FILE *out, const struct record *r, bool whole);

/* Why ROW, which is no stop, cannot be gone to. Where that is not known yet, the
 * question that decides it; else -1. */
int say_no_stop(FILE *out, const struct record *r, int row);

/* Which question Q is, in a line. */
void say_where(FILE *out, const struct record *r, int q);
/* How far Q, or the end, is in the whole, and what is left to do. */
void say_place(FILE *out, const struct record *r, int q);

/* The article CLAUSE and those that its text refers to; false if none. */
bool say_article(FILE *out, struct articles *a, const char *clause);
/* How many paragraphs of the articles hold WORDS (text_find), and of the first
 * MOST_ARTICLES of them the lines that do; false if none. */
enum { MOST_ARTICLES = 10 };
bool say_articles_with(FILE *out, struct articles *a, const char *words);

#endif
