/* SPDX-License-Identifier: MIT */
#include "base/fatal.h"

#include <stdio.h>
#include <stdlib.h>

void (*fatal_hook)(void);

_Noreturn void fatal(const char *message)
{
	void (*hook)(void) = fatal_hook;

	fatal_hook = NULL;
	if (hook)
		hook();
	fprintf(stderr, "kakuninsho: %s\n", message);
	exit(2);
}
