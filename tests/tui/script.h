/* script.h - one script: a program in a terminal, what is done and expected
 *
 * The language stands in README. Each script has a directory of its own, which
 * is the current one while it runs and is removed behind it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_SCRIPT_H
#define TUI_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "terminal.h"
#include "words.h"

struct script_options {
	double patience; /* seconds; unless the script says another */
	FILE *bytes;     /* where all that programs send is copied; NULL: nowhere */
	bool counts;     /* tell the bytes sent after each input */
};

/* True where all that the script FILE expects came true; else what did not has
 * been told on standard output. The environment has srcdir, builddir and
 * KAKUNINSHO, absolute. */
bool script_run(const char *file, const struct script_options *options);

/* --- for those who carry out commands ------------------------------------- */

struct strings {
	char **items; /* with a NULL behind the last */
	size_t n, cap;
};

void strings_add(struct strings *l, char *string); /* takes STRING */

/* NAME=VALUE in place of the former; without VALUE only that is taken away. */
void strings_set(struct strings *l, const char *name, const char *value);

void strings_release(struct strings *l); /* may be used again */

struct script {
	const char *file;
	long line;  /* of the command */
	char *next; /* what has not been read */
	long next_line;
	char *trouble; /* what did not come true; NULL: nothing so far */
	const struct script_options *options;
	double patience; /* seconds an expectation may take to come true */

	int columns, rows; /* for the next program */
	unsigned kind;     /* likewise: TERMINAL_… */
	struct strings environment; /* likewise, NAME=VALUE */
	struct strings program;     /* the last one started, with arguments */
	struct terminal *terminal;  /* its terminal; NULL: none yet */

	const char *input; /* the last command that was an input; NULL: none */
	long input_line;
	size_t input_received; /* bytes before it */
	double input_time;
};

/* ARGS are the words behind the command. */
typedef void carry_out(struct script *s, const struct word *args, size_t n);

struct command {
	const char *name;
	carry_out *carry_out;
	size_t least, most; /* how many words */
};
#define ANY_NUMBER 1000
#define REST_OF_LINE 1001 /* one word: the rest of the line as it stands */

#define COUNT(array) (sizeof(array) / sizeof *(array))

extern const struct command action_commands[], expect_commands[];

/* The script fails, as told; only the first time counts. */
void script_fail(struct script *s, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The same, and the screen as it is. */
void script_fail_with_screen(struct script *s, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* "exit code 3", "signal 15 (Terminated)": a new string. STATUS is of waitpid. */
char *script_describe_end(int status);

/* The next line, where one of PREFIXES begins it, or any (NULL); else NULL. */
char *script_take_line(struct script *s, const char *prefixes);

/* Let the program run until it is at rest and HOLDS, or patience ends: whether
 * it HOLDS then. */
typedef bool condition(struct script *s, const void *context);
bool script_wait(struct script *s, condition *holds, const void *context);

/* Let the program come to rest; false where patience ends before. */
bool script_rest(struct script *s);

/* Something is about to be done to the program: what came before has been dealt
 * with. False, and the script has failed, where there is no program, or it does
 * not come to rest. */
bool script_begin_input(struct script *s, const char *name);

/* Start s->program in a new terminal. */
void script_start(struct script *s);

/* A number from LEAST to MOST; else the script fails. */
int script_number(struct script *s, const char *text, int least, int most);

/* The number of the signal called NAME (TERM); 0 where there is none. */
int script_signal(const char *name);

#endif
