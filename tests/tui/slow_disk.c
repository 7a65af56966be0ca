/* SPDX-License-Identifier: MIT
 *
 * slow_disk: the program with another fsync (ld --wrap). As long as there is a FIFO
 * called disk in the current directory, the first flush of a file waits until somebody
 * has opened it for writing: the disk is as slow as a test says. Where there is a
 * file called crash the program crashes there, in the middle of a save. Where there is
 * one called unsettled no directory can be flushed, once it has lost its bytes, one at
 * each flush; and where there is one called keeps no file can be removed.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __real_unlink(const char *path);
int __wrap_unlink(const char *path);

static bool is_there(const char *name)
{
	return access(name, F_OK) == 0;
}

static bool is_unsettled(void)
{
	int fd = open("unsettled", O_WRONLY | O_CLOEXEC);
	struct stat st;
	bool is = fd >= 0 && fstat(fd, &st) == 0 &&
	          (st.st_size == 0 || ftruncate(fd, st.st_size - 1) != 0);

	if (fd >= 0)
		close(fd);
	return is;
}

int __wrap_fsync(int fd)
{
	struct stat st;
	static ino_t last;
	bool is_file = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	bool waits = is_file && st.st_ino != last;
	int disk = waits ? open("disk", O_RDONLY | O_CLOEXEC) : -1;

	if (is_file)
		last = st.st_ino;
	if (disk >= 0)
		close(disk);
	if (is_there("crash"))
		abort();
	if (!is_file && is_unsettled()) {
		errno = EIO;
		return -1;
	}
	return __real_fsync(fd);
}

int __wrap_unlink(const char *path)
{
	if (is_there("keeps")) {
		errno = EROFS;
		return -1;
	}
	return __real_unlink(path);
}
