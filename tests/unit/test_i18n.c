/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gnu/libc-version.h>
#include <langinfo.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define HEADER "Content-Type: text/plain; charset=UTF-8\n"

/* A catalogue as msgfmt makes it, by which "ja" is "en". */
static const struct {
	uint32_t magic, revision, n, originals, translations, hashes, hash_at;
	uint32_t original[2][2]; /* length and offset of each */
	uint32_t translation[2][2];
	char texts[64];
} catalogue = {
	0x950412de, 0, 2, 28, 44, 0, 60,
	{ { 0, 60 }, { 2, 61 } },
	{ { sizeof HEADER - 1, 67 }, { 2, 64 } },
	"\0ja\0en\0" HEADER,
};

/* A directory with LANGUAGE's catalogue and nothing else. */
static int make_catalogue(void **state)
{
	char *dir = buf_format("%s", "/tmp/kakuninsho-i18n-XXXXXX");
	static const char *const below[] = { "en", "en/LC_MESSAGES" };
	char *path;
	FILE *f;

	if (!mkdtemp(dir))
		return -1;
	for (size_t i = 0; i < COUNT(below); i++) {
		path = buf_format("%s/%s", dir, below[i]);
		if (mkdir(path, 0700))
			return -1;
		free(path);
	}
	path = buf_format("%s/%s/kakuninsho.mo", dir, below[1]);
	f = fopen(path, "wb");
	if (!f || fwrite(&catalogue, sizeof catalogue, 1, f) != 1 || fclose(f))
		return -1;
	free(path);
	*state = dir;
	return 0;
}

static int remove_catalogue(void **state)
{
	static const char *const parts[] = {
		"/en/LC_MESSAGES/kakuninsho.mo", "/en/LC_MESSAGES", "/en", "",
	};

	for (size_t i = 0; i < COUNT(parts); i++) {
		char *path = buf_format("%s%s", (char *)*state, parts[i]);

		if (remove(path))
			return -1;
		free(path);
	}
	free(*state);
	return 0;
}

struct environment {
	const char *lang, *lc_messages, *lc_all, *language;
	const char *expected;
};

static void set(const char *name, const char *value)
{
	if (value)
		setenv(name, value, 1);
	else
		unsetenv(name);
}

/* In a process of its own, as a locale is settled once. Its exit code says
 * what is wrong. */
static int try_environment(const struct environment *e, const char *dir)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		set("LANG", e->lang);
		set("LC_MESSAGES", e->lc_messages);
		set("LC_ALL", e->lc_all);
		set("LANGUAGE", e->language);
		unsetenv("LC_CTYPE");
		i18n_init(dir);
		if (strcmp(i18n_language(), e->expected) != 0)
			_exit(1);
		if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
			_exit(2);
		if (strcmp(setlocale(LC_NUMERIC, NULL), "C") != 0)
			_exit(3);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void assert_environments(const struct environment *cases, size_t n,
                                const char *dir)
{
	for (size_t i = 0; i < n; i++) {
		int wrong = try_environment(&cases[i], dir);

		if (wrong)
			print_error("case %zu\n", i);
		assert_int_equal(wrong, 0);
	}
}

static void test_japanese_where_nothing_else_is_asked_for(void **state)
{
	static const struct environment cases[] = {
		{ NULL, NULL, NULL, NULL, "ja" },
		{ "", "", "", "", "ja" },
		{ "C", NULL, NULL, NULL, "ja" },
		{ "POSIX", NULL, NULL, NULL, "ja" },
		{ "C.UTF-8", NULL, NULL, NULL, "ja" },
		{ "ja_JP.UTF-8", NULL, NULL, NULL, "ja" },
		{ "ja_JP.eucJP", NULL, NULL, NULL, "ja" },
		{ "xx_XX.UTF-8", NULL, NULL, NULL, "ja" },
		{ "nonsense", NULL, NULL, NULL, "ja" },
		{ "en_US.UTF-8", NULL, "C", NULL, "ja" },
		{ "en_US.UTF-8", "ja_JP.UTF-8", NULL, NULL, "ja" },
		{ "en_US.UTF-8", NULL, NULL, "ja", "ja" },
		{ "C", NULL, NULL, "fr", "ja" },
	};

	assert_environments(cases, COUNT(cases), *state);
}

/* From 2.39 on, glibc needs a locale other than C to translate at all. */
static bool can_translate(void)
{
	return strverscmp(gnu_get_libc_version(), "2.39") < 0 ||
	       setlocale(LC_MESSAGES, "en_US.UTF-8") ||
	       setlocale(LC_MESSAGES, "ja_JP.UTF-8");
}

/* Whether or not the locale is installed. */
static void test_english_where_it_is_asked_for(void **state)
{
	static const struct environment cases[] = {
		{ "en_US.UTF-8", NULL, NULL, NULL, "en" },
		{ "en_US.UTF-8", NULL, NULL, "", "en" },
		{ "en", NULL, NULL, NULL, "en" },
		{ "en_GB", NULL, NULL, NULL, "en" },
		{ "en_US.ISO-8859-1", NULL, NULL, NULL, "en" },
		{ "ja_JP.UTF-8", "en_US.UTF-8", NULL, NULL, "en" },
		{ "ja_JP.UTF-8", NULL, "en_US.UTF-8", NULL, "en" },
		{ "C", "C", "en_US.UTF-8", NULL, "en" },
		{ "en_US.UTF-8", "", "", NULL, "en" },
		{ "C", NULL, NULL, "en", "en" },
		{ "C.UTF-8", NULL, NULL, "en", "en" },
		{ NULL, NULL, NULL, "en", "en" },
		{ "C", NULL, NULL, "fr:en", "en" },
		{ "ja_JP.UTF-8", NULL, NULL, "en", "en" },
	};

	if (!can_translate())
		skip();
	assert_environments(cases, COUNT(cases), *state);
}

static void test_japanese_where_there_is_no_catalogue(void **state)
{
	static const struct environment cases[] = {
		{ "en_US.UTF-8", NULL, NULL, "en", "ja" },
	};

	(void)state;
	assert_environments(cases, COUNT(cases), "/nonexistent");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_japanese_where_nothing_else_is_asked_for),
		cmocka_unit_test(test_english_where_it_is_asked_for),
		cmocka_unit_test(test_japanese_where_there_is_no_catalogue),
	};

	return cmocka_run_group_tests(tests, make_catalogue, remove_catalogue);
}
