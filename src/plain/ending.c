/* SPDX-License-Identifier: MIT */
#include "plain/session.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "record/check.h"
#include "record/describe.h"
#include "record/flow.h"

/* What is being saved even now has been waited for long enough. */
void session_leave(struct session *s)
{
	s->leaving = true;
	s->told_unsaved = false;
	session_look(s);
	if (s->unsaved && (document_is_saving(s->d) || !session_save(s)))
		s->result = PLAIN_FAILED;
	else
		session_say_saved(s);
	if (s->d->overtaken)
		s->result = PLAIN_FAILED;
}

/* The date says another day than today: is that meant? False where that was not
 * answered: then nothing is finished. */
static bool ask_about_date(struct session *s, int q)
{
	struct record *r = session_record(s);
	struct not_today words;
	int chosen;

	describe_not_today(r, q, &words);
	chosen = session_ask(s, words.question, words.keep, words.change);
	not_today_release(&words);
	if (chosen == 2) {
		record_set_today(r, q);
		s->unsaved = true; /* it may not be finished yet */
	}
	if (chosen == NOT_CHOSEN)
		say(s->out, "%s\n", _("まだ完成させていません。:f でもう一度どうぞ"));
	return chosen > 0;
}

/* What the sheet would lose, with the way to each; true where it is nothing. */
static bool sheet_is_fine(struct session *s)
{
	struct encoded sheet;
	bool fine;

	document_sheet(s->d, s->setup->layout, &sheet);
	fine = encoded_fine(&sheet);
	if (!fine)
		say(s->out, "%s\n", _("紙面を書き出せません。次の文字を直すか、:e utf-8 のように紙面の文字コードを変えてください"));
	say_lost(s->out, session_record(s), &sheet, s->d->sheet_style.encoding,
	         &s->ways);
	session_tell_ways(s);
	encoded_release(&sheet);
	return fine;
}

static void finish(struct session *s)
{
	char *why;

	if (!sheet_is_fine(s) || !session_choose_file(s))
		return;
	document_finish(s->d, s->setup->layout);
	if (!session_settle(s, &why)) {
		say_trouble(why);
		say(s->out, "%s\n", _("完成できませんでした。答えは残っています"));
		free(why);
		s->result = PLAIN_FAILED;
		return;
	}
	if (s->d->overtaken) {
		finish(s);
		return;
	}
	say(s->out, "%s\n", _("完成しました"));
	say_path(s->out, _("確認書: %s\n"), s->d->path);
	say_path(s->out, _("紙面: %s\n"), s->d->sheet);
	if (!encoding_is_utf8(s->d->sheet_style.encoding))
		say_style(s->out, &s->d->sheet_style);
	if (s->d->original)
		say_path(s->out, _("元の確認書はそのままです: %s\n"),
		         s->d->original);
	if (document_is_named_as_draft(s->d))
		say(s->out, "%s\n", _("ファイルの名前が「作成中」のままです。名前を変えてから提出してください"));
	s->result = PLAIN_FINE;
	s->unsaved = false;
	s->leaving = true;
}

void session_finish(struct session *s)
{
	int dated;

	s->next = SAY_WHERE;
	if (record_has_errors(session_record(s))) {
		say(s->out, "%s\n", _("まだ完成できません"));
		session_list_problems(s);
		return;
	}
	session_list_problems(s);
	dated = flow_not_today(session_record(s));
	if (dated >= 0 && !ask_about_date(s, dated))
		return;
	if (record_has_errors(session_record(s))) { /* today may be another problem */
		session_finish(s);
		return;
	}
	finish(s);
}
