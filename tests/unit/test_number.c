/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "expr/number.h"

#define TIMES 100000

/* The same to the sign of 0; all NaN are one. */
static void assert_same(double ours, double theirs)
{
	if (isnan(ours) && isnan(theirs))
		return;
	assert_memory_equal(&ours, &theirs, sizeof ours);
}

/* Any bits: huge and tiny ones, infinities and NaN. */
static double any_number(void)
{
	uint64_t bits = ((uint64_t)mrand48() << 32) ^ (uint32_t)mrand48();
	double number;

	memcpy(&number, &bits, sizeof number);
	return number;
}

/* Numbers near one another, halves and integers among them. */
static double usual_number(void)
{
	return (double)(mrand48() % 100000) / (1 << lrand48() % 8);
}

static const double special[] = {
	0, -0.0, 0.5, -0.5, 0.49999999999999994, -0.49999999999999994, 1.5, 2.5,
	4503599627370495.5, 4503599627370497, 9007199254740993.0, 5e-324, 1e-323,
	3.5e-323, 2.2250738585072014e-308, 1.7976931348623157e308, INFINITY,
	-INFINITY, NAN,
};

#define SPECIALS (sizeof special / sizeof *special)

static void assert_integers_of(double number)
{
	assert_same(number_truncate(number), trunc(number));
	assert_same(number_floor(number), floor(number));
	assert_same(number_ceiling(number), ceil(number));
	assert_same(number_round(number), round(number));
}

static void integers_near_a_number(void **state)
{
	(void)state;
	for (size_t i = 0; i < SPECIALS; i++)
		assert_integers_of(special[i]);
	for (int i = 0; i < TIMES; i++) {
		assert_integers_of(any_number());
		assert_integers_of(usual_number());
	}
}

static void leaves_what_fmod_leaves(void **state)
{
	(void)state;
	for (size_t i = 0; i < SPECIALS; i++)
		for (size_t k = 0; k < SPECIALS; k++)
			assert_same(number_modulo(special[i], special[k]),
			            fmod(special[i], special[k]));
	for (int i = 0; i < TIMES; i++) {
		double a = usual_number(), b = usual_number();

		assert_same(number_modulo(a, b), fmod(a, b));
		if (i % 100 == 0) { /* they take long */
			a = any_number();
			b = any_number();
			assert_same(number_modulo(a, b), fmod(a, b));
		}
	}
}

/* Up to 22 they are exact in a double, so they can be reckoned. */
static void powers_of_ten(void **state)
{
	double power = 1;

	(void)state;
	for (int i = 0; i <= 22; i++, power *= 10) {
		assert_same(number_power_of_ten(i), power);
		assert_same(number_power_of_ten(-i), 1 / power);
	}
	assert_same(number_power_of_ten(308), 1e308);
	assert_same(number_power_of_ten(-323), 1e-323);
	assert_same(number_power_of_ten(309), INFINITY);
	assert_same(number_power_of_ten(1e300), INFINITY);
	assert_same(number_power_of_ten(INFINITY), INFINITY);
	assert_same(number_power_of_ten(-324), 0);
	assert_same(number_power_of_ten(-INFINITY), 0);
	assert_true(isnan(number_power_of_ten(NAN)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(integers_near_a_number),
		cmocka_unit_test(leaves_what_fmod_leaves),
		cmocka_unit_test(powers_of_ten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
