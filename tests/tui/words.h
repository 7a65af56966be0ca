/* words.h - the words of a line of a script
 *
 * Words stand between blanks. "In quotes" blanks belong to the word, and \" \\
 * \n \r \t \e and \xNN (a byte) are what they are in C. WORD*12 is the word
 * twelve times over. $srcdir and $builddir are replaced by those directories,
 * absolute, in words without quotes.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_WORDS_H
#define TUI_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct word {
	char *text; /* with a NUL behind it; \x00 may be in it */
	size_t length; /* bytes */
	bool quoted;
	long times; /* 1 unless said */
};

struct words {
	struct word *items;
	size_t n, cap;
};

/* False where LINE is not well formed; W must be released all the same. */
bool words_read(struct words *w, const char *line);
void words_release(struct words *w);

#endif
