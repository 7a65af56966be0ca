/* SPDX-License-Identifier: MIT
 *
 * old_kernel COMMAND... - run it as on Linux 4.8 (October 2016): system calls that
 * are newer fail with ENOSYS, as they do there.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

#if defined __x86_64__
#define FIRST_NEWER 329 /* pkey_mprotect, Linux 4.9 */
#elif defined __aarch64__
#define FIRST_NEWER 288
#endif

#ifdef FIRST_NEWER
static int forget_newer(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, FIRST_NEWER, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof code / sizeof *code, code };

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}
#else
static int forget_newer(void)
{
	errno = ENOTSUP; /* the numbers of this processor's calls */
	return -1;
}
#endif

int main(int argc, char **argv)
{
	if (argc < 2 || forget_newer()) {
		perror("old_kernel");
		return 99;
	}
	execvp(argv[1], argv + 1);
	perror(argv[1]);
	return 99;
}
