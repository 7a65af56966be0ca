/* encoding.h - the encodings that files come in and go out in
 *
 * One table says what they are called and what their readers expect. Conversion
 * itself is iconv's, on whose word nothing is believed: glibc takes C1 controls
 * for EUC-JP, and reports success where it has put \ for ¥. Nothing is ever
 * replaced: bytes that are no text are refused here, and characters that an
 * encoding does not have by encoder.h.
 *
 * Reading: which encoding a file is in follows from its bytes.
 * - With a UTF-8 BOM, or if it is valid UTF-8: UTF-8. (A Japanese text of a line
 *   or two in another encoding never is.)
 * - Bytes below 80 only, and ESC $ @ or ESC $ B: ISO-2022-JP (RFC 1468).
 * - Else CP932 or EUC-JP, whichever it is valid in: CP932's bytes 80-9F begin
 *   kana and most kanji, and are in EUC-JP none but 8E and 8F. So a record in
 *   CP932 is never valid EUC-JP: its header has 名前 (96 BC 91 4F).
 * - Valid in both (bytes A1-FE alone, in pairs: half-width katakana, or kanji):
 *   the EUC-JP text is looked at. Japanese has more kana and punctuation than rare
 *   kanji (JIS level 2, JIS X 0212). Half-width katakana taken for EUC-JP are kanji
 *   without a kana, and rare ones wherever ﾐ (D0) to ﾟ (DF) begins a pair. So it is
 *   EUC-JP unless rare kanji outnumber kana. That can be wrong only of a few words
 *   and nothing else that is not ASCII; what was taken is told, and --from decides.
 *
 * A character is what its encoding's own table says: 8160 of CP932 is ～ U+FF5E,
 * A1C1 of EUC-JP is 〜 U+301C. What EUC-JP does not have but Windows writes in it
 * (① ㈱ 髙) is read as Windows means it (eucJP-ms).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef OUT_ENCODING_H
#define OUT_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

enum encoding {
	ENCODING_UTF8,
	ENCODING_UTF8_BOM,
	ENCODING_CP932,
	ENCODING_EUC_JP,
	ENCODING_ISO_2022_JP,
	ENCODINGS,
	ENCODING_UNKNOWN = ENCODINGS,
};

enum line_end {
	LINE_END_LF,
	LINE_END_CRLF,
};

/* What is said of an encoding. Texts in it have the line end that their readers
 * expect: those of CP932, ISO-2022-JP (mail) and of a BOM CRLF. */
struct encoding_facts {
	const char *name;    /* as an option has it: "cp932" */
	const char *aliases; /* all its names without - and _, each with a space
	                      * before it */
	const char *title;   /* as people know it; encoding_title has it translated */
	const char *iconv;
	const char *windows; /* by which to read what iconv refuses; NULL */
	enum text_width width; /* ambiguous characters, in its readers */
	enum line_end line_end;
	bool microsoft; /* ～ and not 〜: which of the pairs in encoder.h */
};
extern const struct encoding_facts encoding_facts[ENCODINGS];

/* All their names, with | between. */
extern const char encoding_names[];

/* The encoding called NAME, in whatever case, with or without - and _. */
enum encoding encoding_find(const char *name);
const char *encoding_title(enum encoding e); /* in the person's language */
bool encoding_is_utf8(enum encoding e);

/* The line end called NAME (lf, crlf); "" is that of a text in E. False where it is
 * none. */
bool line_end_read(const char *name, enum encoding e, enum line_end *line_end);

struct decoded {
	char *text; /* UTF-8 without a BOM, NUL-terminated */
	size_t length;
	enum encoding encoding; /* what it was in */
};

/* BYTES as UTF-8. What is not evidently that, or ISO-2022-JP, is FROM
 * (ENCODING_UNKNOWN: see above); with ENCODING_UTF8 all is to be that. The caller
 * frees result->text. False and *WHY (a new string) where they are no text. */
bool encoding_decode(const char *bytes, size_t length, enum encoding from,
                     struct decoded *result, char **why);

/* What to tell of a file that was in E: a new string; NULL where it was UTF-8. */
char *encoding_remark(enum encoding e);

/* Why E cannot be converted from or to: a new string, to be called at once where
 * iconv_open has failed. */
char *encoding_no_converter(enum encoding e);

#endif
