#!/bin/sh
# SPDX-License-Identifier: MIT
#
# completions.sh: what the completions of bash, zsh and fish offer is what --help
# lists. bash is everywhere; zsh and fish are asked where they are installed.
#
# Each shell is asked once for all lines, in $outside/lines, each of which ends where
# the cursor stands: a function for each prints "$ LINE" and, a line each, the words
# that it offers in that place, whole.

. "${srcdir:-.}/tests/cmd/lib.sh"

mkdir "$temporary/bin"
ln -s "$program" "$temporary/bin/kakuninsho"
PATH=$temporary/bin:$PATH
export PATH srcdir outside

# The line taken apart as readline does it: at = too.
bash_offers()
{
	bash -c '
		. "$srcdir/completions/kakuninsho"
		while IFS= read -r line; do
			echo "$ $line"
			read -ra COMP_WORDS <<< "${line//=/ = }"
			[[ $line == *[\ =] ]] && COMP_WORDS+=("")
			[[ $line == *= ]] && unset "COMP_WORDS[-1]"
			COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
			_kakuninsho 2> /dev/null
			line=${line##* }
			[[ $line == *=* ]] && line=${line%%=*}= || line=
			[[ $COMPREPLY ]] && printf -- "$line%s\n" "${COMPREPLY[@]}"
		done' < "$outside/lines"
}

fish_offers()
{
	HOME=$temporary fish -c '
		source $srcdir/completions/kakuninsho.fish
		while read -l line
			echo "\$ $line"
			complete -C $line
		end' < "$outside/lines" | sed '/^\$/!s/	.*//'
}

# zsh completes nowhere but in its line editor, and that runs on a terminal alone:
# one of its own, on which it is told what to do when it begins to edit. What it is
# about to offer is written down instead.
zsh_offers()
{
	cat > "$temporary/.zshrc" <<- 'END'
		fpath=($srcdir/completions $fpath)
		autoload -Uz compinit
		compinit -uD
		compadd()
		{
			local -a hits

			if [[ " $* " != *" -"[a-zA-Z]#[OAD]" "* ]]; then # an offer
				builtin compadd -A hits "$@"
				print -rC1 -- $IPREFIX$^hits >> $outside/offers
			fi
			builtin compadd "$@"
		}
		zle -C offer complete-word _main_complete
		ask()
		{
			local line

			for line in ${(f)"$(< $outside/lines)"}; do
				print -r -- "$ $line" >> $outside/offers
				BUFFER=$line CURSOR=$#line
				zle offer
			done
			BUFFER=exit
			zle accept-line
		}
		zle -N zle-line-init ask
	END
	TERM=dumb ZDOTDIR=$temporary timeout 60 zsh -fc '
		zmodload zsh/zpty
		zpty editor zsh -di
		while zpty -r editor; do :; done > $outside/screen'
	cat "$outside/offers"
}

# That after LINE the words are offered, and no others.
after() # LINE WORD...
{
	line="kakuninsho $1"
	shift
	echo "$line" >> "$outside/lines"
	[ $# -eq 0 ] || printf "\$ $line\t%s\n" "$@" >> "$outside/wanted"
}

offers() # SHELL
{
	sort "$outside/wanted" > "$outside/all-wanted"
	"$1_offers" | awk '/^[$] / { line = $0; next }
		{ sub(/\/$/, ""); print line "\t" $0 }' | sort > "$outside/found"
	same "$outside/all-wanted" "$outside/found"
}

help_lists() # COMMAND...
{
	kakuninsho "$@" --help | grep -o '^  \(-[a-z], \)\{0,1\}--[a-z-]*' |
		sed 's/.*--/--/'
}

commands=$(kakuninsho --help | sed -n 's/^  kakuninsho \([a-z][a-z ]*\) \[.*/\1/p')

# Some commands have two words; the first alone stands for all of them.
options_of_each_command()
{
	after -- $(help_lists)
	printf '%s\n' "$commands" form > commands
	while read -r command; do
		after "$command --" $(help_lists $command)
	done < commands
	after '--today 2026-11-24 -e cp932 check a.csv --f' --from --form
	after '--form=a.csv form print --f' --from --force
	after '--form check --pl' --plain
	after 'check -- --'
	offers "$1"
}

words_of_an_option()
{
	words=$(kakuninsho export --help | sed -n 's/.*--type //p' | tr '|' ' ')
	[ -n "$words" ] || return 1
	after 'export --type ' $words
	after 'export --type=' $(printf ' --type=%s' $words)
	after 'export --type=cs' --type=csv
	after 'export -t ' $words
	after 'export -t' $(printf ' -t%s' $words)
	after 'export -tcs' -tcsv
	after '-ecp' -ecp932
	after '--today '
	after '--today=2'
	offers "$1"
}

the_commands()
{
	first=$(echo "$commands" | sed 's/ .*//' | sort -u)
	after '' $first
	after 'ex' export
	after '--plain ' $first
	after '-e cp932 ' $first
	after '-ecp932 --form x.csv ' $first
	after '--form=x.csv ' $first
	after 'form ' $(echo "$commands" | sed -n 's/^form //p')
	after 'x.csv '
	after 'check ex'
	after 'check check '
	offers "$1"
}

records()
{
	every=a.csv
	: > a.csv
	[ $1 = fish ] || { : > b.txt; every='a.csv b.txt'; } # that has .csv first
	after 'check ' a.csv
	after 'check a.csv ' a.csv
	after 'form check ' a.csv
	after "check '[a(' " a.csv
	after '--form ' $every
	after '--form=' $(printf ' --form=%s' $every)
	after 'export -o ' $every
	offers "$1"
}

for shell in bash zsh fish; do
	command -v $shell > /dev/null || continue
	check "$shell: options" options_of_each_command $shell
	check "$shell: words of an option" words_of_an_option $shell
	check "$shell: commands" the_commands $shell
	check "$shell: files" records $shell
done
finish
