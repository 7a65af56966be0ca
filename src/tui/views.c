/* SPDX-License-Identifier: MIT */
#include "tui/views.h"

#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "out/sheet.h"
#include "record/check.h"
#include "record/describe.h"
#include "record/flow.h"
#include "record/reason.h"
#include "tui/width.h"

static int language(const struct record *r)
{
	return reader_language(r->form, READER_AT_SCREEN);
}

static void add_blank(struct pager *p)
{
	pager_add(p, mem_strdup(""), STYLE_PLAIN, NO_TARGET);
}

/* --- the overview ------------------------------------------------------- */

static enum style style_of(enum entry_state state)
{
	return state == ENTRY_WRONG || state == ENTRY_MISSING ? STYLE_STRONG
	                                                      : STYLE_PLAIN;
}

/* A heading for each group that ROW is in and BEFORE was not. */
static void add_headings(struct pager *p, const struct record *r, int row,
                         int before)
{
	const struct question *questions = r->form->questions;
	int g = questions[row].parent;
	const char *label;

	if (g < 0 || (before >= 0 && questions[before].parent == g))
		return;
	label = form_words(r->form, &questions[g].label, language(r));
	if (!*label)
		return;
	if (p->n)
		add_blank(p);
	pager_add(p, mem_strdup(label), STYLE_STRONG, NO_TARGET);
}

/* What the end is called. */
static const char *end_title(const struct document *d)
{
	return d->reading ? _("確認") : _("確認と保存");
}

static void add_way_to_end(struct pager *p, const struct document *d)
{
	add_blank(p);
	pager_add(p, mem_strdup(end_title(d)), STYLE_PLAIN, TO_END);
}

void view_overview(struct pager *p, const struct document *d, int row)
{
	const struct record *r = d->record;
	int before = -1;

	pager_init(p, _("一覧"), true);
	for (int i = outline_next(r->form, -1); i < (int)r->form->n;
	     i = outline_next(r->form, i)) {
		const struct question *q = &r->form->questions[i];
		char *state = describe_state(r, i);
		char *number = form_is_item(r->form, i)
			? buf_format(_("番号%s "), q->number) : mem_strdup("");

		char *detail = describe_detail(r, i);

		add_headings(p, r, i, before);
		pager_add(p, buf_format("%s[%s] %s%s%s", number, state,
		                        form_label(r->form, q, language(r)),
		                        *detail ? "\n" : "", detail),
		          style_of(outline_state(r, i)), i);
		pager_indent(p, 4);
		free(detail);
		free(number);
		free(state);
		before = i;
	}
	add_way_to_end(p, d);
	pager_go_to(p, row);
}

/* --- problems ----------------------------------------------------------- */

static void add_problems_of(struct pager *p, const struct record *r,
                            const struct problem_list *list, bool caution)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct problem *problem = &list->items[i];
		char *text;

		if ((problem->kind == PROBLEM_CAUTION) != caution)
			continue;
		text = problem_with_title(r, problem->question, problem->text);
		pager_add(p, buf_format("%s %s", caution ? _("注意") : "!", text),
		          caution ? STYLE_STRONG : STYLE_ERROR,
		          problem->question);
		free(text);
	}
}

/* The rows of the outline that the caution *I and those right behind it with just its
 * words are about; *I is then behind them. */
static size_t rows_alike(const struct record *r, const struct problem_list *list,
                         size_t *i, int *rows)
{
	const char *text = list->items[*i].text;
	size_t n = 0;

	for (; *i < list->n; ++*i) {
		const struct problem *problem = &list->items[*i];

		if (problem->kind != PROBLEM_CAUTION)
			continue;
		if (strcmp(problem->text, text) != 0)
			break;
		rows[n++] = form_entry_of(r->form, problem->question);
	}
	return n;
}

/* Cautions with the same words are one, which leads to the first of them. */
static void add_cautions_together(struct pager *p, const struct record *r,
                                  const struct problem_list *list)
{
	int *rows = mem_array(list->n, sizeof *rows);

	for (size_t i = 0; i < list->n; ) {
		const struct problem *problem = &list->items[i];
		char *names, *text;
		size_t n;

		if (problem->kind != PROBLEM_CAUTION) {
			i++;
			continue;
		}
		n = rows_alike(r, list, &i, rows);
		names = describe_rows(r, rows, n);
		text = n > 1 ? buf_format("%s: %s", names, problem->text)
		             : problem_with_title(r, problem->question,
		                                  problem->text);
		pager_add(p, buf_format("%s %s", _("注意"), text),
		          STYLE_STRONG, problem->question);
		free(text);
		free(names);
	}
	free(rows);
}

/* What has to be mended first, then what may stay: that TOGETHER, or one by one. */
static void add_problems(struct pager *p, const struct record *r,
                         const struct problem_list *list, bool together)
{
	add_problems_of(p, r, list, false);
	if (list->n > list->errors) {
		if (list->errors || p->n > 2)
			add_blank(p);
		pager_add(p, mem_strdup(_("注意（このままでも完成できます）")),
		          STYLE_STRONG, NO_TARGET);
	}
	if (together)
		add_cautions_together(p, r, list);
	else
		add_problems_of(p, r, list, true);
}

void view_problems(struct pager *p, const struct document *d)
{
	struct problem_list list;

	problem_list_init(&list);
	record_problems(d->record, &list);
	pager_init(p, _("記入漏れや誤り"), true);
	add_problems(p, d->record, &list, false);
	problem_list_release(&list);
	if (!p->n)
		pager_add(p, mem_strdup(_("記入漏れや誤りはありません")),
		          STYLE_PLAIN, NO_TARGET);
	add_way_to_end(p, d);
	pager_begin(p);
}

/* --- articles ----------------------------------------------------------- */

static char *article_text(const struct article *article)
{
	const char *point = strchr(article->clause, '.');
	char *words, *text;

	if (!*article->clause)
		return mem_strdup(article->text);
	if (point)
		return buf_format("%s  %s", point + 1, article->text);
	words = clause_words(article->clause);
	text = buf_format("%s %s", words, article->text);
	free(words);
	return text;
}

void view_articles(struct pager *p, struct articles *a,
                   const char *clause)
{
	int at = a && *clause ? articles_find(a, clause) : -1;
	const struct article *article;

	pager_init(p, _("条文"), false);
	if (!a)
		pager_add(p, mem_strdup(_("この様式に条文は付いていません")),
		          STYLE_PLAIN, NO_TARGET);
	for (size_t i = 0; a && (article = articles_at(a, i)); i++) {
		bool heading = !strchr(article->clause, '.');

		if (heading && i)
			add_blank(p);
		pager_add(p, article_text(article),
		          heading || (int)i == at ? STYLE_STRONG : STYLE_PLAIN,
		          (int)i);
		if ((int)i == at)
			pager_mark(p);
	}
	pager_go_to(p, at);
}

/* --- the sheet ---------------------------------------------------------- */

void view_sheet(struct pager *p, const struct record *r,
                const struct sheet_layout *layout)
{
	struct sheet_texts texts;
	struct buf sheet;
	size_t at, n, piece = 0;

	pager_init(p, _("紙面"), false);
	p->margin = 0;
	p->wide = true;
	buf_init(&sheet);
	sheet_write(r, layout, screen_width(), SHEET_NA_TOLD, &sheet, &texts);
	for (at = 0; sheet.s[at]; at += n + (sheet.s[at + n] == '\n')) {
		n = strcspn(sheet.s + at, "\n");
		pager_add(p, mem_strndup(sheet.s + at, n), STYLE_PLAIN,
		          NO_TARGET);
		for (; piece < texts.n && texts.pieces[piece].at <= at + n; piece++)
			pager_add_part(p, texts.pieces[piece].at - at,
			               texts.pieces[piece].length,
			               texts.pieces[piece].start);
	}
	buf_add_bytes(&p->whole, texts.whole.s, texts.whole.len);
	sheet_texts_release(&texts);
	buf_release(&sheet);
}

/* --- help --------------------------------------------------------------- */

#define KEYS_MOST 24 /* columns; what is said of more of them stands further right */

/* The columns that the keys of most actions need. */
static int widest_keys(void)
{
	int widest = 0;

	for (const struct action_def *d = action_defs; d->action; d++) {
		char *keys = action_keys(d);

		int columns = screen_columns(keys);

		if (columns > widest && columns <= KEYS_MOST)
			widest = columns;
		free(keys);
	}
	return widest;
}

/* The keys of D, padded to WIDTH columns, and what they do. */
static void add_keys(struct pager *p, const struct action_def *d, int width)
{
	char *keys = action_keys(d);
	struct buf line;

	buf_init(&line);
	buf_add(&line, keys);
	buf_add_repeated(&line, ' ', screen_columns(keys) + 2 < width
	                 ? (size_t)(width - screen_columns(keys)) : 2);
	buf_add(&line, _(d->help));
	pager_add(p, line.s, STYLE_PLAIN, NO_TARGET);
	pager_indent(p, width);
	free(keys);
}

static void add_help(struct pager *p, unsigned where, const char *heading)
{
	int width = widest_keys() + 2;

	if (p->n)
		add_blank(p);
	pager_add(p, mem_strdup(heading), STYLE_STRONG, NO_TARGET);
	for (const struct action_def *d = action_defs; d->action; d++)
		if (d->where & where)
			add_keys(p, d, width);
}

void view_help(struct pager *p)
{
	pager_init(p, _("キーの説明"), false);
	add_help(p, IN_PAGE | IN_WRITING | IN_AMENDABLE, _("どこでも"));
	add_help(p, IN_CHOICE, _("選ぶ欄で"));
	add_help(p, IN_TEXT, _("書く欄で"));
	add_help(p, IN_LIST | IN_MENU | IN_WIDE | IN_SEARCH,
	         _("一覧、条文、紙面、この説明で"));
	add_blank(p);
	pager_add(p, mem_strdup(_("端末が F1 や F10 を使うときは、Esc に続けて数字を押します（Esc 1 が F1、Esc 0 が F10）")),
	          STYLE_PLAIN, NO_TARGET);
	pager_add(p, mem_strdup(_("Alt が使えないときも、Esc に続けてその文字を押します（Esc B が Alt-B）")),
	          STYLE_PLAIN, NO_TARGET);
}

/* --- the end ------------------------------------------------------------ */

static const char *end_words(const struct document *d, bool errors, bool lost,
                             bool cautions)
{
	if (d->reading)
		return errors ? _("記入漏れや誤りがあります（Enter でその質問へ移ります）")
		              : _("記入漏れや誤りはありません");
	return errors
		? _("まだ完成できません。次の点を直してください（Enter でその質問へ移ります）")
		: lost
		? _("紙面を書き出せません。次の文字を直すか、紙面の文字コードを変えてください")
		: cautions
		? _("記入漏れや誤りはありません。注意を読み、内容を確かめて完成させてください")
		: _("すべて記入されています。内容を確かめて完成させてください");
}

/* Where what is LOST can be mended: in the text of an item, if it stands there. */
static int way_to_lost(const struct record *r, const struct lost *lost)
{
	int text;

	if (lost->row < 0)
		return END_ENCODING;
	text = form_is_item(r->form, lost->row)
		? r->form->questions[lost->row].item_text : -1;
	if (text >= 0 && u8_strchr((const uint8_t *)record_answer(r, text),
	                           lost->character))
		return text;
	return lost->row;
}

/* What SHEET, as finishing would write it, loses or swaps. */
static void add_lost(struct pager *p, const struct document *d,
                     const struct encoded *sheet)
{
	if (sheet->why)
		pager_add(p, buf_format("! %s", sheet->why), STYLE_ERROR,
		          END_ENCODING);
	for (size_t i = 0; i < sheet->n_lost; i++) {
		const struct lost *lost = &sheet->lost[i];
		char *words = lost_words(d->record, lost,
		                         d->sheet_style.encoding);

		pager_add(p, buf_format("! %s", words), STYLE_ERROR,
		          way_to_lost(d->record, lost));
		free(words);
	}
	for (size_t i = 0; i < sheet->n_swapped; i++) {
		char *words = swapped_words(&sheet->swapped[i]);

		pager_add(p, buf_format("%s %s", _("注意"), words),
		          STYLE_STRONG, NO_TARGET);
		free(words);
	}
}

/* What finishing would do, and how. */
static void add_finishing(struct pager *p, const struct document *d, bool lost)
{
	char *style = file_style_words(&d->sheet_style);

	if (!lost)
		pager_add(p, mem_strdup(_("完成させる（確認書と紙面を書き出します）")),
		          STYLE_PLAIN, END_FINISH);
	pager_add(p, buf_format(_("紙面の文字コード: %s"), style),
	          STYLE_PLAIN, END_ENCODING);
	free(style);
}

void view_end(struct pager *p, const struct document *d,
              const struct sheet_layout *layout)
{
	const struct record *r = d->record;
	bool errors, finishes, lost, cautions;
	struct encoded sheet = {0};
	struct problem_list list;

	problem_list_init(&list);
	record_problems(r, &list);
	errors = list.errors > 0;
	finishes = !errors && !d->reading;
	if (finishes && !encoding_is_utf8(d->sheet_style.encoding))
		document_sheet(d, layout, &sheet);
	lost = !encoded_fine(&sheet);
	cautions = list.n > list.errors || sheet.n_swapped;
	pager_init(p, end_title(d), true);
	pager_add(p, mem_strdup(end_words(d, errors, lost, cautions)),
	          STYLE_STRONG, NO_TARGET);
	add_blank(p);
	add_lost(p, d, &sheet);
	add_problems(p, r, &list, true);
	encoded_release(&sheet);
	problem_list_release(&list);
	if (p->n > 2)
		add_blank(p);
	/* The sheet is first: one Enter too many must not finish. */
	pager_add(p, mem_strdup(_("紙面を見る")), STYLE_PLAIN, END_SHEET);
	if (finishes)
		add_finishing(p, d, lost);
	if (d->amendable)
		pager_add(p, mem_strdup(_("訂正する（新しい作成中の確認書を作ります）")),
		          STYLE_PLAIN, END_AMEND);
	pager_add(p, mem_strdup(d->reading ? _("終わる")
	                        : _("続きはあとにする（保存して終わります）")),
	          STYLE_PLAIN, END_LEAVE);
	if (errors || lost)
		pager_begin(p);
	else
		pager_go_to(p, END_SHEET);
	p->top = 0;
}

/* --- questions ---------------------------------------------------------- */

void view_ask(struct pager *p, const char *question,
              const char *const *answers, size_t n)
{
	pager_init(p, "", true);
	pager_add(p, mem_strdup(question), STYLE_STRONG, NO_TARGET);
	add_blank(p);
	for (size_t i = 0; i < n; i++)
		pager_add(p, mem_strdup(answers[i]), STYLE_PLAIN, (int)i);
	pager_go_to(p, 0);
}

void view_drafts(struct pager *p, const struct draft_list *drafts)
{
	pager_init(p, _("作成中の確認書"), true);
	pager_add(p, mem_strdup(_("作成中の確認書があります。続けるものを選んで Enter を押してください")),
	          STYLE_STRONG, NO_TARGET);
	add_blank(p);
	for (size_t i = 0; i < drafts->n; i++) {
		char *path = text_from_bytes(drafts->items[i].path);
		struct buf line;

		buf_init(&line);
		buf_addf(&line, "%s  %s", path, drafts->items[i].title);
		if (drafts->items[i].holder)
			buf_addf(&line, _("（ほかで記入中: %s）"),
			         drafts->items[i].holder);
		pager_add(p, line.s, STYLE_PLAIN, (int)i);
		free(path);
	}
	if (drafts->more)
		pager_add(p, mem_strdup(_("ほかにもあります。ファイル名を指定すれば続けられます")),
		          STYLE_PLAIN, NO_TARGET);
	add_blank(p);
	pager_add(p, mem_strdup(_("新しく始める")), STYLE_PLAIN, DRAFTS_NEW);
	pager_go_to(p, 0);
}
