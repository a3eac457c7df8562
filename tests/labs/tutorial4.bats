#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Tutorial 4's lab: two guests and a network card on br0, a ping, and what the
# bridge learned from it.
#
# environment: ns

load ../common.bash
load tutorial4.bash

setup()
{
	needs bridge veth
	lab4_nic
	brctl addbr br0
	brctl stp br0 off
	brctl setfd br0 0
	brctl addif br0 ens33
	ip link set br0 up
}

with_guests()
{
	lab4_guests
	brctl addif br0 vnet0
	brctl addif br0 vnet1
	forwarding ens33 vnet0 vnet1
}

# A bridge takes the MAC address of its first port.
@test "the bridge takes the MAC address of ens33 and shows it in its id" {
	run -0 brctl show
	[ "${lines[0]}" = $'bridge name\tbridge id\t\tSTP enabled\tinterfaces' ]
	[ "${lines[1]}" = $'br0\t\t8000.000c299e441b\tno\t\tens33' ]
	[ "${#lines[@]}" -eq 2 ]
	[ "$(mac_of br0)" = $ENS33_MAC ]
}

@test "show br0 lists the network card and both guests" {
	with_guests
	run -0 brctl show br0
	[ "${lines[1]}" = $'br0\t\t8000.000c299e441b\tno\t\tens33' ]
	[ "${lines[2]}" = $'\t\t\t\t\t\t\tvnet0' ]
	[ "${lines[3]}" = $'\t\t\t\t\t\t\tvnet1' ]
	[ "${#lines[@]}" -eq 4 ]
}

# Prints port, MAC address and is-local of every row, without repetitions: a
# kernel with VLAN filtering has each local entry also for VLAN 1.
mac_rows()
{
	brctl showmacs br0 | tail -n +2 | awk '{ print $1, $2, $3 }' | uniq
}

@test "before any traffic, showmacs has only the ports' own MAC addresses" {
	with_guests
	run -0 mac_rows
	[ "${lines[0]}" = "1 00:0c:29:9e:44:1b yes" ]
	[ "${lines[1]}" = "2 fe:54:00:40:ba:3b yes" ]
	[ "${lines[2]}" = "3 fe:54:00:df:5a:e6 yes" ]
	[ "${#lines[@]}" -eq 3 ]
	run ! grep -v ' 0\.00$' <(brctl showmacs br0 | tail -n +2)
}

@test "from a ping, the bridge learns the ports of both guests" {
	with_guests
	lab4_ping
	run -0 mac_rows
	[ "${lines[0]}" = "1 00:0c:29:9e:44:1b yes" ]
	[ "${lines[1]}" = "2 52:54:00:40:ba:3b no" ]
	[ "${lines[2]}" = "3 52:54:00:df:5a:e6 no" ]
	[ "${lines[3]}" = "2 fe:54:00:40:ba:3b yes" ]
	[ "${lines[4]}" = "3 fe:54:00:df:5a:e6 yes" ]
	[ "${#lines[@]}" -eq 5 ]
}

timer_of()
{
	brctl showmacs br0 | awk -v mac="$1" '$2 == mac { print $4 }'
}

timer_exceeds()
{
	awk -v now="$(timer_of "$1")" -v then="$2" \
		'BEGIN { exit !(now != "" && now + 0 > then + 0) }'
}

@test "the ageing timer of a learned entry runs, and a frame resets it" {
	with_guests
	lab4_ping
	# At least 0.5 s old, and younger than the time limit.
	poll 10 timer_exceeds $VM0_MAC 0.5
	run -1 timer_exceeds $VM0_MAC 60
	old=$(timer_of $VM0_MAC)
	lab4_ping
	run -1 timer_exceeds $VM0_MAC "$old"
	[[ $(timer_of $VM0_MAC) =~ ^[0-9]+\.[0-9][0-9]$ ]]
}

# The tutorial's seven frames: the request on vnet0, br0, vnet1 and ens33, and
# the reply on vnet1, br0 and vnet0.
@test "the first frame is flooded to every port, later ones are not" {
	with_guests
	run --separate-stderr -0 lab4_capture -c
	[ "$output" = $'br0 2\nens33 1\nvnet0 2\nvnet1 2' ]
	run --separate-stderr -0 lab4_capture -c
	[ "$output" = $'br0 2\nens33 0\nvnet0 2\nvnet1 2' ]
}

@test "the flooded frame is the request, which leaves through ens33, too" {
	with_guests
	run --separate-stderr -0 lab4_capture -d $VM1_MAC -s $VM0_MAC
	[ "${#lines[@]}" -eq 4 ]
	[[ ${lines[0]} = "vnet0 in $VM0_MAC > $VM1_MAC type 0x0800 len 98" ]]
	[[ $output = *"vnet1 out $VM0_MAC > $VM1_MAC"* ]]
	[[ $output = *"ens33 out $VM0_MAC > $VM1_MAC"* ]]
	[[ $output = *"br0 in $VM0_MAC > $VM1_MAC"* ]]
}
