/* i18n.h - what the person reads goes through gettext
 *
 * msgids are Japanese, so that without any catalogue the program speaks
 * Japanese. What is part of a file format (作成中, 完成, 該当なし, the column
 * heads, 注意 in the output of check) is never translated.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) (text) /* marks a msgid that is translated where it is used */

/* Settle the locale: texts in the person's language, characters always UTF-8,
 * whatever LANG says (LANG=C and an unknown locale are no obstacle: the
 * catalogue of LANG=en_US.UTF-8 is found where that locale is not installed,
 * and LANGUAGE=en works with LANG=C). Numbers stay those of the locale C. May
 * set LANGUAGE in the environment. LOCALEDIR is where the catalogues are. Call
 * once, before any _(). */
void i18n_init(const char *localedir);

/* The code of the language of the texts ("ja", "en"), for a form's own
 * translations; every catalogue gives its own. Static storage; "ja" where no
 * catalogue is in use. */
const char *i18n_language(void);

#endif
