/* SPDX-License-Identifier: MIT */
#include "plain/session.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "plain/spell.h"
#include "plain/typed.h"
#include "record/check.h"
#include "record/describe.h"
#include "record/flow.h"

typedef void command_fn(struct session *s, const char *argument);

static void command_back(struct session *s, const char *argument)
{
	int q = flow_back(session_record(s), s->at);

	(void)argument;
	if (q == s->at)
		say(s->out, "%s\n", _("これが最初の質問です"));
	session_move_to(s, q);
}

/* Go to ROW, or to what decides whether it applies: who asks for a question is
 * told all of it. */
static void go_to(struct session *s, int row)
{
	int stop = flow_stop_at(session_record(s), row);

	if (stop < 0)
		stop = say_no_stop(s->out, session_record(s), row);
	if (stop < 0) {
		s->next = SAY_WHERE;
		return;
	}
	session_move_to(s, stop);
	s->heard[stop] = false;
}

static void command_go(struct session *s, const char *argument)
{
	int row = flow_find(s->setup->form, argument);

	if (!*argument) {
		say(s->out, "%s\n", _(":g のあとに番号か名前を書いてください（例 :g 5）"));
		s->next = SAY_WHERE;
		return;
	}
	if (row < 0) {
		say(s->out, _("「%s」という番号や名前の質問はありません。:l で一覧を見られます\n"),
		    argument);
		s->next = SAY_WHERE;
		return;
	}
	go_to(s, row);
}

static void command_article(struct session *s, const char *argument)
{
	const char *here = s->at == session_end(s)
		? "" : form_clause_of(s->setup->form, s->at);
	const char *clause = *argument ? argument : here;

	if (!say_article(s->out, s->setup->articles, clause) &&
	    !say_articles_with(s->out, s->setup->articles, argument))
		say(s->out, "%s\n", *argument
		    ? _("その条文も、その言葉のある条文もありません。条文の番号は :? 3.3 のように書いてください")
		    : _("この質問に対応する条文はありません。:? 8 のように条の番号を書けば読めます"));
	s->next = SAY_WHERE;
}

static void command_list(struct session *s, const char *argument)
{
	(void)argument;
	say_outline(s->out, session_record(s), s->length > BRIEF);
	s->next = SAY_WHERE;
}

/* The number of a line of the list that was said last stays its number, whatever
 * has been mended since. */
static void go_to_problem(struct session *s, const char *number)
{
	size_t n = strspn(number, "0123456789") == strlen(number)
		? strtoul(number, NULL, 10) : 0;

	if (n >= 1 && n <= s->ways.n) {
		go_to(s, s->ways.to[n - 1]);
		return;
	}
	say(s->out, _("「%s」番目はありません。:p で一覧を聞いてから、その番号を付けてください\n"),
	    number);
	s->next = SAY_WHERE;
}

static void command_problems(struct session *s, const char *argument)
{
	if (*argument) {
		go_to_problem(s, argument);
		return;
	}
	if (!record_has_errors(session_record(s)))
		say(s->out, "%s\n", _("記入漏れや誤りはありません"));
	session_list_problems(s);
	s->next = SAY_WHERE;
}

static void command_save(struct session *s, const char *argument)
{
	char *why = NULL;
	char *path = *argument ? document_place(s->d, argument, &why)
	                       : mem_strdup("");

	s->next = SAY_WHERE;
	s->told_unsaved = false;
	if (!path) {
		say(s->out, "%s\n", why);
	} else if (session_save_as(s, path)) {
		if (session_choose_file(s))
			session_say_saved(s);
	} else if (s->unsaved) {
		say(s->out, "%s\n", _("答えは残っています。別の場所に保存するには「:s 名前.csv」、保存せずに終わるには Ctrl-D を押してください"));
	}
	free(path);
	free(why);
}

static void command_quit(struct session *s, const char *argument)
{
	session_look(s);
	if (s->unsaved || s->d->overtaken)
		command_save(s, argument);
	else
		session_say_saved(s);
	s->leaving = !s->unsaved && !s->d->overtaken;
}

static void command_clear(struct session *s, const char *argument)
{
	struct record *r = session_record(s);
	struct changes changes;

	(void)argument;
	if (s->at == session_end(s)) {
		s->next = SAY_WHERE;
		return;
	}
	changes = record_set(r, s->at, "");
	s->cleared = true;
	if (changes.n) {
		say_changes(s->out, r, s->at, changes);
		s->unsaved = true;
		session_save(s);
	}
}

/* The sheet's encoding: which it is, or ARGUMENT from now on. */
static void command_encoding(struct session *s, const char *argument)
{
	size_t n = strcspn(argument, " ");
	char *name = mem_strndup(argument, n);
	enum encoding e = encoding_find(name);
	enum line_end line_end;

	free(name);
	s->next = SAY_WHERE;
	if (*argument && (e == ENCODING_UNKNOWN ||
	                  !line_end_read(argument + n + strspn(argument + n, " "), e,
	                                 &line_end))) {
		say(s->out, _("紙面の文字コードは %s のどれかで、改行を変えるなら続けて lf か crlf と書いてください（例 :e cp932、:e utf-8 crlf）\n"),
		    encoding_names);
		return;
	}
	if (*argument)
		s->d->sheet_style = (struct file_style){ e, line_end };
	say_style(s->out, &s->d->sheet_style);
}

/* The whole question, whatever has been heard and however much is to be said. */
static void command_again(struct session *s, const char *argument)
{
	(void)argument;
	if (s->at == session_end(s))
		return;
	say_question(s->out, session_record(s), s->at, SAY_ALL);
	s->next = SAY_NOTHING;
}

static void command_where(struct session *s, const char *argument)
{
	(void)argument;
	say_place(s->out, session_record(s), s->at);
	s->next = SAY_NOTHING;
}

static void command_spell(struct session *s, const char *argument)
{
	char *answer = s->at == session_end(s)
		? mem_strdup("") : describe_answer(session_record(s), s->at);
	size_t from = strtoul(argument, NULL, 10), more;

	s->next = SAY_WHERE;
	if (!*answer)
		say(s->out, "%s\n", _("ここに答えはありません"));
	more = spell(s->out, answer, from ? from : 1);
	if (more)
		say(s->out, _("続きは :a %zu で聞けます\n"), more);
	free(answer);
}

static const char *const lengths[] = {
	[BRIEF] = N_("短く"),
	[NORMAL] = N_("ふつう"),
	[FULL] = N_("詳しく"),
};

static void command_length(struct session *s, const char *argument)
{
	int n = strlen(argument) == 1 ? *argument - '0' : 0;

	if (n >= BRIEF && n <= FULL)
		s->length = (enum length)n;
	else
		say(s->out, "%s\n", _(":v 1 で短く、:v 2 でふつう、:v 3 で詳しくなります"));
	say(s->out, _("質問の読み上げ方: %s\n"), _(lengths[s->length]));
	s->next = SAY_WHERE;
}

static void command_finish(struct session *s, const char *argument)
{
	(void)argument;
	session_finish(s);
}

static void command_help(struct session *s, const char *argument);

/* Every command: the letter after the colon, and what help says of it. */
static const struct command {
	char letter;
	command_fn *run;
	enum {
		NO_ARGUMENT,
		A_WORD, /* a number or the like: full-width is half-width */
		A_NAME, /* of a file: as it is typed */
	} argument;
	const char *usage;
	const char *help;
} commands[] = {
	{ 'b', command_back, NO_ARGUMENT, ":b", N_("1つ前の質問に戻る") },
	{ 'g', command_go, A_WORD, N_(":g 番号"), N_("その番号（または名前）の質問へ移る（例 :g 5）") },
	{ '?', command_article, A_WORD, ":?", N_("この質問の条文を読む（:? 8 で第8条、:? 言葉 でその言葉のある条文）") },
	{ 'l', command_list, NO_ARGUMENT, ":l", N_("すべての質問と答えの一覧") },
	{ 'p', command_problems, A_WORD, ":p", N_("記入漏れや誤りの一覧（:p 1 で、その1番目へ移る）") },
	{ 'r', command_again, NO_ARGUMENT, ":r", N_("この質問をはじめから全部読む") },
	{ 'a', command_spell, A_WORD, ":a", N_("この質問の答えを1文字ずつ読む") },
	{ 'w', command_where, NO_ARGUMENT, ":w", N_("今どこにいて、何が残っているか") },
	{ 'v', command_length, A_WORD, ":v", N_("質問の読み上げ方（:v 1 短く、:v 2 ふつう、:v 3 詳しく）") },
	{ 'c', command_clear, NO_ARGUMENT, ":c", N_("この質問の答えを消す") },
	{ 's', command_save, A_NAME, ":s", N_("今すぐ保存する（:s 名前.csv で、これからの保存先を変える）") },
	{ 'e', command_encoding, A_WORD, ":e", N_("紙面の文字コードを選ぶ（例 :e cp932、:e utf-8 crlf。:e だけなら今のもの）") },
	{ 'f', command_finish, NO_ARGUMENT, ":f", N_("完成させ、確認書と紙面を書き出して終わる") },
	{ 'q', command_quit, NO_ARGUMENT, ":q", N_("保存して終わる（続きはあとでできます）") },
	{ 'h', command_help, NO_ARGUMENT, ":h", N_("この説明") },
};

static void command_help(struct session *s, const char *argument)
{
	(void)argument;
	say(s->out, "%s\n", _("答えを入力して Enter を押すと次の質問に進みます。選択肢は番号で答えます"));
	say(s->out, "%s\n", _("何も入力せずに Enter を押すと、今の答えのまま次に進みます"));
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		say(s->out, "%s  %s\n", _(commands[i].usage),
		    _(commands[i].help));
	say(s->out, "%s\n", _("コロンで始まる答えは、コロンを2つ（::）にします"));
	s->next = SAY_WHERE;
}

static const struct command *command_find(char letter)
{
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (commands[i].letter == tolower((unsigned char)letter))
			return &commands[i];
	return NULL;
}

/* LINE as a command, colon and letter half-width, without white space around: a new
 * string. An input method makes full-width ones; but what begins with '：' and is
 * not a command is a text. NULL where LINE is no command. */
static char *command_line(const char *line)
{
	char *trimmed = text_trim(line);
	bool wide = text_has_prefix(trimmed, "：");
	const char *typed = trimmed + (wide ? strlen("：") : *trimmed == ':');
	size_t n = text_grapheme(typed);
	char *letter = mem_strndup(typed, n), *narrow = text_nfkc(letter);
	const struct command *c = command_find(*narrow);
	bool is_command = *trimmed == ':' ? *typed != ':'
	                : wide && c && (!typed[n] || c->argument != NO_ARGUMENT);
	char *command = is_command ? buf_format(":%s%s", narrow, typed + n)
	                           : NULL;

	free(narrow);
	free(letter);
	free(trimmed);
	return command;
}

/* The command that LINE is, with its *ARGUMENT (a new string); NULL if none. */
static const struct command *command_meant(const char *line, char **argument)
{
	char *text = command_line(line);
	const struct command *c = text ? command_find(text[1]) : NULL;

	*argument = !c ? NULL
	          : c->argument == A_NAME ? text_trim(text + 2)
	                                  : typed_word(text + 2);
	free(text);
	if (c && (!**argument || c->argument != NO_ARGUMENT))
		return c;
	free(*argument);
	return NULL;
}

bool session_is_command(const char *line)
{
	char *argument;

	if (!command_meant(line, &argument))
		return false;
	free(argument);
	return true;
}

bool session_run_command(struct session *s, const char *line)
{
	char *argument, *text;
	const struct command *c = command_meant(line, &argument);

	if (c) {
		c->run(s, argument);
		free(argument);
		return true;
	}
	text = command_line(line);
	if (!text)
		return false;
	say(s->out, _("「%s」というコマンドはありません。:h で一覧を見られます。コロンで始まる答えは、コロンを2つ（::）にしてください\n"),
	    text);
	s->next = SAY_WHERE;
	free(text);
	return true;
}
