/* SPDX-License-Identifier: MIT */
#include "keys.h"

#include <string.h>

const struct key keys[] = {
	{ "Up", VTERM_KEY_UP },
	{ "Down", VTERM_KEY_DOWN },
	{ "Left", VTERM_KEY_LEFT },
	{ "Right", VTERM_KEY_RIGHT },
	{ "Home", VTERM_KEY_HOME },
	{ "End", VTERM_KEY_END },
	{ "PgUp", VTERM_KEY_PAGEUP },
	{ "PgDn", VTERM_KEY_PAGEDOWN },
	{ "Insert", VTERM_KEY_INS },
	{ "Delete", VTERM_KEY_DEL },
	{ "Backspace", VTERM_KEY_BACKSPACE },
	{ "Enter", VTERM_KEY_ENTER },
	{ "KpEnter", VTERM_KEY_KP_ENTER },
	{ "Tab", VTERM_KEY_TAB },
	{ "Esc", VTERM_KEY_ESCAPE },
	{ "F1", VTERM_KEY_FUNCTION(1) },
	{ "F2", VTERM_KEY_FUNCTION(2) },
	{ "F3", VTERM_KEY_FUNCTION(3) },
	{ "F4", VTERM_KEY_FUNCTION(4) },
	{ "F5", VTERM_KEY_FUNCTION(5) },
	{ "F6", VTERM_KEY_FUNCTION(6) },
	{ "F7", VTERM_KEY_FUNCTION(7) },
	{ "F8", VTERM_KEY_FUNCTION(8) },
	{ "F9", VTERM_KEY_FUNCTION(9) },
	{ "F10", VTERM_KEY_FUNCTION(10) },
	{ "F11", VTERM_KEY_FUNCTION(11) },
	{ "F12", VTERM_KEY_FUNCTION(12) },
	{ NULL, VTERM_KEY_NONE },
};

static const struct key *find(const char *name)
{
	for (const struct key *key = keys; key->name; key++)
		if (strcmp(key->name, name) == 0)
			return key;
	return NULL;
}

/* The modifiers that *NAME begins with; *NAME goes past them. */
static VTermModifier take_modifiers(const char **name)
{
	int modifiers = VTERM_MOD_NONE;

	for (; (*name)[0] && (*name)[1] == '-' && (*name)[2]; *name += 2) {
		if (**name == 'C')
			modifiers |= VTERM_MOD_CTRL;
		else if (**name == 'M')
			modifiers |= VTERM_MOD_ALT;
		else if (**name == 'S')
			modifiers |= VTERM_MOD_SHIFT;
		else
			break;
	}
	return (VTermModifier)modifiers;
}

static bool is_one_character(const char *s)
{
	size_t n = 1;

	while (((unsigned char)s[n] & 0xc0) == 0x80)
		n++;
	return s[0] && !s[n];
}

/* A character as xterm sends it. Not libvterm's: its C-i and C-m are no Tab and
 * Enter. */
static bool press_character(struct terminal *t, const char *s,
                            VTermModifier modifiers)
{
	char control = (char)(*s & 0x1f);

	if ((modifiers & VTERM_MOD_SHIFT) ||
	    ((modifiers & VTERM_MOD_CTRL) && !strchr(" @[\\]^_", *s) &&
	     !((*s | 0x20) >= 'a' && (*s | 0x20) <= 'z')))
		return false;
	if (modifiers & VTERM_MOD_ALT)
		terminal_type(t, "\033", 1);
	if (modifiers & VTERM_MOD_CTRL)
		terminal_type(t, &control, 1);
	else
		terminal_type(t, s, strlen(s));
	return true;
}

bool keys_press(struct terminal *t, const char *name)
{
	VTermModifier modifiers = take_modifiers(&name);
	const struct key *key = find(name);

	if (strcmp(name, "Space") == 0)
		name = " ";
	if (!key)
		return is_one_character(name) &&
		       press_character(t, name, modifiers);
	terminal_key(t, key->key, modifiers);
	return true;
}
