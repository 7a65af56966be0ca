/* SPDX-License-Identifier: MIT
 *
 * kakuninsho check: what is missing or wrong in records, FILE:LINE: message.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/text.h"
#include "cmd/common.h"
#include "record/check.h"

/* Part of the output's format, never translated. */
#define CAUTION "注意: "

static enum exit_code check_file(const struct form_set *set, const char *file)
{
	struct record_csv csv;
	struct problem_list list;
	enum exit_code code;

	if (!read_record(set, file, &csv))
		return EXIT_TROUBLE;
	problem_list_init(&list);
	record_problems(csv.record, &list);
	for (size_t i = 0; i < list.n; i++) {
		const struct problem *p = &list.items[i];
		char *name = text_from_bytes(file);
		char *title = question_title(csv.record, p->question);
		char *text = buf_format("%s:%ld: %s%s: %s", name,
		                        csv.lines[p->question],
		                        p->kind == PROBLEM_CAUTION ? CAUTION : "",
		                        title, p->text);
		char *line = text_one_line(text);

		puts(line);
		free(line);
		free(text);
		free(title);
		free(name);
	}
	code = list.errors ? EXIT_PROBLEMS : EXIT_FINE;
	problem_list_release(&list);
	record_csv_release(&csv);
	return code;
}

/* For a person: of many files one sees which are wrong, not that the others were
 * looked at. COUNTS is how many gave each code. */
static void say_sum(const int counts[], int n)
{
	if (isatty(STDOUT_FILENO))
		say_error(_("%d件を確かめました。記入漏れや誤りなし %d、あり %d、読めないもの %d"),
		          n, counts[EXIT_FINE], counts[EXIT_PROBLEMS],
		          counts[EXIT_TROUBLE]);
}

enum exit_code cmd_check(const struct options *o, char **files, int n)
{
	enum exit_code worst = EXIT_FINE;
	int counts[EXIT_TROUBLE + 1] = {0};
	struct form_set set;

	if (n == 0) {
		say_error(_("check には FILE が要ります。確かめる確認書のファイルを指定してください"));
		return EXIT_TROUBLE;
	}
	if (!form_set_load(&set, o))
		return EXIT_TROUBLE;
	for (int i = 0; i < n; i++) {
		enum exit_code code = check_file(&set, files[i]);

		counts[code]++;
		if (code > worst)
			worst = code;
	}
	say_sum(counts, n);
	form_set_release(&set);
	return close_output(worst);
}
