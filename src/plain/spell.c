/* SPDX-License-Identifier: MIT */
#include "plain/spell.h"

#include <stdlib.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"
#include "plain/say.h"

/* Kinds of characters (Unicode's blocks, as a Japanese keyboard tells them apart);
 * what is in none of them has its code point alone. */
static const struct kind {
	ucs4_t first, last;
	const char *name;
} kinds[] = {
	{ 0x0a, 0x0a, N_("改行") },
	{ 0x20, 0x20, N_("空白") },
	{ 0x21, 0x2f, N_("半角の記号") },
	{ 0x30, 0x39, N_("半角の数字") },
	{ 0x3a, 0x40, N_("半角の記号") },
	{ 0x41, 0x5a, N_("半角の大文字") },
	{ 0x5b, 0x60, N_("半角の記号") },
	{ 0x61, 0x7a, N_("半角の小文字") },
	{ 0x7b, 0x7e, N_("半角の記号") },
	{ 0x2010, 0x206f, N_("記号") },
	{ 0x2190, 0x2bff, N_("記号") },
	{ 0x3000, 0x3000, N_("全角の空白") },
	{ 0x3001, 0x3004, N_("記号") },
	{ 0x3005, 0x3007, N_("漢字") },
	{ 0x3008, 0x303f, N_("記号") },
	{ 0x3041, 0x309f, N_("ひらがな") },
	{ 0x30a0, 0x30a0, N_("記号") },
	{ 0x30a1, 0x30fa, N_("カタカナ") },
	{ 0x30fb, 0x30fb, N_("中点") },
	{ 0x30fc, 0x30fc, N_("長音") },
	{ 0x30fd, 0x30ff, N_("カタカナ") },
	{ 0x3400, 0x9fff, N_("漢字") },
	{ 0xf900, 0xfaff, N_("漢字") },
	{ 0xff01, 0xff0f, N_("全角の記号") },
	{ 0xff10, 0xff19, N_("全角の数字") },
	{ 0xff1a, 0xff20, N_("全角の記号") },
	{ 0xff21, 0xff3a, N_("全角の大文字") },
	{ 0xff3b, 0xff40, N_("全角の記号") },
	{ 0xff41, 0xff5a, N_("全角の小文字") },
	{ 0xff5b, 0xff5e, N_("全角の記号") },
	{ 0xff66, 0xff9f, N_("半角のカタカナ") },
	{ 0x20000, 0x3ffff, N_("漢字") },
};

static const char *kind_of(ucs4_t c)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (c >= kinds[i].first && c <= kinds[i].last)
			return _(kinds[i].name);
	return "";
}

/* The grapheme of N bytes at S. */
static void spell_one(FILE *out, const char *s, size_t n)
{
	struct buf line;
	ucs4_t c;

	buf_init(&line);
	for (size_t i = 0; i < n; ) {
		int k = u8_mbtouc(&c, (const uint8_t *)s + i, n - i);

		if (i == 0 && c > 0x20 && c != 0x3000)
			buf_addf(&line, "%.*s ", (int)n, s);
		if (i == 0 && *kind_of(c))
			buf_addf(&line, "%s ", kind_of(c));
		buf_addf(&line, "%sU+%04X", i ? " " : "", (unsigned)c);
		i += (size_t)k;
	}
	say(out, "%s\n", line.s);
	buf_release(&line);
}

size_t spell(FILE *out, const char *text, size_t from)
{
	size_t n, at = 1;

	for (; (n = text_grapheme(text)); text += n, at++) {
		if (at < from)
			continue;
		if (at - from >= SPELL_MOST)
			return at;
		spell_one(out, text, n);
	}
	return 0;
}
