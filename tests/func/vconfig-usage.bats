#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# vconfig's arguments: their number, unknown ones, upper and lower case,
# --version.

load ../common.bash
load vconfig.bash

setup()
{
	usage=$(vconfig --help)
}

# counted N WORD...: checks for the classic error with the number of arguments,
# which includes the name of the program.
counted()
{
	local n=$1

	shift
	gives 1 "Expecting argc to be 3-5, inclusive.  Was: $n

$usage" "" "$@"
}

unknown()
{
	gives 5 $'\n'"$usage" "Unknown command -:$1:-" "$@"
}

@test "-h and --help print the usage, which has all commands" {
	local command

	gives 0 "$usage" "" -h
	gives 0 "$usage" "" --help
	for command in add rem set_flag set_egress_map set_ingress_map \
			set_name_type show help; do
		grep -qE "^[[:blank:]]+$command\>" <<< "$usage"
	done
}

@test "help prints the usage, or that of one command" {
	gives 0 "$usage" "" help
	gives 0 "Usage: vconfig rem DEVICE
remove a VLAN device" "" help rem
	gives 0 "Usage: vconfig help [COMMAND]
show the usage of a command" "" help help
	gives 1 "" 'vconfig: there is no command "frob": see vconfig help' \
		help frob
}

@test "the usage has the four name types" {
	local type

	for type in VLAN_PLUS_VID VLAN_PLUS_VID_NO_PAD DEV_PLUS_VID \
			DEV_PLUS_VID_NO_PAD; do
		grep -qw "$type" <<< "$usage"
	done
}

@test "--version and -V print the name and the version" {
	run --separate-stderr -0 vconfig --version
	[[ $output =~ ^vbridge\ vconfig\ [0-9]+(\.[0-9]+)+$ ]]
	[ -z "$stderr" ]
	gives 0 "$output" "" -V
}

@test "missing arguments: their number and the usage are on stdout" {
	counted 1
	counted 2 add
	counted 2 rem
	counted 2 set_flag
	counted 2 set_name_type
	counted 2 frobnicate
}

@test "extra arguments: their number and the usage are on stdout" {
	counted 6 set_flag eth0.5 1 1 1
	counted 6 set_egress_map eth0.5 1 1 1
	counted 6 rem a b c d
	counted 6 frobnicate 1 2 3 4
	counted 10 add eth0 5 6 7 8 9 10 11
}

@test "add counts arguments that are not its new words" {
	needs 8021q veth
	vlan_parent
	counted 6 add eth0 8 9 10
	missing eth0.8
}

@test "an unknown command: the usage on stdout, and a line on stderr" {
	unknown frobnicate 1
	unknown frobnicate 1 2
	unknown frobnicate 1 2 3
	unknown "" eth0
	unknown add_ eth0 5
}

@test "commands cannot be abbreviated" {
	unknown ad eth0 5
	unknown set_ eth0 1 1
	unknown set_flags eth0 1 1
}

@test "an extra argument is ignored as in the old vconfig, with a warning" {
	vlan_parent
	gives 0 "$(added eth0 5)" 'vconfig: ignored: "up"' add eth0 5 up
	gives 0 "Removed VLAN -:eth0.5:-" $'vconfig: ignored: "x"\n'\
'vconfig: ignored: "y"' rem eth0.5 x y
	gives 0 "Set name-type for VLAN subsystem.\
 Should be visible in /proc/net/vlan/config" 'vconfig: ignored: "x"' \
		set_name_type DEV_PLUS_VID_NO_PAD x
	gives 3 "" "ERROR: trying to add VLAN #5 to IF -:lo:-  error:\
 Operation not supported
vconfig: the kernel says: 8021q: VLANs not supported on device
vconfig: ignored: \"up\"" add lo 5 up
}

@test "name and protocol need a value" {
	vlan_parent
	turned_down '"name" needs a value' add eth0 8 name
	turned_down '"protocol" needs a value' add eth0 8 protocol
	missing eth0.8
}

@test "the error comes before the usage, also if both go to one stream" {
	run vconfig frobnicate 1
	[ "$status" -eq 5 ]
	[ "$output" = "Unknown command -:frobnicate:-"$'\n\n'"$usage" ]
	run vconfig set_name_type x
	[ "$status" -eq 1 ]
	[[ $output = *"Invalid name type."$'\n\n'"$usage" ]]
}

@test "commands and name types are case-insensitive" {
	vlan_parent
	gives 0 "$(added eth0 5)" "" ADD eth0 5
	gives 0 "Set flag on device -:eth0.5:-\
 Should be visible in /proc/net/vlan/eth0.5" "" Set_Flag eth0.5 1 0
	gives 0 "Set egress mapping on device -:eth0.5:-\
 Should be visible in /proc/net/vlan/eth0.5" "" SET_EGRESS_MAP eth0.5 1 1
	gives 0 "Set ingress mapping on device -:eth0.5:-\
 Should be visible in /proc/net/vlan/eth0.5" "" set_INGRESS_map eth0.5 1 1
	gives 0 "Removed VLAN -:eth0.5:-" "" reM eth0.5
	gives 0 "Set name-type for VLAN subsystem.\
 Should be visible in /proc/net/vlan/config" "" \
		SET_NAME_TYPE dev_plus_vid_no_pad
	works SHOW
}

@test "device names are case-sensitive" {
	vlan_parent
	add_fails "No such device" ETH0 5
}
