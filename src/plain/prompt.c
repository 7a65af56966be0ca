/* SPDX-License-Identifier: MIT */
#include "plain/prompt.h"

#include <errno.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "out/file.h"
#include "plain/say.h"

static void say_failure(int error)
{
	char *why = buf_format(_("標準入力を読めません: %s"),
	                       file_error(error));

	say_trouble(why);
	free(why);
}

/* A terminal passes no more than that of a line, and drops the rest (termios(3)). */
#define TERMINAL_LONGEST 4095 /* bytes */

static bool is_cut(const struct plain_setup *setup, const struct buf *line)
{
	return !setup->echo && line->len >= TERMINAL_LONGEST;
}

/* What came of reading a line, where the person should know. */
static void say_status(const struct plain_setup *setup, const struct buf *line,
                       enum line_status status)
{
	if (status == LINE_STOPPED)
		fputc('\n', setup->out);
	else if (setup->echo && status != LINE_REFUSED)
		say(setup->out, "%s\n", line->s);
	if (status == LINE_REFUSED && is_cut(setup, line))
		say(setup->out, "%s\n", _("端末から届くのは1行に4094バイトまでです。この行は入りません。何行かに分けて入力してください"));
	else if (status == LINE_REFUSED)
		say(setup->out, "\n%s\n", _("この行は読めません（UTF-8 の文字ではないか、長すぎます）。入力し直してください"));
	if (status == LINE_CLEANED)
		say(setup->out, "%s\n", _("矢印キーなどの制御文字や見えない文字は取り除きました"));
}

bool prompt_line(const struct plain_setup *setup, struct buf *line,
                 enum plain_result *result)
{
	enum line_status status;

	do {
		line_take_terminal(setup->in);
		fputs("> ", setup->out);
		fflush(setup->out);
		status = line_read(setup->in, line);
		if (status == LINE_FAILED) {
			say_failure(errno);
			*result = PLAIN_FAILED;
		}
		if (status == LINE_FAILED || status == LINE_END) {
			fputc('\n', setup->out);
			return false;
		}
		if (is_cut(setup, line))
			status = LINE_REFUSED;
		say_status(setup, line, status);
	} while (status == LINE_REFUSED || status == LINE_STOPPED);
	return true;
}
