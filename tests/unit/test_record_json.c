/* SPDX-License-Identifier: MIT */
#include "fixture.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "out/record_json.h"

static char *json_of(const struct record *r)
{
	struct buf b;

	buf_init(&b);
	record_json_write(r, &b);
	assert_true(text_is_utf8(b.s, b.len));
	return b.s;
}

static void assert_json(const struct record *r, const char *wanted)
{
	char *json = json_of(r);

	assert_string_equal(json, wanted);
	free(json);
}

#define HEAD(status) \
	"{\n\"form\": {\"id\": \"t\", \"version\": \"1\", \"title\": \"試験\"},\n" \
	"\"status\": \"" status "\",\n\"answers\": [\n"
#define OF(name, label) "{\"name\": \"" name "\", \"number\": \"\", " \
	"\"clause\": \"\", \"label\": \"" label "\", "
#define REST "\"detail\": null, \"applies\": true, \"reason\": null}"

/* Every kind of value; an answer that is wrong is as it was typed. */
static void test_values(void **state)
{
	struct form *form = fixture_form(
		"type|name|label|\n"
		"text|t|文|\n"
		"integer|n|数|\n"
		"date|d|日|\n"
		"date|w|誤|\n"
		"select_one c|o|一|\n"
		"select_multiple c|m|多|\n"
		"note|x|注|\n"
		"text|e|空|\n",
		"list_name|name|label|\nc|a|あ|\nc|b|い|\n");
	struct record *r = record_new(form, fixture_now);

	(void)state;
	answer(r, "t", "\"\\/\n\t𠮷\x01");
	answer(r, "n", "１２");
	answer(r, "d", "令和7年4月1日");
	answer(r, "w", "令和7年2月30日");
	answer(r, "o", "い");
	answer(r, "m", "a b");
	assert_json(r, HEAD("draft")
		OF("t", "文") "\"value\": \"\\\"\\\\/\\n\\u0009𠮷〓\", "
		"\"words\": \"\\\"\\\\/\\n\\u0009𠮷〓\", \"valid\": true, " REST ",\n"
		OF("n", "数") "\"value\": \"12\", \"words\": \"12\", "
		"\"valid\": true, " REST ",\n"
		OF("d", "日") "\"value\": \"2025-04-01\", "
		"\"words\": \"令和7年4月1日\", \"valid\": true, " REST ",\n"
		OF("w", "誤") "\"value\": \"令和7年2月30日\", \"words\": null, "
		"\"valid\": false, " REST ",\n"
		OF("o", "一") "\"value\": \"b\", \"words\": \"い\", "
		"\"valid\": true, " REST ",\n"
		OF("m", "多") "\"value\": [\"a\", \"b\"], \"words\": \"あ、い\", "
		"\"valid\": true, " REST ",\n"
		OF("e", "空") "\"value\": null, \"words\": null, "
		"\"valid\": true, " REST "\n]\n}\n");
	record_free(r);
	form_free(form);
}

/* An item is one row; what does not apply says why, what is open null. */
static void test_items(void **state)
{
	struct form *form = fixture_form(
		"type|name|label|number|clause|relevant|na_reason|required|\n"
		"select_one c|g|門|||||yes|\n"
		"begin_group|i1|項|1|3.3|${g} = 'a'|無のため||\n"
		"select_one c|i1_answer|答||||||\n"
		"text|i1_detail|詳||||||\n"
		"end_group||||||||\n",
		"list_name|name|label|\nc|a|あ|\nc|b|い|\n");
	struct record *r = record_new(form, fixture_now);
	char *json;

	(void)state;
	answer(r, "i1_detail", "訳");
	json = json_of(r);
	assert_non_null(strstr(json, "{\"name\": \"i1\", \"number\": \"1\", "
		"\"clause\": \"3.3\", \"label\": \"項\", \"value\": null, "
		"\"words\": null, \"valid\": true, \"detail\": \"訳\", "
		"\"applies\": null, \"reason\": null}"));
	free(json);
	answer(r, "g", "a");
	answer(r, "i1_answer", "b");
	json = json_of(r);
	assert_non_null(strstr(json, "\"value\": \"b\", \"words\": \"い\", "
		"\"valid\": true, \"detail\": \"訳\", \"applies\": true, "
		"\"reason\": null}"));
	free(json);
	answer(r, "g", "b");
	json = json_of(r); /* a draft keeps it */
	assert_non_null(strstr(json, "\"value\": \"b\", \"words\": \"い\", "
		"\"valid\": true, \"detail\": \"訳\", \"applies\": false, "
		"\"reason\": \"無のため\"}"));
	free(json);
	record_finish(r);
	json = json_of(r);
	assert_non_null(strstr(json, "\"status\": \"finished\""));
	assert_non_null(strstr(json, "\"value\": null, \"words\": null, "
		"\"valid\": true, \"detail\": null, \"applies\": false, "
		"\"reason\": \"無のため\"}"));
	free(json);
	record_free(r);
	form_free(form);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_items),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
