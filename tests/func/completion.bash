# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# What bash offers for a command line: a new bash reads the installed script,
# and calls its function as it does when the user presses tab.

# Splits the line as bash does: at blanks; = and : are words of their own.
completion_program='
. "$1/completions/$2"
COMP_LINE=$3 COMP_POINT=$4 COMP_WORDS=() rest=$3 COMP_CWORD=-1
while [[ $rest =~ ^[[:blank:]]*([^=:[:blank:]]+|[=:]+|$) ]]; do
	[[ ${#rest} -lt ${#COMP_LINE} && -z ${BASH_REMATCH[0]} ]] ||
		COMP_WORDS+=("${BASH_REMATCH[1]}")
	# The word with the cursor in it or at its end.
	rest=${rest:${#BASH_REMATCH[0]}}
	[[ $COMP_CWORD -ge 0 ||
	   $((${#COMP_LINE} - ${#rest})) -lt $COMP_POINT ]] ||
		COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
	[[ $rest ]] || break
done
[[ $(complete -p "$2") = *" -F _vbridge "* ]] || echo "nothing completes $2"
_vbridge "$5" "${COMP_WORDS[COMP_CWORD]}" "" || echo "status $?"
[[ ${#COMPREPLY[@]} -eq 0 ]] || printf "%s\n" "${COMPREPLY[@]}"
'

# offered LINE: prints what bash offers at the end of LINE, or at the position
# of a "|" in it; sorted, without duplicates. The first word is the tool.
offered()
{
	local before=${1%%|*} line=${1/|/} tool=${1%% *} path

	case $tool in
	brctl) path=$BRCTL ;;
	vconfig) path=$VCONFIG ;;
	esac
	"$BASH" --norc --noprofile -c "$completion_program" completion \
		"${tests_dir%/*}" "$tool" "$line" "${#before}" "$path" 2>&1 |
		sort -u
}

# offers LINE WORD...: checks that exactly these words are offered, and that
# there is no other output.
offers()
{
	local line=$1 want got

	shift
	want=$([ $# -eq 0 ] || printf '%s\n' "$@" | sort)
	got=$(offered "$line")
	[ "$got" = "$want" ] && return 0
	echo "for \"$line\" bash offers:"
	printf '%s\n' "$got"
	echo "expected:"
	printf '%s\n' "$want"
	return 1
}

# includes LINE WORD...: checks that these words are offered.
includes()
{
	local line=$1 got word

	shift
	got=$(offered "$line")
	for word in "$@"; do
		grep -qxF -e "$word" <<< "$got" && continue
		echo "for \"$line\" there is no $word in"
		printf '%s\n' "$got"
		return 1
	done
}

# lacks LINE WORD...: checks that none of these words is offered.
lacks()
{
	local line=$1 got word

	shift
	got=$(offered "$line")
	for word in "$@"; do
		! grep -qxF -e "$word" <<< "$got" || {
			echo "for \"$line\" there is $word"
			return 1
		}
	done
}
