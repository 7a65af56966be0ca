/* SPDX-License-Identifier: MIT
 *
 * Which devices are Linux's own console: fstat is wrapped, and says what a test wants.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "tui/probe.h"

static struct stat standard_output;

int __wrap_fstat(int fd, struct stat *st);
int __wrap_fstat(int fd, struct stat *st)
{
	assert_int_equal(fd, 1);
	*st = standard_output;
	return 0;
}

static bool is_console(mode_t type, unsigned major, unsigned minor)
{
	standard_output.st_mode = type | 0600;
	standard_output.st_rdev = makedev(major, minor);
	return probe_is_console();
}

static void test_console(void **state)
{
	(void)state;
	assert_true(is_console(S_IFCHR, 4, 1));   /* tty1 */
	assert_true(is_console(S_IFCHR, 4, 63));  /* tty63 */
	assert_false(is_console(S_IFCHR, 4, 64)); /* ttyS0 */
	assert_false(is_console(S_IFCHR, 136, 1)); /* pts/1 */
	assert_false(is_console(S_IFCHR, 204, 64)); /* ttyAMA0 */
	assert_false(is_console(S_IFCHR, 1, 3));  /* null */
	assert_false(is_console(S_IFBLK, 4, 1));
	assert_false(is_console(S_IFREG, 0, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_console),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
