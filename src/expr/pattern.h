/* pattern.h - the regular expressions of regex()
 *
 * PCRE2 on UTF-8, a match being one of the whole text, as ODK documents
 * regex(). As in the engines of ODK \d \w \s are ASCII's and \uXXXX is a code
 * point.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXPR_PATTERN_H
#define EXPR_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

struct pattern;

/* NULL on a fault: *OFFSET is the byte of TEXT it is at, *FAULT what PCRE2 says
 * of it (in English), freed by the caller. */
struct pattern *pattern_compile(const char *text, size_t *offset, char **fault);
void pattern_free(struct pattern *pattern); /* NULL is fine */

/* True where PATTERN matches TEXT. What PCRE2 does costs units of *LEFT (expr.h),
 * and it may take no more than those, nor than the limits in pattern.c: where it
 * would, *OVERRAN is set, and it is not known whether it matches. */
bool pattern_matches(const struct pattern *pattern, const char *text,
                     long *left, bool *overran);

#endif
