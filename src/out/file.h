/* file.h - files are read whole, and written whole or not at all
 *
 * A save writes a temporary file in the same directory (new, 0600), flushes it
 * to the disk, gives it the name, and flushes it again and the directory: whoever
 * looks, and whatever a power loss leaves, finds the old file or the new one, never
 * a part.
 * No file is ever written in place: where a directory takes no new file, the
 * save fails and another place has to be given, even if the file itself could
 * be written to.
 *
 * What is kept of a file that is replaced: its mode, owner, group and access
 * list as far as the system allows, and never more than it allowed before (what
 * its group could do is taken back where the group cannot be kept); symlinks,
 * since what they point to is replaced (one that leads nowhere is an error). Not
 * kept: other hard links (they go on naming the old bytes), other extended
 * attributes, the times.
 *
 * Left behind by a process that was killed in a save is at most its temporary,
 * .kakuninsho-saving-XXXXXX. Each save removes those of its directory that are
 * ours (by name, a regular file, owned by us) and whose writer is dead: a writer
 * holds a lock (flock) on its own. Should one that is alive be removed all the
 * same, its save notices and begins again.
 *
 * Where that cannot hold, and what is done there instead:
 *  - vfat, exfat: no owners, modes or access lists. What the file system gives
 *    a file is taken, whatever it is (its mount options say who may read it).
 *    Neither has a journal: a power loss between the name and the flushes after
 *    it may leave the name without its bytes, and no program can help that; these
 *    flushes keep it to a few milliseconds.
 *  - No way to give a name only if it is free (RENAME_NOREPLACE, which NFS, 9p
 *    and some FUSE file systems lack): link() does it; where there are no links
 *    either, the name is looked up first, and a file that another process makes
 *    in the moment between is replaced.
 *  - A directory that cannot be flushed (EINVAL, ENOTSUP; some network and FUSE
 *    file systems) or not be opened to read (mode -wx): that step is left out, and
 *    a power loss may bring back the old file, whole. Files that cannot be flushed
 *    at all: left out too, and then it is up to the file system what a power loss
 *    leaves.
 *  - flock that does not reach other machines (some network and FUSE file
 *    systems): a temporary of theirs may be removed under them; see above.
 *  - Network file systems and disks that call flushed what is not: nobody can
 *    tell.
 *  - Of a directory, TIDY_MAX entries are looked at for what is to be removed.
 *
 * file_save may be called in any thread: it shares no state, changes nothing of
 * the process (umask) and reports by numbers.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef OUT_FILE_H
#define OUT_FILE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#define FILE_MAX (8 * 1024 * 1024) /* bytes; more is no form and no record */

/* The whole of PATH, a regular file, or of standard input where PATH is "-": a
 * new string with a NUL after its *LENGTH bytes; or NULL and *WHY (a new
 * string). A file that others write to meanwhile is read as far as it goes; that
 * it is no record then, whoever reads it will say. */
char *file_read(const char *path, size_t *length, char **why);

enum file_save_mode {
	FILE_CREATE,  /* nothing may be there */
	FILE_REPLACE, /* what is there is replaced; its mode and a symlink stay */
};

/* Why a save was not made. */
struct file_failure {
	enum file_step {
		FILE_STEP_PREPARE, /* looking at what is there */
		FILE_STEP_CREATE,  /* a new file in the directory */
		FILE_STEP_WRITE,   /* its bytes, up to the disk */
		FILE_STEP_NAME,
		FILE_STEP_SETTLE,  /* the name, where it had another file before, up
		                    * to the disk */
	} step;
	int error; /* an errno */
};

/* Save BYTES as PATH. False and *FAILURE where that failed; then what was there
 * is as it was. The one exception is FILE_REPLACE with FILE_STEP_SETTLE: there
 * the new file is in place, whole, but a power loss may still bring back the old
 * one; to save again is to try again.
 *
 * NAMED, where it is not NULL, is set just before the file gets its name; where it
 * was set already the save fails (ECANCELED). So whoever waits for a disk no longer
 * can make sure that nothing comes of it later. */
bool file_save(const char *path, const char *bytes, size_t length,
               enum file_save_mode mode, atomic_flag *named,
               struct file_failure *failure);

/* FAILURE to save PATH as a sentence in the person's language; a new string.
 * Main thread only (gettext, strerror). */
char *file_failure_text(const char *path, const struct file_failure *failure);

bool file_exists(const char *path); /* else errno: ENOENT, or it may be */

/* The cause ERROR (an errno) in the person's language; static storage. */
const char *file_error(int error);

/* DIRECTORY/NAME with ENDING, or with -2, -3, ... before ENDING where that
 * exists: a name that is free now. A new string. DIRECTORY may be "". */
char *file_free_name(const char *directory, const char *name,
                     const char *ending);

/* TEXT as part of a file name that every system and every shell takes: what
 * Windows or Unix refuse, and a space, is _, at most 200 bytes. A new string; "_"
 * where nothing is left. */
char *file_name_from(const char *text);

/* The directory of PATH with its '/'; "" where it has none. A new string. */
char *file_directory(const char *path);

#endif
