#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# vconfig rem: removes VLAN devices. Also their removal with their parents.

load ../common.bash
load vconfig.bash

setup()
{
	vlan_parent
}

# no_rem DEVICE: checks that a device that is not a VLAN device is refused.
no_rem()
{
	gives 4 "" "ERROR: trying to remove VLAN -:$1:- error: Invalid argument
vconfig: cannot read VLAN device \"$1\": it is not a VLAN device" rem "$1"
}

# no_device DEVICE: checks the error for a missing device.
no_device()
{
	gives 4 "" "ERROR: trying to remove VLAN -:$1:- error: No such device
vconfig: there is no device \"$1\"" rem "$1"
}

@test "a VLAN device is removed, and one line is printed" {
	vconfig add eth0 5,6
	gives 0 "Removed VLAN -:eth0.5:-" "" rem eth0.5
	missing eth0.5
	listed eth0.6 6 eth0
}

@test "a device that is up is removed" {
	vconfig add eth0 5
	ip link set eth0 up
	ip link set eth0.5 up
	gives 0 "Removed VLAN -:eth0.5:-" "" rem eth0.5
	missing eth0.5
}

@test "other devices are not removed" {
	ip link add br0 type bridge
	no_rem lo
	no_rem eth0
	no_rem br0
	exists eth0
	exists br0
}

@test "a missing device" {
	no_device eth0.5
	no_device ""
	no_device a/b
}

@test "a name longer than 15 bytes is not cut" {
	vconfig add eth0 5 name abcdefghijklmno
	gives 1 "" "ERROR:  if_name must be 15 characters or less." \
		rem abcdefghijklmnop
	exists abcdefghijklmno
}

@test "removing a VLAN device also removes the VLAN devices on it" {
	vconfig add eth0 5
	vconfig add eth0.5 6
	gives 0 "Removed VLAN -:eth0.5:-" "" rem eth0.5
	missing eth0.5.6
	exists eth0
}

@test "deleting a parent also removes its VLAN devices" {
	vconfig add eth0 5,6
	vconfig add eth0.5 7
	ip link del eth0
	missing eth0.5
	missing eth0.5.7
	[ "$(vlans)" -eq 0 ]
	works show
	no_device eth0.5
	add_fails "No such device" eth0 5
}

@test "a VLAN can be added again after it was removed" {
	vconfig add eth0 5
	vconfig rem eth0.5
	adds eth0 5
	listed eth0.5 5 eth0
}
