/* typed.h - choices by digit, words in full-width
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef PLAIN_TYPED_H
#define PLAIN_TYPED_H

#include "record/record.h"

/* LINE without the white space around, as an input method should have made it: in
 * half-width. A new string. */
char *typed_word(const char *line);

/* What LINE, typed for question Q, means as an answer: the digits of choices
 * become their names, everything else is left as it is. A new string. */
char *typed_answer(const struct record *r, int q, const char *line);

#endif
