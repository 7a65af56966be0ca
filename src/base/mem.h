/* mem.h - memory that is there, or the program ends
 *
 * Every allocation of the program goes through here (libraries aside). None
 * returns NULL: exhausted memory is fatal(). A record is only ever written
 * whole (out/file.h), so nothing on disk is harmed by that.
 *
 * Memory is freed with free().
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

#define NEVER_NULL __attribute__((returns_nonnull))

NEVER_NULL void *mem_alloc(size_t size);           /* zeroed */
NEVER_NULL void *mem_array(size_t n, size_t size); /* zeroed; n * size checked */
NEVER_NULL void *mem_resize(void *p, size_t size); /* realloc */
NEVER_NULL char *mem_strndup(const char *s, size_t n); /* N bytes and a NUL */
char *mem_strdup(const char *s);                   /* NULL gives NULL */

/* P, which a library allocated; where it is NULL, memory is exhausted. */
NEVER_NULL void *mem_must(void *p);

/* Between these two a crash whose last error was ENOMEM is told as what it is,
 * exhausted memory (fatal_out_of_memory): for libraries that go on with the NULL they
 * were given (glibc 2.36 in the first gettext() that finds a catalogue and in
 * getpwuid(), ncurses 6.4 wherever it allocates). Costs no system call. */
void mem_guard_begin(void);
void mem_guard_end(void);

/* As fatal() with the message that memory is exhausted, where nothing can be relied on
 * any more: in a signal handler, or while the process exits. */
_Noreturn void mem_last_words(void);

/* Make room for one more element of SIZE bytes in ARRAY, which holds N and has
 * room for *CAP. Returns the array, moved where it had to grow. */
NEVER_NULL void *mem_room(void *array, size_t n, size_t *cap, size_t size);

#endif
