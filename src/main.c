/* SPDX-License-Identifier: MIT
 *
 * kakuninsho: options, locale, the command table, exit codes.
 */
#include "config.h"

#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fatal.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/spelling.h"
#include "base/text.h"
#include "cmd/common.h"
#include "cmd/sandbox.h"
#include "out/encoding.h"
#include "out/file.h"
#include "out/lock.h"

static const struct command commands[] = {
	{ NULL, "[FILE]",
	  N_("確認書を記入する（FILE があれば、その続きから）"), "PAeRFTh", false,
	  WRITES_RECORDS, cmd_fill },
	{ "review", "FILE",
	  N_("確認書を見る（何も変えない）"), "PAeRFTh", false,
	  WRITES_NOTHING, cmd_review },
	{ "check", "FILE...",
	  N_("確認書の記入漏れや誤りを表示する"), "eRFTh", true,
	  WRITES_NOTHING, cmd_check },
	{ "export", "FILE",
	  N_("確認書を紙面のテキスト、CSV、JSON で書き出す"), "teLoWBRFTh", true,
	  WRITES_OUTPUT, cmd_export },
	{ "renew", "OLD",
	  N_("昨年の確認書 OLD から、今年の確認書を作る"), "oRFTh", true,
	  WRITES_RECORDS, cmd_renew },
	{ "diff", "OLD NEW",
	  N_("2つの確認書の違いを、項目ごとに表示する"), "eRFTh", true,
	  WRITES_NOTHING, cmd_diff },
	{ "list", "PATH...",
	  N_("多くの確認書の期限や未実施を一覧にする（PATH はファイルかディレクトリ）"),
	  "CeRFTh", true, WRITES_NOTHING, cmd_list },
	{ "form check", "FORM...",
	  N_("様式（XLSForm の CSV）の誤りを、行と桁を付けて表示する"), "eRh", true,
	  WRITES_NOTHING, cmd_form_check },
	{ "form show", "[FORM]",
	  N_("様式がどう読み取られたかを、1行に1つずつ表示する"), "eRh", true,
	  WRITES_NOTHING, cmd_form_show },
	{ "form print", "[FORM]",
	  N_("記入前の様式を、紙面のテキストで書き出す"), "eLoWRh", true,
	  WRITES_OUTPUT, cmd_form_print },
};
enum { COMMANDS = sizeof commands / sizeof *commands };

/* Every option: its letter (lower case ones can be given as -x, all stand for
 * it in struct command), its long name, what its argument is called, what help
 * says of it, and where it goes. */
static const struct option_def {
	char letter;
	const char *name;
	const char *argument; /* NULL: takes none */
	const char *help;
	size_t member; /* of struct options: a string, or a bool without one */
} option_defs[] = {
	{ 'P', "plain", NULL,
	  N_("画面全体を使わず、1行ずつ記入する（読み上げソフトやパイプ向け）"),
	  offsetof(struct options, plain) },
	{ 'A', "ambiguous", "narrow|wide",
	  N_("端末が ※ や ① を1桁で描くなら narrow、2桁なら wide（ふだんは不要）"),
	  offsetof(struct options, ambiguous) },
	{ 't', "type", export_types,
	  N_("書き出す種類（指定がなければ OUT の拡張子で決まり、それもなければ text）"),
	  offsetof(struct options, type) },
	{ 'e', "encoding", encoding_names, N_("--from と同じ"),
	  offsetof(struct options, encoding) },
	{ 'L', "eol", output_line_ends,
	  N_("書き出す改行（指定がなければ csv は crlf、ほかは文字コードによる）"),
	  offsetof(struct options, line_end) },
	{ 'o', "output", "OUT",
	  N_("書き出す先（指定がなければ標準出力）"),
	  offsetof(struct options, output) },
	{ 'W', "force", NULL, N_("OUT がすでにあれば上書きする"),
	  offsetof(struct options, force) },
	{ 'B', "blank-na", NULL,
	  N_("該当しない項目の欄を、記入前の様式のまま（※）にする"),
	  offsetof(struct options, blank_na) },
	{ 'C', "csv", NULL, N_("表計算ソフト向けの CSV で表示する"),
	  offsetof(struct options, csv) },
	{ 'R', "from", encoding_names,
	  N_("読むファイルが UTF-8 でないときの文字コード（指定がなければ見分ける）"),
	  offsetof(struct options, from) },
	{ 'F', "form", "FILE", N_("ほかの様式（XLSForm の CSV）を使う"),
	  offsetof(struct options, form) },
	{ 'T', "today", "DATE", N_("今日の日付を DATE とみなす"),
	  offsetof(struct options, today) },
	{ 'h', "help", NULL, N_("この説明を表示する"),
	  offsetof(struct options, help) },
	{ 'V', "version", NULL, N_("バージョンを表示する"),
	  offsetof(struct options, version) },
};
enum { OPTIONS = sizeof option_defs / sizeof *option_defs };

/* What a command's help says instead, where the option means another thing there. */
static const struct own_help {
	const char *command;
	char letter;
	const char *help;
} own_helps[] = {
	{ "", 'e',
	  N_("--from と同じ（書き出すコマンドでは、書き出す文字コード）") },
	{ "review", 'P',
	  N_("確認書の全体を1行ずつ表示する（読み上げソフトやパイプ向け）") },
	{ "export", 'e',
	  N_("書き出す文字コード（指定がなければ csv は utf-8-bom、ほかは utf-8）") },
	{ "form print", 'e',
	  N_("書き出す文字コード（指定がなければ utf-8）") },
	{ "form print", 'L',
	  N_("書き出す改行（指定がなければ utf-8 と euc-jp は lf、ほかは crlf）") },
	{ "renew", 'o',
	  N_("作る確認書（指定がなければ、このディレクトリに新しい作成中の確認書）") },
};
enum { OWN_HELPS = sizeof own_helps / sizeof *own_helps };

/* --- help --------------------------------------------------------------- */

static void print_usage(const struct command *c)
{
	printf("  kakuninsho %s%s%s\n        %s\n", c->name ? c->name : "",
	       c->name ? " [OPTION...] " : "[OPTION...] ", c->arguments,
	       _(c->summary));
}

static const char *help_of(const struct command *c, const struct option_def *o)
{
	const char *name = c->name ? c->name : "";

	for (int i = 0; i < OWN_HELPS; i++)
		if (strcmp(own_helps[i].command, name) == 0 &&
		    own_helps[i].letter == o->letter)
			return own_helps[i].help;
	return o->help;
}

static void print_option(const struct command *c, const struct option_def *o)
{
	printf("  ");
	if (o->letter >= 'a')
		printf("-%c, ", o->letter);
	printf("--%s%s%s\n        %s\n", o->name, o->argument ? " " : "",
	       o->argument ? o->argument : "", _(help_of(c, o)));
}

/* True where GROUP is the first of the two words that C is named by. */
static bool is_in_group(const struct command *c, const char *group)
{
	size_t n = strlen(group);

	return c->name && strncmp(c->name, group, n) == 0 && c->name[n] == ' ';
}

/* Of C; where that has no name, of the program, or of the commands in GROUP, if
 * there is one. */
static void print_help(const struct command *c, const char *group)
{
	bool whole = !c->name && !group;
	const char *letters = group ? "h" : c->options;

	printf("%s\n", _("使い方:"));
	for (int i = 0; i < COMMANDS; i++)
		if (group ? is_in_group(&commands[i], group)
		          : whole || &commands[i] == c)
			print_usage(&commands[i]);
	printf("\n%s\n", _("オプション:"));
	for (int i = 0; i < OPTIONS; i++)
		if (strchr(letters, option_defs[i].letter) ||
		    (whole && option_defs[i].letter == 'V'))
			print_option(c, &option_defs[i]);
	if (whole || group)
		printf("\n%s\n", _("コマンドごとの説明は kakuninsho check --help のように見られます"));
	if (c->reads_input)
		printf("\n%s\n", _("ファイルの名前の代わりに - と書くと、標準入力から読みます"));
	printf("\n%s\n", _("終了コード: 0 問題なし、1 問題や違いあり、2 読み書きや指定の誤り"));
}

/* --- options ------------------------------------------------------------ */

/* How many of WORDS, N of them, NAME is; 0 where it is not what they begin with. */
static int words_of(const char *name, char *const words[], int n)
{
	for (int i = 0; i < n; i++) {
		size_t length = strlen(words[i]);

		if (strncmp(name, words[i], length) != 0)
			return 0;
		if (name[length] == '\0')
			return i + 1;
		if (name[length] != ' ')
			return 0;
		name += length + 1;
	}
	return 0;
}

/* The command that WORDS begin with, in *TAKEN of them; NULL. */
static const struct command *command_find(char *const words[], int n,
                                          int *taken)
{
	for (int i = 0; i < COMMANDS; i++)
		if (commands[i].name &&
		    (*taken = words_of(commands[i].name, words, n)))
			return &commands[i];
	return NULL;
}

/* WORD, which may be NULL, if it is the first of two of some commands; NULL. */
static const char *group_find(const char *word)
{
	for (int i = 0; i < COMMANDS; i++)
		if (word && is_in_group(&commands[i], word))
			return word;
	return NULL;
}

/* The word for a command that WORD, which is none and no file, was meant to be: a
 * new string; NULL. */
static char *command_meant(const char *word)
{
	char *nearest = NULL;
	size_t least = spelling_limit(word) + 1;

	if (file_exists(word) || text_has_suffix(word, ".csv"))
		return NULL;
	for (int i = 0; i < COMMANDS; i++) {
		const char *name = commands[i].name ? commands[i].name : "";
		char *first = mem_strndup(name, strcspn(name, " "));
		size_t distance = *first ? spelling_distance(word, first) : least;

		if (distance < least) {
			least = distance;
			free(nearest);
			nearest = mem_strdup(first);
		}
		free(first);
	}
	return nearest;
}

static const struct option_def *option_find(int letter)
{
	for (int i = 0; i < OPTIONS; i++)
		if (option_defs[i].letter == letter)
			return &option_defs[i];
	return NULL;
}

static void set_option(struct options *o, const struct option_def *d,
                       const char *value)
{
	void *member = (char *)o + d->member;

	if (d->argument)
		*(const char **)member = value;
	else
		*(bool *)member = true;
}

/* getopt's two spellings of option_defs. */
static void getopt_tables(char *letters, struct option *longs)
{
	*letters++ = ':';
	for (int i = 0; i < OPTIONS; i++) {
		const struct option_def *d = &option_defs[i];

		longs[i] = (struct option){
			d->name, d->argument ? required_argument : no_argument,
			NULL, d->letter,
		};
		if (d->letter < 'a')
			continue;
		*letters++ = d->letter;
		if (d->argument)
			*letters++ = ':';
	}
	*letters = '\0';
	longs[OPTIONS] = (struct option){0};
}

static enum exit_code usage_error(char *const argv[], int wrong)
{
	const char *given = argv[optind - 1];

	if (wrong == ':')
		say_error(_("オプション「%s」には値が要ります。kakuninsho --help を見てください"),
		          given);
	else if (optopt && optopt < 128 && strncmp(given, "--", 2) != 0)
		say_error(_("オプション「-%c」はありません。kakuninsho --help を見てください"),
		          optopt);
	else
		say_error(_("オプション「%s」はありません。kakuninsho --help を見てください"),
		          given);
	return EXIT_TROUBLE;
}

/* Every option GIVEN has to be one of C's; else say which is not. */
static bool options_fit(const struct command *c, const char *given)
{
	for (; *given; given++) {
		if (strchr(c->options, *given) || *given == 'V')
			continue;
		say_error(_("オプション「--%s」は「%s」では使えません。kakuninsho --help を見てください"),
		          option_find(*given)->name,
		          c->name ? c->name : _("記入"));
		return false;
	}
	return true;
}

static void print_version(void)
{
	char *sandbox = sandbox_describe();

	printf("kakuninsho %s\n", PACKAGE_VERSION);
	printf(_("サンドボックス: %s\n"), sandbox);
	free(sandbox);
}

/* What C leaves to be done, in the sandbox that leaves it no more than that. */
static enum exit_code run_command(const struct command *c, struct options *o,
                                  char **files, int n)
{
	enum exit_code code;
	bool output = o->output && strcmp(o->output, "-") != 0;
	bool saves = c->writes == WRITES_RECORDS ||
		(c->writes == WRITES_OUTPUT && output);

	if (c->writes != WRITES_OUTPUT && !o->from)
		o->from = o->encoding; /* there is no other */
	if (c->writes == WRITES_RECORDS)
		o->self = lock_self();
	sandbox_enter(saves ? SANDBOX_SAVES : SANDBOX_READS);
	code = c->run(o, files, n);
	free(o->self);
	return code;
}

/* C, which was not named, takes FILES; unless the first is a command misspelt. */
static enum exit_code run_unnamed(const struct command *c, struct options *o,
                                  char **files, int n)
{
	char *meant = n ? command_meant(files[0]) : NULL;

	if (!meant)
		return run_command(c, o, files, n);
	say_error(_("「%s」というファイルもコマンドもありません。「%s」のことですか"),
	          files[0], meant);
	free(meant);
	return EXIT_TROUBLE;
}

/* GROUP, a first word, has to be followed by a second one. */
static enum exit_code say_group(const char *group)
{
	struct buf seconds;

	buf_init(&seconds);
	for (int i = 0; i < COMMANDS; i++)
		if (is_in_group(&commands[i], group))
			buf_addf(&seconds, "%s%s", seconds.len ? "|" : "",
			         commands[i].name + strlen(group) + 1);
	say_error(_("「%s」の次には %s のどれかを書いてください。kakuninsho %s --help を見てください"),
	          group, seconds.s, group);
	buf_release(&seconds);
	return EXIT_TROUBLE;
}

/* Options may stand before and after the command's name and its files. */
static enum exit_code run(int argc, char *argv[])
{
	char letters[2 * OPTIONS + 2];
	struct option longs[OPTIONS + 1];
	struct options o = {0};
	const struct command *c;
	const char *group;
	char given[OPTIONS + 1] = "";
	int letter, taken = 0, n = 0;

	getopt_tables(letters, longs);
	while ((letter = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
		if (letter == '?' || letter == ':')
			return usage_error(argv, letter);
		if (!strchr(given, letter))
			given[n++] = (char)letter;
		set_option(&o, option_find(letter), optarg);
	}
	c = command_find(argv + optind, argc - optind, &taken);
	group = c ? NULL : group_find(argv[optind]);
	if (!c)
		c = &commands[0];
	optind += taken;
	if (o.version)
		print_version();
	else if (o.help)
		print_help(c, group);
	else if (group)
		return say_group(group);
	else if (!options_fit(c, given))
		return EXIT_TROUBLE;
	else
		return (c->name ? run_command : run_unnamed)
			(c, &o, argv + optind, argc - optind);
	return close_output(EXIT_FINE);
}

/* Where a standard stream is closed, the next file opened would take its place
 * and be read or written as if it were that. Put something there that fails. */
static void hold_standard_streams(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
}

int main(int argc, char *argv[])
{
	hold_standard_streams();
	signal(SIGPIPE, SIG_IGN); /* a broken pipe is an error like any other, */
	signal(SIGXFSZ, SIG_IGN); /* and so is a file that may not grow so long */
	fatal_catch_crashes();
	i18n_init(getenv("KAKUNINSHO_LOCALEDIR") ? getenv("KAKUNINSHO_LOCALEDIR")
	                                         : LOCALEDIR);
	fatal_catch_crashes();
	return run(argc, argv);
}
