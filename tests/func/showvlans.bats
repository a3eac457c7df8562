#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# showvlans: members of VLANs, their options and counters.

load ../common.bash
load vlans.bash

VLANS_HEADER=$'bridge\tport\tVLAN\tflags'

@test "rows: the bridge itself is first; consecutive VLANs share a row" {
	vlan_bridge
	bridge -batch - <<-END
	vlan add dev v1 vid 4000-4094 untagged
	vlan add dev v1 vid 10
	vlan add dev v1 vid 11 pvid
	vlan add dev v1 vid 13-14
	vlan add dev br0 vid 5 self
	vlan del dev v0 vid 1
	END
	gives 0 "$VLANS_HEADER
br0	br0	1	pvid,untagged
br0	br0	5	-
br0	v1	1	untagged
br0	v1	10	-
br0	v1	11	pvid
br0	v1	13-14	-
br0	v1	4000-4094	untagged" "" showvlans
	same vlans br0 102
}

# Linux 6.1 merges these VLANs with the PVID, and sends only the first.
@test "VLANs that follow the PVID and have the same other flags" {
	vlan_bridge
	bridge vlan add dev v0 vid 2-4 untagged
	bridge vlan add dev v0 vid 6
	gives 0 "$VLANS_HEADER
br0	br0	1	pvid,untagged
br0	v0	1	pvid,untagged
br0	v0	2-4	untagged
br0	v0	6	-
br0	v1	1	pvid,untagged" "" showvlans br0
	run -0 old_vlans showvlans --long br0
	[[ $output = *$'\nbr0\tv0\t1\tpvid,untagged state=forwarding '\
$'mcast_router=1\nbr0\tv0\t2-4\tuntagged state=forwarding mcast_router=1\n'* ]]
	works setvlan br0 v0 3 state=blocking
	works delvlan br0 v0 2
	in_vlans v0 "1pu 3u 4u 6"
	run -0 brctl -s showvlans br0
	[[ $output = *$'\nbr0\tv0\t4\tuntagged '*" rx_bytes=0 "* ]]
}

@test "VLANs of one bridge, and of all" {
	needs json
	vlan_bridge
	ip link add br1 type bridge vlan_filtering 1 vlan_default_pvid 7
	gives 0 "$VLANS_HEADER
br1	br1	7	pvid,untagged" "" showvlans br1
	gives 0 "$VLANS_HEADER
br0	br0	1	pvid,untagged
br0	v0	1	pvid,untagged
br0	v1	1	pvid,untagged
br1	br1	7	pvid,untagged" "" showvlans
	ip link set br1 type bridge vlan_default_pvid 0
	works showvlans br1
	gives 0 "[]" "" showvlans -j br1
}

@test "options of ports and of the bridge" {
	vlan_bridge
	works setport br0 v0 vlan_tunnel=on
	works addvlan br0 v0 10-11 tunnel 500
	run -0 old_vlans showvlans --long br0
	[[ ${lines[1]} = \
		$'br0\tbr0\t1\tpvid,untagged state=forwarding mcast_router=1' ]]
	[[ $output = *$'\nbr0\tv0\t10-11\t- state=forwarding mcast_router=1'\
' tunnel_id=500'* ]]
	[[ $output = *$'\nbr0\t*\t1\t- mcast_snooping=on mcast_querier=off '* ]]
	same vlans br0 5
	same tunnels br0 2
}

@test "MST trees" {
	needs json
	vlan_bridge
	ip link set v0 nomaster
	ip link set v1 nomaster
	works set br0 mst_enabled=on
	ip link set v0 master br0
	works addvlan br0 v0 10
	works setvlan br0 br0 10 msti=5
	run -0 brctl showvlans --long br0
	[[ $output = *$'\nbr0\t*\t10\t- '*' msti=5'* ]]
	[[ $output = *$'\nbr0\tv0\t-\t- msti=5 state='* ]]
	run -0 brctl -j showvlans br0
	[[ $output = *'"trees":[{"msti":0,"state":"disabled"},{"msti":5,"state":"'* ]]
}

@test "JSON has the bridge's VLANs if the bridge itself is in none" {
	needs json
	needs_jq
	vlan_bridge
	ip link set br0 type bridge vlan_default_pvid 0
	works addvlan br0 v0 10
	run -0 brctl -j showvlans br0
	[ "$(jq -c '.[] | [.bridge, .port, (.vlans | length),
		[.bridge_vlans[]?.first]]' <<< "$output")" = \
		'["br0","v0",1,[]]
["br0","br0",0,[10]]' ]
	same vlans br0 1
}

# counted: checks that the counter of VLAN 10 has a frame.
counted()
{
	brctl -s showvlans br0 |
		grep -q $'^br0\tv0\t10\t.* rx_packets=[1-9]'
}

@test "counters" {
	vlan_bridge
	no_ipv6
	bridge vlan add dev v0 vid 10 pvid untagged
	ip link set br0 up
	ip link set v0 up
	ip link set w0 up
	forwarding v0
	frame send -s 02:aa:00:00:00:01 -d 02:00:00:00:00:20 w0
	poll 5 counted
	same counters br0 4
	run -0 old_vlans -s showvlans br0
	[[ $output = *$'\nbr0\tv0\t10\tpvid,untagged state=forwarding '\
'mcast_router=1 rx_bytes='[1-9]* ]]
}

@test "a missing bridge, no bridge, and an extra argument are refused" {
	needs json
	ip link add br0 type bridge
	pair v0 w0
	ip link set v0 master br0
	refuses "brctl: cannot list the VLANs of bridge \"nope\": No such\
 device" showvlans nope
	refuses "brctl: cannot list the VLANs of bridge \"v0\": it is not a\
 bridge" showvlans v0
	refuses "brctl: cannot list the VLANs of bridge \"lo\": it is not a\
 bridge" showvlans -j lo
	one_word_off "showvlans [<bridges>]		show the VLANs of ports" showvlans \
		br0 v0
	refuses "brctl: showvlans: option --may-exist is not supported" \
		showvlans --may-exist
}

@test "without bridges, nothing is printed" {
	needs json
	works showvlans
	works showvlans --long
	gives 0 "[]" "" showvlans -j -s
}

@test "a kernel without VLAN filtering" {
	needs json
	ip link add br0 type bridge
	[ ! -e /sys/class/net/br0/bridge/default_pvid ] ||
		skip "this one does"
	works showvlans br0
	gives 0 "[]" "" showvlans -j br0
	refuses "brctl: cannot add VLANs to \"br0\" of bridge \"br0\": Operation\
 not supported" addvlan br0 br0 10
}
