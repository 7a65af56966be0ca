/* SPDX-License-Identifier: MIT */
#include "plain/typed.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "form/question_type.h"

char *typed_word(const char *line)
{
	char *narrow = text_nfkc(line), *word = text_trim(narrow);

	free(narrow);
	return word;
}

/* The choice whose number WORD is; NULL where it is no number or none's. */
static const struct choice *numbered(const struct record *r, int q,
                                     const char *word)
{
	size_t digits = strspn(word, "0123456789");

	if (!digits || word[digits] || digits > 6 || atoi(word) == 0)
		return NULL;
	return record_offered(r, q, (size_t)atoi(word));
}

/* Several choices: numbers or words, with spaces or commas between, become a
 * line each. */
static char *several(const struct record *r, int q, const char *line)
{
	char *copy = mem_strdup(line);
	char *save, *word;
	struct buf out;

	buf_init(&out);
	for (char *p; (p = strstr(copy, "、")); )
		memcpy(p, "   ", 3);
	for (word = strtok_r(copy, " ,\t", &save); word;
	     word = strtok_r(NULL, " ,\t", &save)) {
		const struct choice *ch = numbered(r, q, word);

		buf_addf(&out, "%s%s", out.len ? "\n" : "",
		         ch ? ch->name : word);
	}
	free(copy);
	return out.s;
}

char *typed_answer(const struct record *r, int q, const char *line)
{
	const struct question *question = &r->form->questions[q];
	const struct choice *ch;
	char *word, *answer;

	if (question->type->choices == CHOICES_NONE)
		return mem_strdup(line);
	word = typed_word(line);
	if (question->type->choices == CHOICES_MANY) {
		answer = several(r, q, word);
	} else {
		ch = numbered(r, q, word);
		answer = mem_strdup(ch ? ch->name : line);
	}
	free(word);
	return answer;
}
