/* SPDX-License-Identifier: MIT
 *
 * What a script expects: of the screen, of the files, of the end.
 */
#include <glob.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "base/mem.h"
#include "out/file.h"
#include "screen.h"
#include "script.h"

static bool wait_for(struct script *s, condition *holds, const void *context)
{
	if (s->trouble)
		return true;
	if (s->terminal)
		return script_wait(s, holds, context);
	script_fail(s, "no program has been started");
	return true;
}

/* --- the screen ----------------------------------------------------------- */

static bool is_screen(struct script *s, const void *context)
{
	return screen_matches(context, s->terminal);
}

static void expect_screen(struct script *s, const struct word *args, size_t n)
{
	struct screen wanted = { .n = 0 };
	struct screen_row row;
	char *line;

	(void)args;
	(void)n;
	while ((line = script_take_line(s, SCREEN_ROW_STARTS))) {
		if (!screen_read_row(&row, line))
			script_fail(s, "no row of a screen: %s", line);
		screen_add(&wanted, row);
	}
	if (!wanted.n)
		script_fail(s, "no rows of the screen follow");
	if (!wait_for(s, is_screen, &wanted)) {
		char *differences = screen_differences(&wanted, s->terminal);

		script_fail_with_screen(s, "the screen differs%s",
		                        differences);
		free(differences);
	}
	screen_release(&wanted);
}

struct wanted_line {
	struct screen_row row;
	int number;
};

static bool is_line(struct script *s, const void *context)
{
	const struct wanted_line *wanted = context;
	int rows;
	bool is = false;

	terminal_size(s->terminal, &(int){ 0 }, &rows);
	if (wanted->number <= rows) {
		char *text = terminal_row(s->terminal, wanted->number);

		is = screen_row_matches(&wanted->row, text);
		free(text);
	}
	return is;
}

static void expect_line(struct script *s, const struct word *args, size_t n)
{
	struct wanted_line wanted;
	char *text = strpbrk(args[0].text, " \t");

	(void)n;
	if (text)
		*text++ = '\0';
	wanted.number = script_number(s, args[0].text, 1, 500);
	if (!text || !screen_read_row(&wanted.row, text))
		script_fail(s, "no row of a screen follows the number");
	if (!wait_for(s, is_line, &wanted))
		script_fail_with_screen(s, "row %d differs",
		                        wanted.number);
}

static bool shows(struct script *s, const void *context)
{
	int rows;
	bool found = false;

	terminal_size(s->terminal, &(int){ 0 }, &rows);
	for (int row = 1; row <= rows && !found; row++) {
		char *text = terminal_row(s->terminal, row);

		found = strstr(text, context) != NULL;
		free(text);
	}
	return found;
}

static bool hides(struct script *s, const void *context)
{
	return !shows(s, context);
}

static void expect_shown(struct script *s, const struct word *args, size_t n)
{
	(void)n;
	if (!wait_for(s, shows, args[0].text))
		script_fail_with_screen(s, "not shown: %s", args[0].text);
}

static void expect_hidden(struct script *s, const struct word *args, size_t n)
{
	(void)n;
	if (!wait_for(s, hides, args[0].text))
		script_fail_with_screen(s, "still shown: %s", args[0].text);
}

struct place {
	int row, column;
	const struct word *styles;
	size_t n;
};

static struct place read_place(struct script *s, const struct word *args)
{
	return (struct place){
		.row = script_number(s, args[0].text, 1, 500),
		.column = script_number(s, args[1].text, 1, 500),
	};
}

static bool is_cursor_there(struct script *s, const void *context)
{
	const struct place *wanted = context;
	int row, column;

	return terminal_cursor(s->terminal, &row, &column) &&
	       row == wanted->row && column == wanted->column;
}

static bool is_cursor_hidden(struct script *s, const void *context)
{
	(void)context;
	return !terminal_cursor(s->terminal, &(int){ 0 }, &(int){ 0 });
}

static void expect_cursor(struct script *s, const struct word *args, size_t n)
{
	struct place wanted;

	if (n == 1 && strcmp(args[0].text, "hidden") == 0) {
		if (!wait_for(s, is_cursor_hidden, NULL))
			script_fail_with_screen(s, "the cursor is visible");
	} else if (n == 2) {
		wanted = read_place(s, args);
		if (!wait_for(s, is_cursor_there, &wanted))
			script_fail_with_screen(s, "the cursor is elsewhere");
	} else {
		script_fail(s, "the cursor is at ROW COLUMN, or hidden");
	}
}

/* The words of PLACE are those of STYLE, in any order. */
static bool are_styles(const struct place *place, const char *style)
{
	char *copy = mem_strdup(style), *rest = copy, *word;
	size_t found = 0, words = 0;

	while ((word = strsep(&rest, " "))) {
		words++;
		for (size_t i = 0; i < place->n; i++)
			found += strcmp(place->styles[i].text, word) == 0;
	}
	free(copy);
	return found == place->n && words == place->n;
}

static bool is_style(struct script *s, const void *context)
{
	const struct place *wanted = context;
	char *style = terminal_style(s->terminal, wanted->row, wanted->column);
	bool is = are_styles(wanted, style);

	free(style);
	return is;
}

static void expect_style(struct script *s, const struct word *args, size_t n)
{
	struct place wanted = read_place(s, args);

	wanted.styles = args + 2;
	wanted.n = n - 2;
	if (!wait_for(s, is_style, &wanted)) {
		char *style = terminal_style(s->terminal, wanted.row,
		                             wanted.column);

		script_fail_with_screen(s, "the style at %d %d is %s",
		                        wanted.row, wanted.column, style);
		free(style);
	}
}

static bool is_colourless(struct script *s, const void *context)
{
	int columns, rows;
	bool colour = false;

	(void)context;
	terminal_size(s->terminal, &columns, &rows);
	for (int i = 0; i < columns * rows && !colour; i++) {
		char *style = terminal_style(s->terminal, i / columns + 1,
		                             i % columns + 1);

		colour = strchr(style, '=') != NULL;
		free(style);
	}
	return !colour;
}

static void expect_colourless(struct script *s, const struct word *args,
                              size_t n)
{
	(void)args;
	(void)n;
	if (!wait_for(s, is_colourless, NULL))
		script_fail_with_screen(s, "there is colour on the screen");
}

/* --- the files ------------------------------------------------------------ */

/* The one file whose name the pattern NAME is: a new string; NULL where there
 * is none, or more than one. */
static char *find_file(const char *name)
{
	glob_t found;
	char *path = NULL;

	if (glob(name, GLOB_NOSORT, NULL, &found) == 0) {
		if (found.gl_pathc == 1)
			path = mem_strdup(found.gl_pathv[0]);
		globfree(&found);
	}
	return path;
}

static bool exists(struct script *s, const void *context)
{
	char *path = find_file(context);
	bool found = path != NULL;

	(void)s;
	free(path);
	return found;
}

static bool is_missing(struct script *s, const void *context)
{
	glob_t found;

	(void)s;
	if (glob(context, GLOB_NOSORT, NULL, &found) != 0)
		return true;
	globfree(&found);
	return false;
}

static void expect_file(struct script *s, const struct word *args, size_t n)
{
	(void)n;
	if (!wait_for(s, exists, args[0].text))
		script_fail_with_screen(s, "there is no file %s, or more than "
		                        "one", args[0].text);
}

static void expect_no_file(struct script *s, const struct word *args, size_t n)
{
	(void)n;
	if (!wait_for(s, is_missing, args[0].text))
		script_fail_with_screen(s, "there is a file %s", args[0].text);
}

/* The bytes of the one file whose name is the pattern NAME; NULL if none. */
static char *read_found(const char *name, size_t *length)
{
	char *path = find_file(name), *why = NULL;
	char *bytes = path ? file_read(path, length, &why) : NULL;

	free(path);
	free(why);
	return bytes;
}

struct wanted_bytes {
	const char *name;
	const char *bytes;
	size_t length;
};

static bool is_same(struct script *s, const void *context)
{
	const struct wanted_bytes *wanted = context;
	size_t length = 0;
	char *bytes = read_found(wanted->name, &length);
	bool same = bytes && length == wanted->length &&
	            memcmp(bytes, wanted->bytes, length) == 0;

	(void)s;
	free(bytes);
	return same;
}

static bool has_bytes(struct script *s, const void *context)
{
	const struct wanted_bytes *wanted = context;
	size_t length = 0;
	char *bytes = read_found(wanted->name, &length);
	bool has = bytes && memmem(bytes, length, wanted->bytes,
	                           wanted->length) != NULL;

	(void)s;
	free(bytes);
	return has;
}

/* Fails; tells the first line of NAME that is not as WANTED has it. */
static void fail_different(struct script *s, const char *name,
                           const char *wanted)
{
	size_t length, n_wanted, n_found;
	char *bytes = read_found(name, &length);
	const char *found = bytes ? bytes : "";
	long line = 1;

	for (;; line++) {
		n_wanted = strcspn(wanted, "\n");
		n_found = strcspn(found, "\n");
		if (n_wanted != n_found || !wanted[n_wanted] ||
		    strncmp(wanted, found, n_wanted + 1) != 0)
			break;
		wanted += n_wanted + 1;
		found += n_found + 1;
	}
	script_fail_with_screen(s, "%s differs%s, from line %ld\n"
	                        "wanted: %.*s\nfound:  %.*s", name,
	                        bytes ? "" : " (there is none)", line,
	                        (int)n_wanted, wanted, (int)n_found, found);
	free(bytes);
}

static void expect_same(struct script *s, const struct word *args, size_t n)
{
	char *path = buf_format("%s/%s", getenv("srcdir"), args[1].text);
	struct wanted_bytes wanted = { .name = args[0].text };
	char *why, *bytes = file_read(path, &wanted.length, &why);

	(void)n;
	if (bytes) {
		wanted.bytes = bytes;
		if (!wait_for(s, is_same, &wanted))
			fail_different(s, wanted.name, bytes);
	} else {
		script_fail(s, "%s", why);
		free(why);
	}
	free(bytes);
	free(path);
}

static void expect_bytes(struct script *s, const struct word *args, size_t n)
{
	struct wanted_bytes wanted = {
		args[0].text, args[1].text, args[1].length,
	};

	(void)n;
	if (!wait_for(s, has_bytes, &wanted))
		script_fail_with_screen(s, "%s does not have %s", wanted.name,
		                        wanted.bytes);
}

/* --- the end -------------------------------------------------------------- */

static const struct {
	const char *name;
	int number;
} signals[] = {
	{ "HUP", SIGHUP }, { "INT", SIGINT }, { "QUIT", SIGQUIT },
	{ "TERM", SIGTERM }, { "KILL", SIGKILL }, { "ABRT", SIGABRT },
	{ "SEGV", SIGSEGV }, { "STOP", SIGSTOP }, { "CONT", SIGCONT },
	{ "BUS", SIGBUS }, { "ILL", SIGILL }, { "FPE", SIGFPE },
	{ "TSTP", SIGTSTP }, { "WINCH", SIGWINCH }, { "USR1", SIGUSR1 }, { "PIPE", SIGPIPE },
	{ "ALRM", SIGALRM }, { "VTALRM", SIGVTALRM }, { "PROF", SIGPROF },
	{ "XCPU", SIGXCPU }, { "PWR", SIGPWR }, { "TRAP", SIGTRAP },
};

int script_signal(const char *name)
{
	for (size_t i = 0; i < COUNT(signals); i++)
		if (strcmp(signals[i].name, name) == 0)
			return signals[i].number;
	return 0;
}

static bool has_ended(struct script *s, const void *context)
{
	(void)context;
	return terminal_ended(s->terminal, &(int){ 0 });
}

static bool is_end(int status, int signal, int code)
{
	return WIFSIGNALED(status) ? WTERMSIG(status) == signal
	                           : !signal && WEXITSTATUS(status) == code;
}

static void expect_exit(struct script *s, const struct word *args, size_t n)
{
	int signal = script_signal(args[0].text);
	int code = signal ? 0 : script_number(s, args[0].text, 0, 255);
	int status;

	(void)n;
	if (!wait_for(s, has_ended, NULL))
		script_fail_with_screen(s, "the program has not ended");
	if (s->trouble)
		return;
	terminal_ended(s->terminal, &status);
	if (!is_end(status, signal, code)) {
		char *end = script_describe_end(status);

		script_fail_with_screen(s, "the program ended with %s", end);
		free(end);
	}
}

static void expect_restored(struct script *s, const struct word *args, size_t n)
{
	char *left;

	(void)args;
	(void)n;
	if (!wait_for(s, has_ended, NULL))
		script_fail_with_screen(s, "the program has not ended");
	if (s->trouble)
		return;
	left = terminal_left_behind(s->terminal);
	if (left)
		script_fail_with_screen(s, "the program left behind: %s", left);
	free(left);
}

static bool is_handed_back(struct script *s, const void *context)
{
	char *left = terminal_left_behind(s->terminal);

	(void)context;
	free(left);
	return !left;
}

/* What is restored, while something still runs: the shell of a program that has been
 * stopped. */
static void expect_handed_back(struct script *s, const struct word *args,
                               size_t n)
{
	(void)args;
	(void)n;
	if (!wait_for(s, is_handed_back, NULL)) {
		char *left = terminal_left_behind(s->terminal);

		script_fail_with_screen(s, "the program has left: %s", left);
		free(left);
	}
}

static bool is_taken_over(struct script *s, const void *context)
{
	(void)context;
	return terminal_is_taken(s->terminal);
}

static void expect_taken_over(struct script *s, const struct word *args,
                              size_t n)
{
	(void)args;
	(void)n;
	if (!wait_for(s, is_taken_over, NULL))
		script_fail_with_screen(s, "the terminal is not the program's: "
		                        "a mode is missing");
}

const struct command expect_commands[] = {
	{ "screen", expect_screen, 0, 0 },
	{ "line", expect_line, 1, REST_OF_LINE },
	{ "shows", expect_shown, 1, 1 },
	{ "hides", expect_hidden, 1, 1 },
	{ "cursor", expect_cursor, 1, 2 },
	{ "attr", expect_style, 3, ANY_NUMBER },
	{ "colourless", expect_colourless, 0, 0 },
	{ "exists", expect_file, 1, 1 },
	{ "missing", expect_no_file, 1, 1 },
	{ "same", expect_same, 2, 2 },
	{ "contains", expect_bytes, 2, 2 },
	{ "exit", expect_exit, 1, 1 },
	{ "restored", expect_restored, 0, 0 },
	{ "handed-back", expect_handed_back, 0, 0 },
	{ "taken-over", expect_taken_over, 0, 0 },
	{ .name = NULL },
};
