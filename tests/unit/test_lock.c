/* SPDX-License-Identifier: MIT
 *
 * Who has a record open: two processes, those that died, and what else may lie
 * where a lock would. Each test works in an empty directory of its own, which is
 * the current one.
 */
#include "fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"
#include "out/lock.h"

#define SELF "甲野\tpc1\t123"
#define ANOTHER "甲野\tpc1\t124"

static int flock_error; /* what flock fails with; 0: it works */
static int moments; /* how many times it finds the lock taken */
int __real_flock(int fd, int operation);
int __wrap_flock(int fd, int operation);

int __wrap_flock(int fd, int operation)
{
	if (!flock_error && !moments)
		return __real_flock(fd, operation);
	errno = flock_error ? flock_error : EWOULDBLOCK;
	moments -= !flock_error;
	return -1;
}

static int set_up(void **state)
{
	(void)state;
	flock_error = 0;
	return enter_directory();
}

static int tear_down(void **state)
{
	(void)state;
	return leave_directory();
}

static bool exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

static void assert_holds(const char *path, const char *text)
{
	char bytes[512] = "";
	int fd = open(path, O_RDONLY);

	assert_true(read(fd, bytes, sizeof bytes - 1) >= 0);
	assert_string_equal(bytes, text);
	close(fd);
}

static struct lock *take(const char *path)
{
	char *holder;
	struct lock *l = lock_take(path, SELF, &holder);

	if (!l)
		fail_msg("%s: held by %s", path, holder ? holder : "nobody");
	assert_null(holder);
	return l;
}

/* PATH cannot be locked, and it is told that WORD has it (NULL: that there is
 * no lock here). */
static void assert_not_taken(const char *path, const char *word)
{
	char *holder, *seen = lock_holder(path), *words;

	assert_null(lock_take(path, ANOTHER, &holder));
	if (word) {
		words = lock_words(holder ? holder : "nobody");
		if (!strstr(words, word))
			fail_msg("held by %s", words);
		assert_string_equal(seen, holder);
		free(words);
	} else {
		assert_null(holder);
		assert_null(seen);
	}
	free(holder);
	free(seen);
}

/* --- another process ------------------------------------------------------ */

struct other {
	pid_t pid;
	int end; /* closed, it leaves */
};

/* A process that has PATH; it calls itself 'self'. */
static struct other other_takes(const char *path, const char *self)
{
	int ready[2], end[2];
	struct other other;
	char byte;

	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(end), 0);
	other.pid = fork();
	if (other.pid == 0) {
		char *holder;
		struct lock *l = lock_take(path, self, &holder);

		close(end[1]);
		if (!l || write(ready[1], "", 1) != 1)
			_exit(1);
		if (read(end[0], &byte, 1) == 0)
			lock_leave(l);
		_exit(0);
	}
	close(ready[1]);
	close(end[0]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	other.end = end[1];
	return other;
}

static void other_ends(struct other other, int signal)
{
	int status;

	if (signal)
		kill(other.pid, signal);
	close(other.end);
	assert_int_equal(waitpid(other.pid, &status, 0), other.pid);
	assert_true(signal ? WIFSIGNALED(status) : status == 0);
}

static void test_taken_and_left(void **state)
{
	struct lock *l = take("r.csv");
	struct stat st;

	(void)state;
	assert_int_equal(stat(".r.csv.lock", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0644);
	assert_false(exists("r.csv"));
	lock_leave(l);
	assert_false(exists(".r.csv.lock"));
	lock_leave(NULL);
	lock_leave(take("r.csv"));
}

static void test_held_by_another(void **state)
{
	char *self = lock_self();
	struct other other = other_takes("r.csv", self);
	struct lock *l;
	char number[32], *line, *holder;

	(void)state;
	assert_not_taken("r.csv", " から");
	line = lock_holder("r.csv");
	holder = lock_words(line);
	free(line);
	snprintf(number, sizeof number, "プロセス %ld、", (long)getpid());
	assert_non_null(strstr(holder, number)); /* self is the parent's */
	self[strcspn(self, "\t")] = '\0';
	assert_true(text_has_prefix(holder, self));
	free(holder);
	l = take("other.csv");
	lock_leave(l);
	other_ends(other, 0);
	assert_false(exists(".r.csv.lock"));
	lock_leave(take("r.csv"));
	free(self);
}

/* Left without a word to the disk, it is held until the process ends. */
static void test_forgotten(void **state)
{
	pid_t pid = fork();
	int status;

	(void)state;
	if (pid == 0) {
		lock_forget(take("r.csv"));
		lock_forget(NULL);
		assert_not_taken("r.csv", "甲野");
		_exit(0);
	}
	waitpid(pid, &status, 0);
	assert_int_equal(status, 0);
	lock_leave(take("r.csv"));
}

/* By a save that was given up: no reason to say that another has it. */
static void test_held_by_ourselves(void **state)
{
	struct lock *l = take("r.csv");
	char *holder;

	(void)state;
	assert_null(lock_take("r.csv", SELF, &holder));
	assert_null(holder);
	assert_not_taken("r.csv", "123");
	lock_leave(l);
	lock_leave(take("r.csv"));
}

static void test_held_by_the_dead(void **state)
{
	struct other other = other_takes("r.csv", "死者\tpc2\t9");
	struct lock *l;

	(void)state;
	other_ends(other, SIGKILL);
	assert_true(exists(".r.csv.lock"));
	assert_null(lock_holder("r.csv"));
	l = take("r.csv");
	other = other_takes("x.csv", SELF); /* a newcomer reads of us, not of it */
	assert_not_taken("r.csv", "甲野、pc1、プロセス 123、2");
	other_ends(other, 0);
	lock_leave(l);
	assert_false(exists(".r.csv.lock"));
}

/* Whoever comes as another leaves must not get a file that is just removed. */
static void test_many(void **state)
{
	enum { PROCESSES = 4, ROUNDS = 60 };
	int status, failed = 0;

	(void)state;
	for (int i = 0; i < PROCESSES; i++) {
		char self[] = "甲野\tpc1\t0";

		if (fork() != 0)
			continue;
		self[strlen(self) - 1] += (char)i;
		for (int k = 0; k < ROUNDS; k++) {
			char *holder;
			struct lock *l = lock_take("r.csv", self, &holder);
			int fd;

			free(holder);
			if (!l)
				continue;
			fd = open("inside", O_CREAT | O_EXCL, 0600);
			if (fd < 0)
				_exit(1);
			close(fd);
			unlink("inside");
			lock_leave(l);
		}
		_exit(0);
	}
	for (int i = 0; i < PROCESSES; i++)
		failed += wait(&status) < 0 || status != 0;
	assert_int_equal(failed, 0);
	assert_false(exists(".r.csv.lock"));
}

/* Somebody who only looks, and so has it for a moment, is in nobody's way. */
static void test_looking(void **state)
{
	int fd;

	(void)state;
	put_file(".r.csv.lock", "");
	fd = open(".r.csv.lock", O_RDONLY);
	assert_int_equal(flock(fd, LOCK_SH), 0);
	assert_null(lock_holder("r.csv"));
	close(fd);
	moments = 5;
	lock_leave(take("r.csv"));
	assert_int_equal(moments, 0);
}

/* --- names ---------------------------------------------------------------- */

static void test_the_real_path(void **state)
{
	struct other other;

	(void)state;
	assert_int_equal(mkdir("there", 0700), 0);
	put_file("there/r.csv", "");
	assert_int_equal(symlink("there", "link"), 0);
	assert_int_equal(symlink("there/r.csv", "s.csv"), 0);
	other = other_takes("there/r.csv", SELF);
	assert_true(exists("there/.r.csv.lock"));
	assert_not_taken("link/r.csv", "甲野");
	assert_not_taken("s.csv", "甲野");
	assert_not_taken("./there/../there/r.csv", "甲野");
	other_ends(other, 0);
	other = other_takes("there/new.csv", SELF); /* not there yet */
	assert_not_taken("link/new.csv", "甲野");
	other_ends(other, 0);
	assert_not_taken("nowhere/r.csv", NULL);
}

/* A name may have 255 bytes; those that begin alike are two. */
static void test_long_names(void **state)
{
	struct buf name;
	struct other other;
	struct lock *l;

	(void)state;
	buf_init(&name);
	buf_add_repeated(&name, 'a', 249);
	lock_leave(take(name.s));
	buf_clear(&name);
	for (int i = 0; i < 83; i++)
		buf_add(&name, "確");
	buf_add(&name, "-1.csv");
	assert_int_equal(name.len, 255);
	put_file(name.s, "");
	other = other_takes(name.s, SELF);
	assert_not_taken(name.s, "甲野");
	name.s[250] = '2';
	l = take(name.s);
	lock_leave(l);
	other_ends(other, 0);
	buf_release(&name);
}

/* --- what else may lie there ---------------------------------------------- */

static void assert_left_alone(const char *text)
{
	assert_not_taken("r.csv", NULL);
	assert_holds(".r.csv.lock", text);
	assert_int_equal(unlink(".r.csv.lock"), 0);
}

static void test_what_is_no_lock(void **state)
{
	struct stat st;

	(void)state;
	put_file("precious", "kakuninsho\tprecious");
	assert_int_equal(symlink("precious", ".r.csv.lock"), 0);
	assert_left_alone("kakuninsho\tprecious");
	assert_int_equal(link("precious", ".r.csv.lock"), 0);
	assert_left_alone("kakuninsho\tprecious");
	put_file(".r.csv.lock", "another program's");
	assert_left_alone("another program's");
	assert_int_equal(mkdir(".r.csv.lock", 0700), 0);
	assert_not_taken("r.csv", NULL);
	assert_int_equal(rmdir(".r.csv.lock"), 0);
	assert_int_equal(mkfifo(".r.csv.lock", 0600), 0);
	assert_not_taken("r.csv", NULL);
	assert_int_equal(unlink(".r.csv.lock"), 0);
	put_file(".r.csv.lock", "");
	assert_int_equal(truncate(".r.csv.lock", 1 << 30), 0);
	assert_not_taken("r.csv", NULL);
	assert_int_equal(stat(".r.csv.lock", &st), 0);
	assert_int_equal(st.st_size, 1 << 30);
}

/* What was never written to, or left half written, is no obstacle. */
static void test_half_a_lock(void **state)
{
	(void)state;
	put_file(".r.csv.lock", "");
	lock_leave(take("r.csv"));
	put_file(".r.csv.lock", "kakuninsho\t甲");
	lock_leave(take("r.csv"));
	assert_false(exists(".r.csv.lock"));
}

/* A lock that says what it likes: text, one line, and not much of it. */
static void test_what_a_lock_says(void **state)
{
	static const struct {
		const char *line, *told;
	} cases[] = {
		{ "kakuninsho\tu\th\t1\t2026-04-20T01:02:03Z\n",
		  "u、h、プロセス 1、2026-04-20 01:02 から" },
		{ "kakuninsho\tu\th\t1\tsoon\n", "u、h、プロセス 1、soon から" },
		{ "kakuninsho\t\x1b[2Ju\th\t1\t\x1b]0;x\a\nkakuninsho\tv\n",
		  "〓[2Ju、h、プロセス 1、〓]0;x〓 から" },
		{ "kakuninsho\t\xff\th\t1\tx\n", "〓、h、プロセス 1、x から" },
		{ "kakuninsho\tu\th\t1\n", "ほかのプログラム" },
		{ "kakuninsho\tu\th\t1\tx\tmore\n", "ほかのプログラム" },
		{ "%s%n\tu\th\t1\tx\n", "ほかのプログラム" },
		{ "", "ほかのプログラム" },
	};

	(void)state;
	setenv("TZ", "UTC", 1);
	for (size_t i = 0; i < COUNT(cases); i++) {
		int fd;

		put_file(".r.csv.lock", cases[i].line);
		fd = open(".r.csv.lock", O_RDONLY);
		assert_int_equal(flock(fd, LOCK_EX), 0);
		assert_not_taken("r.csv", cases[i].told);
		close(fd);
	}
}

static void test_a_long_lock(void **state)
{
	struct buf line;
	char *holder;
	int fd;

	(void)state;
	buf_init(&line);
	buf_add(&line, "kakuninsho\t");
	buf_add_repeated(&line, 'u', 100000);
	put_file(".r.csv.lock", line.s);
	fd = open(".r.csv.lock", O_RDWR);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	assert_not_taken("r.csv", "ほかのプログラム");
	buf_clear(&line);
	buf_add(&line, "kakuninsho\tu\th\t1\t");
	buf_add_repeated(&line, 'x', 100000);
	put_file(".r.csv.lock", line.s);
	assert_int_equal(truncate(".r.csv.lock", 1 << 30), 0);
	holder = lock_holder("r.csv");
	assert_true(strlen(holder) < 300);
	free(holder);
	close(fd);
	lock_leave(take("r.csv"));
	buf_release(&line);
}

/* Our file was removed, and another has made its own: that stays. */
static void test_leaving_what_is_no_longer_ours(void **state)
{
	struct lock *l = take("r.csv");
	struct other other;

	(void)state;
	assert_int_equal(unlink(".r.csv.lock"), 0);
	other = other_takes("r.csv", "乙\tpc3\t7");
	lock_leave(l);
	assert_not_taken("r.csv", "乙");
	other_ends(other, 0);
}

/* --- where there are no locks --------------------------------------------- */

static void test_no_locks_here(void **state)
{
	static const int errors[] = { ENOLCK, ENOSYS, EOPNOTSUPP, EINVAL };

	(void)state;
	for (size_t i = 0; i < COUNT(errors); i++) {
		flock_error = errors[i];
		assert_not_taken("r.csv", NULL);
	}
	flock_error = 0;
	assert_not_taken("/proc/version", NULL); /* no file can be made there */
}

/* Another user's, which may only be read: told of while it is held, and cleared
 * away once it is not; or gone on without, where only its owner may. */
static void test_another_user(void **state)
{
	struct other other;
	pid_t pid;
	int status;

	(void)state;
	if (geteuid() != 0)
		skip(); /* needs two users */
	assert_int_equal(chmod(".", 0777), 0);
	other = other_takes("r.csv", SELF);
	put_file(".s.csv.lock", "kakuninsho\tdead");
	assert_int_equal(chmod(".s.csv.lock", 0644), 0);
	pid = fork();
	if (pid == 0) {
		char *holder = NULL, *none = NULL;
		struct lock *l = NULL;
		bool fine = setuid(65534) == 0;

		fine = fine && !lock_take("r.csv", ANOTHER, &holder) && holder;
		fine = fine && (l = lock_take("s.csv", SELF, &none));
		lock_leave(l);
		free(holder);
		_exit(!fine);
	}
	waitpid(pid, &status, 0);
	assert_int_equal(status, 0);
	other_ends(other, 0);
	assert_int_equal(chmod(".", 01777), 0);
	put_file(".t.csv.lock", "kakuninsho\tdead");
	assert_int_equal(chmod(".t.csv.lock", 0644), 0);
	pid = fork();
	if (pid == 0) {
		char *holder;

		_exit(setuid(65534) != 0 ||
		      lock_take("t.csv", SELF, &holder) || holder);
	}
	waitpid(pid, &status, 0);
	assert_int_equal(status, 0);
}

/* --------------------------------------------------------------------------- */

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_taken_and_left),
		TEST(test_held_by_another),
		TEST(test_forgotten),
		TEST(test_held_by_ourselves),
		TEST(test_held_by_the_dead),
		TEST(test_many),
		TEST(test_looking),
		TEST(test_the_real_path),
		TEST(test_long_names),
		TEST(test_what_is_no_lock),
		TEST(test_half_a_lock),
		TEST(test_what_a_lock_says),
		TEST(test_a_long_lock),
		TEST(test_leaving_what_is_no_longer_ours),
		TEST(test_no_locks_here),
		TEST(test_another_user),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
