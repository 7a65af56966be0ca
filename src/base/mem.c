/* SPDX-License-Identifier: MIT */
#include "base/mem.h"

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

void mem_guard_begin(void)
{
	fatal_out_of_memory(EXHAUSTED);
}

void mem_guard_end(void)
{
	fatal_out_of_memory(NULL);
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
