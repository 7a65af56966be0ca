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
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"
#include "out/file.h"

static char *directory;

static char *path_of(const char *name)
{
	return buf_format("%s/%s", directory, name);
}

static int set_up(void **state)
{
	const char *temporary = getenv("TMPDIR");

	(void)state;
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

	if (!file_save(path, text, strlen(text), mode, &failure))
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

	assert_false(file_save(path, "new", 3, mode, &failure));
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
	assert_true(file_save(path, bytes, sizeof bytes, FILE_CREATE, &failure));
	read = file_read(path, &length, &why);
	assert_int_equal(length, sizeof bytes);
	assert_memory_equal(read, bytes, sizeof bytes);
	free(read);
	assert_true(file_save(path, "", 0, FILE_REPLACE, &failure));
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
		bool saved = file_save(path, big, 100000, modes[i], &failure);

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
		{ "一行目\n二行目\t列", "一行目 二行目 列" },
		{ "\x1b[31m赤", "\xef\xbf\xbd[31m赤" },
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
