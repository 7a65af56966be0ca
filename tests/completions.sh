#!/bin/sh
# SPDX-License-Identifier: MIT
#
# completions.sh: what the completions of bash, zsh and fish offer is what --help
# lists. bash is everywhere; zsh and fish are asked where they are installed.

. "${srcdir:-.}/tests/cmd/lib.sh"

mkdir "$temporary/bin"
ln -s "$program" "$temporary/bin/kakuninsho"
PATH=$temporary/bin:$PATH
export PATH srcdir

# What may follow the words, as each shell has it: a line each, sorted.
bash_offers() # WORD... (the last one is being written)
{
	bash -c '
		. "$srcdir/completions/kakuninsho"
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
		_kakuninsho 2> /dev/null
		printf "%s\n" "${COMPREPLY[@]}"' offers kakuninsho "$@" | sort
}

fish_offers()
{
	HOME=$temporary fish -c '
		source $srcdir/completions/kakuninsho.fish
		complete -C "kakuninsho $argv"' -- "$@" | sed 's/	.*//' | sort
}

# The engine that zsh has for it, played: what it is told stands for what it offers.
zsh_offers()
{
	zsh -f -c '
		_arguments() {
			local spec
			for spec; do
				[[ $spec == --* ]] || continue
				if [[ $spec == ${words[-2]}"["*:*"("*")" ]]; then
					print -l ${=${${spec##*\(}%\)}}
					exit
				fi
				[[ $words[-1] == -* ]] && print -- ${spec%%\[*}
			done
			[[ $words[-1] == -* ]] && exit
			state=words
			return 1
		}
		_alternative() {
			print -l ${=${${1#commands:command:\(}%\)}}
		}
		_files() { print -l *.csv }
		words=("$@") CURRENT=$#
		source $srcdir/completions/_kakuninsho' - kakuninsho "$@" | sort
}

offers() # SHELL WANTED WORD...
{
	shell=$1 wanted=$2
	shift 2
	printf '%s\n' $wanted | sort > "$outside/wanted"
	"${shell}_offers" "$@" > "$outside/found"
	same "$outside/wanted" "$outside/found" && return
	echo "$shell: kakuninsho $*"
	return 1
}

commands=$(kakuninsho --help | sed -n 's/^  kakuninsho \([a-z][a-z ]*\) \[.*/\1/p')

# Some commands have two words; the first alone stands for all of them.
options_of_each_command()
{
	printf '%s\n' "$commands" form > commands
	while read -r command; do
		offers "$1" "$(kakuninsho $command --help |
			grep -o '^  \(-[a-z], \)\{0,1\}--[a-z-]*' |
			sed 's/.*--/--/')" $command -- || return 1
	done < commands
}

words_of_an_option()
{
	words=$(kakuninsho export --help | sed -n 's/.*--type //p' | tr '|' '\n')
	[ -n "$words" ] && offers "$1" "$words" export --type ''
}

the_commands()
{
	offers "$1" "$(echo "$commands" | sed 's/ .*//' | sort -u)" '' &&
	offers "$1" "$(echo "$commands" | sed -n 's/^form //p')" form ''
}

records()
{
	: > a.csv && : > b.txt && offers "$1" a.csv check '' &&
	offers "$1" a.csv form check '' && offers "$1" a.csv check '[a(/' ''
}

for shell in bash zsh fish; do
	command -v $shell > /dev/null || continue
	check "$shell: options" options_of_each_command $shell
	check "$shell: words of an option" words_of_an_option $shell
	[ $shell = fish ] || check "$shell: commands" the_commands $shell
	[ $shell = fish ] || check "$shell: records" records $shell
done
finish
