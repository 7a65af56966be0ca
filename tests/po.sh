#!/bin/sh
# SPDX-License-Identifier: MIT
#
# po.sh: all catalogues are complete against the sources as they are now, and
# well formed; the Japanese one says what the msgids say. Skipped (77) where the
# gettext tools are missing.

for tool in xgettext msgattrib msgen msgfmt msgmerge; do
	command -v $tool > /dev/null || exit 77
done

. "${srcdir:-.}/tests/cmd/lib.sh"

po=$srcdir/po
template=$temporary/kakuninsho.pot

# The template, with the options that make's has.
sed -n 's/^XGETTEXT_OPTIONS *= *//p' "$po/Makevars" > "$temporary/options"
# shellcheck disable=SC2046 # each option a word
(cd "$srcdir" && grep -v '^#' po/POTFILES.in |
	xgettext $(cat "$temporary/options") -f - -o "$template") ||
	{ echo "xgettext failed"; exit 1; }

entries() # FILE: its messages, a line each, without the header
{
	msgattrib --no-wrap --no-location "$1" | grep '^msgid "..*"'
}

# Every source with a message is listed.
all_sources_listed()
{
	(cd "$srcdir" &&
		grep -rlE '(^|[^[:alnum:]_])N?_\("' --include='*.c' src) |
		sort > wanted
	grep -v '^#' "$po/POTFILES.in" | sort > listed
	comm -12 wanted listed > found
	[ -s wanted ] && same wanted found
}

# No message is untranslated, fuzzy or obsolete: to msgmerge, what the sources
# have and the catalogue lacks is untranslated, the other way round obsolete.
complete() # LANGUAGE
{
	msgmerge -q --no-fuzzy-matching -o merged.po "$po/$1.po" "$template" ||
		return 1
	for state in untranslated only-fuzzy only-obsolete; do
		msgattrib --$state --no-wrap --no-location merged.po > found.po
		if [ -s found.po ]; then
			echo "$1.po: $state:"
			grep 'msgid "..*"' found.po
			return 1
		fi
	done
	[ "$(entries merged.po | wc -l)" -ge 100 ]
}

# Headers, formats, line breaks at the ends.
well_formed() # LANGUAGE
{
	msgfmt --check -o "$1.mo" "$po/$1.po" > says 2>&1 && ! [ -s says ] ||
		{ cat says; return 1; }
	grep -qF "\"Language: $1\\n\"" "$po/$1.po" &&
		grep -qF 'charset=UTF-8\n' "$po/$1.po"
}

# What goes before or after another text keeps its space: 「注意: 」.
spaces_kept() # LANGUAGE
{
	msgattrib --no-wrap --no-location "$po/$1.po" | awk '
		/^msgid "/ { id = $0 }
		/^msgstr "/ && id != "msgid \"\"" {
			if (id ~ / "$/ && $0 !~ / "$/) print id, $0
		}' > found
	: > wanted
	same wanted found
}

identity()
{
	msgen "$template" | msgattrib --no-wrap --no-location --sort-output |
		grep '^msg' > wanted
	msgattrib --no-wrap --no-location --sort-output "$po/ja.po" |
		grep '^msg' > found
	same wanted found
}

# The catalogue is found and used, whatever locale is installed.
speaks() # LANGUAGE TEXT
{
	mkdir -p "$1/LC_MESSAGES"
	msgfmt -o "$1/LC_MESSAGES/kakuninsho.mo" "$po/$1.po" || return 1
	KAKUNINSHO_LOCALEDIR=$PWD LANGUAGE=$1 "$program" --help > found
	grep -F "$2" found || { head -n 3 found; return 1; }
}

check 'all sources listed' all_sources_listed
for language in $(cat "$po/LINGUAS"); do
	check "$language complete" complete $language
	check "$language well formed" well_formed $language
	check "$language spaces" spaces_kept $language
done
check 'ja is the identity' identity
check 'en is spoken' speaks en 'Usage:'
check 'ja is spoken' speaks ja '使い方:'
finish
