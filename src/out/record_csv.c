/* SPDX-License-Identifier: MIT */
#include "out/record_csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "form/question_type.h"
#include "record/reason.h"

enum column {
	COLUMN_SECTION,
	COLUMN_NUMBER,
	COLUMN_CLAUSE,
	COLUMN_LABEL,
	COLUMN_ANSWER,
	COLUMN_DETAIL,
	COLUMN_NAME,
	COLUMNS,
};

static const char *const heads[COLUMNS] = {
	"区分", "番号", "条項", "項目", "回答", "実施状況(詳細)又は未実施の理由",
	"名前",
};

enum about { ABOUT_TITLE, ABOUT_ID, ABOUT_VERSION, ABOUT_STATUS, ABOUTS };

static const struct {
	const char *label;
	const char *name;
} abouts[ABOUTS] = {
	{ "様式の名称", "form_title" },
	{ "様式の識別子", "form_id" },
	{ "様式の版", "version" },
	{ "状態", "status" },
};

#define ABOUT_SECTION "様式"
#define NOT_APPLICABLE "該当なし"

static const char *const statuses[] = {
	[RECORD_DRAFT] = "作成中",
	[RECORD_FINISHED] = "完成",
};

/* --- the formula guard -------------------------------------------------- */

static bool looks_like_formula(const char *text)
{
	static const char *const full_width[] = { "＝", "＋", "－", "＠" };

	if (!*text || strchr("=+-@\t\r\n'", *text))
		return *text != '\0';
	if (*text != *full_width[0]) /* which all of them begin with */
		return false;
	for (size_t i = 0; i < sizeof full_width / sizeof *full_width; i++)
		if (text_has_prefix(text, full_width[i]))
			return true;
	return false;
}

/* TEXT as a cell holds it; a new string. */
static char *guarded(const char *text)
{
	return buf_format("%s%s", looks_like_formula(text) ? "'" : "", text);
}

char *record_csv_cell(const char *text)
{
	char *shown = text_mark_hidden(text), *safe = guarded(shown);

	free(shown);
	return safe;
}

static const char *unguarded(const char *cell)
{
	return *cell == '\'' && looks_like_formula(cell + 1) ? cell + 1 : cell;
}

/* --- writing ------------------------------------------------------------ */

/* TEXT as column I holds it; NULL: as it is, as nearly all are. */
static char *made_safe(const char *text, int i)
{
	/* The answer was guarded where it was made: a number is not. */
	bool guards = i != COLUMN_ANSWER && looks_like_formula(text);

	if (guards)
		return record_csv_cell(text);
	return text_find_hidden(text) ? text_mark_hidden(text) : NULL;
}

static void add_row(struct buf *out, const char *const cells[COLUMNS])
{
	const char *shown[COLUMNS];
	char *safe[COLUMNS];

	for (int i = 0; i < COLUMNS; i++) {
		safe[i] = cells[i] ? made_safe(cells[i], i) : NULL;
		shown[i] = safe[i] ? safe[i] : cells[i];
	}
	csv_add_row(out, shown, COLUMNS);
	for (int i = 0; i < COLUMNS; i++)
		free(safe[i]);
}

/* The answer to Q as a cell holds it. */
static char *answer_cell(const struct record *r, int q)
{
	const struct question *question = &r->form->questions[q];
	bool drops = r->status == RECORD_FINISHED ||
	             question->type->role == ROLE_COMPUTED;
	const char *answer = drops ? record_effective_answer(r, q)
	                           : record_answer(r, q);
	struct value v;
	bool is_text;
	char *cell, *safe;

	if (!record_is_valid(r, q))
		return guarded(answer);
	v = question->type->value(answer);
	is_text = v.kind == VALUE_STRING;
	value_release(&v);
	cell = question->type->cell(r->form, question, answer);
	if (!is_text)
		return cell;
	safe = guarded(cell);
	free(cell);
	return safe;
}

static const char *section_of(const struct form *form, int row)
{
	int group = form->questions[row].parent;

	return group < 0 ? ""
	                 : form_words(form, &form->questions[group].label, 0);
}

static void write_question(const struct record *r, int q, struct buf *out)
{
	const struct question *question = &r->form->questions[q];
	char *answer = answer_cell(r, q);

	add_row(out, (const char *const[COLUMNS]){
		[COLUMN_SECTION] = section_of(r->form, q),
		[COLUMN_NUMBER] = question->number,
		[COLUMN_CLAUSE] = question->clause,
		[COLUMN_LABEL] = form_words(r->form, &question->label, 0),
		[COLUMN_ANSWER] = answer,
		[COLUMN_NAME] = question->name,
	});
	free(answer);
}

/* The answer to ITEM as a cell holds it. In a draft an answer that has stopped
 * applying is kept; one called 該当なし by its name, as the label would be read
 * as no answer. */
static char *item_cell(const struct record *r, int item)
{
	int q = r->form->questions[item].item_choice;
	char *cell = answer_cell(r, q);

	if (strcmp(cell, NOT_APPLICABLE) != 0 ||
	    record_applies(r, item) != APPLIES_NO)
		return cell;
	free(cell);
	/* Typed where there is no such choice it is no answer, and would take
	 * the detail with it on reading. */
	return mem_strdup(record_is_valid(r, q) ? record_answer(r, q) : "");
}

static void write_item(const struct record *r, int item, struct buf *out)
{
	const struct question *group = &r->form->questions[item];
	bool gone = r->status == RECORD_FINISHED &&
	            record_applies(r, item) == APPLIES_NO;
	char *answer = gone ? mem_strdup(NOT_APPLICABLE)
	                    : item_cell(r, item);
	char *detail = NULL;

	if (gone)
		detail = record_why(r, item, READER_OF_FILE);
	else if (group->item_text >= 0)
		detail = mem_strdup(record_answer(r, group->item_text));
	add_row(out, (const char *const[COLUMNS]){
		[COLUMN_SECTION] = section_of(r->form, item),
		[COLUMN_NUMBER] = group->number,
		[COLUMN_CLAUSE] = group->clause,
		[COLUMN_LABEL] = form_words(r->form, &group->label, 0),
		[COLUMN_ANSWER] = answer,
		[COLUMN_DETAIL] = detail,
		[COLUMN_NAME] = group->name,
	});
	free(answer);
	free(detail);
}

static void write_about(const struct record *r, struct buf *out)
{
	const char *values[ABOUTS] = {
		r->form->title, r->form->id, r->form->version,
		statuses[r->status],
	};

	for (int i = 0; i < ABOUTS; i++) {
		char *value = guarded(values[i]);

		add_row(out, (const char *const[COLUMNS]){
			[COLUMN_SECTION] = ABOUT_SECTION,
			[COLUMN_LABEL] = abouts[i].label,
			[COLUMN_ANSWER] = value,
			[COLUMN_NAME] = abouts[i].name,
		});
		free(value);
	}
}

int record_csv_next(const struct form *form, int row)
{
	row = row >= 0 && form_is_item(form, row) ? form->questions[row].end
	                                          : row + 1;
	for (; row < (int)form->n; row++) {
		enum question_role role = form->questions[row].type->role;

		if (form_is_item(form, row) ||
		    (role != ROLE_GROUP && role != ROLE_NOTE))
			break;
	}
	return row;
}

/* All of it in UTF-8; which row stands where is added to ORIGINS. */
static void write_rows(const struct record *r, struct buf *out,
                       struct origins *origins)
{
	csv_add_row(out, heads, COLUMNS);
	write_about(r, out);
	for (int row = record_csv_next(r->form, -1); row < (int)r->form->n;
	     row = record_csv_next(r->form, row)) {
		origins_add(origins, out, row);
		if (form_is_item(r->form, row))
			write_item(r, row, out);
		else
			write_question(r, row, out);
	}
}

void record_csv_write(const struct record *r, struct buf *out)
{
	buf_add(out, "\xef\xbb\xbf");
	write_rows(r, out, NULL);
}

void record_csv_encode(const struct record *r, const struct file_style *style,
                       struct encoded *result)
{
	struct origins origins = {0};
	struct buf text;

	buf_init(&text);
	write_rows(r, &text, &origins);
	encode(&text, &origins, LINE_END_CRLF, style, result);
	buf_release(&text);
	origins_release(&origins);
}

/* --- reading ------------------------------------------------------------ */

struct file_reader {
	const struct form *form;
	const char *file;
	struct diag_list *diags;
	struct csv_table *table;
	int at[COLUMNS]; /* where each column is; -1 */
	const struct csv_row *about[ABOUTS];
	const struct csv_row **rows; /* of each row of the form; NULL */
	enum record_fault fault;
	struct record *record;
};

__attribute__((format(printf, 3, 4)))
static void complain(struct file_reader *r, long line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	diag_addv(r->diags, DIAG_ERROR, r->file, line, 0, format, args);
	va_end(args);
}

static const char *cell(const struct file_reader *r, const struct csv_row *row,
                        enum column c)
{
	return r->at[c] < 0 ? ""
	                    : unguarded(csv_text(row, (size_t)r->at[c]));
}

static void find_columns(struct file_reader *r)
{
	static const enum column needed[] = { COLUMN_ANSWER, COLUMN_DETAIL,
	                                      COLUMN_NAME };
	const struct csv_row *header = &r->table->rows[0];

	for (int c = 0; c < COLUMNS; c++)
		r->at[c] = -1;
	for (size_t i = header->n; i-- > 0; ) {
		char *head = text_trim(header->cells[i].text);

		for (int c = 0; c < COLUMNS; c++)
			if (strcmp(head, heads[c]) == 0)
				r->at[c] = (int)i;
		free(head);
	}
	for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
		if (r->at[needed[i]] < 0) {
			complain(r, 1, _("確認書の CSV ではありません（見出し行に「%s」の列がありません）"),
			         heads[needed[i]]);
			r->fault = RECORD_FOREIGN;
			return;
		}
}

/* Where the row called NAME is kept; NULL where the form has no such row. */
static const struct csv_row **place_of(struct file_reader *r, const char *name)
{
	int row;

	for (int i = 0; i < ABOUTS; i++)
		if (strcmp(abouts[i].name, name) == 0)
			return &r->about[i];
	row = form_find(r->form, name);
	if (row < 0)
		return NULL;
	if (form_is_item(r->form, row))
		return &r->rows[row];
	if (r->form->questions[row].type->role == ROLE_GROUP ||
	    form_item_of(r->form, row) >= 0)
		return NULL;
	return &r->rows[row];
}

static void take_row(struct file_reader *r, const struct csv_row *row)
{
	char *name = text_trim(cell(r, row, COLUMN_NAME));
	const struct csv_row **place = place_of(r, name);

	if (!*name)
		complain(r, row->line, _("「名前」の列が空です。行を消すか、元の名前に戻してください"));
	else if (!place)
		complain(r, row->line, _("「%s」という名前はこの様式にありません"),
		         name);
	else if (*place && *place != row)
		complain(r, row->line, _("「%s」という名前の行が2つあります（もう1つは %ld 行目）"),
		         name, (*place)->line);
	else
		*place = row;
	free(name);
}

/* The rows about the form, before all others: in another form's record every name
 * would be unknown, and that would be told first. */
static void take_about(struct file_reader *r)
{
	for (size_t i = r->table->n; --i > 0; ) { /* of two the first */
		const struct csv_row *row = &r->table->rows[i];
		char *name = text_trim(cell(r, row, COLUMN_NAME));

		for (int about = 0; about < ABOUTS; about++)
			if (strcmp(abouts[about].name, name) == 0)
				r->about[about] = row;
		free(name);
	}
}

static char *about_text(const struct file_reader *r, enum about which)
{
	return text_trim(r->about[which]
	                 ? cell(r, r->about[which], COLUMN_ANSWER) : "");
}

/* Compare one row about the form with what it is; DIFFERS is the message, with
 * what was found and what is expected. */
__attribute__((format(printf, 4, 0)))
static void check_about(struct file_reader *r, enum about which,
                        const char *expected, const char *differs)
{
	char *found = about_text(r, which);
	long line = r->about[which] ? r->about[which]->line : 1;

	if (!r->about[which]) {
		complain(r, 1, _("確認書の CSV ではありません（「%s」の行がありません）"),
		         abouts[which].name);
	} else if (strcmp(found, expected) != 0) {
		r->fault = RECORD_OTHER_FORM;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		complain(r, line, differs, found, expected);
#pragma GCC diagnostic pop
	}
	free(found);
}

static void read_status(struct file_reader *r, enum record_status *status)
{
	char *found = about_text(r, ABOUT_STATUS);
	long line = r->about[ABOUT_STATUS] ? r->about[ABOUT_STATUS]->line : 1;

	for (int i = RECORD_DRAFT; i <= RECORD_FINISHED; i++)
		if (strcmp(found, statuses[i]) == 0) {
			*status = (enum record_status)i;
			free(found);
			return;
		}
	if (!r->about[ABOUT_STATUS])
		complain(r, 1, _("確認書の CSV ではありません（「%s」の行がありません）"),
		         abouts[ABOUT_STATUS].name);
	else
		complain(r, line, _("状態（status）が「%s」です。「作成中」か「完成」に直してください"),
	         found);
	free(found);
}

static bool says_not_applicable(const struct file_reader *r,
                                const struct csv_row *row)
{
	char *answer = text_trim(cell(r, row, COLUMN_ANSWER));
	bool says = strcmp(answer, NOT_APPLICABLE) == 0;

	free(answer);
	return says;
}

typedef void give_fn(struct record *r, int q, const char *text);

static void set(struct record *r, int q, const char *text)
{
	record_set(r, q, text);
}

/* Give the answers that ITEM's row holds, by record_load or by set. */
static void give_item(struct file_reader *r, int item, give_fn *give)
{
	const struct question *group = &r->form->questions[item];
	const struct csv_row *row = r->rows[item];

	give(r->record, group->item_choice, cell(r, row, COLUMN_ANSWER));
	if (group->item_text >= 0)
		give(r->record, group->item_text, cell(r, row, COLUMN_DETAIL));
}

static int by_rank(const void *a, const void *b, void *form)
{
	const struct question *questions = ((const struct form *)form)->questions;

	return questions[*(const int *)a].rank - questions[*(const int *)b].rank;
}

/* The items that say 該当なし, once all else is settled: where the item does not
 * apply that is no answer; where it applies it is the choice of that name, or,
 * if there is none, an empty answer. In order of rank, since one may decide
 * whether the next applies. */
static void settle_not_applicable(struct file_reader *r, int *items, size_t n)
{
	qsort_r(items, n, sizeof *items, by_rank, (void *)r->form);
	for (size_t i = 0; i < n; i++) {
		const struct question *group = &r->form->questions[items[i]];

		if (record_applies(r->record, items[i]) == APPLIES_NO)
			continue;
		give_item(r, items[i], set);
		if (!record_is_valid(r->record, group->item_choice))
			record_set(r->record, group->item_choice, "");
	}
}

/* In a finished record the detail of an item that does not apply is the reason
 * why, not an answer. */
static void drop_reasons(struct file_reader *r)
{
	for (int i = 0; i < (int)r->form->n; i++)
		if (form_is_item(r->form, i) &&
		    r->form->questions[i].item_text >= 0 &&
		    record_applies(r->record, i) == APPLIES_NO)
			record_set(r->record, r->form->questions[i].item_text,
			           "");
}

/* What is not asked is worked out anew; but a finished record keeps the time it
 * was made, and once() is what it once was. */
static bool is_believed(const struct file_reader *r, int q)
{
	const struct question *question = &r->form->questions[q];

	if (question->type->role == ROLE_METADATA)
		return r->record->status == RECORD_FINISHED;
	return question->calculation && expr_calls(question->calculation, "once");
}

static void set_answers(struct file_reader *r)
{
	int *waiting = mem_array(r->form->n, sizeof *waiting);
	size_t n_waiting = 0;

	for (int i = 0; i < (int)r->form->n; i++) {
		enum question_role role = r->form->questions[i].type->role;

		if (!r->rows[i])
			continue;
		if (form_is_item(r->form, i) &&
		    says_not_applicable(r, r->rows[i]))
			waiting[n_waiting++] = i;
		else if (form_is_item(r->form, i))
			give_item(r, i, record_load);
		else if (role == ROLE_ASKED || is_believed(r, i))
			record_load(r->record, i,
			            cell(r, r->rows[i], COLUMN_ANSWER));
	}
	record_settle(r->record);
	settle_not_applicable(r, waiting, n_waiting);
	if (r->record->status == RECORD_FINISHED)
		drop_reasons(r);
	free(waiting);
}

/* An answer that would be too long a cell, guarded and in NFC as it now is, could
 * be saved but not be read again. */
static void check_lengths(struct file_reader *r)
{
	for (int i = 0; i < (int)r->form->n; i++)
		if (strlen(record_answer(r->record, i)) >= CSV_MAX_CELL)
			complain(r, 0, _("「%s」の答えが長すぎます"),
			         r->form->questions[i].name);
}

static long *lines_of(const struct file_reader *r)
{
	long *lines = mem_array(r->form->n, sizeof *lines);

	for (int i = 0; i < (int)r->form->n; i++) {
		int item = form_item_of(r->form, i);
		const struct csv_row *row = r->rows[item >= 0 ? item : i];

		lines[i] = row ? row->line : 1;
	}
	return lines;
}

static void read_table(struct file_reader *r, struct moment moment)
{
	enum record_status status = RECORD_DRAFT;

	if (!r->table->n || (r->table->n == 1 &&
	                     csv_is_blank(&r->table->rows[0]))) {
		complain(r, 0, _("空のファイルです"));
		return;
	}
	find_columns(r);
	if (r->diags->errors)
		return;
	r->fault = RECORD_BROKEN;
	take_about(r);
	check_about(r, ABOUT_ID, r->form->id, 
	            _("様式が違います（この確認書は「%s」、使う様式は「%s」）。その様式のファイルを --form で指定してください"));
	if (r->fault != RECORD_OTHER_FORM)
		check_about(r, ABOUT_VERSION, r->form->version, 
		            _("様式の版が違います（この確認書は「%s」、使う様式は「%s」）。その版の様式のファイルを --form で指定してください"));
	if (r->fault == RECORD_OTHER_FORM)
		return; /* what else differs, differs for that reason */
	read_status(r, &status);
	for (size_t i = 1; i < r->table->n; i++)
		if (!csv_is_blank(&r->table->rows[i]))
			take_row(r, &r->table->rows[i]);
	if (r->diags->errors)
		return;
	r->record = record_unsettled(r->form, moment);
	r->record->status = status;
	set_answers(r);
	check_lengths(r);
	if (r->diags->errors) {
		record_free(r->record);
		r->record = NULL;
	}
}

/* Every program that writes a CSV ends its last row. What is wrong with one that has
 * no end is that the rest is missing, and so may be all rows after it: mended as it
 * stands, the file would be taken for a record with empty answers. */
static void blame_the_cut(struct file_reader *r, const struct decoded *decoded)
{
	long line = r->table->rows[r->table->n - 1].line;
	bool told = false;

	if (strchr("\r\n", decoded->text[decoded->length - 1]))
		return;
	for (size_t i = 0; i < r->diags->n; i++)
		told |= r->diags->items[i].level == DIAG_ERROR &&
		        r->diags->items[i].line >= line;
	if (!told)
		return;
	diag_list_release(r->diags);
	diag_list_init(r->diags);
	complain(r, line, _("行の途中でファイルが終わっています。コピーが途中で切れたようなので、元のファイルからコピーし直してください"));
}

/* 回答 and 名前 as they stand in the header of a record. */
static const struct {
	const char *answer, *name;
} heads_in_bytes[] = {
	{ "回答", "名前" },
	{ "\x89\xf1\x93\x9a", "\x96\xbc\x91\x4f" }, /* CP932 */
	{ "\xb2\xf3\xc5\xfa", "\xcc\xbe\xc1\xb0" }, /* EUC-JP */
};

/* True where BYTES, which cannot be read, were surely meant to be a record. */
static bool begins_like_record(const char *bytes, size_t length)
{
	const char *end = memchr(bytes, '\n', length);
	size_t n = end ? (size_t)(end - bytes) : length;

	for (size_t i = 0; i < sizeof heads_in_bytes / sizeof *heads_in_bytes;
	     i++)
		if (memmem(bytes, n, heads_in_bytes[i].answer,
		           strlen(heads_in_bytes[i].answer)) &&
		    memmem(bytes, n, heads_in_bytes[i].name,
		           strlen(heads_in_bytes[i].name)))
			return true;
	return false;
}

bool record_csv_read(const struct form *form, struct moment moment,
                     const char *bytes, size_t length, enum encoding from,
                     const char *file, struct record_csv *result,
                     struct diag_list *diags)
{
	struct diag_list own;
	struct file_reader r = { .form = form, .file = file, .diags = &own };
	struct decoded decoded = {0};
	char *why;

	diag_list_init(&own);
	r.fault = begins_like_record(bytes, length) ? RECORD_BROKEN
	                                            : RECORD_FOREIGN;
	if (!encoding_decode(bytes, length, from, &decoded, &why)) {
		complain(&r, 0, "%s", why);
		free(why);
	} else {
		r.table = csv_read_shown(decoded.text, decoded.length, file,
		                         &own);
	}
	r.rows = mem_array(form->n, sizeof *r.rows);
	if (r.table)
		read_table(&r, moment);
	if (r.table && r.fault == RECORD_BROKEN && own.errors)
		blame_the_cut(&r, &decoded);
	*result = (struct record_csv){ .fault = r.fault };
	if (r.record)
		*result = (struct record_csv){ RECORD_FINE, r.record,
		                               decoded.encoding, lines_of(&r) };
	diag_list_move(diags, &own);
	free(r.rows);
	csv_free(r.table);
	free(decoded.text);
	return r.record != NULL;
}

void record_csv_release(struct record_csv *c)
{
	record_free(c->record);
	free(c->lines);
	*c = (struct record_csv){0};
}
