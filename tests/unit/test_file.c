/* SPDX-License-Identifier: MIT
 *
 * Files read whole and written whole or not at all, and their names. Each test
 * works in an empty directory of its own.
 */
#include "fixture.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"
#include "out/file.h"

static char *directory;

/* --- calls that fail ------------------------------------------------------ */

/* The linker has the calls of a save come here (tests.mk). A call named so fails
 * with ERROR, TIMES times, after PASS have gone through. */
static struct fault {
	const char *call;
	int error;
	int times;
	int pass;
} faults[3];

static bool fails(const char *call)
{
	for (size_t i = 0; i < COUNT(faults); i++) {
		struct fault *f = &faults[i];

		if (!f->call || strcmp(f->call, call) != 0 || f->times == 0)
			continue;
		if (f->pass) {
			f->pass--;
			continue;
		}
		f->times--;
		errno = f->error;
		return true;
	}
	return false;
}

#define ALWAYS 1000

#define WRAP(call, parameters, arguments)                    \
	int __real_##call parameters;                        \
	int __wrap_##call parameters;                        \
	int __wrap_##call parameters                         \
	{                                                    \
		return fails(#call) ? -1 : __real_##call arguments; \
	}

WRAP(fchmod, (int fd, mode_t mode), (fd, mode))
WRAP(fchown, (int fd, uid_t user, gid_t group), (fd, user, group))
WRAP(flock, (int fd, int how), (fd, how))
WRAP(fsetxattr, (int fd, const char *name, const void *value, size_t size,
                 int flags), (fd, name, value, size, flags))
WRAP(link, (const char *from, const char *to), (from, to))
WRAP(mkostemp, (char *name, int flags), (name, flags))
WRAP(rename, (const char *from, const char *to), (from, to))
WRAP(renameat2, (int from_at, const char *from, int to_at, const char *to,
                 unsigned flags), (from_at, from, to_at, to, flags))

/* What another does in the middle of a save; once. */
static void (*meanwhile)(void);

static ino_t flushed[4]; /* by the calls since n_flushed was 0 */
static size_t n_flushed;

int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __wrap_fsync(int fd)
{
	void (*now)(void) = meanwhile;
	struct stat st;

	if (n_flushed < COUNT(flushed) && fstat(fd, &st) == 0)
		flushed[n_flushed++] = st.st_ino;
	meanwhile = NULL;
	if (now)
		now();
	return fails("fsync") ? -1 : __real_fsync(fd);
}

ssize_t __real_write(int fd, const void *bytes, size_t length);
ssize_t __wrap_write(int fd, const void *bytes, size_t length);
ssize_t __wrap_write(int fd, const void *bytes, size_t length)
{
	if (fd <= STDERR_FILENO)
		return __real_write(fd, bytes, length);
	if (fails("short"))
		return __real_write(fd, bytes, (length + 1) / 2);
	return fails("write") ? -1 : __real_write(fd, bytes, length);
}

/* --- the directory -------------------------------------------------------- */

static char *path_of(const char *name)
{
	return buf_format("%s/%s", directory, name);
}

static int set_up(void **state)
{
	const char *temporary = getenv("TMPDIR");

	(void)state;
	memset(faults, 0, sizeof faults);
	directory = buf_format("%s/kakuninsho-test-XXXXXX",
	                       temporary && *temporary ? temporary : "/tmp");
	return mkdtemp(directory) ? 0 : -1;
}

static int is_not_dots(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") != 0 &&
	       strcmp(entry->d_name, "..") != 0;
}

/* The names in the directory, with spaces between; a new string. */
static char *names(void)
{
	struct dirent **entries;
	int n = scandir(directory, &entries, is_not_dots, alphasort);
	struct buf b;

	buf_init(&b);
	for (int i = 0; i < n; i++) {
		buf_addf(&b, "%s%s", i ? " " : "", entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	return b.s;
}

static int tear_down(void **state)
{
	char *left = names(), *save;

	(void)state;
	for (char *name = strtok_r(left, " ", &save); name;
	     name = strtok_r(NULL, " ", &save)) {
		char *path = path_of(name);

		if (unlink(path) != 0)
			rmdir(path);
		free(path);
	}
	free(left);
	rmdir(directory);
	free(directory);
	return 0;
}

static void assert_names(const char *expected)
{
	char *there = names();

	assert_string_equal(there, expected);
	free(there);
}

static void assert_holds(const char *name, const char *expected)
{
	char *path = path_of(name), *why;
	size_t length;
	char *bytes = file_read(path, &length, &why);

	assert_non_null(bytes);
	assert_string_equal(bytes, expected);
	assert_int_equal(length, strlen(expected));
	free(bytes);
	free(path);
}

static void save(const char *name, const char *text, enum file_save_mode mode)
{
	char *path = path_of(name);
	struct file_failure failure;

	if (!file_save(path, text, strlen(text), mode, NULL, &failure))
		fail_msg("%s", file_failure_text(path, &failure));
	free(path);
}

/* Saving as NAME fails for a cause with WORD in it, in a message that names the
 * file. */
static void assert_not_saved(const char *name, enum file_save_mode mode,
                             const char *word)
{
	char *path = path_of(name), *why;
	struct file_failure failure;

	assert_false(file_save(path, "new", 3, mode, NULL, &failure));
	why = file_failure_text(path, &failure);
	if (!strstr(why, path) || !strstr(why, word))
		fail_msg("%s", why);
	free(why);
	free(path);
}

static unsigned mode_of(const char *name)
{
	char *path = path_of(name);
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	free(path);
	return st.st_mode & 07777;
}

/* --- saving --------------------------------------------------------------- */

static void test_a_new_file(void **state)
{
	mode_t before = umask(027);

	(void)state;
	save("a.csv", "文", FILE_CREATE);
	umask(before);
	assert_holds("a.csv", "文");
	assert_int_equal(mode_of("a.csv"), 0640);
	assert_names("a.csv");
}

static void test_any_bytes_and_none(void **state)
{
	static const char bytes[] = "a\0b\r\n\xff";
	char *path = path_of("a"), *why, *read;
	struct file_failure failure;
	size_t length;

	(void)state;
	assert_true(file_save(path, bytes, sizeof bytes, FILE_CREATE, NULL, &failure));
	read = file_read(path, &length, &why);
	assert_int_equal(length, sizeof bytes);
	assert_memory_equal(read, bytes, sizeof bytes);
	free(read);
	assert_true(file_save(path, "", 0, FILE_REPLACE, NULL, &failure));
	assert_holds("a", "");
	free(path);
}

static void test_creating_overwrites_nothing(void **state)
{
	char *link = path_of("link"), *sub = path_of("sub");

	(void)state;
	save("a", "old", FILE_CREATE);
	assert_int_equal(symlink("nowhere", link), 0);
	assert_int_equal(mkdir(sub, 0700), 0);
	assert_not_saved("a", FILE_CREATE, "すでにあります");
	assert_not_saved("link", FILE_CREATE, "すでにあります");
	assert_not_saved("sub", FILE_CREATE, "すでにあります");
	assert_holds("a", "old");
	assert_names("a link sub");
	free(sub);
	free(link);
}

static void test_replacing(void **state)
{
	char *path = path_of("a");

	(void)state;
	save("a", "old", FILE_REPLACE); /* there need not be any */
	assert_int_equal(chmod(path, 0604), 0);
	save("a", "new", FILE_REPLACE);
	assert_holds("a", "new");
	assert_int_equal(mode_of("a"), 0604);
	assert_names("a");
	free(path);
}

static void test_replacing_through_a_symlink(void **state)
{
	char *link = path_of("link");
	struct stat st;

	(void)state;
	save("real", "old", FILE_CREATE);
	assert_int_equal(symlink("real", link), 0);
	save("link", "new", FILE_REPLACE);
	assert_int_equal(lstat(link, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_holds("real", "new");
	assert_names("link real");
	free(link);
}

static void test_no_such_directory(void **state)
{
	(void)state;
	assert_not_saved("missing/a", FILE_CREATE, "ありません");
	assert_not_saved("missing/a", FILE_REPLACE, "ありません");
	assert_names("");
}

static void test_a_file_where_a_directory_should_be(void **state)
{
	(void)state;
	save("a", "old", FILE_CREATE);
	assert_not_saved("a/b", FILE_REPLACE, "ディレクトリではありません");
	assert_names("a");
}

static void test_a_directory_is_not_replaced(void **state)
{
	char *sub = path_of("sub");

	(void)state;
	assert_int_equal(mkdir(sub, 0700), 0);
	assert_not_saved("sub", FILE_REPLACE, "ディレクトリです");
	assert_names("sub");
	free(sub);
}

static void test_a_fifo_is_not_replaced(void **state)
{
	char *fifo = path_of("fifo");

	(void)state;
	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_not_saved("fifo", FILE_REPLACE, "普通のファイルではありません");
	assert_names("fifo");
	free(fifo);
}

static void test_a_name_that_is_too_long(void **state)
{
	char name[300];

	(void)state;
	memset(name, 'a', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	assert_not_saved(name, FILE_CREATE, "長すぎます");
	assert_names("");
}

/* Where there is no room for the whole of it, the old one stays. */
static void test_no_room(void **state)
{
	struct rlimit before, limit;
	char *path = path_of("a"), *big = calloc(1, 100000);
	struct file_failure failure;
	enum file_save_mode modes[] = { FILE_REPLACE, FILE_CREATE };
	void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);

	(void)state;
	save("a", "old", FILE_CREATE);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	limit = before;
	limit.rlim_cur = 50000;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	for (size_t i = 0; i < COUNT(modes); i++) {
		bool saved = file_save(path, big, 100000, modes[i], NULL, &failure);

		assert_false(saved);
		assert_int_equal(failure.step, FILE_STEP_WRITE);
		assert_int_equal(failure.error, EFBIG);
		free(path);
		path = path_of("b"); /* the second is a new one */
	}
	setrlimit(RLIMIT_FSIZE, &before);
	signal(SIGXFSZ, handler);
	assert_holds("a", "old");
	assert_names("a");
	free(big);
	free(path);
}

/* --- what is kept --------------------------------------------------------- */

static void test_other_hard_links_go_on_with_the_old(void **state)
{
	char *a = path_of("a"), *b = path_of("b");

	(void)state;
	save("a", "old", FILE_CREATE);
	assert_int_equal(link(a, b), 0);
	save("a", "new", FILE_REPLACE);
	assert_holds("a", "new");
	assert_holds("b", "old");
	free(a);
	free(b);
}

/* It may lead to a disk that is not there now: not a reason to lose the link. */
static void test_a_symlink_that_leads_nowhere(void **state)
{
	char *link = path_of("link");

	(void)state;
	assert_int_equal(symlink("nowhere/a", link), 0);
	assert_not_saved("link", FILE_REPLACE, "ありません");
	assert_names("link");
	free(link);
}

/* Only root may give a file away. */
static void test_the_owner(void **state)
{
	char *path = path_of("a");
	struct stat st;

	(void)state;
	if (geteuid() != 0)
		skip();
	save("a", "old", FILE_CREATE);
	assert_int_equal(chown(path, 1234, 2345), 0);
	save("a", "new", FILE_REPLACE);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_uid, 1234);
	assert_int_equal(st.st_gid, 2345);
	free(path);
}

/* Another group than the old one may do what everybody may. */
static void test_a_group_that_cannot_be_kept(void **state)
{
	static const unsigned cases[][2] = {
		{ 0660, 0600 }, { 0664, 0644 }, { 0666, 0666 }, { 0640, 0600 },
		{ 0604, 0604 }, { 0600, 0600 },
	};
	char *path = path_of("a");

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		save("a", "old", FILE_REPLACE);
		assert_int_equal(chmod(path, cases[i][0]), 0);
		faults[0] = (struct fault){ "fchown", EPERM, 2, 0 };
		save("a", "new", FILE_REPLACE);
		assert_int_equal(mode_of("a"), cases[i][1]);
	}
	/* It is kept where only the owner cannot be. */
	assert_int_equal(chmod(path, 0660), 0);
	faults[0] = (struct fault){ "fchown", EPERM, 1, 0 };
	save("a", "new", FILE_REPLACE);
	assert_int_equal(mode_of("a"), 0660);
	free(path);
}

#define ACL "system.posix_acl_access"

/* user::rw- user:1234:r-- group::--- mask::r-- other::---, as the kernel has it
 * (linux/posix_acl_xattr.h): its mode is 0640, though the group may do nothing. */
static const unsigned char list[] = {
	2, 0, 0, 0,
	0x01, 0, 6, 0, 0xff, 0xff, 0xff, 0xff,
	0x02, 0, 4, 0, 0xd2, 0x04, 0, 0,
	0x04, 0, 0, 0, 0xff, 0xff, 0xff, 0xff,
	0x10, 0, 4, 0, 0xff, 0xff, 0xff, 0xff,
	0x20, 0, 0, 0, 0xff, 0xff, 0xff, 0xff,
};

static void test_an_access_list(void **state)
{
	char *path = path_of("a"), found[100];

	(void)state;
	save("a", "old", FILE_CREATE);
	if (setxattr(path, ACL, list, sizeof list, 0) != 0) {
		free(path);
		skip(); /* not on this file system */
	}
	save("a", "new", FILE_REPLACE);
	assert_int_equal(getxattr(path, ACL, found, sizeof found), sizeof list);
	assert_memory_equal(found, list, sizeof list);
	assert_int_equal(mode_of("a"), 0640);
	/* Without it, the group must not get what the list gave to another. */
	faults[0] = (struct fault){ "fsetxattr", ENOSPC, 1, 0 };
	save("a", "newer", FILE_REPLACE);
	assert_int_equal(mode_of("a"), 0600);
	free(path);
}

/* What the directory gives new files is not what this one had. */
static void test_no_access_list(void **state)
{
	char *path = path_of("a"), found[100];

	(void)state;
	save("a", "old", FILE_CREATE);
	assert_int_equal(chmod(path, 0660), 0);
	if (setxattr(directory, "system.posix_acl_default", list, sizeof list,
	             0) != 0) {
		free(path);
		skip();
	}
	save("a", "new", FILE_REPLACE);
	assert_int_equal(getxattr(path, ACL, found, sizeof found), -1);
	assert_int_equal(mode_of("a"), 0660);
	free(path);
}

/* --- file systems that can less ------------------------------------------- */

/* vfat refuses modes; the file has those it gives all files. */
static void test_modes_that_are_refused(void **state)
{
	(void)state;
	faults[0] = (struct fault){ "fchmod", EPERM, ALWAYS, 0 };
	save("a", "old", FILE_CREATE);
	save("a", "new", FILE_REPLACE);
	assert_holds("a", "new");
	assert_int_equal(mode_of("a"), 0600);
}

static void test_no_rename_that_refuses_to_replace(void **state)
{
	(void)state;
	faults[0] = (struct fault){ "renameat2", EINVAL, ALWAYS, 0 };
	save("a", "old", FILE_CREATE);
	assert_not_saved("a", FILE_CREATE, "すでにあります");
	assert_holds("a", "old");
	faults[1] = (struct fault){ "link", EPERM, ALWAYS, 0 };
	save("b", "old", FILE_CREATE);
	assert_not_saved("b", FILE_CREATE, "すでにあります");
	assert_holds("b", "old");
	assert_names("a b");
}

static void test_what_cannot_be_flushed(void **state)
{
	(void)state;
	faults[0] = (struct fault){ "fsync", ENOTSUP, ALWAYS, 0 };
	save("b", "new", FILE_CREATE);
	assert_holds("b", "new");
	faults[0] = (struct fault){ "fsync", EINVAL, 2, 1 };
	save("a", "old", FILE_CREATE);
	faults[0] = (struct fault){ "fsync", EINVAL, 2, 1 };
	save("a", "new", FILE_REPLACE);
	assert_holds("a", "new");
}

/* A file is flushed before it gets its name and, since vfat keeps with the name
 * where the bytes are, after it. */
static void test_what_is_flushed(void **state)
{
	static const enum file_save_mode modes[] = { FILE_CREATE, FILE_REPLACE };
	char *path = path_of("a");
	struct stat file, place;

	(void)state;
	assert_int_equal(stat(directory, &place), 0);
	for (size_t i = 0; i < COUNT(modes); i++) {
		n_flushed = 0;
		save("a", "new", modes[i]);
		assert_int_equal(stat(path, &file), 0);
		assert_int_equal(n_flushed, 3);
		assert_true(flushed[0] == file.st_ino);
		assert_true(flushed[1] == file.st_ino);
		assert_true(flushed[2] == place.st_ino);
	}
	free(path);
}

/* It might, and did not: a new file is taken back, else it is said. */
static void test_a_name_whose_flush_fails(void **state)
{
	struct file_failure failure;
	char *path = path_of("a"), *why;

	(void)state;
	for (int pass = 1; pass <= 2; pass++) {
		faults[0] = (struct fault){ "fsync", EIO, 1, pass };
		assert_not_saved("a", FILE_CREATE,
		                 "装置の読み書きに失敗しました");
		assert_names("");
		save("a", "old", FILE_CREATE);
		faults[0] = (struct fault){ "fsync", EIO, 1, pass };
		assert_false(file_save(path, "new", 3, FILE_REPLACE, NULL,
		                       &failure));
		assert_int_equal(failure.step, FILE_STEP_SETTLE);
		why = file_failure_text(path, &failure);
		assert_non_null(strstr(why, "確かめられません"));
		assert_holds("a", "new");
		assert_names("a");
		unlink(path);
		free(why);
	}
	free(path);
}

/* --- calls that fail ------------------------------------------------------ */

/* Each of them at each save, for each reason: what was there is as it was, nothing
 * is left, and the same save works afterwards. */
static void test_each_call_fails(void **state)
{
	static const struct {
		const char *call;
		enum file_save_mode mode;
		enum file_step step;
	} cases[] = {
		{ "mkostemp", FILE_REPLACE, FILE_STEP_CREATE },
		{ "write", FILE_REPLACE, FILE_STEP_WRITE },
		{ "fsync", FILE_REPLACE, FILE_STEP_WRITE },
		{ "fchmod", FILE_REPLACE, FILE_STEP_WRITE },
		{ "rename", FILE_REPLACE, FILE_STEP_NAME },
		{ "renameat2", FILE_CREATE, FILE_STEP_NAME },
	};
	static const int errors[] = { ENOSPC, EIO, EACCES, EROFS, EDQUOT, EFBIG,
	                              ENAMETOOLONG, EMFILE, ENOMEM };
	struct file_failure failure;
	char *path = path_of("a");

	(void)state;
	for (size_t i = 0; i < COUNT(cases) * COUNT(errors); i++) {
		int error = errors[i % COUNT(errors)];
		size_t at = i / COUNT(errors);
		bool creates = cases[at].mode == FILE_CREATE;

		unlink(path);
		if (!creates)
			save("a", "old", FILE_CREATE);
		faults[0] = (struct fault){ cases[at].call, error, 1, 0 };
		assert_false(file_save(path, "new", 3, cases[at].mode, NULL,
		                       &failure));
		assert_int_equal(failure.step, cases[at].step);
		assert_int_equal(failure.error, error);
		assert_names(creates ? "" : "a");
		if (!creates)
			assert_holds("a", "old");
		save("a", "new", cases[at].mode);
		assert_holds("a", "new");
	}
	free(path);
}

static void test_interrupted_and_short(void **state)
{
	static const char *const calls[] = { "mkostemp", "write", "fsync",
	                                     "fchmod", "short" };

	(void)state;
	for (size_t i = 0; i < COUNT(calls); i++) {
		faults[0] = (struct fault){ calls[i], EINTR, 2, 0 };
		save("a", "all of it", FILE_REPLACE);
		assert_holds("a", "all of it");
		assert_names("a");
		assert_int_equal(faults[0].times, 0);
	}
}

/* --- what a killed process leaves ----------------------------------------- */

#define LEFT ".kakuninsho-saving-"

static void leave(const char *name)
{
	char *path = path_of(name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs("half", f);
	fclose(f);
	free(path);
}

static void test_leftovers_go(void **state)
{
	(void)state;
	leave(LEFT "aB3xYz");
	leave(LEFT "000000");
	save("a", "", FILE_CREATE);
	assert_names("a");
	leave(LEFT "aB3xYz");
	save("a", "", FILE_REPLACE);
	assert_names("a");
}

/* Names that are not quite ours, a directory, a FIFO, a symlink and what it leads to,
 * and one that is being written. */
static void test_what_is_not_left_over_stays(void **state)
{
	char *link = path_of(LEFT "LINKED"), *sub = path_of(LEFT "folder");
	char *held = path_of(LEFT "heldby"), *fifo = path_of(LEFT "queued");
	int fd;

	(void)state;
	leave(LEFT "12345");
	leave(LEFT "1234567");
	leave(LEFT "a.b.cd");
	leave("kakuninsho-saving-abcdef");
	leave("target");
	leave(LEFT "heldby");
	assert_int_equal(symlink("target", link), 0);
	assert_int_equal(mkdir(sub, 0700), 0);
	assert_int_equal(mkfifo(fifo, 0600), 0);
	fd = open(held, O_RDWR);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	save("a", "", FILE_CREATE);
	assert_names(LEFT "12345 " LEFT "1234567 " LEFT "LINKED "
	             LEFT "a.b.cd " LEFT "folder " LEFT "heldby "
	             LEFT "queued a kakuninsho-saving-abcdef target");
	close(fd);
	free(fifo);
	free(held);
	free(sub);
	free(link);
}

static void test_leftovers_of_another_user_stay(void **state)
{
	char *path = path_of(LEFT "abcdef");

	(void)state;
	if (geteuid() != 0)
		skip();
	leave(LEFT "abcdef");
	assert_int_equal(chown(path, 1234, 2345), 0);
	save("a", "", FILE_CREATE);
	assert_names(LEFT "abcdef a");
	free(path);
}

static void save_another(void)
{
	save("b", "another", FILE_CREATE);
}

/* Two save at once: neither takes the other's for dead (and begins again, with a
 * third temporary). */
static void test_a_temporary_in_use_stays(void **state)
{
	(void)state;
	meanwhile = save_another;
	faults[0] = (struct fault){ "mkostemp", EIO, 1, 2 };
	save("a", "one", FILE_REPLACE);
	assert_holds("a", "one");
	assert_holds("b", "another");
	assert_names("a b");
}

/* One that was taken for dead while it was written: the save begins again. */
static void test_a_temporary_that_is_taken_away(void **state)
{
	(void)state;
	save("a", "old", FILE_CREATE);
	faults[0] = (struct fault){ "rename", ENOENT, 1, 0 };
	save("a", "new", FILE_REPLACE);
	assert_holds("a", "new");
	assert_names("a");
}

static void test_no_locks(void **state)
{
	(void)state;
	faults[0] = (struct fault){ "flock", ENOLCK, ALWAYS, 0 };
	leave(LEFT "abcdef"); /* alive or dead: nobody can tell */
	save("a", "new", FILE_CREATE);
	assert_holds("a", "new");
	assert_names(LEFT "abcdef a");
}

/* --- reading -------------------------------------------------------------- */

static void assert_not_read(const char *path, const char *word)
{
	char *why = NULL;
	size_t length;

	assert_null(file_read(path, &length, &why));
	if (!strstr(why, path) || !strstr(why, word))
		fail_msg("%s", why);
	free(why);
}

static void test_what_cannot_be_read(void **state)
{
	char *fifo = path_of("fifo"), *missing = path_of("missing");
	char *loop = path_of("loop"), *below = path_of("file/x");

	(void)state;
	save("file", "x", FILE_CREATE);
	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_int_equal(symlink("loop", loop), 0);
	assert_not_read(missing, "ありません");
	assert_not_read(directory, "ディレクトリです");
	assert_not_read(fifo, "普通のファイルではありません");
	assert_not_read("/dev/zero", "普通のファイルではありません");
	assert_not_read("/dev/null", "普通のファイルではありません");
	assert_not_read(loop, "循環");
	assert_not_read(below, "ディレクトリではありません");
	assert_not_read("", "ありません");
	free(fifo);
	free(missing);
	free(loop);
	free(below);
}

static void test_too_big(void **state)
{
	char *path = path_of("sparse"), *why, *bytes;
	size_t length;

	(void)state;
	save("sparse", "", FILE_CREATE);
	assert_int_equal(truncate(path, FILE_MAX), 0);
	bytes = file_read(path, &length, &why);
	assert_non_null(bytes);
	assert_int_equal(length, FILE_MAX);
	free(bytes);
	assert_int_equal(truncate(path, (off_t)FILE_MAX + 1), 0);
	assert_not_read(path, "大きすぎます");
	free(path);
}

/* Reading "-" with FD as standard input. */
static char *read_standard_input(int fd, size_t *length, char **why)
{
	int before = dup(STDIN_FILENO);
	char *bytes;

	dup2(fd, STDIN_FILENO);
	close(fd);
	bytes = file_read("-", length, why);
	dup2(before, STDIN_FILENO);
	close(before);
	return bytes;
}

static void test_standard_input(void **state)
{
	int ends[2];
	char *why, *bytes;
	size_t length;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "a\0b", 3), 3);
	close(ends[1]);
	bytes = read_standard_input(ends[0], &length, &why);
	assert_int_equal(length, 3);
	assert_memory_equal(bytes, "a\0b", 3);
	free(bytes);
	assert_null(read_standard_input(open("/dev/null", O_WRONLY), &length,
	                                &why));
	assert_non_null(strstr(why, "標準入力"));
	free(why);
	assert_null(read_standard_input(open("/dev/zero", O_RDONLY), &length,
	                                &why));
	assert_non_null(strstr(why, "大きすぎます"));
	free(why);
}

/* --- names ---------------------------------------------------------------- */

static void assert_free_name(const char *expected)
{
	char *in = buf_format("%s/", directory), *end = path_of(expected);
	char *name = file_free_name(in, "a", ".csv");

	assert_string_equal(name, end);
	free(name);
	free(end);
	free(in);
}

static void test_a_free_name(void **state)
{
	char *link = path_of("a-3.csv");

	(void)state;
	assert_free_name("a.csv");
	save("a.csv", "", FILE_CREATE);
	assert_free_name("a-2.csv");
	save("a-2.csv", "", FILE_CREATE);
	assert_int_equal(symlink("nowhere", link), 0); /* takes a name too */
	assert_free_name("a-4.csv");
	free(link);
}

static void test_names_that_every_system_takes(void **state)
{
	static const char *const cases[][2] = {
		{ "確認書-株式会社甲-20261124", "確認書-株式会社甲-20261124" },
		{ "a/b", "a_b" },
		{ "../../etc/passwd", "_._.._etc_passwd" },
		{ ".hidden", "_hidden" },
		{ "-rf", "_rf" },
		{ "~", "_" },
		{ "a.b-c~d", "a.b-c~d" },
		{ "a\\b:c*d?e\"f<g>h|i", "a_b_c_d_e_f_g_h_i" },
		{ "  周りの空白　", "周りの空白" },
		{ "一行目\n二行目\t列", "一行目_二行目_列" },
		{ "\x1b[31m赤", "〓[31m赤" },
		{ "", "_" },
		{ " \n ", "_" },
		{ "か\xe3\x82\x99", "か\xe3\x82\x99" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *name = file_name_from(cases[i][0]);

		if (strcmp(name, cases[i][1]) != 0)
			fail_msg("%s is %s, not %s", cases[i][0], name,
			         cases[i][1]);
		free(name);
	}
}

/* At most 200 bytes, cut between graphemes. */
static void test_a_long_name(void **state)
{
	struct buf text;
	char *name;

	(void)state;
	buf_init(&text);
	for (int i = 0; i < 80; i++)
		buf_add(&text, "字"); /* 3 bytes */
	name = file_name_from(text.s);
	assert_int_equal(strlen(name), 198);
	free(name);
	buf_clear(&text);
	buf_add(&text, "a");
	for (int i = 0; i < 60; i++)
		buf_add(&text, "か\xe3\x82\x99"); /* one grapheme of 6 */
	name = file_name_from(text.s);
	assert_int_equal(strlen(name), 199);
	assert_true(text_has_suffix(name, "か\xe3\x82\x99"));
	free(name);
	buf_release(&text);
}

static void test_the_directory_of_a_path(void **state)
{
	static const char *const cases[][2] = {
		{ "a.csv", "" }, { "x/a.csv", "x/" }, { "/a", "/" },
		{ "x/y/", "x/y/" }, { "", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *of = file_directory(cases[i][0]);

		assert_string_equal(of, cases[i][1]);
		free(of);
	}
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_new_file),
		TEST(test_any_bytes_and_none),
		TEST(test_creating_overwrites_nothing),
		TEST(test_replacing),
		TEST(test_replacing_through_a_symlink),
		TEST(test_no_such_directory),
		TEST(test_a_file_where_a_directory_should_be),
		TEST(test_a_directory_is_not_replaced),
		TEST(test_a_fifo_is_not_replaced),
		TEST(test_a_name_that_is_too_long),
		TEST(test_no_room),
		TEST(test_other_hard_links_go_on_with_the_old),
		TEST(test_a_symlink_that_leads_nowhere),
		TEST(test_the_owner),
		TEST(test_a_group_that_cannot_be_kept),
		TEST(test_an_access_list),
		TEST(test_no_access_list),
		TEST(test_modes_that_are_refused),
		TEST(test_no_rename_that_refuses_to_replace),
		TEST(test_what_cannot_be_flushed),
		TEST(test_what_is_flushed),
		TEST(test_a_name_whose_flush_fails),
		TEST(test_each_call_fails),
		TEST(test_interrupted_and_short),
		TEST(test_leftovers_go),
		TEST(test_what_is_not_left_over_stays),
		TEST(test_leftovers_of_another_user_stay),
		TEST(test_a_temporary_in_use_stays),
		TEST(test_a_temporary_that_is_taken_away),
		TEST(test_no_locks),
		TEST(test_what_cannot_be_read),
		TEST(test_too_big),
		TEST(test_standard_input),
		TEST(test_a_free_name),
		cmocka_unit_test(test_names_that_every_system_takes),
		cmocka_unit_test(test_a_long_name),
		cmocka_unit_test(test_the_directory_of_a_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
