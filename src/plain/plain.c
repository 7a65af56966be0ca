/* SPDX-License-Identifier: MIT */
#include "plain/plain.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/signals.h"
#include "base/text.h"
#include "form/question_type.h"
#include "plain/prompt.h"
#include "plain/say.h"
#include "plain/spell.h"
#include "plain/typed.h"
#include "record/check.h"
#include "record/describe.h"
#include "record/flow.h"

/* What is said before the next prompt. */
enum next {
	SAY_QUESTION,
	SAY_WHERE,   /* in a line, which question it is */
	SAY_NOTHING, /* it goes without saying */
};

/* How much is said, from :v on until it is changed. */
enum length {
	BRIEF = 1,
	NORMAL,
	FULL,
};

/* What is told once: an or of these. */
enum {
	TOLD_LINES = 1, /* how a text of many lines ends */
	TOLD_MANY = 2,  /* how several choices are typed */
	TOLD_WAYS = 4,  /* that :p leads to a problem */
};

struct plain {
	const struct plain_setup *setup;
	struct document *d;
	FILE *out;
	struct buf line;
	int at;      /* the question being asked; form->n at the end */
	int said;    /* the one asked before, for group headings; -1 */
	bool unsaved;
	bool told_unsaved; /* the present trouble with saving has been told */
	bool cleared; /* the present question was, on purpose: offer it nothing */
	enum next next;
	enum length length;
	bool *heard; /* by question: it has been said as a whole */
	unsigned told;
	struct ways ways; /* of the problems listed last */
	bool leaving;
	int vain; /* lines in a row that changed nothing */
	int last_wait; /* milliseconds left for the disk, once it is time to leave */
	enum plain_result result;
};

static struct record *record_of(const struct plain *p)
{
	return p->d->record;
}

static int end_of(const struct plain *p)
{
	return (int)p->setup->form->n;
}

/* --- saving ------------------------------------------------------------- */

#define SLICE 100 /* milliseconds */
#define AT_ONCE 500 /* what nobody takes for waiting */

/* Wait for what is being saved; after a signal to leave not for long. Where it
 * failed *WHY says why. */
static bool settle(struct plain *p, char **why)
{
	for (int waited = SLICE; ; waited += SLICE) {
		bool leaving = signals_came(SIGNAL_LEAVE);
		enum settled s = document_settle(
			p->d, !leaving || p->last_wait > 0 ? SLICE : 0, why);

		if (s == SETTLED_REMARK) {
			say_trouble(*why);
			free(*why);
		}
		if (s != SETTLED_NOT_YET)
			return s != SETTLED_FAILED;
		if (leaving && (p->last_wait -= SLICE) <= 0)
			break;
		if (waited == AT_ONCE && !leaving)
			say(p->out, "%s\n", _("保存しています。しばらくお待ちください（Ctrl-C で、保存を待たずに終わります）"));
		fflush(p->out);
	}
	*why = document_lost(p->d);
	return false;
}

/* Save the record, as the new file PATH unless that is "". */
static bool save_as(struct plain *p, const char *path)
{
	char *why;

	if (*path)
		document_save_as(p->d, path);
	else
		document_save(p->d);
	if (settle(p, &why)) {
		p->unsaved = p->told_unsaved = false;
		return true;
	}
	p->unsaved |= !*path;
	if (!p->told_unsaved || *path)
		say_trouble(why);
	p->told_unsaved |= !*path;
	free(why);
	return false;
}

static bool save(struct plain *p)
{
	return save_as(p, "");
}

static void say_saved(const struct plain *p)
{
	if (p->d->on_disk.there)
		say_path(p->out, _("保存しました: %s\n"), p->d->path);
	else
		say(p->out, "%s\n", _("何も書かれなかったので、保存していません"));
}

/* What is being saved even now has been waited for long enough. */
static void leave(struct plain *p)
{
	p->leaving = true;
	p->told_unsaved = false;
	if (p->unsaved && (document_is_saving(p->d) || !save(p)))
		p->result = PLAIN_FAILED;
	else
		say_saved(p);
	if (p->d->overtaken)
		p->result = PLAIN_FAILED;
}

/* --- reading ------------------------------------------------------------ */

/* '.' alone; or what an input method makes of that key. */
static bool ends_text(const char *line)
{
	return !strcmp(line, ".") || !strcmp(line, "．") || !strcmp(line, "。");
}

static const struct command *command_meant(const char *line, char **argument);

/* A command within a text is text; whoever typed it should know. */
static void remark_on_command(const struct plain *p, const char *line)
{
	char *argument;

	if (!command_meant(line, &argument))
		return;
	say(p->out, _("「%s」は文の一部になりました。コマンドは、ピリオド（.）だけの行で答えを終えてから入力してください\n"),
	    line);
	free(argument);
}

/* Lines in a row, from a pipe, that change nothing: then nobody is there, and
 * they may never end. */
#define MOST_IN_VAIN 1000

static bool goes_nowhere(struct plain *p)
{
	if (++p->vain <= MOST_IN_VAIN || !p->setup->echo)
		return false;
	say(p->out, _("%d行続けて何も変わらなかったので、入力の終わりとみなします\n"),
	    MOST_IN_VAIN);
	return true;
}

/* Whoever waits for what comes next may not know that the text goes on. */
static void remark_on_blank(const struct plain *p, const char *line, bool *told)
{
	if (*told || !text_is_blank(line))
		return;
	say(p->out, "%s\n", _("空の行も答えの一部です。ピリオド（.）だけの行で終わります"));
	*told = true;
}

/* The rest of a multi-line text whose first line is in p->line: up to a line
 * that is a single '.'. */
static char *read_text(struct plain *p, const char *first)
{
	struct buf text;
	bool told = false;

	buf_init(&text);
	if (ends_text(first))
		return text.s;
	buf_add(&text, first);
	while (prompt_line(p->setup, &p->line, &p->result) &&
	       !ends_text(p->line.s)) {
		remark_on_command(p, p->line.s);
		remark_on_blank(p, p->line.s, &told);
		if (text.len + 1 + p->line.len <= RECORD_LONGEST_ANSWER)
			buf_addf(&text, "\n%s", p->line.s);
		else if (goes_nowhere(p))
			break;
		else
			say(p->out, _("答えが長すぎるため、この行は入りません（%dバイトまで）\n"),
			    RECORD_LONGEST_ANSWER);
	}
	return text.s;
}

/* --- going from question to question ------------------------------------ */

/* Go on to question Q; say what a reader would ask, on leaving a page at the
 * latest. */
static void move_to(struct plain *p, int q)
{
	const struct form *form = p->setup->form;
	const struct record *r = record_of(p);
	int page = p->at < end_of(p) ? form_page_of(form, p->at) : -1;
	int end = page >= 0 ? form->questions[page].end : -1;

	if (page >= 0 && question_caution_is_due(r, p->at))
		say_cautions(p->out, r, p->at);
	if (q != end_of(p) && form_page_of(form, q) == page)
		end = -1;
	for (int i = page; i < end; i++)
		if (!question_caution_is_due(r, i))
			say_cautions(p->out, r, i);
	p->at = q;
	p->cleared = false;
}

static void go_on(struct plain *p)
{
	move_to(p, flow_next(record_of(p), p->at));
}

/* Take TEXT as the answer to the present question, say what is wrong with it and
 * what it did, and go on where it is in order. */
static void answer(struct plain *p, const char *text)
{
	struct record *r = record_of(p);
	struct changes changes = record_set(r, p->at, text);
	bool wrong = say_errors_of(p->out, r, p->at);

	say_meaning(p->out, r, p->at);
	if (changes.n) {
		p->vain = 0;
		p->unsaved = true;
		say_changes(p->out, r, p->at, changes);
	}
	if (p->unsaved)
		save(p);
	if (wrong)
		p->next = SAY_NOTHING; /* it is the same question still */
	else
		go_on(p);
}

/* --- a question with two answers ---------------------------------------- */

static bool run_command(struct plain *p, const char *line);

enum { NOT_CHOSEN = 0, COMMAND_INSTEAD = -1 };

/* S without the white space around, as an input method should have made it: a new
 * string. */
static char *narrow_word(const char *s)
{
	char *narrow = text_nfkc(s), *word = text_trim(narrow);

	free(narrow);
	return word;
}

/* Which of the two was chosen, 1 or 2; an empty line is 1. A command is carried
 * out instead. */
static int ask(struct plain *p, const char *question, const char *first,
               const char *second)
{
	char *word;
	int chosen;

	say(p->out, "%s\n1 %s\n2 %s\n", question, first, second);
	if (!prompt_line(p->setup, &p->line, &p->result))
		return COMMAND_INSTEAD;
	word = narrow_word(p->line.s);
	chosen = !*word || strcmp(word, "1") == 0 ? 1
	       : strcmp(word, "2") == 0 ? 2 : NOT_CHOSEN;
	free(word);
	if (chosen == NOT_CHOSEN && run_command(p, p->line.s))
		return COMMAND_INSTEAD;
	return chosen;
}

/* If another has changed the record's file, which of the two is it to be? False
 * where that is still open. */
static bool choose_file(struct plain *p)
{
	struct overtaken words;
	char *why;
	int chosen;

	if (!p->d->overtaken)
		return true;
	describe_overtaken(p->d, &words);
	chosen = ask(p, words.what, words.keep, words.replace);
	overtaken_release(&words);
	if (chosen == 1)
		document_keep(p->d);
	if (chosen == 2 && document_replace(p->d) && !settle(p, &why)) {
		say_trouble(why);
		free(why);
	}
	if (chosen == NOT_CHOSEN)
		say(p->out, "%s\n", _("まだ選んでいません。:s でもう一度どうぞ"));
	return !p->d->overtaken;
}

/* --- commands ----------------------------------------------------------- */

typedef void command_fn(struct plain *p, const char *argument);

static void command_back(struct plain *p, const char *argument)
{
	int q = flow_back(record_of(p), p->at);

	(void)argument;
	if (q == p->at)
		say(p->out, "%s\n", _("これが最初の質問です"));
	move_to(p, q);
}

/* Go to ROW, or to what decides whether it applies: who asks for a question is
 * told all of it. */
static void go_to(struct plain *p, int row)
{
	int stop = flow_stop_at(record_of(p), row);

	if (stop < 0)
		stop = say_no_stop(p->out, record_of(p), row);
	if (stop < 0) {
		p->next = SAY_WHERE;
		return;
	}
	move_to(p, stop);
	p->heard[stop] = false;
}

static void command_go(struct plain *p, const char *argument)
{
	int row = flow_find(p->setup->form, argument);

	if (!*argument) {
		say(p->out, "%s\n", _(":g のあとに番号か名前を書いてください（例 :g 5）"));
		p->next = SAY_WHERE;
		return;
	}
	if (row < 0) {
		say(p->out, _("「%s」という番号や名前の質問はありません。:l で一覧を見られます\n"),
		    argument);
		p->next = SAY_WHERE;
		return;
	}
	go_to(p, row);
}

static void command_article(struct plain *p, const char *argument)
{
	const char *here = p->at == end_of(p)
		? "" : form_clause_of(p->setup->form, p->at);
	const char *clause = *argument ? argument : here;

	if (!say_article(p->out, p->setup->articles, clause))
		say(p->out, "%s\n", *argument
		    ? _("その条文はありません。:? 3.3 のように書いてください")
		    : _("この質問に対応する条文はありません。:? 8 のように条の番号を書けば読めます"));
	p->next = SAY_WHERE;
}

static void command_list(struct plain *p, const char *argument)
{
	(void)argument;
	say_outline(p->out, record_of(p), p->length > BRIEF);
	p->next = SAY_WHERE;
}

/* What to do with the numbers of the list that was just said; once. */
static void tell_ways(struct plain *p)
{
	if (p->ways.n && !(p->told & TOLD_WAYS))
		say(p->out, "%s\n", _("番号を付けて :p 1 のように入力すると、その質問へ移ります"));
	if (p->ways.n)
		p->told |= TOLD_WAYS;
}

static void list_problems(struct plain *p)
{
	say_problems(p->out, record_of(p), &p->ways);
	tell_ways(p);
}

/* The number of a line of the list that was said last stays its number, whatever
 * has been mended since. */
static void go_to_problem(struct plain *p, const char *number)
{
	size_t n = strspn(number, "0123456789") == strlen(number)
		? strtoul(number, NULL, 10) : 0;

	if (n >= 1 && n <= p->ways.n) {
		go_to(p, p->ways.to[n - 1]);
		return;
	}
	say(p->out, _("「%s」番目はありません。:p で一覧を聞いてから、その番号を付けてください\n"),
	    number);
	p->next = SAY_WHERE;
}

static void command_problems(struct plain *p, const char *argument)
{
	if (*argument) {
		go_to_problem(p, argument);
		return;
	}
	if (!record_has_errors(record_of(p)))
		say(p->out, "%s\n", _("記入漏れや誤りはありません"));
	list_problems(p);
	p->next = SAY_WHERE;
}

static void command_save(struct plain *p, const char *argument)
{
	char *why = NULL;
	char *path = *argument ? document_place(p->d, argument, &why)
	                       : mem_strdup("");

	p->next = SAY_WHERE;
	p->told_unsaved = false;
	if (!path) {
		say(p->out, "%s\n", why);
	} else if (save_as(p, path)) {
		if (choose_file(p))
			say_saved(p);
	} else if (p->unsaved) {
		say(p->out, "%s\n", _("答えは残っています。別の場所に保存するには「:s 名前.csv」、保存せずに終わるには Ctrl-D を押してください"));
	}
	free(path);
	free(why);
}

static void command_quit(struct plain *p, const char *argument)
{
	if (p->unsaved || p->d->overtaken)
		command_save(p, argument);
	else
		say_saved(p);
	p->leaving = !p->unsaved && !p->d->overtaken;
}

static void command_clear(struct plain *p, const char *argument)
{
	struct record *r = record_of(p);
	struct changes changes;

	(void)argument;
	if (p->at == end_of(p)) {
		p->next = SAY_WHERE;
		return;
	}
	changes = record_set(r, p->at, "");
	p->cleared = true;
	if (changes.n) {
		say_changes(p->out, r, p->at, changes);
		p->unsaved = true;
		save(p);
	}
}

/* The sheet's encoding: which it is, or ARGUMENT from now on. */
static void command_encoding(struct plain *p, const char *argument)
{
	size_t n = strcspn(argument, " ");
	char *name = mem_strndup(argument, n), *style;
	enum encoding e = encoding_find(name);
	enum line_end line_end;

	free(name);
	p->next = SAY_WHERE;
	if (*argument && (e == ENCODING_UNKNOWN ||
	                  !line_end_read(argument + n + strspn(argument + n, " "), e,
	                                 &line_end))) {
		say(p->out, _("紙面の文字コードは %s のどれかで、改行を変えるなら続けて lf か crlf と書いてください（例 :e cp932、:e utf-8 crlf）\n"),
		    encoding_names);
		return;
	}
	if (*argument)
		p->d->sheet_style = (struct file_style){ e, line_end };
	style = file_style_words(&p->d->sheet_style);
	say(p->out, _("紙面の文字コード: %s\n"), style);
	free(style);
}

static void command_finish(struct plain *p, const char *argument);
static void command_help(struct plain *p, const char *argument);

/* The whole question, whatever has been heard and however much is to be said. */
static void command_again(struct plain *p, const char *argument)
{
	(void)argument;
	if (p->at == end_of(p))
		return;
	say_question(p->out, record_of(p), p->at, SAY_ALL);
	p->next = SAY_NOTHING;
}

static void command_where(struct plain *p, const char *argument)
{
	(void)argument;
	say_place(p->out, record_of(p), p->at);
	p->next = SAY_NOTHING;
}

static void command_spell(struct plain *p, const char *argument)
{
	char *answer = p->at == end_of(p)
		? mem_strdup("") : describe_answer(record_of(p), p->at);
	size_t from = strtoul(argument, NULL, 10), more;

	p->next = SAY_WHERE;
	if (!*answer)
		say(p->out, "%s\n", _("ここに答えはありません"));
	more = spell(p->out, answer, from ? from : 1);
	if (more)
		say(p->out, _("続きは :a %zu で聞けます\n"), more);
	free(answer);
}

static const char *const lengths[] = {
	[BRIEF] = N_("短く"),
	[NORMAL] = N_("ふつう"),
	[FULL] = N_("詳しく"),
};

static void command_length(struct plain *p, const char *argument)
{
	int n = strlen(argument) == 1 ? *argument - '0' : 0;

	if (n >= BRIEF && n <= FULL)
		p->length = (enum length)n;
	else
		say(p->out, "%s\n", _(":v 1 で短く、:v 2 でふつう、:v 3 で詳しくなります"));
	say(p->out, _("質問の読み上げ方: %s\n"), _(lengths[p->length]));
	p->next = SAY_WHERE;
}

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
	{ '?', command_article, A_WORD, ":?", N_("この質問の条文を読む（:? 8 で第8条）") },
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

static void command_help(struct plain *p, const char *argument)
{
	(void)argument;
	say(p->out, "%s\n", _("答えを入力して Enter を押すと次の質問に進みます。選択肢は番号で答えます"));
	say(p->out, "%s\n", _("何も入力せずに Enter を押すと、今の答えのまま次に進みます"));
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		say(p->out, "%s  %s\n", _(commands[i].usage),
		    _(commands[i].help));
	say(p->out, "%s\n", _("コロンで始まる答えは、コロンを2つ（::）にします"));
	p->next = SAY_WHERE;
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
	                                  : narrow_word(text + 2);
	free(text);
	if (c && (!**argument || c->argument != NO_ARGUMENT))
		return c;
	free(*argument);
	return NULL;
}

/* If LINE is a command, or looks like one, run it or say that there is none. */
static bool run_command(struct plain *p, const char *line)
{
	char *argument, *text;
	const struct command *c = command_meant(line, &argument);

	if (c) {
		c->run(p, argument);
		free(argument);
		return true;
	}
	text = command_line(line);
	if (!text)
		return false;
	say(p->out, _("「%s」というコマンドはありません。:h で一覧を見られます。コロンで始まる答えは、コロンを2つ（::）にしてください\n"),
	    text);
	p->next = SAY_WHERE;
	free(text);
	return true;
}

/* --- finishing ---------------------------------------------------------- */

/* The date says another day than today: is that meant? False where that was not
 * answered: then nothing is finished. */
static bool ask_about_date(struct plain *p, int q)
{
	struct record *r = record_of(p);
	struct not_today words;
	int chosen;

	describe_not_today(r, q, &words);
	chosen = ask(p, words.question, words.keep, words.change);
	not_today_release(&words);
	if (chosen == 2) {
		record_set_today(r, q);
		p->unsaved = true; /* it may not be finished yet */
	}
	if (chosen == NOT_CHOSEN)
		say(p->out, "%s\n", _("まだ完成させていません。:f でもう一度どうぞ"));
	return chosen > 0;
}

/* What the sheet would lose, with the way to each; true where it is nothing. */
static bool sheet_is_fine(struct plain *p)
{
	struct encoded sheet;
	bool fine;

	document_sheet(p->d, p->setup->layout, &sheet);
	fine = encoded_fine(&sheet);
	if (!fine)
		say(p->out, "%s\n", _("紙面を書き出せません。次の文字を直すか、:e utf-8 のように紙面の文字コードを変えてください"));
	say_lost(p->out, record_of(p), &sheet, p->d->sheet_style.encoding,
	         &p->ways);
	tell_ways(p);
	encoded_release(&sheet);
	return fine;
}

static void finish(struct plain *p)
{
	char *why;

	if (!sheet_is_fine(p) || !choose_file(p))
		return;
	document_finish(p->d, p->setup->layout);
	if (!settle(p, &why)) {
		say_trouble(why);
		say(p->out, "%s\n", _("完成できませんでした。答えは残っています"));
		free(why);
		p->result = PLAIN_FAILED;
		return;
	}
	if (p->d->overtaken) {
		finish(p);
		return;
	}
	say(p->out, "%s\n", _("完成しました"));
	say_path(p->out, _("確認書: %s\n"), p->d->path);
	say_path(p->out, _("紙面: %s\n"), p->d->sheet);
	if (p->d->original)
		say_path(p->out, _("元の確認書はそのままです: %s\n"),
		         p->d->original);
	if (document_is_named_as_draft(p->d))
		say(p->out, "%s\n", _("ファイルの名前が「作成中」のままです。名前を変えてから提出してください"));
	p->result = PLAIN_FINE;
	p->unsaved = false;
	p->leaving = true;
}

static void command_finish(struct plain *p, const char *argument)
{
	int dated;

	(void)argument;
	p->next = SAY_WHERE;
	if (record_has_errors(record_of(p))) {
		say(p->out, "%s\n", _("まだ完成できません"));
		list_problems(p);
		return;
	}
	list_problems(p);
	dated = flow_not_today(record_of(p));
	if (dated >= 0 && !ask_about_date(p, dated))
		return;
	if (record_has_errors(record_of(p))) { /* today may be another problem */
		command_finish(p, argument);
		return;
	}
	finish(p);
}

/* --- the loop ----------------------------------------------------------- */

static void say_end(struct plain *p)
{
	fputc('\n', p->out);
	say(p->out, "%s\n", _("質問はこれで終わりです"));
	list_problems(p);
	if (!record_has_errors(record_of(p)))
		say(p->out, "%s\n", _("完成させるには :f、続きをあとにするには :q と入力してください"));
}

/* What is said of the question at hand: by length, the first time and again. How
 * its kind is answered is told once, however brief. */
static unsigned parts_to_say(struct plain *p)
{
	static const unsigned parts[][2] = {
		[BRIEF] = { SAY_SENTENCE, 0 },
		[NORMAL] = { SAY_CLAUSE | SAY_SENTENCE | SAY_HINT, SAY_EMPTY },
		[FULL] = { SAY_ALL, SAY_ALL },
	};
	const struct question *q = &p->setup->form->questions[p->at];
	unsigned kind = q->multiline ? TOLD_LINES
	              : q->type->choices == CHOICES_MANY ? TOLD_MANY : 0;
	unsigned how = kind & ~p->told ? SAY_HOW : 0;

	p->told |= kind;
	return parts[p->length][p->heard[p->at]] | how;
}

static void say_present(struct plain *p)
{
	struct record *r = record_of(p);

	if (p->at == end_of(p)) {
		say_end(p);
		return;
	}
	if (!p->cleared && record_offer(r, p->at).n) {
		p->unsaved = true;
		save(p);
	}
	say_groups(p->out, r, p->at, p->said);
	say_question(p->out, r, p->at, parts_to_say(p));
	p->heard[p->at] = true;
	p->said = p->at;
}

/* An empty line: what is there stays. */
static void pass_by(struct plain *p)
{
	struct record *r = record_of(p);

	if (p->at < end_of(p) && !*record_answer(r, p->at) &&
	    question_has_error(r, p->at))
		say(p->out, "%s\n", _("未記入のまま次に進みます"));
	go_on(p);
}

static void take_line(struct plain *p)
{
	const char *line = p->line.s;
	char *first, *text;

	record_allow_work(record_of(p));
	if (run_command(p, line))
		return;
	if (text_is_blank(line)) {
		pass_by(p);
		return;
	}
	if (p->at == end_of(p)) {
		say(p->out, "%s\n", _("ここで答える質問はありません。:f で完成、:b で戻る、:h で説明です"));
		p->next = SAY_WHERE;
		return;
	}
	if (p->setup->form->questions[p->at].multiline && ends_text(line) &&
	    *record_answer(record_of(p), p->at)) {
		say(p->out, "%s\n", _("今の答えのままにします（消すには :c）"));
		go_on(p);
		return;
	}
	first = mem_strdup(line[0] == ':' ? line + 1 : line);
	if (p->setup->form->questions[p->at].multiline)
		text = read_text(p, first);
	else
		text = typed_answer(record_of(p), p->at, first);
	answer(p, text);
	free(text);
	free(first);
}

static void say_start(struct plain *p)
{
	char *remark = document_encoding_remark(p->d);

	say(p->out, "%s\n", p->setup->form->title);
	if (p->d->original)
		say_path(p->out, _("%s は完成しています。訂正は新しい作成中の確認書で行い、元のファイルは変えません\n"),
		         p->d->original);
	if (remark)
		say(p->out, "%s\n", remark);
	free(remark);
	say_path(p->out, _("保存先: %s\n"), p->d->path);
	say(p->out, "%s\n", _("答えは1つ入力するごとに自動で保存されます"));
	/* a voice passes over the sign: it needs its name */
	say(p->out, "%s\n", _("コマンドはコロン（:）と1文字です。:h で説明、:q で保存して終わります"));
}

enum plain_result plain_run(const struct plain_setup *setup,
                            struct document *d)
{
	struct plain p = {
		.setup = setup,
		.d = d,
		.out = setup->out,
		.said = -1,
		.length = NORMAL,
		.heard = mem_array(setup->form->n + 1, sizeof *p.heard),
		.last_wait = DOCUMENT_LAST_WAIT,
	};

	p.at = document_is_new(d) ? flow_next(d->record, -1)
	                          : flow_first_open(d->record);
	buf_init(&p.line);
	say_start(&p);
	while (!p.leaving) {
		if (p.next == SAY_QUESTION)
			say_present(&p);
		else if (p.next == SAY_WHERE && p.length > BRIEF &&
		         p.at < end_of(&p))
			say_where(p.out, d->record, p.at);
		p.next = SAY_QUESTION;
		if (ferror(p.out) ||
		    !prompt_line(setup, &p.line, &p.result) ||
		    goes_nowhere(&p)) {
			leave(&p);
			break;
		}
		take_line(&p);
	}
	buf_release(&p.line);
	free(p.heard);
	free(p.ways.to);
	return p.result;
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
