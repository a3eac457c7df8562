#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# vconfig add with sets of VLAN ids, and with invalid sets.

load ../common.bash
load vconfig.bash

setup()
{
	vlan_parent
}

@test "a set adds a device and prints a line for each id" {
	gives 0 "$(added eth0 10 20 21 22)" "" add eth0 10,20-22
	listed eth0.10 10 eth0
	listed eth0.20 20 eth0
	listed eth0.21 21 eth0
	listed eth0.22 22 eth0
	[ "$(vlans)" -eq 4 ]
}

@test "lines are sorted by VLAN id; the warning for VLAN 1 follows its line" {
	gives 0 "$(added eth0 0 1)
WARNING:  VLAN 1 does not work with many switches,
consider another number if you have problems.
$(added eth0 2 7)" "" add eth0 7,0-2
}

@test "a range with one VLAN id" {
	gives 0 "$(added eth0 7)" "" add eth0 7-7
}

@test "a missing or empty VLAN id" {
	turned_down "usage: vconfig add" add eth0
	turned_down '""' add eth0 ""
	[ "$(vlans)" -eq 0 ]
}

@test "invalid numbers, and text after a number, are refused" {
	local word

	for word in x eth0 10x 10. 1.5 0x10 "10 " 1e1 - + --5 5/ %d; do
		turned_down "\"$word\"" add eth0 "$word"
	done
	[ "$(vlans)" -eq 0 ]
}

@test "a sign or blanks before the id are accepted, as in the old vconfig" {
	gives 0 "$(added eth0 13)" "" add eth0 +13
	gives 0 "$(added eth0 14)" "" add eth0 " 14"
	gives 0 "$(added eth0 12)" "" add eth0 012
	[ "$(vlans)" -eq 3 ]
}

@test "an error has the number as it was parsed" {
	gives 0 "$(added eth0 12)" "" add eth0 12
	gives 3 "" "ERROR: trying to add VLAN #12 to IF -:eth0:-  error:\
 File exists
vconfig: \"eth0\" has this VLAN, or the new name is taken: see vconfig show" \
		add eth0 012
	gives 3 "" "ERROR: trying to add VLAN #4294967295 to IF -:eth0:-\
  error: Numerical result out of range
vconfig: VLAN ids range from 1 to 4094" add eth0 -1
	gives 3 "" "ERROR: trying to add VLAN #4095 to IF -:eth0:-\
  error: Numerical result out of range
vconfig: VLAN ids range from 1 to 4094" add eth0 +04095
	gives 3 "" "ERROR: trying to add VLAN #99999999999 to IF -:eth0:-\
  error: Numerical result out of range
vconfig: VLAN ids range from 1 to 4094" add eth0 99999999999
	[ "$(vlans)" -eq 1 ]
}

@test "invalid sets are refused" {
	local word

	for word in "," "10," ",10" 10,,11 10- 10-12- 10--12 10-x 10,x "10, 11" \
			10:12 -1-5 5,-1; do
		turned_down "\"$word\"" add eth0 "$word"
	done
	[ "$(vlans)" -eq 0 ]
}

@test "reversed ranges and repeated ids are refused" {
	local word why

	while IFS='|' read -r word why; do
		turned_down "\"$word\" is not a VLAN id, and no set of ids like\
 10,20-29: $why" add eth0 "$word"
	done <<-'END'
	20-10|20-10 goes downwards
	5,20-10|20-10 goes downwards
	10,10|10 is given twice
	10-20,15|15 is given twice
	10-20,20-30|20 is given twice
	END
	[ "$(vlans)" -eq 0 ]
}

@test "one name for several devices, and other invalid names" {
	gives 3 "" "ERROR: trying to add VLAN #5-6 to IF -:eth0:-  error:\
 Invalid argument
vconfig: cannot add VLAN to \"eth0\": several VLAN devices cannot have the same name" \
		add eth0 5-6 name foo
	gives 3 "" "ERROR: trying to add VLAN #5 to IF -:eth0:-  error:\
 Invalid argument
vconfig: cannot add VLAN to \"eth0\": a device name is not empty, \".\" or\
 \"..\", and has no blanks and none of \"/\", \":\" and \"%\"" \
		add eth0 5 name a/b
	gives 3 "" "ERROR: trying to add VLAN #5 to IF -:nope:-  error: No such\
 device
vconfig: there is no device \"nope\"" add nope 5
}

@test "a set with ids above 4094 is out of range, and no device is added" {
	local word

	for word in 4090-4095 10,4095 4095-4096 5-99999999999999999999; do
		add_fails "Numerical result out of range" eth0 "$word"
	done
	[ "$(vlans)" -eq 0 ]
}

@test "if one VLAN of a set exists, no device is added" {
	adds eth0 25
	add_fails "File exists" eth0 20-29
	add_fails "File exists" eth0 10,25
	add_fails "File exists" eth0 25,30
	[ "$(vlans)" -eq 1 ]
	listed eth0.25 25 eth0
}

# refused_vid VID WORD...: checks that the second line names the refused VLAN.
refused_vid()
{
	local vid=$1

	shift
	if quiet "$@"; then
		return 1
	fi
	grep -q "^vconfig: .*; VLAN $vid was refused, and none was made\$" \
		"$BATS_TEST_TMPDIR/err" && return 0
	cat "$BATS_TEST_TMPDIR/err"
	return 1
}

@test "the refused VLAN of a set is named" {
	adds eth0 25
	refused_vid 25 add eth0 20-29
	refused_vid 25 add eth0 10,25
	ip link add eth0.12 type bridge
	refused_vid 12 add eth0 10-14
	# With a single VLAN, the error does not name it again.
	run -3 --separate-stderr vconfig add eth0 25
	[[ $stderr != *"was refused"* ]]
}

@test "if one name of a set exists, no device is added" {
	ip link add eth0.12 type bridge
	add_fails "File exists" eth0 10-14
	[ "$(vlans)" -eq 0 ]
	exists eth0.12/bridge
}

@test "after a refused set, its other VLANs can be added" {
	adds eth0 25
	add_fails "File exists" eth0 20-29
	gives 0 "$(added eth0 20 21 22 23 24 26 27 28 29)" "" \
		add eth0 20-24,26-29
	[ "$(vlans)" -eq 10 ]
}

@test "a set on a missing parent, or one that does not support VLANs" {
	add_fails "No such device" nope 10-20
	add_fails "Operation not supported" lo 10-20
}

@test "4,094 VLANs are added to one parent in one call" {
	run --separate-stderr -0 vconfig add eth0 1-4094
	[ "$(grep -c '^Added VLAN' <<< "$output")" -eq 4094 ]
	[ "$(wc -l <<< "$output")" -eq 4096 ]
	[ -z "$stderr" ]
	[ "$(vlans eth0)" -eq 4094 ]
	listed eth0.1 1 eth0
	listed eth0.4094 4094 eth0
	[ "$(vconfig show | wc -l)" -eq 4095 ]
}

@test "if the last of 4,093 VLANs exists, none is added" {
	adds eth0 4094
	run --separate-stderr -3 vconfig add eth0 2-4094
	[ -z "$output" ]
	[ "${stderr_lines[0]}" = "ERROR: trying to add VLAN #2-4094 to IF\
 -:eth0:-  error: File exists" ]
	[ "$(vlans)" -eq 1 ]
	listed eth0.4094 4094 eth0
}
