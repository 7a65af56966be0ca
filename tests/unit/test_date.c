/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/date.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define TODAY date_from_civil(2026, 11, 24)

static void assert_made(char *made, const char *expected)
{
	assert_string_equal(made, expected);
	free(made);
}

static date_day read_date(const char *text)
{
	date_day day = -1;
	char *reason = date_read(text, TODAY, &day);

	if (reason)
		print_error("%s: %s\n", text, reason);
	assert_null(reason);
	return day;
}

/* --- The calendar --- */

/* The C library counts days too. */
static void test_every_day_is_the_c_librarys(void **state)
{
	(void)state;
	for (date_day d = -800000; d < 800000; d++) {
		time_t seconds = (time_t)d * 86400;
		int year, month, day;
		struct tm t;

		gmtime_r(&seconds, &t);
		date_to_civil(d, &year, &month, &day);
		assert_int_equal(year, t.tm_year + 1900);
		assert_int_equal(month, t.tm_mon + 1);
		assert_int_equal(day, t.tm_mday);
		assert_int_equal(date_weekday(d), t.tm_wday);
		assert_int_equal(date_from_civil(year, month, day), d);
		assert_true(date_exists(year, month, day));
	}
}

static void test_days_that_do_not_exist(void **state)
{
	static const int days[][3] = {
		{ 2025, 2, 29 }, { 2024, 2, 30 }, { 1900, 2, 29 },
		{ 2025, 4, 31 }, { 2025, 1, 32 }, { 2025, 1, 0 },
		{ 2025, 0, 1 },  { 2025, 13, 1 }, { 2025, -1, 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(days); i++)
		assert_false(date_exists(days[i][0], days[i][1], days[i][2]));
	assert_true(date_exists(2024, 2, 29));
	assert_true(date_exists(2000, 2, 29));
}

/* --- Reading --- */

static void test_dates_as_people_write_them(void **state)
{
	static const struct {
		const char *text;
		const char *iso;
	} cases[] = {
		{ "2025-04-01", "2025-04-01" },
		{ "2025-4-1", "2025-04-01" },
		{ "2025/4/1", "2025-04-01" },
		{ "2025/04/01", "2025-04-01" },
		{ "2025.4.1", "2025-04-01" },
		{ "20250401", "2025-04-01" },
		{ "2025年4月1日", "2025-04-01" },
		{ "西暦2025年4月1日", "2025-04-01" },
		{ "２０２５年４月１日", "2025-04-01" },
		{ "２０２５／４／１", "2025-04-01" },
		{ "２０２５－０４－０１", "2025-04-01" },
		{ "２０２５．４．１", "2025-04-01" },
		{ "２０２５０４０１", "2025-04-01" },
		{ "２０２５ー４ー１", "2025-04-01" }, /* an input method's */
		{ "２０２５・４・１", "2025-04-01" },
		{ "Ｒ７。４。１", "2025-04-01" },
		{ "  2025 年 4 月 1 日 ", "2025-04-01" },
		{ "　令和 7年　4月 1日", "2025-04-01" },
		{ "2025 / 4 / 1", "2025-04-01" },
		{ "令和7年4月1日", "2025-04-01" },
		{ "令和７年４月１日", "2025-04-01" },
		{ "令和07年04月01日", "2025-04-01" },
		{ "令和7.4.1", "2025-04-01" },
		{ "令和7/4/1", "2025-04-01" },
		{ "R7.4.1", "2025-04-01" },
		{ "r7/4/1", "2025-04-01" },
		{ "Ｒ７．４．１", "2025-04-01" },
		{ "ｒ７－４－１", "2025-04-01" },
		{ "R7年4月1日", "2025-04-01" },
		{ "R 7. 4. 1", "2025-04-01" },
		{ "㋿7年4月1日", "2025-04-01" },
		{ "㍻31年4月30日", "2019-04-30" },
		{ "令和元年5月1日", "2019-05-01" },
		{ "令和1年5月1日", "2019-05-01" },
		{ "R元.5.1", "2019-05-01" },
		{ "平成元年1月8日", "1989-01-08" },
		{ "h1.1.8", "1989-01-08" },
		{ "平成31年4月30日", "2019-04-30" },
		{ "昭和64年1月7日", "1989-01-07" },
		{ "S64.1.7", "1989-01-07" },
		{ "㍼元年12月25日", "1926-12-25" },
		{ "大正15年12月24日", "1926-12-24" },
		{ "t1/7/30", "1912-07-30" },
		{ "明治45年7月29日", "1912-07-29" },
		{ "M6.1.1", "1873-01-01" },
		{ "2024年2月29日", "2024-02-29" },
		{ "9999-12-31", "9999-12-31" },
		{ "令和7年4月1日(火)", "2025-04-01" },
		{ "令和7年4月1日（火曜日）", "2025-04-01" },
		{ "令和7年4月1日（火曜）", "2025-04-01" },
		{ "2025/4/1 ( 火 )", "2025-04-01" },
		{ "20250401㈫", "2025-04-01" },
		{ "2025-04-06（日曜日）", "2025-04-06" },
		{ "2025年4月1日火曜日", "2025-04-01" },
		{ "2025/4/1 火曜", "2025-04-01" },
		{ "㍾45年7月29日", "1912-07-29" },
		{ "㍽15年12月24日", "1926-12-24" },
		{ "2025年㋃㏠", "2025-04-01" },
		{ "R070401", "2025-04-01" },
		{ "令和070401", "2025-04-01" },
		{ "H310430", "2019-04-30" },
		{ "R07.04.01", "2025-04-01" },
		{ "令和七年四月一日", "2025-04-01" },
		{ "令和元年五月一日", "2019-05-01" },
		{ "平成三十一年四月三十日（火）", "2019-04-30" },
		{ "昭和六十四年一月七日", "1989-01-07" },
		{ "令和十年十二月十日", "2028-12-10" },
		{ "令和二〇年一〇月二〇日", "2038-10-20" },
		{ "二〇二五年四月一日", "2025-04-01" },
		{ "二千二十五年四月一日", "2025-04-01" },
		{ "千九百八十九年一月八日", "1989-01-08" },
		{ "令和弐年参月拾壱日", "2020-03-11" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_made(date_iso(read_date(cases[i].text)), cases[i].iso);
}

#define NO_DATE "日付として読めません。「令和7年4月1日」「2025/4/1」のように書いてください"
#define NO_YEAR "年がありません。「令和7年4月1日」「2025/4/1」のように年から書いてください"
#define WHICH(days) "どの年か分かりません。" days "のように書いてください"
#define OF_WHICH(days) "年がありません。" days "のように年から書いてください"
#define SHORT_YEAR "年は「2025」のように4桁で書くか、「令和7」「R7」のように元号を付けてください"
#define UNFINISHED "日付が途中までです。「令和7年4月1日」「2025/4/1」のように日まで書いてください"
#define TOO_EARLY "1873年（明治6年）より前の日付は、暦が今と違うため書けません"

static void test_why_not(void **state)
{
	static const struct {
		const char *text;
		const char *reason;
	} cases[] = {
		/* no date */
		{ "", NO_DATE },
		{ "未定", NO_DATE },
		{ "来年4月1日", NO_DATE },
		{ "令和", NO_DATE },
		{ "R", NO_DATE },
		{ "Tuesday", NO_DATE },
		{ "7", NO_DATE },
		{ "2025年4月1日まで", NO_DATE },
		{ "2025-04-01 10:00", NO_DATE },
		{ "2025/4-1", NO_DATE },
		{ "2025年4月1日(祝)", NO_DATE },
		{ "2025年4月1日(火", NO_DATE },
		{ "2025年4月1日()", NO_DATE },
		{ "202504011", NO_DATE },
		{ "99999999999999999999/1/1", NO_DATE },
		{ "20255/4/1", NO_DATE },
		{ "-2025/4/1", NO_DATE },
		{ "元年4月1日", NO_DATE },
		/* not all of it */
		{ "2025", UNFINISHED },
		{ "2025年", UNFINISHED },
		{ "2025年4月", UNFINISHED },
		{ "2025/4", UNFINISHED },
		{ "2025/4/", UNFINISHED },
		{ "令和7年", UNFINISHED },
		{ "R7.4", UNFINISHED },
		{ "4月", NO_YEAR },
		{ "4/", NO_DATE },
		{ "2/30", NO_YEAR },
		{ "25/4", NO_YEAR },
		/* of which year */
		{ "4月1日", OF_WHICH("2026年4月1日、2025年4月1日") },
		{ "4/1", OF_WHICH("2026年4月1日、2025年4月1日") },
		{ "四月一日", OF_WHICH("2026年4月1日、2025年4月1日") },
		{ "4月1日（火）", OF_WHICH("2025年4月1日") },
		{ "2/29", NO_YEAR }, /* in neither of them */
		/* which year, the nearest to today first */
		{ "25/4/1", WHICH("2025年4月1日、平成25年4月1日、令和25年4月1日") },
		{ "25-04-01", WHICH("2025年4月1日、平成25年4月1日、令和25年4月1日") },
		{ "25年4月1日", WHICH("2025年4月1日、平成25年4月1日、令和25年4月1日") },
		{ "25/4/1(月)", WHICH("平成25年4月1日") },
		{ "７．４．１", WHICH("令和7年4月1日、2007年4月1日、平成7年4月1日") },
		{ "31/4/30", WHICH("2031年4月30日、平成31年4月30日、令和31年4月30日") },
		{ "31/5/1", WHICH("2031年5月1日、令和31年5月1日") }, /* no 平成 */
		{ "64/1/7", WHICH("2064年1月7日、昭和64年1月7日") },
		{ "98/4/1", WHICH("1998年4月1日") },
		{ "1/5/1", WHICH("令和元年5月1日、2001年5月1日、平成元年5月1日") },
		{ "25/2/29", SHORT_YEAR },
		{ "25/13/1", SHORT_YEAR },
		{ "025/4/1", SHORT_YEAR },
		{ "25年", SHORT_YEAR },
		{ "4/1/2025", NO_DATE },
		/* numerals that are no number */
		{ "二五十年四月一日", NO_DATE },
		{ "二〇十年四月一日", NO_DATE },
		{ "令和2十年4月1日", NO_DATE },
		{ "令和二十5年4月1日", NO_DATE },
		{ "十十年四月一日", NO_DATE },
		{ "二〇二五〇四〇一〇一", NO_DATE },
		{ "二千二十二五年四月一日", NO_DATE },
		{ "2025/4/1日", NO_DATE },
		{ "2025/4/1火", NO_DATE },
		/* no such month, no such day */
		{ "2025-02-30", "「30日」はありません。2025年2月は1日から28日までです" },
		{ "2024年2月30日", "「30日」はありません。2024年2月は1日から29日までです" },
		{ "20250431", "「31日」はありません。2025年4月は1日から30日までです" },
		{ "2025/4/0", "「0日」はありません。2025年4月は1日から30日までです" },
		{ "令和8年2月29日", "「29日」はありません。2026年2月は1日から28日までです" },
		{ "令和8年13月1日", "「13月」はありません。月は1から12までです" },
		{ "2025/0/1", "「0月」はありません。月は1から12までです" },
		/* no such year or day in the era */
		{ "平成32年", "「平成」は31年4月30日までです（平成32年は西暦2020年）" },
		{ "平成32年13月1日", "「平成」は31年4月30日までです（平成32年は西暦2020年）" },
		{ "H32.4.1", "「平成」は31年4月30日までです（この日は令和2年4月1日）" },
		{ "平成32年の春", "「平成」は31年4月30日までです（平成32年は西暦2020年）" },
		{ "昭和65年1月1日", "「昭和」は64年1月7日までです（この日は平成2年1月1日）" },
		{ "大正16年1月1日", "「大正」は15年12月24日までです（この日は昭和2年1月1日）" },
		{ "明治46年1月1日", "「明治」は45年7月29日までです（この日は大正2年1月1日）" },
		{ "昭和65年", "「昭和」は64年1月7日までです（昭和65年は西暦1990年）" },
		{ "平成31年5月1日", "「平成」は31年4月30日までです（この日は令和元年5月1日）" },
		{ "昭和64年1月8日", "「昭和」は64年1月7日までです（この日は平成元年1月8日）" },
		{ "大正15年12月25日", "「大正」は15年12月24日までです（この日は昭和元年12月25日）" },
		{ "明治45年7月30日", "「明治」は45年7月29日までです（この日は大正元年7月30日）" },
		{ "令和1年4月30日", "「令和」は元年5月1日からです（この日は平成31年4月30日）" },
		{ "平成元年1月7日", "「平成」は元年1月8日からです（この日は昭和64年1月7日）" },
		{ "令和0年4月1日", "「令和」は元年からです" },
		{ "R000401", "「令和」は元年からです" },
		{ "平成32年2月30日", "「平成」は31年4月30日までです（平成32年は西暦2020年）" },
		{ "令和7982年4月1日", "年は西暦9999年までです" },
		{ "1872-12-31", TOO_EARLY },
		{ "明治5年12月2日", TOO_EARLY },
		{ "明治元年", TOO_EARLY },
		{ "0001-01-01", TOO_EARLY },
		/* the wrong weekday */
		{ "令和7年4月1日（水）", "2025年4月1日は火曜日です。日付か曜日を直してください" },
		{ "2025-04-06(土曜日)", "2025年4月6日は日曜日です。日付か曜日を直してください" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		date_day day = 12345;
		char *reason = date_read(cases[i].text, TODAY, &day);

		if (!reason)
			print_error("read: %s\n", cases[i].text);
		assert_non_null(reason);
		assert_string_equal(reason, cases[i].reason);
		assert_int_equal(day, 12345);
		free(reason);
	}
}

/* Whatever is asked back, each answer offered is a date, and another. */
static void test_what_is_offered_is_read(void **state)
{
	char text[32];
	date_day before, day;

	(void)state;
	for (int year = 1; year < 100; year++) {
		char *reason, *p, *end;

		snprintf(text, sizeof text, "%d/4/1", year);
		reason = date_read(text, TODAY, &day);
		end = strstr(reason, "のように");
		assert_non_null(end);
		*end = '\0';
		p = strstr(reason, "。");
		assert_non_null(p);
		for (before = 0; p; p = end, before = day) {
			p += strlen("。");
			end = strstr(p, "、");
			if (end)
				*end = '\0';
			day = read_date(p);
			assert_int_not_equal(day, before);
		}
		free(reason);
	}
}

static void test_reading_exactly_iso(void **state)
{
	static const char *const others[] = {
		"", "2025", "2025-4-1", "2025/04/01", "2025-04-01 ",
		" 2025-04-01", "2025-04-01T10:00", "2025-02-30", "2025-13-01",
		"2025-00-10", "20250401", "２０２５-04-01", "+025-04-01",
		"2025-04-0x",
	};
	date_day day = 12345;

	(void)state;
	for (size_t i = 0; i < COUNT(others); i++) {
		assert_false(date_read_iso(others[i], &day));
		assert_int_equal(day, 12345);
	}
	assert_true(date_read_iso("2025-04-01", &day));
	assert_int_equal(day, date_from_civil(2025, 4, 1));
	assert_true(date_read_iso("1582-10-10", &day));
	assert_true(date_read_iso("1970-01-01", &day));
	assert_int_equal(day, 0);
}

/* --- Writing --- */

static void test_eras_begin_and_end(void **state)
{
	static const struct {
		int year, month, day;
		const char *wareki;
	} cases[] = {
		{ 1872, 12, 31, "西暦1872年12月31日" },
		{ 1873, 1, 1, "明治6年1月1日" },
		{ 1912, 7, 29, "明治45年7月29日" },
		{ 1912, 7, 30, "大正元年7月30日" },
		{ 1926, 12, 24, "大正15年12月24日" },
		{ 1926, 12, 25, "昭和元年12月25日" },
		{ 1989, 1, 7, "昭和64年1月7日" },
		{ 1989, 1, 8, "平成元年1月8日" },
		{ 2019, 4, 30, "平成31年4月30日" },
		{ 2019, 5, 1, "令和元年5月1日" },
		{ 2025, 4, 1, "令和7年4月1日" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_made(date_wareki(date_from_civil(cases[i].year,
		                                        cases[i].month,
		                                        cases[i].day)),
		            cases[i].wareki);
}

static void test_writing(void **state)
{
	date_day d = date_from_civil(2025, 4, 1);

	(void)state;
	assert_made(date_iso(d), "2025-04-01");
	assert_made(date_both(d), "令和7年4月1日（2025-04-01 火）");
	assert_made(date_both(d + 5), "令和7年4月6日（2025-04-06 日）");
	assert_made(date_spoken(d), "令和7年（2025年）4月1日 火曜日");
	assert_made(date_spoken(date_from_civil(2019, 5, 1)),
	            "令和元年（2019年）5月1日 水曜日");
	assert_made(date_spoken(date_from_civil(1872, 12, 31)),
	            "西暦1872年12月31日 火曜日");
	assert_made(date_iso(date_from_civil(987, 6, 5)), "0987-06-05");
}

/* Every day there is, counted. */
static void test_what_is_written_is_read_again(void **state)
{
	date_day first = date_from_civil(DATE_FIRST_YEAR, 1, 1);
	date_day last = date_from_civil(DATE_LAST_YEAR, 12, 31);
	date_day d, again;
	long n = 0;

	(void)state;
	for (d = first; d <= last; d++) {
		char *wareki = date_wareki(d), *iso;

		if (read_date(wareki) != d)
			fail_msg("%s", wareki);
		n++;
		free(wareki);
		if (d % 16) /* the short ones are all alike */
			continue;
		iso = date_iso(d);
		assert_int_equal(read_date(iso), d);
		assert_true(date_read_iso(iso, &again));
		assert_int_equal(again, d);
		free(iso);
	}
	assert_int_equal(n, 2968325);
}

/* --- The clock --- */

/* Where the clock is OFFSET hours ahead of UTC. */
static void assert_clock(const char *zone, int offset)
{
	time_t before, after;
	double days, fraction;
	date_day today;

	setenv("TZ", zone, 1);
	tzset();
	do { /* once more if the second changed meanwhile */
		before = time(NULL);
		today = date_today();
		fraction = date_time_of_day();
		after = time(NULL);
	} while (before != after);
	days = (double)(before + offset * 3600) / 86400;
	assert_int_equal(today, (long)days);
	assert_true(fraction >= 0 && fraction < 1);
	assert_true((double)today + fraction - days < 1e-6);
	assert_true(days - (double)today - fraction < 1e-6);
}

static void test_the_clock_is_the_local_one(void **state)
{
	(void)state;
	assert_clock("UTC0", 0);
	assert_clock("JST-9", 9);
	assert_clock("AAA-14", 14);
	assert_clock("BBB12", -12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_day_is_the_c_librarys),
		cmocka_unit_test(test_days_that_do_not_exist),
		cmocka_unit_test(test_dates_as_people_write_them),
		cmocka_unit_test(test_why_not),
		cmocka_unit_test(test_what_is_offered_is_read),
		cmocka_unit_test(test_reading_exactly_iso),
		cmocka_unit_test(test_eras_begin_and_end),
		cmocka_unit_test(test_writing),
		cmocka_unit_test(test_what_is_written_is_read_again),
		cmocka_unit_test(test_the_clock_is_the_local_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
