#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Tutorial 2's fault: VLAN devices of access mode that are left on eth0 receive
# the tagged frames, which the bridge of trunk mode then misses.  This affects
# only one direction.
#
#	switch      guest1   guest2
#	 eth0        eth0     eth0
#	  |           |        |
#	 eth0       vNIC1    vNIC2
#	  |\--- br0 ---+--------+
#	  |
#	 eth0.1 eth0.5 (left over)

load ../common.bash
load tutorial2.bash

setup()
{
	lab2_machine
	vconfig add eth0 1
	vconfig add eth0 5
	ifconfig eth0.1 up
	ifconfig eth0.5 up
	lab2_bridge
}

BOTH_1=$'vNIC1 vlan 1\nvNIC2 vlan 1'
BOTH_5=$'vNIC1 vlan 5\nvNIC2 vlan 5'

@test "inbound, the VLAN devices take the tagged frames" {
	[ "$(to_guests "-v 1")" = "" ]
	[ "$(to_guests "-v 5")" = "" ]
	run --separate-stderr -0 frame capture -c -i in -t 0x88b5 \
		eth0 eth0.1 eth0.5 br0 -- \
		ip netns exec switch "$FRAME" send -v 1 eth0
	[ "$output" = $'eth0 1\neth0.1 1\neth0.5 0\nbr0 0' ]
}

@test "inbound, all other frames reach the guests" {
	[ "$(to_guests "-v 8")" = $'vNIC1 vlan 8\nvNIC2 vlan 8' ]
	[ "$(to_guests "")" = $'vNIC1\nvNIC2' ]
}

@test "outbound, frames that the guests tagged leave with their tags" {
	[ "$(seen_by switch guest1 "-v 1")" = "eth0 vlan 1" ]
	[ "$(seen_by switch guest2 "-v 5")" = "eth0 vlan 5" ]
}

@test "between the guests, tagged frames pass" {
	[ "$(from guest1 "-v 1" vNIC1 vNIC2)" = "vNIC2 vlan 1" ]
}

@test "a VLAN device that is down also takes the frames" {
	ifconfig eth0.1 down
	[ "$(to_guests "-v 1")" = "" ]
}

@test "the kernel and vconfig show list the left-over VLAN devices" {
	[ "$(vlan_config)" = "eth0.1 | 1 | eth0
eth0.5 | 5 | eth0" ]
	run -0 vconfig show
	[[ ${lines[1]} = $'eth0.1\t1\teth0\t'* ]]
	[[ ${lines[2]} = $'eth0.5\t5\teth0\t'* ]]
	[ "${#lines[@]}" -eq 3 ]
}

@test "removing a VLAN device corrects the fault for its VLAN" {
	run --separate-stderr -0 vconfig rem eth0.1
	[ "$output" = "Removed VLAN -:eth0.1:-" ]
	[ "$(to_guests "-v 1")" = "$BOTH_1" ]
	[ "$(to_guests "-v 5")" = "" ]
	run --separate-stderr -0 vconfig rem eth0.5
	[ "$output" = "Removed VLAN -:eth0.5:-" ]
	[ "$(to_guests "-v 5")" = "$BOTH_5" ]
	[ "$(vlan_config)" = "" ]
}

@test "a guest gets no reply from its VLAN until the VLAN device is removed" {
	has_vlan guest1 5 10.0.5.11
	has_vlan switch 5 10.0.5.1
	run -1 reaches guest1 10.0.5.1
	vconfig rem eth0.5
	poll 10 reaches guest1 10.0.5.1
}
