/* SPDX-License-Identifier: MIT */
#include "tui/width.h"

#include <string.h>
#include <wchar.h>

static enum text_width drawn;
static bool known;

enum text_width screen_width(void)
{
	return drawn;
}

void screen_width_set(enum text_width width)
{
	drawn = width;
	known = true;
}

bool screen_width_is_known(void)
{
	return known;
}

bool screen_width_name(const char *name)
{
	static const char *const names[] = {
		[TEXT_NARROW] = "narrow",
		[TEXT_WIDE] = "wide",
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(name, names[i]) == 0) {
			screen_width_set((enum text_width)i);
			return true;
		}
	return false;
}

int screen_columns(const char *text)
{
	return (int)text_columns(text, strlen(text), drawn);
}

/* Where it could not be seen from libncursesw, that would go on with libc's, and
 * nobody would be told: hardening.sh looks. */
__attribute__((visibility("default"))) int wcwidth(wchar_t c)
{
	if (c >= ' ' && c < 0x7F)
		return 1;
	return c ? text_character_columns((uint32_t)c, drawn) : 0;
}
