/* SPDX-License-Identifier: MIT */
#include "base/calendar.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/i18n.h"

const struct era eras[ERAS] = {
	{ "明治", 'M', 1868, 1, 25 },
	{ "大正", 'T', 1912, 7, 30 },
	{ "昭和", 'S', 1926, 12, 25 },
	{ "平成", 'H', 1989, 1, 8 },
	{ "令和", 'R', 2019, 5, 1 },
};

const char *const weekdays[] = {
	N_("日曜日"), N_("月曜日"), N_("火曜日"), N_("水曜日"),
	N_("木曜日"), N_("金曜日"), N_("土曜日"),
};

/* --- The calendar --- */

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in_month(int year, int month)
{
	static const int days[] = {
		31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
	};

	return days[month - 1] + (month == 2 && is_leap(year));
}

bool date_exists(int year, int month, int day)
{
	return month >= 1 && month <= 12 && day >= 1 &&
	       day <= days_in_month(year, month);
}

#define DAYS_IN_400_YEARS 146097

/* Floored, as the calendar goes on before its own beginning. */
static long divide(long a, long b)
{
	return a / b - (a % b < 0);
}

/* Years are counted from March here, so that the leap day comes last; day 0 is
 * 0000-03-01, which is 719468 days before 1970-01-01. */
date_day date_from_civil(int year, int month, int day)
{
	long y = month > 2 ? year : year - 1L;
	long m = month > 2 ? month - 3 : month + 9;

	return y * 365 + divide(y, 4) - divide(y, 100) + divide(y, 400) +
	       (153 * m + 2) / 5 + day - 1 - 719468;
}

void date_to_civil(date_day d, int *year, int *month, int *day)
{
	long cycle = divide(d + 719468, DAYS_IN_400_YEARS);
	long n = d + 719468 - cycle * DAYS_IN_400_YEARS;
	long y = (n - n / 1460 + n / 36524 - n / 146096) / 365;
	long m;

	n -= y * 365 + y / 4 - y / 100;
	m = (5 * n + 2) / 153;
	*day = (int)(n - (153 * m + 2) / 5 + 1);
	*month = (int)(m < 10 ? m + 3 : m - 9);
	*year = (int)(y + cycle * 400 + (m >= 10));
}

int date_weekday(date_day d)
{
	return (int)(d + 4 - divide(d + 4, 7) * 7);
}

/* --- Eras --- */

date_day era_first_day(const struct era *era)
{
	return date_from_civil(era->year, era->month, era->day);
}

bool era_has_ended(const struct era *era)
{
	return era < eras + ERAS - 1;
}

date_day era_last_day(const struct era *era)
{
	return era_has_ended(era) ? era_first_day(era + 1) - 1 : LONG_MAX;
}

char *day_in_era(const struct era *era, date_day d)
{
	int year, month, day;

	date_to_civil(d, &year, &month, &day);
	if (year == era->year)
		return buf_format("元年%d月%d日", month, day);
	return buf_format("%d年%d月%d日", year - era->year + 1, month, day);
}

/* --- As text --- */

bool date_read_iso(const char *text, date_day *day)
{
	const char *shape = "0000-00-00";
	int year, month, d;

	for (size_t i = 0; i <= strlen(shape); i++) {
		if (shape[i] == '0' ? !isdigit((unsigned char)text[i])
		                    : text[i] != shape[i])
			return false;
	}
	year = atoi(text);
	month = atoi(text + 5);
	d = atoi(text + 8);
	if (!date_exists(year, month, d))
		return false;
	*day = date_from_civil(year, month, d);
	return true;
}

char *date_iso(date_day d)
{
	int year, month, day;

	date_to_civil(d, &year, &month, &day);
	return buf_format("%04d-%02d-%02d", year, month, day);
}

char *date_wareki(date_day d)
{
	const struct era *era = eras + ERAS - 1;
	int year, month, day;
	char *rest;
	char *whole;

	date_to_civil(d, &year, &month, &day);
	if (year < DATE_FIRST_YEAR)
		return buf_format("西暦%d年%d月%d日", year, month, day);
	while (d < era_first_day(era))
		era--;
	rest = day_in_era(era, d);
	whole = buf_format("%s%s", era->name, rest);
	free(rest);
	return whole;
}

char *date_both(date_day d)
{
	char *wareki = date_wareki(d);
	char *iso = date_iso(d);
	char *both = buf_format("%s（%s %.*s）", wareki, iso, SHORT_WEEKDAY,
	                        weekdays[date_weekday(d)]);

	free(wareki);
	free(iso);
	return both;
}

/* 2025-04-01 is heard as three numbers, and 火 alone as fire. */
char *date_spoken(date_day d)
{
	char *wareki = date_wareki(d);
	const char *weekday = _(weekdays[date_weekday(d)]);
	size_t n = (size_t)(strstr(wareki, "年") - wareki) + strlen("年");
	int year, month, day;
	char *spoken;

	date_to_civil(d, &year, &month, &day);
	spoken = year < DATE_FIRST_YEAR
		? buf_format("%s %s", wareki, weekday)
		: buf_format("%.*s（%d年）%s %s", (int)n, wareki, year,
		             wareki + n, weekday);
	free(wareki);
	return spoken;
}

char *date_wareki_and_weekday(date_day d)
{
	char *wareki = date_wareki(d);
	char *whole = buf_format("%s（%.*s）", wareki, SHORT_WEEKDAY,
	                         weekdays[date_weekday(d)]);

	free(wareki);
	return whole;
}

/* --- The clock --- */

static struct tm local_time(void)
{
	time_t now = time(NULL);
	struct tm local;

	localtime_r(&now, &local);
	return local;
}

date_day date_today(void)
{
	struct tm t = local_time();

	return date_from_civil(t.tm_year + 1900, t.tm_mon + 1, t.tm_mday);
}

double date_time_of_day(void)
{
	struct tm t = local_time();

	return (t.tm_hour * 3600 + t.tm_min * 60 + t.tm_sec) / 86400.0;
}
