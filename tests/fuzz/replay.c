/* SPDX-License-Identifier: MIT
 *
 * replay TARGET FILE...: give each file to the target, in a process of its own;
 * says which it did not survive. For make check, with any compiler.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fuzz.h"
#include "out/file.h"

#define PATIENCE 20 /* seconds for one file; a hang is a fault */

static const struct {
	const char *name;
	fuzz_target *run;
} targets[] = {
	{ "csv", fuzz_csv },
	{ "date", fuzz_date },
	{ "editor", fuzz_editor },
	{ "input", fuzz_input },
	{ "expression", fuzz_expression },
	{ "form", fuzz_form },
	{ "record", fuzz_record },
	{ "terminal", fuzz_terminal },
};

static fuzz_target *target_find(const char *name)
{
	for (size_t i = 0; i < sizeof targets / sizeof *targets; i++)
		if (strcmp(targets[i].name, name) == 0)
			return targets[i].run;
	return NULL;
}

static void give(fuzz_target *run, const char *path)
{
	size_t length;
	char *why, *bytes = file_read(path, &length, &why);

	if (!bytes) {
		fprintf(stderr, "%s\n", why);
		exit(1);
	}
	alarm(PATIENCE);
	run((const uint8_t *)bytes, length);
	free(bytes);
}

static bool survives(fuzz_target *run, const char *path)
{
	int status = 0;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		give(run, path);
		exit(0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return false;
	return status == 0;
}

int main(int argc, char *argv[])
{
	fuzz_target *run = argc > 2 ? target_find(argv[1]) : NULL;
	int failed = 0;

	if (!run) {
		fprintf(stderr, "usage: replay TARGET FILE...\n");
		return 99;
	}
	/* Once, not in every process. */
	fuzz_form_set(false);
	fuzz_form_set(true);
	for (int i = 2; i < argc; i++) {
		if (survives(run, argv[i]))
			continue;
		failed++;
		printf("FAILED: %s: %s\n", argv[1], argv[i]);
	}
	printf("%s: %d passed, %d failed\n", argv[1], argc - 2 - failed, failed);
	return failed > 0;
}
