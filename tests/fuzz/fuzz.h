/* fuzz.h - what is done with bytes that nobody chose
 *
 * A target takes any bytes, does with them what the program would, and aborts
 * where something does not hold that must. libFuzzer makes the bytes up
 * (libfuzzer.c, make fuzz); replay.c gives those that are kept (make check).
 *
 * The environment variable srcdir is where the source tree is.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cmd/common.h"

typedef void fuzz_target(const uint8_t *bytes, size_t length);

fuzz_target fuzz_csv, fuzz_date, fuzz_editor, fuzz_expression, fuzz_form,
	fuzz_input, fuzz_record, fuzz_terminal;

/* End here, and say so, where CONDITION is false. */
#define MUST(condition) \
	((condition) ? (void)0 : fuzz_fail(__FILE__, __LINE__, #condition))
_Noreturn void fuzz_fail(const char *file, int line, const char *condition);

/* BYTES as a string; NULL where they are no UTF-8. */
char *fuzz_text(const uint8_t *bytes, size_t length);

/* The form that is built in, or the second one, with all that belongs to it;
 * read once, and never released. The time is always the same. */
const struct form_set *fuzz_form_set(bool second);

/* A file of the source tree, as fuzz_form_set does it. */
char *fuzz_file(const char *path, size_t *length);

/* The file of R: a new string. */
char *fuzz_csv_of(const struct record *r);

/* All that may be asked of R is asked: flow, reasons, problems, sheets,
 * expressions; written and read it is the same, as draft and finished. */
void fuzz_examine(const struct form_set *set, const struct record *r);

#endif
