/* lock.h - who has a record open to write
 *
 * Beside a record NAME lies .NAME.lock as long as somebody fills it in; whoever
 * comes second is told who that is. (A NAME too long for that is cut, and told
 * from others by a number.) It is the kernel that holds the lock (flock on that
 * file): it ends with the process that has it, however that ends, and a file left
 * over from one that was killed stands in nobody's way. What is in the file, one
 * line, only serves to say who:
 *
 *   kakuninsho TAB user TAB host TAB process TAB since (UTC, ISO 8601)
 *
 * It may come from anybody: it is bounded, and shown only as text. A file of that
 * name that holds something else, or is no regular file, or has a second name, is
 * none of ours and is never written to or removed.
 *
 * The lock is that of the real path, whatever symlinks lead to it.
 *
 * There is none where no file can be made beside the record, where the file system
 * knows no flock, and between machines that share one without passing locks on
 * (some network file systems). That is no error: what another has written is then
 * noticed before it is overwritten (stamp.h).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef OUT_LOCK_H
#define OUT_LOCK_H

struct lock;

/* This process as others shall be told of it, for lock_take: a new string. Asks
 * for the user's name, which may need a socket (nss): to be called once, before
 * the program denies itself those. The rest of this module needs open, flock,
 * fstat, pread, pwrite, fchmod, unlink, readlink and poll. */
char *lock_self(void);

/* Lock the record PATH, which need not exist yet. NULL where another has it: then
 * *HOLDER is that one's line (a new string), for lock_words; or where there can be
 * no lock: then *HOLDER is NULL, and one goes on without. So it is, too, where SELF
 * has it already: by a save that was given up (saver.h). */
struct lock *lock_take(const char *path, const char *self, char **holder);

/* Let it go; its file is removed. NULL is fine. */
void lock_leave(struct lock *l);
/* The same, without touching the disk, which may not answer: the lock ends with
 * the process. */
void lock_forget(struct lock *l);

/* The line of whoever has PATH open to write; NULL where nobody is known to.
 * Whoever asks about a record of their own is told of themselves. */
char *lock_holder(const char *path);

/* Who it is that a lock's LINE names, in the person's language and as text only; a
 * new string. Main thread only (gettext); the others may be called in any. */
char *lock_words(const char *line);

#endif
