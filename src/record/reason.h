/* reason.h - why a row does not apply, in words
 *
 * The form's own na_reason where it gives one; else what decided it, in the
 * form's words: 「本件業務に情報システムを使用しますか」が「いいえ」のため.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RECORD_REASON_H
#define RECORD_REASON_H

#include "record/record.h"

/* Who reads it: what is filed is in the form's default language. */
enum reader {
	READER_OF_FILE,
	READER_AT_SCREEN, /* in the person's language */
};

/* Why ROW does not apply (record_applies is APPLIES_NO); a new string. */
char *record_why(const struct record *r, int row, enum reader reader);

/* What has to be answered before it is known whether ROW applies (where
 * record_applies is APPLIES_UNKNOWN): the first such question; -1 if none. */
int record_decider(const struct record *r, int row);

/* The form's language for READER. */
int reader_language(const struct form *form, enum reader reader);

#endif
