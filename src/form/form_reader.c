/* SPDX-License-Identifier: MIT */
#include "form/form_reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "form/dependencies.h"
#include "form/question_type.h"

struct reader;

/* How a cell of a column is stored in a question. */
typedef void store_fn(struct reader *r, struct question *q, size_t offset,
                      int language, const struct csv_cell *cell);

struct column_def {
	const char *name;
	store_fn *store;
	size_t offset; /* of the member of struct question */
};

/* A column of a sheet as its header has it. */
struct column {
	const struct column_def *def; /* NULL: not ours */
	char *name;                   /* without its language */
	int language;                 /* index; 0 where the header gives none */
};

enum { SHEET_SURVEY, SHEET_CHOICES, SHEET_SETTINGS, SHEETS };
static const char *const sheet_names[SHEETS] = {
	"survey", "choices", "settings",
};

struct sheet {
	const struct csv_row *header; /* NULL where the form has no such sheet */
	const struct csv_row *rows;
	size_t n;
	struct column *columns; /* header->n of them */
};

/* An expression whose references are bound once all rows are known. */
struct unbound {
	struct expr *e;
	const struct csv_cell *cell;
};

struct reader {
	struct form *form;
	const char *file;
	struct diag_list *diags;
	struct sheet sheets[SHEETS];
	struct unbound *unbound;
	size_t n_unbound, cap_unbound;
	size_t cap_questions, cap_languages, cap_lists, cap_choice_columns;
	int open; /* the group being read; -1 */
	int depth;
};

/* --- diagnostics and cells ---------------------------------------------- */

__attribute__((format(printf, 5, 6)))
static void complain(struct reader *r, enum diag_level level,
                     const struct csv_cell *cell, size_t offset,
                     const char *format, ...)
{
	struct buf text;
	va_list args;
	long line, column;

	buf_init(&text);
	va_start(args, format);
	buf_addv(&text, format, args);
	va_end(args);
	csv_place(cell, offset, &line, &column);
	diag_add(r->diags, level, r->file, line, column, "%s", text.s);
	buf_release(&text);
}

static int edit_distance(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b);
	int row[64];

	if (n >= 64 || m >= 64)
		return 64;
	for (size_t k = 0; k <= m; k++)
		row[k] = (int)k;
	for (size_t i = 1; i <= n; i++) {
		int corner = row[0];

		row[0] = (int)i;
		for (size_t k = 1; k <= m; k++) {
			int above = row[k];
			int best = corner + (a[i - 1] != b[k - 1]);

			if (above + 1 < best)
				best = above + 1;
			if (row[k - 1] + 1 < best)
				best = row[k - 1] + 1;
			row[k] = best;
			corner = above;
		}
	}
	return row[m];
}

/* --- storing a cell ----------------------------------------------------- */

#define MEMBER(q, offset, type) ((type *)(void *)((char *)(q) + (offset)))

static void set_words(struct reader *r, struct words *w, int language,
                      const char *text)
{
	if (!w->in)
		w->in = mem_array(r->form->n_languages, sizeof *w->in);
	free(w->in[language]);
	w->in[language] = text_trim(text);
}

static void store_words(struct reader *r, struct question *q, size_t offset,
                        int language, const struct csv_cell *cell)
{
	set_words(r, MEMBER(q, offset, struct words), language, cell->text);
}

static void store_string(struct reader *r, struct question *q, size_t offset,
                         int language, const struct csv_cell *cell)
{
	char **member = MEMBER(q, offset, char *);

	(void)r, (void)language;
	free(*member);
	*member = text_trim(cell->text);
}

/* Parse TEXT, which stands in CELL, SKIP bytes after its beginning. */
static struct expr *parse(struct reader *r, const char *text,
                          enum expr_place place, const struct csv_cell *cell,
                          size_t skip)
{
	struct expr_error error;
	struct expr *e = expr_parse(text, place, &error);

	if (!e) {
		complain(r, DIAG_ERROR, cell, skip + error.offset, "%s",
		         error.text);
		free(error.text);
		return NULL;
	}
	r->unbound = mem_room(r->unbound, r->n_unbound, &r->cap_unbound,
	                      sizeof *r->unbound);
	r->unbound[r->n_unbound++] = (struct unbound){ e, cell };
	return e;
}

static void set_expr(struct reader *r, struct question *q, size_t offset,
                     enum expr_place place, const struct csv_cell *cell)
{
	struct expr **member = MEMBER(q, offset, struct expr *);

	if (*member) {
		complain(r, DIAG_ERROR, cell, 0, _("同じ列が2つあります"));
		return;
	}
	*member = parse(r, cell->text, place, cell, 0);
}

static void store_expr(struct reader *r, struct question *q, size_t offset,
                       int language, const struct csv_cell *cell)
{
	(void)language;
	set_expr(r, q, offset, EXPR_IN_SURVEY, cell);
}

static void store_filter(struct reader *r, struct question *q, size_t offset,
                         int language, const struct csv_cell *cell)
{
	(void)language;
	set_expr(r, q, offset, EXPR_IN_CHOICE_FILTER, cell);
}

/* yes, no, or an expression (XLSForm's required and read_only). */
static void store_switch(struct reader *r, struct question *q, size_t offset,
                         int language, const struct csv_cell *cell)
{
	static const char *const words[][2] = {
		{ "yes", "true()" }, { "Yes", "true()" }, { "YES", "true()" },
		{ "true", "true()" }, { "True", "true()" }, { "TRUE", "true()" },
		{ "no", "false()" }, { "No", "false()" }, { "NO", "false()" },
		{ "false", "false()" }, { "False", "false()" },
		{ "FALSE", "false()" },
	};
	struct csv_cell as_expr = *cell;
	char *text = text_trim(cell->text);

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(text, words[i][0]) == 0) {
			struct expr_error error;

			*MEMBER(q, offset, struct expr *) =
				expr_parse(words[i][1], EXPR_IN_SURVEY, &error);
			free(text);
			return;
		}
	free(text);
	store_expr(r, q, offset, language, &as_expr);
	if (r->n_unbound && r->unbound[r->n_unbound - 1].cell == &as_expr)
		r->unbound[r->n_unbound - 1].cell = cell;
}

/* ODK's rule, near enough: a default that refers or calls is an expression,
 * anything else is the text itself. */
static bool is_dynamic(const char *text)
{
	if (strstr(text, "${"))
		return true;
	for (const char *p = text; (p = strchr(p, '(')); p++)
		if (p > text && strchr("abcdefghijklmnopqrstuvwxyz-", p[-1]))
			return true;
	return false;
}

static void store_default(struct reader *r, struct question *q, size_t offset,
                          int language, const struct csv_cell *cell)
{
	struct buf literal;
	struct expr_error error;
	char *text;
	char quote;

	if (is_dynamic(cell->text)) {
		store_expr(r, q, offset, language, cell);
		return;
	}
	text = text_trim(cell->text);
	quote = strchr(text, '\'') ? '"' : '\'';
	buf_init(&literal);
	buf_addf(&literal, "%c%s%c", quote, text, quote);
	*MEMBER(q, offset, struct expr *) =
		expr_parse(literal.s, EXPR_IN_SURVEY, &error);
	if (!*MEMBER(q, offset, struct expr *)) {
		complain(r, DIAG_ERROR, cell, 0, "%s", error.text);
		free(error.text);
	}
	buf_release(&literal);
	free(text);
}

static void store_appearance(struct reader *r, struct question *q,
                             size_t offset, int language,
                             const struct csv_cell *cell)
{
	(void)r, (void)offset, (void)language;
	q->multiline = strstr(cell->text, "multiline") != NULL;
	q->field_list = strstr(cell->text, "field-list") != NULL;
}

static void store_role(struct reader *r, struct question *q, size_t offset,
                       int language, const struct csv_cell *cell)
{
	static const struct {
		const char *name;
		enum list_role role;
	} roles[] = {
		{ "who", LIST_WHO }, { "what", LIST_WHAT },
		{ "start", LIST_START }, { "when", LIST_WHEN },
		{ "due", LIST_DUE }, { "ended", LIST_ENDED },
	};
	char *text = text_trim(cell->text);

	(void)offset, (void)language;
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		if (strcmp(text, roles[i].name) == 0)
			q->role = roles[i].role;
	if (q->role == LIST_NONE)
		complain(r, DIAG_ERROR, cell, 0,
		         _("list の「%s」は使えません。who what start when due ended のどれかを書いてください"),
		         text);
	free(text);
}

/* What would be lost without a word if the column were passed over. */
static void store_unsupported(struct reader *r, struct question *q,
                              size_t offset, int language,
                              const struct csv_cell *cell)
{
	(void)q, (void)offset, (void)language;
	complain(r, DIAG_ERROR, cell, 0,
	         _("この列の機能（繰り返し、画像・音声・動画、トリガーなど）は使えません。セルを空にしてください"));
}

/* type and name, which the row as a whole is about. */
static void store_nothing(struct reader *r, struct question *q, size_t offset,
                          int language, const struct csv_cell *cell)
{
	(void)r, (void)q, (void)offset, (void)language, (void)cell;
}

#define IN(member) offsetof(struct question, member)

static const struct column_def survey_columns[] = {
	{ "type", store_nothing, 0 },
	{ "name", store_nothing, 0 },
	{ "disabled", store_nothing, 0 },
	{ "label", store_words, IN(label) },
	{ "hint", store_words, IN(hint) },
	{ "guidance_hint", store_words, IN(guidance) },
	{ "relevant", store_expr, IN(relevant) },
	{ "required", store_switch, IN(required) },
	{ "required_message", store_words, IN(required_message) },
	{ "constraint", store_expr, IN(constraint) },
	{ "constraint_message", store_words, IN(constraint_message) },
	{ "calculation", store_expr, IN(calculation) },
	{ "default", store_default, IN(default_value) },
	{ "read_only", store_switch, IN(read_only) },
	{ "readonly", store_switch, IN(read_only) },
	{ "choice_filter", store_filter, IN(choice_filter) },
	{ "appearance", store_appearance, 0 },
	/* our own */
	{ "number", store_string, IN(number) },
	{ "clause", store_string, IN(clause) },
	{ "mark", store_string, IN(mark) },
	{ "renew", store_expr, IN(renew) },
	{ "list", store_role, 0 },
	{ "na_reason", store_words, IN(na_reason) },
	{ "caution", store_expr, IN(caution) },
	{ "caution_message", store_words, IN(caution_message) },
	/* XLSForm's, but not ours */
	{ "media", store_unsupported, 0 },
	{ "image", store_unsupported, 0 },
	{ "big-image", store_unsupported, 0 },
	{ "audio", store_unsupported, 0 },
	{ "video", store_unsupported, 0 },
	{ "repeat_count", store_unsupported, 0 },
	{ "trigger", store_unsupported, 0 },
	{ "bind", store_unsupported, 0 },
	{ NULL, NULL, 0 },
};

static const struct column_def choices_columns[] = {
	{ "list_name", store_nothing, 0 },
	{ "name", store_nothing, 0 },
	{ "label", store_words, 0 },
	{ "media", store_unsupported, 0 },
	{ "image", store_unsupported, 0 },
	{ "big-image", store_unsupported, 0 },
	{ "audio", store_unsupported, 0 },
	{ "video", store_unsupported, 0 },
	{ NULL, NULL, 0 },
};

static const struct column_def settings_columns[] = {
	{ "form_title", store_nothing, 0 },
	{ "form_id", store_nothing, 0 },
	{ "version", store_nothing, 0 },
	{ "default_language", store_nothing, 0 },
	{ "instance_name", store_nothing, 0 },
	{ NULL, NULL, 0 },
};

static const struct column_def *const sheet_columns[SHEETS] = {
	survey_columns, choices_columns, settings_columns,
};

/* --- sheets and their headers ------------------------------------------- */

static const struct column_def *column_find(const struct column_def *defs,
                                            const char *name)
{
	for (; defs->name; defs++)
		if (strcmp(defs->name, name) == 0)
			return defs;
	return NULL;
}

static void warn_if_misspelt(struct reader *r, const struct column_def *defs,
                             const char *name, const struct csv_cell *cell)
{
	if (strlen(name) < 3)
		return;
	for (; defs->name; defs++)
		if (edit_distance(defs->name, name) <= 2 &&
		    strlen(defs->name) > 3) {
			complain(r, DIAG_WARNING, cell, 0,
			         _("「%s」という列は使われません。「%s」の書き間違いではありませんか"),
			         name, defs->name);
			return;
		}
}

/* The index of the language called NAME ("English (en)"), added if new. */
static int language_index(struct reader *r, const char *name,
                          const struct csv_cell *cell)
{
	struct form *form = r->form;
	const char *open = strrchr(name, '(');
	size_t n = open ? strcspn(open + 1, ")") : 0;

	for (size_t i = 0; i < form->n_languages; i++)
		if (strcmp(form->languages[i].name, name) == 0)
			return (int)i;
	if (form->n_languages == FORM_MAX_LANGUAGES) {
		complain(r, DIAG_ERROR, cell, 0,
		         _("言語が多すぎます（%d まで）"), FORM_MAX_LANGUAGES);
		return 0;
	}
	form->languages = mem_room(form->languages, form->n_languages,
	                           &r->cap_languages, sizeof *form->languages);
	form->languages[form->n_languages] = (struct language){
		.name = mem_strdup(name),
		.code = open ? mem_strndup(open + 1, n) : mem_strdup(""),
	};
	return (int)form->n_languages++;
}

/* A head is a name, or NAME::LANGUAGE. */
static void read_head(struct reader *r, struct column *c,
                      const struct column_def *defs,
                      const struct csv_cell *cell)
{
	char *head = text_trim(cell->text);
	char *colons = strstr(head, "::");
	char *language = NULL;

	if (colons) {
		char *name = mem_strndup(head, (size_t)(colons - head));

		language = text_trim(colons + 2);
		c->name = text_trim(name);
		free(name);
	} else {
		c->name = mem_strdup(head);
	}
	for (char *p = c->name; *p; p++)
		if (*p == ' ')
			*p = '_';
	c->def = column_find(defs, c->name);
	if (language && c->def && c->def->store == store_words)
		c->language = language_index(r, language, cell);
	else if (!c->def)
		warn_if_misspelt(r, defs, c->name, cell);
	free(language);
	free(head);
}

static void read_header(struct reader *r, int which)
{
	struct sheet *s = &r->sheets[which];

	s->columns = mem_array(s->header->n, sizeof *s->columns);
	for (size_t i = 1; i < s->header->n; i++)
		if (!text_is_blank(s->header->cells[i].text))
			read_head(r, &s->columns[i], sheet_columns[which],
			          &s->header->cells[i]);
}

/* The index of the column NAME of sheet S; 0, which is never one, if absent. */
static size_t column_index(const struct sheet *s, const char *name)
{
	for (size_t i = 1; s->header && i < s->header->n; i++)
		if (s->columns[i].name && strcmp(s->columns[i].name, name) == 0)
			return i;
	return 0;
}

/* The stripped text of ROW in the column NAME; a new string, "" if absent. */
static char *cell_text(const struct sheet *s, const struct csv_row *row,
                       const char *name)
{
	size_t i = column_index(s, name);

	return text_trim(i ? csv_text(row, i) : "");
}

/* A cell to point at: ROW's in the column NAME, else its first. */
static const struct csv_cell *cell_at(const struct sheet *s,
                                      const struct csv_row *row,
                                      const char *name)
{
	size_t i = column_index(s, name);

	return &row->cells[i < row->n ? i : 0];
}

static int sheet_find(const char *name)
{
	for (int i = 0; i < SHEETS; i++)
		if (strcmp(sheet_names[i], name) == 0)
			return i;
	return -1;
}

/* Row I of TABLE names a sheet: take its header and rows. Returns the index of
 * the row after it. */
static size_t take_sheet(struct reader *r, const struct csv_table *table,
                         size_t i)
{
	const struct csv_cell *head = &table->rows[i].cells[0];
	char *name = text_trim(head->text);
	int which = sheet_find(name);
	size_t from = i + 1;

	while (from < table->n && csv_is_blank(&table->rows[from]))
		from++;
	for (i = from; i < table->n; i++)
		if (!text_is_blank(table->rows[i].cells[0].text))
			break;
	if (which < 0)
		complain(r, DIAG_ERROR, head, 0,
		         _("「%s」というシートは使えません。survey、choices、settings だけです"),
		         name);
	else if (r->sheets[which].header)
		complain(r, DIAG_ERROR, head, 0,
		         _("「%s」というシートが2つあります"), name);
	else if (from < i)
		r->sheets[which] = (struct sheet){
			.header = &table->rows[from],
			.rows = &table->rows[from + 1],
			.n = i - from - 1,
		};
	free(name);
	return i;
}

static void find_sheets(struct reader *r, const struct csv_table *table)
{
	size_t i = 0;

	while (i < table->n) {
		const struct csv_row *row = &table->rows[i];

		if (!text_is_blank(row->cells[0].text)) {
			i = take_sheet(r, table, i);
			continue;
		}
		if (!csv_is_blank(row))
			complain(r, DIAG_ERROR, &row->cells[0], 0,
			         _("シートの名前（survey など）より前に行があります"));
		i++;
	}
}

/* --- settings ----------------------------------------------------------- */

static const struct csv_row *first_row(const struct sheet *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (!csv_is_blank(&s->rows[i]))
			return &s->rows[i];
	return NULL;
}

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
		r->form->instance_name = parse(r, row->cells[i].text,
		                               EXPR_IN_SURVEY, &row->cells[i],
		                               0);
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
		if (c->def->store == store_words)
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
	} else if (strpbrk(name, " \t\n")) {
		complain(r, DIAG_ERROR, at, 0,
		         _("選択肢の名前「%s」に空白は使えません"), name);
	} else {
		list = list_for(r, list_name);
		if (choice_find(list, name))
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
	for (size_t i = 0; i < s->n; i++)
		if (!csv_is_blank(&s->rows[i]))
			read_choice_row(r, s, &s->rows[i]);
}

/* --- survey ------------------------------------------------------------- */

/* XLSForm's words for a type, split: "select_one yes_no or_other". */
struct type_words {
	char *type; /* "begin_group", with _ where people write a space */
	char *list; /* the second word; "" if none */
	bool more;  /* a third one */
};

static struct type_words split_type(const char *text)
{
	struct type_words words = {0};
	char *copy = text_trim(text);
	char *save, *word = strtok_r(copy, " \t\n", &save);

	words.type = mem_strdup(word ? word : "");
	word = strtok_r(NULL, " \t\n", &save);
	if (word && (!strcmp(words.type, "begin") || !strcmp(words.type, "end") ||
	             !strcmp(words.type, "select"))) {
		char *joined = buf_format("%s_%s", words.type, word);

		free(words.type);
		words.type = joined;
		word = strtok_r(NULL, " \t\n", &save);
	}
	words.list = mem_strdup(word ? word : "");
	words.more = strtok_r(NULL, " \t\n", &save) != NULL;
	free(copy);
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
	static const char *const ours[] = {
		"begin_group", "end_group", "note", "text", "integer", "decimal",
		"date", "select_one", "select_multiple", "calculate", "start",
		"end", "today",
	};
	const char *nearest = NULL;

	for (size_t i = 0; i < sizeof not_ours / sizeof *not_ours; i++)
		if (strcmp(not_ours[i], type) == 0) {
			complain(r, DIAG_ERROR, cell, 0,
			         _("型「%s」は使えません（繰り返し、画像・音声・動画、位置情報などには対応していません）"),
			         type);
			return;
		}
	for (size_t i = 0; i < sizeof ours / sizeof *ours && !nearest; i++)
		if (edit_distance(ours[i], type) <= 2)
			nearest = ours[i];
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
	const unsigned char *p = (const unsigned char *)s;
	bool letter = (*p | 32) >= 'a' && (*p | 32) <= 'z';

	if (!letter && *p != '_' && *p < 0x80)
		return false;
	for (; *p; p++) {
		letter = (*p | 32) >= 'a' && (*p | 32) <= 'z';
		if (!letter && *p < 0x80 && !strchr("0123456789-_.", *p))
			return false;
	}
	return true;
}

static bool is_reserved(const char *name)
{
	static const char *const reserved[] = {
		"form_title", "form_id", "version", "status",
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
		         _("グループの入れ子が深すぎます（%d まで）"),
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
		         _("選択肢のリスト「%s」が choices にありません"), name);
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
		         _("名前「%s」は確認書ファイルの見出しに使われています。別の名前にしてください"),
		         q->name);
	if ((q->type->role == ROLE_ASKED || q->type->role == ROLE_NOTE) &&
	    !q->label.in && *q->name)
		complain(r, DIAG_WARNING, at, 0,
		         _("「%s」に label がありません"), q->name);
	if (q->type->role == ROLE_COMPUTED && !q->calculation)
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
	store_cells(r, s, row, q);
	check_row(r, s, row, q);
	if (type->choices != CHOICES_NONE)
		find_list(r, q, words->list, at);
	if (words->more)
		complain(r, DIAG_ERROR, at, 0,
		         _("型に余分な語があります（or_other などには対応していません）"));
	if (type->role == ROLE_GROUP)
		begin_group(r, index, at);
}

static bool is_disabled(const struct sheet *s, const struct csv_row *row)
{
	char *text = cell_text(s, row, "disabled");
	bool yes = !strcmp(text, "yes") || !strcmp(text, "true") ||
	           !strcmp(text, "TRUE");

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
	else if (r->form->n == FORM_MAX_ROWS)
		complain(r, DIAG_ERROR, at, 0,
		         _("質問が多すぎます（%d まで）"), FORM_MAX_ROWS);
	else
		add_question(r, s, row, type, &words);
	free(words.type);
	free(words.list);
	free(text);
}

static void read_survey(struct reader *r)
{
	const struct sheet *s = &r->sheets[SHEET_SURVEY];

	if (!s->header) {
		diag_add(r->diags, DIAG_ERROR, r->file, 1, 0,
		         _("survey シートがありません。1列目に survey と書いた行から始めてください"));
		return;
	}
	for (size_t i = 0; i < s->n && r->form->n <= FORM_MAX_ROWS; i++)
		if (!csv_is_blank(&s->rows[i]) && !is_disabled(s, &s->rows[i]))
			read_survey_row(r, s, &s->rows[i]);
	if (r->open >= 0)
		diag_add(r->diags, DIAG_ERROR, r->file,
		         r->form->questions[r->open].line, 0,
		         _("グループ「%s」に end_group がありません"),
		         r->form->questions[r->open].name);
}

/* --- what the whole of it must hold ------------------------------------- */

static int by_name(const void *a, const void *b, void *form)
{
	const struct question *questions = ((struct form *)form)->questions;
	int x = *(const int *)a, y = *(const int *)b;
	int order = strcmp(questions[x].name, questions[y].name);

	return order ? order : x - y;
}

static void index_names(struct reader *r)
{
	struct form *form = r->form;

	form->by_name = mem_array(form->n, sizeof *form->by_name);
	for (size_t i = 0; i < form->n; i++)
		form->by_name[i] = (int)i;
	qsort_r(form->by_name, form->n, sizeof *form->by_name, by_name, form);
	for (size_t i = 1; i < form->n; i++) {
		struct question *a = &form->questions[form->by_name[i - 1]];
		struct question *b = &form->questions[form->by_name[i]];

		if (*a->name && strcmp(a->name, b->name) == 0)
			diag_add(r->diags, DIAG_ERROR, r->file, b->line, 0,
			         _("名前「%s」が2つあります（もう1つは %ld 行目）"),
			         b->name, a->line);
	}
}

static const char *nearest_name(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->n; i++)
		if (edit_distance(form->questions[i].name, name) <= 2)
			return form->questions[i].name;
	return NULL;
}

static void bind_ref(struct reader *r, const struct unbound *u,
                     struct expr_ref *ref)
{
	int q = form_find(r->form, ref->name);
	size_t at = ref->offset;
	const char *nearest;

	if (q >= 0 && r->form->questions[q].type->role != ROLE_GROUP) {
		ref->question = q;
		return;
	}
	if (q >= 0) {
		complain(r, DIAG_ERROR, u->cell, at,
		         _("「${%s}」はグループです。質問の名前を書いてください"),
		         ref->name);
		return;
	}
	nearest = nearest_name(r->form, ref->name);
	if (nearest)
		complain(r, DIAG_ERROR, u->cell, at,
		         _("「${%s}」という質問はありません。「${%s}」の書き間違いではありませんか"),
		         ref->name, nearest);
	else
		complain(r, DIAG_ERROR, u->cell, at,
		         _("「${%s}」という質問はありません"), ref->name);
}

static void bind_refs(struct reader *r)
{
	for (size_t i = 0; i < r->n_unbound; i++) {
		size_t n;
		struct expr_ref *refs = expr_refs(r->unbound[i].e, &n);

		for (size_t k = 0; k < n; k++)
			bind_ref(r, &r->unbound[i], &refs[k]);
	}
}

/* Find out which groups are items (DESIGN section 4). */
static void find_items(struct form *form)
{
	for (int g = 0; g < (int)form->n; g++) {
		struct question *group = &form->questions[g];
		int choice = -1, text = -1, others = 0;

		if (group->type->role != ROLE_GROUP || !*group->number)
			continue;
		for (int i = g + 1; i < group->end; i++) {
			const struct question_type *t = form->questions[i].type;

			if (t->choices == CHOICES_ONE && choice < 0)
				choice = i;
			else if (strcmp(t->name, "text") == 0 && text < 0)
				text = i;
			else if (t->role != ROLE_NOTE)
				others++;
		}
		if (choice >= 0 && others == 0) {
			group->item_choice = choice;
			group->item_text = text;
		}
	}
}

/* --- the whole ---------------------------------------------------------- */

static void read_sheets(struct reader *r, const struct csv_table *table)
{
	size_t before = r->diags->errors;

	find_sheets(r, table);
	if (r->sheets[SHEET_SETTINGS].header)
		read_header(r, SHEET_SETTINGS);
	read_default_language(r);
	for (int i = 0; i < SHEET_SETTINGS; i++)
		if (r->sheets[i].header)
			read_header(r, i);
	read_settings(r);
	read_choices(r);
	read_survey(r);
	index_names(r);
	bind_refs(r);
	if (r->diags->errors == before) {
		find_items(r->form);
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
	size_t before = diags->errors;
	struct csv_table *table;

	if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
		bytes += 3, length -= 3;
	if (!text_is_utf8(bytes, length))
		diag_add(diags, DIAG_ERROR, file, 0, 0,
		         _("UTF-8 ではありません。「CSV UTF-8」で保存してください"));
	table = diags->errors == before ? csv_read(bytes, length, file, diags)
	                                : NULL;
	if (table)
		read_sheets(&r, table);
	reader_release(&r);
	csv_free(table);
	if (diags->errors > before) {
		form_free(r.form);
		return NULL;
	}
	return r.form;
}
