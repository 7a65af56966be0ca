/* SPDX-License-Identifier: MIT */
#include "out/record_json.h"

#include <stdlib.h>

#include "base/text.h"
#include "form/question_type.h"
#include "out/record_csv.h"
#include "record/reason.h"

static const char *const statuses[] = {
	[RECORD_DRAFT] = "draft",
	[RECORD_FINISHED] = "finished",
};

static const char *const applies_words[] = {
	[APPLIES_NO] = "false",
	[APPLIES_UNKNOWN] = "null",
	[APPLIES_YES] = "true",
};

/* TEXT as a string; NULL is null. */
static void add_string(struct buf *out, const char *text)
{
	char *shown;

	if (!text) {
		buf_add(out, "null");
		return;
	}
	shown = text_mark_hidden(text);
	buf_add_byte(out, '"');
	for (const char *s = shown; *s; s++)
		if (*s == '\n')
			buf_add(out, "\\n");
		else if ((unsigned char)*s < ' ')
			buf_addf(out, "\\u%04x", (unsigned)*s);
		else if (*s == '"' || *s == '\\')
			buf_addf(out, "\\%c", *s);
		else
			buf_add_byte(out, *s);
	buf_add_byte(out, '"');
	free(shown);
}

/* The member NAME, whose value is to follow. */
static void add_name(struct buf *out, const char *name)
{
	if (out->s[out->len - 1] != '{')
		buf_add(out, ", ");
	buf_addf(out, "\"%s\": ", name);
}

static void add_member(struct buf *out, const char *name, const char *text)
{
	add_name(out, name);
	add_string(out, text);
}

static void add_names(struct buf *out, const char *answer)
{
	const char *name = answer;
	size_t length = 0;

	buf_add_byte(out, '[');
	while ((name = names_next(name + length, &length))) {
		char *one = buf_format("%.*s", (int)length, name);

		if (out->s[out->len - 1] != '[')
			buf_add(out, ", ");
		add_string(out, one);
		free(one);
	}
	buf_add_byte(out, ']');
}

/* The answer to Q, as a draft keeps it even where it does not apply. */
static const char *answer_to(const struct record *r, int q)
{
	bool drops = r->status == RECORD_FINISHED ||
		r->form->questions[q].type->role == ROLE_COMPUTED;

	return drops ? record_effective_answer(r, q) : record_answer(r, q);
}

static void add_value(const struct record *r, int q, struct buf *out)
{
	const struct question *question = &r->form->questions[q];
	const char *answer = answer_to(r, q);
	bool valid = record_is_valid(r, q);
	char *words = *answer && valid
		? question->type->words(r->form, question, answer, 0, "、") : NULL;

	add_name(out, "value");
	if (*answer && valid && question->type->choices == CHOICES_MANY)
		add_names(out, answer);
	else
		add_string(out, *answer ? answer : NULL);
	add_member(out, "words", words);
	add_name(out, "valid");
	buf_add(out, valid ? "true" : "false");
	free(words);
}

static void add_row(const struct record *r, int row, struct buf *out)
{
	const struct question *question = &r->form->questions[row];
	bool is_item = form_is_item(r->form, row);
	enum applies applies = record_applies(r, row);
	char *why = applies == APPLIES_NO ? record_why(r, row, READER_OF_FILE)
	                                  : NULL;
	const char *detail = is_item && question->item_text >= 0
		? answer_to(r, question->item_text) : "";

	buf_add_byte(out, '{');
	add_member(out, "name", question->name);
	add_member(out, "number", question->number);
	add_member(out, "clause", question->clause);
	add_member(out, "label", form_label(r->form, question, 0));
	add_value(r, is_item ? question->item_choice : row, out);
	add_member(out, "detail", *detail ? detail : NULL);
	add_name(out, "applies");
	buf_add(out, applies_words[applies]);
	add_member(out, "reason", why);
	buf_add_byte(out, '}');
	free(why);
}

void record_json_write(const struct record *r, struct buf *out)
{
	const struct form *form = r->form;

	buf_add(out, "{\n\"form\": {");
	add_member(out, "id", form->id);
	add_member(out, "version", form->version);
	add_member(out, "title", form->title);
	buf_addf(out, "},\n\"status\": \"%s\",\n\"answers\": [\n",
	         statuses[r->status]);
	for (int row = record_csv_next(form, -1); row < (int)form->n; ) {
		int next = record_csv_next(form, row);

		add_row(r, row, out);
		buf_add(out, next < (int)form->n ? ",\n" : "\n");
		row = next;
	}
	buf_add(out, "]\n}\n");
}
