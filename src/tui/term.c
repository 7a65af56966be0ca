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

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define MOUSE_OFF "\033[?1006;1000l"
#define PASTE_BEGINS "\033[200~"
#define PASTE_ENDS "\033[201~"
#define PASTE_MAX (1024 * 1024) /* bytes */
#define PASTE_WAIT 1000 /* milliseconds for the rest of a paste */
#define PASTE_LONG 3000 /* milliseconds from which on it is asked how fast it comes */
#define PASTE_SLOWEST 60 /* bytes a second; the slowest lines carry 120 */
#define STORM_REST 20 /* milliseconds without another size, and it has its last */
#define STORM_MOST 20 /* such rests at most: then it is drawn in between */
#define SIZE_MOST 1000 /* rows and columns that are used */
#define CODE_PASTE (KEY_MAX + 1)

struct term {
	SCREEN *screen;
	attr_t attributes[STYLES];
	uint8_t bytes[4]; /* a character that has not wholly arrived */
	int n_bytes;
	int watched; /* -1: nothing */
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
	send(PASTE_OFF);
}

/* Take it again after give_back, as the shell may have left it. */
/* In the background the terminal is somebody else's: to touch it would stop us. */
static bool is_ours(void)
{
	pid_t group = tcgetpgrp(STDIN_FILENO);

	return group < 0 || group == getpgrp();
}

static void take_again(void)
{
	if (!is_ours())
		return; /* SIGCONT will tell us when it is */
	send(PASTE_ON);
	clearok(curscr, TRUE);
	update();
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

/* The string that the terminal's description has for NAME; NULL if none. */
static const char *capability(const char *name)
{
	const char *sequence = tigetstr(name);

	return sequence == (const char *)-1 ? NULL : sequence;
}

/* To be done again where the terminal's size changes. */
static void prepare_way_back(void)
{
	static const char *const names[] = { "sgr0", "cnorm", "rmkx", "rmcup" };

	way_back.n = 0;
	add_to_way_back(PASTE_OFF MOUSE_OFF);
	if (!capability("rmcup")) { /* as give_back does */
		add_to_way_back(tiparm(capability("cup"), LINES - 1, 0));
		add_to_way_back(capability("el"));
	}
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		add_to_way_back(capability(names[i]));
}

/* As give_back, wherever the program is just now. */
static void give_back_at_once(void)
{
	signal(SIGTTOU, SIG_IGN); /* in the background it would stop us */
	tcflush(STDIN_FILENO, TCIFLUSH); /* what was typed is not for the shell */
	if (write(STDOUT_FILENO, way_back.bytes, way_back.n) >= 0)
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
	a[STYLE_CAUTION] = A_BOLD;
	a[STYLE_KEY] = A_REVERSE;
	a[STYLE_FIELD] = A_UNDERLINE;
	a[STYLE_FOUND] = A_BOLD | A_UNDERLINE;
	if (getenv("NO_COLOR") || !has_colors() || start_color() == ERR)
		return;
	use_default_colors();
	init_pair(1, COLOR_RED, -1);
	init_pair(2, COLOR_YELLOW, -1);
	a[STYLE_ERROR] |= COLOR_PAIR(1);
	a[STYLE_CAUTION] |= COLOR_PAIR(2);
}

static char *not_usable(void)
{
	return buf_format(_("端末の種類「%s」では画面を開けないので、1行ずつ進めます。画面を開くには TERM を正しくしてください"),
	                  getenv("TERM"));
}

/* Why the terminal cannot be used, as far as that is known without curses. */
static char *no_terminal(void)
{
	const char *name = getenv("TERM");

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return mem_strdup(_("端末ではないため画面を開けません。--plain を付けると1行ずつ記入できます"));
	if (!name || !*name)
		return mem_strdup(_("端末の種類（環境変数 TERM）がわからないので、1行ずつ進めます。画面を開くには TERM を正しくしてください"));
	return strcmp(name, "dumb") == 0 ? not_usable() : NULL;
}

static bool can_place_cursor(void)
{
	return capability("cup") != NULL;
}

static void define(const char *sequence, int code)
{
	if (define_key(sequence, code) == ERR)
		mem_must(NULL);
}

/* What terminals send whatever their description says: in normal and in
 * application mode, as xterm, VT220 and the Linux console have it. */
static void define_keys(void)
{
	static const struct {
		const char *sequence;
		int code;
	} keys[] = {
		{ "[A", KEY_UP }, { "[B", KEY_DOWN }, { "[C", KEY_RIGHT },
		{ "[D", KEY_LEFT }, { "OA", KEY_UP }, { "OB", KEY_DOWN },
		{ "OC", KEY_RIGHT }, { "OD", KEY_LEFT }, { "[H", KEY_HOME },
		{ "[F", KEY_END }, { "OH", KEY_HOME }, { "OF", KEY_END },
		{ "[1~", KEY_HOME }, { "[4~", KEY_END }, { "[3~", KEY_DC },
		{ "[5~", KEY_PPAGE }, { "[6~", KEY_NPAGE }, { "[Z", KEY_BTAB },
		{ "OP", KEY_F(1) }, { "OQ", KEY_F(2) }, { "OR", KEY_F(3) },
		{ "OS", KEY_F(4) }, { "[[A", KEY_F(1) }, { "[[B", KEY_F(2) },
		{ "[[C", KEY_F(3) }, { "[[D", KEY_F(4) }, { "[[E", KEY_F(5) },
		{ "[11~", KEY_F(1) }, { "[12~", KEY_F(2) }, { "[13~", KEY_F(3) },
		{ "[14~", KEY_F(4) }, { "[15~", KEY_F(5) }, { "[17~", KEY_F(6) },
		{ "[18~", KEY_F(7) }, { "[19~", KEY_F(8) }, { "[20~", KEY_F(9) },
		{ "[21~", KEY_F(10) },
	};

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		char sequence[8] = "\033";

		strcat(sequence, keys[i].sequence);
		if (key_defined(sequence) <= 0)
			define(sequence, keys[i].code);
	}
	define(PASTE_BEGINS, CODE_PASTE);
}

/* Make the variable NAME, which curses goes by, what the terminal says of itself
 * (TOLD); where that is nothing, as with serial lines, it may say so itself. */
static void bound_size(const char *name, int told)
{
	const char *said = getenv(name);
	long n = told ? told : said ? strtol(said, NULL, 10) : 0;
	char text[32];

	snprintf(text, sizeof text, "%ld", n < SIZE_MOST ? n : SIZE_MOST);
	if ((n > 0 ? setenv(name, text, 1) : unsetenv(name)) != 0)
		mem_must(NULL);
}

/* LINES and COLUMNS may be left over from another terminal, or be anything; and curses
 * takes the memory for what they say. */
static void bound_sizes(void)
{
	struct winsize size = {0};

	ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
	bound_size("LINES", size.ws_row);
	bound_size("COLUMNS", size.ws_col);
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
	set_escdelay(50);
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
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	meta(stdscr, TRUE);
	mouseinterval(0);
	mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
	choose_styles(t);
	define_keys();
	mem_guard_end();
	send(PASTE_ON);
	return t;
}

void term_close(struct term *t)
{
	if (!t)
		return;
	fatal_hook = NULL;
	if (is_ours())
		give_back();
	signals_close();
	mem_guard_begin();
	delscreen(t->screen);
	mem_guard_end();
	free(t);
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

	if (text_columns(text, length, TEXT_NARROW) <= columns)
		return length;
	while (fits < length && (n = text_grapheme(text + fits))) {
		used += text_columns(text + fits, n, TEXT_NARROW);
		if (used > columns)
			break;
		fits += n;
	}
	return fits;
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
		p = u8_next(&c, p);
		some[n++] = (wchar_t)c;
		if (n == 128) {
			addnwstr(some, n);
			n = 0;
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
	(void)t;
	curs_set(1);
	move(row, column < COLS ? column : COLS - 1);
}

void term_hide_cursor(struct term *t)
{
	(void)t;
	curs_set(0);
}

void term_show(struct term *t)
{
	(void)t;
	if (isendwin() == TRUE && !is_ours())
		return;
	update();
}

void term_repaint(struct term *t)
{
	(void)t;
	clearok(curscr, TRUE);
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

static key_code named_key(int code)
{
	static const struct {
		int code;
		key_code key;
	} keys[] = {
		{ KEY_UP, KEYS_UP }, { KEY_DOWN, KEYS_DOWN },
		{ KEY_LEFT, KEYS_LEFT }, { KEY_RIGHT, KEYS_RIGHT },
		{ KEY_HOME, KEYS_HOME }, { KEY_END, KEYS_END },
		{ KEY_PPAGE, KEYS_PAGE_UP }, { KEY_NPAGE, KEYS_PAGE_DOWN },
		{ KEY_BTAB, KEYS_BACK_TAB }, { KEY_BACKSPACE, KEYS_BACKSPACE },
		{ KEY_DC, KEYS_DELETE }, { KEY_ENTER, KEYS_ENTER },
		{ KEY_SUSPEND, KEY_CTRL('Z') },
	};

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (keys[i].code == code)
			return keys[i].key;
	if (code >= KEY_F(1) && code <= KEY_F(12))
		return KEY_F_((key_code)(code - KEY_F0));
	return KEYS_NONE;
}

static struct event key_event(key_code key)
{
	return (struct event){ .kind = key == KEYS_NONE ? EVENT_NONE : EVENT_KEY,
	                       .key = key };
}

static struct event mouse_event(void)
{
	MEVENT mouse;

	if (getmouse(&mouse) != OK)
		return key_event(KEYS_NONE);
	if (mouse.bstate & BUTTON4_PRESSED)
		return key_event(KEYS_WHEEL_UP);
	if (mouse.bstate & BUTTON5_PRESSED)
		return key_event(KEYS_WHEEL_DOWN);
	return (struct event){ .kind = EVENT_CLICK, .row = mouse.y,
	                       .column = mouse.x };
}

/* How many bytes the terminal has for us, once it has some; 0 if none come, or it is
 * time to leave. Other signals can wait till the paste is read. */
static size_t bytes_waiting(void)
{
	struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };
	int n = 0, ready;

	do
		ready = signals_came(SIGNAL_LEAVE) ? 0
		                                   : poll(&in, 1, PASTE_WAIT);
	while (ready < 0 && errno == EINTR);
	if (ready <= 0 || ioctl(STDIN_FILENO, FIONREAD, &n) < 0 || n < 0)
		return 0;
	return n ? (size_t)n : 1; /* a terminal that is gone: read will say so */
}

/* True where what has come since BEGUN comes as slowly as keys: the end of the paste
 * must have been lost, and nobody may be kept writing into nowhere. */
static bool is_typed(long long begun, size_t bytes)
{
	long long milliseconds = term_clock() - begun;

	return milliseconds > PASTE_LONG &&
	       bytes < (size_t)milliseconds * PASTE_SLOWEST / 1000;
}

/* Read into TEXT up to PASTE_ENDS, which is left out, or until nothing comes. Never
 * more than is still missing of that mark is read at once: what stands behind it
 * are keys. What is beyond PASTE_MAX is read, since not one byte of a paste may
 * become a key, but not kept: then false. */
static bool read_paste(struct buf *text)
{
	const size_t mark = strlen(PASTE_ENDS);
	const long long begun = term_clock();
	size_t ending = 0; /* bytes of PASTE_ENDS that have come */
	size_t waiting = 0;
	bool too_long = false;

	while (ending < mark && (waiting || (waiting = bytes_waiting())) &&
	       (too_long || !is_typed(begun, text->len))) {
		char some[sizeof PASTE_ENDS];
		size_t most = mark - ending < waiting ? mark - ending : waiting;
		ssize_t n = read(STDIN_FILENO, some, most);

		if (n <= 0)
			break;
		for (ssize_t i = 0; i < n; i++)
			ending = some[i] == PASTE_ENDS[ending]
				? ending + 1 : some[i] == PASTE_ENDS[0];
		if (text->len < PASTE_MAX + mark)
			buf_add_bytes(text, some, (size_t)n);
		else
			too_long = true;
		waiting -= (size_t)n;
	}
	if (!too_long && ending == mark) {
		text->len -= ending;
		text->s[text->len] = '\0';
	}
	return !too_long && text->len <= PASTE_MAX;
}

/* A paste is read from the terminal itself: through curses it would cost forty
 * times as much (FACTS, terminal input). */
static struct event paste_event(void)
{
	const char *why = NULL;
	struct buf text;

	buf_init(&text);
	if (!read_paste(&text))
		why = _("長すぎるため貼り付けませんでした（1 MiB まで）。分けて貼り付けてください");
	else if (!text_is_utf8(text.s, text.len))
		why = _("UTF-8 の文字ではないため貼り付けませんでした。UTF-8 でコピーし直してください");
	if (!why)
		return (struct event){ .kind = EVENT_PASTE, .text = text.s };
	buf_release(&text);
	return (struct event){ .kind = EVENT_REFUSED, .text = mem_strdup(why) };
}

/* BYTE is the next of a character; the character once it is whole. What is no
 * UTF-8 is dropped. */
static struct event byte_event(struct term *t, int byte)
{
	ucs4_t c;
	int n;

	if (byte < 0x80 && t->n_bytes == 0)
		return key_event(byte == 0x7f || byte == KEY_CTRL('H')
		                 ? KEYS_BACKSPACE : (key_code)byte);
	if (byte < 0x80 || byte >= 0xc0)
		t->n_bytes = 0; /* what was begun does not go on */
	if (byte < 0x80)
		return byte_event(t, byte);
	t->bytes[t->n_bytes++] = (uint8_t)byte;
	n = u8_mbtoucr(&c, t->bytes, (size_t)t->n_bytes);
	if (n == -2 && t->n_bytes < 4)
		return key_event(KEYS_NONE); /* more is to come */
	t->n_bytes = 0;
	return key_event(n > 0 && c >= 0xa0 ? c : KEYS_NONE);
}

/* A window that is drawn larger sends a size for each step on the way: only the
 * last one is worth a layout. */
static void wait_for_last_size(void)
{
	struct pollfd in = { .fd = signals_fd(), .events = POLLIN };

	for (int i = 0; i < STORM_MOST && poll(&in, 1, STORM_REST) > 0; i++)
		signals_took();
	signals_take(SIGNAL_RESIZED);
}

static struct event resize_event(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 &&
	    size.ws_col > 0) {
		/* curses counts in short, and breaks where it has no memory;
		 * resizeterm would put KEY_RESIZE into the keys */
		mem_guard_begin();
		resize_term(size.ws_row < SIZE_MOST ? size.ws_row : SIZE_MOST,
		            size.ws_col < SIZE_MOST ? size.ws_col : SIZE_MOST);
		mem_guard_end();
		clearok(curscr, TRUE); /* terminals move lines about meanwhile */
		prepare_way_back();
	}
	return (struct event){ .kind = EVENT_RESIZE };
}

static struct event code_event(struct term *t, int code)
{
	if (code == KEY_MOUSE)
		return mouse_event();
	if (code == CODE_PASTE)
		return paste_event();
	if (code > 0xff)
		return key_event(named_key(code));
	return byte_event(t, code);
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
	return resize_event(); /* it may have been, meanwhile */
}

/* What signals tell; EVENT_NONE where there is none. */
static struct event signal_event(void)
{
	if (signals_came(SIGNAL_LEAVE))
		return (struct event){ .kind = EVENT_LEAVE };
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

/* True where the terminal has hung up: what it sent before may still be read, and
 * nothing after. */
static bool has_hung_up(const struct pollfd *in)
{
	int waiting;

	if (in->revents & (POLLHUP | POLLERR | POLLNVAL))
		return true;
	return (in->revents & POLLIN) &&
	       ioctl(in->fd, FIONREAD, &waiting) == 0 && waiting == 0;
}

/* Wait until there is something to read. EVENT_LEAVE where there never will be,
 * EVENT_WATCHED where what is watched has something, else EVENT_NONE. */
static enum event_kind wait_for_input(const struct term *t, int milliseconds)
{
	struct pollfd fds[] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = signals_fd(), .events = POLLIN },
		{ .fd = t->watched, .events = POLLIN },
	};

	if (poll(fds, 3, milliseconds) < 0)
		return errno == EINTR ? EVENT_NONE : EVENT_LEAVE;
	if (fds[1].revents) {
		signals_took();
		return EVENT_NONE;
	}
	if (fds[2].revents)
		return EVENT_WATCHED;
	return has_hung_up(&fds[0]) ? EVENT_LEAVE : EVENT_NONE;
}

struct event term_read(struct term *t, int milliseconds)
{
	enum event_kind waited = EVENT_NONE;
	bool over = false;

	for (;;) {
		struct event e = signal_event();
		int code;

		if (e.kind != EVENT_NONE)
			return e;
		errno = 0;
		code = getch();
		if (code != ERR) {
			e = code_event(t, code);
			if (e.kind != EVENT_NONE)
				return e;
			continue;
		}
		/* EIO: hung up, or the shell that could give it to us is gone */
		if (errno == EIO)
			waited = EVENT_LEAVE;
		if (over || waited != EVENT_NONE)
			return (struct event){ .kind = waited };
		waited = wait_for_input(t, milliseconds);
		over = milliseconds >= 0;
	}
}
