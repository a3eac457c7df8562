# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Which suites there are, and what runs each: for tests/run, which has set $here,
# and programs.bash.

# One without its x bit is a suite that fails.
programs_in()
{
	local path

	for path in "$here/$1"/*; do
		[[ $path = *.awk || $path = *.bash ]] || echo "$1/${path##*/}"
	done
}

# Suites by name, in the order in which they run.
all_suites()
{
	local path

	programs_in lint
	# Made by make.
	if [ -e "$VB_BUILD/tests/suites" ]; then
		cut -d ' ' -f 1 "$VB_BUILD/tests/suites"
	else
		echo "run: no $VB_BUILD/tests/suites: programs are missing;" \
			"see 'make check'" >&2
	fi
	for path in "$here"/ifupdown/*.bats "$here"/func/*.bats \
			"$here"/labs/*.bats; do
		[ ! -e "$path" ] || echo "${path#"$here"/}"
	done
}

# They take minutes, root and the network.
package_suites()
{
	programs_in packages
}

# select_suites SUITE...: those that the words name; all without words.
select_suites()
{
	local all word name found

	mapfile -t all < <(all_suites)
	if [ $# -eq 0 ]; then
		suites=("${all[@]}")
		return 0
	fi
	mapfile -t -O ${#all[@]} all < <(package_suites)
	for word in "$@"; do
		word=${word#./}
		word=${word##*tests/}
		word=${word%/}
		found=
		for name in "${all[@]}"; do
			case $name in
			"$word"|"$word".bats|"$word"/*)
				suites+=("$name")
				found=yes
				;;
			esac
		done
		if [ -z "$found" ]; then
			echo "run: no such suite: $word" >&2
			exit 2
		fi
	done
}

needs_kernel()
{
	case $1 in
	lint/*|packages/*|unit/*) return 1 ;;
	esac
}

is_package()
{
	[[ $1 = packages/* ]]
}

# A suite that cannot run here says why; one that is missing without a reason
# is a failure.
cannot_run()
{
	local why

	if [ "$1" = conform/conform ] && [ -z "$REF_BRCTL" ]; then
		echo "needs bridge-utils' brctl"
	elif [ ! -x "$VB_BUILD/tests/$1" ]; then
		why=$(grep "^$1 " "$VB_BUILD/tests/suites")
		echo "${why#* }"
	fi
}

# What starts many processes is slow in a guest, and many suites test the tools
# more than the kernel.  One with a line "# environment: ns" in its head leaves to
# guests only the tests that need what a namespace lacks, if namespaces run the
# others.  guest_tests FILE FEATURES: their names, FEATURES being what it has.
guest_tests()
{
	awk -v has=" $2 " '
		/^@test ".*" {$/ {
			name = substr($0, 8, length($0) - 10)
		}
		/^}/ { name = "" }
		$1 == "needs" && name != "" {
			for (i = 2; i <= NF; i++)
				if (!index(has, " " $i " ")) {
					print name
					name = ""
					next
				}
		}' "$here/$1"
}

is_for_namespaces()
{
	grep -qsx '# environment: ns' "$here/$1"
}

# has_guest_part NAME FEATURES
has_guest_part()
{
	! is_for_namespaces "$1" || [ -n "$(guest_tests "$1" "$2")" ]
}

# bats_filter NAME: leaves the words for bats in $filter.
bats_filter()
{
	filter=()
	if [ -n "${VB_BESIDE:-}" ] && is_for_namespaces "$1"; then
		filter=(--filter "^($(guest_tests "$1" "$VB_BESIDE" |
			sed 's/[][().*+?{}|^$\\]/\\&/g' | paste -sd '|'))\$")
	elif [ -n "$run_pattern" ]; then
		filter=(--filter "$run_pattern")
	fi
}

# suite_command NAME: leaves what runs it in $command.  VB_BESIDE has been set by
# run_in_uml where namespaces run the same: they prove the conformance driver, and
# run what needs no kind of device that they lack.
suite_command()
{
	local why
	local -a filter

	case $1 in
	*.bats)
		bats_filter "$1"
		command=(bats --tap "${filter[@]}" "$here/$1")
		;;
	lint/*|packages/*)
		command=("$here/$1")
		;;
	*)
		command=("$VB_BUILD/tests/$1")
		[ "$1" != conform/conform ] || [ -z "${VB_BESIDE:-}" ] ||
			command+=(--fixed --blind --needy --random)
		why=$(cannot_run "$1")
		[ -z "$why" ] || command=(echo "1..0 # SKIP $why")
		;;
	esac
}
