/* SPDX-License-Identifier: MIT */
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
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
#include "eucjp.h"
#include "mend.h"
#include "wide.h"

#define ESCAPE_SECONDS 0.1 /* longer than the ESCDELAY of any patient program */
#define ARRIVAL_SECONDS 0.02 /* what was typed is with the program by then */

struct terminal {
	VTerm *vterm;
	VTermScreen *screen;
	struct mend mend;
	unsigned kind;
	struct buf begun, begun_wide; /* a character of which more must come */
	bool hearing;     /* what the program sends; else it is what a person does */
	bool alternate, cursor_visible, mouse;

	int master;
	int slave; /* held open, to look at; -1 when the program has ended */
	pid_t pid; /* 0 when it has ended */
	int status;
	bool stalled; /* what it sends is not read, until it has ended */
	bool drained; /* it has ended and all it sent has arrived */
	struct termios before, after;

	struct buf to_send;
	FILE *copy;
	size_t received;
	double last_received;
	double last_sent;
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

	if (!t->hearing || !(t->kind & TERMINAL_MUTE))
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
	mend_init(&t->mend, t->vterm);
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

struct terminal *terminal_start(char **argv, char **environment,
                                unsigned kind, int columns, int rows,
                                FILE *copy)
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
	buf_init(&t->begun);
	buf_init(&t->begun_wide);
	t->kind = kind;
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
	mend_release(&t->mend);
	vterm_free(t->vterm);
	buf_release(&t->to_send);
	buf_release(&t->begun);
	buf_release(&t->begun_wide);
	free(t);
}

static void hear(struct terminal *t, const char *bytes, size_t n)
{
	struct buf utf8, wide;

	t->hearing = true;
	buf_init(&wide);
	buf_init(&utf8);
	if (t->kind & TERMINAL_EUCJP) {
		eucjp_send(bytes, n, &t->begun, &utf8);
		bytes = utf8.s;
		n = utf8.len;
	}
	if (t->kind & TERMINAL_WIDE) {
		wide_send(bytes, n, &t->begun_wide, &wide);
		bytes = wide.s;
		n = wide.len;
	}
	mend_write(&t->mend, bytes, n);
	buf_release(&utf8);
	buf_release(&wide);
	t->hearing = false;
}

static void receive(struct terminal *t)
{
	char bytes[16384];
	ssize_t n = read(t->master, bytes, sizeof bytes);

	if (n <= 0) {
		/* EIO: nobody has it open any more */
		t->drained = n == 0 || errno == EIO;
		return;
	}
	t->received += (size_t)n;
	t->last_received = terminal_clock();
	t->escape_until = 0;
	if (t->copy)
		fwrite(bytes, 1, (size_t)n, t->copy);
	hear(t, bytes, (size_t)n);
}

static void send_some(struct terminal *t)
{
	struct buf *b = &t->to_send;
	ssize_t n = write(t->master, b->s, b->len);

	if (n > 0) {
		t->last_sent = terminal_clock();
		b->len -= (size_t)n;
		memmove(b->s, b->s + n, b->len + 1);
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
	t->stalled = false;
}

void terminal_pump(struct terminal *t, long microseconds)
{
	struct timespec wait = {
		.tv_sec = microseconds / 1000000,
		.tv_nsec = microseconds % 1000000 * 1000,
	};
	struct pollfd both = {
		.fd = t->master,
		.events = (short)((t->stalled ? 0 : POLLIN) |
		                  (t->to_send.len ? POLLOUT : 0)),
	};

	see_whether_ended(t);
	if (t->drained || ppoll(&both, 1, &wait, NULL) <= 0)
		return;
	if (both.revents & POLLOUT)
		send_some(t);
	if (!t->stalled && (both.revents & (POLLIN | POLLHUP)))
		receive(t);
}

static bool is_ready(int fd, short what)
{
	struct pollfd one = { .fd = fd, .events = what };

	return poll(&one, 1, 0) > 0;
}

static bool is_readable(int fd)
{
	return is_ready(fd, POLLIN);
}

/* 'S' and the like ('t': held by who traces it), from the stat of a process or thread:
 * "PID (NAME) STATE ..."; '?' where there is no such file. */
static char state_in(const char *path)
{
	FILE *file = fopen(path, "re");
	char stat[128] = "", *end;

	if (!file)
		return '?';
	if (!fgets(stat, sizeof stat, file))
		stat[0] = '\0';
	fclose(file);
	end = strrchr(stat, ')');
	return end && end[1] ? end[2] : '?';
}

/* True where no thread of PID does anything: one may be saving what another has
 * read. */
static bool is_asleep(pid_t pid)
{
	char *pattern = buf_format("/proc/%ld/task/*/stat", (long)pid);
	bool asleep = true;
	glob_t threads;

	if (glob(pattern, GLOB_NOSORT, NULL, &threads) == 0) {
		for (size_t i = 0; i < threads.gl_pathc && asleep; i++)
			asleep = !strchr("RDt", state_in(threads.gl_pathv[i]));
		globfree(&threads);
	}
	free(pattern);
	return asleep;
}

/* The kernel may still be passing on what was typed: the program sleeps, and has
 * nothing to read. Its answer tells otherwise, or time does. */
static bool has_arrived(const struct terminal *t)
{
	return t->last_received > t->last_sent ||
	       terminal_clock() >= t->last_sent + ARRIVAL_SECONDS;
}

bool terminal_at_rest(struct terminal *t)
{
	if (!t->pid)
		return t->drained;
	if (t->stalled && !is_ready(t->slave, POLLOUT))
		return true; /* it may have more to read, but cannot */
	/* In this order: it has read all, then it sleeps, then what it wrote
	 * before is here. */
	if (t->to_send.len || is_readable(t->slave)) {
		if (t->escape_until > 0)
			terminal_after_escape(t);
		return false;
	}
	return has_arrived(t) && is_asleep(t->pid) &&
	       (t->stalled || !is_readable(t->master)) && terminal_clock() >= t->escape_until;
}

bool terminal_ended(const struct terminal *t, int *status)
{
	*status = t->status;
	return !t->pid;
}

/* --- what a person does --------------------------------------------------- */

void terminal_type(struct terminal *t, const char *bytes, size_t n)
{
	if (t->kind & TERMINAL_EUCJP)
		eucjp_type(bytes, n, &t->to_send);
	else
		buf_add_bytes(&t->to_send, bytes, n);
}

void terminal_key(struct terminal *t, VTermKey key, VTermModifier modifier)
{
	vterm_keyboard_key(t->vterm, key, modifier);
}

void terminal_after_escape(struct terminal *t)
{
	t->escape_until = terminal_clock() + ESCAPE_SECONDS;
}

void terminal_paste(struct terminal *t, const char *bytes, size_t n)
{
	vterm_keyboard_start_paste(t->vterm);
	terminal_type(t, bytes, n);
	vterm_keyboard_end_paste(t->vterm);
}

void terminal_mouse(struct terminal *t, int row, int column, int button,
                    bool pressed)
{
	vterm_mouse_move(t->vterm, row - 1, column - 1, VTERM_MOD_NONE);
	vterm_mouse_button(t->vterm, button, pressed, VTERM_MOD_NONE);
}

bool terminal_wants_mouse(const struct terminal *t)
{
	return t->mouse;
}

void terminal_resize(struct terminal *t, int columns, int rows)
{
	struct winsize size = {
		.ws_row = (unsigned short)rows,
		.ws_col = (unsigned short)columns,
	};

	vterm_set_size(t->vterm, rows, columns);
	ioctl(t->master, TIOCSWINSZ, &size);
}

void terminal_stall(struct terminal *t)
{
	t->stalled = true;
}

void terminal_signal(struct terminal *t, int number)
{
	if (t->pid)
		kill(t->pid, number);
}

/* --- what a person sees --------------------------------------------------- */

void terminal_size(const struct terminal *t, int *columns, int *rows)
{
	vterm_get_size(t->vterm, rows, columns);
}

char *terminal_row(const struct terminal *t, int row)
{
	VTermRect rect = { .start_row = row - 1, .end_row = row };
	char *text, *shown;
	size_t n;

	vterm_get_size(t->vterm, &(int){ 0 }, &rect.end_col);
	n = vterm_screen_get_text(t->screen, NULL, 0, rect);
	text = mem_alloc(n + 1);
	vterm_screen_get_text(t->screen, text, n, rect);
	while (n && text[n - 1] == ' ')
		text[--n] = '\0';
	if (!(t->kind & TERMINAL_WIDE))
		return text;
	shown = wide_shown(text);
	free(text);
	return shown;
}

bool terminal_cursor(const struct terminal *t, int *row, int *column)
{
	VTermPos at;

	vterm_state_get_cursorpos(vterm_obtain_state(t->vterm), &at);
	*row = at.row + 1;
	*column = at.col + 1;
	return t->cursor_visible;
}

static void add_colour(struct buf *b, const char *what, const VTermColor *c)
{
	if (VTERM_COLOR_IS_INDEXED(c))
		buf_addf(b, " %s=%d", what, c->indexed.idx);
	else
		buf_addf(b, " %s=#%02X%02X%02X", what, c->rgb.red, c->rgb.green,
		         c->rgb.blue);
}

char *terminal_style(const struct terminal *t, int row, int column)
{
	VTermPos at = { .row = row - 1, .col = column - 1 };
	VTermScreenCell cell;
	struct buf b;

	buf_init(&b);
	vterm_screen_get_cell(t->screen, at, &cell);
	buf_add(&b, cell.attrs.bold ? " bold" : "");
	buf_add(&b, cell.attrs.underline ? " underline" : "");
	buf_add(&b, cell.attrs.italic ? " italic" : "");
	buf_add(&b, cell.attrs.blink ? " blink" : "");
	buf_add(&b, cell.attrs.reverse ? " reverse" : "");
	buf_add(&b, cell.attrs.strike ? " strike" : "");
	if (!VTERM_COLOR_IS_DEFAULT_FG(&cell.fg))
		add_colour(&b, "fg", &cell.fg);
	if (!VTERM_COLOR_IS_DEFAULT_BG(&cell.bg))
		add_colour(&b, "bg", &cell.bg);
	if (!b.len)
		buf_add(&b, " plain");
	memmove(b.s, b.s + 1, b.len);
	return b.s;
}

/* What libvterm sends for KEY now is not SENT. */
static bool key_sends_other(struct terminal *t, VTermKey key, const char *sent)
{
	bool other;

	buf_clear(&t->to_send);
	vterm_keyboard_key(t->vterm, key, VTERM_MOD_NONE);
	other = strcmp(t->to_send.s, sent) != 0;
	buf_clear(&t->to_send);
	return other;
}

static bool is_paste_bracketed(struct terminal *t)
{
	bool bracketed;

	buf_clear(&t->to_send);
	terminal_paste(t, "", 0);
	bracketed = t->to_send.len > 0;
	buf_clear(&t->to_send);
	return bracketed;
}

static bool is_pen_changed(const struct terminal *t)
{
	static const VTermAttr attributes[] = {
		VTERM_ATTR_BOLD, VTERM_ATTR_UNDERLINE, VTERM_ATTR_ITALIC,
		VTERM_ATTR_BLINK, VTERM_ATTR_REVERSE, VTERM_ATTR_STRIKE,
	};
	const VTermState *state = vterm_obtain_state(t->vterm);
	VTermValue value;

	for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
		value.number = 0;
		vterm_state_get_penattr(state, attributes[i], &value);
		if (value.number)
			return true;
	}
	vterm_state_get_penattr(state, VTERM_ATTR_FOREGROUND, &value);
	if (!VTERM_COLOR_IS_DEFAULT_FG(&value.color))
		return true;
	vterm_state_get_penattr(state, VTERM_ATTR_BACKGROUND, &value);
	return !VTERM_COLOR_IS_DEFAULT_BG(&value.color);
}

static bool are_line_settings_changed(struct terminal *t)
{
	const struct termios *a = &t->before, *b = &t->after;

	if (t->pid)
		tcgetattr(t->slave, &t->after);
	return a->c_iflag != b->c_iflag || a->c_oflag != b->c_oflag ||
	       a->c_cflag != b->c_cflag || a->c_lflag != b->c_lflag ||
	       memcmp(a->c_cc, b->c_cc, sizeof a->c_cc) != 0;
}

char *terminal_left_behind(struct terminal *t)
{
	const struct {
		bool left;
		const char *what;
	} modes[] = {
		{ t->alternate, "the alternate screen" },
		{ !t->cursor_visible, "a hidden cursor" },
		{ t->mouse, "mouse reports" },
		{ is_paste_bracketed(t), "bracketed paste" },
		{ key_sends_other(t, VTERM_KEY_UP, "\033[A"), "cursor keys mode" },
		{ key_sends_other(t, VTERM_KEY_KP_0, "0"), "keypad mode" },
		{ is_pen_changed(t), "a style or colour" },
		{ are_line_settings_changed(t), "line settings (stty)" },
	};
	struct buf b;

	buf_init(&b);
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
		if (modes[i].left)
			buf_addf(&b, "%s%s", b.len ? ", " : "", modes[i].what);
	if (b.len)
		return b.s;
	buf_release(&b);
	return NULL;
}

bool terminal_is_taken(struct terminal *t)
{
	return t->alternate && t->mouse && is_paste_bracketed(t) &&
	       key_sends_other(t, VTERM_KEY_UP, "\033[A") &&
	       are_line_settings_changed(t);
}

size_t terminal_received(const struct terminal *t, double *when)
{
	*when = t->last_received;
	return t->received;
}
