/* pager.h - lines to read, to search and to choose from
 *
 * What is pointed at has a > before it. The overview, the problems, the articles, the sheet, the help and every
 * question with a few answers are pagers. An entry is a paragraph, wrapped to the
 * room there is; one that has a target can be gone to. What is searched for is marked
 * wherever it stands; among choices, once in each, and where that cannot be gone to,
 * one goes to the next that can. Of an entry that is made of parts of longer texts these
 * are searched, as if they went on in it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef TUI_PAGER_H
#define TUI_PAGER_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"
#include "tui/action.h"
#include "tui/editor.h"
#include "tui/term.h"

#define NO_TARGET (-1)

struct pager_entry {
	char *text;
	enum style style;
	int target; /* what it leads to, as its maker means it; NO_TARGET */
	int indent; /* columns before its lines, but for the first */
	bool marked; /* a > stands before it */
	size_t first_line;
	size_t first_part; /* of its parts, if it has any */
	unsigned sought; /* the search that last looked here, and the first place it */
	size_t found;    /* found: bytes of the text, */
	size_t found_length; /* 0 where there is none */
};

/* A part of a longer text, which goes on in another entry. */
struct pager_part {
	size_t at, length; /* bytes of the entry's text, */
	size_t start;      /* and of pager.whole */
};

/* A place where what is searched for stands, or begins. */
struct pager_hit {
	size_t entry;
	size_t start; /* bytes of the entry's text */
	size_t length; /* there */
};

struct pager_line {
	size_t entry;
	size_t start; /* bytes of the entry's text */
	size_t length;
};

struct pager {
	char *title;
	struct pager_entry *entries;
	size_t n, cap;
	size_t bytes; /* of all their texts */
	struct pager_part *parts; /* of entries, one after the other */
	size_t n_parts, cap_parts;
	struct buf whole; /* the texts that they are parts of, a NUL behind each */
	struct pager_line *lines;
	size_t n_lines, cap_lines;
	bool chooses;   /* an entry is pointed at; else only read */
	int left;       /* the screen's column where it begins */
	int margin;     /* columns on both sides */
	bool wide;      /* a sheet of paper: its lines are not wrapped, but seen from */
	int shift;      /* this column on, and the widest has */
	int widest;     /* so many */
	size_t current; /* the entry pointed at */
	size_t top;     /* the first line that is seen */
	bool searching; /* what to search for is being typed */
	struct editor needle; /* what is searched for */
	unsigned search;      /* the number of the search */
	bool searched;        /* there is something to say of it */
	bool found;           /* and there are places; the one gone to, */
	struct pager_hit hit;
	size_t hits_before, hits; /* so many before it, and in all; 0: not counted */
	bool around;          /* it lies beyond the end of the text */
	int rows, columns;
	bool drawn;           /* it is on the screen, as these two have it: */
	size_t drawn_top;     /* only what has changed since need be drawn */
	size_t drawn_current;
};

enum pager_result {
	PAGER_IGNORED,
	PAGER_FULL, /* what was pasted is too long to be searched for */
	PAGER_REDRAW,
	PAGER_CLOSED,
	PAGER_CHOSEN, /* pager_target says what */
};

/* TITLE is copied. */
void pager_init(struct pager *p, const char *title, bool chooses);
void pager_release(struct pager *p);
/* Add an entry; takes TEXT. */
void pager_add(struct pager *p, char *text, enum style style, int target);
/* Let the lines of the last entry, but for its first, begin COLUMNS further right;
 * 4, where that would be more than half of the pager. */
void pager_indent(struct pager *p, int columns);
/* The last entry has from AT on, as far as it goes, LENGTH bytes of P->whole from START
 * on. In the order in which they stand there. */
void pager_add_part(struct pager *p, size_t at, size_t length, size_t start);
/* Mark the last entry: what all the rest stands around. */
void pager_mark(struct pager *p);
/* Begin at the first entry that has a target. */
void pager_begin(struct pager *p);
/* Begin at the first entry with TARGET, if there is one. */
void pager_go_to(struct pager *p, int target);

/* Begin at ENTRY, of those there were before, or where it is gone or cannot be gone
 * to, at the next that can be. */
void pager_stay(struct pager *p, size_t entry);
/* Begin at the entry with target FROM, if the one with target TO is then wholly in
 * sight; else at TO. */
void pager_go_between(struct pager *p, int from, int to);

/* This is its room: once it has all entries, and before all of it is drawn. */
void pager_resize(struct pager *p, int rows, int columns);
enum pager_result pager_key(struct pager *p, key_code key);
/* Into what is searched for, while that is typed. */
enum pager_result pager_paste(struct pager *p, const char *text);
enum pager_result pager_click(struct pager *p, int row); /* of its body */
int pager_target(const struct pager *p);
unsigned pager_where(const struct pager *p); /* which keys work in it */
/* What there is to say of the search: that nothing was found, or which place of how
 * many this is (not in a long text, where counting would take longer than finding);
 * "" if there was none. A new string. */
char *pager_says(const struct pager *p);
/* How many lines are above and below what is seen. */
void pager_beyond(const struct pager *p, size_t *above, size_t *below);

/* Draw it from row TOP of the screen on: all of it after pager_resize, then what
 * has changed. */
void pager_draw(struct pager *p, struct term *t, int top);

#endif
