#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# vconfig add with sets of VLAN ids, and with what is none.

load ../common.bash
load vconfig.bash

setup()
{
	vlan_parent
}

@test "a set makes a device for each id, and a line for each" {
	gives 0 "$(added eth0 10 20 21 22)" "" add eth0 10,20-22
	listed eth0.10 10 eth0
	listed eth0.20 20 eth0
	listed eth0.21 21 eth0
	listed eth0.22 22 eth0
	[ "$(vlans)" -eq 4 ]
}

@test "the lines go by number, and VLAN 1 has its warning in its place" {
	gives 0 "$(added eth0 0 1)
WARNING:  VLAN 1 does not work with many switches,
consider another number if you have problems.
$(added eth0 2 7)" "" add eth0 7,0-2
}

@test "a range of one" {
	gives 0 "$(added eth0 7)" "" add eth0 7-7
}

@test "no VID" {
	turned_down "usage: vconfig add" add eth0
	turned_down '""' add eth0 ""
	[ "$(vlans)" -eq 0 ]
}

@test "what is no number, or has something behind it" {
	local word

	for word in x eth0 10x 10. 1.5 0x10 "10 " 1e1 - + --5 5/ %d; do
		turned_down "\"$word\"" add eth0 "$word"
	done
	[ "$(vlans)" -eq 0 ]
}

@test "a sign and blanks before the VID are read, as vconfig did" {
	gives 0 "$(added eth0 13)" "" add eth0 +13
	gives 0 "$(added eth0 14)" "" add eth0 " 14"
	gives 0 "$(added eth0 12)" "" add eth0 012
	[ "$(vlans)" -eq 3 ]
}

@test "an error names the number that was read" {
	gives 0 "$(added eth0 12)" "" add eth0 12
	gives 3 "" "ERROR: trying to add VLAN #12 to IF -:eth0:-  error:\
 File exists
vconfig: \"eth0\" has this VLAN, or the new name is taken: see vconfig show" \
		add eth0 012
	gives 3 "" "ERROR: trying to add VLAN #4294967295 to IF -:eth0:-\
  error: Numerical result out of range
vconfig: VLAN ids go from 1 to 4094" add eth0 -1
	gives 3 "" "ERROR: trying to add VLAN #4095 to IF -:eth0:-\
  error: Numerical result out of range
vconfig: VLAN ids go from 1 to 4094" add eth0 +04095
	gives 3 "" "ERROR: trying to add VLAN #99999999999 to IF -:eth0:-\
  error: Numerical result out of range
vconfig: VLAN ids go from 1 to 4094" add eth0 99999999999
	[ "$(vlans)" -eq 1 ]
}

@test "sets that are none" {
	local word

	for word in "," "10," ",10" 10,,11 10- 10-12- 10--12 10-x 10,x "10, 11" \
			10:12 -1-5 5,-1; do
		turned_down "\"$word\"" add eth0 "$word"
	done
	[ "$(vlans)" -eq 0 ]
}

@test "a range backwards, and an id twice" {
	local word why

	while IFS='|' read -r word why; do
		turned_down "\"$word\" is no VLAN id, and no set of ids like\
 10,20-29: $why" add eth0 "$word"
	done <<-'END'
	20-10|20-10 goes downwards
	5,20-10|20-10 goes downwards
	10,10|10 stands twice
	10-20,15|15 stands twice
	10-20,20-30|20 stands twice
	END
	[ "$(vlans)" -eq 0 ]
}

@test "one name for several devices" {
	gives 3 "" "ERROR: trying to add VLAN #5-6 to IF -:eth0:-  error:\
 Invalid argument
vconfig: cannot add VLAN to \"eth0\": one name does not do for several" \
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

@test "a set that goes beyond 4094 is out of range, and nothing is made" {
	local word

	for word in 4090-4095 10,4095 4095-4096 5-99999999999999999999; do
		add_fails "Numerical result out of range" eth0 "$word"
	done
	[ "$(vlans)" -eq 0 ]
}

@test "if one id of a set exists, nothing is made" {
	adds eth0 25
	add_fails "File exists" eth0 20-29
	add_fails "File exists" eth0 10,25
	add_fails "File exists" eth0 25,30
	[ "$(vlans)" -eq 1 ]
	listed eth0.25 25 eth0
}

# refused_vid VID WORD...: the second line says which it was.
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

@test "the id of a set that was refused is named" {
	adds eth0 25
	refused_vid 25 add eth0 20-29
	refused_vid 25 add eth0 10,25
	ip link add eth0.12 type bridge
	refused_vid 12 add eth0 10-14
	# Of one, there is no question.
	run -3 --separate-stderr vconfig add eth0 25
	[[ $stderr != *"was refused"* ]]
}

@test "if one name of a set is taken, nothing is made" {
	ip link add eth0.12 type bridge
	add_fails "File exists" eth0 10-14
	[ "$(vlans)" -eq 0 ]
	exists eth0.12/bridge
}

@test "what was refused leaves no trace: the rest can be made" {
	adds eth0 25
	add_fails "File exists" eth0 20-29
	gives 0 "$(added eth0 20 21 22 23 24 26 27 28 29)" "" \
		add eth0 20-24,26-29
	[ "$(vlans)" -eq 10 ]
}

@test "a set on a parent that is not there, or takes no VLANs" {
	add_fails "No such device" nope 10-20
	add_fails "Operation not supported" lo 10-20
}

@test "4,094 VLANs on one parent by one call" {
	run --separate-stderr -0 vconfig add eth0 1-4094
	[ "$(grep -c '^Added VLAN' <<< "$output")" -eq 4094 ]
	[ "$(wc -l <<< "$output")" -eq 4096 ]
	[ -z "$stderr" ]
	[ "$(vlans eth0)" -eq 4094 ]
	listed eth0.1 1 eth0
	listed eth0.4094 4094 eth0
	[ "$(vconfig show | wc -l)" -eq 4095 ]
}

@test "of 4,093 VLANs none stays if the last one exists" {
	adds eth0 4094
	run --separate-stderr -3 vconfig add eth0 2-4094
	[ -z "$output" ]
	[ "${stderr_lines[0]}" = "ERROR: trying to add VLAN #2-4094 to IF\
 -:eth0:-  error: File exists" ]
	[ "$(vlans)" -eq 1 ]
	listed eth0.4094 4094 eth0
}
