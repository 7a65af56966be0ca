/* SPDX-License-Identifier: MIT */
#include "form/xlsform.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/spelling.h"
#include "base/text.h"
#include "form/form_reader.h"
#include "form/question_type.h"

#define MEMBER(q, offset, type) ((type *)(void *)((char *)(q) + (offset)))

void set_words(struct reader *r, struct words *w, int language,
                      const char *text)
{
	if (!w->in)
		w->in = mem_array(r->form->n_languages, sizeof *w->in);
	free(w->in[language]);
	w->in[language] = text_trim(text);
}

static void store_words(struct reader *r, struct question *q, size_t offset,
                        int language, const struct csv_cell *cell)
{
	const char *reference = strstr(cell->text, "${");

	if (reference)
		complain(r, DIAG_ERROR, cell, (size_t)(reference - cell->text),
		         _("文の中の ${…} には対応していません。答えを差し込まない文にしてください"));
	set_words(r, MEMBER(q, offset, struct words), language, cell->text);
}

static void add_unbound(struct reader *r, struct expr *e,
                        const struct csv_cell *cell)
{
	r->unbound = mem_room(r->unbound, r->n_unbound, &r->cap_unbound,
	                      sizeof *r->unbound);
	r->unbound[r->n_unbound++] = (struct unbound){ e, cell };
}

/* A message may name answers, which are in it when it is said. */
static void store_message(struct reader *r, struct question *q, size_t offset,
                          int language, const struct csv_cell *cell)
{
	if (strstr(cell->text, "${"))
		add_unbound(r, NULL, cell);
	set_words(r, MEMBER(q, offset, struct words), language, cell->text);
}

static void store_string(struct reader *r, struct question *q, size_t offset,
                         int language, const struct csv_cell *cell)
{
	char **member = MEMBER(q, offset, char *);

	(void)r, (void)language;
	free(*member);
	*member = text_trim(cell->text);
}

struct expr *parse_expr(struct reader *r, const char *text,
                        enum expr_place place, const struct csv_cell *cell)
{
	struct expr_error error;
	struct expr *e;

	if (r->expressions > FORM_MAX_EXPRESSIONS) /* it has been told */
		return NULL;
	r->expressions += strlen(text);
	if (r->expressions > FORM_MAX_EXPRESSIONS) {
		complain(r, DIAG_ERROR, cell, 0,
		         _("式が多すぎます（すべての式を合わせて%dバイトまで）"),
		         FORM_MAX_EXPRESSIONS);
		return NULL;
	}
	e = expr_parse(text, place, &error);
	if (!e) {
		complain(r, DIAG_ERROR, cell, error.offset, "%s",
		         error.text);
		free(error.text);
		return NULL;
	}
	add_unbound(r, e, cell);
	return e;
}

static void set_expr(struct reader *r, struct question *q, size_t offset,
                     enum expr_place place, const struct csv_cell *cell)
{
	struct expr **member = MEMBER(q, offset, struct expr *);

	*member = parse_expr(r, cell->text, place, cell);
}

static void store_expr(struct reader *r, struct question *q, size_t offset,
                       int language, const struct csv_cell *cell)
{
	(void)language;
	set_expr(r, q, offset, EXPR_IN_SURVEY, cell);
}

static void store_filter(struct reader *r, struct question *q, size_t offset,
                         int language, const struct csv_cell *cell)
{
	(void)language;
	set_expr(r, q, offset, EXPR_IN_CHOICE_FILTER, cell);
}

/* yes, no, or an expression (XLSForm's required and read_only). */
static void store_switch(struct reader *r, struct question *q, size_t offset,
                         int language, const struct csv_cell *cell)
{
	static const struct {
		const char *word;
		const char *truth; /* a text is true, an empty one false */
	} words[] = {
		{ "yes", "yes" }, { "Yes", "yes" }, { "YES", "yes" },
		{ "true", "yes" }, { "True", "yes" }, { "TRUE", "yes" },
		{ "no", "" }, { "No", "" }, { "NO", "" },
		{ "false", "" }, { "False", "" }, { "FALSE", "" },
	};
	struct csv_cell as_expr = *cell;
	char *text = text_trim(cell->text);

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(text, words[i].word) == 0) {
			*MEMBER(q, offset, struct expr *) =
				expr_literal(words[i].truth);
			free(text);
			return;
		}
	free(text);
	store_expr(r, q, offset, language, &as_expr);
	if (r->n_unbound && r->unbound[r->n_unbound - 1].cell == &as_expr)
		r->unbound[r->n_unbound - 1].cell = cell;
}

/* ODK's rule, near enough: a default that refers or calls is an expression,
 * anything else is the text itself. */
static bool is_dynamic(const char *text)
{
	if (strstr(text, "${"))
		return true;
	for (const char *p = text; (p = strchr(p, '(')); p++)
		if (p > text && strchr("abcdefghijklmnopqrstuvwxyz-", p[-1]))
			return true;
	return false;
}

static void store_default(struct reader *r, struct question *q, size_t offset,
                          int language, const struct csv_cell *cell)
{
	char *text, *read, *why = NULL;

	if (is_dynamic(cell->text)) {
		store_expr(r, q, offset, language, cell);
		return;
	}
	text = text_trim(cell->text);
	*MEMBER(q, offset, struct expr *) = expr_literal(text);
	if (q->type->role == ROLE_ASKED &&
	    (q->type->choices == CHOICES_NONE || q->choices)) {
		read = q->type->read(r->form, q, text, date_today(), &why);
		if (!read)
			complain(r, DIAG_WARNING, cell, 0, "%s", why);
		free(read);
		free(why);
	}
	free(text);
}

/* The others that XLSForm knows are passed over: they are for screens of ODK. */
static void store_appearance_word(struct reader *r, struct question *q,
                                  const struct csv_cell *cell, const char *word)
{
	const struct {
		const char *name;
		bool *is;
	} known[] = {
		{ "multiline", &q->multiline },
		{ "field-list", &q->field_list },
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(word, known[i].name) == 0)
			*known[i].is = true;
		else if (spelling_distance(word, known[i].name) <=
		         spelling_limit(word))
			complain(r, DIAG_WARNING, cell, 0,
			         _("「%s」という appearance は使われません。「%s」の書き間違いではありませんか"),
			         word, known[i].name);
}

static void store_appearance(struct reader *r, struct question *q,
                             size_t offset, int language,
                             const struct csv_cell *cell)
{
	const char *p = cell->text;
	size_t n;

	(void)offset, (void)language;
	for (; (p = names_next(p, &n)); p += n) {
		char *word = mem_strndup(p, n);

		store_appearance_word(r, q, cell, word);
		free(word);
	}
}

static bool has_answer(const struct question_type *type)
{
	return type->role != ROLE_GROUP && type->role != ROLE_NOTE;
}

static bool may_be_date(const struct question_type *type)
{
	return type->role == ROLE_COMPUTED || strcmp(type->name, "date") == 0;
}

static const struct {
	const char *name;
	bool (*fits)(const struct question_type *type);
} list_roles[LIST_ROLES] = {
	[LIST_WHO] = { "who", has_answer },
	[LIST_WHAT] = { "what", has_answer },
	[LIST_START] = { "start", may_be_date },
	[LIST_WHEN] = { "when", may_be_date },
	[LIST_DUE] = { "due", may_be_date },
	[LIST_ENDED] = { "ended", has_answer },
};

/* Q, the question that is being read, gets ROLE, which only one may have. */
static void take_role(struct reader *r, struct question *q, enum list_role role,
                      const struct csv_cell *cell)
{
	const struct question *questions = r->form->questions;
	int *taken = &r->form->listed[role];

	q->role = role;
	if (*taken >= 0)
		complain(r, DIAG_ERROR, cell, 0,
		         _("list の「%s」が2つあります（もう1つは %ld 行目）"),
		         list_roles[role].name, questions[*taken].line);
	else
		*taken = (int)(q - questions);
	if (!list_roles[role].fits(q->type))
		complain(r, DIAG_ERROR, cell, 0,
		         list_roles[role].fits == may_be_date
		         ? _("list の「%s」は、型「%s」には付けられません。date か calculate に付けてください")
		         : _("list の「%s」は、型「%s」には付けられません。答えのある質問に付けてください"),
		         list_roles[role].name, q->type->name);
}

static void store_role(struct reader *r, struct question *q, size_t offset,
                       int language, const struct csv_cell *cell)
{
	char *text = text_trim(cell->text);

	(void)offset, (void)language;
	for (int role = LIST_NONE + 1; role < LIST_ROLES; role++)
		if (strcmp(text, list_roles[role].name) == 0)
			take_role(r, q, (enum list_role)role, cell);
	if (q->role == LIST_NONE)
		complain(r, DIAG_ERROR, cell, 0,
		         _("list の「%s」は使えません。who what start when due ended のどれかを書いてください"),
		         text);
	free(text);
}

/* The same column of the choices, of which choice_cell tells. */
static void store_unmet(struct reader *r, struct question *q, size_t offset,
                        int language, const struct csv_cell *cell)
{
	char *text = text_trim(cell->text);

	(void)q, (void)offset, (void)language;
	if (strcmp(text, CHOICE_UNMET) != 0)
		complain(r, DIAG_ERROR, cell, 0,
		         _("choices の list の「%s」は使えません。未実施と数える選択肢に unmet と書きます"),
		         text);
	free(text);
}

/* What would be lost without a word if the column were passed over. */
static void store_unsupported(struct reader *r, struct question *q,
                              size_t offset, int language,
                              const struct csv_cell *cell)
{
	(void)q, (void)offset, (void)language;
	complain(r, DIAG_ERROR, cell, 0,
	         _("この列の機能（繰り返し、画像・音声・動画、トリガーなど）は使えません。セルを空にしてください"));
}

/* type and name, which the row as a whole is about. */
static void store_nothing(struct reader *r, struct question *q, size_t offset,
                          int language, const struct csv_cell *cell)
{
	(void)r, (void)q, (void)offset, (void)language, (void)cell;
}

/* --- how it is shown ---------------------------------------------------- */

static void show_texts(struct shown *s, const struct column_def *def,
                       const struct question *q)
{
	show_words(s, def->name, MEMBER(q, def->offset, struct words));
}

static void show_string(struct shown *s, const struct column_def *def,
                        const struct question *q)
{
	show_fact(s, def->name, *MEMBER(q, def->offset, char *));
}

static void show_expr(struct shown *s, const struct column_def *def,
                      const struct question *q)
{
	const struct expr *e = *MEMBER(q, def->offset, struct expr *);

	if (e)
		show_fact(s, def->name, expr_source(e));
}

/* A text may look like an expression that it is not. */
static void show_default(struct shown *s, const struct column_def *def,
                         const struct question *q)
{
	const struct expr *e = q->default_value;

	if (e)
		show_fact(s, expr_is_literal(e) ? "default (text)" : def->name,
		          expr_source(e));
}

static void show_switch(struct shown *s, const struct column_def *def,
                        const struct question *q)
{
	const struct expr *e = *MEMBER(q, def->offset, struct expr *);

	if (e)
		show_fact(s, def->name, *expr_source(e) ? expr_source(e) : "no");
}

static void show_appearance(struct shown *s, const struct column_def *def,
                            const struct question *q)
{
	if (q->multiline)
		show_fact(s, def->name, "multiline");
	if (q->field_list)
		show_fact(s, def->name, "field-list");
}

static void show_role(struct shown *s, const struct column_def *def,
                      const struct question *q)
{
	if (q->role != LIST_NONE)
		show_fact(s, def->name, list_roles[q->role].name);
}

/* --- the tables --------------------------------------------------------- */

#define IN(member) offsetof(struct question, member)

static const struct column_def survey_columns[] = {
	{ "type", store_nothing, 0, NULL },
	{ "name", store_nothing, 0, NULL },
	{ "disabled", store_nothing, 0, NULL },
	{ "label", store_words, IN(label), show_texts },
	{ "hint", store_words, IN(hint), show_texts },
	{ "guidance_hint", store_words, IN(guidance), show_texts },
	{ "relevant", store_switch, IN(relevant), show_switch },
	{ "required", store_switch, IN(required), show_switch },
	{ "required_message", store_message, IN(required_message), show_texts },
	{ "constraint", store_expr, IN(constraint), show_expr },
	{ "constraint_message", store_message, IN(constraint_message),
	  show_texts },
	{ "calculation", store_expr, IN(calculation), show_expr },
	{ "default", store_default, IN(default_value), show_default },
	{ "read_only", store_switch, IN(read_only), show_switch },
	{ "choice_filter", store_filter, IN(choice_filter), show_expr },
	{ "appearance", store_appearance, 0, show_appearance },
	/* other names that pyxform takes */
	{ "caption", store_words, IN(label), NULL },
	{ "relevance", store_switch, IN(relevant), NULL },
	{ "calculate", store_expr, IN(calculation), NULL },
	{ "readonly", store_switch, IN(read_only), NULL },
	/* our own */
	{ "number", store_string, IN(number), show_string },
	{ "clause", store_string, IN(clause), show_string },
	{ "mark", store_string, IN(mark), show_string },
	{ "renew", store_expr, IN(renew), show_expr },
	{ "list", store_role, 0, show_role },
	{ "due", store_expr, IN(due), show_expr },
	{ "na_reason", store_words, IN(na_reason), show_texts },
	{ "caution", store_expr, IN(caution), show_expr },
	{ "caution_message", store_message, IN(caution_message), show_texts },
	/* XLSForm's, but not ours */
	{ "media", store_unsupported, 0, NULL },
	{ "image", store_unsupported, 0, NULL },
	{ "big-image", store_unsupported, 0, NULL },
	{ "audio", store_unsupported, 0, NULL },
	{ "video", store_unsupported, 0, NULL },
	{ "repeat_count", store_unsupported, 0, NULL },
	{ "trigger", store_unsupported, 0, NULL },
	{ "bind", store_unsupported, 0, NULL },
	{ NULL, NULL, 0, NULL },
};

static const struct column_def choices_columns[] = {
	{ "list_name", store_nothing, 0, NULL },
	{ "name", store_nothing, 0, NULL },
	{ "label", store_words, 0, NULL },
	{ "list", store_unmet, 0, NULL },
	{ "media", store_unsupported, 0, NULL },
	{ "image", store_unsupported, 0, NULL },
	{ "big-image", store_unsupported, 0, NULL },
	{ "audio", store_unsupported, 0, NULL },
	{ "video", store_unsupported, 0, NULL },
	{ NULL, NULL, 0, NULL },
};

static const struct column_def settings_columns[] = {
	{ "form_title", store_nothing, 0, NULL },
	{ "form_id", store_nothing, 0, NULL },
	{ "version", store_nothing, 0, NULL },
	{ "default_language", store_nothing, 0, NULL },
	{ "instance_name", store_nothing, 0, NULL },
	{ NULL, NULL, 0, NULL },
};

const struct column_def *const sheet_columns[SHEETS] = {
	survey_columns, choices_columns, settings_columns,
};

const struct column_def *column_find(const struct column_def *defs,
                                     const char *name)
{
	for (; defs->name; defs++)
		if (strcmp(defs->name, name) == 0)
			return defs;
	return NULL;
}

bool column_has_words(const struct column_def *def)
{
	return def->store == store_words || def->store == store_message;
}
