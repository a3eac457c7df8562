#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# check: rules about the addresses, the routes and the MAC address of the host.
#
# environment: ns

load ../common.bash
load check.bash

@test "no-carrier: only with the default route" {
	sane_bridge
	ip -batch - <<-END
	link set br0 address 02:00:00:00:00:b0
	address add 10.0.0.1/24 dev br0
	link set w0 down
	link set w1 down
	END
	poll 10 is br0/carrier 0
	finds_of no-carrier 0 ""
	ip route add default via 10.0.0.9
	finds_of no-carrier 1 'error no-carrier: bridge "br0" has the default route, but none'\
' of its ports is connected
	the host reaches no other network'
	arrives 0 w0 br0
	ip link set br0 down
	ip link set v0 down
	finds 1 'warning bridge-down: bridge "br0" is down, although some of its'\
' ports are up
	no frame passes from port to port
	$ brctl link br0 up'
	mends
	ip link set v0 up
	ip link set w0 up
	forwarding v0
	finds_of no-carrier 0 ""
	arrives 1 w0 br0
}

# neighbour: 10.0.0.9, behind v0.
neighbour()
{
	ip netns add away
	no_ipv6 away
	ip link set w0 netns away
	ip -n away address add 10.0.0.9/24 dev w0
	ip -n away link set w0 up
	forwarding v0
}

pings_neighbour()
{
	ping -c 1 -W 0.5 10.0.0.9 > /dev/null
}

@test "port-has-address, and the default route" {
	sane_bridge
	ip -batch - <<-END
	link set br0 address 02:00:00:00:00:b0
	address add 10.0.0.1/24 dev v0
	address add 10.0.1.1/24 dev v0
	route add default via 10.0.0.9 dev v0
	END
	neighbour
	run ! pings_neighbour
	finds_and_mends 1 'warning port-has-address: bridge "br0": port "v0" has the'\
' address 10.0.0.1/24
	the bridge takes the answers, so the host does not get them through the port
	$ ip address del 10.0.0.1/24 dev v0
	$ ip address add 10.0.0.1/24 dev br0
	$ ip address del 10.0.1.1/24 dev v0
	$ ip address add 10.0.1.1/24 dev br0
	$ ip -4 route replace default via 10.0.0.9 dev br0'
	pings_neighbour
	ip route show default > "$BATS_TEST_TMPDIR/route"
	grep -q "^default via 10.0.0.9 dev br0" "$BATS_TEST_TMPDIR/route"
	ip route del default
	ip route add default dev v0
	finds_and_mends 1 'warning port-has-address: bridge "br0": port "v0" has the'\
' default route
	the bridge takes the answers, so the host does not get them through the port
	$ ip -4 route replace default dev br0'
}

@test "port-has-address: all gateways of the default route stay" {
	sane_bridge
	veth v9 w9
	ip -batch - <<-END
	link set br0 address 02:00:00:00:00:b0
	address add 10.0.5.1/24 dev v9
	address add 10.0.0.1/24 dev v0
	address add 10.0.1.1/24 dev v1
	route add default metric 50 nexthop via 10.0.5.9 dev v9 \
		nexthop via 10.0.0.9 dev v0 weight 3 nexthop via 10.0.1.9 dev v1
	END
	finds_and_mends 1 'warning port-has-address: bridge "br0": port "v0" has the'\
' address 10.0.0.1/24
	the bridge takes the answers, so the host does not get them through the port
	$ ip address del 10.0.0.1/24 dev v0
	$ ip address add 10.0.0.1/24 dev br0
	$ ip -4 route replace default metric 50 nexthop via 10.0.0.9 dev br0 weight 3'\
' nexthop via 10.0.1.9 dev v1 nexthop via 10.0.5.9 dev v9
warning port-has-address: bridge "br0": port "v1" has the address 10.0.1.1/24
	the bridge takes the answers, so the host does not get them through the port
	$ ip address del 10.0.1.1/24 dev v1
	$ ip address add 10.0.1.1/24 dev br0
	$ ip -4 route replace default metric 50 nexthop via 10.0.0.9 dev br0 weight 3'\
' nexthop via 10.0.1.9 dev br0 nexthop via 10.0.5.9 dev v9'
	run -0 ip route show default
	[ "$(sed 's/ *$//' <<< "$output")" = "default metric 50
	nexthop via 10.0.0.9 dev br0 weight 3
	nexthop via 10.0.1.9 dev br0 weight 1
	nexthop via 10.0.5.9 dev v9 weight 1" ]
}

@test "port-has-address: protocol, source and nexthop of the route stay" {
	local fix='$ ip address del 10.0.0.1/24 dev v0
	$ ip address add 10.0.0.1/24 dev br0'

	sane_bridge
	ip -batch - <<-END
	link set br0 address 02:00:00:00:00:b0
	address add 10.0.0.1/24 dev v0
	nexthop add id 10 via 10.0.0.9 dev v0
	route add default proto static src 10.0.0.1 metric 5 nhid 10
	route add default proto 77 src 10.0.0.1 metric 6 via 10.0.0.9 dev v0
	END
	ip route show default | sed 's/ *$//; s/v0/br0/' > "$BATS_TEST_TMPDIR/before"
	finds_and_mends 1 'warning port-has-address: bridge "br0": port "v0" has the'\
' address 10.0.0.1/24
	the bridge takes the answers, so the host does not get them through the port
	'"$fix"'
	$ ip -4 nexthop replace id 10 via 10.0.0.9 dev br0
	$ ip -4 route replace default proto static metric 5 src 10.0.0.1 nhid 10
	$ ip -4 route replace default proto 77 metric 6 src 10.0.0.1 via 10.0.0.9'\
' dev br0'
	ip route show default | sed 's/ *$//' |
		diff -u "$BATS_TEST_TMPDIR/before" -
	ip nexthop flush > /dev/null
}

@test "port-has-address: gateways by IPv6, and one that is on the link" {
	local device

	[ -e /proc/sys/net/ipv6 ] || skip "needs IPv6"
	sane_bridge
	veth v9 w9
	for device in br0 v0 v9; do
		echo 0 > "/proc/sys/net/ipv6/conf/$device/disable_ipv6"
	done
	ip link set br0 address 02:00:00:00:00:b0
	ip -6 route add default nexthop via fe80::9 dev v0 \
		nexthop via fe80::5 dev v9
	ip route add default via 192.0.2.1 dev v0 onlink
	ip -4 route add default via inet6 fe80::9 dev v0 metric 7
	finds_and_mends 1 'warning port-has-address: bridge "br0": port "v0" has the'\
' default route
	the bridge takes the answers, so the host does not get them through the port
	$ ip -4 route replace default via 192.0.2.1 dev br0 onlink
	$ ip -4 route replace default metric 7 via inet6 fe80::9 dev br0
	$ ip -6 route replace default nexthop via fe80::9 dev br0'\
' nexthop via fe80::5 dev v9'
	run -0 ip -6 route show default
	[[ $output = *"nexthop via fe80::9 dev br0 "*"nexthop via fe80::5 dev v9 "* ||
		$output = *"nexthop via fe80::5 dev v9 "*"nexthop via fe80::9 dev br0 "* ]]
}

@test "an IPv6 address of a port, but not one that the kernel made" {
	[ -e /proc/sys/net/ipv6 ] || skip "needs IPv6"
	sane_bridge
	echo 0 > /proc/sys/net/ipv6/conf/v0/disable_ipv6
	echo 0 > /proc/sys/net/ipv6/conf/br0/disable_ipv6
	ip -batch - <<-END
	link set br0 address 02:00:00:00:00:b0
	address add fe80::5/64 dev v0 nodad
	END
	silent
	ip address add 2001:db8::1/64 dev v0 nodad
	finds_and_mends 1 'warning port-has-address: bridge "br0": port "v0" has the'\
' address 2001:db8::1/64
	the bridge takes the answers, so the host does not get them through the port
	$ ip address del 2001:db8::1/64 dev v0
	$ ip address add 2001:db8::1/64 dev br0'
}

@test "empty-bridge: the only device that is free is named" {
	pair nic far
	ip netns add away
	ip -batch - <<-END
	link set far netns away
	link add br0 address 02:00:00:00:00:b0 type bridge
	address add 10.0.0.1/24 dev br0
	link set br0 up
	link set nic up
	END
	silent
	ip route add default via 10.0.0.9
	finds 1 'error empty-bridge: bridge "br0" has the default route, but no port
	the host reaches no network; often the network card has got another name
	$ brctl addif br0 nic'
	ip -n away link set far up
	leaves 0 nic br0
	mends
	poll 10 port_forwards nic
	silent
	leaves 1 nic br0
	ip netns del away
}

@test "mac-floats: a remark, but a warning with an uplink" {
	sane_bridge
	ip address add 10.0.0.1/24 dev br0
	ip link set v0 nomaster
	is br0/address 02:00:00:00:00:21
	ip link set v0 master br0
	finds 0 'remark mac-floats: bridge "br0" has the MAC address of port "v0",'\
' which is that of a guest
	when the guest stops, the address changes, and the host is unreachable for minutes
	$ brctl link br0 address 02:00:00:00:00:20'
	uplink
	finds_and_mends 1 'warning mac-floats: bridge "br0" has the MAC address of'\
' port "v0", which is that of a guest
	when the guest stops, the address changes, and the host is unreachable for minutes
	$ brctl link br0 address 02:00:00:00:00:20'
	ip link set v0 nomaster
	is br0/address 02:00:00:00:00:20
}

@test "mac-floats cannot look without /sys" {
	sane_bridge
	ip address add 10.0.0.1/24 dev br0
	mount -t tmpfs tmpfs /sys
	gives 0 "" "brctl: not checked: mac-floats: /sys does not show the devices of\
 this network namespace" check
	umount /sys
}
