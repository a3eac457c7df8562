#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# mstpd, which runs a spanning tree outside the kernel, with our bridges. The
# kernel gives BPDUs to a program only in the first network namespace. So mstpd
# receives none here, but it sets port states. oracle/callers has its requests.
#
#	  w0      w1
#	  |       |
#	  v0      v1
#	  +- br0 -+

load ../common.bash

setup()
{
	needs bridge veth sysfs
	no_ipv6
	ip link add dev v0 type veth peer name w0
	ip link add dev v1 type veth peer name w1
	for device in w0 w1 v0 v1; do
		ip link set dev $device up
	done
	brctl addbridge br0 up
	brctl addport br0 v0,v1
	mstpd -d > "$BATS_TEST_TMPDIR/mstpd" 2>&1 3>&- &
	child_pids+=("$!")
	poll 10 mstpctl addbridge br0
	# Neither port may take itself for one without bridges.
	mstpctl setmaxage br0 6
	mstpctl setfdelay br0 4
	mstpctl setportautoedge br0 v0 no
	mstpctl setportautoedge br0 v1 no
}

# is_in STATE: whether br0's port v0 has this state.
is_in()
{
	[ "$(brctl getport br0 v0 state)" = "state=$1" ]
}

# The kernel, whose own STP is off, lets a port that comes up forward at once.
# mstpd then makes it wait in each state.
@test "port states that mstpd sets are shown, and its MSTIs are its own" {
	ip link set dev v0 down
	poll 10 is_in disabled
	ip link set dev v0 up
	poll 20 is_in learning
	poll 20 is_in forwarding
	mstpctl createtree br0 5
	run -0 brctl showmst br0
	[ -z "$output" ]
}
