#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Tutorial 2, trunk mode: the guests on br0 receive tagged frames, and the VLAN
# devices are on the bridge.
#
#	switch      guest1   guest2
#	 eth0        eth0     eth0
#	  |           |        |
#	 eth0       vNIC1    vNIC2
#	  +---- br0 ---+--------+
#	      br0.1 br0.5

load ../common.bash
load tutorial2.bash

setup()
{
	lab2_machine
}

# A VLAN device can be brought up only if its parent is up, so br0 comes first.
trunk_mode()
{
	brctl addbr br0
	ifconfig br0 up
	vconfig add br0 1
	vconfig add br0 5
	ifconfig br0.1 up
	ifconfig br0.5 up
	brctl addif br0 eth0
	brctl addif br0 vNIC1
	brctl addif br0 vNIC2
	forwarding eth0 vNIC1 vNIC2
}

@test "VLAN devices on a bridge that is down cannot be set up" {
	brctl addbr br0
	vconfig add br0 1
	run -2 ifconfig br0.1 up
	[[ $output = *"Network is down"* ]]
	ifconfig br0 up
	ifconfig br0.1 up
}

@test "the kernel lists the VLANs on the bridge" {
	trunk_mode
	[ "$(vlan_config)" = "br0.1 | 1 | br0
br0.5 | 5 | br0" ]
}

@test "the guests receive frames with tags" {
	trunk_mode
	[ "$(to_guests "-v 1")" = $'vNIC1 vlan 1\nvNIC2 vlan 1' ]
	[ "$(to_guests "-v 5")" = $'vNIC1 vlan 5\nvNIC2 vlan 5' ]
	[ "$(seen_by guest1 switch "-v 1")" = "eth0 vlan 1" ]
	[ "$(seen_by guest2 switch "-v 5.3")" = "eth0 vlan 5 prio 3" ]
}

@test "frames that the guests tagged leave with the same tags" {
	trunk_mode
	[ "$(from guest1 "-v 1" eth0 vNIC1 vNIC2)" = "eth0 vlan 1
vNIC2 vlan 1" ]
	[ "$(seen_by switch guest2 "-v 5.3")" = "eth0 vlan 5 prio 3" ]
}

# The tutorial says that such a frame is dropped.  It is not: without VLAN
# filtering the bridge ignores tags.
@test "frames of a VLAN without a VLAN device pass, too" {
	trunk_mode
	[ "$(to_guests "-v 8")" = $'vNIC1 vlan 8\nvNIC2 vlan 8' ]
}

@test "untagged frames pass without a tag" {
	trunk_mode
	[ "$(to_guests "")" = $'vNIC1\nvNIC2' ]
}

# host_hears VID|"": counts the frames that arrive on the VLAN devices of the
# bridge.
host_hears()
{
	frame capture -c -i in -t 0x88b5 br0.1 br0.5 -- \
		ip netns exec guest1 "$FRAME" send ${1:+-v "$1"} eth0
}

@test "the host receives each VLAN on its VLAN device on the bridge" {
	trunk_mode
	[ "$(host_hears 1)" = $'br0.1 1\nbr0.5 0' ]
	[ "$(host_hears 5)" = $'br0.1 0\nbr0.5 1' ]
	[ "$(host_hears 8)" = $'br0.1 0\nbr0.5 0' ]
	[ "$(host_hears "")" = $'br0.1 0\nbr0.5 0' ]
}

@test "guests with a VLAN device for VLAN 5 reach only members of VLAN 5" {
	trunk_mode
	has_vlan guest1 5 10.0.5.11
	has_vlan guest2 5 10.0.5.12
	has_vlan switch 5 10.0.5.1
	ip address add 10.0.5.100/24 dev br0.5
	poll 10 reaches guest1 10.0.5.12
	reaches guest1 10.0.5.1
	reaches guest2 10.0.5.1
	reaches guest1 10.0.5.100
	ping -n -q -c 1 -W 5 10.0.5.12
	in_guest guest2 "$VCONFIG" rem eth0.5
	has_vlan guest2 1 10.0.5.12
	run -1 reaches guest2 10.0.5.1
	run -1 reaches guest1 10.0.5.12
}
