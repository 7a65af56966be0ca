/* SPDX-License-Identifier: MIT
 *
 * In place of sandbox.c where the program is configured --without-sandbox.
 */
#include "cmd/sandbox.h"

#include "base/i18n.h"
#include "base/mem.h"

void sandbox_enter(enum sandbox what)
{
	(void)what;
}

char *sandbox_describe(void)
{
	return mem_strdup(_("なし（--without-sandbox で作られています）"));
}
