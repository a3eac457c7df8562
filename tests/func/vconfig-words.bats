#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# vconfig add's new words: protocol and name.

load ../common.bash
load vconfig.bash

setup()
{
	vlan_parent
}

protocol_is()
{
	ip -d link show dev "$1" | grep -q "vlan protocol $2 id "
}

@test "the default protocol is 802.1Q" {
	adds eth0 5
	protocol_is eth0.5 802.1Q
	adds eth0 6 protocol 802.1q
	protocol_is eth0.6 802.1Q
}

@test "the protocol of provider bridges, 802.1ad" {
	adds eth0 5 protocol 802.1ad
	protocol_is eth0.5 802.1ad
	adds eth0.5 6
	protocol_is eth0.5.6 802.1Q
}

@test "a parent may have the same VLAN id once in each protocol" {
	adds eth0 5
	adds eth0 5 protocol 802.1ad name outer5
	listed eth0.5 5 eth0
	listed outer5 5 eth0
	add_fails "File exists" eth0 5 protocol 802.1ad name another
}

@test "a set with a protocol" {
	gives 0 "$(added eth0 10 11)" "" add eth0 10-11 protocol 802.1ad
	protocol_is eth0.10 802.1ad
	protocol_is eth0.11 802.1ad
}

@test "a given name does not depend on the name type" {
	adds eth0 5 name office
	listed office 5 eth0
	vconfig set_name_type VLAN_PLUS_VID
	adds eth0 6 name lab
	vconfig set_name_type DEV_PLUS_VID_NO_PAD
	listed lab 6 eth0
	gives 0 "Removed VLAN -:office:-" "" rem office
}

@test "both words, in either order and in any case" {
	adds eth0 5 protocol 802.1ad name a5
	adds eth0 6 name a6 protocol 802.1ad
	adds eth0 7 NAME a7 Protocol 802.1AD
	for i in 5 6 7; do
		protocol_is a$i 802.1ad
		listed a$i $i eth0
	done
}

@test "an existing name is refused" {
	add_fails "File exists" eth0 5 name lo
	add_fails "File exists" eth0 5 name eth0
}

@test "invalid device names are refused" {
	local name

	for name in "" . .. a/b "a b" a:b; do
		add_fails "Invalid argument" eth0 5 name "$name"
	done
	[ "$(vlans)" -eq 0 ]
}

@test "a name has at most 15 bytes, and is not cut" {
	adds eth0 5 name abcdefghijklmno
	exists abcdefghijklmno
	turned_down "this one has 16" add eth0 6 name abcdefghijklmnop
	[ "$(vlans)" -eq 1 ]
}

@test "the reserved names all and default are refused" {
	gives 3 "" "ERROR: trying to add VLAN #5 to IF -:eth0:-  error: Invalid\
 argument
vconfig: cannot add VLAN to \"eth0\": the kernel reserves the names \"all\"\
 and \"default\"" add eth0 5 name all
	[ "$(vlans)" -eq 0 ]
}

@test "one name for several devices is refused" {
	add_fails "Invalid argument" eth0 10-11 name office
	[ "$(vlans)" -eq 0 ]
}

@test "unknown protocols are refused" {
	local word

	for word in "" 802.1 802.1qq 8021q 0x8100 802.1x; do
		turned_down "\"$word\"" add eth0 5 protocol "$word"
	done
}

@test "name and protocol need a value" {
	turned_down protocol add eth0 5 protocol
	turned_down name add eth0 5 name
	[ "$(vlans)" -eq 0 ]
}

@test "an unknown word is ignored as in the old vconfig, with a warning" {
	gives 0 "Added VLAN with VID == 5 to IF -:eth0:-" \
		'vconfig: ignored: "protocl"' add eth0 5 protocl
	listed eth0.5 5 eth0
}
