/* SPDX-License-Identifier: MIT
 *
 * The record reader: whatever it reads, of the built-in form or of the second
 * one, is a record with all that goes with it.
 */
#include "fuzz.h"

static void read_as(const struct form_set *set, const char *bytes,
                    size_t length)
{
	struct diag_list diags;
	struct record_csv csv;

	diag_list_init(&diags);
	if (record_csv_read(set->form, set->moment, bytes, length,
	                    ENCODING_UNKNOWN, "r.csv", &csv, &diags)) {
		for (size_t i = 0; i < set->form->n; i++)
			MUST(csv.lines[i] >= 1);
		fuzz_examine(set, csv.record);
		record_csv_release(&csv);
	} else {
		MUST(diags.errors > 0);
	}
	diag_list_release(&diags);
}

void fuzz_record(const uint8_t *bytes, size_t length)
{
	read_as(fuzz_form_set(false), (const char *)bytes, length);
	read_as(fuzz_form_set(true), (const char *)bytes, length);
}
