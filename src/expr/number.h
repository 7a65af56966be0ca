/* number.h - the arithmetic that C leaves to libm
 *
 * Of all of libm only this is needed, and loading it would be a tenth of the
 * memory of the running program. Each is exact: it gives what trunc, floor, ceil,
 * round, fmod and a correctly rounded pow give, for every number, infinity and
 * NaN, to the sign of 0.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXPR_NUMBER_H
#define EXPR_NUMBER_H

double number_truncate(double number);
double number_floor(double number);
double number_ceiling(double number);
double number_round(double number); /* halves go away from zero */

/* What is left of A when B has been taken from it as often as it can be; has
 * the sign of A. NaN where B is 0 or A is infinite. */
double number_modulo(double a, double b);

/* 10 to the power of EXPONENT, an integer. */
double number_power_of_ten(double exponent);

#endif
