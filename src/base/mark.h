/* mark.h - characters that belong to what stands before them; private to base/
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BASE_MARK_H
#define BASE_MARK_H

#include <stdbool.h>
#include <stdint.h>

#define ZERO_WIDTH_JOINER 0x200D

bool is_mark(uint32_t c); /* Extend of UAX #29, or a joiner */

#endif
