/* form_show.h - what the engine understood of a form, as text for its author
 *
 * A fact a line, `column: value`, so that two versions of a form can be compared
 * line by line: settings, every row of survey in order, indented by its groups,
 * every list of choices. The columns are those of the file, which are not
 * translated; an expression stands as it was written. Beside them:
 *
 *   item      of a group that is one (form.h): its choice, its text
 *   choices   what a select offers, in short
 *   default (text)   a default that is no expression
 *
 * What the engine passes over (a column that nobody knows, a disabled row, an
 * appearance without a meaning) is not there.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef FORM_FORM_SHOW_H
#define FORM_FORM_SHOW_H

#include "base/buf.h"
#include "form/form.h"

#define FORM_SHOW_COLUMNS 80

/* Add FORM to OUT, in lines of FORM_SHOW_COLUMNS at most, ended by LF. */
void form_show(const struct form *form, struct buf *out);

#endif
