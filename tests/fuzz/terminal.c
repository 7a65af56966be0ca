/* SPDX-License-Identifier: MIT
 *
 * What a terminal sends: the whole wizard, on curses, with the terminal's end
 * played here. Whatever is typed, the record ends up saved as it is.
 *
 * The first byte says what is opened; then come the bytes that are typed, and
 * among them:
 */
#include <curses.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "fuzz.h"
#include "out/document.h"
#include "out/file.h"
#include "tui/tui.h"

#define SELF "fuzz\there\t1" /* who locks its records */

enum {
	PAUSE = 0xfd,  /* nothing is typed for a while */
	RESIZE = 0xfe, /* rows, columns */
};

/* The terminal's end; what there is to it is played by the functions below,
 * which the linker puts before the system's (--wrap, tests.mk). */
static struct {
	bool there;
	const uint8_t *next;
	size_t left;
	int keyboard; /* the end of the pipe that is written to; -1: hung up */
	struct winsize size;
	bool refused; /* to write a file where it must not */
	long rested;  /* milliseconds, in all pauses */
} terminal;

int __real_poll(struct pollfd *fds, nfds_t n, int milliseconds);
int __real_isatty(int fd);
int __real_ioctl(int fd, unsigned long request, void *argument);
int __real_clock_gettime(clockid_t clock, struct timespec *now);
int __real_raise(int number);
int __real_kill(pid_t process, int number);
int __real_open(const char *path, int flags, ...);
int __real_mkostemp(char *name, int flags);
int __real_fsync(int fd);
int __wrap_poll(struct pollfd *fds, nfds_t n, int milliseconds);
int __wrap_isatty(int fd);
int __wrap_ioctl(int fd, unsigned long request, void *argument);
int __wrap_clock_gettime(clockid_t clock, struct timespec *now);
int __wrap_raise(int number);
int __wrap_kill(pid_t process, int number);
int __wrap_open(const char *path, int flags, ...);
int __wrap_mkostemp(char *name, int flags);
int __wrap_fsync(int fd);

static void hang_up(void)
{
	if (terminal.keyboard >= 0)
		close(terminal.keyboard);
	terminal.keyboard = -1;
}

static void resize(void)
{
	terminal.size.ws_row = terminal.next[1] % 70;
	terminal.size.ws_col = terminal.next[2];
	terminal.next += 3;
	terminal.left -= 3;
	__real_raise(SIGWINCH);
}

/* Type what comes before the next pause or size; false where it is a pause. */
static bool type_some(void)
{
	const uint8_t *p = terminal.next;
	size_t n = 0;

	if (!terminal.left) {
		hang_up();
		return true;
	}
	if (*p == RESIZE && terminal.left >= 3) {
		resize();
		return true;
	}
	if (*p == PAUSE || *p == RESIZE) {
		terminal.next++;
		terminal.left--;
		return false;
	}
	while (n < terminal.left && p[n] != PAUSE && p[n] != RESIZE)
		n++;
	MUST(write(terminal.keyboard, p, n) == (ssize_t)n);
	terminal.next += n;
	terminal.left -= n;
	return true;
}

/* Time is what we make it; but the disk is waited for. */
int __wrap_poll(struct pollfd *fds, nfds_t n, int milliseconds)
{
	int ready;

	if (!terminal.there || fds[0].fd != STDIN_FILENO)
		return __real_poll(fds, n, milliseconds);
	while (!(ready = __real_poll(fds, n, 0)))
		if (!type_some() && milliseconds >= 0) {
			terminal.rested += milliseconds;
			break;
		}
	return ready;
}

int __wrap_clock_gettime(clockid_t clock, struct timespec *now)
{
	int failed = __real_clock_gettime(clock, now);

	now->tv_sec += terminal.rested / 1000;
	now->tv_nsec += terminal.rested % 1000 * 1000000;
	if (now->tv_nsec >= 1000000000) {
		now->tv_nsec -= 1000000000;
		now->tv_sec++;
	}
	return failed;
}

int __wrap_isatty(int fd)
{
	return terminal.there && fd <= 1 ? 1 : __real_isatty(fd);
}

int __wrap_ioctl(int fd, unsigned long request, void *argument)
{
	if (!terminal.there || request != TIOCGWINSZ)
		return __real_ioctl(fd, request, argument);
	*(struct winsize *)argument = terminal.size;
	return 0;
}

/* There is no shell to go on with us, and the group is not ours to stop. */
int __wrap_raise(int number)
{
	return terminal.there && number == SIGTSTP ? 0 : __real_raise(number);
}

int __wrap_kill(pid_t process, int number)
{
	return terminal.there && process == 0 ? raise(number)
	                                      : __real_kill(process, number);
}

/* Files are made here and nowhere else, whatever name is typed. */
static bool lies_elsewhere(const char *path)
{
	if (!terminal.there || !strchr(path, '/'))
		return false;
	terminal.refused = true;
	errno = EACCES;
	return true;
}

int __wrap_open(const char *path, int flags, ...)
{
	va_list arguments;
	mode_t mode;

	if (!(flags & O_CREAT))
		return __real_open(path, flags);
	va_start(arguments, flags);
	mode = va_arg(arguments, mode_t);
	va_end(arguments);
	return lies_elsewhere(path) ? -1 : __real_open(path, flags, mode);
}

int __wrap_mkostemp(char *name, int flags)
{
	return lies_elsewhere(name) ? -1 : __real_mkostemp(name, flags);
}

int __wrap_fsync(int fd)
{
	return terminal.there ? 0 : __real_fsync(fd);
}

/* --- the files -------------------------------------------------------------- */

static char *directory;

static void remove_files(void)
{
	DIR *here = opendir(directory);
	struct dirent *entry;

	MUST(here);
	while ((entry = readdir(here)))
		unlinkat(dirfd(here), entry->d_name, 0);
	closedir(here);
}

static void remove_directory(void)
{
	remove_files();
	rmdir(directory);
}

static struct record_file {
	char *bytes;
	size_t length;
} finished_records[2]; /* of the built-in form, of the second */

static struct term *screen;

static void close_screen(void)
{
	term_close(screen);
}

/* Curses keeps what it has of a screen that was closed, so there is one for all. */
static void open_screen(void)
{
	char *why;

	screen = term_open(&why);
	MUST(screen);
	atexit(close_screen);
	for (size_t i = 0; i < 3; i++)
		signal((int[]){ SIGHUP, SIGINT, SIGTERM }[i], SIG_DFL);
}

/* Once: what belongs to the source tree is read before we go to a directory of
 * our own. */
static void begin(void)
{
	static const char *const names[2] = {
		"tests/plain/a-first-confirmation/record.csv",
		"tests/form/second/finished.csv",
	};
	const char *temporary = getenv("TMPDIR");

	setenv("TERM", "xterm-256color", 1);
	directory = buf_format("%s/fuzz-terminal-XXXXXX",
	                       temporary ? temporary : "/tmp");
	for (int second = 0; second <= 1; second++) {
		struct record_file *file = &finished_records[second];

		file->bytes = fuzz_file(names[second], &file->length);
		fuzz_form_set(second);
	}
	MUST(mkdtemp(directory) && chdir(directory) == 0);
	atexit(remove_directory);
}

/* A new record, or a finished one, to be read and perhaps amended. */
static struct document *open_document(const struct form_set *set,
                                      const struct record_file *finished)
{
	struct diag_list diags;
	struct document *d;
	FILE *file;

	if (!finished)
		return document_new(set->form, set->moment, SELF, "");
	file = fopen("finished.csv", "w");
	MUST(file && fwrite(finished->bytes, finished->length, 1, file) == 1);
	fclose(file);
	diag_list_init(&diags);
	d = document_open(set->form, set->moment, SELF, "finished.csv",
	                  ENCODING_UNKNOWN, OPENED_TO_SEE, &diags);
	MUST(d);
	return d;
}

/* --- one person ------------------------------------------------------------- */

static void sit_down(const uint8_t *bytes, size_t length)
{
	int ends[2], nowhere = open("/dev/null", O_WRONLY);

	MUST(pipe(ends) == 0);
	dup2(ends[0], STDIN_FILENO);
	dup2(nowhere, STDOUT_FILENO);
	close(ends[0]);
	close(nowhere);
	terminal.next = bytes;
	terminal.left = length;
	terminal.keyboard = ends[1];
	terminal.size = (struct winsize){ .ws_row = 24, .ws_col = 80 };
	terminal.refused = false;
	terminal.there = true;
	__real_raise(SIGWINCH);
}

static void stand_up(void)
{
	terminal.there = false;
	hang_up();
}

/* The record is what was saved; or, where nothing was, what it was BEFORE. */
static void check_saved(const struct document *d, struct record *before)
{
	char *is = fuzz_csv_of(d->record), *saved, *why;
	size_t length;

	if (d->original)
		record_amend(before);
	saved = d->on_disk.there ? file_read(d->path, &length, &why)
	                         : fuzz_csv_of(before);
	MUST(saved);
	if (!terminal.refused && strcmp(saved, is) != 0) {
		fprintf(stderr, "saved:\n%s\nthe record:\n%s\n", saved, is);
		MUST(!"it is saved as it is");
	}
	free(saved);
	free(is);
}

static void fill_in(const struct form_set *set, struct document *d)
{
	struct tui_setup setup = {
		set->form, set->articles, set->layout, set->moment, SELF,
	};
	struct record *before = record_copy(d->record);
	struct buf parting;

	buf_init(&parting);
	MUST(tui_fill(screen, &setup, d, &parting) == TUI_FINE ||
	     terminal.refused);
	stand_up();
	check_saved(d, before);
	fuzz_examine(set, d->record);
	buf_release(&parting);
	record_free(before);
}

void fuzz_terminal(const uint8_t *bytes, size_t length)
{
	const struct form_set *set;
	struct document *d;
	bool second, finished;

	if (!length || length > 60000)
		return;
	if (!directory)
		begin();
	second = bytes[0] & 1;
	finished = bytes[0] & 2;
	set = fuzz_form_set(second);
	sit_down(bytes + 1, length - 1);
	if (!screen)
		open_screen();
	d = open_document(set, finished ? &finished_records[second] : NULL);
	fill_in(set, d);
	document_free(d);
	remove_files();
}
