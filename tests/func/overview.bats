#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# The example programs in libvbridge(3) work as described.
#
# environment: ns

load ../common.bash

examples=$VB_BUILD/tests/examples

setup()
{
	brctl addbr br0
	brctl addbr br1
	veth v0 w0
}

@test "each program of the page is built, and has a test" {
	local name

	for name in $(awk -f "$tests_dir/examples.awk" \
			"$tests_dir/../man/libvbridge.md"); do
		[ -x "$examples/${name%.c}" ]
		grep -q "examples/${name%.c}" "$BATS_TEST_FILENAME"
	done
}

@test "first prints the names of the bridges" {
	run -0 "$examples/first"
	[ "$output" = $'br0\nbr1' ]
}

@test "add adds ports, and reports errors" {
	run -0 "$examples/add" br0 v0
	run -0 "$examples/add" br2 w0
	[ "$(ip -o link show master br2 | wc -l)" = 1 ]
	run -1 "$examples/add" br1 v0
	[ "$output" = "v0 is a port already" ]
	run -1 "$examples/add" br1 none
	[[ $output = *none*"No such device" ]]
	run -2 "$examples/add" br1
}

@test "may tells whether a bridge could be deleted, and does not delete it" {
	ip netns add there
	ip -n there link add br5 type bridge
	run -0 "$examples/may" there br5
	[ "$output" = yes ]
	ip -n there link show br5
	ip -n there link set br5 up
	run -1 "$examples/may" there br5
	[[ $output = *br5*"busy"* ]]
	run -1 "$examples/may" there br0
	[[ $output = *br0*"No such device"* ]]
	run -2 "$examples/may" nowhere br0
}

@test "options sets two options, and shows all" {
	run -0 "$examples/options" br0
	[[ $'\n'$output = *$'\nageing_time: 60.00'* ]]
	[[ $'\n'$output = *$'\npriority: 4096'* ]]
	run -1 "$examples/options" v0
	[[ $output = *v0* ]]
}

@test "watch prints existing, added and removed ports" {
	local said=$BATS_TEST_TMPDIR/said

	brctl addif br0 v0
	"$examples/watch" > "$said" 3>&- &
	child_pids+=("$!")
	poll 10 grep -qx '+ v0' "$said"
	brctl addif br0 w0
	poll 10 grep -qx '+ w0' "$said"
	brctl delif br0 v0
	poll 10 grep -qx -- '- v0' "$said"
}
