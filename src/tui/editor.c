/* SPDX-License-Identifier: MIT */
#include "tui/editor.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unigbrk.h>
#include <unistr.h>

#include "base/mem.h"
#include "record/record.h"
#include "tui/width.h"
#include "tui/word.h"

#define WHEEL_LINES 3

/* --- lines -------------------------------------------------------------- */

static size_t paragraph_start(const struct editor *e, size_t at)
{
	const char *before = memrchr(e->text.s, '\n', at);

	return before ? (size_t)(before - e->text.s) + 1 : 0;
}

static size_t paragraph_end(const struct editor *e, size_t at)
{
	return (size_t)(strchrnul(e->text.s + at, '\n') - e->text.s);
}

static void put_lines(struct editor *e, size_t at, size_t replaced,
                      const struct text_lines *lines, size_t offset)
{
	size_t after = e->n_lines - at - replaced;

	while (at + lines->n + after > e->cap_lines)
		e->lines = mem_room(e->lines, e->cap_lines, &e->cap_lines,
		                    sizeof *e->lines);
	memmove(e->lines + at + lines->n, e->lines + at + replaced,
	        after * sizeof *e->lines);
	for (size_t i = 0; i < lines->n; i++)
		e->lines[at + i] = (struct text_line){
			lines->items[i].start + offset, lines->items[i].length,
		};
	e->n_lines = at + lines->n + after;
}

static void wrap(const struct editor *e, size_t start, size_t end,
                 struct text_lines *lines)
{
	char *text = mem_strndup(e->text.s + start, end - start);

	/* A line keeps a column for the cursor behind its last character. */
	text_wrap(text, e->columns - 1, screen_width(), lines);
	free(text);
}

/* Lines FROM up to TO are to be drawn again. */
static void note_changed(struct editor *e, size_t from, size_t to)
{
	bool none = e->changed_from == e->changed_to;

	if (none || from < e->changed_from)
		e->changed_from = from;
	if (none || to > e->changed_to)
		e->changed_to = to;
}

static void wrap_all(struct editor *e)
{
	struct text_line whole = { 0, e->text.len };
	struct text_lines lines = { &whole, 1 };

	if (e->many_lines)
		wrap(e, 0, e->text.len, &lines);
	put_lines(e, 0, e->n_lines, &lines, 0);
	if (e->many_lines)
		text_lines_release(&lines);
	note_changed(e, 0, (size_t)-1);
}

/* The last line that begins at or before AT. */
static size_t line_at(const struct editor *e, size_t at)
{
	size_t low = 0, high = e->n_lines;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (e->lines[middle].start <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* A character that whatever decides on a line break behind the next one does not
 * look past. */
static bool is_ordinary(ucs4_t c)
{
	return !uc_is_property_white_space(c) &&
	       uc_graphemeclusterbreak_property(c) == GBP_OTHER;
}

/* Kept with the digits before it, which may stand in the line above. */
static bool is_digit_separator(const struct editor *e, size_t at)
{
	ucs4_t c;

	return u8_next(&c, (const uint8_t *)e->text.s + at) &&
	       (c == ',' || c == '.' || c == 0xFF0C || c == 0xFF0E);
}

/* The end of the last character whose place does not depend on what comes at AT:
 * another ordinary one keeps it out of reach. */
static size_t out_of_reach(const struct editor *e, size_t at)
{
	const uint8_t *s = (const uint8_t *)e->text.s, *p = s + at;
	size_t ordinary = 0, end = 0;
	ucs4_t c;

	for (const uint8_t *before; ordinary < 2 && (before = u8_prev(&c, p, s));
	     p = before) {
		ordinary += is_ordinary(c);
		end = (size_t)(p - s);
	}
	return ordinary == 2 ? end : 0;
}

/* True where LINE begins where it does whatever comes behind END: where the line
 * above has not the room for all up to there, it was decided before END how it ends.
 * So it was for the lines above that, which had room for less of it. */
static bool is_settled(const struct editor *e, size_t line, size_t end)
{
	size_t start = e->lines[line].start;
	size_t above;

	if (!start || e->text.s[start - 1] == '\n')
		return true;
	above = e->lines[line - 1].start;
	/* One grapheme has a line, however wide it is. */
	return end > above + text_grapheme(e->text.s + above) &&
	       !is_digit_separator(e, start) &&
	       text_columns(e->text.s + above, end - above, screen_width()) >
	       e->columns - 1;
}

/* The last line at or above AT that is settled, whatever comes there. */
static size_t last_settled(const struct editor *e, size_t at)
{
	size_t line = line_at(e, at), end = out_of_reach(e, at);

	while (!is_settled(e, line, end))
		line--;
	return line;
}

/* How many of the N lines from FIRST on are as they were, text and all, in LINES,
 * the new ones, after a change at AT. LINES count from OFFSET. */
static size_t count_same(const struct editor *e, size_t first, size_t n,
                         const struct text_lines *lines, size_t offset,
                         size_t at)
{
	size_t same = 0;

	while (same < n && same < lines->n) {
		const struct text_line *old = &e->lines[first + same];
		const struct text_line *new = &lines->items[same];

		if (old->start != new->start + offset ||
		    old->length != new->length || old->start + old->length > at)
			break;
		same++;
	}
	return same;
}

/* A change: what stood from AT to OLD_TO stands from there to TO now. */
struct edit {
	size_t at;
	size_t to;
	size_t old_to;
};

/* What decides on a line break looks no further back than so many bytes. */
#define CONTEXT 32

/* The first of LINES, new ones from OFFSET on that do not reach their paragraph's
 * end, which begins where an old one did, *OLD: from there on all are as they were.
 * Of the last ones something unseen decides. 0 where there is none. */
static size_t find_old_line(const struct editor *e, const struct edit *edit,
                            const struct text_lines *lines, size_t offset,
                            size_t *old)
{
	for (size_t i = 1; i + 2 < lines->n; i++) {
		size_t start = lines->items[i].start + offset;
		size_t was = start - edit->to + edit->old_to;

		if (start < edit->to + CONTEXT)
			continue;
		*old = line_at(e, was);
		if (e->lines[*old].start == was)
			return i;
	}
	return 0;
}

/* Wrap from START, a settled line's, to where it is as it was, or its paragraph's
 * end. Returns the first old line that stays. */
static size_t wrap_changed(const struct editor *e, const struct edit *edit,
                           size_t start, struct text_lines *lines)
{
	size_t end = paragraph_end(e, edit->to), old = 0;

	for (size_t room = 8 * e->columns; ; room *= 2) {
		size_t stop = end - edit->to > room ? edit->to + room : end;
		size_t same;

		while (stop < end && (e->text.s[stop] & 0xC0) == 0x80)
			stop++;
		wrap(e, start, stop, lines);
		if (stop == end)
			return line_at(e, end - edit->to + edit->old_to) + 1;
		same = find_old_line(e, edit, lines, start, &old);
		if (same) {
			lines->n = same;
			return old;
		}
		text_lines_release(lines);
	}
}

static void rewrap(struct editor *e, const struct edit *edit)
{
	size_t first = last_settled(e, edit->at), n;
	size_t start = e->lines[first].start;
	struct text_lines lines;

	if (!e->many_lines) {
		wrap_all(e);
		return;
	}
	n = wrap_changed(e, edit, start, &lines) - first;
	for (size_t i = first + n; i < e->n_lines; i++)
		e->lines[i].start += edit->to - edit->old_to;
	/* The same number of lines leaves those below where they are. */
	note_changed(e, first + count_same(e, first, n, &lines, start, edit->at),
	             lines.n == n ? first + n : (size_t)-1);
	put_lines(e, first, n, &lines, start);
	text_lines_release(&lines);
}

/* --- the cursor --------------------------------------------------------- */

size_t editor_cursor_line(const struct editor *e)
{
	return line_at(e, e->cursor) - e->behind;
}

size_t editor_cursor_column(const struct editor *e)
{
	size_t line = editor_cursor_line(e);
	size_t start = e->lines[line].start;
	size_t columns = text_columns(e->text.s + start, e->cursor - start,
	                              screen_width());

	/* Spaces at a line's end hang over it. */
	return e->many_lines && columns > e->columns - 1 ? e->columns - 1
	                                                 : columns;
}

/* One line has nothing above or below it. */
static void set_goal(struct editor *e)
{
	if (e->many_lines)
		e->goal = editor_cursor_column(e);
}

/* Where LINE gives way to the next: at its line break, if it has one. */
static size_t line_limit(const struct editor *e, size_t line)
{
	size_t next;

	if (line + 1 == e->n_lines)
		return e->text.len;
	next = e->lines[line + 1].start;
	return e->text.s[next - 1] == '\n' ? next - 1 : next;
}

/* Where LINE's text ends for the cursor: before the spaces that it was broken at. */
static size_t line_end(const struct editor *e, size_t line)
{
	size_t limit = line_limit(e, line);

	return e->text.s[limit] && e->text.s[limit] != '\n'
		? e->lines[line].start + e->lines[line].length : limit;
}

static void put_cursor(struct editor *e, size_t line, size_t at)
{
	e->cursor = at;
	e->behind = line_at(e, at) > line;
}

/* The place in LINE at COLUMN, or as near as it comes. */
static size_t at_column(const struct editor *e, size_t line, size_t column)
{
	size_t limit = line_limit(e, line);
	size_t at = e->lines[line].start, used = 0, n;

	while (at < limit && (n = text_grapheme(e->text.s + at))) {
		used += text_columns(e->text.s + at, n, screen_width());
		if (used > column)
			break;
		at += n;
	}
	return at < limit ? at : line_end(e, line);
}

void editor_place(struct editor *e, size_t line, size_t column)
{
	if (line >= e->n_lines)
		line = e->n_lines - 1;
	put_cursor(e, line, at_column(e, line, column));
	set_goal(e);
}

/* Some place between graphemes before AT, which is not 0: before a character that
 * joins nothing before it, whatever that is. Mostly the character before AT. */
static size_t boundary_before(const struct editor *e, size_t at)
{
	const uint8_t *s = (const uint8_t *)e->text.s, *p = s + at;
	ucs4_t c, before;

	while ((p = u8_prev(&c, p, s)) && u8_prev(&before, p, s) &&
	       (uc_graphemeclusterbreak_property(c) != GBP_OTHER ||
	        uc_is_property_extended_pictographic(c) ||
	        uc_graphemeclusterbreak_property(before) == GBP_PREPEND))
		;
	return p ? (size_t)(p - s) : 0;
}

static size_t grapheme_before(const struct editor *e, size_t at)
{
	size_t start, n;

	if (at == 0)
		return 0;
	start = boundary_before(e, at);
	while ((n = text_grapheme(e->text.s + start)) && start + n < at)
		start += n;
	return start;
}

/* The first place between graphemes from AT on. */
static size_t grapheme_boundary(const struct editor *e, size_t at)
{
	size_t boundary = at ? boundary_before(e, at) : 0;

	while (boundary < at)
		boundary += text_grapheme(e->text.s + boundary);
	return boundary;
}

/* --- changing ----------------------------------------------------------- */

static void change(struct editor *e, size_t from, size_t to, const char *text,
                   size_t length)
{
	char *tail = mem_strndup(e->text.s + to, e->text.len - to);

	e->text.len = from;
	buf_add_bytes(&e->text, text, length);
	e->cursor = e->text.len;
	buf_add(&e->text, tail);
	free(tail);
	rewrap(e, &(struct edit){ from, e->cursor, to });
}

/* The cursor at AT, or behind what now joins there: what stood on both sides may be
 * one. */
static enum editor_result changed(struct editor *e, size_t at)
{
	e->behind = false;
	e->cursor = grapheme_boundary(e, at);
	set_goal(e);
	return EDITOR_CHANGED;
}

static enum editor_result replace(struct editor *e, enum undo_kind kind, size_t from,
                                  size_t to, const char *text, size_t length)
{
	if (length && e->text.len - (to - from) + length > RECORD_LONGEST_ANSWER)
		return EDITOR_FULL;
	undo_note(&e->undo, kind, e->text.s, from, to - from, text, length,
	          e->cursor);
	change(e, from, to, text, length);
	return changed(e, e->cursor);
}

/* Take STEP back, or do it AGAIN. */
static enum editor_result step(struct editor *e, struct undo_step *step, bool again)
{
	char *replaced;

	if (!step)
		return EDITOR_MOVED;
	replaced = mem_strndup(e->text.s + step->at, step->length);
	change(e, step->at, step->at + step->length, step->other, step->n_other);
	undo_done(&e->undo, step, replaced);
	return changed(e, again ? step->at + step->length : step->cursor);
}

static enum editor_result delete(struct editor *e, enum undo_kind kind, size_t from,
                                 size_t to)
{
	return from == to ? EDITOR_MOVED : replace(e, kind, from, to, "", 0);
}

/* Delete and remember what ^Y brings back: with what was just deleted in the same way
 * before, as AGAIN says. */
static enum editor_result kill(struct editor *e, bool again, size_t from, size_t to)
{
	char *killed = again ? e->killed : NULL;
	const char *taken = e->text.s + from;
	int n = (int)(to - from);

	e->killing = again;
	if (from == to)
		return EDITOR_MOVED;
	e->killing = true;
	killed = to > e->cursor && from == e->cursor
		? buf_format("%s%.*s", killed ? killed : "", n, taken)
		: buf_format("%.*s%s", n, taken, killed ? killed : "");
	free(e->killed);
	e->killed = killed;
	return delete(e, UNDO_OTHER, from, to);
}

/* The start of the word before the cursor, or of its paragraph. */
static size_t word_before(const struct editor *e)
{
	size_t start = paragraph_start(e, e->cursor);
	size_t word = word_start(e->text.s, e->cursor);

	return word > start ? grapheme_boundary(e, word) : start;
}

static size_t word_after(const struct editor *e)
{
	size_t limit = paragraph_end(e, e->cursor);
	size_t word = word_end(e->text.s, e->cursor);

	return word < limit ? grapheme_boundary(e, word) : limit;
}

static enum editor_result insert(struct editor *e, enum undo_kind kind,
                                 const char *text)
{
	enum editor_result result = EDITOR_IGNORED;
	char *typed = text_typed(text, e->many_lines);

	e->killing = false;
	if (*typed)
		result = replace(e, kind, e->cursor, e->cursor, typed,
		                 strlen(typed));
	free(typed);
	return result;
}

enum editor_result editor_type(struct editor *e, key_code character)
{
	char bytes[7] = "";

	if (u8_uctomb((uint8_t *)bytes, character, 6) <= 0 ||
	    (character < ' ' && character != '\n'))
		return EDITOR_IGNORED;
	/* An input method sends a grapheme a character at a time: what these
	 * belong to stands in the text, or is still to come. */
	if (character == 0x200D || uc_is_property_variation_selector(character))
		return replace(e, UNDO_TYPED, e->cursor, e->cursor, bytes,
		               strlen(bytes));
	return insert(e, UNDO_TYPED, bytes);
}

enum editor_result editor_paste(struct editor *e, const char *text)
{
	return insert(e, UNDO_OTHER, text);
}

/* --- actions ------------------------------------------------------------ */

static enum editor_result move(struct editor *e, size_t to)
{
	e->cursor = to;
	e->behind = false;
	set_goal(e);
	return EDITOR_MOVED;
}

static enum editor_result move_line(struct editor *e, int by)
{
	size_t line = editor_cursor_line(e);

	if (by < 0 && line == 0)
		return EDITOR_LEFT_UP;
	if (by > 0 && line + 1 == e->n_lines)
		return EDITOR_LEFT_DOWN;
	line += (size_t)by;
	put_cursor(e, line, at_column(e, line, e->goal));
	return EDITOR_MOVED;
}

/* By so many lines, or as far as there are any. */
static enum editor_result move_far(struct editor *e, long by)
{
	long line = (long)editor_cursor_line(e) + by, last = (long)e->n_lines - 1;

	line = line < 0 ? 0 : line > last ? last : line;
	put_cursor(e, (size_t)line, at_column(e, (size_t)line, e->goal));
	return EDITOR_MOVED;
}

enum editor_result editor_do(struct editor *e, enum action action)
{
	size_t line = editor_cursor_line(e);
	size_t next = e->cursor + text_grapheme(e->text.s + e->cursor);
	long rows = e->rows > 1 ? (long)e->rows : 1;
	bool again = e->killing;

	e->killing = false;
	switch (action) {
	case ACTION_LEFT:
		return move(e, grapheme_before(e, e->cursor));
	case ACTION_RIGHT:
		return move(e, next);
	case ACTION_UP:
		return move_line(e, -1);
	case ACTION_DOWN:
		return move_line(e, 1);
	case ACTION_HOME:
		return move(e, e->lines[line].start);
	case ACTION_END:
		put_cursor(e, line, line_end(e, line));
		set_goal(e);
		return EDITOR_MOVED;
	case ACTION_WORD_LEFT:
		return move(e, grapheme_boundary(e, word_start(e->text.s,
		                                               e->cursor)));
	case ACTION_WORD_RIGHT:
		return move(e, grapheme_boundary(e, word_end(e->text.s,
		                                             e->cursor)));
	case ACTION_TEXT_UP:
		return move_far(e, -rows);
	case ACTION_TEXT_DOWN:
		return move_far(e, rows);
	case ACTION_TEXT_START:
		return move(e, 0);
	case ACTION_TEXT_END:
		return move(e, e->text.len);
	case ACTION_WHEEL_UP:
		return move_far(e, -WHEEL_LINES);
	case ACTION_WHEEL_DOWN:
		return move_far(e, WHEEL_LINES);
	case ACTION_DELETE_BACK:
		return delete(e, UNDO_BACK, grapheme_before(e, e->cursor),
		              e->cursor);
	case ACTION_DELETE:
		return delete(e, UNDO_FORWARD, e->cursor, next);
	case ACTION_DELETE_WORD:
		return kill(e, again, word_before(e), e->cursor);
	case ACTION_DELETE_NEXT_WORD:
		return kill(e, again, e->cursor, word_after(e));
	case ACTION_DELETE_TO_END:
		return kill(e, again, e->cursor, paragraph_end(e, e->cursor));
	case ACTION_DELETE_TO_START:
		return kill(e, again, paragraph_start(e, e->cursor), e->cursor);
	case ACTION_DELETE_ALL:
		return kill(e, false, 0, e->text.len);
	case ACTION_YANK:
		return e->killed ? editor_paste(e, e->killed) : EDITOR_IGNORED;
	case ACTION_UNDO:
		return step(e, undo_back(&e->undo), false);
	case ACTION_REDO:
		return step(e, undo_again(&e->undo), true);
	case ACTION_ENTER:
		return e->many_lines ? editor_type(e, '\n') : EDITOR_IGNORED;
	default:
		return EDITOR_IGNORED;
	}
}

/* --- beginning and end -------------------------------------------------- */

void editor_init(struct editor *e, const char *text, bool many_lines,
                 size_t columns)
{
	*e = (struct editor){ .many_lines = many_lines, .columns = columns };
	buf_init(&e->text);
	buf_add(&e->text, text);
	for (char *p = e->text.s; (p = strpbrk(p, many_lines ? "\t" : "\t\n")); )
		*p = ' ';
	e->cursor = e->text.len;
	if (!columns)
		return;
	wrap_all(e);
	set_goal(e);
}

void editor_release(struct editor *e)
{
	if (e->text.s)
		buf_release(&e->text);
	free(e->lines);
	free(e->killed);
	undo_release(&e->undo);
	*e = (struct editor){0};
}

void editor_set(struct editor *e, const char *text)
{
	if (strcmp(text, e->text.s) != 0)
		replace(e, UNDO_OTHER, 0, e->text.len, text, strlen(text));
	move(e, e->text.len);
}

void editor_resize(struct editor *e, size_t columns)
{
	if (columns != e->columns) {
		e->columns = columns;
		e->behind = false;
		wrap_all(e);
	}
	set_goal(e);
}
