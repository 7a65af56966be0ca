/* SPDX-License-Identifier: MIT */
#include "tui/action.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"

#define CTRL(letter) KEY_CTRL(letter)
#define ALT(key) KEY_WITH_ALT(key)
#define WITH_CTRL(key) KEY_WITH_CTRL(key)

const struct action_def action_defs[] = {
	{ ACTION_NEXT_FIELD, IN_PAGE, { KEYS_TAB },
	  N_("次の欄"), N_("次の欄へ（最後の欄では次のページへ）") },
	{ ACTION_PREVIOUS_FIELD, IN_PAGE, { KEYS_BACK_TAB },
	  NULL, N_("前の欄へ（最初の欄では前のページへ）") },
	{ ACTION_NEXT_PAGE, IN_PAGE, { KEYS_PAGE_DOWN },
	  N_("次へ"), N_("次のページへ（記入漏れがあっても進めます）") },
	{ ACTION_PREVIOUS_PAGE, IN_PAGE | IN_END, { KEYS_PAGE_UP },
	  N_("戻る"), N_("前のページへ（書いたことは残ります）") },
	{ ACTION_ARTICLE, IN_PAGE | IN_END, { KEY_F_(1) },
	  N_("条文"), N_("この項目の条文を読む") },
	{ ACTION_SAVE, IN_WRITING, { KEY_F_(2) },
	  N_("保存"), N_("今すぐ保存する（ふだんは自動で保存されます）") },
	{ ACTION_OVERVIEW, IN_PAGE | IN_END, { KEY_F_(3) },
	  N_("一覧"), N_("すべての質問と答えの一覧から移る") },
	{ ACTION_SHEET, IN_PAGE | IN_END, { KEY_F_(4) },
	  N_("紙面"), N_("書き出される紙面を見る") },
	{ ACTION_AMEND, IN_AMENDABLE, { KEY_F_(5) },
	  N_("訂正"), N_("完成した確認書を訂正する（元のファイルは変わりません）") },
	{ ACTION_PROBLEMS, IN_PAGE, { KEY_F_(6) },
	  N_("不備"), N_("記入漏れや誤りの一覧から移る") },
	/* the end itself names them */
	{ ACTION_PROBLEMS, IN_END, { KEY_F_(6) },
	  NULL, N_("記入漏れや誤りの一覧から移る") },
	{ ACTION_HELP, IN_PAGE | IN_END, { KEY_F_(9) },
	  N_("説明"), N_("キーの説明を見る") },
	{ ACTION_QUIT, IN_PAGE | IN_END | IN_START, { KEY_F_(10), CTRL('C') },
	  N_("終了"), N_("保存して終わる（続きはあとでできます）") },
	{ ACTION_REPAINT, IN_PAGE | IN_END | IN_LIST, { CTRL('L') },
	  NULL, N_("画面を描き直す") },
	{ ACTION_SUSPEND, IN_PAGE | IN_END | IN_LIST, { CTRL('Z') },
	  NULL, N_("中断してシェルに戻る（fg で再開）") },

	{ ACTION_ENTER, IN_CHOICE, { KEYS_ENTER },
	  NULL, N_("選んで次の欄へ") },
	{ ACTION_ENTER, IN_TEXT, { KEYS_ENTER },
	  NULL, N_("次の欄へ（何行も書ける欄では改行）") },
	{ ACTION_CHOOSE, IN_CHOICE, { ' ', 0x3000 },
	  NULL, N_("選ぶ（番号や頭文字でも選べます）") },
	{ ACTION_LEFT, IN_CHOICE | IN_TEXT, { KEYS_LEFT, CTRL('B') },
	  NULL, N_("左へ") },
	{ ACTION_RIGHT, IN_CHOICE | IN_TEXT, { KEYS_RIGHT, CTRL('F') },
	  NULL, N_("右へ") },
	{ ACTION_UP, IN_CHOICE | IN_TEXT, { KEYS_UP, CTRL('P') },
	  NULL, N_("上の行へ、欄の外なら前の欄へ（上が隠れていれば先頭へ）") },
	{ ACTION_DOWN, IN_CHOICE | IN_TEXT, { KEYS_DOWN, CTRL('N') },
	  NULL, N_("下の行へ、欄の外なら次の欄へ") },
	{ ACTION_HOME, IN_TEXT, { KEYS_HOME, CTRL('A') },
	  NULL, N_("行の先頭へ") },
	{ ACTION_END, IN_TEXT, { KEYS_END, CTRL('E') },
	  NULL, N_("行の末尾へ") },
	{ ACTION_WORD_LEFT, IN_TEXT, { WITH_CTRL(KEYS_LEFT), ALT(KEYS_LEFT), ALT('b') },
	  NULL, N_("1語左へ") },
	{ ACTION_WORD_RIGHT, IN_TEXT, { WITH_CTRL(KEYS_RIGHT), ALT(KEYS_RIGHT), ALT('f') },
	  NULL, N_("1語右へ") },
	{ ACTION_TEXT_UP, IN_TEXT, { WITH_CTRL(KEYS_UP), ALT('v') },
	  NULL, N_("欄の高さだけ上へ") },
	{ ACTION_TEXT_DOWN, IN_TEXT, { WITH_CTRL(KEYS_DOWN), CTRL('V') },
	  NULL, N_("欄の高さだけ下へ") },
	{ ACTION_TEXT_START, IN_TEXT, { WITH_CTRL(KEYS_HOME), ALT('<') },
	  NULL, N_("欄の先頭へ") },
	{ ACTION_TEXT_END, IN_TEXT, { WITH_CTRL(KEYS_END), ALT('>') },
	  NULL, N_("欄の末尾へ") },
	{ ACTION_WHEEL_UP, IN_TEXT, { KEYS_WHEEL_UP },
	  NULL, N_("3行上へ") },
	{ ACTION_WHEEL_DOWN, IN_TEXT, { KEYS_WHEEL_DOWN },
	  NULL, N_("3行下へ") },
	{ ACTION_DELETE_BACK, IN_TEXT, { KEYS_BACKSPACE },
	  NULL, N_("前の1文字を消す") },
	{ ACTION_DELETE, IN_TEXT, { KEYS_DELETE, CTRL('D') },
	  NULL, N_("カーソルの1文字を消す") },
	{ ACTION_DELETE, IN_CHOICE, { KEYS_DELETE, CTRL('D') },
	  NULL, N_("答えを取り消す") },
	{ ACTION_DELETE_WORD, IN_TEXT, { CTRL('W'), ALT(KEYS_BACKSPACE), WITH_CTRL(KEYS_BACKSPACE) },
	  NULL, N_("前の1語を消す（同じ字種の続き）") },
	{ ACTION_DELETE_NEXT_WORD, IN_TEXT, { ALT('d'), WITH_CTRL(KEYS_DELETE) },
	  NULL, N_("次の1語を消す") },
	{ ACTION_DELETE_TO_END, IN_TEXT, { CTRL('K') },
	  NULL, N_("行の残りを消す") },
	{ ACTION_DELETE_TO_START, IN_TEXT, { CTRL('U') },
	  NULL, N_("行の先頭まで消す") },
	{ ACTION_DELETE_ALL, IN_TEXT, { ALT('k') },
	  NULL, N_("欄の全部を消す") },
	{ ACTION_YANK, IN_TEXT, { CTRL('Y') },
	  NULL, N_("消した語、行、欄の全部を貼り付ける") },
	{ ACTION_UNDO, IN_TEXT, { CTRL('_'), ALT('u') },
	  NULL, N_("元に戻す（多くの端末では Ctrl-/ でも）") },
	{ ACTION_REDO, IN_TEXT, { CTRL('R'), ALT('r') },
	  NULL, N_("元に戻したことをやり直す") },

	{ ACTION_LINE_UP, IN_LIST, { KEYS_UP, 'k', KEYS_WHEEL_UP },
	  NULL, N_("1行上へ") },
	{ ACTION_LINE_DOWN, IN_LIST, { KEYS_DOWN, 'j', KEYS_WHEEL_DOWN },
	  NULL, N_("1行下へ") },
	{ ACTION_SCREEN_UP, IN_LIST, { KEYS_PAGE_UP, 'b' },
	  N_("前"), N_("1画面上へ") },
	{ ACTION_SCREEN_DOWN, IN_LIST, { KEYS_PAGE_DOWN, ' ' },
	  N_("次"), N_("1画面下へ") },
	{ ACTION_FIRST, IN_LIST, { KEYS_HOME, 'g' },
	  NULL, N_("先頭へ") },
	{ ACTION_LAST, IN_LIST, { KEYS_END, 'G' },
	  NULL, N_("末尾へ") },
	{ ACTION_PAPER_LEFT, IN_WIDE, { KEYS_LEFT },
	  N_("左"), N_("紙面の左へ（画面がその幅より狭いとき）") },
	{ ACTION_PAPER_RIGHT, IN_WIDE, { KEYS_RIGHT },
	  N_("右"), N_("紙面の右へ（画面がその幅より狭いとき）") },
	{ ACTION_SEARCH, IN_LIST, { '/', 0xff0f },
	  N_("検索"), N_("言葉を探す") },
	{ ACTION_ENTER, IN_SEARCH, { KEYS_ENTER },
	  N_("探す"), N_("書いた言葉を探す") },
	{ ACTION_CLOSE, IN_SEARCH, { KEYS_ESC, KEY_F_(10), CTRL('C') },
	  N_("やめる"), N_("検索をやめる") },
	{ ACTION_SEARCH_NEXT, IN_LIST, { 'n' },
	  N_("次を検索"), N_("次に出てくるところへ") },
	{ ACTION_SEARCH_BACK, IN_LIST, { 'N' },
	  NULL, N_("前に出てくるところへ") },
	{ ACTION_GO, IN_MENU, { KEYS_ENTER },
	  N_("選ぶ"), N_("選ぶ、その質問へ移る") },
	{ ACTION_CLOSE, IN_LIST | IN_QUESTION, { KEYS_ESC, 'q', KEY_F_(10), CTRL('C') },
	  N_("閉じる"), N_("閉じて記入に戻る") },
	{ .action = ACTION_NONE },
};

enum action action_for(key_code key, unsigned where)
{
	for (const struct action_def *d = action_defs; d->action; d++)
		for (int i = 0; (d->where & where) && i < ACTION_KEYS; i++)
			if (d->keys[i] == key && key != KEYS_NONE)
				return d->action;
	return ACTION_NONE;
}

/* With nothing held down. */
static char *plain_name(key_code key)
{
	static const struct {
		key_code key;
		const char *name;
	} names[] = {
		{ KEYS_TAB, "Tab" }, { KEYS_ENTER, "Enter" }, { KEYS_ESC, "Esc" },
		{ KEYS_UP, "↑" }, { KEYS_DOWN, "↓" }, { KEYS_LEFT, "←" },
		{ KEYS_RIGHT, "→" }, { KEYS_HOME, "Home" }, { KEYS_END, "End" },
		{ KEYS_PAGE_UP, "PgUp" }, { KEYS_PAGE_DOWN, "PgDn" },
		{ KEYS_BACK_TAB, "Shift-Tab" }, { KEYS_BACKSPACE, "Backspace" },
		{ KEYS_DELETE, "Delete" }, { ' ', N_("スペース") },
		{ 0x3000, N_("全角スペース") }, { 0xff0f, "／" },
		{ KEYS_WHEEL_UP, N_("ホイール上") },
		{ KEYS_WHEEL_DOWN, N_("ホイール下") },
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (names[i].key == key)
			return mem_strdup(_(names[i].name));
	if (key > KEY_F_(0) && key <= KEY_F_(12))
		return buf_format("F%u", (unsigned)(key - KEY_F_(0)));
	if (key < ' ')
		return buf_format("Ctrl-%c", (int)(key + '@'));
	return buf_format("%c", (int)key);
}

char *key_name(key_code key)
{
	key_code base = KEY_BASE(key);
	bool is_letter = base >= 'a' && base <= 'z';
	char *plain, *name;

	if (base == key)
		return plain_name(key);
	plain = plain_name(is_letter ? base - 'a' + 'A' : base);
	name = buf_format("%s%s%s", key & KEY_WITH_CTRL(0) ? "Ctrl-" : "",
	                  key & KEY_WITH_ALT(0) ? "Alt-" : "", plain);
	free(plain);
	return name;
}

char *action_keys(const struct action_def *def)
{
	struct buf out;

	buf_init(&out);
	for (int i = 0; i < ACTION_KEYS && def->keys[i] != KEYS_NONE; i++) {
		char *name = key_name(def->keys[i]);

		buf_addf(&out, "%s%s", i ? _("、") : "", name);
		free(name);
	}
	return out.s;
}
