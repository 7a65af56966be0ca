/* SPDX-License-Identifier: MIT */
#include "tracer.h"

#include <elf.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

/* <linux/ptrace.h> and <sys/ptrace.h> do not go together everywhere. */
#define GET_SYSCALL_INFO 0x420e
#define INFO_ENTRY 1
#define INFO_EXIT 2
struct syscall_info {
	uint8_t op, pad[3];
	uint32_t arch;
	uint64_t instruction_pointer, stack_pointer;
	union {
		struct { uint64_t number, arg[6]; } entry;
		struct { int64_t result; uint8_t is_error; } exit;
	} u;
};

/* The calls that concern files; those whose first argument is an open file. */
#define CALL(name, on_file) { #name, SYS_##name, on_file }
static const struct known {
	const char *name;
	long number;
	bool on_file;
} calls[] = {
#ifdef SYS_open
	CALL(open, false), CALL(creat, false), CALL(stat, false),
	CALL(lstat, false), CALL(access, false), CALL(readlink, false),
	CALL(rename, false), CALL(link, false), CALL(unlink, false),
	CALL(chmod, false), CALL(chown, false),
#endif
	CALL(openat, false), CALL(newfstatat, false), CALL(statx, false),
	CALL(faccessat, false), CALL(faccessat2, false),
	CALL(readlinkat, false), CALL(getcwd, false),
	CALL(renameat, false), CALL(renameat2, false), CALL(linkat, false),
	CALL(unlinkat, false), CALL(getxattr, false),
	CALL(read, true), CALL(pread64, true), CALL(write, true),
	CALL(pwrite64, true), CALL(writev, true), CALL(lseek, true),
	CALL(ftruncate, true), CALL(fsync, true), CALL(fdatasync, true),
	CALL(syncfs, true), CALL(fstat, true), CALL(fchmod, true),
	CALL(fchown, true), CALL(fgetxattr, true), CALL(fsetxattr, true),
	CALL(fremovexattr, true), CALL(flock, true), CALL(fcntl, true),
	CALL(getdents64, true), CALL(close, true),
};

_Noreturn void give_up(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fputs("torture: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	exit(99);
}

static const struct known *find_known(long number)
{
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
		if (calls[i].number == number)
			return &calls[i];
	return NULL;
}

/* --- the program's registers -------------------------------------------- */

#if defined __x86_64__
#define NUMBER orig_rax
#define RESULT rax
#define SIZE_ARGUMENT rdx
#elif defined __aarch64__
#define NUMBER regs[8]
#define RESULT regs[0]
#define SIZE_ARGUMENT regs[2]
#endif

#ifdef NUMBER
static struct user_regs_struct get_registers(pid_t thread)
{
	struct user_regs_struct r;
	struct iovec part = { &r, sizeof r };

	if (ptrace(PTRACE_GETREGSET, thread, NT_PRSTATUS, &part) != 0)
		give_up("registers: %s", strerror(errno));
	return r;
}

static void set_registers(pid_t thread, struct user_regs_struct r)
{
	struct iovec part = { &r, sizeof r };

	ptrace(PTRACE_SETREGSET, thread, NT_PRSTATUS, &part);
}

/* The call is not made. */
static void skip_call(pid_t thread)
{
#ifdef __aarch64__
	int none = -1;
	struct iovec part = { &none, sizeof none };

	ptrace(PTRACE_SETREGSET, thread, NT_ARM_SYSTEM_CALL, &part);
#else
	struct user_regs_struct r = get_registers(thread);

	r.NUMBER = (unsigned long long)-1;
	set_registers(thread, r);
#endif
}

static void set_result(pid_t thread, int64_t result)
{
	struct user_regs_struct r = get_registers(thread);

	r.RESULT = (unsigned long long)result;
	set_registers(thread, r);
}

static void halve_size(pid_t thread)
{
	struct user_regs_struct r = get_registers(thread);

	r.SIZE_ARGUMENT = (r.SIZE_ARGUMENT + 1) / 2;
	set_registers(thread, r);
}
#else
/* Calls can be told of and killed at, but not made to fail (errors.sh). */
static void skip_call(pid_t thread)
{
	give_up("%d: this machine's registers are unknown", (int)thread);
}

static void set_result(pid_t thread, int64_t result)
{
	(void)result;
	skip_call(thread);
}

static void halve_size(pid_t thread)
{
	skip_call(thread);
}
#endif

/* --- its memory --------------------------------------------------------- */

void trace_bytes(const struct call *call, uint64_t address, void *to,
                 size_t size)
{
	struct iovec here = { to, size };
	struct iovec there = { (void *)(uintptr_t)address, size };

	if (process_vm_readv(call->thread, &here, 1, &there, 1, 0) !=
	    (ssize_t)size)
		give_up("the program's memory: %s", strerror(errno));
}

char *trace_string(const struct call *call, uint64_t address)
{
	char *s = NULL;
	size_t n = 0;

	do {
		s = realloc(s, n + 1);
		if (!s)
			give_up("no memory");
		trace_bytes(call, address + n, s + n, 1);
	} while (s[n++]);
	return s;
}

/* --- running ------------------------------------------------------------ */

#define THREADS_MAX 64

/* A thread, and the call it is in. */
struct thread {
	pid_t id;
	struct call call;
	bool told;      /* the call has been told of */
	int64_t forced; /* its result, where it is not made; else 0 */
};

struct tracing {
	const struct watcher *watcher;
	struct thread threads[THREADS_MAX];
	int n;
	bool begun; /* standard input has been read */
	bool killed;
	pid_t program;
};

static struct thread *find_thread(struct tracing *t, pid_t id)
{
	for (int i = 0; i < t->n; i++)
		if (t->threads[i].id == id)
			return &t->threads[i];
	if (t->n == THREADS_MAX)
		give_up("more threads than there is room for");
	t->threads[t->n] = (struct thread){ .id = id };
	return &t->threads[t->n++];
}

static void forget_thread(struct tracing *t, pid_t id)
{
	*find_thread(t, id) = t->threads[t->n - 1];
	t->n--;
}

/* Is FD of the thread open on a file or a directory, and no pipe or socket? */
static bool is_file(pid_t thread, uint64_t fd)
{
	char path[64];
	struct stat st;

	snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)thread, (int)fd);
	return stat(path, &st) == 0 &&
	       (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode));
}

static void on_entry(struct tracing *t, struct thread *h,
                     const struct syscall_info *info)
{
	const struct known *known = find_known((long)info->u.entry.number);
	struct call *call = &h->call;
	enum verdict verdict = CALL_GO_ON;
	int error = 0;

	h->told = false;
	h->forced = 0;
	if (!known)
		return;
	*call = (struct call){
		.thread = h->id, .name = known->name, .number = known->number,
		.stream = known->on_file && info->u.entry.arg[0] <= 2,
	};
	memcpy(call->arg, info->u.entry.arg, sizeof call->arg);
	t->begun |= known->number == SYS_read && call->arg[0] == 0;
	if (!t->begun)
		return;
	if (known->on_file && !call->stream && !is_file(h->id, call->arg[0]))
		return;
	h->told = true;
	if (t->watcher->before)
		verdict = t->watcher->before(t->watcher->data, call, &error);
	if (verdict == CALL_FAIL) {
		skip_call(h->id);
		h->forced = -error;
	} else if (verdict == CALL_SHORTEN) {
		halve_size(h->id);
	} else if (verdict == CALL_KILL) {
		t->killed = true;
		kill(t->program, SIGKILL);
	}
}

static void on_exit_of_call(struct tracing *t, struct thread *h,
                            const struct syscall_info *info)
{
	if (!h->told)
		return;
	h->call.result = info->u.exit.result;
	if (h->forced)
		set_result(h->id, h->call.result = h->forced);
	if (t->watcher->after)
		t->watcher->after(t->watcher->data, &h->call);
}

static void on_stop(struct tracing *t, pid_t id)
{
	struct thread *h = find_thread(t, id);
	struct syscall_info info = {0};

	if (ptrace(GET_SYSCALL_INFO, id, sizeof info, &info) <= 0)
		return; /* it has just been killed */
	if (info.op == INFO_ENTRY)
		on_entry(t, h, &info);
	else if (info.op == INFO_EXIT)
		on_exit_of_call(t, h, &info);
}

static pid_t start(char **argv)
{
	pid_t program = fork();

	if (program < 0)
		give_up("fork: %s", strerror(errno));
	if (program > 0)
		return program;
	if (getenv("TORTURE_PRELOAD"))
		setenv("LD_PRELOAD", getenv("TORTURE_PRELOAD"), 1);
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0)
		_exit(98);
	raise(SIGSTOP);
	execvp(argv[0], argv);
	_exit(98);
}

/* The signal to be handed on, at a stop that is no system call. */
static int signal_of(int status)
{
	int number = WSTOPSIG(status);

	/* Events (a thread began, exec), and the stop a new thread begins with. */
	return status >> 16 || number == SIGTRAP || number == SIGSTOP
		? 0 : number;
}

int trace(char **argv, const struct watcher *watcher)
{
	struct tracing t = { .watcher = watcher, .program = start(argv) };
	int status;
	pid_t id;

	if (waitpid(t.program, &status, 0) != t.program || !WIFSTOPPED(status))
		give_up("ptrace is refused here");
	find_thread(&t, t.program);
	ptrace(PTRACE_SETOPTIONS, t.program, 0,
	       PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE |
	       PTRACE_O_EXITKILL | PTRACE_O_TRACEEXEC);
	ptrace(PTRACE_SYSCALL, t.program, 0, 0);
	while ((id = waitpid(-1, &status, __WALL)) > 0) {
		int number = 0;

		if (!WIFSTOPPED(status)) {
			if (id == t.program)
				break;
			forget_thread(&t, id);
			continue;
		}
		if (WSTOPSIG(status) == (SIGTRAP | 0x80))
			on_stop(&t, id);
		else
			number = signal_of(status);
		if (!t.killed)
			ptrace(PTRACE_SYSCALL, id, 0, number);
	}
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
	                           : WEXITSTATUS(status);
}
