/* SPDX-License-Identifier: MIT */
#include "out/sheet_layout.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "form/question_type.h"

#define TABLE_DEFAULT "番号 6|項目 28|回答 10|詳細又は理由 23"
#define PATTERN_DEFAULT "{label}：{answer}"

static const struct {
	const char *name;
	enum layout_kind kind;
	bool names_group;
	bool names_question;
} kinds[] = {
	{ "title", LAYOUT_TITLE, false, false },
	{ "group", LAYOUT_GROUP, true, false },
	{ "table", LAYOUT_TABLE, true, false },
	{ "question", LAYOUT_QUESTION, false, true },
	{ "text", LAYOUT_TEXT, false, false },
	{ "right", LAYOUT_RIGHT, false, false },
	{ "empty", LAYOUT_EMPTY, false, true },
};

static struct sheet_layout *layout_for(const struct form *form)
{
	struct sheet_layout *layout = mem_alloc(sizeof *layout);

	layout->empties = mem_array(form->n, sizeof *layout->empties);
	return layout;
}

static struct layout_entry *add(struct sheet_layout *layout,
                                enum layout_kind kind, int row,
                                const char *text)
{
	layout->items = mem_room(layout->items, layout->n, &layout->cap,
	                         sizeof *layout->items);
	layout->items[layout->n] = (struct layout_entry){
		.kind = kind,
		.row = row,
		.text = mem_strdup(text),
	};
	return &layout->items[layout->n++];
}

/* TEXT is HEAD WIDTH|HEAD WIDTH|...; false where it is not. */
static bool split_heads(struct layout_entry *e, const char *text)
{
	const char *p = text;

	for (int i = 0; i < LAYOUT_TABLE_COLUMNS; i++) {
		size_t n = strcspn(p, "|");
		char *part = mem_strndup(p, n);
		char *space = strrchr(part, ' ');
		char *end = NULL;
		unsigned long width = space ? strtoul(space + 1, &end, 10) : 0;

		if (width < 2 || width > 200 || *end) {
			free(part);
			return false;
		}
		*space = '\0';
		e->heads[i] = part;
		e->widths[i] = width;
		p += n + (p[n] == '|');
	}
	return *p == '\0';
}

/* A line of a table: its columns, a space on both sides of each, and the bars. */
static bool is_too_wide(const struct layout_entry *e)
{
	size_t columns = 1;

	for (int i = 0; i < LAYOUT_TABLE_COLUMNS; i++)
		columns += e->widths[i] + 3;
	return columns > SHEET_COLUMNS;
}

static int kind_find(const char *name)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kinds[i].name, name) == 0)
			return (int)i;
	return -1;
}

static void take_row(struct sheet_layout *layout, const struct form *form,
                     const struct csv_row *row, const char *file,
                     struct diag_list *diags)
{
	char *kind_name = text_trim(csv_text(row, 0));
	char *name = text_trim(csv_text(row, 1));
	int kind = kind_find(kind_name);
	int at = *name ? form_find(form, name) : -1;
	bool group = at >= 0 && form->questions[at].type->role == ROLE_GROUP;
	struct layout_entry *e;

	if (kind < 0)
		diag_add(diags, DIAG_ERROR, file, row->line, 0,
		         _("紙面の種類「%s」はありません（title group table question text right empty）"),
		         kind_name);
	else if (kinds[kind].names_group && !group)
		diag_add(diags, DIAG_ERROR, file, row->line, 0,
		         _("「%s」というグループはこの様式にありません"), name);
	else if (kinds[kind].names_question && (at < 0 || group))
		diag_add(diags, DIAG_ERROR, file, row->line, 0,
		         _("「%s」という質問はこの様式にありません"), name);
	else {
		e = add(layout, kinds[kind].kind, at, csv_text(row, 2));
		if (e->kind == LAYOUT_EMPTY && !layout->empties[at])
			layout->empties[at] = e->text;
		if (e->kind == LAYOUT_TABLE && !split_heads(e, e->text))
			diag_add(diags, DIAG_ERROR, file, row->line, 0,
			         _("表の見出しは「番号 4|確認事項 28|…」のように4列、桁数を付けて書いてください"));
		else if (e->kind == LAYOUT_TABLE && is_too_wide(e))
			diag_add(diags, DIAG_ERROR, file, row->line, 0,
			         _("表が紙面より広くなります。4列の桁数は合わせて67までにしてください"));
	}
	free(kind_name);
	free(name);
}

struct sheet_layout *sheet_layout_read(const struct form *form,
                                       const char *bytes, size_t length,
                                       const char *file,
                                       struct diag_list *diags)
{
	size_t before = diags->errors;
	struct csv_table *table;
	struct sheet_layout *layout;

	table = csv_read_shown(bytes, length, file, diags);
	if (!table)
		return NULL;
	layout = layout_for(form);
	if (!table->n || strcmp(csv_text(&table->rows[0], 0), "kind") != 0)
		diag_add(diags, DIAG_ERROR, file, 1, 1,
		         _("紙面の見出し行（kind,name,text）がありません"));
	for (size_t i = 1; i < table->n; i++)
		if (!csv_is_blank(&table->rows[i]))
			take_row(layout, form, &table->rows[i], file, diags);
	csv_free(table);
	if (diags->errors > before) {
		sheet_layout_free(layout);
		return NULL;
	}
	return layout;
}

static bool has_items(const struct form *form, int group)
{
	for (int i = group + 1; i < form->questions[group].end; i++)
		if (form_is_item(form, i))
			return true;
	return false;
}

struct sheet_layout *sheet_layout_plain(const struct form *form)
{
	struct sheet_layout *layout = layout_for(form);
	bool after_group = false;

	layout->plain = true;
	add(layout, LAYOUT_TITLE, -1, form->title);
	for (int i = 0; i < (int)form->n; i = form->questions[i].end) {
		enum question_role role = form->questions[i].type->role;

		if (role == ROLE_GROUP && has_items(form, i))
			split_heads(add(layout, LAYOUT_TABLE, i, ""),
			            TABLE_DEFAULT);
		else if (role == ROLE_GROUP)
			add(layout, LAYOUT_GROUP, i, PATTERN_DEFAULT);
		if (role == ROLE_ASKED && after_group)
			add(layout, LAYOUT_TEXT, -1, ""); /* no longer in it */
		if (role == ROLE_ASKED)
			add(layout, LAYOUT_QUESTION, i, PATTERN_DEFAULT);
		if (role == ROLE_GROUP || role == ROLE_ASKED)
			after_group = role == ROLE_GROUP;
	}
	return layout;
}

void sheet_layout_free(struct sheet_layout *layout)
{
	if (!layout)
		return;
	for (size_t i = 0; i < layout->n; i++) {
		free(layout->items[i].text);
		for (int k = 0; k < LAYOUT_TABLE_COLUMNS; k++)
			free(layout->items[i].heads[k]);
	}
	free(layout->items);
	free(layout->empties);
	free(layout);
}

const char *sheet_layout_empty(const struct sheet_layout *layout, int q)
{
	return layout->empties[q];
}
