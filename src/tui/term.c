/* SPDX-License-Identifier: MIT */
#include "tui/term.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <unistr.h>

#include <curses.h>

#include "base/buf.h"
#include "base/fatal.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#define PASTE_BEGINS "\033[200~"
#define PASTE_ENDS "\033[201~"
#define PASTE_MAX (1024 * 1024)
#define SIZE_MOST 1000 /* rows and columns that are used */
#define CODE_PASTE (KEY_MAX + 1)

struct term {
	SCREEN *screen;
	attr_t attributes[STYLES];
	uint8_t bytes[4]; /* a character that has not wholly arrived */
	int n_bytes;
	struct sigaction old_winch, old_hup, old_term, old_int;
};

/* What the signal handlers touch: the writing end of the pipe, and what came. */
static int wake[2] = { -1, -1 };
static volatile sig_atomic_t resized, leaving;

static void on_signal(int number)
{
	int error = errno;

	if (number == SIGWINCH)
		resized = 1;
	else
		leaving = 1;
	/* A full pipe wakes as well. */
	if (write(wake[1], "", 1) < 0)
		errno = error;
	errno = error;
}

/* --- opening and closing ------------------------------------------------ */

static void send(const char *sequence)
{
	fputs(sequence, stdout);
	fflush(stdout);
}

static void give_back(void)
{
	if (isendwin() == FALSE) {
		/* Where there is no second screen to leave, what is said next
		 * stands in the last row. */
		move(LINES - 1, 0);
		clrtoeol();
		refresh();
		endwin();
	}
	send("\033[?2004l");
}

static void catch_signals(struct term *t)
{
	struct sigaction action = { .sa_handler = on_signal };

	sigemptyset(&action.sa_mask);
	sigaction(SIGWINCH, &action, &t->old_winch);
	sigaction(SIGHUP, &action, &t->old_hup);
	sigaction(SIGTERM, &action, &t->old_term);
	sigaction(SIGINT, &action, &t->old_int); /* curses would just exit */
}

static bool open_pipe(void)
{
	if (pipe2(wake, O_CLOEXEC | O_NONBLOCK) == 0)
		return true;
	wake[0] = wake[1] = -1;
	return false;
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
	if (getenv("NO_COLOR") || !has_colors() || start_color() == ERR)
		return;
	use_default_colors();
	init_pair(1, COLOR_RED, -1);
	init_pair(2, COLOR_YELLOW, -1);
	a[STYLE_ERROR] |= COLOR_PAIR(1);
	a[STYLE_CAUTION] |= COLOR_PAIR(2);
}

/* Why the terminal cannot be used; NULL where it can. */
static char *no_terminal(void)
{
	const char *name = getenv("TERM");

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return mem_strdup(_("端末ではないため画面を開けません。--plain を付けると1行ずつ記入できます"));
	if (!name || !*name)
		return mem_strdup(_("端末の種類（環境変数 TERM）がわからないため画面を開けません。--plain を付けると1行ずつ記入できます"));
	return NULL;
}

static char *not_usable(void)
{
	return buf_format(_("端末の種類「%s」では画面を開けません。TERM を正しくするか、--plain を付けると1行ずつ記入できます"),
	                  getenv("TERM"));
}

static bool can_place_cursor(void)
{
	const char *cup = tigetstr("cup");

	return cup && cup != (const char *)-1;
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

static struct termios modes; /* before newterm, which sends nothing till its end */

static void give_back_modes(void)
{
	tcsetattr(STDIN_FILENO, TCSADRAIN, &modes);
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

	tcgetattr(STDIN_FILENO, &modes);
	fatal_hook = give_back_modes;
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
	t = mem_alloc(sizeof *t);
	set_escdelay(50);
	t->screen = open_screen();
	if (!t->screen || !can_place_cursor() || !open_pipe()) {
		*why = not_usable();
		if (t->screen) {
			endwin();
			delscreen(t->screen);
		}
		mem_guard_end();
		fatal_hook = NULL;
		free(t);
		return NULL;
	}
	fatal_hook = give_back;
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
	catch_signals(t);
	send("\033[?2004h");
	return t;
}

void term_close(struct term *t)
{
	if (!t)
		return;
	fatal_hook = NULL;
	give_back();
	sigaction(SIGWINCH, &t->old_winch, NULL);
	sigaction(SIGHUP, &t->old_hup, NULL);
	sigaction(SIGTERM, &t->old_term, NULL);
	sigaction(SIGINT, &t->old_int, NULL);
	delscreen(t->screen);
	close(wake[0]);
	close(wake[1]);
	wake[0] = wake[1] = -1;
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
	refresh();
}

void term_repaint(struct term *t)
{
	(void)t;
	clearok(curscr, TRUE);
	refresh();
}

void term_suspend(struct term *t)
{
	(void)t;
	give_back();
	raise(SIGSTOP);
	send("\033[?2004h");
	clearok(curscr, TRUE);
	refresh();
	resized = 1; /* it may have been, meanwhile */
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

/* A paste is read from the terminal itself: through curses it would cost forty
 * times as much (FACTS, terminal input). */
static struct event paste_event(void)
{
	struct event e = { .kind = EVENT_PASTE };
	struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };
	bool too_long = false;
	size_t ending = 0; /* bytes of PASTE_ENDS that have come */
	struct buf text;
	char c;

	buf_init(&text);
	/* What is too long is read to its end all the same: not one byte of a
	 * paste may become a key. */
	while (ending < strlen(PASTE_ENDS) && poll(&in, 1, 1000) > 0 &&
	       read(STDIN_FILENO, &c, 1) == 1) {
		ending = c == PASTE_ENDS[ending] ? ending + 1
		                                 : c == PASTE_ENDS[0];
		too_long |= text.len == PASTE_MAX;
		if (!too_long)
			buf_add_byte(&text, c);
	}
	if (ending == strlen(PASTE_ENDS) && !too_long) {
		text.len -= ending;
		text.s[text.len] = '\0';
	}
	if (too_long || !text_is_utf8(text.s, text.len))
		buf_clear(&text);
	e.text = text.s;
	return e;
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

static struct event resize_event(void)
{
	struct winsize size;

	resized = 0;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 &&
	    size.ws_col > 0) {
		/* curses counts in short, and breaks where it has no memory;
		 * resizeterm would put KEY_RESIZE into the keys */
		resize_term(size.ws_row < SIZE_MOST ? size.ws_row : SIZE_MOST,
		            size.ws_col < SIZE_MOST ? size.ws_col : SIZE_MOST);
		clearok(curscr, TRUE); /* terminals move lines about meanwhile */
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

/* Wait until there is something to read. Sets *GONE where the terminal has hung
 * up: what it sent before may still be read, and nothing after. */
static void wait_for_input(int milliseconds, bool *gone)
{
	struct pollfd fds[] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = wake[0], .events = POLLIN },
	};
	char drain[64];

	if (poll(fds, 2, milliseconds) < 0) {
		*gone = errno != EINTR;
		return;
	}
	while (read(wake[0], drain, sizeof drain) > 0)
		;
	*gone = fds[0].revents & (POLLHUP | POLLERR | POLLNVAL);
}

struct event term_read(struct term *t, int milliseconds)
{
	bool waited = false, gone = false;

	for (;;) {
		struct event e;
		int code;

		if (leaving)
			return (struct event){ .kind = EVENT_LEAVE };
		if (resized)
			return resize_event();
		code = getch();
		if (code != ERR) {
			e = code_event(t, code);
			if (e.kind != EVENT_NONE)
				return e;
			continue;
		}
		if (gone)
			return (struct event){ .kind = EVENT_LEAVE };
		if (waited)
			return (struct event){ .kind = EVENT_NONE };
		wait_for_input(milliseconds, &gone);
		waited = milliseconds >= 0;
	}
}
