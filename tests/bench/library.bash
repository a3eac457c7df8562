# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# The library alone, in instructions and bytes, which are the same in each run:
# compared with a minimal libmnl program, and with a MiB.
# shellcheck disable=SC2034,SC2154 # what bench and this file share

library_works=("add a port, a process" "add a port, one of many"
	"walk 1,000,000 FDB entries")

# Prints the path of the program itself, not of libtool's script.
built()
{
	local program=$VB_BUILD/tests/bench/$1

	[ ! -x "${program%/*}/.libs/$1" ] || program=${program%/*}/.libs/$1
	[ -x "$program" ] || die "$1 is not built: see make bench"
	echo "$program"
}

# instructions PROGRAM COUNT: prints the instructions of a process that adds
# COUNT ports.
instructions()
{
	local count

	count=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null \
		"$(built "$1")" br0 $(seq -f p%g "$2") 2>&1 |
		sed -n 's/.*Collected : //p')
	[ "$(ip -o link show master br0 | wc -l)" -eq "$2" ] ||
		die "$1 did not add $2 ports"
	seq -f "link set p%g nomaster" "$2" | batch ip
	echo "${count:-0}"
}

port_works()
{
	local name="${library_works[0]}" many="${library_works[1]}"
	local -A one=() some=() all=()
	local program

	any_wanted "$name" "$many" || return 0
	need valgrind > /dev/null
	for program in port-library port-libmnl; do
		one[$program]=$(instructions $program 1)
		some[$program]=$(instructions $program 32)
		all[$program]=$(instructions $program 64)
	done
	line 1.3 "$name" libmnl "${one[port-library]}" "${one[port-libmnl]}"
	line 1.3 "$many" libmnl \
		$(((all[port-library] - some[port-library]) / 32)) \
		$(((all[port-libmnl] - some[port-libmnl]) / 32))
}

# For each datagram of a dump, the kernel starts counting from the first entry.
# This takes two minutes.
walk_work()
{
	local name="${library_works[2]}" bytes

	wanted "$name" || return 0
	batch ip <<-END
		link add fdb0 type bridge
		link set p1 master fdb0
	END
	bytes=$("$(built fdb-walk)" fdb0 p1 1000000) || die "$name"
	line 1.00 "$name" "1 MiB" "$bytes" 1048576
	batch ip <<< "link del fdb0"
}

measure_library()
{
	export LD_LIBRARY_PATH=$VB_BUILD/lib/.libs
	printf '%-36s %-11s %9s %9s %7s %7s\n' "the library" than \
		ours peer ratio target
	seq 64 | sed 's/.*/link add p& type veth peer name q&/' | batch ip
	batch ip <<< "link add br0 type bridge"
	port_works
	walk_work
}
