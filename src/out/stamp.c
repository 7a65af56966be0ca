/* SPDX-License-Identifier: MIT */
#include "out/stamp.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct stamp empty = { true, 0, 0xcbf29ce484222325 };

static void add_bytes(struct stamp *stamp, const char *bytes, size_t length)
{
	stamp->length += length;
	for (size_t i = 0; i < length; i++)
		stamp->hash = (stamp->hash ^ (unsigned char)bytes[i]) *
		              0x100000001b3;
}

struct stamp stamp_of(const char *bytes, size_t length)
{
	struct stamp stamp = empty;

	add_bytes(&stamp, bytes, length);
	return stamp;
}

bool stamp_is_of(const struct stamp *stamp, const char *bytes, size_t length)
{
	struct stamp other = stamp_of(bytes, length);

	return stamp->there && stamp->length == other.length &&
	       stamp->hash == other.hash;
}

/* What FD gives into *STAMP; no more than a record can have. */
static enum stamp_state read_all(int fd, struct stamp *stamp)
{
	char part[16384];
	ssize_t n;

	while ((n = read(fd, part, sizeof part)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return STAMP_UNKNOWN;
		add_bytes(stamp, part, (size_t)n);
		if (stamp->length > FILE_MAX)
			return STAMP_CHANGED;
	}
	return STAMP_SAME;
}

/* PATH as it is now into *STAMP. STAMP_SAME, or why there is none. */
static enum stamp_state read_stamp(const char *path, struct stamp *stamp)
{
	enum stamp_state state = STAMP_CHANGED;
	struct stat st;
	int fd, error;

	do /* O_NONBLOCK: it may be a FIFO by now */
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	while (fd < 0 && errno == EINTR);
	if (fd < 0 && errno == ENOENT) /* a symlink may lead nowhere */
		return file_exists(path) ? STAMP_CHANGED : STAMP_GONE;
	if (fd < 0)
		return STAMP_UNKNOWN;
	*stamp = empty;
	if (fstat(fd, &st) != 0)
		state = STAMP_UNKNOWN;
	else if (S_ISREG(st.st_mode))
		state = read_all(fd, stamp);
	error = errno;
	close(fd);
	errno = error;
	return state;
}

struct stamp stamp_of_file(const char *path)
{
	struct stamp stamp;

	return read_stamp(path, &stamp) == STAMP_SAME ? stamp
	                                              : (struct stamp){0};
}

enum stamp_state stamp_compare(const char *path, const struct stamp *stamp)
{
	struct stamp now;
	enum stamp_state state = read_stamp(path, &now);

	if (state == STAMP_SAME && (now.length != stamp->length ||
	                            now.hash != stamp->hash))
		return STAMP_CHANGED;
	return state;
}

enum stamp_saved stamp_save(const char *path, const char *bytes,
                            size_t length, struct stamp *stamp,
                            atomic_flag *named, struct file_failure *failure)
{
	enum stamp_state state = stamp_compare(path, stamp);
	bool vanished = state == STAMP_GONE && stamp->there;
	struct stamp wanted = stamp_of(bytes, length);

	if (state == STAMP_CHANGED && stamp->there)
		return STAMP_OVERTAKEN;
	if (state == STAMP_UNKNOWN && stamp->there) {
		*failure = (struct file_failure){ FILE_STEP_PREPARE, errno };
		return STAMP_SAVE_FAILED;
	}
	if (!file_save(path, bytes, length,
	               state == STAMP_SAME ? FILE_REPLACE : FILE_CREATE, named,
	               failure)) {
		/* It may stand there, and only be unsure whether for good. */
		if ((state == STAMP_SAME || state == STAMP_GONE) &&
		    stamp_compare(path, &wanted) == STAMP_SAME)
			*stamp = wanted;
		return STAMP_SAVE_FAILED;
	}
	*stamp = wanted;
	return vanished ? STAMP_SAVED_ANEW : STAMP_SAVED;
}

bool stamp_discard(const char *path, const struct stamp *stamp)
{
	if (!stamp->there)
		return true;
	errno = 0;
	switch (stamp_compare(path, stamp)) {
	case STAMP_SAME:
		return unlink(path) == 0;
	case STAMP_GONE:
		return true;
	case STAMP_CHANGED:
	case STAMP_UNKNOWN:
		break;
	}
	return false;
}
