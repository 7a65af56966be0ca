/* spelling.h - was that word meant to be this one?
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BASE_SPELLING_H
#define BASE_SPELLING_H

#include <stddef.h>

#define SPELLING_LONGEST 64 /* bytes; a longer word is near to none */

/* Levenshtein's distance between A and B, in bytes: how many have to be put in,
 * left out or replaced. SPELLING_LONGEST where either is longer than that. */
size_t spelling_distance(const char *a, const char *b);

/* How far from WORD another one may be to have been meant: a short word is easily
 * near to many. */
size_t spelling_limit(const char *word);

#endif
