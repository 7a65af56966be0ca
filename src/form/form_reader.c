/* SPDX-License-Identifier: MIT */
#include "form/form_reader.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unictype.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/spelling.h"
#include "base/text.h"
#include "form/dependencies.h"
#include "form/question_type.h"
#include "form/xlsform.h"

/* --- settings ----------------------------------------------------------- */

/* The default language comes before all others, so that it is number 0. */
static void read_default_language(struct reader *r)
{
	const struct sheet *s = &r->sheets[SHEET_SETTINGS];
	const struct csv_row *row = first_row(s);
	char *name = row ? cell_text(s, row, "default_language")
	                 : mem_strdup("");

	language_index(r, name, NULL);
	free(name);
}

static void read_settings(struct reader *r)
{
	const struct sheet *s = &r->sheets[SHEET_SETTINGS];
	const struct csv_row *row = first_row(s);
	size_t i;

	if (!row) {
		diag_add(r->diags, DIAG_ERROR, r->file, 1, 0,
		         _("settings シートがありません。form_title と form_id を書いてください"));
		return;
	}
	r->form->title = cell_text(s, row, "form_title");
	r->form->id = cell_text(s, row, "form_id");
	r->form->version = cell_text(s, row, "version");
	if (!*r->form->id)
		complain(r, DIAG_ERROR, &row->cells[0], 0,
		         _("settings に form_id がありません"));
	if (!*r->form->title) {
		free(r->form->title);
		r->form->title = mem_strdup(r->form->id);
	}
	i = column_index(s, "instance_name");
	if (i && !text_is_blank(csv_text(row, i)))
		r->form->instance_name = parse_expr(r, row->cells[i].text,
		                                    EXPR_IN_SURVEY,
		                                    &row->cells[i]);
}

/* --- choices ------------------------------------------------------------ */

static struct choice_list *list_find(struct form *form, const char *name)
{
	for (size_t i = 0; i < form->n_lists; i++)
		if (strcmp(form->lists[i]->name, name) == 0)
			return form->lists[i];
	return NULL;
}

static struct choice_list *list_for(struct reader *r, const char *name)
{
	struct form *form = r->form;
	struct choice_list *list = list_find(form, name);

	if (list)
		return list;
	list = mem_alloc(sizeof *list);
	list->name = mem_strdup(name);
	form->lists = mem_room(form->lists, form->n_lists, &r->cap_lists,
	                       sizeof *form->lists);
	form->lists[form->n_lists++] = list;
	return list;
}

/* The choices' columns, by which a choice_filter can choose. */
static void find_choice_columns(struct reader *r, const struct sheet *s)
{
	struct form *form = r->form;

	for (size_t i = 1; i < s->header->n; i++) {
		if (!s->columns[i].name)
			continue;
		form->choice_columns = mem_room(form->choice_columns,
		                                form->n_choice_columns,
		                                &r->cap_choice_columns,
		                                sizeof *form->choice_columns);
		form->choice_columns[form->n_choice_columns++] =
			mem_strdup(s->columns[i].name);
	}
}

static void add_choice(struct reader *r, const struct sheet *s,
                       const struct csv_row *row, struct choice_list *list,
                       const char *name)
{
	struct choice ch = {
		.name = mem_strdup(name),
		.cells = mem_array(r->form->n_choice_columns, sizeof *ch.cells),
	};
	size_t column = 0;

	for (size_t i = 1; i < s->header->n; i++) {
		const struct column *c = &s->columns[i];

		if (!c->name)
			continue;
		ch.cells[column++] = text_trim(csv_text(row, i));
		if (!c->def || text_is_blank(csv_text(row, i)))
			continue;
		if (column_has_words(c->def))
			set_words(r, &ch.label, c->language, csv_text(row, i));
		else
			c->def->store(r, NULL, 0, 0, &row->cells[i]);
	}
	list->items = mem_room(list->items, list->n, &list->cap,
	                       sizeof *list->items);
	list->items[list->n++] = ch;
}

static void read_choice_row(struct reader *r, const struct sheet *s,
                            const struct csv_row *row)
{
	char *list_name = cell_text(s, row, "list_name");
	char *name = cell_text(s, row, "name");
	const struct csv_cell *at = cell_at(s, row, "name");
	struct choice_list *list;

	if (!*list_name || !*name) {
		complain(r, DIAG_ERROR, at, 0,
		         _("選択肢には list_name と name が要ります"));
	} else {
		list = list_for(r, list_name);
		if (strpbrk(name, " \t\n"))
			complain(r, DIAG_ERROR, at, 0,
			         _("選択肢の名前「%s」に空白は使えません"), name);
		else if (choice_find(list, name))
			complain(r, DIAG_ERROR, at, 0,
			         _("選択肢の名前「%s」が「%s」に2つあります"),
			         name, list_name);
		else
			add_choice(r, s, row, list, name);
	}
	free(list_name);
	free(name);
}

static void read_choices(struct reader *r)
{
	const struct sheet *s = &r->sheets[SHEET_CHOICES];

	if (!s->header)
		return;
	find_choice_columns(r, s);
	for (size_t i = 0; i < s->n; i++) {
		if (csv_is_blank(&s->rows[i]))
			continue;
		if (r->choices++ == FORM_MAX_CHOICES) {
			complain(r, DIAG_ERROR, &s->rows[i].cells[0], 0,
			         _("選択肢が多すぎます（%d個まで）"),
			         FORM_MAX_CHOICES);
			break;
		}
		read_choice_row(r, s, &s->rows[i]);
	}
}

/* --- survey ------------------------------------------------------------- */

/* XLSForm's words for a type, split: "select_one yes_no or_other". */
struct type_words {
	const char *type; /* "begin_group", with _ where people write a space */
	const char *list; /* the second word; "" if none */
	bool more;        /* a third one */
};

/* The words are parts of TEXT, which is taken apart for it. */
static struct type_words split_type(char *text)
{
	struct type_words words = { "", "", false };
	char *save, *type = strtok_r(text, " \t\n", &save);
	char *word = strtok_r(NULL, " \t\n", &save);

	if (type)
		words.type = type;
	if (type && word && (!strcmp(type, "begin") || !strcmp(type, "end") ||
	             (!strcmp(type, "select") && !strcmp(word, "one")))) {
		type += strlen(type);
		*type++ = '_';
		memmove(type, word, strlen(word) + 1);
		word = strtok_r(NULL, " \t\n", &save);
	}
	if (word)
		words.list = word;
	words.more = strtok_r(NULL, " \t\n", &save) != NULL;
	return words;
}

static void complain_of_type(struct reader *r, const struct csv_cell *cell,
                             const char *type)
{
	static const char *const not_ours[] = {
		"begin_repeat", "end_repeat", "geopoint", "geotrace", "geoshape",
		"start-geopoint", "image", "audio", "background-audio", "video",
		"file", "barcode", "range", "rank", "time", "dateTime",
		"acknowledge", "select_one_from_file", "xml-external",
		"csv-external", "select_multiple_from_file", "hidden",
	};
	const char *nearest = spelling_distance(type, "end_group") <=
	                      spelling_limit(type)
		? "end_group" : question_type_nearest(type);

	for (size_t i = 0; i < sizeof not_ours / sizeof *not_ours; i++)
		if (strcmp(not_ours[i], type) == 0) {
			complain(r, DIAG_ERROR, cell, 0,
			         _("型「%s」は使えません（繰り返し、画像・音声・動画、位置情報などには対応していません）"),
			         type);
			return;
		}
	if (nearest)
		complain(r, DIAG_ERROR, cell, 0,
		         _("型「%s」はありません。「%s」の書き間違いではありませんか"),
		         type, nearest);
	else
		complain(r, DIAG_ERROR, cell, 0, _("型「%s」はありません"),
		         type);
}

/* A name as XML wants it (pyxform makes elements of them). */
static bool is_name(const char *s)
{
	const uint8_t *p = (const uint8_t *)s;
	ucs4_t c;
	bool first = true;

	while ((p = u8_next(&c, p))) {
		bool begins = c == '_' || (c < 0x80 ? isalpha((int)c)
		                                    : uc_is_property_xid_start(c));
		bool goes_on = c == '-' || c == '.' ||
		               uc_is_property_xid_continue(c);

		if (!begins && (first || !goes_on))
			return false;
		first = false;
	}
	return !first;
}

static bool is_reserved(const char *name)
{
	static const char *const reserved[] = {
		"form_title", "form_id", "version", "status", "meta",
	};

	for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
		if (strcmp(reserved[i], name) == 0)
			return true;
	return false;
}

static void end_group(struct reader *r, const struct csv_cell *cell)
{
	struct question *group;

	if (r->open < 0) {
		complain(r, DIAG_ERROR, cell, 0,
		         _("end_group に対応する begin_group がありません"));
		return;
	}
	group = &r->form->questions[r->open];
	group->end = (int)r->form->n;
	r->open = group->parent;
	r->depth--;
}

static void begin_group(struct reader *r, int row, const struct csv_cell *cell)
{
	if (++r->depth > FORM_MAX_DEPTH)
		complain(r, DIAG_ERROR, cell, 0,
		         _("グループの入れ子が深すぎます（%d段まで）"),
		         FORM_MAX_DEPTH);
	r->open = row;
}

static void find_list(struct reader *r, struct question *q, const char *name,
                      const struct csv_cell *cell)
{
	q->choices = list_find(r->form, name);
	if (!*name)
		complain(r, DIAG_ERROR, cell, 0,
		         _("選択肢のリストの名前がありません（例: select_one yes_no）"));
	else if (!q->choices)
		complain(r, DIAG_ERROR, cell, 0,
		         r->sheets[SHEET_CHOICES].header
		         ? _("選択肢のリスト「%s」が choices にありません")
		         : _("選択肢のリスト「%s」を書く choices シートがありません"),
		         name);
	else if (r->offered <= FORM_MAX_OFFERED &&
	         (r->offered += q->choices->n) > FORM_MAX_OFFERED)
		complain(r, DIAG_ERROR, cell, 0,
		         _("選択肢のある質問が多すぎます（選択肢は、すべての質問を合わせて%d個まで）"),
		         FORM_MAX_OFFERED);
}

static void store_cells(struct reader *r, const struct sheet *s,
                        const struct csv_row *row, struct question *q)
{
	for (size_t i = 1; i < s->header->n && i < row->n; i++) {
		const struct column *c = &s->columns[i];

		if (c->def && !text_is_blank(row->cells[i].text))
			c->def->store(r, q, c->def->offset, c->language,
			              &row->cells[i]);
	}
}

static bool has_cell(const struct sheet *s, const struct csv_row *row,
                     const char *name)
{
	size_t i = column_index(s, name);

	return i && !text_is_blank(csv_text(row, i));
}

/* When the next is due is said once: by a date of its own, or by the last one. */
static void check_due(struct reader *r, const struct sheet *s,
                      const struct csv_row *row, const struct question *q)
{
	const struct form *form = r->form;
	int when = form->listed[LIST_WHEN];
	bool twice = form->listed[LIST_DUE] >= 0 && when >= 0 &&
	             form->questions[when].due;

	if (q->due && q->role != LIST_WHEN)
		complain(r, DIAG_ERROR, cell_at(s, row, "due"), 0,
		         _("due は、list が when の質問に書いてください"));
	else if (twice && (q->due || q->role == LIST_DUE))
		complain(r, DIAG_ERROR,
		         cell_at(s, row, q->due ? "due" : "list"), 0,
		         _("次の期限が、due の列と list の due の2通りにあります。どちらか1つにしてください"));
}

static void check_row(struct reader *r, const struct sheet *s,
                      const struct csv_row *row, const struct question *q)
{
	const struct csv_cell *at = cell_at(s, row, "name");

	if (!*q->name)
		complain(r, DIAG_ERROR, at, 0, _("name がありません"));
	else if (!is_name(q->name))
		complain(r, DIAG_ERROR, at, 0,
		         _("名前「%s」は使えません。英字か _ で始め、英数字と - _ . だけで書いてください"),
		         q->name);
	else if (is_reserved(q->name))
		complain(r, DIAG_ERROR, at, 0,
		         _("名前「%s」は確認書のファイルか ODK が使っています。別の名前にしてください"),
		         q->name);
	if ((q->type->role == ROLE_ASKED || q->type->role == ROLE_NOTE) &&
	    !q->label.in && !q->hint.in && *q->name)
		complain(r, DIAG_ERROR, at, 0,
		         _("「%s」に label がありません。質問の文を書いてください"),
		         q->name);
	if (q->type->role == ROLE_COMPUTED && !q->calculation &&
	    !has_cell(s, row, "calculation"))
		complain(r, DIAG_ERROR, at, 0,
		         _("「%s」に calculation がありません"), q->name);
	if (q->type->role == ROLE_METADATA &&
	    q->type->metadata == METADATA_EMPTY)
		complain(r, DIAG_WARNING, at, 0,
		         _("型「%s」は読み飛ばされ、いつも空です"),
		         q->type->name);
}

static void add_question(struct reader *r, const struct sheet *s,
                         const struct csv_row *row,
                         const struct question_type *type,
                         const struct type_words *words)
{
	struct form *form = r->form;
	const struct csv_cell *at = cell_at(s, row, "type");
	int index = (int)form->n;
	struct question *q;

	form->questions = mem_room(form->questions, form->n, &r->cap_questions,
	                           sizeof *form->questions);
	q = &form->questions[form->n++];
	*q = (struct question){
		.type = type,
		.name = cell_text(s, row, "name"),
		.line = row->line,
		.number = mem_strdup(""),
		.clause = mem_strdup(""),
		.mark = mem_strdup(""),
		.parent = r->open,
		.end = index + 1,
		.item_choice = -1,
		.item_text = -1,
	};
	if (type->choices != CHOICES_NONE)
		find_list(r, q, words->list, at);
	if (type->role == ROLE_NOTE && !*q->name) {
		free(q->name);
		q->name = buf_format(NOTE_NAME, row->line);
	}
	store_cells(r, s, row, q);
	check_row(r, s, row, q);
	check_due(r, s, row, q);
	if (words->more)
		complain(r, DIAG_ERROR, at, 0,
		         _("型に余分な語があります（or_other などには対応していません）"));
	if (type->role == ROLE_GROUP)
		begin_group(r, index, at);
}

/* By ROW's cell in COLUMN; 0: the sheet has none for that. */
static bool is_disabled(const struct csv_row *row, size_t column)
{
	char *text = text_trim(column ? csv_text(row, column) : "");
	bool yes = !strcasecmp(text, "yes") || !strcasecmp(text, "true") ||
	           !strcmp(text, "true()");

	free(text);
	return yes;
}

static void read_survey_row(struct reader *r, const struct sheet *s,
                            const struct csv_row *row)
{
	const struct csv_cell *at = cell_at(s, row, "type");
	char *text = cell_text(s, row, "type");
	struct type_words words = split_type(text);
	const struct question_type *type = question_type_find(words.type);

	if (!*words.type)
		complain(r, DIAG_ERROR, &row->cells[0], 0,
		         _("type がありません"));
	else if (strcmp(words.type, "end_group") == 0)
		end_group(r, at);
	else if (!type)
		complain_of_type(r, at, words.type);
	else
		add_question(r, s, row, type, &words);
	free(text);
}

static void read_survey(struct reader *r)
{
	const struct sheet *s = &r->sheets[SHEET_SURVEY];
	size_t disabled;

	if (!s->header) {
		diag_add(r->diags, DIAG_ERROR, r->file, 1, 0,
		         _("survey シートがありません。1列目に survey と書いた行から始めてください"));
		return;
	}
	disabled = column_index(s, "disabled");
	for (size_t i = 0; i < s->n; i++) {
		if (csv_is_blank(&s->rows[i]) ||
		    is_disabled(&s->rows[i], disabled))
			continue;
		read_survey_row(r, s, &s->rows[i]);
		if (r->form->n > FORM_MAX_ROWS) {
			complain(r, DIAG_ERROR, &s->rows[i].cells[0], 0,
			         _("質問が多すぎます（%d個まで）"), FORM_MAX_ROWS);
			break;
		}
	}
	if (r->open >= 0)
		diag_add(r->diags, DIAG_ERROR, r->file,
		         r->form->questions[r->open].line, 0,
		         _("グループ「%s」に end_group がありません"),
		         r->form->questions[r->open].name);
}

/* --- the whole ---------------------------------------------------------- */

static void read_sheets(struct reader *r, const struct csv_table *table)
{
	size_t before = r->diags->errors;

	if (!find_sheets(r, table))
		return;
	if (r->sheets[SHEET_SETTINGS].header)
		read_header(r, SHEET_SETTINGS);
	read_default_language(r);
	for (int i = 0; i < SHEET_SETTINGS; i++)
		if (r->sheets[i].header)
			read_header(r, i);
	r->form->screen_language = form_language(r->form, i18n_language());
	read_settings(r);
	read_choices(r);
	read_survey(r);
	index_names(r);
	bind_refs(r);
	if (r->diags->errors == before) {
		find_items(r->form);
		find_shared_labels(r->form);
		form_find_dependencies(r->form, r->file, r->diags);
	}
}

static void reader_release(struct reader *r)
{
	for (int s = 0; s < SHEETS; s++) {
		struct sheet *sheet = &r->sheets[s];

		for (size_t i = 0; sheet->columns && i < sheet->header->n; i++)
			free(sheet->columns[i].name);
		free(sheet->columns);
	}
	free(r->unbound);
}

struct form *form_read(const char *bytes, size_t length, const char *file,
                       struct diag_list *diags)
{
	struct reader r = {
		.form = mem_alloc(sizeof *r.form),
		.file = file,
		.diags = diags,
		.open = -1,
	};
	size_t before = diags->errors, first = diags->n;
	struct csv_table *table = csv_read_shown(bytes, length, file, diags);

	for (int role = 0; role < LIST_ROLES; role++)
		r.form->listed[role] = -1;
	if (table)
		read_sheets(&r, table);
	reader_release(&r);
	csv_free(table);
	diag_list_sort(diags, first);
	if (diags->errors > before) {
		form_free(r.form);
		return NULL;
	}
	return r.form;
}
