#compdef kubectl-mmm
# Completion of kubectl-mmm in zsh: source <(kubectl mmm completion zsh)
_kubectl_mmm() {
  local line value
  local -a candidates
  for line in "${(@f)$(kubectl-mmm __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    case $line in
      :0) _files ;;
      :*) ;;
      *)
        value=${line%%$'\t'*}
        candidates+=("${value//:/\\:}:${line#*$'\t'}")
        ;;
    esac
  done
  _describe 'kubectl-mmm' candidates
}
compdef _kubectl_mmm kubectl-mmm
