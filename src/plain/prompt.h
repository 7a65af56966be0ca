/* prompt.h - ask for a line
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef PLAIN_PROMPT_H
#define PLAIN_PROMPT_H

#include "base/buf.h"
#include "plain/plain.h"

/* Prompt and read a line into LINE; one that cannot be read is refused and
 * asked for again. False at the end of input; then *RESULT is PLAIN_FAILED if
 * that was a failure, which has been said. */
bool prompt_line(const struct plain_setup *setup, struct buf *line,
                 enum plain_result *result);

#endif
