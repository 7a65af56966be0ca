/* word.h - where words begin and end, for moving over them and deleting them
 *
 * Japanese does not put spaces between words, and Unicode's word boundaries (UAX #29)
 * make one of every ideograph. What people mean by a word is a run of one script:
 * 未徴収 は 2 名; letters and digits are one. Spaces, line breaks and punctuation
 * stand between words; marks and ー belong to what they stand behind.
 *
 * Places are bytes of S, UTF-8.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_WORD_H
#define TUI_WORD_H

#include <stdbool.h>
#include <stddef.h>

/* The end of the word at AT, or of the next one; the end of S where there is none. */
size_t word_end(const char *s, size_t at);
/* The start of the word before AT; 0 where there is none. */
size_t word_start(const char *s, size_t at);
/* True where a word begins at AT behind what stands between words. */
bool word_begins(const char *s, size_t at);

#endif
