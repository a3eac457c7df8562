#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Connections over the NIC survive adopt and release. Runs both 20 times, or
# VB_ADOPT_ROUNDS times.
#
# environment: ns

load ../common.bash
load adopt.bash

# On a busy machine, a datagram may be lost while no process runs.
LOST_MOST=1

setup()
{
	needs_jq
	host
	ip netns exec peer "$tools/session" serve 7777 \
		> "$BATS_TEST_TMPDIR/served" 3>&- &
	child_pids+=($!)
	poll 5 grep -q ready "$BATS_TEST_TMPDIR/served"
}

# round VERB: runs the command during a session, prints a row of results, and
# adds to $lost (datagrams) and $many (moves that lost too many).
round()
{
	local row numbers

	row=$("$tools/session" run 7777 10.0.0.254 fd00::254 \
		"$BRCTL" "$1" br0 eth0)
	read -ra numbers <<< "$row"
	printf '# %-8s%6s%7s%7s%7s%7s%7s%7s%7s\n' "$1" "${numbers[@]:1}" >&3
	[ "${numbers[0]}" -eq 0 ]
	[ "${numbers[8]}" -eq 0 ]
	# A segment that waits for a neighbour on the old device waits 3 s.
	[ "${numbers[6]}" -lt 2500 ]
	[ "${numbers[7]}" -lt 2500 ]
	lost=$((lost + numbers[2] + numbers[3]))
	[ $((numbers[2] > LOST_MOST || numbers[3] > LOST_MOST)) -eq 0 ] ||
		many=$((many + 1))
}

@test "TCP and a datagram each millisecond, with IPv4 and IPv6" {
	local i before lost=0 many=0 rounds=${VB_ADOPT_ROUNDS:-20}

	before=$(ip_state)
	printf '# %-8s%6s%7s%7s%7s%7s%7s%7s%7s\n' "" sent lost4 lost6 gap4 \
		gap6 stall4 stall6 broken >&3
	for ((i = 0; i < rounds; i++)); do
		round adopt
		round release
	done
	echo "# lost in $((2 * rounds)) moves: $lost" >&3
	same_state "$before" "$(ip_state)"
	# On a busy machine, some moves lose more datagrams.
	[ "$many" -le $((1 + rounds / 10)) ]
}
