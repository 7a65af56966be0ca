/* SPDX-License-Identifier: MIT */
#include "mend.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define PRIVATE_MODE "\033[?"
#define RESTORE_CURSOR "\0338"

void mend_init(struct mend *m, VTerm *vterm)
{
	m->vterm = vterm;
	m->hidden = false;
	buf_init(&m->begun);
}

void mend_release(struct mend *m)
{
	buf_release(&m->begun);
}

static bool is_mode_begun(const char *s, size_t n)
{
	const size_t head = strlen(PRIVATE_MODE);

	if (n <= head)
		return strncmp(s, PRIVATE_MODE, n) == 0;
	return strncmp(s, PRIVATE_MODE, head) == 0 &&
	       strspn(s + head, "0123456789;") == n - head;
}

static bool is_mode_whole(const char *s, size_t n)
{
	return n > strlen(PRIVATE_MODE) + 1 && is_mode_begun(s, n - 1) &&
	       (s[n - 1] == 'h' || s[n - 1] == 'l');
}

/* Restoring a saved cursor has changed whether it is seen. */
static void show_or_hide(struct mend *m)
{
	const char *sequence = m->hidden ? PRIVATE_MODE "25l"
	                                 : PRIVATE_MODE "25h";

	vterm_input_write(m->vterm, sequence, strlen(sequence));
}

/* The modes of a whole sequence, one by one. */
static void write_modes(struct mend *m)
{
	char *modes = m->begun.s + strlen(PRIVATE_MODE), *mode;
	char set_or_reset = m->begun.s[m->begun.len - 1];

	while ((mode = strsep(&modes, ";"))) {
		char *one = buf_format(PRIVATE_MODE "%d%c", atoi(mode),
		                       set_or_reset);

		vterm_input_write(m->vterm, one, strlen(one));
		free(one);
		if (atoi(mode) == 25)
			m->hidden = set_or_reset == 'l';
		else
			show_or_hide(m);
	}
}

/* BYTE belongs to an escape sequence, perhaps the last of it. */
static void write_sequence(struct mend *m, char byte)
{
	buf_add_byte(&m->begun, byte);
	if (is_mode_begun(m->begun.s, m->begun.len))
		return;
	if (is_mode_whole(m->begun.s, m->begun.len))
		write_modes(m);
	else
		vterm_input_write(m->vterm, m->begun.s, m->begun.len);
	if (strcmp(m->begun.s, RESTORE_CURSOR) == 0)
		show_or_hide(m);
	buf_clear(&m->begun);
}

static bool is_lead_byte(char byte) /* of UTF-8 */
{
	return ((unsigned char)byte & 0xc0) == 0xc0;
}

void mend_write(struct mend *m, const char *bytes, size_t n)
{
	const char *end = bytes + n, *next;

	for (; bytes < end; bytes = next) {
		next = bytes + 1;
		if (m->begun.len || *bytes == '\033') {
			write_sequence(m, *bytes);
			continue;
		}
		while (next < end && *next != '\033' && !is_lead_byte(*next))
			next++;
		vterm_input_write(m->vterm, bytes, (size_t)(next - bytes));
	}
}
