#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# delif: removes ports, and refuses devices that are not ports.
#
# environment: ns

load ../common.bash
load exact.bash

setup()
{
	pair v0 w0
	pair v1 w1
	ip link add br0 type bridge
	ip link add br1 type bridge
	ip link set v0 master br0
	ip link set v1 master br0
	ip link set w0 master br1
}

@test "a port leaves its bridge" {
	works delif br0 v0
	in_bridge br0 v1
}

@test "many ports leave in one call" {
	works delif br0 v1 v0
	in_bridge br0
}

@test "a port of another bridge is refused" {
	refuses "device w0 is not a port of br0" delif br0 w0
	in_bridge br1 w0
}

@test "the error names a device that is not a port" {
	refuses "device w1 is not a port of br0" delif br0 w1
	refuses "device lo is not a port of br0" delif br0 lo
	refuses "device br0 is not a port of br0" delif br0 br0
}

@test "the error names a missing device or bridge" {
	refuses "interface nope does not exist!" delif br0 nope
	refuses "bridge nope does not exist!" delif nope v0
	in_bridge br0 v0 v1
}

@test "a device that is not a bridge has no ports" {
	explains "can't delete v0 from lo: Operation not supported" \
		'cannot release port "v0" from bridge "lo": it is not a bridge' \
		delif lo v0
	in_bridge br0 v0 v1
}
