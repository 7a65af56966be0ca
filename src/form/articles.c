/* SPDX-License-Identifier: MIT */
#include "form/articles.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/csv.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

struct articles {
	struct article *items;
	size_t n;
	const char *unread; /* what they are to be read from; NULL once they are */
	size_t length;
};

static bool is_header(const struct csv_row *row)
{
	return row->n >= 2 && strcmp(row->cells[0].text, "clause") == 0 &&
	       strcmp(row->cells[1].text, "text") == 0;
}

static bool read_items(struct articles *a, const char *bytes, size_t length,
                       const char *file, struct diag_list *diags)
{
	struct csv_table *table = csv_read_shown(bytes, length, file, diags);

	if (!table)
		return false;
	if (!table->n || !is_header(&table->rows[0])) {
		diag_add(diags, DIAG_ERROR, file, 1, 1,
		         _("条文の見出し行（clause,text）がありません"));
		csv_free(table);
		return false;
	}
	a->items = mem_array(table->n, sizeof *a->items);
	for (size_t i = 1; i < table->n; i++)
		if (!csv_is_blank(&table->rows[i]))
			a->items[a->n++] = (struct article){
				text_trim(csv_text(&table->rows[i], 0)),
				text_trim(csv_text(&table->rows[i], 1)),
			};
	csv_free(table);
	return true;
}

struct articles *articles_read(const char *bytes, size_t length,
                               const char *file, struct diag_list *diags)
{
	struct articles *a = mem_alloc(sizeof *a);

	if (read_items(a, bytes, length, file, diags))
		return a;
	articles_free(a);
	return NULL;
}

struct articles *articles_unread(const char *bytes, size_t length)
{
	struct articles *a = mem_alloc(sizeof *a);

	a->unread = bytes;
	a->length = length;
	return a;
}

void articles_free(struct articles *a)
{
	if (!a)
		return;
	for (size_t i = 0; i < a->n; i++) {
		free(a->items[i].clause);
		free(a->items[i].text);
	}
	free(a->items);
	free(a);
}

const struct article *articles_at(struct articles *a, size_t i)
{
	struct diag_list none;

	if (a->unread) {
		diag_list_init(&none);
		read_items(a, a->unread, a->length, "", &none);
		diag_list_release(&none);
		a->unread = NULL;
	}
	return i < a->n ? &a->items[i] : NULL;
}

int articles_find(struct articles *a, const char *clause)
{
	const struct article *article;
	bool in_words = !isdigit((unsigned char)*clause);

	for (size_t i = 0; (article = articles_at(a, i)); i++) {
		char *words = in_words ? clause_words(article->clause) : NULL;
		bool found = strcmp(words ? words : article->clause, clause) == 0;

		free(words);
		if (found)
			return (int)i;
	}
	return -1;
}

char *clause_words(const char *clause)
{
	size_t article = strspn(clause, "0123456789");
	const char *rest = clause + article;
	size_t paragraph = *rest == '.' ? strspn(rest + 1, "0123456789") : 0;

	if (!article || rest[paragraph ? paragraph + 1 : 0])
		return mem_strdup(clause);
	if (!paragraph)
		return buf_format(_("第%s条"), clause);
	return buf_format(_("第%.*s条第%s項"), (int)article, clause, rest + 1);
}
