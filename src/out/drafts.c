/* SPDX-License-Identifier: MIT */
#include "out/drafts.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "out/file.h"
#include "out/lock.h"
#include "out/record_csv.h"

/* Who filled it in and for what, as far as R says. A new string. */
static char *title_of(const struct record *r)
{
	static const enum list_role roles[] = { LIST_WHO, LIST_WHAT };
	struct buf title;

	buf_init(&title);
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
		int q = r->form->listed[roles[i]];

		if (q >= 0 && *record_effective_answer(r, q))
			buf_addf(&title, "%s%s", title.len ? " " : "",
			         record_effective_answer(r, q));
	}
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
	if (record_csv_read(form, (struct moment){0}, bytes, length,
	                    ENCODING_UNKNOWN, path, &csv, &diags)) {
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
	return text_has_suffix(entry->d_name, ".csv") &&
	       entry->d_name[0] != '.';
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* Who fills in PATH, in words; NULL: nobody. */
static char *holder_of(const char *path)
{
	char *line = lock_holder(path);
	char *words = line ? lock_words(line) : NULL;

	free(line);
	return words;
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
			list->items[list->n++] = (struct draft){
				path, title, holder_of(path),
			};
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
		free(list->items[i].holder);
	}
	free(list->items);
	*list = (struct draft_list){0};
}
