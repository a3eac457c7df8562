#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Tutorial 3's lab: kvmbr0 with the network card eth0, and a guest on the tap
# device vnet0, with a program that forwards the frames.
#
#	router                vm
#	 eth0 .1               eth0 .2
#	  |                     |  (frame tap)
#	 eth0                 vnet0
#	  +------- kvmbr0 ------+
#
# environment: ns

load ../common.bash

MAC=52:54:00:12:34:56

setup()
{
	needs bridge veth tap
	no_ipv6
	nic eth0 00:1e:68:0a:0b:0c router
	ip -n router address add 192.168.1.1/24 dev eth0
	brctl addbr kvmbr0
	brctl addif kvmbr0 eth0
	ip link set kvmbr0 up
}

with_vm()
{
	tap_guest vm vnet0 $MAC 192.168.1.2/24
	brctl addif kvmbr0 vnet0
	forwarding eth0 vnet0
}

@test "after two steps kvmbr0 has only eth0" {
	run -0 brctl show kvmbr0
	[ "${lines[1]}" = $'kvmbr0\t\t8000.001e680a0b0c\tno\t\teth0' ]
	[ "${#lines[@]}" -eq 2 ]
}

@test "show lists eth0 and the guest's tap device vnet0" {
	with_vm
	run -0 brctl show
	[ "${lines[1]}" = $'kvmbr0\t\t8000.001e680a0b0c\tno\t\teth0' ]
	[ "${lines[2]}" = $'\t\t\t\t\t\t\tvnet0' ]
	[ "${#lines[@]}" -eq 3 ]
}

@test "the guest reaches the router through the bridge" {
	with_vm
	poll 10 in_guest vm ping -n -c 1 -W 1 192.168.1.1
}

@test "the tap device has the guest's MAC address, except the first byte" {
	with_vm
	[ "$(mac_of eth0 vm)" = $MAC ]
	[ "$(mac_of vnet0)" = fe:54:00:12:34:56 ]
}

# counter GUEST|"" DEVICE KEY: KEY is two words from the head of /proc/net/dev.
counter()
{
	local column

	case $3 in
	"rx bytes") column=2 ;;
	"rx packets") column=3 ;;
	"tx bytes") column=10 ;;
	"tx packets") column=11 ;;
	esac
	${1:+ip netns exec "$1"} cat /proc/net/dev | tr ':' ' ' |
		awk -v dev="$2" -v n="$column" '$1 == dev { print $n }'
}

ends_match()
{
	[ "$(counter vm eth0 "tx $1")" = "$(counter '' vnet0 "rx $1")" ] &&
	[ "$(counter vm eth0 "rx $1")" = "$(counter '' vnet0 "tx $1")" ]
}

@test "the counters of the guest's eth0 and of vnet0 match" {
	with_vm
	poll 10 in_guest vm ping -n -c 1 -W 1 192.168.1.1
	in_guest vm ping -n -c 5 -i 0.2 -s 1000 192.168.1.1
	poll 5 ends_match bytes
	poll 5 ends_match packets
	# At least five echo requests of 1,042 bytes, and their replies.
	[ "$(counter vm eth0 "tx bytes")" -ge 5210 ]
	[ "$(counter vm eth0 "rx bytes")" -ge 5210 ]
}
