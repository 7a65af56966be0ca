/* record_json.h - a record for other programs (RFC 8259)
 *
 * {
 *   "form": {"id": "npa-2022", "version": "20220404", "title": "…"},
 *   "status": "draft" or "finished",
 *   "answers": [
 *     {"name": "i13", "number": "13", "clause": "5.2", "label": "…",
 *      "value": null, "words": null, "valid": true, "detail": null,
 *      "applies": false, "reason": "…"},
 *     …
 *   ]
 * }
 *
 * The same rows as in the CSV and in the same order, each with the same members,
 * one a line. value is the answer as expressions have it: a text, a number in
 * digits, a date as 2025-04-01, a choice by its name, several as an array of them;
 * null where there is none, and what was typed where that is wrong (valid false).
 * words is the same in the form's words, detail an item's text. applies is null
 * where it is not known yet; reason, why it does not, is null where it does.
 * number and clause are "" where there is none.
 *
 * It is written and never read: the record is its CSV.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef OUT_RECORD_JSON_H
#define OUT_RECORD_JSON_H

#include "base/buf.h"
#include "record/record.h"

/* Add R as UTF-8, without a BOM, its lines ended by LF, to OUT. */
void record_json_write(const struct record *r, struct buf *out);

#endif
