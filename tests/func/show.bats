#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# show: header, rows and order.
#
# environment: ns

load ../common.bash
load exact.bash

@test "without a bridge nothing is printed, also no header" {
	pair v0 w0
	works show
}

@test "the header has seven words in four columns, and the rows match" {
	pair v0 w0 02:00:00:00:00:10
	pair v1 w1 02:00:00:00:00:11
	ip link add br1 type bridge stp_state 1
	ip link add br0 type bridge
	brctl addif br0 v1 v0
	gives 0 "$HEADER
br0		8000.020000000010	no		v0
							v1
br1		8000.000000000000	yes		" "" show
	[ "$(brctl show | head -n 1 | wc -w)" -eq 7 ]
}

@test "names are sorted by their bytes" {
	local name

	for name in br2 br10 br1 BR0; do
		ip link add "$name" type bridge
	done
	[ "$(brctl show | tail -n +2 | cut -f 1 | tr '\n' ' ')" = \
		"BR0 br1 br10 br2 " ]
}

@test "named bridges are shown in the given order, also repeatedly" {
	ip link add br0 type bridge
	ip link add br1 type bridge
	gives 0 "$HEADER
br1		8000.000000000000	no		
br0		8000.000000000000	no		
br1		8000.000000000000	no		" "" show br1 br0 br1
}

@test "missing bridges are reported, and the others are shown" {
	ip link add br0 type bridge
	gives 1 "$HEADER
br0		8000.000000000000	no		" "bridge nope does not exist!
device lo is not a bridge!" show nope br0 lo
	refuses "bridge nope does not exist!" show nope
	refuses "bridge  does not exist!" show ""
}

@test "the priority is before the MAC address, in hexadecimal" {
	ip link add br0 type bridge priority 10
	gives 0 "$HEADER
br0		000a.000000000000	no		" "" show br0
}

# The first datagram of a dump may be as small as one page.
@test "a bridge with many long alternative names is shown, and the next one" {
	needs json
	local i long=alternative

	for i in 1 2 3; do
		long+=_$long
	done
	ip link add br0 type bridge
	ip link add br1 type bridge
	for i in {10..49}; do
		ip link property add dev br0 altname "$i$long"
	done
	gives 0 "$HEADER
br0		8000.000000000000	no		
br1		8000.000000000000	no		" "" show
	run -0 brctl -j show
	[ "$(jq -c '[.[].bridge]' <<< "$output")" = '["br0","br1"]' ]
}
