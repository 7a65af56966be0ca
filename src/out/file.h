/* file.h - files are read whole, and written whole or not at all
 *
 * A save writes a temporary file in the same directory, flushes it to the disk,
 * gives it its name and flushes the directory: whoever looks finds the old
 * file or the new one, never a part. Where a file system cannot flush a
 * directory (some network file systems say EINVAL), that step is left out.
 *
 * Failures are told in a sentence that names the file and the cause.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef OUT_FILE_H
#define OUT_FILE_H

#include <stdbool.h>
#include <stddef.h>

#define FILE_MAX (64 * 1024 * 1024) /* bytes; more is no form and no record */

/* The whole of PATH, a regular file, or of standard input where PATH is "-": a
 * new string with a NUL after its *LENGTH bytes; or NULL and *WHY (a new
 * string). */
char *file_read(const char *path, size_t *length, char **why);

enum file_save_mode {
	FILE_CREATE,  /* nothing may be there */
	FILE_REPLACE, /* what is there is replaced; its mode and a symlink stay */
};

/* Save BYTES as PATH. False and *WHY (a new string) where that failed; then
 * what was there is as it was. */
bool file_save(const char *path, const char *bytes, size_t length,
               enum file_save_mode mode, char **why);

bool file_exists(const char *path);

/* The cause ERROR (an errno) in the person's language; static storage. */
const char *file_error(int error);

/* DIRECTORY/NAME with ENDING, or with -2, -3, ... before ENDING where that
 * exists: a name that is free now. A new string. DIRECTORY may be "". */
char *file_free_name(const char *directory, const char *name,
                     const char *ending);

/* TEXT as part of a file name that every system takes: what Windows or Unix
 * refuse is _, at most 200 bytes. A new string; "_" where nothing is left. */
char *file_name_from(const char *text);

/* The directory of PATH with its '/'; "" where it has none. A new string. */
char *file_directory(const char *path);

#endif
