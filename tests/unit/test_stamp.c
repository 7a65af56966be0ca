/* SPDX-License-Identifier: MIT
 *
 * What a file held when it was last seen, and a save that overwrites only that.
 * Each test works in an empty directory of its own, which is the current one.
 */
#include "fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "out/file.h"
#include "out/stamp.h"

static bool unsure; /* a save is done, but says it may not last */
bool __real_file_save(const char *path, const char *bytes, size_t length,
                      enum file_save_mode mode, atomic_flag *named,
                      struct file_failure *failure);
bool __wrap_file_save(const char *path, const char *bytes, size_t length,
                      enum file_save_mode mode, atomic_flag *named,
                      struct file_failure *failure);

bool __wrap_file_save(const char *path, const char *bytes, size_t length,
                      enum file_save_mode mode, atomic_flag *named,
                      struct file_failure *failure)
{
	bool saved = __real_file_save(path, bytes, length, mode, named,
	                              failure);

	if (saved && unsure)
		*failure = (struct file_failure){ FILE_STEP_SETTLE, EIO };
	return saved && !unsure;
}

static int read_error; /* of the next read, if there is to be one */
ssize_t __real_read(int fd, void *bytes, size_t most);
ssize_t __wrap_read(int fd, void *bytes, size_t most);

ssize_t __wrap_read(int fd, void *bytes, size_t most)
{
	if (!read_error)
		return __real_read(fd, bytes, most);
	errno = read_error;
	read_error = 0;
	return -1;
}

static int set_up(void **state)
{
	(void)state;
	unsure = false;
	read_error = 0;
	return enter_directory();
}

static int tear_down(void **state)
{
	(void)state;
	return leave_directory();
}

static void assert_holds(const char *path, const char *text)
{
	size_t length;
	char *why, *bytes = file_read(path, &length, &why);

	assert_non_null(bytes);
	assert_string_equal(bytes, text);
	free(bytes);
}

static enum stamp_saved save(const char *text, struct stamp *stamp)
{
	struct file_failure failure = {0};
	enum stamp_saved saved = stamp_save("r.csv", text, strlen(text), stamp,
	                                    NULL, &failure);

	assert_true((saved == STAMP_SAVE_FAILED) == (failure.error != 0));
	return saved;
}

static void test_saved_again_and_again(void **state)
{
	struct stamp stamp = {0};

	(void)state;
	assert_int_equal(save("one", &stamp), STAMP_SAVED);
	assert_int_equal(stamp.length, 3);
	assert_int_equal(save("", &stamp), STAMP_SAVED);
	assert_int_equal(save("three", &stamp), STAMP_SAVED);
	assert_holds("r.csv", "three");
	stamp = stamp_of_file("r.csv");
	assert_int_equal(save("four", &stamp), STAMP_SAVED);
	assert_holds("r.csv", "four");
}

/* Not the times count, but the bytes: with the same size, inode and times. */
static void test_changed_by_another(void **state)
{
	struct stamp stamp = {0};
	struct timespec times[2];
	struct stat st;

	(void)state;
	assert_int_equal(save("mine", &stamp), STAMP_SAVED);
	assert_int_equal(stat("r.csv", &st), 0);
	put_file("r.csv", "his!");
	times[0] = st.st_atim;
	times[1] = st.st_mtim;
	assert_int_equal(utimensat(AT_FDCWD, "r.csv", times, 0), 0);
	assert_int_equal(stamp_compare("r.csv", &stamp), STAMP_CHANGED);
	assert_int_equal(save("more", &stamp), STAMP_OVERTAKEN);
	assert_holds("r.csv", "his!");
	put_file("r.csv", "mine"); /* and back */
	assert_int_equal(save("more", &stamp), STAMP_SAVED);
}

/* And where only the times and the inode are others, nothing has changed. */
static void test_the_same_in_another_file(void **state)
{
	struct stamp stamp = {0};

	(void)state;
	assert_int_equal(save("mine", &stamp), STAMP_SAVED);
	put_file("copy", "mine");
	assert_int_equal(rename("copy", "r.csv"), 0);
	assert_int_equal(stamp_compare("r.csv", &stamp), STAMP_SAME);
	assert_int_equal(save("more", &stamp), STAMP_SAVED);
	assert_holds("r.csv", "more");
}

static void test_gone(void **state)
{
	struct stamp stamp = {0};

	(void)state;
	assert_int_equal(save("mine", &stamp), STAMP_SAVED);
	assert_int_equal(unlink("r.csv"), 0);
	assert_int_equal(stamp_compare("r.csv", &stamp), STAMP_GONE);
	assert_int_equal(save("more", &stamp), STAMP_SAVED_ANEW);
	assert_holds("r.csv", "more");
	assert_int_equal(save("most", &stamp), STAMP_SAVED);
}

/* Where nothing was, what has come there is another's; even if it is the same. */
static void test_there_already(void **state)
{
	struct stamp stamp = {0};

	(void)state;
	put_file("r.csv", "mine");
	assert_int_equal(save("mine", &stamp), STAMP_SAVE_FAILED);
	assert_false(stamp.there);
	put_file("r.csv", "");
	assert_int_equal(save("mine", &stamp), STAMP_SAVE_FAILED);
	assert_holds("r.csv", "");
	assert_int_equal(unlink("r.csv"), 0);
	assert_int_equal(symlink("nowhere", "r.csv"), 0);
	assert_int_equal(save("mine", &stamp), STAMP_SAVE_FAILED);
	assert_false(file_exists("nowhere"));
}

/* Nor is what cannot be read ours to replace. */
static void test_no_file_any_more(void **state)
{
	struct stamp stamp = {0};

	(void)state;
	assert_int_equal(save("mine", &stamp), STAMP_SAVED);
	assert_int_equal(unlink("r.csv"), 0);
	assert_int_equal(mkfifo("r.csv", 0600), 0);
	assert_int_equal(save("more", &stamp), STAMP_OVERTAKEN);
	assert_int_equal(unlink("r.csv"), 0);
	assert_int_equal(mkdir("r.csv", 0700), 0);
	assert_int_equal(save("more", &stamp), STAMP_OVERTAKEN);
	assert_false(stamp_of_file("r.csv").there);
}

/* A save that failed leaves the stamp; one that only may not last is there. */
static void test_a_save_that_fails(void **state)
{
	struct stamp stamp = {0};
	struct file_failure failure;

	(void)state;
	assert_int_equal(stamp_save("missing/r.csv", "x", 1, &stamp, NULL,
	                            &failure),
	                 STAMP_SAVE_FAILED);
	assert_false(stamp.there);
	assert_int_equal(failure.error, ENOENT);
	unsure = true;
	assert_int_equal(save("mine", &stamp), STAMP_SAVE_FAILED);
	assert_true(stamp.there);
	unsure = false;
	assert_int_equal(save("more", &stamp), STAMP_SAVED);
	assert_holds("r.csv", "more");
}

/* What cannot be looked at is not overwritten, and not taken away. */
static void test_unreadable(void **state)
{
	struct stamp stamp = {0};

	(void)state;
	assert_int_equal(save("mine", &stamp), STAMP_SAVED);
	read_error = EINTR;
	assert_int_equal(stamp_compare("r.csv", &stamp), STAMP_SAME);
	read_error = EIO;
	assert_int_equal(stamp_compare("r.csv", &stamp), STAMP_UNKNOWN);
	read_error = EIO;
	assert_int_equal(save("more", &stamp), STAMP_SAVE_FAILED);
	read_error = EIO;
	assert_false(stamp_discard("r.csv", &stamp));
	assert_int_equal(errno, EIO);
	assert_holds("r.csv", "mine");
	assert_int_equal(unlink("r.csv"), 0);
	assert_int_equal(symlink("r.csv", "r.csv"), 0);
	assert_int_equal(save("more", &stamp), STAMP_SAVE_FAILED);
}

/* No record is that long: what is may be read for ever. */
static void test_endless(void **state)
{
	struct stamp stamp = {0};

	(void)state;
	assert_int_equal(save("mine", &stamp), STAMP_SAVED);
	assert_int_equal(truncate("r.csv", FILE_MAX + 1), 0);
	assert_int_equal(stamp_compare("r.csv", &stamp), STAMP_CHANGED);
	assert_false(stamp_of_file("r.csv").there);
}

static void test_discarding(void **state)
{
	struct stamp stamp = {0};

	(void)state;
	put_file("r.csv", "his");
	stamp_discard("r.csv", &stamp);
	assert_holds("r.csv", "his");
	stamp = stamp_of("mine", 4);
	stamp_discard("r.csv", &stamp);
	assert_holds("r.csv", "his");
	stamp = stamp_of("his", 3);
	assert_true(stamp_discard("r.csv", &stamp));
	assert_false(file_exists("r.csv"));
	assert_true(stamp_discard("r.csv", &stamp)); /* it is not there */
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_saved_again_and_again),
		TEST(test_changed_by_another),
		TEST(test_the_same_in_another_file),
		TEST(test_gone),
		TEST(test_there_already),
		TEST(test_no_file_any_more),
		TEST(test_a_save_that_fails),
		TEST(test_unreadable),
		TEST(test_endless),
		TEST(test_discarding),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
