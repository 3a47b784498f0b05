# Completion of kubectl-mmm in fish: kubectl mmm completion fish | source
function __kubectl_mmm_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l answer (kubectl-mmm __complete $words[2..-1] 2>/dev/null)
    if test "$answer[-1]" = ':0'
        __fish_complete_path (commandline -ct)
    end
    string match -v -r '^:[0-9]+$' -- $answer
end
complete -c kubectl-mmm -f -a '(__kubectl_mmm_complete)'
