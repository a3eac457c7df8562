# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# What the lints share.  A rule is a function that prints a line for each fault
# it finds below the folder $root; every rule has to be proven on a bad tree.

lint_top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
lint_count=0
lint_bad=0
root=$lint_top

lint_tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$lint_tmp"' EXIT

# result STATUS NAME [DIAGNOSTICS]
result()
{
	local word="not ok"

	lint_count=$((lint_count + 1))
	if [ "$1" -eq 0 ]; then
		word=ok
	else
		lint_bad=$((lint_bad + 1))
	fi
	echo "$word $lint_count - $2"
	if [ "$1" -ne 0 ] && [ -n "${3:-}" ]; then
		printf '%s\n' "$3" | sed 's/^/# /'
	fi
}

# holds NAME RULE...: the project keeps the rule.
holds()
{
	local name=$1 out

	shift
	root=$lint_top
	out=$("$@" 2>&1)
	result "$([ -z "$out" ]; echo $?)" "$name" "$out"
}

# bad FILE: makes FILE, from standard input, in a tree of faults; the first
# one begins a new tree.
bad()
{
	mkdir -p "$lint_tmp/tree/$(dirname "$1")"
	cat > "$lint_tmp/tree/$1"
}

# finds WHAT PATTERN RULE...: the rule complains about the tree of faults, in
# a line that has PATTERN; the tree is gone then.
finds()
{
	local name="the lint finds $1" pattern=$2 out

	shift 2
	root=$lint_tmp/tree
	out=$("$@" 2>&1)
	grep -q -e "$pattern" <<< "$out"
	result $? "$name" "it said: $out"
	rm -rf "$lint_tmp/tree"
}

# accepts WHAT RULE...: the rule has nothing to say about the tree.
accepts()
{
	local name="the lint accepts $1" out

	shift
	root=$lint_tmp/tree
	out=$("$@" 2>&1)
	result "$([ -z "$out" ]; echo $?)" "$name" "$out"
	rm -rf "$lint_tmp/tree"
}

# advises NAME RULE...: prints what the rule says of the project; it fails
# nothing.
advises()
{
	local name=$1 out

	shift
	root=$lint_top
	out=$("$@" 2>&1)
	[ -z "$out" ] || sed "s/^/# $name: /" <<< "$out"
}

lint_end()
{
	echo "1..$lint_count"
	[ $lint_bad -eq 0 ]
}

# The files of folders, as paths below the root.  What the build made in the
# source tree is not ours.
files_in()
{
	local folder

	for folder in "$@"; do
		[ -e "$root/$folder" ] || continue
		(cd "$root" && find "$folder" -type f \
			! -path '*/.libs/*' ! -path '*/.deps/*' \
			! -path '*/build/*' | sort)
	done
}

c_files_in()
{
	files_in "$@" | grep '\.[ch]$'
}

# Everything a person wrote as a program: C, and scripts of any kind.
is_script()
{
	case $1 in
	debian/rules) return 1 ;;
	*.bash|*.bats|*.postrm|*.preinst|*.sh) return 0 ;;
	*.*) return 1 ;;
	completions/*) return 0 ;;
	esac
	head -c 2 "$root/$1" | grep -q '^#!'
}

program_files()
{
	local path

	files_in lib cli brctl vconfig examples completions debian ifupdown tests .ci \
		bootstrap |
		while IFS= read -r path; do
			case $path in
			*.c|*.h) echo "$path" ;;
			*) ! is_script "$path" || echo "$path" ;;
			esac
		done
}
