/* SPDX-License-Identifier: MIT */
#include "base/csv.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

struct reader {
	const char *p;   /* the next byte of the source */
	const char *end; /* of the source; a NUL stands there */
	long line;       /* the one P is in */
	char *out;       /* where the next byte of a text goes */
	struct csv_table *table;
	size_t cells; /* how many the table holds so far */
	size_t cells_cap;
	size_t rows_cap;
	const char *file;
	struct diag_list *diags;
};

/* Bytes of a line that columns are counted in: nobody looks for one beyond. */
#define LONGEST_LINE 20000

/* A byte that is a line break stands before the source, so this ends. */
static long column_of(const char *at)
{
	const char *start = at;

	while (start[-1] != '\n' && start[-1] != '\r')
		if (at - --start > LONGEST_LINE)
			return 0;
	return 1 + (long)text_count_graphemes(start, (size_t)(at - start));
}

__attribute__((format(printf, 4, 5)))
static bool fail(struct reader *r, const char *at, long line,
                 const char *format, ...)
{
	va_list args;

	va_start(args, format);
	diag_addv(r->diags, DIAG_ERROR, r->file, line, column_of(at), format,
	          args);
	va_end(args);
	return false;
}

static bool fail_at_nul(struct reader *r)
{
	return fail(r, r->p, r->line,
	            _("文字でないもの（NUL）が入っています。"
	              "CSV形式で保存し直してください"));
}

static void copy(struct reader *r, size_t n)
{
	memcpy(r->out, r->p, n);
	r->out += n;
	r->p += n;
}

static size_t line_break(const char *p)
{
	return p[0] == '\r' && p[1] == '\n' ? 2 : 1;
}

static void pass_line_break(struct reader *r)
{
	r->p += line_break(r->p);
	r->line++;
}

/* From after the opening quote to after the closing one. */
static bool read_quoted(struct reader *r)
{
	const char *opening = r->p - 1;
	long line = r->line;

	for (;;) {
		copy(r, strcspn(r->p, "\"\r\n"));
		if (r->p[0] == '"' && r->p[1] == '"') {
			copy(r, 1);
			r->p++;
		} else if (*r->p == '"') {
			break;
		} else if (*r->p) {
			*r->out++ = '\n';
			pass_line_break(r);
		} else if (r->p < r->end) {
			return fail_at_nul(r);
		} else {
			return fail(r, opening, line,
			            _("引用符「\"」が閉じられていません。"
			              "コピーが途中で切れたのなら元のファイルからコピーし直し、"
			              "そうでなければセルの終わりにも「\"」を付けてください"));
		}
	}
	r->p++;
	if (!*r->p || strchr(",\r\n", *r->p))
		return true;
	return fail(r, r->p, r->line,
	            _("閉じる引用符「\"」のあとに文字があります。"
	              "セルの中の「\"」は2つ重ねてください"));
}

static bool read_unquoted(struct reader *r)
{
	copy(r, strcspn(r->p, ",\"\r\n"));
	if (*r->p != '"')
		return true;
	return fail(r, r->p, r->line,
	            _("セルの途中に引用符「\"」があります。"
	              "セル全体を「\"」で囲み、中の「\"」は2つ重ねてください"));
}

static bool read_cell(struct reader *r)
{
	struct csv_table *table = r->table;
	bool quoted = *r->p == '"';
	struct csv_cell cell;

	r->p += quoted;
	cell = (struct csv_cell){
		.text = r->out,
		.raw = r->p,
		.line = r->line,
	};
	if (!(quoted ? read_quoted(r) : read_unquoted(r)))
		return false;
	cell.length = (size_t)(r->out - cell.text);
	*r->out++ = '\0';
	if (cell.length > CSV_MAX_CELL)
		return fail(r, cell.raw, cell.line,
		            _("セルが長すぎます（%dバイトまで）"), CSV_MAX_CELL);
	if (r->cells == CSV_MAX_CELLS)
		return fail(r, cell.raw, cell.line,
		            _("セルが多すぎます（%d個まで）"), CSV_MAX_CELLS);
	table->cells = mem_room(table->cells, r->cells, &r->cells_cap,
	                        sizeof *table->cells);
	table->cells[r->cells++] = cell;
	return true;
}

static bool read_row(struct reader *r)
{
	struct csv_table *table = r->table;
	struct csv_row row = { .line = r->line };

	if (table->n == CSV_MAX_ROWS)
		return fail(r, r->p, r->line, _("行が多すぎます（%d行まで）"),
		            CSV_MAX_ROWS);
	for (;;) {
		if (row.n == CSV_MAX_COLUMNS)
			return fail(r, r->p, r->line,
			            _("列が多すぎます（%d列まで）"),
			            CSV_MAX_COLUMNS);
		if (!read_cell(r))
			return false;
		row.n++;
		if (*r->p != ',')
			break;
		r->p++;
	}
	if (*r->p)
		pass_line_break(r);
	table->rows = mem_room(table->rows, table->n, &r->rows_cap,
	                       sizeof *table->rows);
	table->rows[table->n++] = row;
	return true;
}

static bool read_rows(struct reader *r)
{
	while (*r->p) {
		if (!read_row(r))
			return false;
	}
	return r->p == r->end || fail_at_nul(r);
}

/* The array of cells moves while it grows; now it stands still. */
static void give_rows_their_cells(struct csv_table *table)
{
	struct csv_cell *cells = table->cells;

	for (size_t i = 0; i < table->n; i++) {
		table->rows[i].cells = cells;
		cells += table->rows[i].n;
	}
}

/* The texts need no more room than the source: each ends in a NUL, but each
 * has a separator or a line break after it, all but the last. */
static struct csv_table *new_table(const char *bytes, size_t length)
{
	struct csv_table *table = mem_alloc(sizeof *table);

	table->source = mem_resize(NULL, length + 2);
	table->source[0] = '\n';
	if (length)
		memcpy(table->source + 1, bytes, length);
	table->source[length + 1] = '\0';
	table->texts = mem_resize(NULL, length + 1);
	return table;
}

/* BYTES without a BOM, as the source of a new table; NULL where they are no UTF-8.
 * As far as they are text: a NUL is told where it stands. */
static struct csv_table *begin(const char *bytes, size_t *length,
                               const char *file, struct diag_list *diags)
{
	struct csv_table *table;

	if (*length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
		bytes += 3, *length -= 3;
	table = new_table(bytes, *length);
	if (text_is_utf8(table->source + 1, strlen(table->source + 1)))
		return table;
	csv_free(table);
	diag_add(diags, DIAG_ERROR, file, 0, 0,
	         _("UTF-8 ではありません。「CSV UTF-8」で保存してください"));
	return NULL;
}

/* Fill TABLE from its source of LENGTH bytes; NULL, and it is gone, on an error. */
static struct csv_table *fill(struct csv_table *table, size_t length,
                              const char *file, struct diag_list *diags)
{
	struct reader r = {
		.p = table->source + 1,
		.end = table->source + 1 + length,
		.line = 1,
		.out = table->texts,
		.table = table,
		.file = file,
		.diags = diags,
	};

	if (!read_rows(&r)) {
		csv_free(table);
		return NULL;
	}
	give_rows_their_cells(table);
	return table;
}

struct csv_table *csv_read(const char *bytes, size_t length, const char *file,
                           struct diag_list *diags)
{
	struct csv_table *table = begin(bytes, &length, file, diags);

	return table ? fill(table, length, file, diags) : NULL;
}

/* Where in TEXT, a file, AT is. */
static void find_place(const char *text, const char *at, long *line,
                       long *column)
{
	const char *start = text;

	*line = 1;
	for (const char *p = text; p < at; p++)
		if (*p == '\n' || (*p == '\r' && p[1] != '\n')) {
			start = p + 1;
			++*line;
		}
	*column = at - start > LONGEST_LINE ? 0
		: 1 + (long)text_count_graphemes(start, (size_t)(at - start));
}

static void warn_of_hidden(const char *text, const char *at, const char *file,
                           struct diag_list *diags)
{
	long line, column;
	ucs4_t c;

	find_place(text, at, &line, &column);
	u8_next(&c, (const uint8_t *)at);
	diag_add(diags, DIAG_WARNING, file, line, column,
	         _("見えない文字や制御文字（U+%04X など）があります。%sに置き換えて読みました"),
	         (unsigned)c, TEXT_MARK);
}

/* Some spreadsheets separate cells by what a country has no comma for; what is
 * read here begins with a comma long before such a thing. */
static bool has_commas(const char *text, const char *file,
                       struct diag_list *diags)
{
	const char *separator = strpbrk(text, ",;\t");
	long line, column;

	if (!separator || *separator == ',')
		return true;
	find_place(text, separator, &line, &column);
	diag_add(diags, DIAG_ERROR, file, line, column,
	         *separator == ';'
	         ? _("セルの区切りが「;」です。「,」（コンマ）で区切った CSV で保存し直してください")
	         : _("セルの区切りがタブです。「,」（コンマ）で区切った CSV で保存し直してください"));
	return false;
}

struct csv_table *csv_read_shown(const char *bytes, size_t length,
                                 const char *file, struct diag_list *diags)
{
	struct csv_table *table = begin(bytes, &length, file, diags);
	const char *text = table ? table->source + 1 : "";
	const char *hidden = text_find_hidden(text);
	char *marked;

	/* A NUL, which ends it early, is an error anyway. */
	if (hidden && strlen(text) == length) {
		warn_of_hidden(text, hidden, file, diags);
		marked = text_mark_hidden(text);
		length = strlen(marked);
		csv_free(table);
		table = new_table(marked, length);
		free(marked);
	}
	if (!table || has_commas(table->source + 1, file, diags))
		return table ? fill(table, length, file, diags) : NULL;
	csv_free(table);
	return NULL;
}

void csv_free(struct csv_table *table)
{
	if (!table)
		return;
	free(table->rows);
	free(table->cells);
	free(table->source);
	free(table->texts);
	free(table);
}

const char *csv_text(const struct csv_row *row, size_t i)
{
	return i < row->n ? row->cells[i].text : "";
}

bool csv_is_blank(const struct csv_row *row)
{
	for (size_t i = 0; i < row->n; i++) {
		if (!text_is_blank(row->cells[i].text))
			return false;
	}
	return true;
}

void csv_place(const struct csv_cell *cell, size_t offset, long *line,
               long *column)
{
	const char *p = cell->raw;

	*line = cell->line;
	for (size_t i = 0; i < offset && i < cell->length; i++) {
		if (cell->text[i] == '\n') {
			p += line_break(p);
			++*line;
		} else {
			p += *p == '"' ? 2 : 1; /* a quote is doubled */
		}
	}
	*column = column_of(p);
}

static void add_cell(struct buf *out, const char *text)
{
	if (!strpbrk(text, ",\"\r\n")) {
		buf_add(out, text);
		return;
	}
	buf_add_byte(out, '"');
	for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
		buf_add_bytes(out, text, (size_t)(quote - text));
		buf_add(out, "\"\"");
	}
	buf_add(out, text);
	buf_add_byte(out, '"');
}

void csv_add_row(struct buf *out, const char *const *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_add_byte(out, ',');
		if (cells[i])
			add_cell(out, cells[i]);
	}
	buf_add(out, "\r\n");
}
