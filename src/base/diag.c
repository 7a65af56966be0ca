/* SPDX-License-Identifier: MIT */
#include "base/diag.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

/* Behind all places, and no place. */
#define LAST_LINE LONG_MAX

void diag_list_init(struct diag_list *list)
{
	*list = (struct diag_list){0};
}

void diag_list_release(struct diag_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		free(list->items[i].file);
		free(list->items[i].text);
	}
	free(list->items);
	diag_list_init(list);
}

bool diag_list_is_full(const struct diag_list *list)
{
	return list->n > DIAG_MAX;
}

/* Takes TEXT. */
static void append(struct diag_list *list, enum diag_level level,
                   const char *file, long line, long column, char *text)
{
	list->items = mem_room(list->items, list->n, &list->cap,
	                       sizeof *list->items);
	list->items[list->n++] = (struct diag){
		.level = level,
		.file = mem_strdup(file),
		.line = line,
		.column = column,
		.text = text,
	};
}

void diag_addv(struct diag_list *list, enum diag_level level, const char *file,
               long line, long column, const char *format, va_list args)
{
	struct buf text;

	list->errors += level == DIAG_ERROR;
	if (diag_list_is_full(list))
		return;
	if (list->n == DIAG_MAX) {
		append(list, level, file, LAST_LINE, 0,
		       mem_strdup(_("ほかにもあります。ここまでを直してから、もう一度確かめてください")));
		return;
	}
	buf_init(&text);
	buf_addv(&text, format, args);
	append(list, level, file, line, column, text_message(text.s));
	buf_release(&text);
}

void diag_add(struct diag_list *list, enum diag_level level, const char *file,
              long line, long column, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	diag_addv(list, level, file, line, column, format, args);
	va_end(args);
}

static int by_place(const void *a, const void *b)
{
	const struct diag *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return strcmp(x->text, y->text);
}

void diag_list_sort(struct diag_list *list, size_t first)
{
	if (list->n > first)
		qsort(list->items + first, list->n - first,
		      sizeof *list->items, by_place);
}

void diag_list_move(struct diag_list *to, struct diag_list *from)
{
	for (size_t i = 0; i < from->n; i++) {
		to->items = mem_room(to->items, to->n, &to->cap,
		                     sizeof *to->items);
		to->items[to->n++] = from->items[i];
	}
	to->errors += from->errors;
	free(from->items);
	diag_list_init(from);
}

char *diag_format(const struct diag *d)
{
	struct buf b;

	buf_init(&b);
	if (d->file) {
		char *name = text_from_bytes(d->file);

		buf_addf(&b, "%s:", name);
		free(name);
	}
	if (d->line && d->line != LAST_LINE)
		buf_addf(&b, "%ld:", d->line);
	if (d->column)
		buf_addf(&b, "%ld:", d->column);
	if (b.len)
		buf_add(&b, " ");
	if (d->level == DIAG_WARNING)
		buf_add(&b, _("警告: "));
	buf_add(&b, d->text);
	return b.s;
}
