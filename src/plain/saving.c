/* SPDX-License-Identifier: MIT */
#include "plain/session.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/signals.h"

#define SLICE 100 /* milliseconds */
#define AT_ONCE 500 /* what nobody takes for waiting */

bool session_settle(struct session *s, char **why)
{
	for (int waited = SLICE; ; waited += SLICE) {
		bool leaving = signals_came(SIGNAL_LEAVE);
		enum settled came = document_settle(
			s->d, !leaving || s->last_wait > 0 ? SLICE : 0, why);

		if (came == SETTLED_REMARK) {
			say_trouble(*why);
			free(*why);
		}
		if (came != SETTLED_NOT_YET)
			return came != SETTLED_FAILED;
		if (leaving && (s->last_wait -= SLICE) <= 0)
			break;
		if (waited == AT_ONCE && !leaving)
			say(s->out, "%s\n", _("保存しています。しばらくお待ちください（Ctrl-C で、保存を待たずに終わります）"));
		fflush(s->out);
	}
	*why = document_lost(s->d);
	return false;
}

bool session_save_as(struct session *s, const char *path)
{
	char *why;

	if (*path)
		document_save_as(s->d, path);
	else
		document_save(s->d);
	if (session_settle(s, &why)) {
		s->unsaved = s->told_unsaved = false;
		return true;
	}
	s->unsaved |= !*path;
	if (!s->told_unsaved || *path)
		say_trouble(why);
	s->told_unsaved |= !*path;
	free(why);
	return false;
}

bool session_save(struct session *s)
{
	return session_save_as(s, "");
}

void session_look(struct session *s)
{
	char *why;

	if (s->unsaved || !document_look(s->d) || session_settle(s, &why))
		return;
	s->unsaved = true;
	if (document_is_saving(s->d)) /* else the save to come will say why */
		say_trouble(why);
	free(why);
}

void session_say_saved(const struct session *s)
{
	if (s->d->saved)
		say_path(s->out, _("保存しました: %s\n"), s->d->path);
	else if (s->d->on_disk.there)
		say_path(s->out, _("変更がないので、保存していません: %s\n"),
		         s->d->path);
	else
		say(s->out, "%s\n", _("何も書かれなかったので、保存していません"));
}

bool session_choose_file(struct session *s)
{
	struct overtaken words;
	char *why;
	int chosen;

	if (!s->d->overtaken)
		return true;
	describe_overtaken(s->d, &words);
	chosen = session_ask(s, words.what, words.keep, words.replace);
	overtaken_release(&words);
	if (chosen == 1)
		document_keep(s->d);
	if (chosen == 2 && document_replace(s->d) && !session_settle(s, &why)) {
		say_trouble(why);
		free(why);
	}
	if (chosen == NOT_CHOSEN)
		say(s->out, "%s\n", _("まだ選んでいません。:s でもう一度どうぞ"));
	return !s->d->overtaken;
}
