#!/bin/sh
# SPDX-License-Identifier: MIT
#
# kakuninsho renew: this year's record takes over who and what, and what the form
# says besides; the items are confirmed anew. Last year's is not touched.

. "${srcdir:-.}/tests/cmd/lib.sh"

today='--today 2027-04-10'

last_year()
{
	record old.csv && cp old.csv "$outside/old.csv"
}

# NAME: its row's answer and details are ANSWER and DETAIL.
has() # FILE NAME ANSWER [DETAIL]
{
	awk -F, -v name="$2" '{ sub(/\r$/, "") }
		$NF == name { print $5 "," $6; found = 1 }
		END { exit !found }' "$1" > "$outside/found" &&
	printf '%s,%s\n' "$3" "${4-}" > "$outside/wanted" &&
	same "$outside/wanted" "$outside/found"
}

# What stands in FILE, made from last year's record.
is_renewed() # FILE
{
	has "$1" status 作成中 &&
	has "$1" vendor "$(answer_of vendor)" &&
	has "$1" department "$(answer_of department)" &&
	has "$1" contract_started_on "$(answer_of contract_started_on)" &&
	has "$1" previous_on "$(answer_of checked_on)" &&
	has "$1" confirmer_name "$(answer_of confirmer_name)" &&
	has "$1" checked_on 2027-04-10 && has "$1" i01 '' && has "$1" i05 '' &&
	has "$1" discard_requested ''
}

answer_of() # NAME
{
	awk -F, -v name="$1" '{ sub(/\r$/, "") } $NF == name { print $5 }' old.csv
}

untouched()
{
	same "$outside/old.csv" old.csv
}

by_name()
{
	last_year && run 0 renew $today -o new.csv old.csv && printed_nothing &&
	said 今年の確認書を作りました new.csv && is_renewed new.csv &&
	untouched && [ "$(ls -A | wc -l)" -eq 2 ]
}

# Without -o it has a draft's name, here, and is offered to be gone on with.
named_by_us()
{
	last_year && run 0 renew $today old.csv &&
	is_renewed 確認書-作成中-20270410-*.csv && untouched &&
	echo 1 > "$outside/input" && run_with "$outside/input" 0 --plain $today &&
	printed 番号1
}

to_standard_output()
{
	last_year && : > ./- && run 0 renew $today -o - old.csv && said_nothing &&
	[ ! -s ./- ] &&
	cp "$outside/stdout" printed.csv && is_renewed printed.csv
}

from_standard_input()
{
	last_year && run_with old.csv 0 renew $today -o new.csv - &&
	is_renewed new.csv && untouched
}

name_that_is_taken()
{
	last_year && echo mine > new.csv &&
	run 2 renew $today -o new.csv old.csv && said new.csv すでにあります &&
	[ "$(cat new.csv)" = mine ] &&
	run 2 renew $today -o old.csv old.csv && untouched
}

from_a_draft()
{
	last_year && change status 5 作成中 old.csv &&
	run 0 renew $today -o new.csv old.csv && said 作成中 &&
	has new.csv status 作成中
}

# Whose (4), say, would be empty then, as in a first one.
from_one_with_errors()
{
	last_year && run 0 renew $today -o fine.csv old.csv && ! grep 誤り "$outside/stderr" &&
	change checked_on 5 2025-11-31 old.csv && run 0 renew $today -o new.csv old.csv &&
	said '元の確認書に、記入漏れや誤りが1件あります' && has new.csv previous_on ''
}

place_that_takes_nothing()
{
	last_year && run 2 renew $today -o nowhere/new.csv old.csv &&
	said nowhere/new.csv 保存できません && untouched
}

no_record()
{
	echo a,b > other.csv && run 2 renew -o new.csv other.csv &&
	[ ! -e new.csv ] && run 2 renew gone.csv && said gone.csv &&
	run 2 renew && said OLD && last_year && run 2 renew old.csv old.csv
}

# What is said to be typed opens it.
of_another_form()
{
	form=$srcdir/tests/form/second.csv
	cat "$srcdir/tests/form/second/finished.csv" > old.csv &&
	run 0 renew --form "$form" -o new.csv old.csv &&
	said "kakuninsho --form $form に続けて" ': new.csv' &&
	run 0 --form "$form" --plain new.csv &&
	run 0 renew --form "$form" old.csv && said "kakuninsho --form $form を実行"
}

check_each by_name named_by_us to_standard_output from_standard_input \
	name_that_is_taken from_a_draft from_one_with_errors place_that_takes_nothing no_record \
	of_another_form
finish
