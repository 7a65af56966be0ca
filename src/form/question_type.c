/* SPDX-License-Identifier: MIT */
#include "form/question_type.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/spelling.h"
#include "base/text.h"
#include "form/form.h"

#define MAX_DIGITS 15 /* what a double holds exactly */

/* --- text --------------------------------------------------------------- */

static char *read_text(const struct form *form, const struct question *q,
                       const char *text, date_day today,
                       char **why)
{
	(void)form, (void)q, (void)today, (void)why;
	return text_nfc(text);
}

static struct value text_value(const char *answer)
{
	return value_string(answer);
}

static char *text_cell(const struct form *form, const struct question *q,
                       const char *answer)
{
	(void)form, (void)q;
	return mem_strdup(answer);
}

static char *text_words(const struct form *form, const struct question *q,
                        const char *answer, int language, const char *between)
{
	(void)form, (void)q, (void)language, (void)between;
	return mem_strdup(answer);
}

/* --- numbers ------------------------------------------------------------ */

/* TEXT in half-width digits, without white space around and thousands
 * separators. */
static char *plain_number(const char *text)
{
	char *wide = text_nfkc(text);
	char *s = text_trim(wide);
	char *to = s;

	for (const char *from = s; *from; from++)
		if (*from != ',' || !isdigit((unsigned char)from[1]))
			*to++ = *from;
	*to = '\0';
	free(wide);
	if (strncmp(s, "\xe2\x88\x92", 3) == 0) { /* U+2212 minus sign */
		s[0] = '-';
		memmove(s + 1, s + 3, strlen(s + 3) + 1);
	}
	return s;
}

static char *read_integer(const struct form *form, const struct question *q,
                          const char *text, date_day today,
                          char **why)
{
	char *s = plain_number(text);
	const char *digits = s + (*s == '-' || *s == '+');
	size_t n = strspn(digits, "0123456789");

	(void)form, (void)q, (void)today;
	if (n == 0 || digits[n] || n > MAX_DIGITS) {
		*why = buf_format(_("「%s」は整数ではありません。12 のように数字で書いてください"),
		                  text);
		free(s);
		return NULL;
	}
	char *canonical = buf_format("%lld", atoll(s));
	free(s);
	return canonical;
}

static char *read_decimal(const struct form *form, const struct question *q,
                          const char *text, date_day today,
                          char **why)
{
	char *s = plain_number(text);
	const char *digits = s + (*s == '-' || *s == '+');
	size_t whole = strspn(digits, "0123456789");
	const char *rest = digits + whole;
	size_t part = *rest == '.' ? strspn(rest + 1, "0123456789") : 0;

	(void)form, (void)q, (void)today;
	if (*rest == '.')
		rest += 1 + part;
	if (whole + part == 0 || whole + part > MAX_DIGITS || *rest) {
		*why = buf_format(_("「%s」は数ではありません。12.5 のように数字で書いてください"),
		                  text);
		free(s);
		return NULL;
	}
	return s;
}

static struct value number_value(const char *answer)
{
	return *answer ? value_number(strtod(answer, NULL)) : value_string("");
}

/* --- dates -------------------------------------------------------------- */

static char *read_date(const struct form *form, const struct question *q,
                       const char *text, date_day today,
                       char **why)
{
	date_day day;

	(void)form, (void)q;
	*why = date_read(text, today, &day);
	return *why ? NULL : date_iso(day);
}

static struct value date_value(const char *answer)
{
	date_day day;

	return date_read_iso(answer, &day) ? value_date((double)day)
	                                   : value_string("");
}

static char *date_words(const struct form *form, const struct question *q,
                        const char *answer, int language, const char *between)
{
	date_day day;

	(void)form, (void)q, (void)language, (void)between;
	return date_read_iso(answer, &day) ? date_wareki(day)
	                                   : mem_strdup(answer);
}

/* --- choices ------------------------------------------------------------ */

const char *names_next(const char *answer, size_t *length)
{
	answer += strspn(answer, " ");
	*length = strcspn(answer, " ");
	return *length ? answer : NULL;
}

bool answer_has_choice(const char *answer, const char *name)
{
	size_t n;

	for (const char *p = answer; (p = names_next(p, &n)); p += n)
		if (strlen(name) == n && strncmp(p, name, n) == 0)
			return true;
	return false;
}

/* True where S and TEXT are the same but for white space around and
 * compatibility characters (full-width letters and digits). */
static bool same_words(const char *s, const char *text)
{
	char *a = text_nfkc(s), *b = text_nfkc(text);
	char *trimmed_a = text_trim(a), *trimmed_b = text_trim(b);
	bool same = *trimmed_a && strcmp(trimmed_a, trimmed_b) == 0;

	free(a);
	free(b);
	free(trimmed_a);
	free(trimmed_b);
	return same;
}

static bool has_label(const struct form *form, const struct choice *ch,
                      const char *text)
{
	if (!ch->label.in)
		return false;
	for (size_t i = 0; i < form->n_languages; i++)
		if (ch->label.in[i] && same_words(ch->label.in[i], text))
			return true;
	return false;
}

/* The choice that TEXT means: by its name, else by a label. */
static const struct choice *choice_meant(const struct form *form,
                                         const struct question *q,
                                         const char *text)
{
	const struct choice_list *list = q->choices;

	for (size_t i = 0; i < list->n; i++)
		if (same_words(list->items[i].name, text))
			return &list->items[i];
	for (size_t i = 0; i < list->n; i++)
		if (has_label(form, &list->items[i], text))
			return &list->items[i];
	return NULL;
}

static char *no_such_choice(const struct form *form, const struct question *q,
                            const char *text)
{
	struct buf offered;
	char *why;

	/* Which of them a choice_filter offers is not known here. */
	if (q->choice_filter)
		return buf_format(_("「%s」という選択肢はありません。選び直してください"),
		                  text);
	buf_init(&offered);
	for (size_t i = 0; i < q->choices->n && i < 10; i++)
		buf_addf(&offered, "%s%s", i ? _("、") : "",
		         form_words(form, &q->choices->items[i].label, 0));
	if (q->choices->n > 10)
		buf_add(&offered, _("ほか"));
	why = buf_format(_("「%s」という選択肢はありません。次の中から選んでください: %s"),
	                 text, offered.s);
	buf_release(&offered);
	return why;
}

static char *read_choice(const struct form *form, const struct question *q,
                         const char *text, date_day today,
                         char **why)
{
	const struct choice *ch = choice_meant(form, q, text);

	(void)today;
	if (ch)
		return mem_strdup(ch->name);
	*why = no_such_choice(form, q, text);
	return NULL;
}

/* Add to NAMES the choices that the parts of TEXT mean, each once; false at
 * the first that means none, left in *PART. */
static bool add_choices(const struct form *form, const struct question *q,
                        const char *text, const char *separators,
                        struct buf *names, char **part)
{
	for (const char *p = text; *p; ) {
		size_t n = strcspn(p, separators);
		char *one = mem_strndup(p, n);
		const struct choice *ch = choice_meant(form, q, one);

		if (!ch && !text_is_blank(one)) {
			*part = one;
			return false;
		}
		if (ch && !answer_has_choice(names->s, ch->name))
			buf_addf(names, "%s%s", names->len ? " " : "", ch->name);
		free(one);
		p += n + (p[n] != '\0');
	}
	return true;
}

/* NAMES in the order of the list, as ODK stores them; a new string in place of
 * NAMES. */
static char *in_list_order(const struct question *q, struct buf *names)
{
	struct buf ordered;

	buf_init(&ordered);
	for (size_t i = 0; i < q->choices->n; i++)
		if (answer_has_choice(names->s, q->choices->items[i].name))
			buf_addf(&ordered, "%s%s", ordered.len ? " " : "",
			         q->choices->items[i].name);
	buf_release(names);
	return ordered.s;
}

/* One choice a line; or names with spaces between, as ODK has them. */
static char *read_choices(const struct form *form, const struct question *q,
                          const char *text, date_day today,
                          char **why)
{
	static const char *const separators[] = { "\n", " " };
	char *part[2] = { NULL, NULL };
	struct buf names;

	(void)today;
	for (size_t i = 0; i < 2; i++) {
		buf_init(&names);
		if (add_choices(form, q, text, separators[i], &names, &part[i])) {
			free(part[0]);
			return in_list_order(q, &names);
		}
		buf_release(&names);
	}
	*why = no_such_choice(form, q, part[0]);
	free(part[0]);
	free(part[1]);
	return NULL;
}

/* How a record names a choice: by its label in the form's default language;
 * by its name where that label would be read as another choice, or as two. */
static const char *choice_cell_text(const struct form *form,
                                    const struct question *q,
                                    const struct choice *ch)
{
	const char *label = form_words(form, &ch->label, 0);

	return choice_meant(form, q, label) == ch && !strchr(label, '\n')
		? label : ch->name;
}

static char *join_choices(const struct form *form, const struct question *q,
                          const char *answer, const char *between,
                          int language)
{
	struct buf out;
	size_t n;

	buf_init(&out);
	for (const char *p = answer; (p = names_next(p, &n)); p += n) {
		char *name = mem_strndup(p, n);
		const struct choice *ch = choice_find(q->choices, name);
		const char *text = name;

		if (ch && language < 0)
			text = choice_cell_text(form, q, ch);
		else if (ch && *form_words(form, &ch->label, language))
			text = form_words(form, &ch->label, language);
		buf_addf(&out, "%s%s", out.len ? between : "", text);
		free(name);
	}
	return out.s;
}

static char *choice_cell_of(const struct form *form, const struct question *q,
                            const char *answer)
{
	return join_choices(form, q, answer, "\n", -1);
}

static char *choice_words(const struct form *form, const struct question *q,
                          const char *answer, int language, const char *between)
{
	return join_choices(form, q, answer, between, language);
}

/* --- the table ---------------------------------------------------------- */

#define TEXT read_text, text_value, text_cell, text_words
#define COMPUTED read_text, text_value, text_cell, date_words /* if it is one */
#define NUMBER(read) read, number_value, text_cell, text_words
#define DATE read_date, date_value, text_cell, date_words
#define CHOICE(read) read, text_value, choice_cell_of, choice_words

#define ASKED ROLE_ASKED, CHOICES_NONE, METADATA_EMPTY
#define ASKED_ONE ROLE_ASKED, CHOICES_ONE, METADATA_EMPTY
#define ASKED_MANY ROLE_ASKED, CHOICES_MANY, METADATA_EMPTY
#define NOT_ASKED(role) role, CHOICES_NONE, METADATA_EMPTY
#define METADATA(which) ROLE_METADATA, CHOICES_NONE, which

static const struct question_type types[] = {
	{ "begin_group", NOT_ASKED(ROLE_GROUP), TEXT },
	{ "note", NOT_ASKED(ROLE_NOTE), TEXT },
	{ "text", ASKED, TEXT },
	{ "integer", ASKED, NUMBER(read_integer) },
	{ "decimal", ASKED, NUMBER(read_decimal) },
	{ "date", ASKED, DATE },
	{ "select_one", ASKED_ONE, CHOICE(read_choice) },
	{ "select_multiple", ASKED_MANY, CHOICE(read_choices) },
	{ "calculate", NOT_ASKED(ROLE_COMPUTED), COMPUTED },
	{ "start", METADATA(METADATA_START), TEXT },
	{ "end", METADATA(METADATA_END), TEXT },
	{ "today", METADATA(METADATA_TODAY), DATE },
	/* Accepted, so that a form made for ODK is read; always empty here. */
	{ "deviceid", METADATA(METADATA_EMPTY), TEXT },
	{ "username", METADATA(METADATA_EMPTY), TEXT },
	{ "phonenumber", METADATA(METADATA_EMPTY), TEXT },
	{ "email", METADATA(METADATA_EMPTY), TEXT },
	{ "audit", METADATA(METADATA_EMPTY), TEXT },
};

const struct question_type *question_type_find(const char *name)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (strcmp(types[i].name, name) == 0)
			return &types[i];
	return NULL;
}

const char *question_type_nearest(const char *name)
{
	size_t near = spelling_limit(name) + 1;
	const char *nearest = NULL;

	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		size_t d = spelling_distance(types[i].name, name);

		if (d < near) {
			near = d;
			nearest = types[i].name;
		}
	}
	return nearest;
}
