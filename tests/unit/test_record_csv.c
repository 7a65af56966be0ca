/* SPDX-License-Identifier: MIT
 *
 * A record on disk, as kakuninsho-record(5) has it.
 */
#include "fixture.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "form/question_type.h"
#include "out/record_csv.h"
#include "record/check.h"

#define BOM "\xef\xbb\xbf"
#define DETAIL "実施状況(詳細)又は未実施の理由"

/* Item 2 needs site, 3 needs 2 to be 該当なし by choice, 4 needs 3 not to apply
 * and stands before what decides it; 5 says why it does not apply; 6 stands
 * before 7, whose choice 該当なし it needs. */
static const char survey[] =
	"type|name|label|number|clause|mark|relevant|required|calculation|na_reason\n"
	"start|began\n"
	"begin_group|subject|1 対象\n"
	"text|who|事業者名|1|||||\n"
	"date|day|開始日|2||||yes\n"
	"integer|people|人数\n"
	"decimal|size|広さ\n"
	"select_multiple part|parts|付属品\n"
	"calculate|twice|倍|3|||||${people} * 2\n"
	"note|word|お読みください\n"
	"end_group\n"
	"begin_group|items|2 確認事項\n"
	"begin_group|i1|一つ目の文。|1|3.1\n"
	"select_one done|a1|実施/未実施||||||\n"
	"text|d1|詳細\n"
	"end_group\n"
	"select_one yes_no|site|現場で作業しますか|||||yes\n"
	"begin_group|i2|二つ目、「読点」入り。|2|3.2|※|${site} = 'yes'\n"
	"select_one done_or_na|a2|実施/未実施\n"
	"text|d2|詳細\n"
	"end_group\n"
	"begin_group|i4|四つ目|4|3.4|※|${a3} = ''\n"
	"select_one done|a4|実施/未実施\n"
	"text|d4|詳細\n"
	"end_group\n"
	"begin_group|i3|三つ目|3|3.3|※|${a2} = 'na'\n"
	"select_one done|a3|実施/未実施\n"
	"text|d3|詳細\n"
	"end_group\n"
	"begin_group|i5|五つ目|5|||${site} = 'yes'|||現場での作業がないため\n"
	"select_one done|a5|実施/未実施\n"
	"end_group\n"
	"begin_group|i6|六つ目|6|||${a7} = 'na'\n"
	"select_one done|a6|実施/未実施\n"
	"text|d6|詳細\n"
	"end_group\n"
	"begin_group|i7|七つ目|7\n"
	"select_one done_or_na|a7|実施/未実施\n"
	"end_group\n"
	"end_group\n"
	"text|memo|備考||||${site} = 'yes'\n";

static const char choices[] =
	"list_name|name|label\n"
	"yes_no|yes|はい\n"
	"yes_no|no|いいえ\n"
	"done|yes|実施\n"
	"done|no|未実施\n"
	"done_or_na|yes|実施\n"
	"done_or_na|no|未実施\n"
	"done_or_na|na|該当なし\n"
	"part|battery|電池 (単3)\n"
	"part|minus|-なし\n"
	"part|cable|\n"
	"part|swap|cable\n";

static const char head[] =
	"区分,番号,条項,項目,回答," DETAIL ",名前\r\n"
	"様式,,,様式の名称,試験,,form_title\r\n"
	"様式,,,様式の識別子,t,,form_id\r\n"
	"様式,,,様式の版,1,,version\r\n";

static struct form *the_form;

static int set_up(void **state)
{
	(void)state;
	the_form = fixture_form(survey, choices);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	form_free(the_form);
	return 0;
}

/* A file with STATUS and ROWS, of the columns a reader needs. */
static char *file_of(const char *status, const char *rows)
{
	return buf_format("回答," DETAIL ",名前\nt,,form_id\n1,,version\n"
	                  "%s,,status\n%s", status, rows);
}

static bool read_bytes(const struct form *form, const char *bytes,
                       size_t length, struct record_csv *csv,
                       struct buf *messages)
{
	struct diag_list diags;
	bool fine;

	diag_list_init(&diags);
	fine = record_csv_read(form, fixture_now, bytes, length,
	                       ENCODING_UNKNOWN, "f.csv", csv,
	                       &diags);
	assert_int_equal(fine, diags.errors == 0);
	for (size_t i = 0; i < diags.n; i++) {
		char *text = diag_format(&diags.items[i]);

		buf_addf(messages, "%s\n", text);
		free(text);
	}
	diag_list_release(&diags);
	return fine;
}

/* Read a file that must be one. */
static struct record_csv read_good(const char *bytes)
{
	struct record_csv csv;
	struct buf messages;

	buf_init(&messages);
	if (!read_bytes(the_form, bytes, strlen(bytes), &csv, &messages))
		fail_msg("%s", messages.s);
	buf_release(&messages);
	return csv;
}

static struct record_csv read_rows(const char *status, const char *rows)
{
	char *bytes = file_of(status, rows);
	struct record_csv csv = read_good(bytes);

	free(bytes);
	return csv;
}

/* --- to the letter ------------------------------------------------------- */

static void test_a_draft(void **state)
{
	struct record *r = record_new(the_form, fixture_now);
	struct buf expected;
	char *csv;

	(void)state;
	answer(r, "who", "株式会社サンプル, 東京支店");
	answer(r, "day", "令和7年4月1日");
	answer(r, "people", "１２");
	answer(r, "size", "-1.50");
	answer(r, "parts", "battery minus cable");
	answer(r, "a1", "no");
	answer(r, "d1", "1行目\n「\"引用\"」");
	answer(r, "a2", "未実施");
	answer(r, "d2", "残る");
	answer(r, "memo", "これも");
	answer(r, "site", "いいえ");
	csv = csv_of(r);
	buf_init(&expected);
	buf_add(&expected, BOM);
	buf_add(&expected, head);
	buf_add(&expected,
	        "様式,,,状態,作成中,,status\r\n"
	        ",,,,2026-11-24T12:00:00,,began\r\n"
	        "1 対象,1,,事業者名,\"株式会社サンプル, 東京支店\",,who\r\n"
	        "1 対象,2,,開始日,2025-04-01,,day\r\n"
	        "1 対象,,,人数,12,,people\r\n"
	        "1 対象,,,広さ,-1.50,,size\r\n"
	        "1 対象,,,付属品,\"電池 (単3)\n-なし\ncable\",,parts\r\n"
	        "1 対象,3,,倍,24,,twice\r\n"
	        "2 確認事項,1,3.1,一つ目の文。,未実施,"
	        "\"1行目\n「\"\"引用\"\"」\",i1\r\n"
	        "2 確認事項,,,現場で作業しますか,いいえ,,site\r\n"
	        "2 確認事項,2,3.2,二つ目、「読点」入り。,未実施,残る,i2\r\n"
	        "2 確認事項,4,3.4,四つ目,,,i4\r\n"
	        "2 確認事項,3,3.3,三つ目,,,i3\r\n"
	        "2 確認事項,5,,五つ目,,,i5\r\n"
	        "2 確認事項,6,,六つ目,,,i6\r\n"
	        "2 確認事項,7,,七つ目,,,i7\r\n"
	        ",,,備考,これも,,memo\r\n");
	assert_string_equal(csv, expected.s);
	buf_release(&expected);
	free(csv);
	record_free(r);
}

static void test_a_finished_record(void **state)
{
	struct record *r = record_new(the_form, fixture_now);
	struct buf expected;
	char *csv;

	(void)state;
	answer(r, "day", "2025-04-01");
	answer(r, "a1", "yes");
	answer(r, "a2", "no");
	answer(r, "d2", "捨てられる");
	answer(r, "memo", "これも");
	answer(r, "a5", "yes");
	answer(r, "site", "no");
	answer(r, "a4", "yes");
	record_finish(r);
	csv = csv_of(r);
	buf_init(&expected);
	buf_add(&expected, BOM);
	buf_add(&expected, head);
	buf_add(&expected,
	        "様式,,,状態,完成,,status\r\n"
	        ",,,,2026-11-24T12:00:00,,began\r\n"
	        "1 対象,1,,事業者名,,,who\r\n"
	        "1 対象,2,,開始日,2025-04-01,,day\r\n"
	        "1 対象,,,人数,,,people\r\n"
	        "1 対象,,,広さ,,,size\r\n"
	        "1 対象,,,付属品,,,parts\r\n"
	        "1 対象,3,,倍,,,twice\r\n"
	        "2 確認事項,1,3.1,一つ目の文。,実施,,i1\r\n"
	        "2 確認事項,,,現場で作業しますか,いいえ,,site\r\n"
	        "2 確認事項,2,3.2,二つ目、「読点」入り。,該当なし,"
	        "「現場で作業しますか」が「いいえ」のため,i2\r\n"
	        "2 確認事項,4,3.4,四つ目,実施,,i4\r\n"
	        "2 確認事項,3,3.3,三つ目,該当なし,"
	        "「現場で作業しますか」が「いいえ」のため,i3\r\n"
	        "2 確認事項,5,,五つ目,該当なし,現場での作業がないため,i5\r\n"
	        "2 確認事項,6,,六つ目,該当なし,"
	        "「実施/未実施」が空欄のため,i6\r\n"
	        "2 確認事項,7,,七つ目,,,i7\r\n"
	        ",,,備考,,,memo\r\n");
	assert_string_equal(csv, expected.s);
	buf_release(&expected);
	free(csv);
	record_free(r);
}

/* --- the formula guard --------------------------------------------------- */

/* The answer cell of the row NAME in the file of R: a new string. */
static char *cell_of(const struct record *r, const char *name)
{
	char *csv = csv_of(r);
	char *end = buf_format(",,%s\r\n", name);
	char *cell = strstr(csv, end), *start;

	assert_non_null(cell);
	*cell = '\0';
	start = cell;
	while (start > csv && strncmp(start - 1, ",", 1) != 0)
		start--;
	cell = strdup(start);
	free(end);
	free(csv);
	return cell;
}

static void test_the_formula_guard(void **state)
{
	static const struct {
		const char *text;
		const char *cell;
	} cases[] = {
		{ "=1+1", "'=1+1" },
		{ "+81-3", "'+81-3" },
		{ "-", "'-" },
		{ "@SUM(A1)", "'@SUM(A1)" },
		{ "＝1", "'＝1" },
		{ "＋1", "'＋1" },
		{ "－1", "'－1" },
		{ "＠x", "'＠x" },
		{ "\tx", "'\tx" },
		{ "'", "''" },
		{ "'a", "''a" },
		{ "''", "'''" },
		{ "'=1", "''=1" },
		{ "a=1", "a=1" },
		{ " =1", " =1" },
		{ "−1", "−1" }, /* U+2212: no spreadsheet calculates with it */
		{ "1", "1" },
		{ "「=", "「=" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct record *r = record_new(the_form, fixture_now);
		char *rows = buf_format("%s,,who\n実施,%s,i1\n%s,,memo\n",
		                        cases[i].cell, cases[i].cell,
		                        cases[i].cell);
		struct record_csv csv = read_rows("作成中", rows);
		char *cell;

		answer(r, "who", cases[i].text);
		cell = cell_of(r, "who");
		assert_string_equal(cell, cases[i].cell);
		assert_answer(csv.record, "who", cases[i].text);
		assert_answer(csv.record, "d1", cases[i].text);
		assert_answer(csv.record, "memo", cases[i].text);
		record_csv_release(&csv);
		record_free(r);
		free(cell);
		free(rows);
	}
}

/* An apostrophe that guards nothing is the person's own. */
static void test_an_apostrophe_of_ones_own_stays(void **state)
{
	struct record_csv csv = read_rows("作成中", "'24年度,,who\n");

	(void)state;
	assert_answer(csv.record, "who", "'24年度");
	record_csv_release(&csv);
}

/* The details of an item and the form's own words are guarded too. */
static void test_every_text_is_guarded(void **state)
{
	struct form *form = fixture_form(
		"type|name|label|number|clause\n"
		"begin_group|g|=群\n"
		"begin_group|i|+文|@1|-2\n"
		"select_one l|a|答え\n"
		"text|d|詳細\n"
		"end_group\n"
		"text|q|－問\n"
		"end_group\n",
		"list_name|name|label\nl|x|=選択\n");
	struct record *r = record_new(form, fixture_now);
	char *csv;

	(void)state;
	answer(r, "a", "x");
	answer(r, "d", "=詳細");
	csv = csv_of(r);
	assert_non_null(strstr(csv, "\r\n'=群,'@1,'-2,'+文,'=選択,'=詳細,i\r\n"));
	assert_non_null(strstr(csv, "\r\n'=群,,,'－問,,,q\r\n"));
	free(csv);
	record_free(r);
	form_free(form);
}

static void test_numbers_and_dates_are_not_guarded(void **state)
{
	struct record *r = record_new(the_form, fixture_now);
	char *cell;

	(void)state;
	answer(r, "people", "-5");
	cell = cell_of(r, "people");
	assert_string_equal(cell, "-5");
	free(cell);
	answer(r, "size", "-0.5");
	cell = cell_of(r, "size");
	assert_string_equal(cell, "-0.5");
	free(cell);
	/* what was typed and is no number is a text */
	answer(r, "people", "-5人");
	cell = cell_of(r, "people");
	assert_string_equal(cell, "'-5人");
	free(cell);
	record_free(r);
}

/* A text that begins with CR gets its apostrophe, and loses it again. */
static void test_a_text_that_begins_with_cr(void **state)
{
	struct record *r = record_new(the_form, fixture_now);
	struct record_csv csv;
	char *bytes;

	(void)state;
	answer(r, "who", "\r=1");
	bytes = csv_of(r);
	csv = read_good(bytes);
	if (strchr(record_answer(csv.record, row_of(the_form, "who")), '\''))
		fail_msg("the apostrophe is still there");
	record_csv_release(&csv);
	free(bytes);
	record_free(r);
}

/* --- what a cell may say -------------------------------------------------- */

static void test_cells_as_people_write_them(void **state)
{
	static const struct {
		const char *name;
		const char *cell;
		const char *answer;
		bool valid;
	} cases[] = {
		{ "day", "2025-04-01", "2025-04-01", true },
		{ "day", "2025/4/1", "2025-04-01", true },
		{ "day", "2025/04/01", "2025-04-01", true },
		{ "day", "令和7年4月1日", "2025-04-01", true },
		{ "day", "2025-02-30", "2025-02-30", false },
		{ "day", "令和8年13月1日", "令和8年13月1日", false },
		{ "people", "1,200", "1200", true },
		{ "people", "３", "3", true },
		{ "people", "三人", "三人", false },
		{ "size", "12.50", "12.50", true },
		{ "site", "はい", "yes", true },
		{ "site", "yes", "yes", true },
		{ "site", "ｙｅｓ", "yes", true },
		{ "site", " はい ", "yes", true },
		{ "site", "たぶん", "たぶん", false },
		{ "parts", "電池 (単3)\n-なし", "battery minus", true },
		{ "parts", "'-なし", "minus", true },
		{ "parts", "電池 (単3)", "battery", true },
		{ "parts", "minus battery", "battery minus", true },
		{ "parts", "cable\nswap", "cable swap", true },
		{ "parts", "電池 (単3)\n水筒", "電池 (単3)\n水筒", false },
		{ "who", "　全角の空白　", "　全角の空白　", true },
		{ "who", " ", "", true },
		{ "who", "か\xe3\x82\x99", "が", true }, /* NFC */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *rows = buf_format("\"%s\",,%s\n", cases[i].cell,
		                        cases[i].name);
		struct record_csv csv = read_rows("作成中", rows);
		int q = row_of(the_form, cases[i].name);

		assert_answer(csv.record, cases[i].name, cases[i].answer);
		if (record_is_valid(csv.record, q) != cases[i].valid)
			fail_msg("%s: validity", cases[i].cell);
		record_csv_release(&csv);
		free(rows);
	}
}

/* A label that would be read as another choice is written by its name. */
static void test_a_label_that_means_another_choice(void **state)
{
	struct record *r = record_new(the_form, fixture_now);
	char *cell;

	(void)state;
	answer(r, "parts", "swap");
	cell = cell_of(r, "parts");
	assert_string_equal(cell, "swap");
	free(cell);
	record_free(r);
}

/* A label of two lines is not taken for two choices. */
static void test_a_label_of_two_lines(void **state)
{
	struct form *form = fixture_form_text(
		"survey,,,\n,type,name,label\n,select_multiple l,q,問\n"
		"choices,,,\n,list_name,name,label\n"
		",l,a,\"甲\n（いろは）\"\n,l,b,乙\n"
		"settings,,\n,form_id,version\n,t,1\n");
	struct record *r = record_new(form, fixture_now);
	struct record_csv csv;
	struct buf messages;
	char *bytes;

	(void)state;
	answer(r, "q", "a b");
	bytes = csv_of(r);
	buf_init(&messages);
	assert_true(read_bytes(form, bytes, strlen(bytes), &csv, &messages));
	assert_answer(csv.record, "q", "a b");
	record_csv_release(&csv);
	buf_release(&messages);
	free(bytes);
	record_free(r);
	form_free(form);
}

/* --- files as they come back ---------------------------------------------- */

/* The file of a small draft, with CRLF and a BOM. */
static char *small_draft(void)
{
	struct record *r = record_new(the_form, fixture_now);
	char *csv;

	answer(r, "who", "髙﨑商店㈱");
	answer(r, "day", "2025-04-01");
	answer(r, "a1", "no");
	answer(r, "d1", "一\n二");
	answer(r, "site", "yes");
	csv = csv_of(r);
	record_free(r);
	return csv;
}

/* BYTES are the small draft. */
static void assert_small_draft(const char *bytes, size_t length)
{
	struct record_csv csv;
	struct buf messages;
	char *again, *expected = small_draft();

	buf_init(&messages);
	if (!read_bytes(the_form, bytes, length, &csv, &messages))
		fail_msg("%s", messages.s);
	again = csv_of(csv.record);
	assert_string_equal(again, expected);
	free(again);
	free(expected);
	record_csv_release(&csv);
	buf_release(&messages);
}

/* S with each FROM as TO; a new string. */
static char *replaced(const char *s, const char *from, const char *to)
{
	struct buf b;
	const char *at;

	buf_init(&b);
	while ((at = strstr(s, from))) {
		buf_add_bytes(&b, s, (size_t)(at - s));
		buf_add(&b, to);
		s = at + strlen(from);
	}
	buf_add(&b, s);
	return b.s;
}

static void test_without_a_bom(void **state)
{
	char *csv = small_draft();

	(void)state;
	assert_small_draft(csv + strlen(BOM), strlen(csv) - strlen(BOM));
	free(csv);
}

static void test_in_cp932(void **state)
{
	char *csv = small_draft();
	size_t left = strlen(csv) - strlen(BOM), room = 2 * left;
	char *bytes = malloc(room), *from = csv + strlen(BOM), *to = bytes;
	iconv_t cd = iconv_open("CP932", "UTF-8");

	(void)state;
	assert_int_equal(iconv(cd, &from, &left, &to, &room), 0);
	iconv_close(cd);
	assert_int_equal((unsigned char)bytes[0], 0x8b); /* 区 */
	assert_small_draft(bytes, (size_t)(to - bytes));
	free(bytes);
	free(csv);
}

static void test_other_line_breaks(void **state)
{
	static const char *const breaks[] = { "\n", "\r" };
	char *csv = small_draft();

	(void)state;
	for (size_t i = 0; i < COUNT(breaks); i++) {
		char *other = replaced(csv, "\r\n", breaks[i]);

		assert_small_draft(other, strlen(other));
		free(other);
	}
	free(csv);
}

/* As Excel writes an Alt-Enter that came from elsewhere. */
static void test_crlf_in_a_cell(void **state)
{
	char *csv = small_draft();
	char *other = replaced(csv, "一\n二", "一\r\n二");

	(void)state;
	assert_string_not_equal(csv, other);
	assert_small_draft(other, strlen(other));
	free(other);
	free(csv);
}

/* As a spreadsheet that quotes everything, adds a column and blank rows, sorts
 * by 名前 and moves the columns about. */
static void test_as_a_spreadsheet_leaves_it(void **state)
{
	static const char bytes[] =
		"\"\",\"名前\",\"私の列\",\"" DETAIL "\",\"番号\",\" 回答 \"\n"
		",,,,,\n"
		"\"\",\"i5\",\"x\",\"\",\"5\",\"\"\n"
		"\"\",\"i1\",\"x\",\"一\n二\",\"1\",\"未実施\"\n"
		"\"\",\"day\",\"\",\"\",\"2\",\"2025/4/1\"\n"
		"\n"
		"\"\",\"version\",\"\",\"\",\"\",\"1\"\n"
		"\"\",\"status\",\"\",\"\",\"\",\"作成中\"\n"
		"\"\",\"who\",\"\",\"\",\"1\",\"髙﨑商店㈱\",\"余り\"\n"
		"\"\",\"site\",\"\",\"\",\"\",\"はい\"\n"
		" , , , , , \n"
		"\"\",\"form_id\",\"\",\"\",\"\",\"t\"\n";

	(void)state;
	assert_small_draft(bytes, strlen(bytes));
}

/* --- 該当なし ------------------------------------------------------------- */

/* What is read of an item that says 該当なし, in a draft and in a finished
 * record, by what decides whether it applies. */
static void test_not_applicable(void **state)
{
	static const struct {
		const char *status;
		const char *rows;
		const char *name; /* of what is looked at */
		const char *applies;
		const char *answer;
		const char *detail; /* NULL: not looked at */
	} cases[] = {
		/* it does not apply: no answer, never the choice */
		{ "作成中", "いいえ,,site\n該当なし,理由,i2\n",
		  "2", "no", "", "" },
		{ "完成", "いいえ,,site\n該当なし,別の理由,i2\n",
		  "2", "no", "", "" },
		{ "完成", "いいえ,,site\n該当なし,,i2\n", "2", "no", "", "" },
		{ "完成", "いいえ,,site\n,,i2\n", "2", "no", "", "" },
		/* it applies and has the choice */
		{ "作成中", "はい,,site\n該当なし,理由,i2\n",
		  "2", "yes", "na", "理由" },
		{ "完成", "はい,,site\n 該当なし ,理由,i2\n",
		  "2", "yes", "na", "理由" },
		{ "作成中", "はい,,site\nna,,i2\n", "2", "yes", "na", "" },
		/* the same when what decides stands below */
		{ "作成中", "該当なし,理由,i2\nはい,,site\n",
		  "2", "yes", "na", "理由" },
		/* it applies and has no such choice: an empty answer */
		{ "作成中", "該当なし,理由,i1\n", "1", "yes", "", "理由" },
		{ "完成", "該当なし,理由,i1\n", "1", "yes", "", "理由" },
		/* it is not known yet */
		{ "作成中", "該当なし,理由,i2\n", "2", "unknown", "na", "理由" },
		/* one decides the next */
		{ "完成", "はい,,site\n該当なし,x,i2\n実施,,i3\n",
		  "3", "yes", "yes", "" },
		{ "完成", "はい,,site\n該当なし,x,i2\n該当なし,y,i3\n",
		  "3", "yes", "", "y" },
		{ "完成", "いいえ,,site\n該当なし,x,i2\n該当なし,y,i3\n",
		  "3", "no", "", "" },
		{ "完成", "いいえ,,site\n該当なし,x,i2\n該当なし,y,i3\n"
		  "該当なし,z,i4\n", "4", "yes", "", "z" },
		{ "完成", "該当なし,z,i6\n該当なし,,i7\n", "6", "yes", "", "z" },
		{ "完成", "該当なし,z,i6\n実施,,i7\n", "6", "no", "", "" },
		/* an item without a text */
		{ "完成", "いいえ,,site\n該当なし,現場での作業がないため,i5\n",
		  "5", "no", "", NULL },
		/* an answer beside it is kept */
		{ "作成中", "いいえ,,site\n未実施,残る,i2\n",
		  "2", "no", "no", "残る" },
		{ "完成", "いいえ,,site\n未実施,理由,i2\n", "2", "no", "no", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct record_csv csv = read_rows(cases[i].status,
		                                  cases[i].rows);
		char *item = buf_format("i%s", cases[i].name);
		char *choice = buf_format("a%s", cases[i].name);
		char *detail = buf_format("d%s", cases[i].name);

		assert_applies(csv.record, item, cases[i].applies);
		assert_answer(csv.record, choice, cases[i].answer);
		if (cases[i].detail)
			assert_answer(csv.record, detail, cases[i].detail);
		free(item);
		free(choice);
		free(detail);
		record_csv_release(&csv);
	}
}

/* An answer that has stopped applying outlives a draft's file: also that which
 * is called 該当なし, and its reason. */
static void test_a_kept_na_outlives_the_file(void **state)
{
	struct record *r = record_new(the_form, fixture_now);
	struct record_csv csv;
	char *bytes;

	(void)state;
	answer(r, "site", "yes");
	answer(r, "a2", "na");
	answer(r, "d2", "対象の物がない");
	answer(r, "site", "no");
	bytes = csv_of(r);
	csv = read_good(bytes);
	answer(csv.record, "site", "yes");
	assert_answer(csv.record, "a2", "na");
	assert_answer(csv.record, "d2", "対象の物がない");
	record_csv_release(&csv);
	free(bytes);
	record_free(r);
}

/* 該当なし typed where there is no such choice is no answer; what stands beside it
 * is one, and outlives the file while its item does not apply. */
static void test_a_detail_beside_a_typed_na(void **state)
{
	struct record *r = record_new(the_form, fixture_now);
	struct record_csv csv;
	char *bytes;

	(void)state;
	answer(r, "a7", "yes"); /* so that 6 does not apply */
	answer(r, "a6", "該当なし");
	answer(r, "d6", "書いたもの");
	bytes = csv_of(r);
	assert_non_null(strstr(bytes, ",六つ目,,書いたもの,i6\r\n"));
	csv = read_good(bytes);
	assert_answer(csv.record, "a6", "");
	assert_answer(csv.record, "d6", "書いたもの");
	record_csv_release(&csv);
	record_free(r);
	free(bytes);
}

/* A choice left under what does not apply: ignored in a draft, remarked on in a
 * finished record; the reason in its detail is no answer in either. */
static void test_a_choice_that_is_left_over(void **state)
{
	static const char rows[] =
		"2025-04-01,,day\nいいえ,,site\n未実施,捨てた,i2\n,,i4\n";
	static const char *const statuses[] = { "作成中", "完成" };

	(void)state;
	for (size_t i = 0; i < COUNT(statuses); i++) {
		struct record_csv csv = read_rows(statuses[i], rows);
		struct problem_list list;

		problem_list_init(&list);
		record_problems(csv.record, &list);
		assert_int_equal(list.errors, 0);
		assert_int_equal(list.n, i);
		if (i) {
			assert_int_equal(list.items[0].question,
			                 row_of(the_form, "a2"));
			assert_int_equal(list.items[0].kind, PROBLEM_CAUTION);
			assert_non_null(strstr(list.items[0].text,
				"「現場で作業しますか」が「いいえ」のため"));
		}
		problem_list_release(&list);
		record_csv_release(&csv);
	}
}

/* --- what is recomputed --------------------------------------------------- */

static void test_a_calculation_is_never_believed(void **state)
{
	static const char *const statuses[] = { "作成中", "完成" };

	(void)state;
	for (size_t i = 0; i < COUNT(statuses); i++) {
		struct record_csv csv = read_rows(statuses[i],
		                                  "999,,twice\n4,,people\n");

		assert_answer(csv.record, "twice", "8");
		record_csv_release(&csv);
	}
}

/* But once() is what it once was. */
static void test_once_outlives_the_file(void **state)
{
	struct form *form = fixture_form("type|name|label|calculation\n"
	                                 "integer|n|数\n"
	                                 "calculate|c||once(${n})\n"
	                                 "calculate|d||${c} * 10\n", NULL);
	struct record *r = record_new(form, fixture_now);
	struct record_csv csv;
	struct buf messages;
	char *bytes;

	(void)state;
	answer(r, "n", "1");
	answer(r, "n", "2");
	assert_answer(r, "c", "1");
	bytes = csv_of(r);
	buf_init(&messages);
	assert_true(read_bytes(form, bytes, strlen(bytes), &csv, &messages));
	assert_answer(csv.record, "c", "1");
	assert_answer(csv.record, "d", "10");
	record_csv_release(&csv);
	buf_release(&messages);
	free(bytes);
	record_free(r);
	form_free(form);
}

static void test_when_it_was_made(void **state)
{
	struct record_csv csv = read_rows("作成中", "2020-01-02T03:04:05,,began\n");

	(void)state;
	assert_answer(csv.record, "began", "2026-11-24T12:00:00");
	record_csv_release(&csv);
	csv = read_rows("完成", "2020-01-02T03:04:05,,began\n");
	assert_answer(csv.record, "began", "2020-01-02T03:04:05");
	record_csv_release(&csv);
}

static void test_no_default_fills_an_empty_answer(void **state)
{
	struct form *form = fixture_form("type|name|label|default\n"
	                                 "text|q|問|いつも\n", NULL);
	struct record *r = record_new(form, fixture_now);
	struct record_csv csv;
	struct buf messages;
	char *bytes;

	(void)state;
	assert_answer(r, "q", "いつも");
	answer(r, "q", "");
	bytes = csv_of(r);
	buf_init(&messages);
	assert_true(read_bytes(form, bytes, strlen(bytes), &csv, &messages));
	assert_answer(csv.record, "q", "");
	record_csv_release(&csv);
	buf_release(&messages);
	free(bytes);
	record_free(r);
	form_free(form);
}

/* --- lines, and what is no record ----------------------------------------- */

static void test_lines(void **state)
{
	struct record_csv csv = read_rows("作成中",
		"\"一\n二\n三\",,who\n" /* line 5 to 7 */
		"\n"
		"実施,,i1\n"            /* 9 */
		"\"はい\",,site\n");
	static const struct {
		const char *name;
		long line;
	} cases[] = {
		{ "who", 5 }, { "a1", 9 }, { "d1", 9 }, { "i1", 9 },
		{ "site", 10 }, { "day", 1 }, { "a2", 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(csv.lines[row_of(the_form, cases[i].name)],
		                 cases[i].line);
	record_csv_release(&csv);
}

#define GOOD "t,,form_id\n1,,version\n作成中,,status\n"
#define HEADS "回答," DETAIL ",名前\n"

/* Each with the beginning of the one message, and a word that must be in it. */
static void test_what_is_no_record(void **state)
{
	static const struct {
		const char *bytes;
		const char *place;
		const char *word;
	} cases[] = {
		{ "", "f.csv: ", "空の" },
		{ BOM, "f.csv: ", "空の" },
		{ "\r\n", "f.csv: ", "空の" },
		{ "a,b\n1,2\n", "f.csv:1: ", "「回答」" },
		{ "回答,名前\n", "f.csv:1: ", "「" DETAIL "」" },
		{ "回答," DETAIL "\n", "f.csv:1: ", "「名前」" },
		{ HEADS GOOD "x,,nobody\n", "f.csv:5: ", "「nobody」" },
		{ HEADS GOOD "x,,a1\n", "f.csv:5: ", "「a1」" },
		{ HEADS GOOD "x,,items\n", "f.csv:5: ", "「items」" },
		{ HEADS GOOD "x,,\n", "f.csv:5: ", "「名前」" },
		{ HEADS GOOD "x,,who\n\"a\nb\",,day\ny,,who\n", "f.csv:8: ",
		  "5 行目" },
		{ HEADS "t,,form_id\n" GOOD, "f.csv:3: ", "「form_id」" },
		{ HEADS "u,,form_id\n1,,version\n作成中,,status\n", "f.csv:2: ",
		  "「u」" },
		{ HEADS "t,,form_id\n2,,version\n作成中,,status\n", "f.csv:3: ",
		  "「2」" },
		{ HEADS "1,,version\n作成中,,status\n", "f.csv:1: ",
		  "「form_id」" },
		{ HEADS "t,,form_id\n1,,version\n", "f.csv:1: ", "status" },
		{ HEADS "t,,form_id\n1,,version\n済み,,status\n", "f.csv:4: ",
		  "「済み」" },
		{ HEADS GOOD "\"x,,who\n", "f.csv:5:1: ", "引用符" },
		{ HEADS GOOD "\xff\xff\xff,,who\n", "f.csv: ", "文字コード" },
		{ "\xff\xfe" "a", "f.csv: ", "UTF-16" },
		{ HEADS GOOD "x,,nobody\ny", "f.csv:6: ", "コピーし直" },
		{ HEADS GOOD "x,,nobody", "f.csv:5: ", "コピーし直" },
		{ HEADS GOOD "x,,who\ny,,who", "f.csv:6: ", "コピーし直" },
		{ HEADS "t,,form_id\n1,,versi", "f.csv:3: ", "コピーし直" },
		{ HEADS GOOD "あ\xe3\x81", "f.csv: ", "コピーし直" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct record_csv csv;
		struct buf messages;

		buf_init(&messages);
		if (read_bytes(the_form, cases[i].bytes,
		               strlen(cases[i].bytes), &csv, &messages))
			fail_msg("case %zu was read", i);
		if (strncmp(messages.s, cases[i].place,
		            strlen(cases[i].place)) != 0 ||
		    !strstr(messages.s, cases[i].word) ||
		    strchr(messages.s, '\n') != messages.s + messages.len - 1)
			fail_msg("case %zu: %s", i, messages.s);
		buf_release(&messages);
	}
}

/* Cut off behind its first rows at any byte, a file is either read, where nothing
 * but whole rows and commas are left, or said to be cut. */
static void cut_anywhere(const char *bytes, size_t length)
{
	size_t first = (size_t)(strstr(bytes, ",status") - bytes) +
	               strlen(",status\r\n");

	for (size_t n = first; n < length; n++) {
		struct record_csv csv;
		struct buf messages;

		buf_init(&messages);
		if (read_bytes(the_form, bytes, n, &csv, &messages)) {
			if (!strchr("\r\n", bytes[n]) &&
			    !strchr("\r\n,", bytes[n - 1]))
				fail_msg("read: ...%.*s", 20, bytes + n - 20);
			record_csv_release(&csv);
		} else if (!strstr(messages.s, "コピーし直")) {
			fail_msg("at %zu: %s", n, messages.s);
		}
		buf_release(&messages);
	}
}

static void test_an_interrupted_copy(void **state)
{
	struct record_csv csv = read_rows("作成中",
		"甲乙,,who\n2026-04-01,,day\n実施,\"一行目\nいわゆる「」\",i1\n"
		"はい,,site\n実施,二つ目,i2\n");
	char *bytes = csv_of(csv.record);

	(void)state;
	cut_anywhere(bytes, strlen(bytes));
	cut_anywhere(bytes + strlen(BOM), strlen(bytes) - strlen(BOM));
	free(bytes);
	record_csv_release(&csv);
}

/* Of another form or version that alone: the rest follows from it. */
static void test_every_fault_is_told(void **state)
{
	static const struct {
		const char *form;
		size_t faults;
	} cases[] = {
		{ "t,,form_id\n1,,version\n", 3 },
		{ "t,,form_id\n9,,version\n", 1 },
		{ "u,,form_id\n9,,version\n", 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *bytes = buf_format(HEADS "%s?,,status\nx,,nobody\nx,,\n",
		                         cases[i].form);
		struct record_csv csv;
		struct buf messages;
		size_t lines = 0;

		buf_init(&messages);
		assert_false(read_bytes(the_form, bytes, strlen(bytes), &csv,
		                        &messages));
		for (const char *p = messages.s; (p = strchr(p, '\n')); p++)
			lines++;
		assert_int_equal(lines, cases[i].faults);
		buf_release(&messages);
		free(bytes);
	}
}

/* --- there and back ------------------------------------------------------- */

static unsigned random_below(unsigned *seed, unsigned n)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % n;
}

/* An answer to Q as a person may type it, right or wrong. */
static char *random_answer(const struct question *q, unsigned *seed)
{
	static const char *const texts[] = {
		"", "はい", "=1+1", "'", "''x", "-", "a,b", "\"", "1行目\n2行目",
		"\n先頭", "末尾\n", " 空白 ", "　", "\t", "\tタブ", "＝", "@x",
		"髙﨑𠮷", "い\xcc\x88", "実施", "2025-04-01", "2025-02-30", "12",
		"-3.5", "+4", "１２", "平成32年1月1日", "😀", "、", "na", "yes",
	};
	struct buf b;

	if (q->choices && random_below(seed, 4)) {
		buf_init(&b);
		do {
			unsigned k = random_below(seed, (unsigned)q->choices->n);

			buf_addf(&b, "%s%s", b.len ? "\n" : "",
			         q->choices->items[k].name);
		} while (q->type->choices == CHOICES_MANY &&
		         random_below(seed, 2));
		return b.s;
	}
	if (strcmp(q->type->name, "date") == 0 && random_below(seed, 3))
		return buf_format("20%02u/%u/%u", 20 + random_below(seed, 7),
		                  1 + random_below(seed, 12),
		                  1 + random_below(seed, 28));
	if ((strcmp(q->type->name, "integer") == 0 ||
	     strcmp(q->type->name, "decimal") == 0) && random_below(seed, 3))
		return buf_format("%u", random_below(seed, 10));
	return strdup(texts[random_below(seed, COUNT(texts))]);
}

static struct record *random_record(const struct form *form, unsigned *seed)
{
	struct record *r = record_new(form, fixture_now);

	for (int i = 0; i < (int)form->n; i++)
		if (form->questions[i].type->role == ROLE_ASKED &&
		    random_below(seed, 5)) {
			char *text = random_answer(&form->questions[i], seed);

			record_set(r, i, text);
			free(text);
		}
	if (random_below(seed, 2))
		record_finish(r);
	return r;
}

/* Fail at the first line in which BYTES and AGAIN differ. */
static void assert_same(const char *bytes, const char *again, unsigned seed)
{
	size_t i = 0, line = 0;

	while (bytes[i] && bytes[i] == again[i])
		if (bytes[i++] == '\n')
			line = i;
	if (bytes[i] != again[i])
		fail_msg("seed %u: %.*s became %.*s", seed,
		         (int)strcspn(bytes + line, "\r"), bytes + line,
		         (int)strcspn(again + line, "\r"), again + line);
}

static void there_and_back(struct form *form)
{
	unsigned seed = 1;

	for (int i = 0; i < 300; i++) {
		unsigned here = seed;
		struct record *r = random_record(form, &seed);
		char *bytes = csv_of(r), *again;
		struct record_csv csv;
		struct buf messages;

		buf_init(&messages);
		if (!read_bytes(form, bytes, strlen(bytes), &csv, &messages))
			fail_msg("seed %u: %s", here, messages.s);
		again = csv_of(csv.record);
		assert_same(bytes, again, here);
		buf_release(&messages);
		record_csv_release(&csv);
		record_free(r);
		free(bytes);
		free(again);
	}
	form_free(form);
}

static void test_there_and_back(void **state)
{
	(void)state;
	there_and_back(fixture_form(survey, choices));
}

static void test_the_built_in_form_there_and_back(void **state)
{
	(void)state;
	there_and_back(fixture_form_file("data/npa-2022.csv"));
}

static void test_the_second_form_there_and_back(void **state)
{
	(void)state;
	there_and_back(fixture_form_file("tests/form/second.csv"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_draft),
		cmocka_unit_test(test_a_finished_record),
		cmocka_unit_test(test_the_formula_guard),
		cmocka_unit_test(test_an_apostrophe_of_ones_own_stays),
		cmocka_unit_test(test_every_text_is_guarded),
		cmocka_unit_test(test_numbers_and_dates_are_not_guarded),
		cmocka_unit_test(test_a_text_that_begins_with_cr),
		cmocka_unit_test(test_cells_as_people_write_them),
		cmocka_unit_test(test_a_label_that_means_another_choice),
		cmocka_unit_test(test_a_label_of_two_lines),
		cmocka_unit_test(test_without_a_bom),
		cmocka_unit_test(test_in_cp932),
		cmocka_unit_test(test_other_line_breaks),
		cmocka_unit_test(test_crlf_in_a_cell),
		cmocka_unit_test(test_as_a_spreadsheet_leaves_it),
		cmocka_unit_test(test_not_applicable),
		cmocka_unit_test(test_a_kept_na_outlives_the_file),
		cmocka_unit_test(test_a_detail_beside_a_typed_na),
		cmocka_unit_test(test_a_choice_that_is_left_over),
		cmocka_unit_test(test_a_calculation_is_never_believed),
		cmocka_unit_test(test_once_outlives_the_file),
		cmocka_unit_test(test_when_it_was_made),
		cmocka_unit_test(test_no_default_fills_an_empty_answer),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_what_is_no_record),
		cmocka_unit_test(test_an_interrupted_copy),
		cmocka_unit_test(test_every_fault_is_told),
		cmocka_unit_test(test_there_and_back),
		cmocka_unit_test(test_the_built_in_form_there_and_back),
		cmocka_unit_test(test_the_second_form_there_and_back),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
