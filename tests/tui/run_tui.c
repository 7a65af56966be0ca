/* SPDX-License-Identifier: MIT
 *
 * run_tui [-c] [-o FILE] SCRIPT...: screen tests
 *
 *   -c       after each script command that is an input, tell how many bytes
 *            the program sent for it, and when the last of them came
 *   -o FILE  everything that the programs send, to look at
 *
 * A script is a person at a terminal; its language stands in README. The
 * program is $KAKUNINSHO, or $builddir/src/kakuninsho. An expectation that has
 * not come true after TUI_PATIENCE seconds (60) fails.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "script.h"

/* Make the path in the variable NAME absolute: scripts run elsewhere. */
static bool make_absolute(const char *name)
{
	const char *path = getenv(name);
	char absolute[PATH_MAX];

	if (realpath(path, absolute))
		return setenv(name, absolute, 1) == 0;
	fprintf(stderr, "run_tui: %s=%s: %s\n", name, path, strerror(errno));
	return false;
}

static bool set_paths(void)
{
	char *program;

	setenv("srcdir", ".", 0);
	setenv("builddir", ".", 0);
	if (!make_absolute("srcdir") || !make_absolute("builddir"))
		return false;
	if (getenv("KAKUNINSHO"))
		return make_absolute("KAKUNINSHO");
	program = buf_format("%s/src/kakuninsho", getenv("builddir"));
	setenv("KAKUNINSHO", program, 1);
	free(program);
	return true;
}

static bool read_options(int argc, char **argv, struct script_options *options)
{
	const char *patience = getenv("TUI_PATIENCE");
	int option;

	options->patience = patience ? atof(patience) : 60;
	while ((option = getopt(argc, argv, "co:")) != -1) {
		if (option == 'c')
			options->counts = true;
		else if (option != 'o')
			return false;
		else if (!(options->bytes = fopen(optarg, "we")))
			return perror(optarg), false;
	}
	return optind < argc;
}

int main(int argc, char **argv)
{
	struct script_options options = { .counts = false };
	int passed = 0, failed = 0;

	if (!read_options(argc, argv, &options)) {
		fputs("usage: run_tui [-c] [-o FILE] SCRIPT...\n", stderr);
		return 99;
	}
	if (!set_paths())
		return 99;
	for (int i = optind; i < argc; i++) {
		if (script_run(argv[i], &options))
			passed++;
		else
			failed++;
	}
	if (options.bytes)
		fclose(options.bytes);
	printf("%d passed, %d failed\n", passed, failed);
	return failed != 0;
}
