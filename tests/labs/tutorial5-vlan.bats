#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Tutorial 5's three guests on two networks, with the networks as VLANs of one
# card: "a physical MAC address tied to a network/VLAN broadcast domain".
#
#	        switch (VLAN 3 inside, VLAN 4 world)
#	         eth0
#	          |
#	 eth4.3 -- eth4 -- eth4.4
#	  |                   |
#	 br3 ----+--------+  br4 ----+
#	       vnet1    vnet2      vnet0
#	        |        |          |
#	     guest02  guest03    guest01

load ../common.bash

setup()
{
	needs bridge veth 8021q
	no_ipv6
	nic eth4 00:10:18:31:5a:4b switch
	vconfig add eth4 3-4
	brctl addbr br3
	brctl addif br3 eth4.3
	brctl addbr br4
	brctl addif br4 eth4.4
	guest guest01 vnet0 52:54:00:28:23:01 10.0.0.11/24
	guest guest02 vnet1 52:54:00:28:23:af 10.0.0.12/24
	guest guest03 vnet2 52:54:00:28:23:03 10.0.0.13/24
	brctl addif br4 vnet0
	brctl addif br3 vnet1 vnet2
	local device

	for device in eth4.3 eth4.4 br3 br4; do
		ip link set $device up
	done
	forwarding eth4.3 eth4.4 vnet0 vnet1 vnet2
}

reaches()
{
	in_guest "$1" ping -n -q -c 1 -W 1 "$2"
}

@test "show lists the card and guests of each network" {
	run -0 brctl show
	[ "${lines[1]}" = $'br3\t\t8000.001018315a4b\tno\t\teth4.3' ]
	[ "${lines[2]}" = $'\t\t\t\t\t\t\tvnet1' ]
	[ "${lines[3]}" = $'\t\t\t\t\t\t\tvnet2' ]
	[ "${lines[4]}" = $'br4\t\t8000.001018315a4b\tno\t\teth4.4' ]
	[ "${lines[5]}" = $'\t\t\t\t\t\t\tvnet0' ]
	[ "${#lines[@]}" -eq 6 ]
}

@test "guests reach their own network and not the other one" {
	in_guest switch "$VCONFIG" add eth0 3-4
	ip -n switch address add 10.0.0.3/24 dev eth0.3
	ip -n switch link set eth0.3 up
	poll 10 reaches guest02 10.0.0.13
	reaches guest02 10.0.0.3
	reaches guest03 10.0.0.3
	run -1 reaches guest01 10.0.0.3
	run -1 reaches guest01 10.0.0.12
	run -1 reaches guest03 10.0.0.11
}

# broadcasts GUEST: prints the devices where a guest's broadcast leaves the
# host, and its tags.
broadcasts()
{
	frame capture -i out -t 0x88b5 eth4 vnet0 vnet1 vnet2 -- \
		ip netns exec "$1" "$FRAME" send eth0 |
		sed -E 's/ out [0-9a-f:]+ > [0-9a-f:]+//; s/ type .*//' | sort
}

@test "a guest's broadcast stays in its network, and has its tag outside" {
	[ "$(broadcasts guest01)" = "eth4 vlan 4" ]
	[ "$(broadcasts guest02)" = $'eth4 vlan 3\nvnet2' ]
	[ "$(broadcasts guest03)" = $'eth4 vlan 3\nvnet1' ]
}
