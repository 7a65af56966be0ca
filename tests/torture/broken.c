/* SPDX-License-Identifier: MIT
 *
 * broken.so: loaded into the true program (LD_PRELOAD) it makes of its good save
 * a bad one, as $BROKEN says. The torture must notice each of them.
 *
 *   no_fsync        nothing is flushed
 *   no_directory    directories are not flushed
 *   no_name         a file is not flushed again when it has got its name
 *   write_in_place  the file itself is written over, in place of a rename
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int is_broken(const char *how)
{
	const char *broken = getenv("BROKEN");

	return broken && strcmp(broken, how) == 0;
}

int fsync(int fd)
{
	static ino_t last;
	struct stat st;
	int again;

	if (fstat(fd, &st) != 0)
		return -1;
	again = st.st_ino == last;
	last = st.st_ino;
	if (is_broken("no_fsync") || (is_broken("no_name") && again) ||
	    (is_broken("no_directory") && S_ISDIR(st.st_mode)))
		return 0;
	return (int)syscall(SYS_fsync, fd);
}

static int write_over(const char *from, const char *to, int flags)
{
	char part[1024];
	ssize_t n;
	int in = open(from, O_RDONLY), out = open(to, O_WRONLY | flags, 0600);

	if (in < 0 || out < 0)
		return -1;
	while ((n = read(in, part, sizeof part)) > 0)
		if (write(out, part, (size_t)n) != n)
			return -1;
	fsync(out);
	close(out);
	close(in);
	return unlink(from);
}

int rename(const char *from, const char *to)
{
	if (is_broken("write_in_place"))
		return write_over(from, to, O_CREAT | O_TRUNC);
	return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}
