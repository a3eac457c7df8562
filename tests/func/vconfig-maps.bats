#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# vconfig set_egress_map and set_ingress_map: map priorities in the host to
# those in VLAN tags, and back.

load ../common.bash
load vconfig.bash

setup()
{
	vlan_parent
	vconfig add eth0 5
}

# sets egress|ingress DEVICE PRIORITY QOS
sets()
{
	local way=$1

	shift
	gives 0 "Set $way mapping on device -:$1:-\
 Should be visible in /proc/net/vlan/$1" "" "set_${way}_map" "$@"
}

# no_map ERROR ADVICE DEVICE: checks that both commands refuse the device, each
# with its own exit status.
no_map()
{
	gives 5 "" "ERROR: trying to set egress map on device -:$3:- error: $1
vconfig: $2" set_egress_map "$3" 1 1
	gives 6 "" "ERROR: trying to set ingress map on device -:$3:- error: $1
vconfig: $2" set_ingress_map "$3" 1 1
}

INGRESS="INGRESS priority mappings:"
EGRESS="EGRESS priority mappings:"

@test "the egress map maps a priority to a value in tags" {
	sets egress eth0.5 3 5
	of_vlan eth0.5 "$EGRESS 3:5"
	of_vlan eth0.5 "$INGRESS 0:0 1:0 2:0 3:0 4:0 5:0 6:0 7:0"
}

@test "the ingress map maps a value in tags to a priority" {
	sets ingress eth0.5 3 5
	of_vlan eth0.5 "$INGRESS 0:0 1:0 2:0 3:0 4:0 5:3 6:0 7:0"
	of_vlan eth0.5 "$EGRESS"
}

# egress_of_vlan PAIRS: checks the egress map. Linux 7.2 drops pairs that map to
# 0, which is the value without a pair; earlier kernels keep them.
egress_of_vlan()
{
	local short

	short=$(sed 's/ [0-9]*:0$//' <<< "$EGRESS $1")
	of_vlan eth0.5 "$EGRESS $1" || of_vlan eth0.5 "$short"
}

@test "all values from 0 to 7 can be set and replaced" {
	local i

	for i in 0 1 2 3 4 5 6 7; do
		sets egress eth0.5 $i $((7 - i))
		sets ingress eth0.5 $((7 - i)) $i
	done
	of_vlan eth0.5 "$INGRESS 0:7 1:6 2:5 3:4 4:3 5:2 6:1 7:0"
	egress_of_vlan "0:7 1:6 2:5 3:4 4:3 5:2 6:1 7:0"
	sets egress eth0.5 0 2
	sets ingress eth0.5 9 0
	egress_of_vlan "0:2 1:6 2:5 3:4 4:3 5:2 6:1 7:0"
	of_vlan eth0.5 "$INGRESS 0:9 1:6 2:5 3:4 4:3 5:2 6:1 7:0"
}

@test "priorities in the host may be larger than 7" {
	sets egress eth0.5 4294967295 7
	sets ingress eth0.5 4294967295 7
	run -0 vconfig show eth0.5
	[ "${lines[1]}" = $'eth0.5\t5\teth0\t802.1Q\tREORDER_HDR\tingress 7:4294967295\tegress 4294967295:7' ]
}

@test "devices that are not VLAN devices, and missing devices, are refused" {
	local device

	for device in lo eth0; do
		no_map "Invalid argument" "cannot read VLAN device \"$device\":\
 it is not a VLAN device" $device
	done
	no_map "No such device" 'there is no device "eth0.6"' eth0.6
	no_map "No such device" 'there is no device ""' ""
}

@test "a value outside 0 to 7 is refused, which the old vconfig would mask" {
	local qos

	for qos in 8 256 65536 -1; do
		turned_down "\"$qos\"" set_egress_map eth0.5 1 "$qos"
		turned_down "\"$qos\"" set_ingress_map eth0.5 1 "$qos"
	done
	of_vlan eth0.5 "$INGRESS 0:0 1:0 2:0 3:0 4:0 5:0 6:0 7:0"
	of_vlan eth0.5 "$EGRESS"
}

@test "invalid numbers are refused" {
	local word

	for word in "" 1x -1 4294967296; do
		turned_down "\"$word\"" set_egress_map eth0.5 "$word" 1
		turned_down "\"$word\"" set_ingress_map eth0.5 "$word" 1
		turned_down "\"$word\"" set_egress_map eth0.5 1 "$word"
		turned_down "\"$word\"" set_ingress_map eth0.5 1 "$word"
	done
	of_vlan eth0.5 "$EGRESS"
}

@test "numbers with leading zeros are decimal" {
	gives 0 "Set egress mapping on device -:eth0.5:-\
 Should be visible in /proc/net/vlan/eth0.5" "" set_egress_map eth0.5 010 1
	of_vlan eth0.5 "$EGRESS 10:1"
	gives 0 "Set ingress mapping on device -:eth0.5:-\
 Should be visible in /proc/net/vlan/eth0.5" "" \
		set_ingress_map eth0.5 " +08" 001
	of_vlan eth0.5 "$INGRESS 0:0 1:8 2:0 3:0 4:0 5:0 6:0 7:0"
	turned_down '"0x3" is not a number' set_egress_map eth0.5 0x3 1
}

@test "a missing number is 0, as in the old vconfig, with a warning" {
	gives 0 "Set egress mapping on device -:eth0.5:-\
 Should be visible in /proc/net/vlan/eth0.5" \
		"vconfig: a number is missing: 0 is used" \
		set_egress_map eth0.5 3
	egress_of_vlan "3:0"
	gives 0 "Set ingress mapping on device -:eth0.5:-\
 Should be visible in /proc/net/vlan/eth0.5" \
		"vconfig: a number is missing: 0 is used
vconfig: a number is missing: 0 is used" set_ingress_map eth0.5
}

@test "a name longer than 15 bytes is not cut" {
	local way

	vconfig add eth0 6 name abcdefghijklmno
	for way in egress ingress; do
		gives 1 "" "ERROR:  if_name must be 15 characters or less." \
			set_${way}_map abcdefghijklmnop 1 1
	done
	of_vlan abcdefghijklmno "$EGRESS"
}
