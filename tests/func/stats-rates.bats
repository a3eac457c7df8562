#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# stats --interval: rates, while devices come and go.
#
# environment: ns

load ../common.bash
load exact.bash

# rates WORD...: runs stats in the background.
rates()
{
	"$BRCTL" stats --interval=1 "$@" > "$BATS_TEST_TMPDIR/rates" \
		2> "$BATS_TEST_TMPDIR/said" 3>&- &
	pid=$!
	child_pids+=("$pid")
}

# told PATTERN: waits for a line that matches.
told()
{
	poll 10 grep -qE "$1" "$BATS_TEST_TMPDIR/rates" ||
		{ cat "$BATS_TEST_TMPDIR"/{rates,said}; return 1; }
}

ends_with()
{
	poll 5 eval '! kill -0 "$pid" 2> /dev/null'
	run -1 wait "$pid"
	[ "$(< "$BATS_TEST_TMPDIR/said")" = "$1" ]
}

@test "an interval is a number of seconds from 1 to 86400" {
	local word

	ip link add br0 type bridge
	for word in 0 -1 1.5 86401 18446744073709551616 x "" 1s; do
		gives 1 "" "brctl: \"$word\" is not an interval: it takes seconds, from 1 to 86400" \
			stats "--interval=$word" br0
	done
	[ "$(brctl batch <<< "stats --interval 1" 2>&1)" != "" ]
	run -1 brctl batch <<< "stats --interval=1 br0"
}

@test "rates are per second; a port that comes has some later" {
	no_ipv6
	veth v0 w0
	veth v1 w1
	ip link add br0 up type bridge mcast_snooping 0
	ip link set v0 master br0
	forwarding v0
	rates br0
	told $'^br0\tv0\t'
	poll 10 eval 'frame send -n 20 w0;
		grep -qE "^br0	v0	[1-9][0-9]*\.[0-9]{2}	[1-9]" \
			"$BATS_TEST_TMPDIR/rates"'
	ip link set v1 master br0
	told $'^br0\tv1\t0\.00'
	ip link del v1
	kill "$pid"
	[ ! -s "$BATS_TEST_TMPDIR/said" ]
}

# Right after a table, so that the next one compares the new port with the old one.
make_again()
{
	local lines

	frame send -n 9 w0
	lines=$(wc -l < "$BATS_TEST_TMPDIR/rates")
	poll 5 eval '[ "$(wc -l < "$BATS_TEST_TMPDIR/rates")" -gt "$lines" ]'
	ip -batch - <<-'END'
		link del v0
		link add v0 index 4711 up type veth peer name w0
		link set w0 up
		link set v0 master br0
	END
	forwarding v0
	poll 2 grep -q $'^br0\tv0\t-\t-\t' "$BATS_TEST_TMPDIR/rates"
}

@test "a counter that starts again has no rate" {
	no_ipv6
	ip link add v0 index 4711 up type veth peer name w0
	ip link set w0 up
	ip link add br0 up type bridge mcast_snooping 0
	ip link set v0 master br0
	forwarding v0
	rates
	told $'^br0\tv0\t'
	poll 20 make_again
}

@test "JSON has a line for each device, without rates that are not known" {
	needs json
	needs_jq
	ip link add br0 up type bridge
	ip link add br1 type bridge
	rates -j
	told '"bridge":"br1"'
	kill "$pid"
	[ "$(jq -c '[.bridge, (.seconds >= 1), .device.rx_bytes]' \
		"$BATS_TEST_TMPDIR/rates" | head -n 2)" = '["br0",true,0]
["br1",true,0]' ] || { cat "$BATS_TEST_TMPDIR/rates"; false; }
}

@test "a bridge that was named and goes is an error" {
	ip link add br0 type bridge
	rates br0
	told $'^br0\tbr0\t'
	ip link del br0
	ends_with 'brctl: cannot read the statistics of bridge "br0": No such device'
}

@test "stats ends when nobody reads it any more" {
	ip link add br0 type bridge
	timeout 10 "$BRCTL" stats --interval=1 | head -n 1
}
