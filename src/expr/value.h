/* value.h - what an expression can be: XPath 1.0's values, and ODK's dates
 *
 * A value is passed by copy; its string is owned by it and freed by
 * value_release. Conversions follow XPath 1.0 §4.2-4.4, with ODK's additions:
 * a date is a number of days since 1970-01-01 (its fraction the time of day),
 * is written as YYYY-MM-DD (with a time of day as YYYY-MM-DDTHH:MM:SS), and a
 * string of that form counts as that number wherever a number is needed to
 * compare or calculate. Times are local; a string with an offset (+09:00) is no
 * date.
 *
 * open: what the value stands on is not answered yet, so it may still become
 * another one. The value itself is what ODK would compute with '' there.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXPR_VALUE_H
#define EXPR_VALUE_H

#include <stdbool.h>

enum value_kind {
	VALUE_STRING,
	VALUE_NUMBER,
	VALUE_BOOLEAN,
	VALUE_DATE,
};

struct value {
	enum value_kind kind;
	bool open;
	double number; /* NUMBER; BOOLEAN: 0 or 1; DATE: days */
	char *string;  /* STRING, never NULL there; NULL otherwise */
};

/* The days a date may be: 0001-01-01 to 9999-12-31, till midnight. */
#define VALUE_FIRST_DAY (-719162)
#define VALUE_LAST_DAY 2932896

struct value value_string(const char *s); /* copies S */
struct value value_own_string(char *s);   /* S belongs to the value */
struct value value_number(double number);
struct value value_boolean(bool truth);
struct value value_date(double days); /* NaN or out of bounds: '' */
void value_release(struct value *v);

bool value_to_boolean(const struct value *v);
double value_to_number(const struct value *v);
char *value_to_string(const struct value *v); /* a new string */

/* A date, or a string that counts as one. */
bool value_is_date(const struct value *v);

/* Read YYYY-MM-DD, or YYYY-MM-DDTHH:MM[:SS[.fraction]], as days; month and day
 * may be of one digit, as ODK's date() has it. False where TEXT is anything
 * else, also a day that does not exist. */
bool value_read_date(const char *text, double *days);

/* The day of DAYS, a date's number, and the milliseconds since it began. */
long value_day(double days, long *milliseconds);

#endif
