/* SPDX-License-Identifier: MIT */
#include "out/encoder.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "record/check.h"

/* What no Japanese encoding has, whatever iconv says: ¥, ‾ and C1 controls. */
static bool is_never_kept(uint32_t c)
{
	return c == 0x00A5 || c == 0x203E || (c >= 0x80 && c < 0xA0);
}

/* Which of two characters each family of encodings has. */
static const struct {
	uint32_t jis, microsoft;
} pairs[] = {
	{ 0x301C, 0xFF5E }, /* 〜 ～ */
	{ 0x2212, 0xFF0D }, /* − － */
	{ 0x2016, 0x2225 }, /* ‖ ∥ */
	{ 0x00A2, 0xFFE0 }, /* ¢ ￠ */
	{ 0x00A3, 0xFFE1 }, /* £ ￡ */
	{ 0x00AC, 0xFFE2 }, /* ¬ ￢ */
};

/* Which one all of them have. */
static const struct {
	uint32_t character, by;
} always[] = {
	{ 0x2014, 0x2015 }, /* — ― */
	{ 0x00C5, 0x212B }, /* Å Å */
};

/* --- what is from where ------------------------------------------------- */

void origins_add(struct origins *o, const struct buf *text, int row)
{
	if (!o)
		return;
	o->items = mem_room(o->items, o->n, &o->cap, sizeof *o->items);
	o->items[o->n++] = (struct origin){ text->len, row };
}

void origins_release(struct origins *o)
{
	free(o->items);
	*o = (struct origins){0};
}

/* --- converting --------------------------------------------------------- */

/* The *N bytes at *FROM through CD to the end of OUT; NULL: what brings it back to
 * its first state. */
static bool pump(iconv_t cd, char **from, size_t *n, struct buf *out)
{
	char chunk[4096];

	for (;;) {
		char *to = chunk;
		size_t left = sizeof chunk;
		bool done, full;

		errno = 0;
		done = iconv(cd, from, n, &to, &left) != (size_t)-1;
		full = !done && errno == E2BIG;
		buf_add_bytes(out, chunk, sizeof chunk - left);
		if (!full)
			return done;
	}
}

static bool convert(iconv_t cd, const char *s, size_t n, struct buf *out)
{
	char *from = (char *)s;

	iconv(cd, NULL, NULL, NULL, NULL);
	return pump(cd, &from, &n, out) && pump(cd, NULL, NULL, out);
}

struct encoder {
	const struct encoding_facts *facts;
	iconv_t to, back;
	struct encoded *result;
	size_t cap; /* of result->lost */
	struct buf there, again; /* of one character */
};

/* True where the N bytes of S come back as they are; BYTES is what they are. */
static bool comes_back(struct encoder *e, const char *s, size_t n,
                       struct buf *bytes, struct buf *again)
{
	buf_clear(bytes);
	buf_clear(again);
	return convert(e->to, s, n, bytes) &&
	       convert(e->back, bytes->s, bytes->len, again) &&
	       again->len == n && memcmp(again->s, s, n) == 0;
}

static bool is_kept(struct encoder *e, uint32_t c)
{
	uint8_t s[6];
	int n = u8_uctomb(s, c, sizeof s);

	return c < 0x80 || (!is_never_kept(c) && n > 0 &&
	                    comes_back(e, (char *)s, (size_t)n, &e->there,
	                               &e->again));
}

/* What is written for C. */
static uint32_t written(const struct encoder *e, uint32_t c)
{
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (c == pairs[i].jis || c == pairs[i].microsoft)
			return e->facts->microsoft ? pairs[i].microsoft
			                           : pairs[i].jis;
	for (size_t i = 0; i < sizeof always / sizeof *always; i++)
		if (c == always[i].character)
			return always[i].by;
	return c;
}

static void count_swapped(struct encoded *result, uint32_t c, uint32_t by)
{
	size_t i = 0;

	while (i < result->n_swapped && result->swapped[i].character != c)
		i++;
	if (i == result->n_swapped)
		result->swapped[result->n_swapped++] =
			(struct swapped){ c, by, 0 };
	result->swapped[i].n++;
}

/* TEXT as it is to be written, at the end of OUT. False where that is no use, as
 * some of it is surely lost. */
static bool swap(struct encoder *e, const struct buf *text, struct buf *out)
{
	bool fine = true;
	size_t n;

	for (size_t at = 0; at < text->len; at += n) {
		ucs4_t c;
		uint8_t s[6];
		uint32_t by;

		n = (size_t)u8_mbtouc(&c, (const uint8_t *)text->s + at,
		                      text->len - at);
		by = c < 0x80 ? c : written(e, c);
		fine &= !is_never_kept(c);
		if (by == c) {
			buf_add_bytes(out, text->s + at, n);
			continue;
		}
		count_swapped(e->result, c, by);
		buf_add_bytes(out, (char *)s,
		              (size_t)u8_uctomb(s, by, sizeof s));
	}
	return fine;
}

/* --- what is lost ------------------------------------------------------- */

static void add_lost(struct encoder *e, int row, uint32_t c)
{
	struct encoded *r = e->result;

	r->lost = mem_room(r->lost, r->n_lost, &e->cap, sizeof *r->lost);
	r->lost[r->n_lost++] = (struct lost){ row, c, 1 };
}

static int by_row(const void *a, const void *b)
{
	const struct lost *x = a, *y = b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return x->character < y->character ? -1 : x->character > y->character;
}

/* Each character once a row. */
static void fold(struct encoded *r)
{
	size_t n = 0;

	qsort(r->lost, r->n_lost, sizeof *r->lost, by_row);
	for (size_t i = 0; i < r->n_lost; i++)
		if (n && by_row(&r->lost[n - 1], &r->lost[i]) == 0)
			r->lost[n - 1].n++;
		else
			r->lost[n++] = r->lost[i];
	r->n_lost = n;
}

static void find_lost(struct encoder *e, const struct buf *text,
                      const struct origins *origins)
{
	size_t i = 0, n;
	int row = -1;

	for (size_t at = 0; at < text->len; at += n) {
		ucs4_t c;

		for (; origins && i < origins->n && origins->items[i].at <= at;
		     i++)
			row = origins->items[i].row;
		n = (size_t)u8_mbtouc(&c, (const uint8_t *)text->s + at,
		                      text->len - at);
		if (!is_kept(e, written(e, c)))
			add_lost(e, row, c);
	}
	if (e->result->n_lost)
		fold(e->result);
}

/* --- the whole ---------------------------------------------------------- */

static void convert_text(struct encoder *e, const struct buf *text,
                         const struct origins *origins)
{
	struct buf swapped, again;

	buf_init(&swapped);
	buf_init(&again);
	buf_init(&e->there);
	buf_init(&e->again);
	if (!swap(e, text, &swapped) ||
	    !comes_back(e, swapped.s, swapped.len, &e->result->bytes, &again)) {
		buf_clear(&e->result->bytes);
		find_lost(e, text, origins);
	}
	buf_release(&e->there);
	buf_release(&e->again);
	buf_release(&again);
	buf_release(&swapped);
}

static void encode_legacy(const struct buf *text, const struct origins *origins,
                          enum encoding encoding, struct encoded *result)
{
	const struct encoding_facts *f = &encoding_facts[encoding];
	struct encoder e = {
		.facts = f,
		.to = iconv_open(f->iconv, "UTF-8"),
		.back = iconv_open("UTF-8", f->iconv),
		.result = result,
	};

	if (e.to == (iconv_t)-1 || e.back == (iconv_t)-1)
		result->why = encoding_no_converter(encoding);
	else
		convert_text(&e, text, origins);
	if (e.to != (iconv_t)-1)
		iconv_close(e.to);
	if (e.back != (iconv_t)-1)
		iconv_close(e.back);
}

/* B with its lines ended as WANTED and not as they are. In none of the encodings
 * is CR or LF a part of a character. */
static void change_line_ends(struct buf *b, enum line_end wanted)
{
	struct buf out;

	buf_init(&out);
	for (const char *s = b->s, *end = b->s + b->len; s < end; s++)
		if (*s == '\n' && wanted == LINE_END_CRLF)
			buf_add(&out, "\r\n");
		else if (*s != '\r' || s[1] != '\n')
			buf_add_byte(&out, *s);
	buf_release(b);
	*b = out;
}

void encode(const struct buf *text, const struct origins *origins,
            enum line_end has, const struct file_style *style,
            struct encoded *result)
{
	*result = (struct encoded){0};
	buf_init(&result->bytes);
	if (style->encoding == ENCODING_UTF8_BOM)
		buf_add(&result->bytes, "\xef\xbb\xbf");
	if (encoding_is_utf8(style->encoding))
		buf_add_bytes(&result->bytes, text->s, text->len);
	else
		encode_legacy(text, origins, style->encoding, result);
	if (has != style->line_end)
		change_line_ends(&result->bytes, style->line_end);
}

void encoded_release(struct encoded *e)
{
	buf_release(&e->bytes);
	free(e->lost);
	free(e->why);
}

bool encoded_fine(const struct encoded *e)
{
	return !e->n_lost && !e->why;
}

/* --- in words ----------------------------------------------------------- */

char *file_style_words(const struct file_style *style)
{
	return buf_format(_("%s、改行 %s"), encoding_title(style->encoding),
	                  style->line_end == LINE_END_LF ? "LF" : "CRLF");
}

/* 「〜」（U+301C）: a new string. */
static char *character_words(uint32_t c)
{
	uint8_t s[7];
	int n = u8_uctomb(s, c, 6);

	s[n > 0 ? n : 0] = '\0';
	return buf_format("「%s」（U+%04X）", (char *)s, (unsigned)c);
}

/* What ROW of R is called, in a line: a new string. */
static char *title_of(const struct record *r, int row)
{
	char *title, *line;

	if (row < 0)
		return mem_strdup(_("様式の文面"));
	title = question_title(r, form_is_item(r->form, row)
	                       ? r->form->questions[row].item_choice : row);
	line = text_one_line(title);
	free(title);
	return line;
}

char *lost_words(const struct record *r, const struct lost *lost,
                 enum encoding e)
{
	char *title = title_of(r, lost->row);
	char *character = character_words(lost->character);
	char *words = lost->n == 1
		? buf_format(_("%s: %sは %s にない文字です"), title, character,
		             encoding_title(e))
		: buf_format(_("%s: %sは %s にない文字です（%zuか所）"), title,
		             character, encoding_title(e), lost->n);

	free(title);
	free(character);
	return words;
}

char *swapped_words(const struct swapped *swapped)
{
	char *character = character_words(swapped->character);
	char *by = character_words(swapped->by);
	char *words = buf_format(_("%sは%sとして書き出します（%zuか所）"),
	                         character, by, swapped->n);

	free(character);
	free(by);
	return words;
}
