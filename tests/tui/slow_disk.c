/* SPDX-License-Identifier: MIT
 *
 * slow_disk: the program with another fsync (ld --wrap). As long as there is a FIFO
 * called disk in the current directory, each flush of a file waits until somebody
 * has opened it for writing: the disk is as slow as a test says. Where there is a
 * file called crash the program crashes there, in the middle of a save.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int __real_fsync(int fd);
int __wrap_fsync(int fd);

int __wrap_fsync(int fd)
{
	struct stat st;
	int disk = fstat(fd, &st) == 0 && S_ISREG(st.st_mode)
		? open("disk", O_RDONLY | O_CLOEXEC) : -1;

	if (disk >= 0)
		close(disk);
	if (access("crash", F_OK) == 0)
		abort();
	return __real_fsync(fd);
}
