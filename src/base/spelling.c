/* SPDX-License-Identifier: MIT */
#include "base/spelling.h"

#include <string.h>

size_t spelling_distance(const char *a, const char *b)
{
	size_t row[SPELLING_LONGEST + 1];
	size_t n = strlen(a), m = strlen(b);

	if (n > SPELLING_LONGEST || m > SPELLING_LONGEST)
		return SPELLING_LONGEST;
	for (size_t i = 0; i <= n; i++)
		row[i] = i;
	for (size_t k = 1; k <= m; k++) {
		size_t diagonal = row[0];

		row[0] = k;
		for (size_t i = 1; i <= n; i++) {
			size_t best = diagonal + (a[i - 1] != b[k - 1]);

			diagonal = row[i];
			if (row[i] + 1 < best)
				best = row[i] + 1;
			if (row[i - 1] + 1 < best)
				best = row[i - 1] + 1;
			row[i] = best;
		}
	}
	return row[n];
}

size_t spelling_limit(const char *word)
{
	size_t length = strlen(word);

	return length < 4 ? 1 : length < 12 ? 2 : 3;
}
