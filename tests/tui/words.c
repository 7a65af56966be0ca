/* SPDX-License-Identifier: MIT */
#include "words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

#define BLANKS " \t"

/* The escape sequence at S, behind its backslash: what remains behind it; NULL
 * where it is none. */
static const char *read_escape(const char *s, struct buf *out)
{
	static const char names[] = "\"\\nrte", bytes[] = "\"\\\n\r\t\033";
	const char *name = *s ? strchr(names, *s) : NULL;
	unsigned byte;
	int length = 0;

	if (name) {
		buf_add_byte(out, bytes[name - names]);
		return s + 1;
	}
	if (sscanf(s, "x%2x%n", &byte, &length) != 1 || length != 3)
		return NULL;
	buf_add_byte(out, (char)byte);
	return s + length;
}

static const char *read_quoted(const char *s, struct buf *out)
{
	while (s && *s != '"') {
		if (!*s)
			return NULL;
		if (*s == '\\')
			s = read_escape(s + 1, out);
		else
			buf_add_byte(out, *s++);
	}
	return s ? s + 1 : NULL;
}

/* The value of the variable at S, if there is one, and *LENGTH of its name. */
static const char *variable(const char *s, size_t *length)
{
	static const char *const names[] = { "$srcdir", "$builddir" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		*length = strlen(names[i]);
		if (strncmp(s, names[i], *length) == 0)
			return getenv(names[i] + 1);
	}
	return NULL;
}

/* The unquoted character, or variable, at S. */
static const char *read_plain(const char *s, struct buf *out)
{
	size_t length;
	const char *value = variable(s, &length);

	if (!value) {
		buf_add_byte(out, *s);
		return s + 1;
	}
	buf_add(out, value);
	return s + length;
}

static bool is_times(const char *s)
{
	return s[0] == '*' && s[1] >= '1' && s[1] <= '9';
}

/* The word at S: what remains behind it; NULL where it is not well formed. */
static const char *read_word(const char *s, struct word *word)
{
	struct buf out;
	char *end;

	buf_init(&out);
	word->quoted = *s == '"';
	word->times = 1;
	do /* a * that begins a word is the key of that name */
		s = *s == '"' ? read_quoted(s + 1, &out) : read_plain(s, &out);
	while (s && *s && !strchr(BLANKS, *s) && !is_times(s));
	word->text = out.s;
	word->length = out.len;
	if (s && *s == '*') {
		word->times = strtol(s + 1, &end, 10);
		s = end;
	}
	return s && (!*s || strchr(BLANKS, *s)) ? s : NULL;
}

bool words_read(struct words *w, const char *line)
{
	*w = (struct words){ .items = NULL };
	while (line && *(line += strspn(line, BLANKS))) {
		w->items = mem_room(w->items, w->n, &w->cap, sizeof *w->items);
		line = read_word(line, &w->items[w->n++]);
	}
	return line != NULL;
}

void words_release(struct words *w)
{
	for (size_t i = 0; i < w->n; i++)
		free(w->items[i].text);
	free(w->items);
}
