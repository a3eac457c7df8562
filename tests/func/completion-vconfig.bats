#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# What bash offers for vconfig's command line.
#
# environment: ns

load ../common.bash
load exact.bash
load completion.bash

@test "commands" {
	offers "vconfig " add rem set_flag set_egress_map set_ingress_map \
		set_name_type show batch help
	offers "vconfig set_n" set_name_type
	offers "vconfig frob"
}

@test "for a parent, devices are offered" {
	pair eth0 far
	includes "vconfig add " eth0 far
	lacks "vconfig add " lo
	offers "vconfig add eth" eth0
	offers "vconfig ADD eth" eth0
	offers "vconfig add eth0 "
}

@test "after the VLAN, each word is offered once" {
	offers "vconfig add eth0 5 " protocol name
	offers "vconfig add eth0 5 protocol " 802.1q 802.1ad
	offers "vconfig add eth0 5 protocol 802.1ad " name
	offers "vconfig add eth0 5 name "
	offers "vconfig add eth0 5 name x p" protocol
}

@test "flags and name types" {
	offers "vconfig set_flag eth0.5 " 1 2 4 8 16 REORDER_HDR GVRP \
		LOOSE_BINDING MVRP BRIDGE_BINDING
	offers "vconfig set_flag eth0.5 1 " 0 1
	offers "vconfig set_name_type " VLAN_PLUS_VID VLAN_PLUS_VID_NO_PAD \
		DEV_PLUS_VID DEV_PLUS_VID_NO_PAD
}

@test "options are offered before the command" {
	offers "vconfig -" -n --netns= -j --json --may-exist --if-exists \
		--dry-run --keep-going --test --atomic --help --version
	offers "vconfig -j -" -n --netns= -j --json --may-exist --if-exists \
		--dry-run --keep-going --test --atomic
	offers "vconfig --dry-run r" rem
	offers "vconfig -j sh" show
	offers "vconfig show -"
}

@test "only VLAN devices are offered where one is expected" {
	local verb

	needs 8021q
	pair eth0 far
	vconfig add eth0 5,7
	for verb in rem show set_flag set_egress_map set_ingress_map; do
		offers "vconfig $verb " eth0.5 eth0.7
	done
	offers "vconfig rem eth0.7" eth0.7
	ip netns add blue
	ip link set far netns blue
	vconfig -n blue add far 9
	offers "vconfig -n blue rem " far.9
	offers "vconfig --netns=blue rem " far.9
	offers "vconfig --netns=b" blue
	offers "vconfig show -j " eth0.5 eth0.7
}
