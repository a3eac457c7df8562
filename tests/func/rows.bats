#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Every option: set with our tools and with ip, and read with both.

load ../common.bash
load rows.bash

setup()
{
	needs_jq
	: "${VB_FEATURES:=$("$tests_dir/kernel/features")}"
}

@test "the options of bridges" {
	needs json
	ip link add br1 type bridge
	ip link set br1 up
	rows_of bridge br1
	try_each
	brctl set br1 multicast_querier=on
	poll 30 read_all
	all_equal
}

@test "the options of ports" {
	needs json
	local i

	ip link add br0 type bridge
	for i in 0 1 2; do
		veth v$i w$i
		brctl addif br0 v$i
	done
	ip link set br0 up
	forwarding v0
	rows_of port v0
	try_each
	brctl setport br0 v0 backup_port=v1
	poll 30 read_all
	all_equal
}

# by_vconfig NAME WANT WORD...
by_vconfig()
{
	local name=$1 want=$2

	shift 2
	try "$name" vconfig "$want" vconfig_quietly "$@"
}

vconfig_quietly()
{
	vconfig "$@" > /dev/null
}

# try_flag NUMBER NAME
try_flag()
{
	by_vconfig "$2" on set_flag v0.5 "$1" 1
	try "$2" ip off set_by_ip "$2" off
	by_vconfig "$2" on set_flag v0.5 "$1" 1
}

@test "the options of VLAN devices" {
	needs json 8021q
	ip link add br0 type bridge
	ip link add link br0 name v0.5 type vlan id 5
	rows_of vlan v0.5
	# If no flag is set, the kernel sends no flags, so one is set first.
	try_flag 2 gvrp
	try_flag 1 reorder_hdr
	try_flag 4 loose_binding
	try_flag 8 mvrp
	try_flag 16 bridge_binding
	by_vconfig ingress_qos_map 5:3 set_ingress_map v0.5 3 5
	try ingress_qos_map ip 5:3,6:4 set_by_ip ingress-qos-map 6:4
	by_vconfig egress_qos_map 3:5 set_egress_map v0.5 3 5
	try egress_qos_map ip 3:5,4:6 set_by_ip egress-qos-map 4:6
	poll 30 read_all
	all_equal
}
