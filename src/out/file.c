/* SPDX-License-Identifier: MIT */
#include "out/file.h"

#include <errno.h>
#include <fcntl.h>
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
		{ EMFILE, N_("開いているファイルが多すぎます") },
		{ ENFILE, N_("開いているファイルが多すぎます") },
		{ ENOMEM, N_("メモリーが足りません") },
		{ EBUSY, N_("使用中です") },
		{ ENODEV, N_("装置がありません") },
		{ ENXIO, N_("装置がありません") },
		{ ESTALE, N_("ネットワーク上の場所が失われました") },
		{ ENOSYS, N_("この場所ではできない操作です") },
		{ ENOTSUP, N_("この場所ではできない操作です") },
		{ EPIPE, N_("出力先が閉じられました") },
		{ ENOSYS, N_("この機能がありません") },
		{ EOPNOTSUPP, N_("この機能が無効になっています") },
		{ ELOOP, N_("シンボリックリンクが循環しています") },
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (texts[i].error == error)
			return _(texts[i].text);
	return strerror(error);
}

static char *cannot_read(const char *path, const char *cause)
{
	char *name, *why;

	if (strcmp(path, "-") == 0)
		return buf_format(_("標準入力を読めません: %s"), cause);
	name = text_from_bytes(path);
	why = buf_format(_("「%s」を読めません: %s"), name, cause);
	free(name);
	return why;
}

char *file_failure_text(const char *path, const struct file_failure *failure)
{
	/* vfat and exfat do not take every name; the directory is there. */
	bool bad_name = failure->step == FILE_STEP_NAME &&
	                (failure->error == EINVAL || failure->error == ENOENT);
	const char *cause = bad_name ? _("この場所では使えない名前です")
	                             : file_error(failure->error);
	char *name = text_from_bytes(path), *why;

	if (failure->step == FILE_STEP_SETTLE)
		why = buf_format(_("「%s」は書けましたが、装置に届いたことを確かめられません: %s"),
		                 name, cause);
	else if (failure->step == FILE_STEP_CREATE)
		why = buf_format(_("「%s」に保存できません: この場所に新しいファイルを作れません（%s）"),
		                 name, cause);
	else
		why = buf_format(_("「%s」に保存できません: %s"), name, cause);
	free(name);
	return why;
}

static char *too_large(const char *path)
{
	char *cause = buf_format(_("大きすぎます（%dMBまで）"),
	                         FILE_MAX / (1024 * 1024));
	char *why = cannot_read(path, cause);

	free(cause);
	return why;
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
	fd = TEMP_FAILURE_RETRY(open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK |
	                                   O_NOCTTY));
	if (fd < 0 || fstat(fd, &st) != 0) {
		*why = cannot_read(path, file_error(errno));
	} else if (S_ISDIR(st.st_mode)) {
		*why = cannot_read(path, file_error(EISDIR));
	} else if (!S_ISREG(st.st_mode)) {
		*why = cannot_read(path, file_error(EINVAL));
	} else if (st.st_size > FILE_MAX) {
		*why = too_large(path);
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
		*why = errno == EFBIG ? too_large(path)
		                      : cannot_read(path, file_error(errno));
	if (fd != STDIN_FILENO)
		close(fd);
	if (!fine) {
		buf_release(&out);
		return NULL;
	}
	*length = out.len;
	return out.s;
}

char *file_directory(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? mem_strndup(path, (size_t)(slash - path) + 1)
	             : mem_strdup("");
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
		bool bad = n == 1 && (strchr(" /\\:*?\"<>|", *p) ||
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
