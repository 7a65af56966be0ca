/* SPDX-License-Identifier: MIT */
#include "expr/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Steps: PCRE2 does not tell how many it took, so few are allowed at first, and
 * then more. The last is a few hundredths of a second. */
#define FIRST_LIMIT 100
#define MATCH_LIMIT 409600
#define STEP_UNITS 10
#define DEPTH_LIMIT 100000
#define HEAP_LIMIT_KIB (20 * 1024)

struct pattern {
	pcre2_code *code;
	pcre2_match_context *limits;
};

static char *fault_text(int number)
{
	PCRE2_UCHAR text[256];

	pcre2_get_error_message(number, text, sizeof text);
	return mem_strdup((const char *)text);
}

struct pattern *pattern_compile(const char *text, size_t *offset, char **fault)
{
	struct pattern *pattern;
	pcre2_match_context *limits;
	pcre2_code *code;
	int number;

	code = pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED,
	                     PCRE2_UTF | PCRE2_ALT_BSUX |
	                     PCRE2_NEVER_BACKSLASH_C,
	                     &number, offset, NULL);
	if (!code && number == PCRE2_ERROR_HEAP_FAILED)
		mem_must(NULL);
	if (!code) {
		*fault = fault_text(number);
		return NULL;
	}
	limits = mem_must(pcre2_match_context_create(NULL));
	pcre2_set_depth_limit(limits, DEPTH_LIMIT);
	pcre2_set_heap_limit(limits, HEAP_LIMIT_KIB);
	pattern = mem_alloc(sizeof *pattern);
	pattern->code = code;
	pattern->limits = limits;
	return pattern;
}

void pattern_free(struct pattern *pattern)
{
	if (!pattern)
		return;
	pcre2_match_context_free(pattern->limits);
	pcre2_code_free(pattern->code);
	free(pattern);
}

static int match(const struct pattern *pattern, const char *text, long limit)
{
	pcre2_match_data *data;
	int found;

	data = mem_must(pcre2_match_data_create_from_pattern(pattern->code, NULL));
	pcre2_set_match_limit(pattern->limits, (uint32_t)limit);
	found = pcre2_match(pattern->code, (PCRE2_SPTR)text, strlen(text), 0,
	                    PCRE2_ANCHORED | PCRE2_ENDANCHORED, data,
	                    pattern->limits);
	pcre2_match_data_free(data);
	if (found == PCRE2_ERROR_NOMEMORY) /* which is no limit of ours */
		mem_must(NULL);
	return found;
}

bool pattern_matches(const struct pattern *pattern, const char *text,
                     long *left, bool *overran)
{
	int found = PCRE2_ERROR_MATCHLIMIT;

	for (long limit = FIRST_LIMIT; found == PCRE2_ERROR_MATCHLIMIT &&
	     limit <= MATCH_LIMIT && limit * STEP_UNITS <= *left; limit *= 8) {
		found = match(pattern, text, limit);
		*left -= limit * STEP_UNITS;
	}
	*overran |= found == PCRE2_ERROR_MATCHLIMIT ||
	            found == PCRE2_ERROR_DEPTHLIMIT ||
	            found == PCRE2_ERROR_HEAPLIMIT;
	return found >= 0;
}
