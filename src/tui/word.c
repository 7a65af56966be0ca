/* SPDX-License-Identifier: MIT */
#include "tui/word.h"

#include <stdint.h>
#include <unictype.h>
#include <unistr.h>

enum script {
	BETWEEN, /* no word */
	MARK,    /* of whatever it stands behind */
	LATIN,   /* and all other letters and digits */
	HIRAGANA,
	KATAKANA,
	KANJI,
	SYMBOL,
};

static enum script other_script(ucs4_t c)
{
	if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_M |
	                                        UC_CATEGORY_MASK_Cf))
		return MARK;
	if (uc_is_property_ideographic(c))
		return KANJI;
	if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L |
	                                        UC_CATEGORY_MASK_N))
		return LATIN;
	if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Z |
	                                        UC_CATEGORY_MASK_C |
	                                        UC_CATEGORY_MASK_P |
	                                        UC_CATEGORY_MASK_Sk))
		return BETWEEN;
	return SYMBOL;
}

static enum script script_of(ucs4_t c)
{
	static const struct {
		ucs4_t first, last;
		enum script script;
	} usual[] = {
		{ 0x00, '/', BETWEEN }, { '0', '9', LATIN }, { ':', '@', BETWEEN },
		{ 'A', 'Z', LATIN }, { '[', '^', BETWEEN }, { '_', '_', LATIN },
		{ '`', '`', BETWEEN }, { 'a', 'z', LATIN }, { '{', 0x7F, BETWEEN },
		{ 0x3000, 0x3004, BETWEEN }, { 0x3005, 0x3007, KANJI }, /* 々〆〇 */
		{ 0x3041, 0x3096, HIRAGANA }, { 0x3099, 0x309C, MARK },
		{ 0x309D, 0x309F, HIRAGANA }, { 0x30A1, 0x30FA, KATAKANA },
		{ 0x30FC, 0x30FC, MARK }, { 0x30FD, 0x30FF, KATAKANA },
		{ 0x4E00, 0x9FFF, KANJI },
		{ 0xFF66, 0xFF6F, KATAKANA }, { 0xFF70, 0xFF70, MARK },
		{ 0xFF71, 0xFF9D, KATAKANA }, { 0xFF9E, 0xFF9F, MARK },
	};

	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
		if (c >= usual[i].first && c <= usual[i].last)
			return usual[i].script;
	return other_script(c);
}

/* True where NEXT goes on with the word that is of *SCRIPT so far. */
static bool goes_on(enum script *script, enum script next)
{
	if (next == BETWEEN || (next != MARK && *script != MARK &&
	                        next != *script))
		return false;
	if (next != MARK)
		*script = next;
	return true;
}

size_t word_end(const char *s, size_t at)
{
	const uint8_t *p = (const uint8_t *)s + at, *next;
	enum script script = MARK;
	ucs4_t c;

	while ((next = u8_next(&c, p)) && script_of(c) == BETWEEN)
		p = next;
	while ((next = u8_next(&c, p)) && goes_on(&script, script_of(c)))
		p = next;
	return (size_t)(p - (const uint8_t *)s);
}

size_t word_start(const char *s, size_t at)
{
	const uint8_t *start = (const uint8_t *)s, *p = start + at, *before;
	const uint8_t *unmarked; /* the first that is no mark */
	enum script script = MARK;
	ucs4_t c;

	while ((before = u8_prev(&c, p, start)) && script_of(c) == BETWEEN)
		p = before;
	unmarked = p;
	while ((before = u8_prev(&c, p, start)) &&
	       goes_on(&script, script_of(c))) {
		p = before;
		if (script_of(c) != MARK)
			unmarked = p;
	}
	/* The marks of another word are not of this one. */
	if (before && script_of(c) != BETWEEN)
		p = unmarked;
	return (size_t)(p - start);
}

bool word_begins(const char *s, size_t at)
{
	const uint8_t *start = (const uint8_t *)s;
	ucs4_t before, after;

	return u8_prev(&before, start + at, start) &&
	       script_of(before) == BETWEEN && u8_next(&after, start + at) &&
	       script_of(after) != BETWEEN;
}
