# SPDX-License-Identifier: MIT
#
# fish completion for kakuninsho. What there is to complete is asked of the program
# itself (--help) when this is read, so it is what the program takes, in whatever
# version.

# The commands, "form check" as one; and what argparse is to know of the options.
set -g __kakuninsho_commands (kakuninsho --help 2>/dev/null | string match -rg '^  kakuninsho ([a-z][a-z ]*) \[')
set -g __kakuninsho_known

# The command on the line, a word a line, if there is one yet; and with "rest" what
# may be its next word.
function __kakuninsho_command
    set -l rest "$argv"
    set -l commands $__kakuninsho_commands
    # (an option that has no value yet gets an empty one)
    argparse -i $__kakuninsho_known -- (commandline -opc)[2..-1] ''
    for word in (string match -rv '^(-.*)?$' -- $argv)
        set -l literally (string escape --style=regex -- $word)
        if string match -qr -- "^$literally( |\$)" $commands
            test "$rest" = rest; or echo $word
            set commands (string match -rg -- "^$literally (.*)" $commands)
        else
            set commands
        end
    end
    test "$rest" = rest; and string match -r -- '^[a-z]+' $commands | sort -u
end

# Each option that the help lists: its letter, its name, what it takes, and what it
# is for: a line each, with tabs between.
function __kakuninsho_options
    kakuninsho $argv --help 2>/dev/null | awk '
        told { sub(/^ +/, ""); print told "\t" $0; told = "" }
        /^  -/ { letter = $1 ~ /^-.,$/ ? substr($1, 2, 1) : ""
                 sub(/^  (-., )?--/, ""); told = letter "\t" $1 "\t" $2 }'
end

complete -c kakuninsho -f
complete -c kakuninsho -n 'count (__kakuninsho_command rest) > /dev/null' -a '(__kakuninsho_command rest)'
# the second of two words comes before any file
complete -c kakuninsho -n 'not __kakuninsho_command | count > /dev/null; or not __kakuninsho_command rest | count > /dev/null' -a '(__fish_complete_suffix .csv)'

for command in '' form $__kakuninsho_commands
    for option in (__kakuninsho_options (string split -n ' ' $command))
        string split \t $option | read -L letter name takes help
        set -l said -n "test \"\$(__kakuninsho_command | string join ' ')\" = '$command'" -l $name -d $help
        test -n "$letter"; and set -a said -s $letter
        set -l known (string join -n / $letter $name)=
        test -z "$takes"; or contains $known $__kakuninsho_known; or set -a __kakuninsho_known $known
        switch $takes
            case ''
            case '*|*'
                set -a said -x -a (string replace -a '|' ' ' $takes)
            case FILE OUT
                set -a said -r -F
            case '*'
                set -a said -x
        end
        complete -c kakuninsho $said
    end
end
