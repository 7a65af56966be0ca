/* SPDX-License-Identifier: MIT */
#include "out/document.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "out/file.h"
#include "out/record_csv.h"
#include "out/sheet.h"

/* Part of the format: the same in every language. */
#define DRAFT_PREFIX "確認書-作成中-"
#define RECORD_ENDING ".csv"
#define SHEET_ENDING ".txt"

/* DIRECTORY/確認書-作成中-DATE-TIME.csv, a free name. */
static char *draft_path(const char *directory, struct moment moment)
{
	int year, month, day;
	int seconds = (int)((moment.now - moment.today) * 86400.0);
	char *name, *path;

	date_to_civil((date_day)moment.today, &year, &month, &day);
	name = buf_format("%s%04d%02d%02d-%02d%02d%02d", DRAFT_PREFIX, year,
	                  month, day, seconds / 3600, seconds / 60 % 60,
	                  seconds % 60);
	path = file_free_name(directory, name, RECORD_ENDING);
	free(name);
	return path;
}

/* True where PATH is a name that draft_path makes. */
static bool is_our_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return text_has_prefix(slash ? slash + 1 : path, DRAFT_PREFIX);
}

static struct document *document_with(struct record *r, char *path, bool named)
{
	struct document *d = mem_alloc(sizeof *d);

	d->record = r;
	d->path = path;
	d->named = named;
	return d;
}

struct document *document_new(const struct form *form, struct moment moment,
                              const char *directory)
{
	return document_with(record_new(form, moment),
	                     draft_path(directory, moment), false);
}

struct document *document_new_at(const struct form *form, struct moment moment,
                                 const char *path)
{
	return document_with(record_new(form, moment), mem_strdup(path), true);
}

void document_amend(struct document *d)
{
	char *directory = file_directory(d->path);

	record_amend(d->record);
	d->original = d->path;
	d->path = draft_path(directory, d->record->moment);
	d->named = d->on_disk = d->reading = d->amendable = false;
	free(directory);
}

struct document *document_open(const struct form *form, struct moment moment,
                               const char *path, enum opened how,
                               struct diag_list *diags)
{
	size_t length;
	char *why, *bytes = file_read(path, &length, &why);
	struct record_csv csv;
	struct document *d;

	if (!bytes) {
		diag_add(diags, DIAG_ERROR, NULL, 0, 0, "%s", why);
		free(why);
		return NULL;
	}
	if (!record_csv_read(form, moment, bytes, length, path, &csv, diags)) {
		free(bytes);
		return NULL;
	}
	free(bytes);
	d = document_with(csv.record, mem_strdup(path),
	                  how != OPENED_AS_DRAFT || !is_our_name(path));
	d->on_disk = true;
	free(csv.lines);
	d->amendable = how == OPENED_TO_SEE &&
	               d->record->status == RECORD_FINISHED;
	d->reading = how == OPENED_TO_READ || d->amendable;
	if (d->record->status == RECORD_FINISHED && !d->reading)
		document_amend(d);
	return d;
}

void document_free(struct document *d)
{
	if (!d)
		return;
	record_free(d->record);
	free(d->path);
	free(d->original);
	free(d);
}

bool document_is_new(const struct document *d)
{
	return !d->on_disk && !d->original;
}

bool document_is_named_as_draft(const struct document *d)
{
	return is_our_name(d->path);
}

static bool save_bytes(const char *path, const struct buf *bytes,
                       enum file_save_mode mode, char **why)
{
	struct file_failure failure;
	bool fine = file_save(path, bytes->s, bytes->len, mode, &failure);

	if (!fine)
		*why = file_failure_text(path, &failure);
	return fine;
}

static bool save_record(const struct record *r, const char *path,
                        enum file_save_mode mode, char **why)
{
	struct buf csv;
	bool fine;

	buf_init(&csv);
	record_csv_write(r, &csv);
	fine = save_bytes(path, &csv, mode, why);
	buf_release(&csv);
	return fine;
}

bool document_save(struct document *d, char **why)
{
	if (!save_record(d->record, d->path,
	                 d->on_disk ? FILE_REPLACE : FILE_CREATE, why))
		return false;
	d->on_disk = true;
	return true;
}

bool document_save_as(struct document *d, const char *path, char **why)
{
	if (!save_record(d->record, path, FILE_CREATE, why))
		return false;
	free(d->path);
	d->path = mem_strdup(path);
	d->named = d->on_disk = true;
	return true;
}

/* --- finishing ---------------------------------------------------------- */

/* What the form calls this record, as a file name. */
static char *instance_name(const struct record *r)
{
	const struct expr *e = r->form->instance_name;
	struct value v = e ? record_eval(r, e, -1)
	                   : value_string(r->form->title);
	char *text = value_to_string(&v);
	char *name = file_name_from(text);

	free(text);
	value_release(&v);
	return name;
}

/* NAME without RECORD_ENDING. */
static char *without_ending(const char *path)
{
	size_t n = strlen(path);

	if (text_has_suffix(path, RECORD_ENDING))
		n -= strlen(RECORD_ENDING);
	return mem_strndup(path, n);
}

/* Where record and sheet go: one name for both, free for both. */
static void choose_names(const struct document *d, const struct record *r,
                         struct finished *files)
{
	char *directory = file_directory(d->path);
	char *name = d->named ? NULL : instance_name(r);

	if (d->named) {
		char *stem = without_ending(d->path);

		files->record = mem_strdup(d->path);
		files->sheet = file_free_name("", stem, SHEET_ENDING);
		free(stem);
	} else {
		char *tried = mem_strdup(name);

		for (int i = 2; ; i++) {
			files->record = buf_format("%s%s%s", directory, tried,
			                           RECORD_ENDING);
			files->sheet = buf_format("%s%s%s", directory, tried,
			                          SHEET_ENDING);
			if (!file_exists(files->record) &&
			    !file_exists(files->sheet))
				break;
			finished_release(files);
			free(tried);
			tried = buf_format("%s-%d", name, i);
		}
		free(tried);
	}
	free(name);
	free(directory);
}

static bool save_sheet(const struct record *r,
                       const struct sheet_layout *layout, const char *path,
                       char **why)
{
	struct buf sheet;
	bool fine;

	buf_init(&sheet);
	sheet_write(r, layout, TEXT_NARROW, SHEET_NA_TOLD, &sheet);
	fine = save_bytes(path, &sheet, FILE_CREATE, why);
	buf_release(&sheet);
	return fine;
}

/* The finished record is safe under its own name: the draft's file goes. */
static void leave_draft(struct document *d, const char *path)
{
	if (d->on_disk && strcmp(d->path, path) != 0)
		unlink(d->path);
	free(d->path);
	d->path = mem_strdup(path);
	d->on_disk = true;
}

bool document_finish(struct document *d, const struct sheet_layout *layout,
                     struct finished *files, char **why)
{
	struct record *r = record_copy(d->record);
	bool in_place;

	record_finish(r);
	choose_names(d, r, files);
	in_place = d->on_disk && strcmp(files->record, d->path) == 0;
	if (!save_sheet(r, layout, files->sheet, why)) {
		record_free(r);
		finished_release(files);
		return false;
	}
	if (!save_record(r, files->record,
	                 in_place ? FILE_REPLACE : FILE_CREATE, why)) {
		unlink(files->sheet);
		record_free(r);
		finished_release(files);
		return false;
	}
	leave_draft(d, files->record);
	record_free(d->record);
	d->record = r;
	return true;
}

void finished_release(struct finished *files)
{
	free(files->record);
	free(files->sheet);
	*files = (struct finished){0};
}

/* --- drafts ------------------------------------------------------------- */

/* Who filled it in and for what, as far as R says. A new string. */
static char *title_of(const struct record *r)
{
	static const enum list_role roles[] = { LIST_WHO, LIST_WHAT };
	struct buf title;

	buf_init(&title);
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		for (int q = 0; q < (int)r->form->n; q++)
			if (r->form->questions[q].role == roles[i] &&
			    *record_effective_answer(r, q))
				buf_addf(&title, "%s%s", title.len ? " " : "",
				         record_effective_answer(r, q));
	return title.s;
}

/* The title of PATH if it is a draft of FORM, a new string; else NULL. What was
 * read of it is taken from *LEFT; a file that has more is none. */
static char *title_of_draft(const struct form *form, const char *path,
                            size_t *left)
{
	struct diag_list diags;
	struct record_csv csv;
	size_t length;
	char *why, *bytes = file_read(path, &length, &why);
	char *title = NULL;

	if (!bytes) {
		free(why);
		return NULL;
	}
	if (length > *left) {
		*left = 0;
		free(bytes);
		return NULL;
	}
	*left -= length;
	diag_list_init(&diags);
	if (record_csv_read(form, (struct moment){0}, bytes, length, path,
	                    &csv, &diags)) {
		if (csv.record->status == RECORD_DRAFT)
			title = title_of(csv.record);
		record_csv_release(&csv);
	}
	diag_list_release(&diags);
	free(bytes);
	return title;
}

static int is_csv(const struct dirent *entry)
{
	return text_has_suffix(entry->d_name, RECORD_ENDING) &&
	       entry->d_name[0] != '.';
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

void drafts_find(const struct form *form, const char *directory,
                 struct draft_list *list)
{
	struct dirent **entries;
	int n = scandir(*directory ? directory : ".", &entries, is_csv, by_name);
	size_t left = DRAFTS_MAX_BYTES;

	if (n < 0 && errno == ENOMEM)
		mem_must(NULL);
	*list = (struct draft_list){
		.items = mem_array(DRAFTS_MAX, sizeof *list->items),
	};
	for (int i = 0; i < n; i++) {
		char *path = buf_format("%s%s", directory, entries[i]->d_name);
		bool full = list->n == DRAFTS_MAX || !left;
		char *title = full ? NULL : title_of_draft(form, path, &left);

		list->more |= full;
		if (title)
			list->items[list->n++] = (struct draft){ path, title };
		else
			free(path);
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
}

void draft_list_release(struct draft_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		free(list->items[i].path);
		free(list->items[i].title);
	}
	free(list->items);
	*list = (struct draft_list){0};
}
