/* SPDX-License-Identifier: MIT */
#include "tui/pager.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/width.h"

#define CONTEXT 2 /* lines seen before what was gone to */
#define INDENT_NARROW 4 /* where more would be half of it */
#define NEEDLE_MOST 96 /* bytes: a line of it, and found soon in whatever text */
#define COUNTED (64 * 1024) /* bytes of text in which all places are counted */

void pager_init(struct pager *p, const char *title, bool chooses)
{
	*p = (struct pager){ .title = mem_strdup(title), .chooses = chooses,
	                      .margin = 1 };
	editor_init(&p->needle, "", false, 40);
	buf_init(&p->whole);
}

void pager_release(struct pager *p)
{
	for (size_t i = 0; i < p->n; i++)
		free(p->entries[i].text);
	free(p->entries);
	free(p->parts);
	buf_release(&p->whole);
	free(p->lines);
	free(p->title);
	editor_release(&p->needle);
	*p = (struct pager){0};
}

void pager_add(struct pager *p, char *text, enum style style, int target)
{
	p->entries = mem_room(p->entries, p->n, &p->cap, sizeof *p->entries);
	p->entries[p->n++] = (struct pager_entry){
		.text = text_in_lines(text), .style = style, .target = target,
		.first_part = p->n_parts,
	};
	p->bytes += strlen(p->entries[p->n - 1].text);
	free(text);
}

void pager_indent(struct pager *p, int columns)
{
	p->entries[p->n - 1].indent = columns;
}

void pager_add_part(struct pager *p, size_t at, size_t length, size_t start)
{
	size_t there = strlen(p->entries[p->n - 1].text);

	if (at >= there)
		return;
	if (length > there - at)
		length = there - at;
	p->parts = mem_room(p->parts, p->n_parts, &p->cap_parts,
	                    sizeof *p->parts);
	p->parts[p->n_parts++] = (struct pager_part){ at, length, start };
}

void pager_mark(struct pager *p)
{
	p->entries[p->n - 1].marked = true;
}

/* --- lines -------------------------------------------------------------- */

static int indent_of(const struct pager *p, const struct pager_entry *e)
{
	return e->indent <= p->columns / 2 ? e->indent : INDENT_NARROW;
}

static void add_line(struct pager *p, size_t entry, struct text_line line)
{
	p->lines = mem_room(p->lines, p->n_lines, &p->cap_lines, sizeof *p->lines);
	p->lines[p->n_lines++] = (struct pager_line){ entry, line.start,
	                                              line.length };
}

static void wrap_entry(struct pager *p, size_t i)
{
	struct pager_entry *e = &p->entries[i];
	int columns = p->columns - 2 * p->margin;
	struct text_lines lines;

	e->first_line = p->n_lines;
	if (p->wide) {
		int width = screen_columns(e->text);

		add_line(p, i, (struct text_line){ 0, strlen(e->text) });
		p->widest = width > p->widest ? width : p->widest;
		return;
	}
	text_wrap_after(e->text, (size_t)columns,
	                (size_t)(columns - indent_of(p, e)), screen_width(), &lines);
	for (size_t k = 0; k < lines.n; k++)
		add_line(p, i, lines.items[k]);
	text_lines_release(&lines);
}

static size_t lines_of(const struct pager *p, size_t entry)
{
	size_t next = entry + 1 < p->n ? p->entries[entry + 1].first_line
	                               : p->n_lines;

	return next - p->entries[entry].first_line;
}

static size_t last_top(const struct pager *p)
{
	return p->n_lines > (size_t)p->rows ? p->n_lines - (size_t)p->rows : 0;
}

void pager_beyond(const struct pager *p, size_t *above, size_t *below)
{
	size_t end = p->top + (size_t)p->rows - p->searching; /* the prompt's row */

	*above = p->top;
	*below = p->n_lines > end ? p->n_lines - end : 0;
}

/* Keep what is pointed at in sight, of what is higher than the screen a part; and
 * the last line at the bottom. */
static void settle(struct pager *p)
{
	if (p->chooses && p->n) {
		long first = (long)p->entries[p->current].first_line;
		long last = first + (long)lines_of(p, p->current) - p->rows;
		long low = first < last ? first : last;
		long high = first < last ? last : first;

		if ((long)p->top < low)
			p->top = (size_t)low;
		if ((long)p->top > high)
			p->top = (size_t)high;
	}
	if (p->top > last_top(p))
		p->top = last_top(p);
}

/* The line that holds byte START of ENTRY. */
static size_t line_of(const struct pager *p, size_t entry, size_t start)
{
	size_t line = p->entries[entry].first_line;
	size_t last = line + lines_of(p, entry) - 1;

	while (line < last && p->lines[line + 1].start <= start)
		line++;
	return line;
}

/* The line that was at the top still is, or holds what it began with. */
static void wrap_all(struct pager *p)
{
	struct pager_line seen = {0};

	if (p->top < p->n_lines)
		seen = p->lines[p->top];
	p->n_lines = 0;
	for (size_t i = 0; i < p->n; i++)
		wrap_entry(p, i);
	if (p->n)
		p->top = line_of(p, seen.entry, seen.start);
}

/* See it from column SHIFT on, or from as near as there is something to be seen. */
static void shift_to(struct pager *p, int shift)
{
	int most = p->widest > p->columns ? p->widest - p->columns : 0;

	p->shift = shift > most ? most : shift > 0 ? shift : 0;
	p->drawn = false;
}

void pager_resize(struct pager *p, int rows, int columns)
{
	p->rows = rows > 1 ? rows : 1;
	if (columns != p->columns) {
		p->columns = columns;
		wrap_all(p);
	}
	shift_to(p, p->shift);
	settle(p);
}

/* The next entry after FROM, in direction BY, that has a target; FROM if none. */
static size_t next_choice(const struct pager *p, size_t from, int by)
{
	for (size_t i = from + (size_t)by; i < p->n; i += (size_t)by)
		if (p->entries[i].target != NO_TARGET)
			return i;
	return from;
}

/* Entry I in sight; of a text, with what stands before it. */
static void show_entry(struct pager *p, size_t i)
{
	size_t line = p->entries[i].first_line;
	size_t before = p->chooses ? 0 : CONTEXT;

	p->current = i;
	p->top = line > before ? line - before : 0;
	settle(p);
}

/* Entry I, or where that cannot be gone to, the next that can be, or else the last. */
static size_t choice_at(const struct pager *p, size_t i)
{
	size_t next = p->entries[i].target != NO_TARGET ? i
	                                                : next_choice(p, i, 1);

	return p->entries[next].target != NO_TARGET ? next
	                                            : next_choice(p, i, -1);
}

/* The first entry with TARGET; p->n if there is none. */
static size_t entry_of(const struct pager *p, int target)
{
	size_t i = 0;

	while (i < p->n && p->entries[i].target != target)
		i++;
	return i;
}

void pager_go_to(struct pager *p, int target)
{
	size_t i = entry_of(p, target);

	if (i < p->n) {
		show_entry(p, i);
		return;
	}
	pager_begin(p);
}

void pager_stay(struct pager *p, size_t entry)
{
	show_entry(p, choice_at(p, entry < p->n ? entry : p->current));
}

void pager_begin(struct pager *p)
{
	p->current = 0;
	if (p->chooses && p->n && p->entries[0].target == NO_TARGET)
		p->current = next_choice(p, 0, 1);
}

void pager_go_between(struct pager *p, int from, int to)
{
	size_t i = entry_of(p, from), k = entry_of(p, to), last;

	if (i == p->n || k == p->n) {
		pager_go_to(p, to);
		return;
	}
	last = p->entries[k].first_line + lines_of(p, k);
	p->current = k;
	p->top = last <= p->entries[i].first_line + (size_t)p->rows
		? p->entries[i].first_line : p->entries[k].first_line;
	settle(p);
}

unsigned pager_where(const struct pager *p)
{
	if (p->searching)
		return IN_SEARCH;
	return IN_LIST | (p->chooses ? IN_MENU : 0) |
	       (p->widest > p->columns ? IN_WIDE : 0);
}

int pager_target(const struct pager *p)
{
	return p->n ? p->entries[p->current].target : NO_TARGET;
}

/* --- searching ---------------------------------------------------------- */

/* The parts of entry I end before this one. */
static size_t end_of_parts(const struct pager *p, size_t i)
{
	return i + 1 < p->n ? p->entries[i + 1].first_part : p->n_parts;
}

/* The first place from byte START of the entry on that begins in PART of it. */
static bool look_in_part(const struct pager *p, const struct pager_part *part,
                         size_t start, struct pager_hit *hit)
{
	size_t skipped = start > part->at ? start - part->at : 0;
	const char *from = p->whole.s + part->start + skipped, *at;
	size_t left = part->length > skipped ? part->length - skipped : 0, before;

	at = text_find_within(from, left, p->needle.text.s, &hit->length);
	if (!at)
		return false;
	before = (size_t)(at - from);
	hit->start = part->at + skipped + before;
	if (hit->length > left - before) /* the rest is in another entry */
		hit->length = left - before;
	return true;
}

/* The first place in entry I from byte START on. */
static bool look_in(const struct pager *p, size_t i, size_t start,
                    struct pager_hit *hit)
{
	const struct pager_entry *e = &p->entries[i];
	size_t part = e->first_part, end = end_of_parts(p, i);
	const char *at;

	hit->entry = i;
	if (part == end) {
		at = text_find(e->text + start, p->needle.text.s, &hit->length);
		hit->start = at ? (size_t)(at - e->text) : 0;
		return at;
	}
	while (part < end && !look_in_part(p, &p->parts[part], start, hit))
		part++;
	return part < end;
}

/* The first place in entry I, which is looked for once in each search. */
static bool find_first(struct pager *p, size_t i, struct pager_hit *hit)
{
	struct pager_entry *e = &p->entries[i];

	if (e->sought != p->search) {
		bool found = look_in(p, i, 0, hit);

		e->sought = p->search;
		e->found = hit->start;
		e->found_length = found ? hit->length : 0;
	}
	*hit = (struct pager_hit){ i, e->found, e->found_length };
	return e->found_length > 0;
}

/* The first place in entry I from byte START on; false if there is none. */
static bool find_in(struct pager *p, size_t i, size_t start, struct pager_hit *hit)
{
	if (!find_first(p, i, hit) || (p->chooses && start))
		return false;
	return hit->start >= start || look_in(p, i, start, hit);
}

/* The first place from byte START of entry I on. */
static bool find_next(struct pager *p, size_t i, size_t start,
                      struct pager_hit *hit)
{
	for (; i < p->n; i++, start = 0)
		if (find_in(p, i, start, hit))
			return true;
	return false;
}

/* The last place before byte END of entry I. */
static bool find_before(struct pager *p, size_t i, size_t end,
                        struct pager_hit *hit)
{
	struct pager_hit next;
	bool found = false;

	for (; i < p->n && !found; i--, end = SIZE_MAX)
		for (size_t start = 0;
		     find_in(p, i, start, &next) && next.start < end;
		     start = next.start + next.length) {
			*hit = next;
			found = true;
		}
	return found;
}

/* Which of how many the place gone to is. */
static void count_hits(struct pager *p)
{
	struct pager_hit hit;

	p->hits = p->hits_before = 0;
	for (size_t i = 0, start = 0; p->bytes <= COUNTED &&
	     find_next(p, i, start, &hit);
	     i = hit.entry, start = hit.start + hit.length) {
		p->hits_before += hit.entry < p->hit.entry ||
			(hit.entry == p->hit.entry && hit.start < p->hit.start);
		p->hits++;
	}
}

static bool is_at_hit(const struct pager *p)
{
	size_t line = line_of(p, p->hit.entry, p->hit.start);

	return p->chooses ? p->current == choice_at(p, p->hit.entry)
	                  : line >= p->top && line < p->top + (size_t)p->rows;
}

static void show_hit(struct pager *p)
{
	const char *text = p->entries[p->hit.entry].text;
	int column = p->wide
		? (int)text_columns(text, p->hit.start, screen_width()) : 0;

	show_entry(p, p->hit.entry);
	if (p->chooses)
		p->current = choice_at(p, p->hit.entry);
	else /* an article may be higher than the screen */
		p->top += line_of(p, p->hit.entry, p->hit.start) -
		          p->entries[p->hit.entry].first_line;
	settle(p);
	p->drawn = false;
	if (p->wide && column < p->shift)
		shift_to(p, column);
	else if (p->wide && column >= p->shift + p->columns / 2)
		shift_to(p, column - p->columns / 2);
}

/* The first place from byte START of entry I on, or back from there, and around. */
static void search_from(struct pager *p, size_t i, size_t start, bool back)
{
	p->around = back ? !find_before(p, i, start, &p->hit)
	                 : !find_next(p, i, start, &p->hit);
	p->found = !p->around || (back
		? find_before(p, p->n - 1, SIZE_MAX, &p->hit)
		: find_next(p, 0, 0, &p->hit));
	if (p->found) {
		count_hits(p);
		show_hit(p);
	}
}

/* From what is pointed at, or seen first; BEHIND it, if it is pointed at. */
static void search_here(struct pager *p, bool behind, bool back)
{
	const struct pager_line *line = p->n_lines ? &p->lines[p->top] : NULL;

	if (p->chooses || !line)
		search_from(p, p->current, behind, back);
	else
		search_from(p, line->entry, line->start, back);
}

/* What was typed, from here on: composed, as answers are. */
static void search(struct pager *p)
{
	char *needle = text_nfc(p->needle.text.s);

	editor_set(&p->needle, needle);
	free(needle);
	p->searched = p->needle.text.len > 0;
	p->found = false;
	p->drawn = false;
	p->search++;
	if (p->searched)
		search_here(p, false, false);
}

/* The next place, or back: from the one gone to, or if that is not in sight any
 * more, from here. */
static void search_on(struct pager *p, bool back)
{
	p->searched = p->needle.text.len > 0; /* which is said again */
	if (!p->found)
		return;
	if (is_at_hit(p))
		search_from(p, p->hit.entry,
		            p->hit.start + (back ? 0 : p->hit.length), back);
	else
		search_here(p, !back, back);
}

char *pager_says(const struct pager *p)
{
	const char *words = p->needle.text.s;

	if (!p->searched || p->searching)
		return mem_strdup("");
	if (!p->found)
		return buf_format(_("「%s」は見つかりません（「%s」の全体を探しました）"),
		                  words, p->title);
	if (p->hits)
		return buf_format(_("「%s」: %zu/%zu（n で次へ、N で前へ）"),
		                  words, p->hits_before + 1, p->hits);
	return buf_format(p->around
	                  ? _("「%s」: 端まで探し、反対の端から続けました（n で次へ、N で前へ）")
	                  : _("「%s」（n で次へ、N で前へ）"), words);
}

static enum pager_result search_key(struct pager *p, key_code key)
{
	enum action action = action_for(key, IN_SEARCH | IN_TEXT);

	if (action == ACTION_CLOSE) {
		p->searching = false;
	} else if (action == ACTION_ENTER) {
		p->searching = false;
		search(p);
	} else if (action) {
		editor_do(&p->needle, action);
	} else if (key >= ' ' && key < KEY_F_(0) &&
	           p->needle.text.len < NEEDLE_MOST) {
		editor_type(&p->needle, key);
	}
	return PAGER_REDRAW;
}

/* --- keys --------------------------------------------------------------- */

static void scroll(struct pager *p, long by)
{
	if (by < 0 && p->top < (size_t)-by)
		p->top = 0;
	else
		p->top += (size_t)by;
	if (p->top > last_top(p))
		p->top = last_top(p);
}

/* True where what is pointed at goes on, in direction BY, beyond what is seen. */
static bool goes_on(const struct pager *p, int by)
{
	size_t first = p->entries[p->current].first_line;

	return by < 0 ? first < p->top
	              : first + lines_of(p, p->current) > p->top + (size_t)p->rows;
}

/* Up or down by one: the choice, or the text. */
static void step(struct pager *p, int by)
{
	size_t next = p->chooses && p->n && !goes_on(p, by)
		? next_choice(p, p->current, by) : p->current;

	if (next == p->current) {
		scroll(p, by);
	} else {
		p->current = next;
		settle(p);
	}
}

static void screen(struct pager *p, int by)
{
	size_t line;

	scroll(p, (long)by * (p->rows > 1 ? p->rows - 1 : 1));
	if (!p->chooses || !p->n_lines)
		return;
	line = by < 0 ? p->top : p->top + (size_t)p->rows - 1;
	if (line >= p->n_lines)
		line = p->n_lines - 1;
	p->current = p->lines[line].entry;
	if (p->entries[p->current].target == NO_TARGET)
		p->current = next_choice(p, p->current, by < 0 ? 1 : -1);
	settle(p);
}

static void end(struct pager *p, bool last)
{
	p->top = last ? last_top(p) : 0;
	if (!p->chooses || !p->n)
		return;
	p->current = last ? p->n - 1 : 0;
	if (p->entries[p->current].target == NO_TARGET)
		p->current = next_choice(p, p->current, last ? -1 : 1);
	settle(p);
}

enum pager_result pager_key(struct pager *p, key_code key)
{
	p->searched &= p->found; /* that nothing was found is said once */
	if (p->searching)
		return search_key(p, key);
	switch (action_for(key, pager_where(p))) {
	case ACTION_LINE_UP:
		step(p, -1);
		break;
	case ACTION_LINE_DOWN:
		step(p, 1);
		break;
	case ACTION_SCREEN_UP:
		screen(p, -1);
		break;
	case ACTION_SCREEN_DOWN:
		screen(p, 1);
		break;
	case ACTION_FIRST:
		end(p, false);
		break;
	case ACTION_LAST:
		end(p, true);
		break;
	case ACTION_PAPER_LEFT:
		shift_to(p, p->shift - p->columns / 2);
		break;
	case ACTION_PAPER_RIGHT:
		shift_to(p, p->shift + p->columns / 2);
		break;
	case ACTION_SEARCH:
		p->searching = true;
		p->searched = false;
		p->found = false;
		editor_release(&p->needle);
		editor_init(&p->needle, "", false, 40);
		break;
	case ACTION_SEARCH_NEXT:
		search_on(p, false);
		break;
	case ACTION_SEARCH_BACK:
		search_on(p, true);
		break;
	case ACTION_GO:
		return pager_target(p) != NO_TARGET ? PAGER_CHOSEN
		                                    : PAGER_IGNORED;
	case ACTION_CLOSE:
		return PAGER_CLOSED;
	default:
		return PAGER_IGNORED;
	}
	return PAGER_REDRAW;
}

enum pager_result pager_paste(struct pager *p, const char *text)
{
	if (!p->searching)
		return PAGER_IGNORED;
	if (p->needle.text.len + strlen(text) > NEEDLE_MOST)
		return PAGER_FULL;
	editor_paste(&p->needle, text);
	return PAGER_REDRAW;
}

enum pager_result pager_click(struct pager *p, int row)
{
	size_t line = p->top + (size_t)row;

	if (row < 0 || line >= p->n_lines || !p->chooses ||
	    p->entries[p->lines[line].entry].target == NO_TARGET)
		return PAGER_IGNORED;
	p->current = p->lines[line].entry;
	return PAGER_CHOSEN;
}

/* --- drawing ------------------------------------------------------------ */

/* Where LINE begins. */
static int column_of(const struct pager *p, size_t line)
{
	const struct pager_entry *e = &p->entries[p->lines[line].entry];

	return p->left + p->margin +
	       (line > e->first_line ? indent_of(p, e) : 0);
}

/* The byte of its entry's text from which on LINE is seen. */
static size_t seen_from(const struct pager *p, size_t line)
{
	const struct pager_line *l = &p->lines[line];
	const char *text = p->entries[l->entry].text;
	size_t at = l->start, n;

	for (int left = p->shift; left > 0 && (n = text_grapheme(text + at)); at += n)
		left -= (int)text_columns(text + at, n, screen_width());
	return at;
}

/* Mark what of HIT stands in LINE, drawn in ROW: the place GONE_TO stands out from
 * its line, be that the one pointed at. */
static void mark_hit(const struct pager *p, struct term *t, int row, size_t line,
                     const struct pager_hit *hit, bool gone_to)
{
	const struct pager_line *l = &p->lines[line];
	const char *text = p->entries[l->entry].text;
	size_t start = hit->start, end = start + hit->length;

	if (start < seen_from(p, line))
		start = seen_from(p, line);
	if (end > l->start + l->length)
		end = l->start + l->length;
	if (start < end)
		term_put(t, row, column_of(p, line) - p->shift +
		         (int)text_columns(text + l->start, start - l->start,
		                           screen_width()),
		         text + start, end - start,
		         !p->chooses && gone_to ? STYLE_FOCUS : STYLE_FOUND);
}

/* Where in p->whole the place gone to begins; NULL where that is in no part. */
static const char *place_gone_to(const struct pager *p)
{
	size_t start = p->hit.start;

	for (size_t i = p->entries[p->hit.entry].first_part;
	     i < end_of_parts(p, p->hit.entry); i++)
		if (start >= p->parts[i].at &&
		    start < p->parts[i].at + p->parts[i].length)
			return p->whole.s + p->parts[i].start + start -
			       p->parts[i].at;
	return NULL;
}

/* The byte of p->whole from which on something that reaches into PART may begin. */
static const char *before_part(const struct pager *p,
                               const struct pager_part *part)
{
	const char *from = p->whole.s + part->start;
	/* as text_find has it, Ａ (3 bytes) is a */
	size_t most = 3 * p->needle.text.len;

	while (most-- && from > p->whole.s && from[-1])
		from--;
	while (((unsigned char)*from & 0xC0) == 0x80)
		from++;
	return from;
}

/* Mark what of PART is the rest of a place that begins in an entry before LINE's. */
static void mark_rest(const struct pager *p, struct term *t, int row, size_t line,
                      const struct pager_part *part)
{
	const char *start = p->whole.s + part->start;
	const char *from = before_part(p, part);
	struct pager_hit rest = { p->lines[line].entry, part->at, 0 };
	size_t length;

	for (; from < start; from += length) {
		from = text_find_within(from, (size_t)(start - from),
		                        p->needle.text.s, &length);
		if (!from)
			return;
		if (from + length <= start)
			continue;
		rest.length = (size_t)(from + length - start);
		if (rest.length > part->length)
			rest.length = part->length;
		mark_hit(p, t, row, line, &rest, from == place_gone_to(p));
	}
}

static void mark_hits(struct pager *p, struct term *t, int row, size_t line)
{
	const struct pager_line *l = &p->lines[line];
	struct pager_hit hit;

	for (size_t start = 0; find_in(p, l->entry, start, &hit) &&
	     hit.start < l->start + l->length; start = hit.start + hit.length)
		mark_hit(p, t, row, line, &hit,
		         hit.entry == p->hit.entry && hit.start == p->hit.start);
	for (size_t i = p->entries[l->entry].first_part;
	     i < end_of_parts(p, l->entry); i++)
		mark_rest(p, t, row, line, &p->parts[i]);
}

static void draw_line(struct pager *p, struct term *t, int row, size_t line)
{
	const struct pager_line *l = &p->lines[line];
	const struct pager_entry *e;
	size_t from;
	bool here;

	term_blank(t, row, p->left, p->columns, STYLE_PLAIN);
	if (line >= p->n_lines)
		return;
	e = &p->entries[l->entry];
	here = p->chooses && l->entry == p->current && e->target != NO_TARGET;
	if (here)
		term_blank(t, row, p->left, p->columns, STYLE_FOCUS);
	if ((here || e->marked) && line == e->first_line)
		term_put(t, row, p->left, ">", 1,
		         here ? STYLE_FOCUS : STYLE_STRONG);
	from = seen_from(p, line);
	term_put(t, row, column_of(p, line) - p->shift +
	         (int)text_columns(e->text + l->start, from - l->start,
	                           screen_width()),
	         e->text + from, l->length - (from - l->start),
	         here ? STYLE_FOCUS : e->style);
	if (p->found)
		mark_hits(p, t, row, line);
}

/* True where LINE was drawn and still looks the same. */
static bool is_drawn(const struct pager *p, size_t line)
{
	size_t entry = line < p->n_lines ? p->lines[line].entry : p->n;

	return p->drawn && line >= p->drawn_top &&
	       line < p->drawn_top + (size_t)p->rows &&
	       (p->current == p->drawn_current ||
	        (entry != p->current && entry != p->drawn_current));
}

static void draw_lines(struct pager *p, struct term *t, int top)
{
	if (p->drawn)
		term_scroll(t, top, p->rows,
		            (int)p->top - (int)p->drawn_top);
	for (int i = 0; i < p->rows; i++)
		if (!is_drawn(p, p->top + (size_t)i))
			draw_line(p, t, top + i, p->top + (size_t)i);
	p->drawn_top = p->top;
	p->drawn_current = p->current;
	p->drawn = !p->searching; /* else the last one is written over */
}

void pager_draw(struct pager *p, struct term *t, int top)
{
	term_hide_cursor(t);
	draw_lines(p, t, top);
	if (p->searching) {
		char *prompt = buf_format("%s%s", _("検索: "), p->needle.text.s);
		int row = top + p->rows - 1;

		term_blank(t, row, 0, p->columns, STYLE_PLAIN);
		term_put(t, row, 1, prompt, strlen(prompt), STYLE_STRONG);
		term_cursor(t, row, 1 + screen_columns(_("検索: ")) +
		            (int)editor_cursor_column(&p->needle));
		free(prompt);
	}
}
