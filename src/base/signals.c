/* SPDX-License-Identifier: MIT */
#include "base/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <termios.h>
#include <unistd.h>

static const struct {
	int number;
	unsigned means;
} meanings[] = {
	{ SIGHUP, SIGNAL_LEAVE },     { SIGINT, SIGNAL_LEAVE },
	{ SIGQUIT, SIGNAL_LEAVE },    { SIGTERM, SIGNAL_LEAVE },
	{ SIGALRM, SIGNAL_LEAVE },    { SIGVTALRM, SIGNAL_LEAVE },
	{ SIGPROF, SIGNAL_LEAVE },    { SIGXCPU, SIGNAL_LEAVE },
#ifdef SIGPWR
	{ SIGPWR, SIGNAL_LEAVE },
#endif
	{ SIGWINCH, SIGNAL_RESIZED }, { SIGTSTP, SIGNAL_STOP },
	{ SIGCONT, SIGNAL_CONTINUE },
};
enum { MEANINGS = sizeof meanings / sizeof *meanings };

/* Nothing to us, but by default our end; with SIGRTMIN to SIGRTMAX. */
static const int meaningless[] = {
	SIGUSR1, SIGUSR2, SIGIO,
#ifdef SIGSTKFLT
	SIGSTKFLT,
#endif
};

/* What the handler touches: the pipe, and what came. */
static int wake[2] = { -1, -1 };
static volatile sig_atomic_t came[MEANINGS];
static unsigned caught;

/* Who is to leave may be waiting for a terminal that takes nothing any more, and
 * have to write to it: what it has not shown yet it never will. In the background
 * the terminal is somebody else's. */
static void make_room(void)
{
	struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };

	if (poll(&out, 1, 0) == 0 && tcgetpgrp(STDOUT_FILENO) == getpgrp())
		tcflush(STDOUT_FILENO, TCOFLUSH);
}

static void on_signal(int number)
{
	int error = errno;

	for (int i = 0; i < MEANINGS; i++) {
		if (meanings[i].number != number)
			continue;
		came[i] = 1;
		if (meanings[i].means & SIGNAL_LEAVE)
			make_room();
	}
	/* A full pipe wakes as well. */
	if (write(wake[1], "", 1) < 0)
		errno = error;
	errno = error;
}

/* Let HANDLER have all that mean one of WHICH, but those that are ignored. What is being
 * written goes on behind them (stdio would drop it, and call that a failure); but not
 * where one is to leave, for which the terminal may have no room. */
static void set_handler(unsigned which, void (*handler)(int))
{
	struct sigaction action = { .sa_handler = handler }, before;

	sigemptyset(&action.sa_mask);
	for (int i = 0; i < MEANINGS; i++) {
		action.sa_flags = meanings[i].means & SIGNAL_LEAVE ? 0 : SA_RESTART;
		if ((meanings[i].means & which) &&
		    sigaction(meanings[i].number, NULL, &before) == 0 &&
		    before.sa_handler != SIG_IGN)
			sigaction(meanings[i].number, &action, NULL);
	}
}

static void ignore_meaningless(void)
{
	for (size_t i = 0; i < sizeof meaningless / sizeof *meaningless; i++)
		signal(meaningless[i], SIG_IGN);
	for (int number = SIGRTMIN; number <= SIGRTMAX; number++)
		signal(number, SIG_IGN);
}

bool signals_open(unsigned which)
{
	if (pipe2(wake, O_CLOEXEC | O_NONBLOCK) != 0)
		return false;
	caught = which;
	signals_take(which);
	set_handler(which, on_signal);
	ignore_meaningless();
	return true;
}

void signals_close(void)
{
	int ends[] = { wake[0], wake[1] };

	set_handler(caught & ~(unsigned)SIGNAL_LEAVE, SIG_DFL);
	caught = 0;
	wake[0] = wake[1] = -1; /* first: a handler may come between */
	close(ends[0]);
	close(ends[1]);
}

int signals_fd(void)
{
	return wake[0];
}

void signals_took(void)
{
	char drain[64];

	while (read(wake[0], drain, sizeof drain) > 0)
		;
}

bool signals_came(unsigned which)
{
	for (int i = 0; i < MEANINGS; i++)
		if ((meanings[i].means & which) && came[i])
			return true;
	return false;
}

bool signals_take(unsigned which)
{
	bool any = signals_came(which);

	for (int i = 0; i < MEANINGS; i++)
		if (meanings[i].means & which)
			came[i] = 0;
	return any;
}

void signals_stop(void)
{
	struct sigaction by_default = { .sa_handler = SIG_DFL }, ours;

	sigemptyset(&by_default.sa_mask);
	sigaction(SIGTSTP, &by_default, &ours);
	raise(SIGTSTP);
	sigaction(SIGTSTP, &ours, NULL);
}
