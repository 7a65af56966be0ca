/* SPDX-License-Identifier: MIT
 *
 * intruder.so - what somebody who has taken the program over would try
 *
 * Preloaded by tests/sandbox.sh. The program calls fflush when it is at work: at
 * the first time the attempts below are made from inside, and what became of each
 * is written to descriptor 9, a line "NAME: VERDICT". A verdict is ok, the errno
 * (ENOSYS), or SIGSYS.
 *
 * KAKUNINSHO_LACKS=seccomp or landlock: on a kernel without it. Without seccomp
 * only files are attempted, since the rest would succeed, and the kernel is asked
 * for Landlock.
 * KAKUNINSHO_STARTS=COMMAND: a shell is to run COMMAND, and nothing else.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <termios.h>
#include <unistd.h>

#define REPORT 9

/* --- a kernel that lacks something -------------------------------------- */

static bool is_lacking(long number)
{
	const char *what = getenv("KAKUNINSHO_LACKS");

	if (!what)
		return false;
	return strcmp(what, "seccomp") == 0
		? number == SYS_seccomp
		: number == SYS_landlock_create_ruleset;
}

long syscall(long number, ...)
{
	static long (*real)(long, ...);
	va_list args;
	long a, b, c, d, e, f;

	if (!real)
		*(void **)&real = dlsym(RTLD_NEXT, "syscall");
	va_start(args, number);
	a = va_arg(args, long), b = va_arg(args, long), c = va_arg(args, long);
	d = va_arg(args, long), e = va_arg(args, long), f = va_arg(args, long);
	va_end(args);
	if (is_lacking(number)) {
		errno = ENOSYS;
		return -1;
	}
	return real(number, a, b, c, d, e, f);
}

/* --- the attempts ------------------------------------------------------- */

static char *const no_arguments[] = { (char *)"true", NULL };

static long inet_socket(void) { return socket(AF_INET, SOCK_STREAM, 0); }
static long unix_socket(void) { return socket(AF_UNIX, SOCK_STREAM, 0); }
static long netlink_socket(void) { return socket(AF_NETLINK, SOCK_RAW, 0); }

static long socket_pair(void)
{
	int fds[2];

	return socketpair(AF_UNIX, SOCK_STREAM, 0, fds);
}

static long by_execve(void)
{
	return execve("/bin/true", no_arguments, no_arguments + 1);
}

static long by_execveat(void)
{
	return syscall(SYS_execveat, AT_FDCWD, "/bin/true", no_arguments,
	               no_arguments + 1, 0);
}

static long by_fork(void)
{
	pid_t child = fork();

	if (child == 0)
		_exit(0);
	return child;
}

static long trace(void) { return ptrace(PTRACE_TRACEME, 0, NULL, NULL); }

static long read_memory(void)
{
	char to[1];
	struct iovec local = { to, 1 }, remote = { to, 1 };

	return process_vm_readv(getppid(), &local, 1, &remote, 1, 0);
}

static long signal_parent(void) { return kill(getppid(), SIGCONT); }
static long signal_group(void) { return kill(0, SIGCONT); }
static long signal_self(void) { return raise(SIGCONT); }
static long look_at_parent(void) { return kill(getppid(), 0); }

static long type_into_terminal(void) { return ioctl(0, TIOCSTI, "x"); }
static long fetch_signals(void) { return fcntl(0, F_SETOWN, getppid()); }

static long map(int protection)
{
	void *at = mmap(NULL, 4096, protection, MAP_PRIVATE | MAP_ANONYMOUS,
	                -1, 0);

	return at == MAP_FAILED ? -1 : 0;
}

static long write_and_run(void) { return map(PROT_WRITE | PROT_EXEC); }

static long run_what_was_written(void)
{
	void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
	                MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return mprotect(at, 4096, PROT_READ | PROT_EXEC);
}

static long become_root(void) { return setuid(0); }
static long unshare_users(void) { return syscall(SYS_unshare, 0x10000000); }
static long set_up_ring(void) { return syscall(SYS_io_uring_setup, 1, NULL); }
static long load_bpf(void) { return syscall(SYS_bpf, 0, NULL, 0); }
static long keep_key(void) { return syscall(SYS_keyctl, 0, 0, 0, 0, 0); }
static long mount_over(void) { return syscall(SYS_mount, "a", "/", "", 0, 0); }
static long anonymous_file(void) { return syscall(SYS_memfd_create, "x", 0); }
static long dump(void) { return prctl(PR_SET_DUMPABLE, 1); }
static long other_calls(void) { return syscall(100000); }

static long read_file(void) { return open("/etc/passwd", O_RDONLY); }

static long write_file(void)
{
	return open("intruder.txt", O_WRONLY | O_CREAT | O_TRUNC, 0600);
}

static long truncate_by_reading(void)
{
	return open("intruder.txt", O_RDONLY | O_CREAT | O_TRUNC, 0600);
}

static long truncate_by_name(void) { return truncate("intruder.txt", 0); }
static long name_file(void) { return rename("intruder.txt", "intruder.2"); }
static long remove_file(void) { return unlink("intruder.2"); }
static long make_directory(void) { return mkdirat(AT_FDCWD, "intruder", 0700); }

/* Whether the kernel has it, whatever the program says. */
static long ask_for_landlock(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0, 1);
}

static void *nothing(void *argument)
{
	return argument;
}

static long start_thread(void)
{
	pthread_t thread;
	int error = pthread_create(&thread, NULL, nothing, NULL);

	if (!error)
		pthread_join(thread, NULL);
	errno = error;
	return error ? -1 : 0;
}

struct attempt {
	const char *name;
	long (*try)(void);
};

#define ATTEMPT(function) { #function, function }
#define COUNT(list) (sizeof(list) / sizeof *(list))

static const struct attempt on_files[] = {
	ATTEMPT(read_file), ATTEMPT(write_file), ATTEMPT(truncate_by_reading),
	ATTEMPT(truncate_by_name), ATTEMPT(name_file), ATTEMPT(remove_file),
	ATTEMPT(make_directory),
};

static const struct attempt on_landlock[] = { ATTEMPT(ask_for_landlock) };

static const struct attempt on_the_rest[] = {
	ATTEMPT(inet_socket), ATTEMPT(unix_socket), ATTEMPT(netlink_socket),
	ATTEMPT(socket_pair), ATTEMPT(by_execve), ATTEMPT(by_execveat),
	ATTEMPT(by_fork), ATTEMPT(trace),
	ATTEMPT(read_memory), ATTEMPT(signal_parent), ATTEMPT(signal_group),
	ATTEMPT(signal_self), ATTEMPT(look_at_parent),
	ATTEMPT(type_into_terminal), ATTEMPT(fetch_signals),
	ATTEMPT(write_and_run), ATTEMPT(run_what_was_written),
	ATTEMPT(become_root), ATTEMPT(unshare_users), ATTEMPT(set_up_ring),
	ATTEMPT(load_bpf), ATTEMPT(keep_key), ATTEMPT(mount_over),
	ATTEMPT(anonymous_file), ATTEMPT(dump), ATTEMPT(start_thread),
	ATTEMPT(other_calls),
};

/* --- their story -------------------------------------------------------- */

static sigjmp_buf stopped;

static void on_sigsys(int number)
{
	siglongjmp(stopped, number);
}

static const char *errno_name(void)
{
	switch (errno) {
	case ENOSYS:
		return "ENOSYS";
	case EACCES:
		return "EACCES";
	default:
		return strerror(errno);
	}
}

static const char *verdict(long (*try)(void))
{
	errno = 0;
	if (sigsetjmp(stopped, 1))
		return "SIGSYS";
	return try() >= 0 ? "ok" : errno_name();
}

static void make(const struct attempt *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		dprintf(REPORT, "%s: %s\n", list[i].name,
		        verdict(list[i].try));
}

static void intrude(void)
{
	struct sigaction action = { .sa_handler = on_sigsys }, before;
	const char *command = getenv("KAKUNINSHO_STARTS");

	if (command) {
		dprintf(REPORT, "started: %d\n", system(command));
		return;
	}
	sigaction(SIGSYS, &action, &before);
	make(on_files, COUNT(on_files));
	if (is_lacking(SYS_seccomp))
		make(on_landlock, COUNT(on_landlock));
	else
		make(on_the_rest, COUNT(on_the_rest));
	sigaction(SIGSYS, &before, NULL);
}

int fflush(FILE *stream)
{
	static int (*real)(FILE *);
	static bool done;

	if (!real)
		*(void **)&real = dlsym(RTLD_NEXT, "fflush");
	if (!done && fcntl(REPORT, F_GETFD) >= 0) {
		done = true;
		intrude();
	}
	return real(stream);
}
