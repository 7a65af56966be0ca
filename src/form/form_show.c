/* SPDX-License-Identifier: MIT */
#include "form/form_show.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "form/question_type.h"
#include "form/xlsform.h"

#define STEP 2         /* columns, for each group around a row */
#define MOST_INDENT 40 /* however many there are */
#define HANGING 4      /* what goes on below its beginning */

/* --- lines -------------------------------------------------------------- */

static size_t indent_of(int depth)
{
	size_t columns = (size_t)depth * STEP;

	return columns < MOST_INDENT ? columns : MOST_INDENT;
}

static void add_line(struct buf *out, int depth, const char *given)
{
	size_t indent = indent_of(depth);
	size_t columns = FORM_SHOW_COLUMNS - indent;
	char *text = text_in_lines(given);
	struct text_lines lines;

	text_wrap_after(text, columns, columns - HANGING, TEXT_NARROW, &lines);
	for (size_t i = 0; i < lines.n; i++) {
		if (lines.items[i].length)
			buf_add_repeated(out, ' ', indent + (i ? HANGING : 0));
		buf_add_bytes(out, text + lines.items[i].start,
		              lines.items[i].length);
		buf_add_byte(out, '\n');
	}
	text_lines_release(&lines);
	free(text);
}

void show_fact(struct shown *s, const char *column, const char *value)
{
	char *short_column = text_message(column); /* as it comes again and again */
	char *trimmed = text_trim(value);
	char *line = buf_format("%s: %s", short_column, trimmed);

	if (*trimmed)
		add_line(s->out, s->depth, line);
	free(line);
	free(trimmed);
	free(short_column);
}

void show_words(struct shown *s, const char *column, const struct words *w)
{
	for (size_t i = 0; w->in && i < s->form->n_languages; i++) {
		char *head;

		if (!w->in[i])
			continue;
		head = i ? buf_format("%s::%.*s", column, TEXT_LONGEST_MESSAGE,
		                      s->form->languages[i].name)
		         : mem_strdup(column);
		show_fact(s, head, w->in[i]);
		free(head);
	}
}

/* --- settings ----------------------------------------------------------- */

static void add_settings(struct shown *s)
{
	const struct form *form = s->form;

	s->depth = 1;
	show_fact(s, "form_title", form->title);
	show_fact(s, "form_id", form->id);
	show_fact(s, "version", form->version);
	show_fact(s, "default_language", form->languages[0].name);
	if (form->instance_name)
		show_fact(s, "instance_name", expr_source(form->instance_name));
}

/* --- survey ------------------------------------------------------------- */

/* Type and name, as the file has them; a note without a name has the number of
 * its line, which changes when a row is added above. */
static void add_row_head(struct shown *s, const struct question *q)
{
	char *unnamed = buf_format(NOTE_NAME, q->line);
	const char *name = strcmp(q->name, unnamed) == 0 ? "" : q->name;
	char *line = buf_format("%s%s%s%s%s", q->type->name,
	                        q->choices ? " " : "",
	                        q->choices ? q->choices->name : "",
	                        *name ? " " : "", name);

	buf_add_byte(s->out, '\n');
	add_line(s->out, s->depth, line);
	free(line);
	free(unnamed);
}

static void add_item(struct shown *s, const struct question *group)
{
	const struct question *questions = s->form->questions;
	bool has_text = group->item_text >= 0;
	char *parts = buf_format("%s%s%s", questions[group->item_choice].name,
	                         has_text ? ", " : "",
	                         has_text ? questions[group->item_text].name
	                                  : "");

	show_fact(s, "item", parts);
	free(parts);
}

/* The beginning of the list: all of it is told once, at the end. */
static void add_offered(struct shown *s, const struct choice_list *list)
{
	struct buf offered;
	char *in_short;

	buf_init(&offered);
	for (size_t i = 0; i < list->n; i++) {
		const struct choice *ch = &list->items[i];
		char *name, *label;

		if (offered.len > TEXT_LONGEST_MESSAGE) {
			buf_add(&offered, ", …");
			break;
		}
		name = text_message(ch->name);
		label = text_message(form_words(s->form, &ch->label, 0));
		buf_addf(&offered, "%s%s %s", i ? ", " : "", name, label);
		free(label);
		free(name);
	}
	in_short = text_one_line(offered.s);
	show_fact(s, "choices", in_short);
	free(in_short);
	buf_release(&offered);
}

static void add_row(struct shown *s, int row)
{
	const struct question *q = &s->form->questions[row];

	s->depth = 1;
	for (int g = q->parent; g >= 0; g = s->form->questions[g].parent)
		s->depth++;
	add_row_head(s, q);
	s->depth++;
	if (form_is_item(s->form, row))
		add_item(s, q);
	if (q->choices)
		add_offered(s, q->choices);
	for (const struct column_def *c = sheet_columns[SHEET_SURVEY]; c->name;
	     c++)
		if (c->show)
			c->show(s, c, q);
}

/* --- choices ------------------------------------------------------------ */

static void add_choice(struct shown *s, const struct choice *ch)
{
	const struct form *form = s->form;

	s->depth = 2;
	show_fact(s, "name", ch->name);
	s->depth = 3;
	show_words(s, "label", &ch->label);
	if (choice_is_unmet(form, ch))
		show_fact(s, "list", CHOICE_UNMET);
	for (size_t i = 0; i < form->n_choice_columns; i++)
		if (!column_find(sheet_columns[SHEET_CHOICES],
		                 form->choice_columns[i]))
			show_fact(s, form->choice_columns[i], ch->cells[i]);
}

static void add_list(struct shown *s, const struct choice_list *list)
{
	buf_add_byte(s->out, '\n');
	s->depth = 1;
	show_fact(s, "list_name", list->name);
	for (size_t i = 0; i < list->n; i++)
		add_choice(s, &list->items[i]);
}

/* --- the whole ---------------------------------------------------------- */

void form_show(const struct form *form, struct buf *out)
{
	struct shown s = { .form = form, .out = out };

	buf_add(out, "settings\n");
	add_settings(&s);
	buf_add(out, "\nsurvey\n");
	for (int i = 0; i < (int)form->n; i++)
		add_row(&s, i);
	if (form->n_lists)
		buf_add(out, "\nchoices\n");
	for (size_t i = 0; i < form->n_lists; i++)
		add_list(&s, form->lists[i]);
}
