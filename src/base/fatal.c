/* SPDX-License-Identifier: MIT */
#include "base/fatal.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"

void (*fatal_hook)(void);
static char *volatile note;
static const char *crash_message;
static _Thread_local const char *volatile memory_message;
/* A stack that has overflowed cannot hold the handler's own frame. */
static char crash_stack[16384];

static const struct {
	int number;
	const char *name;
} crashes[] = {
	{ SIGSEGV, " (SIGSEGV)" }, { SIGBUS, " (SIGBUS)" },
	{ SIGILL, " (SIGILL)" },   { SIGFPE, " (SIGFPE)" },
	{ SIGABRT, " (SIGABRT)" }, { SIGSYS, " (SIGSYS)" },
	{ SIGTRAP, " (SIGTRAP)" },
};
enum { CRASHES = sizeof crashes / sizeof *crashes };

void fatal_note(char *text)
{
	char *before = note;

	note = text;
	free(before);
}

static void say(const char *text)
{
	size_t n = strlen(text);

	while (n) {
		ssize_t written = write(STDERR_FILENO, text, n);

		if (written <= 0)
			return;
		text += written;
		n -= (size_t)written;
	}
}

/* Threads may come to their end at once: the first one speaks for all, and ends
 * them. */
static void be_the_only_one(void)
{
	static atomic_flag ending = ATOMIC_FLAG_INIT;
	static _Thread_local bool mine; /* it may crash on its way */

	if (atomic_flag_test_and_set(&ending) && !mine)
		for (;;)
			poll(NULL, 0, -1);
	mine = true;
}

static void say_last_words(const char *message, const char *detail)
{
	void (*hook)(void);
	const char *where;

	be_the_only_one();
	hook = fatal_hook;
	where = note;
	fatal_hook = NULL;
	if (hook)
		hook();
	say("kakuninsho: ");
	say(message);
	say(detail);
	say("\n");
	if (where) {
		say(where);
		say("\n");
	}
}

_Noreturn void fatal(const char *message)
{
	say_last_words(message, "");
	/* What was printed stays printed, if nobody is printing. No more is done: a
	 * thread may be at work in what exit() would take apart. */
	if (ftrylockfile(stdout) == 0)
		fflush_unlocked(stdout);
	_exit(2);
}

_Noreturn void fatal_at_once(const char *message)
{
	say_last_words(message, "");
	_exit(2);
}

/* The action is the default again (SA_RESETHAND): raised anew, the signal ends
 * us as soon as this returns. */
static void on_crash(int number)
{
	const char *name = "";

	if (memory_message && errno == ENOMEM)
		fatal_at_once(memory_message);
	for (int i = 0; i < CRASHES; i++)
		if (crashes[i].number == number)
			name = crashes[i].name;
	say_last_words(crash_message, name);
	raise(number);
}

void fatal_catch_crashes(void)
{
	stack_t stack = { .ss_sp = crash_stack, .ss_size = sizeof crash_stack };
	struct sigaction action = { .sa_handler = on_crash,
	                            .sa_flags = SA_ONSTACK | SA_RESETHAND };

	crash_message = _("プログラムの誤りで止まりました");
	sigemptyset(&action.sa_mask);
	sigaltstack(&stack, NULL);
	for (int i = 0; i < CRASHES; i++)
		sigaction(crashes[i].number, &action, NULL);
}

void fatal_out_of_memory(const char *message)
{
	errno = 0;
	memory_message = message;
}
