#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# The settings of a port: hairpin, setpathcost, setportprio.
#
# environment: ns

load ../common.bash
load exact.bash

setup()
{
	pair v0 w0
	ip link add br0 type bridge
	ip link add br1 type bridge
	ip link set v0 master br0
}

@test "hairpin is turned on and off by six words" {
	local word

	for word in on 1 yes; do
		works hairpin br0 v0 "$word"
		is v0/brport/hairpin_mode 1
	done
	for word in off 0 no; do
		works hairpin br0 v0 "$word"
		is v0/brport/hairpin_mode 0
	done
	refuses "expect on/off for argument" hairpin br0 v0 On
}

# out_of_range OPTION RANGE: prints the library's error for v0.
out_of_range()
{
	echo "cannot set $1 of port \"v0\" of bridge \"br0\": Numerical result\
 out of range; $1 ranges from $2"
}

@test "the path cost ranges from 1 to 65535" {
	local value

	works setpathcost br0 v0 1
	is v0/brport/path_cost 1
	works setpathcost br0 v0 0xffff
	is v0/brport/path_cost 65535
	for value in 0 65536 4294967297 -1; do
		explains "set path cost failed: Numerical result out of range" \
			"$(out_of_range path_cost "1 to 65535")" \
			setpathcost br0 v0 $value
	done
	refuses "bad path cost value" setpathcost br0 v0 7x
	refuses "bad path cost value" setpathcost br0 v0 ""
	is v0/brport/path_cost 65535
}

@test "the priority of a port ranges from 0 to 63" {
	local value

	works setportprio br0 v0 63
	is v0/brport/priority 63
	works setportprio br0 v0 0
	is v0/brport/priority 0
	for value in 64 4294967297; do
		explains "set port priority failed: Numerical result out of\
 range" "$(out_of_range priority "0 to 63")" setportprio br0 v0 $value
	done
	refuses "bad path priority value" setportprio br0 v0 low
	is v0/brport/priority 0
}

@test "the named bridge must be the port's own bridge" {
	local before

	before=$(state)
	refuses "device v0 is not a port of br1" hairpin br1 v0 on
	refuses "device v0 is not a port of br1" setpathcost br1 v0 9
	refuses "device v0 is not a port of br1" setportprio br1 v0 9
	refuses "device v0 is not a port of lo" hairpin lo v0 on
	refuses "bridge nope does not exist!" hairpin nope v0 on
	explains "set path cost failed: No such device" \
		'there is no device "nope"' setpathcost nope v0 9
	[ "$(state)" = "$before" ]
}

@test "devices that are not ports, and missing devices, are refused" {
	local none='there is no device "nope"'
	local no_port='"w0" is not a port; to make it one: brctl addif br0 w0'

	explains "can't set w0 to hairpin on bridge br0: No such file or\
 directory" "$no_port" hairpin br0 w0 on
	explains "set path cost failed: No such file or directory" "$no_port" \
		setpathcost br0 w0 9
	explains "set port priority failed: No such file or directory" \
		"$no_port" setportprio br0 w0 9
	refuses "interface nope does not exist!" hairpin br0 nope on
	explains "set path cost failed: No such device" "$none" \
		setpathcost br0 nope 9
	explains "set port priority failed: No such device" "$none" \
		setportprio br0 nope 9
}
