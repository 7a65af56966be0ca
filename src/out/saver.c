/* SPDX-License-Identifier: MIT */
#include "out/saver.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

#define STACK_BYTES (256 * 1024)

struct saver {
	struct save *job; /* NULL: none is under way */
	struct lock *lock; /* to be left when it has ended */
	bool threaded;    /* by this thread, which writes a byte when it ends */
	pthread_t thread;
	int done[2];
	atomic_int holders; /* its owner, and the thread; the last one frees it */
};

/* --- jobs --------------------------------------------------------------- */

struct save *save_new(void)
{
	struct save *job = mem_alloc(sizeof *job);

	job->failed = -1;
	return job;
}

void save_add(struct save *job, char *path, char *bytes, size_t length,
              struct stamp stamp)
{
	job->files[job->n++] = (struct save_file){
		path, bytes, length, stamp, !stamp.there,
		.named = ATOMIC_FLAG_INIT,
	};
}

void save_free(struct save *job)
{
	if (!job)
		return;
	for (int i = 0; i < job->n; i++) {
		free(job->files[i].path);
		free(job->files[i].bytes);
	}
	lock_leave(job->lock);
	free(job->self);
	free(job->holder);
	free(job->obsolete);
	free(job);
}

static void discard(struct save *job, const char *path, struct stamp *stamp)
{
	if (stamp_discard(path, stamp)) {
		*stamp = (struct stamp){0};
		return;
	}
	job->left = path;
	job->left_error = errno;
}

/* The first N files, if they were new, are gone again. */
static void undo(struct save *job, int n)
{
	while (n-- > 0)
		if (job->files[n].is_new)
			discard(job, job->files[n].path, &job->files[n].stamp);
}

/* True where the Nth file, which could not be saved, stands there all the same. */
static bool stands(const struct save *job, int n)
{
	const struct save_file *f = &job->files[n];

	return stamp_is_of(&f->stamp, f->bytes, f->length);
}

/* True where the Nth file is written. */
static bool write_file(struct save *job, int n)
{
	struct save_file *f = &job->files[n];

	if (f->late.there &&
	    stamp_compare(f->path, &f->late) == STAMP_SAME) {
		f->stamp = f->late;
		f->is_new = false;
	}
	if (job->looks && stamp_compare(f->path, &f->stamp) == STAMP_SAME)
		return true;
	switch (stamp_save(f->path, f->bytes, f->length, &f->stamp, &f->named,
	                   &job->failure)) {
	case STAMP_SAVED_ANEW:
		job->vanished = true;
		return true;
	case STAMP_SAVED:
		return true;
	case STAMP_OVERTAKEN:
		job->overtaken = true;
		break;
	case STAMP_SAVE_FAILED:
		break;
	}
	return false;
}

/* False where another has what is to be written, or has changed what is to go. */
static bool is_ours(struct save *job)
{
	if (job->self)
		job->lock = lock_take(job->files[job->n - 1].path, job->self,
		                      &job->holder);
	job->overtaken = job->obsolete &&
		stamp_compare(job->obsolete, &job->obsolete_stamp) ==
		STAMP_CHANGED;
	return !job->holder && !job->overtaken;
}

static void carry_out(struct save *job)
{
	if (!is_ours(job)) {
		job->failed = job->n - 1;
		return;
	}
	for (int i = 0; i < job->n; i++) {
		if (write_file(job, i))
			continue;
		job->unsettled = i > 0 && i == job->n - 1 && stands(job, i);
		if (job->unsettled) {
			job->failure.step = FILE_STEP_SETTLE;
			return;
		}
		job->failed = i;
		undo(job, i + 1);
		return;
	}
	if (job->obsolete)
		discard(job, job->obsolete, &job->obsolete_stamp);
}

/* --- the thread --------------------------------------------------------- */

static void let_go(struct saver *s)
{
	if (atomic_fetch_sub(&s->holders, 1) > 1)
		return;
	save_free(s->job);
	lock_leave(s->lock);
	if (s->done[0] >= 0) {
		close(s->done[0]);
		close(s->done[1]);
	}
	free(s);
}

static void *work(void *context)
{
	struct saver *s = context;

	carry_out(s->job);
	if (write(s->done[1], "", 1) == 1) /* an empty pipe takes a byte */
		let_go(s);
	return NULL;
}

/* A thread has the signals of whoever begins it. */
static bool begin_thread(struct saver *s)
{
	static const int own[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT,
	                           SIGTRAP, SIGSYS };
	sigset_t blocked, before;
	pthread_attr_t attributes;
	bool begun;

	if (s->done[1] < 0 || pthread_attr_init(&attributes) != 0)
		return false;
	pthread_attr_setstacksize(&attributes, STACK_BYTES);
	sigfillset(&blocked);
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		sigdelset(&blocked, own[i]);
	pthread_sigmask(SIG_SETMASK, &blocked, &before);
	s->holders = 2;
	begun = pthread_create(&s->thread, &attributes, work, s) == 0;
	if (!begun)
		s->holders = 1;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
	return begun;
}

struct saver *saver_new(void)
{
	struct saver *s = mem_alloc(sizeof *s);

#ifdef M_ARENA_MAX
	/* glibc would give the thread 64 MB of addresses for a heap of its own. */
	mallopt(M_ARENA_MAX, 1);
#endif
	s->holders = 1;
	if (pipe2(s->done, O_CLOEXEC) != 0)
		s->done[0] = s->done[1] = -1;
	return s;
}

void saver_free(struct saver *s)
{
	if (!s)
		return;
	if (s->job && s->threaded)
		pthread_detach(s->thread);
	let_go(s);
}

struct stamp saver_give_up(struct saver *s, struct lock *lock)
{
	struct save *job = s->job;
	struct save_file *last = &job->files[job->n - 1];
	struct stamp late = {0};

	s->lock = lock;
	for (int i = job->n; i-- > 0; )
		if (atomic_flag_test_and_set(&job->files[i].named) &&
		    &job->files[i] == last)
			late = stamp_of(last->bytes, last->length);
	saver_free(s);
	return late;
}

void saver_begin(struct saver *s, struct save *job)
{
	s->job = job;
	s->threaded = begin_thread(s);
	if (!s->threaded)
		carry_out(job);
}

bool saver_is_busy(const struct saver *s)
{
	return s->job != NULL;
}

struct save *saver_end(struct saver *s, int milliseconds)
{
	struct save *job = s->job;
	struct pollfd done = { .fd = s->done[0], .events = POLLIN };
	int came;
	char byte;

	if (s->threaded) {
		do /* a signal is not the time that passes */
			came = poll(&done, 1, milliseconds);
		while (came < 0 && errno == EINTR && milliseconds > 0);
		if (came <= 0 ||
		    read(s->done[0], &byte, 1) != 1)
			return NULL;
		pthread_join(s->thread, NULL);
	}
	s->job = NULL;
	return job;
}

int saver_fd(const struct saver *s)
{
	return s->done[0];
}
