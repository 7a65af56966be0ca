/* SPDX-License-Identifier: MIT */
#include "script.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "out/file.h"

#define BUSY_MICROSECONDS 200  /* how long to wait for a program at work */
#define QUIET_MICROSECONDS 5000 /* and for one that is not */

/* --- strings -------------------------------------------------------------- */

void strings_add(struct strings *l, char *string)
{
	l->items = mem_room(l->items, l->n + 1, &l->cap, sizeof *l->items);
	l->items[l->n++] = string;
	l->items[l->n] = NULL;
}

static void remove_name(struct strings *l, const char *name)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < l->n; i++) {
		if (strncmp(l->items[i], name, length) != 0 ||
		    l->items[i][length] != '=')
			continue;
		free(l->items[i]);
		l->items[i] = l->items[--l->n];
		l->items[l->n] = NULL;
		return;
	}
}

void strings_set(struct strings *l, const char *name, const char *value)
{
	remove_name(l, name);
	if (value)
		strings_add(l, buf_format("%s=%s", name, value));
}

void strings_release(struct strings *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->items[i]);
	free(l->items);
	*l = (struct strings){ .items = NULL };
}

/* --- failing -------------------------------------------------------------- */

static void add_screen(struct buf *b, const struct terminal *t)
{
	int columns, rows, row, column;
	bool visible = terminal_cursor(t, &row, &column);
	size_t end = 0;

	terminal_size(t, &columns, &rows);
	buf_addf(b, "\nThe screen, %dx%d, cursor %d %d%s:\nscreen\n", columns,
	         rows, row, column, visible ? "" : " (hidden)");
	for (row = 1; row <= rows; row++) {
		char *text = terminal_row(t, row);

		buf_addf(b, "|%s\n", text);
		if (*text || row == 1)
			end = b->len;
		free(text);
	}
	b->len = end - 1;
	b->s[b->len] = '\0';
}

/* T: with its screen; NULL: without. */
__attribute__((format(printf, 3, 0)))
static void fail(struct script *s, const struct terminal *t, const char *format,
                 va_list args)
{
	struct buf b;

	if (s->trouble)
		return;
	buf_init(&b);
	buf_addv(&b, format, args);
	if (t)
		add_screen(&b, t);
	s->trouble = b.s;
}

void script_fail(struct script *s, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fail(s, NULL, format, args);
	va_end(args);
}

void script_fail_with_screen(struct script *s, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fail(s, s->terminal, format, args);
	va_end(args);
}

char *script_describe_end(int status)
{
	if (WIFSIGNALED(status))
		return buf_format("signal %d (%s)", WTERMSIG(status),
		                  strsignal(WTERMSIG(status)));
	return buf_format("exit code %d", WEXITSTATUS(status));
}

/* --- reading -------------------------------------------------------------- */

char *script_take_line(struct script *s, const char *prefixes)
{
	char *line = s->next;

	if (!*line || (prefixes && !strchr(prefixes, *line)))
		return NULL;
	s->next += strcspn(line, "\n");
	if (*s->next)
		*s->next++ = '\0';
	s->next_line++;
	return line;
}

int script_number(struct script *s, const char *text, int least, int most)
{
	char *end;
	long number = strtol(text, &end, 10);

	if (end == text || *end || number < least || number > most) {
		script_fail(s, "%s is no number from %d to %d", text, least,
		            most);
		return least;
	}
	return (int)number;
}

/* --- waiting -------------------------------------------------------------- */

bool script_wait(struct script *s, condition *holds, const void *context)
{
	double end = terminal_clock() + s->patience;

	while (terminal_clock() < end) {
		bool resting;

		terminal_pump(s->terminal, 0);
		resting = terminal_at_rest(s->terminal);
		if (resting && holds(s, context))
			return true;
		if (resting && terminal_ended(s->terminal, &(int){ 0 }))
			return false; /* nothing more will come */
		terminal_pump(s->terminal, resting ? QUIET_MICROSECONDS
		                                   : BUSY_MICROSECONDS);
	}
	return false;
}

static bool always(struct script *s, const void *context)
{
	(void)s;
	(void)context;
	return true;
}

bool script_rest(struct script *s)
{
	return script_wait(s, always, NULL);
}

static void tell_count(struct script *s)
{
	double last;
	size_t received;

	if (!s->input || !s->options->counts)
		return;
	received = terminal_received(s->terminal, &last);
	last = last > s->input_time ? last - s->input_time : 0;
	printf("%s:%ld: %s: %zu bytes in %.2f ms\n", s->file, s->input_line,
	       s->input, received - s->input_received, 1000 * last);
}

static void mark_input(struct script *s, const char *name)
{
	s->input = name;
	s->input_line = s->line;
	s->input_received = terminal_received(s->terminal, &(double){ 0 });
	s->input_time = terminal_clock();
}

bool script_begin_input(struct script *s, const char *name)
{
	if (!s->terminal) {
		script_fail(s, "no program has been started");
	} else if (!script_rest(s)) {
		script_fail_with_screen(s, "the program does not come to rest");
	} else if (terminal_ended(s->terminal, &(int){ 0 })) {
		script_fail_with_screen(s, "the program has ended");
	} else {
		tell_count(s);
		mark_input(s, name);
	}
	return !s->trouble;
}

static bool is_running(struct script *s)
{
	return s->terminal && !terminal_ended(s->terminal, &(int){ 0 });
}

void script_start(struct script *s)
{
	if (is_running(s)) {
		script_fail_with_screen(s, "a program is still running");
		return;
	}
	if (s->terminal) {
		tell_count(s);
		terminal_free(s->terminal);
	}
	s->terminal = terminal_start(s->program.items, s->environment.items,
	                             s->kind, s->columns, s->rows,
	                             s->options->bytes);
	if (s->terminal)
		mark_input(s, "run");
	else
		script_fail(s, "no pseudo-terminal: %s", strerror(errno));
}

/* --- running -------------------------------------------------------------- */

static const struct command *find(const char *name, size_t length)
{
	static const struct command *const tables[] = {
		action_commands, expect_commands,
	};

	for (size_t i = 0; i < COUNT(tables); i++)
		for (const struct command *c = tables[i]; c->name; c++)
			if (strlen(c->name) == length &&
			    strncmp(c->name, name, length) == 0)
				return c;
	return NULL;
}

static void run_line(struct script *s, char *line)
{
	size_t length = strcspn(line, " \t");
	const struct command *command = find(line, length);
	char *rest = line + length + strspn(line + length, " \t");
	struct word raw = { .text = rest, .length = strlen(rest), .times = 1 };
	struct words words = { .items = NULL };

	if (!command)
		script_fail(s, "there is no command %.*s", (int)length, line);
	else if (command->most == REST_OF_LINE)
		command->carry_out(s, &raw, 1);
	else if (!words_read(&words, rest))
		script_fail(s, "not well formed: %s", rest);
	else if (words.n < command->least || words.n > command->most)
		script_fail(s, "too many words for %s, or too few",
		            command->name);
	else
		command->carry_out(s, words.items, words.n);
	words_release(&words);
}

static void run_lines(struct script *s)
{
	char *line;

	s->next_line = 1;
	while (!s->trouble && (line = script_take_line(s, NULL))) {
		s->line = s->next_line - 1;
		if (*line && *line != '#')
			run_line(s, line);
	}
	if (!s->trouble && is_running(s))
		script_fail_with_screen(s, "the program is still running at the "
		                        "end");
	if (!s->trouble)
		tell_count(s);
}

static void set_environment(struct script *s, const char *directory)
{
	static const char *const kept[] = {
		"PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS",
	};

	for (size_t i = 0; i < COUNT(kept); i++)
		if (getenv(kept[i]))
			strings_set(&s->environment, kept[i], getenv(kept[i]));
	strings_set(&s->environment, "TERM", "xterm-256color");
	strings_set(&s->environment, "LC_ALL", "C.UTF-8");
	strings_set(&s->environment, "LANGUAGE", "");
	strings_set(&s->environment, "KAKUNINSHO_LOCALEDIR", "/nonexistent");
	strings_set(&s->environment, "HOME", directory);
}

static int remove_entry(const char *path, const struct stat *status, int type,
                        struct FTW *place)
{
	(void)status;
	(void)type;
	(void)place;
	return remove(path);
}

/* A script may have made a directory unreadable. */
static int unlock_directory(const char *path, const struct stat *status,
                            int type, struct FTW *place)
{
	(void)status;
	(void)place;
	if (type == FTW_D || type == FTW_DNR)
		chmod(path, 0700);
	return 0;
}

static void remove_directory(const char *path)
{
	nftw(path, unlock_directory, 10, FTW_PHYS);
	nftw(path, remove_entry, 10, FTW_PHYS | FTW_DEPTH);
}

static char *make_directory(void)
{
	const char *parent = getenv("TMPDIR");
	char *path = buf_format("%s/kakuninsho-tui-XXXXXX",
	                        parent && *parent ? parent : "/tmp");

	if (mkdtemp(path))
		return path;
	free(path);
	return NULL;
}

static void run_in_own_directory(struct script *s)
{
	int outside = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	char *directory = make_directory();

	if (outside >= 0 && directory && chdir(directory) == 0) {
		set_environment(s, directory);
		run_lines(s);
	} else {
		script_fail(s, "no directory to run in: %s", strerror(errno));
	}
	terminal_free(s->terminal);
	if (outside < 0 || fchdir(outside) < 0)
		abort(); /* the next script would run in the wrong place */
	close(outside);
	if (directory)
		remove_directory(directory);
	free(directory);
}

bool script_run(const char *file, const struct script_options *options)
{
	struct script s = {
		.file = file, .options = options,
		.patience = options->patience, .columns = 80, .rows = 24,
	};
	size_t length;
	char *text = file_read(file, &length, &s.trouble);
	bool passed;

	if (text) {
		s.next = text;
		run_in_own_directory(&s);
	}
	passed = !s.trouble;
	if (!passed)
		printf("FAILED: %s:%ld: %s\n", file, s.line, s.trouble);
	strings_release(&s.environment);
	strings_release(&s.program);
	free(s.trouble);
	free(text);
	return passed;
}
