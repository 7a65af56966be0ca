/* ambiguous.h - the characters that Unicode calls ambiguous in width (UAX #11)
 *
 * Only text.c asks. EastAsianWidth.txt of Unicode 14 has them with the property A;
 * those that take no column, or two everywhere, may be in the table or not.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BASE_AMBIGUOUS_H
#define BASE_AMBIGUOUS_H

#include <stdbool.h>
#include <stdint.h>

bool is_ambiguous(uint32_t c);

#endif
