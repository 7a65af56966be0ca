/* SPDX-License-Identifier: MIT */
#include "out/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

const char *file_error(int error)
{
	static const struct {
		int error;
		const char *text;
	} texts[] = {
		{ ENOENT, N_("ファイルやディレクトリがありません") },
		{ EEXIST, N_("すでにあります") },
		{ EACCES, N_("権限がありません") },
		{ EPERM, N_("許可されていません") },
		{ EISDIR, N_("ディレクトリです") },
		{ ENOTDIR, N_("途中の名前がディレクトリではありません") },
		{ ENOSPC, N_("空き容量がありません") },
		{ EDQUOT, N_("割り当てられた容量を使い切りました") },
		{ EFBIG, N_("ファイルが大きすぎます") },
		{ EROFS, N_("読み取り専用の場所です") },
		{ ENAMETOOLONG, N_("名前が長すぎます") },
		{ EIO, N_("装置の読み書きに失敗しました") },
		{ EINVAL, N_("普通のファイルではありません") },
		{ EBADF, N_("閉じられています") },
		{ EPIPE, N_("出力先が閉じられました") },
		{ ELOOP, N_("シンボリックリンクが循環しています") },
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (texts[i].error == error)
			return _(texts[i].text);
	return strerror(error);
}

static char *cannot_read(const char *path, const char *cause)
{
	if (strcmp(path, "-") == 0)
		return buf_format(_("標準入力を読めません: %s"), cause);
	return buf_format(_("「%s」を読めません: %s"), path, cause);
}

static char *cannot_write(const char *path, int error)
{
	return buf_format(_("「%s」に保存できません: %s"), path,
	                  file_error(error));
}

/* All that FD gives, up to FILE_MAX; false with errno set. */
static bool read_all(int fd, struct buf *out)
{
	char part[65536];

	for (;;) {
		ssize_t n = read(fd, part, sizeof part);

		if (n == 0)
			return true;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		if (out->len + (size_t)n > FILE_MAX) {
			errno = EFBIG;
			return false;
		}
		buf_add_bytes(out, part, (size_t)n);
	}
}

/* PATH open to read, a regular file or standard input; -1 and *WHY. */
static int open_to_read(const char *path, char **why)
{
	struct stat st;
	int fd;

	if (strcmp(path, "-") == 0)
		return STDIN_FILENO;
	/* O_NONBLOCK: a FIFO that nobody writes to must not hold us up. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0 || fstat(fd, &st) != 0) {
		*why = cannot_read(path, file_error(errno));
	} else if (S_ISDIR(st.st_mode)) {
		*why = cannot_read(path, file_error(EISDIR));
	} else if (!S_ISREG(st.st_mode)) {
		*why = cannot_read(path, file_error(EINVAL));
	} else {
		return fd;
	}
	if (fd >= 0)
		close(fd);
	return -1;
}

char *file_read(const char *path, size_t *length, char **why)
{
	int fd = open_to_read(path, why);
	struct buf out;
	bool fine;

	if (fd < 0)
		return NULL;
	buf_init(&out);
	fine = read_all(fd, &out);
	if (!fine)
		*why = cannot_read(path, file_error(errno));
	if (fd != STDIN_FILENO)
		close(fd);
	if (!fine) {
		buf_release(&out);
		return NULL;
	}
	*length = out.len;
	return out.s;
}

static bool write_all(int fd, const char *bytes, size_t length)
{
	while (length) {
		ssize_t n = write(fd, bytes, length);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes += n;
		length -= (size_t)n;
	}
	return true;
}

char *file_directory(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? mem_strndup(path, (size_t)(slash - path) + 1)
	             : mem_strdup("");
}

static void flush_directory(const char *path)
{
	char *directory = file_directory(path);
	int fd = open(*directory ? directory : ".",
	              O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd); /* some file systems cannot: nothing to be done */
		close(fd);
	}
	free(directory);
}

/* A new temporary file beside PATH, its name in *NAME; -1. */
static int open_temporary(const char *path, char **name)
{
	char *directory = file_directory(path);
	int fd;

	*name = buf_format("%s.kakuninsho-XXXXXX", directory);
	fd = mkostemp(*name, O_CLOEXEC); /* O_EXCL, 0600 */
	free(directory);
	return fd;
}

/* Give TEMPORARY the name PATH, where nothing may be. link() refuses to
 * replace; a file system without links is asked first and renamed. */
static bool name_new(const char *temporary, const char *path)
{
	if (link(temporary, path) == 0) {
		unlink(temporary);
		return true;
	}
	if (errno != EPERM && errno != ENOTSUP && errno != ENOSYS)
		return false;
	if (file_exists(path)) {
		errno = EEXIST;
		return false;
	}
	return rename(temporary, path) == 0;
}

/* The mode that TARGET is to have; false, with errno set, where what is there
 * cannot be replaced: it is no regular file, or one that may not be written. */
static bool find_permissions(const char *target, enum file_save_mode mode,
                             mode_t *permissions)
{
	struct stat st;
	mode_t mask;

	if (mode == FILE_REPLACE && stat(target, &st) == 0) {
		*permissions = st.st_mode & 07777;
		errno = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
		return S_ISREG(st.st_mode) && access(target, W_OK) == 0;
	}
	mask = umask(0);
	umask(mask);
	*permissions = 0666 & ~mask;
	return true;
}

/* Write BYTES to a temporary file beside TARGET and give it that name. On
 * failure errno is set and nothing is left behind. */
static bool write_and_name(const char *target, const char *bytes,
                           size_t length, enum file_save_mode mode)
{
	mode_t permissions;
	char *temporary;
	int error = 0, fd;

	if (!find_permissions(target, mode, &permissions))
		return false;
	fd = open_temporary(target, &temporary);
	if (fd < 0) {
		free(temporary);
		return false;
	}
	if (!write_all(fd, bytes, length) || fchmod(fd, permissions) != 0 ||
	    fsync(fd) != 0)
		error = errno;
	if (close(fd) != 0 && !error)
		error = errno;
	if (!error && !(mode == FILE_CREATE ? name_new(temporary, target)
	                                    : rename(temporary, target) == 0))
		error = errno;
	if (error)
		unlink(temporary);
	free(temporary);
	errno = error;
	return !error;
}

bool file_save(const char *path, const char *bytes, size_t length,
               enum file_save_mode mode, char **why)
{
	/* What a symlink points to is replaced, not the link. */
	char *real = mode == FILE_REPLACE ? realpath(path, NULL) : NULL;
	const char *target = real ? real : path;
	bool fine = write_and_name(target, bytes, length, mode);

	if (fine)
		flush_directory(target);
	else
		*why = cannot_write(path, errno);
	free(real);
	return fine;
}

bool file_exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

char *file_free_name(const char *directory, const char *name,
                     const char *ending)
{
	char *path = buf_format("%s%s%s", directory, name, ending);

	for (int i = 2; file_exists(path); i++) {
		free(path);
		path = buf_format("%s%s-%d%s", directory, name, i, ending);
	}
	return path;
}

char *file_name_from(const char *text)
{
	char *line = text_one_line(text);
	char *trimmed = text_trim(line);
	struct buf name;
	size_t n;

	buf_init(&name);
	for (const char *p = trimmed; (n = text_grapheme(p)); p += n) {
		bool bad = n == 1 && (strchr("/\\:*?\"<>|", *p) ||
		                      (name.len == 0 && strchr(".-~", *p)));

		if (name.len + n > 200)
			break;
		if (bad)
			buf_add_byte(&name, '_');
		else
			buf_add_bytes(&name, p, n);
	}
	if (!name.len)
		buf_add(&name, "_");
	free(trimmed);
	free(line);
	return name.s;
}
