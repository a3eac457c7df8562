#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# check: rules about the FDB and multicast groups. The tests also check that
# frames do not arrive while the fault exists.
#
# environment: ns

load ../common.bash
load check.bash

MAC=02:00:00:00:00:77

@test "stale-entry: the port of a static entry has no carrier" {
	sane_bridge
	works addmac br0 v1 $MAC static
	silent
	pair v2 w2
	ip -batch - <<-END
	link set v2 up
	link set w2 up
	link set v2 master br0
	link set v1 down
	END
	poll 10 port_forwards v2
	poll 10 is v1/brport/state 0
	# The station has moved to w2, and has not sent a frame yet.
	arrives 0 w2 -d $MAC w0
	finds 1 'warning port-down: bridge "br0": port "v1" is down
	no frame passes through this port
	$ brctl link v1 up
remark stale-entry: bridge "br0": the static entry of 02:00:00:00:00:77 is for'\
' port "v1", which does not forward
	frames to this address are dropped, wherever it is now
	$ brctl delmac br0 v1 02:00:00:00:00:77'
	sed -i /port-down/,+2d "$BATS_TEST_TMPDIR/found"
	mends
	finds 1 'warning port-down: bridge "br0": port "v1" is down
	no frame passes through this port
	$ brctl link v1 up'
	arrives 1 w2 -d $MAC w0
}

@test "stale-entry: the port has left the VLAN of a static entry" {
	needs vlan_filtering
	filters
	works addvlan br0 v0,v1 10
	bridge fdb add $MAC dev v1 master static vlan 10
	silent
	works delvlan br0 v1 10
	pair v2 w2
	ip -batch - <<-END
	link set v2 up
	link set w2 up
	link set v2 master br0
	END
	poll 10 port_forwards v2
	works addvlan br0 v2 10
	arrives 0 w2 -d $MAC -v 10 w0
	finds_and_mends 1 'warning stale-entry: bridge "br0": the static entry of'\
' 02:00:00:00:00:77 in VLAN 10 is for port "v1", which is not in this VLAN
	frames to this address in this VLAN are dropped
	$ brctl flush br0 port v1 vlan 10 static'
	arrives 1 w2 -d $MAC -v 10 w0
}

moves_are_found()
{
	quiet check || :
	grep -q "^error mac-moves: " "$BATS_TEST_TMPDIR/out"
}

# A frame circulates in a loop until the loop is removed.
@test "mac-moves: an address in a loop" {
	sane_bridge
	pair x0 x1
	ip -batch - <<-END
	link set x0 up
	link set x1 up
	link set x0 master br0
	link set x1 master br0
	END
	poll 10 port_forwards x1
	# One frame goes round.
	frame send -s $MAC w0
	poll 5 goes_round x0
	poll 10 moves_are_found
	grep -qE '^error mac-moves: bridge "br0": the address 02:00:00:00:00:77 moves'\
' between the ports "(x0" and "x1|x1" and "x0)" all the time$' "$BATS_TEST_TMPDIR/out"
	cp "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/found"
	mends
	poll 10 silent
	arrives 1 w1 -s $MAC w0
	# An address that moves only once is not reported.
	frame send -s $MAC w1
	silent
}

# member: creates br0 with the guests vm0 and vm1.
member()
{
	local guest

	ip link add br0 address 02:00:00:00:00:b0 type bridge
	guest vm0 vnet0 52:54:00:40:ba:3b 10.0.0.2/24
	guest vm1 vnet1 52:54:00:40:ba:3c 10.0.0.3/24
	ip -batch - <<-END
	link set vnet0 master br0
	link set vnet1 master br0
	link set br0 up
	END
	for guest in vm0 vm1; do
		ip -n "$guest" route add 224.0.0.0/4 dev eth0
	done
	forwarding vnet0 vnet1
}

# hears COUNT: vm0 sends a packet to the group; checks how many frames vm1
# gets.
hears()
{
	run -0 --separate-stderr frame capture -c -i out -q 100 \
		-d 01:00:5e:01:01:01 vnet1 -- \
		ip netns exec vm0 bash -c 'echo > /dev/udp/239.1.1.1/9'
	[ "$output" = "vnet1 $1" ]
}

@test "no-querier: a member of a group behind a port without flooding" {
	member
	works addgroup br0 vnet1 239.1.1.1
	quiet get br0 mcast_vlan_snooping || skip "needs Linux 5.15"
	hears 1
	silent
	works setport br0 vnet1 multicast_flood=off
	hears 0
	works set br0 multicast_query_response_interval=0.5
	finds_and_mends 1 'warning no-querier: bridge "br0": port "vnet1" is in group'\
' 239.1.1.1, and gets nothing of it
	while no querier is known, groups are ignored, and multicast_flood of this port is off
	$ brctl set br0 multicast_querier=on'
	poll 10 hears 1
	works delgroup br0 vnet1 239.1.1.1
	works set br0 multicast_querier=off
	silent
	"$BRCTL" addgroup br0 vnet1 ff05::1:3 2> /dev/null || return 0
	finds_and_mends 1 'warning no-querier: bridge "br0": port "vnet1" is in group'\
' ff05::1:3, and gets nothing of it
	while no querier is known, groups are ignored, and multicast_flood of this port is off
	$ brctl setport br0 vnet1 multicast_flood=on'
	works setport br0 vnet1 multicast_flood=off
	works set br0 multicast_snooping=off
	silent
}

# joins: vm1 sends a report that it is in the group.
joins()
{
	ip -n vm1 address flush dev eth0 to 239.1.1.1
	ip -n vm1 address add 239.1.1.1/32 dev eth0 autojoin
}

@test "groups-expire: members expire before the next query" {
	member
	works set br0 multicast_query_response_interval=0.5
	works set br0 multicast_membership_interval=1
	works set br0 multicast_querier=on
	joins
	poll 10 hears 0
	works set br0 multicast_membership_interval=300
	silent
	works set br0 multicast_membership_interval=100
	finds_and_mends 1 'warning groups-expire: bridge "br0" forgets members of groups'\
' after 100 s, and asks for them every 125 s
	in between, multicast of these groups reaches nobody
	$ brctl set br0 multicast_membership_interval=251'
	joins
	poll 10 hears 1
	# It is still a member when the querier asks again, 125 seconds later.
	bridge -s mdb show dev br0 | grep -E 'grp 239.1.1.1 .* (1[3-9]|2[0-9])[0-9]\.'
}
