/* SPDX-License-Identifier: MIT
 *
 * sandbox-filter [ARCHITECTURE] - print the sandbox's filters as a C file
 *
 * Runs while the program is built: libseccomp turns the lists below into BPF,
 * which stands in the program as two tables (src/cmd/filters.h). At run time that
 * would cost half a million instructions and half a megabyte at every start, and
 * one library more within reach.
 *
 * What is on no list is answered ENOSYS, as by a kernel that has no such call:
 * libraries know how to go on without, those to come too (glibc after clone3,
 * ncurses after a socket for the console's mouse). So there is no list of what
 * is forbidden; sockets, mounts, other users, io_uring and all the rest simply
 * do not exist. Only what neither we nor any library of ours ever asks for,
 * another program or its memory, ends the process with SIGSYS: whoever asks for
 * that has taken us over.
 *
 * A name that the architecture does not have (open on aarch64) or that this
 * libseccomp does not know yet is left out.
 */
#define _GNU_SOURCE
#include <asm/termbits.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "cmd/filters.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* What every command may ask. */
static const char *const calls[] = {
	/* memory; mmap and mprotect are below */
	"brk", "madvise", "mremap", "munmap",
	/* files: to look */
	"access", "faccessat", "faccessat2", "fstat", "fstat64", "fstatat64",
	"fstatfs", "fstatfs64", "getcwd", "getdents", "getdents64",
	"getxattr", "lstat", "lstat64", "newfstatat", "readlink", "readlinkat",
	"stat", "stat64", "statfs", "statfs64", "statx",
	/* files: what is open */
	"_llseek", "close", "dup", "dup2", "dup3", "fadvise64", "fadvise64_64",
	"fcntl64", "fdatasync", "flock", "fsync", "lseek", "pipe", "pipe2",
	"pread64", "read", "readv", "write", "writev",
	/* waiting, and threads at their ends */
	"_newselect", "clock_nanosleep", "clock_nanosleep_time64", "exit",
	"exit_group", "futex", "futex_time64", "nanosleep", "poll", "ppoll",
	"ppoll_time64", "pselect6", "pselect6_time64", "restart_syscall",
	"rseq", "sched_getaffinity", "sched_yield", "select",
	"set_robust_list",
	/* signals; to send them is below */
	"rt_sigaction", "rt_sigpending", "rt_sigprocmask", "rt_sigreturn",
	"rt_sigsuspend", "rt_sigtimedwait", "rt_sigtimedwait_time64",
	"sigaltstack", "sigreturn",
	/* the time, and who we are */
	"clock_getres", "clock_getres_time64", "clock_gettime",
	"clock_gettime64", "getegid", "getegid32", "geteuid", "geteuid32",
	"getgid", "getgid32", "getpgid", "getpgrp", "getpid", "getppid",
	"getrandom", "getrlimit", "getsid", "gettid", "gettimeofday", "getuid",
	"getuid32", "sysinfo", "time", "ugetrlimit", "umask", "uname",
};

/* And those that save. */
static const char *const saving_calls[] = {
	"fallocate", "fchmod", "fchown", "fchown32", "fremovexattr",
	"fsetxattr", "ftruncate", "ftruncate64", "link", "linkat", "open",
	"openat", "pwrite64", "rename", "renameat", "renameat2", "unlink",
	"unlinkat",
};

static const char *const fatal_calls[] = {
	"execve", "execveat", "fork", "vfork", "ptrace", "process_vm_readv",
	"process_vm_writev",
};

/* What may be asked where MASK of argument ARGUMENT (from 0) is VALUE. */
struct rule {
	const char *call;
	unsigned argument;
	uint64_t mask, value;
};

#define WORD UINT32_MAX /* an int: what lies above is no part of it */

static const struct rule rules[] = {
	/* No memory is written and run; a conversion (gconv) that is loaded
	 * late is a file, mapped to be read and run. */
	{ "mmap", 2, PROT_EXEC, 0 },
	{ "mmap", 2, PROT_WRITE | PROT_EXEC, PROT_EXEC },
	{ "mmap2", 2, PROT_EXEC, 0 },
	{ "mmap2", 2, PROT_WRITE | PROT_EXEC, PROT_EXEC },
	{ "mprotect", 2, PROT_EXEC, 0 },
	/* Our own terminal, and none of what types into it (TIOCSTI). */
	{ "ioctl", 1, WORD, TCGETS },
	{ "ioctl", 1, WORD, TCSETS },
	{ "ioctl", 1, WORD, TCSETSW },
	{ "ioctl", 1, WORD, TCSETSF },
	{ "ioctl", 1, WORD, TCFLSH },
	{ "ioctl", 1, WORD, TCSBRK },
	{ "ioctl", 1, WORD, TCXONC },
	{ "ioctl", 1, WORD, TIOCGPGRP },
	{ "ioctl", 1, WORD, TIOCGWINSZ },
	{ "ioctl", 1, WORD, FIONREAD },
#ifdef TCGETS2 /* what a later glibc asks instead */
	{ "ioctl", 1, WORD, TCGETS2 },
	{ "ioctl", 1, WORD, TCSETS2 },
	{ "ioctl", 1, WORD, TCSETSW2 },
	{ "ioctl", 1, WORD, TCSETSF2 },
#endif
	/* Locks and flags, and no signals to others (F_SETOWN, F_SETSIG). */
	{ "fcntl", 1, WORD, F_DUPFD },
	{ "fcntl", 1, WORD, F_DUPFD_CLOEXEC },
	{ "fcntl", 1, WORD, F_GETFD },
	{ "fcntl", 1, WORD, F_SETFD },
	{ "fcntl", 1, WORD, F_GETFL },
	{ "fcntl", 1, WORD, F_SETFL },
	{ "fcntl", 1, WORD, F_GETLK },
	{ "fcntl", 1, WORD, F_SETLK },
	{ "fcntl", 1, WORD, F_SETLKW },
	{ "fcntl", 1, WORD, F_OFD_GETLK },
	{ "fcntl", 1, WORD, F_OFD_SETLK },
	{ "fcntl", 1, WORD, F_OFD_SETLKW },
	/* Signals to ourselves; and whether another process is there. */
	{ "kill", 0, WORD, FILTER_PID },
	{ "kill", 1, WORD, 0 },
	{ "tgkill", 0, WORD, FILTER_PID },
	{ "tkill", 0, WORD, FILTER_PID },
	/* Limits are read. */
	{ "prlimit64", 2, UINT64_MAX, 0 },
};

#define WRITING (O_ACCMODE | O_CREAT | O_TRUNC)

/* Of those that only read. */
static const struct rule reading_rules[] = {
	{ "open", 1, WRITING, O_RDONLY },
	{ "openat", 2, WRITING, O_RDONLY },
};

#define NAMESPACES (CLONE_NEWCGROUP | CLONE_NEWIPC | CLONE_NEWNET | \
	CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUSER | CLONE_NEWUTS)

#if defined __s390__
#define CLONE_FLAGS 1
#else
#define CLONE_FLAGS 0
#endif

/* A thread to save in. clone3 has its flags where a filter cannot see them. */
static const struct rule saving_rules[] = {
	{ "clone", CLONE_FLAGS, CLONE_THREAD | NAMESPACES, CLONE_THREAD },
};

static const struct rule fatal_rules[] = {
	{ "clone", CLONE_FLAGS, CLONE_THREAD, 0 },
};

/* --- to BPF ------------------------------------------------------------- */

static void must(bool fine, const char *what)
{
	if (fine)
		return;
	fprintf(stderr, "sandbox-filter: libseccomp fails at %s; "
	        "configure --without-sandbox does without it\n", what);
	exit(1);
}

static void add(scmp_filter_ctx filter, uint32_t action, const char *call,
                unsigned conditions, struct scmp_arg_cmp condition)
{
	int number = seccomp_syscall_resolve_name(call);

	if (number != __NR_SCMP_ERROR)
		must(seccomp_rule_add_array(filter, action, number, conditions,
		                            &condition) == 0, call);
}

static void add_calls(scmp_filter_ctx filter, uint32_t action,
                      const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		add(filter, action, list[i], 0, (struct scmp_arg_cmp){0});
}

static void add_rules(scmp_filter_ctx filter, uint32_t action,
                      const struct rule *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		add(filter, action, list[i].call, 1,
		    SCMP_CMP64(list[i].argument, SCMP_CMP_MASKED_EQ,
		               list[i].mask, list[i].value));
}

/* ^Z stops all of our job, as a terminal's would: kill(0, SIGTSTP), just that. */
static void add_stop(scmp_filter_ctx filter)
{
	must(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(kill), 2,
	                      SCMP_A0_64(SCMP_CMP_MASKED_EQ, WORD, 0),
	                      SCMP_A1_64(SCMP_CMP_MASKED_EQ, WORD, SIGTSTP))
	     == 0, "kill");
}

static scmp_filter_ctx begin(uint32_t architecture)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));

	must(filter != NULL, "its start");
	if (architecture != seccomp_arch_native()) {
		must(seccomp_arch_add(filter, architecture) == 0 &&
		     seccomp_arch_remove(filter, seccomp_arch_native()) == 0,
		     "the architecture");
	}
	/* Calls by another architecture's numbers (int 0x80, x32). */
	must(seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH,
	                      SCMP_ACT_TRAP) == 0, "an attribute");
	/* A tree of comparisons; where it cannot do that, a list. */
	seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	return filter;
}

static void print_code(scmp_filter_ctx filter, const char *name)
{
	FILE *bpf = tmpfile();
	struct sock_filter f;

	must(bpf && seccomp_export_bpf(filter, fileno(bpf)) == 0, "a file");
	rewind(bpf);
	printf("static const struct sock_filter %s[] = {\n", name);
	while (fread(&f, sizeof f, 1, bpf) == 1)
		printf("\t{ 0x%02x, %u, %u, 0x%08x },\n", f.code, f.jt, f.jf,
		       (unsigned)f.k);
	printf("};\n");
	fclose(bpf);
	seccomp_release(filter);
}

#define ADD_CALLS(action, list) add_calls(filter, action, list, COUNT(list))
#define ADD_RULES(action, list) add_rules(filter, action, list, COUNT(list))

static scmp_filter_ctx make_filter(uint32_t architecture, enum sandbox what)
{
	scmp_filter_ctx filter = begin(architecture);

	ADD_CALLS(SCMP_ACT_ALLOW, calls);
	ADD_RULES(SCMP_ACT_ALLOW, rules);
	add_stop(filter);
	if (what == SANDBOX_SAVES) {
		ADD_CALLS(SCMP_ACT_ALLOW, saving_calls);
		ADD_RULES(SCMP_ACT_ALLOW, saving_rules);
	} else {
		ADD_RULES(SCMP_ACT_ALLOW, reading_rules);
	}
	ADD_CALLS(SCMP_ACT_TRAP, fatal_calls);
	ADD_RULES(SCMP_ACT_TRAP, fatal_rules);
	return filter;
}

int main(int argc, char *argv[])
{
	uint32_t architecture = argc > 1 ? seccomp_arch_resolve_name(argv[1])
	                                 : seccomp_arch_native();

	must(architecture != 0, "the architecture");
	printf("/* Made by build-aux/sandbox-filter.c. */\n"
	       "#include \"cmd/filters.h\"\n");
	print_code(make_filter(architecture, SANDBOX_READS), "reads");
	print_code(make_filter(architecture, SANDBOX_SAVES), "saves");
	printf("const struct filter filters[SANDBOXES] = {\n"
	       "\t[SANDBOX_READS] = { reads, sizeof reads / sizeof *reads },\n"
	       "\t[SANDBOX_SAVES] = { saves, sizeof saves / sizeof *saves },\n"
	       "};\n");
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
