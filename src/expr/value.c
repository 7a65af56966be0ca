/* SPDX-License-Identifier: MIT */
#include "expr/value.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "expr/number.h"

#define DAY_MS 86400000L
#define XML_SPACE " \t\r\n"

struct value value_own_string(char *s)
{
	return (struct value){.kind = VALUE_STRING, .string = s};
}

struct value value_string(const char *s)
{
	return value_own_string(mem_strdup(s));
}

struct value value_number(double number)
{
	return (struct value){.kind = VALUE_NUMBER, .number = number};
}

struct value value_boolean(bool truth)
{
	return (struct value){.kind = VALUE_BOOLEAN, .number = truth};
}

struct value value_date(double days)
{
	if (!(days >= VALUE_FIRST_DAY && days < VALUE_LAST_DAY + 1))
		return value_string("");
	return (struct value){.kind = VALUE_DATE, .number = days};
}

void value_release(struct value *v)
{
	free(v->string);
	*v = (struct value){.kind = VALUE_NUMBER};
}

/* Read LEAST to MOST digits at *S and move past them. */
static bool read_digits(const char **s, int least, int most, int *number)
{
	int n = 0;

	*number = 0;
	while (n < most && **s >= '0' && **s <= '9') {
		*number = *number * 10 + (**s - '0');
		++*s;
		n++;
	}
	return n >= least;
}

static bool read_char(const char **s, char c)
{
	if (**s != c)
		return false;
	++*s;
	return true;
}

/* The digits after a point, as a fraction; the bound keeps it exact enough and
 * the rest is passed over. */
static bool read_fraction(const char **s, double *fraction)
{
	const char *start = *s;
	int digits;

	if (!read_digits(s, 1, 9, &digits))
		return false;
	*fraction = digits / number_power_of_ten((double)(*s - start));
	*s += strspn(*s, "0123456789");
	return true;
}

/* HH:MM[:SS[.fraction]] as a fraction of a day. */
static bool read_time(const char **s, double *time)
{
	int hour, minute, second = 0;
	double fraction = 0;

	if (!read_digits(s, 2, 2, &hour) || !read_char(s, ':') ||
	    !read_digits(s, 2, 2, &minute))
		return false;
	if (read_char(s, ':') && !read_digits(s, 2, 2, &second))
		return false;
	if (read_char(s, '.') && !read_fraction(s, &fraction))
		return false;
	if (hour > 23 || minute > 59 || second > 59)
		return false;
	*time = (hour * 3600 + minute * 60 + second + fraction) / 86400;
	return true;
}

/* As value_read_date, months and days of at least LEAST digits. */
static bool read_date(const char *s, int least, double *days)
{
	int year, month, day;
	double time = 0;

	if (!read_digits(&s, 4, 4, &year) || !read_char(&s, '-') ||
	    !read_digits(&s, least, 2, &month) || !read_char(&s, '-') ||
	    !read_digits(&s, least, 2, &day))
		return false;
	if (read_char(&s, 'T') && !read_time(&s, &time))
		return false;
	if (*s || year < 1 || !date_exists(year, month, day))
		return false;
	*days = (double)date_from_civil(year, month, day) + time;
	return true;
}

bool value_read_date(const char *text, double *days)
{
	return read_date(text, 1, days);
}

bool value_is_date(const struct value *v)
{
	double days;

	return v->kind == VALUE_DATE ||
	       (v->kind == VALUE_STRING && read_date(v->string, 2, &days));
}

long value_day(double days, long *milliseconds)
{
	double total = number_round(days * DAY_MS);
	double day = number_floor(total / DAY_MS);

	*milliseconds = (long)(total - day * DAY_MS);
	return (long)day;
}

/* XPath 1.0 §4.4: white space, a minus, digits with a point among them, white
 * space. strtod would also take exponents, hexadecimal and, by locale, commas:
 * it gets the digits alone, and where the point was as an exponent. */
static double read_number(const char *s)
{
	struct buf digits;
	double number = NAN;
	size_t whole, decimals = 0;

	buf_init(&digits);
	s += strspn(s, XML_SPACE);
	if (read_char(&s, '-'))
		buf_add_byte(&digits, '-');
	whole = strspn(s, "0123456789");
	buf_add_bytes(&digits, s, whole);
	s += whole;
	if (read_char(&s, '.')) {
		decimals = strspn(s, "0123456789");
		buf_add_bytes(&digits, s, decimals);
		s += decimals;
	}
	s += strspn(s, XML_SPACE);
	if (!*s && whole + decimals > 0) {
		buf_addf(&digits, "e-%zu", decimals);
		number = strtod(digits.s, NULL);
	}
	buf_release(&digits);
	return number;
}

/* The fewest decimal digits that read back as NUMBER (finite, not below 0), and
 * the power of ten of the first. */
static void shortest_digits(double number, char digits[18], int *exponent)
{
	char text[40];
	size_t n = 0;

	for (int precision = 0; precision < 17; precision++) {
		snprintf(text, sizeof text, "%.*e", precision, number);
		if (strtod(text, NULL) == number)
			break;
	}
	/* Whatever the locale's decimal point is, it is no digit. */
	for (const char *s = text; *s != 'e'; s++)
		if (*s >= '0' && *s <= '9')
			digits[n++] = *s;
	digits[n] = '\0';
	*exponent = atoi(strchr(text, 'e') + 1);
}

/* XPath 1.0 §4.2: never an exponent. */
static char *write_number(double number)
{
	struct buf out;
	char digits[18];
	int exponent;
	size_t n, whole;

	if (isnan(number))
		return mem_strdup("NaN");
	if (isinf(number))
		return mem_strdup(number > 0 ? "Infinity" : "-Infinity");
	shortest_digits(fabs(number), digits, &exponent);
	n = strlen(digits);
	whole = exponent < 0 ? 0 : (size_t)exponent + 1;
	buf_init(&out);
	buf_add(&out, number < 0 ? "-" : "");
	if (whole >= n) {
		buf_add(&out, digits);
		buf_add_repeated(&out, '0', whole - n);
		return out.s;
	}
	buf_add_bytes(&out, digits, whole);
	buf_add(&out, whole ? "." : "0.");
	if (!whole)
		buf_add_repeated(&out, '0', (size_t)(-exponent - 1));
	buf_add(&out, digits + whole);
	return out.s;
}

static char *write_date(double days)
{
	long milliseconds;
	char *day = date_iso(value_day(days, &milliseconds));
	long seconds = milliseconds / 1000;
	char *both;

	if (milliseconds == 0)
		return day;
	both = buf_format("%sT%02ld:%02ld:%02ld", day, seconds / 3600,
	                  seconds / 60 % 60, seconds % 60);
	free(day);
	return both;
}

bool value_to_boolean(const struct value *v)
{
	switch (v->kind) {
	case VALUE_STRING:
		return v->string[0] != '\0';
	case VALUE_DATE:
		return true;
	case VALUE_NUMBER:
	case VALUE_BOOLEAN:
		break;
	}
	return v->number != 0 && !isnan(v->number);
}

double value_to_number(const struct value *v)
{
	double days;

	if (v->kind != VALUE_STRING)
		return v->number;
	if (read_date(v->string, 2, &days))
		return days;
	return read_number(v->string);
}

char *value_to_string(const struct value *v)
{
	switch (v->kind) {
	case VALUE_STRING:
		return mem_strdup(v->string);
	case VALUE_NUMBER:
		return write_number(v->number);
	case VALUE_BOOLEAN:
		return mem_strdup(v->number != 0 ? "true" : "false");
	case VALUE_DATE:
		break;
	}
	return write_date(v->number);
}
