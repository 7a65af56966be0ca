/* encoder.h - a text becomes the bytes of a file, or it is told what would be lost
 *
 * Nothing is ever replaced silently. A character that the encoding does not have is
 * lost, and where one is there are no bytes at all. What is kept is what comes back:
 * it is decoded again and compared. In no Japanese encoding stand ¥ U+00A5 and ‾
 * U+203E: what iconv makes of them, readers show as \ and ~.
 *
 * Some characters are two in Unicode and one in the Japanese encodings, which
 * differ in the one they mean. Of such a pair the other is written, on purpose,
 * and it is told (struct swapped):
 *
 *   EUC-JP, ISO-2022-JP (JIS)   〜 301C − 2212 — 2014 ‖ 2016 ¢ 00A2 £ 00A3 ¬ 00AC
 *   CP932 (Microsoft)           ～ FF5E － FF0D ― 2015 ∥ 2225 ￠ FFE0 ￡ FFE1 ￢ FFE2
 *
 * But for the dash, which is ― 2015 in all three; and Å is the Angstrom sign 212B
 * there, which NFC makes 00C5. So what comes back from a file is the one of its
 * encoding, whichever was typed.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef OUT_ENCODER_H
#define OUT_ENCODER_H

#include <stdint.h>

#include "base/buf.h"
#include "out/encoding.h"
#include "record/record.h"

/* What is from where in a text: from byte AT on, up to the next one's, it is of row
 * ROW of the form; -1: of the form as a whole. */
struct origin {
	size_t at;
	int row;
};
struct origins {
	struct origin *items;
	size_t n;
	size_t cap;
};
/* What is added to TEXT from now on is of ROW. ORIGINS may be NULL. */
void origins_add(struct origins *origins, const struct buf *text, int row);
void origins_release(struct origins *origins);

/* How a file is to be. */
struct file_style {
	enum encoding encoding;
	enum line_end line_end;
};

/* "Shift_JIS (CP932)、改行 CRLF": a new string. */
char *file_style_words(const struct file_style *style);

/* A character, so often in what is from ROW. */
struct lost {
	int row;
	uint32_t character;
	size_t n;
};
struct swapped {
	uint32_t character;
	uint32_t by;
	size_t n;
};
#define ENCODER_PAIRS 8

struct encoded {
	struct buf bytes; /* empty where it cannot be */
	struct lost *lost; /* by row; -1 is the first */
	size_t n_lost;
	struct swapped swapped[ENCODER_PAIRS];
	size_t n_swapped;
	char *why; /* there is no converter; NULL */
};

/* TEXT in STYLE, its lines ended by HAS (a CRLF row of CSV may have LF in a cell,
 * which stays). Release with encoded_release. */
void encode(const struct buf *text, const struct origins *origins,
            enum line_end has, const struct file_style *style,
            struct encoded *result);
void encoded_release(struct encoded *e);
bool encoded_fine(const struct encoded *e);

/* In a sentence, what R loses in E, with the row's name; and what is swapped. New
 * strings. */
char *lost_words(const struct record *r, const struct lost *lost,
                 enum encoding e);
char *swapped_words(const struct swapped *swapped);

#endif
