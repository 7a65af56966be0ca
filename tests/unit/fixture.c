/* SPDX-License-Identifier: MIT */
#include "fixture.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/csv.h"
#include "form/form_reader.h"
#include "out/file.h"
#include "out/record_csv.h"

const struct moment fixture_now = { 20781, 20781.5 };

static struct form *read_form(const char *bytes, size_t length,
                              const char *file)
{
	struct diag_list diags;
	struct form *form;

	diag_list_init(&diags);
	form = form_read(bytes, length, file, &diags);
	for (size_t i = 0; i < diags.n; i++) {
		char *text = diag_format(&diags.items[i]);

		print_error("%s\n", text);
		free(text);
	}
	assert_int_equal(diags.errors, 0);
	diag_list_release(&diags);
	return form;
}

/* Add the rows of TEXT, each after an empty cell. */
static void add_sheet(struct buf *csv, const char *name, const char *text)
{
	buf_addf(csv, "%s\n", name);
	while (*text) {
		const char *cells[64] = { "" };
		size_t length = strcspn(text, "\n"), n = 1;
		char *row = strndup(text, length);
		char *cell, *rest = row;

		while ((cell = strsep(&rest, "|"))) {
			assert_true(n < COUNT(cells));
			cells[n++] = cell;
		}
		csv_add_row(csv, cells, n);
		text += length + (text[length] == '\n');
		free(row);
	}
}

struct form *fixture_form(const char *survey, const char *choices)
{
	struct buf csv;
	struct form *form;

	buf_init(&csv);
	add_sheet(&csv, "survey", survey);
	if (choices)
		add_sheet(&csv, "choices", choices);
	add_sheet(&csv, "settings", "form_title|form_id|version\n試験|t|1");
	form = read_form(csv.s, csv.len, "t.csv");
	buf_release(&csv);
	return form;
}

struct form *fixture_form_text(const char *csv)
{
	return read_form(csv, strlen(csv), "t.csv");
}

char *fixture_file(const char *path, size_t *length)
{
	const char *srcdir = getenv("srcdir");
	char *whole = buf_format("%s/%s", srcdir ? srcdir : ".", path);
	char *why, *bytes = file_read(whole, length, &why);

	if (!bytes)
		fail_msg("%s", why);
	free(whole);
	return bytes;
}

struct form *fixture_form_file(const char *path)
{
	size_t length;
	char *bytes = fixture_file(path, &length);
	struct form *form = read_form(bytes, length, path);

	free(bytes);
	return form;
}

static char directory[4096];

int enter_directory(void)
{
	const char *temporary = getenv("TMPDIR");

	snprintf(directory, sizeof directory, "%s/kakuninsho-test-XXXXXX",
	         temporary && *temporary ? temporary : "/tmp");
	return mkdtemp(directory) && chdir(directory) == 0 ? 0 : -1;
}

static int remove_entry(const char *path, const struct stat *st, int type,
                        struct FTW *place)
{
	(void)st, (void)type, (void)place;
	return remove(path);
}

int leave_directory(void)
{
	return chdir("/") + nftw(directory, remove_entry, 10,
	                         FTW_PHYS | FTW_DEPTH);
}

void put_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

int row_of(const struct form *form, const char *name)
{
	int row = form_find(form, name);

	if (row < 0)
		fail_msg("no row is called %s", name);
	return row;
}

struct changes answer(struct record *r, const char *name, const char *text)
{
	return record_set(r, row_of(r->form, name), text);
}

void assert_answer(const struct record *r, const char *name, const char *text)
{
	const char *is = record_answer(r, row_of(r->form, name));

	if (strcmp(is, text) != 0)
		fail_msg("%s is [%s], not [%s]", name, is, text);
}

void assert_applies(const struct record *r, const char *name,
                    const char *applies)
{
	static const char *const words[] = {
		[APPLIES_NO] = "no",
		[APPLIES_UNKNOWN] = "unknown",
		[APPLIES_YES] = "yes",
	};
	const char *is = words[record_applies(r, row_of(r->form, name))];

	if (strcmp(is, applies) != 0)
		fail_msg("%s: applies is %s, not %s", name, is, applies);
}

char *csv_of(const struct record *r)
{
	struct buf b;

	buf_init(&b);
	record_csv_write(r, &b);
	return b.s;
}
