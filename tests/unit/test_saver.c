/* SPDX-License-Identifier: MIT
 *
 * Files written in the background, on a disk (fsync, wrapped) that waits until the
 * test lets it go on. Each test works in an empty directory of its own, the current
 * one.
 */
#include "fixture.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "out/saver.h"

static char directory[] = "/tmp/kakuninsho-saver-XXXXXX";
static struct saver *saver;
static bool no_threads;
static int go[2];         /* a byte lets a flush through, if... */
static bool disk_is_slow; /* ...this */
static bool on_main;
static pthread_t main_thread;
static sigset_t blocked; /* in whoever flushed last */

int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __real_pthread_create(pthread_t *, const pthread_attr_t *,
                          void *(*)(void *), void *);
int __wrap_pthread_create(pthread_t *, const pthread_attr_t *,
                          void *(*)(void *), void *);

int __wrap_fsync(int fd)
{
	char byte;

	on_main = pthread_equal(pthread_self(), main_thread);
	pthread_sigmask(SIG_BLOCK, NULL, &blocked);
	if (disk_is_slow && read(go[0], &byte, 1) != 1)
		return -1;
	return __real_fsync(fd);
}

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*run)(void *), void *context)
{
	return no_threads ? EAGAIN
	                  : __real_pthread_create(thread, attributes, run,
	                                          context);
}

static int set_up(void **state)
{
	(void)state;
	memcpy(directory + sizeof directory - 7, "XXXXXX", 6);
	no_threads = disk_is_slow = false;
	main_thread = pthread_self();
	saver = saver_new();
	return mkdtemp(directory) && chdir(directory) == 0 && pipe(go) == 0
		? 0 : -1;
}

static int tear_down(void **state)
{
	static const char *const names[] = { "a", "b", "c", "draft" };

	(void)state;
	saver_free(saver);
	close(go[0]);
	close(go[1]);
	for (size_t i = 0; i < COUNT(names); i++)
		unlink(names[i]);
	return chdir("/") || rmdir(directory); /* nothing else is left */
}

/* The next flushes go through. */
static void let(int flushes)
{
	while (flushes-- > 0)
		assert_int_equal(write(go[1], "", 1), 1);
}

static const struct stamp nothing = { .there = false };

static struct stamp stamp_of_text(const char *text)
{
	return stamp_of(text, strlen(text));
}

static void give(struct save *job, const char *name, const char *text,
                 struct stamp stamp)
{
	save_add(job, mem_strdup(name), mem_strdup(text), strlen(text), stamp);
}

static struct save *job_of(const char *name, const char *text,
                           struct stamp stamp)
{
	struct save *job = save_new();

	give(job, name, text, stamp);
	return job;
}

/* Nobody else writes it. */
static void put(const char *name, const char *text)
{
	saver_begin(saver, job_of(name, text, nothing));
	save_free(saver_end(saver, -1));
}

/* WANTED is what the file NAME holds; NULL: it is not there. */
static void assert_holds(const char *name, const char *wanted)
{
	size_t length;
	char *why = NULL, *bytes = file_read(name, &length, &why);

	assert_int_equal(bytes != NULL, wanted != NULL);
	if (wanted)
		assert_string_equal(bytes, wanted);
	free(bytes);
	free(why);
}

static bool is_readable(int fd)
{
	struct pollfd one = { .fd = fd, .events = POLLIN };

	return poll(&one, 1, 0) > 0;
}

static void test_nobody_waits(void **state)
{
	struct save *job;

	(void)state;
	disk_is_slow = true;
	assert_false(saver_is_busy(saver));
	saver_begin(saver, job_of("a", "1", nothing));
	assert_true(saver_is_busy(saver));
	assert_null(saver_end(saver, 0));
	assert_null(saver_end(saver, 20));
	assert_false(is_readable(saver_fd(saver)));
	let(3); /* the file, with its name too, the directory */
	job = saver_end(saver, -1);
	assert_non_null(job);
	assert_int_equal(job->failed, -1);
	save_free(job);
	assert_holds("a", "1");
	assert_false(on_main);
	assert_false(saver_is_busy(saver));
	assert_false(is_readable(saver_fd(saver)));
}

static void test_it_says_when_it_is_done(void **state)
{
	struct pollfd done = { .fd = saver_fd(saver), .events = POLLIN };

	(void)state;
	for (int i = 0; i < 3; i++) {
		saver_begin(saver, job_of("a", "1", i ? stamp_of_text("1")
		                                      : nothing));
		assert_int_equal(poll(&done, 1, 10000), 1);
		save_free(saver_end(saver, 0));
		assert_false(saver_is_busy(saver));
	}
}

static void test_its_signals_are_blocked(void **state)
{
	(void)state;
	saver_begin(saver, job_of("a", "1", nothing));
	save_free(saver_end(saver, -1));
	assert_true(sigismember(&blocked, SIGTERM));
	assert_true(sigismember(&blocked, SIGTSTP));
	assert_true(sigismember(&blocked, SIGWINCH));
	assert_false(sigismember(&blocked, SIGSEGV));
	pthread_sigmask(SIG_BLOCK, NULL, &blocked);
	assert_false(sigismember(&blocked, SIGTERM));
}

static void test_all_of_a_job(void **state)
{
	struct save *job = job_of("a", "sheet", nothing);

	(void)state;
	put("draft", "old");
	give(job, "b", "record", nothing);
	job->obsolete = mem_strdup("draft");
	job->obsolete_stamp = stamp_of_text("old");
	saver_begin(saver, job);
	job = saver_end(saver, -1);
	assert_int_equal(job->failed, -1);
	save_free(job);
	assert_holds("a", "sheet");
	assert_holds("b", "record");
	assert_holds("draft", NULL);
}

static void test_nothing_of_a_job(void **state)
{
	struct save *job = job_of("a", "sheet", nothing);

	(void)state;
	put("b", "theirs");
	put("draft", "old");
	give(job, "b", "record", nothing);
	job->obsolete = mem_strdup("draft");
	job->obsolete_stamp = stamp_of_text("old");
	saver_begin(saver, job);
	job = saver_end(saver, -1);
	assert_int_equal(job->failed, 1);
	assert_int_equal(job->failure.error, EEXIST);
	save_free(job);
	assert_holds("a", NULL);
	assert_holds("b", "theirs");
	assert_holds("draft", "old");
}

/* What another has changed is neither overwritten nor removed, and nothing else is
 * done either. */
static void test_what_another_has_changed(void **state)
{
	struct save *job = job_of("a", "sheet", nothing);

	(void)state;
	put("b", "theirs");
	give(job, "b", "record", stamp_of_text("mine"));
	saver_begin(saver, job);
	job = saver_end(saver, -1);
	assert_int_equal(job->failed, 1);
	assert_true(job->overtaken);
	save_free(job);
	assert_holds("a", NULL);
	assert_holds("b", "theirs");
	job = job_of("a", "sheet", nothing);
	job->obsolete = mem_strdup("b");
	job->obsolete_stamp = stamp_of_text("mine");
	saver_begin(saver, job);
	job = saver_end(saver, -1);
	assert_int_equal(job->failed, 0);
	assert_true(job->overtaken);
	save_free(job);
	assert_holds("a", NULL);
	assert_holds("b", "theirs");
}

/* What has vanished is written anew, and that is told. */
static void test_what_has_vanished(void **state)
{
	struct save *job;

	(void)state;
	saver_begin(saver, job_of("a", "2", stamp_of_text("1")));
	job = saver_end(saver, -1);
	assert_int_equal(job->failed, -1);
	assert_true(job->vanished);
	save_free(job);
	assert_holds("a", "2");
}

/* With a lock; what another has is left alone. */
static void test_a_lock(void **state)
{
	struct save *job = job_of("a", "1", nothing);
	struct lock *lock;

	(void)state;
	job->self = mem_strdup("self");
	saver_begin(saver, job);
	job = saver_end(saver, -1);
	lock = job->lock;
	assert_non_null(lock);
	job->lock = NULL; /* is ours now */
	save_free(job);
	job = job_of("a", "2", stamp_of_text("1"));
	job->self = mem_strdup("other");
	saver_begin(saver, job);
	job = saver_end(saver, -1);
	assert_int_equal(job->failed, 0);
	assert_true(strstr(job->holder, "self") != NULL);
	save_free(job);
	assert_holds("a", "1");
	lock_leave(lock);
	job = job_of("a", "2", stamp_of_text("1"));
	job->self = mem_strdup("other");
	saver_begin(saver, job);
	save_free(saver_end(saver, -1)); /* and it is let go */
	assert_holds("a", "2");
}

static void test_without_threads(void **state)
{
	struct save *job;

	(void)state;
	no_threads = true;
	saver_begin(saver, job_of("a", "1", nothing));
	assert_true(on_main);
	assert_true(saver_is_busy(saver));
	job = saver_end(saver, 0);
	assert_non_null(job);
	assert_int_equal(job->failed, -1);
	save_free(job);
	assert_holds("a", "1");
	assert_false(saver_is_busy(saver));
}

/* Until the thread that has COPY of its pipe has let go of its end. */
static void wait_until_gone(int copy)
{
	assert_true(poll(&(struct pollfd){ .fd = copy, .events = POLLIN }, 1,
	                 10000) == 1);
	while (poll(&(struct pollfd){ .fd = copy }, 1, 10) == 0)
		;
	close(copy);
}

/* What is under way is left to itself; another goes on. */
static void test_a_disk_that_never_answers(void **state)
{
	int copy;

	(void)state;
	disk_is_slow = true;
	saver_begin(saver, job_of("a", "1", nothing));
	copy = dup(saver_fd(saver));
	assert_false(saver_give_up(saver, NULL).there);
	saver = saver_new();
	saver_begin(saver, job_of("b", "2", nothing));
	let(12); /* 6; more where one of them is begun again (out/file.h) */
	save_free(saver_end(saver, -1));
	assert_holds("b", "2");
	/* Should it answer after all, nothing comes of it. */
	wait_until_gone(copy);
	assert_holds("a", NULL);
}

/* Nothing older comes over what is newer; and all of a job is nothing. */
static void test_given_up_in_time(void **state)
{
	struct save *job = job_of("a", "sheet", nothing);
	int copy;

	(void)state;
	put("b", "1");
	give(job, "b", "2", stamp_of_text("1"));
	disk_is_slow = true;
	saver_begin(saver, job);
	copy = dup(saver_fd(saver));
	assert_false(saver_give_up(saver, lock_take("b", "self", &(char *){ 0 }))
	             .there);
	saver = saver_new();
	assert_int_equal(access(".b.lock", F_OK), 0);
	let(12);
	wait_until_gone(copy);
	assert_holds("a", NULL);
	assert_holds("b", "1");
	assert_int_equal(access(".b.lock", F_OK), -1);
}

/* It has its name, and only the directory is not flushed: that is known. */
static void test_given_up_too_late(void **state)
{
	struct stamp late;
	struct save *job;
	int copy;

	(void)state;
	put("a", "1");
	disk_is_slow = true;
	saver_begin(saver, job_of("a", "2", stamp_of_text("1")));
	copy = dup(saver_fd(saver));
	let(1);
	while (stamp_of_file("a").hash != stamp_of_text("2").hash)
		;
	late = saver_give_up(saver, NULL);
	assert_true(late.there);
	saver = saver_new();
	job = job_of("a", "3", stamp_of_text("1"));
	job->files[0].late = late;
	saver_begin(saver, job);
	let(12);
	job = saver_end(saver, -1);
	assert_int_equal(job->failed, -1);
	save_free(job);
	wait_until_gone(copy);
	assert_holds("a", "3");
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_nobody_waits),
		TEST(test_it_says_when_it_is_done),
		TEST(test_its_signals_are_blocked),
		TEST(test_all_of_a_job),
		TEST(test_nothing_of_a_job),
		TEST(test_what_another_has_changed),
		TEST(test_what_has_vanished),
		TEST(test_a_lock),
		TEST(test_without_threads),
		TEST(test_a_disk_that_never_answers),
		TEST(test_given_up_in_time),
		TEST(test_given_up_too_late),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
