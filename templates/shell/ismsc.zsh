#compdef ismsc
# SPDX-License-Identifier: MIT
# Completion of ismsc for zsh: the program itself knows what may come next.
#   source <(ismsc completion zsh)         or put it into a folder of $fpath under the name _ismsc

_ismsc() {
  local line word
  local -a described plain
  for line in "${(@f)$(${words[1]} completion words -- "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    case $line in
      ('') ;;
      (:files) compset -P '*='; _files ;;
      (:folders) compset -P '*='; _files -/ ;;
      (:revisions) compset -P '*='; compadd -- HEAD ${(f)"$(git for-each-ref --format='%(refname:short)' 2>/dev/null)"} ;;
      (*=|*,) compadd -S '' -- "$line" ;;
      (*$'\t'?*) word=${line%%$'\t'*}; described+=("${word//:/\\:}:${line#*$'\t'}") ;;
      (*) plain+=("${line%%$'\t'*}") ;;
    esac
  done
  (( $#plain )) && compadd -- "${plain[@]}"
  (( $#described )) && _describe -V ismsc described
  return 0
}
if [ "$funcstack[1]" = _ismsc ]; then
  _ismsc "$@"
else
  compdef _ismsc ismsc
fi
