/* SPDX-License-Identifier: MIT */
#include "out/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "form/question_type.h"
#include "record/reason.h"

/* Bytes; a layout can say the same as often as it likes, but nobody reads on. */
#define SHEET_MAX (8 * 1024 * 1024)

/* The words of the paper, never translated. */
#define CUT "（長すぎるため、ここまでで打ち切りました）"
#define DRAFT "【作成中】"
#define NOTHING_YET "未記入"
#define NOT_KNOWN_YET "未定"
#define NOT_APPLICABLE "該当なし"

struct sheet {
	const struct record *record;
	const struct form *form;
	const struct sheet_layout *layout;
	enum text_width width;
	enum sheet_na na;
	struct buf *out;
	struct origins *origins; /* NULL: not asked for; */
	struct sheet_texts *texts; /* nor are these */
	bool *numbered; /* which groups (groups_with_numbers) */
};

/* What follows is of ROW; -1: of nothing in particular. */
static void come_to(struct sheet *s, int row)
{
	origins_add(s->origins, s->out, row);
}

/* --- lines -------------------------------------------------------------- */

static bool is_full(const struct sheet *s)
{
	return s->out->len > SHEET_MAX;
}

static size_t columns_of(const struct sheet *s, const char *text)
{
	return text_columns(text, strlen(text), s->width);
}

/* End the line without spaces at its end. */
static void end_line(struct sheet *s)
{
	struct buf *out = s->out;

	while (out->len && out->s[out->len - 1] == ' ')
		out->s[--out->len] = '\0';
	buf_add_byte(out, '\n');
}

/* Where TEXT now begins among the texts. */
static size_t add_whole(struct sheet *s, const char *text)
{
	size_t start;

	if (!s->texts)
		return 0;
	start = s->texts->whole.len;
	buf_add_bytes(&s->texts->whole, text, strlen(text) + 1);
	return start;
}

/* LINE of TEXT, which begins at WHOLE among the texts. */
static void add_piece(struct sheet *s, const char *text, struct text_line line,
                      size_t whole)
{
	struct sheet_texts *texts = s->texts;

	if (texts && line.length) {
		texts->pieces = mem_room(texts->pieces, texts->n, &texts->cap,
		                         sizeof *texts->pieces);
		texts->pieces[texts->n++] = (struct sheet_piece){
			s->out->len, line.length, whole + line.start,
		};
	}
	buf_add_bytes(s->out, text + line.start, line.length);
}

void sheet_texts_release(struct sheet_texts *texts)
{
	buf_release(&texts->whole);
	free(texts->pieces);
	*texts = (struct sheet_texts){0};
}

static void add_indented(struct sheet *s, size_t indent, const char *text,
                         struct text_line line, size_t whole)
{
	buf_add_repeated(s->out, ' ', indent);
	add_piece(s, text, line, whole);
	end_line(s);
}

/* GIVEN wrapped to the sheet's columns, all lines but the first INDENTed. */
static void add_paragraph(struct sheet *s, const char *given, size_t indent)
{
	char *text = text_in_lines(given);
	struct text_lines lines, rest;
	size_t begin, whole = add_whole(s, text);

	text_wrap(text, SHEET_COLUMNS, s->width, &lines);
	add_indented(s, 0, text, lines.items[0], whole);
	if (lines.n > 1) {
		begin = lines.items[1].start;
		text_wrap(text + begin, SHEET_COLUMNS - indent, s->width, &rest);
		for (size_t i = 0; i < rest.n; i++)
			add_indented(s, indent, text + begin, rest.items[i],
			             whole + begin);
		text_lines_release(&rest);
	}
	text_lines_release(&lines);
	free(text);
}

/* TEXT with FREE columns before it where it has to begin; wrapped if too long. */
static void add_placed(struct sheet *s, const char *given, size_t divisor)
{
	char *text = text_in_lines(given);
	size_t columns = columns_of(s, text);

	if (columns > SHEET_COLUMNS)
		add_paragraph(s, text, 0);
	else
		add_indented(s, (SHEET_COLUMNS - columns) / divisor, text,
		             (struct text_line){ 0, strlen(text) },
		             add_whole(s, text));
	free(text);
}

static void add_centred(struct sheet *s, const char *text)
{
	add_placed(s, text, 2);
}

static void add_right(struct sheet *s, const char *text)
{
	add_placed(s, text, 1);
}

static void add_blank(struct sheet *s)
{
	buf_add_byte(s->out, '\n');
}

/* --- what stands on paper ----------------------------------------------- */

/* Of each group, by row: whether anything in it has a number; of the form as a whole
 * at its end. */
static bool *groups_with_numbers(const struct form *form)
{
	bool *numbered = mem_array(form->n + 1, sizeof *numbered);

	for (int i = 0; i < (int)form->n; i++) {
		int g = form->questions[i].parent;

		if (!*form->questions[i].number)
			continue;
		for (; g >= 0 && !numbered[g]; g = form->questions[g].parent)
			numbered[g] = true;
		numbered[form->n] = true;
	}
	return numbered;
}

static bool is_on_paper(const struct form *form, const bool *numbered, int q)
{
	const struct question *question = &form->questions[q];
	size_t group = question->parent < 0 ? form->n : (size_t)question->parent;

	if (question->type->role == ROLE_GROUP ||
	    question->type->role == ROLE_NOTE ||
	    question->type->role == ROLE_METADATA)
		return false;
	if (question->type->role == ROLE_COMPUTED && !question->label.in)
		return *question->number; /* it has no name fit for paper */
	return *question->number || !numbered[group];
}

/* The answer to Q as it stands on paper. A new string. */
static char *answer_words(const struct sheet *s, int q)
{
	const struct record *r = s->record;
	const struct question *question = &s->form->questions[q];
	const char *answer = record_answer(r, q);
	const char *empty = sheet_layout_empty(s->layout, q);

	if (s->na == SHEET_ALL_BLANK)
		return mem_strdup("");
	if (record_applies(r, q) == APPLIES_NO) {
		char *why = record_why(r, q, READER_OF_FILE);
		char *words = buf_format("%s（%s）", NOT_APPLICABLE, why);

		free(why);
		return s->na == SHEET_NA_TOLD ? words : (free(words),
		                                         mem_strdup(""));
	}
	if (record_applies(r, q) == APPLIES_UNKNOWN)
		return mem_strdup(NOT_KNOWN_YET);
	if (!*answer && empty)
		return mem_strdup(empty);
	if (!*answer)
		return mem_strdup(r->status == RECORD_DRAFT ? NOTHING_YET : "");
	if (!record_is_valid(r, q))
		return mem_strdup(answer);
	return question->type->words(s->form, question, answer, 0, "、");
}

/* PATTERN with {number}, {label} and {answer} filled in. *ANSWER_AT is where in
 * it the answer begins. */
static char *fill_pattern(const struct sheet *s, const char *pattern, int q,
                          size_t *answer_at)
{
	const struct question *question = &s->form->questions[q];
	char *answer = answer_words(s, q);
	const struct {
		const char *name;
		const char *text;
	} parts[] = {
		{ "{number}", question->number },
		{ "{label}", form_label(s->form, question, 0) },
		{ "{answer}", answer },
	};
	struct buf out;

	buf_init(&out);
	*answer_at = 0;
	while (*pattern && out.len < SHEET_MAX) {
		size_t i = 0, n = sizeof parts / sizeof *parts;

		while (i < n && !text_has_prefix(pattern, parts[i].name))
			i++;
		if (i == n) {
			buf_add_byte(&out, *pattern++);
			continue;
		}
		if (parts[i].text == answer)
			*answer_at = out.len;
		buf_add(&out, parts[i].text);
		pattern += strlen(parts[i].name);
	}
	free(answer);
	return out.s;
}

static void add_question(struct sheet *s, const char *pattern, int q)
{
	size_t answer_at;
	char *line = fill_pattern(s, pattern, q, &answer_at);
	size_t indent = text_columns(line, answer_at, s->width);

	come_to(s, q);
	/* A long answer goes on under its beginning, if that leaves room. */
	add_paragraph(s, line, indent <= SHEET_COLUMNS / 2 ? indent : 2);
	come_to(s, -1);
	free(line);
}

/* --- the table ---------------------------------------------------------- */

static void add_rule(struct sheet *s, const struct layout_entry *table)
{
	for (int i = 0; i < LAYOUT_TABLE_COLUMNS; i++) {
		buf_add_byte(s->out, '+');
		buf_add_repeated(s->out, '-', table->widths[i] + 2);
	}
	buf_add(s->out, "+\n");
}

struct cell {
	char *text;
	struct text_lines lines;
	size_t whole; /* where it begins among the texts */
};

static void add_cell_line(struct sheet *s, const struct cell *cell, size_t i,
                          size_t width)
{
	size_t columns = 0;

	buf_add(s->out, "| ");
	if (i < cell->lines.n) {
		struct text_line line = cell->lines.items[i];

		add_piece(s, cell->text, line, cell->whole);
		columns = text_columns(cell->text + line.start, line.length,
		                       s->width);
	}
	buf_add_repeated(s->out, ' ', columns < width ? width - columns : 0);
	buf_add_byte(s->out, ' ');
}

static void add_table_row(struct sheet *s, const struct layout_entry *table,
                          const char *const given[LAYOUT_TABLE_COLUMNS])
{
	struct cell cells[LAYOUT_TABLE_COLUMNS];
	size_t most = 1;

	for (int i = 0; i < LAYOUT_TABLE_COLUMNS; i++) {
		struct cell *cell = &cells[i];

		cell->text = text_in_lines(given[i]);
		cell->whole = add_whole(s, cell->text);
		text_wrap(cell->text, table->widths[i], s->width, &cell->lines);
		if (cell->lines.n > most)
			most = cell->lines.n;
	}
	for (size_t n = 0; n < most; n++) {
		for (int i = 0; i < LAYOUT_TABLE_COLUMNS; i++)
			add_cell_line(s, &cells[i], n, table->widths[i]);
		buf_add(s->out, "|\n");
	}
	for (int i = 0; i < LAYOUT_TABLE_COLUMNS; i++) {
		text_lines_release(&cells[i].lines);
		free(cells[i].text);
	}
	add_rule(s, table);
}

/* The two cells of an item that does not apply. */
static void na_cells(const struct sheet *s, int item, char *cells[2])
{
	const char *mark = s->form->questions[item].mark;

	if (s->na != SHEET_NA_TOLD) {
		cells[0] = mem_strdup(mark);
		cells[1] = mem_strdup(mark);
	} else {
		cells[0] = buf_format("%s%s", mark, NOT_APPLICABLE);
		cells[1] = record_why(s->record, item, READER_OF_FILE);
	}
}

/* The answer to an item; 該当なし as a choice looks like 該当なし by the form. */
static char *item_answer(const struct sheet *s, int item)
{
	const struct question *group = &s->form->questions[item];
	char *words = answer_words(s, group->item_choice);
	char *marked;

	if (strcmp(words, NOT_APPLICABLE) != 0)
		return words;
	marked = buf_format("%s%s", group->mark, words);
	free(words);
	return marked;
}

static void item_cells(const struct sheet *s, int item, char *cells[2])
{
	const struct question *group = &s->form->questions[item];

	switch (s->na == SHEET_ALL_BLANK ? APPLIES_NO
	                                 : record_applies(s->record, item)) {
	case APPLIES_NO:
		na_cells(s, item, cells);
		break;
	case APPLIES_UNKNOWN:
		cells[0] = mem_strdup(NOT_KNOWN_YET);
		cells[1] = mem_strdup("");
		break;
	case APPLIES_YES:
		cells[0] = item_answer(s, item);
		cells[1] = group->item_text < 0
			? mem_strdup("") : answer_words(s, group->item_text);
		break;
	}
}

static void add_item(struct sheet *s, const struct layout_entry *table, int item)
{
	const struct question *group = &s->form->questions[item];
	char *sentence = buf_format("%s%s%s", group->clause,
	                            *group->clause ? " " : "",
	                            form_label(s->form, group, 0));
	char *cells[2] = { NULL, NULL };

	item_cells(s, item, cells);
	come_to(s, item);
	add_table_row(s, table, (const char *const[]){
		group->number, sentence, cells[0], cells[1],
	});
	come_to(s, -1);
	free(sentence);
	free(cells[0]);
	free(cells[1]);
}

/* A question with a number that is in no item. */
static void add_question_row(struct sheet *s, const struct layout_entry *table,
                             int q)
{
	const struct question *question = &s->form->questions[q];
	char *answer = answer_words(s, q);

	come_to(s, q);
	add_table_row(s, table, (const char *const[]){
		question->number, form_label(s->form, question, 0), answer, "",
	});
	come_to(s, -1);
	free(answer);
}

static void add_heading(struct sheet *s, int group)
{
	const char *label = form_words(s->form, &s->form->questions[group].label,
	                               0);

	if (!*label)
		return;
	add_blank(s);
	add_paragraph(s, label, 0);
}

static void add_table(struct sheet *s, const struct layout_entry *table)
{
	int end = s->form->questions[table->row].end;

	add_heading(s, table->row);
	add_rule(s, table);
	add_table_row(s, table, (const char *const *)table->heads);
	for (int i = table->row + 1; i < end && !is_full(s); i++)
		if (form_is_item(s->form, i))
			add_item(s, table, i);
		else if (*s->form->questions[i].number &&
		         is_on_paper(s->form, s->numbered, i) &&
		         form_item_of(s->form, i) < 0)
			add_question_row(s, table, i);
}

/* A group and the groups in it, each with its heading. */
static void add_group(struct sheet *s, const struct layout_entry *e)
{
	int end = s->form->questions[e->row].end;

	add_heading(s, e->row);
	for (int i = e->row + 1; i < end && !is_full(s); i++)
		if (s->form->questions[i].type->role == ROLE_GROUP)
			add_heading(s, i);
		else if (is_on_paper(s->form, s->numbered, i))
			add_question(s, e->text, i);
}

/* --- the whole ---------------------------------------------------------- */

static void add_entry(struct sheet *s, const struct layout_entry *e)
{
	switch (e->kind) {
	case LAYOUT_TITLE:
		add_centred(s, e->text);
		break;
	case LAYOUT_GROUP:
		add_group(s, e);
		break;
	case LAYOUT_TABLE:
		add_table(s, e);
		break;
	case LAYOUT_QUESTION:
		add_question(s, e->text, e->row);
		break;
	case LAYOUT_TEXT:
		add_paragraph(s, e->text, 0);
		break;
	case LAYOUT_RIGHT:
		add_right(s, e->text);
		break;
	case LAYOUT_EMPTY:
		break;
	}
}

static void write_all(struct sheet *s)
{
	const struct sheet_layout *layout = s->layout;

	s->numbered = groups_with_numbers(s->form);
	if (s->record->status == RECORD_DRAFT && s->na != SHEET_ALL_BLANK)
		add_right(s, DRAFT);
	for (size_t i = 0; i < layout->n && !is_full(s); i++)
		add_entry(s, &layout->items[i]);
	if (is_full(s))
		add_paragraph(s, CUT, 0);
	free(s->numbered);
}

void sheet_write(const struct record *r, const struct sheet_layout *layout,
                 enum text_width width, enum sheet_na na, struct buf *out,
                 struct sheet_texts *texts)
{
	struct sheet s = {
		.record = r,
		.form = r->form,
		.layout = layout,
		.width = width,
		.na = na,
		.out = out,
		.texts = texts,
	};

	if (texts) {
		*texts = (struct sheet_texts){0};
		buf_init(&texts->whole);
	}
	write_all(&s);
}

void sheet_encode(const struct record *r, const struct sheet_layout *layout,
                  enum sheet_na na, const struct file_style *style,
                  struct encoded *result)
{
	struct origins origins = {0};
	struct buf text;
	struct sheet s = {
		.record = r,
		.form = r->form,
		.layout = layout,
		.width = encoding_facts[style->encoding].width,
		.na = na,
		.out = &text,
		.origins = &origins,
	};

	buf_init(&text);
	write_all(&s);
	encode(&text, &origins, LINE_END_LF, style, result);
	buf_release(&text);
	origins_release(&origins);
}

/* --- what a layout leaves out ------------------------------------------- */

/* How many entries of a kind print what is in groups: summed up to a row, what
 * begins and ends there is how many it is in. */
struct cover {
	int *in_group, *in_table;
	bool *alone; /* rows that an entry of their own prints */
};

static void cover(int *in, const struct form *form, int group)
{
	in[group + 1]++;
	in[form->questions[group].end]--;
}

static struct cover cover_of(const struct form *form,
                             const struct sheet_layout *layout)
{
	struct cover c = {
		.in_group = mem_array(form->n + 1, sizeof *c.in_group),
		.in_table = mem_array(form->n + 1, sizeof *c.in_table),
		.alone = mem_array(form->n + 1, sizeof *c.alone),
	};

	for (size_t i = 0; i < layout->n; i++) {
		const struct layout_entry *e = &layout->items[i];

		if (e->kind == LAYOUT_GROUP)
			cover(c.in_group, form, e->row);
		else if (e->kind == LAYOUT_TABLE)
			cover(c.in_table, form, e->row);
		else if (e->kind == LAYOUT_QUESTION)
			c.alone[e->row] = true;
	}
	return c;
}

static void warn_of_absent(const struct form *form, int row, const char *file,
                           struct diag_list *diags)
{
	const struct question *q = &form->questions[row];

	diag_add(diags, DIAG_WARNING, file, q->line, 0,
	         _("「%s」は紙面に載りません。載せるなら、紙面のファイル（.sheet.csv）に加えてください"),
	         q->name);
}

void sheet_check(const struct form *form, const struct sheet_layout *layout,
                 const char *file, struct diag_list *diags)
{
	struct cover c = cover_of(form, layout);
	bool *numbered = groups_with_numbers(form);
	int groups = 0, tables = 0;

	for (int i = 0; i < (int)form->n && !layout->plain; i++) {
		bool item = form_is_item(form, i);
		bool tabled = item || *form->questions[i].number;

		groups += c.in_group[i];
		tables += c.in_table[i];
		if (!groups && !(tables && tabled) && !c.alone[i] &&
		    (item || is_on_paper(form, numbered, i)) &&
		    form_item_of(form, i) < 0)
			warn_of_absent(form, i, file, diags);
	}
	free(c.in_group);
	free(c.in_table);
	free(c.alone);
	free(numbered);
}
