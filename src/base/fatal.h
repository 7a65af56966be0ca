/* fatal.h - the ways out that nobody chose
 *
 * fatal() is for what no caller can mend: memory is exhausted. Everything else
 * is reported upwards and decided in cmd/. A crash is a fault of the program's
 * own (SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP; SIGSYS is the sandbox's).
 *
 * Both give the terminal back, say on standard error what happened and where the
 * answers stand that were saved, and end: fatal() with 2, a crash by its signal.
 *
 * Invariants: fatal_hook, where set, runs exactly once and before the message.
 * It, and whatever a crash does, allocates nothing and calls only what a signal
 * handler may (signal-safety(7)): all words are made ready beforehand. Either may
 * happen in any thread.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BASE_FATAL_H
#define BASE_FATAL_H

/* Gives the terminal back at once; NULL where nobody has taken it. */
extern void (*fatal_hook)(void);

/* What is to be added to the message: where the answers stand. Takes NOTE, a line
 * without its end, fit for a terminal; NULL: nothing. */
void fatal_note(char *note);

/* Say MESSAGE (already translated) on standard error and exit with 2. */
_Noreturn void fatal(const char *message);

/* The same where nothing can be relied on any more: in a signal handler, or while
 * the process exits. */
_Noreturn void fatal_at_once(const char *message);

/* From now on a crash ends as described above. To be called anew once the language
 * is known, for its words. */
void fatal_catch_crashes(void);

/* From now on a crash of this thread, where its last error (errno) since then is
 * ENOMEM, ends as fatal_at_once(MESSAGE) does; NULL: no more. */
void fatal_out_of_memory(const char *message);

#endif
