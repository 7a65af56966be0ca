/* signals.h - signals, as something that is waited for
 *
 * A handler only notes its signal and writes into a pipe. Whoever waits for
 * input waits for signals_fd too: no signal is lost between a look and a wait,
 * and nothing is done at a moment of the signal's choosing. (But where the terminal
 * takes nothing any more, one that says to leave throws away what it has not shown:
 * who waits for it would never see the signal.)
 *
 * A write that one of them meets goes on behind it; one that says to leave cuts it off.
 *
 * Every signal that could end or stop us is decided on here, in one table, but:
 * crashes (fatal.h); SIGKILL and SIGSTOP, which nobody can catch; SIGTTIN and
 * SIGTTOU, which are the shell's; SIGPIPE and SIGXFSZ, which main.c ignores from the
 * start, as they are errors of a write.
 *
 * One that was ignored when the program started (nohup, a job in the
 * background) stays so.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BASE_SIGNALS_H
#define BASE_SIGNALS_H

#include <stdbool.h>

/* What signals mean, to be or-ed. */
enum {
	SIGNAL_LEAVE = 1,    /* save and go: SIGHUP, SIGINT, SIGQUIT, SIGTERM; time is
	                      * up (SIGALRM, SIGXCPU, ...; we set no timers), or the
	                      * power fails (SIGPWR) */
	SIGNAL_RESIZED = 2,  /* SIGWINCH */
	SIGNAL_STOP = 4,     /* SIGTSTP: signals_stop is to follow */
	SIGNAL_CONTINUE = 8, /* SIGCONT */
};

/* Catch those that mean one of WHICH, and ignore from now on those that mean
 * nothing to us (SIGUSR1, SIGIO, the real-time ones, ...); false where no pipe is to
 * be had. One user at a time. */
bool signals_open(unsigned which);
/* What was caught does what it does by default; but one that says to leave only cuts
 * off what is being written, as who closes is about to say the last words. */
void signals_close(void);

/* To wait on for input; what is there to be read is signals_took's. */
int signals_fd(void);
void signals_took(void); /* empties it */

/* True where one that means WHICH has come, until it is taken. */
bool signals_came(unsigned which);
bool signals_take(unsigned which);

/* Stop as SIGTSTP would have had us; returns once the shell goes on with us, at
 * once where there is none. */
void signals_stop(void);

#endif
