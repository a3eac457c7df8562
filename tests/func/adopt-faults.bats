#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# adopt and release: if a step fails, everything is restored.
#
# environment: ns

load ../common.bash
load adopt.bash

setup()
{
	needs_jq
	host
}

@test "the IP state is saved to a file, and missing parts are restored" {
	local before file=$BATS_TEST_TMPDIR/saved

	before=$(ip_state)
	"$tools/ip-state" save eth0 > "$file"
	ip address add 10.99.0.1/24 dev eth0
	"$tools/ip-state" put eth0 < "$file"
	ip address del 10.99.0.1/24 dev eth0
	same_state "$before" "$(ip_state)"
	ip nexthop flush
	ip address flush dev eth0
	ip neighbour flush dev eth0 nud permanent
	ip neighbour del proxy 10.0.0.60 dev eth0 2> /dev/null || :
	ip rule del pref 100
	ip -6 rule del pref 100
	ip address add 10.99.0.1/24 dev eth0
	"$tools/ip-state" put eth0 < "$file"
	ip -j address show dev eth0 | grep -q 10.99.0.1
	ip address del 10.99.0.1/24 dev eth0
	"$tools/ip-state" put eth0 < "$file"
	same_state "$before" "$(ip_state)"
	head -c 100 "$file" > "$file.short"
	run "$tools/ip-state" put eth0 < "$file.short"
	[ "$status" -eq 1 ]
	[[ $output = -74:* ]]
	same_state "$before" "$(ip_state)"
}

# fails_at_each VERB HOW [LEAST]: runs VERB again and again. Each run fails
# VB_FAULT_STEP steps later than the run before, until no step fails. Checks that
# the state is restored after each failure.
fails_at_each()
{
	local verb=$1 how=$2 least=${3:-30} before step=1 error

	before=$(ip_state)
	until error=$("$tools/move-faults" "$verb" br0 eth0 "$how" "$step"); do
		echo "$verb, $how $step: $error"
		# If the first step fails, there is nothing to undo.
		[ "$step" -eq 1 ] ||
			[[ $error = *"; everything is as before" ]]
		same_state "$before" "$(ip_state)"
		step=$((step + ${VB_FAULT_STEP:-1}))
		[ "$step" -lt 200 ]
	done
	echo "# $verb, $how: $((step - 1)) steps" >&3
	[ "$step" -gt "$least" ]
}

@test "the kernel refuses one step" {
	fails_at_each adopt refuse
	fails_at_each release refuse
}

@test "the kernel refuses a step and all later ones" {
	fails_at_each adopt rest
	fails_at_each release rest
}

@test "the reply to a step is lost" {
	fails_at_each adopt lose
	fails_at_each release lose
}

@test "steps fail while the bridge already has a port and addresses" {
	ip link add br0 type bridge forward_delay 0
	ip link set br0 up
	veth v0 w0
	brctl addif br0 v0
	ip address add 10.200.0.1/24 dev br0
	ip address add 10.200.0.2/24 dev br0
	ip route add 10.201.0.0/16 via 10.200.0.9
	forwarding v0
	poll 5 settled_addresses
	fails_at_each adopt rest
}

# Without the counters of the kernel.
options()
{
	"$BRCTL" getport br0 eth0 |
		grep -E '^(path_cost|priority|learning|hairpin|mcast_flood)'
	bridge fdb show br br0 brport eth0 | grep static | sort
	bridge mdb show dev br0 | grep permanent | sed 's/^[0-9]*: //' | sort
}

@test "steps that fail: a port keeps its options and entries" {
	local before step=1 error

	"$BRCTL" adopt br0 eth0
	"$BRCTL" setport br0 eth0 path_cost=77 priority=9 learning=off \
		hairpin_mode=on mcast_flood=off
	brctl addmac br0 eth0 02:00:00:00:00:07 static
	brctl addmac br0 eth0 02:00:00:00:00:08 static sticky
	brctl set br0 multicast_igmp_version=3
	brctl addgroup br0 eth0 239.1.1.1
	brctl addgroup br0 eth0 239.1.1.2 source 10.0.0.9
	# Since Linux 6.2.
	brctl addgroup br0 eth0 239.1.1.3 filter exclude sources 10.0.0.8 || :
	before=$(options)
	until error=$("$tools/move-faults" release br0 eth0 rest "$step"); do
		echo "step $step: $error"
		same_state "$before" "$(options)"
		step=$((step + 1))
		[ "$step" -lt 200 ]
	done
	[ "$step" -gt 30 ]
}

@test "steps that fail: a port that was disabled stays so" {
	local step

	"$BRCTL" adopt br0 eth0
	"$BRCTL" setport br0 eth0 state=disabled
	for step in 20 30 35; do
		run ! "$tools/move-faults" release br0 eth0 rest "$step"
		[[ $output = *"; everything is as before" ]]
		[ "$("$BRCTL" getport br0 eth0 state)" = state=disabled ]
	done
}

@test "a failed undo is reported" {
	run "$tools/move-faults" adopt br0 eth0 always 20
	[ "$status" -eq 1 ]
	[ "$output" = 'cannot adopt "eth0" into bridge "br0": No buffer space'\
' available; it could not be undone completely: cannot adopt "eth0" into bridge'\
' "br0": No buffer space available' ]
}

@test "a list of devices that begins again: each note is given once" {
	local step=1 output

	ip link add br0 type bridge
	for i in 1 2 3 4 5 6 7 8; do
		ip link add "v$i" type veth peer name "w$i"
		brctl addif br0 "v$i"
	done
	brctl addif br0 eth0
	until output=$("$tools/move-faults" release br0 eth0 again "$step") ||
			[ "$step" -gt 40 ]; do
		echo "datagram $step: $output"
		[ "$(grep -c 'is cut off from' <<< "$output")" -eq 8 ]
		[[ $output = *"it would break something, and was not forced" ]]
		step=$((step + 1))
	done
	[ "$step" -gt 20 ]
	ip link del br0
}
