/* filters.h - the sandbox's seccomp filters
 *
 * build-aux/sandbox-filter.c makes them, when the program is built.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef CMD_FILTERS_H
#define CMD_FILTERS_H

#include <linux/filter.h>

#include "cmd/sandbox.h"

struct filter {
	const struct sock_filter *code;
	unsigned short n;
};
extern const struct filter filters[SANDBOXES];

/* Stands in them for the number of the process, which is not known yet. */
#define FILTER_PID 0x70494430u

#endif
