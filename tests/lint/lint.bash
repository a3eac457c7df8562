# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Functions for the lints. A rule is a function that prints a line for each
# fault that it finds below the directory $root. Each rule has to be tested on
# a tree with a fault.

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

# holds NAME RULE...: checks that the rule finds no fault in the project.
holds()
{
	local name=$1 out

	shift
	root=$lint_top
	out=$("$@" 2>&1)
	result "$([ -z "$out" ]; echo $?)" "$name" "$out"
}

# bad FILE: writes FILE from standard input to a tree with faults; the first
# call starts a new tree.
bad()
{
	local path=$lint_tmp/tree/$1

	[ -d "${path%/*}" ] || mkdir -p "${path%/*}"
	cat > "$path"
}

# finds WHAT PATTERN RULE...: checks that the rule prints a line with PATTERN
# for the tree, and deletes the tree.
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

# accepts WHAT RULE...: checks that the rule finds no fault in the tree, and
# deletes the tree.
accepts()
{
	local name="the lint accepts $1" out

	shift
	root=$lint_tmp/tree
	out=$("$@" 2>&1)
	result "$([ -z "$out" ]; echo $?)" "$name" "$out"
	rm -rf "$lint_tmp/tree"
}

# advises NAME RULE...: prints what the rule finds in the project, without a
# failure.
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

# Prints the files of directories, as paths relative to the root, without files
# that the build created in the source tree.
files_in()
{
	local folder
	local -a folders=()

	for folder in "$@"; do
		[ ! -e "$root/$folder" ] || folders+=("$folder")
	done
	[ ${#folders[@]} -eq 0 ] ||
		(cd "$root" && find "${folders[@]}" -type f \
			! -path '*/.libs/*' ! -path '*/.deps/*' \
			! -path '*/build/*' ! -path '*/man3/*' | sort)
}

c_files_in()
{
	files_in "$@" | grep '\.[ch]$'
}

# Prints those paths from standard input that are scripts of any kind.
scripts_of()
{
	local path

	while IFS= read -r path; do
		case $path in
		debian/rules) ;;
		*.bash|*.bats|*.postrm|*.preinst|*.sh|completions/*)
			echo "$path"
			;;
		*/*.*) ;;
		*)
			printf '%s\n' "$path" >&3
			;;
		esac
	done 3> "$lint_tmp/unnamed"
	(cd "$root" && xargs -r awk 'FNR == 1 && /^#!/ { print FILENAME }
		{ nextfile }' < "$lint_tmp/unnamed")
}

program_files()
{
	files_in lib cli brctl vconfig tools examples completions debian ifupdown tests .ci \
		bootstrap > "$lint_tmp/files"
	grep '\.[ch]$' "$lint_tmp/files"
	scripts_of < "$lint_tmp/files"
}
