/* SPDX-License-Identifier: MIT */
#include "out/directory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "out/file.h"

bool directory_is(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

struct walk {
	struct directory *found;
	size_t entries;
};

static void add(char ***items, size_t *n, size_t *cap, char *text)
{
	*items = mem_room(*items, *n, cap, sizeof **items);
	(*items)[(*n)++] = text;
}

static void add_fault(struct walk *w, const char *path, const char *why)
{
	struct directory *d = w->found;
	char *name = text_from_bytes(path);

	add(&d->faults, &d->n_faults, &d->cap_faults,
	    buf_format(_("「%s」の中を調べられません: %s"), name, why));
	free(name);
}

static bool is_csv(const char *name)
{
	size_t n = strlen(name);

	return n > 4 && strcasecmp(name + n - 4, ".csv") == 0;
}

/* What a directory holds that we want, as paths. */
struct entries {
	char **files, **directories;
	size_t n_files, cap_files, n_directories, cap_directories;
};

/* True where there may be one more. */
static bool may_add(struct walk *w, const char *path)
{
	if (w->entries == DIRECTORY_MAX_ENTRIES) {
		char *why = buf_format(_("多すぎます（ファイルとディレクトリを合わせて%d個まで）"),
		                       DIRECTORY_MAX_ENTRIES);

		add_fault(w, path, why);
		free(why);
	}
	return w->entries++ < DIRECTORY_MAX_ENTRIES;
}

/* NAME in the directory PATH, open as FD. False where there may be no more. */
static bool take(struct walk *w, const char *path, int fd, const char *name,
                 struct entries *e)
{
	const char *slash = text_has_suffix(path, "/") ? "" : "/";
	struct stat st;

	if (*name == '.' || fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return true;
	if (!S_ISDIR(st.st_mode) && !(S_ISREG(st.st_mode) && is_csv(name)))
		return true;
	if (!may_add(w, path))
		return false;
	if (S_ISDIR(st.st_mode))
		add(&e->directories, &e->n_directories, &e->cap_directories,
		    buf_format("%s%s%s", path, slash, name));
	else
		add(&e->files, &e->n_files, &e->cap_files,
		    buf_format("%s%s%s", path, slash, name));
	return true;
}

/* All that the directory PATH, open as DIR, holds. */
static void take_all(struct walk *w, const char *path, DIR *dir,
                     struct entries *e)
{
	struct dirent *entry;

	do {
		errno = 0;
		entry = readdir(dir);
	} while (entry && take(w, path, dirfd(dir), entry->d_name, e));
	if (!entry && errno)
		add_fault(w, path, file_error(errno));
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void walk(struct walk *w, const char *path, int depth);

/* What was found in one directory, sorted, and then what is in those within. */
static void give(struct walk *w, struct entries *e, int depth)
{
	struct directory *d = w->found;

	if (e->n_files)
		qsort(e->files, e->n_files, sizeof *e->files, by_name);
	if (e->n_directories)
		qsort(e->directories, e->n_directories, sizeof *e->directories,
		      by_name);
	for (size_t i = 0; i < e->n_files; i++)
		add(&d->files, &d->n, &d->cap, e->files[i]);
	for (size_t i = 0; i < e->n_directories; i++) {
		walk(w, e->directories[i], depth + 1);
		free(e->directories[i]);
	}
	free(e->files);
	free(e->directories);
}

static void walk(struct walk *w, const char *path, int depth)
{
	/* PATH may have become a link since it was looked at. */
	int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC |
	            (depth ? O_NOFOLLOW : 0);
	struct entries e = {0};
	DIR *dir;
	int fd;

	if (depth > DIRECTORY_MAX_DEPTH) {
		add_fault(w, path, _("ディレクトリの入れ子が深すぎます"));
		return;
	}
	fd = open(path, flags);
	if (fd < 0) {
		add_fault(w, path, file_error(errno));
		return;
	}
	dir = mem_must(fdopendir(fd));
	take_all(w, path, dir, &e);
	closedir(dir);
	give(w, &e, depth);
}

void directory_read(const char *path, struct directory *d)
{
	struct walk w = { .found = d };

	*d = (struct directory){0};
	walk(&w, path, 0);
}

void directory_release(struct directory *d)
{
	for (size_t i = 0; i < d->n; i++)
		free(d->files[i]);
	for (size_t i = 0; i < d->n_faults; i++)
		free(d->faults[i]);
	free(d->files);
	free(d->faults);
	*d = (struct directory){0};
}
