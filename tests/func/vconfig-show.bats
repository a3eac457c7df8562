#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# vconfig show: VLAN devices, their parents, flags and maps.

load ../common.bash
load vconfig.bash

setup()
{
	vlan_parent
}

# shows ROWS WORD...: checks for the header and these rows.
shows()
{
	local rows=$1

	shift
	gives 0 "$SHOW_HEADER"$'\n'"$rows" "" show "$@"
}

@test "without VLAN devices nothing is printed" {
	works show
}

@test "one new device" {
	vconfig add eth0 5
	shows $'eth0.5\t5\teth0\t802.1Q\tREORDER_HDR'
	shows $'eth0.5\t5\teth0\t802.1Q\tREORDER_HDR' eth0.5
}

@test "flags and maps" {
	vconfig add eth0 5
	vconfig set_flag eth0.5 30 1
	vconfig set_egress_map eth0.5 3 5
	vconfig set_egress_map eth0.5 4 6
	vconfig set_ingress_map eth0.5 9 7
	shows $'eth0.5\t5\teth0\t802.1Q\tREORDER_HDR,GVRP,LOOSE_BINDING,MVRP,BRIDGE_BINDING\tingress 7:9\tegress 3:5,4:6'
	vconfig set_flag eth0.5 31 0
	shows $'eth0.5\t5\teth0\t802.1Q\t-\tingress 7:9\tegress 3:5,4:6' eth0.5
}

@test "all devices, of each parent and protocol, sorted by name" {
	vconfig add far 7
	vconfig add eth0 100 protocol 802.1ad
	vconfig add eth0.100 200
	vconfig add eth0 5 name office
	shows $'eth0.100\t100\teth0\t802.1ad\tREORDER_HDR
eth0.100.200\t200\teth0.100\t802.1Q\tREORDER_HDR
far.7\t7\tfar\t802.1Q\tREORDER_HDR
office\t5\teth0\t802.1Q\tREORDER_HDR'
	shows $'eth0.100.200\t200\teth0.100\t802.1Q\tREORDER_HDR' eth0.100.200
}

@test "devices that other programs added" {
	ip link add link eth0 name x type vlan id 9 reorder_hdr off gvrp on
	shows $'x\t9\teth0\t802.1Q\tGVRP'
}

@test "devices that are not VLAN devices, and missing devices, are refused" {
	turned_down '"eth0"' show eth0
	turned_down '"lo"' show lo
	turned_down '"nope"' show nope
	turned_down '""' show ""
	turned_down show show eth0 far
}

@test "control characters in names are escaped" {
	ip link add link eth0 name $'x\e[31m' type vlan id 9
	shows $'x\\033[31m\t9\teth0\t802.1Q\tREORDER_HDR'
	gives 4 "" 'ERROR: trying to remove VLAN -:y\033[31m:- error: No such device
vconfig: there is no device "y\033[31m"' rem $'y\e[31m'
	gives 0 'Removed VLAN -:x\033[31m:-' "" rem $'x\e[31m'
}

# The first datagram of a dump may be as small as one page.
@test "a device with large maps is shown, and the next one" {
	local first

	adds eth0 5
	adds eth0 6
	# ip sends at most this many entries in one request.
	for first in {1..181..60}; do
		# shellcheck disable=SC2046 # words
		ip link set eth0.5 type vlan \
			egress-qos-map $(seq -f %g:3 "$first" $((first + 59)))
	done
	run -0 vconfig show
	[ "${#lines[@]}" -eq 3 ]
	[[ ${lines[1]} = eth0.5$'\t'*[\ ,]240:3* && ${lines[2]} = eth0.6$'\t'* ]]
	gives 0 "" "" --may-exist add eth0 5
}
