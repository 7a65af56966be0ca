/* dependencies.h - which answers stand on which others
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef FORM_DEPENDENCIES_H
#define FORM_DEPENDENCIES_H

#include "base/diag.h"
#include "form/form.h"

/* Fill in every question's dependents, constrained and rank. A dependent of Q is a
 * row whose relevance, calculation, choices or being required stands on Q: by a
 * reference to Q, to a question whose being required stands on Q (its openness
 * does), or by being in the group Q.
 *
 * Rows in order of rank can be computed one after the other: what a row's
 * relevance and calculation stand on has a lower rank. Where that cannot be,
 * because they stand on themselves, an error is added to DIAGS. */
void form_find_dependencies(struct form *form, const char *file,
                            struct diag_list *diags);

#endif
