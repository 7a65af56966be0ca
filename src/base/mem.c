/* SPDX-License-Identifier: MIT */
#include "base/mem.h"

#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/fatal.h"
#include "base/i18n.h"

#define EXHAUSTED N_("メモリーが足りません")

void *mem_must(void *p)
{
	if (!p)
		fatal(_(EXHAUSTED));
	return p;
}

/* In no language but the source's: gettext may be what crashed. */
_Noreturn void mem_last_words(void)
{
	fatal_at_once(EXHAUSTED);
}

static void on_crash(int number)
{
	(void)number;
	mem_last_words();
}

static const int crashes[] = { SIGSEGV, SIGABRT };
enum { CRASHES = sizeof crashes / sizeof *crashes };

static struct sigaction unguarded[CRASHES];

void mem_guard_begin(void)
{
	struct sigaction guard = { .sa_handler = on_crash };

	sigemptyset(&guard.sa_mask);
	for (int i = 0; i < CRASHES; i++)
		sigaction(crashes[i], &guard, &unguarded[i]);
}

void mem_guard_end(void)
{
	for (int i = 0; i < CRASHES; i++)
		sigaction(crashes[i], &unguarded[i], NULL);
}

void *mem_alloc(size_t size)
{
	return mem_must(calloc(1, size ? size : 1));
}

void *mem_array(size_t n, size_t size)
{
	return mem_must(calloc(n ? n : 1, size ? size : 1));
}

void *mem_resize(void *p, size_t size)
{
	return mem_must(realloc(p, size ? size : 1));
}

char *mem_strdup(const char *s)
{
	return s ? mem_must(strdup(s)) : NULL;
}

char *mem_strndup(const char *s, size_t n)
{
	char *copy = mem_must(malloc(n + 1));

	memcpy(copy, s, n);
	copy[n] = '\0';
	return copy;
}

void *mem_room(void *array, size_t n, size_t *cap, size_t size)
{
	size_t more;

	if (n < *cap)
		return array;
	more = *cap ? *cap * 2 : 8;
	if (more > SIZE_MAX / size)
		mem_must(NULL);
	*cap = more;
	return mem_resize(array, more * size);
}
