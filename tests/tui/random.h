/* random.h - keys that nobody would press
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_RANDOM_H
#define TUI_RANDOM_H

#include "script.h"

/* NUMBER events: named keys, characters, broken UTF-8, control characters,
 * clicks and wheel where the program asks for the mouse, pastes, new sizes.
 * They follow from SEED alone. Not pressed: ^C ^\ ^Z ^S ^Q, which a terminal
 * may take for itself.
 *
 * Where the program ends meanwhile, it must end with 0 and a restored terminal,
 * and is started again as it was. Behind it the size is as before. */
void random_input(struct script *s, int number, unsigned seed);

#endif
