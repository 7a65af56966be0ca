# SPDX-License-Identifier: MIT
#
# fish completion for kakuninsho. What there is to complete is asked of the program
# itself (--help), so it is what the program takes, in whatever version.

# The command on the line, a word a line, if there is one yet; and with "rest" what
# may be its next word.
function __kakuninsho_command
    set -l commands (kakuninsho --help 2>/dev/null | string match -rg '^  kakuninsho ([a-z ]+) \[')
    for word in (commandline -opc)[2..-1]
        set -l literally (string escape --style=regex -- $word)
        if string match -qr -- "^$literally( |\$)" $commands
            test "$argv" = rest; or echo $word
            set commands (string match -rg -- "^$literally (.*)" $commands)
        end
    end
    test "$argv" = rest; and string match -r -- '^[a-z]+' $commands | sort -u
end

# "--type", what it takes, what it is for: a line each, with tabs between.
function __kakuninsho_options
    kakuninsho (__kakuninsho_command) --help 2>/dev/null | awk '
        told { sub(/^ +/, ""); print told "\t" $0; told = "" }
        /^  -/ { sub(/^  (-[a-z], )?/, ""); name = $1; sub(/^[^ ]+ ?/, "")
                 told = name "\t" $0 }'
end

function __kakuninsho_option_names
    __kakuninsho_options | awk -F '\t' '{ print $1 "\t" $3 }'
end

# The words an option takes, where it takes one of some.
function __kakuninsho_values
    set -l option (commandline -opc)[-1]
    __kakuninsho_options | awk -F '\t' -v option=$option '
        ($1 == option || "-" substr($1, 3, 1) == option) && $2 ~ /[|]/ {
            gsub(/[|]/, "\n", $2); print $2 }'
end

complete -c kakuninsho -f -n 'count (__kakuninsho_command rest) > /dev/null' -a '(__kakuninsho_command rest)'
complete -c kakuninsho -f -n 'string match -q -- "-*" (commandline -ct)' -a '(__kakuninsho_option_names)'
complete -c kakuninsho -f -n 'count (__kakuninsho_values) > /dev/null' -a '(__kakuninsho_values)'
complete -c kakuninsho -f -n 'not string match -q -- "-*" (commandline -ct); and not count (__kakuninsho_values) > /dev/null' -a '(__fish_complete_suffix .csv)'
