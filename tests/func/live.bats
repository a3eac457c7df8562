#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# trace --live: real frames, hook by hook. oracle/live compares random ones with
# the prediction and with captures.

load ../common.bash
load exact.bash
load forwarding.bash

A=02:00:00:00:00:0a
B=02:00:00:00:00:0b
TAB=$'\t'

setup()
{
	forwarding_bridge va vb vc
}

# follows WORD...: runs trace --live, and sets $hooks to its first two columns.
follows()
{
	brctl trace --live "$@" > "$BATS_TEST_TMPDIR/out" \
		2> "$BATS_TEST_TMPDIR/err" || {
			cat "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/err"
			return 1
		}
	awk -F "$TAB" '$3 == "live" { print $1, $2 }' "$BATS_TEST_TMPDIR/out" \
		> "$BATS_TEST_TMPDIR/hooks"
}

@test "a frame that is sent goes where the prediction says" {
	follows --send br0 in va src $A dst $B
	for hook in "frame va" "received va" "prerouting va" "postrouting vb" \
			"postrouting vc"; do
		grep -qx "$hook" "$BATS_TEST_TMPDIR/hooks"
	done
	tail -1 "$BATS_TEST_TMPDIR/out" | grep -q "^result${TAB}br0${TAB}agrees"
	follows --send br0 in va dst "$(mac_of br0)"
	grep -qx "input br0" "$BATS_TEST_TMPDIR/hooks"
	follows --send br0 in host dst ff:ff:ff:ff:ff:ff
	[ "$(grep -c ^postrouting "$BATS_TEST_TMPDIR/hooks")" -eq 3 ]
}

@test "frames of others, and the rest is counted" {
	local i

	"$BRCTL" trace --live --count 2 br0 in va src $A dst $B \
		> "$BATS_TEST_TMPDIR/out" 2> "$BATS_TEST_TMPDIR/err" &
	for i in {1..200}; do
		"$FRAME" send -s $A -d $B -p "$i" far-va
		kill -0 $! 2> /dev/null || break
	done
	wait $!
	[ "$(grep -c "^frame${TAB}" "$BATS_TEST_TMPDIR/out")" -eq 2 ]
}

has_tables()
{
	[[ $(python3 "$BATS_TEST_DIRNAME/nft-tables.py") = *vbridge* ]]
}

# shellcheck disable=SC2317
has_none()
{
	! has_tables
}

@test "nothing is left, even after SIGKILL" {
	"$BRCTL" trace --live --wait 60 br0 in va > /dev/null &
	poll 5 has_tables
	kill -KILL $!
	wait $! || true
	poll 5 has_none
}

@test "it needs CAP_NET_ADMIN, and says so" {
	powerless 'brctl: cannot follow frames through bridge "br0": this needs CAP_NET_ADMIN' \
		trace --live br0 in va
}

# refuses MESSAGE WORD...
refuses()
{
	local want=$1

	shift
	if brctl trace "$@" > /dev/null 2> "$BATS_TEST_TMPDIR/err"; then
		return 1
	fi
	same_text stderr "brctl: $want" "$BATS_TEST_TMPDIR/err" "trace $*"
}

@test "what cannot be" {
	local cannot='cannot send a frame through bridge "br0": '

	ip link add br1 type bridge
	ip link set br1 up
	refuses 'cannot follow frames through bridge "br0": no frame matched in this time' \
		--live --wait 0 br0 in va
	refuses "--send is only for trace --live" --send br0 in va dst $B
	refuses "${cannot}the frame has no destination" --live --send br0 in va
	refuses "${cannot}a frame for a group needs a sender of the group's packets" \
		--live --send br0 in va dst 01:00:5e:01:01:01 group 239.1.1.1
	refuses '"0" is not a number of frames: it takes 1 to 1000000' \
		--live --count 0 br0 in va
}

@test "the port's other end is elsewhere" {
	needs tap
	ip tuntap add dev t0 mode tap
	ip link set t0 master br0 up
	refuses 'cannot send a frame through bridge "br0": a frame can come in only where the other end of the port is: send it there' \
		--live --send br0 in t0 dst $B
}

@test "JSON" {
	brctl trace -j --live --send br0 in va src $A dst $B |
		jq -e '.agrees and (.hooks | map(select(.hook == "postrouting")
			| .device) | sort == ["vb", "vc"])'
}
