/* SPDX-License-Identifier: MIT
 *
 * The test ends before its memory is a matter: nothing is freed.
 */
#include "disk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

struct bytes {
	char *s;
	size_t n;
};

struct inode {
	bool directory;
	char *path;          /* of a directory, with its '/' */
	struct bytes now;
	struct bytes flushed;
	bool dirty;
	bool named; /* since it was flushed */
};

/* A name, and what it may stand for: the first is what was flushed, the last
 * what it stands for now. NULL is nothing. */
struct name {
	char *path;
	const struct inode **may;
	size_t n, cap;
	struct bytes *whole; /* what is in order there */
	size_t n_whole, cap_whole;
	bool may_be_absent;  /* that is in order too */
};

struct open_file {
	struct inode *inode; /* NULL: not of this disk */
	size_t at;
};

#define FILES_MAX 256

struct disk {
	char *here; /* the directory, with its '/' */
	struct name *names;
	size_t n, cap;
	struct open_file files[FILES_MAX];
	bool had_record; /* a record has been said to be safe */
	struct disk_count count;
};

/* --- bytes and names ---------------------------------------------------- */

static bool equal(struct bytes a, struct bytes b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.s, b.s, a.n) == 0);
}

static struct bytes copy(struct bytes b)
{
	return (struct bytes){ mem_strndup(b.s ? b.s : "", b.n), b.n };
}

static void put(struct bytes *b, size_t at, const char *s, size_t n)
{
	if (at + n > b->n) {
		b->s = mem_resize(b->s, at + n + 1);
		memset(b->s + b->n, 0, at + n + 1 - b->n);
		b->n = at + n;
	}
	memcpy(b->s + at, s, n);
}

static struct name *name_of(struct disk *d, const char *path)
{
	struct name *name;

	for (size_t i = 0; i < d->n; i++)
		if (strcmp(d->names[i].path, path) == 0)
			return &d->names[i];
	d->names = mem_room(d->names, d->n, &d->cap, sizeof *d->names);
	name = &d->names[d->n++];
	*name = (struct name){ .path = mem_strdup(path),
	                       .may_be_absent = true };
	name->may = mem_room(name->may, name->n, &name->cap, sizeof *name->may);
	name->may[name->n++] = NULL;
	return name;
}

static const struct inode *now(const struct name *name)
{
	return name->may[name->n - 1];
}

static bool is_hidden(const struct name *name)
{
	return strrchr(name->path, '/')[1] == '.';
}

static bool is_record(const struct name *name)
{
	size_t n = strlen(name->path);

	return !is_hidden(name) && n > 4 &&
	       strcmp(name->path + n - 4, ".csv") == 0;
}

static void stand_for(struct name *name, const struct inode *inode)
{
	name->may = mem_room(name->may, name->n, &name->cap, sizeof *name->may);
	name->may[name->n++] = inode;
}

static void is_whole(struct name *name, struct bytes bytes)
{
	name->whole = mem_room(name->whole, name->n_whole, &name->cap_whole,
	                       sizeof *name->whole);
	name->whole[name->n_whole++] = copy(bytes);
}

/* --- what may be there -------------------------------------------------- */

static void look(struct disk *d, const struct name *name, bool fine,
                 const char *what)
{
	d->count.states++;
	if (fine)
		return;
	d->count.broken++;
	if (!d->count.first)
		d->count.first = buf_format("%s may be %s", name->path, what);
}

static bool in_order(const struct name *name, struct bytes bytes)
{
	for (size_t i = 0; i < name->n_whole; i++)
		if (equal(name->whole[i], bytes))
			return true;
	return false;
}

static void look_at_file(struct disk *d, const struct name *name,
                         const struct inode *inode)
{
	struct bytes zeroes = { mem_alloc(inode->now.n + 1), inode->now.n };
	const struct { struct bytes bytes; const char *what; } states[] = {
		{ inode->now, "of other bytes than it should" },
		{ inode->flushed, "what it was before, which is not whole" },
		{ { NULL, 0 }, "empty" },
		{ { inode->now.s, inode->now.n / 2 }, "a half of it" },
		{ zeroes, "zeroes" },
	};

	for (int i = 0; i < (inode->dirty ? 5 : 1); i++)
		look(d, name, in_order(name, states[i].bytes), states[i].what);
	free(zeroes.s);
}

static bool may_be_absent(const struct name *name)
{
	for (size_t i = 0; i < name->n; i++)
		if (!name->may[i])
			return true;
	return false;
}

/* Whatever is missing elsewhere, one record is there. */
static void look_for_record(struct disk *d)
{
	for (size_t i = 0; i < d->n; i++)
		if (is_record(&d->names[i]) && !may_be_absent(&d->names[i]))
			return;
	for (size_t i = 0; i < d->n; i++)
		if (is_record(&d->names[i])) {
			look(d, &d->names[i], false, "gone, as may all be");
			return;
		}
}

static void look_at_all(struct disk *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct name *name = &d->names[i];

		if (is_hidden(name))
			continue;
		for (size_t k = 0; k < name->n; k++)
			if (name->may[k])
				look_at_file(d, name, name->may[k]);
			else
				look(d, name, name->may_be_absent, "gone");
	}
	if (d->had_record)
		look_for_record(d);
}

/* The program says something: what is there now is what is to be there; a name
 * that has been removed may still be. */
static void settle(struct disk *d)
{
	for (size_t i = 0; i < d->n; i++) {
		struct name *name = &d->names[i];

		name->may_be_absent = !now(name);
		if (!now(name))
			continue;
		name->n_whole = 0;
		is_whole(name, now(name)->now);
		d->had_record |= is_record(name);
	}
}

/* --- keeping up --------------------------------------------------------- */

/* PATH as an argument of CALL, seen from the directory that argument AT is, with
 * what leads to its last part resolved. A new string. */
static char *path_of(const struct call *call, int at, uint64_t address)
{
	char *given = trace_string(call, address);
	char *slash = strrchr(given, '/');
	char *dir = slash ? mem_strndup(given, (size_t)(slash - given) + 1)
	                  : mem_strdup("");
	char *base, *real, *path;

	if (*given == '/')
		base = mem_strdup(dir);
	else if (at < 0 || (int)call->arg[at] == AT_FDCWD)
		base = buf_format("/proc/%d/cwd/%s", (int)call->thread, dir);
	else
		base = buf_format("/proc/%d/fd/%d/%s", (int)call->thread,
		                  (int)call->arg[at], dir);
	real = realpath(base, NULL);
	path = buf_format("%s/%s", real ? real : "", slash ? slash + 1 : given);
	free(real);
	free(base);
	free(dir);
	free(given);
	return path;
}

/* What FD of the program is open on; a new string. */
static char *path_open(const struct call *call, int fd)
{
	char link[64], path[PATH_MAX];
	ssize_t n;

	snprintf(link, sizeof link, "/proc/%d/fd/%d", (int)call->thread, fd);
	n = readlink(link, path, sizeof path);
	return mem_strndup(path, n < 0 ? 0 : (size_t)n);
}

static bool is_here(const struct disk *d, const char *path)
{
	return strncmp(path, d->here, strlen(d->here)) == 0;
}

static struct open_file *file_of(struct disk *d, const struct call *call)
{
	int fd = (int)call->arg[0];

	return fd >= 0 && fd < FILES_MAX && d->files[fd].inode
		? &d->files[fd] : NULL;
}

static void after_open(struct disk *d, const struct call *call, int flags)
{
	int fd = (int)call->result;
	char *path = path_open(call, fd);
	struct stat st;
	struct name *name;
	struct inode *inode;

	if (fd >= FILES_MAX)
		give_up("more open files than there is room for");
	d->files[fd] = (struct open_file){0};
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
		inode = mem_alloc(sizeof *inode);
		inode->directory = true;
		inode->path = buf_format("%s/", path);
		d->files[fd].inode = inode;
	} else if (is_here(d, path)) {
		name = name_of(d, path);
		if (!now(name))
			stand_for(name, mem_alloc(sizeof *inode));
		inode = (struct inode *)now(name);
		if (flags & O_TRUNC) {
			inode->now = (struct bytes){0};
			inode->dirty = true;
		}
		d->files[fd] = (struct open_file){
			inode, flags & O_APPEND ? inode->now.n : 0
		};
	}
	free(path);
}

static void after_write(const struct call *call, struct open_file *file)
{
	size_t n = (size_t)call->result;
	char *bytes;

	if (!file)
		return;
	bytes = mem_alloc(n + 1);
	trace_bytes(call, call->arg[1], bytes, n);
	put(&file->inode->now, file->at, bytes, n);
	file->at += n;
	file->inode->dirty = true;
	free(bytes);
}

static void after_write_at(struct disk *d, const struct call *call)
{
	struct open_file *file = file_of(d, call);

	if (file)
		after_write(call, &(struct open_file){ file->inode,
		                                       call->arg[3] });
}

static void flush_file(struct inode *inode)
{
	inode->flushed = copy(inode->now);
	inode->dirty = inode->named = false;
}

static void flush_directory(struct disk *d, const char *directory)
{
	for (size_t i = 0; i < d->n; i++) {
		struct name *name = &d->names[i];
		size_t n = (size_t)(strrchr(name->path, '/') - name->path) + 1;

		if (strlen(directory) == n &&
		    strncmp(name->path, directory, n) == 0) {
			name->may[0] = now(name);
			name->n = 1;
			if (now(name) && !is_hidden(name))
				look(d, name, !now(name)->named,
				     "without its bytes on vfat");
		}
	}
}

static void after_flush(struct disk *d, const struct call *call)
{
	struct open_file *file = file_of(d, call);

	if (!file)
		return;
	if (file->inode->directory)
		flush_directory(d, file->inode->path);
	else
		flush_file(file->inode);
}

/* FROM has been given the name TO (NULL: none); it keeps its own if KEPT. */
static void after_naming(struct disk *d, const char *from, const char *to,
                         bool kept)
{
	struct inode *inode;

	if (!is_here(d, from) || (to && !is_here(d, to)))
		return;
	inode = (struct inode *)now(name_of(d, from));
	if (to) {
		stand_for(name_of(d, to), inode);
		if (inode) {
			is_whole(name_of(d, to), inode->now);
			inode->named = true;
		}
	}
	if (!kept) {
		stand_for(name_of(d, from), NULL);
		name_of(d, from)->may_be_absent = true;
	}
}

/* A call that this model has no idea of would make it lie. */
static void refuse(struct disk *d, const struct call *call)
{
	struct open_file *file = file_of(d, call);

	if (file && !file->inode->directory)
		give_up("the model of the disk does not know %s", call->name);
}

static void keep_up(struct disk *d, const struct call *call)
{
	const uint64_t *arg = call->arg;

	switch (call->number) {
#ifdef SYS_open
	case SYS_open:
		after_open(d, call, (int)arg[1]);
		break;
	case SYS_creat:
		after_open(d, call, O_TRUNC);
		break;
	case SYS_rename:
		after_naming(d, path_of(call, -1, arg[0]),
		             path_of(call, -1, arg[1]), false);
		break;
	case SYS_link:
		after_naming(d, path_of(call, -1, arg[0]),
		             path_of(call, -1, arg[1]), true);
		break;
	case SYS_unlink:
		after_naming(d, path_of(call, -1, arg[0]), NULL, false);
		break;
#endif
	case SYS_openat:
		after_open(d, call, (int)arg[2]);
		break;
	case SYS_renameat:
	case SYS_renameat2:
		after_naming(d, path_of(call, 0, arg[1]),
		             path_of(call, 2, arg[3]), false);
		break;
	case SYS_linkat:
		after_naming(d, path_of(call, 0, arg[1]),
		             path_of(call, 2, arg[3]), true);
		break;
	case SYS_unlinkat:
		after_naming(d, path_of(call, 0, arg[1]), NULL, false);
		break;
	case SYS_write:
		after_write(call, file_of(d, call));
		break;
	case SYS_pwrite64:
		after_write_at(d, call);
		break;
	case SYS_fsync:
	case SYS_fdatasync:
		after_flush(d, call);
		break;
	case SYS_close:
		if (arg[0] < FILES_MAX)
			d->files[arg[0]] = (struct open_file){0};
		break;
	case SYS_writev:
	case SYS_ftruncate:
	case SYS_syncfs:
		refuse(d, call);
		break;
	}
}

void disk_after(struct disk *d, const struct call *call)
{
	if (call->result < 0)
		return;
	keep_up(d, call);
	if (call->number == SYS_write && call->arg[0] == STDOUT_FILENO)
		settle(d);
	look_at_all(d);
}

/* --- the beginning and the end ------------------------------------------ */

static struct bytes read_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	struct bytes all = {0};
	char part[65536];
	size_t n;

	if (!f)
		give_up("%s: %s", path, strerror(errno));
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		put(&all, all.n, part, n);
	fclose(f);
	return all;
}

static void load(struct disk *d, const char *directory)
{
	DIR *dir = opendir(directory);
	struct dirent *entry;

	if (!dir)
		give_up("%s: %s", directory, strerror(errno));
	while ((entry = readdir(dir))) {
		char *path = buf_format("%s%s", directory, entry->d_name);
		struct stat st;

		if (lstat(path, &st) == 0 && S_ISREG(st.st_mode)) {
			struct inode *inode = mem_alloc(sizeof *inode);

			inode->now = read_file(path);
			flush_file(inode);
			name_of(d, path)->may[0] = inode;
		} else if (S_ISDIR(st.st_mode) && entry->d_name[0] != '.') {
			load(d, buf_format("%s/", path));
		}
		free(path);
	}
	closedir(dir);
}

struct disk *disk_new(void)
{
	struct disk *d = mem_alloc(sizeof *d);
	char *here = realpath(".", NULL);

	d->here = buf_format("%s/", here);
	load(d, d->here);
	settle(d);
	return d;
}

struct disk_count disk_count(const struct disk *d)
{
	return d->count;
}
