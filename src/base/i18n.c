/* SPDX-License-Identifier: MIT */
#include "base/i18n.h"

#include <langinfo.h>
#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* The first of NAMES, up to a NULL, that this machine has. */
static void set_first(int category, const char *const *names)
{
	while (*names && !setlocale(category, *names))
		names++;
}

static void settle_characters(void)
{
	static const char *const utf8[] = {
		"C.UTF-8", "C.utf8", "en_US.UTF-8", NULL,
	};

	setlocale(LC_CTYPE, "");
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		set_first(LC_CTYPE, utf8);
}

/* C, POSIX, C.UTF-8: no language is meant. */
static bool names_no_language(const char *locale)
{
	return strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0 ||
	       strncmp(locale, "C.", 2) == 0;
}

/* The locale the environment asks for, whether or not it exists. */
static const char *wanted_locale(void)
{
	static const char *const variables[] = {
		"LC_ALL", "LC_MESSAGES", "LANG",
	};

	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
		const char *value = getenv(variables[i]);

		if (value && *value)
			return value;
	}
	return "C";
}

/* gettext looks for no catalogue in the locale C (glibc from 2.39 on: nor in
 * C.UTF-8). Where that is all there is although a language was asked for, some
 * other locale is taken, and LANGUAGE says which language it was. */
static void settle_language(void)
{
	static const char *const any[] = {
		"en_US.UTF-8", "ja_JP.UTF-8", "C.UTF-8", "C.utf8", NULL,
	};
	const char *language = getenv("LANGUAGE");

	setlocale(LC_MESSAGES, "");
	if (!names_no_language(setlocale(LC_MESSAGES, NULL)))
		return;
	if (!language || !*language) {
		if (names_no_language(wanted_locale()))
			return;
		setenv("LANGUAGE", wanted_locale(), 1);
	}
	set_first(LC_MESSAGES, any);
}

void i18n_init(const char *localedir)
{
	/* Only these two: numbers in expressions are those of the locale C. */
	settle_characters();
	settle_language();
	bindtextdomain("kakuninsho", localedir);
	bind_textdomain_codeset("kakuninsho", "UTF-8");
	textdomain("kakuninsho");
	mem_guard_begin();
	i18n_language(); /* finds the catalogue */
	mem_guard_end();
}

const char *i18n_language(void)
{
	/* TRANSLATORS: the code of the language you translate into, as "en". */
	return _("ja");
}
