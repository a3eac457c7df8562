#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# setvlan: sets options of VLANs of a port or of the bridge.

load ../common.bash
load vlans.bash

setup()
{
	vlan_bridge
	bridge vlan add dev v0 vid 10-20
	bridge vlan add dev br0 vid 10-11 self
}

# refused WHY WORD...: checks that setvlan is refused for the port v0.
refused()
{
	local why=$1

	shift
	refuses "brctl: cannot set options of VLANs of \"v0\" of bridge\
 \"br0\": $why" setvlan br0 v0 "$@"
}

@test "options of a port's VLAN, and of a range" {
	works setvlan br0 v0 10 state=blocking
	works setvlan br0 v0 11-13,20 state=learning
	works setvlan br0 br0 10 state=disabled
	[ "$(old_vlans showvlans --long br0 | grep -v '^br0	\*' |
		sed 's/ mcast_router=1//')" = "bridge	port	VLAN	flags
br0	br0	1	pvid,untagged state=forwarding
br0	br0	10	- state=disabled
br0	br0	11	- state=forwarding
br0	v0	1	pvid,untagged state=forwarding
br0	v0	10	- state=blocking
br0	v0	11-13	- state=learning
br0	v0	14-19	- state=forwarding
br0	v0	20	- state=learning
br0	v1	1	pvid,untagged state=forwarding" ]
	same vlans br0 16
}

@test "showvlans and bridge(8) agree on options that bridge(8) set" {
	bridge vlan set dev v0 vid 10-11 state blocking
	bridge vlan set dev v1 vid 1 state 0
	same vlans br0 16
	[[ $(brctl showvlans --long br0) = *$'v0\t10-11\t- state=blocking '* ]]
}

@test "several options in one call" {
	ip link set br0 type bridge mcast_vlan_snooping 1
	works setvlan br0 v0 10-11 state=learning mcast_router=2
	same vlans br0 16
	[[ $(brctl showvlans --long br0) = \
		*$'v0\t10-11\t- state=learning mcast_router=2'* ]]
}

@test "options of the bridge's VLANs, which apply to all ports" {
	ip link set br0 type bridge mcast_vlan_snooping 1
	works setvlan br0 br0 10-11 mcast_igmp_version=3 \
		mcast_last_member_interval=2.5 mcast_snooping=off
	[[ "$(bridge vlan global show dev br0 vid 11)" = *"mcast_snooping 0"*\
"mcast_igmp_version 3"*"mcast_last_member_interval 250 "* ]]
	[[ "$(bridge vlan global show dev br0 vid 12)" = *"mcast_snooping 1"*\
"mcast_igmp_version 2"*"mcast_last_member_interval 100 "* ]]
	bridge vlan global set dev br0 vid 20 mcast_querier_interval 12345
	[[ $(brctl showvlans --long br0) = *$'br0\t*\t20\t- '*\
mcast_querier_interval=123.45* ]]
}

@test "without vlan_filtering there is a warning" {
	ip link set br0 type bridge vlan_filtering 0
	gives 0 "" "$INERT" setvlan br0 v0 10 state=blocking
	gives 0 "" "$INERT" setvlan br0 br0 11 state=blocking
	[[ $(brctl showvlans --long br0) = *$'v0\t10\t- state=blocking '* ]]
}

@test "if one VLAN is missing, none is changed" {
	refused "VLAN 21 is not there" 20-21 state=blocking
	refused "VLAN 5 is not there" 5,10 state=blocking
	same vlans br0 16
	[[ $(brctl showvlans --long br0) != *blocking* ]]
}

@test "if one option is refused, none is changed" {
	local before

	before=$(brctl showvlans --long br0)
	refused "Invalid argument; mcast_router ranges from 0 to 3" 10-11 \
		state=blocking mcast_router=9
	[ "$(brctl showvlans --long br0)" = "$before" ]
	# With STP, the kernel sets the states itself.
	ip link set br0 type bridge stp_state 1
	quiet setvlan br0 v0 10-11 state=blocking && return 1
	[[ $(< "$BATS_TEST_TMPDIR/err") = *": Device or resource busy; the\
 kernel says: bridge: Can't modify vlan state when"* ]]
	[[ $(< "$BATS_TEST_TMPDIR/err") != *"; some of"* ]]
	[[ $(brctl showvlans --long br0) != *state=blocking* ]]
}

@test "invalid arguments are refused" {
	local states="disabled listening learning forwarding blocking"

	refuses "brctl: \"foo\" is not a value of state: it takes one of the\
 words: $states" setvlan br0 v0 10 state=foo
	refuses 'brctl: "foo": unknown option' setvlan br0 v0 10 foo=1
	refuses "brctl: \"stat\": unknown option
brctl: did you mean state?" setvlan br0 v0 10 stat=1
	refuses 'brctl: "state" is not NAME=VALUE' setvlan br0 v0 10 state
	refuses "brctl: \"msti\": unknown option
brctl: msti is an option of VLANs of a bridge" \
		setvlan br0 v0 10 msti=1
	refused "rx_bytes can only be read" 10 rx_bytes=1
	refused "state is given twice" 10 state=blocking state=learning
	refuses 'brctl: "0" is out of range: VLAN ids range from 1 to 4094' \
		setvlan br0 v0 0 state=blocking
	refuses 'brctl: "4095" is out of range: VLAN ids range from 1 to 4094' \
		setvlan br0 v0 4095 state=blocking
	one_word_off "setvlan <bridge> <members> <vids> <option>=<value>\
 ...	set options of the VLANs of a port" setvlan br0 v0 10
	refuses "brctl: cannot set options of VLANs of \"w0\" of bridge\
 \"br0\": it is not a port" setvlan br0 w0 10 state=blocking
	powerless "brctl: cannot set options of VLANs of \"v0\" of bridge\
 \"br0\": Operation not permitted; the capability CAP_NET_ADMIN is needed" \
		setvlan br0 v0 10-11 state=blocking
	same vlans br0 16
}
