# SPDX-License-Identifier: MIT
# Completion of ismsc for fish: the program itself knows what may come next.
#   ismsc completion fish | source         or put it into ~/.config/fish/completions/ismsc.fish

function __ismsc_words
    set -l words (commandline -opc) (commandline -ct)
    set -l current (commandline -ct)
    set -l path (string replace -r '^.*=' '' -- $current)
    set -l before (string sub -l (math (string length -- "$current") - (string length -- "$path")) -- "$current")
    for line in ($words[1] completion words -- $words[2..-1] 2>/dev/null)
        switch $line
            case :files
                for name in (__fish_complete_path "$path")
                    echo $before$name
                end
            case :folders
                for name in (__fish_complete_directories "$path" '')
                    echo $before$name
                end
            case :revisions
                for name in HEAD (git for-each-ref --format='%(refname:short)' 2>/dev/null)
                    echo $before$name
                end
            case '*'
                echo $line
        end
    end
end
complete -c ismsc -f -a '(__ismsc_words)'
