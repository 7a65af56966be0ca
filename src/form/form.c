/* SPDX-License-Identifier: MIT */
#include "form/form.h"

#include <stdlib.h>
#include <string.h>

#include "form/question_type.h"

static void words_release(struct words *w, size_t n_languages)
{
	if (!w->in)
		return;
	for (size_t i = 0; i < n_languages; i++)
		free(w->in[i]);
	free(w->in);
}

static void question_release(struct question *q, size_t n_languages)
{
	struct words *words[] = {
		&q->label, &q->hint, &q->guidance, &q->required_message,
		&q->constraint_message, &q->na_reason, &q->caution_message,
	};
	struct expr *exprs[] = {
		q->relevant, q->required, q->constraint, q->calculation,
		q->default_value, q->read_only, q->choice_filter, q->caution,
		q->renew, q->due,
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		words_release(words[i], n_languages);
	for (size_t i = 0; i < sizeof exprs / sizeof *exprs; i++)
		expr_free(exprs[i]);
	free(q->name);
	free(q->number);
	free(q->clause);
	free(q->mark);
	free(q->dependents);
	free(q->constrained);
}

static void list_free(struct choice_list *list, size_t n_languages,
                      size_t n_columns)
{
	for (size_t i = 0; i < list->n; i++) {
		struct choice *ch = &list->items[i];

		free(ch->name);
		words_release(&ch->label, n_languages);
		for (size_t c = 0; c < n_columns; c++)
			free(ch->cells[c]);
		free(ch->cells);
	}
	free(list->items);
	free(list->name);
	free(list);
}

void form_free(struct form *form)
{
	if (!form)
		return;
	for (size_t i = 0; i < form->n; i++)
		question_release(&form->questions[i], form->n_languages);
	for (size_t i = 0; i < form->n_lists; i++)
		list_free(form->lists[i], form->n_languages,
		          form->n_choice_columns);
	for (size_t i = 0; i < form->n_choice_columns; i++)
		free(form->choice_columns[i]);
	for (size_t i = 0; i < form->n_languages; i++) {
		free(form->languages[i].name);
		free(form->languages[i].code);
	}
	expr_free(form->instance_name);
	free(form->title);
	free(form->id);
	free(form->version);
	free(form->questions);
	free(form->lists);
	free(form->choice_columns);
	free(form->languages);
	free(form->by_name);
	free(form);
}

int form_find(const struct form *form, const char *name)
{
	size_t low = 0, high = form->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int q = form->by_name[middle];
		int order = strcmp(name, form->questions[q].name);

		if (order == 0)
			return q;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return -1;
}

int form_language(const struct form *form, const char *code)
{
	for (size_t i = 0; i < form->n_languages; i++)
		if (strcmp(form->languages[i].code, code) == 0)
			return (int)i;
	return 0;
}

const char *form_words(const struct form *form, const struct words *w,
                       int language)
{
	if (!w->in)
		return "";
	if (w->in[language])
		return w->in[language];
	for (size_t i = 0; i < form->n_languages; i++)
		if (w->in[i])
			return w->in[i];
	return "";
}

const char *form_label(const struct form *form, const struct question *q,
                       int language)
{
	const char *label = form_words(form, &q->label, language);

	return *label ? label : q->name;
}

bool form_is_item(const struct form *form, int row)
{
	return form->questions[row].item_choice >= 0;
}

int form_item_of(const struct form *form, int q)
{
	int group = form->questions[q].parent;

	if (group < 0 || !form_is_item(form, group))
		return -1;
	return q == form->questions[group].item_choice ||
	       q == form->questions[group].item_text ? group : -1;
}

int form_entry_of(const struct form *form, int row)
{
	int entry = row;

	for (int g = row; g >= 0; g = form->questions[g].parent)
		if (form_is_item(form, g))
			entry = g;
	return entry;
}

int form_next_question(const struct form *form, int row)
{
	do
		row++;
	while (row < (int)form->n &&
	       form->questions[row].type->role == ROLE_GROUP);
	return row;
}

int form_page_of(const struct form *form, int q)
{
	int page = q;

	for (int g = q; g >= 0; g = form->questions[g].parent)
		if (form->questions[g].field_list)
			page = g;
	return page;
}

const char *form_clause_of(const struct form *form, int row)
{
	const struct question *q = &form->questions[row];

	for (int g = row; g >= 0; g = form->questions[g].parent)
		if (*form->questions[g].clause)
			return form->questions[g].clause;
	for (size_t i = 0; i < q->n_dependents; i++)
		if (*form->questions[q->dependents[i]].clause)
			return form->questions[q->dependents[i]].clause;
	return "";
}

const struct choice *choice_find(const struct choice_list *list,
                                 const char *name)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->items[i].name, name) == 0)
			return &list->items[i];
	return NULL;
}

const char *choice_cell(const struct form *form, const struct choice *ch,
                        const char *column)
{
	for (size_t i = 0; i < form->n_choice_columns; i++)
		if (strcmp(form->choice_columns[i], column) == 0)
			return ch->cells[i] ? ch->cells[i] : "";
	return "";
}

bool choice_is_unmet(const struct form *form, const struct choice *ch)
{
	return strcmp(choice_cell(form, ch, "list"), CHOICE_UNMET) == 0;
}
