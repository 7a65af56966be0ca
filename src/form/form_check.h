/* form_check.h - what a form can be used with, and was surely not meant to have
 *
 * For its author, as each is how logic gets lost without a word: a message whose
 * expression is gone, a comparison with a choice that there is not, a number that
 * two have, a clause that is not among the articles. What a form cannot be used
 * with the reader finds (form_reader.h).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef FORM_FORM_CHECK_H
#define FORM_FORM_CHECK_H

#include "base/diag.h"
#include "form/articles.h"
#include "form/form.h"

/* Add a warning for each to DIAGS, in the form's order. FILE is what they call
 * FORM; ARTICLES may be NULL. */
void form_check(const struct form *form, struct articles *articles,
                const char *file, struct diag_list *diags);

#endif
