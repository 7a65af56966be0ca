/* SPDX-License-Identifier: MIT */
#include "tui/term.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <unistr.h>

#include <curses.h>

#include "base/buf.h"
#include "base/fatal.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/signals.h"
#include "base/text.h"
#include "tui/input.h"
#include "tui/probe.h"
#include "tui/width.h"

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define MOUSE_ON "\033[?1006;1000h"
#define MOUSE_OFF "\033[?1006;1000l"
#define STORM_REST 20 /* milliseconds without another size, and it has its last */
#define STORM_MOST 20 /* such rests at most: then it is drawn in between */
#define SIZE_MOST 1000 /* rows and columns that are used */

struct term {
	SCREEN *screen;
	attr_t attributes[STYLES];
	struct input input;
	int watched; /* -1: nothing */
	bool asked;  /* PROBE_QUESTION, and it has not answered */
	bool is_utf8;
	struct event next; /* came while its answer was waited for */
	int row, column;   /* where the cursor stands, if it is seen */
	bool is_cursor_seen;
};

/* What fatal_hook needs, made ready beforehand (fatal.h): what sends the terminal
 * back to what it was, and its modes. */
static struct {
	char bytes[256];
	size_t n;
	struct termios modes;
} way_back;

/* --- opening and closing ------------------------------------------------ */

static void send(const char *sequence)
{
	fputs(sequence, stdout);
	fflush(stdout);
}

/* Send what has changed. Where there is no memory curses may crash in it. */
static void update(void)
{
	mem_guard_begin();
	refresh();
	mem_guard_end();
}

/* The string that the terminal's description has for NAME; NULL if none. */
static const char *capability(const char *name)
{
	const char *sequence = tigetstr(name);

	return sequence == (const char *)-1 ? NULL : sequence;
}

static void send_capability(const char *name)
{
	const char *sequence = capability(name);

	if (sequence) {
		putp(sequence);
		fflush(stdout);
	}
}

/* Keys, pastes and clicks as input.h knows them. */
static void ask_for_input(void)
{
	send_capability("smkx");
	send(capability("kmous") ? MOUSE_ON PASTE_ON : PASTE_ON);
}

static void give_back(void)
{
	if (isendwin() == FALSE) {
		/* Where there is no second screen to leave, what is said next
		 * stands in the last row. */
		mem_guard_begin();
		move(LINES - 1, 0);
		clrtoeol();
		refresh();
		endwin();
		mem_guard_end();
	}
	send_capability("sgr0"); /* without memory curses may not know what it left */
	send_capability("rmkx");
	send(capability("kmous") ? MOUSE_OFF PASTE_OFF : PASTE_OFF);
}

/* In the background the terminal is somebody else's: to touch it would stop us. */
static bool is_ours(void)
{
	pid_t group = tcgetpgrp(STDIN_FILENO);

	return group < 0 || group == getpgrp();
}

/* SEQUENCE, without the delays in it ("$<5>"), to the way back. */
static void add_to_way_back(const char *sequence)
{
	while (sequence && *sequence && way_back.n < sizeof way_back.bytes) {
		const char *delay = strncmp(sequence, "$<", 2) == 0
			? strchr(sequence, '>') : NULL;

		if (delay)
			sequence = delay + 1;
		else
			way_back.bytes[way_back.n++] = *sequence++;
	}
}

/* To be done again where the terminal's size changes. */
static void prepare_way_back(void)
{
	static const char *const names[] = { "cnorm", "rmkx", "rmcup", "sgr0" };

	way_back.n = 0;
	add_to_way_back(PASTE_OFF MOUSE_OFF);
	if (!capability("rmcup")) { /* as give_back does */
		add_to_way_back(tiparm(capability("cup"), LINES - 1, 0));
		add_to_way_back(capability("el"));
	}
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		add_to_way_back(capability(names[i]));
}

/* Make the variable NAME, which curses goes by, what the terminal says of itself
 * (TOLD); where that is nothing, as with serial lines, it may say so itself. */
static void bound_size(const char *name, int told)
{
	const char *said = getenv(name);
	long n = told ? told : said ? strtol(said, NULL, 10) : 0;
	char text[32];

	snprintf(text, sizeof text, "%ld", n < SIZE_MOST ? n : SIZE_MOST);
	if (said && strcmp(said, text) == 0)
		return; /* a thread may be reading the environment (gettext) */
	if ((n > 0 ? setenv(name, text, 1) : unsetenv(name)) != 0)
		mem_must(NULL);
}

/* LINES and COLUMNS may be left over from another terminal, or be anything; and curses
 * takes the memory for what they say, whenever it takes the terminal. */
static void bound_sizes(void)
{
	struct winsize size = {0};

	ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
	bound_size("LINES", size.ws_row);
	bound_size("COLUMNS", size.ws_col);
}

/* Go by the terminal's size as it is now, and draw all of it anew. */
static void take_size(void)
{
	struct winsize size;

	bound_sizes();
	clearok(curscr, TRUE); /* terminals move lines about meanwhile */
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 ||
	    size.ws_col == 0)
		return;
	/* curses counts in short, and breaks where it has no memory; resizeterm
	 * would put KEY_RESIZE into the keys */
	mem_guard_begin();
	resize_term(size.ws_row < SIZE_MOST ? size.ws_row : SIZE_MOST,
	            size.ws_col < SIZE_MOST ? size.ws_col : SIZE_MOST);
	mem_guard_end();
	prepare_way_back();
}

/* Take it again after give_back, as the shell may have left it. */
static void take_again(void)
{
	if (!is_ours())
		return; /* SIGCONT will tell us when it is */
	ask_for_input();
	take_size();
	update();
}

/* From here on nothing that is written to standard output arrives, as another thread may
 * be drawing. Returns what still leads there. */
static int cut_off_output(void)
{
	int ends[2], terminal = dup(STDOUT_FILENO);

	if (terminal < 0 || pipe(ends) != 0 ||
	    dup2(ends[0], STDOUT_FILENO) < 0) /* an end to read from takes nothing */
		return STDOUT_FILENO;
	return terminal;
}

/* As give_back, wherever the program is just now. */
static void give_back_at_once(void)
{
	int terminal = cut_off_output();

	signal(SIGTTOU, SIG_IGN); /* in the background it would stop us */
	tcflush(STDIN_FILENO, TCIFLUSH); /* what was typed is not for the shell */
	if (write(terminal, way_back.bytes, way_back.n) >= 0)
		tcsetattr(STDIN_FILENO, TCSANOW, &way_back.modes);
}

static void choose_styles(struct term *t)
{
	attr_t *a = t->attributes;

	a[STYLE_TITLE] = A_REVERSE;
	a[STYLE_STRONG] = A_BOLD;
	a[STYLE_FOCUS] = A_REVERSE;
	a[STYLE_FAINT] = A_NORMAL;
	a[STYLE_ERROR] = A_BOLD;
	a[STYLE_KEY] = A_REVERSE;
	a[STYLE_FIELD] = A_UNDERLINE;
	a[STYLE_FOUND] = A_BOLD | A_UNDERLINE;
	if (getenv("NO_COLOR") || !has_colors() || start_color() == ERR)
		return;
	use_default_colors();
	init_pair(1, COLOR_RED, -1);
	a[STYLE_ERROR] |= COLOR_PAIR(1);
}

static char *not_usable(void)
{
	return buf_format(_("端末の種類「%s」では画面を開けないので、1行ずつ進めます。画面を開くには、環境変数 TERM にお使いの端末の種類を指定してください"),
	                  getenv("TERM"));
}

/* Why the terminal cannot be used, as far as that is known without curses. */
static char *no_terminal(void)
{
	const char *name = getenv("TERM");

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return mem_strdup(_("端末ではないため画面を開けません。画面なしで使うには --plain を付けてください"));
	if (!name || !*name)
		return mem_strdup(_("端末の種類がわからないので、1行ずつ進めます。画面を開くには、環境変数 TERM にお使いの端末の種類を指定してください"));
	return strcmp(name, "dumb") == 0 ? not_usable() : NULL;
}

static bool can_place_cursor(void)
{
	return capability("cup") != NULL;
}

/* What the terminal's description says of keys that may be sent in a way of its
 * own. */
static void define_keys(struct input *in)
{
	static const struct {
		const char *name;
		key_code key;
	} keys[] = {
		{ "kcuu1", KEYS_UP }, { "kcud1", KEYS_DOWN },
		{ "kcub1", KEYS_LEFT }, { "kcuf1", KEYS_RIGHT },
		{ "khome", KEYS_HOME }, { "kend", KEYS_END },
		{ "kpp", KEYS_PAGE_UP }, { "knp", KEYS_PAGE_DOWN },
		{ "kcbt", KEYS_BACK_TAB }, { "kdch1", KEYS_DELETE },
		{ "kf1", KEY_F_(1) }, { "kf2", KEY_F_(2) }, { "kf3", KEY_F_(3) },
		{ "kf4", KEY_F_(4) }, { "kf5", KEY_F_(5) }, { "kf6", KEY_F_(6) },
		{ "kf7", KEY_F_(7) }, { "kf8", KEY_F_(8) }, { "kf9", KEY_F_(9) },
		{ "kf10", KEY_F_(10) },
		{ "kLFT5", KEY_WITH_CTRL(KEYS_LEFT) },
		{ "kRIT5", KEY_WITH_CTRL(KEYS_RIGHT) },
	};

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		const char *sequence = capability(keys[i].name);

		if (sequence)
			input_define(in, sequence, keys[i].key);
	}
}

/* A terminal says which of ^H and DEL its Backspace sends, by its line settings or
 * its description; ^H is Ctrl-Backspace where both say that it is not that. */
static key_code what_control_h_is(void)
{
	const char *backspace = capability("kbs");

	return way_back.modes.c_cc[VERASE] == '\177' &&
	       !(backspace && strcmp(backspace, "\b") == 0)
		? KEY_WITH_CTRL(KEYS_BACKSPACE) : KEYS_BACKSPACE;
}

/* Where its memory is exhausted curses just exits; so does nobody else who has
 * not given the terminal back. */
static void on_unasked_exit(void)
{
	if (fatal_hook)
		mem_last_words();
}

/* From here to the end of term_open under mem_guard. NULL where the terminal is not
 * usable. Where newterm found no memory for its description it says the same: a
 * second try tells them apart, as does whatever comes after. */
static SCREEN *open_screen(void)
{
	SCREEN *screen;

	/* newterm sends nothing till its end: so far only the modes are changed */
	tcgetattr(STDIN_FILENO, &way_back.modes);
	way_back.n = 0;
	fatal_hook = give_back_at_once;
	atexit(on_unasked_exit);
	mem_guard_begin();
	screen = newterm(NULL, stdout, stdin);
	return screen ? screen : newterm(NULL, stdout, stdin);
}

static struct event wait_for_event(struct term *t, int milliseconds);

/* How it draws what is ambiguous. One that does not say is taken for narrow, until it
 * does; what is typed meanwhile ends the waiting, and is not lost. */
static void ask_width(struct term *t)
{
	long long end = term_clock() + PROBE_WAIT;
	int left = PROBE_WAIT;

	if (LINES < 2 || COLS < PROBE_COLUMNS)
		return;
	send(PROBE_QUESTION);
	t->asked = true;
	while (t->asked && left > 0 &&
	       (t->next.kind == EVENT_NONE || t->next.kind == EVENT_RESIZE)) {
		t->next.kind = EVENT_NONE;
		t->next = wait_for_event(t, left);
		left = (int)(end - term_clock());
	}
}

struct term *term_open(char **why)
{
	struct term *t;

	*why = no_terminal();
	if (*why)
		return NULL;
	/* first, so that no signal ends us between: newterm leaves them alone */
	if (!signals_open(SIGNAL_LEAVE | SIGNAL_RESIZED | SIGNAL_STOP |
	                  SIGNAL_CONTINUE)) {
		*why = not_usable();
		return NULL;
	}
	t = mem_alloc(sizeof *t);
	t->watched = -1;
	t->is_utf8 = true;
	bound_sizes();
	t->screen = open_screen();
	if (!t->screen || !can_place_cursor()) {
		*why = not_usable();
		if (t->screen) {
			endwin();
			delscreen(t->screen);
		}
		mem_guard_end();
		tcsetattr(STDIN_FILENO, TCSANOW, &way_back.modes);
		fatal_hook = NULL;
		signals_close();
		free(t);
		return NULL;
	}
	prepare_way_back();
	raw();
	noecho();
	nonl();
	choose_styles(t);
	input_init(&t->input, what_control_h_is());
	define_keys(&t->input);
	curs_set(1); /* sends with it what newterm has kept back */
	mem_guard_end();
	ask_for_input();
	if (!screen_width_is_known())
		ask_width(t);
	return t;
}

void term_close(struct term *t)
{
	if (!t)
		return;
	fatal_hook = NULL;
	if (is_ours()) {
		give_back();
		tcflush(STDIN_FILENO, TCIFLUSH); /* as give_back_at_once */
	}
	signals_close();
	mem_guard_begin();
	delscreen(t->screen);
	mem_guard_end();
	input_release(&t->input);
	free(t);
}

bool term_is_utf8(const struct term *t)
{
	return t->is_utf8;
}

/* --- the picture -------------------------------------------------------- */

int term_rows(const struct term *t)
{
	(void)t;
	return LINES;
}

int term_columns(const struct term *t)
{
	(void)t;
	return COLS;
}

void term_clear(struct term *t)
{
	(void)t;
	erase();
}

/* Bytes of TEXT, of LENGTH, that fit into COLUMNS. */
static size_t fitting(const char *text, size_t length, size_t columns)
{
	size_t fits = 0, used = 0, n;

	if (text_columns(text, length, screen_width()) <= columns)
		return length;
	while (fits < length && (n = text_grapheme(text + fits))) {
		used += text_columns(text + fits, n, screen_width());
		if (used > columns)
			break;
		fits += n;
	}
	return fits;
}

static bool is_mark(ucs4_t c)
{
	return c >= 0x300 && text_character_columns(c, TEXT_NARROW) == 0;
}

/* BASE with the marks that stand from P on, before END, as one cell: addnwstr loses
 * those on a wide character. Returns where they end. A cell has room for a few: nobody
 * writes more. */
static const uint8_t *put_marked(wchar_t base, const uint8_t *p, const uint8_t *end)
{
	wchar_t characters[CCHARW_MAX + 1] = { base };
	cchar_t cell;
	ucs4_t c;
	int n = 1;

	for (; p < end; p += u8_strmblen(p)) {
		u8_next(&c, p);
		if (!is_mark(c))
			break;
		if (n < CCHARW_MAX)
			characters[n++] = (wchar_t)c;
	}
	setcchar(&cell, characters, A_NORMAL, 0, NULL);
	add_wch(&cell);
	return p;
}

/* LENGTH bytes of TEXT as text, as far as they fit into COLUMNS: nothing else
 * reaches curses, and so the terminal. */
static void put_safely(const char *text, size_t length, int columns)
{
	wchar_t some[128];
	char *copy = mem_strndup(text, length);
	char *safe = text_one_line(copy);
	const uint8_t *p = (const uint8_t *)safe;
	const uint8_t *end = p + fitting(safe, strlen(safe), (size_t)columns);
	ucs4_t c;
	int n = 0;

	/* addstr would ask the locale about every byte. */
	while (p < end) {
		const uint8_t *next = u8_next(&c, p);

		if (n && is_mark(c)) {
			addnwstr(some, n - 1);
			p = put_marked(some[n - 1], p, end);
			n = 0;
			continue;
		}
		p = next;
		if (!n && is_mark(c)) /* it would join what stands to the left */
			continue;
		some[n++] = (wchar_t)c;
		if (n == 128) { /* the last one may get a mark yet */
			addnwstr(some, n - 1);
			some[0] = some[n - 1];
			n = 1;
		}
	}
	addnwstr(some, n);
	free(safe);
	free(copy);
}

void term_put(struct term *t, int row, int column, const char *text,
              size_t length, enum style style)
{
	if (row < 0 || row >= LINES || column < 0 || column >= COLS)
		return;
	attrset(t->attributes[style]);
	move(row, column);
	put_safely(text, length, COLS - column);
	attrset(A_NORMAL);
}

/* WIDTH times CELL, as far as the edge. */
static void fill(int row, int column, int width, chtype cell)
{
	if (row >= 0 && row < LINES && column >= 0 && column < COLS)
		mvhline(row, column, cell, width);
}

void term_field(struct term *t, int row, int column, int width,
                const char *text)
{
	if (row < 0 || row >= LINES || column >= COLS)
		return;
	if (width > COLS - column)
		width = COLS - column;
	term_blank(t, row, column, width, STYLE_FIELD);
	attrset(t->attributes[STYLE_FIELD]);
	move(row, column);
	put_safely(text, strlen(text), width);
	attrset(A_NORMAL);
}

void term_blank(struct term *t, int row, int column, int width,
                enum style style)
{
	fill(row, column, width, ' ' | t->attributes[style]);
}

void term_rule(struct term *t, int row, int column, int width)
{
	fill(row, column, width, '-' | t->attributes[STYLE_FAINT]);
}

void term_scroll(struct term *t, int top, int rows, int by)
{
	(void)t;
	scrollok(stdscr, TRUE);
	setscrreg(top, top + rows - 1);
	scrl(by);
	setscrreg(0, LINES - 1);
	scrollok(stdscr, FALSE);
}

void term_cursor(struct term *t, int row, int column)
{
	curs_set(1);
	t->is_cursor_seen = true;
	t->row = row;
	t->column = column;
}

void term_hide_cursor(struct term *t)
{
	curs_set(0);
	t->is_cursor_seen = false;
}

void term_show(struct term *t)
{
	if (isendwin() == TRUE && !is_ours())
		return;
	if (t->is_cursor_seen) /* drawing has moved it */
		move(t->row, t->column < COLS ? t->column : COLS - 1);
	update();
}

void term_repaint(struct term *t)
{
	(void)t;
	take_size();
	update();
}

void term_ask_to_stop(struct term *t)
{
	(void)t;
	kill(0, SIGTSTP);
}

void term_stop(struct term *t)
{
	(void)t;
	if (signals_came(SIGNAL_LEAVE))
		return; /* who is stopped cannot leave */
	give_back();
	signals_stop();
	take_again();
	signals_take(SIGNAL_CONTINUE);
}

long long term_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

void term_watch(struct term *t, int fd)
{
	t->watched = fd;
}

/* --- events ------------------------------------------------------------- */

/* A window that is drawn larger sends a size for each step on the way: only the
 * last one is worth a layout, and one that is too small on the way must not cost the
 * keys that were typed before it. The next size interrupts the waiting. */
static void wait_for_last_size(void)
{
	struct pollfd in = { .fd = signals_fd(), .events = POLLIN };

	for (int i = 0; i < STORM_MOST && poll(&in, 1, STORM_REST) != 0; i++)
		signals_took();
	signals_take(SIGNAL_RESIZED);
}

/* E is an answer of the terminal's. It may come long after the question; what is
 * answered again, or to others' questions, is nothing to us. */
static struct event answered(struct term *t, const struct event *e)
{
	enum probe_finding found = t->asked ? probe_find(e) : PROBE_NOTHING;

	if (found != PROBE_NOTHING)
		t->asked = false;
	switch (found) {
	case PROBE_NOTHING:
		return (struct event){ .kind = EVENT_NONE };
	case PROBE_NARROW:
		return *e;
	case PROBE_WIDE:
		screen_width_set(TEXT_WIDE);
		clearok(curscr, TRUE);
		return (struct event){ .kind = EVENT_RESIZE };
	default:
		t->is_utf8 = false;
		return (struct event){ .kind = EVENT_LEAVE };
	}
}

static struct event resize_event(void)
{
	take_size();
	return (struct event){ .kind = EVENT_RESIZE };
}

/* We were stopped by a signal that cannot be caught: the shell has had the
 * terminal meanwhile, unasked. */
static struct event continue_event(void)
{
	signals_take(SIGNAL_CONTINUE);
	if (!is_ours())
		return (struct event){ .kind = EVENT_NONE }; /* not our turn yet */
	reset_prog_mode();
	give_back();
	take_again();
	return (struct event){ .kind = EVENT_RESIZE }; /* it may have been */
}

/* What signals tell; EVENT_NONE where there is none. Within a paste all but the end
 * can wait. */
static struct event signal_event(const struct term *t)
{
	if (signals_came(SIGNAL_LEAVE))
		return (struct event){ .kind = EVENT_LEAVE };
	if (input_is_pasting(&t->input))
		return (struct event){ .kind = EVENT_NONE };
	if (signals_take(SIGNAL_STOP))
		return (struct event){ .kind = EVENT_STOP };
	if (signals_take(SIGNAL_CONTINUE))
		return continue_event();
	if (signals_take(SIGNAL_RESIZED)) {
		wait_for_last_size();
		return resize_event();
	}
	return (struct event){ .kind = EVENT_NONE };
}

/* What a wait was ended by. */
enum ended_by {
	ENDED_BY_TIME, /* it has run out, */
	ENDED_BY_SIGNAL,
	ENDED_BY_WATCHED,
	ENDED_BY_INPUT, /* or there is something to read, if it can be read */
};

static enum ended_by wait_for(const struct term *t, int milliseconds)
{
	/* Within a paste only what says to leave is heeded. */
	int watched = input_is_pasting(&t->input) ? -1 : t->watched;
	struct pollfd fds[] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = signals_fd(), .events = POLLIN },
		{ .fd = watched, .events = POLLIN },
	};

	if (poll(fds, 3, milliseconds) < 0)
		return errno == EINTR ? ENDED_BY_SIGNAL : ENDED_BY_INPUT;
	if (fds[1].revents) {
		signals_took();
		return ENDED_BY_SIGNAL;
	}
	if (fds[0].revents)
		return ENDED_BY_INPUT;
	return fds[2].revents ? ENDED_BY_WATCHED : ENDED_BY_TIME;
}

/* Some bytes from the terminal, *N of them. EVENT_LEAVE where it is gone: hung up, or
 * the shell that could give it to us is. */
static struct event read_bytes(struct term *t, ssize_t *n)
{
	char bytes[16];
	size_t room = input_room(&t->input);

	*n = read(STDIN_FILENO, bytes,
	          room < sizeof bytes ? room : sizeof bytes);
	if (*n > 0)
		return input_take(&t->input, bytes, (size_t)*n, term_clock());
	if (*n < 0 && (errno == EINTR || errno == EAGAIN))
		return (struct event){ .kind = EVENT_NONE };
	return (struct event){ .kind = EVENT_LEAVE };
}

/* Once, as there may be no more; but of a paste all that there is. */
static struct event read_some(struct term *t)
{
	ssize_t n;
	int waiting = 0;
	struct event e = read_bytes(t, &n);

	if (input_is_pasting(&t->input) &&
	    ioctl(STDIN_FILENO, FIONREAD, &waiting) < 0)
		return e;
	while (waiting > 0 && n > 0 && e.kind == EVENT_NONE &&
	       input_is_pasting(&t->input)) {
		e = read_bytes(t, &n);
		waiting -= (int)n;
	}
	return e;
}

/* Milliseconds until END; -1: that is never. */
static int left_until(long long end)
{
	long long left = end - term_clock();

	return end < 0 ? -1 : left > 0 ? (int)left : 0;
}

static struct event wait_for_event(struct term *t, int milliseconds)
{
	long long end = milliseconds < 0 ? -1 : term_clock() + milliseconds;
	bool over = false;

	for (;;) {
		struct event e = signal_event(t);
		int left = left_until(end);
		int rest = input_wait(&t->input, term_clock());
		bool for_rest = rest >= 0 && (left < 0 || rest <= left);

		if (e.kind != EVENT_NONE || over)
			return e;
		switch (wait_for(t, for_rest ? rest : left)) {
		case ENDED_BY_INPUT:
			e = read_some(t);
			break;
		case ENDED_BY_WATCHED:
			e.kind = EVENT_WATCHED;
			break;
		case ENDED_BY_TIME:
			if (for_rest)
				e = input_pause(&t->input);
			over = !for_rest;
			break;
		case ENDED_BY_SIGNAL:
			break;
		}
		if (e.kind == EVENT_ANSWER)
			e = answered(t, &e);
		if (e.kind != EVENT_NONE)
			return e;
	}
}

struct event term_read(struct term *t, int milliseconds)
{
	struct event e = t->next;

	t->next = (struct event){ .kind = EVENT_NONE };
	return e.kind != EVENT_NONE ? e : wait_for_event(t, milliseconds);
}
