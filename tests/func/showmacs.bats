#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# showmacs: local, learned and static entries.
#
# environment: ns

load ../common.bash
load exact.bash

setup()
{
	no_ipv6
	pair v0 w0 02:00:00:00:00:20
	pair v1 w1 02:00:00:00:00:10
	ip link add br0 type bridge
	[ ! -e /sys/class/net/br0/bridge/default_pvid ] ||
		echo 0 > /sys/class/net/br0/bridge/default_pvid
	ip link set v0 master br0
	ip link set v1 master br0
}

@test "the ports' own MAC addresses are local, and sorted" {
	gives 0 "$MACS_HEADER
  2	02:00:00:00:00:10	yes		   0.00
  1	02:00:00:00:00:20	yes		   0.00" "" showmacs br0
}

@test "a static entry is not local and has no age" {
	bridge fdb add 02:bb:00:00:00:01 dev v0 master static
	gives 0 "$MACS_HEADER
  2	02:00:00:00:00:10	yes		   0.00
  1	02:00:00:00:00:20	yes		   0.00
  1	02:bb:00:00:00:01	no		   0.00" "" showmacs br0
}

# learned MAC: checks that the table has the address with an age.
learned()
{
	brctl showmacs br0 | grep -q $'^  1\t'"$1"$'\tno\t\t *[1-9.0]*[1-9]'
}

@test "a learned entry has an age that grows" {
	ip link set br0 up
	ip link set v0 up
	ip link set w0 up
	forwarding v0
	frame send -s 02:aa:00:00:00:01 -d 02:00:00:00:00:20 w0
	poll 5 learned 02:aa:00:00:00:01
}

@test "with an ageing time of 0, no learned entry is shown" {
	ip link set br0 up
	ip link set v0 up
	ip link set w0 up
	forwarding v0
	frame send -s 02:aa:00:00:00:01 -d 02:00:00:00:00:20 w0
	poll 5 learned 02:aa:00:00:00:01
	brctl setageing br0 0
	gives 0 "$MACS_HEADER
  2	02:00:00:00:00:10	yes		   0.00
  1	02:00:00:00:00:20	yes		   0.00" "" showmacs br0
}

@test "a missing bridge, and a device that is not a bridge, are refused" {
	local name

	for name in nope ""; do
		explains "read of forward table failed: No such device" \
			"there is no device \"$name\"" showmacs "$name"
	done
	for name in lo v0; do
		explains "read of forward table failed: Operation not\
 supported" "cannot read the FDB of bridge \"$name\": it is not a bridge" \
			showmacs $name
	done
}

@test "entries for the same address on two ports are sorted by port" {
	needs vlan_filtering
	ip link set br0 type bridge vlan_filtering 1
	bridge vlan add dev v0 vid 10
	bridge vlan add dev v1 vid 20
	bridge fdb add 02:bb:00:00:00:01 dev v0 master static vlan 10
	bridge fdb add 02:bb:00:00:00:01 dev v1 master static vlan 20
	run -0 brctl showmacs br0
	[ "$(grep -c 02:bb:00:00:00:01 <<< "$output")" -eq 2 ]
	[ "$(tail -n 2 <<< "$output" | cut -f 1 | tr -d ' \n')" = 12 ]
}
