#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# vconfig -j show: VLAN devices as JSON. schema.bats checks the fields.

load ../common.bash
load vconfig.bash

setup()
{
	needs json
	vlan_parent
}

# item DEVICE VID PARENT UP PROTOCOL OPTIONS: prints the expected object;
# OPTIONS is the part after the protocol.
item()
{
	local index parent

	index=$(< "/sys/class/net/$1/ifindex")
	parent=$(< "/sys/class/net/$3/ifindex")
	printf '{"device":"%s","index":%d,"parent":"%s","parent_index":%d,' \
		"$1" "$index" "$3" "$parent"
	printf '"up":%s,"options":{"id":%d,"protocol":"%s"%s}}' \
		"$4" "$2" "$5" "$6"
}

@test "without VLAN devices" {
	gives 0 "[]" "" -j show
}

@test "all devices, and one" {
	local first second

	vconfig add eth0 5
	vconfig set_flag eth0.5 2 1
	vconfig set_egress_map eth0.5 3 5
	vconfig set_ingress_map eth0.5 9 7
	ip link add link far name far.100 type vlan proto 802.1ad id 100 \
		reorder_hdr off
	ip link set far up
	ip link set far.100 up
	first=$(item eth0.5 5 eth0 false 802.1Q \
		',"reorder_hdr":true,"gvrp":true,"loose_binding":false,'\
'"mvrp":false,"bridge_binding":false,'\
'"ingress_qos_map":"7:9","egress_qos_map":"3:5"')
	# If no flag is set, the kernel sends no flags.
	second=$(item far.100 100 far true 802.1ad "")
	gives 0 "[
$first,
$second
]" "" -j show
	gives 0 "[
$second
]" "" --json show far.100
}

@test "a missing device, and a device that is not a VLAN device" {
	gives 1 "[]" 'vconfig: cannot read VLAN device "nope": No such device' \
		-j show nope
	gives 1 "[]" 'vconfig: cannot read VLAN device "eth0": it is not a VLAN device' \
		-j show eth0
}

@test "commands that change something refuse --json" {
	local words

	for words in "add eth0 5" "rem eth0.5" "set_flag eth0.5 1 1" \
			"set_egress_map eth0.5 1 1" \
			"set_ingress_map eth0.5 1 1" \
			"set_name_type DEV_PLUS_VID"; do
		# shellcheck disable=SC2086 # words
		turned_down "${words%% *}: option --json is not supported" \
			-j $words
	done
	[ "$(vlans)" -eq 0 ]
}
