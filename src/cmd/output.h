/* output.h - where a result goes: standard output, or the file of -o
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef CMD_OUTPUT_H
#define CMD_OUTPUT_H

#include "cmd/cmd.h"
#include "out/encoder.h"

/* STYLE as -e and --eol of O have it, where they are given: else its encoding stays,
 * and lines end by LINE_END, or where that is "" as is usual in the encoding. False
 * after saying what cannot be. */
bool output_style(const struct options *o, const char *line_end,
                  struct file_style *style);

/* Put RESULT, which is in STYLE and was made of R, where O says; SOURCE is the file
 * that it comes from (NULL: none; "-": standard input), which it never replaces.
 * Where RESULT loses something nothing is written, and that is said; so is what was
 * swapped. */
enum exit_code output_put(const struct encoded *result, const struct record *r,
                          const struct file_style *style,
                          const struct options *o, const char *source);

#endif
