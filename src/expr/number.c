/* SPDX-License-Identifier: MIT */
#include "expr/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* From here on a double has no room for a fraction. */
#define ALL_INTEGERS 4503599627370496.0 /* 2^52 */

double number_truncate(double number)
{
	return fabs(number) < ALL_INTEGERS
		? copysign((double)(long long)number, number) : number;
}

double number_floor(double number)
{
	double whole = number_truncate(number);

	return whole > number ? whole - 1 : whole;
}

double number_ceiling(double number)
{
	double whole = number_truncate(number);

	return whole < number ? whole + 1 : whole;
}

double number_round(double number)
{
	double whole = number_truncate(number);

	/* The difference of a number and its integer part is exact. */
	return fabs(number - whole) >= 0.5 ? whole + copysign(1, number)
	                                   : whole;
}

/* Long division in base 2. What is taken away is more than half of what is left,
 * so the difference is exact, as doubling is; where it is only compared, rounding
 * changes nothing. */
double number_modulo(double a, double b)
{
	double left = fabs(a), divisor = fabs(b);

	if (isnan(b) || !isfinite(a) || divisor == 0)
		return NAN;
	while (left >= divisor) {
		double part = divisor;

		while (part <= left - part)
			part += part;
		left -= part;
	}
	return copysign(left, a);
}

/* strtod rounds correctly; beyond 400 all is 0 or infinite. */
double number_power_of_ten(double exponent)
{
	char text[8];

	if (isnan(exponent))
		return exponent;
	if (fabs(exponent) > 400)
		exponent = copysign(400, exponent);
	snprintf(text, sizeof text, "1e%d", (int)exponent);
	return strtod(text, NULL);
}
