/* SPDX-License-Identifier: MIT */
#include "form/xlsform.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/spelling.h"
#include "base/text.h"
#include "form/form_reader.h"

static const char *const sheet_names[SHEETS] = {
	"survey", "choices", "settings",
};

void complain(struct reader *r, enum diag_level level,
              const struct csv_cell *cell, size_t offset,
              const char *format, ...)
{
	va_list args;
	long line = 0, column = 0;

	if (!diag_list_is_full(r->diags)) /* else nobody asks where */
		csv_place(cell, offset, &line, &column);
	va_start(args, format);
	diag_addv(r->diags, level, r->file, line, column, format, args);
	va_end(args);
}

static void warn_if_misspelt(struct reader *r, const struct column_def *defs,
                             const char *name, const struct csv_cell *cell)
{
	for (; defs->name; defs++)
		if (spelling_distance(defs->name, name) <= spelling_limit(name)) {
			complain(r, DIAG_WARNING, cell, 0,
			         _("「%s」という列は使われません。「%s」の書き間違いではありませんか"),
			         name, defs->name);
			return;
		}
}

int language_index(struct reader *r, const char *name,
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
		         _("言語が多すぎます（%d個まで）"), FORM_MAX_LANGUAGES);
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
	/* pyxform takes Constraint Message for constraint_message. */
	for (char *p = c->name; *p; p++)
		*p = *p == ' ' ? '_' : (char)tolower((unsigned char)*p);
	c->def = column_find(defs, c->name);
	if (language && c->def && column_has_words(c->def))
		c->language = language_index(r, language, cell);
	else if (!c->def)
		warn_if_misspelt(r, defs, c->name, cell);
	if (!language && !c->def && (colons = strchr(c->name, ':'))) {
		char *name = mem_strndup(c->name, (size_t)(colons - c->name));

		if (column_find(defs, name))
			complain(r, DIAG_WARNING, cell, 0,
			         _("「%s」という列は使われません。言語はコロン2つで「%s::Japanese (ja)」のように書いてください"),
			         c->name, name);
		free(name);
	}
	free(language);
	free(head);
}

/* True where columns K and I are the same, perhaps by two of its names. */
static bool is_repeated(const struct sheet *s, size_t k, size_t i)
{
	const struct column *a = &s->columns[k], *b = &s->columns[i];

	if (!a->def || !b->def || a->language != b->language)
		return false;
	if (!a->def->offset)
		return strcmp(s->header->cells[k].text,
		              s->header->cells[i].text) == 0;
	return a->def->store == b->def->store &&
	       a->def->offset == b->def->offset;
}

/* The second would win over the first, without a word: it is passed over. */
static void refuse_repeated_heads(struct reader *r, const struct sheet *s)
{
	for (size_t i = 1; i < s->header->n; i++)
		for (size_t k = 1; k < i; k++)
			if (is_repeated(s, k, i)) {
				complain(r, DIAG_ERROR, &s->header->cells[i], 0,
				         strcmp(s->columns[k].name,
				                s->columns[i].name) == 0
				         ? _("「%s」という列が2つあります")
				         : _("「%s」は「%s」と同じ列です。1つにまとめてください"),
				         s->columns[i].name, s->columns[k].name);
				s->columns[i].def = NULL;
			}
}

void read_header(struct reader *r, int which)
{
	struct sheet *s = &r->sheets[which];

	s->columns = mem_array(s->header->n, sizeof *s->columns);
	for (size_t i = 1; i < s->header->n; i++)
		if (!text_is_blank(s->header->cells[i].text))
			read_head(r, &s->columns[i], sheet_columns[which],
			          &s->header->cells[i]);
	refuse_repeated_heads(r, s);
}

size_t column_index(const struct sheet *s, const char *name)
{
	for (size_t i = 1; s->header && i < s->header->n; i++)
		if (s->columns[i].name && strcmp(s->columns[i].name, name) == 0)
			return i;
	return 0;
}

char *cell_text(const struct sheet *s, const struct csv_row *row,
                       const char *name)
{
	size_t i = column_index(s, name);

	return text_trim(i ? csv_text(row, i) : "");
}

const struct csv_cell *cell_at(const struct sheet *s,
                                      const struct csv_row *row,
                                      const char *name)
{
	size_t i = column_index(s, name);

	return &row->cells[i < row->n ? i : 0];
}

static int sheet_find(const char *name)
{
	for (int i = 0; i < SHEETS; i++)
		if (strcasecmp(sheet_names[i], name) == 0)
			return i;
	return -1;
}

/* True, after saying so, where HEAD is a column's name where a sheet's should be:
 * then the whole table is too far to the left. */
static bool is_column(struct reader *r, const struct csv_cell *head)
{
	char *name = text_trim(head->text);
	bool found = false;

	for (int i = 0; i < SHEETS && !found; i++)
		found = column_find(sheet_columns[i], name) != NULL;
	if (found)
		complain(r, DIAG_ERROR, head, 0,
		         _("「%s」の行は2列目から書いてください。1列目は、シートの名前（survey など）だけの列です"),
		         name);
	free(name);
	return found;
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

bool find_sheets(struct reader *r, const struct csv_table *table)
{
	const struct csv_row *astray = NULL; /* the first */
	size_t i = 0;

	while (i < table->n) {
		const struct csv_row *row = &table->rows[i];

		if (!text_is_blank(row->cells[0].text)) {
			if (is_column(r, &row->cells[0]))
				return false;
			i = take_sheet(r, table, i);
			continue;
		}
		if (!astray && !csv_is_blank(row))
			astray = row;
		i++;
	}
	if (astray)
		complain(r, DIAG_ERROR, &astray->cells[0], 0,
		         _("シートの名前（survey など）より前に行があります"));
	return true;
}

const struct csv_row *first_row(const struct sheet *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (!csv_is_blank(&s->rows[i]))
			return &s->rows[i];
	return NULL;
}
