/* directory.h - the CSV files in a directory, and in those within it
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef OUT_DIRECTORY_H
#define OUT_DIRECTORY_H

#include <stdbool.h>
#include <stddef.h>

/* Directories within directories, and files and directories in all; what is beyond
 * that is told. */
#define DIRECTORY_MAX_DEPTH 16
#define DIRECTORY_MAX_ENTRIES 20000

struct directory {
	char **files; /* paths, sorted within each directory */
	size_t n;
	size_t cap;
	char **faults; /* what could not be looked at and why, a sentence each, in
	                * the person's language */
	size_t n_faults;
	size_t cap_faults;
};

bool directory_is(const char *path); /* or a symbolic link to one */

/* The regular files below PATH whose name ends in .csv, in whatever case. Left out
 * are names that begin with a dot, and symbolic links, but PATH itself may be one.
 * Release with directory_release. */
void directory_read(const char *path, struct directory *d);
void directory_release(struct directory *d);

#endif
