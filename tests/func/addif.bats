#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# addif: adds ports, and refuses devices that cannot be ports.
#
# environment: ns

load ../common.bash
load exact.bash

@test "a device becomes a port" {
	pair v0 w0
	ip link add br0 type bridge
	works addif br0 v0
	in_bridge br0 v0
}

@test "several devices become ports in one call" {
	pair v0 w0
	pair v1 w1
	ip link add br0 type bridge
	works addif br0 v0 v1 w1
	in_bridge br0 v0 v1 w1
}

@test "two dashes may be at any position" {
	pair v0 w0
	pair v1 w1
	ip link add br0 type bridge
	works addif -- br0 v0
	works addif br0 -- v1
	in_bridge br0 v0 v1
}

@test "the error names a missing device or bridge" {
	pair v0 w0
	ip link add br0 type bridge
	refuses "interface nope does not exist!" addif br0 nope
	refuses "bridge nope does not exist!" addif nope v0
	refuses "interface  does not exist!" addif br0 ""
	in_bridge br0
}

@test "a device that is already a port is refused" {
	pair v0 w0
	ip link add br0 type bridge
	ip link add br1 type bridge
	ip link set v0 master br0
	refuses "device v0 is already a member of a bridge; can't add it to\
 bridge br0." addif br0 v0
	refuses "device v0 is already a member of a bridge; can't add it to\
 bridge br1." addif br1 v0
	in_bridge br0 v0
}

@test "bridges and the loopback device cannot become ports" {
	ip link add br0 type bridge
	ip link add br1 type bridge
	refuses "device br1 is a bridge device itself; can't add a bridge\
 device to a bridge device." addif br0 br1
	refuses "device br0 is a bridge device itself; can't add a bridge\
 device to a bridge device." addif br0 br0
	explains "can't add lo to bridge br0: Invalid argument" \
		"only Ethernet devices with a valid MAC address can be ports,\
 and the loopback device cannot" addif br0 lo
	in_bridge br0
}

@test "a device that is not a bridge cannot have ports" {
	pair v0 w0
	local bridge

	for bridge in lo w0; do
		explains "can't add v0 to bridge $bridge: Operation not\
 supported" "cannot add port \"v0\" to bridge \"$bridge\": it is not a bridge" \
			addif $bridge v0
	done
}

@test "a tap device becomes a port" {
	needs tap
	ip tuntap add dev vnet0 mode tap
	ip link add br0 type bridge
	works addif br0 vnet0
	in_bridge br0 vnet0
}
