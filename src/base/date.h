/* date.h - days, in both calendars
 *
 * A day is a count of days since 1970-01-01 (negative before), proleptic
 * Gregorian, of any year; only date_read keeps to the years below.
 *
 * Eras and their bounds: 明治 1868-01-25 to 1912-07-29 (as Japanese practice
 * reckons, from the Gregorian calendar's 1873-01-01 on; earlier days are
 * refused), 大正 1912-07-30 to 1926-12-24, 昭和 1926-12-25 to 1989-01-07,
 * 平成 1989-01-08 to 2019-04-30, 令和 from 2019-05-01
 * (元号を改める政令, 平成31年政令第143号).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>

typedef long date_day;

#define DATE_FIRST_YEAR 1873
#define DATE_LAST_YEAR 9999

/* Read a date as people write it: 2025-04-01, 2025/4/1, 2025.4.1, 20250401,
 * 2025年4月1日, 令和7年4月1日, 令和元年…, R7.4.1, r7/4/1, R070401, full-width or
 * half-width (also ー ・ 。, which an input method makes of - / .), with numerals
 * (令和七年四月一日, 二〇二五年), a space here and there, 「(火)」, 「（火曜日）」 or
 * 「火曜日」 at the end, which must be the right one.
 *
 * Returns NULL and sets *DAY; or leaves *DAY alone and returns the reason why
 * not, in the person's language, to be freed by the caller: it is no date; a
 * month or day that does not exist (2025-02-30: how many days that February
 * has); a day or year past its era's end (平成31年5月1日: that 平成 ran to 4月30日,
 * and this is 令和元年5月1日) or before its start; a year without its month and
 * day; another weekday than the one it says. An era year is judged before what
 * follows it is missed, so 平成32年 alone is told that 平成 ended.
 *
 * Of what may mean several days none is guessed; the reason names those nearest
 * TODAY, as they can be written: 25/4/1 may be 2025年4月1日, 平成25年4月1日 or
 * 令和25年4月1日, and 4/1 wants a year. */
char *date_read(const char *text, date_day today, date_day *day);

/* Read exactly YYYY-MM-DD; false where TEXT is anything else. */
bool date_read_iso(const char *text, date_day *day);

bool date_exists(int year, int month, int day);
date_day date_from_civil(int year, int month, int day); /* must exist */
void date_to_civil(date_day d, int *year, int *month, int *day);
int date_weekday(date_day d); /* 0 is Sunday */

/* Each a new string. Before 明治6年 wareki falls back on 西暦1872年12月31日. */
char *date_iso(date_day d);     /* 2025-04-01 */
char *date_wareki(date_day d);  /* 令和7年4月1日; 令和元年5月1日 */
char *date_both(date_day d);    /* 令和7年4月1日（2025-04-01 火） */
char *date_spoken(date_day d);  /* 令和7年（2025年）4月1日 火曜日 */
char *date_wareki_and_weekday(date_day d); /* 令和7年4月1日（火） */

/* The day it is here now, and the time of day as a fraction of a day. */
date_day date_today(void);
double date_time_of_day(void);

#endif
