/* SPDX-License-Identifier: MIT */
#include "plain/session.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "form/question_type.h"
#include "plain/prompt.h"
#include "plain/typed.h"
#include "record/check.h"
#include "record/flow.h"

struct record *session_record(const struct session *s)
{
	return s->d->record;
}

int session_end(const struct session *s)
{
	return (int)s->setup->form->n;
}

/* --- reading ------------------------------------------------------------ */

/* '.' alone; or what an input method makes of that key. */
static bool ends_text(const char *line)
{
	return !strcmp(line, ".") || !strcmp(line, "．") || !strcmp(line, "。");
}

/* A command within a text is text; whoever typed it should know. */
static void remark_on_command(const struct session *s, const char *line)
{
	if (session_is_command(line))
		say(s->out, _("「%s」は文の一部になりました。コマンドは、ピリオド（.）だけの行で答えを終えてから入力してください\n"),
		    line);
}

/* Lines in a row, from a pipe, that change nothing: then nobody is there, and
 * they may never end. */
#define MOST_IN_VAIN 1000

static bool goes_nowhere(struct session *s)
{
	if (++s->vain <= MOST_IN_VAIN || !s->setup->echo)
		return false;
	say(s->out, _("%d行続けて何も変わらなかったので、入力の終わりとみなします\n"),
	    MOST_IN_VAIN);
	return true;
}

/* Whoever waits for what comes next may not know that the text goes on. */
static void remark_on_blank(const struct session *s, const char *line, bool *told)
{
	if (*told || !text_is_blank(line))
		return;
	say(s->out, "%s\n", _("空の行も答えの一部です。ピリオド（.）だけの行で終わります"));
	*told = true;
}

/* The rest of a multi-line text whose first line is in s->line: up to a line
 * that is a single '.'. */
static char *read_text(struct session *s, const char *first)
{
	struct buf text;
	bool told = false;

	buf_init(&text);
	if (ends_text(first))
		return text.s;
	buf_add(&text, first);
	while (prompt_line(s->setup, &s->line, &s->result) &&
	       !ends_text(s->line.s)) {
		remark_on_command(s, s->line.s);
		remark_on_blank(s, s->line.s, &told);
		if (text.len + 1 + s->line.len <= RECORD_LONGEST_ANSWER)
			buf_addf(&text, "\n%s", s->line.s);
		else if (goes_nowhere(s))
			break;
		else
			say(s->out, _("答えが長すぎるため、この行は入りません（%dバイトまで）\n"),
			    RECORD_LONGEST_ANSWER);
	}
	return text.s;
}

/* --- going from question to question ------------------------------------ */

void session_move_to(struct session *s, int q)
{
	const struct form *form = s->setup->form;
	const struct record *r = session_record(s);
	int page = s->at < session_end(s) ? form_page_of(form, s->at) : -1;
	int end = page >= 0 ? form->questions[page].end : -1;

	if (page >= 0 && question_caution_is_due(r, s->at))
		say_cautions(s->out, r, s->at);
	if (q != session_end(s) && form_page_of(form, q) == page)
		end = -1;
	for (int i = page; i < end; i++)
		if (!question_caution_is_due(r, i))
			say_cautions(s->out, r, i);
	s->at = q;
	s->cleared = false;
}

static void go_on(struct session *s)
{
	session_move_to(s, flow_next(session_record(s), s->at));
}

/* Take TEXT as the answer to the present question, say what is wrong with it and
 * what it did, and go on where it is in order. */
static void answer(struct session *s, const char *text)
{
	struct record *r = session_record(s);
	struct changes changes = record_set(r, s->at, text);
	bool wrong = say_errors_of(s->out, r, s->at);

	say_meaning(s->out, r, s->at, text);
	if (changes.n) {
		s->vain = 0;
		s->unsaved = true;
		say_changes(s->out, r, s->at, changes);
	}
	if (s->unsaved)
		session_save(s);
	if (wrong)
		s->next = SAY_NOTHING; /* it is the same question still */
	else
		go_on(s);
}

int session_ask(struct session *s, const char *question, const char *first,
                const char *second)
{
	char *word;
	int chosen;

	say(s->out, "%s\n1 %s\n2 %s\n", question, first, second);
	if (!prompt_line(s->setup, &s->line, &s->result))
		return COMMAND_INSTEAD;
	word = typed_word(s->line.s);
	chosen = !*word || strcmp(word, "1") == 0 ? 1
	       : strcmp(word, "2") == 0 ? 2 : NOT_CHOSEN;
	free(word);
	if (chosen == NOT_CHOSEN && session_run_command(s, s->line.s))
		return COMMAND_INSTEAD;
	return chosen;
}

/* --- what is said before a line is read --------------------------------- */

void session_tell_ways(struct session *s)
{
	if (s->ways.n && !(s->told & TOLD_WAYS))
		say(s->out, "%s\n", _("番号を付けて :p 1 のように入力すると、その質問へ移ります"));
	if (s->ways.n)
		s->told |= TOLD_WAYS;
}

void session_list_problems(struct session *s)
{
	say_problems(s->out, session_record(s), &s->ways);
	session_tell_ways(s);
}

static void say_end(struct session *s)
{
	fputc('\n', s->out);
	say(s->out, "%s\n", _("質問はこれで終わりです"));
	session_list_problems(s);
	if (!record_has_errors(session_record(s)))
		say(s->out, "%s\n", _("完成させるには :f、続きをあとにするには :q と入力してください"));
}

/* What is said of the question at hand: by length, the first time and again. How
 * its kind is answered is told once, however brief. */
static unsigned parts_to_say(struct session *s)
{
	static const unsigned parts[][2] = {
		[BRIEF] = { SAY_SENTENCE, 0 },
		[NORMAL] = { SAY_CLAUSE | SAY_SENTENCE | SAY_HINT, SAY_EMPTY },
		[FULL] = { SAY_ALL, SAY_ALL },
	};
	const struct question *q = &s->setup->form->questions[s->at];
	unsigned kind = q->multiline ? TOLD_LINES
	              : q->type->choices == CHOICES_MANY ? TOLD_MANY : 0;
	unsigned how = kind & ~s->told ? SAY_HOW : 0;

	s->told |= kind;
	return parts[s->length][s->heard[s->at]] | how;
}

static void say_present(struct session *s)
{
	struct record *r = session_record(s);

	if (s->at == session_end(s)) {
		say_end(s);
		return;
	}
	if (!s->cleared && record_offer(r, s->at).n) {
		s->unsaved = true;
		session_save(s);
	}
	say_groups(s->out, r, s->at, s->said);
	say_question(s->out, r, s->at, parts_to_say(s));
	s->heard[s->at] = true;
	s->said = s->at;
}

/* --- the loop ----------------------------------------------------------- */

/* An empty line: what is there stays. */
static void pass_by(struct session *s)
{
	struct record *r = session_record(s);

	if (s->at < session_end(s) && !*record_answer(r, s->at) &&
	    question_has_error(r, s->at))
		say(s->out, "%s\n", _("未記入のまま次に進みます"));
	go_on(s);
}

static void take_line(struct session *s)
{
	const char *line = s->line.s;
	char *first, *text;

	record_allow_work(session_record(s));
	if (session_run_command(s, line))
		return;
	if (text_is_blank(line)) {
		pass_by(s);
		return;
	}
	if (s->at == session_end(s)) {
		say(s->out, "%s\n", _("ここで答える質問はありません。:f で完成、:b で戻る、:h で説明です"));
		s->next = SAY_WHERE;
		return;
	}
	if (s->setup->form->questions[s->at].multiline && ends_text(line) &&
	    *record_answer(session_record(s), s->at)) {
		say(s->out, "%s\n", _("今の答えのままにします（消すには :c）"));
		go_on(s);
		return;
	}
	first = mem_strdup(line[0] == ':' ? line + 1 : line);
	if (s->setup->form->questions[s->at].multiline)
		text = read_text(s, first);
	else
		text = typed_answer(session_record(s), s->at, first);
	answer(s, text);
	free(text);
	free(first);
}

static void say_start(struct session *s)
{
	char *remark = document_encoding_remark(s->d);

	say(s->out, "%s\n", s->setup->form->title);
	if (s->d->original)
		say_path(s->out, _("%s は完成しています。訂正は新しい作成中の確認書で行い、元のファイルは変えません\n"),
		         s->d->original);
	if (remark)
		say(s->out, "%s\n", remark);
	free(remark);
	say_path(s->out, _("保存先: %s\n"), s->d->path);
	say(s->out, "%s\n", _("答えは1つ入力するごとに自動で保存されます"));
	/* a voice passes over the sign: it needs its name */
	say(s->out, "%s\n", _("コマンドはコロン（:）と1文字です。:h で説明、:q で保存して終わります"));
}

enum plain_result plain_run(const struct plain_setup *setup,
                            struct document *d)
{
	struct session s = {
		.setup = setup,
		.d = d,
		.out = setup->out,
		.said = -1,
		.length = NORMAL,
		.heard = mem_array(setup->form->n + 1, sizeof *s.heard),
		.last_wait = DOCUMENT_LAST_WAIT,
	};

	s.at = document_is_new(d) ? flow_next(d->record, -1)
	                          : flow_first_open(d->record);
	buf_init(&s.line);
	say_start(&s);
	while (!s.leaving) {
		if (s.next == SAY_QUESTION)
			say_present(&s);
		else if (s.next == SAY_WHERE && s.length > BRIEF &&
		         s.at < session_end(&s))
			say_where(s.out, d->record, s.at);
		s.next = SAY_QUESTION;
		if (ferror(s.out) ||
		    !prompt_line(setup, &s.line, &s.result) ||
		    goes_nowhere(&s)) {
			session_leave(&s);
			break;
		}
		take_line(&s);
	}
	buf_release(&s.line);
	free(s.heard);
	free(s.ways.to);
	return s.result;
}

void plain_review(FILE *out, const struct record *r)
{
	say(out, "%s\n", r->form->title);
	say(out, "%s\n", r->status == RECORD_FINISHED ? _("状態: 完成")
	                                              : _("状態: 作成中"));
	if (!record_has_errors(r))
		say(out, "%s\n", _("記入漏れや誤りはありません"));
	say_problems(out, r, NULL);
	say_outline(out, r, true);
}
