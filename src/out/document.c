/* SPDX-License-Identifier: MIT */
#include "out/document.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/date.h"
#include "base/fatal.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "out/file.h"
#include "out/record_csv.h"
#include "out/saver.h"
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

/* Whatever happens from now on, the answers stand where they do now. */
static void note_place(const struct document *d)
{
	char *path = text_from_bytes(d->path);

	fatal_note(d->reading   ? NULL
	           : d->on_disk ? buf_format(_("最後に保存した答えは「%s」にあります"),
	                                     path)
	                        : mem_strdup(_("答えはまだ保存されていませんでした")));
	free(path);
}

static struct document *document_with(struct record *r, char *path, bool named)
{
	struct document *d = mem_alloc(sizeof *d);

	d->record = r;
	d->path = path;
	d->named = named;
	d->saver = saver_new();
	note_place(d);
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
	note_place(d);
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
	note_place(d);
	return d;
}

static void forget_next(struct document *d)
{
	free(d->next_path);
	free(d->next_sheet);
	record_free(d->next_record);
	d->next_path = d->next_sheet = NULL;
	d->next_record = NULL;
}

void document_free(struct document *d)
{
	if (!d)
		return;
	fatal_note(NULL);
	saver_free(d->saver);
	forget_next(d);
	record_free(d->record);
	free(d->path);
	free(d->sheet);
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

/* --- saving ------------------------------------------------------------- */

static void add_record(struct save *job, const struct record *r,
                       const char *path, enum file_save_mode mode)
{
	struct buf csv;

	buf_init(&csv);
	record_csv_write(r, &csv);
	save_add(job, mem_strdup(path), csv.s, csv.len, mode);
}

bool document_save(struct document *d)
{
	struct save *job;

	if (saver_is_busy(d->saver))
		return false;
	job = save_new();
	add_record(job, d->record, d->path,
	           d->on_disk ? FILE_REPLACE : FILE_CREATE);
	saver_begin(d->saver, job);
	return true;
}

void document_save_as(struct document *d, const char *path)
{
	struct save *job = save_new();

	if (saver_is_busy(d->saver)) {
		saver_free(d->saver);
		d->saver = saver_new();
		forget_next(d);
	}
	d->next_path = mem_strdup(path);
	add_record(job, d->record, path, FILE_CREATE);
	saver_begin(d->saver, job);
}

static bool is_directory(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

char *document_place(const struct document *d, const char *place, char **why)
{
	const char *slash = strrchr(d->path, '/');
	bool ends = text_has_suffix(place, "/");

	if (ends || is_directory(place))
		return buf_format("%s%s%s", place, ends ? "" : "/",
		                  slash ? slash + 1 : d->path);
	if (text_has_suffix(place, RECORD_ENDING))
		return mem_strdup(place);
	*why = mem_strdup(_("保存先の名前は .csv で終わらせてください"));
	return NULL;
}

static void become_next(struct document *d)
{
	d->on_disk = true;
	if (d->next_path) {
		free(d->path);
		d->path = d->next_path;
		d->named |= !d->next_record;
	}
	if (d->next_record) {
		record_free(d->record);
		d->record = d->next_record;
		d->sheet = d->next_sheet;
	}
	d->next_path = d->next_sheet = NULL;
	d->next_record = NULL;
	note_place(d);
}

enum settled document_settle(struct document *d, int milliseconds, char **why)
{
	struct save *job;
	enum settled s;

	if (!saver_is_busy(d->saver))
		return SETTLED;
	job = saver_end(d->saver, milliseconds);
	if (!job)
		return SETTLED_NOT_YET;
	if (job->failed < 0) {
		become_next(d);
	} else {
		*why = file_failure_text(job->files[job->failed].path,
		                         &job->failure);
		forget_next(d);
	}
	s = job->failed < 0 ? SETTLED : SETTLED_FAILED;
	save_free(job);
	return s;
}

int document_fd(const struct document *d)
{
	return saver_fd(d->saver);
}

bool document_is_saving(const struct document *d)
{
	return saver_is_busy(d->saver);
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
static void choose_names(struct document *d, const struct record *r)
{
	char *directory = file_directory(d->path);
	char *name = d->named ? NULL : instance_name(r);

	if (d->named) {
		char *stem = without_ending(d->path);

		d->next_path = mem_strdup(d->path);
		d->next_sheet = file_free_name("", stem, SHEET_ENDING);
		free(stem);
	} else {
		char *tried = mem_strdup(name);

		for (int i = 2; ; i++) {
			d->next_path = buf_format("%s%s%s", directory, tried,
			                           RECORD_ENDING);
			d->next_sheet = buf_format("%s%s%s", directory, tried,
			                          SHEET_ENDING);
			if (!file_exists(d->next_path) &&
			    !file_exists(d->next_sheet))
				break;
			free(d->next_path);
			free(d->next_sheet);
			free(tried);
			tried = buf_format("%s-%d", name, i);
		}
		free(tried);
	}
	free(name);
	free(directory);
}

static void add_sheet(struct save *job, const struct record *r,
                      const struct sheet_layout *layout, const char *path)
{
	struct buf sheet;

	buf_init(&sheet);
	sheet_write(r, layout, TEXT_NARROW, SHEET_NA_TOLD, &sheet);
	save_add(job, mem_strdup(path), sheet.s, sheet.len, FILE_CREATE);
}

bool document_finish(struct document *d, const struct sheet_layout *layout)
{
	struct record *r;
	struct save *job;
	bool stays;

	if (saver_is_busy(d->saver))
		return false;
	r = record_copy(d->record);
	record_finish(r);
	choose_names(d, r);
	d->next_record = r;
	stays = d->on_disk && strcmp(d->next_path, d->path) == 0;
	job = save_new();
	add_sheet(job, r, layout, d->next_sheet);
	add_record(job, r, d->next_path, stays ? FILE_REPLACE : FILE_CREATE);
	if (d->on_disk && !stays)
		job->obsolete = mem_strdup(d->path);
	saver_begin(d->saver, job);
	return true;
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
