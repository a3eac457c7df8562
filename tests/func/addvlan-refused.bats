#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# addvlan: errors. A refused call changes no VLANs.

load ../common.bash
load vlans.bash

setup()
{
	vlan_bridge
}

teardown()
{
	[ -n "$BATS_TEST_SKIPPED" ] || in_vlans v0 1pu
	clean_environment
}

NO_SET="is not a VLAN id, and no set of ids like 10,20-29"

@test "invalid sets of VLAN ids are refused" {
	local word why

	while IFS='|' read -r word why; do
		refuses "brctl: \"$word\" $NO_SET: $why" addvlan br0 v0 "$word"
	done <<-'END'
	20-10|20-10 goes downwards
	10,10|10 is given twice
	10-20,15|15 is given twice
	20-30,25-40|25 is given twice
	x|"x" is not expected
	|a number is missing at the end
	,|"," is not expected
	10,|a number is missing at the end
	,10|",10" is not expected
	1-|a number is missing at the end
	-5|"-5" is not expected
	10--11|"-11" is not expected
	1-2-3|"-3" is not expected
	10 11|" 11" is not expected
	0x10|"x10" is not expected
	1.5|".5" is not expected
	10-x|"x" is not expected
	END
}

@test "VLAN ids out of range are refused" {
	local word

	for word in 0 0-10 5,0 4095 4096 1-4095 10,4095 18446744073709551617
	do
		refuses "brctl: \"$word\" is out of range: VLAN ids range from 1\
 to 4094" addvlan br0 v0 "$word"
	done
}

@test "several VLANs cannot be the PVID" {
	refuses "brctl: cannot add VLANs to \"v0\" of bridge \"br0\": one\
 VLAN alone can be the PVID" addvlan br0 v0 10-11 pvid
	refuses "brctl: cannot add VLANs to \"br0\" of bridge \"br0\": one\
 VLAN alone can be the PVID" addvlan br0 br0 10,12 untagged pvid
}

@test "unknown words and missing arguments are refused" {
	local word

	for word in pvi PVID tagged "" untaggedpvid; do
		refuses "brctl: \"$word\" is not one of pvid, untagged and\
 tunnel" addvlan br0 v0 10 "$word"
	done
	one_word_off "addvlan <bridge> <members> <vids> [pvid] [untagged]\
 [tunnel <id>]	add ports to VLANs" addvlan br0 v0
	refuses "brctl: addvlan: option --may-exist is not supported" \
		addvlan --may-exist br0 v0 10
}

NO_ID="is not a tunnel id: they range from 0 to 16777215"

# With an option before the command, argv has further words after the last
# argument.
@test "invalid and missing tunnel ids are refused" {
	local word

	refuses 'brctl: "tunnel" needs a value' addvlan br0 v0 10 tunnel
	refuses 'brctl: "tunnel" needs a value' -n /proc/self/ns/net \
		addvlan br0 v0 10 tunnel
	for word in x "" -1 16777216 4294967296 5-6; do
		refuses "brctl: \"$word\" $NO_ID" addvlan br0 v0 10 tunnel \
			"$word"
	done
	refuses "brctl: \"16777214\" is not a tunnel id for the first of so many\
 VLANs: they range from 0 to 16777215" addvlan br0 v0 10-12 tunnel 16777214
}

@test "tunnel does not accept several ports" {
	local why="is not a port, and tunnel takes only one port"

	refuses "brctl: \"v0,v1\" $why" addvlan br0 v0,v1 10 tunnel 5
	refuses "brctl: \"v0,v1\" $why" delvlan br0 v0,v1 1 tunnel
}

@test "lists with an empty or repeated element are refused" {
	local word

	for word in "v0,,v1" ",v0" "v0,"; do
		refuses "brctl: \"$word\" has an empty element" \
			addvlan br0 "$word" 10
	done
	refuses 'brctl: "v0" is given twice' addvlan br0 v0,v1,v0 10
	refuses 'brctl: cannot add VLANs to "nope" of bridge "br0": No such'\
' device' addvlan br0 v0,nope 10
	refuses 'brctl: "-" contradicts another word' \
		addvlan br0 v0 10 - pvid
	ip link add br1 type bridge vlan_filtering 1
	refuses 'brctl: bridge "br1" has no ports' addvlan br1 all 10
	in_vlans v1 1pu
}

@test "devices that are not ports of the bridge are refused" {
	local cannot="brctl: cannot add VLANs to"

	ip link add br1 type bridge
	refuses "$cannot \"w0\" of bridge \"br0\": it is not a port" \
		addvlan br0 w0 10
	refuses "$cannot \"nope\" of bridge \"br0\": No such device" \
		addvlan br0 nope 10
	refuses "$cannot \"v0\" of bridge \"nope\": no such bridge" \
		addvlan nope v0 10
	refuses "$cannot \"nope\" of bridge \"nope\": No such device" \
		addvlan nope nope 10
	refuses "$cannot \"v0\" of bridge \"br1\": it is a port of another\
 bridge" addvlan br1 v0 10
	refuses "$cannot \"br1\" of bridge \"br0\": it is not a port" \
		addvlan br0 br1 10
	refuses "$cannot \"lo\" of bridge \"lo\": it is not a bridge" \
		addvlan lo lo 10
}

@test "without CAP_NET_ADMIN no VLAN is added" {
	powerless "brctl: cannot add VLANs to \"v0\" of bridge \"br0\":\
 Operation not permitted; the capability CAP_NET_ADMIN is needed" \
		addvlan br0 v0 10-20
}
