/* saver.h - writes files in the background, so that a slow disk holds nobody up
 *
 * Whoever saves makes the bytes (that is quick) and gives them away; a thread
 * writes them, and says so on saver_fd, which is waited on beside the keyboard.
 *
 * What always holds:
 * - One job at a time. What changes meanwhile is the next one's, so that there is
 *   no queue, and the newest bytes win.
 * - A job is all or nothing: where one of its files cannot be written, it and those
 *   before it, if they were new, are gone again, and nothing is removed. Where the
 *   last of several has its place and only may not last (file.h), it is all; what is
 *   obsolete is kept, then.
 * - A thread is begun with each job and ends with it: before the first save there
 *   is none, and none when nothing is under way. It touches its job and nothing
 *   else: no record, no screen. Where no thread or pipe is to be had the job is
 *   done at once, by the caller.
 * - No signal is delivered to it but those of its own crash.
 * - Failure is data, in the job; whoever takes the job back tells it.
 *
 * A disk may never answer. Nobody has to wait for it: saver_end returns after a
 * time, and saver_give_up leaves what is under way to itself: what has no name by
 * then gets none.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef OUT_SAVER_H
#define OUT_SAVER_H

#include <stdbool.h>

#include "out/file.h"
#include "out/lock.h"
#include "out/stamp.h"

struct save_file {
	char *path;
	char *bytes;
	size_t length;
	struct stamp stamp; /* what is there; once it is written, that */
	bool is_new;        /* nothing was */
	struct stamp late;  /* what may be there by now, too: ours */
	atomic_flag named;  /* file_save's */
};

struct save {
	struct save_file files[2]; /* written in this order */
	int n;
	bool looks; /* a file that is as its stamp says is not written again */
	char *self; /* the last one is locked first, as SELF (lock.h); NULL: it is
	             * locked, or need not be */
	char *obsolete; /* removed when all of them are written; NULL */
	struct stamp obsolete_stamp; /* if it is still that; else nothing is done */
	/* what came of it: */
	struct lock *lock; /* its owner may take it; NULL: there is none */
	int failed;     /* the one that was not written; -1: all were, or will be */
	char *holder;   /* since this one has the lock; NULL */
	bool overtaken; /* or since another has changed it, or what is obsolete; */
	struct file_failure failure; /* else this is why */
	bool vanished;  /* a file that was written had gone in the meantime */
	bool unsettled; /* the last one stands there, but may not last: *failure */
	const char *left; /* what was to be removed and is still there; NULL, */
	int left_error;   /* and why: an errno; 0: another has changed it */
};

/* A job with nothing to do yet; it owns what is put into it. */
struct save *save_new(void);
/* BYTES are to be written as PATH, which is as STAMP says; takes both. */
void save_add(struct save *job, char *path, char *bytes, size_t length,
              struct stamp stamp);
void save_free(struct save *job); /* NULL is fine */

struct saver *saver_new(void);
void saver_free(struct saver *s); /* NULL is fine; does not wait */

/* Wait no longer for the job that is under way, and free S. LOCK (NULL is fine) is
 * left once the disk answers. What its last file may hold then; usually nothing comes
 * of it. */
struct stamp saver_give_up(struct saver *s, struct lock *lock);

/* Begin JOB, and take it; none may be under way. */
void saver_begin(struct saver *s, struct save *job);
bool saver_is_busy(const struct saver *s); /* a job has not been taken back */
/* The job that is under way, done; NULL where it is not done within MILLISECONDS
 * (-1: however long it takes) or a signal came first. */
struct save *saver_end(struct saver *s, int milliseconds);
/* Readable once the job is done, until saver_end; -1 where it never is. */
int saver_fd(const struct saver *s);

#endif
