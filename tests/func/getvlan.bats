#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# getvlan: options of VLANs. Also lists of members for setvlan.

load ../common.bash
load vlans.bash

setup()
{
	vlan_bridge
	bridge vlan add dev v0 vid 10-12
	bridge vlan add dev v1 vid 10
	bridge vlan add dev br0 vid 10 self
}

@test "options of one VLAN are shown as setvlan accepts them" {
	works setvlan br0 v0 10 state=learning
	gives 0 "state=learning" "" getvlan br0 v0 10 state
	quiet getvlan br0 v0 10
	[[ $(< "$BATS_TEST_TMPDIR/out") = "state=learning"* ]]
	gives 0 "rx_packets=0" "" getvlan br0 v0 10 rx_packets
	gives 0 "state=forwarding
mcast_snooping=on" "" getvlan br0 br0 10 state mcast_snooping
}

@test "with several VLANs or ports, each line names them" {
	works setvlan br0 v0,v1 10 state=learning
	gives 0 "10 state=learning
11 state=forwarding" "" getvlan br0 v0 10-11 state
	gives 0 "v1 state=learning
v0 state=learning" "" getvlan br0 v1,v0 10 state
	gives 0 "v0 1 state=forwarding
v0 10 state=learning
v1 1 state=forwarding
v1 10 state=learning" "" getvlan br0 all 1,10 state
}

@test "JSON has an object for each VLAN" {
	needs json
	quiet -j getvlan br0 v0 10-11 state
	[[ $(< "$BATS_TEST_TMPDIR/out") = '[
{"bridge":"br0","port":"v0","index":'*',"vlan":10,"options":{"state":"forwarding"}},
{'*',"vlan":11,'*'}
]' ]]
}

@test "invalid arguments are refused" {
	gives 1 "v0 state=forwarding" 'brctl: "v1" is not in VLAN 11' \
		getvlan br0 v0,v1 11 state
	refuses 'brctl: "stat": unknown option
brctl: did you mean state?' getvlan br0 v0 10 stat
	refuses 'brctl: "0" is out of range: VLAN ids range from 1 to 4094' \
		getvlan br0 v0 0
	refuses 'brctl: cannot read port "nope" of bridge "br0": No such'\
' device' getvlan br0 nope 10
	refuses 'brctl: "msti": unknown option
brctl: msti is an option of VLANs of a bridge' getvlan br0 v0 10 msti
	one_word_off "getvlan <bridge> <members> <vids> [<option> ...]	show\
 options of the VLANs of a port" getvlan br0 v0
}

# v1 is not in VLAN 11, so the whole call is refused.
@test "setvlan sets the options of all members or of none" {
	works setvlan br0 v0 10 state=blocking
	refuses "brctl: cannot set options of VLANs of \"v1\" of bridge\
 \"br0\": VLAN 11 is not there" setvlan br0 v0,v1 10-11 state=learning
	gives 0 "10 state=blocking
11 state=forwarding" "" getvlan br0 v0 10-11 state
	gives 0 "dry run: setvlan br0 all 10 state=learning" "" \
		--dry-run setvlan br0 all 10 state=learning
	works setvlan br0 all 10 state=disabled
	gives 0 "v0 state=disabled
v1 state=disabled" "" getvlan br0 all 10 state
}

@test "addvlan accepts the flags that showvlans prints; all means all ports" {
	local flags

	gives 0 "" "brctl: v0: VLAN 1 loses pvid
brctl: v1: VLAN 1 loses pvid" addvlan br0 all 20 pvid,untagged
	in_vlans v0 "1u 10 11 12 20pu"
	in_vlans v1 "1u 10 20pu"
	flags=$(brctl showvlans br0 | awk '$2 == "v0" && $3 == 20 { print $4 }')
	gives 0 "" "brctl: v0: VLAN 20 loses pvid" addvlan br0 v0 21 "$flags"
	gives 0 "" "brctl: v0: VLAN 20 loses untagged" addvlan br0 v0 20 -
	in_vlans v0 "1u 10 11 12 20 21pu"
	works delvlan br0 all 20
	in_vlans v1 "1u 10"
	works set br0 default_pvid=none
	[ "$(brctl get br0 default_pvid)" = default_pvid=0 ]
}
