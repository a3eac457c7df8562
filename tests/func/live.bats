#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# trace --live: real frames, hook by hook. oracle/live compares random ones with
# the prediction and with captures.

load ../common.bash
load exact.bash
load forwarding.bash
load modules.bash

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

# An IP packet comes in with a tag of 802.1Q, and the bridge puts another before it.
@test "a bridge of 802.1ad puts a tag before the one that a frame has" {
	needs vlan_filtering 8021q
	works set br0 vlan_protocol=802.1ad vlan_filtering=on
	ip link add link far-va name far-va.20 type vlan id 20
	ip address add 10.9.0.1/24 dev far-va.20
	ip link set far-va.20 up
	ip neigh replace 10.9.0.2 lladdr $B dev far-va.20
	"$BRCTL" trace --live --wait 60 br0 in va dst $B \
		> "$BATS_TEST_TMPDIR/out" &
	poll 5 has_tables
	echo x > /dev/udp/10.9.0.2/9
	wait $!
	tail -1 "$BATS_TEST_TMPDIR/out" | grep -q "^result${TAB}br0${TAB}agrees"
}

# The kernel marks at most 1,000 in a second, but counts all.
@test "thousands of frames: as many as asked for are shown, and all are counted" {
	"$BRCTL" trace --live --count 20 br0 in va src $A dst $B \
		> "$BATS_TEST_TMPDIR/out" 2> "$BATS_TEST_TMPDIR/err" &
	poll 5 has_tables
	kill -STOP $!
	"$FRAME" send -n 5000 -s $A -d $B far-va
	kill -CONT $!
	wait $!
	[ "$(grep -c "^frame${TAB}" "$BATS_TEST_TMPDIR/out")" -eq 20 ]
	[ "$(grep -c "^result${TAB}br0${TAB}agrees" "$BATS_TEST_TMPDIR/out")" -eq 20 ]
	grep -qx 'brctl: 5000 frames matched; the first are shown' \
		"$BATS_TEST_TMPDIR/err"
}

@test "the bridge changes, and goes, while frames are awaited" {
	local status=0 i

	"$BRCTL" trace --live --wait 60 --count 100000 br0 in va \
		> "$BATS_TEST_TMPDIR/out" 2> "$BATS_TEST_TMPDIR/err" &
	poll 5 has_tables
	for i in {1..10}; do
		ip link set vb nomaster
		"$FRAME" send -s $A -d $B -n 10 far-va
		ip link set vb master br0
		"$FRAME" send -s $A -d $B -n 10 far-va
	done
	ip link del br0
	"$FRAME" send -s $A -d $B -n 10 far-va
	# It may have ended by itself.
	kill $! 2> /dev/null || true
	wait $! || status=$?
	[ "$status" -eq 143 ] || grep -Eq \
		'^brctl: cannot (list the ports of|read) .*(No such device|no such bridge)$' \
		"$BATS_TEST_TMPDIR/err"
	poll 5 has_none
}

@test "names with special characters are escaped" {
	local port=$'-e\e;$(x)'

	forwarding_bridge_port "$port"
	brctl trace --live --send br0 in va src $A dst $B \
		> "$BATS_TEST_TMPDIR/out"
	run ! grep -q $'\e' "$BATS_TEST_TMPDIR/out"
	grep -Fqx "postrouting$TAB-e\\033;\$(x)${TAB}live${TAB}untagged" \
		"$BATS_TEST_TMPDIR/out"
	brctl trace --live --send -- br0 in "$port" src $A dst $B |
		grep -Fq "frame$TAB-e\\033;\$(x)$TAB"
}

# forwarding_bridge_port PORT: adds a port that forwards.
forwarding_bridge_port()
{
	ip link add "$1" type veth peer name far
	ip link set far up
	ip link set "$1" up master br0
	poll 10 port_forwards "$1"
}

# shellcheck disable=SC2317
port_forwards()
{
	[ "$(cat "/sys/class/net/$1/brport/state")" -eq 3 ]
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

teardown()
{
	modules_do nf_tables || true
	clean_environment
}

@test "without nf_tables: the counters of the ports" {
	needs vlan_filtering
	modules_do -r nf_tables || skip "needs nf_tables as a module"
	gives 0 "ingress-vlan	va	pass	the bridge does not filter VLANs (vlan_filtering)
learning	va	pass	the sender gets an FDB entry
lookup	br0	pass	the FDB does not know the address: the frame goes to all ports
hairpin	va	skip	the frame came in here (hairpin_mode)
egress	vb	out	the frame goes out untagged
egress	vc	out	the frame goes out untagged
counters	br0	live	0 received, 0 sent
counters	va	live	1 received, 0 sent
counters	vb	live	0 received, 1 sent
counters	vc	live	0 received, 1 sent
result	br0	unknown	the counters have all frames, not only this one" \
		"brctl: this kernel cannot follow frames, which needs nf_tables for bridges and Linux 5.12: the counters of the ports are shown instead, which have all frames" \
		trace --live --send br0 in va src $A dst $B
	run -1 brctl trace --live --wait 0 br0 in va
	[ "${lines[1]}" = 'brctl: cannot trace a frame through bridge "br0": the frame has no destination' ]
}

@test "without nf_tables, as JSON" {
	needs vlan_filtering json
	modules_do -r nf_tables || skip "needs nf_tables as a module"
	brctl trace -j --live --send br0 in va src $A dst $B 2> /dev/null |
		jq -e '.agrees == null and
			(.counters | map(select(.tx_packets > 0) | .device))
				== ["vb", "vc"]'
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
