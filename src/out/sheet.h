/* sheet.h - a record as the paper form's text
 *
 * 80 columns, top to bottom as its layout says, in the form's default language.
 * On paper stands a question that has a number, and every question of a group
 * in which nothing has one.
 *
 * A draft is headed 作成中 and says 未記入 where nothing is, 未定 where it is not
 * known yet whether it applies.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef OUT_SHEET_H
#define OUT_SHEET_H

#include "base/buf.h"
#include "base/text.h"
#include "out/encoder.h"
#include "out/sheet_layout.h"
#include "record/record.h"

enum sheet_na {
	SHEET_NA_TOLD,  /* ※該当なし, and why */
	SHEET_NA_BLANK, /* as the blank form has it: ※ and ※ */
	SHEET_ALL_BLANK, /* the blank form itself: every item like that, and no answer;
	                  * of R it is only the form */
};

/* The texts that a sheet is made of, to be searched: in the sheet itself a word may be
 * broken, and beside it in its line stands what is in another cell. */
struct sheet_texts {
	struct buf whole; /* one behind the other, each with a NUL at its end */
	struct sheet_piece { /* what of one stands in a line: */
		size_t at, length; /* bytes of OUT, which may lack spaces at its end, */
		size_t start;      /* and of WHOLE */
	} *pieces;                 /* by where they stand in the sheet */
	size_t n, cap;
};
void sheet_texts_release(struct sheet_texts *texts);

/* Add the sheet of R to OUT, lines ended by LF. WIDTH is how the readers of the
 * encoding it is meant for count ambiguous characters. TEXTS becomes what it is made
 * of; release with sheet_texts_release. NULL: not asked for. */
void sheet_write(const struct record *r, const struct sheet_layout *layout,
                 enum text_width width, enum sheet_na na, struct buf *out,
                 struct sheet_texts *texts);

/* The same as the bytes of a file in STYLE, its columns counted as the readers of
 * that encoding do. Release with encoded_release. */
void sheet_encode(const struct record *r, const struct sheet_layout *layout,
                  enum sheet_na na, const struct file_style *style,
                  struct encoded *result);

/* Add to DIAGS a warning for each row of FORM that stands on paper and is not
 * in LAYOUT, if that is one of its own. FILE is what they call the form. */
void sheet_check(const struct form *form, const struct sheet_layout *layout,
                 const char *file, struct diag_list *diags);

#endif
