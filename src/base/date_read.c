/* SPDX-License-Identifier: MIT */
#include "base/calendar.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* --- Numerals --- */

/* Three bytes each. From 10 on they are units. */
static const struct {
	const char *text;
	int value;
} numerals[] = {
	{ "〇", 0 }, { "零", 0 },  { "一", 1 },   { "二", 2 },    { "三", 3 },
	{ "四", 4 }, { "五", 5 },  { "六", 6 },   { "七", 7 },    { "八", 8 },
	{ "九", 9 }, { "十", 10 }, { "百", 100 }, { "千", 1000 }, { "壱", 1 },
	{ "弐", 2 }, { "参", 3 },  { "拾", 10 },
};

/* The numeral at *P, which is moved behind it; -1: there is none. */
static int take_numeral(const char **p)
{
	const char *s = *p;

	for (size_t i = 0; i < COUNT(numerals); i++) {
		const char *n = numerals[i].text;

		if (s[0] == n[0] && s[1] == n[1] && s[2] == n[2]) {
			*p += 3;
			return numerals[i].value;
		}
	}
	return -1;
}

/* The numerals at *P, which is moved behind them, as a number: 二十五 is 25, so is
 * 二五, and 二〇二五 is 2025. False where they are none (二五十). */
static bool take_numerals(const char **p, long *number)
{
	long digits = 0;
	int n_digits = 0, unit = 10000, value;

	*number = 0;
	while ((value = take_numeral(p)) >= 0) {
		if (value < 10) {
			digits = digits * 10 + value;
			if (++n_digits > 8)
				return false;
			continue;
		}
		if (value >= unit || n_digits > 1 || (n_digits && !digits))
			return false;
		*number += value * (n_digits ? digits : 1);
		unit = value;
		digits = n_digits = 0;
	}
	*number += digits;
	return unit == 10000 || n_digits <= 1;
}

/* TEXT as far as possible in half-width letters and digits, a new string: 令和七年
 * is 令和7年. Numerals that are no number, or part of one, stay. */
static char *plain_text(const char *text)
{
	char *narrow = text_nfkc(text);
	const char *p = narrow;
	struct buf plain;
	long number;

	buf_init(&plain);
	while (*p) {
		const char *from = p;
		bool follows = p > narrow && isdigit((unsigned char)p[-1]);

		if (take_numeral(&p) < 0) {
			buf_add_byte(&plain, *p++);
			continue;
		}
		p = from;
		if (take_numerals(&p, &number) && !follows &&
		    !isdigit((unsigned char)*p))
			buf_addf(&plain, "%ld", number);
		else
			buf_add_bytes(&plain, from, (size_t)(p - from));
	}
	free(narrow);
	return plain.s;
}

/* --- Reading --- */

/* What stands in a text; judged when all of it has been read. */
struct written {
	const struct era *era; /* NULL: a year of our reckoning */
	long year;             /* as written */
	int year_digits;
	bool year_is_named; /* 年 stands after it */
	int parts;          /* 1: only a year; 2: and a month; 3: all */
	long month;
	long day;
	int weekday; /* -1: none */
	bool year_is_month; /* 4月1日: they are in year and month */
	bool is_all;        /* nothing else stands there */
};

static void skip_space(const char **p)
{
	*p += strspn(*p, " \t\r\n");
}

static bool take(const char **p, const char *token)
{
	skip_space(p);
	if (!text_has_prefix(*p, token))
		return false;
	*p += strlen(token);
	return true;
}

/* Returns how many digits it has; 0: there is none, or far too many. */
static int take_number(const char **p, long *number)
{
	size_t n;

	skip_space(p);
	n = strspn(*p, "0123456789");
	if (n == 0 || n > 8)
		return 0;
	*number = strtol(*p, NULL, 10);
	*p += n;
	return (int)n;
}

/* What an input method makes of the keys - / . counts as them. 0: there is no
 * separator. */
static char take_separator(const char **p)
{
	static const struct {
		const char *text;
		char kind;
	} separators[] = {
		{ "-", '-' }, { "ー", '-' }, { "‐", '-' }, { "−", '-' },
		{ "–", '-' }, { "/", '/' },  { "・", '/' }, { ".", '.' },
		{ "。", '.' },
	};

	for (size_t i = 0; i < COUNT(separators); i++) {
		if (take(p, separators[i].text))
			return separators[i].kind;
	}
	return 0;
}

static const struct era *take_era(const char **p)
{
	skip_space(p);
	for (size_t i = 0; i < ERAS; i++) {
		if (take(p, eras[i].name))
			return &eras[i];
		if (toupper((unsigned char)**p) == eras[i].letter) {
			++*p;
			return &eras[i];
		}
	}
	take(p, "西暦");
	return NULL;
}

static void take_year(const char **p, struct written *w)
{
	w->era = take_era(p);
	if (w->era && take(p, "元")) {
		w->year = 1;
		w->year_digits = 1;
	} else {
		w->year_digits = take_number(p, &w->year);
	}
	w->parts = w->year_digits > 0;
	if (w->year_digits == (w->era ? 6 : 8)) { /* R070401, 20250401 */
		w->day = w->year % 100;
		w->month = w->year / 100 % 100;
		w->year /= 10000;
		w->year_digits -= 4;
		w->parts = 3;
	}
}

/* 年4月1日, or as much of it as is there. */
static void take_named_month_and_day(const char **p, struct written *w)
{
	w->year_is_named = true;
	if (!take_number(p, &w->month) || !take(p, "月"))
		return;
	w->parts = 2;
	if (take_number(p, &w->day) && take(p, "日"))
		w->parts = 3;
}

/* 1日 behind 4月, or as much of it as is there. */
static void take_day_without_year(const char **p, struct written *w)
{
	w->year_is_month = true;
	w->parts = 2;
	if (take_number(p, &w->month))
		take(p, "日");
}

/* /4/1, or as much of it as is there. */
static void take_month_and_day(const char **p, struct written *w)
{
	char separator = take_separator(p);

	if (!separator || !take_number(p, &w->month))
		return;
	w->parts = 2;
	if (take_separator(p) == separator && take_number(p, &w->day))
		w->parts = 3;
}

/* (火), (火曜日) or 火曜日; anything else is left standing. */
static void take_weekday(const char **p, struct written *w)
{
	const char *q = *p;
	bool in_brackets = take(&q, "("), named;
	int i = 0;

	skip_space(&q);
	while (i < 7 && strncmp(q, weekdays[i], SHORT_WEEKDAY) != 0)
		i++;
	if (i == 7)
		return;
	q += SHORT_WEEKDAY;
	named = take(&q, "曜");
	if (named)
		take(&q, "日");
	if (in_brackets ? !take(&q, ")") : !named)
		return;
	w->weekday = i;
	*p = q;
}

static struct written read_written(const char *p)
{
	struct written w = { .weekday = -1 };

	take_year(&p, &w);
	if (w.parts == 1) {
		if (take(&p, "年"))
			take_named_month_and_day(&p, &w);
		else if (!w.era && take(&p, "月"))
			take_day_without_year(&p, &w);
		else
			take_month_and_day(&p, &w);
	}
	if (w.parts >= 2)
		take_weekday(&p, &w);
	skip_space(&p);
	w.is_all = !*p;
	return w;
}

/* --- Judging: each returns the reason why not, or NULL --- */

static bool is_a_day(const struct written *w, long year)
{
	return w->is_all && w->parts == 3 && w->year > 0 &&
	       year <= DATE_LAST_YEAR &&
	       date_exists((int)year, (int)w->month, (int)w->day);
}

static char *judge_era_year(const struct written *w, long year)
{
	char *last;
	char *reason;

	if (w->year < 1)
		return buf_format(_("「%s」は元年からです"), w->era->name);
	if (!era_has_ended(w->era) || year <= w->era[1].year)
		return NULL;
	last = day_in_era(w->era, era_last_day(w->era));
	reason = buf_format(_("「%s」は%sまでです（%s%ld年は西暦%ld年）"),
	                    w->era->name, last, w->era->name, w->year, year);
	free(last);
	return reason;
}

static const char *no_date(void)
{
	return _("日付として読めません。"
	         "「令和7年4月1日」「2025/4/1」のように書いてください");
}

#define CANDIDATES 3        /* as many as can be taken in */
#define CANDIDATE_YEARS 50L /* further from today nobody means */

struct candidate {
	date_day day;
	char *text;
};

/* Keep the nearest to TODAY in C, in order. Takes TEXT. */
static void add_candidate(struct candidate *c, date_day day, char *text,
                          date_day today)
{
	struct candidate add = { day, text }, other;

	for (size_t i = 0; i < CANDIDATES; i++) {
		if (c[i].text && labs(c[i].day - today) <= labs(add.day - today))
			continue;
		other = c[i];
		c[i] = add;
		add = other;
	}
	free(add.text);
}

/* W in the YEAR of ERA (NULL: of our reckoning) is a candidate, if there is that
 * day and it is not too far away. */
static void consider(struct candidate *c, const struct written *w,
                     const struct era *era, long year, date_day today)
{
	date_day day;
	char *wareki;

	if (!date_exists((int)year, (int)w->month, (int)w->day))
		return;
	day = date_from_civil((int)year, (int)w->month, (int)w->day);
	wareki = date_wareki(day);
	if ((!era || text_has_prefix(wareki, era->name)) &&
	    (w->weekday < 0 || w->weekday == date_weekday(day)) &&
	    labs(day - today) <= CANDIDATE_YEARS * 365)
		add_candidate(c, day, era ? mem_strdup(wareki)
		              : buf_format("%ld年%ld月%ld日", year, w->month,
		                           w->day), today);
	free(wareki);
}

/* FORMAT with the days in it; frees C. NULL where there are none. */
__attribute__((format(printf, 1, 0)))
static char *ask_back(const char *format, struct candidate *c)
{
	struct buf days;
	char *question = NULL;

	buf_init(&days);
	for (size_t i = 0; i < CANDIDATES && c[i].text; i++) {
		buf_addf(&days, "%s%s", i ? _("、") : "", c[i].text);
		free(c[i].text);
	}
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	if (days.len)
		question = buf_format(format, days.s);
#pragma GCC diagnostic pop
	buf_release(&days);
	return question;
}

/* 25/4/1: which year is it? */
static char *judge_short_year(const struct written *w, date_day today)
{
	struct candidate c[CANDIDATES] = {0};
	char *question;

	if (w->parts == 3 && w->year_digits <= 2) {
		consider(c, w, NULL, 1900 + w->year, today);
		consider(c, w, NULL, 2000 + w->year, today);
		for (size_t i = 0; i < ERAS; i++)
			consider(c, w, &eras[i], eras[i].year + w->year - 1,
			         today);
	}
	question = ask_back(_("どの年か分かりません。%sのように書いてください"), c);
	if (question)
		return question;
	if (w->day > 31) /* 4/1/2025 */
		return mem_strdup(no_date());
	return mem_strdup(_("年は「2025」のように4桁で書くか、"
	                    "「令和7」「R7」のように元号を付けてください"));
}

/* 4/1, or 4月1日: of which year? W has the month for its year, and so on. */
static char *judge_no_year(const struct written *w, date_day today)
{
	struct candidate c[CANDIDATES] = {0};
	struct written day = { .month = w->year, .day = w->month,
	                       .weekday = w->weekday };
	int year, month, of_month;
	char *question;

	date_to_civil(today, &year, &month, &of_month);
	consider(c, &day, NULL, year, today);
	consider(c, &day, NULL, year - 1, today);
	question = ask_back(_("年がありません。%sのように年から書いてください"), c);
	return question ? question
	     : mem_strdup(_("年がありません。「令和7年4月1日」「2025/4/1」の"
	                    "ように年から書いてください"));
}

static char *judge_form(const struct written *w, date_day today)
{
	if (w->is_all && w->year_is_month)
		return judge_no_year(w, today);
	if (w->parts == 0 || !w->is_all)
		return mem_strdup(no_date());
	if (w->era || w->year_digits == 4)
		return NULL;
	if (w->year_digits < 4 && (w->year_is_named || w->parts == 3))
		return judge_short_year(w, today);
	return w->year_digits < 4 && w->parts == 2
		? judge_no_year(w, today) : mem_strdup(no_date());
}

static char *judge_parts(const struct written *w, long year)
{
	if (year < DATE_FIRST_YEAR)
		return buf_format(_("%d年（明治6年）より前の日付は、"
		                    "暦が今と違うため書けません"),
		                  DATE_FIRST_YEAR);
	if (year > DATE_LAST_YEAR)
		return buf_format(_("年は西暦%d年までです"), DATE_LAST_YEAR);
	if (w->parts < 3)
		return mem_strdup(_("日付が途中までです。「令和7年4月1日」"
		                    "「2025/4/1」のように日まで書いてください"));
	if (w->month < 1 || w->month > 12)
		return buf_format(_("「%ld月」はありません。月は1から12までです"),
		                  w->month);
	if (!date_exists((int)year, (int)w->month, (int)w->day))
		return buf_format(_("「%ld日」はありません。"
		                    "%ld年%ld月は1日から%d日までです"),
		                  w->day, year, w->month,
		                  days_in_month((int)year, (int)w->month));
	return NULL;
}

static char *judge_era_day(const struct era *era, date_day d)
{
	bool early = d < era_first_day(era);
	char *bound;
	char *right;
	char *reason;

	if (!early && d <= era_last_day(era))
		return NULL;
	bound = day_in_era(era, early ? era_first_day(era) : era_last_day(era));
	right = date_wareki(d);
	reason = buf_format(early ? _("「%s」は%sからです（この日は%s）")
	                          : _("「%s」は%sまでです（この日は%s）"),
	                    era->name, bound, right);
	free(bound);
	free(right);
	return reason;
}

static char *judge_weekday(const struct written *w, long year, date_day d)
{
	int weekday = date_weekday(d);

	if (w->weekday < 0 || w->weekday == weekday)
		return NULL;
	return buf_format(_("%ld年%ld月%ld日は%sです。"
	                    "日付か曜日を直してください"),
	                  year, w->month, w->day, _(weekdays[weekday]));
}

static char *judge(const struct written *w, date_day today, date_day *day)
{
	long year = w->era ? w->era->year + w->year - 1 : w->year;
	char *reason;
	date_day d;

	if (w->era && w->parts && !is_a_day(w, year) &&
	    (reason = judge_era_year(w, year)))
		return reason;
	if ((reason = judge_form(w, today)))
		return reason;
	if ((reason = judge_parts(w, year)))
		return reason;
	d = date_from_civil((int)year, (int)w->month, (int)w->day);
	if (w->era && (reason = judge_era_day(w->era, d)))
		return reason;
	if ((reason = judge_weekday(w, year, d)))
		return reason;
	*day = d;
	return NULL;
}

char *date_read(const char *text, date_day today, date_day *day)
{
	char *plain = plain_text(text);
	struct written w = read_written(plain);

	free(plain);
	return judge(&w, today, day);
}
