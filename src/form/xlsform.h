/* xlsform.h - how an XLSForm is read; private to form/
 *
 * sheets.c finds the sheets and their headers, columns.c knows the columns and
 * stores a cell, form_reader.c reads settings, choices and survey row by row,
 * names.c settles what the whole must hold: names, references, items.
 * form_show.c shows what came of it, by the same columns.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef FORM_XLSFORM_H
#define FORM_XLSFORM_H

#include "base/buf.h"
#include "base/csv.h"
#include "base/diag.h"
#include "form/form.h"

struct reader;
struct shown;
struct column_def;

/* How a cell of a column is stored in a question. */
typedef void store_fn(struct reader *r, struct question *q, size_t offset,
                      int language, const struct csv_cell *cell);
/* What a question has of it, as form_show tells. */
typedef void show_fn(struct shown *s, const struct column_def *def,
                     const struct question *q);

struct column_def {
	const char *name;
	store_fn *store;
	size_t offset; /* of the member of struct question */
	show_fn *show; /* NULL: it has nothing, or another name for it has */
};

/* A column of a sheet as its header has it. */
struct column {
	const struct column_def *def; /* NULL: not ours */
	char *name;                   /* without its language; NULL: no head */
	int language;                 /* index; 0 where the header gives none */
};

enum { SHEET_SURVEY, SHEET_CHOICES, SHEET_SETTINGS, SHEETS };

struct sheet {
	const struct csv_row *header; /* NULL where the form has no such sheet */
	const struct csv_row *rows;
	size_t n;
	struct column *columns; /* header->n of them */
};

/* An expression whose references are bound once all rows are known; or a message,
 * whose references are then looked for. */
struct unbound {
	struct expr *e; /* NULL: a message */
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
	size_t choices;     /* how many the form has so far, */
	size_t offered;     /* its questions offer, one after the other, */
	size_t expressions; /* and bytes its expressions have */
};

/* A diagnostic at byte OFFSET of CELL's text. */
void complain(struct reader *r, enum diag_level level,
              const struct csv_cell *cell, size_t offset,
              const char *format, ...) __attribute__((format(printf, 5, 6)));

/* What an unnamed note is called, by its line. */
#define NOTE_NAME "note_%ld"

/* A form that is being shown. */
struct shown {
	const struct form *form;
	struct buf *out;
	int depth; /* of the facts that come next: groups around them */
};

/* --- columns.c ---------------------------------------------------------- */

/* The columns of each sheet; each table ends with a NULL name. */
extern const struct column_def *const sheet_columns[SHEETS];

const struct column_def *column_find(const struct column_def *defs,
                                     const char *name);
/* True where the column holds texts, one a language. */
bool column_has_words(const struct column_def *def);
void set_words(struct reader *r, struct words *w, int language,
               const char *text);
/* Parse TEXT, which is CELL's. NULL after a diagnostic. */
struct expr *parse_expr(struct reader *r, const char *text,
                        enum expr_place place, const struct csv_cell *cell);

/* --- sheets.c ----------------------------------------------------------- */

/* False where the table is none of sheets: then no more needs to be told of it. */
bool find_sheets(struct reader *r, const struct csv_table *table);
void read_header(struct reader *r, int which);

/* The index of the language called NAME ("English (en)"), added if new. */
int language_index(struct reader *r, const char *name,
                   const struct csv_cell *cell);

/* The index of the column NAME of sheet S; 0, which is never one, if absent. */
size_t column_index(const struct sheet *s, const char *name);
/* The stripped text of ROW in the column NAME; a new string, "" if absent. */
char *cell_text(const struct sheet *s, const struct csv_row *row,
                const char *name);
/* A cell to point at: ROW's in the column NAME, else its first. */
const struct csv_cell *cell_at(const struct sheet *s,
                               const struct csv_row *row, const char *name);
/* The first row of S that holds anything; NULL. */
const struct csv_row *first_row(const struct sheet *s);

/* --- form_show.c -------------------------------------------------------- */

/* Add `COLUMN: VALUE`, if there is a value. */
void show_fact(struct shown *s, const char *column, const char *value);
/* The same of W in each language that it is in: `COLUMN::LANGUAGE: ...`. */
void show_words(struct shown *s, const char *column, const struct words *w);

/* --- names.c ------------------------------------------------------------ */

void index_names(struct reader *r);
void bind_refs(struct reader *r);
void find_items(struct form *form);
void find_shared_labels(struct form *form);

#endif
