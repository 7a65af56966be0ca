/* SPDX-License-Identifier: MIT */
#include "cmd/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/text.h"
#include "tui/probe.h"
#include "tui/tui.h"
#include "tui/width.h"

struct document *open_document(const struct form_set *set, const char *file,
                               enum opened how)
{
	struct diag_list diags;
	struct document *d;

	diag_list_init(&diags);
	d = document_open(set->form, set->moment, set->self, file,
	                  set->from, how, &diags);
	say_diags(&diags);
	return d;
}

bool settle_width(const struct options *o)
{
	const char *variable = "KAKUNINSHO_AMBIGUOUS";
	const char *width = o->ambiguous ? o->ambiguous : getenv(variable);

	if (!width || (!*width && !o->ambiguous) || screen_width_name(width))
		return true;
	say_error(_("%s は narrow か wide にしてください（「%s」とあります）"),
	          o->ambiguous ? "--ambiguous" : variable, width);
	return false;
}

/* In what every terminal shows. Most can be set to UTF-8; for those that cannot, GNU
 * screen translates (luit does so the other way round only). */
static void say_not_utf8(void)
{
	fputs("kakuninsho: this terminal does not show UTF-8, so its Japanese could "
	      "not be read\n"
	      "Set the terminal to UTF-8, or use another one. Where it shows EUC-JP "
	      "only (or\nShift_JIS: then write KJ=sjis), GNU screen translates:\n"
	      "  printf 'defencoding utf8\\ncjkwidth on\\ntermcapinfo * KJ=euc\\n' "
	      "> euc.rc\n"
	      "  LC_ALL=C.UTF-8 SCREENRC=euc.rc screen kakuninsho\n"
	      "If luit stands between, which translates the other way round, leave it "
	      "out\n"
	      "If Japanese is shown well all the same: kakuninsho "
	      "--ambiguous=narrow\n", stderr);
}

/* Likewise. */
static void say_console(void)
{
	fputs("kakuninsho: the Linux console shows no Japanese, so nothing could be "
	      "read\n"
	      "Use a terminal window of the desktop, or ssh from a machine with one. "
	      "Where\nthere is none, fbterm or kmscon show Japanese on this screen\n"
	      "If Japanese is shown well all the same: kakuninsho "
	      "--ambiguous=narrow\n", stderr);
}

/* Where something is lost or left open, standard output may be gone. */
static void say_parting(const struct buf *parting, enum tui_result result)
{
	char *safe = text_in_lines(parting->s);

	fputs(safe, result == TUI_FINE ? stdout : stderr);
	free(safe);
}

/* Until the terminal is given back, nothing is printed. */
static enum tui_result run(struct term *t, const struct tui_setup *setup,
                           struct document **d, struct diag_list *diags,
                           struct buf *parting)
{
	if (!*d)
		tui_choose(t, setup, d, diags, parting);
	return *d ? tui_fill(t, setup, *d, parting)
	          : diags->errors ? TUI_FAILED : TUI_FINE;
}

bool run_on_screen(const struct form_set *set, struct document *d,
                   enum exit_code *code)
{
	struct tui_setup setup = {
		.form = set->form,
		.articles = set->articles,
		.layout = set->layout,
		.moment = set->moment,
		.self = set->self,
	};
	enum tui_result result = TUI_FAILED;
	struct diag_list diags;
	struct buf parting;
	bool is_utf8 = true, lines;
	struct term *t;
	char *why;

	if (probe_is_console() && !screen_width_is_known()) {
		say_console();
		document_free(d);
		*code = EXIT_TROUBLE;
		return true;
	}
	t = term_open(&why);
	lines = !t && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
	diag_list_init(&diags);
	buf_init(&parting);
	if (t) {
		if (term_is_utf8(t))
			result = run(t, &setup, &d, &diags, &parting);
		is_utf8 = term_is_utf8(t);
		term_close(t);
	} else {
		if (lines)
			buf_addf(&parting, "%s\n", why);
		else
			say_error("%s", why);
		free(why);
	}
	if (!is_utf8)
		say_not_utf8();
	say_diags(&diags);
	say_parting(&parting, lines ? TUI_FINE : result);
	buf_release(&parting);
	document_free(d);
	*code = result == TUI_FINE && is_utf8 ? EXIT_FINE : EXIT_TROUBLE;
	return !lines;
}
