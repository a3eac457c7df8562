#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Tutorial 2, access mode: one bridge for each VLAN of eth0, with one guest
# each.
#
#	       switch
#	        eth0
#	 eth0.1 ---- eth0.5
#	   |           |
#	  br01        br05
#	   |           |
#	 vNIC1       vNIC2
#	 guest1      guest2

load ../common.bash
load tutorial2.bash

setup()
{
	lab2_machine
}

access_mode()
{
	vconfig add eth0 1
	vconfig add eth0 5
	ifconfig eth0.1 up
	ifconfig eth0.5 up
	brctl addbr br01
	brctl addbr br05
	brctl addif br01 eth0.1
	brctl addif br01 vNIC1
	brctl addif br05 eth0.5
	brctl addif br05 vNIC2
	ifconfig br01 up
	ifconfig br05 up
	forwarding eth0.1 vNIC1 eth0.5 vNIC2
}

@test "vconfig prints what it has added, and a warning for VLAN 1" {
	run --separate-stderr -0 vconfig add eth0 1
	[ "$output" = "Added VLAN with VID == 1 to IF -:eth0:-
WARNING:  VLAN 1 does not work with many switches,
consider another number if you have problems." ]
	[ -z "$stderr" ]
	run --separate-stderr -0 vconfig add eth0 5
	[ "$output" = "Added VLAN with VID == 5 to IF -:eth0:-" ]
}

@test "the kernel lists both VLANs" {
	access_mode
	[ "$(vlan_config)" = "eth0.1 | 1 | eth0
eth0.5 | 5 | eth0" ]
}

@test "show lists both bridges with their ports" {
	access_mode
	run -0 brctl show
	[ "${lines[1]}" = $'br01\t\t8000.00163e000010\tno\t\teth0.1' ]
	[ "${lines[2]}" = $'\t\t\t\t\t\t\tvNIC1' ]
	[ "${lines[3]}" = $'br05\t\t8000.00163e000010\tno\t\teth0.5' ]
	[ "${lines[4]}" = $'\t\t\t\t\t\t\tvNIC2' ]
	[ "${#lines[@]}" -eq 5 ]
}

@test "each guest receives only its VLAN, without the tag" {
	access_mode
	[ "$(to_guests "-v 1")" = vNIC1 ]
	[ "$(to_guests "-v 5")" = vNIC2 ]
	[ "$(seen_by guest1 switch "-v 1")" = eth0 ]
	[ "$(seen_by guest2 switch "-v 5")" = eth0 ]
}

@test "frames of other VLANs, and untagged frames, reach no guest" {
	access_mode
	[ "$(to_guests "-v 8")" = "" ]
	[ "$(to_guests "")" = "" ]
	# The same capture sees the frames that do arrive.
	[ "$(to_guests "-v 1")" = vNIC1 ]
}

@test "a guest's frame leaves with the tag of its VLAN" {
	access_mode
	[ "$(seen_by switch guest1 "")" = "eth0 vlan 1" ]
	[ "$(seen_by switch guest2 "")" = "eth0 vlan 5" ]
}

@test "the guests do not receive each other's frames" {
	access_mode
	[ "$(from guest1 "" eth0 vNIC1 vNIC2)" = "eth0 vlan 1" ]
	[ "$(from guest2 "" eth0 vNIC1 vNIC2)" = "eth0 vlan 5" ]
}

@test "each guest reaches the address of the switch in its VLAN" {
	access_mode
	ip -n guest1 address add 10.0.0.11/24 dev eth0
	ip -n guest2 address add 10.0.0.12/24 dev eth0
	has_vlan switch 1 10.0.0.1
	poll 10 reaches guest1 10.0.0.1
	run -1 reaches guest2 10.0.0.1
	in_guest switch "$VCONFIG" rem eth0.1
	has_vlan switch 5 10.0.0.1
	poll 10 reaches guest2 10.0.0.1
	run -1 reaches guest2 10.0.0.11
}
