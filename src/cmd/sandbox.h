/* sandbox.h - what the program gives up before it reads a byte from outside
 *
 * From sandbox_enter on, for good:
 * - No network, no other program, no look into other processes, no signal to
 *   them (but ^Z to our own job), no other user, no memory that is both written
 *   and run, nothing typed into the terminal: a seccomp filter (seccomp(2)) knows
 *   the system calls that a questionnaire needs, and the rest is refused. Which
 *   they are, and what refusal is: build-aux/sandbox-filter.c.
 * - A command that only reads opens nothing for writing either. The filter sees
 *   to that, and Landlock (landlock(7)) once more.
 *
 * A kernel that lacks one of them goes without it, and so does all of a program
 * configured --without-sandbox: neither is ever a reason not to work.
 *
 * So nothing in here may start an editor or a pager, or look up a user: that may
 * need a socket (nscd, sssd), and has its place before.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef CMD_SANDBOX_H
#define CMD_SANDBOX_H

#include <stdbool.h>

enum sandbox {
	SANDBOX_READS, /* what is open already can be written to, no more */
	SANDBOX_SAVES, /* files too */
	SANDBOXES,
};

/* Enter it, once, while there is one thread. */
void sandbox_enter(enum sandbox what);

/* Enter it as SANDBOX_READS, and tell what of it this system has: a new string,
 * in the person's language. */
char *sandbox_describe(void);

#endif
