#!/bin/sh
# SPDX-License-Identifier: MIT
#
# The language: Japanese whatever the locale is called, English where it is asked
# for and its catalogue is there; a record and a sheet are the same in both.

. "${srcdir:-.}/tests/cmd/lib.sh"

walk=$srcdir/tests/plain/a-first-confirmation
today='--today 2026-04-20'

# The translation of a msgid of po/en.po that takes one line.
in_english()
{
	awk -v id="msgid \"$1\"" '
		found && sub(/^msgstr "/, "") && sub(/."$/, "&") {
			sub(/"$/, "")
			print
			exit
		}
		$0 == id { found = 1; next }
		found { print "not translated: " id; exit }' "$srcdir/po/en.po"
}

# Fills in the whole record of the walk and leaves what was said in out.
fill_in()
{
	"$program" --plain $today < "$walk/input.1" > out 2> err || return 1
	same /dev/null err &&
	same "$walk/record.csv" 確認書-株式会社甲乙-20260420.csv &&
	same "$walk/sheet.txt" 確認書-株式会社甲乙-20260420.txt &&
	sed 's/作成中-[0-9]*-[0-9]*/作成中-HHMMSS/' out > said &&
	rm out err 確認書-株式会社甲乙-20260420.*
}

japanese()
{
	fill_in && stands_in said （必須） 完成しました
}

# Each line: what is in the environment.
japanese_whatever_the_locale()
{
	japanese && mv said japanese || return 1
	while read -r settings; do
		(unset LC_ALL LANGUAGE; export $settings; fill_in) &&
		same japanese said || { echo "with $settings"; return 1; }
	done <<-END
	LANG=
	LANG=C
	LC_ALL=C
	LC_ALL=POSIX
	LC_ALL=C.UTF-8
	LANG=ja_JP.UTF-8
	LANG=ja_JP.eucJP
	LANG=xx_YY.UTF-8
	LC_ALL=xx_YY.UTF-8
	LC_ALL=no-locale-at-all
	LANG=C LC_MESSAGES=POSIX LC_CTYPE=C
	LC_CTYPE=POSIX LANG=en_US.ISO-8859-1
	LANGUAGE=xx
	END
}

catalogues()
{
	command -v msgfmt > "$outside/null" || {
		echo 'no msgfmt'
		return 1
	}
	for language in en ja; do
		mkdir -p locale/$language/LC_MESSAGES &&
		msgfmt -o locale/$language/LC_MESSAGES/kakuninsho.mo \
			"$srcdir/po/$language.po" || return 1
	done
	export KAKUNINSHO_LOCALEDIR="$PWD/locale"
}

english()
{
	catalogues || return 0
	for settings in 'LANGUAGE=en LC_ALL=C.UTF-8' 'LANGUAGE=en LANG=C' \
		LANG=en_US.UTF-8 LC_ALL=en_US.UTF-8 'LANG=C LC_MESSAGES=en_GB' \
		'LANG=ja_JP.UTF-8 LANGUAGE=en:ja'; do
		(unset LC_ALL LANGUAGE; export $settings; fill_in) &&
		stands_in said "$(in_english （必須）)" \
			"$(in_english 完成しました)" || {
			echo "with $settings"
			return 1
		}
		if grep -n -e '^今の答え' -e （必須） -e 完成しました said > left; then
			echo "not English with $settings, for example:"
			head -n 3 left
			return 1
		fi
	done
}

# All help stands in 80 columns.
help_is_narrow()
{
	catalogues || return 0
	{
		printf '\nform\n'
		"$program" --help | sed -n 's/^  kakuninsho \([a-z][a-z ]*\) \[.*/\1/p'
	} > commands
	for language in ja en; do
		while read -r command; do
			LANGUAGE=$language "$program" $command --help > help
			[ "$(wc -L < help)" -le 80 ] && continue
			echo "$language: kakuninsho $command --help"
			return 1
		done < commands
	done
}

# An identity catalogue of Japanese keeps gettext from going on to English.
japanese_first()
{
	catalogues || return 0
	(unset LC_ALL; export LANGUAGE=ja:en LANG=ja_JP.UTF-8; fill_in) &&
	stands_in said （必須） 完成しました
}

# Answers may be given in the labels of the form, the screen in English or not.
labels_are_those_of_the_form()
{
	catalogues || return 0
	printf 'いいえ\n:q\n' > input
	LANGUAGE=en run_with input 0 --plain $today r.csv &&
	grep -q ',いいえ,,is_subcontractor' r.csv
}

check_each japanese japanese_whatever_the_locale english japanese_first \
	help_is_narrow labels_are_those_of_the_form
finish
