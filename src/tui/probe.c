/* SPDX-License-Identifier: MIT */
#include "tui/probe.h"

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
