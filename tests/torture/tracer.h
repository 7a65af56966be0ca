/* tracer.h - run the true program and stop at its system calls
 *
 * The program runs under ptrace, threads and all. The caller sees each system
 * call twice: before it is made (and may have it fail, or the program killed
 * instead) and after it, with its result.
 *
 * Only calls that concern files are told of, those of the table in tracer.c;
 * and none before the program has first read its standard input: until then it
 * is starting. A call on one of the three standard streams is no call of a
 * save; it is told of with `stream` set. Calls on pipes and sockets are not.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TORTURE_TRACER_H
#define TORTURE_TRACER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct call {
	pid_t thread;
	const char *name;  /* as in the manual, section 2 */
	long number;
	uint64_t arg[6];
	int64_t result;    /* after it: what it returned, or -errno */
	bool stream;       /* it is on a standard stream */
};

/* What is to be done instead of the call. */
enum verdict { CALL_GO_ON, CALL_FAIL, CALL_SHORTEN, CALL_KILL };

struct watcher {
	/* Before CALL; with CALL_FAIL, *ERROR is what it fails with. NULL: all
	 * go on. */
	enum verdict (*before)(void *data, const struct call *call, int *error);
	void (*after)(void *data, const struct call *call); /* NULL is fine */
	void *data;
};

/* Run ARGV to its end. Returns its exit code, or 128 and the signal. */
int trace(char **argv, const struct watcher *watcher);

/* SIZE bytes at ADDRESS of the traced program, into TO. */
void trace_bytes(const struct call *call, uint64_t address, void *to,
                 size_t size);
/* The string there; a new string. */
char *trace_string(const struct call *call, uint64_t address);

/* Say what is wrong and exit with 99. */
_Noreturn void give_up(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

#endif
