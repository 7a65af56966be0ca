#!/bin/sh
# SPDX-License-Identifier: MIT
#
# A form unlike the 確認書 (second.csv) through wizard, record, sheet and check:
# what NAME.in types gives NAME.csv and NAME.txt to the byte, and check says
# NAME.check of it. Times of the day are midnight.

. "${srcdir:-.}/tests/cmd/lib.sh"

second=$srcdir/tests/form/second

at_midnight()
{
	sed 's/\(2026-11-24T\)[0-9][0-9]:[0-9][0-9]:[0-9][0-9]/\100:00:00/' "$1"
}

# The form of $1 as form.csv, with the sheet and the rules of that name if any.
form()
{
	cp "$srcdir/tests/form/second.csv" form.csv &&
	for part in sheet articles; do
		[ ! -f "$second/$1.$part.csv" ] ||
			cp "$second/$1.$part.csv" form.$part.csv
	done
}

second()
{
	"$program" --form form.csv --today 2026-11-24 "$@"
}

# $1 walked through and finished; the record's name is the form's to give.
finished()
{
	form "$1" &&
	second --plain < "$second/$1.in" > said 2> "$outside/stderr" &&
	same /dev/null "$outside/stderr" &&
	mv 点検票-??-????-20261124.csv record.csv &&
	mv 点検票-??-????-20261124.txt record.txt &&
	at_midnight record.csv > timeless &&
	same "$second/$1.csv" timeless &&
	same "$second/$1.txt" record.txt &&
	checked "$1" 0
}

# check says what is expected of record.csv and exits with $2; and the record,
# read and written, is the same.
checked()
{
	second check record.csv > checked
	[ $? -eq "$2" ] || { echo "check exits otherwise"; return 1; }
	same "$second/$1.check" checked &&
	second export -t csv record.csv > again &&
	at_midnight again > timeless &&
	same "$second/$1.csv" timeless
}

everything_asked()
{
	finished finished &&
	stands_in said '「交換しない理由」は該当なしになりました（「交換した日」が「令和8年11月25日」のため）'
}

as_its_layout_has_it()
{
	finished paper &&
	stands_in said '設備管理課に知らせるものとする'
}

# Left in the middle: a choice that is no longer offered, and what is not known.
a_draft()
{
	form draft &&
	second --plain record.csv < "$second/draft.in" > said &&
	at_midnight record.csv > timeless &&
	same "$second/draft.csv" timeless &&
	second export record.csv > sheet &&
	same "$second/draft.txt" sheet &&
	checked draft 1
}

# Left and gone on with at the first open question: the room.
going_on()
{
	form draft &&
	second --plain record.csv < "$second/draft.in" > said &&
	printf '1\n:q\n' | second --plain record.csv > said &&
	second export -t csv record.csv > out &&
	stands_in out '機器,,,設置場所,1階受付,,room' &&
	stands_in said 機器番号
}

# The words of the screen are the person's, those of the file the form's.
in_english()
{
	command -v msgfmt > "$outside/null" || return 0
	form finished &&
	mkdir -p "$outside/en/LC_MESSAGES" &&
	msgfmt -o "$outside/en/LC_MESSAGES/kakuninsho.mo" "$srcdir/po/en.po" &&
	(
		export KAKUNINSHO_LOCALEDIR="$outside" LANGUAGE=en
		second --plain < "$second/finished.in" > said
	) &&
	stands_in said 'Site (required)' '2 Server room' \
		'Given and family name' 'To be watched' &&
	at_midnight 点検票-AB-0123-20261124.csv > timeless &&
	same "$second/finished.csv" timeless &&
	same "$second/finished.txt" 点検票-AB-0123-20261124.txt
}

check 'everything is asked' everything_asked
check 'a layout and rules of its own' as_its_layout_has_it
check 'a draft' a_draft
check 'going on' going_on
check 'an English screen' in_english
finish
