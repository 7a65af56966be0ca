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
 * The record is always saved as record_csv.h says, whatever encoding it was read in;
 * the sheet is a text for people, in the encoding that they choose.
 *
 * Saving, in verbs for both wizards: document_save, document_look,
 * document_save_as, document_replace and document_finish begin to write the record as
 * it is now (saver.h), and document_settle says what came of it. Only then does the document
 * change. One save at a time: they say false where another is under way, but for
 * document_save_as, which gives that up. Whatever way the program ends, fatal_note
 * knows where the answers stand.
 *
 * Two at once: as long as a record is filled in, its file is locked (lock.h); a new
 * one from its first save on. Whoever opens it second reads it. Where locks do not
 * work, a file that another has changed since (stamp.h) is left to that one: the
 * answers go on to be saved beside it, under the next free name, so that none is
 * ever without a file, until the person chooses between the two.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef OUT_DOCUMENT_H
#define OUT_DOCUMENT_H

#include "base/diag.h"
#include "out/encoder.h"
#include "out/lock.h"
#include "out/sheet_layout.h"
#include "out/stamp.h"
#include "record/record.h"

struct document {
	struct record *record;
	char *path;     /* where it is saved */
	char *sheet;    /* where its sheet is, once it is finished; NULL */
	struct stamp on_disk; /* what has been: if anything, path is ours */
	enum encoding encoding; /* that it was read in; it is saved in UTF-8 */
	struct file_style sheet_style; /* of the sheet that finishing writes */
	bool saved;     /* something of it, since it was opened */
	bool named;     /* by the person, so that finishing keeps the name */
	bool reading;   /* it is only looked at: nothing of it is saved, */
	bool amendable; /* but document_amend may follow */
	char *original; /* the finished record it amends; NULL */
	const char *self;  /* who locks it: lock_self; borrowed */
	struct lock *lock; /* NULL: not yet, or there is none */
	char *holder;    /* who fills it in elsewhere: it is only read; NULL */
	char *overtaken; /* its file, which another has changed; NULL */
	struct stamp late; /* what a save that was given up may make of path */
	struct saver *saver;
	enum saving {
		SAVING_AS_IT_IS,
		SAVING_IF_LOST, /* what is not there any more */
		SAVING_BESIDE,  /* what another has changed */
		SAVING_IN_PLACE, /* of that */
		SAVING_AS,      /* the person says so */
		SAVING_FINISHED,
	} saving; /* the save under way */
	/* what it becomes once that has ended well; NULL: as it is */
	char *next_path;
	char *next_sheet;
	struct record *next_record;
};

/* A new record, to be saved in DIRECTORY ("" or with its '/'); or as PATH,
 * which does not exist. SELF is who locks it. */
struct document *document_new(const struct form *form, struct moment moment,
                              const char *self, const char *directory);
struct document *document_new_at(const struct form *form, struct moment moment,
                                 const char *self, const char *path);

/* How the person came to a record. */
enum opened {
	OPENED_BY_NAME,  /* its file was given: the record stays that file */
	OPENED_AS_DRAFT, /* it was offered: its name may be the one we gave it */
	OPENED_TO_SEE,   /* by name; a finished one to be read, or amended */
	OPENED_TO_READ,  /* by name, only to be read */
};

/* Open PATH, which is UTF-8 or FROM, to go on with it: a draft as itself, a
 * finished record as a new draft that amends it; either to read only, if so opened,
 * or where another has it (d->holder). NULL, with diagnostics added to DIAGS, where
 * it cannot be read. */
struct document *document_open(const struct form *form, struct moment moment,
                               const char *self, const char *path,
                               enum encoding from, enum opened how,
                               struct diag_list *diags);
void document_free(struct document *d); /* NULL is fine */

/* What to tell of the encoding that it was read in: a new string; NULL where that
 * was UTF-8. */
char *document_encoding_remark(const struct document *d);

/* Go on with an amendable record: as a new draft beside it. */
void document_amend(struct document *d);

/* True where nothing of it has been saved yet. */
bool document_is_new(const struct document *d);

/* True where its file has the name of a draft. */
bool document_is_named_as_draft(const struct document *d);

/* Begin to save the record as d->path; where another has changed that, beside it:
 * d->path then is the new name, and d->overtaken the other. */
bool document_save(struct document *d);

/* Begin to look, before one leaves with nothing unsaved, whether what was saved is
 * still there, and to save it as document_save does where it is not. Where nothing
 * was saved since it was opened, and another has changed its file, there is nothing
 * to save: that is remarked on, and the file is theirs. False, too, where there has
 * been no file yet, or it is only read. */
bool document_look(struct document *d);

/* Where it was overtaken, the person has to choose. */
struct overtaken {
	char *what;    /* new strings: what happened; */
	char *keep;    /* to go on with the new name, */
	char *replace; /* or with the old one, what is there being lost */
};
void describe_overtaken(const struct document *d, struct overtaken *words);
void overtaken_release(struct overtaken *words);
void document_keep(struct document *d);
/* Begins a save, like the others; false, too, where it was not overtaken. */
bool document_replace(struct document *d);

/* Begin to save it as PATH, a new file, which it is from then on (that chooses,
 * where it was overtaken); where that fails it stays what it was. A save that is
 * under way does not hold this up: the disk that it waits for is not waited for any
 * longer. */
void document_save_as(struct document *d, const char *path);

/* Where PLACE, typed by the person, means to save: a name that ends in .csv, or
 * a directory, for the name that it has. A new string; NULL and *WHY (a new
 * string) where it is neither. */
char *document_place(const struct document *d, const char *place, char **why);

/* Have the sheet written in E, its lines ended as E's readers expect. */
void document_set_encoding(struct document *d, enum encoding e);

/* The sheet as finishing would write it now. Release with encoded_release. */
void document_sheet(const struct document *d, const struct sheet_layout *layout,
                    struct encoded *sheet);

/* Begin to write sheet and finished record; the draft's own file, where the
 * finished one has another name, is removed. The caller has made sure that the
 * record has no errors and that nothing of its sheet is lost (else it says false,
 * too), and changes nothing in it until that is settled. Where it
 * fails the record is the draft it was, and nothing is left half done; where it is
 * found overtaken, too: the draft is then saved beside, and d->sheet stays NULL. */
bool document_finish(struct document *d, const struct sheet_layout *layout);

enum settled {
	SETTLED,         /* all went well, or nothing was under way */
	SETTLED_REMARK,  /* likewise, but *WHY, a new string, is to be told */
	SETTLED_FAILED,  /* *WHY, a new string, says why */
	SETTLED_NOT_YET,
};

/* What came of the save that was begun, waiting for it MILLISECONDS at most (-1:
 * however long it takes, or until a signal comes). */
enum settled document_settle(struct document *d, int milliseconds, char **why);

/* How long, in milliseconds, whoever is told to leave by a signal, or has lost the
 * terminal, waits for the disk in all: within a second they are to be gone. */
#define DOCUMENT_LAST_WAIT 500

/* What is lost where one leaves without having saved; a new string. */
char *document_lost(const struct document *d);

/* Readable once there is something to settle, to wait on for input; -1 where that
 * is so at once. */
int document_fd(const struct document *d);
bool document_is_saving(const struct document *d); /* there will be */
/* Where the save under way, or else the next one, puts it; borrowed. */
const char *document_target(const struct document *d);

#endif
