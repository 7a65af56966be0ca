/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/fatal.h"
#include "base/mem.h"

/* --- buf --- */

static void test_a_new_buffer_is_an_empty_string(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b);
	assert_string_equal(b.s, "");
	assert_int_equal(b.len, 0);
	buf_release(&b);
}

static void test_adding(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b);
	buf_add(&b, "ab");
	buf_add_bytes(&b, "cdXX", 2);
	buf_add_byte(&b, 'e');
	buf_add_repeated(&b, '-', 3);
	buf_addf(&b, "%d%s", 7, "番");
	assert_string_equal(b.s, "abcde---7番");
	assert_int_equal(b.len, strlen(b.s));
	buf_release(&b);
}

static void test_growing_keeps_what_is_there(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b);
	for (int i = 0; i < 1000; i++) {
		buf_add_byte(&b, (char)('a' + i % 26));
		assert_int_equal(b.s[b.len], '\0');
	}
	assert_int_equal(b.len, 1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(b.s[i], 'a' + i % 26);
	buf_add_repeated(&b, '=', 5000);
	assert_int_equal(strlen(b.s), 6000);
	buf_addf(&b, "%7000d", 1);
	assert_int_equal(strlen(b.s), 13000);
	assert_int_equal(b.len, 13000);
	buf_release(&b);
}

static void test_a_nul_byte_is_a_byte(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b);
	buf_add_bytes(&b, "a\0b", 3);
	assert_int_equal(b.len, 3);
	assert_memory_equal(b.s, "a\0b", 4);
	buf_release(&b);
}

static void test_clearing(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b);
	buf_add(&b, "old");
	buf_clear(&b);
	assert_string_equal(b.s, "");
	buf_add(&b, "new");
	assert_string_equal(b.s, "new");
	buf_release(&b);
}

static void test_format(void **state)
{
	char *s = buf_format("%s:%03d", "項目", 5);

	(void)state;
	assert_string_equal(s, "項目:005");
	free(s);
}

/* --- mem --- */

static void test_room_for_one_more(void **state)
{
	size_t cap = 0;
	size_t grown = 0;
	int *array = NULL;

	(void)state;
	for (size_t n = 0; n < 1000; n++) {
		size_t before = cap;

		array = mem_room(array, n, &cap, sizeof *array);
		assert_true(cap > n);
		grown += cap != before;
		array[n] = (int)n;
	}
	for (size_t n = 0; n < 1000; n++)
		assert_int_equal(array[n], n);
	assert_true(cap < 3000);
	assert_true(grown < 20);
	free(array);
}

static void test_strings(void **state)
{
	char *s = mem_strndup("abcdef", 3);

	(void)state;
	assert_string_equal(s, "abc");
	free(s);
	assert_null(mem_strdup(NULL));
}

/* --- fatal --- */

/* Let calloc fail under the sanitizer too, instead of ending the program. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1:detect_leaks=0";
}

static void say_hook(void)
{
	static const char message[] = "hook\n";

	if (write(STDERR_FILENO, message, sizeof message - 1) < 0)
		_exit(99);
}

static void exhaust_array(void)
{
	volatile size_t n = SIZE_MAX / 2;

	free(mem_array(n, 4));
}

static void exhaust_room(void)
{
	size_t cap = SIZE_MAX / 16 + 1; /* twice that, by 8, wraps to 0 */

	free(mem_room(NULL, cap, &cap, 8));
}

static void exhaust_library(void)
{
	mem_must(NULL);
}

static void assert_fatal(void (*exhaust)(void))
{
	char said[200];
	int fds[2];
	int status;
	ssize_t n;
	size_t length = 0;
	pid_t child;

	assert_int_equal(pipe(fds), 0);
	child = fork();
	if (child == 0) {
		dup2(fds[1], STDERR_FILENO);
		fatal_hook = say_hook;
		exhaust();
		_exit(0);
	}
	close(fds[1]);
	while ((n = read(fds[0], said + length, sizeof said - length)) > 0)
		length += (size_t)n;
	close(fds[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 2);
	said[length < sizeof said ? length : sizeof said - 1] = '\0';
	/* The sanitizer warns before our own lines. */
	assert_non_null(strstr(said, "hook\nkakuninsho: メモリーが足りません\n"));
}

static void test_exhausted_memory_ends_the_program(void **state)
{
	(void)state;
	assert_fatal(exhaust_array);
	assert_fatal(exhaust_room);
	assert_fatal(exhaust_library);
}

/* --- diag --- */

static void test_a_list_counts_its_errors(void **state)
{
	struct diag_list list;
	char file[] = "form.csv";

	(void)state;
	diag_list_init(&list);
	for (int i = 0; i < 20; i++)
		diag_add(&list, i % 2 ? DIAG_WARNING : DIAG_ERROR, file, i, 0,
		         "text %d", i);
	file[0] = 'X';
	assert_int_equal(list.n, 20);
	assert_int_equal(list.errors, 10);
	assert_string_equal(list.items[19].text, "text 19");
	assert_string_equal(list.items[19].file, "form.csv");
	diag_list_release(&list);
	assert_int_equal(list.n, 0);
	assert_int_equal(list.errors, 0);
}

static void test_moving_a_list_to_the_end_of_another(void **state)
{
	struct diag_list to, from;

	(void)state;
	diag_list_init(&to);
	diag_list_init(&from);
	diag_add(&to, DIAG_ERROR, NULL, 0, 0, "first");
	for (int i = 0; i < 10; i++)
		diag_add(&from, i ? DIAG_ERROR : DIAG_WARNING, NULL, 0, 0,
		         "%d", i);
	diag_list_move(&to, &from);
	assert_int_equal(from.n, 0);
	assert_int_equal(from.errors, 0);
	assert_int_equal(to.n, 11);
	assert_int_equal(to.errors, 10);
	assert_string_equal(to.items[0].text, "first");
	assert_string_equal(to.items[1].text, "0");
	assert_string_equal(to.items[10].text, "9");
	diag_list_release(&from);
	diag_list_release(&to);
}

static void test_a_diagnostic_names_the_places_it_has(void **state)
{
	static const struct {
		enum diag_level level;
		const char *file;
		long line, column;
		const char *expected;
	} cases[] = {
		{ DIAG_ERROR, "a.csv", 3, 14, "a.csv:3:14: だめ" },
		{ DIAG_ERROR, "a.csv", 3, 0, "a.csv:3: だめ" },
		{ DIAG_ERROR, "a.csv", 0, 0, "a.csv: だめ" },
		{ DIAG_ERROR, NULL, 0, 0, "だめ" },
		{ DIAG_WARNING, "a.csv", 3, 14, "a.csv:3:14: 警告: だめ" },
		{ DIAG_WARNING, NULL, 0, 0, "警告: だめ" },
	};
	struct diag_list list;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *s;

		diag_list_init(&list);
		diag_add(&list, cases[i].level, cases[i].file, cases[i].line,
		         cases[i].column, "%s", "だめ");
		s = diag_format(&list.items[0]);
		assert_string_equal(s, cases[i].expected);
		free(s);
		diag_list_release(&list);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_new_buffer_is_an_empty_string),
		cmocka_unit_test(test_adding),
		cmocka_unit_test(test_growing_keeps_what_is_there),
		cmocka_unit_test(test_a_nul_byte_is_a_byte),
		cmocka_unit_test(test_clearing),
		cmocka_unit_test(test_format),
		cmocka_unit_test(test_room_for_one_more),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_exhausted_memory_ends_the_program),
		cmocka_unit_test(test_a_list_counts_its_errors),
		cmocka_unit_test(test_moving_a_list_to_the_end_of_another),
		cmocka_unit_test(test_a_diagnostic_names_the_places_it_has),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
