/* text.h - UTF-8 as people see it: graphemes, columns, lines
 *
 * Built on libunistring. Texts are valid UTF-8, NUL-terminated; lengths are
 * bytes unless a name says graphemes or columns.
 *
 * Columns are summed a code point at a time, as terminals do. What Unicode
 * calls ambiguous (※ ① ─ …; UAX #11) is one column or two, as the terminal or
 * the reader's encoding has it: that is enum text_width.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum text_width {
	TEXT_NARROW,      /* ambiguous characters are 1 column: UTF-8 */
	TEXT_WIDE,        /* 2 columns, as xterm -cjk_width draws them */
	TEXT_DOUBLE_BYTE, /* what is no single byte has 2, ¢ £ ¬ too: CP932, EUC-JP */
};

bool text_is_utf8(const char *bytes, size_t length); /* a NUL is no text */

/* S in Normalization Form C (UAX #15), a new string: what people type and keep.
 *
 * But CJK compatibility ideographs (U+F900-FAFF, U+2F800-2FA1F: 神 U+FA19, 社
 * U+FA4C …) stay as they are. They stand in people's and companies' names, and
 * in CP932 (NEC and IBM extensions); each normalization form would replace them by
 * the unified ideographs they are variants of (神 U+795E), for good, and that they
 * are safe only where nothing is normalised is known: L2/12-095R, which gave them
 * variation sequences instead (Unicode 6.3; The Unicode Standard, 23.4), such as
 * CP932 has none of. */
char *text_nfc(const char *s);

/* S in Form KC, a new string: what is read as a date, a number or a choice, and
 * never kept. */
char *text_nfkc(const char *s);

/* The first place in S where WORDS stand, and the *LENGTH of what stands there, in
 * bytes; NULL if there is none or WORDS is empty. Capital or small, full-width or
 * half-width (of ASCII), a compatibility ideograph or its unified one: all that
 * counts as the same. */
const char *text_find(const char *s, const char *words, size_t *length);
/* The same, but it begins in the first MOST bytes of S, and may end behind them. */
const char *text_find_within(const char *s, size_t most, const char *words,
                             size_t *length);

bool text_is_blank(const char *s); /* empty or white space only, U+3000 too */
char *text_trim(const char *s);    /* a new string without white space around */
bool text_has_prefix(const char *s, const char *prefix);
bool text_has_suffix(const char *s, const char *suffix);

/* Bytes of the grapheme at S (UAX #29); 0 at the end. */
size_t text_grapheme(const char *s);

/* How many graphemes begin in the first LENGTH bytes of S. */
size_t text_count_graphemes(const char *s, size_t length);

/* Columns of the character C; -1 of a control character. */
int text_character_columns(uint32_t c, enum text_width width);

/* Columns of the first LENGTH bytes of S. Control characters count 0. */
size_t text_columns(const char *s, size_t length, enum text_width width);

struct text_line {
	size_t start; /* bytes from the beginning of the text */
	size_t length; /* without the line break or the spaces it broke at */
};

struct text_lines {
	struct text_line *items;
	size_t n;
};

/* Break S into lines of at most COLUMNS columns by Japanese rules (UAX #14
 * strict, as libunistring has it): no line begins with 、。」 ゃ ッ ー or ends with
 * 「; a run of digits, full-width too, stays whole, and so do １，０００ and ――. What is
 * longer than a line is broken between graphemes; a grapheme wider than one
 * stands alone.
 *
 * A line break in S (LF, CR, CRLF, NEL, U+2028 …) is one, so an empty S is one
 * empty line and "a\n" two lines. Spaces, U+3000 too, may hang over a line's
 * end: where a line is broken they belong to none. Those at the beginning of a
 * paragraph stay, and those at its end as far as they fit.
 *
 * COLUMNS is at least 2. Release with text_lines_release. */
void text_wrap(const char *s, size_t columns, enum text_width width,
               struct text_lines *lines);
/* The same, but the first line has FIRST columns. */
void text_wrap_after(const char *s, size_t first, size_t columns,
                     enum text_width width, struct text_lines *lines);
void text_lines_release(struct text_lines *lines);

/* --- What is shown is text -------------------------------------------------
 *
 * Whatever comes from outside, a file, a file's name, an argument, a paste, goes
 * through one of these before it reaches a terminal, a message, the sheet, a
 * record or a pipe. None asks that S be UTF-8; all give a new string that is.
 *
 * Hidden is what would not be seen, or would change how the rest is seen: a byte
 * that is no UTF-8; C0 and C1 controls, DEL, line separators (U+0085, 2028, 2029,
 * VT, FF); what Unicode calls default ignorable (bidirectional controls, zero
 * width and other invisible characters, soft hyphen, fillers, tags) or a format,
 * noncharacters, and signs that are blank (U+2800). Not hidden are a variation
 * selector behind its base (Mongolian's own ones: behind Mongolian) and a
 * joiner inside a grapheme (names and emoji need them), private use (外字), and
 * what Unicode has not assigned yet.
 *
 * It is marked with the 〓 that Japanese printers set for a character they do not
 * have: seen in every font, two columns everywhere, and in CP932 and EUC-JP, where
 * U+FFFD is not. */
#define TEXT_MARK "〓"

/* The first hidden character of S but for tab, CR and LF; NULL if there is none. */
const char *text_find_hidden(const char *s);

char *text_mark_hidden(const char *s); /* tab, CR and LF stay: a file's text */
char *text_in_lines(const char *s);    /* line breaks are LF, tabs are spaces */
char *text_one_line(const char *s);    /* both are spaces */
char *text_from_bytes(const char *s);  /* both are marked too: a file's name */

/* S where it has no more than TEXT_LONGEST_MESSAGE bytes, else its beginning and
 * its end: what a message quotes may be a megabyte. A new string. */
#define TEXT_LONGEST_MESSAGE 600
char *text_message(const char *s);

/* S as somebody typed or pasted it: what is hidden came by mistake, and goes. Tabs
 * are spaces; line breaks, of whatever kind, LF or, unless MANY_LINES, spaces. */
char *text_typed(const char *s, bool many_lines);

#endif
