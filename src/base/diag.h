/* diag.h - what is wrong, where, and what to do: as data
 *
 * Whoever finds a fault adds it to a list with its place; whoever talks to the
 * person prints the list. Nothing below cmd/ prints a diagnostic itself.
 *
 * Lines and columns count from 1, columns in graphemes; 0 is "no such place".
 * Texts are translated, in the person's language, without a full stop; what they
 * quote is shortened where they would be longer than a message is (text.h).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

enum diag_level {
	DIAG_ERROR,   /* it cannot be used like this */
	DIAG_WARNING, /* it can, but surely was not meant like this */
};

struct diag {
	enum diag_level level;
	char *file;
	long line;
	long column;
	char *text;
};

struct diag_list {
	struct diag *items;
	size_t n;
	size_t cap;
	size_t errors; /* how many of them are DIAG_ERROR */
};

void diag_list_init(struct diag_list *list);
void diag_list_release(struct diag_list *list);

/* A list takes so many, and then one that says that there are more; those after
 * are only counted. Whoever has work with making one may ask first. */
#define DIAG_MAX 200
bool diag_list_is_full(const struct diag_list *list);

/* Add one; FILE (may be NULL) and the text are copied. */
void diag_add(struct diag_list *list, enum diag_level level, const char *file,
              long line, long column, const char *format, ...)
	__attribute__((format(printf, 6, 7)));

void diag_addv(struct diag_list *list, enum diag_level level, const char *file,
               long line, long column, const char *format, va_list args)
	__attribute__((format(printf, 6, 0)));

/* Put those from FIRST on in order of their places. */
void diag_list_sort(struct diag_list *list, size_t first);

/* Move all of FROM to the end of TO; FROM is empty then. */
void diag_list_move(struct diag_list *to, struct diag_list *from);

/* "FILE:LINE:COLUMN: text", without the places that are 0; a warning has
 * 「警告: 」 before its text. What is hidden in the file's name is marked (text.h).
 * The caller frees it. */
char *diag_format(const struct diag *d);

#endif
