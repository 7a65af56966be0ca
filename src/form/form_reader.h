/* form_reader.h - an XLSForm in CSV becomes a form
 *
 * The layout is pyxform's: a non-empty first cell names a sheet (survey,
 * choices, settings), the next row is its header, cells are stripped. Columns
 * and types that we know are tables in form_reader.c; a column that nobody
 * knows is the author's own, but one that is nearly a known one is warned of.
 *
 * Every fault is a diagnostic with file, line and column, and reading goes on
 * to find the next one.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef FORM_FORM_READER_H
#define FORM_FORM_READER_H

#include <stddef.h>

#include "base/diag.h"
#include "form/form.h"

/* Bounds; each has its own message. */
#define FORM_MAX_ROWS 20000
#define FORM_MAX_CHOICES 10000
#define FORM_MAX_OFFERED 100000 /* choices, summed over the questions */
#define FORM_MAX_EXPRESSIONS (1024 * 1024) /* bytes, of all expressions */
#define FORM_MAX_DEPTH 50
#define FORM_MAX_LANGUAGES 20

/* Read BYTES (UTF-8, with or without a BOM). NULL where there is an error;
 * warnings may be added to DIAGS in any case. FILE is what they call it. */
struct form *form_read(const char *bytes, size_t length, const char *file,
                       struct diag_list *diags);

#endif
