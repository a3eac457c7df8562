#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Tutorial 1's lab: VLAN devices on eth0, tagged and untagged frames, and
# routing and bridging on the same host.
#
#	switch
#	 eth0 (tagged 100, 200, and untagged)
#	  |
#	 eth0 --- eth0.100 10.100.0.1 (routed)      vm
#	     \                                     eth0
#	      --- eth0.200 --- br200 --- vif0 ------'

load ../common.bash

ETH0_MAC=00:16:3e:00:00:10

setup()
{
	needs 8021q veth bridge
	no_ipv6
	nic eth0 $ETH0_MAC switch
	# Name the host's own namespace, for commands in other namespaces.
	ip netns attach host $BASHPID
}

# The tutorial's two commands.  The module is loaded already.
with_vlan_100()
{
	vconfig add eth0 100
	ip li s dev eth0.100 up
}

@test "vconfig prints what the tutorial shows" {
	run --separate-stderr -0 vconfig add eth0 100
	[ "$output" = "Added VLAN with VID == 100 to IF -:eth0:-" ]
	[ -z "$stderr" ]
}

@test "eth0.100 is down when it is added, and can be set up" {
	vconfig add eth0 100
	run -0 ip -o link show dev eth0.100
	[[ $output = *"state DOWN"* ]]
	run -0 ip li s dev eth0.100 up
	run -0 ip -o link show dev eth0.100
	[[ $output = *"LOWER_UP"* ]]
}

@test "a tagged frame is received on eth0.100 without its tag" {
	with_vlan_100
	switch_mac=$(mac_of eth0 switch)
	run --separate-stderr -0 frame capture -i in -p hello eth0 eth0.100 -- \
		ip netns exec switch \
		"$FRAME" send -d $ETH0_MAC -v 100 -p hello eth0
	[ "${#lines[@]}" -eq 2 ]
	[ "${lines[0]}" = "eth0 in $switch_mac > $ETH0_MAC vlan 100 type\
 0x88b5 len 64" ]
	[ "${lines[1]}" = "eth0.100 in $switch_mac > $ETH0_MAC type 0x88b5\
 len 60" ]
}

# counts WORD...: prints how many of the frames that the switch sends arrive on
# eth0 and on eth0.100.
counts()
{
	frame capture -c -i in -t 0x88b5 eth0 eth0.100 -- \
		ip netns exec switch "$FRAME" send -d $ETH0_MAC "$@" eth0
}

@test "frames of other VLANs and without a tag do not arrive on eth0.100" {
	with_vlan_100
	[ "$(counts -v 100)" = $'eth0 1\neth0.100 1' ]
	[ "$(counts -v 101)" = $'eth0 1\neth0.100 0' ]
	[ "$(counts)" = $'eth0 1\neth0.100 0' ]
	[ "$(counts -v 100@0x88a8)" = $'eth0 1\neth0.100 0' ]
}

@test "a VLAN device that is down receives nothing" {
	with_vlan_100
	ip link set eth0.100 down
	[ "$(counts -v 100)" = $'eth0 1\neth0.100 0' ]
}

# seen_by_switch COMMAND...: prints the frames that arrive at the switch.
seen_by_switch()
{
	in_guest switch "$FRAME" capture -i in -t 0x88b5 eth0 -- \
		ip netns exec host "$@"
}

@test "frames sent through eth0.100 leave with the tag" {
	with_vlan_100
	run --separate-stderr -0 seen_by_switch "$FRAME" send eth0.100
	[ "$output" = "eth0 in $ETH0_MAC > ff:ff:ff:ff:ff:ff vlan 100 type\
 0x88b5 len 64" ]
	run --separate-stderr -0 seen_by_switch "$FRAME" send eth0
	[ "$output" = "eth0 in $ETH0_MAC > ff:ff:ff:ff:ff:ff type 0x88b5\
 len 60" ]
}

@test "the egress map sets the priority in the tag" {
	with_vlan_100
	vconfig set_egress_map eth0.100 6 5
	ip address add 10.100.0.1/24 dev eth0.100
	ip neighbour add 10.100.0.9 lladdr 02:00:00:00:00:99 dev eth0.100
	# The kernel gives packets with TOS 0x10 (low delay) priority 6.
	run --separate-stderr -0 frame capture -i out -t 0x0800 eth0 -- \
		bash -c 'ping -n -c 1 -W 1 -Q 0x10 10.100.0.9
			ping -n -c 1 -W 1 10.100.0.9; true'
	[ "${#lines[@]}" -eq 2 ]
	[[ ${lines[0]} = *" vlan 100 prio 5 type 0x0800 "* ]]
	[[ ${lines[1]} = *" vlan 100 type 0x0800 "* ]]
}

@test "a VLAN within a VLAN has two tags on the cable" {
	with_vlan_100
	vconfig add eth0.100 200
	ip link set eth0.100.200 up
	run --separate-stderr -0 seen_by_switch "$FRAME" send eth0.100.200
	[[ $output = *" vlan 100 vlan 200 type 0x88b5 "* ]]
}

# Gives the switch an address in each VLAN.
with_stations()
{
	ip netns exec switch "$VCONFIG" add eth0 100,200
	ip -n switch link set eth0.100 up
	ip -n switch link set eth0.200 up
	ip -n switch address add 10.100.0.2/24 dev eth0.100
	ip -n switch address add 10.200.0.2/24 dev eth0.200
}

# "Make routing and bridging play nice": on one cable, the host routes VLAN 100
# and bridges VLAN 200 to the guest.
with_both()
{
	with_vlan_100
	with_stations
	ip address add 10.100.0.1/24 dev eth0.100
	vconfig add eth0 200
	guest vm vif0 52:54:00:00:02:00 10.200.0.5/24
	brctl addbr br200
	brctl addif br200 eth0.200
	brctl addif br200 vif0
	ip link set eth0.200 up
	ip link set br200 up
	forwarding eth0.200 vif0
}

reaches()
{
	in_guest "$1" ping -n -q -c 1 -W 1 "$2"
}

@test "VLAN 100 is routed by the host while VLAN 200 is bridged to a guest" {
	with_both
	ping -n -q -c 1 -W 5 10.100.0.2
	poll 10 reaches vm 10.200.0.2
	reaches switch 10.200.0.5
	reaches switch 10.100.0.1
}

@test "the guest sees VLAN 200 only, and without tags" {
	with_both
	run --separate-stderr -0 in_guest vm "$FRAME" capture -i in -t 0x88b5 \
		eth0 -- ip netns exec switch bash -c \
		'"$FRAME" send -v 100 eth0; "$FRAME" send eth0
		"$FRAME" send -v 200 -p mine eth0'
	[ "${#lines[@]}" -eq 1 ]
	[[ $output = *" > ff:ff:ff:ff:ff:ff type 0x88b5 len 60" ]]
}

# A brouter: the host's bridge is the gateway of the guest's network.
@test "the guest reaches the routed VLAN through an address on the bridge" {
	with_both
	ip address add 10.200.0.1/24 dev br200
	ip -n vm route add default via 10.200.0.1
	ip -n switch route del 10.200.0.0/24 dev eth0.200
	ip -n switch route add 10.200.0.0/24 via 10.100.0.1
	echo 1 > /proc/sys/net/ipv4/ip_forward
	poll 10 reaches vm 10.100.0.2
	echo 0 > /proc/sys/net/ipv4/ip_forward
	run -1 reaches vm 10.100.0.2
}
