/* SPDX-License-Identifier: MIT
 *
 * kakuninsho review FILE: read it, screen by screen; change nothing.
 */
#include <string.h>

#include "base/i18n.h"
#include "cmd/screen.h"
#include "plain/plain.h"

enum exit_code cmd_review(const struct options *o, char **files, int n)
{
	enum exit_code code = EXIT_TROUBLE;
	bool plain = o->plain;
	struct document *d;
	struct form_set set;

	if (n != 1) {
		say_error(_("review には FILE が1つ要ります。見る確認書のファイルを指定してください（空白を含む名前は引用符で囲みます）"));
		return EXIT_TROUBLE;
	}
	if (strcmp(files[0], "-") == 0 && !o->plain) {
		say_error(_("標準入力の確認書は画面では見られません。--plain を付けてください"));
		return EXIT_TROUBLE;
	}
	if (!settle_width(o) || !form_set_load(&set, o))
		return EXIT_TROUBLE;
	d = open_document(&set, files[0], OPENED_TO_READ);
	if (d && !plain && !run_on_screen(&set, d, &code)) {
		plain = true;
		d = open_document(&set, files[0], OPENED_TO_READ);
	}
	if (d && plain) {
		say_encoding(files[0], d->encoding);
		plain_review(stdout, d->record);
		document_free(d);
		code = EXIT_FINE;
	}
	form_set_release(&set);
	return close_output(code);
}
