/* SPDX-License-Identifier: MIT
 *
 * Dates as people write them, and as we write them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "fuzz.h"

#define TODAY date_from_civil(2026, 11, 24)

static bool in_bounds(date_day day)
{
	int year, month, of_month;

	date_to_civil(day, &year, &month, &of_month);
	MUST(date_exists(year, month, of_month));
	MUST(date_from_civil(year, month, of_month) == day);
	return year >= DATE_FIRST_YEAR && year <= DATE_LAST_YEAR;
}

/* TEXT, which is freed, is DAY. */
static void check_is(char *text, date_day day)
{
	date_day again = day + 1;
	char *why = date_read(text, TODAY, &again);

	MUST(!why && again == day);
	free(text);
}

static void check_day(const char *text, date_day day)
{
	date_day again = day + 1;
	char *iso = date_iso(day);

	MUST(in_bounds(day));
	MUST(date_read_iso(iso, &again) && again == day);
	check_is(iso, day);
	check_is(date_wareki(day), day);
	check_is(text_nfkc(text), day);
	free(date_both(day));
}

void fuzz_date(const uint8_t *bytes, size_t length)
{
	char *text = fuzz_text(bytes, length), *why;
	date_day day = 0;

	if (!text)
		return;
	why = date_read(text, TODAY, &day);
	if (why)
		MUST(*why && text_is_utf8(why, strlen(why)));
	else
		check_day(text, day);
	free(why);
	if (date_read_iso(text, &day) && in_bounds(day)) {
		check_day(text, day);
		check_is(text_trim(text), day);
	}
	free(text);
}
