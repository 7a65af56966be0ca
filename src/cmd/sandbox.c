/* SPDX-License-Identifier: MIT */
#include "cmd/sandbox.h"

#include <errno.h>
#include <linux/seccomp.h>
#if __has_include(<linux/landlock.h>)
#include <linux/landlock.h>
#endif
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cmd/filters.h"
#include "out/file.h"

/* --- seccomp ------------------------------------------------------------ */

static void put_pid(struct sock_filter *code, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (code[i].k == FILTER_PID)
			code[i].k = (uint32_t)getpid();
}

/* 0, or the errno. */
static int enter_seccomp(enum sandbox what)
{
	const struct filter *f = &filters[what];
	struct sock_filter *code = mem_array(f->n, sizeof *code);
	struct sock_fprog program = { f->n, code };
	int error;

	memcpy(code, f->code, f->n * sizeof *code);
	put_pid(code, f->n);
	error = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program)
		? errno : 0;
	free(code);
	return error;
}

/* --- Landlock ----------------------------------------------------------- */

#ifdef LANDLOCK_CREATE_RULESET_VERSION

#ifndef LANDLOCK_ACCESS_FS_REFER
#define LANDLOCK_ACCESS_FS_REFER (1ULL << 13)
#endif
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif

/* All ways to write that the kernel's ABI knows. */
static uint64_t ways_to_write(long abi)
{
	uint64_t ways = LANDLOCK_ACCESS_FS_WRITE_FILE |
		LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
		LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
		LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |
		LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
		LANDLOCK_ACCESS_FS_MAKE_SYM;

	if (abi >= 2)
		ways |= LANDLOCK_ACCESS_FS_REFER;
	if (abi >= 3)
		ways |= LANDLOCK_ACCESS_FS_TRUNCATE;
	return ways;
}

/* Without a rule there is no place where what is handled is allowed. 0 and the
 * ABI, or the errno. */
static int enter_landlock(int *abi)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
	                       LANDLOCK_CREATE_RULESET_VERSION);
	struct landlock_ruleset_attr attr = {
		.handled_access_fs = ways_to_write(version),
	};
	int rules, error;

	if (version < 0)
		return errno;
	rules = (int)syscall(SYS_landlock_create_ruleset, &attr,
	                     sizeof attr.handled_access_fs, 0);
	if (rules < 0)
		return errno;
	error = syscall(SYS_landlock_restrict_self, rules, 0) ? errno : 0;
	close(rules);
	if (!error)
		*abi = (int)version;
	return error;
}

#else

static int enter_landlock(int *abi)
{
	(void)abi;
	return ENOSYS;
}

#endif

/* --- both --------------------------------------------------------------- */

struct entered {
	int abi; /* Landlock's; 0 where it is not in force */
	int landlock_error, seccomp_error; /* errno */
};

static struct entered enter(enum sandbox what)
{
	struct entered e = {0};

	/* Both ask for this: what we could start has no more rights than we. */
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	if (what == SANDBOX_READS) /* first, as the filter refuses it */
		e.landlock_error = enter_landlock(&e.abi);
	e.seccomp_error = enter_seccomp(what);
	return e;
}

void sandbox_enter(enum sandbox what)
{
	enter(what);
}

static char *missing(const char *what, int error)
{
	return buf_format(_("%s はこのシステムでは使えません（%s）"), what,
	                  file_error(error));
}

char *sandbox_describe(void)
{
	struct entered e = enter(SANDBOX_READS);
	char *landlock = e.abi ? buf_format("Landlock ABI %d", e.abi)
	                       : missing("Landlock", e.landlock_error);
	char *seccomp = e.seccomp_error ? missing("seccomp", e.seccomp_error)
	                                : mem_strdup("seccomp");
	char *text = buf_format("%s, %s", seccomp, landlock);

	free(seccomp);
	free(landlock);
	return text;
}
