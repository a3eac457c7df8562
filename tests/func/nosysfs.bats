#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# A process in another network namespace, whose /sys still shows the first one.
#
# environment: ns

load ../common.bash
load exact.bash

setup()
{
	ip netns add inner
	# The outer namespace has devices with the same names and other
	# settings.
	ip link add br0 type bridge forward_delay 1234
	pair v0 w0 02:00:00:00:00:99
	ip link set v0 master br0
	inner ip link add br0 type bridge
	inner ip link add v0 address 02:00:00:00:00:10 type veth peer name w0
	inner sh -c '[ ! -e /proc/sys/net/ipv6 ] || echo 1 \
		> /proc/sys/net/ipv6/conf/all/disable_ipv6'
	inner ip link set br0 type bridge vlan_default_pvid 0 || true
}

# Does not use ip netns exec, which mounts a new sysfs.
inner()
{
	nsenter --net=/run/netns/inner "$@"
}

in_it()
{
	inner "$BRCTL" "$@"
}

@test "show, showmacs and showstp show the inner namespace" {
	inner ip link set v0 master br0
	[ "$(in_it show)" = "$HEADER
br0		8000.020000000010	no		v0" ]
	[ "$(in_it showmacs br0)" = "$MACS_HEADER
  1	02:00:00:00:00:10	yes		   0.00" ]
	in_it showstp br0 | grep -q '^ designated root	8000.020000000010$'
	in_it showstp br0 | grep -q 'bridge forward delay	  15.00$'
}

@test "a bridge of the outer namespace does not exist" {
	ip link add outside type bridge
	run -1 in_it show outside
	[ "$output" = "bridge outside does not exist!" ]
	run -1 in_it showmacs outside
	run -1 in_it setfd outside 5
	[ "$output" = 'set forward delay failed: No such device
brctl: there is no device "outside"' ]
	run -1 in_it delbr outside
}

@test "settings change in the inner namespace only" {
	local before

	before=$(state)
	in_it addif br0 v0
	in_it setageing br0 10
	in_it setbridgeprio br0 7
	in_it setfd br0 5
	in_it sethello br0 3
	in_it setmaxage br0 9
	in_it hairpin br0 v0 on
	in_it setpathcost br0 v0 8
	in_it setportprio br0 v0 9
	in_it stp br0 on
	[ "$(state)" = "$before" ]
	run -0 inner ip -d link show br0
	[[ $output = *" forward_delay 500 hello_time 300 max_age 900 "* ]]
	[[ $output = *" ageing_time 1000 stp_state 1 priority 7 "* ]]
	run -0 inner ip -d link show v0
	[[ $output = *" priority 9 cost 8 hairpin on "* ]]
}

@test "bridges and ports are added and deleted in the inner namespace" {
	in_it addbr br1
	in_it addif br1 v0
	in_it delif br1 v0
	in_it delbr br1
	run -1 inner ip link show br1
	in_bridge br0 v0
}
