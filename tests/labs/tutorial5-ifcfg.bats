#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Tutorial 5's lab with its four ifcfg files: after "service network stop;
# service network start" both bridges exist, each with its card.
#
#	 inside (10.0.0.1)            world (10.0.0.2)
#	  |                            |
#	 eth4                         eth5
#	  |                            |
#	 br3 ----+                    br4 ----+
#	       vnet1                        vnet0
#	         |                            |
#	      guest02 10.0.0.12            guest01 10.0.0.11
#
# environment: ns

load ../common.bash

setup()
{
	needs bridge veth sysfs
	no_ipv6
	nic eth4 00:10:18:31:5a:4b inside
	nic eth5 00:10:18:19:4f:33 world
	files=$BATS_TEST_TMPDIR
	config br3 TYPE=Bridge
	config br4 TYPE=Bridge
	config eth4 HWADDR=00:10:18:31:5A:4B BRIDGE=br3
	config eth5 HWADDR=00:10:18:19:4F:33 BRIDGE=br4
}

# config NAME LINE...: writes an ifcfg file.
config()
{
	printf '%s\n' "DEVICE=$1" ONBOOT=yes BOOTPROTO=none NM_CONTROLLED=no \
		"${@:2}" > "$files/ifcfg-$1"
}

network()
{
	"$BATS_TEST_DIRNAME/ifcfg" "$files" "$@"
}

with_guests()
{
	ip -n inside address add 10.0.0.1/24 dev eth0
	ip -n world address add 10.0.0.2/24 dev eth0
	guest guest01 vnet0 52:54:00:28:23:01 10.0.0.11/24
	guest guest02 vnet1 52:54:00:28:23:af 10.0.0.12/24
	brctl addif br4 vnet0
	brctl addif br3 vnet1
	forwarding eth4 eth5 vnet0 vnet1
}

reaches()
{
	in_guest "$1" ping -n -q -c 1 -W 1 "$2"
}

@test "after boot each card is a port of its bridge, which has its address" {
	network start
	run -0 brctl show
	[ "${lines[1]}" = $'br3\t\t8000.001018315a4b\tno\t\teth4' ]
	[ "${lines[2]}" = $'br4\t\t8000.001018194f33\tno\t\teth5' ]
	[ "${#lines[@]}" -eq 3 ]
	[ "$(mac_of br3)" = 00:10:18:31:5a:4b ]
	[ "$(mac_of br4)" = 00:10:18:19:4f:33 ]
}

@test "all devices are up and have no address" {
	network start
	for device in eth4 eth5 br3 br4; do
		ip link show dev $device up | grep -q "$device"
		[ -z "$(ip address show dev $device | grep inet)" ]
	done
}

@test "guests reach their own network and not the other" {
	network start
	with_guests
	reaches guest02 10.0.0.1
	reaches guest01 10.0.0.2
	run -1 reaches guest02 10.0.0.2
	run -1 reaches guest01 10.0.0.12
}

@test "stop deletes both bridges, also with guests, and start restores them" {
	network start
	before=$(brctl show)
	guest guest02 vnet1 52:54:00:28:23:af
	brctl addif br3 vnet1
	network stop
	[ -z "$(brctl show)" ]
	[ -z "$(ip link show dev eth4 up)" ]
	network start
	[ "$(brctl show)" = "$before" ]
}

@test "the bridge is created in any order of the files" {
	network up eth4
	network up br3
	network up br4
	network up eth5
	[ "$(brctl show | cut -f 1,6 | sed 1d)" = $'br3\teth4\nbr4\teth5' ]
}

@test "STP, DELAY and BRIDGING_OPTS set options of the bridge and the port" {
	config br3 TYPE=Bridge STP=on DELAY=7 \
		'BRIDGING_OPTS="hello_time=300 priority=4096"'
	config eth4 BRIDGE=br3 'BRIDGING_OPTS="path_cost=50 priority=8"'
	network start
	[ "$(brctl get br3 stp_state)" = stp_state=1 ]
	[ "$(brctl get br3 forward_delay hello_time)" = \
		$'forward_delay=7.00\nhello_time=3.00' ]
	[ "$(brctl get br3 priority)" = priority=4096 ]
	[ "$(brctl getport br3 eth4 path_cost priority)" = \
		$'path_cost=50\npriority=8' ]
	[ "$(brctl get br4 stp_state)" = stp_state=0 ]
}

@test "a card whose MAC address is not HWADDR is not configured" {
	config eth4 HWADDR=00:10:18:31:5A:4C BRIDGE=br3
	run -1 network up eth4
	[ "$output" = "ifcfg: eth4 has 00:10:18:31:5a:4b, not HWADDR\
 00:10:18:31:5a:4c" ]
	[ -z "$(brctl show)" ]
}

@test "an unknown key in a file is an error" {
	config br3 TYPE=Bridge STPP=on
	run -1 network up br3
	[ "$output" = "ifcfg: $files/ifcfg-br3: key STPP" ]
}
