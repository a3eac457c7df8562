#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# vconfig set_flag: the flags of VLAN devices.

load ../common.bash
load vconfig.bash

setup()
{
	vlan_parent
	vconfig add eth0 5
}

sets()
{
	gives 0 "Set flag on device -:$1:-\
 Should be visible in /proc/net/vlan/$1" "" set_flag "$@"
}

# no_flag ERROR WHY WORD...: checks for the classic line and for ours.
no_flag()
{
	local error=$1 why=$2

	shift 2
	gives 7 "" "ERROR: trying to set flag on device -:$1:- error: $error
vconfig: $why" set_flag "$@"
}

unknown_flag()
{
	no_flag "Invalid argument" "this kernel does not know the flag" "$@"
}

@test "REORDER_HDR is cleared and set" {
	sets eth0.5 1 0
	grep -q 'REORDER_HDR: 0 ' /proc/net/vlan/eth0.5
	[ "$(flags_of eth0.5)" = "" ]
	sets eth0.5 1 1
	grep -q 'REORDER_HDR: 1 ' /proc/net/vlan/eth0.5
	[ "$(flags_of eth0.5)" = '["REORDER_HDR"]' ]
}

@test "each flag is set and cleared, and the others are kept" {
	local flag name

	while read -r flag name; do
		sets eth0.5 "$flag" 1
		[ "$(flags_of eth0.5)" = "[\"REORDER_HDR\",\"$name\"]" ]
		sets eth0.5 "$flag" 0
		[ "$(flags_of eth0.5)" = '["REORDER_HDR"]' ]
	done <<-END
	2 GVRP
	4 LOOSE_BINDING
	8 MVRP
	16 BRIDGE_BINDING
	END
}

@test "several flags at once" {
	sets eth0.5 4 1
	sets eth0.5 5 0
	[ "$(flags_of eth0.5)" = "" ]
	sets eth0.5 5 1
	[ "$(flags_of eth0.5)" = '["REORDER_HDR","LOOSE_BINDING"]' ]
}

@test "a flag that the kernel does not know is refused" {
	unknown_flag eth0.5 32 1
	unknown_flag eth0.5 33 0
	unknown_flag eth0.5 4294967295 1
	[ "$(flags_of eth0.5)" = '["REORDER_HDR"]' ]
}

@test "devices that are not VLAN devices, and missing devices, are refused" {
	local name

	for name in lo eth0; do
		no_flag "Invalid argument" "cannot read VLAN device \"$name\":\
 it is not a VLAN device" $name 1 1
	done
	for name in eth0.6 ""; do
		no_flag "No such device" "there is no device \"$name\"" \
			"$name" 1 1
	done
}

@test "flags and values that are invalid or too large are refused" {
	local word

	for word in "" x 1x -1 4294967296; do
		turned_down "\"$word\"" set_flag eth0.5 "$word" 0
	done
	for word in "" 1x on 2; do
		turned_down "\"$word\"" set_flag eth0.5 1 "$word"
	done
	[ "$(flags_of eth0.5)" = '["REORDER_HDR"]' ]
}

@test "flags with leading zeros are decimal" {
	sets eth0.5 02 01
	[ "$(flags_of eth0.5)" = '["REORDER_HDR","GVRP"]' ]
	sets eth0.5 " +2" 0
	unknown_flag eth0.5 040 1
	turned_down '"0x2" is not a number' set_flag eth0.5 0x2 1
	[ "$(flags_of eth0.5)" = '["REORDER_HDR"]' ]
}

@test "flags by the names that show prints, with on and off" {
	local on

	sets eth0.5 GVRP on
	[ "$(flags_of eth0.5)" = '["REORDER_HDR","GVRP"]' ]
	sets eth0.5 gvrp 0
	sets eth0.5 LOOSE_BINDING,MVRP yes
	[ "$(flags_of eth0.5)" = '["REORDER_HDR","MVRP","LOOSE_BINDING"]' ]
	IFS=$'\t' read -r -a on < <(vconfig show eth0.5 | tail -n 1)
	sets eth0.5 "${on[4]}" off
	[ "$(flags_of eth0.5)" = "" ]
	sets eth0.5 REORDER_HDR 1
}

@test "unknown, repeated and empty names change nothing" {
	local none="is neither a number nor one of REORDER_HDR, GVRP,\
 LOOSE_BINDING, MVRP and BRIDGE_BINDING"

	turned_down "\"GVR\" $none" set_flag eth0.5 GVR on
	turned_down "\"x\" $none" set_flag eth0.5 GVRP,x on
	turned_down '"GVRP," has an empty element' set_flag eth0.5 GVRP, on
	turned_down '"GVRP" is given twice' set_flag eth0.5 GVRP,GVRP on
	turned_down '"maybe" is neither on nor off' set_flag eth0.5 GVRP maybe
	turned_down '"2" is out of range' set_flag eth0.5 GVRP 2
	[ "$(flags_of eth0.5)" = '["REORDER_HDR"]' ]
}

@test "a missing value clears the flag, as in the old vconfig" {
	gives 0 "Set flag on device -:eth0.5:-\
 Should be visible in /proc/net/vlan/eth0.5" \
		"vconfig: a number is missing: 0 is used" set_flag eth0.5 1
	[ "$(flags_of eth0.5)" = "" ]
}

@test "a name longer than 15 bytes is not cut" {
	vconfig add eth0 6 name abcdefghijklmno
	gives 1 "" "ERROR:  if_name must be 15 characters or less." \
		set_flag abcdefghijklmnop 1 0
	[ "$(flags_of abcdefghijklmno)" = '["REORDER_HDR"]' ]
}
