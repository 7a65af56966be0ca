/* common.h - what the commands share: the form in use, messages, standard output
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef CMD_COMMON_H
#define CMD_COMMON_H

#include "base/diag.h"
#include "cmd/cmd.h"
#include "form/articles.h"
#include "form/form.h"
#include "out/record_csv.h"
#include "out/sheet_layout.h"

/* The files of data/, as bytes in the program; the list ends with a NULL name. */
struct builtin {
	const char *name;
	const char *bytes;
	size_t length;
};
extern const struct builtin builtin_files[];

/* A form and what belongs to it: the built-in one, or that of --form FILE, with
 * what lies beside it where it is there. */
struct form_set {
	struct form *form;
	struct articles *articles; /* NULL where there is none */
	struct sheet_layout *layout;
	struct moment moment; /* now, or --today */
	const char *self; /* who fills it in (out/lock.h); borrowed */
	enum encoding from; /* what is not UTF-8 is: --from */
};

/* Load it as O says. False after saying on standard error what is wrong. */
bool form_set_load(struct form_set *set, const struct options *o);
/* The same, what is wrong with it added to DIAGS: EXIT_PROBLEMS where that has
 * errors, EXIT_TROUBLE where something could not be read, which is said. */
enum exit_code form_set_read(struct form_set *set, const struct options *o,
                             struct diag_list *diags);
void form_set_release(struct form_set *set);

/* What lies beside the form NAME: its name with ENDING in place of .csv. A new
 * string. Beside standard input lies nothing. */
#define FORM_ARTICLES ".articles.csv"
#define FORM_SHEET ".sheet.csv"
char *form_beside(const char *name, const char *ending);

/* Read the record FILE ("-" is standard input), with what is to be told of it added
 * to DIAGS; false where it is none, and csv->fault says which kind of none. */
bool load_record(const struct form_set *set, const char *file,
                 struct record_csv *csv, struct diag_list *diags);
/* The same, but what is to be told is said. */
bool read_record(const struct form_set *set, const char *file,
                 struct record_csv *csv);

/* The encoding that the option's value NAME means; NULL leaves *E. False after
 * saying that there is none. */
bool encoding_option(const char *name, enum encoding *e);

/* Say that FILE was read in E, unless that is UTF-8. */
void say_encoding(const char *file, enum encoding e);

/* "kakuninsho: " and a message, on standard error; whatever comes from files and
 * arguments is shown as text only. */
void say_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void say_diags(struct diag_list *diags); /* all of them; empties the list */

/* Make sure that all of standard output has arrived: CODE if it has, else
 * EXIT_TROUBLE after saying so. */
enum exit_code close_output(enum exit_code code);
/* OUT to standard output, which is all of it: likewise. */
enum exit_code print_output(const struct buf *out);

#endif
