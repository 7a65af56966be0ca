/* document.h - a record and the file it lives in
 *
 * What both wizards need to begin, open, save and finish a record; where files
 * go and what they are called is decided here and nowhere else.
 *
 * Names: a new record is DIRECTORY/確認書-作成中-DATE-TIME.csv, and finishing it
 * names record and sheet after the form's instance_name. A record opened by name
 * keeps it, and its sheet is that name with .txt. Amending a finished record
 * begins a new draft beside it; the original is never written to. No existing
 * file is overwritten but the record's own: where a name is taken, the next
 * free one (-2, -3, …) is used.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef OUT_DOCUMENT_H
#define OUT_DOCUMENT_H

#include "base/diag.h"
#include "out/sheet_layout.h"
#include "record/record.h"

struct document {
	struct record *record;
	char *path;     /* where it is saved */
	bool on_disk;   /* it has been: path is ours to replace */
	bool named;     /* by the person, so that finishing keeps the name */
	bool reading;   /* it is only looked at: nothing of it is saved, */
	bool amendable; /* but document_amend may follow */
	char *original; /* the finished record it amends; NULL */
};

/* A new record, to be saved in DIRECTORY ("" or with its '/'); or as PATH,
 * which does not exist. */
struct document *document_new(const struct form *form, struct moment moment,
                              const char *directory);
struct document *document_new_at(const struct form *form, struct moment moment,
                                 const char *path);

/* How the person came to a record. */
enum opened {
	OPENED_BY_NAME,  /* its file was given: the record stays that file */
	OPENED_AS_DRAFT, /* it was offered: its name may be the one we gave it */
	OPENED_TO_SEE,   /* by name; a finished one to be read, or amended */
	OPENED_TO_READ,  /* by name, only to be read */
};

/* Open PATH to go on with it: a draft as itself, a finished record as a new
 * draft that amends it; either to read only, if so opened. NULL, with diagnostics added to DIAGS, where it cannot
 * be read. */
struct document *document_open(const struct form *form, struct moment moment,
                               const char *path, enum opened how,
                               struct diag_list *diags);
void document_free(struct document *d); /* NULL is fine */

/* Go on with an amendable record: as a new draft beside it. */
void document_amend(struct document *d);

/* True where nothing of it has been saved yet. */
bool document_is_new(const struct document *d);

/* True where its file has the name of a draft. */
bool document_is_named_as_draft(const struct document *d);

/* Save the record as d->path. False and *WHY (a new string) on failure. */
bool document_save(struct document *d, char **why);

/* Save it as PATH, a new file, which it is from now on. Likewise on failure; then
 * it stays what it was. */
bool document_save_as(struct document *d, const char *path, char **why);

struct finished {
	char *record; /* paths of what was written; new strings */
	char *sheet;
};

/* Write sheet and finished record; the draft's own file, where the finished one
 * has another name, is removed. The caller has made sure that the record has
 * no errors. On failure *WHY is set, the record is the draft it was, and
 * nothing is left half done. */
bool document_finish(struct document *d, const struct sheet_layout *layout,
                     struct finished *files, char **why);
void finished_release(struct finished *files);

/* The drafts of FORM in DIRECTORY ("" is here), by name; at most DRAFTS_MAX, and
 * as many as are found in DRAFTS_MAX_BYTES of files. */
#define DRAFTS_MAX 50
#define DRAFTS_MAX_BYTES (16 * 1024 * 1024)
struct draft {
	char *path;
	char *title; /* whose it is and of what (the form's column `list`) */
};
struct draft_list {
	struct draft *items;
	size_t n;
	bool more; /* files that were not looked at */
};
void drafts_find(const struct form *form, const char *directory,
                 struct draft_list *list);
void draft_list_release(struct draft_list *list);

#endif
