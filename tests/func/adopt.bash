# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# A host with one NIC, eth0, whose peer is in the namespace "peer"; and
# functions that print the IP configuration of the kernel.

tools=$VB_BUILD/tests/tools
[ ! -x "$tools/.libs/session" ] || tools=$tools/.libs

# host: creates eth0 with addresses, labels, routes, neighbours, nexthops and
# rules of each kind.
host()
{
	ip link set lo up
	ip netns add peer
	ip link add eth0 type veth peer name far netns peer
	ip -n peer link set far up
	ip -n peer address add 10.0.0.254/24 dev far
	ip -n peer address add fd00::254/64 dev far nodad
	echo 0 > /proc/sys/net/ipv6/conf/eth0/accept_dad
	ip link set eth0 up
	poll 5 has_link_local
	ip -batch - <<-'END'
	address add 10.0.0.1/24 dev eth0 brd +
	address add 10.0.0.2/24 dev eth0 label eth0:x
	address add 192.168.7.1/30 dev eth0 noprefixroute
	address add 10.5.5.5 peer 10.5.5.6/32 dev eth0
	address add fd00::1/64 dev eth0 nodad
	address add fd00::2/64 dev eth0 nodad
	address add fd01::2/64 dev eth0 nodad valid_lft 2000 preferred_lft 1000
	route add default via 10.0.0.254
	route add 172.16.0.0/12 via 10.0.0.254 src 10.0.0.2 metric 50
	route add 192.168.7.0/30 dev eth0 proto kernel scope link src 192.168.7.1 metric 100
	route add 10.77.0.0/16 via 10.0.0.254 table 77
	route add 10.78.0.0/16 nexthop via 10.0.0.253 dev eth0 nexthop via 10.0.0.252 dev eth0
	route add 10.79.0.0/16 via inet6 fe80::1 dev eth0
	route add fd77::/64 via fd00::254 expires 600
	route add fd78::/64 via fe80::1 dev eth0 table 78
	nexthop add id 10 via 10.0.0.254 dev eth0
	nexthop add id 11 via fd00::254 dev eth0
	nexthop add id 12 via 10.0.0.253 dev eth0
	nexthop add id 20 group 10/12
	route add 10.88.0.0/16 nhid 10
	route add 10.89.0.0/16 nhid 20
	rule add pref 100 iif eth0 lookup 77
	rule add pref 101 from 10.0.0.2 lookup 77
	neighbour add 10.0.0.50 lladdr 02:00:00:00:00:50 dev eth0 nud permanent
	neighbour add proxy 10.0.0.60 dev eth0
	neighbour add fd00::50 lladdr 02:00:00:00:00:51 dev eth0 nud permanent
	END
	ip -6 route add default via fd00::254
	ip -6 route add fd88::/64 nhid 11
	ip -6 rule add pref 100 oif eth0 lookup 78
	echo 1 > /proc/sys/net/ipv4/conf/eth0/arp_notify
	echo 7 > /proc/sys/net/ipv6/conf/eth0/hop_limit
}

# Deletes the rules, too: the kernel keeps them when the device is deleted.
teardown()
{
	local family

	for family in -4 -6; do
		while ip $family rule del pref 100 2> /dev/null ||
				ip $family rule del pref 101 2> /dev/null; do
			:
		done
	done
	rm -rf /run/network
	clean_environment
}

has_link_local()
{
	ip -6 address show dev eth0 | grep -q 'inet6 fe80'
}

settled_addresses()
{
	! ip -6 address | grep -q tentative
}

# ip_state: prints one line for each device with its addresses in order, and
# for each route, rule, nexthop, proxy and permanent neighbour. Lifetimes are
# left out.
ip_state()
{
	local family

	{
		ip -j address
		for family in -4 -6; do
			ip $family -j route show table all
			ip $family -j rule
			ip $family -j neighbour show nud permanent
			ip $family -j neighbour show proxy
		done
		ip -j nexthop
	} | jq -Sc '[.[] | walk(if type == "object" then
		if .valid_life_time and .valid_life_time < 4294967295
		then .valid_life_time = 1 | .preferred_life_time = 1 else . end
		| del(.expires, .ifindex, .flags, .operstate) else . end)]
		| sort | .[]'
	grep -sH . /proc/sys/net/ipv6/conf/eth0/{addr_gen_mode,accept_ra}
}

# moved_state FROM TO: prints the IP state of the device FROM, with the name
# replaced with TO.
moved_state()
{
	ip_state | grep "\"$1[\":]" | grep -v '"ifname"' |
		sed "s/\"$1\([\":]\)/\"$2\1/g" | grep -v '"type":"multicast"'
}

same_state()
{
	[ "$1" = "$2" ] && return 0
	diff <(echo "$1") <(echo "$2")
	return 1
}
