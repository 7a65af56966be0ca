/* SPDX-License-Identifier: MIT */
#include "expr/functions.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/spelling.h"
#include "expr/number.h"
#include "expr/pattern.h"

#define XML_SPACE " \t\r\n"

/* --- arguments ------------------------------------------------------------ */

/* Argument I as a string, which lives as long as the call. */
static const char *text_arg(struct call *call, size_t i)
{
	struct value *arg = &call->args[i];
	char *text;

	if (arg->kind != VALUE_STRING) {
		text = value_to_string(arg);
		value_release(arg);
		*arg = value_own_string(text);
	}
	return arg->string;
}

static double number_arg(struct call *call, size_t i)
{
	return value_to_number(&call->args[i]);
}

static bool boolean_arg(struct call *call, size_t i)
{
	return value_to_boolean(&call->args[i]);
}

/* Argument I itself, taken out of the call. */
static struct value take_arg(struct call *call, size_t i)
{
	struct value taken = call->args[i];

	call->args[i] = value_boolean(false);
	return taken;
}

/* Argument I as a day of the calendar with its time of day; false if it is
 * none. */
static bool date_arg(struct call *call, size_t i, double *days)
{
	const struct value *arg = &call->args[i];

	if (arg->kind == VALUE_STRING)
		return value_read_date(arg->string, days);
	*days = arg->number;
	return arg->kind != VALUE_BOOLEAN && *days >= VALUE_FIRST_DAY &&
	       *days < VALUE_LAST_DAY + 1;
}

/* --- booleans and choosing ------------------------------------------------ */

static struct value call_not(struct call *call)
{
	return value_boolean(!boolean_arg(call, 0));
}

static struct value call_true(struct call *call)
{
	(void)call;
	return value_boolean(true);
}

static struct value call_false(struct call *call)
{
	(void)call;
	return value_boolean(false);
}

static struct value call_boolean(struct call *call)
{
	return value_boolean(boolean_arg(call, 0));
}

static struct value call_if(struct call *call)
{
	bool open = call->args[0].open;
	struct value taken = take_arg(call, boolean_arg(call, 0) ? 1 : 2);

	taken.open |= open;
	return taken;
}

/* Both engines of ODK take NaN for nothing here. */
static bool is_empty(const struct value *v)
{
	if (v->kind == VALUE_STRING)
		return v->string[0] == '\0';
	return isnan(v->number);
}

static struct value call_coalesce(struct call *call)
{
	return take_arg(call, is_empty(&call->args[0]) ? 1 : 0);
}

static struct value call_once(struct call *call)
{
	struct value self = expr_answer(call->env, call->env->self);

	if (!is_empty(&self))
		return self;
	value_release(&self);
	return take_arg(call, 0);
}

/* --- strings -------------------------------------------------------------- */

static struct value call_string(struct call *call)
{
	return value_string(text_arg(call, 0));
}

static size_t count_characters(const char *s)
{
	return u8_mbsnlen((const uint8_t *)s, strlen(s));
}

/* The place in S of its character I, or its end. */
static const char *at_character(const char *s, size_t i)
{
	const uint8_t *p = (const uint8_t *)s;
	ucs4_t c;

	while (i-- > 0 && *p)
		p += u8_mbtouc(&c, p, strlen((const char *)p));
	return (const char *)p;
}

static struct value call_string_length(struct call *call)
{
	return value_number((double)count_characters(text_arg(call, 0)));
}

/* The next word of *S, and *S behind it; NULL at the end. */
static const char *next_word(const char **s, size_t *length)
{
	const char *word = *s + strspn(*s, XML_SPACE);

	*length = strcspn(word, XML_SPACE);
	*s = word + *length;
	return *length ? word : NULL;
}

static struct value call_normalize_space(struct call *call)
{
	const char *s = text_arg(call, 0), *word;
	struct buf out;
	size_t length;

	buf_init(&out);
	while ((word = next_word(&s, &length))) {
		buf_add(&out, out.len ? " " : "");
		buf_add_bytes(&out, word, length);
	}
	return value_own_string(out.s);
}

static struct value call_concat(struct call *call)
{
	struct buf out;

	buf_init(&out);
	for (size_t i = 0; i < call->n; i++)
		buf_add(&out, text_arg(call, i));
	return value_own_string(out.s);
}

static struct value call_contains(struct call *call)
{
	return value_boolean(strstr(text_arg(call, 0), text_arg(call, 1)));
}

static struct value call_starts_with(struct call *call)
{
	const char *prefix = text_arg(call, 1);

	return value_boolean(strncmp(text_arg(call, 0), prefix,
	                             strlen(prefix)) == 0);
}

static struct value call_ends_with(struct call *call)
{
	const char *s = text_arg(call, 0), *suffix = text_arg(call, 1);
	size_t length = strlen(s), tail = strlen(suffix);

	return value_boolean(tail <= length &&
	                     strcmp(s + length - tail, suffix) == 0);
}

static struct value call_substring_before(struct call *call)
{
	const char *s = text_arg(call, 0);
	const char *found = strstr(s, text_arg(call, 1));
	size_t length = found ? (size_t)(found - s) : 0;

	return value_own_string(mem_strndup(s, length));
}

static struct value call_substring_after(struct call *call)
{
	const char *needle = text_arg(call, 1);
	const char *found = strstr(text_arg(call, 0), needle);

	return value_string(found ? found + strlen(needle) : "");
}

/* Position argument I of substr(), from the end where it is negative, within a
 * string of LENGTH characters. */
static double position_arg(struct call *call, size_t i, double length)
{
	double position = number_truncate(number_arg(call, i));

	if (position < 0)
		position += length;
	return position < 0 ? 0 : position > length ? length : position;
}

static struct value call_substr(struct call *call)
{
	const char *s = text_arg(call, 0), *first, *last;
	double length = (double)count_characters(s);
	double start = position_arg(call, 1, length);
	double end = call->n > 2 ? position_arg(call, 2, length) : length;

	if (!(start < end))
		return value_string("");
	first = at_character(s, (size_t)start);
	last = at_character(first, (size_t)(end - start));
	return value_own_string(mem_strndup(first, (size_t)(last - first)));
}

/* What translate() makes of CHARACTER: itself where FROM does not have it, else
 * the one at the same place in TO, or nothing. */
static void add_translated(struct buf *out, const char *character,
                           const char *from, const char *to)
{
	const char *found = strstr(from, character);
	const char *place;
	size_t i;

	if (!found) {
		buf_add(out, character);
		return;
	}
	i = u8_mbsnlen((const uint8_t *)from, (size_t)(found - from));
	place = at_character(to, i);
	buf_add_bytes(out, place, (size_t)(at_character(place, 1) - place));
}

static struct value call_translate(struct call *call)
{
	const char *s = text_arg(call, 0), *next;
	const char *from = text_arg(call, 1), *to = text_arg(call, 2);
	struct buf out;

	/* FROM is searched for each character. */
	if (!expr_spend(call->env, strlen(s) * (1 + strlen(from) / 16)))
		return value_string("");
	buf_init(&out);
	for (; *s; s = next) {
		char *character;

		next = at_character(s, 1);
		character = mem_strndup(s, (size_t)(next - s));
		add_translated(&out, character, from, to);
		free(character);
	}
	return value_own_string(out.s);
}

/* --- regular expressions -------------------------------------------------- */

static char *check_regex(struct node *node, size_t *offset)
{
	const struct node *literal = node->parts->next;
	size_t at;
	char *fault, *error;

	if (literal->kind != NODE_STRING)
		return NULL;
	node->pattern = pattern_compile(literal->text, &at, &fault);
	if (node->pattern)
		return NULL;
	*offset = literal->offset + 1 + at;
	error = buf_format(_("正規表現が正しくありません（%s）"), fault);
	free(fault);
	return error;
}

static bool matches(struct call *call, const struct pattern *pattern)
{
	struct expr_work *work = call->env->work;

	return pattern_matches(pattern, text_arg(call, 0), &work->left,
	                       &work->overran);
}

/* What compiling a pattern costs, at most, a byte. */
#define PATTERN_UNITS 100

/* A pattern that was computed and is none matches nothing. */
static bool matches_computed(struct call *call)
{
	const char *text = text_arg(call, 1);
	struct pattern *pattern;
	size_t offset;
	char *fault;
	bool found;

	if (!expr_spend(call->env, PATTERN_UNITS * (1 + strlen(text))))
		return false;
	pattern = pattern_compile(text, &offset, &fault);
	if (!pattern) {
		free(fault);
		return false;
	}
	found = matches(call, pattern);
	pattern_free(pattern);
	return found;
}

static struct value call_regex(struct call *call)
{
	return value_boolean(call->node->pattern
	                     ? matches(call, call->node->pattern)
	                     : matches_computed(call));
}

/* --- selects -------------------------------------------------------------- */

/* An empty name is selected where nothing is: so both engines of ODK. */
static struct value call_selected(struct call *call)
{
	const char *s = text_arg(call, 0), *wanted = text_arg(call, 1), *word;
	size_t length, wanted_length;

	wanted += strspn(wanted, XML_SPACE);
	wanted_length = strlen(wanted);
	while (wanted_length && strchr(XML_SPACE, wanted[wanted_length - 1]))
		wanted_length--;
	if (!wanted_length)
		return value_boolean(s[strspn(s, XML_SPACE)] == '\0');
	while ((word = next_word(&s, &length)))
		if (length == wanted_length &&
		    strncmp(word, wanted, length) == 0)
			return value_boolean(true);
	return value_boolean(false);
}

static struct value call_selected_at(struct call *call)
{
	const char *s = text_arg(call, 0), *word;
	double wanted = number_truncate(number_arg(call, 1));
	size_t length;

	for (double i = 0; (word = next_word(&s, &length)); i++)
		if (i == wanted)
			return value_own_string(mem_strndup(word, length));
	return value_string("");
}

static struct value call_count_selected(struct call *call)
{
	const char *s = text_arg(call, 0);
	size_t length;
	double n = 0;

	while (next_word(&s, &length))
		n++;
	return value_number(n);
}

static char *check_choice_name(struct node *node, size_t *offset)
{
	const struct node *question = node->parts->next;

	if (question->kind == NODE_STRING &&
	    question->reference != NO_REFERENCE)
		return NULL;
	*offset = question->offset;
	return mem_strdup(_("jr:choice-name の2番目の引数は、質問の名前を"
	                    "引用符で囲んで「'${名前}'」と書いてください"));
}

static struct value call_choice_name(struct call *call)
{
	const struct node *name = call->node->parts->next;
	int question = call->expr->refs[name->reference].question;

	return value_own_string(call->env->choice_label(
		call->env->ctx, question, text_arg(call, 0)));
}

/* --- dates ---------------------------------------------------------------- */

static struct value call_today(struct call *call)
{
	return value_date(call->env->today);
}

static struct value call_now(struct call *call)
{
	return value_date(call->env->now);
}

static struct value call_date(struct call *call)
{
	double days;

	return date_arg(call, 0, &days) ? value_date(number_floor(days))
	                                : value_string("");
}

static struct value call_decimal_date_time(struct call *call)
{
	double days;

	return value_number(date_arg(call, 0, &days) ? days : NAN);
}

/* What format-date() writes for %CODE; false where it is no code of ODK's. */
static bool add_date_part(struct buf *out, char code, double days)
{
	static const char *const months[] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun",
		"Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
	};
	static const char *const weekdays[] = {
		"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat",
	};
	int year, month, day;
	long ms, date = value_day(days, &ms);

	date_to_civil(date, &year, &month, &day);
	switch (code) {
	case 'Y': buf_addf(out, "%04d", year); break;
	case 'y': buf_addf(out, "%02d", year % 100); break;
	case 'm': buf_addf(out, "%02d", month); break;
	case 'n': buf_addf(out, "%d", month); break;
	case 'b': buf_add(out, months[month - 1]); break;
	case 'd': buf_addf(out, "%02d", day); break;
	case 'e': buf_addf(out, "%d", day); break;
	case 'a': buf_add(out, weekdays[date_weekday(date)]); break;
	case 'H': buf_addf(out, "%02ld", ms / 3600000); break;
	case 'h': buf_addf(out, "%ld", ms / 3600000); break;
	case 'M': buf_addf(out, "%02ld", ms / 60000 % 60); break;
	case 'S': buf_addf(out, "%02ld", ms / 1000 % 60); break;
	case '3': buf_addf(out, "%03ld", ms % 1000); break;
	default: return false;
	}
	return true;
}

static struct value call_format_date(struct call *call)
{
	const char *format = text_arg(call, 1);
	struct buf out;
	double days;

	if (!date_arg(call, 0, &days))
		return value_string("");
	buf_init(&out);
	for (const char *s = format; *s; s++) {
		if (*s == '%' && add_date_part(&out, s[1], days))
			s++;
		else
			buf_add_byte(&out, *s);
	}
	return value_own_string(out.s);
}

/* --- numbers -------------------------------------------------------------- */

static struct value call_number(struct call *call)
{
	return value_number(number_arg(call, 0));
}

static struct value call_int(struct call *call)
{
	return value_number(number_truncate(number_arg(call, 0)));
}

/* Halves go away from zero, as in ODK and not in XPath 1.0. */
static struct value call_round(struct call *call)
{
	double number = number_arg(call, 0);
	double places = call->n > 1 ? number_truncate(number_arg(call, 1))
	                            : 0;
	double scale = number_power_of_ten(places);
	double rounded = number_round(number * scale) / scale;

	if (isfinite(number) && isfinite(places) && !isfinite(rounded))
		return value_number(places > 0 ? number : 0);
	return value_number(rounded);
}

static struct value call_floor(struct call *call)
{
	return value_number(number_floor(number_arg(call, 0)));
}

static struct value call_ceiling(struct call *call)
{
	return value_number(number_ceiling(number_arg(call, 0)));
}

static struct value call_abs(struct call *call)
{
	return value_number(fabs(number_arg(call, 0)));
}

/* The argument that SIGN makes the greatest; NaN where one is no number. */
static struct value extreme(struct call *call, int sign)
{
	double best = number_arg(call, 0);

	for (size_t i = 1; i < call->n; i++) {
		double number = number_arg(call, i);

		if (isnan(number) || number * sign > best * sign)
			best = number;
	}
	return value_number(best);
}

static struct value call_min(struct call *call)
{
	return extreme(call, -1);
}

static struct value call_max(struct call *call)
{
	return extreme(call, 1);
}

static char *check_count(struct node *node, size_t *offset)
{
	enum node_kind kind = node->parts->kind;

	if (kind == NODE_REFERENCE || kind == NODE_SELF)
		return NULL;
	*offset = node->parts->offset;
	return mem_strdup(_("count の引数は質問（「${名前}」）だけです"));
}

/* ODK counts the nodes of a node-set, empty ones too; without repeats a
 * question is one. */
static struct value call_count(struct call *call)
{
	(void)call;
	return value_number(1);
}

/* --- the table ------------------------------------------------------------ */

static const struct function functions[] = {
	{"not", 1, 1, call_not, NULL, false},
	{"true", 0, 0, call_true, NULL, false},
	{"false", 0, 0, call_false, NULL, false},
	{"boolean", 1, 1, call_boolean, NULL, false},
	{"if", 3, 3, call_if, NULL, true},
	{"coalesce", 2, 2, call_coalesce, NULL, false},
	{"once", 1, 1, call_once, NULL, false},
	{"string", 1, 1, call_string, NULL, false},
	{"string-length", 1, 1, call_string_length, NULL, false},
	{"normalize-space", 1, 1, call_normalize_space, NULL, false},
	{"concat", 1, ANY_NUMBER, call_concat, NULL, false},
	{"contains", 2, 2, call_contains, NULL, false},
	{"starts-with", 2, 2, call_starts_with, NULL, false},
	{"ends-with", 2, 2, call_ends_with, NULL, false},
	{"substring-before", 2, 2, call_substring_before, NULL, false},
	{"substring-after", 2, 2, call_substring_after, NULL, false},
	{"substr", 2, 3, call_substr, NULL, false},
	{"translate", 3, 3, call_translate, NULL, false},
	{"regex", 2, 2, call_regex, check_regex, false},
	{"selected", 2, 2, call_selected, NULL, false},
	{"selected-at", 2, 2, call_selected_at, NULL, false},
	{"count-selected", 1, 1, call_count_selected, NULL, false},
	{"jr:choice-name", 2, 2, call_choice_name, check_choice_name, false},
	{"today", 0, 0, call_today, NULL, false},
	{"now", 0, 0, call_now, NULL, false},
	{"date", 1, 1, call_date, NULL, false},
	{"decimal-date-time", 1, 1, call_decimal_date_time, NULL, false},
	{"format-date", 2, 2, call_format_date, NULL, false},
	{"number", 1, 1, call_number, NULL, false},
	{"int", 1, 1, call_int, NULL, false},
	{"round", 1, 2, call_round, NULL, false},
	{"floor", 1, 1, call_floor, NULL, false},
	{"ceiling", 1, 1, call_ceiling, NULL, false},
	{"abs", 1, 1, call_abs, NULL, false},
	{"min", 1, ANY_NUMBER, call_min, NULL, false},
	{"max", 1, ANY_NUMBER, call_max, NULL, false},
	{"count", 1, 1, call_count, check_count, false},
};

const struct function *function_find(const char *name)
{
	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
		if (strcmp(functions[i].name, name) == 0)
			return &functions[i];
	return NULL;
}

const char *function_nearest(const char *name)
{
	size_t near = strlen(name) / 4 + 2; /* the first distance that is too far */
	const char *nearest = NULL;

	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
		size_t d = spelling_distance(name, functions[i].name);

		if (d < near) {
			near = d;
			nearest = functions[i].name;
		}
	}
	return nearest;
}
