/* fatal.h - the one way out that does not return to the caller
 *
 * Only for what no caller can mend: memory is exhausted. Everything else is
 * reported upwards and decided in cmd/.
 *
 * Invariant: fatal_hook, where set, runs exactly once and before the message,
 * so that a screen can give the terminal back first.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BASE_FATAL_H
#define BASE_FATAL_H

extern void (*fatal_hook)(void);

/* Say MESSAGE (already translated) on standard error and exit with 2. */
_Noreturn void fatal(const char *message);

#endif
