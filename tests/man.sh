#!/bin/sh
# SPDX-License-Identifier: MIT
#
# man.sh: the manual names every command, every option and every colon command
# of the plain wizard, and every key of the one on the screen, every type, column
# and function of a form, and none that is not there; in Japanese it has the parts
# that it has in English; groff and mandoc, where they are installed, have nothing
# against any page, and the man of man-db shows an installed one with its Japanese.

. "${srcdir:-.}/tests/cmd/lib.sh"

# Which of the two pages is looked at, and the words that it has for the headings
# that are looked for: what the checks below take.
page_is() # LANGUAGE PAGE OPTIONS ON_A_PAGE IN_A_CHOICE IN_A_TEXT IN_A_LIST
{
	language=$1 page=$temporary/page.$1
	options=$3 on_page=$4 in_choice=$5 in_text=$6 in_list=$7

	# a place where Japanese may be broken is nothing to read
	sed 's/\\:\|\\c$//g' "$srcdir/man/$2" > "$page"
	# as plain words: no comments, macros, fonts or quotes
	sed -e '/^\.\\"/d' -e 's/^\.[A-Z][A-Z]* *//' -e 's/\\f[A-Z]//g' \
		-e 's/\\-/-/g' -e 's/"//g' "$page" > "$temporary/words"
}

english()
{
	page_is en kakuninsho.1 OPTIONS 'Keys on a page' 'Keys in a choice' \
		'Keys in a text' 'Keys in a list'
}

japanese()
{
	page_is ja ja/kakuninsho.1 オプション ページでのキー 選ぶ欄でのキー \
		書く欄でのキー 一覧でのキー
}

# The usage lines of --help without the program's name: [FILE], check FILE...
commands()
{
	"$program" --help | sed -n 's/^  kakuninsho //p' |
		sed 's/\[OPTION\.\.\.\] *//'
}

# What the help of COMMAND, or of the program, lists: "-t, --type", "--form".
options_of() # [COMMAND]
{
	"$program" "$@" --help | grep -o -- '^  \(-[a-z], \)\?--[a-z][a-z-]*' |
		sed 's/^ *//'
}

every_option()
{
	{
		options_of
		commands | grep -o '^[a-z][a-z ]*[a-z]' | while read -r name; do
			options_of $name
		done
	} | sort -u
}

# Lines that begin with a colon: :h alone prints such.
colon_commands()
{
	echo :h | "$program" --plain new.csv | grep -o '^:[^ :]' | sort -u
}

# What help says of the commands is the headings, in the same order.
headings()
{
	commands | sed 's/^/.SS kakuninsho /' > wanted
	grep '^\.SS kakuninsho' "$page" > found
	[ "$(wc -l < wanted)" -ge 3 ] && same wanted found
}

# The line of options under each heading is what the command's --help lists;
# without a command, what the program's does but for --version.
options_by_command()
{
	commands > all
	while read -r usage; do
		name=$(echo "$usage" | grep -o '^[a-z][a-z ]*[a-z]')
		options_of $name | { [ "$name" ] && cat || grep -v -- --version; } |
			grep -o -- '--.*' > wanted
		[ -s wanted ] || return 1
		awk -v heading=".SS kakuninsho $usage" '
			/^\.S/ { here = $0 == heading }
			/^(Options|オプション):/ && here { listed = 1 }
			here && listed { print }
			/(\.|。)$/ { listed = 0 }' "$page" |
			sed 's/\\-/-/g' | grep -o -- '--[a-z][a-z-]*' > found
		same wanted found || return 1
	done < all
}

# The tags of OPTIONS are every option, once, with its letter.
option_tags()
{
	every_option > wanted
	awk -v heading=".SH $options" '/^\.S/ { here = $0 == heading }
		here && tag { print }
		{ tag = $0 == ".TP" }' "$page" |
		sed -e 's/^\.[BR]* //' -e 's/\\f.*//' -e 's/\\-/-/g' \
			-e 's/[" ]//g' -e 's/,/, /' | sort > found
	same wanted found
}

# No other option is spoken of anywhere.
no_other_option()
{
	every_option | grep -o -- '--[a-z-]*\|-[a-z],' | tr -d , |
		sort -u > wanted
	grep -oE -- '(^|[ (（「、])--?[a-z][a-z-]*' "$temporary/words" |
		sed 's/^[ (（「、]//' | sort -u > found
	same wanted found
}

colon_tags()
{
	colon_commands > wanted
	[ -s wanted ] || return 1
	grep -o '^\.B[IR]* :[^ ]' "$page" | sed 's/^[^:]*//' | sort -u > found
	same wanted found
}

# Nor any other colon command.
no_other_colon_command()
{
	colon_commands > wanted
	grep -oE '(^|[ (（「、]):[^ :]' "$temporary/words" |
		sed 's/^[ (（「、]//' | sort -u > found
	same wanted found
}

# A line for each key that works there, in the program's order: its names, and
# what it does, in the page's language. The bar, the help screen and what a key does
# come from one list in the source, so it is this list that the manual is held to.
keys_of() # WHERE, as in enum where; several with | between
{
	awk -v where="$1" '
		function quoted(text) # what stands in quotes
		{
			match(text, /".*"/)
			return substr(text, RSTART + 1, RLENGTH - 2)
		}
		function translated(text) # if it is one of ours
		{
			return text in said ? said[text] : text
		}
		function named(key)
		{
			if (key ~ /^KEY_F_/)
				return "F" substr(key, 8, length(key) - 8)
			if (key ~ /^CTRL/)
				return "Ctrl-" substr(key, 7, 1)
			if (key ~ /^WITH_CTRL/)
				return "Ctrl-" named(substr(key, 11, length(key) - 11))
			if (key ~ /^ALT/)
				return "Alt-" (substr(key, 5, 1) == "\47" \
					? toupper(substr(key, 6, 1)) \
					: named(substr(key, 5, length(key) - 5)))
			if (key in names)
				return names[key]
			return length(key) == 3 ? substr(key, 2, 1) : "unknown " key
		}
		FNR == 1 { file++ }
		file == 1 && /^msgid / { id = quoted($0) }
		file == 1 && /^msgstr / { said[id] = quoted($0) }
		file == 2 {
			rest = $0
			while (match(rest, /[{] [^ ]* ?[^ ]*, (N_.)?"[^"]*"/)) {
				pair = substr(rest, RSTART + 2, RLENGTH - 2)
				rest = substr(rest, RSTART + RLENGTH)
				key = pair
				sub(/, .*/, "", key)
				names[key] = translated(quoted(pair))
			}
		}
		file == 3 && /^\t[{] ACTION_.*[{]/ {
			split($0, part, /, [{] | [}],/)
			sub(/.*ACTION_[A-Z_]*, /, "", part[1])
			wanted = part[1] ~ "(" where ")"
			n = split(part[2], keys, ", ")
			line = named(keys[1])
			for (i = 2; i <= n; i++)
				line = line translated("、") named(keys[i])
		}
		file == 3 && /^\t  .*N_\(/ && wanted {
			sub(/.*N_\(/, "")
			print line ": " translated(quoted($0))
		}' "$srcdir/po/$language.po" "$srcdir/src/tui/action.c" \
		"$srcdir/src/tui/action.c"
}

# What stands under HEADING, in the same form.
keys_told() # HEADING
{
	awk -v heading=".SS $1" '
		/^\.S/ { here = $0 == heading }
		!here { next }
		tag { sub(/^\.B /, ""); line = $0 ": "; tag = 0; next }
		/^\.TP/ { if (line) print line; line = ""; tag = 1; next }
		line { line = line (line ~ /: $/ ? "" : " ") $0 }
		END { if (line) print line }' "$page" |
		sed -e 's/"//g' -e 's/\\-/-/g' -e 's/\\(ha/^/g'
}

# The manual has the keys, all of them and no other, in the help screen's words.
keys() # HEADING WHERE
{
	keys_of "$2" > wanted
	keys_told "$1" > found
	[ "$(wc -l < wanted)" -ge 5 ] && same wanted found
}

# And there is no place whose keys it leaves out.
all_keys()
{
	keys_of IN_ | sort -u > wanted
	for heading in "$on_page" "$in_choice" "$in_text" "$in_list"; do
		keys_told "$heading"
	done | sort -u > found
	same wanted found
}

says_nothing() # COMMAND...
{
	"$@" > found 2>&1
	if [ -s found ]; then
		cat found
		return 1
	fi
}

# Each bound the manual names has the figure of its header.
bounds()
{
	sed -n 's/^\.\\" bound //p' "$page" > named
	[ "$(wc -l < named)" -gt 10 ] || return 1
	while read -r name header; do
		value=$(sed -n "s/^#define $name \([0-9 *()]*[0-9)]\).*/\1/p" \
			"$srcdir/$header")
		grep -A 1 "bound $name " "$page" |
			grep -q "^\.B $(($value)) " ||
			{ echo "$name is $(($value)) in $header"; return 1; }
	done < named
}

# A chapter, a section, a tag, a point of one language stands in the other too.
same_parts() # PAGE
{
	grep -oE '^\.(SH|SS|TP|IP)' "$srcdir/man/$1" > wanted
	grep -oE '^\.(SH|SS|TP|IP)' "$srcdir/man/ja/$1" > found
	same wanted found
}

# The names in the first column of the table that begins with START.
table() # SOURCE START
{
	awk -v start="$2" 'index($0, start) == 1 { here = 1 }
		/^};/ { here = 0 }
		here && /^\t[{] ?"/ && !/unsupported/ {
			split($0, part, "\"")
			print part[2] }' "$srcdir/$1"
}

# The tags of kakuninsho-form(5) under HEADING: words, or what stands before a
# parenthesis.
form_tags() # PAGE HEADING
{
	awk -v heading=".SH $2" '/^\.SH/ { here = $0 == heading }
		here && tag { print }
		{ tag = /^\.TP/ }' "$1" |
		sed -e 's/^\.[BIR]* //' -e 's/\\-/-/g' > tags
	case $2 in
	FUNCTIONS|関数) grep -oE '[a-z:-]+\(' tags | tr -d '(' ;;
	*) grep -oE '[a-z_]{2,}' tags ;;
	esac
}

# Each page about forms has all types, columns and functions, and no other.
form_has() # HEADING 見出し SOURCE START
{
	table "$3" "$4" | sort > wanted
	[ "$(wc -l < wanted)" -ge 10 ] || return 1
	form_tags "$srcdir/man/kakuninsho-form.5" "$1" | sort > found
	same wanted found || return 1
	form_tags "$srcdir/man/ja/kakuninsho-form.5" "$2" | sort > found
	same wanted found
}

# Not by name: that too is read as the page is, with its Japanese as bytes.
groff_accepts()
{
	for page; do
		says_nothing groff -k -ww -man -Tutf8 -z < "$page" ||
			{ echo "$page"; return 1; }
	done
}

# Without it man-db takes an English page for ISO 8859-1 once it is installed.
names_its_encoding()
{
	for page in "$srcdir"/man/*.[15]; do
		head -n 1 "$page" | grep -qxF '.\" -*- coding: UTF-8 -*-' ||
			{ echo "$page has no coding: UTF-8 in its first line"; return 1; }
	done
}

man_shows_japanese()
{
	for page in "$srcdir"/man/*.[15] "$srcdir"/man/ja/*.[15]; do
		directory=${page%/*}
		directory=share/man${directory#"$srcdir"/man}/man${page##*.}
		mkdir -p $directory && gzip -c "$page" > "$directory/${page##*/}.gz"
	done
	for language in en ja; do
		for page in kakuninsho kakuninsho-form kakuninsho-record; do
			MANPATH=$PWD/share/man man -L $language $page > found 2>&1
			grep -q '確認書' found || { cat found; return 1; }
		done
	done
}

mandoc_accepts()
{
	says_nothing mandoc -T lint -W warning "$@"
}

for its_language in english japanese; do
	$its_language
	check "$language: commands" headings
	check "$language: options of each command" options_by_command
	check "$language: options" option_tags
	check "$language: no other option" no_other_option
	check "$language: colon commands" colon_tags
	check "$language: no other colon command" no_other_colon_command
	check "$language: keys on a page" keys "$on_page" \
		'IN_PAGE|IN_WRITING|IN_AMENDABLE'
	check "$language: keys in a choice" keys "$in_choice" IN_CHOICE
	check "$language: keys in a text" keys "$in_text" IN_TEXT
	check "$language: keys in a list" keys "$in_list" \
		'IN_LIST|IN_MENU|IN_WIDE|IN_SEARCH'
	check "$language: all keys" all_keys
	check "$language: bounds" bounds
done
for name in kakuninsho.1 kakuninsho-form.5 kakuninsho-record.5; do
	check "parts of $name" same_parts "$name"
done
check types form_has 'QUESTION TYPES' '質問の型' src/form/question_type.c \
	'static const struct question_type types'
check columns form_has 'COLUMNS OF SURVEY' 'SURVEY の列' src/form/columns.c \
	'static const struct column_def survey_columns'
check functions form_has FUNCTIONS '関数' src/expr/functions.c \
	'static const struct function functions'
check encoding names_its_encoding
if man --version 2> /dev/null | grep -q '^man [0-9]'; then
	check "installed pages" man_shows_japanese
fi
set -- "$srcdir"/man/*.[15] "$srcdir"/man/ja/*.[15]
if command -v groff > /dev/null; then
	check groff groff_accepts "$@"
fi
if command -v mandoc > /dev/null; then
	check mandoc mandoc_accepts "$@"
fi
finish
