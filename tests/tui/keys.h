/* keys.h - the names that scripts give to keys
 *
 *     Up Down Left Right Home End PgUp PgDn Insert Delete Backspace
 *     Enter KpEnter Tab Esc Space F1-F12, or any single character
 *     C- Ctrl, M- Alt, S- Shift before a name: C-a M-b S-Tab C-Left M-S-Up
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_KEYS_H
#define TUI_KEYS_H

#include "terminal.h"

/* False where NAME is no key. */
bool keys_press(struct terminal *t, const char *name);

/* The keys that are no characters; the last has no name. */
struct key {
	const char *name;
	VTermKey key;
};
extern const struct key keys[];

#endif
