#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# vconfig set_name_type: the names of new VLAN devices, in each namespace.

load ../common.bash
load vconfig.bash

setup()
{
	vlan_parent
}

# The name type is kept by the namespace, which the next test uses, too.
teardown()
{
	vconfig set_name_type DEV_PLUS_VID_NO_PAD > /dev/null 2>&1
	clean_environment
}

DONE="Set name-type for VLAN subsystem.\
 Should be visible in /proc/net/vlan/config"

# named TYPE KERNEL_TYPE VID DEVICE
named()
{
	gives 0 "$DONE" "" set_name_type "$1"
	[ "$(naming)" = "$2" ]
	gives 0 "$(added eth0 "$3")" "" add eth0 "$3"
	listed "$4" "$3" eth0
}

@test "by default, names are the parent's name and the VLAN id" {
	[ "$(naming)" = VLAN_NAME_TYPE_RAW_PLUS_VID_NO_PAD ]
	adds eth0 23
	exists eth0.23
}

@test "the four name types" {
	named VLAN_PLUS_VID VLAN_NAME_TYPE_PLUS_VID 20 vlan0020
	named VLAN_PLUS_VID_NO_PAD VLAN_NAME_TYPE_PLUS_VID_NO_PAD 21 vlan21
	named DEV_PLUS_VID VLAN_NAME_TYPE_RAW_PLUS_VID 22 eth0.0022
	named DEV_PLUS_VID_NO_PAD VLAN_NAME_TYPE_RAW_PLUS_VID_NO_PAD 23 eth0.23
}

@test "the four name types, in lower case" {
	named vlan_plus_vid VLAN_NAME_TYPE_PLUS_VID 20 vlan0020
	named vlan_plus_vid_no_pad VLAN_NAME_TYPE_PLUS_VID_NO_PAD 21 vlan21
	named dev_plus_vid VLAN_NAME_TYPE_RAW_PLUS_VID 22 eth0.0022
	named dev_plus_vid_no_pad VLAN_NAME_TYPE_RAW_PLUS_VID_NO_PAD 23 eth0.23
}

@test "a VID of four digits is never padded" {
	named VLAN_PLUS_VID VLAN_NAME_TYPE_PLUS_VID 4000 vlan4000
	named DEV_PLUS_VID VLAN_NAME_TYPE_RAW_PLUS_VID 4001 eth0.4001
}

@test "existing devices keep their names" {
	adds eth0 5
	vconfig set_name_type VLAN_PLUS_VID
	listed eth0.5 5 eth0
	gives 0 "Removed VLAN -:eth0.5:-" "" rem eth0.5
}

@test "VLAN devices on VLAN devices, with each name type" {
	named VLAN_PLUS_VID_NO_PAD VLAN_NAME_TYPE_PLUS_VID_NO_PAD 100 vlan100
	gives 0 "$(added vlan100 200)" "" add vlan100 200
	listed vlan200 200 vlan100
	vconfig set_name_type DEV_PLUS_VID
	gives 0 "$(added vlan100 201)" "" add vlan100 201
	listed vlan100.0201 201 vlan100
}

@test "the same VLAN id on two parents needs a name type with the parent" {
	vconfig set_name_type VLAN_PLUS_VID
	adds eth0 5
	add_fails "File exists" far 5
	vconfig set_name_type DEV_PLUS_VID
	adds far 5
	listed far.0005 5 far
}

@test "an unknown name type: the usage on stdout, and a line on stderr" {
	local type

	for type in "" x VLAN VLAN_PLUS_VID_ VLAN_NAME_TYPE_PLUS_VID 0; do
		gives 1 $'\n'"$(vconfig --help)" "Invalid name type." \
			set_name_type "$type"
	done
	[ "$(naming)" = VLAN_NAME_TYPE_RAW_PLUS_VID_NO_PAD ]
}

@test "two namespaces have different name types" {
	ip netns add a
	ip netns add b
	pair p0 p1
	ip link set p0 netns a
	ip link set p1 netns b
	in_guest a "$VCONFIG" set_name_type VLAN_PLUS_VID
	in_guest b "$VCONFIG" set_name_type DEV_PLUS_VID
	in_guest a "$VCONFIG" add p0 20
	in_guest b "$VCONFIG" add p1 20
	adds eth0 20
	ip -n a link show dev vlan0020
	ip -n b link show dev p1.0020
	exists eth0.20
	grep -qx 'Name-Type: VLAN_NAME_TYPE_PLUS_VID' \
		<(in_guest a cat $CONFIG)
	grep -qx 'Name-Type: VLAN_NAME_TYPE_RAW_PLUS_VID' \
		<(in_guest b cat $CONFIG)
	[ "$(naming)" = VLAN_NAME_TYPE_RAW_PLUS_VID_NO_PAD ]
}

@test "new names use the real name of a parent given by an alternative name" {
	ip link property add dev eth0 altname uplink
	gives 0 "$(added uplink 23)" "" add uplink 23
	listed eth0.23 23 eth0
	gives 0 "$(added uplink 24 25)" "" add uplink 24-25
	listed eth0.24 24 eth0
	# A longer name is not cut: it is refused with its length.
	ip link set eth0 name abcdefghijkl
	gives 0 "$(added uplink 26)" "" add uplink 26
	listed abcdefghijkl.26 26 abcdefghijkl
	turned_down "\"abcdefghijkl.260\" would have 16 bytes" \
		add uplink 260
}

@test "a new name may have 15 bytes; 16 are refused" {
	ip link add abcdefghij type bridge
	gives 0 "$(added abcdefghij 4000)" "" add abcdefghij 4000
	listed abcdefghij.4000 4000 abcdefghij
	ip link set abcdefghij name abcdefghijk
	turned_down "\"abcdefghijk.4001\" would have 16 bytes" \
		add abcdefghijk 4001
	gives 0 "$(added abcdefghijk 999)" "" add abcdefghijk 999
}

@test "a name that would be longer than 15 bytes is refused with its length" {
	ip link add longnamedevice0 type bridge
	turned_down "\"longnamedevice0.4000\" would have 20 bytes" \
		add longnamedevice0 4000
	turned_down "\"longnamedevice0.5\" would have 17 bytes" \
		add longnamedevice0 5
	[ "$(vlans)" -eq 0 ]
	vconfig set_name_type VLAN_PLUS_VID
	gives 0 "$(added longnamedevice0 4000)" "" add longnamedevice0 4000
	listed vlan4000 4000 longnamedevice0
}

@test "if one name of a set would be too long, no device is added" {
	ip link add abcdefghijk type bridge
	turned_down "16 bytes" add abcdefghijk 998-1000
	[ "$(vlans)" -eq 0 ]
}

LONG=uplink-of-the-office

@test "a long alternative name of a parent, and of a VLAN device" {
	ip link property add dev eth0 altname $LONG
	gives 0 "$(added $LONG 23)" "" add $LONG 23
	listed eth0.23 23 eth0
	gives 0 "$(added $LONG 24 25)" "" add $LONG 24-25
	listed eth0.24 24 eth0
	works --may-exist add $LONG 24
	ip link property add dev eth0.23 altname vlan-of-the-office
	works --may-exist add $LONG 23 name vlan-of-the-office
	quiet set_flag vlan-of-the-office 2 1
	quiet set_egress_map vlan-of-the-office 1 2
	quiet set_ingress_map vlan-of-the-office 1 2
	quiet show vlan-of-the-office
	quiet --if-exists rem vlan-of-the-office
	missing eth0.23
	works --if-exists rem vlan-of-the-office
	gives 1 "" "ERROR:  if_name must be 15 characters or less." \
		rem vlan-of-the-office
}
