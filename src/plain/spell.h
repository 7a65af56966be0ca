/* spell.h - a text character by character, for who cannot see which one it is
 *
 * 髙 and 高, 一 and ー, a space and a full-width one sound alike, or not at all.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef PLAIN_SPELL_H
#define PLAIN_SPELL_H

#include <stddef.h>
#include <stdio.h>

#define SPELL_MOST 50 /* characters at a time */

/* TEXT from its character FROM (1 is the first) on, a grapheme a line: itself, what
 * kind it is, and its code points: 「髙 漢字 U+9AD9」. Returns where it has to go on
 * after SPELL_MOST of them; 0 where that was all. */
size_t spell(FILE *out, const char *text, size_t from);

#endif
