#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# vconfig add: adds VLAN devices, and errors.

load ../common.bash
load vconfig.bash

setup()
{
	vlan_parent
}

@test "a VLAN device is added, and one line is printed" {
	gives 0 "Added VLAN with VID == 100 to IF -:eth0:-" "" add eth0 100
	listed eth0.100 100 eth0
}

@test "for VLAN 1, a warning of two lines is printed on stdout" {
	gives 0 "Added VLAN with VID == 1 to IF -:eth0:-
WARNING:  VLAN 1 does not work with many switches,
consider another number if you have problems." "" add eth0 1
	listed eth0.1 1 eth0
}

@test "a new device is down" {
	ip link set eth0 up
	adds eth0 5
	run -0 ip -o link show dev eth0.5
	[[ $output = *"state DOWN"* ]]
	[[ ! $output =~ [\<,]UP[,\>] ]]
}

@test "a new device has the MAC address and MTU of its parent" {
	ip link set eth0 mtu 1400
	adds eth0 5
	is eth0.5/address $ETH0_MAC
	is eth0.5/mtu 1400
}

@test "a new device has REORDER_HDR and no other flag, and empty maps" {
	adds eth0 5
	[ "$(flags_of eth0.5)" = '["REORDER_HDR"]' ]
	grep -q 'VID: 5.*REORDER_HDR: 1 ' /proc/net/vlan/eth0.5
	of_vlan eth0.5 "INGRESS priority mappings: 0:0 1:0 2:0 3:0 4:0 5:0 6:0 7:0"
	of_vlan eth0.5 "EGRESS priority mappings:"
}

@test "VLAN devices on VLAN devices" {
	adds eth0 100
	adds eth0.100 200
	listed eth0.100.200 200 eth0.100
	adds eth0.100.200 7
	listed eth0.100.200.7 7 eth0.100.200
}

@test "the smallest and the largest VID" {
	adds eth0 0
	adds eth0 4094
	listed eth0.0 0 eth0
	listed eth0.4094 4094 eth0
}

@test "VLAN ids with leading zeros are decimal" {
	gives 0 "Added VLAN with VID == 10 to IF -:eth0:-" "" add eth0 0010
	listed eth0.10 10 eth0
}

@test "a VLAN on a bridge" {
	ip link add br0 type bridge
	adds br0 5
	listed br0.5 5 br0
}

@test "an existing VLAN is refused" {
	adds eth0 5
	add_fails "File exists" eth0 5
	[ "$(vlans)" -eq 1 ]
}

@test "an existing device name is refused" {
	ip link add eth0.5 type bridge
	add_fails "File exists" eth0 5
	[ "$(vlans)" -eq 0 ]
}

@test "VLAN ids above 4094 and below 0 are out of range" {
	local vid

	for vid in 4095 65541 4294967301 99999999999999999999999 \
			-4294967291; do
		add_fails "Numerical result out of range" eth0 "$vid"
	done
	# The id is printed as an unsigned number.
	gives 3 "" "ERROR: trying to add VLAN #4294967295 to IF -:eth0:-  error:\
 Numerical result out of range
vconfig: VLAN ids range from 1 to 4094" add eth0 -1
	[ "$(vlans)" -eq 0 ]
}

@test "a missing parent" {
	add_fails "No such device" nope 5
	add_fails "No such device" "" 5
	add_fails "No such device" a/b 5
}

@test "a parent that does not support VLANs" {
	add_fails "Operation not supported" lo 5
}

@test "a parent's name longer than 15 bytes is not cut" {
	ip link add abcdefghijklmno type bridge
	gives 1 "" "ERROR:  if_name must be 15 characters or less." \
		add abcdefghijklmnop 5
	[ "$(vlans)" -eq 0 ]
}
