/* SPDX-License-Identifier: MIT
 *
 * only_text text|csv|terminal: is standard input what kakuninsho may send?
 *
 * Text is UTF-8 and LF and nothing that is not seen: no control, no format, no
 * line separator. A csv may also begin with a BOM and hold CR and tabs. A
 * terminal may also be sent what curses uses and a question, and no other
 * sequence. It says where the first fault is; exit code 1.
 *
 * It stands on Unicode's properties and on nothing of kakuninsho's, so that the
 * two can disagree.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

static char *read_all(size_t *n)
{
	size_t room = 1 << 16;
	char *bytes = malloc(room);
	size_t got;

	*n = 0;
	while (bytes && (got = fread(bytes + *n, 1, room - *n - 1, stdin)) > 0) {
		*n += got;
		if (room - *n < 2)
			bytes = realloc(bytes, room *= 2);
	}
	if (!bytes)
		exit(99);
	bytes[*n] = '\0';
	return bytes;
}

#define CURSOR_ASKED "\033[6n" /* where it stands, at start */

/* Bytes of what curses, in an xterm-256color, sends at S, or of the one question that
 * is asked; 0 if it is neither. */
static size_t curses_sequence(const char *s)
{
	size_t n = 2;

	if (strncmp(s, CURSOR_ASKED, strlen(CURSOR_ASKED)) == 0)
		return strlen(CURSOR_ASKED);
	if (strchr("\r\n\b\017", *s))
		return 1;
	if (*s != 033)
		return 0;
	if (s[1] == '(' && s[2] == 'B')
		return 3;
	if (s[1] && strchr("=>78M", s[1]))
		return 2;
	if (s[1] != '[')
		return 0;
	n += s[n] == '?';
	n += strspn(s + n, "0123456789;");
	return s[n] && strchr("ABCDGHJKLMPSTXZ@dhlmrt", s[n]) ? n + 1 : 0;
}

/* What is no character of its own stands behind one that is seen. */
static bool is_part(ucs4_t c, ucs4_t before)
{
	return (c == 0x200D || uc_is_property_variation_selector(c)) &&
	       before > ' ' && before != 0x3000;
}

static bool is_seen(ucs4_t c)
{
	return !uc_is_general_category(c, UC_CONTROL) &&
	       !uc_is_general_category(c, UC_FORMAT) &&
	       !uc_is_general_category(c, UC_LINE_SEPARATOR) &&
	       !uc_is_general_category(c, UC_PARAGRAPH_SEPARATOR) &&
	       !uc_is_property_default_ignorable_code_point(c) &&
	       !uc_is_property_not_a_character(c);
}

int main(int argc, char *argv[])
{
	bool csv = argc == 2 && !strcmp(argv[1], "csv");
	bool terminal = argc == 2 && !strcmp(argv[1], "terminal");
	ucs4_t c, before = 0;
	size_t n, at = 0;
	char *s = read_all(&n);

	if (csv && n >= 3 && !memcmp(s, "\xEF\xBB\xBF", 3))
		at = 3;
	while (at < n) {
		size_t sent = terminal ? curses_sequence(s + at) : 0;
		int length = u8_mbtoucr(&c, (uint8_t *)s + at, n - at);

		if (!sent && length > 0 &&
		    (c == '\n' || (csv && (c == '\r' || c == '\t')) ||
		     is_part(c, before) || is_seen(c)))
			sent = (size_t)length;
		if (!sent) {
			printf("at byte %zu: U+%04X or no UTF-8, before: %.20s\n",
			       at, (unsigned)c, s + (at > 20 ? at - 20 : 0));
			return 1;
		}
		if (!terminal || length > 0)
			before = c;
		at += sent;
	}
	free(s);
	return 0;
}
