/* SPDX-License-Identifier: MIT */
#include "out/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "out/file.h"
#include "out/stamp.h"

#define SIGNATURE "kakuninsho\t"
#define SINCE_FORMAT "%Y-%m-%dT%H:%M:%SZ"
#define LINE_MOST 256 /* bytes of a lock's line */
#define WORD_MOST 64  /* bytes of the user's and the machine's name in it */
#define TRIES 20      /* a millisecond each, while somebody looks or leaves */

/* O_NONBLOCK: it may be a FIFO. */
#define OPEN_FLAGS (O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)

/* Where a lock's file is; by the directory itself, which may be renamed. */
struct place {
	int directory; /* -1: there is none */
	char *name;
};

struct lock {
	struct place place;
	int fd;
};

/* --- where it is -------------------------------------------------------- */

/* PATH without symlinks; its last part need not exist. NULL where its directory
 * does not. */
static char *real_path(const char *path)
{
	char *real = realpath(path, NULL);
	const char *slash = strrchr(path, '/');
	char *directory, *above;

	if (real)
		return real;
	directory = file_directory(path);
	above = realpath(*directory ? directory : ".", NULL);
	free(directory);
	if (above)
		real = buf_format("%s/%s", above, slash ? slash + 1 : path);
	free(above);
	return real;
}

/* The first bytes of NAME, N at most, that are whole characters. */
static int whole_characters(const char *name, int n)
{
	while (n > 0 && ((unsigned char)name[n] & 0xc0) == 0x80)
		n--;
	return n;
}

/* Where the lock of the record PATH is; to be left with leave_place. */
static struct place find_place(const char *path)
{
	char *real = real_path(path), *directory;
	struct place place = { -1, NULL };
	const char *name;

	if (!real) {
		place.name = mem_strdup("");
		return place;
	}
	directory = file_directory(real);
	name = real + strlen(directory);
	if (strlen(name) + strlen("..lock") <= NAME_MAX)
		place.name = buf_format(".%s.lock", name);
	else
		place.name = buf_format(".%.*s-%016llx.lock",
		                        whole_characters(name, 200), name,
		                        (unsigned long long)
		                        stamp_of(name, strlen(name)).hash);
	place.directory = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
	free(directory);
	free(real);
	return place;
}

static void leave_place(struct place place)
{
	if (place.directory >= 0)
		close(place.directory);
	free(place.name);
}

/* --- what is in it ------------------------------------------------------ */

char *lock_self(void)
{
	const struct passwd *entry;
	char number[32], host[256] = "";

	mem_guard_begin();
	entry = getpwuid(geteuid());
	mem_guard_end();
	snprintf(number, sizeof number, "uid %ld", (long)geteuid());
	if (gethostname(host, sizeof host - 1) != 0 || !*host)
		strcpy(host, "?");
	return buf_format("%.*s\t%.*s\t%ld", WORD_MOST,
	                  entry ? entry->pw_name : number, WORD_MOST, host,
	                  (long)getpid());
}

/* The line of the lock FD: a new string, "" where it has none or cannot be read.
 * Read at once: whoever writes it, writes it at once. */
static char *read_line(int fd)
{
	char line[LINE_MOST];
	ssize_t n = pread(fd, line, sizeof line, 0);
	char *whole = mem_strndup(line, n > 0 ? (size_t)n : 0);

	whole[strcspn(whole, "\n")] = '\0';
	return whole;
}

/* What may lie where a lock is to be. */
enum found {
	FOREIGN,   /* nothing of ours: never written to, never removed */
	NEW,       /* an empty file, to be written to */
	LEFT_OVER, /* by one that died */
};

static enum found look_at(int fd)
{
	struct stat st;
	char *line;
	bool ours;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_nlink > 1)
		return FOREIGN;
	if (st.st_size == 0)
		return NEW;
	line = read_line(fd);
	ours = text_has_prefix(line, SIGNATURE);
	free(line);
	return ours ? LEFT_OVER : FOREIGN;
}

/* Where there is no room for it, it is a lock all the same. */
static void write_line(int fd, const char *self)
{
	time_t now = time(NULL);
	struct tm utc;
	char since[32];
	char *line;

	gmtime_r(&now, &utc);
	strftime(since, sizeof since, SINCE_FORMAT, &utc);
	line = buf_format(SIGNATURE "%s\t%s\n", self, since);
	if (pwrite(fd, line, strlen(line), 0) == (ssize_t)strlen(line))
		fchmod(fd, 0644); /* who comes second may be another user */
	free(line);
}

/* SINCE in local time; as it is where that is no time. */
static char *local_time(const char *since)
{
	struct tm utc = {0}, local;
	const char *end = strptime(since, SINCE_FORMAT, &utc);
	time_t then = timegm(&utc);
	char text[64];

	if (!end || *end || !localtime_r(&then, &local))
		return text_from_bytes(since);
	strftime(text, sizeof text, "%Y-%m-%d %H:%M", &local);
	return mem_strdup(text);
}

char *lock_words(const char *line)
{
	enum { OURS, USER, HOST, PROCESS, SINCE, WORDS };
	char *copy = mem_strdup(line), *rest = copy, *words[WORDS] = {0}, *text;
	int n = 0;

	while (n < WORDS && rest)
		words[n++] = strsep(&rest, "\t");
	if (n < WORDS || rest || strcmp(words[OURS], "kakuninsho") != 0) {
		free(copy);
		return mem_strdup(_("ほかのプログラム"));
	}
	for (int i = USER; i < SINCE; i++)
		words[i] = text_from_bytes(words[i]);
	words[SINCE] = local_time(words[SINCE]);
	text = buf_format(_("%s、%s、プロセス %s、%s から"), words[USER],
	                  words[HOST], words[PROCESS], words[SINCE]);
	for (int i = USER; i < WORDS; i++)
		free(words[i]);
	free(copy);
	return text;
}

/* --- taking and leaving ------------------------------------------------- */

static bool is_still_at(int fd, struct place place)
{
	struct stat mine, there;

	return fstat(fd, &mine) == 0 &&
	       fstatat(place.directory, place.name, &there,
	               AT_SYMLINK_NOFOLLOW) == 0 &&
	       mine.st_dev == there.st_dev && mine.st_ino == there.st_ino;
}

enum attempt {
	TAKEN,
	HELD,       /* by another */
	AGAIN,      /* another has just left it, or what a dead one left is gone */
	IMPOSSIBLE,
};

/* Open the file and lock it; *FD is to be closed unless it is -1. */
static enum attempt attempt(struct place place, const char *self, int *fd)
{
	enum found found;

	*fd = openat(place.directory, place.name, O_RDWR | O_CREAT | OPEN_FLAGS,
	             0644);
	if (*fd < 0 && errno == EACCES) /* another user's, perhaps */
		*fd = openat(place.directory, place.name,
		             O_RDONLY | OPEN_FLAGS);
	if (*fd < 0)
		return IMPOSSIBLE;
	if (flock(*fd, LOCK_EX | LOCK_NB) != 0)
		return errno == EWOULDBLOCK ? HELD : IMPOSSIBLE;
	if (!is_still_at(*fd, place))
		return AGAIN;
	found = look_at(*fd);
	if (found == LEFT_OVER &&
	    unlinkat(place.directory, place.name, 0) == 0)
		return AGAIN;
	if (found != NEW)
		return IMPOSSIBLE;
	write_line(*fd, self);
	return TAKEN;
}

/* True where it is SELF that has the lock FD. */
static bool is_of(int fd, const char *self)
{
	char *line = read_line(fd);
	char *ours = buf_format(SIGNATURE "%s\t", self);
	bool is_ours = text_has_prefix(line, ours);

	free(ours);
	free(line);
	return is_ours;
}

struct lock *lock_take(const char *path, const char *self, char **holder)
{
	struct place place = find_place(path);
	enum attempt result = AGAIN;
	struct lock *l;
	int fd;

	*holder = NULL;
	for (int i = 0; i < TRIES && result != IMPOSSIBLE; i++) {
		result = attempt(place, self, &fd);
		if (result == TAKEN) {
			l = mem_alloc(sizeof *l);
			*l = (struct lock){ place, fd };
			return l;
		}
		if (result == HELD && is_of(fd, self))
			result = IMPOSSIBLE;
		else if (result == HELD && i == TRIES - 1)
			*holder = read_line(fd);
		if (fd >= 0)
			close(fd);
		if (result == HELD)
			poll(NULL, 0, 1);
	}
	leave_place(place);
	return NULL;
}

void lock_leave(struct lock *l)
{
	if (!l)
		return;
	if (is_still_at(l->fd, l->place)) /* else it is another's */
		unlinkat(l->place.directory, l->place.name, 0);
	close(l->fd);
	leave_place(l->place);
	free(l);
}

void lock_forget(struct lock *l)
{
	if (!l)
		return;
	free(l->place.name);
	free(l);
}

char *lock_holder(const char *path)
{
	struct place place = find_place(path);
	char *holder = NULL;
	int fd = openat(place.directory, place.name, O_RDONLY | OPEN_FLAGS);

	if (fd >= 0) {
		if (flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK)
			holder = read_line(fd);
		close(fd);
	}
	leave_place(place);
	return holder;
}
