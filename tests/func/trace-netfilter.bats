#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-2.0-or-later
# Copyright (C) 2026 The vbridge authors
# trace: how many rules of netfilter decide about a frame, and where.
#
# environment: ns

load ../common.bash
load exact.bash
load forwarding.bash
load firewall.bash
load modules.bash

A=02:00:00:00:00:0a
B=02:00:00:00:00:0b
TAB=$'\t'

setup()
{
	forwarding_bridge va vb
	call_firewall 0
}

teardown()
{
	modules_do -r ebtable_broute ebtable_filter || true
	no_chains
	call_firewall 1
	clean_environment
}

# call_firewall 0|1: whether br_netfilter calls the rules of the host.
call_firewall()
{
	local file

	for file in /proc/sys/net/bridge/bridge-nf-call-*; do
		[ ! -e "$file" ] || echo "$1" > "$file"
	done
}

# decides LINES WORD...: checks the steps of netfilter, without their beginning.
decides()
{
	local want=$1

	shift
	quiet trace "$@"
	sed -n "s/^netfilter${TAB}br0${TAB}unknown${TAB}netfilter decides here: //p" \
		"$BATS_TEST_TMPDIR/out" > "$BATS_TEST_TMPDIR/steps"
	same_text stdout "$want" "$BATS_TEST_TMPDIR/steps" "trace $*"
}

@test "rules for bridges, at the hooks that the frame passes" {
	decides "" br0 in va src $A dst $B
	chain bridge own prerouting accept va
	chain bridge other forward drop
	chain bridge third input accept vb
	chain bridge fourth output accept vb
	decides "1 rule at the hook prerouting
0 rules at the hook forward, and a policy to drop" br0 in va src $A dst $B
	decides "1 rule at the hook prerouting
1 rule at the hook input" br0 in va dst "$(mac_of br0)"
	decides "1 rule at the hook output" br0 in host dst $B
}

@test "rules of the host, if br_netfilter calls them" {
	needs br_netfilter
	chain inet filter forward accept va
	chain ip filter prerouting accept
	decides "" br0 in va dst $B type ip
	works set br0 nf_call_iptables=on
	decides "br_netfilter calls iptables: 1 rule at the hook forward (nf_call_iptables)" \
		br0 in va dst $B type ip
	decides "" br0 in va dst $B type ip6
	decides "" br0 in va dst $B type ip vlan 5
	decides "" br0 in host dst $B type ip
}

@test "a frame that is dropped earlier does not come to later hooks" {
	chain bridge own prerouting accept va
	chain bridge other forward drop
	works setport br0 va,vb isolated=on
	works addmac br0 vb $B
	decides "1 rule at the hook prerouting" br0 in va dst $B
	ip link set va down
	decides "" br0 in va dst $B
}

@test "the table of a live trace does not count" {
	"$BRCTL" trace --live --wait 60 br0 in va > /dev/null &
	poll 5 has_table vbridge
	decides "" br0 in va src $A dst $B
	kill $!
	wait $! || true
}

# has_table NAME
has_table()
{
	[[ $(python3 "$BATS_TEST_DIRNAME/nft-tables.py") = *$1* ]]
}

@test "why says it, too" {
	chain bridge own forward accept va
	quiet why br0 va vb
	grep -qx "note${TAB}netfilter decides here: 1 rule at the hook forward" \
		"$BATS_TEST_TMPDIR/out"
}

@test "without CAP_NET_ADMIN the rules cannot be read" {
	poor trace br0 in va dst $B
	grep -q "the rules at the hook prerouting cannot be read, which needs CAP_NET_ADMIN" \
		"$BATS_TEST_TMPDIR/out"
}

@test "rules of ebtables-legacy cannot be counted" {
	needs vlan_filtering
	modules_do ebtable_broute ebtable_filter ||
		skip "needs the modules of ebtables"
	decides "the table broute of ebtables-legacy may take the frame from the bridge; its rules cannot be counted
the rules of ebtables-legacy at the hook forward cannot be counted" \
		br0 in va src $A dst $B
}
