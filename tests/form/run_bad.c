/* SPDX-License-Identifier: MIT
 *
 * run_bad FORM.csv...: each form's diagnostics against those of FORM.expected
 *
 * A diagnostic is a line, as diag_format has it, with the file's name without
 * its directory. A form must be refused where one of them is no warning.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "form/form_reader.h"
#include "out/file.h"

static char *read_or_die(const char *path, size_t *length)
{
	char *why, *bytes = file_read(path, length, &why);

	if (!bytes) {
		printf("%s\n", why);
		exit(1);
	}
	return bytes;
}

/* What reading PATH says: a new string. */
static char *diagnostics_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct diag_list diags;
	struct form *form;
	struct buf out;
	size_t length;
	char *bytes = read_or_die(path, &length);

	buf_init(&out);
	diag_list_init(&diags);
	form = form_read(bytes, length, slash ? slash + 1 : path, &diags);
	for (size_t i = 0; i < diags.n; i++) {
		char *text = diag_format(&diags.items[i]);

		buf_addf(&out, "%s\n", text);
		free(text);
	}
	if (!form != (diags.errors > 0))
		buf_add(&out, "refused without an error, or the reverse\n");
	form_free(form);
	diag_list_release(&diags);
	free(bytes);
	return out.s;
}

static bool check(const char *path)
{
	size_t length;
	char *golden = buf_format("%.*s.expected",
	                          (int)(strlen(path) - strlen(".csv")), path);
	char *expected = read_or_die(golden, &length);
	char *is = diagnostics_of(path);
	bool same = strcmp(is, expected) == 0;

	if (!same)
		printf("%s says\n%sinstead of\n%s\n", path, is, expected);
	free(is);
	free(expected);
	free(golden);
	return same;
}

int main(int argc, char *argv[])
{
	int passed = 0, failed = 0;

	for (int i = 1; i < argc; i++)
		if (check(argv[i]))
			passed++;
		else
			failed++;
	printf("%d passed, %d failed\n", passed, failed);
	return failed || !passed;
}
