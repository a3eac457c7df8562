#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# Tests the test environment, its clean-up, and the tool that sends and
# captures frames.
#
# environment: ns

load ../common.bash

devices()
{
	ip -o link show | wc -l
}

@test "a new environment has only the device lo, which is up" {
	[ "$(devices)" -eq 1 ]
	ip -o link show dev lo up | grep -q LOOPBACK
}

@test "sysfs shows the devices of the environment" {
	needs sysfs veth
	veth here there
	[ -e /sys/class/net/here ]
	[ -e /sys/class/net/there ]
}

@test "the clean-up deletes all devices and guests" {
	needs bridge veth
	ip link add br0 type bridge
	ip link add 'odd#name' type bridge
	guest vm0 vnet0
	ip link set br0 up
	clean_environment
	[ "$(devices)" -eq 1 ]
	[ -z "$(ls /run/netns)" ]
}

@test "poll fails after the time limit" {
	run -1 poll 0 false
	[[ $output = *"still not after the deadline"* ]]
}

@test "a frame arrives unchanged" {
	needs veth
	no_ipv6
	veth a b
	run --separate-stderr -0 frame capture -t 0x88b5 -n 1 b -- \
		"$FRAME" send -s 02:00:00:00:00:01 -d 02:00:00:00:00:02 a
	[ "$output" = "b in 02:00:00:00:00:01 > 02:00:00:00:00:02\
 type 0x88b5 len 60" ]
}

@test "a VLAN tag is shown with id, priority and protocol" {
	needs veth
	no_ipv6
	veth a b
	run --separate-stderr -0 frame capture -t 0x88b5 -n 1 b -- \
		"$FRAME" send -v 100.5@0x88a8 -v 7 a
	[[ $output = *" vlan 100 prio 5 tpid 0x88a8 vlan 7 type 0x88b5 "* ]]
}

@test "filters exclude other frames" {
	needs veth
	no_ipv6
	veth a b
	send="$FRAME send -v 5 -p five a; $FRAME send -p none a"
	run --separate-stderr -0 frame capture -c -v 5 b -- sh -c "$send"
	[ "$output" = "b 1" ]
	run --separate-stderr -0 frame capture -c -v none -t 0x88b5 b -- \
		sh -c "$send"
	[ "$output" = "b 1" ]
	run --separate-stderr -0 frame capture -c -p five b -- sh -c "$send"
	[ "$output" = "b 1" ]
	run --separate-stderr -0 frame capture -c -i out -t 0x88b5 b -- \
		sh -c "$send"
	[ "$output" = "b 0" ]
}

@test "a capture fails with too few frames, or if its command fails" {
	needs veth
	no_ipv6
	veth a b
	run --separate-stderr -1 frame capture -t 0x88b5 -n 2 b -- \
		"$FRAME" send a
	run --separate-stderr -9 frame capture b -- sh -c 'exit 9'
}

@test "two connected tap devices forward frames" {
	needs tap
	no_ipv6
	tap_guest vm tap0 52:54:00:00:00:01
	run --separate-stderr -0 frame capture -t 0x88b5 -n 1 tap0 -- \
		ip netns exec vm "$FRAME" send -p x eth0
	[[ $output = "tap0 in 52:54:00:00:00:01 > ff:ff:ff:ff:ff:ff "* ]]
}

@test "enter passes on arguments, exit status and working directory" {
	run -7 "$tests_dir/kernel/enter" -w ns -- \
		sh -c 'echo "$1 $VB_ENVIRONMENT $PWD"; exit 7' sh 'a  b'
	[ "$output" = "a  b $VB_ENVIRONMENT $PWD" ]
}

@test "enter ends a command after the time limit" {
	run -124 "$tests_dir/kernel/enter" -w ns -t 1 -- sleep 600
	[[ $output = *"stopped after 1 seconds"* ]]
}

# A lock is held until the last process with the open file exits.
@test "enter kills processes that its command left running" {
	run -0 "$tests_dir/kernel/enter" -w ns -- \
		sh -c 'flock 9; sleep 600 > /dev/null 2>&1 & echo started' \
		9> /run/lock
	[ "$output" = started ]
	flock -n /run/lock true
}
