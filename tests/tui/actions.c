/* SPDX-License-Identifier: MIT
 *
 * What a script does: it prepares, starts the program, and types.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "base/mem.h"
#include "keys.h"
#include "out/file.h"
#include "random.h"
#include "script.h"

/* --- before the program --------------------------------------------------- */

static bool read_size(struct script *s, const char *text, int *columns,
                      int *rows)
{
	int length = -1;

	/* libvterm writes past the screen where a 漢 has no room at all */
	if (sscanf(text, "%dx%d%n", columns, rows, &length) == 2 &&
	    !text[length] && *columns >= 2 && *columns <= 500 && *rows >= 1 &&
	    *rows <= 500)
		return true;
	script_fail(s, "%s is no size like 80x24", text);
	return false;
}

static void set_size(struct script *s, const struct word *args, size_t n)
{
	(void)n;
	read_size(s, args[0].text, &s->columns, &s->rows);
}

static void set_kind(struct script *s, const struct word *args, size_t n)
{
	static const struct {
		const char *name;
		unsigned kind;
	} kinds[] = {
		{ "usual", 0 },
		{ "wide", TERMINAL_WIDE },
		{ "mute", TERMINAL_MUTE },
		{ "euc-jp", TERMINAL_EUCJP | TERMINAL_WIDE },
	};

	s->kind = 0;
	for (size_t i = 0, k; i < n; i++) {
		for (k = 0; k < COUNT(kinds); k++)
			if (strcmp(args[i].text, kinds[k].name) == 0)
				break;
		if (k < COUNT(kinds))
			s->kind |= kinds[k].kind;
		else
			script_fail(s, "there is no terminal %s", args[i].text);
	}
}

static void set_variable(struct script *s, const struct word *args, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char *value = strchr(args[i].text, '=');

		if (value)
			*value++ = '\0';
		strings_set(&s->environment, args[i].text, value);
	}
}

static void set_patience(struct script *s, const struct word *args, size_t n)
{
	(void)n;
	s->patience = script_number(s, args[0].text, 0, 1000000) / 1000.0;
}

static void save(struct script *s, const char *name, const char *bytes,
                 size_t length)
{
	struct file_failure failure;
	char *why;

	if (file_save(name, bytes, length, FILE_REPLACE, NULL, &failure))
		return;
	why = file_failure_text(name, &failure);
	script_fail(s, "%s", why);
	free(why);
}

static void make_file(struct script *s, const struct word *args, size_t n)
{
	struct buf b;
	char *line;

	(void)n;
	buf_init(&b);
	while ((line = script_take_line(s, NULL)) && strcmp(line, ".") != 0)
		buf_addf(&b, "%s\n", line);
	if (!line)
		script_fail(s, "the file has no end: a line with . alone");
	else
		save(s, args[0].text, b.s, b.len);
	buf_release(&b);
}

static void copy_file(struct script *s, const struct word *args, size_t n)
{
	char *path = buf_format("%s/%s", getenv("srcdir"), args[1].text), *why;
	size_t length;
	char *bytes = file_read(path, &length, &why);

	(void)n;
	if (bytes) {
		save(s, args[0].text, bytes, length);
	} else {
		script_fail(s, "%s", why);
		free(why);
	}
	free(bytes);
	free(path);
}

static void run_shell(struct script *s, const struct word *args, size_t n)
{
	int status;

	(void)n;
	if (s->terminal)
		script_rest(s); /* what was typed has been dealt with */
	fflush(NULL);
	status = system(args[0].text);
	if (status != 0)
		script_fail(s, "it ends with status %d",
		            WIFEXITED(status) ? WEXITSTATUS(status) : status);
}

/* --- the program ---------------------------------------------------------- */

static void add_arguments(struct script *s, const struct word *args, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (long times = args[i].times; times > 0; times--)
			strings_add(&s->program, mem_strdup(args[i].text));
	script_start(s);
}

static void run(struct script *s, const struct word *args, size_t n)
{
	strings_release(&s->program);
	strings_add(&s->program, mem_strdup(getenv("KAKUNINSHO")));
	add_arguments(s, args, n);
}

static void execute(struct script *s, const struct word *args, size_t n)
{
	strings_release(&s->program);
	add_arguments(s, args, n);
}

static void resize(struct script *s, const struct word *args, size_t n)
{
	int columns, rows;

	(void)n;
	if (read_size(s, args[0].text, &columns, &rows) &&
	    script_begin_input(s, "resize"))
		terminal_resize(s->terminal, columns, rows);
}

static void send_signal(struct script *s, const struct word *args, size_t n)
{
	int number = script_signal(args[0].text);

	(void)n;
	if (!number)
		script_fail(s, "there is no signal %s", args[0].text);
	else if (script_begin_input(s, "signal"))
		terminal_signal(s->terminal, number);
}

static void stall(struct script *s, const struct word *args, size_t n)
{
	(void)args, (void)n;
	if (script_begin_input(s, "stall"))
		terminal_stall(s->terminal);
}

/* --- hands ---------------------------------------------------------------- */

static void type_word(struct script *s, const struct word *word)
{
	if (word->quoted)
		terminal_type(s->terminal, word->text, word->length);
	else if (!keys_press(s->terminal, word->text))
		script_fail(s, "there is no key %s", word->text);
}

static void press_keys(struct script *s, const struct word *args, size_t n)
{
	bool after_escape = false;

	if (!script_begin_input(s, "keys"))
		return;
	for (size_t i = 0; i < n && !s->trouble; i++) {
		for (long times = args[i].times; times > 0; times--) {
			if (after_escape)
				script_rest(s);
			type_word(s, &args[i]);
			after_escape = !args[i].quoted &&
			               strcmp(args[i].text, "Esc") == 0;
			if (after_escape)
				terminal_after_escape(s->terminal);
		}
	}
}

static void paste(struct script *s, const struct word *args, size_t n)
{
	struct buf b;

	if (!script_begin_input(s, "paste"))
		return;
	buf_init(&b);
	for (size_t i = 0; i < n; i++)
		for (long times = args[i].times; times > 0; times--)
			buf_add_bytes(&b, args[i].text, args[i].length);
	terminal_paste(s->terminal, b.s, b.len);
	buf_release(&b);
}

static const struct mouse_act {
	const char *name;
	int button;
	bool press, release;
} mouse_acts[] = {
	{ "left", 1, true, true },
	{ "middle", 2, true, true },
	{ "right", 3, true, true },
	{ "wheel-up", 4, true, false },
	{ "wheel-down", 5, true, false },
	{ "press", 1, true, false },
	{ "release", 1, false, true },
};

static const struct mouse_act *find_mouse_act(const char *name)
{
	for (size_t i = 0; i < COUNT(mouse_acts); i++)
		if (strcmp(mouse_acts[i].name, name) == 0)
			return &mouse_acts[i];
	return NULL;
}

static void use_mouse(struct script *s, const struct word *args, size_t n)
{
	const struct mouse_act *act = find_mouse_act(n > 2 ? args[2].text
	                                                   : "left");
	int columns, rows, row, column;

	if (!script_begin_input(s, "mouse"))
		return;
	terminal_size(s->terminal, &columns, &rows);
	row = script_number(s, args[0].text, 1, rows);
	column = script_number(s, args[1].text, 1, columns);
	if (!act)
		script_fail(s, "a mouse does not do %s", args[2].text);
	if (!terminal_wants_mouse(s->terminal))
		script_fail(s, "the program does not ask for the mouse");
	if (s->trouble)
		return;
	if (act->press)
		terminal_mouse(s->terminal, row, column, act->button, true);
	if (act->release)
		terminal_mouse(s->terminal, row, column, act->button, false);
}

static void press_at_random(struct script *s, const struct word *args, size_t n)
{
	int number = script_number(s, args[0].text, 1, 100000000);
	int seed = script_number(s, args[1].text, 1, 1000000000);

	(void)n;
	if (script_begin_input(s, "random"))
		random_input(s, number, (unsigned)seed);
}

const struct command action_commands[] = {
	{ "size", set_size, 1, 1 },
	{ "terminal", set_kind, 1, ANY_NUMBER },
	{ "env", set_variable, 1, ANY_NUMBER },
	{ "patience", set_patience, 1, 1 },
	{ "file", make_file, 1, 1 },
	{ "copy", copy_file, 2, 2 },
	{ "sh", run_shell, 1, REST_OF_LINE },
	{ "run", run, 0, ANY_NUMBER },
	{ "exec", execute, 1, ANY_NUMBER },
	{ "resize", resize, 1, 1 },
	{ "signal", send_signal, 1, 1 },
	{ "stall", stall, 0, 0 },
	{ "keys", press_keys, 1, ANY_NUMBER },
	{ "paste", paste, 1, ANY_NUMBER },
	{ "mouse", use_mouse, 2, 3 },
	{ "random", press_at_random, 2, 2 },
	{ .name = NULL },
};
