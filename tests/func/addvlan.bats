#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# addvlan: adds ports, and bridges themselves, to VLANs.

load ../common.bash
load vlans.bash

setup()
{
	vlan_bridge
}

# loses LINES WORD...: checks that the command succeeds and reports the flags
# that VLANs lose.
loses()
{
	gives 0 "" "$@"
}

@test "one VLAN, a range, and a list of both" {
	works addvlan br0 v0 10
	works addvlan br0 v0 20-22
	works addvlan br0 v0 4094,30,41-42
	in_vlans v0 "1pu 10 20 21 22 30 41 42 4094"
	in_vlans v1 1pu
	same vlans br0 11
}

@test "the flags untagged and pvid; there is only one PVID" {
	works addvlan br0 v0 10-11 untagged
	loses "brctl: v0: VLAN 1 loses pvid" addvlan br0 v0 12 pvid
	in_vlans v0 "1u 10u 11u 12p"
	loses "brctl: v0: VLAN 12 loses pvid" addvlan br0 v0 13 untagged pvid
	in_vlans v0 "1u 10u 11u 12 13pu"
	same vlans br0 7
}

@test "an existing member gets the new flags" {
	works addvlan br0 v0 10-20 untagged
	loses "brctl: v0: VLANs 12-14 lose untagged" addvlan br0 v0 12-14
	loses "brctl: v0: VLAN 1 loses pvid, untagged" addvlan br0 v0 1
	in_vlans v0 "1 10u 11u 12 13 14 15u 16u 17u 18u 19u 20u"
	works addvlan br0 v0 12-14
	same vlans br0 14
}

@test "the bridge itself is a member under its own name" {
	works addvlan br0 br0 10-11 untagged
	loses "brctl: br0: VLAN 1 loses pvid" addvlan br0 br0 12 pvid untagged
	in_vlans br0 "1u 10u 11u 12pu"
	in_vlans v0 1pu
	same vlans br0 6
}

@test "lost flags are reported for each port, in ranges" {
	works addvlan br0 v0,v1 10-20 untagged
	loses "brctl: v0: VLANs 10-12 lose untagged
brctl: v0: VLAN 20 loses untagged
brctl: v1: VLANs 10-12 lose untagged
brctl: v1: VLAN 20 loses untagged" addvlan br0 v0,v1 10-12,20
	# If the command is refused, no flags are lost.
	refuses "brctl: cannot map VLANs of \"v0\" of bridge \"br0\" to tunnels:\
 Invalid argument; the port's option vlan_tunnel is off" \
		addvlan br0 v0 13 tunnel 5
}

@test "a dry run shows the flags before and after" {
	gives 0 "vlan v0 1: pvid,untagged -> -
dry run: addvlan br0 v0 1" "" --dry-run addvlan br0 v0 1
	gives 0 "vlan v0 1: pvid,untagged -> untagged
dry run: addvlan br0 v0 10 pvid" "" --dry-run addvlan br0 v0 10 pvid
	gives 0 "dry run: addvlan br0 v0 1 pvid untagged" "" \
		--dry-run addvlan br0 v0 1 pvid untagged
	in_vlans v0 1pu
}

@test "all 4094 VLANs are added in one call" {
	loses "brctl: v0: VLAN 1 loses pvid, untagged" addvlan br0 v0 1-4094
	[ "$(bridge vlan show dev v0 | wc -l)" -eq 4095 ]
	same vlans br0 4096
}

@test "VLAN ids with leading zeros are decimal" {
	works addvlan br0 v0 0010,09
	in_vlans v0 "1pu 9 10"
}

@test "a range of VLANs is mapped to consecutive tunnel ids" {
	gives 0 "dry run: addvlan br0 v0 10 tunnel 500" "" --dry-run addvlan br0 \
		v0 10 tunnel 500
	gives 0 "dry run: addvlan br0 v0,v1 10" "" --dry-run addvlan br0 v0,v1 10
	in_vlans v0 1pu
	works setport br0 v0 vlan_tunnel=on
	works addvlan br0 v0 10 tunnel 500
	works addvlan br0 v0 20-22,30 untagged tunnel 1000
	[ "$(bridge vlan tunnelshow dev v0 | tr -s ' ')" = "port vlan-id\
 tunnel-id
v0 10 500
 20-22 1000-1002
 30 1003" ]
	same tunnels br0 5
	# VLAN 10 already has a tunnel; VLANs 9 and 11 have none.
	refuses "brctl: cannot map VLANs of \"v0\" of bridge \"br0\" to\
 tunnels: File exists" addvlan br0 v0 9-11 tunnel 70
	in_vlans v0 "1pu 10 20u 21u 22u 30u"
	same tunnels br0 5
	works addvlan br0 v0 40-41 tunnel 16777214
	same tunnels br0 7
}

@test "VLANs and their tunnels are both added, or neither" {
	local why="cannot map VLANs of \"v0\" of bridge \"br0\" to tunnels"

	works addvlan br0 v0 20
	refuses "brctl: $why: Invalid argument; the port's option vlan_tunnel\
 is off" addvlan br0 v0 19-21 untagged tunnel 500
	refuses "brctl: $why: Invalid argument; the port's option vlan_tunnel\
 is off" addvlan br0 v0 5 pvid untagged tunnel 500
	in_vlans v0 "1pu 20"
	works setport br0 v0 vlan_tunnel=on
	works addvlan br0 v0 20 tunnel 500
	refuses "brctl: $why: File exists" addvlan br0 v0 10-12 untagged \
		tunnel 499
	in_vlans v0 "1pu 20"
	same tunnels br0 1
	refuses "brctl: cannot add VLANs to \"br0\" of bridge \"br0\": a\
 bridge itself has no tunnels" addvlan br0 br0 5 tunnel 5
	in_vlans br0 1pu
}

@test "without vlan_filtering, VLANs are added with a warning" {
	ip link set br0 type bridge vlan_filtering 0
	gives 0 "" "$INERT" addvlan br0 v0 10-11
	gives 0 "" "$INERT" addvlan br0 br0 10
	in_vlans v0 "1pu 10 11"
	in_vlans br0 "1pu 10"
	ip link set br0 type bridge vlan_filtering 1
	works addvlan br0 v0 12
	same vlans br0 7
}

@test "bridge and member may be given by an alternative name" {
	ip link property add dev br0 altname lan
	works addvlan lan br0 10
	in_vlans br0 "1pu 10"
	works addvlan br0 lan 11
	in_vlans br0 "1pu 10 11"
	works delvlan lan br0 10-11
	in_vlans br0 1pu
}
