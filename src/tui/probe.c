/* SPDX-License-Identifier: MIT */
#include "tui/probe.h"

#include <sys/stat.h>
#ifdef __linux__
#include <sys/sysmacros.h>
#endif
#include <unistd.h>

enum probe_finding probe_find(const struct event *e)
{
	const int row = 1, column = 2, wide = 4; /* as PROBE_QUESTION has it */
	int drawn = e->column - column;

	/* A shell may have asked before, and its answer come now. */
	if (e->key != 'R' || e->row != row || drawn < 0 || drawn > PROBE_BYTES)
		return PROBE_NOTHING;
	switch (drawn - wide) {
	case 1:
		return PROBE_NARROW;
	case 2:
		return PROBE_WIDE;
	default:
		return PROBE_NOT_UTF8;
	}
}

/* By Linux's list of devices: 4, 1 to 63 (Documentation/admin-guide/devices.txt);
 * what stands between (fbterm, screen) is a terminal of its own. */
bool probe_is_console(void)
{
#ifdef __linux__
	struct stat st;

	return fstat(STDOUT_FILENO, &st) == 0 && S_ISCHR(st.st_mode) &&
	       major(st.st_rdev) == 4 && minor(st.st_rdev) >= 1 &&
	       minor(st.st_rdev) <= 63;
#else
	return false;
#endif
}
