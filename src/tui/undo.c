/* SPDX-License-Identifier: MIT */
#include "tui/undo.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/word.h"

#define RUN_MOST 120 /* bytes of a step that grows: 40 characters of Japanese */

static void forget(struct undo *u, struct undo_step *step)
{
	u->bytes -= step->n_other + sizeof *step;
	free(step->other);
}

void undo_release(struct undo *u)
{
	for (size_t i = 0; i < u->all; i++)
		free(u->steps[i].other);
	free(u->steps);
	*u = (struct undo){0};
}

/* What was taken back is not done again once something else is. */
static void forget_undone(struct undo *u)
{
	while (u->all > u->n)
		forget(u, &u->steps[--u->all]);
}

static void forget_oldest(struct undo *u)
{
	size_t gone = 0;

	while (u->bytes > UNDO_MOST && gone + 1 < u->n)
		forget(u, &u->steps[gone++]);
	if (!gone)
		return;
	u->n -= gone;
	u->all -= gone;
	memmove(u->steps, u->steps + gone, u->all * sizeof *u->steps);
}

/* ADDED goes on with what was typed in STEP. */
static bool is_same_run(const struct undo_step *step, const char *text, size_t at,
                        const char *added)
{
	size_t begins = step->at + step->length;
	char two[16];
	size_t n = at < 4 ? at : 4;

	if (at != begins || *added == '\n' || text[at - 1] == '\n')
		return false;
	memcpy(two, text + at - n, n);
	two[n] = '\0';
	strncat(two, added, 4);
	return !word_begins(two, n);
}

/* Let the last step take the change in; false where it is one of its own. */
static bool joins(struct undo *u, enum undo_kind kind, const char *text, size_t at,
                  size_t n, const char *added, size_t length)
{
	struct undo_step *step = u->n ? &u->steps[u->n - 1] : NULL;
	char *joined;

	if (!step || u->apart || kind == UNDO_OTHER || step->kind != kind ||
	    step->length + step->n_other >= RUN_MOST)
		return false;
	if (kind == UNDO_TYPED) {
		if (n || !is_same_run(step, text, at, added))
			return false;
		step->length += length;
		return true;
	}
	if (length || step->length ||
	    step->at != (kind == UNDO_BACK ? at + n : at))
		return false;
	joined = mem_alloc(step->n_other + n + 1);
	memcpy(joined + (kind == UNDO_BACK ? n : 0), step->other, step->n_other);
	memcpy(joined + (kind == UNDO_BACK ? 0 : step->n_other), text + at, n);
	joined[step->n_other + n] = '\0';
	free(step->other);
	step->other = joined;
	step->n_other += n;
	step->at = at;
	u->bytes += n;
	return true;
}

void undo_note(struct undo *u, enum undo_kind kind, const char *text, size_t at,
               size_t n, const char *added, size_t length, size_t cursor)
{
	forget_undone(u);
	if (!joins(u, kind, text, at, n, added, length)) {
		u->steps = mem_room(u->steps, u->n, &u->cap, sizeof *u->steps);
		u->steps[u->n++] = (struct undo_step){
			kind, at, length, mem_strndup(text + at, n), n, cursor,
		};
		u->all = u->n;
		u->bytes += n + sizeof *u->steps;
	}
	u->apart = false;
	forget_oldest(u);
}

struct undo_step *undo_back(struct undo *u)
{
	u->apart = true;
	return u->n ? &u->steps[--u->n] : NULL;
}

struct undo_step *undo_again(struct undo *u)
{
	u->apart = true;
	return u->n < u->all ? &u->steps[u->n++] : NULL;
}

void undo_done(struct undo *u, struct undo_step *step, char *replaced)
{
	size_t n = step->length;

	free(step->other);
	u->bytes += n - step->n_other;
	step->other = replaced;
	step->length = step->n_other;
	step->n_other = n;
}
