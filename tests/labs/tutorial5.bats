#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Tutorial 5's lab with brctl: two networks, for each a bridge with a card that
# has no address, and three guests.
#
#	 inside (10.0.0.1)            world (10.0.0.2)
#	  |                            |
#	 eth4                         eth5
#	  |                            |
#	 br3 ----+--------+           br4 ----+
#	       vnet1    vnet2               vnet0
#	        |        |                   |
#	     guest02  guest03             guest01
#	    10.0.0.12 10.0.0.13          10.0.0.11
#
# environment: ns

load ../common.bash

setup()
{
	needs bridge veth
	no_ipv6
	nic eth4 00:10:18:31:5a:4b inside
	nic eth5 00:10:18:19:4f:33 world
	brctl addbr br3
	brctl addif br3 eth4
	brctl addbr br4
	brctl addif br4 eth5
	ip link set br3 up
	ip link set br4 up
}

# All guests also have addresses in one IP network, so that only the bridges
# separate them.
with_guests()
{
	ip -n inside address add 10.0.0.1/24 dev eth0
	ip -n world address add 10.0.0.2/24 dev eth0
	guest guest01 vnet0 52:54:00:28:23:01 10.0.0.11/24
	guest guest02 vnet1 52:54:00:28:23:af 10.0.0.12/24
	guest guest03 vnet2 52:54:00:28:23:03 10.0.0.13/24
	brctl addif br4 vnet0
	brctl addif br3 vnet1 vnet2
	forwarding eth4 eth5 vnet0 vnet1 vnet2
}

reaches()
{
	in_guest "$1" ping -n -q -c 1 -W 1 "$2"
}

@test "each bridge takes the MAC address of its card" {
	[ "$(mac_of br3)" = 00:10:18:31:5a:4b ]
	[ "$(mac_of br4)" = 00:10:18:19:4f:33 ]
}

@test "show lists the cards and the guests below their bridges" {
	with_guests
	run -0 brctl show
	[ "${lines[1]}" = $'br3\t\t8000.001018315a4b\tno\t\teth4' ]
	[ "${lines[2]}" = $'\t\t\t\t\t\t\tvnet1' ]
	[ "${lines[3]}" = $'\t\t\t\t\t\t\tvnet2' ]
	[ "${lines[4]}" = $'br4\t\t8000.001018194f33\tno\t\teth5' ]
	[ "${lines[5]}" = $'\t\t\t\t\t\t\tvnet0' ]
	[ "${#lines[@]}" -eq 6 ]
}

@test "guests of a network reach each other and the network behind the card" {
	with_guests
	reaches guest02 10.0.0.13
	reaches guest02 10.0.0.1
	reaches guest03 10.0.0.1
	reaches guest01 10.0.0.2
}

@test "no guest reaches the other network" {
	with_guests
	run -1 reaches guest01 10.0.0.12
	run -1 reaches guest01 10.0.0.1
	run -1 reaches guest02 10.0.0.11
	run -1 reaches guest03 10.0.0.2
}

# frames_at GUEST COMMAND...: runs COMMAND, and prints how many test frames
# reach the guest while it runs.
frames_at()
{
	local name=$1

	shift
	in_guest "$name" "$FRAME" capture -c -i in -t 0x88b5 eth0 -- \
		ip netns exec "$@"
}

@test "a guest's broadcast stays in its own network" {
	with_guests
	send=("$FRAME" send -p hello eth0)
	[ "$(frames_at guest03 guest02 "${send[@]}")" = "eth0 1" ]
	[ "$(frames_at inside guest02 "${send[@]}")" = "eth0 1" ]
	[ "$(frames_at guest01 guest02 "${send[@]}")" = "eth0 0" ]
	[ "$(frames_at world guest02 "${send[@]}")" = "eth0 0" ]
	[ "$(frames_at world guest01 "${send[@]}")" = "eth0 1" ]
	[ "$(frames_at guest02 guest01 "${send[@]}")" = "eth0 0" ]
}

# "Guest_02's MAC address is the one replying and bridged."
@test "the guest itself replies, with its own MAC address" {
	with_guests
	reaches inside 10.0.0.12
	run -0 ip -n inside neighbour show 10.0.0.12
	[[ $output = *"lladdr 52:54:00:28:23:af"* ]]
}
