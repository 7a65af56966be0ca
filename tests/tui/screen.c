/* SPDX-License-Identifier: MIT */
#include "screen.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

static const struct screen_row blank_row = { .kind = '|', .text = "" };

static bool is_gap(const struct screen_row *row)
{
	return row->kind == '.';
}

bool screen_read_row(struct screen_row *row, char *line)
{
	size_t n = strlen(line);

	while (n > 1 && line[n - 1] == ' ')
		line[--n] = '\0';
	row->kind = *line;
	row->text = line + 1;
	return *line == '|' || *line == '~' || strcmp(line, "...") == 0;
}

static const char *next_character(const char *s)
{
	do
		s++;
	while (((unsigned char)*s & 0xc0) == 0x80);
	return s;
}

static bool pattern_matches(const char *pattern, const char *text)
{
	while (*pattern && *text) {
		if (*pattern == '?')
			text = next_character(text);
		else if (*pattern != *text++)
			return false;
		pattern++;
	}
	return *pattern == *text;
}

bool screen_row_matches(const struct screen_row *row, const char *text)
{
	return row->kind == '~' ? pattern_matches(row->text, text)
	                        : strcmp(row->text, text) == 0;
}

void screen_add(struct screen *screen, struct screen_row row)
{
	screen->rows = mem_room(screen->rows, screen->n, &screen->cap,
	                        sizeof row);
	screen->rows[screen->n++] = row;
}

void screen_release(struct screen *screen)
{
	free(screen->rows);
}

/* --- against the terminal ------------------------------------------------- */

static char **read_rows(const struct terminal *t, int *n)
{
	char **rows;

	terminal_size(t, &(int){ 0 }, n);
	rows = mem_array((size_t)*n, sizeof *rows);
	for (int i = 0; i < *n; i++)
		rows[i] = terminal_row(t, i + 1);
	return rows;
}

static void free_rows(char **rows, int n)
{
	for (int i = 0; i < n; i++)
		free(rows[i]);
	free(rows);
}

/* The N rows WANTED are the N_FOUND rows FOUND, where those that WANTED does
 * not show are blank. */
static bool match(const struct screen_row *wanted, size_t n, char **found,
                  int n_found)
{
	while (n && !is_gap(wanted)) {
		if (!n_found || !screen_row_matches(wanted, *found))
			return false;
		wanted++, n--;
		found++, n_found--;
	}
	if (!n) {
		while (n_found && !**found)
			found++, n_found--;
		return !n_found;
	}
	for (int i = 0; i <= n_found; i++)
		if (match(wanted + 1, n - 1, found + i, n_found - i))
			return true;
	return false;
}

bool screen_matches(const struct screen *screen, const struct terminal *t)
{
	int n;
	char **rows = read_rows(t, &n);
	bool matches = match(screen->rows, screen->n, rows, n);

	free_rows(rows, n);
	return matches;
}

/* --- telling what differs ------------------------------------------------- */

static size_t rows_to_gap(const struct screen_row *rows, size_t n)
{
	size_t i = 0;

	while (i < n && !is_gap(&rows[i]))
		i++;
	return i;
}

static int count_equal(const struct screen_row *wanted, size_t n, char **found)
{
	int equal = 0;

	for (size_t i = 0; i < n; i++)
		equal += screen_row_matches(&wanted[i], found[i]);
	return equal;
}

/* Where from row FIRST on the N rows WANTED are, or are best. */
static int best_place(const struct screen_row *wanted, size_t n, char **found,
                      int first, int n_found)
{
	int best = first, most = -1;

	for (int at = first; at + (int)n <= n_found; at++) {
		int equal = count_equal(wanted, n, found + at);

		if (equal > most) {
			most = equal;
			best = at;
		}
	}
	return best;
}

static void add_difference(struct buf *b, int row,
                           const struct screen_row *wanted, const char *found)
{
	buf_addf(b, "\n%5d wanted %c%s\n      found  ", row, wanted->kind,
	         wanted->text);
	if (found)
		buf_addf(b, "|%s", found);
	else
		buf_add(b, "(no such row)");
}

static int add_differences(struct buf *b, const struct screen_row *wanted,
                           size_t n, char **found, int at, int n_found)
{
	for (size_t i = 0; i < n; i++, at++) {
		const char *row = at < n_found ? found[at] : NULL;

		if (!row || !screen_row_matches(&wanted[i], row))
			add_difference(b, at + 1, &wanted[i], row);
	}
	return at;
}

char *screen_differences(const struct screen *screen, const struct terminal *t)
{
	int n_found, at = 0;
	char **found = read_rows(t, &n_found);
	bool gap = false;
	struct buf b;

	buf_init(&b);
	for (size_t i = 0, n; i < screen->n; i += n + gap) {
		const struct screen_row *wanted = screen->rows + i;

		n = rows_to_gap(wanted, screen->n - i);
		if (gap)
			at = best_place(wanted, n, found, at, n_found);
		at = add_differences(&b, wanted, n, found, at, n_found);
		gap = i + n < screen->n;
	}
	for (; !gap && at < n_found; at++)
		if (*found[at])
			add_difference(&b, at + 1, &blank_row, found[at]);
	free_rows(found, n_found);
	return b.s;
}
