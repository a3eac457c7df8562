#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Tutorial 5's two networks as VLANs of one card, with ifcfg files with
# VLAN=yes: eth4.3, whose name has its card, and vlan4, whose name has only the
# VLAN id.
#
#	        switch (VLAN 3 inside, VLAN 4 world)
#	         eth0
#	          |
#	 eth4.3 -- eth4 -- vlan4
#	  |                  |
#	 br3 --- vnet1      br4 --- vnet0
#	           |                  |
#	        guest02            guest01

load ../common.bash

setup()
{
	needs bridge veth 8021q sysfs
	no_ipv6
	nic eth4 00:10:18:31:5a:4b switch
	files=$BATS_TEST_TMPDIR
	config br3 TYPE=Bridge
	config br4 TYPE=Bridge IPADDR=10.0.4.1 PREFIX=24
	config eth4
	config eth4.3 VLAN=yes BRIDGE=br3
	config vlan4 VLAN=yes PHYSDEV=eth4 VID=4 REORDER_HDR=no BRIDGE=br4
}

config()
{
	printf '%s\n' "DEVICE=$1" ONBOOT=yes BOOTPROTO=none "${@:2}" \
		> "$files/ifcfg-$1"
}

network()
{
	"$BATS_TEST_DIRNAME/ifcfg" "$files" "$@"
}

@test "after boot each VLAN is a port of its bridge" {
	network start
	[ "$(brctl show | cut -f 1,6 | sed 1d)" = \
		$'br3\teth4.3\nbr4\tvlan4' ]
	[ "$(grep -c ' eth4$' /proc/net/vlan/config)" -eq 2 ]
	run -0 grep -h REORDER_HDR /proc/net/vlan/eth4.3 /proc/net/vlan/vlan4
	[[ ${lines[0]} = *"REORDER_HDR: 1"* ]]
	[[ ${lines[1]} = *"REORDER_HDR: 0"* ]]
	ip -o -4 address show dev br4 | grep -q ' 10\.0\.4\.1/24 '
}

@test "a guest's broadcast leaves the card with the tag of its network" {
	network start
	guest guest01 vnet0 52:54:00:28:23:01
	guest guest02 vnet1 52:54:00:28:23:af
	brctl addif br4 vnet0
	brctl addif br3 vnet1
	forwarding eth4.3 vlan4 vnet0 vnet1
	for pair in guest01:4 guest02:3; do
		run -0 frame capture -i out -t 0x88b5 eth4 vnet0 vnet1 -- \
			ip netns exec "${pair%:*}" "$FRAME" send eth0
		[ "${#lines[@]}" -eq 1 ]
		[[ ${lines[0]} = "eth4 out"*" vlan ${pair#*:} "* ]]
	done
}

@test "stop keeps the card, and start restores the same state" {
	network start
	before=$(brctl show; cat /proc/net/vlan/config)
	network stop
	[ -z "$(brctl show)" ]
	[ "$(ip -o link show | grep -c eth4)" -eq 1 ]
	network start
	[ "$(brctl show; cat /proc/net/vlan/config)" = "$before" ]
}
