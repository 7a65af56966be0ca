/* screen.h - the wizard on the screen, from terminal to exit code
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef CMD_SCREEN_H
#define CMD_SCREEN_H

#include "cmd/common.h"
#include "out/document.h"

/* Have the screen's width (tui/width.h) be as O says, or else the environment. False
 * after saying that it cannot be so. */
bool settle_width(const struct options *o);

/* Fill in, or read, D; takes it. Where D is NULL, first ask which record. False
 * where the terminal can show no screen but lines of text: that has been told, and
 * is left to be done. */
bool run_on_screen(const struct form_set *set, struct document *d,
                   enum exit_code *code);

/* FILE as a document; NULL after saying why it cannot be read. */
struct document *open_document(const struct form_set *set, const char *file,
                               enum opened how);

#endif
