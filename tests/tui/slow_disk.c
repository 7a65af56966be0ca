/* SPDX-License-Identifier: MIT
 *
 * slow_disk: the program with another fsync and another clock (ld --wrap). As long as
 * there is a FIFO called disk in the current directory, the first flush of a file waits
 * for a byte from it: the disk is as slow as a test says. Where there is a file called
 * clock, time passes by it alone, half a second for each byte it has; and where there is
 * one called patient, whoever waits, waits for good. Where there is one called crash the
 * program crashes at a flush, in the middle of a save; and where there is a FIFO called
 * parting, its thread waits for that before it gives back the modes of the terminal. Who
 * removes a lock waits for it too. Where there is a file called unsettled no directory can
 * be flushed, once it has lost its bytes, one at each flush; and where there is one called
 * keeps no file can be removed.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

int __real_fsync(int fd);
int __wrap_fsync(int fd);
int __real_unlink(const char *path);
int __wrap_unlink(const char *path);
int __real_clock_gettime(clockid_t id, struct timespec *now);
int __wrap_clock_gettime(clockid_t id, struct timespec *now);
int __real_unlinkat(int directory, const char *name, int flags);
int __wrap_unlinkat(int directory, const char *name, int flags);
int __real_tcsetattr(int fd, int when, const struct termios *modes);
static void wait_at_parting(void)
{
	int parting = open("parting", O_RDONLY | O_CLOEXEC);

	if (parting >= 0)
		close(parting);
}

int __wrap_unlinkat(int directory, const char *name, int flags)
{
	if (strstr(name, ".lock"))
		wait_at_parting();
	return __real_unlinkat(directory, name, flags);
}

int __wrap_tcsetattr(int fd, int when, const struct termios *modes);
int __real_poll(struct pollfd *fds, nfds_t n, int milliseconds);
int __wrap_poll(struct pollfd *fds, nfds_t n, int milliseconds);

#define LOOK 50 /* milliseconds, after which the clock is looked at again */

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

/* One byte lets one flush through: a FIFO that is still open from the last one has
 * none, and is opened anew. */
static void wait_for_disk(void)
{
	ssize_t n = 0;
	int disk;

	while (n == 0 && (disk = open("disk", O_RDONLY | O_CLOEXEC)) >= 0) {
		n = read(disk, &(char){ 0 }, 1);
		close(disk);
	}
}

int __wrap_fsync(int fd)
{
	struct stat st;
	static ino_t last;
	bool is_file = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);

	if (is_file && st.st_ino != last)
		wait_for_disk();
	if (is_file)
		last = st.st_ino;
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

int __wrap_tcsetattr(int fd, int when, const struct termios *modes)
{
	if (gettid() != getpid())
		wait_at_parting();
	return __real_tcsetattr(fd, when, modes);
}

/* What the clock shows; -1: it is the usual one. */
static long long half_seconds(void)
{
	struct stat st;

	return stat("clock", &st) == 0 ? st.st_size : -1;
}

int __wrap_clock_gettime(clockid_t id, struct timespec *now)
{
	static struct timespec start;
	long long passed = half_seconds();

	if (passed < 0)
		return __real_clock_gettime(id, now);
	if (!start.tv_sec)
		__real_clock_gettime(id, &start);
	*now = start;
	now->tv_sec += passed / 2;
	now->tv_nsec += passed % 2 * 500000000;
	return 0;
}

/* Who waits looks at the clock when it has moved. */
int __wrap_poll(struct pollfd *fds, nfds_t n, int milliseconds)
{
	long long passed = half_seconds();
	int left, came;

	if (milliseconds > 0 && is_there("patient"))
		milliseconds = -1;
	if (milliseconds <= 0 || passed < 0)
		return __real_poll(fds, n, milliseconds);
	for (left = milliseconds; left > 0; left -= LOOK) {
		came = __real_poll(fds, n, left < LOOK ? left : LOOK);
		if (came != 0 || half_seconds() != passed)
			return came;
	}
	return 0;
}
