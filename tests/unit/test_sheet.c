/* SPDX-License-Identifier: MIT
 *
 * The paper form as text: its layout, and what stands on it.
 */
#include "fixture.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "form/question_type.h"
#include "out/sheet.h"

static const char survey[] =
	"type|name|label|number|clause|mark|relevant|required\n"
	"begin_group|subject|1 対象\n"
	"text|who|事業者名|1\n"
	"date|last|前回|2\n"
	"select_multiple part|parts|付属品|3\n"
	"text|memo|紙に載らない\n"
	"end_group\n"
	"begin_group|items|2 項目\n"
	"begin_group|i1|取扱者の名簿を作成し、甲に通知している。|1|3.1\n"
	"select_one done|a1|答え\n"
	"text|d1|理由\n"
	"end_group\n"
	"select_one yn|site|現場で作業しますか|||||yes\n"
	"begin_group|i2|場所を管理している。|2||※|${site} = 'yes'\n"
	"select_one done_or_na|a2|答え\n"
	"text|d2|理由\n"
	"end_group\n"
	"begin_group|i3|三|3|||${site} = 'yes'\n"
	"select_one done|a3|答え\n"
	"end_group\n"
	"end_group\n"
	"begin_group|last_group|確認者\n"
	"note|word|お読みください\n"
	"text|name|氏名\n"
	"end_group\n";

static const char choices[] =
	"list_name|name|label\n"
	"yn|yes|はい\nyn|no|いいえ\n"
	"done|yes|実施\ndone|no|未実施\n"
	"done_or_na|yes|実施\ndone_or_na|no|未実施\ndone_or_na|na|該当なし\n"
	"part|x|本体\npart|y|電源※\n";

static const char layout_csv[] =
	"kind,name,text\n"
	"title,,試験票\n"
	"group,subject,({number}) {label}：{answer}\n"
	"empty,last,なし（初回）\n"
	"table,items,番号 4|項目 12|回答 10|理由 14\n"
	"text,,\n"
	"question,name,氏名　{answer}　印\n"
	"right,,以上\n";

static struct form *the_form;
static struct sheet_layout *the_layout;

static struct sheet_layout *read_layout(const struct form *form,
                                        const char *csv)
{
	struct diag_list diags;
	struct sheet_layout *layout;

	diag_list_init(&diags);
	layout = sheet_layout_read(form, csv, strlen(csv), "s.csv", &diags);
	assert_non_null(layout);
	assert_int_equal(diags.n, 0);
	diag_list_release(&diags);
	return layout;
}

static int set_up(void **state)
{
	(void)state;
	the_form = fixture_form(survey, choices);
	the_layout = read_layout(the_form, layout_csv);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	sheet_layout_free(the_layout);
	form_free(the_form);
	return 0;
}

static char *sheet_of(const struct record *r, const struct sheet_layout *layout,
                      enum text_width width, enum sheet_na na)
{
	struct buf b;

	buf_init(&b);
	sheet_write(r, layout, width, na, &b, NULL);
	return b.s;
}

static void assert_sheet(const struct record *r, enum text_width width,
                         enum sheet_na na, const char *expected)
{
	char *sheet = sheet_of(r, the_layout, width, na);

	assert_string_equal(sheet, expected);
	free(sheet);
}

/* --- the whole, by hand --------------------------------------------------- */

#define RULE "+------+--------------+------------+----------------+\n"
#define HEADS RULE "| 番号 | 項目         | 回答       | 理由           |\n" RULE
#define SPACES_10 "          "
#define SPACES_70 SPACES_10 SPACES_10 SPACES_10 SPACES_10 SPACES_10 SPACES_10 \
	SPACES_10

static void test_a_draft(void **state)
{
	struct record *r = record_new(the_form, fixture_now);

	(void)state;
	assert_sheet(r, TEXT_NARROW, SHEET_NA_TOLD,
		SPACES_70 "【作成中】\n"
		SPACES_10 SPACES_10 SPACES_10 "       試験票\n"
		"\n"
		"1 対象\n"
		"(1) 事業者名：未記入\n"
		"(2) 前回：なし（初回）\n"
		"(3) 付属品：未記入\n"
		"\n"
		"2 項目\n"
		HEADS
		"| 1    | 3.1 取扱者の | 未記入     | 未記入         |\n"
		"|      | 名簿を作成   |            |                |\n"
		"|      | し、甲に通知 |            |                |\n"
		"|      | している。   |            |                |\n"
		RULE
		"| 2    | 場所を管理し | 未定       |                |\n"
		"|      | ている。     |            |                |\n"
		RULE
		"| 3    | 三           | 未定       |                |\n"
		RULE
		"\n"
		"氏名　未記入　印\n"
		SPACES_70 "      以上\n");
	record_free(r);
}

static const char finished[] =
	SPACES_10 SPACES_10 SPACES_10 "       試験票\n"
	"\n"
	"1 対象\n"
	"(1) 事業者名：株式会社\n"
	"(2) 前回：令和7年4月1日\n"
	"(3) 付属品：本体、電源※\n"
	"\n"
	"2 項目\n"
	HEADS
	"| 1    | 3.1 取扱者の | 未実施     | 4月1日着任の2  |\n"
	"|      | 名簿を作成   |            | 名から未徴収。 |\n"
	"|      | し、甲に通知 |            | 4月30日までに  |\n"
	"|      | している。   |            | 徴収する。     |\n"
	RULE
	"| 2    | 場所を管理し | %s |\n"
	"|      | ている。     |            | %s |\n"
	"%s"
	RULE
	"| 3    | 三           | %s |\n"
	"%s"
	RULE
	"\n"
	"氏名　山田　印\n"
	SPACES_70 "      以上\n";

static struct record *finished_record(const char *site)
{
	struct record *r = record_new(the_form, fixture_now);

	answer(r, "who", "株式会社");
	answer(r, "last", "2025-04-01");
	answer(r, "parts", "x y");
	answer(r, "memo", "秘密");
	answer(r, "a1", "no");
	answer(r, "d1", "4月1日着任の2名から未徴収。\n4月30日までに徴収する。");
	answer(r, "site", site);
	answer(r, "name", "山田");
	return r;
}

static void assert_finished(struct record *r, enum text_width width,
                            enum sheet_na na, const char *i2, const char *i2_2,
                            const char *i2_rest, const char *i3,
                            const char *i3_rest)
{
	char *expected;

	record_finish(r);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	expected = buf_format(finished, i2, i2_2, i2_rest, i3, i3_rest);
#pragma GCC diagnostic pop
	assert_sheet(r, width, na, expected);
	free(expected);
	record_free(r);
}

#define MORE "|      |              |            | "

static void test_what_does_not_apply(void **state)
{
	(void)state;
	assert_finished(finished_record("no"), TEXT_NARROW, SHEET_NA_TOLD,
	                "※該当なし  | 「現場で作業し", "ますか」が「い",
	                MORE "いえ」のため   |\n",
	                "該当なし   | 「現場で作業し",
	                MORE "ますか」が「い |\n" MORE "いえ」のため   |\n");
}

/* ※ takes two columns where its readers give it two. */
static void test_a_wide_mark(void **state)
{
	(void)state;
	assert_finished(finished_record("no"), TEXT_DOUBLE_BYTE, SHEET_NA_TOLD,
	                "※該当なし | 「現場で作業し", "ますか」が「い",
	                MORE "いえ」のため   |\n",
	                "該当なし   | 「現場で作業し",
	                MORE "ますか」が「い |\n" MORE "いえ」のため   |\n");
}

static void test_as_the_blank_form_has_it(void **state)
{
	(void)state;
	assert_finished(finished_record("no"), TEXT_NARROW, SHEET_NA_BLANK,
	                "※          | ※             ", "              ", "",
	                "           |               ", "");
}

/* Whatever the record holds: no answer, no reason, and no なし（初回） either. */
static void test_the_blank_form(void **state)
{
	struct record *r = finished_record("no");

	(void)state;
	assert_sheet(r, TEXT_NARROW, SHEET_ALL_BLANK,
		SPACES_10 SPACES_10 SPACES_10 "       試験票\n"
		"\n"
		"1 対象\n"
		"(1) 事業者名：\n"
		"(2) 前回：\n"
		"(3) 付属品：\n"
		"\n"
		"2 項目\n"
		HEADS
		"| 1    | 3.1 取扱者の |            |                |\n"
		"|      | 名簿を作成   |            |                |\n"
		"|      | し、甲に通知 |            |                |\n"
		"|      | している。   |            |                |\n"
		RULE
		"| 2    | 場所を管理し | ※          | ※              |\n"
		"|      | ている。     |            |                |\n"
		RULE
		"| 3    | 三           |            |                |\n"
		RULE
		"\n"
		"氏名　　印\n"
		SPACES_70 "      以上\n");
	record_free(r);
}

/* The choice 該当なし looks like what does not apply; its reason was typed. */
static void test_not_applicable_by_choice(void **state)
{
	struct record *r = finished_record("yes");

	(void)state;
	answer(r, "a2", "na");
	answer(r, "d2", "対象なし");
	answer(r, "a3", "yes");
	assert_finished(r, TEXT_NARROW, SHEET_NA_TOLD,
	                "※該当なし  | 対象なし      ", "              ", "",
	                "実施       |               ", "");
}

/* --- invariants ----------------------------------------------------------- */

static unsigned random_below(unsigned *seed, unsigned n)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % n;
}

/* Texts of what is hard to break: closing and opening marks, small kana,
 * ambiguous and combining characters, long words, line breaks. */
static char *random_text(unsigned *seed)
{
	static const char *const parts[] = {
		"情報", "、", "。", "」", "「", "（", "）", "ー", "ッ", "ゃ",
		"※", "①", "─", "…", "―", "１２３", "2025", "abc", " ", "　",
		"か\xe3\x82\x99", "👨‍👩‍👧", "𠮷", "\n", "\n\n", "ｶﾞ", "!", "々",
		"https://example.jp/a/very/long/path/that/does/not/break",
	};
	struct buf b;

	buf_init(&b);
	for (unsigned n = random_below(seed, 40); n; n--)
		buf_add(&b, parts[random_below(seed, COUNT(parts))]);
	return b.s;
}

static void fill_at_random(struct record *r, unsigned *seed)
{
	for (int i = 0; i < (int)r->form->n; i++) {
		const struct question *q = &r->form->questions[i];
		char *text;

		if (q->type->role != ROLE_ASKED || !random_below(seed, 6))
			continue;
		if (q->choices) {
			record_set(r, i, q->choices->items[random_below(seed,
				(unsigned)q->choices->n)].name);
			continue;
		}
		text = random_text(seed);
		record_set(r, i, text);
		free(text);
	}
}

static bool begins_with_any(const char *s, const char *const *marks, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strncmp(s, marks[i], strlen(marks[i])) == 0)
			return true;
	return false;
}

/* A cell of the table, from after its "| ". */
static void assert_cell_obeys(const char *cell, bool first)
{
	static const char *const never_first[] = {
		"、", "。", "」", "）", "ー", "ッ", "ゃ", "々",
	};

	if (!first && begins_with_any(cell, never_first, COUNT(never_first)))
		fail_msg("a line begins with %.60s", cell);
}

/* Each line fits, ends in no space, and a table's bars stand below each other. */
static void assert_lines_fit(const char *sheet, enum text_width width)
{
	size_t bars[8] = {0}, rule = 0;

	for (const char *line = sheet; *line; ) {
		size_t n = strcspn(line, "\n"), found = 0;

		if (text_columns(line, n, width) > SHEET_COLUMNS)
			fail_msg("too long: %.*s", (int)n, line);
		if (n && line[n - 1] == ' ')
			fail_msg("a space at the end: %.*s", (int)n, line);
		if (*line == '+') {
			rule = text_columns(line, n, width);
			for (size_t i = 0; i < n; i++)
				if (line[i] == '+')
					bars[found++] = i;
			assert_int_equal(found, 5);
		} else if (*line == '|') {
			assert_int_equal(text_columns(line, n, width), rule);
			for (size_t i = 0; i + 1 < n; i++)
				if (found < 5 && line[i] == '|' &&
				    text_columns(line, i, width) == bars[found])
					found++;
			assert_int_equal(found, 4); /* and the last, at n */
		}
		line += n + 1;
	}
}

static void try_at_random(struct form *form, struct sheet_layout *layout)
{
	unsigned seed = 7;

	for (int i = 0; i < 100; i++) {
		struct record *r = record_new(form, fixture_now);

		fill_at_random(r, &seed);
		if (i % 2)
			record_finish(r);
		for (int width = TEXT_NARROW; width <= TEXT_DOUBLE_BYTE; width++) {
			char *sheet = sheet_of(r, layout, (enum text_width)width,
			                       SHEET_NA_TOLD);

			assert_lines_fit(sheet, (enum text_width)width);
			free(sheet);
		}
		record_free(r);
	}
	sheet_layout_free(layout);
	form_free(form);
}

static void test_lines_fit(void **state)
{
	struct form *form = fixture_form_file("data/npa-2022.csv");
	size_t length;
	char *csv = fixture_file("data/npa-2022.sheet.csv", &length);

	(void)state;
	try_at_random(form, read_layout(form, csv));
	free(csv);
	form = fixture_form_file("tests/form/second.csv");
	try_at_random(form, sheet_layout_plain(form));
	form = fixture_form(survey, choices);
	try_at_random(form, sheet_layout_plain(form));
}

/* No line of a cell begins with what may not begin one. */
static void test_kinsoku(void **state)
{
	struct record *r = record_new(the_form, fixture_now);
	char *sheet, *line;

	(void)state;
	for (int shift = 0; shift < 14; shift++) {
		char *text = buf_format("%.*sあい、うえ。「かき」くけー、さッし（すせ）ゃ"
		                        "々そたち、つてと。「なに」ぬねの。",
		                        shift, "aaaaaaaaaaaaaa");

		answer(r, "d1", text);
		answer(r, "who", text);
		sheet = sheet_of(r, the_layout, TEXT_NARROW, SHEET_NA_TOLD);
		line = strstr(sheet, "| 1 ");
		for (bool first = true; *line == '|'; first = false) {
			assert_cell_obeys(line + strlen("|      | ") , true);
			assert_cell_obeys(strrchr(strndupa(line, strcspn(line,
				"\n") - 1), '|') + 2, first);
			line += strcspn(line, "\n") + 1;
		}
		free(sheet);
		free(text);
	}
	record_free(r);
}

/* A long answer goes on below its beginning. */
static void test_a_long_answer(void **state)
{
	struct record *r = record_new(the_form, fixture_now);
	char *sheet;

	(void)state;
	answer(r, "who", "あああああいいいいいうううううえええええおおおおおかかかか"
	                 "かきききききくくくくくけけけけけこここここ\n二行目");
	sheet = sheet_of(r, the_layout, TEXT_NARROW, SHEET_NA_TOLD);
	/* "(1) 事業者名：" is 14 columns, so 33 of these fit */
	assert_non_null(strstr(sheet,
		"\n(1) 事業者名：あああああいいいいいうううううえええええおおおおおか"
		"かかかかききき\n"
		"              ききくくくくくけけけけけこここここ\n"
		"              二行目\n"
		"(2) "));
	free(sheet);
	record_free(r);
}

/* What a hostile file may hold does no harm to a terminal, nor to the table. */
static void test_control_characters(void **state)
{
	static const char *const evil[] = {
		"\x1b[31m赤", "\a", "\xc2\x9b" "31m", "\xe2\x80\xae" "逆",
		"\x7f", "\b\b\b", "\t列",
	};
	struct record *r = record_new(the_form, fixture_now);

	(void)state;
	answer(r, "a1", "yes");
	for (size_t i = 0; i < COUNT(evil); i++) {
		char *sheet;

		answer(r, "who", evil[i]);
		answer(r, "d1", evil[i]);
		answer(r, "last", evil[i]);
		sheet = sheet_of(r, the_layout, TEXT_NARROW, SHEET_NA_TOLD);
		if (strpbrk(sheet, "\x1b\a\x7f\b\t") ||
		    strstr(sheet, "\xc2\x9b") || strstr(sheet, "\xe2\x80\xae"))
			fail_msg("case %zu: it is still there", i);
		assert_lines_fit(sheet, TEXT_NARROW);
		free(sheet);
	}
	record_free(r);
}

/* What is wrong stands there as it was typed. */
static void test_a_wrong_answer(void **state)
{
	struct record *r = record_new(the_form, fixture_now);
	char *sheet;

	(void)state;
	answer(r, "last", "2025-02-30");
	answer(r, "a1", "たぶん");
	sheet = sheet_of(r, the_layout, TEXT_NARROW, SHEET_NA_TOLD);
	assert_non_null(strstr(sheet, "\n(2) 前回：2025-02-30\n"));
	assert_non_null(strstr(sheet, "| 1    | 3.1 取扱者の | たぶん     |"));
	free(sheet);
	record_free(r);
}

/* --- layouts -------------------------------------------------------------- */

/* For a form without one: title, then every outermost group and question. */
static void test_the_plain_layout(void **state)
{
	struct form *form = fixture_form(
		"type|name|label|number\n"
		"start|began\n"
		"text|a|甲\n"
		"text|b|乙\n"
		"begin_group|g|群\ntext|c|丙\nend_group\n"
		"text|d|丁\n"
		"begin_group|t|表\nbegin_group|i|項|1\nselect_one l|e|戊\n"
		"end_group\nend_group\n",
		"list_name|name|label\nl|x|選\n");
	struct sheet_layout *layout = sheet_layout_plain(form);
	struct record *r = record_new(form, fixture_now);
	char *sheet;

	(void)state;
	for (const char *const *name = (const char *const[]){
		"a", "b", "c", "d", NULL }; *name; name++)
		answer(r, *name, *name);
	answer(r, "e", "x");
	record_finish(r);
	sheet = sheet_of(r, layout, TEXT_NARROW, SHEET_NA_TOLD);
	assert_string_equal(sheet,
		SPACES_10 SPACES_10 SPACES_10 "        試験\n"
		"甲：a\n"
		"乙：b\n"
		"\n"
		"群\n"
		"丙：c\n"
		"\n"
		"丁：d\n"
		"\n"
		"表\n"
		"+--------+------------------------------+------------+-------------------------+\n"
		"| 番号   | 項目                         | 回答       | 詳細又は理由            |\n"
		"+--------+------------------------------+------------+-------------------------+\n"
		"| 1      | 項                           | 選         |                         |\n"
		"+--------+------------------------------+------------+-------------------------+\n");
	free(sheet);
	record_free(r);
	sheet_layout_free(layout);
	form_free(form);
}

static void test_what_stands_for_an_empty_answer(void **state)
{
	(void)state;
	assert_string_equal(sheet_layout_empty(the_layout,
	                                       row_of(the_form, "last")),
	                    "なし（初回）");
	assert_null(sheet_layout_empty(the_layout, row_of(the_form, "who")));
}

static void test_what_is_no_layout(void **state)
{
	static const struct {
		const char *csv, *expected;
	} cases[] = {
		{ "", "s.csv:1:1: 紙面の見出し行（kind,name,text）がありません\n" },
		{ "sort,name,text\n", "s.csv:1:1: 紙面の見出し行（kind,name,text）がありません\n" },
		{ "kind,name,text\ntitel,,x\n",
		  "s.csv:2: 紙面の種類「titel」はありません（title group table question text right empty）\n" },
		{ "kind,name,text\n\"text\",,\"一\n二\"\ngroup,nothing,x\n"
		  "group,who,x\ngroup,,x\ntable,who,x\n",
		  "s.csv:4: 「nothing」というグループはこの様式にありません\n"
		  "s.csv:5: 「who」というグループはこの様式にありません\n"
		  "s.csv:6: 「」というグループはこの様式にありません\n"
		  "s.csv:7: 「who」というグループはこの様式にありません\n" },
		{ "kind,name,text\nquestion,subject,x\nempty,nobody,x\n",
		  "s.csv:2: 「subject」という質問はこの様式にありません\n"
		  "s.csv:3: 「nobody」という質問はこの様式にありません\n" },
		{ "kind,name,text\ntable,items,番号 4|項目 12|回答 10\n"
		  "table,items,番号|項目|回答|理由\n"
		  "table,items,番号 4|項目 1|回答 10|理由 9\n"
		  "table,items,番号 4|項目 9|回答 10|理由 9|余り 4\n"
		  "table,items,番号 4|項目 9|回答 10|理由 9x\n",
		  "s.csv:2: 表の見出しは「番号 4|確認事項 28|…」のように4列、桁数を付けて書いてください\n"
		  "s.csv:3: 表の見出しは「番号 4|確認事項 28|…」のように4列、桁数を付けて書いてください\n"
		  "s.csv:4: 表の見出しは「番号 4|確認事項 28|…」のように4列、桁数を付けて書いてください\n"
		  "s.csv:5: 表の見出しは「番号 4|確認事項 28|…」のように4列、桁数を付けて書いてください\n"
		  "s.csv:6: 表の見出しは「番号 4|確認事項 28|…」のように4列、桁数を付けて書いてください\n" },
		{ "kind,name,text\ntext,,\"x\n",
		  "s.csv:2:7: 引用符「\"」が閉じられていません。コピーが途中で切れたのなら元のファイルからコピーし直し、そうでなければセルの終わりにも「\"」を付けてください\n" },
		{ "\x82\xa0", "s.csv: UTF-8 ではありません。「CSV UTF-8」で保存してください\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct diag_list diags;
		struct buf said;

		diag_list_init(&diags);
		assert_null(sheet_layout_read(the_form, cases[i].csv,
		                              strlen(cases[i].csv), "s.csv",
		                              &diags));
		buf_init(&said);
		for (size_t k = 0; k < diags.n; k++) {
			char *text = diag_format(&diags.items[k]);

			buf_addf(&said, "%s\n", text);
			free(text);
		}
		assert_string_equal(said.s, cases[i].expected);
		buf_release(&said);
		diag_list_release(&diags);
	}
}

/* A table wider than the sheet could not be shown. */
static void test_a_table_that_is_too_wide(void **state)
{
	static const char csv[] =
		"kind,name,text\ntable,items,番号 10|項目 30|回答 20|理由 30\n";
	struct diag_list diags;

	(void)state;
	diag_list_init(&diags);
	assert_null(sheet_layout_read(the_form, csv, strlen(csv), "s.csv",
	                              &diags));
	assert_int_equal(diags.errors, 1);
	assert_int_equal(diags.items[0].line, 2);
	diag_list_release(&diags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_draft),
		cmocka_unit_test(test_what_does_not_apply),
		cmocka_unit_test(test_a_wide_mark),
		cmocka_unit_test(test_as_the_blank_form_has_it),
		cmocka_unit_test(test_the_blank_form),
		cmocka_unit_test(test_not_applicable_by_choice),
		cmocka_unit_test(test_lines_fit),
		cmocka_unit_test(test_kinsoku),
		cmocka_unit_test(test_a_long_answer),
		cmocka_unit_test(test_control_characters),
		cmocka_unit_test(test_a_wrong_answer),
		cmocka_unit_test(test_the_plain_layout),
		cmocka_unit_test(test_what_stands_for_an_empty_answer),
		cmocka_unit_test(test_what_is_no_layout),
		cmocka_unit_test(test_a_table_that_is_too_wide),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
