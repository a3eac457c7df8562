# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# The list of suites, and the command that runs each of them.  tests/run sources
# this after programs.bash, and sets $here.

# Also lists files that are not executable: running them fails.
programs_in()
{
	local path

	for path in "$here/$1"/*; do
		[[ $path = *.awk || $path = *.bash ]] || echo "$1/${path##*/}"
	done
}

# lacks_mstpd PATH: whether it is the suite of mstpd, and mstpd is not installed.
# Debian has it since forky, so the suite is left out and not counted as skipped.
lacks_mstpd()
{
	[[ $1 = */labs/mstpd.bats ]] && ! command -v mstpd > /dev/null
}

# The names of all suites, in the order in which they run.
all_suites()
{
	local path

	programs_in lint
	# make creates this file.
	if [ -e "$VB_BUILD/tests/suites" ]; then
		cut -d ' ' -f 1 "$VB_BUILD/tests/suites"
	else
		echo "run: no $VB_BUILD/tests/suites: programs are missing;" \
			"see 'make check'" >&2
	fi
	for path in "$here"/ifupdown/*.bats "$here"/func/*.bats \
			"$here"/labs/*.bats; do
		[ ! -e "$path" ] || lacks_mstpd "$path" ||
			echo "${path#"$here"/}"
	done
}

# These suites take minutes and need root and the network.
package_suites()
{
	programs_in packages
}

# The gate skips the suites that run many interfaces files with the hooks of
# vbridge and of Debian: they take as long as all other tests of the hooks
# together.
leave_out_matrix()
{
	local i

	for i in "${!suites[@]}"; do
		[[ ${suites[i]} != ifupdown/matrix-* ]] || unset "suites[i]"
	done
	suites=("${suites[@]}")
	echo "run: the gate (VB_GATE) leaves out ifupdown/matrix-*"
}

# The words of VB_LEAVE_OUT are names of suites.
leave_out_named()
{
	local i

	for i in "${!suites[@]}"; do
		[[ " $VB_LEAVE_OUT " != *" ${suites[i]%.bats} "* ]] ||
			unset "suites[i]"
	done
	suites=("${suites[@]}")
	echo "run: left out (VB_LEAVE_OUT): $VB_LEAVE_OUT"
}

# select_suites SUITE...: sets $suites to the named suites, or to all.
select_suites()
{
	local all word name found

	mapfile -t all < <(all_suites)
	if [ $# -eq 0 ]; then
		suites=("${all[@]}")
		[ -z "${VB_GATE:-}" ] || leave_out_matrix
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
	[ -z "${VB_LEAVE_OUT:-}" ] || leave_out_named
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

# cannot_run SUITE: prints the reason if the suite cannot run here.  If a
# program is missing without a reason, the suite fails.
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

# Starting many processes is slow in a guest, and many suites test the tools
# more than the kernel.  If a suite has the line "# environment: ns", guests run
# only those of its tests that need a feature that namespaces lack.  guest_tests
# FILE FEATURES prints the names of these tests.  FEATURES are those of a
# namespace.
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

# With VB_GATE, guests run only these suites: all suites that test the library,
# and some of each group that tests the tools, namely those that test the
# kernel's VLANs most. Where fork is slow in a guest, the others take most of
# an hour.
gate_guests=('oracle/*' conform/conform func/addgroup func/addmac
	func/addvlan func/check-fdb func/check-vlans func/confirm func/create
	func/delvlan func/flush func/getvlan func/iproute2 func/nf func/reach
	func/restore func/restore-json func/restore-many func/restore-wait
	func/save func/setvlan
	func/showmacs func/showvlans func/tree func/vconfig-add
	func/vconfig-maps func/vconfig-rem func/vconfig-show
	func/vconfig-stdout func/watch func/why labs/tutorial2-trunk
	labs/tutorial5-vlan)

# is_left_out NAME: whether guests leave out this suite in the gate.
is_left_out()
{
	local pattern

	[ -n "${VB_GATE:-}" ] || return 1
	for pattern in "${gate_guests[@]}"; do
		# shellcheck disable=SC2053 # a pattern
		[[ ${1%.bats} != $pattern ]] || return 1
	done
}

# has_guest_part NAME FEATURES: whether a guest has to run tests of this suite.
has_guest_part()
{
	! is_left_out "$1" || return 1
	! is_for_namespaces "$1" || [ -n "$(guest_tests "$1" "$2")" ]
}

# bats_filter NAME: sets $filter to the arguments that select tests for bats.
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

# suite_command NAME: sets $command to the command that runs the suite.
# run_in_uml sets VB_BESIDE if namespaces run the same suites.  Then the guest's
# conformance run leaves out the driver's own tests, and the tests that
# namespaces can run.
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
