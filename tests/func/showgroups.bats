#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# showgroups: multicast groups, routers and queriers.
#
# environment: ns

load ../common.bash
load exact.bash

GROUPS_HEADER=$'bridge\tport\tVLAN\tgroup\tsource\ttimer\tflags'
ROUTERS_HEADER=$'bridge\trouter port\tVLAN\ttype\ttimer'

setup()
{
	no_ipv6
	ip link add br0 type bridge
}

# a_port: adds the port v0; v0 and br0 are up.
a_port()
{
	pair v0 w0
	ip link set v0 master br0 up
	ip link set w0 up
	ip link set br0 up
}

@test "without groups nothing is printed" {
	needs json
	works showgroups
	works showgroups br0
	run -0 brctl -j showgroups
	[[ $output = *'"groups":[],"routers":[],"querier":{}}'* ]]
	ip link del br0
	works showgroups
	gives 0 "[]" "" showgroups -j
}

@test "groups are sorted by type and address" {
	needs json
	a_port
	bridge -batch - <<-END
	mdb add dev br0 port v0 grp ff15::1 permanent
	mdb add dev br0 port v0 grp 239.1.1.10 permanent
	mdb add dev br0 port v0 grp 239.1.1.9 permanent vid 7
	mdb add dev br0 port v0 grp 239.1.1.9 src 10.0.0.1 permanent
	mdb add dev br0 port v0 grp 01:80:ff:00:00:01 permanent
	END
	gives 0 "$GROUPS_HEADER
br0	v0	-	01:80:ff:00:00:01	-	0.00	permanent
br0	v0	-	239.1.1.9	10.0.0.1	0.00	permanent
br0	v0	7	239.1.1.9	-	0.00	permanent
br0	v0	-	239.1.1.10	-	0.00	permanent
br0	v0	-	ff15::1	-	0.00	permanent" "" showgroups
	same mdb br0 5
}

@test "groups of one bridge, and of all" {
	needs json
	a_port
	ip link add br1 type bridge
	pair v1 w1
	ip link set v1 master br1 up
	ip link set w1 up
	ip link set br1 up
	works addgroup br0 v0 239.1.1.1
	works addgroup br1 v1 239.1.1.2
	gives 0 "$GROUPS_HEADER
br1	v1	-	239.1.1.2	-	0.00	permanent" "" showgroups br1
	gives 0 "$GROUPS_HEADER
br0	v0	-	239.1.1.1	-	0.00	permanent
br1	v1	-	239.1.1.2	-	0.00	permanent" "" showgroups
	same mdb br0 1
	same mdb br1 1
}

@test "ports with routers" {
	needs json
	a_port
	works setport br0 v0 multicast_router=2
	gives 0 "$ROUTERS_HEADER
br0	v0	-	2	0.00" "" showgroups br0
	works addgroup br0 v0 239.1.1.1
	gives 0 "$GROUPS_HEADER
br0	v0	-	239.1.1.1	-	0.00	permanent
$ROUTERS_HEADER
br0	v0	-	2	0.00" "" showgroups br0
	same mdb br0 2
	works setport br0 v0 multicast_router=3
	run -0 brctl showgroups br0
	[[ ${lines[3]} == $'br0\tv0\t-\t3\t25'[0-9].[0-9][0-9] ]]
	same mdb br0 2
}

@test "the querier is shown" {
	needs json
	a_port
	works set br0 multicast_querier=on
	run -0 brctl showgroups br0
	[[ $output = "br0 querier_ipv4_address=0.0.0.0"* ]]
	run -0 brctl -j showgroups br0
	[[ $output = *'"querier":{"querier_ipv4_address":"0.0.0.0"'* ]]
	[ "$(brctl get br0 querier_ipv4_address)" = \
		querier_ipv4_address=0.0.0.0 ]
}

@test "the bridge may be given by an alternative name" {
	needs json
	a_port
	ip link property add dev br0 altname lan
	works set br0 multicast_querier=on
	works addgroup br0 v0 239.1.1.1
	run -0 brctl showgroups lan
	[[ $output = *$'\nbr0 querier_ipv4_address=0.0.0.0'* ]]
	run -0 brctl -j showgroups lan
	[[ $output = *'"bridge":"br0"'*'"group":"239.1.1.1"'*'"querier":{"q'* ]]
}

# joined: checks that both reports of the guest have arrived.
joined()
{
	[ "$(bridge mdb show dev br0 | grep -c ' 239.9.9.[89] ')" -eq 3 ]
}

@test "members with sources, from IGMPv3 reports" {
	needs json
	ip link set br0 type bridge mcast_igmp_version 3 mcast_querier 1
	guest vm v0 52:54:00:40:ba:3b 10.0.0.1/24
	ip link set v0 master br0
	ip link set br0 up
	forwarding v0
	in_guest vm "$PYTHON" -I -c 'import signal, socket
member = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
ip = socket.inet_aton
member.setsockopt(0, 39, ip("239.9.9.9") + ip("10.0.0.1") + ip("10.8.8.8"))
member.setsockopt(0, 35, ip("239.9.9.8") + ip("10.0.0.1"))
signal.pause()' 3>&- &
	child_pids+=($!)
	poll 20 joined
	run -0 brctl showgroups br0
	[[ ${lines[1]} = $'br0\tv0\t-\t239.9.9.8\t-\t'*$'\t-' ]]
	[[ ${lines[2]} = \
		$'br0\tv0\t-\t239.9.9.9\t-\t0.00\tinclude\tsources 10.8.8.8/'2* ]]
	[ "${lines[3]}" = \
		$'br0\tv0\t-\t239.9.9.9\t10.8.8.8\t0.00\tinclude' ]
	same mdb br0 3
}

@test "a missing bridge, no bridge, and an extra argument are refused" {
	needs json
	a_port
	refuses "brctl: cannot list the multicast groups of bridge \"nope\":\
 No such device" showgroups nope
	refuses "brctl: cannot list the multicast groups of bridge \"\": No\
 such device" showgroups ""
	refuses "brctl: cannot list the multicast groups of bridge \"v0\": it\
 is not a bridge" showgroups v0
	refuses "brctl: cannot list the multicast groups of bridge \"lo\": it\
 is not a bridge" showgroups -j lo
	one_word_off "showgroups [<bridges>]		show multicast groups,\
 routers and queriers" \
		showgroups br0 v0
}
