/* fixture.h - what the tests of form, record and out begin with
 *
 * A fault in what is given here fails the test that asked for it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TESTS_FIXTURE_H
#define TESTS_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "record/record.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* 2026-11-24, noon. */
extern const struct moment fixture_now;

/* A form of SURVEY and CHOICES (may be NULL): the rows of these sheets, header
 * first, without their empty first cell; a cell ends with '|', a row with a line
 * break, and all else is itself. form_id is t, the title 試験, the version 1. */
struct form *fixture_form(const char *survey, const char *choices);

/* A form of a whole XLSForm's CSV. */
struct form *fixture_form_text(const char *csv);

/* A form of a file of the source tree: "data/npa-2022.csv". */
struct form *fixture_form_file(const char *path);

/* The whole of a file of the source tree; a new string. */
char *fixture_file(const char *path, size_t *length);

/* Into an empty directory of the test's own; and away from it, with all that is in
 * it removed. 0 where that went well, as cmocka has it. */
int enter_directory(void);
int leave_directory(void);

/* Make TEXT what the file PATH holds, in place, as other programs may. */
void put_file(const char *path, const char *text);

/* The row NAME, which must be there. */
int row_of(const struct form *form, const char *name);

/* Answer NAME with TEXT. */
struct changes answer(struct record *r, const char *name, const char *text);

/* Assert on NAME's answer, and on whether it applies: "yes", "no", "unknown". */
void assert_answer(const struct record *r, const char *name, const char *text);
void assert_applies(const struct record *r, const char *name,
                    const char *applies);

/* The file of R: a new string. */
char *csv_of(const struct record *r);

#endif
