/* calendar.h - months, weekdays and eras; private to base/
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BASE_CALENDAR_H
#define BASE_CALENDAR_H

#include "base/date.h"

#define ERAS 5

struct era {
	const char *name;
	char letter;
	int year, month, day; /* its first day */
};
extern const struct era eras[ERAS]; /* the last one has not ended */

date_day era_first_day(const struct era *era);
bool era_has_ended(const struct era *era);
date_day era_last_day(const struct era *era);
/* A year of ERA, a month and a day: 元年5月1日. A new string. */
char *day_in_era(const struct era *era, date_day d);

int days_in_month(int year, int month); /* 1 is January */

/* From Sunday on, msgids; the first character alone is the short form. */
extern const char *const weekdays[7];
#define SHORT_WEEKDAY 3 /* bytes */

#endif
