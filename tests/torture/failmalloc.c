/* SPDX-License-Identifier: MIT
 *
 * failmalloc.so - allocations that fail, by LD_PRELOAD
 *
 *     FAILMALLOC_AT=N      the Nth allocation of the process fails (from 1)
 *     FAILMALLOC_FROM=N    it and all after it
 *     FAILMALLOC_COUNT=FILE  how many there were is written to FILE at the end
 *
 * What counts is every call of malloc and its kin, whoever makes it: the program,
 * its libraries, libc. To make less of what is there (realloc to no more) never
 * fails. The memory is glibc's own.
 */
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static atomic_ulong count;
static unsigned long at, from;
static atomic_bool begun;

static unsigned long number(const char *name)
{
	const char *text = getenv(name);

	return text ? strtoul(text, NULL, 10) : 0;
}

/* True where this one is to fail. */
static bool fails(void)
{
	unsigned long n = ++count;

	if (!atomic_exchange(&begun, true)) {
		at = number("FAILMALLOC_AT");
		from = number("FAILMALLOC_FROM");
	}
	if (n != at && (!from || n < from))
		return false;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
	return fails() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t size)
{
	bool shrinks = p && size <= malloc_usable_size(p);

	return !shrinks && fails() ? NULL : __libc_realloc(p, size);
}

void *reallocarray(void *p, size_t n, size_t size)
{
	size_t all;

	if (__builtin_mul_overflow(n, size, &all)) {
		errno = ENOMEM;
		return NULL;
	}
	return realloc(p, all);
}

void *memalign(size_t alignment, size_t size)
{
	return fails() ? NULL : __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return memalign(alignment, size);
}

int posix_memalign(void **p, size_t alignment, size_t size)
{
	void *memory = memalign(alignment, size);

	if (!memory)
		return ENOMEM;
	*p = memory;
	return 0;
}

static int told = -1;

/* At once, as the program's sandbox opens nothing later; and out of the way of its
 * own files. */
__attribute__((constructor)) static void open_told(void)
{
	const char *file = getenv("FAILMALLOC_COUNT");
	int fd;

	if (!file)
		return;
	fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	told = fcntl(fd, F_DUPFD_CLOEXEC, 100);
	if (told < 0)
		_exit(99);
	close(fd);
}

__attribute__((destructor)) static void tell(void)
{
	char text[32];
	int n = snprintf(text, sizeof text, "%lu\n", (unsigned long)count);

	if (told >= 0 && write(told, text, (size_t)n) != n)
		_exit(99);
}
