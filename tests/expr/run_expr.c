/* SPDX-License-Identifier: MIT */
/* run_expr FILE... - evaluate the expressions of .test files
 *
 * A test is a few lines, with an empty line behind it:
 *
 *     ${age} * 2 > .                the expression
 *     age = 12                      the answer to a question
 *     . = ?                         of the question that '.' means: none yet
 *     => true ?                     the result; '?': it is still open
 *     because: .                    optional: its deciders, in their order
 *     refers: age@1                 optional: its references, with their columns
 *     calls: today !now             optional: what it calls, and does not
 *
 * Answers and results are 'text', a number, true, false, a date (2025-04-01,
 * 2025-04-01T10:30:00), or ? for what is not answered yet. A fault is told as
 * "=> error COLUMN: message". Other settings:
 *
 *     today() = 2025-04-01          and now(); else as in DEFAULT_... below
 *     label of a yes = 'はい'       the label of the choice yes of question a
 *     choice group = 'x'            the expression is a choice filter, and the
 *                                   choice has x in the column group
 *
 * ␤ and ␉ stand for a line feed and a tab, {{text×9}} for text nine times over.
 * Lines that begin with # are comments.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "expr/expr.h"

#define DEFAULT_TODAY "2025-04-01"
#define DEFAULT_NOW "2025-04-01T10:30:00"
#define MAX_SETTINGS 32

struct setting {
	char *key;
	struct value value;
};

struct test {
	const char *file;
	long line;
	char *expression; /* NULL: none begun */
	struct setting settings[MAX_SETTINGS];
	int n_settings;
	char *result, *because, *refers, *calls; /* NULL: not asked */
	char *trouble; /* what is wrong with the test itself */
};

static int passed, failed_tests;

/* --- reading -------------------------------------------------------------- */

static const char *after(const char *s, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(s, prefix, n) == 0 ? s + n : NULL;
}

/* The {{text×n}} at S, written out; its length in S, or 0 if it is none. */
static size_t add_repeated(struct buf *out, const char *s)
{
	const char *text = after(s, "{{");
	const char *times = text ? strstr(text, "×") : NULL;
	const char *end = times ? strstr(times, "}}") : NULL;

	if (!end)
		return 0;
	for (long n = atol(times + strlen("×")); n > 0; n--)
		buf_add_bytes(out, text, (size_t)(times - text));
	return (size_t)(end - s) + 2;
}

static char *expand(const char *s)
{
	struct buf out;
	size_t n;

	buf_init(&out);
	while (*s) {
		if ((n = add_repeated(&out, s))) {
			s += n;
		} else if (after(s, "␤")) {
			buf_add_byte(&out, '\n');
			s += strlen("␤");
		} else if (after(s, "␉")) {
			buf_add_byte(&out, '\t');
			s += strlen("␉");
		} else {
			buf_add_byte(&out, *s++);
		}
	}
	return out.s;
}

/* 'text', a number, a date, true, false or ?; false if S is none of them. */
static bool read_value(const char *s, struct value *v)
{
	size_t n = strlen(s);
	double days;

	if (strcmp(s, "?") == 0) {
		*v = value_string("");
		v->open = true;
	} else if (n >= 2 && (*s == '\'' || *s == '"') && s[n - 1] == *s) {
		*v = value_own_string(mem_strndup(s + 1, n - 2));
	} else if (strcmp(s, "true") == 0 || strcmp(s, "false") == 0) {
		*v = value_boolean(*s == 't');
	} else if (value_read_date(s, &days)) {
		*v = value_date(days);
	} else {
		char *end;

		*v = value_number(strtod(s, &end));
		return n && !*end;
	}
	return true;
}

static void read_setting(struct test *t, const char *line)
{
	const char *equals = strstr(line, " = ");
	struct setting *setting = &t->settings[t->n_settings];

	if (equals && t->n_settings < MAX_SETTINGS &&
	    read_value(equals + 3, &setting->value)) {
		setting->key = mem_strndup(line, (size_t)(equals - line));
		t->n_settings++;
	} else {
		t->trouble = buf_format("cannot read: %s", line);
	}
}

static void read_line(struct test *t, const char *line)
{
	static const char *const marks[] = {
		"=> ", "because: ", "refers: ", "calls: ",
	};
	char **const places[] = {
		&t->result, &t->because, &t->refers, &t->calls,
	};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		const char *rest = after(line, marks[i]);

		if (rest && !*places[i]) {
			*places[i] = mem_strdup(rest);
			return;
		}
	}
	read_setting(t, line);
}

/* --- the environment ------------------------------------------------------ */

static struct setting *find(struct test *t, const char *key)
{
	for (int i = 0; i < t->n_settings; i++)
		if (strcmp(t->settings[i].key, key) == 0)
			return &t->settings[i];
	return NULL;
}

static int question(struct test *t, const char *name)
{
	struct setting *setting = find(t, name);

	return setting ? (int)(setting - t->settings) : -1;
}

static struct value answer(void *ctx, int i)
{
	struct value v = ((struct test *)ctx)->settings[i].value;

	v.string = mem_strdup(v.string);
	return v;
}

static char *choice_label(void *ctx, int i, const char *name)
{
	struct test *t = ctx;
	char *key = buf_format("label of %s %s", t->settings[i].key, name);
	struct setting *setting = find(t, key);

	free(key);
	return mem_strdup(setting ? setting->value.string : "");
}

static const char *column(void *ctx, const char *name)
{
	char *key = buf_format("choice %s", name);
	struct setting *setting = find(ctx, key);

	free(key);
	return setting ? setting->value.string : "";
}

static double clock_setting(struct test *t, const char *key, const char *other)
{
	struct setting *setting = find(t, key);
	double days = 0;

	if (setting)
		return setting->value.number;
	value_read_date(other, &days);
	return days;
}

static enum expr_place place(struct test *t)
{
	for (int i = 0; i < t->n_settings; i++)
		if (after(t->settings[i].key, "choice "))
			return EXPR_IN_CHOICE_FILTER;
	return EXPR_IN_SURVEY;
}

/* --- one test ------------------------------------------------------------- */

static void expect(struct test *t, const char *what, const char *expected,
                   const char *got)
{
	if (t->trouble || !expected || strcmp(expected, got) == 0)
		return;
	t->trouble = buf_format("%s\n\t%s %s\n\tgot %s", t->expression, what,
	                        expected, got);
}

static char *write_value(const struct value *v)
{
	char *s = value_to_string(v);
	const char *quote = v->kind != VALUE_STRING ? ""
	                    : strchr(s, '\'') ? "\"" : "'";
	char *written = buf_format("%s%s%s%s", quote, s, quote,
	                           v->open ? " ?" : "");

	free(s);
	return written;
}

static void expect_value(struct test *t, const struct expr *e,
                         const struct expr_env *env)
{
	struct value v = expr_eval(e, env);
	char *written = write_value(&v);

	expect(t, "=>", t->result, written);
	free(written);
	value_release(&v);
}

struct found {
	struct test *test;
	struct buf names;
};

static void found(void *ctx, int i)
{
	struct found *f = ctx;

	buf_addf(&f->names, "%s%s", f->names.len ? " " : "",
	         f->test->settings[i].key);
}

static void expect_deciders(struct test *t, const struct expr *e,
                            const struct expr_env *env)
{
	struct found f = {.test = t};

	buf_init(&f.names);
	expr_deciders(e, env, found, &f);
	expect(t, "because:", t->because, f.names.len ? f.names.s : "none");
	buf_release(&f.names);
}

static long column_of(const char *text, size_t offset)
{
	return (long)text_count_graphemes(text, offset) + 1;
}

static void expect_references(struct test *t, const struct expr_ref *refs,
                              size_t n)
{
	struct buf got;

	buf_init(&got);
	for (size_t i = 0; i < n; i++)
		buf_addf(&got, "%s%s@%ld", i ? " " : "", refs[i].name,
		         column_of(t->expression, refs[i].offset));
	expect(t, "refers:", t->refers, n ? got.s : "none");
	buf_release(&got);
}

static void expect_calls(struct test *t, const struct expr *e)
{
	char *names = mem_strdup(t->calls), *rest = names, *name;
	struct buf got;

	buf_init(&got);
	while (names && (name = strtok_r(rest, " ", &rest))) {
		name += *name == '!';
		buf_addf(&got, "%s%s%s", got.len ? " " : "",
		         expr_calls(e, name) ? "" : "!", name);
	}
	expect(t, "calls:", t->calls, got.s);
	buf_release(&got);
	free(names);
}

static void run_parsed(struct test *t, struct expr *e)
{
	struct expr_env env = {
		.ctx = t,
		.answer = answer,
		.choice_label = choice_label,
		.column = column,
		.self = question(t, "."),
		.today = clock_setting(t, "today()", DEFAULT_TODAY),
		.now = clock_setting(t, "now()", DEFAULT_NOW),
	};
	size_t n;
	struct expr_ref *refs = expr_refs(e, &n);

	for (size_t i = 0; i < n; i++) {
		refs[i].question = question(t, refs[i].name);
		if (refs[i].question < 0 && !t->trouble)
			t->trouble = buf_format("%s\n\tno answer for %s",
			                        t->expression, refs[i].name);
	}
	expect_value(t, e, &env);
	expect_deciders(t, e, &env);
	expect_references(t, refs, n);
	expect_calls(t, e);
}

static void run(struct test *t)
{
	struct expr_error error;
	struct expr *e;
	char *told;

	if (!t->result) {
		t->trouble = buf_format("%s\n\thas no result", t->expression);
		return;
	}
	e = expr_parse(t->expression, place(t), &error);
	if (e) {
		run_parsed(t, e);
		expr_free(e);
		return;
	}
	told = buf_format("error %ld: %s", column_of(t->expression, error.offset),
	                  error.text);
	expect(t, "=>", t->result, told);
	free(told);
	free(error.text);
}

static void finish(struct test *t)
{
	if (!t->expression)
		return;
	if (!t->trouble)
		run(t);
	if (t->trouble)
		printf("%s:%ld: %s\n", t->file, t->line, t->trouble);
	passed += !t->trouble;
	failed_tests += t->trouble != NULL;
	for (int i = 0; i < t->n_settings; i++) {
		free(t->settings[i].key);
		value_release(&t->settings[i].value);
	}
	free(t->expression);
	free(t->result);
	free(t->because);
	free(t->refers);
	free(t->calls);
	free(t->trouble);
	*t = (struct test){.file = t->file};
}

static bool run_file(const char *name)
{
	struct test t = {.file = name};
	FILE *file = fopen(name, "r");
	char *raw = NULL, *line;
	size_t room = 0;
	ssize_t n;

	if (!file) {
		perror(name);
		return false;
	}
	for (long number = 1; (n = getline(&raw, &room, file)) > 0; number++) {
		if (raw[n - 1] == '\n')
			raw[n - 1] = '\0';
		if (*raw == '#')
			continue;
		line = expand(raw);
		if (!*line) {
			finish(&t);
		} else if (!t.expression) {
			t.expression = mem_strdup(line);
			t.line = number;
		} else if (!t.trouble) {
			read_line(&t, line);
		}
		free(line);
	}
	finish(&t);
	free(raw);
	fclose(file);
	return true;
}

int main(int argc, char **argv)
{
	bool readable = true;

	for (int i = 1; i < argc; i++)
		readable &= run_file(argv[i]);
	printf("%d passed, %d failed\n", passed, failed_tests);
	return readable && passed && !failed_tests ? 0 : 1;
}
