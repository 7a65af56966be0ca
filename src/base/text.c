/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unigbrk.h>
#include <unilbrk.h>
#include <uninorm.h>
#include <unistr.h>
#include <uniwidth.h>

#include "base/ambiguous.h"
#include "base/buf.h"
#include "base/mark.h"
#include "base/mem.h"

#define U8(s) ((const uint8_t *)(s))

/* Three bytes of which any may follow the first: most of Japanese. */
static bool is_plain_triple(const uint8_t *p)
{
	return p[0] >= 0xE1 && p[0] <= 0xEC && (p[1] & 0xC0) == 0x80 &&
	       (p[2] & 0xC0) == 0x80;
}

/* u8_check would do, but takes half as long again. */
bool text_is_utf8(const char *bytes, size_t length)
{
	const uint8_t *p = U8(bytes), *end = p + length;
	ucs4_t c;
	int n;

	for (;;) {
		while (p < end && *p < 0x80 && *p)
			p++;
		while (end - p >= 3 && is_plain_triple(p))
			p += 3;
		if (p == end)
			return true;
		n = u8_mbtoucr(&c, p, (size_t)(end - p));
		if (n <= 0 || !c)
			return false;
		p += n;
	}
}

/* --- Normalisation --- */

struct range {
	ucs4_t first;
	ucs4_t last; /* 0: no more ranges */
};

/* CJK Compatibility Ideographs and their supplement, which are kept. */
static const struct range kept[] = {
	{ 0xF900, 0xFAFF },
	{ 0x2F800, 0x2FA1F },
	{ 0, 0 },
};

/* What every normal Japanese text is made of: none of these changes, none
 * combines with what stands before it, so a text of them is in NFC. */
static const struct range plain_in_nfc[] = {
	{ 0x0000, 0x02FF },   /* Latin */
	{ 0x3000, 0x3029 },   /* punctuation, up to the tone marks */
	{ 0x3030, 0x3098 },   /* hiragana, up to the combining marks */
	{ 0x309B, 0xA48F },   /* katakana, squares, ideographs, Yi */
	{ 0xFF00, 0xFFEF },   /* full-width and half-width forms */
	{ 0x2010, 0x20CF },   /* punctuation, super- and subscripts, currency */
	{ 0x2190, 0x2328 },   /* arrows, mathematics, up to the brackets */
	{ 0x232B, 0x2ADB },   /* ruled lines, circled digits, shapes */
	{ 0xAC00, 0xD7A3 },   /* hangul syllables */
	{ 0xF900, 0xFAFF },   /* ideographs that are kept */
	{ 0x1F000, 0x1FAFF }, /* emoji */
	{ 0x20000, 0x2FA1F }, /* more ideographs, those that are kept too */
	{ 0, 0 },
};

/* The same for NFKC, which changes more. */
static const struct range plain_in_nfkc[] = {
	{ 0x0000, 0x007F }, { 0x3001, 0x3029 }, { 0x3041, 0x3096 },
	{ 0x30A1, 0x30FE }, { 0x3400, 0x9FFF }, { 0x20000, 0x2F7FF },
	{ 0, 0 },
};

static bool is_in(ucs4_t c, const struct range *ranges)
{
	for (; ranges->last; ranges++) {
		if (c >= ranges->first && c <= ranges->last)
			return true;
	}
	return false;
}

/* u8_normalize is dear, and nearly all texts are normal. */
static bool is_all_in(const char *s, const struct range *ranges)
{
	const uint8_t *p = U8(s);
	ucs4_t c;

	while ((p = u8_next(&c, p))) {
		if (!is_in(c, ranges))
			return false;
	}
	return true;
}

static void add_normalized(struct buf *b, uninorm_t form, const char *s,
                           size_t length)
{
	uint8_t *normal;
	size_t n;

	if (!length) /* it would give NULL */
		return;
	normal = mem_must(u8_normalize(form, U8(s), length, NULL, &n));
	buf_add_bytes(b, (const char *)normal, n);
	free(normal);
}

/* What is kept neither combines nor is reordered, so that what stands between is
 * normalised by itself. */
char *text_nfc(const char *s)
{
	struct buf b;
	const uint8_t *p = U8(s), *next;
	ucs4_t c;

	if (is_all_in(s, plain_in_nfc))
		return mem_strdup(s);
	buf_init(&b);
	for (; (next = u8_next(&c, p)); p = next) {
		if (!is_in(c, kept))
			continue;
		add_normalized(&b, UNINORM_NFC, s, (size_t)((const char *)p - s));
		buf_add_bytes(&b, (const char *)p, (size_t)(next - p));
		s = (const char *)next;
	}
	add_normalized(&b, UNINORM_NFC, s, strlen(s));
	return b.s;
}

char *text_nfkc(const char *s)
{
	struct buf b;

	if (is_all_in(s, plain_in_nfkc))
		return mem_strdup(s);
	buf_init(&b);
	add_normalized(&b, UNINORM_NFKC, s, strlen(s));
	return b.s;
}

/* --- Finding --- */

/* What C counts as where texts are searched. */
static ucs4_t folded(ucs4_t c)
{
	ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];

	if (c >= 0xFF01 && c <= 0xFF5E)
		c -= 0xFF01 - '!';
	if (c >= 'A' && c <= 'Z')
		return c - 'A' + 'a';
	if (c < 0xF900) /* nearly all that people write */
		return c == 0x3000 ? ' ' : c;
	return is_in(c, kept) && uc_canonical_decomposition(c, parts) == 1
		? parts[0] : c;
}

/* Bytes of S, at its beginning, that count as WORDS; 0 if none do. */
static size_t begins_with(const uint8_t *s, const uint8_t *words)
{
	const uint8_t *p = s;
	ucs4_t a, b;

	while ((words = u8_next(&b, words))) {
		p = u8_next(&a, p);
		if (!p || (a != b && folded(a) != folded(b)))
			return 0;
	}
	return (size_t)(p - s);
}

const char *text_find(const char *s, const char *words, size_t *length)
{
	return text_find_within(s, SIZE_MAX, words, length);
}

const char *text_find_within(const char *s, size_t most, const char *words,
                             size_t *length)
{
	const uint8_t *p = U8(s), *next;
	ucs4_t c, first = 0;

	u8_next(&first, U8(words));
	first = folded(first);
	for (; (size_t)(p - U8(s)) < most && (next = u8_next(&c, p)); p = next) {
		if (folded(c) != first)
			continue;
		*length = begins_with(p, U8(words));
		if (*length)
			return (const char *)p;
	}
	return NULL;
}

/* --- Ends --- */

static const uint8_t *skip_white_space(const uint8_t *p)
{
	const uint8_t *next;
	ucs4_t c;

	/* Mostly there is none, and that is seen at once. */
	while (*p && (*p <= ' ' || *p >= 0x80) && (next = u8_next(&c, p)) &&
	       uc_is_property_white_space(c))
		p = next;
	return p;
}

bool text_is_blank(const char *s)
{
	return !*skip_white_space(U8(s));
}

char *text_trim(const char *s)
{
	const uint8_t *start = skip_white_space(U8(s));
	const uint8_t *end = start + strlen((const char *)start);
	const uint8_t *before;
	ucs4_t c;

	while ((before = u8_prev(&c, end, start)) &&
	       uc_is_property_white_space(c))
		end = before;
	return mem_strndup((const char *)start, (size_t)(end - start));
}

bool text_has_prefix(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool text_has_suffix(const char *s, const char *suffix)
{
	size_t n = strlen(s);
	size_t tail = strlen(suffix);

	return n >= tail && strcmp(s + n - tail, suffix) == 0;
}

/* --- Graphemes and columns --- */

/* Bytes of the character at S where it is one of those that nearly all of Japanese
 * is made of: ASCII, which has one column, or U+3000 to U+3029, kana, U+4E00 to
 * U+9FFF and U+FF00 to U+FF3F, which have two. All of them are graphemes by
 * themselves. 0 where it is another, or a control. */
static size_t usual_character(const char *s)
{
	const uint8_t *p = U8(s);

	if (p[0] < 0x7F)
		return p[0] >= ' ';
	switch (p[0]) {
	case 0xE3:
		if (p[1] == 0x80) /* behind these come tone marks */
			return p[2] <= 0xA9 ? 3 : 0;
		if (p[1] == 0x82 && (p[2] == 0x99 || p[2] == 0x9A))
			return 0; /* the combining (semi-)voiced sound marks */
		return p[1] <= 0x83 ? 3 : 0;
	case 0xE4:
		return p[1] >= 0xB8 ? 3 : 0;
	case 0xE5: case 0xE6: case 0xE7: case 0xE8: case 0xE9:
		return 3;
	case 0xEF:
		return p[1] == 0xBC ? 3 : 0;
	}
	return 0;
}

static bool is_half_flag(ucs4_t c)
{
	return c >= 0x1F1E6 && c <= 0x1F1FF;
}

bool is_mark(uint32_t c)
{
	int property = uc_graphemeclusterbreak_property(c);

	return property == GBP_EXTEND || property == GBP_ZWJ;
}

/* libunistring's own u8_grapheme_next looks at two characters and no further
 * before version 1.4.1, so it takes flags and families of emoji apart (rules
 * GB11 and GB12). */
static size_t any_grapheme(const char *s)
{
	ucs4_t c, next;
	const uint8_t *p = u8_next(&c, U8(s));
	const uint8_t *after;
	ucs4_t base; /* what a joiner may join: the last that is no mark */
	bool half_flag;

	if (!p)
		return 0;
	base = c;
	half_flag = is_half_flag(c);
	for (; (after = u8_next(&next, p)); p = after) {
		if (is_half_flag(c) && is_half_flag(next)) {
			if (!half_flag)
				break;
		} else if (c == ZERO_WIDTH_JOINER &&
		           uc_is_property_extended_pictographic(next)) {
			if (!uc_is_property_extended_pictographic(base))
				break;
		} else if (uc_is_grapheme_break(c, next)) {
			break;
		}
		half_flag = is_half_flag(next) && !half_flag;
		if (!is_mark(next) || c == ZERO_WIDTH_JOINER)
			base = next;
		c = next;
	}
	return (size_t)(p - U8(s));
}

size_t text_grapheme(const char *s)
{
	size_t n = usual_character(s);

	return n && (!s[n] || usual_character(s + n)) ? n : any_grapheme(s);
}

size_t text_count_graphemes(const char *s, size_t length)
{
	size_t n = 0;

	for (size_t i = 0; i < length && s[i]; n++)
		i += text_grapheme(s + i);
	return n;
}

/* Those of usual_character that have two columns. */
static bool is_usual_japanese(ucs4_t c)
{
	return (c >= 0x3000 && c <= 0x3029) ||
	       (c >= 0x3040 && c <= 0x30FF && c != 0x3099 && c != 0x309A) ||
	       (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xFF00 && c <= 0xFF3F);
}

/* Latin, Greek, arrows, ruled lines: what curses asks of, whatever is shown, and
 * would have 60 KB of libunistring's tables come into memory for. */
static bool is_surely_narrow(ucs4_t c)
{
	return (c >= 0xAE && c <= 0x3FF && (c < 0x300 || c > 0x390)) ||
	       (c >= 0xA1 && c <= 0xAC) || (c >= 0x2190 && c <= 0x22FF) ||
	       (c >= 0x23A0 && c <= 0x23E8) || (c >= 0x2500 && c <= 0x25FC) ||
	       (c >= 0x25FF && c <= 0x2613);
}

int text_character_columns(uint32_t c, enum text_width width)
{
	int columns = width == TEXT_DOUBLE_BYTE ? uc_width(c, "EUC-JP")
	            : is_usual_japanese(c)  ? 2
	            : is_surely_narrow(c)   ? 1 : uc_width(c, "UTF-8");

	return columns == 1 && width == TEXT_WIDE && is_ambiguous(c) ? 2
	                                                            : columns;
}

size_t text_columns(const char *s, size_t length, enum text_width width)
{
	size_t columns = 0, at = 0, n;

	while (at < length) {
		ucs4_t c;
		int more;

		if ((n = usual_character(s + at))) {
			columns += n == 1 ? 1 : 2;
			at += n;
			continue;
		}
		at += (size_t)u8_mbtouc(&c, U8(s + at), length - at);
		more = c ? text_character_columns(c, width) : 0;
		columns += more > 0 ? (size_t)more : 0;
	}
	return columns;
}

/* --- Lines --- */

struct wrapper {
	const char *s;
	char *breaks; /* for each byte of S, UC_BREAK_…; NULL: not needed yet */
	size_t columns; /* of this line, */
	size_t rest;    /* and of those behind it */
	enum text_width width;
	struct text_lines *lines;
	size_t cap;
};

static bool is_digit(ucs4_t c)
{
	return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
}

static bool is_digit_separator(ucs4_t c)
{
	return c == ',' || c == '.' || c == 0xFF0C || c == 0xFF0E;
}

static bool is_dash(ucs4_t c)
{
	return c == 0x2014 || c == 0x2015;
}

/* UAX #14 keeps 12,345 together, but not its full-width form; that no line
 * begins with a comma it sees to itself. Nor does it keep ―― together where that is
 * wide, or is written with two different ones. */
static void glue(const char *s, size_t length, char *breaks)
{
	const uint8_t *p = U8(s), *end = p + length;
	const uint8_t *next;
	ucs4_t before = 0; /* the character before P, and the one before that */
	ucs4_t before_that = 0;
	ucs4_t c;

	for (; p < end && (next = u8_next(&c, p)); p = next) {
		if ((is_digit(c) &&
		     (is_digit(before) ||
		      (is_digit_separator(before) && is_digit(before_that)))) ||
		    (is_dash(c) && is_dash(before)))
			breaks[p - U8(s)] = UC_BREAK_PROHIBITED;
		before_that = before;
		before = c;
	}
}

/* Bytes of the space that ends at END, of those that may hang over a line's
 * end; 0 if there is none. */
static size_t space_before(const char *s, size_t start, size_t end)
{
	if (end - start >= 1 && s[end - 1] == ' ')
		return 1;
	if (end - start >= 3 && memcmp(s + end - 3, "　", 3) == 0)
		return 3;
	return 0;
}

static void add_line(struct wrapper *w, size_t start, size_t end)
{
	struct text_lines *lines = w->lines;

	lines->items = mem_room(lines->items, lines->n, &w->cap,
	                        sizeof *lines->items);
	lines->items[lines->n++] = (struct text_line){ start, end - start };
	w->columns = w->rest;
}

static void add_broken_line(struct wrapper *w, size_t start, size_t end)
{
	size_t n;

	while ((n = space_before(w->s, start, end)))
		end -= n;
	add_line(w, start, end);
}

static void wrap_paragraph(struct wrapper *w, size_t start, size_t end)
{
	size_t pos = start;
	size_t used = 0;    /* columns from START to POS */
	size_t cut = start; /* the last good place to break; START: none */
	size_t fits = start; /* the end of what the line has room for */
	bool empty = true;  /* nothing but spaces so far */

	size_t usual = usual_character(w->s + pos);

	while (pos < end) {
		size_t next = usual ? usual_character(w->s + pos + usual) : 0;
		bool is_one = next || (usual && pos + usual == end);
		size_t n = is_one ? usual : text_grapheme(w->s + pos);
		size_t columns = is_one ? (n > 1 ? 2 : 1)
		                        : text_columns(w->s + pos, n, w->width);
		bool space = space_before(w->s, pos, pos + n) == n;

		if (!empty && w->breaks[pos] == UC_BREAK_POSSIBLE)
			cut = pos;
		if (!space && pos > start && used + columns > w->columns) {
			if (cut == start)
				cut = pos;
			add_broken_line(w, start, cut);
			start = pos = fits = cut;
			usual = usual_character(w->s + pos);
			used = 0;
			empty = true;
			continue;
		}
		pos += n;
		usual = is_one ? next : usual_character(w->s + pos);
		used += columns;
		empty = empty && space;
		if (!space || used <= w->columns)
			fits = pos;
	}
	add_line(w, start, fits);
}

/* Bytes of the line break at byte I; 0 if there is none. */
static size_t line_break_at(const char *s, const char *breaks, size_t i)
{
	if (s[i] == '\r')
		return s[i + 1] == '\n' ? 2 : 1;
	return breaks[i] == UC_BREAK_MANDATORY ? text_grapheme(s + i) : 0;
}

/* The encoding by whose habits libunistring breaks lines of each width. */
static const char *const encodings[] = {
	[TEXT_NARROW] = "UTF-8",
	[TEXT_WIDE] = "EUC-JP",
	[TEXT_DOUBLE_BYTE] = "EUC-JP",
};

/* True where what stands from START up to before END is one line, as is seen
 * without asking Unicode where it may be broken: most of what people write is. */
static bool is_short(const struct wrapper *w, size_t start, size_t end)
{
	size_t used = 0, n;

	for (size_t at = start; at < end; at += n) {
		n = usual_character(w->s + at);
		used += n > 1 ? 2 : 1;
		if (!n || used > w->columns)
			return false;
	}
	return true;
}

/* What stands from START up to before END, without LF. */
static void wrap_between(struct wrapper *w, size_t start, size_t end)
{
	size_t length = end - start;

	if (is_short(w, start, end)) {
		add_line(w, start, end);
		return;
	}
	if (!w->breaks)
		w->breaks = mem_alloc(strlen(w->s));
	u8_possible_linebreaks(U8(w->s + start), length, encodings[w->width],
	                       w->breaks + start);
	glue(w->s + start, length, w->breaks + start);
	for (size_t i = start; i < end; i++) {
		size_t n = line_break_at(w->s, w->breaks, i);

		if (!n)
			continue;
		wrap_paragraph(w, start, i);
		start = i + n;
		i = start - 1;
	}
	wrap_paragraph(w, start, end);
}

void text_wrap_after(const char *s, size_t first, size_t columns,
                     enum text_width width, struct text_lines *lines)
{
	struct wrapper w = { s, NULL, first, columns, width, lines, 0 };
	const char *from = s, *end;

	*lines = (struct text_lines){ NULL, 0 };
	do {
		end = strchrnul(from, '\n');
		wrap_between(&w, (size_t)(from - s), (size_t)(end - s) -
		             (*end && end > from && end[-1] == '\r'));
		from = end + 1;
	} while (*end);
	free(w.breaks);
}

void text_wrap(const char *s, size_t columns, enum text_width width,
               struct text_lines *lines)
{
	text_wrap_after(s, columns, columns, width, lines);
}

void text_lines_release(struct text_lines *lines)
{
	free(lines->items);
	*lines = (struct text_lines){ NULL, 0 };
}
