# SPDX-License-Identifier: MIT
# Completion of ismsc for bash: the program itself knows what may come next.
#   source <(ismsc completion bash)        or put it into /usr/share/bash-completion/completions/ismsc

_ismsc() {
	local words=() word glue='' line cut current
	COMPREPLY=()
	# bash cuts at = and : as well; what belongs together is put together again.
	for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
		case $word in
		= | : | '=:')
			if [ ${#words[@]} -gt 0 ]; then words[${#words[@]}-1]+=$word; else words+=("$word"); fi
			glue=1
			;;
		*)
			if [ -n "$glue" ]; then words[${#words[@]}-1]+=$word; else words+=("$word"); fi
			glue=''
			;;
		esac
	done
	current=${words[${#words[@]}-1]}
	cut=${current%"${current##*[=:]}"} # what stands in front of the place where bash will put the answer
	while IFS= read -r line; do
		case $line in
		:files)
			compopt -o filenames 2>/dev/null
			while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "${current#"$cut"}")
			;;
		:folders)
			compopt -o filenames 2>/dev/null
			while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -d -- "${current#"$cut"}")
			;;
		:revisions)
			while IFS= read -r word; do COMPREPLY+=("$word"); done < <(
				compgen -W "HEAD $(git for-each-ref --format='%(refname:short)' 2>/dev/null)" -- "${current#"$cut"}")
			;;
		*)
			word=${line%%$'\t'*}
			case $word in
			*= | *,) compopt -o nospace 2>/dev/null ;;
			esac
			COMPREPLY+=("${word#"$cut"}")
			;;
		esac
	done < <("${COMP_WORDS[0]}" completion words -- "${words[@]}" 2>/dev/null)
}
complete -F _ismsc ismsc
