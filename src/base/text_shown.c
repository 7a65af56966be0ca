/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include <string.h>
#include <unictype.h>
#include <unigbrk.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/mark.h"
#include "base/mem.h"

#define U8(s) ((const uint8_t *)(s))

/* Seen for certain, without asking Unicode: nearly all of what people write. */
static bool is_plainly_seen(ucs4_t c)
{
	return (c >= 0x20 && c < 0x7F) || (c >= 0x3000 && c <= 0x3163) ||
	       (c >= 0x3165 && c <= 0xD7FF) || (c >= 0xFF01 && c <= 0xFF9F);
}

/* A blank that is no white space: BRAILLE PATTERN BLANK, MUSICAL SYMBOL NULL
 * NOTEHEAD. */
static bool is_blank_sign(ucs4_t c)
{
	return c == 0x2800 || c == 0x1D159;
}

static bool is_mongolian(ucs4_t c)
{
	return c >= 0x1800 && c <= 0x18AF;
}

/* What nobody would see, or what steers how the rest is seen. Not so the signs
 * that stand under or over the digits behind them (U+0600 ...), which are
 * formats by category only. */
static bool is_unseen(ucs4_t c)
{
	const uint32_t categories = UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Zl |
	                            UC_CATEGORY_MASK_Zp;

	return uc_is_general_category_withtable(c, categories) ||
	       uc_is_property_default_ignorable_code_point(c) ||
	       uc_is_property_not_a_character(c) || is_blank_sign(c) ||
	       (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Cf) &&
	        uc_graphemeclusterbreak_property(c) != GBP_PREPEND);
}

/* True where C, unseen by itself, belongs to the grapheme that BEFORE (0 where
 * that is none to belong to) is the end of: a variation selector behind its
 * base; a joiner between two pictures or behind a virama. */
static bool belongs(ucs4_t c, ucs4_t before, ucs4_t next)
{
	if (!before || uc_is_property_white_space(before))
		return false;
	if (uc_is_property_variation_selector(c))
		return !is_unseen(before) &&
		       (!is_mongolian(c) || is_mongolian(before));
	if (c != ZERO_WIDTH_JOINER)
		return false;
	if (uc_is_property_extended_pictographic(next))
		return uc_is_property_extended_pictographic(before) ||
		       is_mark(before);
	return uc_combining_class(before) == UC_CCC_VR &&
	       uc_is_general_category_withtable(next, UC_CATEGORY_MASK_L);
}

/* A text, a character at a time. */
struct walk {
	const uint8_t *p; /* the character */
	int n;            /* its bytes */
	ucs4_t c;         /* 0xFFFD where the byte is none */
	ucs4_t before;    /* what stands before it; 0 where that is hidden */
	bool hidden;
};

/* The character at P, 1 to 4 bytes; false where there is none. */
static bool character_at(const uint8_t *p, ucs4_t *c, int *n)
{
	*n = 1;
	*c = *p;
	if (*p < 0x80)
		return true;
	*n = u8_mbtoucr(c, p, strnlen((const char *)p, 4));
	if (*n > 0)
		return true;
	*n = 1;
	*c = 0xFFFD;
	return false;
}

/* On to the next character; false at the end. */
static bool walk_on(struct walk *w)
{
	ucs4_t next;
	bool is_one;
	int n;

	w->before = w->hidden ? 0 : w->c;
	w->p += w->n;
	if (!*w->p)
		return false;
	is_one = character_at(w->p, &w->c, &w->n);
	w->hidden = !is_one;
	if (is_one && !is_plainly_seen(w->c) && is_unseen(w->c)) {
		character_at(w->p + w->n, &next, &n);
		w->hidden = !belongs(w->c, w->before, next);
	}
	return true;
}

static bool is_line_end(ucs4_t c)
{
	return c == '\n' || c == '\r';
}

static bool is_separator(ucs4_t c)
{
	return c == '\v' || c == '\f' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static bool continues(uint8_t byte)
{
	return (byte & 0xC0) == 0x80;
}

/* Past what is seen for certain, nearly all of a text: ASCII, U+3000 to 313F and
 * 3180 to 9FFF. */
static const uint8_t *skip_seen(const uint8_t *p)
{
	for (;;) {
		bool japanese = (*p >= 0xE4 && *p <= 0xE9) ||
		                (*p == 0xE3 && p[1] != 0x85);

		if (*p >= 0x20 && *p < 0x7F)
			p++;
		else if (japanese && continues(p[1]) && continues(p[2]))
			p += 3;
		else
			return p;
	}
}

const char *text_find_hidden(const char *s)
{
	const uint8_t *p = U8(s);
	ucs4_t c, before, next;
	int n, m;

	for (; *(p = skip_seen(p)); p += n) {
		if (!character_at(p, &c, &n))
			return (const char *)p;
		if (is_line_end(c) || c == '\t' || is_plainly_seen(c) ||
		    !is_unseen(c))
			continue;
		character_at(p + n, &next, &m);
		if (!u8_prev(&before, p, U8(s)) || !belongs(c, before, next))
			return (const char *)p;
	}
	return NULL;
}

/* What stands for each; NULL: it stays. */
struct manner {
	const char *line_break;
	const char *separator; /* of lines, but LF and CR */
	const char *tab;
	const char *hidden;
};

static const char *stand_in(const struct manner *m, const struct walk *w)
{
	if (!w->hidden)
		return NULL;
	return is_line_end(w->c)  ? m->line_break
	     : is_separator(w->c) ? m->separator
	     : w->c == '\t'       ? m->tab : m->hidden;
}

static char *shown(const char *s, struct manner manner)
{
	struct walk w = { .p = U8(s) };
	const uint8_t *from = w.p; /* what is still to be copied begins there */
	struct buf out;

	if (!*skip_seen(w.p))
		return mem_strdup(s);
	buf_init(&out);
	while (walk_on(&w)) {
		const char *instead = stand_in(&manner, &w);

		if (!instead)
			continue;
		buf_add_bytes(&out, (const char *)from, (size_t)(w.p - from));
		if (w.c != '\r' || w.p[1] != '\n') /* CRLF is one */
			buf_add(&out, instead);
		from = w.p + w.n;
	}
	buf_add(&out, (const char *)from);
	return out.s;
}

char *text_mark_hidden(const char *s)
{
	return shown(s, (struct manner){ NULL, TEXT_MARK, NULL, TEXT_MARK });
}

char *text_one_line(const char *s)
{
	return shown(s, (struct manner){ " ", TEXT_MARK, " ", TEXT_MARK });
}

char *text_in_lines(const char *s)
{
	return shown(s, (struct manner){ "\n", TEXT_MARK, " ", TEXT_MARK });
}

char *text_from_bytes(const char *s)
{
	return shown(s, (struct manner){ TEXT_MARK, TEXT_MARK, TEXT_MARK,
	                                 TEXT_MARK });
}

char *text_typed(const char *s, bool many_lines)
{
	const char *line_break = many_lines ? "\n" : " ";

	return shown(s, (struct manner){ line_break, line_break, " ", "" });
}

char *text_message(const char *s)
{
	const size_t head = TEXT_LONGEST_MESSAGE * 2 / 3;
	const size_t tail = TEXT_LONGEST_MESSAGE - head - strlen("…");
	size_t length = strlen(s), from = 0, to;

	if (length <= TEXT_LONGEST_MESSAGE)
		return mem_strdup(s);
	to = length - tail;
	while (to < length && (s[to] & 0xC0) == 0x80)
		to++;
	for (size_t i = 1; i <= head; i++)
		if ((s[i] & 0xC0) != 0x80)
			from = i;
	return buf_format("%.*s…%s", (int)from, s, s + to);
}
