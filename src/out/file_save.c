/* SPDX-License-Identifier: MIT
 *
 * file_save of file.h: the calls of a save, in order. Each may be interrupted by
 * a signal and fail for any reason a disk, a network or another process has.
 */
#include "out/file.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

#define TEMPORARY_PREFIX ".kakuninsho-saving-"
#define TEMPORARY_RANDOM 6 /* letters and digits that mkostemp puts there */
#define TIDY_MAX 10000     /* entries of a directory */
#define ACL "system.posix_acl_access"

struct attempt {
	const char *target; /* PATH, or what it points to */
	const char *bytes;
	size_t length;
	enum file_save_mode mode;
	atomic_flag *named; /* NULL: it may be */
	DIR *directory;  /* NULL where it cannot be read */
	bool replacing;  /* there is a file */
	struct stat was; /* then */
	char *temporary; /* its path; NULL where there is none */
	int fd;          /* of the new file; -1 */
	enum file_step step;
};

/* --- what is there ------------------------------------------------------ */

static bool fail(int error)
{
	errno = error;
	return false;
}

/* Look at what is to be replaced. False where it is no regular file, or one
 * that may not be written. */
static bool look_at_target(struct attempt *s)
{
	if (s->mode == FILE_CREATE)
		return true; /* naming it tells */
	if (stat(s->target, &s->was) != 0)
		return errno == ENOENT;
	s->replacing = true;
	if (S_ISDIR(s->was.st_mode))
		return fail(EISDIR);
	if (!S_ISREG(s->was.st_mode))
		return fail(EINVAL);
	return access(s->target, W_OK) == 0;
}

/* A directory that may be written but not read is gone on without. */
static bool open_directory(struct attempt *s)
{
	char *name = file_directory(s->target);

	do
		s->directory = opendir(*name ? name : ".");
	while (!s->directory && errno == EINTR);
	free(name);
	return s->directory || errno == EACCES;
}

/* --- temporaries -------------------------------------------------------- */

static bool is_temporary(const char *name)
{
	size_t n = strlen(TEMPORARY_PREFIX);

	if (strncmp(name, TEMPORARY_PREFIX, n) != 0 ||
	    strlen(name + n) != TEMPORARY_RANDOM)
		return false;
	for (name += n; *name; name++)
		if (!isalnum((unsigned char)*name))
			return false;
	return true;
}

/* Remove the temporary NAME if it is ours and nobody is writing it. */
static void remove_dead(int directory, const char *name)
{
	struct stat st;
	int fd;

	if (fstatat(directory, name, &st, AT_SYMLINK_NOFOLLOW) != 0 ||
	    !S_ISREG(st.st_mode) || st.st_uid != geteuid())
		return;
	/* To write: over NFS, flock wants that. */
	fd = openat(directory, name,
	            O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		unlinkat(directory, name, 0);
	close(fd);
}

/* It comes before the new one is written: its room may be needed. */
static void tidy(DIR *directory)
{
	struct dirent *entry;

	for (int i = 0; i < TIDY_MAX && (entry = readdir(directory)); i++)
		if (is_temporary(entry->d_name))
			remove_dead(dirfd(directory), entry->d_name);
}

/* A lock that cannot be had (another is just looking whether the file is dead)
 * is done without: naming the file tells whether it is still there. */
static bool create_temporary(struct attempt *s)
{
	char *directory = file_directory(s->target);
	char *name;

	for (;;) {
		name = buf_format("%s" TEMPORARY_PREFIX "XXXXXX", directory);
		s->fd = mkostemp(name, O_CLOEXEC); /* O_EXCL, 0600 */
		if (s->fd >= 0 || errno != EINTR)
			break;
		free(name);
	}
	free(directory);
	if (s->fd < 0) {
		free(name);
		return false;
	}
	s->temporary = name;
	flock(s->fd, LOCK_EX | LOCK_NB);
	return true;
}

/* --- who may do what with it -------------------------------------------- */

/* What a new file may be by the process's umask. To ask umask() is to change
 * it, for every thread; where the kernel does not tell, only we may read it. */
static mode_t mode_of_new_file(void)
{
	char status[4096];
	const char *mask;
	ssize_t n;
	int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return 0600;
	n = TEMP_FAILURE_RETRY(read(fd, status, sizeof status - 1));
	close(fd);
	status[n < 0 ? 0 : n] = '\0';
	mask = strstr(status, "\nUmask:");
	return mask ? 0666 & ~(mode_t)strtol(mask + 7, NULL, 8) : 0600;
}

static bool keep_owner(const struct attempt *s)
{
	return fchown(s->fd, s->was.st_uid, s->was.st_gid) == 0 ||
	       fchown(s->fd, (uid_t)-1, s->was.st_gid) == 0;
}

/* Where there was none, one that the directory gives new files goes. */
static bool keep_access_list(const struct attempt *s)
{
	char list[4096];
	ssize_t n = getxattr(s->target, ACL, list, sizeof list);

	if (n >= 0)
		return fsetxattr(s->fd, ACL, list, (size_t)n, 0) == 0;
	if (errno != ENODATA)
		return errno == ENOTSUP;
	return fremovexattr(s->fd, ACL) == 0 || errno == ENODATA;
}

/* Without the old group or list, the group may do what everybody may. */
static mode_t mode_to_keep(const struct attempt *s)
{
	mode_t mode = s->was.st_mode & 0777;
	bool owner_kept = keep_owner(s);

	if (keep_access_list(s) && owner_kept)
		return mode;
	return mode & ~((~mode & 07) << 3);
}

/* What a file system without modes has given the file is all there is. */
static bool set_mode(const struct attempt *s)
{
	mode_t mode = s->replacing ? mode_to_keep(s) : mode_of_new_file();

	return TEMP_FAILURE_RETRY(fchmod(s->fd, mode)) == 0 ||
	       errno == EPERM || errno == ENOTSUP || errno == ENOSYS;
}

/* --- bytes -------------------------------------------------------------- */

static bool write_all(int fd, const char *bytes, size_t length)
{
	while (length) {
		ssize_t n = TEMP_FAILURE_RETRY(write(fd, bytes, length));

		if (n < 0)
			return false;
		bytes += n;
		length -= (size_t)n;
	}
	return true;
}

/* Where a file system cannot, there is nothing to wait for. */
static bool flush(int fd)
{
	return TEMP_FAILURE_RETRY(fsync(fd)) == 0 || errno == EINVAL ||
	       errno == ENOTSUP;
}

/* Interrupted or not, the descriptor is closed (Linux). */
static bool close_file(struct attempt *s)
{
	int fd = s->fd;

	s->fd = -1;
	return close(fd) == 0 || errno == EINTR;
}

/* --- the name ----------------------------------------------------------- */

/* Where nothing may be. */
static bool name_new(const struct attempt *s)
{
	if (renameat2(AT_FDCWD, s->temporary, AT_FDCWD, s->target,
	              RENAME_NOREPLACE) == 0)
		return true;
	if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP)
		return false;
	if (link(s->temporary, s->target) == 0) {
		unlink(s->temporary);
		return true;
	}
	if (errno != EPERM && errno != ENOTSUP && errno != ENOSYS)
		return false;
	if (file_exists(s->target))
		return fail(EEXIST);
	return rename(s->temporary, s->target) == 0;
}

static bool give_name(const struct attempt *s)
{
	if (s->named && atomic_flag_test_and_set(s->named))
		return fail(ECANCELED);
	return s->mode == FILE_CREATE
		? name_new(s) : rename(s->temporary, s->target) == 0;
}

/* vfat keeps with a name where its file's bytes are, and writes that when the
 * file is flushed, not the directory: before that, the name stands for what is
 * being freed, or for nothing. */
static bool flush_name(struct attempt *s)
{
	return flush(s->fd) && close_file(s) &&
	       (!s->directory || flush(dirfd(s->directory)));
}

/* A new file whose name may not last is taken back: the caller would meet it at
 * the next try. */
static bool settle(struct attempt *s)
{
	int error;

	if (flush_name(s))
		return true;
	error = errno;
	if (s->mode == FILE_CREATE)
		unlink(s->target);
	return fail(error);
}

/* --- all of it ---------------------------------------------------------- */

/* The steps up to the one that fails. */
static bool run_steps(struct attempt *s)
{
	s->step = FILE_STEP_PREPARE;
	if (!look_at_target(s) || !open_directory(s))
		return false;
	if (s->directory)
		tidy(s->directory);
	s->step = FILE_STEP_CREATE;
	if (!create_temporary(s))
		return false;
	s->step = FILE_STEP_WRITE;
	if (!write_all(s->fd, s->bytes, s->length) || !set_mode(s) ||
	    !flush(s->fd))
		return false;
	s->step = FILE_STEP_NAME;
	if (!give_name(s))
		return false;
	free(s->temporary);
	s->temporary = NULL;
	if (s->mode == FILE_REPLACE)
		s->step = FILE_STEP_SETTLE;
	return settle(s);
}

/* Save once; what is not needed any more is gone, errno is kept. */
static bool try(struct attempt *s)
{
	bool fine = run_steps(s);
	int error = errno;

	if (s->fd >= 0)
		close(s->fd);
	if (s->temporary)
		unlink(s->temporary);
	free(s->temporary);
	if (s->directory)
		closedir(s->directory);
	errno = error;
	return fine;
}

/* What a symlink points to is to be replaced, not the link: its path, a new
 * string; PATH where nothing is there. NULL where the link leads nowhere. */
static char *find_target(const char *path, enum file_save_mode mode)
{
	char *real = mode == FILE_REPLACE ? realpath(path, NULL) : NULL;

	if (real || mode == FILE_CREATE)
		return real ? real : mem_strdup(path);
	return errno == ENOENT && !file_exists(path) ? mem_strdup(path) : NULL;
}

bool file_save(const char *path, const char *bytes, size_t length,
               enum file_save_mode mode, atomic_flag *named,
               struct file_failure *failure)
{
	char *target = find_target(path, mode);
	const struct attempt fresh = {
		.target = target,
		.bytes = bytes,
		.length = length,
		.mode = mode,
		.fd = -1,
	};
	struct attempt s = fresh;
	bool fine;

	s.named = named;
	fine = target && try(&s);
	/* The temporary was taken for dead, and removed. */
	if (!fine && s.step == FILE_STEP_NAME && errno == ENOENT) {
		s = fresh;
		fine = try(&s);
	}
	if (!fine)
		*failure = (struct file_failure){ s.step, errno };
	free(target);
	return fine;
}
