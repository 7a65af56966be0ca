/* SPDX-License-Identifier: MIT */
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include "base/buf.h"
#include "base/mem.h"

#define ESCAPE_SECONDS 0.1 /* longer than the ESCDELAY of any patient program */

struct terminal {
	VTerm *vterm;
	VTermScreen *screen;
	bool alternate, cursor_visible, mouse;

	int master;
	int slave; /* held open, to look at; -1 when the program has ended */
	pid_t pid; /* 0 when it has ended */
	int status;
	bool drained; /* it has ended and all it sent has arrived */
	struct termios before, after;

	struct buf to_send;
	struct buf sequence; /* an escape sequence that has begun to arrive */
	FILE *copy;
	size_t received;
	double last_received;
	double escape_until; /* an Esc may be waiting for its rest until then */
};

double terminal_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* --- libvterm ------------------------------------------------------------- */

static int property_set(VTermProp property, VTermValue *value, void *context)
{
	struct terminal *t = context;

	if (property == VTERM_PROP_ALTSCREEN)
		t->alternate = value->boolean;
	else if (property == VTERM_PROP_CURSORVISIBLE)
		t->cursor_visible = value->boolean;
	else if (property == VTERM_PROP_MOUSE)
		t->mouse = value->number != VTERM_PROP_MOUSE_NONE;
	return 1;
}

static void answer(const char *bytes, size_t n, void *context)
{
	struct terminal *t = context;

	buf_add_bytes(&t->to_send, bytes, n);
}

static void open_screen(struct terminal *t, int columns, int rows)
{
	static const VTermScreenCallbacks callbacks = {
		.settermprop = property_set,
	};

	t->vterm = mem_must(vterm_new(rows, columns));
	vterm_set_utf8(t->vterm, 1);
	vterm_output_set_callback(t->vterm, answer, t);
	t->screen = vterm_obtain_screen(t->vterm);
	vterm_screen_set_callbacks(t->screen, &callbacks, t);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_reset(t->screen, 1);
}

static void draw(struct terminal *t, const char *bytes, size_t n)
{
	vterm_input_write(t->vterm, bytes, n);
}

/* libvterm before 0.2 sees only the first of several private modes, and ncurses
 * sets two at a time (CSI ? 1006 ; 1000 h): give it one after the other. */
static void draw_modes(struct terminal *t)
{
	char *modes = t->sequence.s + strlen("\033[?"), *mode;
	char set_or_reset = t->sequence.s[t->sequence.len - 1];

	while ((mode = strsep(&modes, ";"))) {
		char *one = buf_format("\033[?%d%c", atoi(mode), set_or_reset);

		draw(t, one, strlen(one));
		free(one);
	}
}

static bool is_sequence_begun(const char *s, size_t n)
{
	static const char head[] = "\033[?";
	const size_t head_length = sizeof head - 1;

	if (n <= head_length)
		return strncmp(s, head, n) == 0;
	return strspn(s + head_length, "0123456789;") == n - head_length;
}

static void receive_byte(struct terminal *t, char byte)
{
	if (byte == '\033' || (byte & 0x80)) {
		draw(t, t->sequence.s, t->sequence.len);
		buf_clear(&t->sequence);
	}
	buf_add_byte(&t->sequence, byte);
	if (is_sequence_begun(t->sequence.s, t->sequence.len))
		return;
	if ((byte == 'h' || byte == 'l') && strchr(t->sequence.s, ';') &&
	    is_sequence_begun(t->sequence.s, t->sequence.len - 1))
		draw_modes(t);
	else
		draw(t, t->sequence.s, t->sequence.len);
	buf_clear(&t->sequence);
}

/* --- the program ---------------------------------------------------------- */

static void become(char **argv, char **environment, int slave)
{
	/* make in the background ignores some of these, and so would it. */
	static const int signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE };
	sigset_t none;

	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		signal(signals[i], SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	login_tty(slave);
	execvpe(argv[0], argv, environment);
	dprintf(STDERR_FILENO, "%s: %s\n", argv[0], strerror(errno));
	_exit(127);
}

struct terminal *terminal_start(char **argv, char **environment, int columns,
                                int rows, FILE *copy)
{
	struct winsize size = {
		.ws_row = (unsigned short)rows,
		.ws_col = (unsigned short)columns,
	};
	struct terminal *t = mem_alloc(sizeof *t);

	if (openpty(&t->master, &t->slave, NULL, NULL, &size) < 0) {
		free(t);
		return NULL;
	}
	tcgetattr(t->slave, &t->before);
	fcntl(t->master, F_SETFD, FD_CLOEXEC);
	fcntl(t->master, F_SETFL, O_NONBLOCK);
	fflush(NULL);
	t->pid = fork();
	if (t->pid == 0)
		become(argv, environment, t->slave);
	fcntl(t->slave, F_SETFD, FD_CLOEXEC);
	buf_init(&t->to_send);
	buf_init(&t->sequence);
	t->copy = copy;
	t->last_received = terminal_clock();
	open_screen(t, columns, rows);
	return t;
}

void terminal_free(struct terminal *t)
{
	if (!t)
		return;
	if (t->pid > 0) {
		kill(t->pid, SIGKILL);
		waitpid(t->pid, NULL, 0);
		close(t->slave);
	}
	close(t->master);
	vterm_free(t->vterm);
	buf_release(&t->to_send);
	buf_release(&t->sequence);
	free(t);
}

static void receive(struct terminal *t)
{
	char bytes[16384];
	ssize_t n = read(t->master, bytes, sizeof bytes);

	if (n <= 0) {
		/* EIO: nobody has it open any more */
		t->drained = !t->pid && (n == 0 || errno == EIO);
		return;
	}
	t->received += (size_t)n;
	t->last_received = terminal_clock();
	t->escape_until = 0;
	if (t->copy)
		fwrite(bytes, 1, (size_t)n, t->copy);
	for (ssize_t i = 0; i < n; i++)
		receive_byte(t, bytes[i]);
}

static void send_some(struct terminal *t)
{
	ssize_t n = write(t->master, t->to_send.s, t->to_send.len);

	if (n > 0) {
		char *rest = mem_strndup(t->to_send.s + n,
		                         t->to_send.len - (size_t)n);

		(void)rest;
	}
}

static void see_whether_ended(struct terminal *t)
{
	if (!t->pid || waitpid(t->pid, &t->status, WNOHANG) != t->pid)
		return;
	t->pid = 0;
	tcgetattr(t->slave, &t->after);
	close(t->slave);
	t->slave = -1;
}
