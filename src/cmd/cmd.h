/* cmd.h - the program's commands: one list, one file a command
 *
 * From this list come the dispatch, --help and the test that the manual names
 * them all. A new command is a line here and a file of its own.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef CMD_CMD_H
#define CMD_CMD_H

#include <stdbool.h>
#include <stddef.h>

/* What the program exits with. */
enum exit_code {
	EXIT_FINE = 0,
	EXIT_PROBLEMS = 1, /* the record, or the form, has problems */
	EXIT_TROUBLE = 2,  /* it could not be read, written or understood */
};

/* The options, as given; each command takes some (struct command). */
struct options {
	const char *form;  /* --form FILE; NULL: the built-in one */
	const char *today; /* --today DATE; NULL: the clock's */
	const char *type;  /* -t; NULL */
	const char *ambiguous; /* --ambiguous; NULL: the terminal is asked */
	const char *output; /* -o; NULL: standard output */
	const char *encoding; /* -e; NULL. What is read is in o->from */
	const char *line_end; /* --eol; NULL */
	const char *from;     /* --from, or -e where nothing is exported; NULL */
	char *self;         /* who locks records (out/lock.h), if they are written */
	bool plain;
	bool force;
	bool blank_na;
	bool csv;
	bool help;
	bool version;
};

/* The files that a command may write. */
enum writes {
	WRITES_NOTHING,
	WRITES_OUTPUT, /* what -o names, if it does */
	WRITES_RECORDS,
};

struct command {
	const char *name; /* one word, or two ("form check"); NULL: what is done
	                   * without a command's name */
	const char *arguments;
	const char *summary;
	const char *options; /* the letters of the options it takes */
	bool reads_input;    /* FILE may be - */
	enum writes writes;  /* what the sandbox leaves to it */
	enum exit_code (*run)(const struct options *o, char **files, int n);
};

/* The values of -t and --eol, as help shows them: "text|csv|json". */
extern const char export_types[], output_line_ends[];

enum exit_code cmd_fill(const struct options *o, char **files, int n);
enum exit_code cmd_review(const struct options *o, char **files, int n);
enum exit_code cmd_check(const struct options *o, char **files, int n);
enum exit_code cmd_diff(const struct options *o, char **files, int n);
enum exit_code cmd_list(const struct options *o, char **files, int n);
enum exit_code cmd_renew(const struct options *o, char **files, int n);
enum exit_code cmd_export(const struct options *o, char **files, int n);
enum exit_code cmd_form_check(const struct options *o, char **files, int n);
enum exit_code cmd_form_show(const struct options *o, char **files, int n);
enum exit_code cmd_form_print(const struct options *o, char **files, int n);

#endif
