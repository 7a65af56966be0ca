/* libcsv_oracle.h - what another CSV reader makes of a text
 *
 * Rows are shown as [a][b]/[c]: a row a part, a cell in brackets, line breaks
 * in cells as LF.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TESTS_LIBCSV_ORACLE_H
#define TESTS_LIBCSV_ORACLE_H

#include <stddef.h>

#include "base/csv.h"

/* What libcsv, in strict mode, reads in TEXT (without a BOM): a new string;
 * NULL where that is an error to it. */
char *libcsv_shows(const char *text, size_t length);

/* The same of what csv_read has read. */
char *csv_shows(const struct csv_table *table);

#endif
