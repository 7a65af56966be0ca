/* SPDX-License-Identifier: MIT */
#include "out/document.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/fatal.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "out/directory.h"
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

	fatal_note(d->reading         ? NULL
	           : d->on_disk.there ? buf_format(_("最後に保存した答えは「%s」にあります"),
	                                           path)
	                              : mem_strdup(_("答えはまだ保存されていませんでした")));
	free(path);
}

static struct document *document_with(struct record *r, const char *self,
                                      char *path, bool named)
{
	struct document *d = mem_alloc(sizeof *d);

	d->record = r;
	d->self = self;
	d->path = path;
	d->named = named;
	d->encoding = ENCODING_UTF8;
	document_set_encoding(d, ENCODING_UTF8);
	d->saver = saver_new();
	note_place(d);
	return d;
}

struct document *document_new(const struct form *form, struct moment moment,
                              const char *self, const char *directory)
{
	return document_with(record_new(form, moment), self,
	                     draft_path(directory, moment), false);
}

struct document *document_new_at(const struct form *form, struct moment moment,
                                 const char *self, const char *path)
{
	return document_with(record_new(form, moment), self, mem_strdup(path),
	                     true);
}

/* Go on with LOCK, or without one (NULL). */
static void change_lock(struct document *d, struct lock *lock)
{
	lock_leave(d->lock);
	d->lock = lock;
}

void document_amend(struct document *d)
{
	char *directory = file_directory(d->path);

	record_amend(d->record);
	change_lock(d, NULL); /* the original is not written to */
	d->original = d->path;
	d->path = draft_path(directory, d->record->moment);
	d->named = d->reading = d->amendable = false;
	d->on_disk = (struct stamp){0};
	note_place(d);
	free(directory);
}

/* The record in the file PATH; NULL, with diagnostics added to DIAGS. */
static struct document *read_document(const struct form *form,
                                      struct moment moment, const char *self,
                                      const char *path, enum encoding from,
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
	if (!record_csv_read(form, moment, bytes, length, from, path, &csv,
	                     diags)) {
		free(bytes);
		return NULL;
	}
	d = document_with(csv.record, self, mem_strdup(path), true);
	d->on_disk = stamp_of(bytes, length);
	d->encoding = csv.encoding;
	free(csv.lines);
	free(bytes);
	return d;
}

struct document *document_open(const struct form *form, struct moment moment,
                               const char *self, const char *path,
                               enum encoding from, enum opened how,
                               struct diag_list *diags)
{
	char *holder = NULL;
	/* First, so that nobody writes to it once it has been read. */
	struct lock *lock = how == OPENED_TO_READ
		? NULL : lock_take(path, self, &holder);
	struct document *d = read_document(form, moment, self, path, from,
	                                   diags);
	bool finished = d && d->record->status == RECORD_FINISHED;

	if (!d) {
		lock_leave(lock);
		free(holder);
		return NULL;
	}
	d->lock = lock;
	if (holder && !finished) /* which nobody fills in */
		d->holder = lock_words(holder);
	free(holder);
	d->named = how != OPENED_AS_DRAFT || !is_our_name(path);
	d->amendable = how == OPENED_TO_SEE && finished;
	d->reading = how == OPENED_TO_READ || d->amendable || d->holder;
	if (d->reading)
		change_lock(d, NULL);
	else if (finished)
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
	if (saver_is_busy(d->saver))
		lock_forget(d->lock);
	else
		lock_leave(d->lock);
	saver_free(d->saver);
	forget_next(d);
	record_free(d->record);
	free(d->path);
	free(d->sheet);
	free(d->original);
	free(d->holder);
	free(d->overtaken);
	free(d);
}

bool document_is_new(const struct document *d)
{
	return !d->on_disk.there && !d->original;
}

bool document_is_named_as_draft(const struct document *d)
{
	return is_our_name(d->path);
}

char *document_encoding_remark(const struct document *d)
{
	char *remark = encoding_remark(d->encoding), *whole;

	if (!remark || d->reading)
		return remark;
	whole = buf_format(_("%s（保存すると UTF-8 になります）"), remark);
	free(remark);
	return whole;
}

/* --- saving ------------------------------------------------------------- */

static void add_record(struct save *job, const struct record *r,
                       const char *path, struct stamp stamp)
{
	struct buf csv;

	buf_init(&csv);
	record_csv_write(r, &csv);
	save_add(job, mem_strdup(path), csv.s, csv.len, stamp);
}

/* Begin to save the record as PATH, which is as STAMP says. A file that it is not
 * yet is locked first; what was written beside an overtaken one goes. */
static void begin(struct document *d, enum saving saving, const char *path,
                  struct stamp stamp)
{
	struct save *job = save_new();
	bool stays = saving == SAVING_AS_IT_IS || saving == SAVING_IF_LOST;
	bool chosen = saving == SAVING_IN_PLACE || saving == SAVING_AS;

	d->saving = saving;
	job->looks = saving == SAVING_IF_LOST;
	if (!stays)
		d->next_path = mem_strdup(path);
	if (!stays || !d->on_disk.there)
		job->self = mem_strdup(d->self);
	if (chosen && d->overtaken) {
		job->obsolete = mem_strdup(d->path);
		job->obsolete_stamp = d->on_disk;
	}
	add_record(job, d->record, path, stamp);
	if (strcmp(path, d->path) == 0)
		job->files[0].late = d->late;
	saver_begin(d->saver, job);
}

/* NAME without RECORD_ENDING. */
static char *without_ending(const char *path)
{
	size_t n = strlen(path);

	if (text_has_suffix(path, RECORD_ENDING))
		n -= strlen(RECORD_ENDING);
	return mem_strndup(path, n);
}

/* Begin to save it beside d->path, which is another's: under the next free name.
 * What is cut off a very long one leaves room for the number. */
static void begin_beside(struct document *d)
{
	char *directory = file_directory(d->path);
	char *stem = without_ending(d->path + strlen(directory)), *path;
	size_t n = 0, next;

	while ((next = text_grapheme(stem + n)) && n + next <= NAME_MAX - 20)
		n += next;
	stem[n] = '\0';
	path = file_free_name(directory, stem, RECORD_ENDING);
	begin(d, SAVING_BESIDE, path, (struct stamp){0});
	free(path);
	free(stem);
	free(directory);
}

bool document_save(struct document *d)
{
	if (saver_is_busy(d->saver))
		return false;
	if (!d->on_disk.there && !d->late.there && file_exists(d->path))
		begin_beside(d);
	else
		begin(d, SAVING_AS_IT_IS, d->path, d->on_disk);
	return true;
}

bool document_look(struct document *d)
{
	if (saver_is_busy(d->saver) || d->reading || !d->on_disk.there)
		return false;
	begin(d, SAVING_IF_LOST, d->path, d->on_disk);
	return true;
}

void document_save_as(struct document *d, const char *path)
{
	if (saver_is_busy(d->saver)) {
		struct stamp late = saver_give_up(d->saver, d->lock);

		if (!d->next_path || strcmp(d->next_path, d->path) == 0)
			d->late = late;
		d->saver = saver_new();
		forget_next(d);
		d->lock = NULL;
	}
	begin(d, SAVING_AS, path, (struct stamp){0});
}

bool document_replace(struct document *d)
{
	if (saver_is_busy(d->saver) || !d->overtaken)
		return false;
	begin(d, SAVING_IN_PLACE, d->overtaken, stamp_of_file(d->overtaken));
	return true;
}

void document_keep(struct document *d)
{
	free(d->overtaken);
	d->overtaken = NULL;
}

/* PLACE, which people write as they would for a shell: ~ is their directory. NULL
 * where nobody knows which that is. */
static char *without_tilde(const char *place)
{
	const char *home = getenv("HOME");
	bool tilde = place[0] == '~' && (!place[1] || place[1] == '/');
	bool slash = place[1] && home && text_has_suffix(home, "/");

	if (!tilde)
		return mem_strdup(place);
	return home && *home ? buf_format("%s%s", home, place + 1 + slash)
	                     : NULL;
}

char *document_place(const struct document *d, const char *place, char **why)
{
	const char *slash = strrchr(d->path, '/');
	char *path = without_tilde(place), *file;
	bool ends;

	if (!path) {
		*why = mem_strdup(_("「~」がどこかわかりません（環境変数 HOME がありません）。/ から書いてください"));
		return NULL;
	}
	ends = text_has_suffix(path, "/");
	if (!ends && !directory_is(path)) {
		if (text_has_suffix(path, RECORD_ENDING))
			return path;
		*why = mem_strdup(*path
			? _("そのディレクトリはありません。ファイルの名前なら .csv で終わらせてください")
			: _("保存先が空です。ファイルの名前かディレクトリを書いてください"));
		free(path);
		return NULL;
	}
	file = buf_format("%s%s%s", path, ends ? "" : "/",
	                  slash ? slash + 1 : d->path);
	free(path);
	return file;
}

/* FORMAT, which has a %s or two, about the files (or whoever) ONE and TWO. */
__attribute__((format(printf, 1, 0)))
static char *words_about(const char *format, const char *one, const char *two)
{
	char *first = text_from_bytes(one), *second = text_from_bytes(two);
	char *words;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	words = buf_format(format, first, second);
#pragma GCC diagnostic pop
	free(first);
	free(second);
	return words;
}

/* True where there is nothing in it that was not saved. */
static bool is_all_saved(const struct document *d)
{
	struct buf csv;
	bool is;

	if (document_is_saving(d) && d->saving == SAVING_IF_LOST)
		return true;
	buf_init(&csv);
	record_csv_write(d->record, &csv);
	is = stamp_is_of(&d->on_disk, csv.s, csv.len);
	buf_release(&csv);
	return is;
}

char *document_lost(const struct document *d)
{
	if (document_is_saving(d) && d->saving == SAVING_FINISHED)
		return words_about(_("「%s」を完成できないまま終わりました。答えはそこに残っています"),
		                   d->path, "");
	return words_about(is_all_saved(d)
		? _("「%s」に保存できないまま終わりました。最後に保存したあとの変更はありません")
		: d->on_disk.there
		? _("「%s」に保存できないまま終わりました。最後に保存したあとの答えは残っていません")
		: _("「%s」に保存できないまま終わりました。答えは残っていません"),
		d->path, "");
}

void describe_overtaken(const struct document *d, struct overtaken *words)
{
	words->what = words_about(_("「%s」は、開いたあとでほかで変更されています。答えは「%s」に保存してあります"),
	                          d->overtaken, d->path);
	words->keep = words_about(_("「%s」で続ける（「%s」には触れません）"),
	                          d->path, d->overtaken);
	words->replace = words_about(_("「%s」に上書きする（ほかでの変更は失われます）"),
	                             d->overtaken, "");
}

void overtaken_release(struct overtaken *words)
{
	free(words->what);
	free(words->keep);
	free(words->replace);
}

/* That what JOB was to remove is still there: a new string. */
static char *words_about_left(const struct save *job)
{
	return words_about(_("「%s」はもう要りませんが、消せません: %s"),
	                   job->left, job->left_error
	                   ? file_error(job->left_error)
	                   : _("ほかで変更されています"));
}

/* What is to be remarked on now that JOB is done: a new string, or NULL. */
static char *remark_on(const struct document *d, const struct save *job)
{
	if (job->unsettled)
		return file_failure_text(d->path, &job->failure);
	if (job->left)
		return words_about_left(job);
	if (d->saving == SAVING_BESIDE && d->overtaken)
		return words_about(_("「%s」はほかで変更されていたので、答えは「%s」に保存しました"),
		                   d->overtaken, d->path);
	return job->vanished
		? words_about(_("「%s」がなくなっていたので、保存し直しました"),
		              d->path, "")
		: NULL;
}

/* The file that the record now is, JOB being done. */
static void become_file(struct document *d, struct save *job)
{
	/* Else it was only a name that was free when we found it. */
	bool known = d->named || d->on_disk.there;
	char *path = d->path;

	d->on_disk = job->files[job->n - 1].stamp;
	d->saved |= d->saving != SAVING_IF_LOST || job->vanished;
	d->late = (struct stamp){0};
	if (job->lock || d->next_path) {
		change_lock(d, job->lock);
		job->lock = NULL;
	}
	if (!d->next_path)
		return;
	d->path = d->next_path;
	d->next_path = NULL;
	document_keep(d);
	if (d->saving == SAVING_BESIDE && known)
		d->overtaken = path;
	else
		free(path);
	d->named |= d->saving == SAVING_AS;
}

static void become_next(struct document *d, struct save *job)
{
	become_file(d, job);
	if (d->next_record) {
		record_free(d->record);
		d->record = d->next_record;
		d->sheet = d->next_sheet;
	}
	d->next_sheet = NULL;
	d->next_record = NULL;
	note_place(d);
}

/* WHY, and that the file LEFT could not be taken back; takes WHY. */
static char *with_left(char *why, const char *left)
{
	char *words = words_about(_("%s。「%s」は消せずに残っています"), why,
	                          left);

	free(why);
	return words;
}

/* Why JOB was not done: a new string. */
static char *why_not(const struct save *job)
{
	const char *path = job->files[job->failed].path;
	char *holder, *why;

	if (job->overtaken)
		return words_about(_("「%s」はほかで変更されています"), path, "");
	if (!job->holder) {
		why = file_failure_text(path, &job->failure);
		return job->left ? with_left(why, job->left) : why;
	}
	holder = lock_words(job->holder);
	why = words_about(_("「%s」はほかで記入中です（%s）"), path, holder);
	free(holder);
	return why;
}

/* True where JOB only found that another has changed a file that had nothing of
 * ours. */
static bool is_theirs(const struct document *d, const struct save *job)
{
	return d->saving == SAVING_IF_LOST && job->overtaken && !d->saved;
}

/* JOB was not done. True where there is no need to ask what to do: nobody chose
 * that place, so that there may be another. */
static bool goes_beside(struct document *d, const struct save *job)
{
	const struct save_file *f = &job->files[job->n - 1];

	if (strcmp(f->path, d->path) == 0) /* it may stand there all the same */
		d->on_disk = f->stamp;
	forget_next(d);
	return (job->overtaken && d->saving != SAVING_IN_PLACE) ||
	       (job->holder && d->saving == SAVING_AS_IT_IS);
}

enum settled document_settle(struct document *d, int milliseconds, char **why)
{
	enum settled s = SETTLED_FAILED;
	struct save *job;

	if (!saver_is_busy(d->saver))
		return SETTLED;
	job = saver_end(d->saver, milliseconds);
	if (!job)
		return SETTLED_NOT_YET;
	if (job->failed < 0) {
		become_next(d, job);
		*why = remark_on(d, job);
		s = *why ? SETTLED_REMARK : SETTLED;
	} else if (is_theirs(d, job)) {
		*why = words_about(_("「%s」は、開いたあとでほかで変更されています。ここでの変更はないので、そのままにしました"),
		                   d->path, "");
		s = SETTLED_REMARK;
	} else if (goes_beside(d, job)) {
		begin_beside(d);
		s = document_settle(d, milliseconds, why);
	} else {
		*why = why_not(job);
	}
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

const char *document_target(const struct document *d)
{
	return d->next_path ? d->next_path : d->path;
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

/* SHEET, whose bytes are taken. */
static void add_sheet(struct save *job, struct encoded *sheet, const char *path)
{
	save_add(job, mem_strdup(path), sheet->bytes.s, sheet->bytes.len,
	         (struct stamp){0});
	buf_init(&sheet->bytes);
}

void document_set_encoding(struct document *d, enum encoding e)
{
	d->sheet_style = (struct file_style){ e, encoding_facts[e].line_end };
}

void document_sheet(const struct document *d, const struct sheet_layout *layout,
                    struct encoded *sheet)
{
	struct record *r = record_copy(d->record);

	record_finish(r);
	sheet_encode(r, layout, SHEET_NA_TOLD, &d->sheet_style, sheet);
	record_free(r);
}

bool document_finish(struct document *d, const struct sheet_layout *layout)
{
	struct encoded sheet;
	struct record *r;
	struct save *job;
	bool stays;

	if (saver_is_busy(d->saver))
		return false;
	r = record_copy(d->record);
	record_finish(r);
	sheet_encode(r, layout, SHEET_NA_TOLD, &d->sheet_style, &sheet);
	if (!encoded_fine(&sheet)) {
		encoded_release(&sheet);
		record_free(r);
		return false;
	}
	choose_names(d, r);
	d->next_record = r;
	d->saving = SAVING_FINISHED;
	stays = strcmp(d->next_path, d->path) == 0;
	job = save_new();
	add_sheet(job, &sheet, d->next_sheet);
	encoded_release(&sheet);
	add_record(job, r, d->next_path, stays ? d->on_disk : (struct stamp){0});
	if (d->on_disk.there && !stays) {
		job->obsolete = mem_strdup(d->path);
		job->obsolete_stamp = d->on_disk;
	}
	saver_begin(d->saver, job);
	return true;
}
